package classify

import (
	"slices"
	"testing"
)

func TestSpans(t *testing.T) {
	for _, c := range []struct {
		low  string
		want []string
	}{
		{"", nil},
		{" .,", nil},
		{"le bon mot", []string{"le", "bon", "mot"}},
		{"l'atelier-nord: 12%", []string{"l", "atelier", "nord", "12"}},
		{"a", []string{"a"}},
		{"прием ©", []string{"прием", "©"}},
	} {
		var got []string
		for _, w := range spansOf(c.low, nil) {
			got = append(got, c.low[w.from:w.to])
		}
		if !slices.Equal(got, c.want) || !slices.Equal(splitWords(c.low), got) && len(got) > 0 {
			t.Errorf("%q: %q and %q, want %q", c.low, got, splitWords(c.low), c.want)
		}
	}
}

// Tokens are only looked for in long runs: each must be one from its beginning.
func TestTokensAreLongRuns(t *testing.T) {
	for _, k := range tokens {
		if len(k.lead)+k.least < shortToken {
			t.Errorf("%s: only %d characters", k.lead, len(k.lead)+k.least)
		}
		for i := range min(len(k.lead), shortToken) {
			if keyByte[k.lead[i]] == 0 {
				t.Errorf("%s: %q ends a run", k.lead, k.lead[i])
			}
		}
		if len(k.lead) >= shortToken {
			continue
		}
		for c, in := range charClass[k.chars] {
			if in && keyByte[c] == 0 {
				t.Errorf("%s: %q may follow and ends a run", k.lead, rune(c))
			}
		}
	}
}

// What stands after many words that announce something else is found all the same.
func TestLandmarksOfOneKindHideNoOther(t *testing.T) {
	long := ""
	for range 2100 {
		long += "user admin login compte "
	}
	f := fold(long + "\nMot de passe : Tilleul-4812!\n")
	if vs := valuesOf(&f); len(vs) == 0 {
		t.Error("the password after many logins is not found")
	}
}
