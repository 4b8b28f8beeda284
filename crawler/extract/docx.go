package extract

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"filon/crawler/content"
)

// readDOCX reads the body, then the places beside it: headers, footers, notes, comments.
func readDOCX(a *archive, name string, d *draft) {
	relations := a.relations(name)
	w := &wordReader{archive: a, draft: d, relations: relations, main: true, cover: true}
	if p := partsOf(relations, "styles"); len(p) > 0 {
		w.styles, w.styleLists = wordStyles(a, p[0], d)
	}
	if p := partsOf(relations, "numbering"); len(p) > 0 {
		w.lists = readWordLists(a, p[0])
	}
	w.emit = w.body
	d.stop(w.read(name))
	d.endCover()

	for _, notes := range []string{"footnotes", "endnotes"} {
		for _, p := range partsOf(relations, notes) {
			side := &wordReader{archive: a, draft: d, relations: a.relations(p), styles: w.styles}
			side.emit = func(p *wordParagraph) { d.block(p.text.String()) }
			d.stop(side.read(p))
		}
	}
	for _, zone := range []content.ZoneKind{content.ZoneHeader, content.ZoneFooter} {
		for _, p := range partsOf(relations, string(zone)) { // the relationships are named like the zones
			w.aside(p, zone, 0)
		}
	}
	for _, p := range partsOf(relations, "diagramData") {
		for _, line := range drawnText(a, p, d) {
			d.row(line)
		}
		d.endRows()
	}
	drawings(a, relations, d)
	for _, p := range partsOf(relations, "comments") {
		w.comments(p)
	}
}

// aside reads a part beside the body into one zone.
func (w *wordReader) aside(name string, kind content.ZoneKind, page int) {
	var lines []string
	side := &wordReader{archive: w.archive, draft: w.draft, relations: w.archive.relations(name)}
	side.emit = func(p *wordParagraph) { lines = append(lines, p.text.String()) }
	_ = side.read(name) // what was read until a fault is kept; the body tells of faults
	w.draft.zone(kind, page, strings.Join(lines, "\n"))
}

func (w *wordReader) comments(name string) {
	var lines []string
	side := &wordReader{archive: w.archive, draft: w.draft}
	side.emit = func(p *wordParagraph) { lines = append(lines, p.text.String()) }
	side.ended = func(local string) {
		if local == "comment" {
			w.draft.zone(content.ZoneComment, 0, strings.Join(lines, "\n"))
			lines = nil
		}
	}
	_ = side.read(name)
}

// wordReader walks one part of WordprocessingML. Paragraphs nest (a text box lies inside a run), so
// the open ones are a stack.
type wordReader struct {
	archive    *archive
	draft      *draft
	relations  map[string]part
	styles     map[string]int // style id to heading level; 0 is the title
	styleLists map[string]wordEntry
	lists      *wordLists
	emit       func(*wordParagraph)
	ended      func(local string) // called at the end of elements, when set

	open   []*wordParagraph
	tables []*wordTable
	list   string // numbering id of the list that is being read
	main   bool   // this part is the body
	cover  bool   // still on the first page
	hidden bool   // the open run is hidden text
	href   string
	hrefAt int
	mark   bool // inside a shape that is named as a watermark
}

type wordParagraph struct {
	text      strings.Builder
	style     string
	level     int // 0 none, 1…6 heading
	entry     wordEntry
	breakPage bool
}

type wordTable struct {
	cells []string
	cell  strings.Builder
	rows  int
}

func (w *wordReader) read(name string) error {
	m, err := w.archive.xml(name)
	if err != nil {
		return err
	}
	defer m.Close()
	defer func() { // what a cut file left open is kept
		for len(w.open) > 0 {
			w.close()
		}
	}()
	for !w.draft.full {
		t, err := m.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := w.start(m, t); err != nil {
				return err
			}
		case xml.EndElement:
			w.end(t.Name.Local)
		}
	}
	return nil
}

func (w *wordReader) start(m *markup, e xml.StartElement) error {
	switch e.Name.Local {
	case "p":
		w.open = append(w.open, &wordParagraph{})
	case "Fallback", "instrText", "delInstrText", "moveFrom":
		return m.skip() // a second copy, a field's code, text that moved elsewhere
	case "del", "delText":
		w.draft.property("tracked_changes", "present")
		s, err := m.text()
		w.draft.aside(content.ZoneDeleted, s)
		return err
	case "ins":
		if e.Name.Space == "w" {
			w.draft.property("tracked_changes", "present")
		}
	case "t":
		s, err := m.text()
		if w.hidden {
			w.draft.property("hidden_text", "present")
			w.draft.aside(content.ZoneHidden, s)
			return err
		}
		w.add(s)
		return err
	case "rPr":
		w.hidden = false
	case "vanish":
		if !isOff(xmlAttr(e, "*", "val")) && len(w.open) > 0 {
			w.hidden = true
		}
	case "r":
		w.hidden = false
	case "tab", "ptab":
		w.add("\t")
	case "br":
		if xmlAttr(e, "*", "type") == "page" {
			w.pageEnds()
		}
		w.add("\n")
	case "cr":
		w.add("\n")
	case "lastRenderedPageBreak", "pageBreakBefore":
		if e.Name.Local != "pageBreakBefore" || !isOff(xmlAttr(e, "*", "val")) {
			w.pageEnds()
		}
	case "noBreakHyphen":
		w.add("-")
	case "pStyle":
		if p := w.top(); p != nil {
			p.style = xmlAttr(e, "*", "val")
		}
	case "outlineLvl":
		if p := w.top(); p != nil {
			if n, err := strconv.Atoi(xmlAttr(e, "*", "val")); err == nil && n < 6 {
				p.level = n + 1
			}
		}
	case "numId", "ilvl":
		if p := w.top(); p != nil {
			p.entry = p.entry.with(e)
		}
	case "hyperlink":
		w.href = ""
		if p := w.relations[xmlAttr(e, "r", "id")]; p.external {
			w.href = p.target
		}
		if p := w.top(); p != nil {
			w.hrefAt = p.text.Len()
		}
	case "tbl":
		w.tables = append(w.tables, &wordTable{})
	case "tc":
		if n := len(w.tables); n > 0 {
			w.tables[n-1].cell.Reset()
		}
	case "textpath":
		w.draft.zone(content.ZoneWatermark, 0, xmlAttr(e, "*", "string"))
	case "docPr", "shape":
		name := strings.ToLower(xmlAttr(e, "*", "name") + " " + xmlAttr(e, "*", "id"))
		w.mark = strings.Contains(name, "watermark") || strings.Contains(name, "filigrane")
		w.draft.aside(content.ZoneAlt, xmlAttr(e, "*", "descr")+xmlAttr(e, "", "alt"))
	}
	return nil
}

func (w *wordReader) end(local string) {
	switch local {
	case "p":
		w.close()
	case "hyperlink":
		if p := w.top(); p != nil && w.href != "" {
			w.draft.link(w.href, p.text.String()[min(w.hrefAt, p.text.Len()):])
		}
		w.href = ""
	case "tc":
		if n := len(w.tables); n > 0 {
			t := w.tables[n-1]
			if len(t.cells) < 1000 {
				t.cells = append(t.cells, flat(t.cell.String(), maxParagraph))
			}
			t.cell.Reset()
		}
	case "tr":
		w.rowEnds()
	case "tbl":
		w.rowEnds()
		if n := len(w.tables); n > 0 {
			if n == 1 && w.tables[0].rows > 0 {
				w.draft.Shape.Tables++
				w.draft.endRows()
			}
			w.tables = w.tables[:n-1]
		}
	case "drawing", "pict":
		w.mark = false
	case "sectPr":
		w.pageEnds()
	}
	if w.ended != nil {
		w.ended(local)
	}
}

// rowEnds writes a table row; a table inside a cell becomes text of that cell.
func (w *wordReader) rowEnds() {
	n := len(w.tables)
	if n == 0 || len(w.tables[n-1].cells) == 0 {
		return
	}
	t := w.tables[n-1]
	row := strings.TrimRight(strings.Join(t.cells, "\t"), "\t")
	t.cells = t.cells[:0]
	if n > 1 {
		w.tables[n-2].cell.WriteString(" " + strings.ReplaceAll(row, "\t", " "))
		return
	}
	if w.main {
		w.draft.row(row)
		t.rows++
	} else if strings.TrimSpace(row) != "" {
		p := &wordParagraph{}
		p.text.WriteString(row)
		w.emit(p)
	}
}

func (w *wordReader) top() *wordParagraph {
	if n := len(w.open); n > 0 {
		return w.open[n-1]
	}
	return nil
}

func (w *wordReader) add(s string) {
	p := w.top()
	if p == nil {
		return
	}
	if w.mark && len(w.open) > 1 {
		w.draft.zone(content.ZoneWatermark, 0, s)
		return
	}
	if p.text.Len() < maxParagraph {
		p.text.WriteString(s)
	}
}

func (w *wordReader) pageEnds() {
	if !w.cover || w.draft.body.Len() == 0 && (w.top() == nil || w.top().text.Len() == 0) {
		return
	}
	w.cover = false
	if p := w.top(); p != nil && strings.TrimSpace(p.text.String()) != "" {
		p.breakPage = true // the paragraph began on the first page
		return
	}
	w.draft.endCover()
}

// close ends the innermost paragraph.
func (w *wordReader) close() {
	p := w.top()
	if p == nil {
		return
	}
	w.open = w.open[:len(w.open)-1]
	if n := len(w.tables); n > 0 && len(w.open) == 0 {
		c := &w.tables[n-1].cell
		if c.Len() > 0 && p.text.Len() > 0 {
			c.WriteByte(' ')
		}
		if c.Len() < maxParagraph {
			c.WriteString(p.text.String())
		}
	} else {
		w.emit(p)
	}
	if p.breakPage {
		w.draft.endCover()
	}
}

// body writes a paragraph of the main text.
func (w *wordReader) body(p *wordParagraph) {
	entry := p.entry
	if of := w.styleLists[p.style]; entry.list == "" && of.list != "" {
		entry = wordEntry{of.list, max(of.level, entry.level)}
	}
	if entry.list == "0" {
		entry.list = ""
	}
	number := w.lists.next(entry) // an empty entry counts too
	text := p.text.String()
	if strings.TrimSpace(text) == "" {
		return
	}
	if level, known := w.styles[p.style]; known && p.level == 0 {
		if level == 0 && w.draft.Title == "" {
			w.draft.Title = flat(text, maxLine)
		}
		p.level = max(level, 1)
	}
	shown := strings.TrimSpace(number + " " + strings.TrimSpace(text))
	switch {
	case p.level > 0:
		w.list = ""
		w.draft.headingAs(p.level, text, shown)
	case entry.list != "":
		if entry.list != w.list {
			w.list = entry.list
			w.draft.endRows()
			w.draft.Shape.Lists++
			if !w.lists.bullets(entry.list) {
				w.draft.Shape.OrderedLists++
			}
		}
		w.draft.Shape.ListEntries++
		w.draft.row(shown)
	default:
		w.list = ""
		w.draft.block(text)
	}
}
