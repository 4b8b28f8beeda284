package classify

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"
)

// TestAppendLower compares eight bytes at once with one after the other.
func TestAppendLower(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		b := make([]byte, r.IntN(30))
		for i := range b {
			if b[i] = "@AMZ[`amz{09 ~\n\t\x00\x1f\x7f\xc3"[r.IntN(19)]; r.IntN(2) == 0 {
				b[i] = byte(' ' + r.IntN(95))
			}
		}
		want := []byte{}
		for i := 0; i < len(b) && b[i] < utf8.RuneSelf; i++ {
			want = append(want, lowerASCII[b[i]])
		}
		if got := appendLower(nil, string(b)); string(got) != string(want) {
			t.Fatalf("%q becomes %q, want %q", b, got, want)
		}
	}
}
