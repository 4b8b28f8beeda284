package template

import (
	"net/url"
	"strings"
	"unicode"

	"filon/crawler/content"
)

// Print is what is noted of an item so that its source's template can be learned, and learned again, without
// reading the item: hashes, no word of it.
type Print struct {
	Family  uint64   // equal for a page and its copies or versions, which bear one title; 0 for what is no page
	Whole   uint64   // of the whole text
	Title   uint64   // of the whole title
	Lines   []uint64 // of the text, each once
	Affixes []uint64 // parts of its titles that may be the site's name
	Days    []uint64 // of every evidence for a date
}

// Page is an item of a source as Learn sees it.
type Page struct {
	ID, Address, Language string
	Print
}

// PrintOf notes what Learn needs of an item, however much of its template is known already.
func PrintOf(item content.Item) Print {
	item = Undo(item)
	var p Print
	seen := map[uint64]bool{}
	for _, of := range [...]string{published, modified} {
		for _, d := range evidence(item, of) {
			p.Days = addOnce(p.Days, seen, dayHash(of, d))
		}
	}
	if !isPage(item) {
		return p
	}
	p.Whole = lettersHash("text", item.Text)
	p.Family = lettersHash("family", item.Title, item.H1)
	p.Title = hashOf("name", fold(item.Title))
	for line := range strings.SplitSeq(item.Text, "\n") {
		if h := lineHash(line); h != 0 && len(p.Lines) < mostLines {
			p.Lines = addOnce(p.Lines, seen, h)
		}
	}
	p.Affixes = affixesOf(item)
	return p
}

const mostLines = 2000 // of one page

// From how many on something is the source's and not a page's. Pages are counted without their copies and other
// versions.
const (
	wideShare  = .3 // of the pages of a host, or of one of its languages
	closeShare = .7 // of the pages of a section: there, people copy passages from page to page
	fewest     = 10 // pages that repeat a line
	fewestNear = 20 // pages of a section that do
	fewestName = 8  // pages that share a part of their title
	dayShare   = .3 // of the items of a source that share a day
	fewestDays = 20 // items of a source whose dates are compared
)

// Learn finds what the items of one source have in common. each must give all of them, and the same ones each time;
// the order does not matter. Learn holds a few words for each page in memory, never its lines.
func Learn(each func(do func(Page) error) error) (Template, error) {
	l := newLearner()
	for _, pass := range [...]func(Page) error{l.count, l.choose, l.vote, l.sum} {
		if err := each(pass); err != nil {
			return Template{}, err
		}
	}
	return l.template(), nil
}

func newLearner() *learner {
	return &learner{pages: map[uint64]int32{}, first: map[uint64]string{}, names: map[uint64]int32{}, days: map[uint64]int32{}, affixes: map[uint64]int32{},
		scopes: map[uint64]int32{}, lines: map[uint64]int32{}, wanted: map[uint64]int32{}}
}

type learner struct {
	items int32
	pages map[uint64]int32  // by family
	all   int32             // pages
	first map[uint64]string // by family: the page that speaks for it
	names map[uint64]int32  // by title
	days  map[uint64]int32

	voters  int32
	affixes map[uint64]int32
	scopes  map[uint64]int32 // by scope: pages that speak
	rough   [1 << 21]uint16  // by a part of the hash of scope and line: at least the pages that have it
	lines   map[uint64]int32
	wanted  map[uint64]int32 // by line in its scope: how many pages it takes
}

func (l *learner) count(p Page) error {
	l.items++
	for _, d := range p.Days {
		l.days[d]++
	}
	if p.Family != 0 {
		l.all++
		l.pages[p.Family]++
		l.names[p.Title]++
	}
	return nil
}

// family is that of a page; a title that a third of all pages bear tells none apart.
func (l *learner) family(p Page) uint64 {
	if n := l.pages[p.Family]; n >= fewestName && float64(n) >= wideShare*float64(l.all) {
		return p.Whole
	}
	return p.Family
}

// choose lets one page of each family speak for all of it.
func (l *learner) choose(p Page) error {
	if p.Family == 0 {
		return nil
	}
	f := l.family(p)
	if first, ok := l.first[f]; !ok || p.ID < first {
		l.first[f] = p.ID
	}
	return nil
}

func (l *learner) speaks(p Page) bool { return p.Family != 0 && l.first[l.family(p)] == p.ID }

func (l *learner) vote(p Page) error {
	if !l.speaks(p) {
		return nil
	}
	l.voters++
	for _, a := range p.Affixes {
		l.affixes[a]++
	}
	for _, s := range scopesOf(p.Address, p.Language) {
		if s == 0 {
			continue
		}
		l.scopes[s]++
		for _, line := range p.Lines {
			if n := &l.rough[mix(s, line)%uint64(len(l.rough))]; *n < 1<<16-1 {
				*n++
			}
		}
	}
	return nil
}

// needed is how many pages of a scope must repeat a line.
func (l *learner) needed(scope uint64, nth int) int32 {
	if nth >= wideScopes {
		return max(fewestNear, int32(closeShare*float64(l.scopes[scope])+.999))
	}
	return max(fewest, int32(wideShare*float64(l.scopes[scope])+.999))
}

// sum counts exactly, for the few lines that may be repeated enough.
func (l *learner) sum(p Page) error {
	if !l.speaks(p) {
		return nil
	}
	for nth, s := range scopesOf(p.Address, p.Language) {
		if s == 0 {
			continue
		}
		needed := l.needed(s, nth)
		for _, line := range p.Lines {
			at := mix(s, line)
			if int32(l.rough[at%uint64(len(l.rough))]) >= min(needed, 1<<16-1) {
				l.lines[at]++
				l.wanted[at] = needed
			}
		}
	}
	return nil
}

func (l *learner) template() Template {
	t := Template{lines: map[uint64]bool{}, affixes: map[uint64]bool{}, names: map[uint64]bool{}, days: map[uint64]bool{}}
	for at, n := range l.lines {
		if n >= l.wanted[at] {
			t.lines[at] = true
		}
	}
	for a, n := range l.affixes {
		if n >= fewestName && float64(n) >= wideShare*float64(l.voters) {
			t.affixes[a] = true
		}
	}
	for name, n := range l.names {
		if n >= fewestName && float64(n) >= wideShare*float64(l.all) {
			t.names[name] = true
		}
	}
	for d, n := range l.days {
		if l.items >= fewestDays && float64(n) > dayShare*float64(l.items) {
			t.days[d] = true
		}
	}
	return t
}

// wideScopes is how many of the scopes of a page are wide.
const wideScopes = 2

// scopesOf are the parts of a source that a page belongs to: its host, its language there, and the folders above it.
// 0 is none.
func scopesOf(address, language string) []uint64 {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	language, _, _ = strings.Cut(language, "-")
	all := append(make([]uint64, 0, 4), hashOf("host", u.Host), 0)
	if language != "" {
		all[1] = hashOf("language", u.Host, language)
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) > 1 {
		all = append(all, hashOf("folder", u.Host, parts[0]))
	}
	if len(parts) > 2 {
		all = append(all, hashOf("folder", u.Host, parts[0], parts[1]))
	}
	return all
}

// lineHash is equal for lines that read the same; 0 for one without a letter.
func lineHash(line string) uint64 {
	h := uint64(offset)
	said, blank := false, false
	for _, r := range line {
		if r < 0x80 {
			c := plain[r]
			if c == ' ' {
				blank = true
				continue
			}
			said = said || c >= 'a'
			r = rune(c)
		} else {
			if unicode.IsSpace(r) {
				blank = true
				continue
			}
			said = said || unicode.IsLetter(r)
			r = unicode.ToLower(r)
		}
		if blank && h != offset {
			h = (h ^ ' ') * prime
		}
		blank = false
		h = (h ^ uint64(r)) * prime
	}
	if !said {
		return 0
	}
	return mix(h, 1)
}

// plain are the ASCII characters in lower case, white space as blanks; what is below 'a' there is no letter.
var plain = func() (t [0x80]byte) {
	for c := range t {
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		case c == ' ' || c >= '\t' && c <= '\r':
			t[c] = ' '
		case c > 'z':
			t[c] = byte(c) - 0x60 // control characters, which no text has
		default:
			t[c] = byte(c)
		}
	}
	return t
}()

// lettersHash is equal for texts whose letters are the same: two versions of a page mostly differ in digits and marks.
func lettersHash(kind string, texts ...string) uint64 {
	h := hashOf(kind)
	for _, s := range texts {
		for _, r := range s {
			switch {
			case r < 0x80:
				if c := plain[r]; c >= 'a' {
					h = (h ^ uint64(c)) * prime
				}
			case unicode.IsLetter(r):
				h = (h ^ uint64(unicode.ToLower(r))) * prime
			}
		}
		h = (h ^ 0xff) * prime
	}
	return mix(h, 1)
}

const (
	offset = 14695981039346656037
	prime  = 0x100000001b3
)

func hashOf(parts ...string) uint64 {
	h := uint64(offset)
	for _, p := range parts {
		for i := 0; i < len(p); i++ {
			h = (h ^ uint64(p[i])) * prime
		}
		h = (h ^ 0xff) * prime
	}
	return mix(h, 1)
}

// mix joins two hashes so that near ones end far apart.
func mix(a, b uint64) uint64 {
	x := a ^ b*0x9e3779b97f4a7c15
	x ^= x >> 31
	x *= 0x7fb5d329728ea185
	x ^= x >> 27
	x *= 0x81dadef4bc2dd44d
	return x ^ x>>33
}
