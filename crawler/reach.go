package crawler

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/frontier"
)

// The anonymous pass asks for what a source has read signed in once more, without the sign-in, and sets how far
// it reaches by what comes:
//
//	the same                                     public
//	a refusal, a sign-in page, something else    intranet (or as the source says, when that is narrower)
//	"no such page"                               restricted: the site hides it instead of asking to sign in
//
// When nobody can say, it reaches no further than the source says.

// passes tells whether a source is looked at anonymously too.
func (s *Source) passes() bool { return s.AnonymousPass && s.identified() }

// anybody gives a source as it is for those who do not sign in.
func (s *Source) anybody() *Source {
	a := *s
	a.Session = nil
	a.Network = s.Network.Anonymous()
	return &a
}

// closed is how far the items of a source reach when nobody else is seen to see them.
func (s *Source) closed() content.Visibility {
	if v := content.Visibility(s.Visibility); v != content.Public && v != "" {
		return v
	}
	return content.Intranet
}

// reachOf tells how far an item reaches that was read signed in.
func (c *crawl) reachOf(ctx context.Context, s *Source, item content.Item) content.Visibility {
	p, err := c.showAnybody(ctx, s, item.Address, item.MIME == "text/html")
	switch {
	case err != nil || !p.answered():
		return s.closed()
	case p.status == http.StatusNotFound || p.status == http.StatusGone:
		return content.Restricted
	case p.status/100 == 2 && !p.refused() && (item.MIME != "text/html" || sameFor(item, p.item)):
		return content.Public
	}
	return s.closed()
}

// reachChanged tells whether an unchanged page reaches less far than before, or perhaps farther: then it has to
// be read anew.
func (c *crawl) reachChanged(ctx context.Context, s *Source, r frontier.Request) bool {
	if !s.passes() {
		return false
	}
	kind := extract.Readable("", r.Address)
	p, err := c.showAnybody(ctx, s, r.Address, kind != extract.KindDocument && kind != extract.KindImage)
	if err != nil || !p.answered() {
		return false
	}
	return (p.status/100 == 2 && !p.refused()) != (content.Visibility(r.Reach) == content.Public)
}

// showAnybody asks for an address without the sign-in. Of a document, which is told from a sign-in page by its
// form, the beginning is enough.
func (c *crawl) showAnybody(ctx context.Context, s *Source, addr string, isPage bool) (shown, error) {
	anybody := c.strangers[s.Name]
	if isPage {
		return c.show(ctx, anybody, addr)
	}
	brief := *anybody
	brief.Limits.Bytes = 64 << 10
	c.pause(ctx, address.Host(addr))
	a, err := c.fetcher.get(ctx, &brief, addr, validators{})
	defer a.discard()
	if err != nil && !errors.Is(err, errTooLarge) {
		return shown{}, err
	}
	c.hear(ctx, address.Host(addr), a, "")
	return shown{at: addr, status: a.Status, outside: a.Status/100 == 3 || a.Kind == extract.KindPage}, nil
}

// Nine words of ten have to stand on the anonymous page too; of a short one all but three, which may greet a visitor.
const (
	sameShare = .9
	greeting  = 3
)

// sameFor tells whether anybody is shown what an item says.
func sameFor(signed, anybody content.Item) bool {
	words := strings.Fields(signed.Title + " " + signed.Text)
	there := map[string]int{}
	for _, w := range strings.Fields(anybody.Title + " " + anybody.Text) {
		there[w]++
	}
	found := 0
	for _, w := range words {
		if there[w] > 0 {
			there[w]--
			found++
		}
	}
	return len(words)-found <= greeting && found > greeting || float64(found) >= sameShare*float64(len(words))
}
