package classify

import (
	"os"
	"slices"
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestPlainVoices counts, by family, what people's own sentences get on an intranet page.
func TestPlainVoices(t *testing.T) {
	file, err := os.ReadFile("testdata/folk.txt")
	if err != nil {
		t.Fatal(err)
	}
	type count struct{ held, all int }
	sets := map[string]map[string]*count{}
	for line := range strings.Lines(string(file)) {
		f := strings.SplitN(strings.TrimSpace(line), "|", 4)
		if len(f) != 4 {
			continue
		}
		if sets[f[0]] == nil {
			sets[f[0]] = map[string]*count{"": {}}
		}
		if sets[f[0]][f[1]] == nil {
			sets[f[0]][f[1]] = &count{}
		}
		it := content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: "La nouvelle ligne de pliage tourne", H1: "La nouvelle ligne de pliage tourne", Text: ordinary + "\n\n" + f[3] + "\n\n" + ordinary,
			Language: f[2], Access: content.Access{Visibility: content.Intranet}}
		v := Judge(it, Policy{}, judged)
		held := v.Outcome == Never || v.Outcome == NeedsApproval
		for _, c := range []*count{sets[f[0]][f[1]], sets[f[0]][""]} {
			c.all++
			if held {
				c.held++
			}
		}
		if !held && f[0] == "seen" {
			t.Logf("%s %s is %s: %s", f[0], f[1], v.Outcome, f[3])
		}
	}
	for set, least := range map[string]float64{"seen": .90, "aside": .65} {
		names := make([]string, 0, len(sets[set]))
		for n := range sets[set] {
			names = append(names, n)
		}
		slices.Sort(names)
		for _, n := range names {
			c := sets[set][n]
			t.Logf("%s %-10s %d of %d", set, n, c.held, c.all)
		}
		if c := sets[set][""]; float64(c.held) < least*float64(c.all) || c.all < 100 {
			t.Errorf("%s: held %d of %d, want %.2f", set, c.held, c.all, least)
		}
	}
}
