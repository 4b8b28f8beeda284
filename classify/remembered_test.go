package classify

import (
	"strconv"
	"sync"
	"testing"
)

// TestRemembered: whoever asks is told what the very text is, whatever stood in its slot before, and from many hands at once.
func TestRemembered(t *testing.T) {
	r := newRemembered[string]()
	var hands sync.WaitGroup
	for range 4 {
		hands.Go(func() {
			for n := range 3 * len(r.slots) {
				text := strconv.Itoa(n % (2 * len(r.slots)))
				if is := r.of(text, func(s string) string { return "<" + s + ">" }); is != "<"+text+">" {
					t.Errorf("%s is %s", text, is)
				}
			}
		})
	}
	hands.Wait()
	asked := 0
	for range 3 {
		r.of("again", func(string) string { asked++; return "" })
	}
	if asked != 1 {
		t.Errorf("a short text was asked for %d times", asked)
	}
}
