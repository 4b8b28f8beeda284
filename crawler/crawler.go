// Package crawler walks sources and brings back items.
//
//	frontier ──Next──▶ worker: robots? trap? ──▶ fetch ──▶ extract ──▶ Keeper.Keep ──▶ frontier.Done(links)
//	    ▲                                                                                    │
//	    └────────────────────────────────────────────────────────────────────────────────────┘
//
// One page is one goroutine, straight down. The order makes a crash safe: the record is durable, then
// its links are queued, then the request is done; a request that was cut short waits again.
//
// In: sources, a frontier. Out: items, and for each address how it ended. Never: judging, printing,
// any method but GET, an address that a source's scope or a site's robots.txt leaves out.
package crawler

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/frontier"
)

// Keeper takes what the crawl finds. Its methods are called from several goroutines.
type Keeper interface {
	// Keep makes an item part of the inventory. It is durable when Keep returns.
	Keep(ctx context.Context, item content.Item) error
	// Drop takes the item of an address out again: it is no content any more, or stands at movedTo.
	Drop(ctx context.Context, address, movedTo string) error
	// Gone notes that the page of an address is no longer there; what is known of it stays in history.
	Gone(ctx context.Context, address string, at time.Time) error
}

// Options is what a run needs.
type Options struct {
	Sources  []Source
	Frontier frontier.Frontier
	Keeper   Keeper
	Reader   *extract.Reader
	Renderer Renderer          // runs pages that a script fills; nil for none, and NoRenderer says why
	Day      time.Time         // the day of reading, for dates
	Workers  int               // pages at once over all hosts; 0 is 4
	Resolve  map[string]string // host:port to ip:port
	Spool    string            // folder for bodies that are not held in memory
	Others   []string          // sources that are not of this run and keep what is known of their addresses
	Data     string            // folder of filon's own data, which is never read as a source; "" for none
	Full     bool              // fetch every page anew instead of asking what changed
	Log      func(line string) // told what people should know while it runs; may be nil
	Progress func(Progress)    // told after every page; may be nil
	Attempts int               // at one address; 0 is 3
	Terms    map[string]string // what else the run's record must say, such as its retention; may be nil

	NoRenderer string                           // why there is no Renderer, for the problem of an empty shell
	Backoff    func(attempts int) time.Duration // before the next one; nil is 2, 8, 32 s
	Cooldown   func(rests int) time.Duration    // how long a failing host rests; nil is 30 s, 2 min, 8 min
	MaxTime    time.Duration                    // of the run, which then pauses; 0 for no limit
	Stall      time.Duration                    // without progress, after which the run says what it waits for; 0 is 5 min
}

// Progress is where a run stands.
type Progress struct {
	Kept, Unchanged, Failed, Skipped, Queued, InFlight int
	Bytes                                              int64
	Host                                               string
}

// Report is the truth about a run when it ends.
type Report struct {
	Run       frontier.Run
	Tallies   []frontier.Tally
	Broken    map[string]string  // hosts that were given up, and why
	Refused   map[string]error   // sources at which signing in failed, and why (mostly a *session.Refused)
	Sessions  map[string]Watched // what was noticed of the sessions of sources
	Overruled []string           // sources whose robots.txt was not heeded
	Empty     string             // why pages that a script fills could not be run; "" when they could
	Traps     []frontier.Family  // endless families that were left, the largest first; at most 50
	Kept      map[string]string  // sources of which too much would have left, and what would: it was kept
	Rested    int                // known pages that were not asked again, because they change seldom
	Touched   bool               // the inventory, or what links to what, is other than before the run
	Dropped   int                // links beyond a page's limit of links
	Bytes     int64
	Elapsed   time.Duration
}

// crawl is the state of one run.
type crawl struct {
	Options
	fetcher   *fetcher
	ledger    *ledger
	polite    *polite
	traps     *traps
	robots    *robotsCache
	sources   map[string]*Source
	scopes    []*Scope // in the order of Options.Sources
	start     time.Time
	report    Report
	stats     stats
	assets    assets
	leftAlone map[string]string  // folders that are left alone, and why; guarded by mu
	strangers map[string]*Source // each source without its identity; written before the workers start
	watches   map[string]*watch  // of sources with a session; written before the workers start

	moved  atomic.Int64    // when a visit ended last, Unix nanoseconds
	atWork map[int64]*task // visits under way, guarded by mu

	reopened atomic.Int64          // requests that were opened again
	failed   atomic.Pointer[error] // what ends the run, when it came up where no error can be given

	mu      sync.Mutex // guards visits, renders, films, bases, report.Broken, report.Refused
	visits  map[string]int
	renders map[string]int    // pages that were run in a browser, by source
	films   map[string]int    // looked into, by source
	bases   map[string]string // where the software of an origin is asked what it has published
	missing *missing          // how each origin answers for what does not exist
	data    os.FileInfo       // of the folder of filon's own data; nil for none
	owns    map[string]bool   // folders by their path: whether they hold filon's data
	absent  map[string]string // folders that cannot be walked, and why; written before the workers start
}

// mostTraps is how many families a report names.
const mostTraps = 50

type stats struct {
	kept, unchanged, failed, skipped, inFlight atomic.Int64
	bytes, dropped, rested                     atomic.Int64
	touched                                    atomic.Bool // the inventory or the links are other than before
}

// Run crawls until nothing waits, the context ends, or it cannot go on. When the context ends the run
// is paused: Report says so, the error is nil, and the next Run over the same sources goes on. An
// error means that the store or the disk failed; what was kept until then is safe.
func Run(ctx context.Context, opt Options) (Report, error) {
	c, err := prepare(opt)
	if err != nil {
		return Report{}, err
	}
	if opt.MaxTime > 0 {
		limited, cancel := context.WithTimeoutCause(ctx, opt.MaxTime, errTimeUp)
		defer cancel()
		ctx = limited
	}
	defer c.fetcher.close()
	defer os.RemoveAll(c.fetcher.spool)
	run, err := c.Frontier.Begin(ctx, c.notes(), c.reopen)
	if err != nil {
		return Report{}, err
	}
	c.report.Run = run
	if err := c.Frontier.Sketches(ctx, func(addr string, s []byte) { c.traps.visited(addr, s) }); err != nil {
		return Report{}, err
	}
	if err := c.declare(ctx); err != nil {
		return Report{}, err
	}
	if err := c.adopt(ctx); err != nil {
		return Report{}, err
	}
	c.signIn(ctx)
	if err := c.sow(ctx); err != nil {
		return Report{}, err
	}
	err = c.work(ctx)
	if err == nil && ctx.Err() == nil {
		err = c.sizes(ctx)
	}
	return c.finish(ctx, err)
}

func prepare(opt Options) (*crawl, error) {
	if opt.Workers <= 0 {
		opt.Workers = 4
	}
	if opt.Attempts <= 0 {
		opt.Attempts = 3
	}
	if opt.Backoff == nil {
		opt.Backoff = backoff
	}
	if opt.Stall <= 0 {
		opt.Stall = 5 * time.Minute
	}
	if opt.Renderer == nil && opt.NoRenderer == "" {
		opt.NoRenderer = "there is no browser to run it"
	}
	if opt.Log == nil {
		opt.Log = func(string) {}
	}
	if opt.Progress == nil {
		opt.Progress = func(Progress) {}
	}
	c := &crawl{Options: opt, polite: newPolite(), traps: newTraps(), sources: map[string]*Source{}, visits: map[string]int{}, renders: map[string]int{}, films: map[string]int{}, bases: map[string]string{}, absent: map[string]string{}, owns: map[string]bool{}, missing: newMissing(), leftAlone: map[string]string{}, strangers: map[string]*Source{}, watches: map[string]*watch{}, start: time.Now()}
	c.report.Broken, c.report.Refused, c.report.Kept = map[string]string{}, map[string]error{}, map[string]string{}
	c.report.Sessions = map[string]Watched{}
	if opt.Data != "" {
		if info, err := os.Stat(opt.Data); err == nil {
			c.data = info
		}
	}
	c.atWork = map[int64]*task{}
	c.moved.Store(time.Now().UnixNano())
	if opt.Cooldown != nil {
		c.polite.cooldown = opt.Cooldown
	}
	if opt.Renderer == nil {
		c.report.Empty = opt.NoRenderer
	}
	c.Sources = nil
	for _, s := range opt.Sources {
		s = s.withDefaults()
		scope, err := NewScope(s)
		if err != nil {
			return nil, err
		}
		c.scopes = append(c.scopes, scope)
		c.Sources = append(c.Sources, s)
	}
	for i := range c.Sources {
		s := &c.Sources[i]
		c.sources[s.Name], c.strangers[s.Name] = s, s.anybody()
		if s.IgnoreRobots {
			c.report.Overruled = append(c.report.Overruled, s.Name)
			c.Log("robots.txt is not heeded for " + s.Name + ", as its source says")
		}
	}
	spool, err := os.MkdirTemp(opt.Spool, "spool-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for large bodies: %w", err)
	}
	c.fetcher = newFetcher(opt.Resolve, spool)
	c.robots = newRobotsCache()
	return c, nil
}

// work runs the workers until the frontier is empty, all sitemaps were looked for, and no session is in doubt.
func (c *crawl) work(ctx context.Context) error {
	sown, wait := c.sowSitemaps(ctx)
	defer wait()
	for left := len(c.Sources); ; {
		if err := c.shift(ctx); err != nil || ctx.Err() != nil {
			return err
		}
		if left > 0 {
			if err := <-sown; err != nil && ctx.Err() == nil {
				return fmt.Errorf("add sitemaps: %w", err)
			}
			left--
			continue
		}
		if !c.lastLook(ctx) {
			return nil
		}
	}
}

// fail ends the run with an error that came up where none can be given.
func (c *crawl) fail(err error) { c.failed.CompareAndSwap(nil, &err) }

// shift runs the workers until the frontier is empty and waits for all of them.
func (c *crawl) shift(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wg, dog sync.WaitGroup
	off := make(chan struct{})
	dog.Go(func() { c.watchdog(off) })
	defer dog.Wait()
	defer close(off)
	for range c.Workers {
		wg.Go(func() {
			if err := c.worker(ctx); err != nil {
				stop(err)
			}
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return nil
}

// worker carries one page after the other from the frontier to Done.
func (c *crawl) worker(ctx context.Context) error {
	for {
		r, err := c.Frontier.Next(ctx, c.polite.gate)
		if errors.Is(err, frontier.ErrEmpty) || ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("next address: %w", err)
		}
		c.stats.inFlight.Add(1)
		v := c.guarded(ctx, r)
		if v.unasked {
			c.polite.spare(r.Host)
		} else {
			c.polite.leave(r.Host)
		}
		c.stats.inFlight.Add(-1)
		if ctx.Err() != nil { // cut short by us: says nothing about the page
			return c.Frontier.Release(context.WithoutCancel(ctx), r)
		}
		if v.requeue {
			if err := c.Frontier.Release(ctx, r); err != nil {
				return err
			}
			continue
		}
		if err := c.handOn(ctx, r, v); err != nil {
			return err
		}
		if err := c.ledger.keep(ctx, false); err != nil && ctx.Err() == nil {
			return err
		}
		if len(v.links) > 0 {
			c.stats.touched.Store(true)
		}
		if err := c.Frontier.Done(ctx, r, v.result, v.links); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		c.closed(ctx, r)
		if err := c.failed.Load(); err != nil {
			return *err
		}
		c.count(r, v)
	}
}

// handOn gives the keeper what the visit found. What is no longer there leaves at the end of the run,
// when it is known how much of its source would.
func (c *crawl) handOn(ctx context.Context, r frontier.Request, v visited) error {
	if v.item == nil {
		return nil
	}
	c.stats.touched.Store(true)
	if err := c.Keeper.Keep(ctx, *v.item); err != nil && ctx.Err() == nil {
		return fmt.Errorf("keep %s: %w", r.Address, err)
	}
	return nil
}

func (c *crawl) count(r frontier.Request, v visited) {
	s := &c.stats
	switch {
	case v.result.State == frontier.Unchanged:
		s.unchanged.Add(1)
	case v.result.State.InInventory():
		s.kept.Add(1)
	case v.result.State == frontier.Failed:
		s.failed.Add(1)
	case v.result.State != frontier.Pending:
		s.skipped.Add(1)
	}
	s.bytes.Add(v.bytes)
	c.Progress(Progress{Kept: int(s.kept.Load()), Unchanged: int(s.unchanged.Load()), Failed: int(s.failed.Load()), Skipped: int(s.skipped.Load()),
		Queued: c.Frontier.Waiting(), InFlight: int(s.inFlight.Load()), Bytes: s.bytes.Load(), Host: address.Host(r.Address)})
}

// finish closes what still waits when a limit ended the run, finds duplicates and writes the report.
func (c *crawl) finish(ctx context.Context, err error) (Report, error) {
	paused, timeUp := ctx.Err() != nil, errors.Is(context.Cause(ctx), errTimeUp)
	ctx = context.WithoutCancel(ctx)
	r := &c.report
	if lerr := c.ledger.keep(ctx, true); lerr != nil {
		err = errors.Join(err, lerr)
	}
	if err != nil && !paused {
		r.Run.Status, r.Run.Reason = "paused", "stopped by an error; the next crawl goes on from here"
		return *r, errors.Join(err, c.Frontier.End(ctx, r.Run))
	}
	if paused {
		c.putOff(ctx)
	}
	if !paused {
		if err := c.sweep(ctx); err != nil {
			return *r, err
		}
		twins, err := c.Frontier.Duplicates(ctx)
		if err != nil {
			return *r, err
		}
		for _, t := range twins {
			c.stats.touched.Store(true)
			if err := c.Keeper.Drop(ctx, t.Address, t.Keep); err != nil {
				return *r, fmt.Errorf("drop %s: %w", t.Address, err)
			}
		}
		if err := c.Frontier.CloseTwins(ctx, twins); err != nil {
			return *r, err
		}
	}
	r.Tallies, err = c.Frontier.Tallies(ctx)
	if err != nil {
		return *r, err
	}
	if r.Traps, err = c.Frontier.Traps(ctx, mostTraps); err != nil {
		return *r, err
	}
	r.Rested, r.Touched = int(c.stats.rested.Load()), c.stats.touched.Load()
	r.Bytes, r.Dropped, r.Elapsed = c.stats.bytes.Load(), int(c.stats.dropped.Load()), time.Since(c.start)
	c.mu.Lock()
	for _, n := range c.visits {
		r.Run.Visits += n
	}
	c.mu.Unlock()
	c.noteRefusals()
	r.Run.Status, r.Run.Reason = c.standing(paused)
	if timeUp {
		r.Run.Reason = fmt.Sprintf("the time limit of %s was reached; the next crawl goes on from here", c.MaxTime)
	}
	r.Run.Tally = coverage(r.Tallies)
	return *r, c.Frontier.End(ctx, r.Run)
}
