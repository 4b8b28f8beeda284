package extract

import (
	"strings"

	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

const (
	maxHiddenFields = 40  // values of one page
	maxHiddenValue  = 500 // bytes of one
)

// hiddenFields gives what people have written into the hidden fields of forms, each with the name of its field, as words of
// the page that are no text: sentences, what may be a credential, the number of an account, a card or a person. The state
// that programs keep there is none of these. The name of a field that is seen counts too where its value is a credential.
func (f *facts) hiddenFields() (zones []content.Zone) {
	for i := range f.elements {
		n := f.elements[i].node
		if n.DataAtom != atom.Input {
			continue
		}
		name, value := attr(n, "name"), strings.TrimSpace(attr(n, "value"))
		if name == "" {
			name = attr(n, "id")
		}
		unseen := strings.EqualFold(attr(n, "type"), "hidden")
		if len(value) > maxHiddenValue || strings.Contains(f.text, value) || !mayBeKey(name, value) && !(unseen && writtenByHand(value)) {
			continue
		}
		zones = append(zones, content.Zone{Kind: content.ZoneLabel, Text: norm.NFC.String(oneLine(joined(name, value), maxHiddenValue))})
		if len(zones) == maxHiddenFields {
			break
		}
	}
	return zones
}

// writtenByHand tells whether the value of a hidden field may be a person's: words, or a number with a meaning.
func writtenByHand(value string) bool {
	if longNumber(value) {
		return true
	}
	if strings.HasPrefix(value, "http") || strings.ContainsAny(value, "{}<>[]|") {
		return false
	}
	words := 0
	for word := range strings.FieldsSeq(value) {
		if countLetters(word) >= 2 {
			words++
		}
	}
	return words >= 3
}

// longNumber tells whether a value has the shape of the number of an account, a card or a person: 13 to 19 digits, or two
// capitals and at least two digits before more of both.
func longNumber(value string) bool {
	s := strings.NewReplacer(" ", "", "\u00a0", "", "-", "", ".", "").Replace(value)
	if len(s) < 13 || len(s) > 34 {
		return false
	}
	if upperLetter(s[0]) && upperLetter(s[1]) && len(s) >= 15 {
		s = s[2:]
		if !isDigits(s[:2]) {
			return false
		}
		return strings.IndexFunc(s, func(r rune) bool { return r > 'Z' || !upperLetter(byte(r)) && (r < '0' || r > '9') }) < 0
	}
	return len(s) <= 19 && isDigits(s)
}

func upperLetter(c byte) bool { return c >= 'A' && c <= 'Z' }
