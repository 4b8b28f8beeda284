package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/frontier"
	"filon/crawler/robots"
)

// robotsCache holds the rules of each origin for one run: fetched once, by whoever comes first.
type robotsCache struct {
	mu      sync.Mutex
	origins map[string]*robotsEntry
}

type robotsEntry struct {
	mu    sync.Mutex
	rules *robots.Rules
	until time.Time // when a failed fetch may be tried again
	err   error
}

func newRobotsCache() *robotsCache { return &robotsCache{origins: map[string]*robotsEntry{}} }

// robotsOf gives the rules of an origin, fetching them when it is the first time. An error means that
// the origin does not answer: then nobody knows what is allowed.
func (c *crawl) robotsOf(ctx context.Context, s *Source, origin string) (*robots.Rules, error) {
	c.robots.mu.Lock()
	e := c.robots.origins[origin]
	if e == nil {
		e = &robotsEntry{}
		c.robots.origins[origin] = e
	}
	c.robots.mu.Unlock()
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.rules != nil {
		return e.rules, nil
	}
	if e.err != nil && time.Now().Before(e.until) {
		return nil, e.err
	}
	rules, err := c.fetchRobots(ctx, s, origin)
	if err != nil {
		e.err, e.until = err, time.Now().Add(2*time.Second)
		return nil, err
	}
	e.rules = rules
	if g := rules.For(robots.Token(s.UserAgent)); g != nil && !s.IgnoreRobots {
		c.polite.crawlDelay(address.Host(origin+"/"), g.Delay)
	}
	return rules, nil
}

// fetchRobots follows up to five redirects, as RFC 9309 section 2.3.1.2 asks, within http and https.
func (c *crawl) fetchRobots(ctx context.Context, s *Source, origin string) (*robots.Rules, error) {
	at := origin + "/robots.txt"
	few := *s
	few.Limits.Bytes = 2 << 20
	for range 6 {
		a, err := c.fetcher.get(ctx, &few, at, validators{})
		body, readErr := a.start(robots.MaxBytes + 1)
		a.discard()
		c.pause(ctx, address.Host(at))
		switch {
		case errors.Is(err, errTooLarge):
			return robots.FromStatus(404), nil
		case err != nil:
			return nil, err
		case readErr != nil:
			return nil, readErr
		case a.Status/100 == 2:
			return robots.Parse(body), nil
		case a.Status/100 == 3:
			base, err := address.NewBase(at, "")
			if err != nil {
				return robots.FromStatus(404), nil
			}
			if at, err = base.JoinRaw(a.Header.Get("Location")); err != nil {
				return robots.FromStatus(404), nil
			}
			if ok, _ := c.scopeOf(s.Name).Check(at); !ok && address.Origin(at) != origin {
				return robots.FromStatus(404), nil // elsewhere: not this site's rules
			}
			continue
		}
		return robots.FromStatus(a.Status), nil
	}
	return robots.FromStatus(404), nil
}

// pause keeps the host's distance after a request that the frontier did not hand out.
func (c *crawl) pause(ctx context.Context, host string) {
	if d := c.polite.again(host); d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
	}
}

// allowed asks robots.txt; reason quotes the line that forbids.
func (c *crawl) allowed(ctx context.Context, s *Source, r frontier.Request) (bool, string, error) {
	rules, err := c.robotsOf(ctx, s, address.Origin(r.Address))
	if err != nil {
		return false, "", err
	}
	g := rules.For(robots.Token(s.UserAgent))
	v := g.Check(address.Target(r.Address))
	if v.Allowed {
		return true, "", nil
	}
	if v.Line == 0 {
		return false, v.Rule, nil
	}
	return false, fmt.Sprintf("robots.txt line %d: %s", v.Line, v.Rule), nil
}

// withDefaults fills what a source leaves open.
func (s Source) withDefaults() Source {
	set := func(n *int, to int) {
		if *n <= 0 {
			*n = to
		}
	}
	set(&s.PerHost, 2)
	set(&s.Limits.Redirects, 10)
	set(&s.Revisit, longestRest)
	set(&s.RenderPages, renderPages)
	if s.ImageSizes == 0 {
		s.ImageSizes = imageSizes
	}
	if s.CMS == "" {
		s.CMS = CMSAuto
	}
	if s.Render == "" {
		s.Render = RenderAuto
	}
	set(&s.Limits.Links, 5000)
	if s.Limits.Bytes <= 0 {
		s.Limits.Bytes = 50 << 20
	}
	if s.Limits.Time <= 0 {
		s.Limits.Time = time.Minute
	}
	if s.Delay.Max <= 0 {
		s.Delay.Max = 5 * time.Second
	}
	s.Presume(s.identified())
	if s.UserAgent == "" {
		s.UserAgent = DefaultUserAgent
	}
	return s
}

// origins lists the origins of the seeds, each once.
func (s *Source) origins() []string {
	var all []string
	seen := map[string]bool{}
	for _, seed := range s.Seeds {
		if o := address.Origin(seed); o != "" && !address.IsFile(seed) && !seen[o] {
			seen[o] = true
			all = append(all, o)
		}
	}
	return all
}

func (s *Source) access() content.Access {
	a := content.Access{Visibility: content.Visibility(s.Visibility)}
	switch {
	case s.Session != nil:
		a.SeenAs = s.Session.As()
	case s.Network != nil:
		a.SeenAs = s.Network.As()
	}
	return a
}

// notes describes the sources for the database, without their secrets.
func (c *crawl) notes() []frontier.Source {
	var all []frontier.Source
	for _, s := range c.Sources {
		s.Session, s.Network, s.Barred = nil, nil, nil
		rules, err := json.Marshal(s)
		if err != nil {
			rules = nil
		}
		seeds := make([]string, len(s.Seeds))
		for i, seed := range s.Seeds {
			seeds[i] = withoutUser(seed)
		}
		all = append(all, frontier.Source{Name: s.Name, Seeds: seeds, Visibility: s.Visibility, Rules: string(rules)})
	}
	return all
}

func withoutUser(addr string) string {
	u, err := url.Parse(addr)
	if err != nil {
		return ""
	}
	u.User = nil
	return u.String()
}

// reopen lets an address that was left out in an earlier run wait again, when the rules of today let it in.
func (c *crawl) reopen(r frontier.Request) bool {
	s := c.sources[r.Source]
	if s == nil {
		return false
	}
	if isListing(r) {
		return s.CMS != CMSNever
	}
	if r.State == frontier.NeverFollow && strings.HasPrefix(r.Reason, byLabel[:strings.Index(byLabel, "%")]) && !c.scopeOf(s.Name).follows(r.Address) {
		return false
	}
	isFolder := address.IsFile(r.Address) && strings.HasSuffix(r.Address, "/")
	via := frontier.ByLink
	if address.IsFile(r.Address) {
		via = frontier.ByFolder
	}
	for _, f := range c.place(s, r.Address, via, r.Depth) {
		return f.State == "" && (r.State != frontier.NotContent || r.Status != 0 || isFolder)
	}
	return false
}

// standing tells how the run ended and, unless it is complete, why it is not.
func (c *crawl) standing(paused bool) (status, reason string) {
	if paused {
		return "paused", "interrupted; the next crawl goes on from here"
	}
	limits, failed := 0, 0
	for _, t := range c.report.Tallies {
		switch t.State {
		case frontier.Limit:
			limits += t.Count
		case frontier.Failed:
			failed += t.Count
		case frontier.Pending:
			limits += t.Count
		}
	}
	switch {
	case len(c.report.Refused) > 0:
		return "partial", strings.Join(slices.Sorted(maps.Keys(c.report.Refused)), ", ") + ": signing in failed"
	case len(c.report.Broken) > 0:
		for host, why := range c.report.Broken {
			return "partial", fmt.Sprintf("%s was left alone: %s", host, why)
		}
	case len(c.report.Kept) > 0:
		for source, what := range c.report.Kept {
			return "partial", fmt.Sprintf("%s: %s", source, what)
		}
	case limits > 0:
		return "partial", fmt.Sprintf("the page limit left %d known addresses unvisited", limits)
	case failed > 0:
		return "partial", fmt.Sprintf("%d addresses could not be fetched", failed)
	case c.stats.dropped.Load() > 0:
		return "partial", fmt.Sprintf("%d links were beyond the limit of links per page", c.stats.dropped.Load())
	}
	return "complete", ""
}

// coverage writes the tallies as JSON for the table of runs.
func coverage(t []frontier.Tally) string {
	b, err := json.Marshal(t)
	if err != nil {
		return ""
	}
	return string(b)
}
