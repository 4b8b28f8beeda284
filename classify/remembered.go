package classify

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// remembered is some of what short texts were found to be: the pages of a site share the addresses of their menus, the
// names of their pictures, their labels. It forgets one text for another that falls on its slot, whatever it says is of
// the very text asked for, and it may be used by many goroutines.
type remembered[T any] struct {
	seed  maphash.Seed
	slots [1 << 12]atomic.Pointer[memory[T]]
}

type memory[T any] struct {
	text string
	is   T
}

// mostRemembered is how many bytes a text that is remembered has at most.
const mostRemembered = 256

func newRemembered[T any]() *remembered[T] { return &remembered[T]{seed: maphash.MakeSeed()} }

func (r *remembered[T]) slot(text string) *atomic.Pointer[memory[T]] {
	return &r.slots[maphash.String(r.seed, text)%uint64(len(r.slots))]
}

// of gives what a text is, asking only where it is not remembered. What is given is not to be changed.
func (r *remembered[T]) of(text string, ask func(text string) T) T {
	if len(text) > mostRemembered {
		return ask(text)
	}
	slot := r.slot(text)
	if m := slot.Load(); m != nil && m.text == text {
		return m.is
	}
	m := &memory[T]{text: strings.Clone(text)} // the text may be a small part of a page
	m.is = ask(m.text)
	slot.Store(m)
	return m.is
}
