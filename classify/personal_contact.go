package classify

import (
	"regexp"
	"strings"
)

// Mailboxes and telephone numbers: whose they are (domain 3.4).

// mailKind tells whose a mailbox is.
type mailKind uint8

const (
	roleMail mailKind = iota
	namedMail
	privateMail
)

var (
	roleBoxes    = words.set("mail role")
	privateHosts = words.set("mail private")
)

// mailbox tells whose an address in folded text is.
func mailbox(low string) mailKind {
	name, host, _ := strings.Cut(plainMail(low), "@")
	name, _, _ = strings.Cut(name, "+")
	first := strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '-' || r == '_' || r == '%' || r >= '0' && r <= '9' })
	if strings.HasPrefix(host, "example.") || host == "exemple.fr" || strings.HasSuffix(host, ".example") {
		return roleMail
	}
	domain := host
	if i := strings.LastIndexByte(domain, '.'); i > 0 {
		domain = domain[:i]
	}
	private := privateHosts[strings.ReplaceAll(domain, "-", " ")]
	if len(first) == 0 {
		return roleMail
	}
	for i, part := range first {
		if roleBoxes[part] && (i == 0 || i == len(first)-1) {
			return roleMail
		}
	}
	if strings.HasPrefix(host, "lists.") || strings.HasPrefix(host, "listes.") || strings.HasPrefix(host, "groups.") || strings.HasPrefix(host, "groupes.") {
		return roleMail // of a mailing list
	}
	company, _, _ := strings.Cut(host, ".")
	if strings.Contains(strings.Join(first, ""), company) && len(company) > 3 { // acme@acme.fr
		return roleMail
	}
	if private {
		return privateMail
	}
	return namedMail
}

// eachMail calls found with the addresses of the item but those at the edge of the page.
func (p *page) eachMail(found func(field int, v value, low string)) {
	for i := range p.fields {
		if p.fields[i].spot == inRest || p.fields[i].spot == inSite {
			continue
		}
		for _, v := range p.fields[i].values {
			if v.kind == isEmail {
				found(i, v, foldString(p.fields[i].raw[v.start:v.end]))
			}
		}
	}
}

func findMail(kind mailKind) func(p *page) []finding {
	return func(p *page) (found []finding) {
		if kind == namedMail && (p.settled || p.public && p.pressContact()) {
			return nil
		}
		p.eachMail(func(field int, v value, low string) {
			if mailbox(low) == kind {
				g := finding{field: field, start: v.start, end: v.end}
				if kind == privateMail && p.public {
					g.severity = Note
				}
				found = append(found, g)
			}
		})
		return found
	}
}

// findMailList speaks once when there are many people's addresses.
func findMailList(p *page) (found []finding) {
	seen := map[string]bool{}
	p.eachMail(func(field int, v value, low string) {
		if mailbox(low) != roleMail && !seen[low] {
			seen[low] = true
			found = append(found, finding{field: field, start: v.start, end: v.end})
		}
	})
	if len(found) < p.policy.listSize() {
		return nil
	}
	for i := range found {
		if p.public {
			found[i].severity, found[i].approver = Review, "dpo"
		}
	}
	return found
}

// phoneKind tells mobile, landline and business numbers apart, from digits in folded text.
func phoneDigits(low string) string {
	if low != "" && isLetter(low[0]) && (len(low) < 2 || !isDigit(low[1])) { // in words
		number, _ := spelledPhone(low, 0)
		return number
	}
	var b []byte
	for i := range len(low) {
		if isDigit(low[i]) {
			b = append(b, low[i])
		}
	}
	s := string(b)
	switch {
	case strings.HasPrefix(s, "0033"):
		s = s[4:]
	case strings.HasPrefix(low, "+33"):
		s = s[2:]
	case strings.HasPrefix(low, "+"):
		return "+" + s
	}
	return "0" + strings.TrimPrefix(s, "0")
}

// businessPhone tells whether a number belongs to no person: 08, 09 and short numbers.
func businessPhone(low string) bool {
	d := phoneDigits(low)
	return strings.HasPrefix(d, "08") || strings.HasPrefix(d, "09")
}

func mobilePhone(low string) bool {
	d := phoneDigits(low)
	return strings.HasPrefix(d, "06") || strings.HasPrefix(d, "07") || strings.HasPrefix(d, "+447") || strings.HasPrefix(d, "+324") || strings.HasPrefix(d, "+4915") || strings.HasPrefix(d, "+4916") ||
		strings.HasPrefix(d, "+4917") || strings.HasPrefix(d, "+346") || strings.HasPrefix(d, "+393") || strings.HasPrefix(d, "+417")
}

func (p *page) eachPhone(found func(field int, v value, low string)) {
	for i := range p.fields {
		if p.fields[i].spot == inRest || p.fields[i].spot == inSite {
			continue
		}
		for _, v := range p.fields[i].values {
			if v.kind == isPhone {
				if low := foldString(p.fields[i].raw[v.start:v.end]); !businessPhone(low) {
					found(i, v, low)
				}
			}
		}
	}
}

// phoneCount is the number of different numbers of people that the item gives.
func (p *page) phoneCount() int {
	seen := map[string]bool{}
	p.eachPhone(func(_ int, _ value, low string) { seen[phoneDigits(low)] = true })
	return len(seen)
}

// pressContact tells whether the item gives a contact to the press, which is public by design.
func (p *page) pressContact() bool { return p.named("press_release") }

// pressDesk is how people head the names and numbers that journalists are to call.
var pressDesk = regexp.MustCompile(`\b(?:contacts?|relations?|services?|attachee?s?|bureau)(?: (?:de|des|avec la|pour la|a la))? (?:la )?presse\b|\bcontacts? medias?\b|\b(?:press|media)(?: (?:and|&) (?:press|media))? (?:contacts?|inquir(?:y|ies)|enquir(?:y|ies)|relations|office|desk|queries)\b`)

// Of what stands under a head: so many lines and bytes.
const (
	linesOfDesk = 6
	bytesOfDesk = 320
)

// forPress tells whether raw[at] stands in a contact for the press: on its line or a few lines under its head.
func (f *field) forPress(at int) bool {
	low := foldString(strings.ToValidUTF8(f.raw[max(0, at-bytesOfDesk):at], ""))
	if !strings.Contains(low, "press") && !strings.Contains(low, "media") {
		return false
	}
	m := pressDesk.FindAllStringIndex(low, -1)
	if len(m) == 0 {
		return false
	}
	lines := 0
	for line := range strings.Lines(low[m[len(m)-1][1]:]) {
		if strings.TrimSpace(line) != "" {
			lines++
		}
	}
	return lines <= linesOfDesk
}

func findMobiles(p *page) (found []finding) {
	if p.pressContact() && p.public {
		return nil
	}
	p.eachPhone(func(field int, v value, low string) {
		if !mobilePhone(low) {
			return
		}
		g := finding{field: field, start: v.start, end: v.end}
		if p.public || p.named("job_offer") || p.pressContact() || p.fields[field].forPress(v.start) {
			g.severity = Note
			g.says = &Text{"Numéro de téléphone mobile : à retirer ou à remplacer par un contact de service", "A mobile number: remove it or give a role contact"}
		}
		found = append(found, g)
	})
	return found
}

func findLandlines(p *page) (found []finding) {
	if p.settled || p.pressContact() {
		return nil
	}
	p.eachPhone(func(field int, v value, low string) {
		if !mobilePhone(low) {
			g := finding{field: field, start: v.start, end: v.end}
			if !p.public && atHome(foldString(cut(p.fields[field].raw[max(0, v.start-60):], 60))) {
				g.severity, g.approver = Review, "person"
			}
			found = append(found, g)
		}
	})
	return found
}

// atHome tells whether the words before a number say that it is a person's own.
func atHome(before string) bool {
	for _, w := range []string{"at home", "home phone", "home number", "private number", "own phone", "domicile", "chez elle", "chez lui", "perso", "a la maison", "ligne privee"} {
		if strings.Contains(before, w) {
			return true
		}
	}
	return false
}

func findPhoneList(p *page) (found []finding) {
	seen := map[string]bool{}
	p.eachPhone(func(field int, v value, low string) {
		if d := phoneDigits(low); !seen[d] {
			seen[d] = true
			found = append(found, finding{field: field, start: v.start, end: v.end})
		}
	})
	if len(found) < p.policy.listSize() {
		return nil
	}
	if p.public { // a page of agencies, with its numbers, is made to be read
		for i := range found {
			found[i].severity, found[i].approver = Review, "dpo"
		}
	}
	return found
}

var (
	listExtension = words.list("personal extension")
	extension     = regexp.MustCompile(`^ ?(?:n° ?|interne ?|: ?){0,2}\d{3,5}\b`)
)

func findExtension(p *page) (found []finding) {
	p.each(listExtension, func(f *field, h *hit) bool {
		if f.said() {
			if m := extension.FindStringIndex(cut(f.low[h.end:], 24)); m != nil {
				found = append(found, p.lows(int(h.field), int(h.start), int(h.end)+m[1]))
			}
		}
		return len(found) < maxFindings
	})
	return found
}
