package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// wordStyles gives the heading level of paragraph styles; 0 is the document's title.
func wordStyles(a *archive, name string, d *draft) map[string]int {
	levels, parents := map[string]int{}, map[string]string{}
	id := ""
	_ = a.each(name, func(m *markup, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "lang":
			if d.declared == "" {
				d.declared = subtag(xmlAttr(e, "*", "val"))
			}
		case "style":
			id = xmlAttr(e, "*", "styleId")
			if xmlAttr(e, "*", "type") != "paragraph" {
				id = ""
			}
		case "name":
			if level, is := headingName(xmlAttr(e, "*", "val")); is && id != "" {
				levels[id] = level
			}
		case "basedOn":
			if id != "" && len(parents) < 10_000 {
				parents[id] = xmlAttr(e, "*", "val")
			}
		case "outlineLvl":
			if n, err := strconv.Atoi(xmlAttr(e, "*", "val")); err == nil && n < 6 && id != "" {
				if _, named := levels[id]; !named {
					levels[id] = n + 1
				}
			}
		}
		return nil
	})
	for id := range parents {
		if _, has := levels[id]; has {
			continue
		}
		for up, steps := parents[id], 0; up != "" && steps < 10; up, steps = parents[up], steps+1 {
			if level, is := levels[up]; is {
				if level > 0 { // "subtitle" and the like are based on the title without being one
					levels[id] = level
				}
				break
			}
		}
	}
	return levels
}

// headingName reads the built-in style names, which are English in the file in every language, and
// the French and German ones that converters write.
func headingName(name string) (level int, is bool) {
	low := strings.ToLower(strings.TrimSpace(name))
	if low == "title" || low == "titre" || low == "titel" {
		return 0, true
	}
	for _, prefix := range []string{"heading ", "titre ", "überschrift ", "título ", "titolo "} {
		if rest, ok := strings.CutPrefix(low, prefix); ok {
			if n, err := strconv.Atoi(rest); err == nil && n >= 1 && n <= 9 {
				return min(n, 6), true
			}
		}
	}
	return 0, false
}

// wordBullets tells which numbering ids draw bullets rather than numbers on their first level.
func wordBullets(a *archive, name string) map[string]bool {
	abstract, bullets := map[string]bool{}, map[string]bool{}
	id, number, level := "", "", ""
	_ = a.each(name, func(m *markup, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok || len(abstract)+len(bullets) > 10_000 {
			return nil
		}
		switch e.Name.Local {
		case "abstractNum":
			id = xmlAttr(e, "*", "abstractNumId")
		case "lvl":
			level = xmlAttr(e, "*", "ilvl")
		case "numFmt":
			if level == "0" && id != "" {
				abstract[id] = xmlAttr(e, "*", "val") == "bullet"
			}
		case "num":
			number = xmlAttr(e, "*", "numId")
		case "abstractNumId":
			bullets[number] = abstract[xmlAttr(e, "*", "val")]
		}
		return nil
	})
	return bullets
}
