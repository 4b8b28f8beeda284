package classify

import (
	"regexp"
	"strings"
)

// Numbers of people, accounts and cards among the digits of a text, and the dates, hours and numbers of things that they
// are not.

// eachNumber looks at every group of digits once.
func eachNumber(low string, spans []wordSpan, add func(kind valueKind, start, end int)) {
	done := 0
	found := func(kind valueKind, start, end int) {
		add(kind, start, end)
		done = end
	}
	for _, w := range spans {
		i, end := int(w.from), int(w.to)
		if i < done {
			continue
		}
		c := low[i]
		if isDigit(c) {
			if digitsUpTo(low[i:min(len(low), i+numberReach)], fewestDigits) < fewestDigits {
				continue
			}
			if kind, from, stop := numberAt(low, i); stop > 0 {
				found(kind, from, stop)
			}
			continue
		}
		if end-i == 2 || end-i >= 4 && isDigit(low[i+2]) {
			if stop := ibanAt(low, i, end); stop > 0 {
				found(isIBAN, i, stop)
				continue
			}
		}
		if c == 'o' {
			if stop := slippedMobile(low, i); stop > 0 {
				found(isPhone, i, stop)
			}
		}
	}
}

// Every number that is looked for has so many digits within so many bytes, also where a reader of pictures took some of
// them for letters.
const (
	fewestDigits = 6
	numberReach  = 48
)

// ibanAt gives the end of the account number that begins with the word low[i:end], or 0. Its groups may stand a space
// more apart, and readers of pictures take a 0 for an o and a 1 for an l: the checksum tells.
func ibanAt(low string, i, end int) int {
	start := i + 2
	if end-i == 2 && end+2 < len(low) && low[end] == ' ' {
		start = end + 1 // FR 76
	}
	if !isLetter(low[i]) || start+2 > len(low) || !isLetter(low[i+1]) || !isDigit(low[start]) || !isDigit(low[start+1]) {
		return 0
	}
	want := ibanLength[low[i:i+2]]
	said := strings.Contains(low[max(0, i-12):i], "iban")
	if want == 0 || start != i+2 && !said { // "un groupe de 10 personnes"
		return 0
	}
	var b [34]byte
	b[0], b[1] = low[i], low[i+1]
	n, k := 2, start
	for k < len(low) && n < want {
		switch c := low[k]; {
		case isLetter(c) || isDigit(c):
			b[n] = c
			n++
		case (c == ' ' || c == '-' || c == '.' || c == '\n') && (isWord(low[k-1]) || said && low[k-1] == ' ' && isWord(low[k-2])):
		default:
			return 0
		}
		k++
	}
	if n < want || k < len(low) && isWord(low[k]) {
		return 0
	}
	if !iban(string(b[:n])) {
		for at := 4; at < n; at++ {
			b[at] = unslipped(b[at])
		}
		if !said || !iban(string(b[:n])) {
			return 0
		}
	}
	return k
}

// unslipped is the digit that a letter was read for, or the letter.
func unslipped(c byte) byte {
	switch c {
	case 'o':
		return '0'
	case 'l', 'i':
		return '1'
	}
	return c
}

// numberAt names the number that begins at low[i], a digit that begins a word; stop is 0 when it is
// none that we know. A number may be written in groups with one separator between them.
func numberAt(low string, i int) (kind valueKind, from, stop int) {
	var compact [40]byte
	var ends [40]int // end offset of the chunk that ends with n characters, 0 inside a chunk
	var sep [40]bool // a separator comes before character n
	n, k := 0, i
	before := low[max(0, i-48):i]
	said := namesBefore(before)
	slips := said[ofNIR] || said[ofCard]
	for k < len(low) && n < 34 {
		c := low[k]
		if slips && n > 0 {
			c = unslipped(c)
		}
		switch {
		case isDigit(c) || (c == 'a' || c == 'b') && n > 0 && compact[n-1] == '2' && isDigit(low[k-1]) && k+1 < len(low) && !isLetter(low[k+1]) || n >= 10 && isLetter(c):
			compact[n] = c
			n++
			k++
			if k == len(low) || !isWord(low[k]) {
				ends[n] = k
			}
			continue
		case (c == ' ' || c == '.' || c == '-' || c == '/' || c == '\n') && k+1 < len(low) && isWord(low[k+1]):
			k++
			sep[n] = true
			continue
		case c == ' ' && strings.HasPrefix(low[k:], " - ") && k+3 < len(low) && isDigit(low[k+3]):
			k += 3
			sep[n] = true
			continue
		case slips && c == ' ' && k+2 < len(low) && low[k+1] == ' ' && isDigit(low[k+2]), c == ')' && k == i+2 && i > 0 && low[i-1] == '(' && strings.HasPrefix(low[k:], ") ") && k+2 < len(low) && isDigit(low[k+2]):
			k += 2
			sep[n] = true
			continue
		}
		break
	}
	s := string(compact[:n])
	glued := i > 0 && (low[i-1] == '.' || low[i-1] == ',') && i > 1 && isDigit(low[i-2]) // the decimals of another number

	// A number of social security, with its key or with a word that says what it is.
	if n >= 15 && ends[15] > 0 && nirGroups(ends[:15]) && nir(s[:15]) && !glued && (said[ofNIR] || !ofThing(before)) {
		return isNIR, i, ends[15]
	}
	if n >= 13 && ends[13] > 0 && nirShape(s[:13]) && said[ofNIR] && !strings.Contains(before, "siret") {
		return isNIR, i, ends[13]
	}
	if glued {
		return 0, 0, 0
	}
	if n >= 23 && ends[23] > 0 && rib(s[:23]) && (ends[5] > 0 && ends[10] > 0 && ends[21] > 0 || strings.Contains(before, "rib") || strings.Contains(before, "compte")) {
		return isRIB, i, ends[23]
	}
	if kind, from, stop := phoneAt(low, i, s, ends[:], sep[:]); stop > 0 && !inDate(low, i) && !bookNumber.MatchString(before) {
		return kind, from, stop
	}
	for size := 19; size >= 13; size-- {
		if n < size || ends[size] == 0 || !allDigits(s[:size]) || !card(s[:size]) {
			continue
		}
		switch {
		case size == 14 && siren(s[:9]) && !said[ofCard]: // a SIRET
		case size == 13 && !said[ofCard]: // an article number
		case !said[ofCard] && (!cardGroups(ends[:], size) || ofThing(before)):
		case printedCard(s[:size]):
			return isTestCard, i, ends[size]
		default:
			return isCard, i, ends[size]
		}
	}
	return 0, 0, 0
}

// bookNumber is the name of a number of ten or thirteen digits right before it.
var bookNumber = regexp.MustCompile(`\b(?:isbn|issn|ean|gtin)(?:[- ]?1[034])?[^\n0-9a-z]{0,8}$`)

// inDate tells whether the number that begins at low[i] is one of a date in figures, in any place of it, or begins with one:
// "06/10/2026 - 10:12", "1.07.2026 10.12", "2026-06-10 09.12.33".
func inDate(low string, i int) bool {
	from := i
	for k := i; k > 0 && i-k < longestDate && (isDigit(low[k-1]) || isDateSign(low[k-1])); k-- {
		if k == 1 || !isWord(low[k-2]) && isDigit(low[k-1]) {
			from = k - 1
		}
		if end := dateEnd(low, from); end > i {
			return true
		}
	}
	return dateEnd(low, i) > 0 || daysAt(low, i)
}

// daysAt tells whether two days of one year begin at low[i]: "06/07 - 08/07/26".
func daysAt(low string, i int) bool {
	a, i1 := figure(low, i)
	if i1 >= len(low) || low[i1] != '/' {
		return false
	}
	b, i2 := figure(low, i1+1)
	if i2 == i1+1 || i2-i1 > 3 || a < 1 || a > 31 || b < 1 || b > 12 || i2 < len(low) && low[i2] == '/' {
		return false
	}
	rest := strings.TrimLeft(cut(low[i2:], 16), " ")
	return strings.HasPrefix(rest, "-") && daysEnd.MatchString(rest)
}

var daysEnd = regexp.MustCompile(`^- ?[0-3]?\d/[01]?\d/(?:\d\d|20\d\d)(?:\D|$)`)

const longestDate = len("31/12/2026")

func isDateSign(c byte) bool { return c == '/' || c == '.' || c == '-' }

// dateEnd gives the end of the date in figures that begins at low[i], 0 for none: the day, the month and the year in either
// order, with one sign between them. Two digits of a year are read where the signs are strokes and an hour or another date
// follows, for people write telephone numbers with any sign.
func dateEnd(low string, i int) int {
	a, i1 := figure(low, i)
	if i1 == i || i1 >= len(low) || !isDateSign(low[i1]) && low[i1] != ' ' {
		return 0
	}
	sign := low[i1]
	b, i2 := figure(low, i1+1)
	if i2 == i1+1 || i2-i1 > 3 || i2 >= len(low) || low[i2] != sign {
		return 0
	}
	c, end := figure(low, i2+1)
	switch n := end - i2 - 1; {
	case i1-i == 4: // the year first
		if sign == ' ' || n < 1 || n > 2 || !isYear(a) || b < 1 || b > 12 || c < 1 || c > 31 {
			return 0
		}
	case i1-i > 2 || a < 1 || b < 1 || a > 31 || b > 31 || a > 12 && b > 12:
		return 0
	case n == 4 && isYear(c):
		if sign != ' ' && end+1 < len(low) && low[end] == sign && isDigit(low[end+1]) || sign == ' ' && !hourAt(low, end) {
			return 0 // it goes on as a number in groups does
		}
	case n != 2 || sign != '/' || !hourAt(low, end) && !daysEnd.MatchString(strings.TrimLeft(cut(low[end:], 16), " ")):
		return 0
	}
	return end
}

// figure reads the digits at low[i], and gives where they end.
func figure(low string, i int) (n, end int) {
	for end = i; end < len(low) && end-i < 5 && isDigit(low[end]); end++ {
		n = 10*n + int(low[end]-'0')
	}
	return n, end
}

func isYear(n int) bool { return n >= 1950 && n < 2050 }

// hourAt tells whether an hour of the day follows: " 10:12", " - 10h12", " a 10 h".
func hourAt(low string, i int) bool {
	rest := strings.TrimLeft(cut(low[i:], 12), " -,")
	rest = strings.TrimPrefix(rest, "a ")
	n, end := figure(rest, 0)
	rest = strings.TrimLeft(rest[end:], " ")
	return end > 0 && end <= 2 && n < 24 && rest != "" && (rest[0] == ':' || rest[0] == 'h' || rest[0] == '.' && len(rest) > 2 && isDigit(rest[1]) && rest[1] < '6' && isDigit(rest[2]))
}

// cardGroups tells whether digits are written in one run, in fours, or as American Express and
// Diners do.
func cardGroups(ends []int, size int) bool {
	cuts := 0
	for n := 1; n < size; n++ {
		if ends[n] == 0 {
			continue
		}
		cuts++
		if n%4 != 0 && !(size < 16 && (n == 10)) {
			return false
		}
	}
	return cuts == 0 || cuts >= 2
}

// nirGroups tells whether the groups of a number are those of a social security number: sex, year,
// month, department, town, order, key.
func nirGroups(ends []int) bool {
	for n, at := range ends {
		if at > 0 && n != 1 && n != 3 && n != 5 && n != 7 && n != 10 && n != 13 {
			return false
		}
	}
	return true
}

// What may stand before a number.
const (
	ofNIR = iota
	ofCard
	kindsOfName = iota
)

var numberNames = newSeeker([][]string{
	ofNIR:  {"securite sociale", "secu", "nir ", "nir:", "n° ss", "no ss", "numero ss", "social security", "immatriculation"},
	ofCard: {"carte", "card", "cb ", "cb:", "visa", "mastercard", "amex", "american express", "diners"},
}...)

// namesBefore tells which names of numbers stand in the words before one.
func namesBefore(before string) (said [kindsOfName]bool) {
	numberNames.each(before, func(_ int, w sought) bool { said[w.list] = true; return true })
	return said
}

// thingNumber is the name of a company's number, a parcel's or an article's right before a number. "Suivi" and its like
// are words of every day: they count only where they are the name itself.
var thingNumber = regexp.MustCompile(`\b(?:(?:siret|siren|rcs|tva|vat|ean|gtin|isbn|imei|duns)\b(?:[^\n.!?;,0-9]|-1[034])*` +
	`|(?:(?:numeros?|num|n°|no|code|reference|ref|lien|bon)\.? ?(?:de |du |d')?(?:suivi|colis|commande|livraison|expedition)|suivi (?:de |du |des )?(?:colis|commandes?)|colis|tracking(?: (?:number|code|id|no))?|parcel(?: (?:number|id|no))?|(?:order|shipment|consignment) (?:number|id|no))` +
	`(?:\b|')(?:[ :=#\t(]|°|\b(?:n|no|n°|num|numero|number|code|ref|reference|est|is|le|the|du|de|des|la)\b\.?)*)$`)

// ofThing tells whether the words before a number end in such a name.
func ofThing(before string) bool { return thingNumber.MatchString(before) }

func saysCard(before string) bool { return namesBefore(before)[ofCard] }
