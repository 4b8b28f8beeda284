package classify

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// textStats is what one pass over the main text counts.
type textStats struct {
	words     int
	sentences int
	syllables int
	figures   int // numbers with a unit, per cent or currency
	quotes    int // between quotation marks: of eight words or more, or of four that somebody is named for
	questions int // headings that ask
}

// person is a name or a title with a name, as it stands: raw[start:end] of a field.
type person struct {
	field      int
	start, end int
}

var (
	listGiven    = words.list("person given")
	listPortrait = words.list("portrait named")
	listCivility = words.list("person civility")
	figureForm   = regexp.MustCompile(`^\d{1,3}(?:[ .,]\d{3})*(?:[.,]\d+)?\s?(?:%|€|\$|£|euros?\b|eur\b|k€|m€|millions?\b|milliards?\b|billions?\b|tonnes?\b|t\b|kg\b|km\b|m2\b|m²|kwh\b|mwh\b|gwh\b|mw\b|heures?\b|hours?\b|jours?\b|days?\b|ans\b|years?\b|personnes\b|people\b|salaries\b|collaborateurs\b|employees\b|clients\b|customers\b|pays\b|countries\b|fois\b|times\b|sites\b|postes?\b|points?\b|visiteurs\b|visitors\b|pieces\b|litres?\b|pour cent\b|percent\b|per cent\b)`)
)

// measure counts words, sentences and what makes a text worth reading, and finds the people.
func (p *page) measure() {
	p.findPeople()
	if p.body < 0 {
		return
	}
	f := &p.fields[p.body]
	low := f.low
	t := &p.text
	t.syllables = syllables(low)
	gap := 0 // where what stands between two words begins
	for _, w := range f.spans {
		if last := low[w.to-1]; (last == 'e' || last == 's' || last == 't') && silentEnding(low[w.from:w.to], p.item.Language) {
			t.syllables--
		}
		if from := int(w.from); from-gap != 1 || low[gap] != ' ' {
			t.sentences += stops(low, gap, from)
		}
		gap = int(w.to)
	}
	t.words += len(f.spans)
	t.sentences += stops(low, gap, len(low))
	t.sentences = max(t.sentences, 1)
	if p.item.Shape.Words > t.words && t.words == 0 {
		t.words = p.item.Shape.Words
	}
	if hasDigit(low) {
		t.figures = figures(cut(low, 1<<16), 12)
	}
	t.quotes = p.item.Shape.Quotes + longQuotes(f.raw)
	for _, h := range p.item.Headings {
		if strings.HasSuffix(strings.TrimSpace(h.Text), "?") {
			t.questions++
		}
	}
}

// syllables counts the groups of vowels of the words of a text.
func syllables(low string) (n int) {
	last := uint8(0)
	for i := range len(low) {
		v := vowelByte[low[i]]
		n += int(v &^ last)
		last = v
	}
	return n
}

// stops counts the ends of sentences in low[from:to], in which no word stands.
func stops(low string, from, to int) (n int) {
	for i := from; i < to; i++ {
		switch low[i] {
		case '.', '!', '?', ';':
			if i+1 >= len(low) || low[i+1] == ' ' || low[i+1] == '\n' {
				n++
			}
		case '\n':
			if i > 0 && low[i-1] != '.' && low[i-1] != '!' && low[i-1] != '?' && low[i-1] != '\n' {
				n++
			}
		}
	}
	return n
}

// figures counts the numbers with a unit in folded text, up to most.
func figures(low string, most int) int {
	n := 0
	for i := 0; i < len(low) && n < most; i++ {
		if !isDigit(low[i]) {
			continue
		}
		if priced(low, i) {
			n++
			for i+1 < len(low) && (isDigit(low[i+1]) || low[i+1] == '.' || low[i+1] == ',') {
				i++
			}
			continue
		}
		if i > 0 && (isWord(low[i-1]) || low[i-1] == '.' || low[i-1] == ',') {
			continue
		}
		near := low[i:min(len(low), i+40)]
		if !unitFollows(near) {
			continue
		}
		if m := figureForm.FindStringIndex(near); m != nil {
			n++
			i += m[1] - 1
		}
	}
	return n
}

// unitFollows is the quick look for what figureForm needs: after the last digit of the number that s begins with,
// and one white space at most, something that may be a unit.
func unitFollows(s string) bool {
	last, i := 0, 0
	for i < len(s) && (isDigit(s[i]) || s[i] == ' ' || s[i] == '.' || s[i] == ',') {
		if isDigit(s[i]) {
			last = i
		}
		i++
	}
	if last+1 < len(s) && (s[last+1] == ' ' || s[last+1] == '\n') {
		last++
	}
	if last+1 >= len(s) {
		return false
	}
	c := s[last+1]
	return c == '%' || c == '$' || c >= utf8.RuneSelf || c == 't' || last+2 < len(s) && unitLeads.has(c, s[last+2])
}

// unitLeads are how the units of figureForm begin that are words of two letters or more.
var unitLeads = func() (p pairs) {
	for _, w := range strings.Fields("eur k€ m€ million milliard billion kg km m2 m² kwh mwh gwh mw heure hour jour day ans year personne people salarie collaborateur employee client customer pays countr fois times site poste point visiteur visitor piece litre pour percent") {
		p.add(w[0], w[1])
	}
	return p
}()

func isVowel(c byte) bool { return vowelByte[c] > 0 }

// vowelByte is 1 for the vowels and for what is beyond ASCII.
var vowelByte = func() (t [256]uint8) {
	for i := range t {
		t[i] = uint8(one(i >= utf8.RuneSelf || strings.IndexByte("aeiouy", byte(i)) >= 0))
	}
	return t
}()

// silentEnding tells whether the last vowel of a word is not spoken: the e, es and ent of French,
// the final e of English.
func silentEnding(w, lang string) bool {
	if len(w) < 4 {
		return false
	}
	if lang == "fr" || lang == "" {
		switch {
		case strings.HasSuffix(w, "ent"):
			w = w[:len(w)-2]
		case strings.HasSuffix(w, "es"):
			w = w[:len(w)-1]
		}
	}
	return strings.HasSuffix(w, "e") && !isVowel(w[len(w)-2])
}

// longQuotes counts the quotations of eight words or more, and those of four or more after which a name says who spoke.
func longQuotes(raw string) int {
	n := 0
	for _, marks := range [][2]string{{"«", "»"}, {"“", "”"}} {
		for i := 0; n < 20; {
			a := strings.Index(raw[i:], marks[0])
			if a < 0 {
				break
			}
			a += i + len(marks[0])
			b := strings.Index(raw[a:], marks[1])
			if b < 0 {
				break
			}
			if b < 1200 {
				if words := len(strings.Fields(raw[a : a+b])); words >= 8 || words >= 4 && attributed(raw[a+b+len(marks[1]):]) {
					n++
				}
			}
			i = a + b
		}
	}
	return n
}

// Saying are the verbs after which a French or an English text names who spoke.
var Saying = []string{"explique", "résume", "raconte", "confie", "souligne", "précise", "ajoute", "affirme", "déclare", "témoigne", "indique", "se souvient", "se réjouit", "sourit", "rappelle",
	"conclut", "assure", "estime", "note", "observe", "constate", "poursuit", "détaille", "dit", "says", "said", "explains", "explained", "adds", "added", "recalls", "notes", "noted", "concludes"}

// attributed tells whether what follows a quotation names who spoke: ", explique Paul Martin".
func attributed(after string) bool {
	after = strings.TrimLeft(cut(after, 120), " ,.\u00a0\u202f")
	for _, verb := range Saying {
		if rest, ok := strings.CutPrefix(after, verb+" "); ok {
			first, rest, _ := strings.Cut(rest, " ")
			r, _ := utf8.DecodeRuneInString(first)
			second, _ := utf8.DecodeRuneInString(rest)
			return unicode.IsUpper(r) && unicode.IsUpper(second)
		}
	}
	return false
}

// findPeople finds names: a given name and a family name or an initial, a title and a name.
func (p *page) findPeople() {
	p.each(listCivility, func(f *field, h *hit) bool {
		from, to := f.span(int(h.start), int(h.end))
		if first, _ := utf8.DecodeRuneInString(f.raw[from:]); !unicode.IsUpper(first) && len(f.raw[from:to]) < 5 {
			return true
		}
		rest := f.raw[to:]
		if to-from == 1 && !strings.HasPrefix(rest, ".") { // "M" alone is a letter or a metre
			return true
		}
		rest = strings.TrimLeft(strings.TrimPrefix(rest, "."), " \u00a0\u202f")
		if n := properName(rest); n > 0 {
			p.people = append(p.people, person{int(h.field), from, len(f.raw) - len(rest) + n})
		}
		return len(p.people) < 500
	})
	p.each(listGiven, func(f *field, h *hit) bool {
		from, to := f.span(int(h.start), int(h.end))
		if first, _ := utf8.DecodeRuneInString(f.raw[from:]); !unicode.IsUpper(first) {
			return true
		}
		rest := f.raw[to:]
		for strings.HasPrefix(rest, "-") { // Jean-Luc
			n := properName(rest[1:])
			if n == 0 {
				return true
			}
			rest = rest[1+n:]
		}
		if !strings.HasPrefix(rest, " ") && !strings.HasPrefix(rest, "\u00a0") {
			return true
		}
		rest = strings.TrimLeft(rest, " \u00a0")
		if n := familyName(rest); n > 0 {
			p.people = append(p.people, person{int(h.field), from, len(f.raw) - len(rest) + n})
		}
		return len(p.people) < 500
	})
	slices.SortFunc(p.people, func(a, b person) int {
		if a.field != b.field {
			return a.field - b.field
		}
		return a.start - b.start
	})
	kept := p.people[:0]
	for _, q := range p.people {
		if n := len(kept); n > 0 && kept[n-1].field == q.field && q.start < kept[n-1].end {
			continue
		}
		kept = append(kept, q)
	}
	p.people = kept
}

// properName is the length of the capitalised word that s begins with, or of an initial; 0 without.
func properName(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(r) {
		return 0
	}
	for n < len(s) {
		r, k := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '’' {
			break
		}
		n += k
	}
	return n
}

// notFamilyNames follow a given name often enough and are none.
var notFamilyNames = map[string]bool{
	"le": true, "la": true, "les": true, "et": true, "est": true, "au": true, "aux": true, "en": true, "the": true, "and": true, "is": true, "was": true,
	"pour": true, "avec": true, "chez": true, "day": true, "street": true, "prix": true, "school": true, "university": true, "college": true, "hospital": true, "i": true,
}

// familyName is the length of a family name with its particle: "Ostrowski", "de La Tour", "B."; a
// word in capitals or with one.
func familyName(s string) int {
	low := strings.ToLower(s[:min(len(s), 12)])
	skip := 0
	for _, particle := range []string{"de la ", "de ", "du ", "d'", "d’", "von ", "van ", "el ", "ben "} {
		if strings.HasPrefix(low, particle) {
			skip = len(particle)
			break
		}
	}
	n := properName(s[skip:])
	if n == 0 {
		return 0
	}
	word := foldString(s[skip : skip+n])
	if notFamilyNames[word] {
		return 0
	}
	if len(word) == 1 && !strings.HasPrefix(s[skip+n:], ".") {
		return 0
	}
	return skip + n
}

// personNear tells whether a person stands within reach bytes of raw[start:end] of a field.
func (p *page) personNear(field, start, end, reach int) bool {
	for _, q := range p.people {
		if q.field == field && q.start < end+reach && q.end > start-reach {
			return true
		}
	}
	return false
}

// subject is the person whom the title names, so that the item is about them.
func (p *page) subject() (person, bool) {
	for _, q := range p.people {
		if at := p.fields[q.field].spot; at == inTitle || at == inH1 {
			return q, true
		}
	}
	// "Amina, fondeuse": a given name alone in the title, with its family name in the text
	var found person
	ok := false
	p.each(listGiven, func(f *field, h *hit) bool {
		if f.spot != inTitle && f.spot != inH1 {
			return true
		}
		from, to := f.span(int(h.start), int(h.end))
		if first, _ := utf8.DecodeRuneInString(f.raw[from:]); !unicode.IsUpper(first) {
			return true
		}
		for _, q := range p.people {
			if strings.HasPrefix(p.fields[q.field].raw[q.start:q.end], f.raw[from:to]) {
				found, ok = person{int(h.field), from, to}, true
				return false
			}
		}
		return true
	})
	return found, ok
}

// sentenceAt is the sentence, line or bracket around low[start:end]: what stands alone stands for
// itself.
func sentenceAt(low string, start, end int) (int, int) {
	stop := func(i int) bool {
		switch low[i] {
		case '\n', '!', '?', ';', '(', ')', '[', ']', '|', ':', '"', '*', '#':
			return true
		case '.':
			return i+1 >= len(low) || low[i+1] == ' ' || low[i+1] == '\n'
		case '-', '/', '_':
			return low[i] == '_' || i > 0 && i+1 < len(low) && low[i-1] == ' ' && low[i+1] == ' '
		}
		return false
	}
	from, to := start, end
	for from > 0 && start-from < 200 && !stop(from-1) {
		from--
	}
	for to < len(low) && to-end < 200 && !stop(to) {
		to++
	}
	return from, to
}

func sortedKeys(m map[string]string) []string {
	if len(m) == 0 {
		return nil
	}
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
