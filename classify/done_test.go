package classify

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// How long a work took that is done is no plan and no trouble; a step further it is.
func TestWorkThatIsDone(t *testing.T) {
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	asks := func(sentence, lang string) bool {
		v := Judge(content.Item{Address: "https://intra.exemple.fr/cas", Title: "La boulangerie", Language: lang, Access: content.Access{Visibility: content.Intranet},
			Text: "Aubrelle a remplacé deux fours de la boulangerie Kervadec. " + sentence + " Deux compagnons ont posé les vannes.\n\n" + sentence + "\n\nLes clients reviennent le matin."}, Policy{}, day)
		for _, r := range v.Reasons {
			if strings.HasPrefix(r.Rule, "inside/") {
				return true
			}
		}
		return false
	}
	for _, s := range []string{
		"Le chantier a duré six semaines.", "Le chantier a duré six semaines, sans fermer l'usine.", "Le chantier a duré six semaines, sans arrêter la production.", "Le chantier, qui a duré six semaines, s'est terminé en juin.",
		"Les travaux du gymnase ont pris trois mois, sans fermer l’établissement.", "The project took only six weeks, without closing the plant.",
	} {
		if asks(s, map[bool]string{true: "en", false: "fr"}[strings.HasPrefix(s, "The")]) {
			t.Errorf("%s asks", s)
		}
	}
	done := func(s string) bool {
		m := workDone.FindStringSubmatch(foldString(s))
		return m != nil && !hushedWork.MatchString(m[1])
	}
	for _, s := range []string{
		"Le chantier durera six semaines, sans fermer l'usine.", "Le chantier a duré six semaines et nous payons des pénalités.", "Le chantier a duré six semaines de plus que prévu.", "Le projet de rachat a duré six mois.",
		"Le chantier a duré six semaines, sans fermer l'usine, qui sera vendue.", "Le chantier a duré six semaines, pendant la fermeture, et l'usine ferme en mars.", "The works took six weeks longer than the contract allows.", "L'usine fermera pendant six semaines.",
	} {
		if done(s) {
			t.Errorf("%s passes for a work that is done", s)
		}
	}
}
