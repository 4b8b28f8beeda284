package extract

import (
	"encoding/xml"
	"strings"

	"filon/crawler/content"
)

// drawnText gives the paragraphs of a part in DrawingML (ECMA-376 part 1, 20 to 21): boxes on a sheet, the
// entries of a diagram, the title of a chart and the names of its series and categories, each once, also of the charts of
// 2016 (cx). What pictures show
// by their alternative text is kept aside.
func drawnText(a *archive, name string, d *draft) (lines []string) {
	var paragraph strings.Builder
	inText, seen := 0, map[string]bool{}
	keep := func(s string) {
		if s = flat(s, maxParagraph); s != "" && len(lines) < 1000 {
			lines = append(lines, s)
		}
	}
	_ = a.each(name, func(m *markup, t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "cNvPr":
				d.aside(content.ZoneAlt, xmlAttr(t, "*", "descr"))
			case "t":
				if t.Name.Space == "dgm" { // a diagram's own t holds paragraphs
					return nil
				}
				s, err := m.text()
				if paragraph.Len() < maxParagraph {
					paragraph.WriteString(s)
				}
				return err
			case "br", "tab":
				paragraph.WriteByte(' ')
			case "strCache", "strLit", "strDim":
				inText++
			case "v", "pt":
				if inText > 0 && (t.Name.Local == "v" || t.Name.Space == "cx") {
					s, err := m.text()
					if !seen[s] && len(seen) < 1000 {
						seen[s] = true
						keep(s)
					}
					return err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "p":
				keep(paragraph.String())
				paragraph.Reset()
			case "strCache", "strLit", "strDim":
				inText--
			}
		}
		return nil
	})
	keep(paragraph.String())
	return lines
}

// drawings writes the boxes, charts and diagrams that a part refers to, and what stands on the charts.
func drawings(a *archive, relations map[string]part, d *draft) {
	write := func(name string) {
		for _, line := range drawnText(a, name, d) {
			d.row(line)
		}
		d.endRows()
	}
	charts := func(relations map[string]part) {
		for _, kind := range [...]string{"chart", "chartEx"} {
			for _, chart := range partsOf(relations, kind) {
				write(chart)
				for _, over := range partsOf(a.relations(chart), "chartUserShapes") {
					write(over)
				}
			}
		}
	}
	for _, name := range partsOf(relations, "drawing") {
		write(name)
		on := a.relations(name)
		for _, diagram := range partsOf(on, "diagramData") {
			write(diagram)
		}
		charts(on)
	}
	charts(relations)
}
