package extract

import (
	"encoding/xml"
	"strings"

	"filon/crawler/content"
)

// odfRunning reads the headers and footers of the page styles, and what the masters of slides repeat on each.
func odfRunning(a *archive, d *draft) {
	var kind content.ZoneKind
	var lines []string
	_ = a.each("styles.xml", func(m *markup, t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "header", "header-left", "header-first":
				kind, lines = content.ZoneHeader, nil
			case "footer", "footer-left", "footer-first":
				kind, lines = content.ZoneFooter, nil
			case "master-page":
				kind, lines = content.ZoneFooter, nil
			case "notes", "annotation":
				return m.skip()
			case "frame", "custom-shape":
				if isOn(xmlAttr(t, "presentation", "placeholder")) { // holds a prompt
					return m.skip()
				}
			case "p", "h":
				if kind != "" {
					s, err := odfLine(m)
					lines = append(lines, s)
					return err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "header", "header-left", "header-first", "footer", "footer-left", "footer-first", "master-page":
				d.zone(kind, 0, strings.Join(lines, "\n"))
				kind, lines = content.ZoneFooter, nil
				if t.Name.Local == "master-page" {
					kind = ""
				}
			}
		}
		return nil
	})
}

// odfLine reads the paragraph that was just opened without what the program fills in: numbers of pages, the names of
// sheets, a date or an hour unless it is fixed. The file holds no more of them than a prompt, as <number>, or what was
// shown when it was saved.
func odfLine(m *markup) (string, error) {
	var b strings.Builder
	for open := m.depth; m.depth >= open; {
		t, err := m.next()
		if err != nil {
			return b.String(), err
		}
		switch t := t.(type) {
		case xml.CharData:
			if b.Len() < maxParagraph {
				b.WriteString(strings.Map(oneSpace, string(t)))
			}
		case xml.StartElement:
			switch t.Name.Local {
			case "page-number", "page-count", "sheet-name", "footer", "header", "date-time":
				err = m.skip()
			case "date", "time":
				if !isOn(xmlAttr(t, "*", "fixed")) {
					err = m.skip()
				}
			case "s", "tab", "line-break":
				b.WriteByte(' ')
			}
			if err != nil {
				return b.String(), err
			}
		}
	}
	return b.String(), nil
}
