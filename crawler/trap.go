package crawler

import (
	"fmt"
	"strings"
	"sync"
)

// traps notices endless families of addresses: calendars, facets, sessions, pages that only differ by
// a number. It does not know their names; it looks at what they bring. Each family (see template) has
// a debt: a page that brings nothing new adds one, a page that does takes several off. At half of what
// a family may owe its other addresses are visited last; at the whole they are not visited at all. A
// folder with all that lies beneath it is a family too, and may owe more.
//
// What it knows follows from the sketches of the visited pages in their order: a resumed crawl that
// hands them in again decides as one that was never cut off. It is safe for concurrent use; its
// memory is bounded by templateNodes and templateMemory, about 40 MB.
type traps struct {
	mu           sync.Mutex
	root         *template
	nodes, lines int
}

const (
	trapDebt     = 20 // that the pages of one form may owe; a folder that much more for each step up
	trapPatience = 30 // visits before a family is stopped; half of them before it is put off
	trapYoung    = 4  // visits of a form whose debts are its folder's too, twice as many among forms of parameters; those of a known form are its own
	trapListed   = 50 // times as much may be owed by pages that the site lists
	trapRepays   = 9  // that a page with something new takes off: a yield of one in ten is enough to go on
)

// advice is what to do with an address that waits.
type advice int

const (
	visitNow advice = iota
	visitLast
	visitNever
)

func newTraps() *traps { return &traps{root: &template{}} }

// advise tells what to do with an address and, unless that is to visit it now, because of which family
// and why. An address that the site lists, in a sitemap or by its software, is one that it wants to be read: its
// family may owe more.
func (t *traps) advise(addr string, listed bool) (do advice, family, reason string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, f := range t.familiesOf(addr, false) {
		limit := trapDebt*(1+f.level) + f.rich/20
		if listed {
			limit *= trapListed
		}
		switch {
		case f.visits < trapPatience/2 || f.debt < limit/2:
		case f.visits >= trapPatience && f.debt >= limit:
			return visitNever, f.name(), fmt.Sprintf("of %d pages like %s the last ones brought nothing new", f.visits, f.name())
		case do == visitNow:
			do, family, reason = visitLast, f.name(), fmt.Sprintf("waits to the end: pages like %s bring little that is new", f.name())
		}
	}
	return do, family, reason
}

// visited counts a page by its sketch; it tells its family and whether it brought something new. An
// empty sketch counts for nothing.
func (t *traps) visited(addr string, s sketch) (family string, novel bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	families := t.familiesOf(addr, len(s) > 0)
	if len(s) == 0 || len(families) == 0 {
		return "", true
	}
	leaf, asked := families[0].visits, strings.Contains(addr, "?")
	for _, f := range families {
		young := leaf < trapYoung || leaf < 2*trapYoung && asked && (f.segment == "?" || f.parent.segment == "?")
		fresh := f.learn(t, s)
		f.visits++
		if fresh {
			f.rich++
			f.debt = max(0, f.debt-trapRepays)
		} else if f.level == 0 || young && !(asked && f.level > 2) { // a folder does not pay for its facets
			f.debt++
		}
		novel = novel || fresh && f.level == 0
	}
	return families[0].name(), novel
}
