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
	room := spareRooms.Get().(*spanRoom)
	defer room.giveBack()
	spans, _ := room.read(f.low, false)
	all, _ := valuesAndMarks(f, spans, nil)
	return all
}

// valuesAndMarks also gives the landmarks that it saw. It is given the words of the text, and their numbers if these are known.
func valuesAndMarks(f *folded, spans []wordSpan, numbers []uint16) (all []value, marks []stretch) {
	low := f.low
	digits := digitsUpTo(low, 9)
	add := func(kind valueKind, start, end int) {
		from, to := f.span(start, end)
		all = append(all, value{kind: kind, start: from, end: to})
	}
	if strings.Contains(low, maskedLead) {
		all = append(all, placeholdersOf(f)...)
	}
	marks = landmarksOf(low, spans, numbers)
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
