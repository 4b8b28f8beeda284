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
// A host that says 429 or 503 is left alone as long as it asks, and visited more slowly after.
// It is safe for concurrent use; its memory grows with the number of hosts in scope only.
type polite struct {
	mu    sync.Mutex
	hosts map[string]*manners
	now   func() time.Time
}

// manners is what is known of one host.
type manners struct {
	atOnce  int           // limit
	min     time.Duration // of the pause
	max     time.Duration
	busy    int
	next    time.Time // of the next request
	latency time.Duration
	slower  float64 // factor on the pause, grows with refusals
	failed  int     // in a row

	held  time.Time // next, before the places that are taken now
	asked bool      // something was sent since
}

const (
	brokenAfter  = 12               // failures in a row after which a host is left alone
	longestPause = 10 * time.Minute // that a Retry-After can ask for
)

func newPolite() *polite { return &polite{hosts: map[string]*manners{}, now: time.Now} }

// meet gives a host the source's manners; the first source wins.
func (p *polite) meet(host string, s *Source) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hosts[host] == nil {
		p.hosts[host] = &manners{atOnce: s.PerHost, min: s.Delay.Min, max: s.Delay.Max, slower: 1}
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
	if m.busy == 0 {
		m.held, m.asked = m.next, false
	}
	m.busy++
	m.next = now.Add(m.pause())
	return true, 0
}

func (m *manners) pause() time.Duration {
	d := time.Duration(float64(m.latency) * m.slower)
	return min(max(d, m.min), max(m.max, m.min))
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
// alone, and whether it has failed so often that it should be.
func (p *polite) heard(host string, a *answer) (wait time.Duration, broken bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.hosts[host]
	if m == nil {
		return 0, false
	}
	now := p.now()
	if a == nil {
		m.failed++
		return 0, m.failed >= brokenAfter
	}
	if m.latency == 0 {
		m.latency = a.Latency
	}
	m.latency += (a.Latency - m.latency) / 8
	if a.Status != http.StatusTooManyRequests && a.Status != http.StatusServiceUnavailable {
		m.slower = max(1, m.slower*0.98)
		if a.Status >= 500 {
			m.failed++
			return 0, m.failed >= brokenAfter
		}
		m.failed = 0
		return 0, false
	}
	m.failed++
	m.slower = min(m.slower*2, 64)
	wait = retryAfter(a.Header.Get("Retry-After"), now)
	if wait == 0 {
		wait = time.Duration(min(m.failed, 6)) * time.Second
	}
	wait = min(wait, longestPause)
	m.next = later(m.next, now.Add(wait))
	return wait, m.failed >= brokenAfter
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
