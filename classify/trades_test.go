package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestTrades counts what people of other trades say, in sentences that nothing was learned from and no list was mended on: how many of
// those that should stay inside are held on an intranet page, and of those that may leave.
func TestTrades(t *testing.T) {
	sets := tally{}
	for _, f := range passagesOf(t, "testdata/trades.txt", 4) {
		_, held := judgeAmid(f[2], f[2], f[3], content.Intranet)
		sets.add(held, f[0]+" "+f[2], f[0]+" "+f[1])
	}
	sets.print(t)
	sets.atLeast(t, map[string]float64{"keep fr": .65, "keep en": .55})
	sets.atMost(t, map[string]float64{"fit fr": .05, "fit en": .05})
}
