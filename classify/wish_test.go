package classify

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// TestManyWishes: a text of one endless sentence that wishes again and again is judged in time that grows with its length.
func TestManyWishes(t *testing.T) {
	took := func(n int) time.Duration {
		item := content.Item{Title: "Note", Language: "fr", Text: strings.Repeat("ne pas diffuser ce document a la presse ", n), Access: content.Access{Visibility: content.Intranet}}
		began := time.Now()
		if v := Judge(item, Policy{}, judged); !strings.Contains(ruleIDs(v), "inside/wish") {
			t.Fatalf("%d wishes: %s", n, ruleIDs(v))
		}
		return time.Since(began)
	}
	small, large := min(took(500), took(500), took(500)), min(took(4000), took(4000), took(4000))
	if large > 40*small {
		t.Errorf("500 wishes take %v, 4,000 take %v", small, large)
	}
}

// TestCutQuotes: a value at the end of a quote is masked before the quote is cut.
func TestCutQuotes(t *testing.T) {
	item := content.Item{Title: "Note", Language: "fr", Access: content.Access{Visibility: content.Intranet},
		Text: "Nous allons vendre la filiale polonaise avant la fin de l'année et personne ne le sait encore dans les équipes du siège ni dans les ateliers, voir jean.durandeau@gmail.com pour la suite."}
	for _, r := range Judge(item, Policy{}, judged).Reasons {
		if strings.Contains(r.Quote, "jean.dur") {
			t.Errorf("%s quotes %q", r.Rule, r.Quote)
		}
	}
}
