package extract

import (
	"strings"

	"filon/crawler/content"
)

// event gives the happening that the page announces, when it announces one.
func (f *facts) event(title string) content.Event {
	var found []content.Event
	for _, t := range f.things {
		for _, k := range types(t) {
			if !strings.HasSuffix(k, "Event") && k != "Festival" && k != "Hackathon" {
				continue
			}
			start, ok := parseStamp(text(t["startDate"]))
			if !ok {
				continue
			}
			e := content.Event{Start: start, Place: f.place(t["location"])}
			e.End, _ = parseStamp(text(t["endDate"]))
			if name := fold(text(t["name"])); name != "" && name == fold(title) {
				return e
			}
			found = append(found, e)
			break
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return content.Event{}
}

// place writes a location as people do: its name, then its town.
func (f *facts) place(v any) string {
	all := many(v)
	if len(all) == 0 {
		return ""
	}
	t, ok := all[0].(thing)
	if !ok {
		return oneLine(text(all[0]), 300)
	}
	name := text(t["name"])
	switch a := t["address"].(type) {
	case thing:
		if town := text(a["addressLocality"]); town != "" && !strings.Contains(name, town) {
			name = strings.TrimPrefix(name+", "+town, ", ")
		}
	case string:
		if name == "" {
			name = a
		}
	}
	if name == "" {
		name = text(t["url"])
	}
	return oneLine(name, 300)
}
