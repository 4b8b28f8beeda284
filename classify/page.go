package classify

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"filon/classify/told"
	"filon/crawler/content"
)

// spot is the kind of place where words stand; markings and types weigh words by it.
type spot uint8

const (
	inURL spot = iota
	inFile
	inTitle
	inH1
	inDescription
	inHeading
	inCrumb // breadcrumb, tags and department: what the site itself files the item under
	inHeader
	inFooter
	inWatermark
	inCover
	inBanner
	inNotes
	inBox   // of the article, beside its main text
	inLabel // words of the article that are no text
	inComment
	inSite
	inProperty
	inImage     // alternative text and caption
	inCredit    // credit, creator, copyright, license of an image
	inImageFile // file name of an image
	inByline
	inText
	inTemplate // stood in the main text, and on many other pages
	inRest
)

// field is one piece of text of the item, made comparable.
type field struct {
	folded
	spot   spot
	index  int        // of the image or heading; page number of a zone
	name   string     // of the property, or the word for the place; asSlug for a file name that is the end of an address, as words, asTitle for another title
	spans  []wordSpan // its words
	words  []uint16   // the number of each in the vocabulary; nil where no lists are looked for
	values []value
	marks  []stretch
}

// where names the field as Reason.Where does, at an offset of its text.
func (f *field) where(offset int) string {
	switch f.spot {
	case inURL:
		return "url"
	case inFile:
		return cmp.Or(f.name, "file")
	case inTitle:
		return "title"
	case inH1:
		return "h1"
	case inDescription:
		return "description"
	case inHeading:
		return "heading"
	case inCrumb:
		return f.name
	case inProperty:
		return "properties:" + f.name
	case inImage, inCredit, inImageFile:
		return "image:" + strconv.Itoa(f.index) + " " + f.name
	case inByline:
		return f.name
	case inText:
		return "text:" + strconv.Itoa(offset)
	case inTemplate:
		return "template"
	case inRest, inBox:
		return "rest"
	case inLabel:
		return "alt"
	}
	if f.index > 0 {
		return "page " + strconv.Itoa(f.index) + " " + f.name
	}
	return f.name
}

// prose tells whether a field holds words that people wrote to be read: not an address, a file name
// of an image or a technical property.
func (f *field) prose() bool {
	switch f.spot {
	case inURL, inCrumb, inImageFile, inByline, inCredit, inRest, inSite, inLabel:
		return false
	case inProperty:
		name := foldString(f.name)
		return freeProperty[name] || strings.HasPrefix(name, "custom:") && strings.ContainsAny(strings.TrimSpace(f.low), " ")
	}
	return true
}

// said tells whether a field is the main text, or was before the source's template was known.
func (f *field) said() bool { return f.spot == inText || f.spot == inTemplate }

// freeProperty are the properties of documents and pictures that people fill in with sentences.
var freeProperty = map[string]bool{"subject": true, "keywords": true, "comments": true, "description": true, "title": true, "category": true, "dc:description": true, "dc:title": true,
	"dc:subject": true, "iptc:caption": true, "iptc:headline": true, "iptc:description": true, "iptc:special_instructions": true, "iptc:object_name": true, "xmp:instructions": true, "xmp:title": true, "xmp:headline": true, "xmp:usage_terms": true, "exif:image_description": true, "page_title": true, "remarks": true, "xmp:description": true, "exif:imagedescription": true, "imagedescription": true, "caption": true, "headline": true}

// page is an item made ready for the rules: every piece of text folded once, every listed word and
// every value found once.
type page struct {
	item   *content.Item
	policy *Policy
	day    time.Time

	fields []field
	hits   *hits
	room   *spanRoom // of the words of the fields
	body   int       // the field of the main text, -1 without text
	title  int       // the field of the title, -1

	address     *url.URL
	document    bool // a file, not a page
	image       bool // the item is a picture
	film        bool // the item is sound or film
	public      bool // anybody can see it
	aside       bool // what stands beside the text of an item, read by itself
	settled     bool // public for longer than the policy's patience
	text        textStats
	people      []person
	sorted      typing
	eventDay    *time.Time // of findEventDate, once it was asked
	format      string
	state       aging
	known       *Known                          // what stands in public already
	stated      *[]statement                    // of figures, once they were asked
	placed      []Place                         // where figures of it stand in public already
	spoken      *[]sensed                       // of the senses, once they were asked
	tells       *told.Reader                    // of sentences, once one was asked for
	told        *[]toldSentence                 // of the model, once they were asked
	tabled      *[]table                        // its tables, once they were asked
	dossier     *[]dossier                      // what they hold, once it was asked
	hooked      *string                         // the hook, once it was asked for
	labels      map[string]bool                 // of links, once they were asked
	asked       []saidAt                        // of what blocks and asks, once the rules have spoken
	covers      []cover                         // in the order of the fields and places
	prints      map[uint32]bool                 // of the covers
	hitsByField map[listID]map[*field][]*hit    // by list, once they were asked
	begins      map[string]int                  // how many lines of the text begin with a word, once they were asked
	private     [][]int                         // where words of the private lists begin, by field, once they were asked
	hider       func(string) string             // over the covers, once it was asked for
	printed     uint32                          // how many words the covers have that are known by themselves, a bit for each number
	levels      int8                            // 1 when the text lists levels of secrecy, -1 when not, 0 not looked yet
	taught      int8                            // 1 when the page explains something in general, -1 when not, 0 not looked yet
	best        int                             // the best image, -1
	rights      string                          // of the best image
	teach       int8                            // 1 when the page is advice as a whole, -1 when not, 0 not looked yet
	among       int                             // how many sentences are read, 0 not looked yet
	tales       [len(tongues)]map[*field][]*hit // words of stories, once they were asked

	reading *content.Reading  // of this part, once it was asked for
	boxes   []content.Reading // of what stands beside
}

func newPage(item *content.Item, policy *Policy, day time.Time) *page {
	p := &page{item: item, policy: policy, day: day, body: -1, title: -1, best: -1, room: spareRooms.Get().(*spanRoom)}
	p.address, _ = url.Parse(item.Address)
	if p.address == nil {
		p.address = &url.URL{}
	}
	p.image = strings.HasPrefix(item.MIME, "image/")
	p.film = strings.HasPrefix(item.MIME, "video/") || strings.HasPrefix(item.MIME, "audio/")
	p.document = !p.image && !p.film && item.MIME != "" && !strings.Contains(item.MIME, "html")
	p.public = item.Access.Visibility == content.Public
	p.collect()
	return p
}

// limit of the text that is judged: beyond it a text repeats itself, and no page may take minutes.
const maxJudged = 2 << 20

// Limits of the zones and of the pieces of a template that are judged: how many, and bytes of each. What is longer says so
// (completeness/unjudged).
const (
	mostZones = 2000
	maxZone   = 1 << 16
)

// collect gathers the fields.
func (p *page) collect() {
	item := p.item
	p.fields = make([]field, 0, 24+len(item.Headings)+2*len(item.Images)+len(item.Zones))
	p.add(inURL, 0, "", addressWords(p.below()))
	if name := fileName(p.address); name != "" {
		p.add(inFile, 0, "", name)
	}
	if !p.public {
		p.add(inFile, 0, asSlug, slug(p.lastWords()))
	}
	p.title = p.add(inTitle, 0, "", item.Title)
	if item.H1 != item.Title {
		p.add(inH1, 0, "", item.H1)
	}
	p.add(inDescription, 0, "", item.Description)
	if item.Declared != item.H1 {
		p.add(inDescription, 0, asTitle, item.Declared) // a browser and the preview of a link show it
	}
	if item.PageTitle != item.Declared && item.PageTitle != item.H1 {
		p.add(inDescription, 0, asTitle, item.PageTitle)
	}
	if og := &item.OpenGraph; og.Title != item.Title && og.Title != item.H1 && og.Title != item.Declared {
		p.add(inDescription, 0, asTitle, og.Title)
	}
	if og := &item.OpenGraph; og.Description != item.Description {
		p.add(inDescription, 0, "", og.Description)
	}
	p.body = p.add(inText, 0, "", cut(item.Text, maxJudged))
	for i, h := range item.Headings {
		if i == 400 {
			break
		}
		if h.Text != item.Title && h.Text != item.H1 {
			p.add(inHeading, i, "", h.Text)
		}
	}
	for i, z := range item.Zones {
		if i == mostZones {
			break
		}
		if z.Kind != content.ZoneUnseen { // words of the text
			p.add(zoneSpot[z.Kind], z.Page, string(z.Kind), cut(z.Text, maxZone))
		}
	}
	for i, s := range item.Breadcrumb {
		if i < 20 {
			p.add(inCrumb, 0, "breadcrumb", s)
		}
	}
	for i, s := range item.Tags {
		if i < 40 {
			p.add(inCrumb, 0, "tags", s)
		}
	}
	p.add(inCrumb, 0, "department", item.Department)
	p.add(inByline, 0, "author", item.Author)
	p.add(inByline, 0, "owner", item.Owner)
	for _, name := range sortedKeys(item.Properties) {
		p.add(inProperty, 0, name, cut(item.Properties[name], 4096))
		if id := labelID(name); id != "" && labelOn(item.Properties[name]) {
			p.add(inProperty, 0, labelLead+id, id) // the label itself, whose name need not stand in the file
		}
	}
	for i := range item.Images {
		if i == 200 {
			break
		}
		im := &item.Images[i]
		p.add(inImage, i, "alt", im.Alt)
		p.add(inImage, i, "caption", im.Caption)
		p.add(inCredit, i, "credit", im.Credit)
		p.add(inCredit, i, "creator", im.Creator)
		p.add(inCredit, i, "copyright", im.Copyright)
		p.add(inCredit, i, "license", im.License)
		p.add(inImageFile, i, "file", lastSegment(im.Address))
		p.add(inImageFile, i, ofAddress, parameters(im.Address))
	}
	for i := range item.Links {
		if i == 5000 {
			break
		}
		if address := item.Links[i].Address; signedLink(address) {
			p.add(inLabel, 0, asLink, addressLines.Replace(redactAddress(address)))
		}
	}
	for i, t := range item.Template {
		if i == mostZones {
			break
		}
		p.add(inTemplate, 0, "template", cut(t.Text, maxZone))
	}
	p.add(inRest, 0, "", cut(item.Rest, 1<<18))
}

// add appends a field, unless it is empty, and gives its number.
func (p *page) add(at spot, index int, name, text string) int {
	if text == "" {
		return -1
	}
	p.fields = append(p.fields, field{folded: fold(text), spot: at, index: index, name: name})
	f := &p.fields[len(p.fields)-1]
	f.spans, f.words = p.room.read(f.low, at != inRest)
	f.values, f.marks = valuesAndMarks(&f.folded, f.spans, f.words)
	if f.spot == inLabel { // numbers in forms and drawings mostly count or identify something
		f.values = slices.DeleteFunc(f.values, func(v value) bool { return !v.labelled() })
	}
	if f.isAddress() {
		f.values = inAddress(f.raw, append(slices.DeleteFunc(f.values, func(v value) bool { return !v.sure() }), slugValues(f.raw)...))
		for i, v := range f.values { // an address cannot be redacted: what stands in it counts as what Redact has marked
			if rule := ruleOf(v, false); rule != "" && v.kind != isSecret {
				f.values[i].kind, f.values[i].rule = isMasked, rule
			}
		}
	}
	return len(p.fields) - 1
}

// isAddress tells whether the field is an address or the name of a file, where numbers are seldom what they look like.
func (f *field) isAddress() bool {
	return f.spot == inURL || f.spot == inImageFile || f.spot == inFile || f.spot == inLabel && f.name == asLink
}

// asLink is the name of the field of a link that lets in.
const asLink = "link"

// look finds every listed phrase of every field but the rest of the page.
func (p *page) look() {
	p.hits = newHits()
	want := wantedLangs(p.item.Language, p.public)
	for i := range p.fields {
		if p.fields[i].spot != inRest {
			p.hits.only = listsOf[p.fields[i].spot]
			words.scan(p.hits, i, &p.fields[i], want)
		}
	}
	for i := range p.hits.all {
		if h := &p.hits.all[i]; p.lasts(&p.fields[h.field], h) || raised(&p.fields[h.field], h) {
			p.hits.drop(func(x *hit) bool { return p.lasts(&p.fields[x.field], x) || raised(&p.fields[x.field], x) })
			break
		}
	}
}

// listsOf are the lists that are looked for in some places; all are in the others.
var listsOf = map[spot][]bool{
	inLabel: words.begun("marking ", "person ", "special ", "image license"),
	inBox:   words.begun("marking ", "image license", "lifecycle embargo", "lifecycle draft", "lifecycle obsolete", "person ", "personal ", "special ", "staff ", "legal ", "business ", "finance ", "inside ", "wish ", "sense "),
}

// begun tells of every list whether its name begins in one of these ways.
func (l *lexicon) begun(ways ...string) []bool {
	all := make([]bool, len(l.lists))
	for i, name := range l.lists {
		all[i] = slices.ContainsFunc(ways, func(w string) bool { return strings.HasPrefix(name, w) })
	}
	return all
}

// each calls found with every hit of a list, in order, until it says no.
func (p *page) each(list listID, found func(f *field, h *hit) bool) {
	for n := p.hits.first[list]; n >= 0; n = p.hits.all[n].next {
		h := &p.hits.all[n]
		if !found(&p.fields[h.field], h) {
			return
		}
	}
}

// hitsOf gives the hits of a list in each field, in the order of the text. They are gathered once.
func (p *page) hitsOf(list listID) map[*field][]*hit {
	if !p.has(list) {
		return nil
	}
	if all, known := p.hitsByField[list]; known {
		return all
	}
	all := map[*field][]*hit{}
	p.each(list, func(f *field, h *hit) bool {
		all[f] = append(all[f], h)
		return true
	})
	if p.hitsByField == nil {
		p.hitsByField = map[listID]map[*field][]*hit{}
	}
	p.hitsByField[list] = all
	return all
}

// hitsIn gives those of hits in order that begin in [from, to). A text may hold thousands: who looks for them around each
// of thousands of others does not go over all.
func hitsIn(hits []*hit, from, to int) []*hit {
	begins := func(h *hit, at int) int { return int(h.start) - at }
	a, _ := slices.BinarySearchFunc(hits, from, begins)
	b, _ := slices.BinarySearchFunc(hits[a:], to, begins)
	return hits[a : a+b]
}

// has tells whether a list has a hit.
func (p *page) has(list listID) bool { return p.hits.first[list] >= 0 }

// count gives the number of different phrases of a list in the places that count.
func (p *page) count(list listID, counts func(f *field) bool) int {
	var seen [8]uint32
	n := 0
	p.each(list, func(f *field, h *hit) bool {
		if counts != nil && !counts(f) {
			return true
		}
		for _, s := range seen[:n] {
			if s == h.text+1 {
				return true
			}
		}
		seen[n] = h.text + 1
		n++
		return n < len(seen)
	})
	return n
}

var zoneSpot = map[content.ZoneKind]spot{
	content.ZoneHeader: inHeader, content.ZoneFooter: inFooter, content.ZoneWatermark: inWatermark, content.ZoneCover: inCover,
	content.ZoneBanner: inBanner, content.ZoneNotes: inNotes, content.ZoneComment: inComment, content.ZoneSite: inSite,
	content.ZoneDeleted: inComment, content.ZoneHidden: inComment, content.ZoneAlt: inNotes, content.ZoneBox: inBox, content.ZoneLabel: inLabel,
}

// below is the address from where the source begins: the folders above a shared one are the disk's.
func (p *page) below() *url.URL {
	if rest, inside := strings.CutPrefix(p.item.Address, p.item.Root); inside && p.item.Root != "" {
		if u, err := url.Parse("file:///" + rest); err == nil {
			return u
		}
	}
	return p.address
}

// addressWords is what the address says: its path and the values of its query.
func addressWords(u *url.URL) string {
	s := u.Path
	if u.RawQuery != "" {
		s += "\n" + addressLines.Replace(cut(plainAddress("?"+u.RawQuery), 512))
	}
	if host := u.Hostname(); host != "" {
		if first, rest, ok := strings.Cut(host, "."); ok && strings.Contains(rest, ".") && first != "www" {
			s = "/" + first + s
		}
	}
	return cut(s, 2048)
}

// fileName is the last segment of a path that has an ending, or of a query that names a file.
func fileName(u *url.URL) string {
	name := path.Base(u.Path)
	if e := path.Ext(name); len(e) < 2 || len(e) > 6 {
		return ""
	}
	if q := u.RawQuery; q != "" {
		if at := strings.LastIndexAny(q, "=:/"); at >= 0 && path.Ext(q) != "" {
			if v, err := url.QueryUnescape(q[at+1:]); err == nil {
				name = v
			}
		}
	}
	return name
}

func lastSegment(address string) string {
	if i := strings.IndexAny(address, "?#"); i >= 0 && strings.Contains(address[:i], "/") {
		address = address[:i]
	}
	name := address[strings.LastIndexByte(address, '/')+1:]
	if s, err := url.PathUnescape(name); err == nil {
		return cut(s, 300)
	}
	return cut(name, 300)
}

// parameters is what the parameters of an address say.
func parameters(address string) string {
	_, query, _ := strings.Cut(address, "?")
	return addressLines.Replace(plainAddress("?" + cut(query, 512)))
}

// cut shortens s to at most n bytes, on a character boundary.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
