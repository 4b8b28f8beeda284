package crawler

import (
	"fmt"
	"hash/maphash"
	"strings"
	"sync"
	"unicode"

	"filon/crawler/address"
	"filon/crawler/content"
)

// traps notices endless families of addresses: calendars, facets, pages that only differ by a
// number. It does not know their names; it looks at what they bring. A family is the addresses that
// are the same but for digits and parameter values; when the last trapWindow pages of a family with
// more than trapPatience brought nothing that the family had not shown before, it is a trap.
// It is safe for concurrent use and bounded in families and in lines of each.
type traps struct {
	mu       sync.Mutex
	seed     maphash.Seed
	families map[string]*family
}

type family struct {
	visits int
	dull   int // visits in a row without anything new
	lines  map[uint64]bool
}

const (
	trapPatience = 30
	trapWindow   = 20
	trapFamilies = 20_000
	trapLines    = 20_000
)

func newTraps() *traps { return &traps{seed: maphash.MakeSeed(), families: map[string]*family{}} }

// closed tells why an address should not be visited; "" when it may.
func (t *traps) closed(addr string) string {
	pattern := address.Pattern(addr)
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.families[pattern]
	if f == nil || f.visits < trapPatience || f.dull < trapWindow {
		return ""
	}
	return fmt.Sprintf("the last %d of %d pages like %s brought nothing new", f.dull, f.visits, pattern)
}

// visited counts a page and tells its family and whether it brought something new: a line of text, a
// picture or a document that no page of the family had, digits apart.
func (t *traps) visited(item content.Item) (pattern string, novel bool) {
	pattern = address.Pattern(item.Address)
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.families[pattern]
	if f == nil {
		if len(t.families) >= trapFamilies {
			return pattern, true
		}
		f = &family{lines: map[uint64]bool{}}
		t.families[pattern] = f
	}
	for line := range strings.Lines(item.Text) {
		novel = f.sees(t, bare(line)) || novel
	}
	for _, image := range item.Images {
		if image.Role != "decoration" {
			novel = f.sees(t, image.Address) || novel
		}
	}
	f.visits++
	if novel {
		f.dull = 0
	} else {
		f.dull++
	}
	return pattern, novel
}

func (f *family) sees(t *traps, line string) bool {
	if line == "" {
		return false
	}
	h := maphash.String(t.seed, line)
	if f.lines[h] {
		return false
	}
	if len(f.lines) < trapLines {
		f.lines[h] = true
	}
	return true
}

// bare drops digits and white space, so that "4 mars 2027" is what "5 mars 2031" is.
func bare(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || unicode.IsSpace(r) || unicode.IsPunct(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, line)
}
