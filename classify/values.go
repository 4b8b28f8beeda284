package classify

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// valueKind is what a number or name found in a text is.
type valueKind uint8

const (
	isEmail valueKind = iota
	isPhone
	isNIR
	isIBAN
	isRIB
	isCard
	isTestCard
	isBirth
	isPaper // number of an identity document
	isSecret
	isAnnounced // a number announced as one of these that has not its form or its key
	isPlate     // of a vehicle of which the text speaks
)

// value is a personal or secret value: raw[start:end] of the text that it was found in.
type value struct {
	kind       valueKind
	rule       string // of a secret: which credential
	start, end int
}

// sure tells whether a value is what it looks like in any surroundings: by its letters, or by a checksum of two digits.
func (v value) sure() bool {
	switch v.kind {
	case isSecret, isMasked, isNIR, isIBAN, isEmail:
		return true
	}
	return false
}

// labelled tells whether a value counts among the words of a page that are no text.
func (v value) labelled() bool {
	return v.sure() || v.kind == isPaper || v.kind == isPhone || v.kind == isCard && v.end-v.start > longestRunOfCard
}

// longestRunOfCard is more than the digits of the usual cards: a longer value of a form is written in groups.
const longestRunOfCard = 17

// valuesOf finds the personal and secret values of a text, in order, without overlaps. It needs no
// more than the text: what a value means is for the rules to say.
func valuesOf(f *folded) []value {
	all, _ := valuesAndMarks(f, spansOf(f.low, spansFor(len(f.low))))
	return all
}

// valuesAndMarks also gives the landmarks that it saw. It is given the words of the text.
func valuesAndMarks(f *folded, spans []wordSpan) (all []value, marks []stretch) {
	low := f.low
	digits := digitsUpTo(low, 9)
	add := func(kind valueKind, start, end int) {
		from, to := f.span(start, end)
		all = append(all, value{kind: kind, start: from, end: to})
	}
	if strings.Contains(low, maskedLead) {
		all = append(all, placeholdersOf(f)...)
	}
	marks = landmarksOf(low, spans)
	all = append(all, secretsOf(f, spans, marks)...)
	if strings.IndexByte(low, '@') >= 0 {
		eachEmail(low, func(start, end int) {
			add(isEmail, start, end)
			if m := mailPair.FindStringSubmatchIndex(cut(low[end:], 120)); m != nil {
				a, b := trimmedWord(low, end+m[2], end+m[3])
				if a, b = f.span(a, b); saidWord(f.raw[a:b]) {
					all = append(all, value{kind: isSecret, rule: "secret/password", start: a, end: b})
				}
			}
		})
	}
	if digits >= 4 {
		for _, at := range marks {
			if at.of == aPaper {
				if m := paperNumber.FindStringSubmatchIndex(low[at.from:min(len(low), at.from+90)]); m != nil {
					add(isPaper, at.from+m[2], at.from+m[3])
				}
			}
			if at.of == aBirth {
				eachBirth(low, at.from, func(start, end int) { add(isBirth, start, end) })
			}
		}
	}
	if digits >= 9 {
		eachNumber(low, spans, add)
	}
	for _, at := range marks {
		switch at.of {
		case aMail:
			eachSpelledMail(low, at.word, func(start, end int) { add(isEmail, start, end) })
		case aSpelled:
			if _, end := spelledPhone(low, at.word); end > 0 {
				add(isPhone, at.word, end)
			}
		case aVehicle:
			from, _ := f.span(at.from, at.word)
			plates := func(start, end int) { all = append(all, value{kind: isPlate, start: start, end: end}) }
			eachPlate(f.raw, from, from+maxPlateReach, '-', plates)
			if namesPlate.MatchString(low[at.word:]) {
				eachPlate(f.raw, from, from+maxPlateReach, ' ', plates)
			}
		case aBranch:
			if kind, start, end := branchAccount(low, at.word); end > 0 && digits >= 9 {
				add(kind, start, end)
			}
		}
	}
	if digits >= fewestDigits {
		all = append(all, announcedNumbers(f, marks, all)...)
	}
	return apart(all), marks
}

var (
	branchLine = regexp.MustCompile(`banque[^0-9\n]{0,12}(\d{5})\D{1,20}guichet\D{0,12}\d{5}\D{1,24}compte\D{0,12}[\da-z]{11}(?:\D{1,12}cle\D{0,6}\d{2})?\b`)
	branchRow  = regexp.MustCompile(`^guichet[^\n]{0,60}\n\s{0,3}(\d{5}\s{1,3}\d{5}\s{1,3}[\da-z]{11}\s{1,3}\d{2})\b`)
)

// branchAccount reads a French account in four parts, each after its name or under it, where the name of the second stands
// at low[i].
func branchAccount(low string, i int) (kind valueKind, start, end int) {
	from := max(0, i-50)
	near := low[from:min(len(low), i+150)]
	if m := branchLine.FindStringSubmatchIndex(near); m != nil {
		return isRIB, from + m[2], from + m[1]
	}
	if m := branchRow.FindStringSubmatchIndex(near[i-from:]); m != nil {
		return isRIB, i + m[2], i + m[3]
	}
	return 0, 0, 0
}

// digitsUpTo counts the digits of a text, up to most.
func digitsUpTo(s string, most int) (n int) {
	for i := 0; i < len(s) && n < most; i++ {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

// apart sorts values and drops those inside an earlier one.
func apart(all []value) []value {
	if len(all) < 2 {
		return all
	}
	slices.SortStableFunc(all, func(a, b value) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	kept := all[:1]
	for _, v := range all[1:] {
		if last := &kept[len(kept)-1]; v.start >= last.end {
			kept = append(kept, v)
		} else if v.end > last.end {
			last.end = v.end
		}
	}
	return kept
}

// eachEmail finds the addresses of folded text (RFC 5321 as people write them), also those written
// with [at] or (at) for the sign.
func eachEmail(low string, found func(start, end int)) {
	for i := 0; i < len(low); i++ {
		if low[i] != '@' {
			continue
		}
		start := i
		for start > 0 && i-start < 64 && (isLetter(low[start-1]) || isDigit(low[start-1]) || strings.IndexByte("._%+-", low[start-1]) >= 0) {
			start--
		}
		for start < i && !isLetter(low[start]) && !isDigit(low[start]) {
			start++
		}
		end := i + 1
		for end < len(low) && end-i < 128 && (isLetter(low[end]) || isDigit(low[end]) || low[end] == '-' || low[end] == '.') {
			end++
		}
		for end > i && (low[end-1] == '.' || low[end-1] == '-') {
			end--
		}
		host := low[i+1 : max(end, i+1)]
		dot := strings.LastIndexByte(host, '.')
		if dot > 0 && fileEnding[host[dot+1:]] { // a picture that bears somebody's address
			host = host[:dot]
			end -= len(low[i+1:end]) - dot
			dot = strings.LastIndexByte(host, '.')
		}
		if start == i || dot < 1 || len(host)-dot < 3 || len(host)-dot > 25 || fileEnding[host[dot+1:]] || !letters(host[dot+1:]) {
			continue
		}
		found(start, end)
		i = end - 1
	}
}

// fileEnding holds the endings that make logo@2x.png no address and that are no part of somebody's in the name of a file.
var fileEnding = setOf("png jpg jpeg webp svg gif js css avif txt pdf doc docx xls xlsx ppt pptx odt ods odp csv rtf html htm eml msg")

func letters(s string) bool {
	for i := range len(s) {
		if !isLetter(s[i]) {
			return false
		}
	}
	return s != ""
}

// paperNumber is the number of a French or European passport, identity card or driving licence, near
// the words that announce it.
var paperNumber = regexp.MustCompile(`(?:passeport|passport|identite|cni|sejour|conduire|card|licence|license|permit|permis)\b(?:[^\n.;]{0,30}?|[^\n.;]{0,12}?\bn(?:o|um|umber)?\. ?)\b(\d{2}[a-z]{2}\d{5}|\d{12}|[a-z0-9]{2}\d{7}|[a-z]\d{8})\b`)

var birthDate = mustAtWord(`\b(?:nee?s?(?:\(e\)|\.e)? le|date de naissance|date of birth|birth ?date|born on|born|geboren am|geburtsdatum|nacid[oa] el|nat[oa] il|naissance|d\.?o\.?b\.?)\s{0,2}[:=]?\s{0,2}(?:le )?(\d{1,2}(?:er|st|nd|rd|th)?[ /.\-](?:\d{1,2}|[a-z]{3,10})[ /.\-,]{1,2}\d{2,4}|[a-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d{2}-\d{2})`)

// eachBirth finds the date of birth after the words that announce one, near low[from].
func eachBirth(low string, from int, found func(start, end int)) {
	if m := birthDate.FindStringSubmatchIndex(low[from:min(len(low), from+80)]); m != nil {
		found(from+m[2], from+m[3])
	}
}

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
