// Package frontier keeps the addresses that a crawl knows: which wait, which are being visited and
// how each one ended.
//
//	seeds, links, sitemaps, feeds ──Add──▶ pending ──Next──▶ (a worker) ──Done──▶ a final state
//
// In: found addresses. Out: one request at a time, the shallowest first. Never: fetching, judging,
// a decision about scope (the crawler brings that along as a state).
package frontier

import (
	"context"
	"errors"
	"time"
)

// ErrEmpty says that nothing waits and nobody is at work: the crawl is over.
var ErrEmpty = errors.New("frontier: empty")

// State is how a request ended, or that it has not. The list is closed.
type State string

// The states of a request. All but Pending are final for the run.
const (
	Pending     State = "pending"      // waits for a visit, or for its next attempt
	Kept        State = "kept"         // its item is in the inventory
	Unchanged   State = "unchanged"    // visited again: the inventory already has it as it is
	Redirected  State = "redirected"   // points to another address, which has its own request
	Duplicate   State = "duplicate"    // the same page as another address of its source
	Robots      State = "robots"       // robots.txt asks not to
	OutOfScope  State = "out-of-scope" // another host, or not in the source's patterns
	NeverFollow State = "never-follow" // it may change something instead of showing it: sign out, delete, approve…
	NoIndex     State = "noindex"      // the page asks not to be indexed
	NoFollow    State = "nofollow"     // only links that ask not to be followed lead here
	TooDeep     State = "too-deep"     // beyond the depth limit
	TooLarge    State = "too-large"    // beyond the size limit
	Limit       State = "limit"        // the page limit, or a limit of links per page, was reached before its turn
	Trap        State = "trap"         // one of an endless family of addresses that bring nothing new
	NotContent  State = "not-content"  // style, script, font, feed, sitemap: nothing to publish
	NeedsRender State = "needs-render" // an empty shell: its text comes from a script
	NeedsLogin  State = "needs-login"  // asks to sign in
	Unreadable  State = "unreadable"   // kept in the inventory with a problem instead of a text
	Gone        State = "gone"         // 404 or 410
	Failed      State = "error"        // could not be fetched after all attempts
)

// InInventory tells whether a request in this state has an item in the inventory.
func (s State) InInventory() bool {
	switch s {
	case Kept, Unchanged, Unreadable, NeedsRender:
		return true
	}
	return false
}

// States lists all states in the order in which people want to read them.
var States = []State{Kept, Unchanged, Unreadable, NeedsRender, Redirected, Duplicate, NotContent, NoIndex, NoFollow, Robots,
	OutOfScope, NeverFollow, TooDeep, TooLarge, Limit, Trap, NeedsLogin, Gone, Failed, Pending}

// Via is how an address was found.
type Via string

// Ways of finding an address.
const (
	BySeed     Via = "seed"
	ByLink     Via = "link"
	BySitemap  Via = "sitemap"
	ByFeed     Via = "feed"
	ByRedirect Via = "redirect"
	ByFolder   Via = "folder" // it lies in a folder that was walked
	ByCMS      Via = "cms"    // the site's software lists it
)

// Request is an address and what is known of its visit.
type Request struct {
	ID       int64
	Address  string
	Host     string // host and port
	Source   string
	Via      Via
	Referrer string // the address it was first found on; "" for seeds
	Depth    int
	State    State
	Reason   string // why it has its state, one line in English
	Status   int    // last HTTP status, 0 when there was no answer
	Attempts int
	Late     bool      // visited when nothing else of its source waits
	NextAt   time.Time // not before; zero is now

	// From an earlier visit, to ask only for what changed.
	ETag, LastModified string
	ItemHash           string // of all that the verdict depends on; "" when there was no item
	InInventory        bool   // an earlier visit left an item
	Sketch             []byte // what the page said, for the trap guard
	Pattern            string // the family of addresses it belongs to

	Hint   string // what a listing said of it, see crawler
	Listed bool   // by a sitemap or by the site's software

	// Its history, for coming back only when it is worth it.
	Strikes   int       // visits in a row that did not find it, although the inventory has it
	Visited   time.Time // the day of the last visit that found it; zero when there was none
	Calm      int       // different days in a row on which a visit found nothing new
	Modified  time.Time // when a sitemap that can be trusted says that it last changed; zero when none does
	TwinOf    string    // the address of the same page, when it was closed as Duplicate
	LinksHash string    // of what it linked to
	Reach     string    // how far a look without the sign-in showed it to reach; "" when there was none
}

// Found is an address that a page, a sitemap or a person named. State says at once how it ends when
// the crawler already knows (out-of-scope, too-deep …); the zero State means that it is to be visited.
type Found struct {
	Address string
	Source  string
	Via     Via
	Depth   int
	State   State
	Reason  string
	Hint    string // what a listing says of it; "" leaves what an earlier one said

	Modified time.Time // when a sitemap says that it last changed; zero leaves what an earlier one said
}

// Result is how a visit ended. State Pending asks for another attempt at NextAt.
type Result struct {
	State              State
	Reason             string
	Status             int
	NextAt             time.Time
	ETag, LastModified string
	PageHash           string // equal for addresses of one page that say the same; "" for an item too short to compare
	ItemHash           string
	Canonical          string    // the address that the page declares as its own
	Pattern            string    // the family of addresses it belongs to, see crawler's trap guard
	Novel              bool      // it brought text that its family had not shown before
	Sketch             []byte    // what the page said, for the trap guard; empty when there is nothing to compare
	Reach              string    // see Request; written with ItemHash
	LinksHash          string    // of what it links to; "" leaves the earlier one
	MovedTo            string    // where it points, of Redirected
	Day                time.Time // of the visit; zero for one that was not made
	Late               int       // above 0 and with Pending: not an attempt, but put off until nothing else waits; what is put off goes in the order of these numbers
}

// Family is a group of addresses of one form that were closed as Trap.
type Family struct {
	Source  string
	Pattern string // "" for those that a loop of links made
	Reason  string // of one of them
	Example string // one of them
	Count   int
}

// Gate says whether a host may be asked now and, if not, how long until it is worth asking again.
// When it returns ok it has reserved a place for one request; the caller gives it back.
type Gate func(host string) (ok bool, wait time.Duration)

// Tally counts the requests of one source that share a state and the ways they were found.
type Tally struct {
	Source                    string
	State                     State
	Seed, Link, Sitemap, Feed bool // found so; an address may be found in several ways
	Folder, CMS               bool
	Listed                    bool // folders that were walked, which are no files
	Count                     int
}

// Source is what the frontier remembers of a source: for people who read the database later.
type Source struct {
	Name       string
	Seeds      []string
	Visibility string
	Rules      string // JSON, without secrets
}

// Departed is an address that the inventory has and that its last visit no longer gives it.
type Departed struct {
	Address, Source, MovedTo string
	State                    State
	Strikes                  int
}

// SamePage begins the reason of a Duplicate; the address that is kept follows.
const SamePage = "the same page as "

// Twin is an address whose page stands at another address too.
type Twin struct{ Address, Keep string }

// Run is one crawl, from its start to complete, paused or partial.
type Run struct {
	ID      int64
	Started time.Time
	Ended   time.Time // zero while it goes on, or when it was cut off
	Status  string    // running, complete, partial, paused
	Reason  string    // why it is not complete
	Resumed bool      // Begin found it unfinished
	Visits  int       // requests that went to the network so far
	Tally   string    // the coverage of the run as JSON, kept for later reading
}

// Frontier is safe for concurrent use. What Add and Done were given is durable when they return:
// a process that dies at any moment loses at most the visits in flight, which Begin hands out again.
type Frontier interface {
	// Begin resumes the run over these sources that was not finished, or starts a new one in which
	// every known address of the sources waits again, but for those whose state came from the links
	// that name them (out-of-scope, nofollow, not-content, limit): they keep it until found otherwise,
	// or until reopen says that the source's rules now let them in.
	Begin(ctx context.Context, sources []Source, reopen func(Request) bool) (Run, error)
	// Adopt moves known addresses to sources of the run, after Begin, and makes them wait as if they had never been read:
	// those of sources that are neither of the run nor among keep, and, whosever they are, these seeds. to names the source
	// of the run that an address of another belongs to now, "" for none. It tells how many moved.
	Adopt(ctx context.Context, keep, seeds []string, to func(address, from string) string) (int, error)
	// End closes the run. Status is complete, partial or paused.
	End(ctx context.Context, run Run) error

	// Add records addresses; known ones only gain a shorter depth or, when an earlier final state
	// was the link's and not the page's (nofollow, too-deep, out-of-scope, robots), a chance to be visited.
	Add(ctx context.Context, found []Found) error
	// Next hands out the shallowest waiting request of a host that gate lets through, the late ones
	// after all others. It waits while
	// others are at work and returns ErrEmpty when nothing is left.
	Next(ctx context.Context, gate Gate) (Request, error)
	// Done closes a visit, and queues what its page linked to, in one transaction. A visit that found nothing
	// new may become durable together with the next sixteen, at the latest when Next finds nothing waiting:
	// when the process dies before, the page is visited again.
	Done(ctx context.Context, r Request, res Result, links []Found) error
	// LastDeclared gives every source as the last run that declared it did, by name.
	LastDeclared(ctx context.Context) (map[string]RunSource, error)
	// Declare notes with which rules and identities a run visits its sources, and under which further terms.
	Declare(ctx context.Context, run int64, sources []RunSource, terms map[string]string) error
	// Declared gives what Declare noted, by source; nothing for an unknown run.
	Declared(ctx context.Context, run int64) ([]RunSource, map[string]string, error)
	// NoteHosts notes what a run has asked of these hosts so far; it replaces what was noted of them before.
	NoteHosts(ctx context.Context, run int64, hosts []Host) error
	// Hosts gives what NoteHosts noted, by name.
	Hosts(ctx context.Context, run int64) ([]Host, error)

	// Release gives back a request whose visit was cut short by us.
	Release(ctx context.Context, r Request) error
	// Reopen makes closed requests wait again and forgets what their last visit left, validators, hashes or a
	// strike: what it saw was not the page. It tells how many those are; unknown and waiting addresses are none.
	Reopen(ctx context.Context, addresses []string) (int, error)

	// CloseRest gives every request that still waits (on one host, unless host is "") a final state, and says how many.
	CloseRest(ctx context.Context, state State, reason string, host string) (int, error)
	// Duplicates gives the addresses that lead to the same page as another of their source, each with the
	// address to keep: the one that the others declare as canonical, else the shortest, else the
	// first in the alphabet.
	Duplicates(ctx context.Context) ([]Twin, error)
	// CloseTwins closes those addresses as Duplicate, once the inventory no longer has them: the other way round, a
	// death in between would leave them there for ever.
	CloseTwins(ctx context.Context, twins []Twin) error

	// Departed lists the addresses of the sources that the inventory has although their visit in this run ended
	// in a state that is not of the inventory and says something about the page: not limits, traps and failures.
	Departed(ctx context.Context) ([]Departed, error)
	// Forget notes that the inventory no longer has these addresses.
	Forget(ctx context.Context, addresses []string) error
	// Held counts the addresses of each source that the inventory has.
	Held(ctx context.Context) (map[string]int, error)

	// Waiting is about how many requests wait; it is quick.
	Waiting() int
	// Tallies counts the requests of the sources as they stand now.
	Tallies(ctx context.Context) ([]Tally, error)
	// Sketches gives address and sketch of the pages that this run has visited so far, in the order of their visits
	// as far as depth and finding tell it.
	Sketches(ctx context.Context, each func(address string, sketch []byte)) error
	// Traps gives the families of the requests that ended as Trap, at most n, the largest first.
	Traps(ctx context.Context, n int) ([]Family, error)
	// Find gives one request and the addresses of up to limit pages that link to it; false when unknown.
	Find(ctx context.Context, address string, limit int) (Request, []string, bool, error)
	// Runs lists the last n runs, the newest first.
	Runs(ctx context.Context, n int) ([]Run, error)
}
