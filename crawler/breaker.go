package crawler

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"filon/crawler/address"
)

// breaker lets a failing host rest, and asks it again with one request at a time. Before it does, its witness
// is asked: a page that the host has answered before. When that still comes, only a part of the host fails,
// and the rest of it goes on.
//
//	closed ──failures in a row──▶ doubt ──no witness──▶ open, for a while ──▶ half-open: one request
//	   ▲                            │                      ▲                      │
//	   └──────── it works ──────────┴──────────────────────┼──────────────────────┤
//	                                                       └──────── it fails ────┘  (given up after mostTrips rests)
type breaker struct {
	witness  string    // a page that the host has answered in this run, "" for none yet
	of       *Source   // of the witness
	doubted  bool      // the witness is being asked
	answered bool      // the host has answered in this run
	until    time.Time // it rests; zero when closed
	half     bool      // it is tried
	trips    int       // rests since it last worked for a while
	good     int       // answers since
}

const (
	brokenAfter = 12 // failures in a row after which a host rests
	mostTrips   = 3  // rests after which it is given up
	trusted     = 50 // answers after which its rests are forgotten
)

// cooldown is how long a host rests: half a minute, two minutes, eight.
func cooldown(trips int) time.Duration { return 30 * time.Second << (2 * (min(trips, 3) - 1)) }

// standing is what became of a host with an answer or a failure.
type standing int

const (
	asBefore   standing = iota
	atRest              // it failed again and again, and rests now
	back                // it rested, and works again
	brokenDown          // it is given up
	inDoubt             // ask its witness, then call testified
)

// rests tells how long the host may not be asked; 0 when it may. A host that has rested is asked one thing
// at a time.
func (m *manners) rests(now time.Time) time.Duration {
	if m.until.IsZero() {
		return 0
	}
	if wait := m.until.Sub(now); wait > 0 {
		return wait
	}
	if m.busy > 0 {
		return time.Minute // somebody comes back before
	}
	m.half = true
	return 0
}

// fails counts a failure.
func (m *manners) fails(now time.Time, cooldown func(int) time.Duration) standing {
	m.failed++
	resting := !m.until.IsZero() && !m.half
	switch {
	case resting || !m.half && m.failed < brokenAfter:
		return asBefore
	case m.doubt():
		return inDoubt
	}
	return m.trip(now, cooldown)
}

// doubt tells whether the caller has to ask the witness.
func (m *manners) doubt() bool {
	if m.witness == "" || m.doubted {
		return false
	}
	m.doubted = true
	return true
}

// trip sends a host to rest, or gives it up.
func (m *manners) trip(now time.Time, cooldown func(int) time.Duration) standing {
	if !m.answered || m.trips >= mostTrips {
		return brokenDown
	}
	m.trips++
	m.half, m.good = false, 0
	m.until = now.Add(cooldown(m.trips))
	return atRest
}

// vouch remembers a page that a host has answered.
func (p *polite) vouch(host string, s *Source, addr string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if m := p.hosts[host]; m != nil && m.witness == "" {
		m.witness, m.of = addr, s
	}
}

// witness gives the page that a host has answered.
func (p *polite) witness(host string) (s *Source, addr string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.hosts[host]
	return m.of, m.witness
}

// testified ends the doubt about a host. forLong tells that it asked to be left alone beyond this run.
func (p *polite) testified(host string, works, forLong bool) standing {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.hosts[host]
	m.doubted = false
	switch {
	case works:
		return m.works()
	case forLong:
		return brokenDown
	}
	return m.trip(p.now(), p.cooldown)
}

// works counts an answer.
func (m *manners) works() standing {
	m.failed, m.answered = 0, true
	if m.good++; m.good >= trusted {
		m.trips = 0
	}
	if m.until.IsZero() || !m.half {
		return asBefore
	}
	m.until, m.half = time.Time{}, false
	return back
}

// resting tells until when a host rests for the first time, zero when it does not: then what fails is the
// host's fault and no attempt at an address.
func (p *polite) resting(host string) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if m := p.hosts[host]; m != nil && !m.half && m.trips == 1 {
		return m.until
	}
	return time.Time{}
}

// waitsFor tells until when a host may not be asked, and why; zero when it may.
func (p *polite) waitsFor(host string) (until time.Time, why string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.hosts[host]
	if m == nil {
		return time.Time{}, ""
	}
	now := p.now()
	switch {
	case m.until.After(now):
		return m.until, "it rests after failures"
	case m.next.After(now) && m.refused.After(now.Add(-longestPause)):
		return m.next, "it asked to be left alone"
	case m.next.After(now):
		return m.next, "it is asked slowly"
	}
	return time.Time{}, ""
}

// names lists the hosts.
func (p *polite) names() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Sorted(maps.Keys(p.hosts))
}

// rest sends a host to rest at once, because a request to it stood still.
func (p *polite) rest(host string) standing {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.hosts[host]
	if m == nil {
		return asBefore
	}
	m.failed = max(m.failed, brokenAfter)
	m.answered = true
	return m.fails(p.now(), p.cooldown)
}

// shut leaves the folder of an address alone for the rest of the run. That of a first page is the address alone.
func (c *crawl) shut(addr, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.leftAlone[folderOf(addr)] = reason
}

// isShut tells why the folder of an address is left alone, "" when it is not.
func (c *crawl) isShut(addr string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.leftAlone) == 0 {
		return ""
	}
	return c.leftAlone[folderOf(addr)]
}

// folderOf cuts an address after its last slash; what lies at the root of a host is its own folder.
func folderOf(addr string) string {
	target := address.Path(addr)
	last := strings.LastIndexByte(target, '/')
	if last <= 0 {
		return addr
	}
	return address.Origin(addr) + target[:last+1]
}

// hear learns from an answer of a host, or from a failure (a nil answer), and says what became of the host.
func (c *crawl) hear(ctx context.Context, host string, a *answer, reason string) time.Duration {
	wait, became := c.polite.heard(host, a)
	if a != nil {
		reason = fmt.Sprintf("it answered %d again and again", a.Status)
		if wait > longestPause {
			reason = fmt.Sprintf("it answered %d and asks to be left alone for %s", a.Status, wait.Round(time.Second))
		}
	}
	if became == inDoubt {
		became = c.askWitness(ctx, host, wait > longestPause)
	}
	c.became(ctx, host, became, reason)
	return wait
}

// askWitness asks a host in doubt for a page that it has answered before.
func (c *crawl) askWitness(ctx context.Context, host string, forLong bool) standing {
	s, addr := c.polite.witness(host)
	c.pause(ctx, host)
	a, err := c.fetcher.get(ctx, s, addr, validators{})
	a.discard()
	return c.polite.testified(host, err == nil && a.Status < 500 && a.Status != http.StatusTooManyRequests, forLong)
}

func (c *crawl) became(ctx context.Context, host string, s standing, reason string) {
	switch s {
	case atRest:
		until, _ := c.polite.waitsFor(host)
		c.Log(fmt.Sprintf("%s rests for %s: %s; the other hosts go on", host, time.Until(until).Round(time.Second), reason))
	case back:
		c.Log(host + " answers again")
	case brokenDown:
		c.giveUp(ctx, host, reason)
	}
}
