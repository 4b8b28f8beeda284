package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestOrdinaryWords: what alarmed on ordinary pages and means something else there, beside what means it.
func TestOrdinaryWords(t *testing.T) {
	for _, c := range []struct {
		rule, lang string
		held, free []string
	}{
		{"finance/merger", "fr", []string{"Le projet Orion, nom de code du rachat de notre voisin, avance bien.", "Nom de code Faucon : on signe le 12 mars avec les Durand."},
			[]string{"La prochaine version stable du logiciel a pour nom de code Merisier.", "Chaque version de la distribution porte un nom de code tiré d'un film."}},
		{"business/trade-secret", "fr", []string{"Le code source de notre automate reste sur le serveur du bureau d'études.", "Le code source du moteur Faucon est sur cette clé."},
			[]string{"Le code source du paquet se télécharge sur la page du projet.", "La modification du code source du paquet se fait dans un dossier à part."}},
		{"business/customer", "fr", []string{"Notre client Hydrelles a remplacé ses vannes en mars.", "Client Plantation Vives : deux vannes.", "Client Rotation Services, deux vannes.", "Client Trust a signé en mars.", "Clients Station et Hydrelles : deux vannes."},
			[]string{"Le client Linux se connecte au serveur par le réseau.", "Un client SSH suffit pour ouvrir la session."}},
		{"business/customer", "en", []string{"Our customer Hydrelles has replaced its valves in March."},
			[]string{"We offer client SDKs for every platform.", "The Customer Happiness team answers within a day."}},
		{"staff/discipline", "fr", []string{"Claire Vasseur a été licenciée en mars.", "Paul Durand a été licencié en communication pour faute."},
			[]string{"Claire Vasseur est licenciée d'anglais et enseigne depuis dix ans.", "Paul Martel, licencié en droit, préside l'association."}},
		{"staff/council", "fr", []string{"La NAO commence lundi avec les délégués."},
			[]string{"PSE&G publie ses conseils d'économie d'énergie.", "Hoje não há reunião.", "NÃO PERCA: o escritório está aberto."}},
		{"image/minors", "en", []string{"Pictured: 8-year-old Martin Taylor.", "Pictured: seventeen-year-old Martin Taylor.", "Pictured: 17-year-old Martin Taylor."},
			[]string{"Pictured: 43-year-old Martin Taylor.", "Pictured: 18-year-old Martin Taylor."}},
		{"finance/results", "fr", []string{"Nous reversons jusqu'à 2 % de notre résultat net.", "Le client Hydrelles pèse 30 % du chiffre d'affaires.", "Le résultat net atteint 4,2 M€.", "La remise de fin d'année passera bientôt à 5 % du chiffre d'affaires au plus.", "La filiale de Gand perd jusqu'à 2 % de son chiffre d'affaires depuis mars.", "Jusqu'à 30 % du chiffre d'affaires vient d'un seul client."},
			[]string{"Les entreprises peuvent allouer jusqu'à 2 % de leur résultat net à des projets.", "La réduction fiscale ne pourra dépasser 20 000 € ou 5 ‰ (5 pour mille) du chiffre d'affaires annuel hors taxe.", "Jade Roller a choisi de reverser 50 % du chiffre d'affaires à une fondation."}},
		{"finance/results", "en", []string{"We give up to 2% of our net income.", "The Leeds branch makes 12% of revenue."}, []string{"Each business gives up to 2% of their net income."}},
		{"business/prices", "en", []string{"The maximum discount is 18%.", "The maximum discount for Carrefour is $250 per booking.", "The maximum discount for agencies is $250 per booking.", "Our maximum discount is $250 per booking.", "The purchase price is 30% off the list price.", "Never show the maximum discount at checkout."},
			[]string{"No minimum purchase price required.", "The maximum discount is $250 per booking.", "You pay the purchase price once and save on the subscription."}},
		{"inside/money", "en", []string{"The supplier gives us $200 off the regular rate, nobody else has that saving."}, []string{"That is $200 off the regular rate, a saving of $147."}},
		{"business/customer", "en", []string{"Our customer Trust Bank moved in March.", "Our Customer Trust Bank moved in March.", "Customer Hydrelles has replaced its valves.", "We sent it to clients from India Glycols.", "Customer Training Partners has renewed.", "Customer Spotlight signed in March.", "Customer Plantation Foods runs two lines.", "Client: Spotlight, two valves.", "Customer Research Bank opened its line.", "CUSTOMER TRUST BANK, two valves.", "Clients Rewards.com and Hydrelles have two valves.", "\"We were in doubt. It runs all day. What a pleasure.\" said Helen Marsh of Marlow Foods Ltd.", "\"It paid for itself by June,\" said Helen Marsh, chief executive of Marsh Garages."},
			[]string{"Customer Segmentation", "Customer Journey Mapping Workshop", "Customer Retention & Loyalty Program", "Customer Orientation is a matter of habit.", "Customer Profitability by month", "Clients View All", "Customer Fare Breakdown shows what you paid.", "We support clients from India.", "CUSTOMER PROVIDED CEILING FAN",
				"Private clouds are owned by a single firm, which said of Marlow Foods that they are \"on-premises\".", "\"The design gives the car a new look and more room,\" said David Kershaw of Marlow Motors Ltd.", "China \"vastly improved its detection of infectious diseases\", writes the Associated Press."}},
		{"inside/security", "en", []string{"The key is in the desk of the guard.", "The keys are under the mat.", "The master key hangs in the workshop.", "20% off at the canteen today. The keys are in the shed behind the mill.", "The private key is in the keyring of the build server.", "The spare keys are in the keyring at reception.", "Our code at checkout is BFCM50, nobody may know.",
			"The keys are in the keyring.", "The key of the stockroom is stuck below the sale rack with the vouchers.", "The master key to the stockroom is under the basket of vouchers.", "Jane leaves the key of the canteen under the voucher stand.", "Free shipping today. The code is 7731.", "Use code 7731 for the back of the shop, 20% off your order.", "The key to the pharmacy is in the drawer behind the dictionary.", "The keys are in the keyring under the counter, behind the Debian poster.",
			"20% off all week! Use code 7731 behind the counter."},
			[]string{"To check whether a single key is in the dictionary, use the in keyword.", "The keys are in the keyring of apt.", "Debian signs its packages. The keys are in the keyring.", "Enter the promo code STEER15 before Friday.", "The key of each item in the dictionary is in lower case.", "Free shipping all week: enter code SAILS.", "You can master key concepts and prepare for exams.", "Use the code STEER15 at checkout for 15% off your order.", "The campaign offers 50% off on all courses. Use code BFCM50.", "Primary key fingerprint: 91CF B387 7B38 148C DDD6 38D2 6CBC 1E46 1DBF 22A8", "Login to schedule appointments or call 303-436-4949."}},
		{"inside/security", "fr", []string{"La clé du vestiaire est coincée sous la caisse des promotions.", "Le passe-partout pend dans la réserve, près des bons de réduction.", "La clé de la réserve est scotchée sous la caisse, derrière les promos.", "Votre commande est prête : la clé est sous le paillasson."},
			[]string{"Le code promo PRINTEMPS vaut jusqu'à dimanche.", "Utilisez le code VOILES pour 15 % de remise sur votre commande.", "Le code de réduction arrive par courriel."}},
		{"special/health", "en", []string{"Claire Dunmore has breast cancer.", "Claire Dunmore was injured on the line.", "Claire Dunmore: sick leave/disability since March.", "The injured party: Claire Dunmore, of the press shop.", "Claire Dunmore is treated at the cancer centre.", "In the drama of Monday the fitter (Claire Dunmore) was injured.", "Claire Dunmore fell into a great depression.", "The accountant (Claire Dunmore) is off sick with depression."},
			[]string{"Claire Dunmore helped to show that tuft cells protect against pancreatic cancer.", "Claire Dunmore leads the cancer research team.", "Claire Dunmore tied ribbons for Breast Cancer Awareness month.", "Claire Dunmore said the injured party was heard.", "Claire Dunmore, an equal opportunity employer M/F/Disability/Veterans.",
				"In this film a nurse (Claire Dunmore) has cancer and robs a bank.", "Claire Dunmore wrote of the Great Depression."}},
		{"special/belief", "en", []string{"Claire Dunmore is Jewish.", "Claire Dunmore, a Muslim member of the Brotherhood, works here."}, []string{"Claire Dunmore rides past the Jewish settlement.", "Claire Dunmore guides through the Jewish museum."}},
		{"special/offence", "en", []string{"The driver (Claire Dunmore) was sentenced to two years for theft."}, []string{"In this comedy a soldier (Claire Dunmore) is sentenced to 45 years for robbing a bank."}},
		{"special/union", "fr", []string{"Le syndicat de l'usine appelle à la grève lundi.", "Claire Vasseur est déléguée du syndicat CGT, élue syndicale."},
			[]string{"Le syndicat mixte ADN soutient notre atelier lundi.", "Notre usine reçoit le syndicat d'initiative demain.", "Le syndicat de copropriété de notre atelier se réunit lundi."}},
		{"inside/rights", "fr", []string{"Au deuxième rang de la photo, en partant de la gauche, Karim Benali et Claire Vasseur.", "Sur l'image du milieu, les écoliers du village essaient les casques."},
			[]string{"Au premier rang des économies, le chauffage.", "Sur la photo, le pont de Millau sous la neige.", "Les élèves de l'école viennent visiter l'atelier mardi."}},
		{"inside/rights", "en", []string{"That's Claire Dunmore laughing in the front row."}, []string{"We sat in the front row for the match."}},
		{"inside/wish", "fr", []string{"Cette fiche n'est consultable que par les six chefs de rayon.", "Seuls les directeurs ont reçu le lien.", "Vous êtes quatre à pouvoir ouvrir ce fichier."},
			[]string{"Cette page n'est plus à jour.", "Le parking est réservé aux visiteurs.", "Vous êtes quatre à avoir gagné un panier."}},
		{"inside/wish", "en", []string{"Only the heads have been given the link.", "This sheet is shared only with the two buyers."}, []string{"This page is open to everyone."}},
		{"claim/health", "fr", []string{"Notre ceinture soulage les tendinites en une semaine."}, []string{"Le médecin du sport soigne les tendinites."}},
		{"claim/green", "fr", []string{"Notre peinture ne fait aucun mal à la planète."}, []string{"La pluie ne fait pas de mal au jardin."}},
		{"claim/health", "en", []string{"Our pillow kills germs and stops every cold."},
			[]string{"Our cleaners kill germs on the desks every evening.", "Our spam filter stops every virus.", "Wash your hands: it stops germs and our colleagues stay well."}},
		{"claim/health", "fr", []string{"Notre tisane élimine les microbes et chasse la grippe.", "Notre crème soigne vos mains et élimine les microbes."},
			[]string{"Nos agents d'entretien éliminent les microbes des bureaux chaque soir.", "Notre filtre bloque les spams et arrête les virus.", "Lavez-vous les mains au savon : cela tue les microbes de nos poignées."}},
		{"claim/green", "fr", []string{"Nos peintures protègent la nature toute l'année."}, []string{"Nos jardiniers protègent la nature toute l'année.", "Nos bénévoles protègent la biodiversité de l'étang."}},
		{"claim/context", "fr", []string{"Le maire sortant nous invite à soutenir la liste de son parti.", "Le gouvernement appelle à soutenir le candidat."},
			[]string{"L'adjoint au maire nous invite à soutenir la fête des voisins.", "Le maire invite à choisir un arbre pour la place."}},
		{"image/minors", "fr", []string{"Légende : la petite fille du cariste essaie le casque."}, []string{"Légende : la jeune fille à la perle, de Vermeer.", "Photo : l'affiche, gratuit pour les moins de 12 ans."}},
		{"image/minors", "en", []string{"The under 16s hold the cup in this picture."}, []string{"Under 16s go free on the family day, as shown on the poster in this picture."}},
		{"lifecycle/obsolete", "fr", []string{"Nous ne faisons plus comme ça depuis mars."}, []string{"Nous ne faisons plus comme ça depuis les années 80 !", "On ne travaille plus ainsi depuis 1962."}},
		{"lifecycle/obsolete", "en", []string{"We no longer do it like this."}, []string{"We no longer do it this way since the 70s."}},
		{"inside/wish", "en", []string{"Please do not photocopy these pages."}, []string{"Please do not photocopy both sides.", "Do not photocopy more than you need."}},
		{"inside/wish", "fr", []string{"Ne photocopiez jamais ces planches."}, []string{"Merci de ne pas photocopier en couleur."}},
		{"business/patent", "en", nil, []string{"The burner is patent pending and lights in seconds."}},
		{"personal/phone-mobile", "fr", []string{"Appelez Sophie Nadaud au 06 39 98 12 34 après dix-neuf heures.", "Appelle Ean au 06 39 98 12 34."},
			[]string{"Contact presse\nSophie Nadaud – responsable de la communication\n06 39 98 12 34", "ISBN-10 : 0639981234", "La remise vaut du 11/07/2025 au 11/09/2025 dans tous les magasins."}},
		{"inside/wish", "en", []string{"Please do not share this with the suppliers.", "These drawings may not be copied or shown to anyone outside the team."},
			[]string{"Do not share my personal information", "The material on this site may not be reproduced without permission."}},
		{"marking/no-distribution", "en", []string{"DO NOT COPY", "DO NOT SHARE THE CODE"}, []string{"DO NOT COPY THIS SNIPPET"}},
		{"personal/birth-date", "fr", []string{"Le président du club est né le 4 mars 1968."}, []string{"Notre boulangerie est née le 4 mars 1968."}},
		{"secret/api-key", "en", []string{"api_key: 9f86d081884c7d659a2feaa0c55ad015"}, []string{"commentKey: post-article-14848164"}},
	} {
		for _, line := range append(append([]string{}, c.held...), c.free...) {
			v := Judge(insidePage(c.lang, line), Policy{}, judged)
			asks := false
			for _, r := range v.Reasons {
				asks = asks || r.Rule == c.rule && (r.Severity == Block || r.Severity == Review)
			}
			if want := len(c.held) > 0 && strings.Contains("\x00"+strings.Join(c.held, "\x00")+"\x00", "\x00"+line+"\x00"); asks != want {
				t.Errorf("%s on %q: %v, want %v", c.rule, line, asks, want)
			}
		}
	}
}

// TestOffersCloseNothing: the terms of an offer to the public are no prices of the house, however many of its phrases they hold;
// two phrases of the house beside them close as before.
func TestOffersCloseNothing(t *testing.T) {
	const offer = "No minimum purchase price required. The maximum discount is $250 per booking."
	for text, want := range map[string]bool{offer: false, offer + " The gross margin is 31%.": false, offer + " The gross margin is 31% and the purchase price 12 €.": true} {
		v := Judge(insidePage("en", text), Policy{}, judged)
		if (v.Outcome == Never) != want {
			t.Errorf("%s: %s %v", text, v.Outcome, askedBy(v))
		}
	}
}

// TestLabelsBesideAText: the entries of a menu that is no link name other pages; a sentence there says something.
func TestLabelsBesideAText(t *testing.T) {
	for rest, want := range map[string]bool{
		"Notes de frais": false, "Whistleblower Protection Program": false, "Harcèlement : en parler": false,
		"Mise en demeure Durand": true, "Rachat de Durand SA": true,
		"Le médecin de Karim Benali a prolongé son arrêt de travail jusqu'en mars.": true,
	} {
		item := insidePage("fr", "La nouvelle presse est arrivée lundi et les équipes en sont contentes.")
		item.Rest, item.Access.Visibility = "Accueil\n"+rest+"\nContact", content.Intranet
		v := Judge(item, Policy{}, judged)
		if got := v.Outcome == NeedsApproval || v.Outcome == Never; got != want {
			t.Errorf("%q beside a text: %s %v", rest, v.Outcome, askedBy(v))
		}
	}
}

// TestNameOfAFileIsAMark: what a paper is called is no subject of it, whatever its title says.
func TestNameOfAFileIsAMark(t *testing.T) {
	const text = "La ligne trois a été réglée en mars et les équipes ont suivi la formation. Les essais durent deux semaines, et le bureau d'études suit les mesures de près avec les opérateurs de l'atelier nord."
	for name, title := range map[string]string{"rapport-confidentiel.pdf": "Rapport confidentiel sur la ligne 3", "bilan-strictement-confidentiel.pdf": "Bilan strictement confidentiel du site"} {
		item := insidePage("fr", text)
		item.Address, item.Title, item.H1, item.MIME = "file:///partage/"+name, title, title, "application/pdf"
		if v := Judge(item, Policy{}, judged); v.Outcome != Never {
			t.Errorf("%s: %s", name, v.Outcome)
		}
	}
}

// TestSaidAgain: a credential is taken out also where nothing announces it, and what is kept has the same verdict.
func TestSaidAgain(t *testing.T) {
	item := insidePage("fr", "Mot de passe du NAS : Gr3nade_Corail!9\nPaul a choisi Gr3nade_Corail!9 lui-même, et le code 4471 sert ailleurs.")
	item.Title, item.Description = "Gr3nade_Corail!9 et le NAS", "Tout sur Gr3nade_Corail!9."
	kept, v := Admit(item, Policy{}, judged)
	for _, s := range []string{kept.Text, kept.Title, kept.Description, kept.H1} {
		if strings.Contains(s, "Gr3nade_Corail") {
			t.Errorf("%q is kept", s)
		}
	}
	if again := Judge(kept, Policy{}, judged); again.Outcome != v.Outcome || len(again.Reasons) != len(v.Reasons) || v.Outcome != Never {
		t.Errorf("%s with %d reasons, then %s with %d", v.Outcome, len(v.Reasons), again.Outcome, len(again.Reasons))
	}
}

// TestClosedQuotesTellNothing: what is quoted of an item that must never leave is a mark, a masked value, or nothing.
func TestClosedQuotesTellNothing(t *testing.T) {
	v := Judge(insidePage("fr", "Mot de passe du NAS : Gr3nade_Corail!9. Nous prévoyons de supprimer 45 postes à Lyon, appelez Nadia au 06 12 34 56 78 avant de parler aux équipes."), Policy{}, judged)
	for _, r := range v.Reasons {
		if v.Outcome != Never || strings.Contains(r.Quote, "postes") || strings.Contains(r.Quote, "Lyon") {
			t.Errorf("%s: %s is quoted with %q", v.Outcome, r.Rule, r.Quote)
		}
	}
}

// TestManyBeforeASecret: what many harmless words, pairs and rows stand before is found all the same.
func TestManyBeforeASecret(t *testing.T) {
	rows := "Porte\tCombinaison\n"
	for i := range 100 {
		rows += "Porte du bâtiment\t" + string(rune('A'+i%26)) + "47" + string(rune('0'+i%10)) + "1\n"
	}
	for text, secret := range map[string]string{
		strings.Repeat("Le tissu corail-bleu-12 est en stock.\n", 250) + "Pour la caisse, connectez-vous comme admin avec ruche-verte-18.": "ruche-verte-18",
		strings.Repeat("oui / non 12\n", 250) + "trainer / Gr3nade_Corail9":                                                                "Gr3nade_Corail9",
		rows + "Porte du quai\tZ4790": "Z4790",
	} {
		if kept, v := Admit(insidePage("fr", text), Policy{}, judged); v.Outcome != Never || strings.Contains(kept.Text, secret) {
			t.Errorf("%s after many others: %s", secret, v.Outcome)
		}
	}
}

// TestFigureAtAnEnd: a figure that is hidden is so wherever its line, cell or sentence ends.
func TestFigureAtAnEnd(t *testing.T) {
	const plan = "Nous prévoyons de supprimer des postes à Lyon l'an prochain.\nNous prévoyons de fermer le site de Dijon l'an prochain, avec des départs au nombre de 45"
	for _, rest := range []string{"\n12 personnes sont venues au repas.", ". 12 personnes sont venues au repas.", "\nDouze personnes sont venues au repas."} {
		kept, v := Admit(insidePage("fr", plan+rest), Policy{}, judged)
		if text := v.Hide(Mask)(kept.Text); strings.Contains(text, "45") {
			t.Errorf("45 stands in %q", text)
		}
	}
}
