package extract

import (
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"filon/crawler/content"
)

// readXLSX reads the sheets in order: the name as a heading, each row as a line of cells between tabs.
func readXLSX(a *archive, name string, d *draft) {
	relations := a.relations(name)
	w := &workbook{archive: a, draft: d, rows: maxRows}
	d.stop(a.each(name, func(_ *markup, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "workbookPr":
			w.since1904 = isOn(xmlAttr(e, "*", "date1904"))
		case "sheet":
			if len(w.sheets) < 1000 {
				state := xmlAttr(e, "*", "state")
				w.sheets = append(w.sheets, sheet{name: xmlAttr(e, "", "name"), id: xmlAttr(e, "r", "id"), hidden: strings.Contains(strings.ToLower(state), "hidden")})
			}
		}
		return nil
	}))
	for _, p := range partsOf(relations, "sharedStrings") {
		d.stop(w.readShared(p))
	}
	for _, p := range partsOf(relations, "styles") {
		w.readStyles(p)
	}
	w.readSheets(relations, w.readSheet, func(part string) { sheetComments(a, part, d) })
}

// readSheets writes the sheets in order: read writes the rows of a part, comments keeps what a part of comments says.
func (w *workbook) readSheets(relations map[string]part, read func(part string) error, comments func(part string)) {
	d := w.draft
	w.comma = w.writesComma()
	d.Pages = len(w.sheets)
	hidden := 0
	for _, s := range w.sheets {
		if d.full || w.rows <= 0 || d.Problem != nil && d.Problem.Code == content.TimedOut {
			break
		}
		if s.hidden {
			hidden++
		}
		since := d.body.Len()
		if part := relations[s.id]; part.kind == "worksheet" || part.kind == "chartsheet" {
			d.heading(2, s.name)
			d.stop(read(part.target))
			d.endRows()
			around := w.archive.relations(part.target)
			drawings(w.archive, around, d)
			d.endCover()
			for _, c := range partsOf(around, "comments") {
				comments(c)
			}
		}
		if s.hidden {
			d.unseen(since)
		}
	}
	if hidden > 0 {
		d.property("sheets_hidden", strconv.Itoa(hidden))
	}
}

type sheet struct {
	name, id string
	hidden   bool
}

type workbook struct {
	archive   *archive
	draft     *draft
	sheets    []sheet
	shared    []string
	formats   []string // number format by cell style; "" is as it is kept
	comma     bool     // numbers are written 1 234,50
	since1904 bool
	rows      int // that may still be read
}

// readShared reads the shared strings, as many as could still be kept as text.
func (w *workbook) readShared(name string) error {
	room := 4 * w.draft.limit
	return w.archive.each(name, func(m *markup, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "si" {
			s, err := richText(m)
			room -= len(s) + 16
			if room < 0 {
				return errTooLarge
			}
			w.shared = append(w.shared, s)
			return err
		}
		return nil
	})
}

// writesComma guesses from the words of the workbook whether its numbers are written with a comma; a workbook
// without words is taken for one of ours.
func (w *workbook) writesComma() bool {
	var b strings.Builder
	for _, s := range w.shared {
		if b.WriteString(s + " "); b.Len() > 4000 {
			break
		}
	}
	language, _ := guessLanguage(b.String())
	return language != "en"
}

// richText joins the runs of a string without its phonetic reading.
func richText(m *markup) (string, error) {
	var b strings.Builder
	for open := m.depth; m.depth >= open; {
		t, err := m.next()
		if err != nil {
			return b.String(), err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "t":
			s, err := m.text()
			if b.Len() < maxParagraph {
				b.WriteString(s)
			}
			if err != nil {
				return b.String(), err
			}
		case "rPh":
			if err := m.skip(); err != nil {
				return b.String(), err
			}
		}
	}
	return flat(b.String(), maxParagraph), nil
}

// readStyles finds the number formats of the cell styles.
func (w *workbook) readStyles(name string) {
	custom := map[string]string{}
	inCells := false
	_ = w.archive.each(name, func(_ *markup, t xml.Token) error {
		switch t := t.(type) {
		case xml.EndElement:
			if t.Name.Local == "cellXfs" {
				inCells = false
			}
		case xml.StartElement:
			switch t.Name.Local {
			case "numFmt":
				if len(custom) < 65_536 {
					custom[xmlAttr(t, "*", "numFmtId")] = xmlAttr(t, "*", "formatCode")
				}
			case "cellXfs":
				inCells = true
			case "xf":
				if inCells && len(w.formats) < 65_536 {
					id := xmlAttr(t, "*", "numFmtId")
					w.formats = append(w.formats, firstOf(custom[id], builtinFormats[id]))
				}
			}
		}
		return nil
	})
}

func (w *workbook) readSheet(name string) error {
	m, err := w.archive.xml(name)
	if err != nil {
		return err
	}
	defer m.Close()
	var row []string
	var c cell
	wrote := false
	for !w.draft.full {
		t, err := m.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				row = row[:0]
				if w.rows--; w.rows < 0 {
					w.draft.fail(content.TooLarge, "more rows than filon keeps; the first were kept")
					return nil
				}
			case "c":
				c = cell{kind: xmlAttr(t, "*", "t")}
				if n, err := strconv.Atoi(xmlAttr(t, "*", "s")); err == nil {
					c.style = n
				}
			case "v":
				if c.value, err = m.text(); err != nil {
					return err
				}
			case "is":
				if c.value, err = richText(m); err != nil {
					return err
				}
			case "f", "extLst", "sheetViews", "cols":
				if err := m.skip(); err != nil {
					return err
				}
			case "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter":
				kind := content.ZoneHeader
				if strings.HasSuffix(t.Name.Local, "Footer") {
					kind = content.ZoneFooter
				}
				s, err := m.text()
				w.draft.zone(kind, 0, printCodes(s))
				if err != nil {
					return err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "c":
				if s := w.show(c); s != "" && len(row) < maxCells {
					row = append(row, s)
				}
			case "row":
				if len(row) > 0 {
					w.draft.row(strings.Join(row, "\t"))
					if !wrote {
						wrote = true
						w.draft.Shape.Tables++
					}
				}
			}
		}
	}
	return nil
}

type cell struct {
	kind, value string
	style       int
}

// show gives a cell as a reader of the sheet would see it, as far as the file says.
func (w *workbook) show(c cell) string {
	switch c.kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(c.value)); err == nil && i >= 0 && i < len(w.shared) {
			return w.shared[i]
		}
		return ""
	case "b":
		if isOn(c.value) {
			return "TRUE"
		}
		return "FALSE"
	case "e":
		return ""
	case "", "n":
		if f, err := strconv.ParseFloat(c.value, 64); err == nil {
			code := ""
			if c.style >= 0 && c.style < len(w.formats) {
				code = w.formats[c.style]
			}
			return flat(shownNumber(f, code, w.day, w.comma), maxParagraph)
		}
	}
	return flat(c.value, maxParagraph)
}

// day turns a serial number of days into an instant.
func (w *workbook) day(f float64) time.Time {
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if w.since1904 {
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	whole := math.Floor(f)
	return start.AddDate(0, 0, int(whole)).Add(time.Duration(math.Round((f-whole)*86400)) * time.Second)
}

// printCodes removes the codes of a printed header: &L&"Arial,Bold"&12Confidential&RPage &P is
// Confidential, Page.
func printCodes(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '&' || i+1 >= len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; {
		case c == '&':
			b.WriteByte('&')
		case c == '"':
			for i++; i < len(s) && s[i] != '"'; i++ {
			}
		case c == 'K':
			i = min(i+6, len(s)-1)
		case c >= '0' && c <= '9':
			for i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' {
				i++
			}
		case strings.IndexByte("LCR", c) >= 0:
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func sheetComments(a *archive, name string, d *draft) {
	_ = a.each(name, func(m *markup, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "comment" {
			s, err := richText(m)
			d.zone(content.ZoneComment, 0, s)
			return err
		}
		return nil
	})
}
