package crawler

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"filon/crawler/extract"
	"filon/crawler/frontier"
)

// watch follows the session of one source through a run. Every visit gives a sign: good (the page shows
// what only somebody signed in is shown), doubtful (it asks to sign in) or none. What was visited since
// the last good sign is suspect: when the session turns out to have ended, filon signs in once more and
// visits it again.
//
//	visit ──good──────▶ suspects are cleared
//	  ├─none, every so many──▶ look at the start page ──alive──▶ cleared
//	  └─doubtful─────────────▶            └─ended──▶ sign in ──▶ suspects wait again, or the source is left
//
// It is safe for concurrent use. Its memory is bounded by the visits between two looks.
type watch struct {
	source          *Source
	start           string // the page that is looked at
	present, absent string
	gate            string // where who is not signed in is sent to
	note            string // what was wrong with the canary that was given
	refusing        bool   // the start page refuses who is not signed in
	onPages         bool   // present is looked for on every page
	wire            bool   // credentials go along with every request: only refusals are signs
	blind           bool   // nothing tells but sign-in pages

	looking chan struct{} // holds one token: one look at a time

	mu       sync.Mutex
	every    int       // visits between two looks
	patience int       // what every grows back to
	since    int       // visits since the last good sign
	good     time.Time // when the last request was sent whose answer was a good sign
	healed   time.Time // when the session was had again: answers to what was asked before count for nothing
	suspects map[int64]*suspect
	blamed   map[string]int // addresses after whose visit the session had ended, and how often
	misses   int            // pages without the text, although the session lived
	futile   int            // looks that a refused page asked for in vain
	barren   int            // losses without a good sign between them
	losses   int
	healing  bool // filon signs in again: what is seen now says nothing of what was seen before
	ended    bool // signing in again failed

	toward    string // where the last redirects led
	redirects int    // in a row
}

// suspect is a visit that may have been made without the session.
type suspect struct {
	address     string
	began, seen time.Time
	kept        bool // its item went into the inventory
	closed      bool // its request is done
	again       bool // it must wait again as soon as it is closed
	drop        bool // and its item must not stay
}

// sign is what a visit says of the session.
type sign int

const (
	noSign sign = iota
	goodSign
	doubtful
)

// Watched is what a run has noticed of a session.
type Watched struct {
	Canary string // how its loss was recognised
	Losses int    // times it ended and was had again
	Again  int    // visits that were made once more
}

const (
	mostBarren = 3 // losses in a row between which nothing was seen signed in
	mostBlame  = 3 // losses after the same address
	mostFutile = 3 // sign-ins that a refused page asked for in vain, where nothing else tells
)

// watched looks at a visit of a source with a session before its result counts.
func (c *crawl) watched(ctx context.Context, s *Source, r frontier.Request, a *answer, v visited, began time.Time) visited {
	w := c.watches[s.Name]
	if w == nil || v.unasked || ctx.Err() != nil || v.result.State == frontier.Pending || v.result.State == frontier.Unchanged {
		return v
	}
	says := w.read(a, v)
	w.mu.Lock()
	if says == goodSign {
		w.seenAlive(began, true)
		delete(w.blamed, r.Address)
		w.mu.Unlock()
		return v
	}
	if began.Before(w.healed) {
		w.mu.Unlock()
		return visited{requeue: true}
	}
	if w.ended {
		w.mu.Unlock()
		return ended(frontier.Failed, c.refusedFrom(s.Name))
	}
	if w.wire && says != doubtful {
		w.mu.Unlock()
		return v
	}
	mine := &suspect{address: r.Address, began: began, seen: time.Now(), kept: v.item != nil}
	w.suspects[r.ID] = mine
	w.since++
	// A refused page is looked into at once, unless such looks were in vain; one that is in the inventory always,
	// because it would be taken out.
	look := w.since >= w.every && !w.blind || says == doubtful && (r.InInventory || v.item != nil || w.since > min(w.futile, w.every))
	w.mu.Unlock()
	if !look {
		return v
	}
	known := c.look(ctx, w, mine, says == doubtful)
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case mine.again:
		delete(w.suspects, r.ID)
		return visited{requeue: true, bytes: v.bytes}
	case !known && says == doubtful && ctx.Err() == nil:
		delete(w.suspects, r.ID)
		return c.again(r, v.result.Status, "whether the session still lives could not be asked", 0)
	}
	return v
}

// read tells what a visit says of the session.
func (w *watch) read(a *answer, v visited) sign {
	isPage := a != nil && a.Status/100 == 2 && a.Kind == extract.KindPage
	w.mu.Lock()
	onPages, blind := w.onPages, w.blind
	w.mu.Unlock()
	switch {
	case isPage && w.present != "" && says(a.Body, w.present):
		return goodSign // also of a page that this person may not see
	case v.result.State == frontier.NeedsLogin, isPage && says(a.Body, w.absent), w.together(a, v):
		return doubtful
	case isPage && onPages && v.item != nil && v.item.MIME == "text/html":
		return doubtful
	case isPage && blind:
		return goodSign
	}
	return noSign
}

// together tells whether addresses one after the other redirect to one place.
func (w *watch) together(a *answer, v visited) bool {
	if a == nil || v.result.State != frontier.Redirected || len(v.links) == 0 {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if to := placeOf(v.links[0].Address); to != w.toward {
		w.toward, w.redirects = to, 0
	}
	w.redirects++
	return w.redirects > 2 || w.gate != "" && w.toward == w.gate
}

// seenAlive notes that a request sent at that time was answered to somebody signed in. The caller holds mu.
func (w *watch) seenAlive(sent time.Time, byVisit bool) {
	if w.healing {
		return
	}
	if sent.After(w.good) {
		w.good = sent
	}
	cleared := false
	for id, s := range w.suspects {
		if !s.again && s.seen.Before(w.good) {
			delete(w.suspects, id)
			delete(w.blamed, s.address)
			cleared = true
		}
	}
	w.since = len(w.suspects)
	if byVisit || cleared {
		w.barren = 0
	}
}

// look asks whether the session lives and, when it does not, signs in again. It tells whether that could be
// found out.
func (c *crawl) look(ctx context.Context, w *watch, why *suspect, refused bool) bool {
	select {
	case w.looking <- struct{}{}:
		defer func() { <-w.looking }()
	case <-ctx.Done():
		return false
	}
	w.mu.Lock()
	settled := why.again || w.good.After(why.seen) || w.ended // while we waited, somebody else has found out
	blind, futile := w.blind, w.futile
	w.mu.Unlock()
	if settled {
		return true
	}
	if blind {
		return !refused || futile >= mostFutile || c.lookBlind(ctx, w, why)
	}
	sent := time.Now()
	lives, err := c.alive(ctx, w)
	if err != nil {
		return false
	}
	if !lives {
		c.heal(ctx, w)
		return true
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seenAlive(sent, false)
	w.every = min(w.every+1, w.patience)
	if !refused {
		return true
	}
	w.futile++
	if w.onPages && why.kept {
		if w.misses++; w.misses >= 3 {
			w.onPages = false
			c.Log(fmt.Sprintf("%s: %q does not stand on every page; the start page is looked at every %d visits instead", w.source.Name, w.present, w.every))
		}
	}
	return true
}

// lookBlind signs in again because of a refused page, where the start page tells nothing, and asks for that
// page once more: when it is shown now, the session had ended, and the page tells from now on.
func (c *crawl) lookBlind(ctx context.Context, w *watch, why *suspect) bool {
	w.mu.Lock()
	w.healing = true
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		w.healing = false
		w.mu.Unlock()
	}()
	if err := c.signInTo(ctx, w.source); err != nil {
		if ctx.Err() == nil {
			c.abandon(ctx, w, err)
		}
		return true
	}
	p, err := c.show(ctx, w.source, why.address)
	if err != nil || !p.answered() {
		return false
	}
	if p.refused() {
		w.mu.Lock()
		w.futile++
		w.mu.Unlock()
		return true
	}
	w.mu.Lock()
	w.start, w.refusing, w.blind = why.address, true, false
	w.mu.Unlock()
	c.regained(ctx, w)
	return true
}

// heal signs in once more and makes wait again what was visited in the meantime; when that fails, the source
// is left alone for the rest of the run.
func (c *crawl) heal(ctx context.Context, w *watch) {
	w.mu.Lock()
	w.healing = true
	w.barren++
	barren := w.barren > mostBarren
	w.mu.Unlock()
	if barren {
		c.abandon(ctx, w, nil)
		return
	}
	c.Log(w.source.Name + ": the session has ended; signing in again")
	err := c.signInTo(ctx, w.source)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		c.abandon(ctx, w, err)
		return
	}
	if lives, err := c.alive(ctx, w); err == nil && !lives && ctx.Err() == nil {
		c.abandon(ctx, w, nil)
		return
	}
	c.regained(ctx, w)
}

// regained makes the suspects wait again.
func (c *crawl) regained(ctx context.Context, w *watch) {
	w.mu.Lock()
	w.healing, w.healed, w.losses = false, time.Now(), w.losses+1
	w.every = max(1, w.every/2)
	if first := w.first(); first != "" && len(w.suspects) <= 4 {
		w.blamed[first]++
	}
	again := w.takeAll(false)
	n := len(again) + len(w.suspects)
	w.since = 0
	losses := w.losses
	w.mu.Unlock()
	c.openAgain(ctx, w.source, again)
	c.Log(fmt.Sprintf("%s: signed in again; %d pages that were visited in between are visited once more", w.source.Name, n))
	c.mu.Lock()
	told := c.report.Sessions[w.source.Name]
	told.Losses, told.Again = losses, told.Again+n
	c.report.Sessions[w.source.Name] = told
	c.mu.Unlock()
}

// abandon leaves a source alone: its session ended and cannot be had again. What was kept since the last good
// sign is taken out, because nobody knows what it shows.
func (c *crawl) abandon(ctx context.Context, w *watch, why error) {
	lost := &Lost{After: time.Since(c.start), Why: why}
	c.mu.Lock()
	c.report.Refused[w.source.Name] = lost
	c.mu.Unlock()
	w.mu.Lock()
	w.ended = true
	var drop []string
	for _, s := range w.suspects {
		if s.kept && s.closed {
			drop = append(drop, s.address)
		}
	}
	again := w.takeAll(true)
	w.mu.Unlock()
	c.takeOut(ctx, drop)
	c.openAgain(ctx, w.source, again)
	c.Log(fmt.Sprintf("%s is left alone: %v; what was visited since is not counted", w.source.Name, lost))
}

// first is the suspect that was asked for before the others. The caller holds mu.
func (w *watch) first() string {
	var first *suspect
	for _, s := range w.suspects {
		if first == nil || s.began.Before(first.began) {
			first = s
		}
	}
	if first == nil {
		return ""
	}
	return first.address
}

// takeAll gives the suspects that are closed, and marks the others to be opened again when they are. The
// caller holds mu.
func (w *watch) takeAll(drop bool) (closed []string) {
	for id, s := range w.suspects {
		if s.closed {
			closed = append(closed, s.address)
			delete(w.suspects, id)
			continue
		}
		s.again, s.drop = true, drop
	}
	slices.Sort(closed)
	return closed
}

// closed notes that a request is done, and opens it again when its session had ended meanwhile.
func (c *crawl) closed(ctx context.Context, r frontier.Request) {
	w := c.watches[r.Source]
	if w == nil {
		return
	}
	w.mu.Lock()
	s := w.suspects[r.ID]
	if s == nil {
		w.mu.Unlock()
		return
	}
	s.closed = true
	again, drop := s.again, s.drop && s.kept
	if again {
		delete(w.suspects, r.ID)
	}
	w.mu.Unlock()
	if drop {
		c.takeOut(ctx, []string{r.Address})
	}
	if again {
		c.openAgain(ctx, w.source, []string{r.Address})
	}
}

// takeOut removes items of which nobody knows what they show.
func (c *crawl) takeOut(ctx context.Context, addrs []string) {
	ctx = context.WithoutCancel(ctx)
	for _, addr := range addrs {
		if err := c.Keeper.Drop(ctx, addr, ""); err != nil {
			c.fail(fmt.Errorf("take %s out: %w", addr, err))
		}
	}
	if err := c.Frontier.Forget(ctx, addrs); err != nil {
		c.fail(err)
	}
}

// openAgain makes addresses of a source wait again; their visits do not count against its limit of pages.
func (c *crawl) openAgain(ctx context.Context, s *Source, addrs []string) {
	if len(addrs) == 0 {
		return
	}
	n, err := c.Frontier.Reopen(context.WithoutCancel(ctx), addrs)
	if err != nil {
		c.fail(err)
		return
	}
	c.reopened.Add(int64(n))
	c.mu.Lock()
	c.visits[s.Name] -= min(n, c.visits[s.Name])
	c.mu.Unlock()
}

// blames tells whether the session ended after an address each time that it was visited.
func (c *crawl) blames(s *Source, addr string) bool {
	w := c.watches[s.Name]
	if w == nil {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.blamed[addr] >= mostBlame
}

// lastLook makes sure of the visits since the last good sign, once nothing waits any more. It tells whether
// some wait again.
func (c *crawl) lastLook(ctx context.Context) bool {
	before := c.reopened.Load()
	for i := range c.Sources {
		w := c.watches[c.Sources[i].Name]
		if w == nil || ctx.Err() != nil {
			continue
		}
		w.mu.Lock()
		var one *suspect
		for _, s := range w.suspects {
			one = s
		}
		skip := one == nil || w.ended || w.blind
		w.mu.Unlock()
		if !skip {
			c.look(ctx, w, one, false)
		}
	}
	return c.reopened.Load() > before
}

// putOff makes wait again what a pause leaves in doubt.
func (c *crawl) putOff(ctx context.Context) {
	for _, w := range c.watches {
		w.mu.Lock()
		again := w.takeAll(false)
		w.mu.Unlock()
		c.openAgain(ctx, w.source, again)
	}
}

// leadsToSignIn tells whether a redirect leads to where one signs in.
func (c *crawl) leadsToSignIn(s *Source, from, target string) bool {
	if w := c.watches[s.Name]; w != nil && w.gate != "" && placeOf(target) == w.gate && placeOf(from) != w.gate {
		return true
	}
	return asksWho(target) && !asksWho(from)
}
