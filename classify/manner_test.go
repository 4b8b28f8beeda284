package classify

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// An offer with a day to apply ahead is not old, whenever the page was written.
func TestOfferStillOpenIsNotStale(t *testing.T) {
	for _, c := range []struct {
		until string
		stale bool
	}{
		{"avant le 15 février 2027 ", false},
		{"", true},
	} {
		item := content.Item{Address: "https://intranet.exemple-industrie.fr/offre", Title: "Nous recrutons trois fraiseurs", Language: "fr", Access: content.Access{Visibility: content.Intranet},
			Modified: content.Date{Time: judged.Add(-200 * 24 * time.Hour), Source: "http", Confidence: content.High},
			Text:     "Trois postes de fraiseur en CDI, de jour, à Vienne. Formation assurée.\n\nCandidatures " + c.until + "sur notre site."}
		v := Judge(item, Policy{}, judged)
		if got := strings.Contains(ruleIDs(v), "freshness/stale"); got != c.stale {
			t.Errorf("%s: stale %v; %s, %s", c.until, got, v.Type, ruleIDs(v))
		}
	}
}
