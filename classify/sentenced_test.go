package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestSentencedApart: what may stand between a sentence and the deed changes nothing; history and stories stay free.
func TestSentencedApart(t *testing.T) {
	for _, c := range []struct {
		text string
		held bool
	}{
		{"Olivier Tessandier a été condamné en 2017 pour escroquerie.", true},
		{"Olivier Tessandier a été condamné à Rennes, le 4 mars 2020, pour violences.", true},
		{"Mme Tessandier a été condamnée par le tribunal de Niort à six mois de prison.", true},
		{"M. Hartog est mis en examen depuis l'automne pour abus de confiance.", true},
		{"M. Hartog a perdu son permis : conduite en état d'ivresse.", true},
		{"M. Hartog a fait de la prison avant d'entrer chez nous.", true},
		{"John Merriden was convicted in Leeds in 2018 of theft.", true},
		{"John Merriden served time for burglary.", true},
		{"John Merriden went to prison for arson.", true},
		{"John Merriden was sentenced last spring to nine months in jail.", true},
		{"La porte du fond est condamnée pour travaux.", false},
		{"Le vol de retour est prévu pour 18 h.", false},
		{"La machine s'est arrêtée pour un faux contact.", false},
		{"The battery is charged for eight hours before use.", false},
	} {
		it := content.Item{Language: "fr", Address: "https://intranet.exemple-industrie.fr/conseils/rangement", Title: "Ranger un atelier", H1: "Ranger un atelier",
			Text: beforeTable + c.text + afterTable, Access: content.Access{Visibility: content.Intranet}}
		found := false
		v := Judge(it, Policy{}, judged)
		for _, r := range v.Reasons {
			found = found || r.Rule == "special/offence"
		}
		if found != c.held {
			t.Errorf("%q is %s %v", c.text, v.Outcome, askedBy(v))
		}
	}
}
