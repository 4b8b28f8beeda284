package classify

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// The word lists. One folder per language; a file is lines of
//
//	# where the words come from, and anything else worth knowing
//	[list name]     a list to look for; [= name] only a set to look words up in
//	a phrase, matched word by word on folded text
//	a phrase with a (one|another) choice, or an optional( part|)
//	a stem*        any ending; on the last word of a phrase
//
// Words of a phrase may be joined in the text by a space, a hyphen, an apostrophe or a line's end.
//
//go:embed lexicon
var lexiconFiles embed.FS

// listID numbers a list of the lexicon.
type listID uint16

// phrase is one entry of a list.
type phrase struct {
	rest   []string // the words after the first
	second byte     // the second letter of the second word; 0 when it has one letter only
	stem   string   // of a first word with any ending; "" for a whole word
	wild   bool     // the last word has any ending
	list   listID
	lang   langs
	text   uint32 // number of the entry, to count distinct ones
}

// branch is the phrases that begin with one word: those of that word alone, and the others by what their second word
// begins with. Words such as "nous" begin hundreds.
type branch struct {
	alone []phrase
	then  []limb
}

// limb is the phrases of a branch whose second word begins with one byte.
type limb struct {
	lead    byte
	phrases []phrase
}

func (b *branch) add(p phrase) {
	if len(p.rest) == 0 {
		b.alone = merge(b.alone, p)
		return
	}
	*b.at(p.rest[0][0]) = merge(*b.at(p.rest[0][0]), p)
}

// at is the place of the phrases whose second word begins with c.
func (b *branch) at(c byte) *[]phrase {
	for i := range b.then {
		if b.then[i].lead == c {
			return &b.then[i].phrases
		}
	}
	b.then = append(b.then, limb{lead: c})
	return &b.then[len(b.then)-1].phrases
}

// following are the phrases whose second word begins with c.
func (b *branch) following(c byte) []phrase {
	for i := range b.then {
		if b.then[i].lead == c {
			return b.then[i].phrases
		}
	}
	return nil
}

// phrases goes over all phrases of whole words, each with its first.
func (l *lexicon) phrases(yield func(p phrase, first string) bool) {
	for first, b := range l.first {
		for _, p := range b.alone {
			if !yield(p, first) {
				return
			}
		}
		for _, limb := range b.then {
			for _, p := range limb.phrases {
				if !yield(p, first) {
					return
				}
			}
		}
	}
}

// langs is a set of languages. Lists that only speak of what is not public have theirs in the upper half.
type langs uint16

const (
	inFR langs = 1 << iota
	inEN
	inES
	inDE
	inIT
)

const forInside = 8 // how far the languages of a list that is for what is not public are shifted

// insideLists begin the names of such lists.
var insideLists = []string{"inside ", "sense ", "wish "}

var langOf = map[string]langs{"fr": inFR, "en": inEN, "es": inES, "de": inDE, "it": inIT, "all": inFR | inEN | inES | inDE | inIT}

// lexicon finds every phrase of every list in one pass over the words.
type lexicon struct {
	lists   []string
	ids     map[string]listID
	entries []string
	first   map[string]*branch
	stems   map[[4]byte][]phrase
	sets    map[string]map[string]bool
	seen    map[string]uint32 // list and phrase to the number of the entry

	stemLeads  beginnings        // how the keys of stems begin
	firstLeads beginnings        // what firstOf gives of the keys of first
	firsts     []firstWord       // the keys of first, those with the same firstOf side by side
	firstAt    [1<<16 + 1]uint32 // by firstOf, where they begin there
}

// beginnings is a set of what leadOf or firstOf give. It may hold more than was added: most words of a text are not
// listed, and are passed over without a look at the maps.
type beginnings [1 << 16 / 64]uint64

// leadOf is of the first four bytes of a word, or of all of a shorter one.
func leadOf(word string) uint32 {
	return lead(word) * 0x9e3779b1 >> 16
}

// firstOf is of a whole word: how it begins, how long it is and how it ends.
func firstOf(word string) uint32 {
	n := len(word)
	return (lead(word) ^ uint32(n)<<27 ^ uint32(word[n-1])<<19) * 0x9e3779b1 >> 16
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

func (l *beginnings) add(at uint32) { l[at>>6] |= 1 << (at & 63) }

func (l *beginnings) has(at uint32) bool { return l[at>>6]&(1<<(at&63)) != 0 }

var words = mustLoad(lexiconFiles)

func mustLoad(files fs.FS) *lexicon {
	l, err := load(files)
	if err != nil {
		panic(err) // the lists are part of the program
	}
	return l
}

func load(files fs.FS) (*lexicon, error) {
	l := &lexicon{ids: map[string]listID{}, first: map[string]*branch{}, stems: map[[4]byte][]phrase{}, sets: map[string]map[string]bool{}, seen: map[string]uint32{}}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".txt" {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		lang, ok := langOf[path.Base(path.Dir(name))]
		if !ok {
			return fmt.Errorf("%s: the folder is no language", name)
		}
		return l.read(name, string(data), lang)
	})
	l.arrange()
	return l, err
}

// firstWord is a key of lexicon.first with what begins there.
type firstWord struct {
	word string
	*branch
}

// arrange makes firsts of first: a look at it costs half of one at a map.
func (l *lexicon) arrange() {
	for word, b := range l.first {
		l.firsts = append(l.firsts, firstWord{word, b})
	}
	slices.SortFunc(l.firsts, func(a, b firstWord) int {
		return cmp.Or(cmp.Compare(firstOf(a.word), firstOf(b.word)), strings.Compare(a.word, b.word))
	})
	at := 0
	for h := range len(l.firstAt) {
		for at < len(l.firsts) && firstOf(l.firsts[at].word) < uint32(h) {
			at++
		}
		l.firstAt[h] = uint32(at)
	}
}

// beginning gives what begins with a word, nil when nothing does.
func (l *lexicon) beginning(word string) *branch {
	h := firstOf(word)
	if !l.firstLeads.has(h) {
		return nil
	}
	for _, f := range l.firsts[l.firstAt[h]:l.firstAt[h+1]] {
		if f.word == word {
			return f.branch
		}
	}
	return nil
}

func (l *lexicon) read(name, data string, lang langs) error {
	list := listID(0)
	set := map[string]bool(nil)
	open := false
	shift := 0
	for n, line := range strings.Split(data, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "[="):
			name := strings.TrimSpace(strings.Trim(line, "[=]"))
			if l.sets[name] == nil {
				l.sets[name] = map[string]bool{}
			}
			set, open = l.sets[name], true
		case strings.HasPrefix(line, "["):
			name := strings.Trim(line, "[]")
			list, set, open, shift = l.id(name), nil, true, 0
			if slices.ContainsFunc(insideLists, func(lead string) bool { return strings.HasPrefix(name, lead) }) {
				shift = forInside
			}
		case !open:
			return fmt.Errorf("%s:%d: a phrase before the first [list]", name, n+1)
		default:
			for _, p := range expand(line) {
				if set != nil {
					set[strings.Join(splitWords(foldString(p)), " ")] = true
					l.entries = append(l.entries, p)
					continue
				}
				if err := l.add(p, list, lang<<shift); err != nil {
					return fmt.Errorf("%s:%d: %w", name, n+1, err)
				}
			}
		}
	}
	return nil
}

func (l *lexicon) id(name string) listID {
	id, ok := l.ids[name]
	if !ok {
		id = listID(len(l.lists))
		l.ids[name] = id
		l.lists = append(l.lists, name)
	}
	return id
}

// list is the number of a list that must exist.
func (l *lexicon) list(name string) listID {
	id, ok := l.ids[name]
	if !ok {
		panic("classify: no list [" + name + "] in the lexicon")
	}
	return id
}

func (l *lexicon) add(line string, list listID, lang langs) error {
	line = foldString(line)
	wild := strings.HasSuffix(line, "*")
	tokens := strings.FieldsFunc(line, func(r rune) bool { return r > 127 || !isWord(byte(r)) })
	if len(tokens) == 0 {
		return fmt.Errorf("no word in %q", line)
	}
	// the same phrase in two languages is one entry, found for both
	key := fmt.Sprintf("%d %s %v", list, strings.Join(tokens, " "), wild)
	text, known := l.seen[key]
	if !known {
		text = uint32(len(l.entries))
		l.entries = append(l.entries, line)
		l.seen[key] = text
	}
	p := phrase{rest: tokens[1:], second: secondLetter(tokens[1:]), list: list, lang: lang, wild: wild && len(tokens) > 1, text: text}
	if wild && len(tokens) == 1 {
		if len(tokens[0]) < 4 {
			return fmt.Errorf("%q: a stem needs four letters", line)
		}
		p.stem = tokens[0]
		lead := [4]byte([]byte(p.stem))
		l.stems[lead] = merge(l.stems[lead], p)
		l.stemLeads.add(leadOf(p.stem))
		return nil
	}
	b := l.first[tokens[0]]
	if b == nil {
		b = &branch{}
		l.first[tokens[0]] = b
	}
	b.add(p)
	l.firstLeads.add(firstOf(tokens[0]))
	return nil
}

func secondLetter(words []string) byte {
	if len(words) == 0 || len(words[0]) < 2 {
		return 0
	}
	return words[0][1]
}

// merge adds p, or its language to the same phrase.
func merge(all []phrase, p phrase) []phrase {
	for i := range all {
		if all[i].text == p.text {
			all[i].lang |= p.lang
			return all
		}
	}
	return append(all, p)
}

// expand writes out the choices of a line.
func expand(line string) []string {
	open := strings.IndexByte(line, '(')
	shut := strings.IndexByte(line, ')')
	if open < 0 || shut < open {
		return []string{line}
	}
	var all []string
	for _, choice := range strings.Split(line[open+1:shut], "|") {
		for _, tail := range expand(line[shut+1:]) {
			all = append(all, line[:open]+choice+tail)
		}
	}
	return all
}

// hit is a phrase found in a field: low[start:end].
type hit struct {
	field      int32
	start, end int32
	text       uint32
	next       int32 // the next hit of the same list, -1 at the end
}

// hits holds the hits of one item, by list, in the order of fields and places.
type hits struct {
	all         []hit
	first, last []int32
	only        []bool // by list: of the field that is scanned no others are noted; nil for all
}

func newHits() *hits {
	h := &hits{all: make([]hit, 0, 128), first: make([]int32, len(words.lists)), last: make([]int32, len(words.lists))}
	for i := range h.first {
		h.first[i] = -1
	}
	return h
}

func (h *hits) add(list listID, x hit) {
	if h.only != nil && !h.only[list] {
		return
	}
	x.next = -1
	n := int32(len(h.all))
	h.all = append(h.all, x)
	if h.first[list] < 0 {
		h.first[list] = n
	} else {
		h.all[h.last[list]].next = n
	}
	h.last[list] = n
}

// scan looks up every word of a field and adds the phrases that begin there.
func (l *lexicon) scan(h *hits, number int, f *field, want langs) {
	low := f.low
	for n, w := range f.spans {
		word := low[w.from:w.to]
		if b := l.beginning(word); b != nil {
			for i := range b.alone {
				if p := &b.alone[i]; p.lang&want != 0 {
					h.add(p.list, hit{field: int32(number), start: w.from, end: w.to, text: p.text})
				}
			}
			if n+1 < len(f.spans) && f.spans[n+1].from-w.to <= mostJoins {
				next := low[f.spans[n+1].from:]
				all := b.following(next[0])
				for i := range all {
					p := &all[i]
					if p.lang&want == 0 || len(next) > 1 && p.second != 0 && next[1] != p.second {
						continue
					}
					if stop, ok := follow(low, int(w.to), p.rest, p.wild); ok {
						h.add(p.list, hit{field: int32(number), start: w.from, end: int32(stop), text: p.text})
					}
				}
			}
		}
		if len(word) >= 4 && l.stemLeads.has(leadOf(word)) {
			all := l.stems[[4]byte{word[0], word[1], word[2], word[3]}]
			for i := range all {
				if p := &all[i]; p.lang&want != 0 && strings.HasPrefix(word, p.stem) {
					h.add(p.list, hit{field: int32(number), start: w.from, end: w.to, text: p.text})
				}
			}
		}
	}
}

// mostJoins is how many bytes may stand between two words of a phrase.
const mostJoins = 3

// follow matches the other words of a phrase from offset i on.
func follow(low string, i int, rest []string, wild bool) (end int, ok bool) {
	for n, w := range rest {
		gap := 0
		for i < len(low) && !isWord(low[i]) {
			if !joins(low[i]) {
				return 0, false
			}
			i++
			if gap++; gap > mostJoins {
				return 0, false
			}
		}
		if gap == 0 || !strings.HasPrefix(low[i:], w) {
			return 0, false
		}
		i += len(w)
		last := n == len(rest)-1
		if last && wild {
			for i < len(low) && isWord(low[i]) {
				i++
			}
		} else if i < len(low) && isWord(low[i]) {
			return 0, false
		}
	}
	return i, true
}

// joins tells whether a byte may stand between two words of a phrase.
func joins(c byte) bool {
	return c == ' ' || c == '-' || c == '\'' || c == '\n' || c == '_' || c == '/' || c == '+' || c == '%'
}

// wantedLangs is the set of languages whose phrases count for an item: its own and the two that
// every company mixes; all of them when its language is not known.
func wantedLangs(language string, public bool) langs {
	want := inFR | inEN | inES | inDE | inIT
	if language != "" {
		want = inFR | inEN | langOf[strings.ToLower(language[:min(2, len(language))])]
	}
	if !public {
		want |= want << forInside
	}
	return want
}
