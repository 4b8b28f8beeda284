package classify

import (
	"os"
	"strings"
	"testing"

	"filon/crawler/content"
)

// worded reads the sentences of testdata/wording.txt that belong to a set.
func worded(t *testing.T, set string) (all []wording) {
	t.Helper()
	file, err := os.ReadFile("testdata/wording.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		if f := strings.SplitN(strings.TrimSpace(line), "|", 4); len(f) == 4 && f[0] == set {
			all = append(all, wording{f[1], f[2], f[3]})
		}
	}
	if len(all) < 30 {
		t.Fatalf("%d sentences of %s", len(all), set)
	}
	return all
}

type wording struct{ family, lang, text string }

// TestOtherPeoplesWords: what people say of such things in their own words never comes out as publishable, nor
// as something that an editor could release alone.
func TestOtherPeoplesWords(t *testing.T) {
	for _, set := range []struct {
		name  string
		least float64 // recall
	}{{"known", .99}, {"reserved", .80}} {
		all, held := 0, 0
		for _, w := range worded(t, set.name) {
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
