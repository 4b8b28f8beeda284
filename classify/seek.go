package classify

import "strings"

// seeker finds several words in a text in one pass.
type seeker struct {
	first [256]bool // bytes that words begin with
	leads pairs
	by    [128][]sought // by the first three bytes: those that begin alike stand in one place, others may too
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
			at := slotFor(w)
			s.by[at] = append(s.by[at], sought{w, n})
		}
	}
	return s
}

func slotFor(s string) byte { return (s[0] ^ s[1]*11 ^ s[2]*53) & 127 }

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
	for _, w := range s.by[slotFor(text[i:])] {
		if strings.HasPrefix(text[i:], w.word) && !found(i, w) {
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
