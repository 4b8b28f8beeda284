package index

import (
	"net/url"
	"path"
	"strings"

	"github.com/blevesearch/bleve/v2/document"
	search "github.com/blevesearch/bleve_index_api"

	"filon/classify"
	"filon/crawler/content"
	"filon/index/words"
)

// shape names what documents look like in the search index; it changes when they do, and an index of
// another shape is rebuilt.
const shape = "6"

// entry is a kept or dropped record on its way to the search index.
type entry struct {
	id       int64
	itemID   string // of a dropped record
	revision int64
	dropped  bool // it has left the inventory, or is gone: then it still has an id
	item     content.Item
	verdict  classify.Verdict
	decided  held // by a person
	clear    bool // there is nothing to mask in the item's text; false when that is not known
}

// size is about how much memory the entry's words will take.
func (e entry) size() int { return len(e.item.Text) + 1000 }

// Names of the fields. Those of running text exist once per language (title_fr, title_en, title_x):
// bleve cannot tell which language a shared field was cut in.
const (
	fieldTitle = "title_"
	fieldHeads = "heads_" // headings, description, tags, name of the file
	fieldText  = "text_"

	fieldType       = "type"
	fieldVerdict    = "verdict"
	fieldSource     = "source"
	fieldVisibility = "visibility"
	fieldLanguage   = "language"
	fieldDepartment = "department"
	fieldFormat     = "format"
	fieldYear       = "year"
	fieldDay        = "day"   // 2006-01-02, sorted as text
	fieldWhen       = "when"  // 2006-01 and 2006-01-02, so that a span of time is few terms
	fieldReady      = "ready" // 000 to 100, sorted as text
	fieldFacets     = "facets"
)

// Marks before the terms that are not stems, at the same place as the stem. They let the form that was
// typed outrank its relatives, and they are what prefixes are compared with.
const (
	markFolded = "=" // without accents, not stemmed; in running text only where the stem differs
	markLower  = "^" // with its accents; only where it has some
)

// facetNames are the facets in the order in which fieldFacets joins their values.
var facetNames = [...]string{fieldType, fieldVerdict, fieldSource, fieldVisibility, fieldLanguage, fieldDepartment, fieldYear, fieldFormat}

const facetSeparator = "\x1f"

// orUnknown is the term of a value; what is not known has one too, so that it can be filtered.
func orUnknown(value string) string {
	if value == "" {
		return "\x1e"
	}
	return value
}

func (e *entry) facetValues(day string) [len(facetNames)]string {
	year := ""
	if len(day) >= 4 {
		year = day[:4]
	}
	item, v := &e.item, &e.verdict
	return [...]string{v.Type, string(ruling(v.Outcome, e.decided.verdict, e.decided.lapsed)), item.Source, string(item.Access.Visibility), item.Language, item.Department, year, v.Format}
}

// searchable makes what the search index holds of a record. Of a record that must never be published
// it holds no word: it can be counted and filtered, not found by what it says.
func (e entry) searchable(cutters *cutters, mask func(string) string) *document.Document {
	item := e.item
	doc := document.NewDocument(item.ID)
	date := day(item.Published.Time)
	if date == "" {
		date = day(item.Modified.Time)
	}
	values := e.facetValues(date)
	for i, name := range facetNames {
		values[i] = strings.ReplaceAll(values[i], facetSeparator, " ")
		doc.AddField(keyword(name, orUnknown(values[i]), search.IndexField))
	}
	doc.AddField(keyword(fieldFacets, strings.Join(values[:], facetSeparator), search.IndexField|search.DocValues))
	if date != "" {
		doc.AddField(keyword(fieldDay, date, search.IndexField|search.DocValues))
		doc.AddField(keyword(fieldWhen, date, search.IndexField))
		doc.AddField(keyword(fieldWhen, date[:len("2006-01")], search.IndexField))
	}
	doc.AddField(keyword(fieldReady, threeDigits(e.verdict.Readiness), search.IndexField|search.DocValues))
	if e.verdict.Outcome == classify.Never {
		return doc
	}
	if !needsMask(e.verdict) {
		mask = func(s string) string { return s }
	}
	mask = e.verdict.Hide(mask)
	lang := words.LanguageOf(item.Language)
	c := cutters[lang]
	title := newTextField(fieldTitle, lang, c)
	title.exact = true
	title.add(mask(item.Title))
	if words.Fold(item.H1) != words.Fold(item.Title) {
		title.add(mask(item.H1))
	}
	title.end(doc)
	heads := newTextField(fieldHeads, lang, c)
	heads.exact = true
	heads.add(mask(item.Description))
	for _, h := range item.Headings {
		heads.add(mask(h.Text))
	}
	for _, tag := range item.Tags {
		heads.add(mask(tag))
	}
	if formOf(item) == formDocument {
		heads.add(mask(fileName(item.Address)))
	}
	heads.end(doc)
	text := newTextField(fieldText, lang, c)
	if e.clear && len(e.verdict.Hidden()) == 0 && len(e.verdict.Covers) == 0 {
		text.add(item.Text)
	} else {
		text.add(mask(item.Text))
	}
	if sparse(item) {
		text.add(mask(item.Rest))
	}
	text.end(doc)
	return doc
}

// fileName is the name of a document in words, without its ending.
func fileName(address string) string {
	address, _, _ = strings.Cut(address, "?")
	name, err := url.PathUnescape(path.Base(address))
	if err != nil {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '+' || r == '.' {
			return ' '
		}
		return r
	}, strings.TrimSuffix(name, path.Ext(name)))
}

// sparse tells a page with hardly any main text, such as a list of links: only there may the text
// around it be searched, for elsewhere menus and footers would match everything.
func sparse(item content.Item) bool { return len(item.Text) < 200 && item.Rest != "" }

func threeDigits(n int) string {
	n = min(max(n, 0), 999)
	return string([]byte{byte('0' + n/100), byte('0' + n/10%10), byte('0' + n%10)})
}

// keyword is a field of one term that is the whole value.
func keyword(name, value string, options search.FieldIndexingOptions) document.Field {
	return document.NewTextFieldCustom(name, nil, []byte(value), options|search.SkipFreqNorm, nil)
}

// cutters cut the texts of documents, one language each. They learn the words they meet, so the same
// ones should be used for all documents; not by two goroutines at once.
type cutters [len(words.All)]*cutter

func newCutters() *cutters {
	var c cutters
	seats := &seats{}
	for _, lang := range words.All {
		c[lang] = &cutter{Splitter: words.NewSplitter(lang), seats: seats, all: &c, known: map[string]*spelling{}}
	}
	return &c
}

// forget makes room when all languages together know too many terms. One that has a field at hand keeps its own.
func (c *cutters) forget() {
	known := 0
	for _, of := range c {
		known += len(of.known)
	}
	if known <= mostKnown {
		return
	}
	for _, of := range c {
		if len(of.terms) == 0 && len(of.spots) == 0 && len(of.known) > 0 {
			of.known = map[string]*spelling{}
			of.life++
		}
	}
}

// cutter cuts texts of one language into fields, one after the other.
type cutter struct {
	*words.Splitter
	seats *seats
	all   *cutters             // of all languages
	known map[string]*spelling // terms of this and of earlier fields
	life  int                  // grows when known is forgotten
	terms []*spelling          // of the field at hand, in the order in which they came
	spots []spot               // occurrences that have a place, in the order of the text
}

// spelling is a term that documents share, and its count in the field at hand.
type spelling struct {
	text         string
	number       int // in cutter.terms
	often, spots int // 0 outside the field at hand
}

// mostKnown bounds the memory of the cutters of all languages: about 8 MB.
const mostKnown = 60_000

type spot struct{ term, pos int }

// seats are places in a text, shared by all documents: nobody changes one, and a place of its own for
// each of a thousand words is most of what a document would weigh.
type seats struct{ rows [][]search.TokenLocation }

const (
	seatsInRow = 1024
	mostSeats  = 1 << 18
)

func (s *seats) at(pos int) *search.TokenLocation {
	if pos >= mostSeats {
		return &search.TokenLocation{Position: pos}
	}
	for len(s.rows) <= pos/seatsInRow {
		row := make([]search.TokenLocation, seatsInRow)
		for i := range row {
			row[i].Position = len(s.rows)*seatsInRow + i
		}
		s.rows = append(s.rows, row)
	}
	return &s.rows[pos/seatsInRow][pos%seatsInRow]
}

// textField is a field whose words are already cut: bleve's own analysis makes an object for each
// word and costs several times as much.
type textField struct {
	name   string
	cut    *cutter
	terms  search.TokenFrequencies
	exact  bool // mark every word's own form: short fields can afford it
	length int
	base   int // place of the last word of what was added before
}

// newTextField begins a field; end closes it before another of the same language begins.
func newTextField(kind string, lang words.Language, c *cutter) *textField {
	return &textField{name: kind + lang.String(), cut: c}
}

// add cuts a text into the field. A phrase never spans two texts.
func (f *textField) add(text string) {
	if text == "" {
		return
	}
	last := 0
	f.cut.Split(text, func(w words.Word) {
		last = w.Pos
		if w.Stop {
			return
		}
		own := f.cut.ways(w.Form)
		f.cut.spots = append(f.cut.spots, spot{f.cut.count(own.stem), f.base + w.Pos})
		own.stem.spots++
		if w.Folded != w.Stem || f.exact {
			f.cut.count(own.folded)
		}
		if own.lower != nil {
			f.cut.count(own.lower)
		}
		if !w.Joined {
			f.length++
		}
	})
	f.base += last + 10
}

// count notes one more occurrence in the field at hand and gives the number of the term.
func (c *cutter) count(t *spelling) int {
	if t.often == 0 {
		t.number = len(c.terms)
		c.terms = append(c.terms, t)
	}
	t.often++
	return t.number
}

// ways are the terms of one word.
type ways struct {
	life                int
	stem, folded, lower *spelling // lower is nil for a word without accents
}

// ways gives the terms of a form, which remembers them for the next time.
func (c *cutter) ways(form *words.Form) *ways {
	if own, ok := form.Slot.(*ways); ok && own.life == c.life {
		return own
	}
	own := &ways{life: c.life, stem: c.spell("", form.Stem), folded: c.spell(markFolded, form.Folded)}
	if form.Lower != form.Folded {
		own.lower = c.spell(markLower, form.Lower)
	}
	form.Slot = own
	return own
}

// spell gives the one spelling of a term.
func (c *cutter) spell(mark, word string) *spelling {
	text := mark + word
	t, ok := c.known[text]
	if !ok {
		t = &spelling{text: text}
		c.known[text] = t
	}
	return t
}

// end makes of the words what bleve takes, and adds the field to the document unless it is empty. The
// places of all terms are cut from one slice; bleve reads a term from the key of the map.
func (f *textField) end(doc *document.Document) {
	c := f.cut
	f.terms = make(search.TokenFrequencies, len(c.terms))
	freqs := make([]search.TokenFreq, len(c.terms))
	places := make([]*search.TokenLocation, len(c.spots))
	from := 0
	for i, t := range c.terms {
		freqs[i].SetFrequency(t.often)
		if t.spots > 0 {
			freqs[i].Locations = places[from : from : from+t.spots]
			from += t.spots
		}
		f.terms[t.text] = &freqs[i]
		t.often, t.spots = 0, 0
	}
	for _, s := range c.spots {
		freqs[s.term].Locations = append(freqs[s.term].Locations, c.seats.at(s.pos))
	}
	clear(c.terms)
	c.terms, c.spots = c.terms[:0], c.spots[:0]
	c.all.forget()
	if f.length > 0 {
		doc.AddField(f)
	}
}

func (f *textField) Name() string                                      { return f.name }
func (f *textField) Value() []byte                                     { return nil }
func (f *textField) ArrayPositions() []uint64                          { return nil }
func (f *textField) EncodedFieldType() byte                            { return 't' }
func (f *textField) Analyze()                                          {}
func (f *textField) AnalyzedLength() int                               { return f.length }
func (f *textField) AnalyzedTokenFrequencies() search.TokenFrequencies { return f.terms }
func (f *textField) NumPlainTextBytes() uint64                         { return 0 }
func (f *textField) Size() int                                         { return 64*len(f.terms) + 48*f.length }

// Places of words are kept for phrases; nothing is stored, the text stands in filon.db.
func (f *textField) Options() search.FieldIndexingOptions {
	return search.IndexField | search.IncludeTermVectors
}
