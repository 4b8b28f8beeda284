package classify

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// vocabulary is every word of the phrases of the lexicon, and a tree of the phrases by the numbers of their words. A word
// of a text is looked up once; which phrases it goes on with is then told by numbers alone. Nothing in it points to
// anything else, so that the collector of memory has nothing to follow in what stays as long as the program runs.
type vocabulary struct {
	slots []slot      // of the words, a power of two that leaves many empty
	shift uint8       // of a hash, to the slot where a word may stand, or in one of those behind it
	words []knownWord // in the order of their hashes, and one more behind them
	text  string      // of the words, one after the other

	paired   pairSet      // of the two words that phrases begin with
	publicly pairSet      // likewise, of phrases that count for what is public
	nodes    []node       // one more than there are; the first is that of no word yet
	phrases  []phrase     // by the node that they end at, each time in the order of their numbers
	opens    []openPhrase // by the node before the last word, likewise
	likeStem []phrase     // those of one word that a known word has with an ending
}

// slot is where a word of the text is looked for.
type slot struct {
	tag  uint16 // the lower half of its hash
	word uint16 // its number, noWord for an empty one
}

// knownWord is what there is to know of a word. What it has in a list ends where that of the next word begins.
type knownWord struct {
	text  uint32 // where it begins in text
	head  uint32 // the node of the phrases that begin with it, 0 for none
	stems uint32 // where the phrases of one word with an ending begin in likeStem
}

// node is where the phrases stand that begin with the same words. The nodes that follow one stand together, in the order
// of their words, and behind those of the node before it.
type node struct {
	next, phrases, opens uint32 // where the nodes that follow it begin, its phrases and its opens; they end where those of the next node begin
	word                 uint16 // the last of its words
	public               bool   // whether a phrase that begins with its words counts for what is public
}

// pairSet is a set of what slotOf gives of pairs of words. It may hold more than was added.
type pairSet [1 << 18 / 64]uint64

func (s *pairSet) add(first, second uint16) {
	at := slotOf(first, second)
	s[at>>6] |= 1 << (at & 63)
}

func (s *pairSet) has(first, second uint16) bool {
	at := slotOf(first, second)
	return s[at>>6]&(1<<(at&63)) != 0
}

// openPhrase is a phrase of several words of which the last has any ending.
type openPhrase struct {
	begin string
	phrase
}

// noWord is the number of a word that is not in the vocabulary.
const noWord = 1<<16 - 1

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

func slotOf(first, second uint16) uint64 {
	return (uint64(first)<<16 | uint64(second)) * 0x9e3779b97f4a7c15 >> 46
}

// draft is what the lists hold, before it is arranged.
type draft struct {
	numbers map[string]uint16
	words   []string
	spans   []wordSpan // room for those of one
	said    []uint16   // the words of all entries, one entry after the other
	entries []draftPhrase
	count   uint32
}

// draftPhrase is a phrase of several words, or of one without an ending.
type draftPhrase struct {
	from, to uint32 // its words in said
	begin    string // of the one that follows them, with any ending; "" for none
	phrase
}

// number gives the next phrase its number.
func (d *draft) number() uint32 {
	d.count++
	return d.count - 1
}

// add takes the words of a phrase, of which the last may have any ending.
func (d *draft) add(line string, said []wordSpan, wild bool, p phrase) {
	e := draftPhrase{from: uint32(len(d.said)), phrase: p}
	if wild {
		last := said[len(said)-1]
		said, e.begin = said[:len(said)-1], line[last.from:last.to]
	}
	for _, at := range said {
		w := line[at.from:at.to]
		n, known := d.numbers[w]
		if !known {
			if n = uint16(len(d.words)); n == noWord {
				panic("the lexicon has more words than the vocabulary has numbers")
			}
			w = strings.Clone(w)
			d.numbers[w] = n
			d.words = append(d.words, w)
		}
		d.said = append(d.said, n)
	}
	e.to = uint32(len(d.said))
	d.entries = append(d.entries, e)
}

func (d *draft) wordsOf(e draftPhrase) []uint16 { return d.said[e.from:e.to] }

// arrange numbers the words by their hashes, and makes the tree.
func (d *draft) arrange(l *lexicon) (v vocabulary) {
	slices.SortFunc(d.words, func(a, b string) int {
		return cmp.Or(cmp.Compare(hashOf(a), hashOf(b)), strings.Compare(a, b))
	})
	size := bits.Len(uint(2 * len(d.words)))
	v.slots, v.shift = slices.Repeat([]slot{{word: noWord}}, 1<<size), uint8(32-size)
	renumber := make([]uint16, len(d.words))
	size = 0
	for i, w := range d.words {
		renumber[d.numbers[w]] = uint16(i)
		hash := hashOf(w)
		at := hash >> v.shift
		for v.slots[at].word != noWord {
			at = v.behind(at)
		}
		v.slots[at] = slot{uint16(hash), uint16(i)}
		v.words = append(v.words, knownWord{text: uint32(size), stems: uint32(len(v.likeStem))})
		size += len(w)
		for _, s := range l.stemsLike(w) {
			if strings.HasPrefix(w, s.begin) {
				v.likeStem = append(v.likeStem, s.phrase)
			}
		}
	}
	v.words = append(v.words, knownWord{text: uint32(size), stems: uint32(len(v.likeStem))})
	v.text = strings.Join(d.words, "")
	for i, n := range d.said {
		d.said[i] = renumber[n]
	}
	v.plant(d)
	return v
}

// plant makes the tree, level by level.
func (v *vocabulary) plant(d *draft) {
	slices.SortFunc(d.entries, func(a, b draftPhrase) int {
		if by := slices.Compare(d.wordsOf(a), d.wordsOf(b)); by != 0 {
			return by
		}
		return cmp.Or(strings.Compare(a.begin, b.begin), cmp.Compare(a.list, b.list), cmp.Compare(a.text, b.text))
	})
	// the same phrase in two languages is one entry, found for both
	all := d.entries[:0]
	for _, e := range d.entries {
		if n := len(all) - 1; n >= 0 && all[n].list == e.list && all[n].begin == e.begin && slices.Equal(d.wordsOf(all[n]), d.wordsOf(e)) {
			all[n].lang |= e.lang
		} else {
			all = append(all, e)
		}
	}
	type branch struct{ from, to, depth int32 } // those of all that begin with the same words, and how many these are
	queue := []branch{{to: int32(len(all))}}    // by node
	for at := 0; at < len(queue); at++ {
		b := queue[at]
		n := node{next: uint32(len(queue)), phrases: uint32(len(v.phrases)), opens: uint32(len(v.opens))}
		if b.depth > 0 {
			n.word = d.wordsOf(all[b.from])[b.depth-1]
		}
		for ; b.from < b.to && int32(len(d.wordsOf(all[b.from]))) == b.depth; b.from++ {
			if e := all[b.from]; e.begin == "" {
				v.phrases = append(v.phrases, e.phrase)
			} else {
				v.opens = append(v.opens, openPhrase{e.begin, e.phrase})
			}
		}
		slices.SortFunc(v.phrases[n.phrases:], func(a, b phrase) int { return cmp.Compare(a.text, b.text) })
		slices.SortFunc(v.opens[n.opens:], func(a, b openPhrase) int { return cmp.Compare(a.text, b.text) })
		for b.from < b.to {
			word := d.wordsOf(all[b.from])[b.depth]
			switch b.depth {
			case 0:
				v.words[word].head = uint32(len(queue))
			case 1:
				v.paired.add(n.word, word)
			}
			like := branch{from: b.from, depth: b.depth + 1}
			for b.from < b.to && d.wordsOf(all[b.from])[b.depth] == word {
				b.from++
			}
			like.to = b.from
			queue = append(queue, like)
		}
		v.nodes = append(v.nodes, n)
	}
	v.nodes = append(v.nodes, node{next: uint32(len(v.nodes)), phrases: uint32(len(v.phrases)), opens: uint32(len(v.opens))})
	v.markPublic()
}

// markPublic notes which nodes lead to phrases that count for what is public: the nodes that follow one stand behind it.
func (v *vocabulary) markPublic() {
	for at := len(v.nodes) - 2; at >= 0; at-- {
		n := &v.nodes[at]
		for _, p := range v.endingAt(uint32(at)) {
			n.public = n.public || p.lang.public()
		}
		for _, o := range v.opensAt(uint32(at)) {
			n.public = n.public || o.lang.public()
		}
		for _, follows := range v.nodes[n.next:v.nodes[at+1].next] {
			n.public = n.public || follows.public
		}
	}
	for word := range len(v.words) - 1 {
		if at := v.words[word].head; at != 0 {
			for _, follows := range v.nodes[v.nodes[at].next:v.nodes[at+1].next] {
				if follows.public {
					v.publicly.add(uint16(word), follows.word)
				}
			}
		}
	}
}

// after gives the node of the phrases that begin with those words and another; 0 for none.
func (v *vocabulary) after(at uint32, word uint16) uint32 {
	from, to := v.nodes[at].next, v.nodes[at+1].next
	for from < to {
		if mid := (from + to) / 2; v.nodes[mid].word < word {
			from = mid + 1
		} else {
			to = mid
		}
	}
	if from < v.nodes[at+1].next && v.nodes[from].word == word {
		return from
	}
	return 0
}

// endingAt gives the phrases that end at a node.
func (v *vocabulary) endingAt(at uint32) []phrase {
	return v.phrases[v.nodes[at].phrases:v.nodes[at+1].phrases]
}

func (v *vocabulary) opensAt(at uint32) []openPhrase {
	return v.opens[v.nodes[at].opens:v.nodes[at+1].opens]
}

// each goes over all phrases of whole words, and those of which the last has any ending, with their words, in no order.
func (v *vocabulary) each(yield func(p phrase, said []string) bool) {
	said := make([]string, 0, 16)
	var walk func(at uint32) bool
	walk = func(at uint32) bool {
		for _, p := range v.endingAt(at) {
			if !yield(p, said) {
				return false
			}
		}
		for _, o := range v.opensAt(at) {
			if !yield(o.phrase, append(said, o.begin)) {
				return false
			}
		}
		for next := v.nodes[at].next; next < v.nodes[at+1].next; next++ {
			word := v.nodes[next].word
			said = append(said, v.wordOf(word))
			if !walk(next) {
				return false
			}
			said = said[:len(said)-1]
		}
		return true
	}
	walk(0)
}

// number gives the number of a word, noWord for one that is not in the vocabulary.
func (v *vocabulary) number(word string) uint16 {
	hash := hashOf(word)
	for at := hash >> v.shift; ; at = v.behind(at) {
		s := v.slots[at]
		if s.word == noWord || s.tag == uint16(hash) && v.wordOf(s.word) == word {
			return s.word
		}
	}
}

// numbersOf appends the numbers of the words of a text to all.
func (v *vocabulary) numbersOf(low string, spans []wordSpan, all []uint16) []uint16 {
	for _, w := range spans {
		all = append(all, v.number(low[w.from:w.to]))
	}
	return all
}

// behind is the slot after another one.
func (v *vocabulary) behind(at uint32) uint32 { return (at + 1) & uint32(len(v.slots)-1) }

func (v *vocabulary) wordOf(number uint16) string {
	return v.text[v.words[number].text:v.words[number+1].text]
}

// stemsLike gives the phrases with any ending that begin as a word does.
func (l *lexicon) stemsLike(word string) []stem {
	if len(word) < 4 || !l.stemLeads.has(leadOf(word)) {
		return nil
	}
	return l.stems[[4]byte{word[0], word[1], word[2], word[3]}]
}

// ending is a phrase that was found, and where it ends.
type ending struct {
	text uint32
	list listID
	end  int32
}

// scan looks up every word of a field and adds the phrases that begin there.
func (l *lexicon) scan(h *hits, number int, f *field, want langs) {
	low := f.low
	inside := want.inside()
	note := func(p *phrase, w wordSpan) {
		if p.lang&want != 0 {
			h.add(p.list, hit{field: int32(number), start: w.from, end: w.to, text: p.text})
		}
	}
	for n, w := range f.spans {
		is := f.words[n]
		if is == noWord {
			all := l.stemsLike(low[w.from:w.to])
			for i := range all {
				if strings.HasPrefix(low[w.from:w.to], all[i].begin) {
					note(&all[i].phrase, w)
				}
			}
			continue
		}
		if at := l.words[is].head; at != 0 && (inside || l.nodes[at].public) {
			for all, i := l.endingAt(at), 0; i < len(all); i++ {
				note(&all[i], w)
			}
			l.goOn(h, f, n, at, want)
			for _, e := range h.here {
				h.add(e.list, hit{field: int32(number), start: w.from, end: e.end, text: e.text})
			}
		}
		for i := l.words[is].stems; i < l.words[is+1].stems; i++ {
			note(&l.likeStem[i], w)
		}
	}
}

// goOn finds the phrases of several words that begin with the n-th word of a field, whose node is at.
func (l *lexicon) goOn(h *hits, f *field, n int, at uint32, want langs) {
	h.here = h.here[:0]
	inside, pairs := want.inside(), &l.paired
	if !inside {
		pairs = &l.publicly
	}
	found := func(p *phrase, end int32) {
		if p.lang&want != 0 {
			h.here = append(h.here, ending{p.text, p.list, end})
		}
	}
	for k := n + 1; k < len(f.spans); k++ {
		w, opens := f.spans[k], l.opensAt(at)
		if !joined(f.low[f.spans[k-1].to:w.from]) {
			break
		}
		for i := range opens {
			if strings.HasPrefix(f.low[w.from:w.to], opens[i].begin) {
				found(&opens[i].phrase, w.to)
			}
		}
		if k == n+1 && !pairs.has(f.words[n], f.words[k]) {
			break
		}
		if at = l.after(at, f.words[k]); at == 0 || !inside && !l.nodes[at].public {
			break
		}
		for all, i := l.endingAt(at), 0; i < len(all); i++ {
			found(&all[i], w.to)
		}
	}
	if len(h.here) > 1 {
		slices.SortFunc(h.here, func(a, b ending) int { return cmp.Compare(a.text, b.text) })
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
