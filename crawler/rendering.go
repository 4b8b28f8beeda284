package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/frontier"
	"filon/crawler/render"
	"filon/crawler/robots"
)

// Ways of Source.Render.
const (
	RenderAuto   = "auto"   // empty shells are run in a browser, where there is one
	RenderAlways = "always" // every page is
	RenderNever  = "never"
)

// Renderer runs pages whose text comes from a script. *render.Pages is one.
type Renderer interface {
	Page(ctx context.Context, address string, fetch render.Fetch) (render.Result, error)
}

const (
	renderPages  = 200      // default budget of a source in a run
	assetBytes   = 10 << 20 // of one answer to a page that is run
	assetsKept   = 32 << 20 // bytes of scripts that are remembered: the pages of an application share them
	assetsWithin = 1 << 20  // bytes of one that is
)

// assets remembers the scripts and styles that pages were given, so that the second page of an
// application costs its host little. It is safe for concurrent use and bounded by assetsKept.
type assets struct {
	mu   sync.Mutex
	kept map[string]render.Answer
	size int
}

func (k *assets) get(addr string) (render.Answer, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a, ok := k.kept[addr]
	return a, ok
}

func (k *assets) put(addr string, a render.Answer) {
	kind := a.Header.Get("Content-Type")
	if a.Status != http.StatusOK || len(a.Body) > assetsWithin || !strings.Contains(kind, "javascript") && !strings.Contains(kind, "css") {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.size+len(a.Body) > assetsKept || k.kept == nil {
		k.kept, k.size = map[string]render.Answer{}, 0
	}
	k.kept[addr] = a
	k.size += len(a.Body)
}

// rendered runs a page in a browser when it is an empty shell, or when the source wants that of every
// page. It gives the item of what the browser shows; else the item as it was, whose problem says why
// it stays empty. ran tells which.
func (c *crawl) rendered(ctx context.Context, s *Source, r frontier.Request, a *answer, item content.Item) (_ content.Item, ran bool) {
	shell := item.Problem != nil && item.Problem.Code == content.NeedsRender
	if item.MIME != "text/html" || !shell && s.Render != RenderAlways || item.NoIndex && !s.KeepNoIndex {
		return item, false
	}
	why := ""
	switch {
	case s.Render == RenderNever:
		why = "render: never"
	case c.Renderer == nil:
		why = c.NoRenderer
	case !c.mayRender(s):
		why = fmt.Sprintf("the budget of %d pages to run was used up", s.RenderPages)
	}
	if why == "" {
		result, err := c.Renderer.Page(ctx, r.Address, func(ctx context.Context, addr string) (render.Answer, error) {
			return c.asset(ctx, s, r.Address, a, addr)
		})
		if err == nil && result.HTML != "" {
			header := a.Header.Clone()
			header.Set("Content-Type", "text/html; charset=utf-8")
			again := c.Reader.Read(ctx, extract.Input{Address: r.Address, Source: s.Name, Access: item.Access, Status: a.Status, Header: header,
				Body: []byte(result.HTML), Depth: r.Depth, FetchedAt: item.FetchedAt, Day: c.Day})
			if again.Problem == nil || again.Problem.Code != content.NeedsRender {
				again.Bytes = item.Bytes
				return again, true
			}
			why = "a browser shows nothing either"
		} else if err != nil {
			why = plain(err)
		}
	}
	if shell && why != "" {
		item.Problem = &content.Problem{Code: content.NeedsRender, Detail: item.Problem.Detail + " (" + why + ")"}
	}
	return item, false
}

// mayRender counts a page that is run, unless the source's budget is used up.
func (c *crawl) mayRender(s *Source) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.renders[s.Name] >= s.RenderPages {
		return false
	}
	c.renders[s.Name]++
	return true
}

var errNotOurs = errors.New("not for a page of this source")

// asset answers what a page asks for while it is run: from the source's hosts only, as robots.txt allows,
// at the host's pace, with the source's own sign-in, and nothing that acts.
func (c *crawl) asset(ctx context.Context, s *Source, page string, shell *answer, addr string) (render.Answer, error) {
	if addr == page {
		header := shell.Header.Clone()
		return render.Answer{Status: shell.Status, Header: header, Body: shell.Body}, nil
	}
	canonical, err := address.Canonical(addr)
	if err != nil || !c.scopeOf(s.Name).serves(canonical) {
		return render.Answer{}, errNotOurs
	}
	if kept, ok := c.assets.get(addr); ok {
		return kept, nil
	}
	if !s.IgnoreRobots {
		rules, err := c.robotsOf(ctx, s, address.Origin(canonical))
		if err != nil {
			return render.Answer{}, err
		}
		if g := rules.For(robots.Token(s.UserAgent)); g != nil && !g.Check(address.Target(canonical)).Allowed {
			return render.Answer{}, errNotOurs
		}
	}
	c.pause(ctx, address.Host(canonical))
	a, err := c.fetcher.raw(ctx, s, addr, assetBytes)
	if err != nil {
		return render.Answer{}, err
	}
	c.stats.bytes.Add(int64(len(a.Body)))
	c.assets.put(addr, a)
	return a, nil
}

// raw asks for one address as get does, and gives the whole answer as the server sent it.
func (f *fetcher) raw(ctx context.Context, s *Source, addr string, most int64) (render.Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, s.Limits.Time)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, addr, nil)
	if err != nil {
		return render.Answer{}, err
	}
	req.Header.Set("User-Agent", s.UserAgent)
	req.Header.Set("Accept", "*/*")
	few := *s
	few.Limits.Bytes = min(few.Limits.Bytes, most)
	a := &answer{}
	res, err := (&guarded{fetcher: f, source: &few, answer: a, start: time.Now()}).RoundTrip(req)
	if err != nil {
		return render.Answer{}, err
	}
	defer a.discard()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if a.Path != "" { // documents are put into a file
		body, err = a.start(most)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return render.Answer{}, err
	}
	return render.Answer{Status: a.Status, Header: a.Header, Body: bytes.Clone(body)}, nil
}
