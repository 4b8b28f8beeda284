package classify

import (
	"testing"
	"testing/fstest"
)

// TestEndings: only the last word of a phrase may have any ending; an entry that would never match is refused.
func TestEndings(t *testing.T) {
	for line, ok := range map[string]bool{"brulure* au visage": false, "brulure* au visage*": false, "au visage brulure*": true, "brulure*": true} {
		if _, err := load(fstest.MapFS{"fr/words.txt": {Data: []byte("[list]\n" + line + "\n")}}); (err == nil) != ok {
			t.Errorf("%q: %v", line, err)
		}
	}
}
