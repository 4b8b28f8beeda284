package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/frontier"
)

// visited is what one visit brought.
type visited struct {
	result frontier.Result
	item   *content.Item // to keep; nil when there is none, or it has not changed
	links  []frontier.Found
	bytes  int64

	unasked bool // it ended without a request to its host
	requeue bool // it counts for nothing: the request waits again as it was
}

func ended(state frontier.State, reason string) visited {
	return visited{result: frontier.Result{State: state, Reason: reason}}
}

// visit carries one request to its end. It never fails: what goes wrong is the state of the request.
func (c *crawl) visit(ctx context.Context, r frontier.Request) (v visited) {
	defer func() {
		if p := recover(); p != nil {
			v = ended(frontier.Failed, "filon failed on this page; please report it")
		}
	}()
	s := c.sources[r.Source]
	if s == nil {
		return ended(frontier.OutOfScope, "its source is not crawled now")
	}
	if address.IsFile(r.Address) {
		return c.visitFile(ctx, s, r)
	}
	if skip, ok := c.refuse(ctx, s, r); ok {
		skip.unasked = true
		return skip
	}
	began := time.Now()
	if isListing(r) {
		return c.watched(ctx, s, r, nil, c.askSoftware(ctx, s, r), began)
	}
	known := r.InInventory || c.isTwin(ctx, r)
	ifChanged := validators{}
	if known && !c.Full && (r.Reach != "") == s.passes() {
		ifChanged = validators{ETag: r.ETag, LastModified: r.LastModified}
	}
	a, err := c.fetcher.get(ctx, s, r.Address, ifChanged)
	defer a.discard()
	switch {
	case errors.Is(err, errTooLarge):
		c.hear(ctx, r.Host, a, "")
		return ended(frontier.TooLarge, fmt.Sprintf("%v of %d bytes", err, s.Limits.Bytes))
	case err != nil:
		return c.again(r, 0, plain(err), 0)
	}
	if with := handsOutSession(r.Address, a); with != "" {
		a.discard()
		c.pause(ctx, r.Host)
		if a, err = c.fetcher.get(ctx, s, with, ifChanged); err != nil {
			return c.again(r, 0, plain(err), 0)
		}
		defer a.discard()
	}
	wait := c.hear(ctx, r.Host, a, "")
	if a.Status == http.StatusOK && a.Kind == extract.KindPage && !isProbe(r) {
		c.polite.vouch(r.Host, s, r.Address)
	}
	if c.isSoft404(ctx, s, r, a) {
		v = ended(frontier.Gone, "the server answers as it does for a page that does not exist")
	} else {
		v = c.read(ctx, s, r, a, wait)
	}
	v.result.Day = c.Day
	if v.result.State == frontier.Unchanged && !r.InInventory {
		v.result.State, v.result.Reason = frontier.Duplicate, frontier.SamePage+r.TwinOf
	}
	v.bytes = a.Bytes
	if v.result.Status == 0 {
		v.result.Status = a.Status
	}
	return c.watched(ctx, s, r, a, v, began)
}

// refuse closes a request that should not be fetched.
func (c *crawl) refuse(ctx context.Context, s *Source, r frontier.Request) (visited, bool) {
	if reason := c.refusedFrom(s.Name); reason != "" {
		return ended(frontier.Failed, reason), true
	}
	if reason := c.broken(r.Host); reason != "" {
		return ended(frontier.Failed, "its host was given up: "+reason), true
	}
	if reason := c.isShut(r.Address); reason != "" {
		return ended(frontier.Failed, "not asked in this run: "+reason), true
	}
	if state, reason := c.scopeOf(r.Source).State(r.Address); state != "" && !(isListing(r) && c.scopeOf(r.Source).serves(r.Address)) {
		return ended(state, reason), true
	}
	if c.blames(s, r.Address) {
		return ended(frontier.NeedsLogin, "the session has ended each time when it was visited: it may sign out"), true
	}
	if isListing(r) && s.CMS == CMSNever {
		return ended(frontier.NotContent, "the site's software is not asked, as the source says"), true
	}
	if !s.IgnoreRobots {
		switch allowed, reason, err := c.allowed(ctx, s, r); {
		case err != nil:
			return c.again(r, 0, "robots.txt: "+plain(err), 0), true
		case !allowed:
			return ended(frontier.Robots, reason), true
		}
	}
	if trapped, ok := c.trapped(r); ok {
		return trapped, true
	}
	if reason := c.rests(s, r); reason != "" {
		c.stats.rested.Add(1)
		c.traps.visited(r.Address, r.Sketch)
		return ended(frontier.Unchanged, reason), true
	}
	if v, ok := c.yields(s, r); ok {
		return v, true
	}
	if s.MaxTime > 0 && time.Since(c.start) > s.MaxTime {
		return ended(frontier.Limit, fmt.Sprintf("the time limit of %s for its source was reached", s.MaxTime)), true
	}
	if !isProbe(r) && !isListing(r) && !c.mayVisit(s) {
		return ended(frontier.Limit, fmt.Sprintf("the limit of %d pages was reached", s.MaxPages)), true
	}
	return visited{}, false
}

// Turns of what is put off to the end of the crawl: families that may be endless, then pages that are known already.
const (
	trapsTurn = 1
	knownTurn = 2
)

// yields puts a page that the inventory has off to the end of a crawl with a page limit: what was never visited comes
// first, then what was not visited for longest. Limited crawls reach the whole of a site so, one after the other.
func (c *crawl) yields(s *Source, r frontier.Request) (visited, bool) {
	if s.MaxPages == 0 || !r.InInventory || r.Late || r.Via == frontier.BySeed {
		return visited{}, false
	}
	turn := knownTurn
	if !r.Visited.IsZero() {
		turn += max(0, int(r.Visited.Unix()/(24*60*60)))
	}
	return visited{result: frontier.Result{State: frontier.Pending, Late: turn, Pattern: r.Pattern}}, true
}

// trapped closes a request of an endless family, or puts it off to the end of the crawl. What an earlier
// crawl kept is visited again: it was worth keeping, and the inventory must not flicker.
func (c *crawl) trapped(r frontier.Request) (visited, bool) {
	if r.InInventory || r.Via == frontier.BySeed || isProbe(r) || isListing(r) || c.scopeOf(r.Source).Allows(r.Address) {
		return visited{}, false
	}
	do, family, reason := c.traps.advise(r.Address, r.Listed)
	v := visited{result: frontier.Result{State: frontier.Trap, Reason: reason, Pattern: family}}
	if do == visitLast && !r.Late {
		v.result.State, v.result.Late = frontier.Pending, trapsTurn
		return v, true
	}
	return v, do == visitNever
}

// again asks for another attempt, or gives the address up.
func (c *crawl) again(r frontier.Request, status int, reason string, wait time.Duration) visited {
	if status == 0 {
		c.hear(context.Background(), r.Host, nil, reason)
	}
	if !c.polite.resting(r.Host).IsZero() {
		return visited{requeue: true}
	}
	if wait > longestPause {
		c.shut(r.Address, fmt.Sprintf("%s asks to be left alone for %s", address.Path(r.Address), wait.Round(time.Second)))
		return visited{result: frontier.Result{State: frontier.Failed, Reason: fmt.Sprintf("%s and asks to be left alone for %s", reason, wait.Round(time.Second)), Status: status}}
	}
	if r.Attempts+1 >= c.Attempts {
		return visited{result: frontier.Result{State: frontier.Failed, Reason: fmt.Sprintf("%s, after %d attempts", reason, r.Attempts+1), Status: status}}
	}
	wait = max(wait, c.Backoff(r.Attempts))
	return visited{result: frontier.Result{State: frontier.Pending, Reason: reason, Status: status, NextAt: time.Now().Add(wait)}}
}

// read turns an answer into an end.
func (c *crawl) read(ctx context.Context, s *Source, r frontier.Request, a *answer, wait time.Duration) visited {
	switch code := a.Status; {
	case isProbe(r) && (code/100 == 4 || code/100 == 2 && a.Kind == extract.KindPage):
		return ended(frontier.NotContent, "no sitemap at this usual name")
	case code == http.StatusNotModified:
		if r.Reach != "" && c.reachChanged(ctx, s, r) {
			return c.readAnew(ctx, s, r, wait)
		}
		c.traps.visited(r.Address, r.Sketch)
		return ended(frontier.Unchanged, "the server says it has not changed")
	case code == http.StatusUnauthorized || code == http.StatusProxyAuthRequired:
		return ended(frontier.NeedsLogin, signIn(a))
	case asksForCertificate(a):
		return ended(frontier.Failed, "the server asks for a client certificate, or does not accept this one")
	case code == http.StatusForbidden:
		return ended(frontier.NeedsLogin, "the server answered 403: this identity may not see it")
	case code == http.StatusNotFound || code == http.StatusGone:
		return ended(frontier.Gone, fmt.Sprintf("the server answered %d", code))
	case code == http.StatusTooManyRequests || code >= 500 || code == http.StatusRequestTimeout:
		return c.again(r, code, fmt.Sprintf("the server answered %d", code), wait)
	case code/100 == 3:
		return c.redirected(s, r, a.Header.Get("Location"), r.Depth)
	case code/100 != 2:
		return ended(frontier.Failed, fmt.Sprintf("the server answered %d", code))
	case code == http.StatusNoContent || code == http.StatusResetContent:
		return ended(frontier.NotContent, "empty answer")
	}
	if isSitemap(r.Via, a) {
		return c.sitemap(s, r, a)
	}
	switch a.Kind {
	case extract.KindNeither:
		return ended(frontier.NotContent, mediaType(a)+" is nothing to publish")
	case extract.KindFeed:
		return c.feed(s, r, a)
	}
	if r.Via == frontier.ByFeed && len(a.Body) > 0 && looksLikeFeed(a.Body) {
		return c.feed(s, r, a)
	}
	film, length := c.film(ctx, s, r.Host, r.Address, a)
	item := c.Reader.Read(ctx, extract.Input{Address: r.Address, Source: s.Name, Access: s.access(), Status: a.Status, Header: a.Header,
		Body: a.Body, Path: a.Path, Media: film, MediaBytes: length, Depth: r.Depth, FetchedAt: time.Now().UTC().Truncate(time.Second), Day: c.Day, NoOCR: s.OCR == OCRNever, OCRPages: s.OCRPages})
	item, ran := c.rendered(ctx, s, r, a, item)
	if s.passes() && (!item.NoIndex || s.KeepNoIndex) && (item.Problem == nil || item.Problem.Code != content.NeedsLogin) {
		item.Access.Visibility = c.reachOf(ctx, s, item)
	}
	v := c.settle(s, r, a, item)
	if s.passes() {
		v.result.Reach = string(item.Access.Visibility)
	}
	if ran || v.result.State == frontier.NeedsRender { // a shell stays the same while its text changes: never ask whether it has
		v.result.ETag, v.result.LastModified = "", ""
	}
	return v
}

// readAnew asks for an address without saying what is known of it.
func (c *crawl) readAnew(ctx context.Context, s *Source, r frontier.Request, wait time.Duration) visited {
	c.pause(ctx, r.Host)
	a, err := c.fetcher.get(ctx, s, r.Address, validators{})
	defer a.discard()
	if err != nil {
		return c.again(r, 0, plain(err), 0)
	}
	if a.Status == http.StatusNotModified {
		return ended(frontier.Failed, "the server says that nothing has changed without being asked whether")
	}
	return c.read(ctx, s, r, a, wait)
}

// settle decides how a read item ends and collects its links.
func (c *crawl) settle(s *Source, r frontier.Request, a *answer, item content.Item) visited {
	if item.Refresh != "" && item.Refresh != r.Address {
		return c.redirected(s, r, item.Refresh, r.Depth)
	}
	item = hinted(item, r.Hint)
	v := visited{links: append(c.software(s, r, a, item), c.links(s, r, item)...)}
	res := &v.result
	res.ETag, res.LastModified, res.Canonical = a.Header.Get("ETag"), a.Header.Get("Last-Modified"), item.Canonical
	res.Sketch = sketchOf(item)
	res.Pattern, res.Novel = c.traps.visited(r.Address, res.Sketch)
	switch {
	case item.Problem != nil && item.Problem.Code == content.NeedsLogin:
		res.State, res.Reason = frontier.NeedsLogin, item.Problem.Detail
		v.links = nil
		return v
	case item.NoIndex && !s.KeepNoIndex:
		res.State, res.Reason = frontier.NoIndex, "the page asks not to be indexed"
		return v
	case item.Problem != nil && item.Problem.Code == content.NeedsRender:
		res.State, res.Reason = frontier.NeedsRender, item.Problem.Detail
		if r.InInventory && r.ItemHash != itemHash(item) && !c.Full { // an earlier night has run it
			res.State, res.Reason = frontier.Unchanged, "kept as it was when it was last run: "+item.Problem.Detail
			return v
		}
	case item.Problem != nil && (item.Problem.Code != content.NoText || item.Text == "" && !wordless(item.MIME)):
		res.State, res.Reason = frontier.Unreadable, string(item.Problem.Code)+": "+item.Problem.Detail
	default:
		res.State = frontier.Kept
	}
	res.PageHash, res.ItemHash = c.pageHash(s, r.Address, item), itemHash(item)
	res.LinksHash = linksHash(v.links)
	if res.LinksHash == r.LinksHash {
		v.links = nil // nothing new to note
	}
	if (r.InInventory || c.isTwin(context.Background(), r)) && r.ItemHash == res.ItemHash && !c.Full {
		if res.State == frontier.NeedsRender { // still empty, and still counted as that
			return v
		}
		res.State, res.Reason = frontier.Unchanged, "fetched again, and nothing that matters has changed"
		return v
	}
	v.item = &item
	return v
}

// wordless tells the kinds of files that have no text by nature.
func wordless(mime string) bool {
	return strings.HasPrefix(mime, "image/") || strings.HasPrefix(mime, "video/") || strings.HasPrefix(mime, "audio/")
}

// redirected ends a request that points elsewhere and lets the frontier visit the target, if the
// scope allows: so every hop is checked like any other address.
func (c *crawl) redirected(s *Source, r frontier.Request, location string, depth int) visited {
	base, err := address.NewBase(r.Address, "")
	if err != nil || location == "" {
		return ended(frontier.Failed, "it redirects to nowhere")
	}
	target, err := base.Join(location)
	if err != nil {
		return ended(frontier.OutOfScope, "it redirects to something that is no web address")
	}
	if target == r.Address {
		return ended(frontier.Failed, "it redirects to itself (often a page that wants a cookie)")
	}
	if c.leadsToSignIn(s, r.Address, target) {
		return ended(frontier.NeedsLogin, "it redirects to the sign-in page "+address.Shown(placeOf(target)))
	}
	hops, err := c.hops(r)
	if err != nil || hops >= s.Limits.Redirects {
		return ended(frontier.Failed, fmt.Sprintf("more than %d redirects in a row", s.Limits.Redirects))
	}
	v := ended(frontier.Redirected, "to "+target)
	v.result.MovedTo = target
	v.links = c.found(s, []string{target}, frontier.ByRedirect, depth, r)
	return v
}

// isProbe tells whether a request looks for a sitemap that may not be there.
func isProbe(r frontier.Request) bool { return r.Via == frontier.BySitemap && r.Depth == 0 }

// handsOutSession gives the address to follow when a server redirects a page to itself with a session
// id in the address, as it does to visitors without a cookie; "" when it does not.
func handsOutSession(addr string, a *answer) string {
	if a.Status/100 != 3 {
		return ""
	}
	base, err := address.NewBase(addr, "")
	if err != nil {
		return ""
	}
	canonical, err := base.Join(a.Header.Get("Location"))
	if err != nil || canonical != addr {
		return ""
	}
	if raw, err := base.JoinRaw(a.Header.Get("Location")); err == nil && raw != addr {
		return raw
	}
	return ""
}

func isSitemap(via frontier.Via, a *answer) bool {
	if a.Kind == extract.KindSitemap {
		return true
	}
	if via != frontier.BySitemap || a.Kind == extract.KindPage {
		return false
	}
	head, err := a.start(512)
	if err != nil {
		return false
	}
	return bytes.HasPrefix(head, []byte{0x1f, 0x8b}) || bytes.Contains(head, []byte("<urlset")) || bytes.Contains(head, []byte("<sitemapindex"))
}

func looksLikeFeed(body []byte) bool {
	head := body[:min(len(body), 1024)]
	return bytes.Contains(head, []byte("<rss")) || bytes.Contains(head, []byte("<feed")) || bytes.Contains(head, []byte("jsonfeed.org"))
}

func mediaType(a *answer) string {
	t, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
	if t = strings.TrimSpace(t); t == "" {
		return "an answer without a type"
	}
	return t
}

// signIn says which schemes a server offers (RFC 9110 section 11.6.1).
func signIn(a *answer) string {
	var schemes []string
	for _, v := range a.Header.Values("WWW-Authenticate") {
		scheme, _, _ := strings.Cut(v, " ")
		schemes = append(schemes, scheme)
	}
	if len(schemes) == 0 {
		return "the server asks to sign in"
	}
	return "the server asks to sign in by " + strings.Join(schemes, ", ")
}

// plain drops from a network error what repeats the address, which may hold a secret.
func plain(err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return "no complete answer in time"
	}
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		var what interface{ Timeout() bool }
		if errors.As(err, &what) && what.Timeout() {
			return "no complete answer in time"
		}
		err = next
	}
}
