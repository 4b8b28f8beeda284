package classify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// People whose given name is not known: two words with capitals that do what people do, in the sentence of a word that
// speaks of health, pay, discipline or offences. Such a person makes a rule ask, never close.

var (
	personVerbs = words.set("person verb")
	notPeople   = words.set("person not")
	toPeople    = setOf("of to for by against about de du a par pour contre envers de la chez")
)

// wordAt is where a word stands in the folded text.
type wordAt struct{ from, to int }

// mostGuess is how many words of a sentence are looked at.
const mostGuess = 60

// guessedIn tells whether the sentence of a hit names somebody of whom nothing is known but what they do.
func (p *page) guessedIn(f *field, h *hit) bool {
	if !f.prose() {
		return false
	}
	from, to := sentenceAt(f.low, int(h.start), int(h.end))
	var all []wordAt
	for w := range eachSpan(f.low[from:to]) {
		if all = append(all, wordAt{int(w.from) + from, int(w.to) + from}); len(all) == mostGuess {
			break
		}
	}
	for i := 0; i+1 < len(all); i++ {
		if !f.couldName(all[i], h) || !f.couldName(all[i+1], h) || f.low[all[i].to:all[i+1].from] != " " {
			continue
		}
		end := all[i+1].to
		after := f.low[end:to]
		if strings.HasPrefix(after, "'s ") || strings.HasPrefix(after, "'s\n") {
			return true
		}
		if i+2 < len(all) && (f.low[end:all[i+2].from] == " " || f.low[end:all[i+2].from] == ", ") && personVerbs[f.low[all[i+2].from:all[i+2].to]] {
			return true
		}
		// "the dismissal of Graham Poole", "avertissement à Corentin Vasse"
		if i > 0 && toPeople[f.low[all[i-1].from:all[i-1].to]] && all[i-1].from >= int(h.end) && all[i-1].from-int(h.end) < 24 {
			return true
		}
	}
	return false
}

// couldName tells whether a word could be part of a name: it begins with a capital, goes on with small letters or not,
// is no part of the hit and no word that names what is no person.
func (f *field) couldName(w wordAt, h *hit) bool {
	if w.from < int(h.end) && w.to > int(h.start) || w.to-w.from < 2 || w.to-w.from > 24 {
		return false
	}
	a, b := f.span(w.from, w.to)
	first, n := utf8.DecodeRuneInString(f.raw[a:b])
	if !unicode.IsUpper(first) || hasDigit(f.raw[a:b]) {
		return false
	}
	if second, _ := utf8.DecodeRuneInString(f.raw[a+n : b]); b-a < 4 && unicode.IsUpper(second) { // an abbreviation
		return false
	}
	return !notPeople[f.low[w.from:w.to]]
}
