package classify

import (
	"iter"
	"sync"
)

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

// spanRoom is room for the words of the fields of a page and their numbers, one field after the other.
type spanRoom struct {
	spans   []wordSpan
	numbers []uint16
}

// spareRooms are those of pages that are judged, for others.
var spareRooms = sync.Pool{New: func() any { return new(spanRoom) }}

// mostSpareWords is of how many words room is kept in memory for another page.
const mostSpareWords = 1 << 17

// read gives the words of a folded text, and their numbers in the vocabulary if these are wanted; good until the room is given back.
func (r *spanRoom) read(low string, numbered bool) (spans []wordSpan, numbers []uint16) {
	from := len(r.spans)
	r.spans = spansOf(low, r.spans)
	spans = r.spans[from:len(r.spans):len(r.spans)]
	if numbered {
		from = len(r.numbers)
		r.numbers = words.numbersOf(low, spans, r.numbers)
		numbers = r.numbers[from:len(r.numbers):len(r.numbers)]
	}
	return spans, numbers
}

// giveBack lets another page have the room.
func (r *spanRoom) giveBack() {
	if cap(r.spans) <= mostSpareWords {
		r.spans, r.numbers = r.spans[:0], r.numbers[:0]
		spareRooms.Put(r)
	}
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
