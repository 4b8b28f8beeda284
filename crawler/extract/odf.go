package extract

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"filon/crawler/content"
)

// readODF reads an OpenDocument file (ISO/IEC 26300): text, spreadsheet or presentation.
func readODF(a *archive, d *draft) {
	odfProperties(a, d)
	if encryptedODF(a) {
		d.stop(errEncrypted)
		return
	}
	objects(a, d)
	pictures(a, "pictures/", d)
	o := &odfReader{draft: d, cover: true, unseen: odfUnseen(a)}
	d.stop(o.read(a, "content.xml"))
	for name, n := range map[string]int{"sheets_hidden": o.sheetsHidden, "slides_hidden": o.slidesHidden} {
		if n > 0 {
			d.property(name, strconv.Itoa(n))
		}
	}
	d.endCover()
	if o.slides > 0 {
		d.Pages = o.slides
	}
	if o.sheets > 0 && strings.Contains(d.MIME, "spreadsheet") {
		d.Pages = o.sheets
	}
	odfRunning(a, d)
}

func encryptedODF(a *archive) (yes bool) {
	_ = a.each("META-INF/manifest.xml", func(_ *markup, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "encryption-data" {
			yes = true
		}
		return nil
	})
	return yes
}

func odfProperties(a *archive, d *draft) {
	var creator, initial string
	_ = a.each("meta.xml", func(m *markup, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		local := e.Name.Local
		switch local {
		case "title", "subject":
			s, err := m.text()
			d.property(local, s)
			return err
		case "description":
			s, err := m.text()
			d.Description = flat(s, maxProperty)
			d.property("comments", s)
			return err
		case "creator":
			s, err := m.text()
			creator = s
			return err
		case "initial-creator":
			s, err := m.text()
			initial = s
			return err
		case "keyword":
			s, err := m.text()
			if old := d.Properties["keywords"]; old != "" {
				delete(d.Properties, "keywords")
				s = old + ", " + s
			}
			d.property("keywords", s)
			return err
		case "generator":
			s, err := m.text()
			d.property("application", s)
			return err
		case "creation-date":
			s, err := m.text()
			d.created(isoDate(s))
			return err
		case "date":
			s, err := m.text()
			d.modified(isoDate(s))
			return err
		case "document-statistic":
			if n, _ := strconv.Atoi(xmlAttr(e, "*", "page-count")); n > 0 && n < 100_000 {
				d.Pages = n
			}
		case "user-defined":
			name := xmlAttr(e, "*", "name")
			s, err := m.text()
			if strings.HasPrefix(name, "MSIP_Label_") {
				d.property(name, s)
			} else if name != "" {
				d.property("custom:"+name, s)
			}
			return err
		}
		return nil
	})
	if initial == "" {
		initial = creator
	}
	d.property("creator", initial)
	d.property("last_modified_by", creator)
}

// odfReader walks content.xml. Paragraphs nest (a note or a frame lies inside one), so the open ones
// are a stack.
type odfReader struct {
	draft  *draft
	open   []*odfParagraph
	tables int
	row    []string
	cell   strings.Builder
	listAt []int // open lists
	slides int
	sheets int
	cover  bool
	aside  []string // paragraphs of an annotation or of notes
	side   content.ZoneKind
	depth  int // of the element that opened side

	cellValue           string // of the open cell
	cellTimes, rowTimes int    // how often the open cell and row count

	unseen                     map[string]bool // styles of sheets and slides that are hidden
	sheetsHidden, slidesHidden int
	since, slideSince          int // bytes of text before the hidden sheet, the hidden slide that is being read; below 0 when it is shown
}

// odfUnseen gives the styles of content.xml that hide a sheet or a slide.
func odfUnseen(a *archive) map[string]bool {
	unseen, name := map[string]bool{}, ""
	_ = a.each("content.xml", func(m *markup, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "style":
			name = xmlAttr(e, "style", "name")
		case "table-properties":
			if xmlAttr(e, "table", "display") == "false" {
				unseen[name] = true
			}
		case "drawing-page-properties":
			if xmlAttr(e, "presentation", "visibility") == "hidden" {
				unseen[name] = true
			}
		case "body":
			return io.EOF // the styles stand before it
		}
		return nil
	})
	return unseen
}

type odfParagraph struct {
	text  strings.Builder
	level int
}

func (o *odfReader) read(a *archive, name string) error {
	m, err := a.xml(name)
	if err != nil {
		return err
	}
	defer m.Close()
	defer func() {
		for len(o.open) > 0 {
			o.close()
		}
	}()
	for !o.draft.full {
		t, err := m.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			if n := len(o.open); n > 0 && o.open[n-1].text.Len() < maxParagraph {
				o.open[n-1].text.WriteString(strings.Map(oneSpace, string(t)))
			}
		case xml.StartElement:
			if err := o.start(m, t); err != nil {
				return err
			}
		case xml.EndElement:
			o.end(m, t.Name.Local)
		}
	}
	return nil
}

// oneSpace reads a line end in the file as the space that it stands for.
func oneSpace(r rune) rune {
	if r == '\n' || r == '\t' || r == '\r' {
		return ' '
	}
	return r
}

func (o *odfReader) add(s string) {
	if n := len(o.open); n > 0 {
		o.open[n-1].text.WriteString(s)
	}
}

func (o *odfReader) start(m *markup, e xml.StartElement) error {
	switch e.Name.Local {
	case "p":
		if e.Name.Space != "svg" {
			o.open = append(o.open, &odfParagraph{})
		}
	case "h":
		level, _ := strconv.Atoi(xmlAttr(e, "*", "outline-level"))
		o.open = append(o.open, &odfParagraph{level: max(level, 1)})
	case "s":
		o.add(" ")
	case "tab":
		o.add("\t")
	case "line-break":
		o.add("\n")
	case "soft-page-break":
		if o.cover && o.draft.body.Len() > 0 {
			o.cover = false
			o.draft.endCover()
		}
	case "title", "desc":
		if e.Name.Space == "svg" { // says what a picture shows; not a part of the line around it
			s, err := m.text()
			o.draft.aside(content.ZoneAlt, s)
			return err
		}
	case "tracked-changes":
		o.draft.property("tracked_changes", "present")
		return odfDeleted(m, o.draft)
	case "footer-decl", "header-decl": // of slides, which only refer to it
		s, err := m.text()
		o.draft.zone(content.ZoneFooter, 0, s)
		return err
	case "forms", "settings", "note-citation", "number", "scripts", "automatic-styles", "font-face-decls", "creator", "sender-initials", "creator-initials":
		return m.skip()
	case "date", "time": // of a comment, or what the program fills in
		if e.Name.Space != "text" || !isOn(xmlAttr(e, "*", "fixed")) {
			return m.skip()
		}
	case "page-number":
		if o.slides > 0 {
			return m.skip()
		}
	case "a":
		o.draft.link(xmlAttr(e, "xlink", "href"), "")
	case "list":
		o.listAt = append(o.listAt, len(o.open))
		if len(o.listAt) == 1 {
			o.draft.endRows()
			o.draft.Shape.Lists++
		}
	case "table":
		o.tables++
		if o.tables == 1 {
			o.sheets++
			o.since = -1
			if o.unseen[xmlAttr(e, "table", "style-name")] {
				o.sheetsHidden++
				o.since = o.draft.body.Len()
			}
			o.draft.endRows()
			if strings.Contains(o.draft.MIME, "spreadsheet") {
				o.draft.heading(2, xmlAttr(e, "table", "name"))
			}
			o.draft.Shape.Tables++
		}
	case "table-row":
		if o.tables == 1 {
			o.row, o.rowTimes = o.row[:0], odfTimes(e, "number-rows-repeated")
		}
	case "table-cell", "covered-table-cell":
		if o.tables == 1 {
			o.cell.Reset()
			o.cellTimes = odfTimes(e, "number-columns-repeated")
			o.cellValue = firstOf(xmlAttr(e, "*", "string-value"), xmlAttr(e, "*", "date-value"), xmlAttr(e, "*", "time-value"), xmlAttr(e, "*", "value"))
		}
	case "page":
		if e.Name.Space == "draw" {
			o.slides++
			o.slideSince = -1
			if o.unseen[xmlAttr(e, "draw", "style-name")] {
				o.slidesHidden++
				o.slideSince = o.draft.body.Len()
			}
		}
	case "annotation", "notes":
		if o.side == "" {
			o.side, o.depth = content.ZoneComment, m.depth
			if e.Name.Local == "notes" {
				o.side = content.ZoneNotes
			}
		}
	}
	return nil
}

func (o *odfReader) end(m *markup, local string) {
	switch local {
	case "p", "h":
		o.close()
	case "list":
		if n := len(o.listAt); n > 0 {
			o.listAt = o.listAt[:n-1]
			if n == 1 {
				o.draft.endRows()
			}
		}
	case "table-cell", "covered-table-cell":
		if o.tables == 1 {
			o.cellEnds()
		}
	case "table-row":
		if o.tables == 1 {
			row := strings.TrimRight(strings.Join(o.row, "\t"), "\t")
			for range o.rowTimes {
				if o.draft.row(row); row == "" || o.draft.full {
					break
				}
			}
			o.row = o.row[:0]
		}
	case "table":
		o.tables--
		if o.tables == 0 {
			o.draft.endRows()
			if o.since >= 0 {
				o.draft.unseen(o.since)
			}
		}
	case "page":
		o.draft.endRows()
		if o.slides > 0 && o.slideSince >= 0 {
			o.draft.unseen(o.slideSince)
			o.slideSince = -1
		}
		if o.slides > 0 {
			o.draft.endCover()
		}
	case "annotation", "notes":
		if o.side != "" && m.depth < o.depth {
			o.draft.zone(o.side, o.slides, strings.Join(o.aside, "\n"))
			o.side, o.aside = "", nil
		}
	}
}

// odfTimes is how often a cell or row counts that is written once; more than a sheet can hold is a mistake.
func odfTimes(e xml.StartElement, attribute string) int {
	n, _ := strconv.Atoi(xmlAttr(e, "*", attribute))
	if n < 1 || n > 1<<20 {
		return 1
	}
	return min(n, maxCells)
}

// cellEnds adds the cell to its row as often as the file says; of one without a paragraph, its value.
func (o *odfReader) cellEnds() {
	text := flat(firstOf(o.cell.String(), o.cellValue), maxParagraph)
	o.cell.Reset()
	if text == "" {
		o.cellTimes = 1 // empty cells to the edge of the sheet
	}
	for range min(o.cellTimes, maxCells-len(o.row), maxParagraph/max(len(text), 1)+1) {
		o.row = append(o.row, text)
	}
}

// close ends the innermost paragraph.
func (o *odfReader) close() {
	n := len(o.open)
	if n == 0 {
		return
	}
	p := o.open[n-1]
	o.open = o.open[:n-1]
	text := p.text.String()
	switch {
	case strings.TrimSpace(text) == "":
	case o.side != "":
		o.aside = append(o.aside, text)
	case o.tables > 0:
		if o.cell.Len() > 0 {
			o.cell.WriteByte(' ')
		}
		if o.cell.Len() < maxParagraph {
			o.cell.WriteString(text)
		}
	case p.level > 0:
		o.draft.heading(p.level, text)
	case o.slides > 0 && o.draft.H1 == "":
		o.draft.heading(1, text) // the first words of a deck are its title
	case len(o.listAt) > 0:
		o.draft.Shape.ListEntries++
		o.draft.row(text)
	default:
		o.draft.block(text)
	}
}

// odfDeleted keeps what tracked changes have deleted aside; the element that lists them was just opened.
func odfDeleted(m *markup, d *draft) error {
	for open := m.depth; m.depth >= open; {
		t, err := m.next()
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "change-info": // who and when
			err = m.skip()
		case "p", "h":
			var s string
			s, err = m.text()
			d.aside(content.ZoneDeleted, s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
