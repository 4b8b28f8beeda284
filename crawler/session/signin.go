package session

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"filon/crawler/extract"
)

// Bounds of a sign-in.
const (
	maxHops     = 15
	maxSteps    = 8
	maxFormPage = 2 << 20
)

// SignIn signs in afresh and shows that it worked, one caller at a time. A *Refused says why it did
// not and what to do; any other error that the server could not be asked. After two refusals in a
// row it asks no server any more.
func (s *Session) SignIn(ctx context.Context, base http.RoundTripper) (err error) {
	done, err := s.alone(ctx)
	if err != nil {
		return err
	}
	defer done()
	defer func() {
		if recover() != nil {
			err = s.refused(ByHand, origin(s.probe), "filon failed on this page; please report it")
		}
	}()
	if s.spent() {
		return s.refused(TooOften, origin(s.probe), "")
	}
	s.mu.Lock()
	s.accepted, s.proven = map[string]*answer{}, false
	s.mu.Unlock()
	v := &visitor{session: s, via: s.Over(base)}
	if s.cfg.Kind == Form {
		return v.byForm(ctx)
	}
	return v.byProbe(ctx)
}

// visitor walks through a sign-in as a browser does.
type visitor struct {
	session *Session
	via     http.RoundTripper
}

// page is where a walk has arrived.
type page struct {
	url    *url.URL
	status int
	forms  extract.FormPage
}

// byProbe asks for the address that shows whether the credentials are accepted.
func (v *visitor) byProbe(ctx context.Context) error {
	s := v.session
	p, err := v.open(ctx, http.MethodGet, s.probe, nil, "")
	if r, ok := asRefused(err); ok && r.Reason == Undeclared && s.cfg.Kind != Auto && s.cfg.Kind != Cookies {
		return nil // the first page leads elsewhere, which is no sign-in
	}
	if err != nil {
		return err
	}
	switch {
	case s.cfg.Kind == Cookies && len(s.jar.of(s.probe)) == 0 && len(s.cfg.Headers) == 0:
		return s.refused(Expired, origin(p.url), "none of the cookies is for this site and still valid")
	case p.status == http.StatusUnauthorized && (s.cfg.Kind == Header || s.cfg.Kind == Cookies):
		return s.refused(Expired, origin(p.url), "")
	case p.status == http.StatusForbidden && (s.cfg.Kind == Header || s.cfg.Kind == Cookies):
		return s.refused(Expired, origin(p.url), "it answers 403")
	case p.status == http.StatusUnauthorized && s.tried():
		return s.refused(WrongPassword, origin(p.url), "")
	case p.status == http.StatusUnauthorized:
		return s.refused(NotOffered, origin(p.url), "")
	case s.cfg.Kind == Cookies && signInForm(p.forms) != nil:
		return s.refused(Expired, origin(p.url), "")
	case s.cfg.Kind == Auto && !s.isProven() && (s.asks(p.forms) || signInLink(p.forms) != nil):
		return v.byForm(ctx)
	}
	return nil
}

// open asks for an address and follows redirects within the declared origins.
func (v *visitor) open(ctx context.Context, method string, to *url.URL, body []byte, from string) (page, error) {
	s := v.session
	for range maxHops {
		if !s.declared(to) {
			return page{}, s.refused(Undeclared, origin(to), "")
		}
		req, err := http.NewRequestWithContext(ctx, method, to.String(), strings.NewReader(string(body)))
		if err != nil {
			return page{}, fmt.Errorf("sign in at %s: an address that cannot be asked for", origin(to))
		}
		req.Header.Set("User-Agent", s.cfg.UserAgent)
		req.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
		if method == http.MethodPost {
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			// Anti-forgery checks compare where a form was sent from; send drops a Referer of elsewhere.
			req.Header.Set("Referer", from)
			if u, err := url.Parse(from); err == nil {
				req.Header.Set("Origin", origin(u))
			}
		} else {
			req.Body = nil
		}
		res, err := v.via.RoundTrip(req)
		if err != nil {
			return page{}, err
		}
		read, err := io.ReadAll(io.LimitReader(res.Body, maxFormPage))
		res.Body.Close()
		if err != nil {
			return page{}, err
		}
		next := res.Header.Get("Location")
		if res.StatusCode/100 != 3 || next == "" {
			p := page{url: to, status: res.StatusCode}
			if kind := extract.Readable(res.Header.Get("Content-Type"), to.String()); kind == extract.KindPage {
				p.forms = extract.Forms(read, res.Header.Get("Content-Type"), to.String())
			}
			return p, nil
		}
		if to, err = to.Parse(next); err != nil {
			return page{}, fmt.Errorf("sign in: a redirect to something that is no address")
		}
		if res.StatusCode != http.StatusTemporaryRedirect && res.StatusCode != http.StatusPermanentRedirect {
			method, body = http.MethodGet, nil
		}
	}
	return page{}, s.refused(ByHand, origin(to), "redirects without end")
}

// tried tells whether the credentials were sent and refused.
func (s *Session) tried() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refusals > 0
}

// alone waits until no other sign-in is under way.
func (s *Session) alone(ctx context.Context) (done func(), err error) {
	select {
	case s.signing <- struct{}{}:
		return func() { <-s.signing }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
