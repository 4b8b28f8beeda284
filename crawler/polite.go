package crawler

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// polite spaces the requests to each host. The pause between two of them follows the time that the
// host takes to answer: on average one request is under way, never more than the source's PerHost.
// A host that says 429 or 503 is left alone as long as it asks, and visited more slowly after: each
// refusal doubles the pause, each good answer takes a tenth of what was added off again, and less the
// sooner the next refusal comes. A host that fails again and again rests, see breaker.
// It is safe for concurrent use; its memory grows with the number of hosts in scope only.
type polite struct {
	mu    sync.Mutex
	hosts map[string]*manners
	now   func() time.Time

	cooldown func(trips int) time.Duration // how long a host that failed rests
}

// manners is what is known of one host.
type manners struct {
	atOnce  int           // limit
	min     time.Duration // of the pause
	max     time.Duration
	busy    int
	next    time.Time // of the next request
	latency time.Duration
	failed  int // in a row

	extra   time.Duration // what refusals add to the pause
	gentle  int           // how much more slowly it is taken off again: refusals came soon one after the other
	calm    int           // good answers since the last refusal
	refused time.Time     // the last one

	breaker
	held  time.Time // next, before the places that are taken now
	asked bool      // something was sent since
}

const (
	longestPause = time.Hour       // that a host can ask for; an address that asks for more is not asked again in the run
	tooMany      = 5 * time.Second // after a 429 that does not say how long
	mostExtra    = 10 * time.Second
	muchExtra    = time.Second
	soon         = 50 // good answers within which another refusal means that the pace was too high
	mostGentle   = 8
)

func newPolite() *polite {
	return &polite{hosts: map[string]*manners{}, now: time.Now, cooldown: cooldown}
}

// meet gives a host the source's manners; the first source wins.
func (p *polite) meet(host string, s *Source) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hosts[host] == nil {
		p.hosts[host] = &manners{atOnce: s.PerHost, min: s.Delay.Min, max: s.Delay.Max, gentle: 1}
	}
}

// crawlDelay lengthens the pause to what robots.txt asks for, one request at a time.
func (p *polite) crawlDelay(host string, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if m := p.hosts[host]; m != nil && d > 0 {
		m.min = max(m.min, d)
		m.max = max(m.max, m.min)
		m.atOnce = 1
		m.asked = true
		m.next = later(m.next, p.now().Add(m.min))
	}
}

// gate is a frontier.Gate.
func (p *polite) gate(host string) (bool, time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.hosts[host]
	if m == nil {
		return true, 0 // out of every scope: closed without a request
	}
	now := p.now()
	if m.busy >= m.atOnce {
		return false, time.Minute // somebody comes back before
	}
	if wait := m.next.Sub(now); wait > 0 {
		return false, wait
	}
	if wait := m.rests(now); wait > 0 {
		return false, wait
	}
	if m.busy == 0 {
		m.held, m.asked = m.next, false
	}
	m.busy++
	m.next = now.Add(m.pause())
	return true, 0
}

func (m *manners) pause() time.Duration {
	return min(max(m.latency, m.min)+m.extra, max(m.max, m.min))
}

// again waits until one more request may go to a host that the caller already holds a place at.
func (p *polite) again(host string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.hosts[host]
	if m == nil {
		return 0
	}
	now := p.now()
	m.asked = true
	at := later(m.next, now)
	m.next = at.Add(m.pause())
	return at.Sub(now)
}

// leave gives the place back.
func (p *polite) leave(host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if m := p.hosts[host]; m != nil && m.busy > 0 {
		m.busy--
		m.asked = true
	}
}

// spare gives back a place at which nothing was asked of the host: its pause need not pass, so that a
// thousand addresses that are closed unvisited do not take a thousand pauses.
func (p *polite) spare(host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if m := p.hosts[host]; m != nil && m.busy > 0 {
		if m.busy--; m.busy == 0 && !m.asked {
			m.next = m.held
		}
	}
}

// heard learns from an answer; a nil answer is a failure. It tells how long the host asked to be left
// alone, and what became of it.
func (p *polite) heard(host string, a *answer) (wait time.Duration, became standing) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.hosts[host]
	if m == nil {
		return 0, asBefore
	}
	now := p.now()
	if a == nil {
		return 0, m.fails(now, p.cooldown)
	}
	if m.latency == 0 {
		m.latency = a.Latency
	}
	m.latency += (a.Latency - m.latency) / 8
	if a.Status != http.StatusTooManyRequests && a.Status != http.StatusServiceUnavailable {
		if a.Status >= 500 {
			return 0, m.fails(now, p.cooldown)
		}
		m.relax()
		return 0, m.works()
	}
	if now.Add(-a.Latency).After(m.refused) { // those that were under way together are one refusal
		m.slowDown()
	}
	m.refused = now
	wait = retryAfter(a.Header.Get("Retry-After"), now)
	switch {
	case wait > longestPause && m.doubt():
		return wait, inDoubt
	case wait > longestPause && m.doubted:
		return wait, asBefore
	case wait > longestPause:
		return wait, brokenDown
	}
	if wait == 0 {
		wait = time.Duration(min(m.failed+1, 6)) * time.Second
		if a.Status == http.StatusTooManyRequests { // it says that we ask too much, not that it is unwell
			wait = tooMany
		}
	}
	m.next = later(m.next, now.Add(wait))
	return wait, m.fails(now, p.cooldown)
}

// slowDown doubles the pause after a refusal.
func (m *manners) slowDown() {
	if m.calm > 0 && m.calm < soon {
		m.gentle = min(2*m.gentle, mostGentle)
	}
	m.calm = 0
	m.extra = min(max(2*m.extra, m.latency, m.min, 100*time.Millisecond), max(m.max, m.min), mostExtra)
}

// relax takes some of what refusals added off the pause.
func (m *manners) relax() {
	m.calm++
	if m.extra == 0 {
		return
	}
	if m.calm%(2*soon) == 0 {
		m.gentle = max(1, m.gentle/2)
	}
	gentle := m.gentle
	if m.extra > muchExtra { // where a try costs the host little, and waiting much
		gentle = 1
	}
	if m.extra -= m.extra / time.Duration(10*gentle); m.extra < 5*time.Millisecond {
		m.extra, m.gentle = 0, 1
	}
}

// retryAfter reads seconds or an HTTP date (RFC 9110 section 10.2.3); 0 when there is neither.
func retryAfter(v string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(v); err == nil && n > 0 {
		return time.Duration(min(n, 86400)) * time.Second
	}
	if t, err := http.ParseTime(v); err == nil && t.After(now) {
		return t.Sub(now)
	}
	return 0
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// backoff is the pause before the next attempt at one address: 2 s, 8 s, 32 s, each ± 20 %, so that
// several do not come back at once.
func backoff(attempts int) time.Duration {
	d := 2 * time.Second << (2 * min(attempts, 4))
	return time.Duration(float64(d) * (0.8 + 0.4*rand.Float64()))
}
