package classify

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// TestExpiredSaysWhere holds that an offer that is over is closed with its last day and the words that gave it.
func TestExpiredSaysWhere(t *testing.T) {
	day := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	filler := strings.Repeat(" Les compagnons règlent les presses et notent les écarts sur un tableau.", 6)
	for _, c := range []struct {
		lang, title, text string
		published, last   time.Time
		closed            bool
		quote, where      string
	}{
		{"fr", "Offre de printemps", "Offre valable jusqu'au 30 avril 2026.", time.Time{}, time.Date(2026, 4, 30, 0, 0, 0, 0, time.UTC), true, "30 avril 2026", "text:23"},
		{"fr", "Offre de fin d'année", "Offre valable jusqu'au 31 décembre 2026.", time.Time{}, time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), false, "", ""},
		{"fr", "Offre du jour", "Offre valable jusqu'au 28 novembre 2026.", time.Time{}, day, false, "", ""}, // its last day
		{"en", "Winter sale", "Offer valid until 15 January 2026.", time.Time{}, time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC), true, "15 January 2026", "text:18"},
		{"fr", "L'atelier ouvre ses portes demain", "L'atelier se visite en famille.", day.AddDate(0, -9, 0), day.AddDate(0, -9, 1), true, "demain", "title"},
	} {
		item := content.Item{Address: "https://www.acme.test/x", MIME: "text/html", Title: c.title, Text: c.text + filler, Language: c.lang, Access: content.Access{Visibility: content.Public},
			Published: content.Date{Time: c.published}, Expires: content.Date{Time: c.last, Source: "text", Confidence: content.Medium}}
		v := Judge(item, Policy{}, day)
		closed := false
		for _, r := range v.Reasons {
			if r.Rule != "freshness/expired" {
				continue
			}
			closed = true
			if !strings.Contains(r.Quote, c.quote) || r.Where != c.where || !strings.Contains(r.Says.EN, c.last.Format(time.DateOnly)) {
				t.Errorf("%s: %q at %q, %q; want %q at %q", c.title, r.Quote, r.Where, r.Says.EN, c.quote, c.where)
			}
		}
		if closed != c.closed || closed && v.Outcome != NotProposed {
			t.Errorf("%s: closed %v, %s; want %v", c.title, closed, v.Outcome, c.closed)
		}
	}
}
