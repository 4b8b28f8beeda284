package classify

import (
	"testing"

	"filon/crawler/content"
)

// worded are things that must not go out without somebody's yes, in the words of people who did not know the
// rules: letters, minutes, messages, labels. All people, figures and identifiers are made up.
var worded = []struct{ family, lang, text string }{
	{"marking", "fr", "Document strictement réservé aux membres du comité de direction, ne pas transférer."},
	{"marking", "fr", "DIFFUSION INTERNE UNIQUEMENT – ne pas communiquer à l'extérieur de l'entreprise"},
	{"marking", "fr", "Ce document est la propriété de la société et ne peut être communiqué à des tiers sans accord écrit."},
	{"marking", "en", "Company confidential. Do not distribute outside the company."},
	{"marking", "en", "For internal use only – not for external circulation"},
	{"marking", "en", "PRIVILEGED AND CONFIDENTIAL – ATTORNEY-CLIENT COMMUNICATION"},
	{"marking", "fr", "Secret des affaires – exemplaire n° 7 remis à M. Aubert"},
	{"marking", "fr", "Classification : C3 – Confidentiel"},
	{"embargo", "fr", "SOUS EMBARGO jusqu'au 14 mars 2027 à 8 h"},
	{"embargo", "fr", "À ne pas diffuser avant le 12 février 2027."},
	{"embargo", "en", "Embargoed until 9:00 CET, 3 May 2027"},
	{"embargo", "en", "Not for release before 1 June 2027"},
	{"lifecycle", "fr", "BROUILLON – version de travail, à relire par Sylvie avant toute diffusion"},
	{"lifecycle", "en", "DRAFT v0.3 – not approved, do not circulate"},
	{"contract", "fr", "Le présent contrat est conclu entre la société Aubrelle et la société Tessier, ci-après le Prestataire ; il comporte une clause de confidentialité de cinq ans."},
	{"contract", "en", "This Agreement is made between Aubrelle SAS and the Supplier; the parties shall keep its terms confidential."},
	{"contract", "fr", "Nous avons signé un accord de confidentialité avec ce client : son nom ne doit apparaître nulle part."},
	{"contract", "en", "We are under NDA with this customer, so please do not mention the project outside."},
	{"personal", "fr", "Pour toute question sur votre paie, appelez Nathalie chez elle au 06 39 98 41 27."},
	{"personal", "fr", "Coordonnées personnelles : 7 allée des Bouvreuils, 44800 Saint-Herblain, portable 07 56 00 12 89"},
	{"personal", "en", "Emergency contact: Karen Whitfield (mother), mobile +44 7700 900482"},
	{"personal", "fr", "Né le 3 avril 1979 à Béziers, marié, deux enfants, permis B"},
	{"personal", "fr", "Merci de virer la somme sur le compte FR76 3000 6000 0112 3456 7890 189 avant vendredi."},
	{"personal", "fr", "Numéro de sécurité sociale : 2 69 05 49 588 157 80"},
	{"personal", "en", "Passport no. 533380006, expires 11 August 2029"},
	{"health", "fr", "Julien est de nouveau hospitalisé ; son traitement l'empêche de conduire jusqu'en juin."},
	{"health", "fr", "Le médecin du travail déclare Mme Rolland inapte au poste de cariste."},
	{"health", "fr", "Suite à sa fausse couche, Claire reprendra à mi-temps thérapeutique."},
	{"health", "en", "Anna has been diagnosed with multiple sclerosis and will work from home."},
	{"health", "en", "Tom is off with burnout and sees an occupational psychologist every week."},
	{"health", "fr", "Reconnaissance de la qualité de travailleur handicapé accordée à M. Ferrand pour cinq ans"},
	{"union", "fr", "Les salariés syndiqués à la CGT sont MM. Pinto, Grall et Mme Vasseur."},
	{"religion", "fr", "Samira ne viendra pas le vendredi, jour de prière, en raison de sa pratique religieuse."},
	{"politics", "fr", "Notre chef d'équipe Bruno Lantier est candidat sur la liste d'extrême gauche et le dit à tout le monde."},
	{"orientation", "fr", "Marc vit en couple avec un autre homme et ne souhaite pas que cela se sache."},
	{"discipline", "fr", "Mise à pied conservatoire notifiée à M. Kone le 8 septembre, entretien préalable le 19."},
	{"discipline", "en", "Final written warning issued to Peter Shaw after the second breach of the safety rules."},
	{"discipline", "fr", "Le licenciement pour faute grave de Mme Oudin prend effet le 30 novembre."},
	{"pay", "fr", "Prime exceptionnelle de 1 800 € versée à Hervé Collin, soit un salaire annuel de 47 300 €"},
	{"pay", "en", "Base salary for Laura Benson: GBP 52,000, bonus target 12%"},
	{"pay", "fr", "Grille des salaires 2026 : coefficient 215, 1 912 € ; coefficient 270, 2 340 €"},
	{"hr", "fr", "Compte rendu d'entretien annuel – évaluation du salarié : ne tient pas ses délais, manque de rigueur."},
	{"hr", "fr", "Candidat retenu pour le poste : Yann Morvan ; les autres candidatures sont à refuser poliment."},
	{"hr", "en", "Performance review: Diane does not meet expectations and will be put on an improvement plan."},
	{"council", "fr", "Consultation du CSE sur le projet de réorganisation : 34 postes supprimés sur le site de Lannion"},
	{"council", "fr", "Négociations annuelles obligatoires : la direction propose 1,8 %, les syndicats demandent 4 %."},
	{"council", "fr", "Plan de sauvegarde de l'emploi : calendrier d'annonce aux représentants du personnel"},
	{"council", "en", "Works council consultation on the closure of the Derby warehouse, 60 roles affected"},
	{"finance", "fr", "Prévision de clôture : chiffre d'affaires 48,6 M€, résultat d'exploitation 2,1 M€, encore non audités"},
	{"finance", "fr", "Budget 2027 présenté au conseil : investissements 6,4 M€, trésorerie cible 9 M€"},
	{"finance", "en", "Q3 flash: revenue 12.4m EUR against a budget of 13.1m, EBITDA margin 8.2%, not yet published"},
	{"finance", "fr", "Tarif net consenti au client Garonne Matériaux : remise de 32 % sur le catalogue"},
	{"finance", "fr", "Coût de revient du modèle S4 : 1 240 €, prix plancher de négociation 1 610 €"},
	{"merger", "fr", "Projet Héron : nous entrons en négociation exclusive pour racheter Laminages de l'Est."},
	{"merger", "en", "Project Falcon: the board approved a non-binding offer for the target at 8x EBITDA."},
	{"patent", "fr", "Ne rien montrer du nouveau brûleur avant le dépôt du brevet, prévu en janvier."},
	{"patent", "en", "The invention disclosure is with our patent attorney; keep the prototype secret until filing."},
	{"credentials", "fr", "Pour le wifi des visiteurs, tapez la clé Cerisier!48Bleu sur le portail."},
	{"credentials", "fr", "Identifiant : compta2 – mot de passe provisoire : Lilas#2291"},
	{"credentials", "en", "Log in as svc_backup, the password is Maple-7731-Oak"},
	{"credentials", "en", "export DB_PASSWORD='tR8!kd02ZpQe'"},
	{"credentials", "en", "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ2YWxtb250LWJvdCJ9.4pcPyMD09olPSyXnrXCjTwXyr4BsezdI1AVTmud2fU4"},
	{"credentials", "fr", "Code du digicode de l'entrée de service : 47B92, changé tous les trimestres"},
	{"minors", "fr", "Photo : les élèves de CM2 de l'école Jules-Ferry découvrent la fonderie, visages reconnaissables."},
	{"minors", "en", "Pictures of our apprentice's 9-year-old daughter at the family day"},
	{"minors", "fr", "Stage de troisième : Léo, 14 ans, collège Anne-Frank, a passé la semaine à l'atelier bois."},
	{"image", "fr", "Photos de la soirée : certaines personnes n'ont pas signé l'autorisation de droit à l'image."},
	{"image", "en", "Photo: not cleared for publication, model release missing"},
	{"image", "fr", "Crédit photo : Agence Reflet, tous droits réservés, usage interne uniquement"},
	{"press", "fr", "Article paru dans Le Télégraphe Breton du 12 mai, reproduit en intégralité : « La fonderie qui renaît »"},
	{"press", "fr", "Revue de presse du jour, licence CFC, reproduction interdite"},
	{"press", "en", "Copyright Harbour Times 2026. Reproduced with permission for internal circulation only."},
	{"customer", "fr", "Le client ne souhaite pas être cité : dire « un industriel de l'agroalimentaire »."},
	{"customer", "en", "The customer has asked us not to be named as a reference."},
	{"customer", "fr", "Réclamation du client Brosset : 14 pièces fissurées, avoir de 8 200 € demandé"},
	{"location", "fr", "Plan des rondes du gardien : passage à 22 h 15 côté quai, 2 h 40 côté bureaux, la caméra 3 est en panne"},
	{"location", "fr", "Les clés du local sont dans la boîte à code derrière le transformateur."},
	{"location", "en", "The alarm is off between 5 and 6 am while the cleaners are in; the side gate stays unlocked."},
	{"claims", "fr", "Notre lampe guérit les migraines et remplace les médicaments contre la douleur."},
	{"claims", "en", "Our supplement cures diabetes without any side effects."},
	{"claims", "fr", "Un emballage 100 % écologique, neutre en carbone et sans aucun impact sur la planète"},
	{"accident", "fr", "Accident du travail du 3 octobre : M. Besnard a eu deux doigts sectionnés, l'enquête est en cours."},
	{"accident", "en", "Incident report: forklift collision in bay 4, one employee taken to hospital, root cause pending"},
	{"litigation", "fr", "L'assignation devant le tribunal de commerce vient d'arriver ; notre avocat conseille de transiger."},
	{"litigation", "en", "We settled the lawsuit with the former distributor out of court; terms are confidential."},
	{"whistle", "fr", "Signalement reçu par la ligne d'alerte éthique : des pots-de-vin auraient été versés par le service achats."},
	{"harassment", "fr", "Une salariée accuse son responsable de harcèlement moral ; enquête interne ouverte le 2 juin."},
	{"offence", "fr", "Son casier judiciaire comporte une condamnation pour conduite en état d'ivresse."},
	{"crisis", "fr", "Éléments de langage en cas de question sur la pollution de la rivière : ne pas confirmer le volume."},
	{"crisis", "en", "Holding statement, only if asked: we do not comment on the product recall."},
	{"security", "fr", "Le serveur 10.20.4.17 n'a pas reçu le correctif ; la faille est exploitable depuis le wifi invité."},
	{"security", "en", "Pen test report: SQL injection on /orders, admin takeover possible, not fixed yet"},
	{"expense", "fr", "Note de frais de Mme Leclerc : restaurant 184 €, hôtel 312 €, carte 4970 1012 3456 7890"},
}

// reserved are more of them, written after the rules were done and not used to mend them.
var reserved = []struct{ family, lang, text string }{
	{"marking", "fr", "Merci de garder ces informations pour vous, rien n'est encore officiel."},
	{"marking", "fr", "Note destinée au seul comité exécutif"},
	{"marking", "en", "Please keep this within the team for now."},
	{"marking", "en", "Internal memo – must not leave the building"},
	{"embargo", "fr", "L'annonce sera faite le 3 mars : d'ici là, silence absolu auprès de la presse."},
	{"embargo", "en", "Hold until the press conference on 4 March 2027."},
	{"lifecycle", "fr", "Première ébauche, à faire relire par le juridique"},
	{"contract", "fr", "Avenant n° 2 au contrat-cadre, entre les soussignés"},
	{"personal", "fr", "Son numéro perso : 06 88 20 11 47, l'appeler plutôt le soir"},
	{"personal", "en", "You can reach her at home on 020 7946 0958"},
	{"personal", "fr", "IBAN pour le remboursement : FR76 1027 8060 3100 0203 4860 173"},
	{"health", "fr", "Bernard se remet de son infarctus et ne reviendra qu'à mi-temps."},
	{"health", "fr", "Deux arrêts maladie dans l'équipe de Fatou cette semaine"},
	{"health", "en", "Grace had surgery last Monday and is recovering at home."},
	{"union", "fr", "Philippe Marchal, secrétaire du syndicat FO, a déposé un préavis de grève."},
	{"religion", "fr", "Karim fait le ramadan, on évitera les réunions à midi."},
	{"discipline", "fr", "M. Pasquier a été convoqué à un entretien disciplinaire le 12."},
	{"discipline", "en", "Sarah Doyle was let go yesterday for repeated lateness."},
	{"pay", "fr", "Augmentation accordée à Mme Le Bris : 120 € par mois"},
	{"pay", "en", "Kevin's pay goes up to 38,400 a year from April."},
	{"hr", "fr", "Bilan de période d'essai de Lucas : résultats décevants, ne sera pas confirmé."},
	{"council", "fr", "Ordre du jour de la réunion extraordinaire du CSE : fermeture de l'atelier 3"},
	{"finance", "fr", "Le trimestre se solde par une perte de 740 k€, à ne communiquer à personne avant le conseil."},
	{"finance", "en", "Our margin on the Tesside order is only 4%, the customer must not find out."},
	{"merger", "fr", "Lettre d'intention envoyée au propriétaire de Chaudronnerie Vial, closing espéré en juin"},
	{"patent", "en", "Nothing about the nozzle may be shown until the patent application is in."},
	{"credentials", "fr", "mdp du compte Instagram : Menhir&2207"},
	{"credentials", "en", "The router admin login is admin / Pebble2207!"},
	{"minors", "fr", "Emma, 11 ans, pose devant la presse avec son papa."},
	{"image", "fr", "Ne pas utiliser les photos de Josiane, elle a retiré son accord."},
	{"press", "fr", "Coupure de presse scannée : Ouest-France, page 7, mercredi 4 juin"},
	{"customer", "en", "The client wants to stay anonymous, call it a large dairy."},
	{"location", "fr", "Le badge maître ouvre toutes les portes, y compris le coffre ; il est dans le tiroir de Monique."},
	{"accident", "fr", "Déclaration d'accident du 14 avril : brûlure au visage de l'opérateur, arrêt de 21 jours"},
	{"litigation", "fr", "Le prud'homme nous a condamnés à 18 000 € envers l'ancien comptable."},
	{"whistle", "en", "An anonymous report claims that the buyer takes kickbacks."},
	{"crisis", "fr", "Si un journaliste appelle au sujet de la fuite d'ammoniac, renvoyer vers la direction sans commenter."},
	{"security", "en", "The backup server still runs with the default password."},
}

// TestOtherPeoplesWords: what people say of such things in their own words never comes out as publishable, nor
// as something that an editor could release alone.
func TestOtherPeoplesWords(t *testing.T) {
	for _, set := range []struct {
		name  string
		words []struct{ family, lang, text string }
		least float64 // recall
	}{{"known", worded, .99}, {"reserved", reserved, .80}} {
		all, held := 0, 0
		for _, w := range set.words {
			places := map[string]func(*content.Item){
				"text":   func(it *content.Item) { it.Text = ordinary + "\n\n" + w.text + "\n\n" + ordinary },
				"alone":  func(it *content.Item) { it.Text = w.text },
				"header": func(it *content.Item) { it.Zones = []content.Zone{{Kind: content.ZoneHeader, Page: 1, Text: w.text}} },
				"notes":  func(it *content.Item) { it.Zones = []content.Zone{{Kind: content.ZoneNotes, Page: 2, Text: w.text}} },
			}
			if w.family == "claims" { // of what is not published with the item, none is made
				delete(places, "header")
				delete(places, "notes")
			}
			for place, put := range places {
				it := content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: "La nouvelle ligne de pliage tourne", H1: "La nouvelle ligne de pliage tourne", Text: ordinary + "\n\n" + ordinary,
					Language: w.lang, Access: content.Access{Visibility: content.Intranet}}
				put(&it)
				all++
				switch v := Judge(it, Policy{}, judged); v.Outcome {
				case Never, NeedsApproval:
					held++
				default:
					t.Logf("%s: %s in %s is %s: %s", set.name, w.family, place, v.Outcome, w.text)
				}
			}
		}
		recall := float64(held) / float64(all)
		t.Logf("%s: held %d of %d, %.3f", set.name, held, all, recall)
		if recall < set.least {
			t.Errorf("%s: recall %.3f, want %.2f", set.name, recall, set.least)
		}
	}
}
