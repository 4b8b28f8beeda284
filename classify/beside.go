package classify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"filon/crawler/content"
)

// What stands on a page beside its main text: boxes, panels, visitors' comments. On a public page it has been said; on
// an intranet it is read for what hurts most. It is no part of what would be published, so it asks and does not
// close, but for what nothing takes back. Lines that are links speak of other pages.

// besideRules are the rules that read the boxes beside a text.
var besideRules = map[string]bool{
	"personal/salary": true, "personal/address": true, "personal/birth-date": true, "personal/email-private": true, "personal/phone-mobile": true, "personal/iban": true, "personal/rib": true,
	"special/health": true, "special/union": true, "special/belief": true, "special/offence": true, "staff/discipline": true, "legal/whistleblowing": true,
	"staff/council": false, "inside/wish": false, "inside/person": false, "inside/money": false, "inside/security": false, "inside/partner": false, "inside/plan": false, "inside/trouble": false, "inside/know-how": false,
	"legal/litigation": false, "business/prices": false, "business/tender": false, "business/client-secret": false, "business/patent": false, "business/site-security": false,
	"business/accident": false, "business/crisis": false, "business/export": false, "finance/unpublished": false, "finance/merger": false, "finance/results": false,
	"marking/secret": false, "marking/restricted": false, "marking/confidential": false, "marking/no-distribution": false, "marking/mentioned": false, "lifecycle/embargo": false,
	"marking/state": false, "marking/scale": false, "marking/tlp": false, "lifecycle/draft": false, "lifecycle/obsolete": false,
} // true: also in the footer of the page, which says the rest on every page

// readBeside is besideRules by the number of the rule.
var readBeside = func() (all []struct{ read, everywhere bool }) {
	for i := range rules {
		everywhere, read := besideRules[rules[i].ID]
		all = append(all, struct{ read, everywhere bool }{read, everywhere})
	}
	return all
}()

// mostBeside is how many bytes beside the text are read.
const mostBeside = 32 << 10

// beside gives the reasons that stand beside the main text of a page that is not public.
func (p *page) beside() (all []Reason) {
	if p.public || p.item.Rest == "" || p.item.Withheld != "" {
		return nil
	}
	boxes, foot := besideText(p.item)
	for i, text := range []string{boxes, foot} {
		if text == "" {
			continue
		}
		item := content.Item{Address: p.item.Address, Text: text, Language: p.item.Language, Access: p.item.Access, Readings: p.item.Readings}
		q := newPage(&item, p.policy, p.day)
		q.aside = true
		q.look()
		q.findPeople()
		q.sorted.id = Other
		var spoken []speaking
		for n := range rules {
			r := &rules[n]
			if !readBeside[n].read || i == 1 && !readBeside[n].everywhere || p.policy.off(r.ID) {
				continue
			}
			found, failed := r.apply(q)
			if failed || len(found) == 0 {
				continue
			}
			if found = q.said(r, found); len(found) == 0 {
				continue
			}
			spoken = append(spoken, q.weigh(r, found)...)
		}
		for _, reason := range q.quoting(spoken) {
			if reason.Severity == Block || reason.Severity == Review {
				reason.Severity, reason.Where, reason.kind = Review, "rest", ""
				all = append(all, reason)
			}
		}
		p.addPrints(q)
		if q.reading != nil {
			p.boxes = append(p.boxes, *q.reading)
		}
		q.forget()
	}
	return all
}

// said leaves out what stands in the page's address, which is read with the page itself, and what a label says: beside a
// text most short lines name other pages, services and buttons. Marks are short, and so are values and what is said of people.
func (p *page) said(r *Rule, found []finding) []finding {
	found = slices.DeleteFunc(found, func(g finding) bool { return g.field >= 0 && p.fields[g.field].isAddress() })
	switch family, _, _ := strings.Cut(r.ID, "/"); family {
	case "inside", "legal", "business", "finance", "staff":
	default:
		return found
	}
	return slices.DeleteFunc(found, func(g finding) bool {
		if g.field < 0 {
			return false
		}
		raw := p.fields[g.field].raw
		from, to, _ := lineWithin(raw, g.start, g.end, maxTongue)
		words := strings.Fields(raw[from:to])
		return len(words) <= mostOfLabel && !namesWithin(words)
	})
}

const mostOfLabel = 4 // words

// namesWithin tells whether a label names somebody: a word with a capital after the first, where not all words have one.
func namesWithin(words []string) bool {
	capitals, small := 0, 0
	for i, w := range words {
		switch r, _ := utf8.DecodeRuneInString(w); {
		case i > 0 && unicode.IsUpper(r):
			capitals++
		case unicode.IsLower(r):
			small++
		}
	}
	return capitals > 0 && small > 0
}

// besideText gives the lines beside the main text that say something of their own, and those of the footer.
func besideText(item *content.Item) (boxes, foot string) {
	if len(item.Rest) < len("TLP:RED") {
		return "", ""
	}
	var linked strings.Builder
	for i := range item.Links {
		if linked.Len() < mostBeside {
			linked.WriteString(spaced(item.Links[i].Text))
			linked.WriteByte('\n')
		}
	}
	links := grams(linked.String()) // the label and the title of one link are lines of their own
	ofSite := ""
	for i := range item.Zones {
		if item.Zones[i].Kind == content.ZoneSite {
			ofSite += "\n" + item.Zones[i].Text
		}
	}
	site := grams(ofSite)
	var in, below strings.Builder
	label := ""
	for line := range strings.Lines(cut(item.Rest, mostBeside)) {
		line = strings.TrimSpace(line)
		if len(line) == len("C2") && len(label) < longestStampLine { // a level of secrecy, whose name is the line before
			line = label + " : " + line
		}
		label = line
		if (len(line) < 12 || strings.IndexByte(line, ' ') < 0 && !strings.Contains(line, "\u00a0")) && !shortMark(line) || links.hold(spaced(line)) {
			continue
		}
		to := &in
		if site.hold(line) {
			to = &below
		}
		if to.Len() > 0 {
			to.WriteString("\n\n")
		}
		to.WriteString(line)
	}
	return in.String(), below.String()
}

// spaced is s with one space where there are several or another white space.
func spaced(s string) string {
	for i := range len(s) {
		c := s[i]
		if c > ' ' && c < utf8.RuneSelf {
			continue
		}
		if c < ' ' || c == ' ' && (i == 0 || i+1 == len(s) || s[i+1] == ' ') || c >= utf8.RuneSelf && wideSpace(s[i:]) {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// wideSpace tells whether s begins with a white space beyond ASCII.
func wideSpace(s string) bool {
	switch s[0] {
	case 0xC2, 0xE1, 0xE2, 0xE3: // how they begin in UTF-8
		r, _ := utf8.DecodeRuneInString(s)
		return unicode.IsSpace(r)
	}
	return false
}

// text is looked for many strings, most of which it does not hold: by the four bytes at each place.
type text struct {
	all   string
	parts beginnings
}

func grams(s string) *text {
	t := &text{all: s}
	for i := 0; i+4 <= len(s); i++ {
		t.parts.add(leadOf(s[i : i+4]))
	}
	return t
}

// hold tells whether s stands in the text.
func (t *text) hold(s string) bool {
	for i := 0; i+4 <= len(s); i += 4 {
		if !t.parts.has(leadOf(s[i : i+4])) {
			return false
		}
	}
	return strings.Contains(t.all, s)
}
