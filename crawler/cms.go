package crawler

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/frontier"
	"filon/crawler/wordpress"
)

// Ways of Source.CMS.
const (
	CMSAuto  = "auto"  // the API of a site's software is asked for addresses, where robots.txt allows
	CMSNever = "never" // it is not
)

// isListing tells whether a request asks a site's software and not for a page.
func isListing(r frontier.Request) bool {
	return r.Via == frontier.ByCMS && (wordpress.IsTypes(r.Address) || wordpress.IsList(r.Address))
}

// software gives the request that asks the software behind a page for what it has published, once for
// each origin of the source.
func (c *crawl) software(s *Source, r frontier.Request, a *answer, item content.Item) []frontier.Found {
	if s.CMS == CMSNever || item.MIME != "text/html" {
		return nil
	}
	origin := address.Origin(r.Address)
	base := wordpress.Base(origin, item.Generator, a.Header.Values("Link"))
	if base == "" {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.bases[origin] != "" {
		return nil
	}
	c.bases[origin] = base
	return c.listings(s, []string{wordpress.Types(base)}, 0)
}

// listings places requests to a site's software; patterns choose pages and say nothing of them.
func (c *crawl) listings(s *Source, addrs []string, depth int) []frontier.Found {
	var found []frontier.Found
	for _, addr := range addrs {
		if canonical, err := address.Canonical(addr); err == nil && c.scopeOf(s.Name).serves(canonical) {
			found = append(found, frontier.Found{Address: canonical, Source: s.Name, Via: frontier.ByCMS, Depth: depth})
		}
	}
	return found
}

// askSoftware carries a request to a site's software to its end.
func (c *crawl) askSoftware(ctx context.Context, s *Source, r frontier.Request) visited {
	begun := time.Now()
	got, err := c.fetcher.raw(ctx, s, r.Address, assetBytes)
	if err != nil {
		return c.again(r, 0, plain(err), 0)
	}
	wait := c.hear(ctx, r.Host, &answer{Status: got.Status, Header: got.Header, Latency: time.Since(begun)}, "")
	v := visited{bytes: int64(len(got.Body))}
	v.result.Status = got.Status
	v.result.State = frontier.NotContent
	switch code := got.Status; {
	case code == http.StatusTooManyRequests || code >= 500:
		return c.again(r, code, fmt.Sprintf("the server answered %d", code), wait)
	case code != http.StatusOK:
		v.result.Reason = fmt.Sprintf("the site's software lists nothing: it answered %d", code)
	case wordpress.IsTypes(r.Address):
		base, _, _ := strings.Cut(r.Address, "wp/v2/types")
		lists := wordpress.Lists(base, got.Body)
		v.links = c.listings(s, lists, 0)
		v.result.Reason = fmt.Sprintf("WordPress: %d types of content", len(lists))
	default:
		v.links = c.listings(s, wordpress.More(r.Address, got.Header.Get("X-WP-TotalPages")), 0)
		entries := wordpress.Read(got.Body)
		for _, e := range entries {
			hint, err := json.Marshal(e)
			if err != nil {
				continue
			}
			for _, f := range c.place(s, e.Address, frontier.ByCMS, 1) { // what it lists is as good as linked from home
				f.Hint = string(hint)
				v.links = append(v.links, f)
			}
		}
		v.result.Reason = fmt.Sprintf("WordPress: a list with %d addresses", len(entries))
	}
	return v
}

// hinted fills in what the site's software says of an item and its page does not.
func hinted(item content.Item, hint string) content.Item {
	var e wordpress.Entry
	if hint == "" || json.Unmarshal([]byte(hint), &e) != nil {
		return item
	}
	if e.Type == "attachment" { // when it was put there, not when it was written
		if item.Published.IsZero() && !e.Published.IsZero() {
			item.Published = content.Date{Time: e.Published, Source: "cms", Confidence: content.Low}
		}
		return item
	}
	if !e.Published.IsZero() && (item.Published.IsZero() || item.Published.Confidence != content.High) {
		item.Published = content.Date{Time: e.Published, Source: "cms", Confidence: content.High}
	}
	if !e.Modified.IsZero() && (item.Modified.IsZero() || item.Modified.Confidence != content.High) && e.Modified.After(e.Published) {
		item.Modified = content.Date{Time: e.Modified, Source: "cms", Confidence: content.High}
	}
	for _, term := range e.Terms {
		if !slices.ContainsFunc(item.Tags, func(tag string) bool { return strings.EqualFold(tag, term) }) {
			item.Tags = append(item.Tags, term)
		}
	}
	if class := "single-" + e.Type; e.Type != "" && e.Type != "page" && item.MIME == "text/html" && !slices.Contains(item.Classes, class) {
		item.Classes = append(item.Classes, class)
	}
	return item
}
