package crawler

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"filon/crawler/address"
	"filon/crawler/frontier"
	"filon/crawler/session"
)

// ledger counts what a run sends, host by host, where it leaves the program: sign-in, robots.txt,
// retries and the requests of pages that are run in a browser all pass it. A host stands in the
// database before its first request goes out, the counts follow every few seconds; so a run that was
// killed can still be answered for. It is safe for concurrent use.
type ledger struct {
	save func(context.Context, []frontier.Host) error
	now  func() time.Time

	mu    sync.Mutex
	hosts map[string]*account
	saved time.Time
}

// account is one host's part of the ledger.
type account struct {
	frontier.Host
	busy    int
	begun   []time.Time // of the requests of the last second
	changed bool        // since it was saved
}

const ledgerEvery = 5 * time.Second

// newLedger goes on from what an interrupted part of the same run has counted.
func newLedger(earlier []frontier.Host, save func(context.Context, []frontier.Host) error) *ledger {
	l := &ledger{save: save, now: time.Now, hosts: map[string]*account{}}
	for _, h := range earlier {
		l.hosts[h.Name] = &account{Host: h}
	}
	l.saved = l.now()
	return l
}

// over counts what goes through a transport. A nil ledger counts nothing.
func (l *ledger) over(base http.RoundTripper) http.RoundTripper {
	if l == nil {
		return base
	}
	return counted{ledger: l, base: base}
}

type counted struct {
	ledger *ledger
	base   http.RoundTripper
}

// Lane and Proxy are those of the transport beneath, for sign-ins that are bound to one connection and
// for those that no proxy may read.
func (c counted) Lane() http.RoundTripper {
	if lane := session.Lane(c.base); lane != nil {
		return counted{ledger: c.ledger, base: lane}
	}
	return nil
}

// Proxy tells through which proxy a request goes; nil for none.
func (c counted) Proxy(req *http.Request) (*url.URL, error) { return session.ProxyOf(c.base, req) }

// CloseIdleConnections closes connections that carry nothing.
func (c counted) CloseIdleConnections() { session.CloseIdle(c.base) }

// RoundTrip implements http.RoundTripper.
func (c counted) RoundTrip(req *http.Request) (*http.Response, error) {
	a, err := c.ledger.begin(req)
	if err != nil {
		if req.Body != nil {
			req.Body.Close()
		}
		return nil, err
	}
	res, err := c.base.RoundTrip(req)
	if err != nil {
		c.ledger.end(a, 0, true)
		return nil, err
	}
	body := &measured{ReadCloser: res.Body, done: func(n int64) { c.ledger.end(a, n, false) }}
	if w, ok := res.Body.(io.ReadWriteCloser); ok { // a connection that was upgraded is written to
		res.Body = struct {
			*measured
			io.Writer
		}{body, w}
		return res, nil
	}
	res.Body = body
	return res, nil
}

// begin counts a request before it is sent. An error means that it cannot be accounted for, and so
// must not be sent.
func (l *ledger) begin(req *http.Request) (*account, error) {
	name := address.Host(req.URL.String())
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	a := l.hosts[name]
	if a == nil {
		a = &account{Host: frontier.Host{Name: name, Requests: map[string]int{}, First: now.UTC().Truncate(time.Second)}}
		if err := l.save(context.WithoutCancel(req.Context()), []frontier.Host{a.Host}); err != nil {
			return nil, err
		}
		l.hosts[name] = a
	}
	a.Requests[method(req.Method)]++
	a.Last = now.UTC().Truncate(time.Second)
	a.busy++
	a.AtOnce = max(a.AtOnce, a.busy)
	old := 0
	for old < len(a.begun) && now.Sub(a.begun[old]) >= time.Second {
		old++
	}
	a.begun = append(a.begun[old:], now)
	a.Rate = max(a.Rate, len(a.begun))
	a.changed = true
	return a, nil
}

func method(name string) string {
	if name == "" {
		return http.MethodGet
	}
	return strings.ToUpper(name)
}

// end closes a request that brought so many bytes.
func (l *ledger) end(a *account, bytes int64, failed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a.busy--
	a.Bytes += bytes
	if failed {
		a.Failed++
	}
	a.changed = true
}

// keep writes what has changed, when it is time or at once.
func (l *ledger) keep(ctx context.Context, now bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !now && l.now().Sub(l.saved) < ledgerEvery {
		return nil
	}
	var changed []frontier.Host
	for _, a := range l.hosts {
		if a.changed {
			changed = append(changed, a.Host)
		}
	}
	l.saved = l.now()
	if len(changed) == 0 {
		return nil
	}
	slices.SortFunc(changed, func(a, b frontier.Host) int { return strings.Compare(a.Name, b.Name) })
	if err := l.save(ctx, changed); err != nil {
		return err
	}
	for _, a := range l.hosts {
		a.changed = false
	}
	return nil
}

// measured counts the bytes that were read of a body, and tells them once.
type measured struct {
	io.ReadCloser
	n    int64
	once sync.Once
	done func(int64)
}

func (m *measured) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	m.n += int64(n)
	if err != nil {
		m.once.Do(func() { m.done(m.n) })
	}
	return n, err
}

func (m *measured) Close() error {
	err := m.ReadCloser.Close()
	m.once.Do(func() { m.done(m.n) })
	return err
}

// declare notes with which rules and under which names the run visits its sources, and gives it a
// ledger. It is called once, after Begin.
func (c *crawl) declare(ctx context.Context) error {
	run := c.report.Run.ID
	var sources []frontier.RunSource
	for i, note := range c.notes() {
		s := &c.Sources[i]
		sources = append(sources, frontier.RunSource{Source: note, Identity: s.access().SeenAs, UserAgent: s.UserAgent, IgnoreRobots: s.IgnoreRobots,
			PerHost: s.PerHost, MinDelay: s.Delay.Min, MaxDelay: s.Delay.Max})
	}
	if err := c.Frontier.Declare(ctx, run, sources, c.Terms); err != nil {
		return err
	}
	earlier, err := c.Frontier.Hosts(ctx, run)
	if err != nil {
		return err
	}
	c.ledger = newLedger(earlier, func(ctx context.Context, hosts []frontier.Host) error { return c.Frontier.NoteHosts(ctx, run, hosts) })
	c.fetcher.ledger = c.ledger
	return nil
}
