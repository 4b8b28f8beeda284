package corpus

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Words splits text into words: runs of letters, digits and underscores (Python's \w+, which
// the benchmarks use), after NFC, in lower case.
func Words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(norm.NFC.String(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_'
	})
}

// Overlap compares two texts as bags of words. An empty gold text is met only by an empty text.
func Overlap(text, gold string) (precision, recall, f1 float64) {
	got, want := Words(text), Words(gold)
	if len(want) == 0 || len(got) == 0 {
		if len(want) == len(got) {
			return 1, 1, 1
		}
		return 0, 0, 0
	}
	left := make(map[string]int, len(want))
	for _, w := range want {
		left[w]++
	}
	both := 0
	for _, w := range got {
		if left[w] > 0 {
			left[w]--
			both++
		}
	}
	if both == 0 {
		return 0, 0, 0
	}
	precision = float64(both) / float64(len(got))
	recall = float64(both) / float64(len(want))
	return precision, recall, 2 * precision * recall / (precision + recall)
}
