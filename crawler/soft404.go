package crawler

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"strings"
	"sync"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/frontier"
)

// missing knows how each origin answers for a page that does not exist: some say 200 and an apology.
// It asks once an origin and run, for an address that nobody can have made.
type missing struct {
	mu      sync.Mutex
	origins map[string]*apology
}

type apology struct {
	once  sync.Once
	print string // of title and text; "" when the server says plainly that there is nothing
	to    string // where it sends its visitors instead; "" when it does not
}

func newMissing() *missing { return &missing{origins: map[string]*apology{}} }

// isSoft404 tells whether a page of the inventory is answered as one that does not exist. Only those are
// compared: a new page is never taken for an apology that it happens to resemble.
func (c *crawl) isSoft404(ctx context.Context, s *Source, r frontier.Request, a *answer) bool {
	if !r.InInventory || a.Status/100 != 2 && a.Status/100 != 3 || a.Status == 304 {
		return false
	}
	m := c.apologyOf(ctx, s, r)
	if a.Status/100 == 3 {
		return m.to != "" && m.to == targetOf(r.Address, a)
	}
	return m.print != "" && a.Kind == extract.KindPage && m.print == c.printOf(ctx, s, r.Address, a)
}

func (c *crawl) apologyOf(ctx context.Context, s *Source, r frontier.Request) *apology {
	origin := address.Origin(r.Address)
	c.missing.mu.Lock()
	m := c.missing.origins[origin]
	if m == nil {
		m = &apology{}
		c.missing.origins[origin] = m
	}
	c.missing.mu.Unlock()
	m.once.Do(func() {
		var b [8]byte
		rand.Read(b[:])
		ask := r
		ask.Address = origin + "/" + hex.EncodeToString(b[:]) + "-filon-asks-for-nothing"
		if ok, _, err := c.allowed(ctx, s, ask); err != nil || !ok && !s.IgnoreRobots {
			return
		}
		c.pause(ctx, r.Host)
		a, err := c.fetcher.get(ctx, s, ask.Address, validators{})
		defer a.discard()
		switch {
		case err != nil:
		case a.Status/100 == 3:
			m.to = targetOf(ask.Address, a)
		case a.Status/100 == 2 && a.Kind == extract.KindPage:
			m.print = c.printOf(ctx, s, ask.Address, a)
		}
	})
	return m
}

// targetOf is where an answer sends its visitors, "" when nobody can tell.
func targetOf(from string, a *answer) string {
	base, err := address.NewBase(from, "")
	if err != nil {
		return ""
	}
	to, err := base.Join(a.Header.Get("Location"))
	if err != nil {
		return ""
	}
	return to
}

// printOf stands for the title and text of an answer, but for the address that it repeats.
func (c *crawl) printOf(ctx context.Context, s *Source, addr string, a *answer) string {
	item := c.Reader.Read(ctx, extract.Input{Address: addr, Source: s.Name, Status: a.Status, Header: a.Header, Body: a.Body, Day: c.Day})
	path := address.Path(addr)
	without := func(text string) string {
		for _, part := range []string{addr, path, strings.Trim(path, "/"), path[strings.LastIndexByte(path, '/')+1:]} {
			if len(part) > 2 {
				text = strings.ReplaceAll(text, part, "")
			}
		}
		return text
	}
	return itemHash(content.Item{Title: without(item.Title), Text: without(item.Text)})
}
