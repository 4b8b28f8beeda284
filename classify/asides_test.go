package classify

import (
	"slices"
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestAsides: what is told in passing of people, of harm, of pay, of ways in and of wishes asks, under a rule that sends it to
// who knows, alone and amid a page; its neighbours ask nothing.
func TestAsides(t *testing.T) {
	for _, f := range passagesOf(t, "testdata/asides.txt", 4) {
		for _, alone := range []bool{false, true} {
			v, held := judgeAmid(f[2], f[2], f[3], content.Intranet)
			if alone {
				v = toldAmong(f[2], f[3])
				held = v.Outcome == Never || v.Outcome == NeedsApproval
			}
			right := slices.ContainsFunc(v.Reasons, func(r Reason) bool {
				return (r.Severity == Block || r.Severity == Review) && slices.Contains(strings.Fields(f[1]), r.Rule)
			})
			if f[0] == "fit" { // which type a page of three sentences is taken for, and whom that type asks, is no matter of this test
				held = held && slices.ContainsFunc(v.Reasons, func(r Reason) bool {
					return (r.Severity == Block || r.Severity == Review) && !strings.HasPrefix(r.Rule, "type/")
				})
			}
			if held != (f[0] == "keep") || held && !right {
				t.Errorf("%s %s: %q is %s %v", f[0], f[2], f[3], v.Outcome, askedBy(v))
			}
		}
	}
}
