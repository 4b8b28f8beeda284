package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestLessons: a word that closes or asks is harmless where a page explains it: in its title, in the name of its file, in what
// it says of the word. The same words in a paper of the company stay what they are.
func TestLessons(t *testing.T) {
	filler := map[string]string{
		"fr": "\n\nOn commence par regarder, puis on note ce qui manque. Le plus simple est de procéder dans l'ordre, sans se presser, et de demander conseil quand un point reste obscur. Une feuille et un crayon suffisent.",
		"en": "\n\nOne begins by looking, then writes down what is missing. The simplest way is to go step by step, without haste, and to ask when a point is not clear. A sheet of paper and a pencil will do.",
	}
	for _, c := range []struct{ file, title, lang, text, want string }{
		// one word in the name of a file
		{"brouillon-ecriture.html", "Écrire un bon texte : vive le brouillon", "fr", "Un bon texte commence par un mauvais brouillon.", ""},
		{"embargo-sucre.html", "Qu'est-ce qu'un embargo ?", "fr", "Un embargo est une mesure par laquelle un État interdit le commerce avec un autre.", ""},
		{"draft-excluder.html", "How to sew a draft excluder", "en", "A draft excluder keeps the wind out.", ""},
		{"draft-horses.html", "Draft horses in the forest: how they work", "en", "A draft horse can pull half its weight.", ""},
		{"nda-mode-emploi.html", "Comprendre un accord de confidentialité", "fr", "Un accord de confidentialité, ou NDA, est un contrat par lequel deux parties promettent de se taire.", ""},
		{"brouillon-voeux.docx", "Les vœux du président", "fr", "Mes chers amis, l'année a été belle.", "lifecycle/draft"},
		{"BROUILLON-ecriture.docx", "Écrire un bon texte : vive le brouillon", "fr", "Un bon texte commence par un mauvais brouillon.", "lifecycle/draft"},
		{"guide-confidentiel.docx", "Comprendre le tableau de bord", "fr", "Le tableau de bord donne la charge de chaque poste.", "marking/confidential"},
		{"accord-confidentialite-leroy.docx", "Accord de confidentialité avec Leroy", "fr", "La société Leroy garde le silence sur les plans.", "legal/contract"},
		{"embargo-nouvelle-gamme.docx", "La gamme Alizé arrive", "fr", "La gamme Alizé compte six modèles.", "lifecycle/embargo"},
		// the subject of a lesson
		{"cours.pptx", "Handling confidential documents: the basics", "en", "Lock your screen. Clear your desk.", ""},
		{"cours.pptx", "Comprendre les documents confidentiels", "fr", "On ferme son écran. On range son bureau.", ""},
		{"cours.pptx", "Comprendre le plan de charge : CONFIDENTIEL", "fr", "La charge monte en mars.", "marking/confidential"},
		{"paie.html", "Comprendre sa fiche de paie en six lignes", "fr", "La première ligne indique le salaire de base.", ""},
		{"paie.html", "Fiche de paie de décembre, atelier B", "fr", "La première ligne indique le salaire de base.", "personal/salary-grid"},
		{"chute.html", "Éviter les chutes de hauteur", "fr", "Deuxième cause d'accident mortel du travail en France.", ""},
		{"chute.html", "La chute du 3 mars", "fr", "L'accident grave de mardi a fait deux blessés à la fonderie.", "business/accident"},
		{"mots.html", "Résultat, marge, trésorerie : le petit lexique", "fr", "Marge brute : les ventes moins ce qu'elles ont coûté à produire.", ""},
		{"mots.html", "Le point du mois", "fr", "Notre marge brute est de 31 %.", "business/prices"},
		{"affiche.html", "Harcèlement : savoir reconnaître, savoir réagir", "fr", "Des propos répétés qui dégradent les conditions de travail, c'est du harcèlement moral. On en parle au médecin du travail, à l'inspection du travail ou au 3919.", ""},
		{"affiche.html", "Une alerte à l'atelier", "fr", "Une salariée se plaint de harcèlement moral, l'enquête interne commence.", "legal/whistleblowing"},
		// types that close
		{"contrat.html", "Cinq clauses à lire avant de signer un contrat de location", "fr", "La durée et le préavis. Le montant du dépôt de garantie. Les pénalités de retard. Faites deux exemplaires, paraphez chaque page.", ""},
		{"facture.html", "Faire une facture correcte", "fr", "Une facture porte un numéro, une date, le nom des deux parties, le détail des prestations, le taux de TVA et le total. Les pénalités de retard sont dues sans rappel.", ""},
		{"appel.html", "Répondre à un appel d'offres : les mots à connaître", "fr", "RC : le règlement de la consultation. CCTP : le cahier des clauses techniques. DPGF : la décomposition du prix. Pli : l'enveloppe.", ""},
		{"numeros.html", "Les numéros utiles à connaître", "fr", "En cas d'urgence, composez le 15 pour le SAMU, le 18 pour les pompiers, le 112 depuis un portable. Le 3114 répond jour et nuit.", ""},
		{"numbers.html", "Numbers worth knowing", "en", "In an emergency call 999 for the ambulance or the fire brigade. The Samaritans answer at any hour.", ""},
		{"contrat.html", "Contrat de location du hangar", "fr", "Entre les soussignés, la société Aubrelle et la société Tessier. Article 1 : le loyer est de 1 200 € par mois. Article 2 : le dépôt de garantie est de 2 400 €. Article 3 : les pénalités de retard sont de 50 €.", "type/closed"},
		// the dead, houses and numbers printed for tests
		{"inventeurs.html", "Trois inventeurs à connaître", "fr", "Denis Papin, né le 22 août 1647 à Blois, imagine une marmite. Marie Curie (1867-1934) reçoit deux prix Nobel.", ""},
		{"portrait.html", "Trois collègues à connaître", "fr", "Denis Pelletier, né le 22 août 1987 à Blois, imagine une marmite.", "personal/birth-date"},
		{"fournil.html", "How it began", "en", "The bakery was born on 3 May 1986 in a stable.", ""},
		{"fournil.html", "How it began", "en", "The baker was born on 3 May 1986 in a stable.", "personal/birth-date"},
		{"paiement.html", "Tester un paiement sans carte réelle", "fr", "Le plus connu est 4111 1111 1111 1111. Essayez aussi un refus : 4000 0000 0000 0002.", ""},
		{"paiement.html", "Tester un paiement sans carte réelle", "fr", "Prenez ma carte, 4970 1012 3456 7893.", "personal/card"},
	} {
		v := Judge(content.Item{Address: "file:///srv/partage/wiki/" + c.file, Title: c.title, H1: c.title, Text: c.text + filler[c.lang], Language: c.lang,
			Access: content.Access{Visibility: content.FileShare}}, Policy{}, judged)
		found := c.want == ""
		for _, r := range v.Reasons {
			switch {
			case r.Severity != Block && r.Severity != Review:
			case c.want == "":
				t.Errorf("%s, %q: %s on %q", c.file, c.title, r.Rule, r.Quote)
			case strings.HasPrefix(r.Rule, c.want):
				found = true
			}
		}
		if !found {
			t.Errorf("%s, %q: no %s (%s)", c.file, c.title, c.want, brief(v))
		}
	}
}
