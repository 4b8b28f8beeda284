package classify

import (
	"os"
	"slices"
	"strings"
	"testing"

	"filon/crawler/content"
)

// aroundIn is a page that nobody need ask about, to stand around a passage.
var aroundIn = map[string]struct{ title, text string }{
	"fr": {"La nouvelle ligne de pliage tourne", ordinary},
	"en": {"The new bending line is running", "The new bending line has been running in the north workshop since Monday. The teams had three weeks of training and measure the energy used every day. The first results are good: twelve per cent less than the old machine, at the same pace. The press is quieter, so people can talk without shouting, which changes life on the shop floor."},
}

// TestVoices counts which passages of colleagues are held on an intranet page, and which of those that companies publish.
func TestVoices(t *testing.T) {
	file, err := os.ReadFile("testdata/voices.txt")
	if err != nil {
		t.Fatal(err)
	}
	type count struct{ held, all int }
	sets := map[string]*count{}
	for line := range strings.Lines(string(file)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.SplitN(strings.TrimSpace(line), "|", 5)
		if len(f) != 5 {
			continue
		}
		around := aroundIn[f[3]]
		it := content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: around.title, H1: around.title,
			Text: around.text + "\n\n" + f[4] + "\n\n" + around.text, Language: f[3], Access: content.Access{Visibility: content.Intranet}}
		v := Judge(it, Policy{}, judged)
		held := v.Outcome == Never || v.Outcome == NeedsApproval
		for _, name := range []string{f[0] + " " + f[1] + " " + f[3], f[0] + " " + f[1] + " " + f[3] + " " + f[2]} {
			if sets[name] == nil {
				sets[name] = &count{}
			}
			sets[name].all++
			if held {
				sets[name].held++
			}
		}
		if held != (f[1] == "keep") && f[0] != "c" {
			var rules []string
			for _, r := range v.Reasons {
				if r.Severity == Block || r.Severity == Review {
					rules = append(rules, r.Rule+" “"+cut(r.Quote, 70)+"”")
				}
			}
			t.Logf("%s %s %s is %s %v: %s", f[0], f[1], f[2], v.Outcome, rules, f[4])
		}
	}
	names := make([]string, 0, len(sets))
	for n := range sets {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		t.Logf("%-24s %d of %d held", n, sets[n].held, sets[n].all)
	}
	// floors of what is held, and the most that may ask of what is fit; c tells how it goes with words nobody mended on
	for name, want := range map[string]float64{"a keep fr": .95, "a keep en": .95, "b keep fr": .95, "b keep en": .95, "c keep fr": .30, "c keep en": .20,
		"a fit fr": .13, "a fit en": .09, "b fit fr": .09, "b fit en": .05, "c fit fr": .07, "c fit en": .07} {
		c := sets[name]
		if c == nil {
			t.Fatalf("no set %s", name)
		}
		if share := float64(c.held) / float64(c.all); strings.Contains(name, "keep") && share < want || strings.Contains(name, "fit") && share > want {
			t.Errorf("%s: %d of %d held, the bar is %.2f", name, c.held, c.all, want)
		}
	}
}
