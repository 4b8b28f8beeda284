package session

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Over gives a transport that signs the requests to declared origins and leaves all others as they
// are. It follows no redirect. A page that asks for a sign-in although the credentials were accepted
// elsewhere comes back as the 401 that it is. base is an *http.Transport, a Wire, or what has their methods Lane and Proxy.
func (s *Session) Over(base http.RoundTripper) http.RoundTripper {
	return &signed{session: s, base: base}
}

type signed struct {
	session *Session
	base    http.RoundTripper
	lanes   lanes
}

// CloseIdleConnections closes what the transport below keeps open.
func (t *signed) CloseIdleConnections() {
	t.lanes.close()
	CloseIdle(t.base)
}

// RoundTrip implements http.RoundTripper.
func (t *signed) RoundTrip(req *http.Request) (*http.Response, error) {
	s := t.session
	if !s.declared(req.URL) {
		return t.base.RoundTrip(req)
	}
	origin := originOf(req.URL)
	known := s.known(origin)
	if s.showsSecrets(req.URL) || known != nil && known.scheme.spells() {
		if err := t.inClear(req); err != nil {
			return nil, err
		}
	}
	res, err := t.send(req, known)
	if err != nil || res.StatusCode != http.StatusUnauthorized {
		return res, err
	}
	offers := Challenges(res.Header)
	s.note(offers)
	answer := s.choose(offers)
	if answer == nil {
		return res, nil
	}
	return t.answer(req, res, origin, known, answer, offers)
}

// answer tries the challenge of a 401. Credentials that nobody has accepted yet are tried one at a
// time and at most twice.
func (t *signed) answer(req *http.Request, res *http.Response, origin string, known, with *answer, offers []Challenge) (*http.Response, error) {
	s := t.session
	if known != nil && !isStale(with.challenge) && known.challenge.Params["nonce"] == with.challenge.Params["nonce"] {
		return res, nil // accepted elsewhere, and not enough here
	}
	if with.scheme.spells() {
		if err := t.inClear(req); err != nil {
			drain(res)
			return nil, err
		}
	}
	if !s.isProven() {
		done, err := s.turn(req.Context())
		if err != nil {
			drain(res)
			return nil, err
		}
		defer done()
		if !s.isProven() && s.spent() {
			return res, nil
		}
	}
	drain(res)
	again, err := t.send(req, with)
	if r, ok := asRefused(err); ok && r.Reason == NoTicket && s.giveUp(with.scheme) {
		if next := s.choose(offers); next != nil { // the next strongest that the server offers
			with = next
			again, err = t.send(req, with)
		}
	}
	if r, ok := asRefused(err); ok && r.Reason == WrongPassword {
		s.wasRefused()
	}
	if err != nil {
		return nil, err
	}
	if again.StatusCode == http.StatusUnauthorized {
		if next := s.choose(Challenges(again.Header)); next != nil && isStale(next.challenge) {
			drain(again)
			if again, err = t.send(req, next); err != nil {
				return nil, err
			}
			with = next
		}
	}
	if again.StatusCode == http.StatusUnauthorized {
		s.wasRefused()
		return again, nil
	}
	s.accept(origin, with)
	return again, nil
}

// send sends one request with what it should carry.
func (t *signed) send(req *http.Request, with *answer) (*http.Response, error) {
	s := t.session
	req = req.Clone(req.Context())
	if req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			return nil, err
		}
		req.Body = body
	}
	if from, err := url.Parse(req.Header.Get("Referer")); err != nil || originOf(from) != originOf(req.URL) {
		req.Header.Del("Referer")
	}
	if line := cookieHeader(s.jar.of(req.URL)); line != "" {
		req.Header.Set("Cookie", line)
	}
	for name, value := range s.cfg.Headers {
		req.Header.Set(name, value)
	}
	if n, ok := bound(with); ok {
		res, err := t.ride(req, n, with.challenge)
		if err == nil {
			s.jar.keep(req.URL, res)
		}
		return res, err
	}
	if with != nil {
		value, err := with.scheme.authorize(req, with.challenge)
		if err != nil {
			return nil, err
		}
		req.Header.Set("Authorization", value)
	}
	res, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	s.jar.keep(req.URL, res)
	return res, nil
}

// cookieHeader writes cookies as they came: package net/http would drop bytes that browsers send, and
// tell the whole world about it.
func cookieHeader(cookies []*http.Cookie) string {
	var parts []string
	for _, c := range cookies {
		value := c.Value
		if c.Quoted {
			value = `"` + value + `"`
		}
		if !strings.ContainsFunc(c.Name+value, func(r rune) bool { return r < ' ' || r == ';' || r == 0x7f }) {
			parts = append(parts, c.Name+"="+value)
		}
	}
	return strings.Join(parts, "; ")
}

// showsSecrets tells whether a request carries credentials that can be read off it: a header, or cookies
// where they are the sign-in and not just kept.
func (s *Session) showsSecrets(u *url.URL) bool {
	if len(s.cfg.Headers) > 0 {
		return true
	}
	byCookie := s.cfg.Kind == Cookies || s.cfg.Kind == Form || s.cfg.Kind == Auto && s.isProven() && s.Accepted() == ""
	return byCookie && len(s.jar.of(u)) > 0
}

// inClear refuses credentials that a proxy would read.
func (t *signed) inClear(req *http.Request) error {
	if t.session.cfg.InClear || req.URL.Scheme == "https" {
		return nil
	}
	via, err := ProxyOf(t.base, req)
	if err != nil {
		return err
	}
	if via == nil {
		return nil
	}
	return t.session.refused(InClear, origin(req.URL), "")
}

// ProxyOf tells through which proxy a transport would send a request; nil for none.
func ProxyOf(base http.RoundTripper, req *http.Request) (*url.URL, error) {
	switch b := base.(type) {
	case *http.Transport:
		if b.Proxy == nil {
			return nil, nil
		}
		return b.Proxy(req)
	case interface {
		Proxy(*http.Request) (*url.URL, error)
	}:
		return b.Proxy(req)
	}
	return nil, nil
}

// origin writes the origin of an address as people do, without a usual port.
func origin(u *url.URL) string {
	o := originOf(u)
	if cut, ok := strings.CutSuffix(o, ":80"); ok && strings.HasPrefix(o, "http://") {
		return cut
	}
	if cut, ok := strings.CutSuffix(o, ":443"); ok && strings.HasPrefix(o, "https://") {
		return cut
	}
	return o
}

// isWindows tells an account of a Windows domain by how it is written.
func (c Config) isWindows() bool { return c.Domain != "" || strings.Contains(c.User, `\`) }

// bound tells whether an answer signs in a connection instead of a request.
func bound(a *answer) (ntlm, bool) {
	if a == nil {
		return ntlm{}, false
	}
	n, ok := a.scheme.(ntlm)
	return n, ok
}

func isStale(c Challenge) bool { return strings.EqualFold(c.Params["stale"], "true") }

// drain reads an answer to its end, so that its connection can carry the next request.
func drain(res *http.Response) {
	io.Copy(io.Discard, io.LimitReader(res.Body, 256<<10))
	res.Body.Close()
}

// choose takes the strongest offer that the configuration can answer, nil when there is none.
func (s *Session) choose(offers []Challenge) *answer {
	for _, sc := range s.schemes {
		if s.gaveUp(sc) {
			continue
		}
		var best *answer
		strength := 0
		for _, c := range offers {
			n := 2
			if _, ok := bound(&answer{scheme: sc}); ok && strings.EqualFold(c.Scheme, Negotiate) && (s.cfg.Kind == NTLM || len(offers) == 1 && s.cfg.isWindows()) {
				n = 1 // Windows carries NTLM inside Negotiate too
			} else if !strings.EqualFold(c.Scheme, sc.name()) {
				continue
			}
			if d, ok := sc.(*digest); ok {
				n = d.strength(c)
			}
			if n > strength {
				strength, best = n, &answer{sc, c}
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// giveUp leaves a scheme aside that cannot work from here, when there are others to choose from.
func (s *Session) giveUp(sc scheme) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cfg.Kind != Auto || len(s.schemes) < 2 {
		return false
	}
	s.aside[sc.name()] = true
	return true
}

func (s *Session) gaveUp(sc scheme) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.aside[sc.name()]
}

func (s *Session) known(origin string) *answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.accepted[origin]
}

func (s *Session) isProven() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.proven
}

func (s *Session) spent() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refusals >= mostRefusals
}

func (s *Session) accept(origin string, a *answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.proven, s.refusals = true, 0
	s.accepted[origin] = a
}

// wasRefused counts a refusal of credentials that nobody has accepted so far.
func (s *Session) wasRefused() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.proven {
		s.refusals++
	}
}

// note keeps what a server offers, each scheme once.
func (s *Session) note(offers []Challenge) {
	var names []string
	seen := map[string]bool{}
	for _, c := range offers {
		if name := strings.ToLower(c.Scheme); !seen[name] {
			seen[name] = true
			names = append(names, fmt.Sprintf("%.20s", c.Scheme))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offered = names
}

// asRefused gives the refusal inside an error.
func asRefused(err error) (*Refused, bool) {
	var r *Refused
	ok := errors.As(err, &r)
	return r, ok
}
