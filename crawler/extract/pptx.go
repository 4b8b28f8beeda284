package extract

import (
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"

	"filon/crawler/content"
)

// readPPTX reads the slides in the order of the presentation, each with its title first, its notes
// and its comments; then what the masters and layouts repeat on every slide.
func readPPTX(a *archive, name string, d *draft) {
	relations := a.relations(name)
	order, err := slideOrder(a, name)
	if err != nil {
		d.stop(err)
	}
	slides := make([]string, 0, len(order))
	for _, id := range order {
		if p := relations[id]; p.kind == "slide" {
			slides = append(slides, p.target)
		}
	}
	if len(slides) == 0 {
		slides = partsOf(relations, "slide")
	}
	d.Pages = len(slides)
	hidden := 0
	for i, slide := range slides {
		if d.full || d.late() {
			break
		}
		s, err := readSlide(a, slide)
		d.stop(err)
		since := d.body.Len()
		if s.hidden {
			hidden++
		}
		s.write(d, i)
		d.endCover()
		for _, id := range sortedIDs(s.relations) {
			p := s.relations[id]
			if p.external {
				continue
			}
			switch p.kind {
			case "notesSlide":
				notes, _ := readSlide(a, p.target)
				d.zone(content.ZoneNotes, i+1, notes.said())
			case "comments":
				slideComments(a, p.target, i+1, d)
			case "diagramData":
				for _, line := range drawnText(a, p.target, d) {
					d.row(line)
				}
				d.endRows()
			}
		}
		drawings(a, s.relations, d)
		if s.hidden {
			d.unseen(since)
		}
	}
	if d.late() {
		d.stop(errDeadline)
	}
	if hidden > 0 {
		d.property("slides_hidden", strconv.Itoa(hidden))
	}
	for _, master := range partsOf(relations, "slideMaster") {
		layouts := partsOf(a.relations(master), "slideLayout")
		for _, p := range append([]string{master}, layouts...) {
			if s, err := readSlide(a, p); err == nil {
				d.zone(content.ZoneFooter, 0, strings.Join(append(s.footers, s.fixed...), "\n"))
			}
		}
	}
}

func slideOrder(a *archive, name string) (ids []string, err error) {
	err = a.each(name, func(_ *markup, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "sldId" && len(ids) < maxEntries {
			if id := xmlAttr(e, "r", "id"); id != "" {
				ids = append(ids, id)
			}
		}
		return nil
	})
	return ids, err
}

// slide is what one slide, notes page, layout or master says, shape by shape.
type slide struct {
	relations map[string]part
	title     []string
	bodies    []shape
	footers   []string // footer placeholders
	fixed     []string // text outside of placeholders, which on a master stands on every slide
	links     []content.Link
	alts      []string // alternative texts
	hidden    bool
}

// shape is the text of one shape; a table is a shape of rows.
type shape struct {
	lines []string
	table bool
	list  bool
}

func readSlide(a *archive, name string) (*slide, error) {
	s := &slide{relations: a.relations(name)}
	m, err := a.xml(name)
	if err != nil {
		return s, err
	}
	defer m.Close()
	w := &slideWalker{slide: s}
	for {
		t, err := m.next()
		if err == io.EOF {
			return s, nil
		}
		if err != nil {
			w.shapeEnds()
			return s, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := w.start(m, t); err != nil {
				w.shapeEnds()
				return s, err
			}
		case xml.EndElement:
			w.end(t.Name.Local)
		}
	}
}

type slideWalker struct {
	slide *slide
	role  string // type of the placeholder; "" outside of placeholders
	isPH  bool
	shape shape
	line  strings.Builder
	cells []string
	cell  []string
	inTbl bool
	href  string
}

func (w *slideWalker) start(m *markup, e xml.StartElement) error {
	switch e.Name.Local {
	case "sld":
		w.slide.hidden = isOff(xmlAttr(e, "*", "show"))
	case "Fallback":
		return m.skip()
	case "sp", "graphicFrame":
		w.role, w.isPH, w.shape = "", false, shape{}
	case "cNvPr":
		if alt := xmlAttr(e, "*", "descr"); alt != "" && len(w.slide.alts) < 1000 {
			w.slide.alts = append(w.slide.alts, alt)
		}
	case "ph":
		w.isPH = true
		w.role = xmlAttr(e, "*", "type")
		if w.role == "" {
			w.role = "obj"
		}
	case "t":
		text, err := m.text()
		if w.line.Len() < maxParagraph {
			w.line.WriteString(text)
		}
		if w.href != "" && len(w.slide.links) < maxLinks {
			w.slide.links = append(w.slide.links, content.Link{Address: w.href, Text: text})
			w.href = ""
		}
		return err
	case "fld": // a number or a date that the program fills in anew
		if kind := xmlAttr(e, "*", "type"); kind == "slidenum" || strings.HasPrefix(kind, "datetime") {
			return m.skip()
		}
	case "br":
		w.line.WriteByte('\n')
	case "tab":
		w.line.WriteByte('\t')
	case "hlinkClick":
		if p := w.slide.relations[xmlAttr(e, "r", "id")]; p.external {
			w.href = p.target
		}
	case "tbl":
		w.inTbl, w.shape.table = true, true
	case "tc":
		w.cell = w.cell[:0]
	}
	return nil
}

func (w *slideWalker) end(local string) {
	switch local {
	case "p":
		line := tidy(w.line.String())
		w.line.Reset()
		switch {
		case line == "":
		case w.inTbl:
			w.cell = append(w.cell, flat(line, maxParagraph))
		default:
			w.shape.lines = append(w.shape.lines, line)
		}
	case "tc":
		if len(w.cells) < 1000 {
			w.cells = append(w.cells, strings.Join(w.cell, " "))
		}
	case "tr":
		if row := strings.TrimRight(strings.Join(w.cells, "\t"), "\t"); row != "" {
			w.shape.lines = append(w.shape.lines, row)
		}
		w.cells = w.cells[:0]
	case "tbl":
		w.inTbl = false
	case "sp", "graphicFrame":
		w.shapeEnds()
	}
}

// shapeEnds puts the text of a shape where its placeholder says.
func (w *slideWalker) shapeEnds() {
	s := w.slide
	if len(w.shape.lines) == 0 {
		return
	}
	switch w.role {
	case "title", "ctrTitle":
		s.title = append(s.title, w.shape.lines...)
	case "ftr", "hdr":
		s.footers = append(s.footers, w.shape.lines...)
	case "sldNum", "dt", "sldImg":
	case "body", "obj":
		w.shape.list = !w.shape.table && len(w.shape.lines) > 1
		s.bodies = append(s.bodies, w.shape)
	default:
		if !w.isPH {
			s.fixed = append(s.fixed, w.shape.lines...)
		}
		s.bodies = append(s.bodies, w.shape)
	}
	w.shape, w.role, w.isPH = shape{}, "", false
}

// said is what all shapes say, a line each: on a page of notes the notes, which not every program writes into the
// placeholder for them.
func (s *slide) said() string {
	lines := slices.Clone(s.title)
	for _, b := range s.bodies {
		lines = append(lines, b.lines...)
	}
	return strings.Join(lines, "\n")
}

func (s *slide) write(d *draft, index int) {
	level := 2
	if index == 0 {
		level = 1
	}
	d.heading(level, strings.Join(s.title, " "))
	for _, b := range s.bodies {
		switch {
		case b.table:
			d.Shape.Tables++
		case b.list:
			d.Shape.Lists++
			d.Shape.ListEntries += len(b.lines)
		}
		d.endRows()
		for _, line := range b.lines {
			d.row(line)
		}
		d.endRows()
	}
	d.zone(content.ZoneFooter, index+1, strings.Join(s.footers, "\n"))
	for _, alt := range s.alts {
		d.aside(content.ZoneAlt, alt)
	}
	for _, l := range s.links {
		d.link(l.Address, l.Text)
	}
}

func slideComments(a *archive, name string, page int, d *draft) {
	var lines []string
	_ = a.each(name, func(m *markup, t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "text" || t.Name.Local == "t" {
				s, err := m.text()
				lines = append(lines, s)
				return err
			}
		case xml.EndElement:
			if t.Name.Local == "cm" {
				d.zone(content.ZoneComment, page, strings.Join(lines, "\n"))
				lines = nil
			}
		}
		return nil
	})
}
