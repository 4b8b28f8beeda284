package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestPlainWords counts what ordinary office sentences get on an intranet page, and what companies publish gets on an
// intranet's and on a public one. Only the seen half may be mended on: of the one set aside no sentence is printed.
func TestPlainWords(t *testing.T) {
	sets := tally{}
	for _, f := range passagesOf(t, "testdata/plain.txt", 5) {
		places := []content.Visibility{content.Intranet}
		if f[1] == "fit" {
			places = append(places, content.Public)
		}
		for _, place := range places {
			v, held := judgeAmid(f[3], f[3], f[4], place)
			set := f[0] + " " + f[1] + " " + string(place)
			sets.add(held, set, set+" "+f[3], set+" "+f[3]+" "+f[2])
			if held != (f[1] == "keep") && f[0] == "seen" {
				t.Logf("%s %s %s is %s %v: %s", set, f[3], f[2], v.Outcome, askedBy(v), f[4])
			}
		}
	}
	sets.print(t)
	sets.atLeast(t, map[string]float64{"seen keep intranet": .95, "aside keep intranet fr": .90, "aside keep intranet en": .85})
	sets.atMost(t, map[string]float64{"seen fit intranet": .08, "aside fit intranet": .12, "seen fit public": 0, "aside fit public": 0})
}
