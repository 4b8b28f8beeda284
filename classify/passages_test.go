package classify

import (
	"maps"
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

// passagesOf reads the lines of a set, of so many fields parted by bars; what begins with # is a remark.
func passagesOf(t *testing.T, path string, fields int) [][]string {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for line := range strings.Lines(string(file)) {
		f := strings.SplitN(strings.TrimSpace(line), "|", fields)
		if len(f) == fields && !strings.HasPrefix(line, "#") {
			all = append(all, f)
		}
	}
	return all
}

// judgeAmid judges a passage in the middle of a page in the language around, and says whether somebody must be asked.
func judgeAmid(around, lang, passage string, seen content.Visibility) (Verdict, bool) {
	page := aroundIn[around]
	v := Judge(content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: page.title, H1: page.title,
		Text: page.text + "\n\n" + passage + "\n\n" + page.text, Language: lang, Access: content.Access{Visibility: seen}}, Policy{}, judged)
	return v, v.Outcome == Never || v.Outcome == NeedsApproval
}

// askedBy names the rules that hold a page, with the beginning of what they quote.
func askedBy(v Verdict) []string {
	var rules []string
	for _, r := range v.Reasons {
		if r.Severity == Block || r.Severity == Review {
			rules = append(rules, r.Rule+" “"+cut(r.Quote, 70)+"”")
		}
	}
	return rules
}

// A tally counts, by the name of a set, how many of its passages are held.
type tally map[string]*struct{ held, all int }

func (c tally) add(held bool, names ...string) {
	for _, n := range names {
		if c[n] == nil {
			c[n] = &struct{ held, all int }{}
		}
		c[n].all++
		if held {
			c[n].held++
		}
	}
}

// share is the part of a set that is held, 0 to 1.
func (c tally) share(t *testing.T, name string) float64 {
	t.Helper()
	if c[name] == nil {
		t.Fatalf("no set %s", name)
	}
	return float64(c[name].held) / float64(c[name].all)
}

// print writes every set's count, in order.
func (c tally) print(t *testing.T) {
	t.Helper()
	for _, n := range slices.Sorted(maps.Keys(c)) {
		t.Logf("%-32s %d of %d held", n, c[n].held, c[n].all)
	}
}

// atLeast and atMost are the bars of sets: what must be held, and the most that may ask.
func (c tally) atLeast(t *testing.T, bars map[string]float64) {
	t.Helper()
	for name, bar := range bars {
		if share := c.share(t, name); share < bar {
			t.Errorf("%s: %.3f held, the bar is %.2f", name, share, bar)
		}
	}
}

func (c tally) atMost(t *testing.T, bars map[string]float64) {
	t.Helper()
	for name, bar := range bars {
		if share := c.share(t, name); share > bar {
			t.Errorf("%s: %.3f held, at most %.2f may be", name, share, bar)
		}
	}
}
