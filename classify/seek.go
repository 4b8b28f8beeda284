package classify

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// seeker finds several words in a text in one pass.
type seeker struct {
	first [256]bool // bytes that words begin with
	leads pairs
	words []sought // by the slots of their first three bytes: those that begin alike stand in one, others may too
	from  []uint16 // by slot, where its words begin; they end where those of the next begin
	shift uint8    // of a hash, to a slot
}

// sought is a word of three bytes or more, and the number of the list that it is from.
type sought struct {
	word string
	list int
}

// newSeeker makes a seeker of lists of words.
func newSeeker(lists ...[]string) *seeker {
	s := &seeker{}
	for n, list := range lists {
		for _, w := range list {
			s.first[w[0]] = true
			s.leads.add(w[0], w[1])
			s.words = append(s.words, sought{w, n})
		}
	}
	size := bits.Len(uint(4 * len(s.words))) // most slots are empty: most words of a text are none of these
	s.shift = uint8(32 - size)
	slices.SortStableFunc(s.words, func(a, b sought) int { return cmp.Compare(s.slot(a.word), s.slot(b.word)) })
	s.from = make([]uint16, 1<<size+1)
	for i, w := range s.words {
		s.from[s.slot(w.word)+1] = uint16(i + 1)
	}
	for i := 1; i < len(s.from); i++ {
		s.from[i] = max(s.from[i], s.from[i-1])
	}
	return s
}

// slot is of the first three bytes of a text.
func (s *seeker) slot(text string) uint32 {
	return (uint32(text[0]) | uint32(text[1])<<8 | uint32(text[2])<<16) * 0x9e3779b1 >> s.shift
}

// each calls found with every place where a word stands, in order, until it says no. Words that begin at one place
// come in the order of the lists.
func (s *seeker) each(text string, found func(at int, w sought) bool) {
	for i := 0; i+1 < len(text); i++ {
		if s.first[text[i]] && s.leads.has(text[i], text[i+1]) && !s.at(text, i, found) {
			return
		}
	}
}

// eachOfWords is each, where a word of the text begins.
func (s *seeker) eachOfWords(text string, spans []wordSpan, found func(at int, w sought) bool) {
	for _, w := range spans {
		if i := int(w.from); i+1 < len(text) && s.leads.has(text[i], text[i+1]) && !s.at(text, i, found) {
			return
		}
	}
}

func (s *seeker) at(text string, i int, found func(at int, w sought) bool) bool {
	if i+2 >= len(text) {
		return true
	}
	slot := s.slot(text[i:])
	for k := s.from[slot]; k < s.from[slot+1]; k++ {
		if w := &s.words[k]; strings.HasPrefix(text[i:], w.word) && !found(i, *w) {
			return false
		}
	}
	return true
}

// begins tells whether one of the words stands at a place.
func (s *seeker) begins(text string, i int) bool {
	return i+1 < len(text) && s.leads.has(text[i], text[i+1]) && !s.at(text, i, func(int, sought) bool { return false })
}

// in tells whether one of the words stands in the text.
func (s *seeker) in(text string) (is bool) {
	s.each(text, func(int, sought) bool { is = true; return false })
	return is
}

// beginsWord tells whether one of the words stands in the text where a word begins, and not inside an address or a compound.
func (s *seeker) beginsWord(text string) (is bool) {
	s.each(text, func(at int, _ sought) bool {
		is = at == 0 || text[at-1] <= ' ' || strings.IndexByte(`"'(`, text[at-1]) >= 0
		return !is
	})
	return is
}
