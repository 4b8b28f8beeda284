package export

import (
	"strings"
	"unicode"
)

// Visible takes the characters out of a line of text that show nothing and make it read otherwise than it is written, as
// evil.cod\u202Efdp. does: embeddings, overrides and isolates of direction (Unicode Annex 9), zero-width spaces and byte
// order marks. Marks of direction stay beside Arabic and Hebrew, which need them; so do joiners, which make emoji.
func Visible(s string) string {
	if !strings.ContainsFunc(s, hides) && !strings.ContainsFunc(s, steers) {
		return s
	}
	steered := strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana)
	})
	return strings.Map(func(r rune) rune {
		if hides(r) || steers(r) && !steered {
			return -1
		}
		return r
	}, s)
}

func hides(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u200b' || r == '\ufeff'
}

func steers(r rune) bool { return r == '\u200e' || r == '\u200f' }

// visibly applies Visible to a text or a list of texts.
func visibly(v any) any {
	switch v := v.(type) {
	case string:
		return Visible(v)
	case []string:
		all := make([]string, len(v))
		for i, s := range v {
			all[i] = Visible(s)
		}
		return all
	}
	return v
}
