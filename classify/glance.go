package classify

import (
	"time"

	"filon/crawler/content"
)

// Glance is what judging saw of the main text of an item on the way, for those who would read the text again. The
// zero Glance knows nothing; what it says it says of the text that was admitted with it.
type Glance struct {
	Clear   bool // Mask would give the text back as it is
	read    bool // lastDay is known
	lastDay bool // what givesLastDay says of the text
}

// glance gives what is known of a text, which is that of the item unless something was taken out of it.
func (p *page) glance(text string) Glance {
	if p.body < 0 || p.fields[p.body].raw != text {
		return Glance{}
	}
	f := &p.fields[p.body]
	g := Glance{Clear: len(f.values) == 0}
	if len(text) <= maxLastDay {
		g.read, g.lastDay = true, lowGivesLastDay(f.low, f.spans)
	}
	return g
}

// DayBound is DayBound of the item that the glance is of.
func (g Glance) DayBound(item content.Item, v Verdict) bool {
	day, err := time.Parse(time.DateOnly, v.Day)
	if err != nil {
		return true
	}
	if declaresDay(item, v, day) || givesLastDay(item.Title) {
		return true
	}
	if g.read {
		return g.lastDay
	}
	return givesLastDay(item.Text)
}
