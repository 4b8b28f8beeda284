package classify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shapePoints adds to shape what the structure says, in quarters of a finding: by itself, or where
// words (points) have spoken for the type already.
func (p *page) shapePoints(points, shape []int) {
	add := func(id string, n int) { shape[typeIndex[id]] += n }
	spoken := func(id string) bool { return points[typeIndex[id]] > 0 }
	s := &p.item.Shape
	if p.text.questions >= 3 {
		add("faq", 8)
	}
	if p.asks() {
		add("explainer", 4)
		if spoken("faq") && p.text.words < 500 {
			add("faq", 6) // one question and its answer
		}
	}
	if p.text.words >= 500 {
		add("expert_article", 2)
		if p.hasAuthor() {
			add("expert_article", 2)
		}
	}
	if d := p.item.Published; !d.IsZero() && d.Source != "http" && d.Source != "sitemap" && p.public && !p.document {
		add("product_page", -2) // an offer bears no date, what tells of it does
	}
	if p.teachesHow() {
		add("how_to", 4)
		add("explainer", 2)
	}
	if p.namesMedium() {
		add("press_coverage", 4)
	}
	if s.OrderedLists > 0 && spoken("how_to") {
		add("how_to", 4)
	}
	if p.text.words > 150 {
		add("service_info", -6) // a notice is short
	}
	if p.text.figures >= 5 && spoken("key_figures") {
		add("key_figures", 4)
	}
	if p.text.figures > 0 && spoken("case_study") {
		add("case_study", 2)
	}
	if p.text.quotes > 0 && spoken("testimonial") {
		add("testimonial", 4)
	}
	if _, ok := p.subject(); ok {
		if p.presents() {
			add("people_portrait", 14)
		}
		if spoken("people_portrait") || p.text.quotes > 0 && !spoken("appointment") {
			add("people_portrait", 4)
		}
		if spoken("appointment") {
			add("appointment", 4)
		}
	}
	for _, e := range p.item.Embeds {
		if (e.Kind == "video" || e.Kind == "audio") && spoken("webinar_podcast") {
			add("webinar_podcast", 4)
			break
		}
	}
	switch {
	case p.item.Event.Start.IsZero():
	case slices.ContainsFunc(p.item.Schema, func(s string) bool { return strings.HasSuffix(s, "Event") || s == "Festival" || s == "Hackathon" }):
		add("event_upcoming", 10)
	default: // a sentence announces it, among other things
		add("event_upcoming", 4)
	}
	if p.jobToken() {
		add("job_offer", 12)
		add("training", -4)
		add("employer_brand", -4)
	}
	if p.dateline() {
		add("press_release", 4)
	}
	if p.format == "photo_album" {
		add("internal_life", 2)
		add("event_recap", 2)
	}
	if p.attendees() {
		add("minutes", 8)
	}
	if p.document && p.item.Pages > 6 && spoken("white_paper") {
		add("white_paper", 4)
	}
	if n := p.phoneCount(); n >= 5 {
		add("directory_orgchart", 4)
		if n >= 10 {
			add("directory_orgchart", 10)
		}
	}
	p.outlinePoints(shape)
	p.linePoints(points, add)
	p.contests(points, add)
}

// presents tells whether the title says that it is about the person whom it names: "Three questions for Winnie".
func (p *page) presents() bool {
	yes := false
	p.each(listPortrait, func(f *field, h *hit) bool {
		yes = yes || f.spot == inTitle || f.spot == inH1
		return !yes
	})
	return yes
}

// contests are what words alone cannot settle: an event in the past is not upcoming, an announcement
// of a past one is not a report of it; what teaches about a payslip is no payslip.
func (p *page) contests(points []int, add func(string, int)) {
	spoken := func(id string) bool { return points[typeIndex[id]] > 0 }
	if points[typeIndex["event_upcoming"]] >= 2 {
		switch when := p.eventDate(); {
		case when.IsZero():
		case when.Before(startOfDay(p.day)):
			if spoken("event_recap") {
				add("event_recap", 6)
				add("event_upcoming", -8)
			}
		default:
			add("event_upcoming", 4)
			add("event_recap", -6)
		}
	}
	if spoken("personal_hr_doc") && p.teaches() && len(p.people) == 0 {
		add("personal_hr_doc", -24)
		add("how_to", 8)
	}
	// an inside document is what its closed type says, whatever its subject
	if !p.public {
		for _, id := range []string{"minutes", "personal_hr_doc", "contract_finance_doc"} {
			if spoken(id) {
				add(id, 2)
			}
		}
	}
}

// builtAsList tells how much a page is a list of others, in hundredths: whatever it lists, at the
// entrance of a part of the site, or there and all but empty.
func (p *page) builtAsList() int32 {
	switch {
	case p.format == "listing":
		return 400
	case p.callsOn():
		return 200
	case !p.hub():
		return 0
	case p.text.words < 25: // a title and a menu
		return 500
	}
	return 125
}

// hub tells whether a page stands at the entrance of a site or of a part of it and says next to nothing.
func (p *page) hub() bool {
	if p.document || p.image || p.film || p.text.words == 0 || p.text.words > 60 {
		return false
	}
	inside := 0
	for i := range p.item.Links {
		if l := &p.item.Links[i]; l.Main && l.Address != p.item.Address {
			inside++
		}
	}
	if inside >= 3 && inside*10 >= p.text.words && 3*p.item.Shape.LinkedWords >= p.item.Shape.Words {
		return true
	}
	for i := range p.fields {
		if f := &p.fields[i]; f.spot == inURL {
			return entrance(f.low)
		}
	}
	return p.address.Host != "" && (p.address.Path == "" || p.address.Path == "/")
}

// teachesHow tells whether the title is "comment" and an infinitive: "Comment choisir son isolant".
func (p *page) teachesHow() bool {
	if p.title < 0 {
		return false
	}
	words := splitWords(cut(p.fields[p.title].low, 200))
	for i, w := range words {
		if i > 3 {
			break
		}
		if w != "comment" {
			continue
		}
		for _, next := range words[i+1 : min(len(words), i+3)] {
			for _, ending := range []string{"er", "ir", "oir", "dre", "tre", "ire", "aire", "uire"} {
				if len(next) > 4 && strings.HasSuffix(next, ending) {
					return true
				}
			}
		}
	}
	return false
}

// namesMedium tells whether the title names a newspaper or a channel, with its capitals: "Le Monde" is
// one, the world is none.
func (p *page) namesMedium() bool {
	yes := false
	p.each(listMedia, func(f *field, h *hit) bool {
		if f.spot != inTitle && f.spot != inH1 {
			return true
		}
		from, to := f.span(int(h.start), int(h.end))
		yes = f.raw != strings.ToUpper(f.raw)
		for _, w := range strings.FieldsFunc(f.raw[from:to], func(r rune) bool { return r == ' ' || r == '-' || r == '\'' || r == '’' }) {
			first, _ := utf8.DecodeRuneInString(w)
			yes = yes && (unicode.IsUpper(first) || unicode.IsDigit(first))
		}
		return !yes
	})
	return yes
}
