package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// wordStyles gives the heading level of paragraph styles (0 is the document's title), and the list that a style is
// numbered by.
func wordStyles(a *archive, name string, d *draft) (map[string]int, map[string]wordEntry) {
	levels, parents, lists := map[string]int{}, map[string]string{}, map[string]wordEntry{}
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
		case "numId", "ilvl":
			if id != "" && len(lists) < 10_000 {
				lists[id] = lists[id].with(e)
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
		if _, own := lists[id]; !own {
			for up, steps := parents[id], 0; up != "" && steps < 10; up, steps = parents[up], steps+1 {
				if l, is := lists[up]; is {
					lists[id] = l
					break
				}
			}
		}
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
	return levels, lists
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
