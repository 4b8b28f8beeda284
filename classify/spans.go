package classify

import "iter"

// wordSpan is a word of a folded text: low[from:to].
type wordSpan struct{ from, to int32 }

// wordByte is isWord as a table.
var wordByte = func() (t [256]bool) {
	for i := range t {
		t[i] = isWord(byte(i))
	}
	return t
}()

// eachSpan goes over the words of a folded text, in order.
func eachSpan(low string) iter.Seq[wordSpan] {
	return func(yield func(wordSpan) bool) {
		for i := 0; i < len(low); {
			if !wordByte[low[i]] {
				i++
				continue
			}
			from := i
			for i++; i < len(low) && wordByte[low[i]]; i++ {
			}
			if !yield(wordSpan{int32(from), int32(i)}) {
				return
			}
		}
	}
}

// spansOf appends the words of a folded text to all.
func spansOf(low string, all []wordSpan) []wordSpan {
	for i := 0; i < len(low); i++ {
		if wordByte[low[i]] {
			from := i
			for i++; i < len(low) && wordByte[low[i]]; i++ {
			}
			all = append(all, wordSpan{int32(from), int32(i)})
		}
	}
	return all
}

// spansFor is room for the words of a text of n bytes.
func spansFor(n int) []wordSpan { return make([]wordSpan, 0, n/5+4) }

// splitWords gives the words of a folded text.
func splitWords(low string) []string {
	all := make([]string, 0, len(low)/6+2)
	for w := range eachSpan(low) {
		all = append(all, low[w.from:w.to])
	}
	return all
}
