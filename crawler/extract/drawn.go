package extract

import (
	"encoding/xml"
	"strings"

	"filon/crawler/content"
)

// drawnText gives the paragraphs of a part in DrawingML (ECMA-376 part 1, 20 to 21): boxes on a sheet, the
// entries of a diagram, the title of a chart and the names of its series and categories, each once. What pictures show
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
			case "strCache", "strLit":
				inText++
			case "v":
				if inText > 0 {
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
			case "strCache", "strLit":
				inText--
			}
		}
		return nil
	})
	keep(paragraph.String())
	return lines
}

// drawings writes the boxes and charts that a part refers to.
func drawings(a *archive, relations map[string]part, d *draft) {
	write := func(name string) {
		for _, line := range drawnText(a, name, d) {
			d.row(line)
		}
		d.endRows()
	}
	for _, name := range partsOf(relations, "drawing") {
		write(name)
		for _, chart := range partsOf(a.relations(name), "chart") {
			write(chart)
		}
	}
	for _, chart := range partsOf(relations, "chart") {
		write(chart)
	}
}
