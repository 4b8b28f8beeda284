package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestTeachesOfCases: what teaches about contracts, councils and accidents is no inside document, unless it has the shape of one.
func TestTeachesOfCases(t *testing.T) {
	invoice := "Un faux devis arrive souvent par courriel, avec une facture et un RIB qui a changé. Le montant du contrat est juste, le logo aussi. Trois signes trahissent le faux : l'adresse de l'expéditeur, l'urgence, et la demande de changer de compte. Avant de payer une facture, on rappelle le fournisseur au numéro connu. Le service achats compare le devis, la commande et la facture."
	council := "Le comité social et économique se réunit chaque mois. L'ordre du jour est écrit par le président et le secrétaire. Le procès-verbal de la réunion est approuvé à la réunion suivante. Les élus posent des questions, la direction répond. Le référent harcèlement écoute et oriente."
	for _, c := range []struct {
		title, text string
		closed      bool
	}{
		{"Repérer un faux devis", invoice, false},
		{"Repérer un faux devis", invoice + "\n\nTotal HT : 12 400 €\nTVA : 2 480 €\nTotal TTC : 14 880 €\nAcompte : 4 464 €", true},
		{"Élus, référent, CSE : qui fait quoi", council, false},
		{"Compte rendu de la réunion du CSE du 12 mars", "Présents : Mme Durand, M. Lambert, M. Petit\n\n" + council, true},
		{"Accident du travail : les bons réflexes en atelier", "On protège, on alerte, on secourt. On ne déplace pas le blessé. On reste près de lui jusqu'à l'arrivée des secours, et on leur dit ce qu'on a vu.", false},
		{"Accident du travail du 3 mars à la fonderie", "On a protégé, alerté, secouru. Le collègue est resté au sol jusqu'à l'arrivée des secours.", true},
	} {
		v := Judge(content.Item{Address: "https://intranet.exemple-industrie.fr/a/page", Title: c.title, H1: c.title, Text: c.text, Language: "fr",
			Access: content.Access{Visibility: content.Intranet}}, Policy{}, judged)
		if (v.Outcome == Never) != c.closed {
			t.Errorf("%s: %s, %s, closed should be %t (%s)", c.title, v.Outcome, v.Type, c.closed, brief(v))
		}
	}
}
