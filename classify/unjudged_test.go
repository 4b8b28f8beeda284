package classify

import (
	"slices"
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestUnjudged: what is longer than what is judged says so, and asks.
func TestUnjudged(t *testing.T) {
	line := "Le balai reste au bout de l'allée, et on le remet à sa place.\n"
	text := func(n int) string { return strings.Repeat(line, 1+n/len(line))[:n] }
	zones := func(n, long int) (all []content.Zone) {
		for range n {
			all = append(all, content.Zone{Kind: content.ZoneNotes, Page: 1, Text: text(long)})
		}
		return all
	}
	for _, c := range []struct {
		name  string
		text  string
		zones []content.Zone
		says  bool
	}{
		{"a long text", text(maxJudged), nil, false},
		{"a longer text", text(maxJudged + 1), nil, true},
		{"as many zones", "Le balai.", zones(mostZones, 20), false},
		{"more zones", "Le balai.", zones(mostZones+1, 20), true},
		{"a long zone", "Le balai.", zones(1, maxZone), false},
		{"a longer zone", "Le balai.", zones(1, maxZone+1), true},
	} {
		p := newPage(&content.Item{Language: "fr", Address: "https://intranet.exemple-industrie.fr/a", Text: c.text, Zones: c.zones}, &Policy{}, judged)
		if got := len(findUnjudged(p)) > 0; got != c.says {
			t.Errorf("%s: says so %v", c.name, got)
		}
	}
	it := content.Item{Language: "fr", Address: "https://intranet.exemple-industrie.fr/a", Title: "Ranger", Text: text(maxJudged + 100), Access: content.Access{Visibility: content.Public}}
	if v := Judge(it, Policy{}, judged); v.Outcome != NeedsApproval || !slices.ContainsFunc(v.Reasons, func(r Reason) bool { return r.Rule == "completeness/unjudged" }) {
		t.Errorf("the long item is %s %v", v.Outcome, askedBy(v))
	}
}
