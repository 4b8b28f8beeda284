package classify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names of companies in a sentence (domain 3.11). A name alone may be anything; what tells a company's is the word for
// its trade before it ("Fromagerie Vuillemin", "la société Hydrelles"), behind it ("Calderbrook Creamery"), the form of
// the company ("Bocal & Cie", "Marlow Ltd"), or "chez".

var (
	firmLeads = words.set("firm leads") // the trade before the name
	firmTails = words.set("firm tails") // the trade or the form behind it
	firmForms = setOf("SARL SAS SASU SA EURL SCOP GAEC GmbH AG Ltd Limited plc PLC Inc LLC LLP Cie")
	hostLeads = setOf("chez pour a au aux dans sur at for in inside")
)

// hostReach is how many words may stand between "à" and the name: "à la piscine de la société X".
const hostReach = 5

// firmWord is a word of a sentence with its place in the field.
type firmWord struct {
	raw      string
	low      string // without an article before an apostrophe
	at       int
	capital  bool
	breaks   bool // a comma or the like behind it
	sentence bool // it begins the sentence
}

// firmIn finds the first company that the sentence low[from:to] of a field names, unless the policy or the item says that
// it is the reader's own: its name, its place in the field (-1 without), and whether something was done there or for it.
func (p *page) firmIn(field, from, to int) (name string, at int, host bool) {
	f := &p.fields[field]
	a, b := f.span(from, to)
	all := firmWords(f.raw[a:min(b, len(f.raw))], a)
	for i := range all {
		first, last := firmAt(all, i)
		if first < 0 {
			continue
		}
		name := f.raw[all[first].at : all[last].at+len(all[last].raw)]
		if low := foldString(name); notOrganisations[all[first].low] || ofThePress[low] || p.policy.owns(low) || p.ownFirm(all[first:last+1]) {
			continue
		}
		return name, all[first].at, hosted(all, min(first, i))
	}
	return "", -1, false
}

func firmWords(raw string, at int) (all []firmWord) {
	for len(raw) > 0 && len(all) < 80 {
		r, n := utf8.DecodeRuneInString(raw)
		if unicode.IsSpace(r) || strings.ContainsRune("«»\"“”(*_[", r) {
			raw, at = raw[n:], at+n
			continue
		}
		end := strings.IndexFunc(raw, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("«»\"“”)(*_]", r) })
		if end < 0 {
			end = len(raw)
		}
		token := raw[:end]
		word := strings.TrimRight(token, ".,;:!?…")
		w := firmWord{at: at, breaks: len(word) < len(token), sentence: len(all) == 0}
		word = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s"), "'’") // "Marlow Foods' own"
		w.raw = word
		w.low = foldString(word)
		if lead, rest, ok := strings.Cut(w.low, "'"); ok && len(lead) <= 2 {
			w.low = rest
		}
		c, _ := utf8.DecodeRuneInString(word)
		w.capital = unicode.IsUpper(c) && len(word) > 2
		all = append(all, w)
		raw, at = raw[end:], at+end
	}
	return all
}

// firmAt gives the first and the last word of the company's name that the word at i announces or ends, or -1.
func firmAt(all []firmWord, i int) (first, last int) {
	w := &all[i]
	named := func(k int) bool { return k >= 0 && k < len(all) && all[k].capital && !givenNames[all[k].low] }
	switch {
	case firmLeads[w.low] && !w.breaks && named(i+1):
		return i + 1, nameEnd(all, i+1)
	case firmLeads[w.low] && w.capital && !w.sentence && !w.breaks && i+2 < len(all) && nameParticles[all[i+1].raw] && named(i+2):
		return i, nameEnd(all, i+2)
	case firmLeads[w.low] && w.capital && !w.sentence && !w.breaks && i+1 < len(all) && elided(all[i+1].raw):
		return i, nameEnd(all, i+1)
	case w.low == "chez" && !w.breaks && named(i+1):
		return i + 1, nameEnd(all, i+1)
	case i > 0 && w.capital && firmTails[w.low] && all[i-1].capital && !all[i-1].breaks && all[i-1].low != "the":
		return nameStart(all, i-1), i
	case i > 0 && firmForms[w.raw] && all[i-1].capital, i > 1 && firmForms[w.raw] && all[i-1].raw == "&" && all[i-2].capital:
		return nameStart(all, i-1), i
	}
	return -1, -1
}

// elided tells whether a name stands behind an article that has lost its vowel: "d'Arzel".
func elided(raw string) bool {
	lead, name, ok := strings.Cut(strings.ReplaceAll(raw, "’", "'"), "'")
	r, _ := utf8.DecodeRuneInString(name)
	return ok && (lead == "d" || lead == "l") && unicode.IsUpper(r)
}

// nameEnd is the last word of the name that begins at i.
func nameEnd(all []firmWord, i int) int {
	for !all[i].breaks && i+1 < len(all) {
		switch next := i + 1; {
		case all[next].capital:
			i = next
		case all[next].raw == "&" && next+1 < len(all) && all[next+1].capital:
			i = next + 1
		default:
			return i
		}
	}
	return i
}

// nameStart is the first word of the name that ends at i.
func nameStart(all []firmWord, i int) int {
	for i > 0 && !all[i-1].breaks && all[i-1].low != "the" && (all[i-1].capital && !all[i-1].sentence || all[i-1].raw == "&" || all[i].raw == "&") {
		i--
	}
	return i
}

// ownFirm tells whether the name is that of the site the item comes from.
func (p *page) ownFirm(name []firmWord) bool {
	site := p.companyWords()
	if p.address != nil {
		site += " " + strings.ReplaceAll(p.address.Hostname(), "-", "")
	}
	for _, w := range name {
		if len(w.low) > 4 && !firmLeads[w.low] && !firmTails[w.low] && strings.Contains(site, w.low) {
			return true
		}
	}
	return false
}

// hosted tells whether something was done at or for the company whose name, with its trade, begins at i.
func hosted(all []firmWord, i int) bool {
	for k := i; k >= max(0, i-hostReach); k-- {
		w := &all[k]
		if k < i && (w.breaks || w.capital && !w.sentence) {
			return false
		}
		if hostLeads[w.low] {
			return k == 0 || all[k-1].low != "grace" && all[k-1].low != "thanks"
		}
	}
	return false
}

// ofThePress are agencies and offices whose words every paper prints.
var ofThePress = map[string]bool{"associated press": true, "united press": true, "white house": true, "white house press": true, "house press": true}

// fewestOfQuote is how many words of somebody stand in quotation marks at least: fewer are a manner of speaking.
const fewestOfQuote = 4

// itWords point at what the one who speaks and the one who writes both know; selfWords are of the speaker, and do so only in the
// sentence that names who it is.
var (
	itWords   = setOf("it its itself them they this these that those one ones yours you your he she l en y ca cela c ce cet cette celui celle il elle ils elles vous votre vos leur leurs")
	selfWords = setOf("i me my mine we us our ours on je j m me mon ma mes nous notre nos")
)

// quoteReach is how far before a sentence the quote may begin that ends in it.
const quoteReach = 600

// quotesVerdict tells whether the words in quotation marks of the sentence low[from:to] are somebody's on such a thing: "It paid
// for itself", "on ne l'entend plus". The quote may have begun in a sentence before, or go on behind.
func quotesVerdict(low string, from, to int) bool {
	parts := strings.Split(low[from:to], "\"")
	for i, part := range parts {
		if i%2 == 1 || len(parts) == 2 {
			if words := splitWords(part); len(words) >= fewestOfQuote && slices.ContainsFunc(words, func(w string) bool { return itWords[w] || selfWords[w] }) {
				return true
			}
		}
	}
	if len(parts)%2 == 1 {
		return false
	}
	began := low[max(0, from-quoteReach):from]
	words := splitWords(began[strings.LastIndexByte(began, '"')+1:])
	return len(words) >= fewestOfQuote && slices.ContainsFunc(words, func(w string) bool { return itWords[w] })
}

// quoted tells whether somebody's words stand in quotation marks in a folded sentence.
func quoted(low string) bool { return strings.Contains(low, "\"") && strings.Count(low, " ") > 4 }
