package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestVoices counts which passages of colleagues are held on an intranet page, and which of those that companies publish.
func TestVoices(t *testing.T) {
	sets := tally{}
	for _, f := range passagesOf(t, "testdata/voices.txt", 5) {
		v, held := judgeAmid(f[3], f[3], f[4], content.Intranet)
		set := f[0] + " " + f[1] + " " + f[3]
		sets.add(held, set, set+" "+f[2])
		if held != (f[1] == "keep") && f[0] != "c" {
			t.Logf("%s %s %s is %s %v: %s", f[0], f[1], f[2], v.Outcome, askedBy(v), f[4])
		}
	}
	sets.print(t)
	// c tells how it goes with words nobody mended on
	sets.atLeast(t, map[string]float64{"a keep fr": .95, "a keep en": .95, "b keep fr": .95, "b keep en": .95, "c keep fr": .35, "c keep en": .24})
	sets.atMost(t, map[string]float64{"a fit fr": .08, "a fit en": .07, "b fit fr": .07, "b fit en": .05, "c fit fr": .07, "c fit en": .07})
}
