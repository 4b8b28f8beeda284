package classify

import (
	"regexp"
	"slices"
	"strings"
)

// Where a person lives.

var (
	listStreet = words.list("personal street")
	listHome   = words.list("personal home")
	postcode   = mustAtWord(`\b(?:(?:0[1-9]|[1-8]\d|9[0-8])\d{3} [a-z]{2}|[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}\b)`)
)

// findAddress wants a street with a number and a person or the word home beside it, and a postcode too unless the words
// say that it is where that person lives.
func findAddress(p *page) (found []finding) {
	var homes []*hit // in the order of fields and places, as the streets are
	p.each(listHome, func(_ *field, h *hit) bool { homes = append(homes, h); return true })
	next := 0
	p.each(listStreet, func(f *field, h *hit) bool {
		for next < len(homes) && (homes[next].field < h.field || homes[next].field == h.field && homes[next].start <= h.start-80) {
			next++
		}
		if !f.prose() {
			return true
		}
		from := max(0, int(h.start)-40)
		m := houseNumber.FindStringSubmatchIndex(f.low[from:h.start])
		if m == nil {
			return true
		}
		from += m[2]
		end := min(len(f.low), int(h.end)+24)
		code := postcode.FindStringIndex(cut(f.low[h.end:], 90))
		if code != nil {
			end = int(h.end) + code[1]
		}
		g := p.lows(int(h.field), from, end)
		home := next < len(homes) && homes[next].field == h.field && homes[next].start < h.end+20
		near := p.personNear(g.field, g.start, g.start, 50)
		switch {
		case code != nil && (home || near && !p.public), near && home, p.livesBefore(g.field, g.start):
			found = append(found, g)
		}
		return len(found) < maxFindings
	})
	return found
}

// houseNumber is a number before a street, or before the name of a street in English.
var houseNumber = regexp.MustCompile(`(?:^|[^a-z0-9.,]|[^0-9][.,])(\d{1,4}(?: ?(?:bis|ter|quater|[a-z]))?(?:, ?| )(?:[a-z'-]{2,20} ){0,3})$`)

// livesBefore tells whether the words right before a place say that it is where a person lives: "chez Paul Mercier, 14 …",
// "at Paul Mercier's, 14 …".
func (p *page) livesBefore(field, place int) bool {
	raw := p.fields[field].raw
	for _, q := range p.people {
		if q.field != field || q.end > place || q.end < place-30 {
			continue
		}
		before := foldString(raw[max(0, q.start-16):q.start])
		at := strings.HasSuffix(before, "at ") && (strings.HasPrefix(raw[q.end:], "'s") || strings.HasPrefix(raw[q.end:], "’s") || strings.HasSuffix(raw[q.start:q.end], "'s") || strings.HasSuffix(raw[q.start:q.end], "’s"))
		if at || strings.HasSuffix(before, "chez ") || strings.HasSuffix(before, "home of ") || strings.HasSuffix(before, "house of ") || strings.HasSuffix(before, "maison de ") {
			return true
		}
	}
	m := hostName.FindStringSubmatch(raw[max(0, place-60):place])
	return m != nil && !p.public && !firm.MatchString(foldString(m[1])) && !slices.Contains(p.policy.Company, m[1])
}

var (
	hostName = regexp.MustCompile(`(?:\b[Cc]hez|\bat) (\p{Lu}[\p{Ll}'’-]{1,24} \p{Lu}[\p{Ll}'’-]{1,24}),? $`) // of somebody whose given name is not known
	firm     = regexp.MustCompile(`eries?\b|^(?:ets|sarl|sas|societe|groupe|atelier|usine|garage|cafe|hotel|restaurant|mairie|lycee|ecole|agence|maison|pharmacie|saint|sainte|le|la|les|the)\b|industr|metal|transport|service|logisti|group|company|works|store|school|hall|club|inn\b|arms\b|college|hospital|station|museum`)
)
