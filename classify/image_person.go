package classify

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// People whom the words of a picture name (domain 3.9).

// findCaptioned speaks of captions with a name on items that are not public yet. On a public page
// the consent covers the web, and the form of consent decides about networks.
func findCaptioned(p *page) (found []finding) {
	if p.public {
		return nil
	}
	named := map[int]bool{} // fields that name a person by more than a given name
	team := p.portraits() >= leastOfTeam
	for _, q := range p.people {
		f := &p.fields[q.field]
		if !f.ofPicture() || p.apart(f) && !team {
			continue
		}
		named[q.field] = true
		if p.personShown(f, q.start, q.end) && !p.agreed(q) {
			found = append(found, finding{field: q.field, start: q.start, end: q.end})
		}
	}
	if len(found) == 0 && !p.allAgreed() { // "Gilles et ses collègues": colleagues go by their given names
		p.each(listGiven, func(f *field, h *hit) bool {
			if a, b := f.span(int(h.start), int(h.end)); f.ofPicture() && !p.apart(f) && !named[int(h.field)] && f.raw[a:b] != f.low[h.start:h.end] && p.givenShown(f, a, b) {
				found = append(found, p.at(h))
			}
			return len(found) == 0
		})
	}
	return found
}

// leastOfTeam is how many portraits a page of a team has, each of which may lead to a page of its own.
const leastOfTeam = 5

// portraits counts the pictures of which nothing is said but a name.
func (p *page) portraits() (n int) {
	for _, q := range p.people {
		if f := &p.fields[q.field]; f.spot == inImage && f.name == "alt" && f.raw[q.start:q.end] == strings.TrimSpace(f.raw) {
			n++
		}
	}
	return n
}

var (
	// before the name of who took a picture or gave it
	tookBefore = regexp.MustCompile(`(?:©|\(c\)|\bcourtesy (?:of|:)|\bcourtoisie (?:de|:)|\bcredits?(?: photos?| images?)? ?(?:[:.…]|by |par )|\b(?:photos?|photograph(?:s|ed|er|y)?|photographie?s?|photographe|illustrations?|shot|taken|prise?s?) (?:by|par)|\bphotos?/)[ .…:]*$`)
	// behind it: the name stands for itself
	endsSigned = regexp.MustCompile(`^ ?(?:$|[/|,.;)\]]|pour |for |, )`)
	// the end of a firm's name, of a product's and of a place's
	isFirm  = regexp.MustCompile(`^ (?:co\.?|inc\.?|ltd|llc|corp\.?|plc|gmbh|s\.?a\.?s?|group|groupe|foundation|airport|avenue|museum|marketplace)(?:$|[ ,.;)])`)
	ofGroup = regexp.MustCompile(`\b(?:laboratoires|societe|fondation|ets|etablissements) $`)
	// before it on a page of goods; elsewhere a place or a team may stand before who is in it: "la boutique, Paul"
	ofHouse = regexp.MustCompile(`\b(?:laboratoire|groupe|maison|boutique|magasin) $`)
	// a given name that is a part of another name
	ofOther = regexp.MustCompile(`^(?:'s? \p{Lu}|’s? \p{Lu}| of \p{Lu}| (?i:logo)\b)`)
)

// personShown tells whether a name in the words of a picture, raw[start:end], is of a person, who may be in it: who took a picture is
// asked about by its credit.
func (p *page) personShown(f *field, start, end int) bool {
	before, behind := foldString(f.raw[:start]), foldString(f.raw[end:])
	given, family, _ := strings.Cut(f.raw[start:end], " ")
	switch {
	case tookBefore.MatchString(before) && endsSigned.MatchString(behind):
		return false
	case p.signedFor(f, end):
		return false
	case isFirm.MatchString(behind) && upperFirst(strings.TrimLeft(f.raw[end:], " ")), ofGroup.MatchString(before): // "Karim Benali group photo" is none
		return false
	case p.sorted.id != "product_page": // names of goods are told from people's only among goods
		return true
	case ofHouse.MatchString(before):
		return false
	case inCapitals(given) && family != "" && !inCapitals(family):
		return p.namedElsewhere(f.raw[start:end])
	}
	return !p.ofGoodsName(f.raw[:start], f.raw[end:])
}

// givenShown tells whether a given name alone, raw[start:end], is of a person.
func (p *page) givenShown(f *field, start, end int) bool {
	before, behind := f.raw[:start], f.raw[end:]
	word := f.raw[start:end]
	switch {
	case ofOther.MatchString(behind), foldString(word) == "noel":
		return false
	case tookBefore.MatchString(foldString(before)) && endsSigned.MatchString(foldString(behind)):
		return false
	case p.sorted.id == "product_page" && inCapitals(word) && len(word) > 2 && strings.ContainsFunc(before+behind, unicode.IsLower):
		return false // BILLY, TESS: an abbreviation or a product
	case p.sorted.id == "product_page" && strings.TrimSpace(before+behind) == "":
		return false
	}
	return !p.ofGoodsName(before, behind)
}

// leastOfName is how many words beside a given name and a family name the name of a product has.
const leastOfName = 2

// ofGoodsName tells whether the words of a picture of goods, all with capitals or figures, are the name of a product that has a name
// of a person in it: "Gregory Paragon 68 Pack".
func (p *page) ofGoodsName(before, behind string) bool {
	if p.sorted.id != "product_page" {
		return false
	}
	n := 0
	for w := range strings.FieldsSeq(before + " " + behind) {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, `"'(-–`))
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n >= leastOfName
}

// inCapitals tells whether all letters of a text are capitals, and there are two or more.
func inCapitals(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 2
}

// namedElsewhere tells whether the item names somebody so in other letters as well.
func (p *page) namedElsewhere(name string) bool {
	for _, q := range p.people {
		if other := p.fields[q.field].raw[q.start:q.end]; other != name && foldString(other) == foldString(name) {
			return true
		}
	}
	return false
}

// signedFor tells whether an agency or a newspaper stands right behind a name that ends at raw[end:], after a stroke: "Manu Fernandez/AP".
func (p *page) signedFor(f *field, end int) bool {
	rest := f.raw[end:]
	at := end + len(rest) - len(strings.TrimLeft(rest, " /|"))
	if at == end || !strings.ContainsAny(f.raw[end:at], "/|") {
		return false
	}
	if strings.HasPrefix(f.raw[at:], "AP") && (len(f.raw) == at+2 || !isWord(f.raw[at+2])) {
		return true
	}
	begins := func(h *hit, at int) int { return f.rawAt(int(h.start)) - at }
	for _, list := range []listID{listEditorial, listStock, listFree, listMedia} {
		hits := p.hitsOf(list)[f]
		if k, _ := slices.BinarySearchFunc(hits, at, begins); k < len(hits) && begins(hits[k], at) <= len("The ") {
			return true
		}
	}
	return false
}
