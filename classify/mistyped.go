package classify

import "regexp"

// A number after the word that says what it is: whoever mistypes a key has still given the number.
var (
	listAnnounced = words.list("personal announced")
	announcedForm = regexp.MustCompile(`^(?:` +
		`(?:iban|rib|compte|bank account|account|sort)\b[^\n.;\d]{0,40}?\b([a-z]{2}[\doil]{2}(?:[ .\-]{0,2}[a-z]?[\doil][a-z0-9]{1,3}){3,8}|\d{5}[ \-]?\d{5}[ \-]?[a-z0-9]{11}(?:[ \-]?\d{2})?|\d{2}-\d{2}-\d{2} \d{8}|\d{8,12})\b` +
		`|(?:carte (?:ban|ble|de)|cb|company card|credit|bank card|debit|visa|mastercard|amex)[a-z]*\b[^\n.;\d]{0,40}?\b([\doil]{4}(?:[ .\-]{0,2}[\doil]{4}){3}|\d{4}[ \-]?\d{6}[ \-]?\d{5})\b` +
		`|(?:securite|num|n |no |nir|national|ni |nino|social|ssn)[^\n.;\d]{0,50}?\b([12l](?:[ .\-]?[\doil]){12}(?:[ .\-]?[\doil]{2})?|[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]|\d{3}-\d{2}-\d{4})\b` +
		`|(?:passe?port|carte d|cni|identity|id card|permis|driving|titre)[^\n.;\d]{0,40}?\b([a-z0-9]{0,2}\d{6,12})\b)`)
)

// findMistyped asks where a number is announced as personal and is not one that the rules above have read.
func findMistyped(p *page) (found []finding) {
	if p.public {
		return nil
	}
	p.each(listAnnounced, func(f *field, h *hit) bool {
		if !f.prose() {
			return true
		}
		m := announcedForm.FindStringSubmatchIndex(f.low[h.start:min(len(f.low), int(h.start)+110)])
		for k := 2; k+1 < len(m); k += 2 {
			if m[k] < 0 {
				continue
			}
			g := p.lows(int(h.field), int(h.start)+m[k], int(h.start)+m[k+1])
			known := false
			for _, v := range f.values {
				known = known || v.start < g.end && v.end > g.start && v.kind != isPhone
			}
			if !known {
				g.quote = "••••"
				found = append(found, g)
			}
		}
		return len(found) < maxFindings
	})
	return found
}
