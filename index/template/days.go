package template

import (
	"time"

	"filon/crawler/content"
)

const (
	published = "published"
	modified  = "modified"
)

// dayHash is one day of one kind from one kind of evidence.
func dayHash(of string, d content.Date) uint64 {
	return hashOf("day", of, d.Source, d.Time.UTC().Format(time.DateOnly))
}

// evidence gives what speaks for one date of an item as it was found, the first being what was taken.
func evidence(item content.Item, of string) []content.Date {
	var all []content.Date
	taken := item.Published
	if of == modified {
		taken = item.Modified
	}
	if !taken.IsZero() {
		all = append(all, taken)
	}
	for _, e := range item.Evidence {
		if e.Of == of {
			all = append(all, e.Date)
		}
	}
	return all
}

// date takes the next evidence, or none, where the one that was taken gives a day that too many items share.
func (t Template) date(item content.Item) content.Item {
	if len(t.days) == 0 || !t.doubts(published, item.Published) && !t.doubts(modified, item.Modified) {
		return item
	}
	var others []content.Evidence
	for _, of := range [...]string{published, modified} {
		var taken content.Date
		for _, d := range evidence(item, of) {
			// A server's date from before the publication is that of another page.
			late := of == modified && d.Source == "http" && !item.Published.IsZero() && d.Time.Before(item.Published.Time)
			switch {
			case !taken.IsZero():
				others = append(others, content.Evidence{Of: of, Date: d})
			case t.doubts(of, d) || late:
				others = append(others, content.Evidence{Of: of, Date: d, Doubted: true})
			default:
				taken = d
			}
		}
		if of == published {
			item.Published = taken
		} else {
			item.Modified = taken
		}
	}
	item.Evidence = others
	return item
}

func (t Template) doubts(of string, d content.Date) bool {
	return !d.IsZero() && t.days[dayHash(of, d)]
}

// undate gives the dates back that were doubted.
func undate(item content.Item) content.Item {
	doubted := false
	for _, e := range item.Evidence {
		doubted = doubted || e.Doubted
	}
	if !doubted {
		return item
	}
	was := item
	item.Evidence = nil
	for _, of := range [...]string{published, modified} {
		var all []content.Date
		for _, e := range was.Evidence {
			if e.Of == of && e.Doubted {
				all = append(all, e.Date)
			}
		}
		all = append(all, evidence(content.Item{Published: was.Published, Modified: was.Modified}, of)...)
		for _, e := range was.Evidence {
			if e.Of == of && !e.Doubted {
				all = append(all, e.Date)
			}
		}
		var first content.Date
		for i, d := range all {
			if i == 0 {
				first = d
			} else {
				item.Evidence = append(item.Evidence, content.Evidence{Of: of, Date: d})
			}
		}
		if of == published {
			item.Published = first
		} else {
			item.Modified = first
		}
	}
	return item
}
