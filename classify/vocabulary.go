package classify

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// vocabulary is every word that stands first or second in a phrase of the lexicon, with what begins there. A word of a
// text is looked up once; whether a phrase goes on with the next word is then told by the two numbers, so that words
// are compared only for phrases of three and more.
type vocabulary struct {
	words []vocable // in the order of their hashes
	// the same words, so close together that they stay near while a text is gone through
	known beginnings        // the upper half of their hashes
	from  [1<<14 + 1]uint16 // by the upper fourteen bits, where they begin
	tags  []uint16          // the lower half
	text  string            // one after the other
	ends  []uint32          // where each ends in text, behind a 0
	bare  []bool            // nothing begins with it

	paired [1 << 18 / 64]uint64 // a set of what slotOf gives of the keys of pairs; it may hold more
	pairs  map[uint64][]phrase  // by the numbers of the first and the second word
}

// vocable is a word of the vocabulary.
type vocable struct {
	word  string
	alone []phrase // the word itself
	more  bool     // it begins longer phrases
	wild  []phrase // longer ones whose second word is their last and has any ending
	stems []phrase // those that have the word with an ending
}

// noWord is the number of a word that is not in the vocabulary.
const noWord = -1

// beginnings is a set of what leadOf or hashOf give. It may hold more than was added: most words of a text are not
// listed, and are passed over without another look.
type beginnings [1 << 16 / 64]uint64

func (l *beginnings) add(at uint32) { l[at>>6] |= 1 << (at & 63) }

func (l *beginnings) has(at uint32) bool { return l[at>>6]&(1<<(at&63)) != 0 }

// leadOf is of the first four bytes of a word, or of all of a shorter one.
func leadOf(word string) uint32 { return lead(word) * 0x9e3779b1 >> 16 }

// hashOf is of a whole word: of its first and last four bytes and its length.
func hashOf(word string) uint32 {
	h := lead(word)
	if n := len(word); n > 4 {
		h ^= bits.RotateLeft32(lead(word[n-4:])*0x85ebca6b, 13) + uint32(n)
	}
	return h * 0x9e3779b1
}

func lead(word string) uint32 {
	if len(word) >= 4 {
		return uint32(word[0])<<24 | uint32(word[1])<<16 | uint32(word[2])<<8 | uint32(word[3])
	}
	n := uint32(0)
	for i := range len(word) {
		n = n<<8 | uint32(word[i])
	}
	return n
}

func slotOf(pair uint64) uint64 { return pair * 0x9e3779b97f4a7c15 >> 46 }

// newVocabulary arranges what was read into the lists.
func newVocabulary(l *lexicon) (v vocabulary) {
	seen := map[string]bool{}
	add := func(word string) {
		if !seen[word] {
			seen[word] = true
			stems := slices.Clone(l.stemsLike(word))
			stems = slices.DeleteFunc(stems, func(p phrase) bool { return !strings.HasPrefix(word, p.stem) })
			v.words = append(v.words, vocable{word: word, stems: stems})
		}
	}
	for word, b := range l.first {
		add(word)
		for i := range b.more {
			add(b.more[i].rest[0])
		}
	}
	slices.SortFunc(v.words, func(a, b vocable) int {
		return cmp.Or(cmp.Compare(hashOf(a.word), hashOf(b.word)), strings.Compare(a.word, b.word))
	})
	var text strings.Builder
	v.ends = append(v.ends, 0)
	for i := range v.words {
		hash := hashOf(v.words[i].word)
		v.known.add(hash >> 16)
		v.from[hash>>18+1] = uint16(i + 1)
		v.tags = append(v.tags, uint16(hash))
		text.WriteString(v.words[i].word)
		v.ends = append(v.ends, uint32(text.Len()))
	}
	v.text = text.String()
	for i := 1; i < len(v.from); i++ {
		v.from[i] = max(v.from[i], v.from[i-1])
	}
	if len(v.words) > 1<<16-1 {
		panic("the lexicon has more words than the vocabulary has numbers")
	}
	inOrder := make([]int, len(v.words)) // of the alphabet
	for i := range inOrder {
		inOrder[i] = i
	}
	slices.SortFunc(inOrder, func(a, b int) int { return strings.Compare(v.words[a].word, v.words[b].word) })
	v.pairs = map[uint64][]phrase{}
	for i := range v.words {
		if b := l.first[v.words[i].word]; b != nil {
			v.arrange(i, b, inOrder)
		}
		v.bare = append(v.bare, l.first[v.words[i].word] == nil && v.words[i].stems == nil)
	}
	for pair, all := range v.pairs {
		v.pairs[pair] = slices.Clone(all) // without the room that it grew in
	}
	return v
}

// arrange notes what begins with a word.
func (v *vocabulary) arrange(first int, b *branch, inOrder []int) {
	w := &v.words[first]
	w.alone, w.more = b.alone, len(b.more) > 0
	for _, p := range b.more {
		second := p.rest[0]
		if !p.wild || len(p.rest) > 1 {
			v.pair(first, v.number(second), p)
			continue
		}
		w.wild = append(w.wild, p)
		at, _ := slices.BinarySearchFunc(inOrder, second, func(i int, s string) int { return strings.Compare(v.words[i].word, s) })
		for ; at < len(inOrder) && strings.HasPrefix(v.words[inOrder[at]].word, second); at++ {
			v.pair(first, inOrder[at], p)
		}
	}
}

// pair notes a phrase that may begin with two words.
func (v *vocabulary) pair(first, second int, p phrase) {
	pair := pairOf(first, second)
	v.pairs[pair] = append(v.pairs[pair], p)
	slot := slotOf(pair)
	v.paired[slot>>6] |= 1 << (slot & 63)
}

func pairOf(first, second int) uint64 { return uint64(first)<<32 | uint64(second) }

// number gives the number of a word, noWord for one that is not in the vocabulary.
func (v *vocabulary) number(word string) int {
	hash := hashOf(word)
	if !v.known.has(hash >> 16) {
		return noWord
	}
	for i := int(v.from[hash>>18]); i < int(v.from[hash>>18+1]); i++ {
		if v.tags[i] == uint16(hash) && v.text[v.ends[i]:v.ends[i+1]] == word {
			return i
		}
	}
	return noWord
}

// going gives the phrases that begin with two words.
func (v *vocabulary) going(first, second int) []phrase {
	pair := pairOf(first, second)
	if slot := slotOf(pair); v.paired[slot>>6]&(1<<(slot&63)) == 0 {
		return nil
	}
	return v.pairs[pair]
}

// stemsLike gives the phrases with any ending that begin as a word does.
func (l *lexicon) stemsLike(word string) []phrase {
	if len(word) < 4 || !l.stemLeads.has(leadOf(word)) {
		return nil
	}
	return l.stems[[4]byte{word[0], word[1], word[2], word[3]}]
}

// scan looks up every word of a field and adds the phrases that begin there.
func (l *lexicon) scan(h *hits, number int, f *field, want langs) {
	if len(f.spans) == 0 {
		return
	}
	low := f.low
	note := func(all []phrase, start, end int32) {
		for i := range all {
			if p := &all[i]; p.lang&want != 0 {
				h.add(p.list, hit{field: int32(number), start: start, end: end, text: p.text})
			}
		}
	}
	next := l.number(low[f.spans[0].from:f.spans[0].to])
	for n, w := range f.spans {
		is := next
		if n+1 < len(f.spans) {
			next = l.number(low[f.spans[n+1].from:f.spans[n+1].to])
		}
		if is == noWord {
			word := low[w.from:w.to]
			all := l.stemsLike(word)
			for i := range all {
				if strings.HasPrefix(word, all[i].stem) {
					note(all[i:i+1], w.from, w.to)
				}
			}
			continue
		}
		if l.bare[is] {
			continue
		}
		v := &l.words[is]
		note(v.alone, w.from, w.to)
		if v.more && n+1 < len(f.spans) && joined(low[w.to:f.spans[n+1].from]) {
			l.scanOn(h, number, f, n, is, next, want)
		}
		note(v.stems, w.from, w.to)
	}
}

// scanOn adds the phrases of several words that begin with the n-th word of a field, of which the number is known, as
// that of the one behind it.
func (l *lexicon) scanOn(h *hits, number int, f *field, n, first, second int, want langs) {
	start, after := f.spans[n].from, f.spans[n+1]
	if second == noWord {
		for i := range l.words[first].wild {
			if p := &l.words[first].wild[i]; p.lang&want != 0 && strings.HasPrefix(f.low[after.from:after.to], p.rest[0]) {
				h.add(p.list, hit{field: int32(number), start: start, end: after.to, text: p.text})
			}
		}
		return
	}
	all := l.going(first, second)
	for i := range all {
		if p := &all[i]; p.lang&want != 0 {
			if stop, ok := follow(f.low, int(after.to), p.rest[1:], p.wild); ok {
				h.add(p.list, hit{field: int32(number), start: start, end: int32(stop), text: p.text})
			}
		}
	}
}

// joined tells whether what stands between two words may stand there in a phrase.
func joined(between string) bool {
	for i := range len(between) {
		if !joins(between[i]) {
			return false
		}
	}
	return len(between) <= mostJoins
}
