package extract

import (
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

// Properties of a document or image that filon names itself, beside MSIP_Label_…, exif:, iptc: and
// xmp: keys, which keep the names of their standards:
//
//	title subject keywords category status creator last_modified_by manager company application
//	producer content_type   as the file's own properties give them
//	custom:NAME             a custom property of an office file
//	sheets_hidden slides_hidden pictures
//	                        how many there are
//	hidden_text tracked_changes macros gps
//	                        "present" when the file holds some; macros and places are not kept, hidden and deleted
//	                        text is, as a zone of its own
//	attachments             files inside of the file; what those that are read say is hidden text
//	attachments_unread      those of them that were not read to their end
//	pictures_read           pictures inside that show text and were read by OCR; what they say is hidden text
//	pictures_unread         those that look like text and were not read
//	iptc:picture_credits    who the pictures inside name as creator, credit or owner
//	encryption              "owner_password": opens without a password, with rights withheld;
//	                        "built_in_password": encrypted, with the password that every office program knows and tries

// blank gives the item that every reading begins with: what is known before the body is looked at.
func blank(in Input) content.Item {
	size := int64(len(in.Body))
	return content.Item{
		ID: content.ID(in.Address), Address: in.Address, Root: in.Root, Source: in.Source, Access: in.Access,
		Status: in.Status, Bytes: size, FetchedAt: in.FetchedAt, Depth: in.Depth,
		ETag: header(in.Header, "ETag"), LastModified: header(in.Header, "Last-Modified"),
	}
}

func header(h http.Header, name string) string {
	if h == nil {
		return ""
	}
	return h.Get(name)
}

// draft is a document while it is read: an item that grows under limits.
type draft struct {
	content.Item
	address  string
	day      time.Time
	deadline time.Time
	limit    int // bytes of text kept

	body     strings.Builder
	full     bool // the limit on text was reached
	inLines  bool // the last thing written was a line, not a block
	links    map[string]bool
	within   bool   // it stands inside of another document
	declared string // language that the file gives itself, which is often only the program's
	coverEnd int    // bytes of body that belong to the first page or slide; 0 while unknown

	asides map[content.ZoneKind]*aside

	files       int             // inside
	filesUnread int             // of them
	inner       strings.Builder // what the files inside say
	innerSize   int             // of it, with what found no room

	ocr  *ocrRun // the leave to read pictures of text; nil without
	scan bool    // it shows pictures of text that were not read
}

func newDraft(in Input, limit int64, deadline time.Time) *draft {
	if limit <= 0 {
		limit = defaultText
	}
	return &draft{Item: blank(in), address: in.Address, day: in.Day, deadline: deadline, limit: int(limit), links: map[string]bool{}}
}

// late tells whether the time for this document is over.
func (d *draft) late() bool { return !d.deadline.IsZero() && time.Now().After(d.deadline) }

// block adds a paragraph, set apart by a blank line.
func (d *draft) block(s string) {
	if strings.TrimSpace(s) == "" {
		return
	}
	d.inLines = false
	d.write(s, "\n\n")
	d.Shape.Paragraphs++
}

// row adds a line that belongs to the lines around it: a list entry or a table row.
func (d *draft) row(s string) {
	if d.inLines {
		d.write(s, "\n")
		return
	}
	d.write(s, "\n\n")
	d.inLines = true
}

// endRows says that the next row begins a list or table of its own.
func (d *draft) endRows() { d.inLines = false }

func (d *draft) write(s, apart string) {
	s = tidy(s)
	if s == "" || d.full {
		return
	}
	if d.body.Len() > 0 {
		d.body.WriteString(apart)
	}
	if room := d.limit - d.body.Len(); len(s) > room {
		s = cutBytes(s, room)
		d.full = true
		d.fail(content.TooLarge, "more text than filon keeps; the beginning was kept")
	}
	d.body.WriteString(s)
}

// heading adds a heading and its text.
func (d *draft) heading(level int, s string) { d.headingAs(level, s, s) }

// headingAs adds a heading that the text shows in another way, with its number.
func (d *draft) headingAs(level int, s, shown string) {
	s = flat(s, maxLine)
	if s == "" {
		return
	}
	level = min(max(level, 1), 6)
	if len(d.Headings) < maxHeadings {
		d.Headings = append(d.Headings, content.Heading{Level: level, Text: s})
	}
	if level == 1 && d.H1 == "" {
		d.H1 = s
	}
	d.inLines = false
	d.write(flat(shown, 2*maxLine), "\n\n")
}

// zone keeps text of a place where markings live; the same text of the same place is kept once.
func (d *draft) zone(kind content.ZoneKind, page int, s string) {
	s = cutBytes(tidy(s), maxZoneText)
	if s == "" || len(d.Zones) >= maxZones {
		return
	}
	for _, z := range d.Zones {
		if z.Kind == kind && z.Text == s && (kind != content.ZoneNotes && kind != content.ZoneComment || z.Page == page) {
			return
		}
	}
	d.Zones = append(d.Zones, content.Zone{Kind: kind, Page: page, Text: s})
}

// aside collects pieces of text that are no part of the body and too small or too many to be zones of their own.
type aside struct {
	text strings.Builder
	seen map[string]bool
}

// asideKinds are the places that pieces are collected for, in the order in which they become zones.
var asideKinds = [...]content.ZoneKind{content.ZoneDeleted, content.ZoneHidden, content.ZoneAlt}

// aside keeps a piece of text of one of the asideKinds, once.
func (d *draft) aside(kind content.ZoneKind, s string) {
	if s = flat(s, maxZoneText-1); s == "" {
		return
	}
	a := d.asides[kind]
	if a == nil {
		if d.asides == nil {
			d.asides = map[content.ZoneKind]*aside{}
		}
		a = &aside{seen: map[string]bool{}}
		d.asides[kind] = a
	}
	if a.seen[s] || a.text.Len() > 16*maxZoneText {
		return
	}
	a.seen[s] = true
	a.text.WriteString(s)
	a.text.WriteByte('\n')
}

// asideZones makes zones of what was collected.
func (d *draft) asideZones() {
	for _, kind := range asideKinds {
		a := d.asides[kind]
		if a == nil {
			continue
		}
		d.zonesOf(kind, a.text.String())
	}
	d.zonesOf(content.ZoneHidden, d.inner.String())
}

// zonesOf makes zones of lines.
func (d *draft) zonesOf(kind content.ZoneKind, lines string) {
	var part strings.Builder
	for l := range strings.Lines(lines) {
		if part.Len()+len(l) > maxZoneText {
			d.zone(kind, 0, part.String())
			part.Reset()
		}
		part.WriteString(l)
	}
	d.zone(kind, 0, part.String())
}

// unseen says that the text since it had so many bytes stands on a hidden slide or sheet.
func (d *draft) unseen(since int) {
	d.zonesOf(content.ZoneUnseen, cutBytes(d.body.String()[since:], 16*maxZoneText))
}

// endCover says that the first page or slide ends here.
func (d *draft) endCover() {
	if d.coverEnd == 0 && d.body.Len() > 0 {
		d.coverEnd = d.body.Len()
	}
}

// property keeps one property; the first value of a name stays. Those of other people's naming (custom:, exif: …) leave
// room for the labels and for what filon itself has seen.
func (d *draft) property(name, value string) {
	value = flat(value, maxProperty)
	if name == "" || value == "" || len(name) > 200 {
		return
	}
	if d.Properties == nil {
		d.Properties = map[string]string{}
	}
	room := maxKnown
	if !strings.Contains(name, ":") {
		room *= 2
	}
	if _, twice := d.Properties[name]; !twice && len(d.Properties) < room {
		d.Properties[name] = value
	}
}

// link keeps a reference to another address; only the web's own schemes are of use.
func (d *draft) link(address, text string) {
	address = strings.TrimSpace(address)
	low := strings.ToLower(address)
	if !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://") || len(address) > 2048 || d.links[address] || len(d.Links) >= maxLinks {
		return
	}
	d.links[address] = true
	d.Links = append(d.Links, content.Link{Address: address, Text: flat(text, maxLine), Main: true})
}

// fail records why not all was read; the first reason stays.
func (d *draft) fail(code content.ProblemCode, detail string) {
	if d.Problem == nil {
		d.Problem = &content.Problem{Code: code, Detail: detail}
	}
}

// stop records the error that ended the reading, nil for none.
func (d *draft) stop(err error) {
	if p := problemOf(err); p != nil {
		d.fail(p.Code, p.Detail)
	}
}

// problemOf says what an error of reading means to people.
func problemOf(err error) *content.Problem {
	if err == nil {
		return nil
	}
	code := content.Broken
	switch {
	case errors.Is(err, errEncrypted):
		code = content.Encrypted
	case errors.Is(err, errTooLarge):
		code = content.TooLarge
	case errors.Is(err, errDeadline):
		code = content.TimedOut
	}
	return &content.Problem{Code: code, Detail: err.Error()}
}

// finish derives what follows from the text: title, cover, language, words.
func (d *draft) finish() content.Item {
	text := d.body.String()
	if d.coverEnd == 0 {
		d.coverEnd = len(text)
	}
	d.zone(content.ZoneCover, 1, text[:min(d.coverEnd, len(text), maxZoneText)])
	if d.full || d.Text == "" {
		d.Text = text
	}
	d.asideZones()
	if own := d.Properties["title"]; plausibleTitle(own, d.address) {
		d.Title = own
	} else if d.Title == "" {
		d.Title = d.H1
	}
	if d.Title == "" {
		d.Title = humanName(fileName(d.address))
		if first := firstLine(d.Text); first != "" && poorName(d.Title) && !strings.Contains(d.MIME, "sheet") {
			d.Title = first
		}
	}
	d.Department, d.Section = d.filed()
	if d.Author == "" {
		d.Author = personName(d.Properties["creator"])
	}
	if tags := d.Properties["keywords"]; tags != "" && len(d.Tags) == 0 {
		for _, t := range strings.FieldsFunc(tags, func(r rune) bool { return r == ',' || r == ';' }) {
			if t = flat(t, 80); t != "" && len(d.Tags) < 30 {
				d.Tags = append(d.Tags, t)
			}
		}
	}
	if d.Language == "" {
		guess, sure := guessLanguage(d.Text)
		if d.Language = guess; !sure && d.declared != "" {
			d.Language = d.declared
		} else if guess == "" {
			d.Language = shortLanguage(d.Text)
		}
	}
	perish(&d.Item, false, d.Language)
	d.Languages = shares(d.Text, d.Language)
	d.Shape.Words = countWords(d.Text)
	if d.Problem == nil && d.Shape.Words == 0 {
		d.fail(content.NoText, "nothing to read inside")
	}
	return d.Item
}

// created and modified keep a date of the file's own properties when it can be true.
func (d *draft) created(t time.Time)  { d.Published = propertyDate(t, d.day) }
func (d *draft) modified(t time.Time) { d.Modified = propertyDate(t, d.day) }

// propertyDate refuses what no office program can have meant: before 1990, or after the day of reading.
func propertyDate(t, day time.Time) content.Date {
	if t.Year() < 1990 || !day.IsZero() && t.After(day.AddDate(0, 0, 2)) || t.Year() > 9000 {
		return content.Date{}
	}
	return content.Date{Time: t.UTC(), Source: "properties", Confidence: content.Medium}
}

// isoDate reads the W3C profile of ISO 8601 that office formats use; zero when it is none.
func isoDate(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// tidy gives text in NFC without control characters, with spaces folded but lines and tabs kept.
func tidy(s string) string {
	if s == "" {
		return ""
	}
	var b strings.Builder
	b.Grow(len(s))
	space, lines := false, 0
	for _, r := range s {
		switch {
		case r == '\n' || r == '\v' || r == '\u2028' || r == '\u2029':
			lines++
			space = false
			continue
		case r == '\t':
			if b.Len() > 0 && lines == 0 {
				b.WriteByte('\t')
			}
			space = false
			continue
		case r == '\u00ad' || r == '\ufeff' || r == '\u200b' || r == utf8.RuneError:
			continue // soft hyphen, marks without width, what was no character
		case r == ' ' || r == '\r' || r == '\f':
			space = true
			continue
		case unicode.IsControl(r):
			continue
		}
		if b.Len() > 0 {
			switch {
			case lines > 0:
				b.WriteString("\n\n"[:min(lines, 2)])
			case space:
				b.WriteByte(' ')
			}
		}
		space, lines = false, 0
		b.WriteRune(r)
	}
	s = strings.TrimRight(b.String(), " \t\n")
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	return s
}

// flat gives tidy text on one line, cut to limit bytes.
func flat(s string, limit int) string {
	return cutBytes(strings.Join(strings.Fields(tidy(s)), " "), limit)
}

// cutBytes cuts at a rune boundary.
func cutBytes(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	limit = max(limit, 0)
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return strings.TrimSpace(s[:limit])
}

func countWords(s string) int {
	n, in := 0, false
	for _, r := range s {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		switch {
		case letter && !in:
			n, in = n+1, true
		case !letter && r != '\'' && r != '’' && r != '-' && r != '.' && r != ',' && r != '@':
			in = false
		}
	}
	return n
}
