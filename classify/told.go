package classify

import (
	"slices"
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

// findTold asks where a sentence reads like those in which people write of what should stay inside. It never closes
// an item, and what is public asks nothing.
func findTold(p *page) (found []finding) {
	if p.public || p.settled {
		return nil
	}
	r := told.NewReader(told.Built, func(w string) bool { return givenNames[w] })
	for i := range p.fields {
		f := &p.fields[i]
		if !f.prose() || f.spot == inFile || len(found) >= 8 {
			continue
		}
		raw := cut(f.raw, mostTold)
		told.Sentences(raw, func(from, to int) bool {
			if f.spot != inText && len(strings.Fields(raw[from:to])) < fewestTold {
				return true
			}
			if r.Says(raw[from:to]) && !p.disclaimed(f, from) {
				found = append(found, finding{field: i, start: from + leading(raw[from:to]), end: to})
			}
			return len(found) < 8
		})
	}
	return found
}
