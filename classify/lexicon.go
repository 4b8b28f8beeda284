package classify

import (
	"crypto/sha256"
	"embed"
	"fmt"
	"io/fs"
	"iter"
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
	list listID
	lang langs
	text uint32 // its number, in the order of the lists, to count distinct ones
}

// stem is a phrase of one word with any ending.
type stem struct {
	begin string
	phrase
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

// inside tells whether a set has languages of what is not public, public whether it has others.
func (l langs) inside() bool { return l>>forInside != 0 }
func (l langs) public() bool { return l&(1<<forInside-1) != 0 }

// insideLists begin the names of such lists.
var insideLists = []string{"inside ", "sense ", "wish "}

var langOf = map[string]langs{"fr": inFR, "en": inEN, "es": inES, "de": inDE, "it": inIT, "all": inFR | inEN | inES | inDE | inIT}

// lexicon finds every phrase of every list in one pass over the words.
type lexicon struct {
	lists  []string
	ids    map[string]listID
	stems  map[[4]byte][]stem
	sets   map[string]map[string]bool
	digest []byte // of the files

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
	l := &lexicon{ids: map[string]listID{}, stems: map[[4]byte][]stem{}, sets: map[string]map[string]bool{}}
	d := &draft{numbers: map[string]uint16{}}
	digest := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, file fs.DirEntry, err error) error {
		if err != nil || file.IsDir() || path.Ext(name) != ".txt" {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(digest, "%s %d\n%s", name, len(data), data)
		lang, ok := langOf[path.Base(path.Dir(name))]
		if !ok {
			return fmt.Errorf("%s: the folder is no language", name)
		}
		return l.read(name, string(data), lang, d)
	})
	l.digest = digest.Sum(nil)
	l.vocabulary = d.arrange(l)
	return l, err
}

func (l *lexicon) read(name, data string, lang langs, d *draft) error {
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
			if !balanced(line) {
				return fmt.Errorf("%s:%d: a bracket without its other", name, n+1)
			}
			for p := range choices(foldString(line)) {
				if set != nil {
					set[strings.Join(splitWords(string(p)), " ")] = true
					continue
				}
				if err := l.add(string(p), phrase{list, lang << shift, d.number()}, d); err != nil {
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

// add adds a folded phrase, which has no choices left, to a list.
// The draft takes it unless it is one word with any ending.
func (l *lexicon) add(line string, p phrase, d *draft) error {
	whole, wild := strings.CutSuffix(line, "*")
	if strings.Contains(whole, "*") {
		return fmt.Errorf("%q: only the last word may have any ending", line)
	}
	d.spans = spansOf(whole, d.spans[:0])
	switch {
	case len(d.spans) == 0:
		return fmt.Errorf("no word in %q", line)
	case len(d.spans) > 1 || !wild:
		d.add(whole, d.spans, wild, p)
		return nil
	case d.spans[0].to-d.spans[0].from < 4:
		return fmt.Errorf("%q: a stem needs four letters", line)
	}
	begin := whole[d.spans[0].from:d.spans[0].to]
	lead := [4]byte([]byte(begin))
	for i, s := range l.stems[lead] {
		if s.begin == begin && s.list == p.list { // the same phrase in two languages is one entry, found for both
			l.stems[lead][i].lang |= p.lang
			return nil
		}
	}
	l.stems[lead] = append(l.stems[lead], stem{begin, p})
	l.stemLeads.add(leadOf(begin))
	return nil
}

// deeper is by how much a byte goes into choices, or out of them.
func deeper(c byte) int {
	switch c {
	case '(':
		return 1
	case ')':
		return -1
	}
	return 0
}

// balanced tells whether each bracket of a line has its other.
func balanced(line string) bool {
	depth := 0
	for i := 0; i < len(line) && depth >= 0; i++ {
		depth += deeper(line[i])
	}
	return depth == 0
}

// shutOf is where the bracket at an offset of a balanced line has its other.
func shutOf(line string, open int) int {
	depth := 0
	for i := open; ; i++ {
		if depth += deeper(line[i]); depth == 0 {
			return i
		}
	}
}

// cutChoice gives the first of the choices between two brackets, the others and whether there are any.
func cutChoice(all string) (first, others string, more bool) {
	depth := 0
	for i := range len(all) {
		if all[i] == '|' && depth == 0 {
			return all[:i], all[i+1:], true
		}
		depth += deeper(all[i])
	}
	return all, "", false
}

// choices writes out the choices of a line, one after the other in the same place.
func choices(line string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		room := make([]byte, 0, len(line))
		var write func(said []byte, rest string) bool
		write = func(said []byte, rest string) bool {
			open := strings.IndexByte(rest, '(')
			if open < 0 {
				return yield(append(said, rest...))
			}
			said = append(said, rest[:open]...)
			shut := shutOf(rest, open)
			for others, more := rest[open+1:shut], true; more; {
				choice, behind := "", rest[shut+1:]
				choice, others, more = cutChoice(others)
				if strings.IndexByte(choice, '(') >= 0 { // choices within a choice
					choice, behind = "", choice+behind
				}
				if !write(append(said, choice...), behind) {
					return false
				}
			}
			return true
		}
		write(room, line)
	}
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
	here        []ending // room for those of several words that begin at one
	only        []bool   // by list: of the field that is scanned no others are noted; nil for all
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

// forget gives the hits and the words of a page that nobody asks any more for others to use.
func (p *page) forget() {
	if p == nil {
		return
	}
	if p.hits != nil && cap(p.hits.all) <= mostSpareHits {
		spareHits.Put(p.hits)
	}
	for i := range p.fields {
		p.fields[i].spans, p.fields[i].words = nil, nil
	}
	p.room.giveBack()
	p.hits, p.room = nil, nil
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
