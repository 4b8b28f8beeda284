package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestPlainVoices counts, by family, what people's own sentences get on a French intranet page.
func TestPlainVoices(t *testing.T) {
	sets := tally{}
	for _, f := range passagesOf(t, "testdata/folk.txt", 4) {
		v, held := judgeAmid("fr", f[2], f[3], content.Intranet)
		sets.add(held, f[0], f[0]+" "+f[1])
		if !held && f[0] == "seen" {
			t.Logf("%s %s is %s: %s", f[0], f[1], v.Outcome, f[3])
		}
	}
	sets.print(t)
	sets.atLeast(t, map[string]float64{"seen": .90, "aside": .68})
}
