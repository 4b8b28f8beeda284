package classify

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"filon/classify/told"
)

// GivenNames are the given names that filon knows, in lower case without accents, in order.
func GivenNames() []string {
	all := make([]string, 0, len(givenNames))
	for n := range givenNames {
		all = append(all, n)
	}
	slices.Sort(all)
	return all
}

var givenNames = words.set("person given")

// fewestTold is how many words a title, a caption or the like has at least when it tells something: fewer name it.
const fewestTold = 6

// mostTold is how many bytes of a text are read sentence by sentence.
const mostTold = 128 << 10

// signedIn is how a page greets the reader whom it knows: that is about nobody else, and stands on every page.
var signedIn = regexp.MustCompile(`(?:connecte|identifie|authentifie|logged in|logged on|signed in|angemeldet|eingeloggt|conectad[oa]|identificad[oa]|sesion iniciada|connesso|collegato|autenticato)(?:e?s?|\(e\)) (?:en tant que|sous le nom|comme|as|als|como|come)\b`)

// greets tells whether a short sentence says who is signed in, and nothing else.
func greets(sentence string) bool {
	return len(sentence) < 120 && signedIn.MatchString(foldString(sentence))
}

// cookieNotice are words of a notice on cookies.
var cookieNotice = newSeeker([]string{"utilis", "depos", "accept", "refus", "consent", "prefer", "navigation", "parametr", "we use", "uses cookies", "settings", "policy", "politique", "ce site", "this site"})

// aboutCookies tells whether a sentence is of the notice that every site shows.
func aboutCookies(sentence string) bool {
	low := foldString(cut(sentence, 400))
	return (strings.Contains(low, "cookie") || strings.Contains(low, "traceurs")) && cookieNotice.in(low)
}

// farFrom is the margin of the model below which a sentence is nothing like those of people who write of what should stay
// inside: what a word or a few say of it there is chance. Of 1,527 ordinary texts some 500 ask without it and 476 with it.
const farFrom = -1.1

// wholeSentence is how many words a sentence has at least to be told by them all: a line of a list says much with few.
const wholeSentence = 8

// farFromHoles is farFrom for what is said of weaknesses and ways in: manuals are full of it, and the model hears little in it.
const farFromHoles = -1.6

// unlikely tells whether a sentence of a field, low[from:to], is far from anything that should stay inside.
func (p *page) unlikely(f *field, from, to int) bool { return p.fartherThan(farFrom, f, from, to) }

func (p *page) fartherThan(far float64, f *field, from, to int) bool {
	if strings.ContainsAny(f.low[from:to], ":|\t") {
		return false // a line of a form or a table
	}
	a, b := f.span(from, to)
	m := p.teller().Loudest(f.raw[a:min(b, len(f.raw))])
	return m < far && len(p.teller().Words) >= wholeSentence
}

// teller reads sentences of the page.
func (p *page) teller() *told.Reader {
	if p.tells == nil {
		p.tells = told.NewReader(told.Built, func(w string) bool { return givenNames[w] }, p.item.Language)
	}
	return p.tells
}

// findTold makes the finder of sentences of an area that read like those in which people write of what should stay inside. It
// never closes an item, and what is public asks nothing.
func findTold(area told.Area) func(p *page) []finding {
	return func(p *page) (found []finding) {
		if p.public || p.settled {
			return nil
		}
		for _, s := range p.toldSentences() {
			if s.area == area && len(found) < maxFindings {
				s.private = area == told.Person && p.tellsPrivate(s.field, s.start, s.end)
				found = append(found, s.finding)
			}
		}
		return found
	}
}

// toldSentence is what the model found in a sentence, and of what it speaks.
type toldSentence struct {
	finding
	area told.Area
}

// toldSentences gives the sentences that the model tells and nothing excuses. They are found once.
func (p *page) toldSentences() []toldSentence {
	if p.told != nil {
		return *p.told
	}
	all := []toldSentence{}
	for _, s := range p.read().Said {
		if s[0] < 0 || s[0] >= len(p.fields) || s[1] < 0 || s[1] > s[2] || s[2] > len(p.fields[s[0]].raw) {
			continue
		}
		f, from, to := &p.fields[s[0]], s[1], s[2]
		sentence := f.raw[from:to]
		asks := to < len(f.raw) && f.raw[to] == '?' && onlyAsks(sentence+"?")
		if !asks && !p.disclaimed(f, from) && !greets(sentence) && !aboutCookies(sentence) && !p.knownSums(s[0], from, to) && !p.sensedIn(s[0], from, to) {
			g := finding{field: s[0], start: from + leading(sentence), end: to, whole: true, figured: true}
			all = append(all, toldSentence{g, p.teller().AreaOf(sentence)})
		}
	}
	p.told = &all
	return all
}

// sensedIn tells whether a sense speaks of the sentence already.
func (p *page) sensedIn(field, from, to int) bool {
	for _, s := range p.sensed() {
		if s.field == field {
			if a, b := p.fields[field].span(s.from, s.to); a < to && from < b {
				return true
			}
		}
	}
	return false
}

// knownSums tells whether a sentence names nobody and its figures stand in public already.
func (p *page) knownSums(field, from, to int) bool {
	if p.known == nil || p.personNear(field, from, to, 0) {
		return false
	}
	low := &p.fields[field]
	at := func(raw int) int { return sort.Search(len(low.low), func(i int) bool { return low.rawAt(i) >= raw }) }
	place, ok := p.alreadyPublic(field, at(from), at(to))
	return ok && (!p.policy.Listed || place.Official)
}
