package classify

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
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
	rest []string // the words after the first
	stem string   // of a first word with any ending; "" for a whole word
	wild bool     // the last word has any ending
	list listID
	lang langs
	text uint32 // number of the entry, to count distinct ones
}

// branch is the phrases that begin with one word: those of that word alone, and the others. Words such as "nous" begin
// hundreds.
type branch struct{ alone, more []phrase }

func (b *branch) add(p phrase, known bool) {
	if len(p.rest) == 0 {
		b.alone = merge(b.alone, p, known)
	} else {
		b.more = merge(b.more, p, known)
	}
}

// phrases goes over all phrases of whole words, each with its first, in no order.
func (l *lexicon) phrases(yield func(p phrase, first string) bool) {
	for i := range l.words {
		for _, list := range [][]phrase{l.words[i].alone, l.words[i].wild} {
			for _, p := range list {
				if !yield(p, l.words[i].word) {
					return
				}
			}
		}
	}
	for pair, list := range l.pairs {
		for _, p := range list {
			if one := p.wild && len(p.rest) == 1; !one && !yield(p, l.words[pair>>32].word) { // those are among the wild
				return
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
	first   map[string]*branch // while the lists are read
	stems   map[[4]byte][]phrase
	sets    map[string]map[string]bool
	seen    map[string]uint32 // list and phrase to the number of the entry, while the lists are read

	stemLeads beginnings // how the keys of stems begin
	vocabulary
}

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
	l.vocabulary = newVocabulary(l)
	l.first, l.seen = nil, nil // they take half of the memory, and nobody asks them again
	return l, err
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
	if strings.Contains(strings.TrimSuffix(line, "*"), "*") {
		return fmt.Errorf("%q: only the last word may have any ending", line)
	}
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
	p := phrase{rest: tokens[1:], list: list, lang: lang, wild: wild && len(tokens) > 1, text: text}
	if wild && len(tokens) == 1 {
		if len(tokens[0]) < 4 {
			return fmt.Errorf("%q: a stem needs four letters", line)
		}
		p.stem = tokens[0]
		lead := [4]byte([]byte(p.stem))
		l.stems[lead] = merge(l.stems[lead], p, known)
		l.stemLeads.add(leadOf(p.stem))
		return nil
	}
	b := l.first[tokens[0]]
	if b == nil {
		b = &branch{}
		l.first[tokens[0]] = b
	}
	b.add(p, known)
	return nil
}

// merge adds p, or its language to the same phrase, which stands there when it is known.
func merge(all []phrase, p phrase, known bool) []phrase {
	for i := 0; known && i < len(all); i++ {
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

// spareHits are those of pages that are judged, for others.
var spareHits = sync.Pool{New: func() any {
	return &hits{first: make([]int32, len(words.lists)), last: make([]int32, len(words.lists))}
}}

func newHits() *hits {
	h := spareHits.Get().(*hits)
	h.all, h.only = h.all[:0], nil
	for i := range h.first {
		h.first[i] = -1
	}
	return h
}

// forgetHits gives the hits of a page that nobody asks any more for others to use.
func (p *page) forgetHits() {
	if cap(p.hits.all) <= mostSpareHits {
		spareHits.Put(p.hits)
	}
	p.hits = nil
}

// mostSpareHits is how many hits are kept in memory for another page.
const mostSpareHits = 1 << 14

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
