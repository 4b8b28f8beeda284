package extract

import (
	"slices"
	"strings"
	"time"
)

// What a signed line says: its author and its day, part by part.

// signedLine is what such a line says.
type signedLine struct {
	name     string // "" when it is nobody's
	day      time.Time
	changed  bool   // the day is one of a change
	changer  bool   // the name is that of who changed it
	told     bool   // a verb says that somebody wrote it
	by       string // what stands in the name's place
	aside    bool   // other words stand beside day, name and verb
	posted   bool   // a verb stands before the day
	hour     bool   // an hour stands at the day
	placed   bool   // a place stands beside it
	text     string // the line
	from, to int32  // its blocks
}

// signatureOf reads a whole line, false when it is another one.
func (f *facts) signatureOf(s, lang string) (sig signedLine, ok bool) {
	if !strings.ContainsAny(s, "0123456789") || len(s) > mostSignedBytes {
		return sig, false
	}
	s = oneLine(strings.ReplaceAll(s, "\n", " | "), 2*mostSignedBytes)
	d := dayReader{text: s, words: wordsOf(s), lang: lang}
	if strings.ContainsAny(s, "«»“”\"") || len(d.words) < 3 || len(d.words) > mostSignedWords {
		return sig, false
	}
	for i := range d.words {
		t, next, dated := d.date(i)
		if !dated {
			continue
		}
		before := signedParts(s[:d.words[i].from])
		glued := len(before) > 0 && !strings.ContainsAny(lastRune(s[:d.words[i].from]), "|·•–—,;:-/()") // "l'atelier a ouvert le 4 mai"
		day := next
		next = d.hour(next)
		end := d.words[next-1].to
		after := signedParts(s[end:])
		joined := len(after) > 0 && !strings.ContainsAny(firstRune(s[end:]), "|·•–—,;:-/()")
		if len(before)+len(after) > mostSignedParts {
			return sig, false
		}
		sig.day, sig.hour = t, next > day
		by := -1
		parts := append(before, after...)
		for k, part := range parts {
			name, verb, changed, whole, is := byPart(part)
			if !is {
				continue
			}
			if by >= 0 {
				return sig, false // two people: whose line it is nobody tells
			}
			by = k
			sig.by, sig.aside = name, !whole
			sig.name, sig.told, sig.changer, sig.changed = f.signedName(name), verb, changed, changed
			if sig.name == "" && next == day && !nobody[fold(name)] {
				return sig, false // "créé par décret le 3 mai"
			}
		}
		switch last := len(before) - 1; {
		case glued && by != last && !d.publishes(before[last]):
			return sig, false // what happened on that day
		case glued && by != last:
			sig.changed = d.changes(before[last]) // "créé par Fatou Sarr, modifié le"
		case joined && by != len(before) && !strings.HasPrefix(fold(after[0]), "dans") && !strings.HasPrefix(fold(after[0]), "in"):
			return sig, false // where it happens
		}
		bare := by < 0
		if bare {
			if by, sig.name = f.bareName(parts); sig.name == "" {
				return sig, false
			}
			sig.by = parts[by]
		} else if slices.ContainsFunc(slices.Concat(parts[:by], parts[by+1:]), func(part string) bool { return len(strings.Fields(part)) > mostAsideWords }) {
			return sig, false
		}
		for k, part := range parts {
			sig.aside = sig.aside || k != by && !d.publishes(part) && !isCounter(part) && !emptyAsides[fold(part)]
			sig.posted = sig.posted || k != by && !emptyAsides[fold(part)] && d.publishes(part)
			sig.placed = sig.placed || k != by && venueIn(part)
		}
		if !bare && by > 0 && by < len(before) && !strings.ContainsAny(lastRune(s[:strings.Index(s, before[by])]), "|·•–—-:/") {
			return sig, false // the title of what somebody else published
		}
		return sig, true
	}
	return sig, false
}

// signedParts cuts the rest of a line at its separators.
func signedParts(s string) (parts []string) {
	for _, sign := range [...]string{" - ", " / ", "\u00a0- "} {
		s = strings.ReplaceAll(s, sign, "|")
	}
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("|·•–—,;()\n", r) }) {
		if part = strings.Trim(part, " \u00a0:-.»«"); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

func lastRune(s string) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) == 0 {
		return ""
	}
	return string(r[len(r)-1])
}

func firstRune(s string) string {
	for _, r := range strings.TrimSpace(s) {
		return string(r)
	}
	return ""
}

// hour gives the word after the hour that stands behind a date: "- 10:12", "à 10 h 12", "at 10.12 am".
func (d *dayReader) hour(i int) int {
	j := i
	switch d.at(j) {
	case "a", "at", "vers":
		j++
	}
	if d.number(j, 2) < 0 {
		return i
	}
	for n := 0; n < 8; n++ {
		switch w := d.at(j); {
		case d.number(j, 2) >= 0, w == "h", w == "min", w == "heures", w == "am", w == "pm", w == "utc", w == "gmt", w == "cet", w == "cest", w == "bst":
			j++
		default:
			return j
		}
	}
	return j
}

// changes tells whether a part begins with words of a change.
func (d *dayReader) changes(part string) bool {
	p := dayReader{text: part, words: wordsOf(part)}
	return p.any(0, changeVerbs) > 0
}

// publishes tells whether a part is no more than the words before a day of publication.
func (d *dayReader) publishes(part string) bool {
	p := dayReader{text: part, words: wordsOf(part)}
	n := len(p.words)
	return n > 0 && (p.any(0, publishedWords) == n || p.any(0, signVerbs) == n || p.any(0, changeVerbs) == n)
}

// byPart reads "Soumis par Fatou Sarr", "by Tom Hill in News", "Auteur : Fatou Sarr": the name, whether a verb leads it,
// whether it is one of change, and whether this is the whole part.
func byPart(part string) (name string, verb, changed, whole, ok bool) {
	d := dayReader{text: part, words: wordsOf(part)}
	i := d.any(0, changeVerbs)
	if changed = i > 0; !changed {
		i = d.any(0, signVerbs)
	}
	verb = i > 0
	switch d.at(i) {
	case "le", "on": // "publié le": the day stands between
		return "", verb, changed, false, false
	}
	n := d.any(i, byWords)
	colon := verb && i < len(d.words) && strings.Contains(d.between(i-1), ":") && n == 0
	if n == 0 && !colon || !verb && (d.at(i) == "de" || d.at(i) == "from") || i+n >= len(d.words) {
		return "", verb, changed, false, false
	}
	end := len(d.words)
	for k := i + n + 1; k < end; k++ {
		switch d.at(k) {
		case "dans", "in", "pour", "for", "sur", "via":
			end = k
		}
	}
	whole = end == len(d.words)
	switch d.at(end - 1) {
	case "du", "le", "on", "of", "en":
		end--
	}
	if end <= i+n || end-i-n > mostByWords {
		return "", verb, changed, false, false
	}
	return part[d.words[i+n].from:d.words[end-1].to], verb, changed, whole, true
}

// signedName gives a name that stands behind "par" or "by", "" when it is nobody's.
func (f *facts) signedName(s string) string {
	if s = f.person(s); s == "" || !looksNamed(s) {
		return ""
	}
	return s
}

// emptyAsides are parts of a line that say nothing more.
var emptyAsides = wordSet("le on date nonverifie notverified unverified")

// bareName gives the one part of a line that is the full name of a person with nothing to say so: it has to begin with a
// given name, for "Vie du site" and "La Rochelle" stand there as well.
func (f *facts) bareName(parts []string) (at int, name string) {
	for k, part := range parts {
		n := strings.Fields(part)
		if len(n) > mostBareWords && !isCounter(part) {
			return 0, "" // the title of another page, more likely than a category
		}
		if len(n) < 2 || len(n) > 4 || !given(n[0]) || !looksNamed(part) || teamWords[fold(n[0])] || teamWords[fold(n[len(n)-1])] {
			continue
		}
		if name != "" {
			return 0, ""
		}
		at, name = k, f.person(part)
	}
	return at, name
}

// given tells whether a word is a given name: with a capital, alone or of two.
func given(w string) bool {
	if w == "" || strings.ToLower(w) == w {
		return false
	}
	for part := range strings.SplitSeq(w, "-") {
		if !givenNames[fold(part)] {
			return false
		}
	}
	return true
}
