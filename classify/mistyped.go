package classify

import "regexp"

// A number after the word that says what it is: whoever mistypes a key has still given the number.
var (
	announcedForm = regexp.MustCompile(`^(?:` +
		`(?:iban|rib|compte|bank account|account|sort)\b[^\n.;\d]{0,40}?\b([a-z]{2}[\doil]{2}(?:[ .\-]{0,2}[a-z]?[\doil][a-z0-9]{1,3}){3,8}|\d{5}[ \-]?\d{5}[ \-]?[a-z0-9]{11}(?:[ \-]?\d{2})?|\d{2}-\d{2}-\d{2} \d{8}|\d{8,12})\b` +
		`|(?:carte (?:ban|ble|de)|cb|company card|credit|bank card|debit|visa|mastercard|amex)[a-z]*\b[^\n.;\d]{0,40}?\b([\doil]{4}(?:[ .\-]{0,2}[\doil]{4}){3}|\d{4}[ \-]?\d{6}[ \-]?\d{5})\b` +
		`|(?:secu|num|n |n° |no |nir|national|ni |nino|social|ssn)[^\n.;\d]{0,50}?\b([12l](?:[ .\-]?[\doil]){12}(?:[ .\-]?[\doil]{2})?|[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]|\d{3}-\d{2}-\d{4})\b` +
		`|(?:passe?port|carte d|cni|identity|id card|permis (?:de conduire|n)|driving|titre)[^\n.;\d]{0,40}?\b([a-z0-9]{0,2}\d{6,12})\b)`)
)

// announcedNumbers finds the numbers after such a word that are none of the values known already. A telephone number there
// is taken for what is announced.
func announcedNumbers(f *folded, marks []stretch, known []value) (all []value) {
	for _, at := range marks {
		if at.of != aNumeral {
			continue
		}
		near := f.low[at.word:min(len(f.low), at.word+110)]
		if digitsUpTo(near, fewestDigits) < fewestDigits {
			continue
		}
		m := announcedForm.FindStringSubmatchIndex(near)
		for k := 2; k+1 < len(m); k += 2 {
			if m[k] < 0 || digitsIn(f.low[at.word+m[k]:at.word+m[k+1]]) < fewestDigits {
				continue
			}
			from, to := f.span(at.word+m[k], at.word+m[k+1])
			met := false
			for i := range known {
				if v := &known[i]; v.start < to && v.end > from {
					if v.kind != isPhone {
						met = true
					} else if v.start >= from {
						v.kind = isAnnounced
					}
				}
			}
			if !met {
				all = append(all, value{kind: isAnnounced, start: from, end: to})
			}
		}
	}
	return all
}

// findMistyped asks where a number is announced as personal and is not one that the rules above have read.
func findMistyped(p *page) (found []finding) {
	if p.public {
		return nil
	}
	for i := range p.fields {
		for _, v := range p.fields[i].values {
			if v.kind == isAnnounced && p.fields[i].prose() && len(found) < maxFindings {
				found = append(found, finding{field: i, start: v.start, end: v.end, quote: "••••"})
			}
		}
	}
	return found
}
