package crawler

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/feed"
	"filon/crawler/folder"
	"filon/crawler/frontier"
	"filon/crawler/sitemap"
)

// adopt takes over what is known of addresses that belong to the sources of this run by now: that of sources which are
// there no longer, as after another name was given to one, and that of the seeds, which somebody has asked for. What a
// source read that saw more stays with it: this run could neither find it again nor tell who may see it.
func (c *crawl) adopt(ctx context.Context) error {
	var seeds []string
	for _, s := range c.Sources {
		for _, seed := range s.Seeds {
			if addr, err := locate(seed); err == nil {
				seeds = append(seeds, addr)
			}
		}
	}
	last, err := c.Frontier.LastDeclared(ctx)
	if err != nil {
		return err
	}
	moved, err := c.Frontier.Adopt(ctx, c.Others, seeds, func(addr, from string) string {
		for i, scope := range c.scopes {
			if state, _ := scope.State(addr); state == "" {
				if c.Sources[i].SeesLess(last[from]) {
					return ""
				}
				return c.Sources[i].Name
			}
		}
		return ""
	})
	if moved > 0 {
		c.stats.touched.Store(true)
	}
	return err
}

// SeesLess tells whether the source shows nobody's identity where an earlier one did, or takes for public what that did not.
func (s *Source) SeesLess(earlier frontier.RunSource) bool {
	public := string(content.Public)
	return earlier.Identity != "" && !s.identified() || earlier.Visibility != "" && earlier.Visibility != public && s.Visibility == public
}

// sow gives the frontier what the crawl begins with: seeds and folders.
func (c *crawl) sow(ctx context.Context) error {
	for i := range c.Sources {
		s := &c.Sources[i]
		if s.isFolders() {
			if err := c.sowFolders(ctx, s); err != nil {
				return err
			}
			continue
		}
		var found []frontier.Found
		for _, seed := range s.Seeds {
			addr, err := address.Canonical(seed)
			if err != nil {
				return fmt.Errorf("seed %s of %s: %w", seed, s.Name, err)
			}
			found = append(found, frontier.Found{Address: addr, Source: s.Name, Via: frontier.BySeed})
			c.polite.meet(address.Host(addr), s)
		}
		if err := c.Frontier.Add(ctx, found); err != nil {
			return err
		}
	}
	return nil
}

// sowSitemaps gives the frontier the places where sitemaps are, of all sources at once and while the workers
// are at it: a host whose robots.txt hangs keeps nobody waiting. Each source sends its end once; wait returns
// when all have.
func (c *crawl) sowSitemaps(ctx context.Context) (sown <-chan error, wait func()) {
	ends := make(chan error, len(c.Sources))
	var wg sync.WaitGroup
	for i := range c.Sources {
		s := &c.Sources[i]
		if s.isFolders() || s.NoSitemaps || c.refusedFrom(s.Name) != "" {
			ends <- nil
			continue
		}
		wg.Go(func() { ends <- c.Frontier.Add(ctx, c.sitemapsOf(ctx, s)) })
	}
	return ends, wg.Wait
}

// sitemapsOf lists the sitemaps that the source names, that robots.txt names, and, when neither
// does, the usual names.
func (c *crawl) sitemapsOf(ctx context.Context, s *Source) []frontier.Found {
	var names []string
	for _, origin := range s.origins() {
		before := len(names)
		if rules, err := c.robotsOf(ctx, s, origin); err == nil {
			for _, name := range rules.Sitemaps {
				if base, err := address.NewBase(origin+"/robots.txt", ""); err == nil {
					if full, err := base.Join(name); err == nil {
						names = append(names, full)
					}
				}
			}
		}
		if len(names) == before && len(s.Sitemaps) == 0 {
			for _, name := range sitemap.WellKnown {
				names = append(names, origin+name)
			}
		}
	}
	var found []frontier.Found
	for _, name := range append(slices.Clone(s.Sitemaps), names...) {
		if addr, err := address.Canonical(name); err == nil {
			found = append(found, c.place(s, addr, frontier.BySitemap, 0)...)
		}
	}
	return found
}

// byLabel is the reason of an address that is never followed because of a link that names it.
const byLabel = "a link to it says “%s”: it may change something instead of showing it"

// links lists where a page leads, each address once, with the state that is already known.
func (c *crawl) links(s *Source, r frontier.Request, item content.Item) []frontier.Found {
	nofollow := item.NoFollow && !s.KeepNoIndex // the same word to the same search engines
	seen := make(map[string]int, len(item.Links))
	var found []frontier.Found
	scope, identified := c.scopeOf(s.Name), s.identified()
	add := func(addr string, via frontier.Via, nofollow bool) {
		if addr == "" || addr == r.Address {
			return
		}
		if at, ok := seen[addr]; ok {
			if at >= 0 && !nofollow && found[at].State == frontier.NoFollow {
				found[at].State, found[at].Reason = "", ""
			}
			return
		}
		seen[addr] = -1
		for _, f := range c.place(s, addr, via, r.Depth+1) {
			if f.State == "" && nofollow {
				f.State, f.Reason = frontier.NoFollow, "the link asks not to be followed"
			}
			seen[addr] = len(found)
			found = append(found, f)
		}
	}
	for i, l := range item.Links {
		if i >= s.Limits.Links {
			c.stats.dropped.Add(int64(len(item.Links) - i))
			break
		}
		add(l.Address, frontier.ByLink, l.NoFollow || nofollow)
		if said := scope.actsByLabel(l, identified); said != "" {
			if at, ok := seen[l.Address]; ok && at >= 0 && (found[at].State == "" || found[at].State == frontier.NoFollow) {
				found[at].State, found[at].Reason = frontier.NeverFollow, fmt.Sprintf(byLabel, said)
			}
		}
	}
	add(item.Canonical, frontier.ByLink, nofollow)
	add(item.Next, frontier.ByLink, nofollow)
	add(item.Prev, frontier.ByLink, nofollow)
	for _, a := range item.Alternates {
		add(a.Address, frontier.ByLink, nofollow)
	}
	for _, e := range item.Embeds {
		if e.Provider == "" && e.Kind != "other" {
			add(e.Address, frontier.ByLink, nofollow)
		}
	}
	if !s.NoFeeds {
		for _, f := range item.Feeds {
			add(f, frontier.ByFeed, false)
		}
	}
	return found
}

// place gives an address its source and, when it is already known, its end. An address without a
// source is out of the scope of the page that names it.
func (c *crawl) place(s *Source, addr string, via frontier.Via, depth int) []frontier.Found {
	canonical, err := locate(addr)
	if err != nil || address.IsFile(canonical) && !s.isFolders() {
		return nil // a web page has no say about the files of this machine
	}
	f := frontier.Found{Address: canonical, Source: s.Name, Via: via, Depth: depth}
	state, reason := c.scopeOf(s.Name).State(canonical)
	for i := 0; state == frontier.OutOfScope && i < len(c.Sources); i++ {
		if in, why := c.scopes[i].State(canonical); in != frontier.OutOfScope {
			f.Source, state, reason = c.Sources[i].Name, in, why
			s = &c.Sources[i]
		}
	}
	switch {
	case state != "":
		f.State, f.Reason = state, reason
	case s.MaxDepth > 0 && depth > s.MaxDepth:
		f.State, f.Reason = frontier.TooDeep, fmt.Sprintf("%d links from the seed, the limit is %d", depth, s.MaxDepth)
	case via == frontier.ByFolder && folder.Skip(lastName(canonical)) != "":
		f.State, f.Reason = frontier.NotContent, folder.Skip(lastName(canonical))+": nothing that people have put there"
	case (via == frontier.ByLink || via == frontier.ByFolder) && !strings.HasSuffix(canonical, "/") && extract.Readable("", canonical) == extract.KindNeither:
		f.State, f.Reason = frontier.NotContent, "its name says that it is nothing to publish"
	default:
		c.polite.meet(address.Host(canonical), s)
	}
	return []frontier.Found{f}
}

func (c *crawl) found(s *Source, addrs []string, via frontier.Via, depth int, r frontier.Request) []frontier.Found {
	var found []frontier.Found
	for _, a := range addrs {
		if a != r.Address {
			found = append(found, c.place(s, a, via, depth)...)
		}
	}
	return found
}

// sitemap reads a sitemap or an index of sitemaps.
func (c *crawl) sitemap(s *Source, r frontier.Request, a *answer) visited {
	body, err := a.open()
	if err != nil {
		return ended(frontier.Failed, "its body could not be kept aside")
	}
	defer body.Close()
	var found []frontier.Found
	var modified []time.Time // of found, one by one
	report, err := sitemap.Read(body, r.Address, sitemap.Limits{}, func(e sitemap.Entry) error {
		depth := 1 // what a sitemap lists is as good as linked from home
		if e.Index {
			depth = r.Depth + 1
		}
		if depth <= sitemap.MaxDepth {
			for _, f := range c.place(s, e.Address, frontier.BySitemap, depth) {
				found, modified = append(found, f), append(modified, e.Modified)
			}
		}
		return nil
	})
	if plausible(modified, c.Day) {
		for i := range found {
			found[i].Modified = modified[i]
		}
	}
	if err != nil {
		return ended(frontier.Failed, "a sitemap whose address cannot be read")
	}
	if report.Kind == sitemap.None {
		return ended(frontier.NotContent, "no sitemap")
	}
	v := ended(frontier.NotContent, fmt.Sprintf("sitemap with %d addresses", report.Entries))
	v.links = found
	if !report.Complete() {
		trouble := strings.TrimSpace(report.Broken + " " + report.Cut)
		v.result.Reason += "; not read to its end: " + trouble
		c.Log(fmt.Sprintf("%s: %s; the %d addresses before are used", r.Address, trouble, report.Entries))
	}
	return v
}

// feed reads an RSS, Atom or JSON feed.
func (c *crawl) feed(s *Source, r frontier.Request, a *answer) visited {
	entries, err := feed.Read(a.Body, r.Address)
	if err != nil {
		return ended(frontier.NotContent, "a feed that cannot be read")
	}
	v := ended(frontier.NotContent, fmt.Sprintf("feed with %d entries", len(entries)))
	for _, e := range entries {
		v.links = append(v.links, c.place(s, e.Address, frontier.ByFeed, r.Depth+1)...)
	}
	return v
}

// hops counts the redirects in a row that led to r.
func (c *crawl) hops(r frontier.Request) (int, error) {
	n := 0
	for r.Via == frontier.ByRedirect && n < 100 {
		n++
		full, _, ok, err := c.Frontier.Find(context.Background(), r.Address, 0)
		if err != nil || !ok || full.Referrer == "" {
			return n, err
		}
		if r, _, ok, err = c.Frontier.Find(context.Background(), full.Referrer, 0); err != nil || !ok {
			return n, err
		}
	}
	return n, nil
}

// mayVisit counts a visit of the source, unless its page limit is reached.
func (c *crawl) mayVisit(s *Source) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.MaxPages > 0 && c.visits[s.Name]+c.visitedBefore(s) >= s.MaxPages {
		return false
	}
	c.visits[s.Name]++
	return true
}

// visitedBefore is what a resumed run has already used of the page limit.
func (c *crawl) visitedBefore(*Source) int { return c.report.Run.Visits }

func (c *crawl) scopeOf(source string) *Scope {
	for i := range c.Sources {
		if c.Sources[i].Name == source {
			return c.scopes[i]
		}
	}
	return nil
}

// giveUp leaves a host alone for the rest of the run: what waits of it is closed as failed.
func (c *crawl) giveUp(ctx context.Context, host, reason string) {
	c.mu.Lock()
	_, known := c.report.Broken[host]
	c.report.Broken[host] = reason
	c.mu.Unlock()
	if known {
		return
	}
	c.Log(fmt.Sprintf("%s is left alone: %s; the other hosts go on", host, reason))
	if n, err := c.Frontier.CloseRest(ctx, frontier.Failed, "its host was given up: "+reason, host); err == nil {
		c.stats.failed.Add(int64(n))
	}
}

func (c *crawl) broken(host string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.report.Broken[host]
}
