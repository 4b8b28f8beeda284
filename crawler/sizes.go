package crawler

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"filon/crawler/address"
	"filon/crawler/extract"
	"filon/crawler/frontier"
)

// Sizer is a Keeper that wants to know how large the pictures of its pages are. Its methods are called from several
// goroutines.
type Sizer interface {
	// Unsized gives at most that many addresses of pictures of a source's pages whose size is not known and was never
	// asked for, in an order that depends on the inventory alone.
	Unsized(ctx context.Context, source string, most int) ([]string, error)
	// Size notes how large a picture is: 0 × 0 when its server did not tell, NoPicture × NoPicture when it answered that
	// there is none; told, when another night would bring nothing else.
	Size(ctx context.Context, source, picture string, width, height int, told bool) error
}

// NoPicture is the width and the height of a picture that is not there.
const NoPicture = -1

// ImageSizesNever is the Source.ImageSizes that asks for none.
const ImageSizesNever = -1

const (
	imageSizes = 200      // pictures of a source in one run, by default
	firstBytes = 64 << 10 // of a picture, at most
)

// sizes asks for the first bytes of pictures whose pages do not say how large they are, as far as the budget of each
// source goes. A picture is asked for like a page: within the scope, robots.txt, the pace of its host and the source's
// time; one on another host only when the source names that host.
func (c *crawl) sizes(ctx context.Context) error {
	sizer, ok := c.Keeper.(Sizer)
	if !ok {
		return nil
	}
	var wg sync.WaitGroup
	errs := make([]error, len(c.Sources))
	for i := range c.Sources {
		s := &c.Sources[i]
		if s.ImageSizes > 0 && c.refusedFrom(s.Name) == "" {
			wg.Go(func() { errs[i] = c.sizesOf(ctx, s, sizer) })
		}
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil && ctx.Err() == nil {
			return fmt.Errorf("ask how large pictures are: %w", err)
		}
	}
	return nil
}

func (c *crawl) sizesOf(ctx context.Context, s *Source, sizer Sizer) error {
	// What may not be asked for costs no budget.
	pictures, err := sizer.Unsized(ctx, s.Name, 10*s.ImageSizes)
	if err != nil {
		return err
	}
	asked := 0
	for _, addr := range pictures {
		if asked >= s.ImageSizes || ctx.Err() != nil || s.MaxTime > 0 && time.Since(c.start) > s.MaxTime {
			break
		}
		if !c.mayAskSize(ctx, s, addr) {
			continue
		}
		asked++
		width, height, told := c.askSize(ctx, s, addr)
		if ctx.Err() != nil {
			break // cut short by us: says nothing about the picture
		}
		if err := sizer.Size(ctx, s.Name, addr, width, height, told); err != nil {
			return err
		}
	}
	return nil
}

// mayAskSize tells whether a picture may be asked for now.
func (c *crawl) mayAskSize(ctx context.Context, s *Source, addr string) bool {
	host := address.Host(addr)
	if state, _ := c.scopeOf(s.Name).State(addr); state != "" || c.blames(s, addr) || c.broken(host) != "" || c.isShut(addr) != "" || !c.polite.resting(host).IsZero() {
		return false
	}
	if s.IgnoreRobots {
		return true
	}
	allowed, _, err := c.allowed(ctx, s, frontier.Request{Address: addr, Host: host, Source: s.Name})
	return err == nil && allowed
}

// askSize asks for the first bytes of a picture; told is false when another night may bring more.
func (c *crawl) askSize(ctx context.Context, s *Source, addr string) (width, height int, told bool) {
	host := address.Host(addr)
	c.pause(ctx, host)
	a, err := c.fetcher.get(ctx, s, addr, validators{first: firstBytes})
	if err != nil {
		if ctx.Err() == nil {
			c.hear(ctx, host, nil, plain(err))
		}
		return 0, 0, false
	}
	c.hear(ctx, host, a, "")
	c.stats.bytes.Add(a.Bytes)
	switch {
	case a.Status == http.StatusOK || a.Status == http.StatusPartialContent:
		width, height, ok := extract.ImageSize(a.Body)
		return width, height, ok || s.Session == nil // else a sign-in page may stand in its place
	case a.Status == http.StatusNotFound || a.Status == http.StatusGone:
		return NoPicture, NoPicture, true
	case a.Status/100 == 3:
		return 0, 0, s.Session == nil
	}
	return 0, 0, false
}
