package classify

import (
	"regexp"
	"slices"
	"sort"
	"strings"
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

// mostTelling is how many sentences are shown.
const mostTelling = 8

// mostTold is how many bytes of a text are read sentence by sentence.
const mostTold = 128 << 10

// signedIn is how a page greets the reader whom it knows: that is about nobody else, and stands on every page.
var signedIn = regexp.MustCompile(`(?:connecte|identifie|authentifie|logged in|logged on|signed in|angemeldet|eingeloggt|conectad[oa]|identificad[oa]|sesion iniciada|connesso|collegato|autenticato)(?:e?s?|\(e\)) (?:en tant que|sous le nom|comme|as|als|como|come)\b`)

// greets tells whether a short sentence says who is signed in, and nothing else.
func greets(sentence string) bool {
	return len(sentence) < 120 && signedIn.MatchString(foldString(sentence))
}

// findTold asks where a sentence reads like those in which people write of what should stay inside. It never closes
// an item, and what is public asks nothing.
func findTold(p *page) (found []finding) {
	if p.public || p.settled {
		return nil
	}
	for _, s := range p.read().Said {
		if s[0] < 0 || s[0] >= len(p.fields) || s[1] < 0 || s[1] > s[2] || s[2] > len(p.fields[s[0]].raw) {
			continue
		}
		f, from, to := &p.fields[s[0]], s[1], s[2]
		if sentence := f.raw[from:to]; !p.disclaimed(f, from) && !greets(sentence) && !p.knownSums(s[0], from, to) {
			found = append(found, finding{field: s[0], start: from + leading(sentence), end: to, quote: unfigured(strings.TrimSpace(sentence))})
		}
		if len(found) == mostTelling {
			break
		}
	}
	return found
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
