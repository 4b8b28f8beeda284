package crawler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"filon/crawler/session"
)

// signIn signs in to every source that has an identity, before anything else is asked of it. A source
// that does not let it in is left alone for this run: its addresses end as failed and keep their
// items, because nobody has seen whether those are still there.
func (c *crawl) signIn(ctx context.Context) {
	for i := range c.Sources {
		s := &c.Sources[i]
		if s.Session == nil || ctx.Err() != nil {
			continue
		}
		if err := c.signInTo(ctx, s); err != nil && ctx.Err() == nil {
			c.mu.Lock()
			c.report.Refused[s.Name] = err
			c.mu.Unlock()
			if len(c.Sources) > 1 { // else the report says so at once
				c.Log(fmt.Sprintf("%s is not visited: %s", s.Name, plainSignIn(err)))
			}
		}
	}
}

// signInTo asks once, and again only when the server could not be asked.
func (c *crawl) signInTo(ctx context.Context, s *Source) error {
	for attempt := 0; ; attempt++ {
		limited, cancel := context.WithTimeout(ctx, 4*s.Limits.Time)
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
	var refused *session.Refused
	if errors.As(err, &refused) {
		return refused.Error()
	}
	return "signing in: " + plain(err)
}
