package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"filon/crawler/address"
	"filon/crawler/extract"
	"filon/crawler/session"
)

// signIn signs in to every source that has an identity, before anything else is asked of it; all at once,
// so that a server that hangs delays the others once only. A source that does not let it in is left alone
// for this run: its addresses end as failed and keep their items, because nobody has seen whether those
// are still there. Of the others it learns from the first page.
func (c *crawl) signIn(ctx context.Context) {
	refused := make([]error, len(c.Sources))
	var wg sync.WaitGroup
	for i := range c.Sources {
		wg.Go(func() { refused[i] = c.enter(ctx, &c.Sources[i]) })
	}
	wg.Wait()
	for i := range c.Sources {
		s, err := &c.Sources[i], refused[i]
		if !s.identified() || ctx.Err() != nil {
			continue
		}
		if err != nil {
			c.mu.Lock()
			c.report.Refused[s.Name] = err
			c.mu.Unlock()
			if len(c.Sources) > 1 { // else the report says so at once
				c.Log(fmt.Sprintf("%s is not visited: %s", s.Name, plainSignIn(err)))
			}
			continue
		}
		if s.Session != nil {
			c.learn(ctx, s)
		}
		if !s.KeepNoIndex {
			s.KeepNoIndex = c.closedToSearch(ctx, s)
		}
	}
}

// enter signs in to one source.
func (c *crawl) enter(ctx context.Context, s *Source) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("filon failed while signing in; please report it")
		}
	}()
	switch {
	case s.Barred != nil:
		return s.Barred
	case s.Session != nil:
		return c.signInTo(ctx, s)
	case s.Network != nil && s.Network.As() != "":
		return c.showCertificate(ctx, s)
	}
	return nil
}

// signInTo asks once, and again only when the server could not be asked.
func (c *crawl) signInTo(ctx context.Context, s *Source) error {
	for attempt := 0; ; attempt++ {
		limited, cancel := context.WithTimeout(ctx, 2*s.Limits.Time)
		err := s.Session.SignIn(limited, c.fetcher.base(s))
		cancel()
		var refused *session.Refused
		if err == nil || errors.As(err, &refused) || attempt+1 >= c.Attempts {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(c.Backoff(attempt)):
		}
	}
}

// closedToSearch tells whether the first page of a signed-in source asks search engines to stay away.
// Then it says so of the whole site, as intranets do, and tells nothing about its single pages; on any
// other site noindex marks old revisions, drafts and the like.
func (c *crawl) closedToSearch(ctx context.Context, s *Source) bool {
	at := s.Seeds[0]
	for range 5 {
		a, err := c.fetcher.get(ctx, s, at, validators{})
		if err != nil {
			return false
		}
		if a.Status/100 == 3 {
			a.discard()
			base, err := address.NewBase(at, "")
			if err == nil {
				at, err = base.Join(a.Header.Get("Location"))
			}
			if ok, _ := c.scopeOf(s.Name).Check(at); err != nil || !ok {
				return false
			}
			continue
		}
		item := c.Reader.Read(ctx, extract.Input{Address: at, Source: s.Name, Status: a.Status, Header: a.Header, Body: a.Body, Path: a.Path, Day: c.Day})
		a.discard()
		return a.Status/100 == 2 && item.NoIndex
	}
	return false
}

// showCertificate asks for the first seed, to see whether the client certificate is accepted. What else
// may be wrong with that page is the crawl's business.
func (c *crawl) showCertificate(ctx context.Context, s *Source) error {
	a, err := c.fetcher.get(ctx, s, s.Seeds[0], validators{})
	defer a.discard()
	c.polite.meet(address.Host(s.Seeds[0]), s)
	var alert *net.OpError
	if err == nil && !asksForCertificate(a) || err != nil && !(errors.As(err, &alert) && alert.Op == "remote error") {
		return nil
	}
	return &session.Refused{Reason: session.Certificate, Where: address.Origin(s.Seeds[0]), User: s.Network.As(), Kind: "certificate"}
}

// asksForCertificate tells the answer of a web server that wants another client certificate, or one at
// all: nginx says so in a page with status 400.
func asksForCertificate(a *answer) bool {
	return a.Status == http.StatusBadRequest && bytes.Contains(a.Body, []byte("SSL certificate"))
}

// noteRefusals adds the sources whose first page was open and whose other pages refused the credentials.
func (c *crawl) noteRefusals() {
	for i := range c.Sources {
		s := &c.Sources[i]
		if s.Session == nil || c.refusedFrom(s.Name) != "" {
			continue
		}
		if r := s.Session.Refusal(); r != nil {
			c.mu.Lock()
			c.report.Refused[s.Name] = r
			c.mu.Unlock()
		}
	}
}

// refusedFrom tells why a source is not visited in this run, "" when it is.
func (c *crawl) refusedFrom(source string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.report.Refused[source]; err != nil {
		return plainSignIn(err)
	}
	return ""
}

func plainSignIn(err error) string {
	var lost *Lost
	if errors.As(err, &lost) {
		return lost.Error()
	}
	var refused *session.Refused
	if errors.As(err, &refused) {
		return refused.Error()
	}
	return "signing in: " + plain(err)
}
