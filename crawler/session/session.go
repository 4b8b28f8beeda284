// Package session signs in to a source and stays signed in.
//
//	SignIn: probe ──401──▶ strongest scheme offered ─┐
//	              └─form─▶ fill it, follow the steps ─┴─▶ accepted, or *Refused
//	Over:   request to a declared origin ──▶ + cookies, + credentials ──▶ base
//	        request to any other ────────────────────────────────────▶ base, as it is
//
// In: where the source lies, who signs in and how. Out: an http.RoundTripper that signs requests.
// Never: a credential to another host, port or scheme than the declared ones, or in clear through a
// proxy; a third attempt with credentials that were refused twice; a secret in an error or in print.
//
// The room owns the libraries of NTLM, Kerberos and PKCS#12, and the list of public suffixes.
package session

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// The kinds of sign-in. Auto takes the strongest scheme that the server offers and for which the
// configuration has credentials: Negotiate, Digest, NTLM, Basic, else the sign-in form.
const (
	Auto      = ""
	Basic     = "basic"
	Digest    = "digest"
	NTLM      = "ntlm"
	Negotiate = "negotiate"
	Header    = "header"
	Cookies   = "cookies"
	Form      = "form"
	Browser   = "browser" // cookies of a person who signed in by hand
)

// mostRefusals is how often a run may offer credentials that a server refuses: directories lock an
// account after three to five.
const mostRefusals = 2

// Config is what New needs. Its secrets do not show when it is printed.
type Config struct {
	Kind      string
	Origins   []string // scheme://host[:port] that may see credentials; at least one
	Probe     string   // an address that shows whether the sign-in works, usually the first seed
	UserAgent string   // of the requests that sign in
	InClear   bool     // allow credentials in clear over http through a proxy

	User, Password string
	Domain         string            // of Windows, for NTLM
	Headers        map[string]string // kind header: sent with each request
	Cookies        []*http.Cookie    // kinds cookies and browser: each with its Domain
	Form           FormConfig
	Kerberos       KerberosConfig
}

// String keeps the secrets of a configuration out of what is printed.
func (c Config) String() string { return "session.Config{" + c.Kind + " " + c.User + "}" }

// GoString is String.
func (c Config) GoString() string { return c.String() }

// Session is one identity at one source. Its methods are safe for concurrent use. The zero Session
// is of no use; New makes one.
type Session struct {
	cfg     Config
	named   string // the kind as it was configured
	origins map[string]bool
	probe   *url.URL
	jar     *jar
	schemes []scheme // that the configuration has credentials for, the strongest first

	signing chan struct{} // holds one token: one sign-in at a time
	trying  chan struct{} // holds one token: credentials that are not accepted yet are tried one at a time

	mu       sync.Mutex
	refusals int
	offered  []string           // by the last server that asked
	accepted map[string]*answer // by origin
	aside    map[string]bool    // schemes that cannot work from here
	proven   bool               // the credentials were accepted once
}

// answer is how an origin was answered successfully.
type answer struct {
	scheme    scheme
	challenge Challenge
}

// scheme answers the challenges of one authentication scheme (RFC 9110 section 11).
type scheme interface {
	// name is the scheme as in WWW-Authenticate, in lower case.
	name() string
	// authorize gives the value of Authorization for a request.
	authorize(req *http.Request, c Challenge) (string, error)
	// spells tells whether the password can be read from what authorize gives.
	spells() bool
}

// New checks a configuration. The error says what is missing.
func New(cfg Config) (*Session, error) {
	named := cfg.Kind
	if named == Browser {
		cfg.Kind = Cookies
	}
	s := &Session{cfg: cfg, named: named, origins: map[string]bool{}, accepted: map[string]*answer{}, aside: map[string]bool{}, signing: make(chan struct{}, 1), trying: make(chan struct{}, 1)}
	for _, o := range cfg.Origins {
		u, err := url.Parse(o)
		if err != nil || originOf(u) == "" {
			return nil, fmt.Errorf("%q is no origin: write it as https://intranet.example.com", o)
		}
		s.origins[originOf(u)] = true
	}
	if len(s.origins) == 0 {
		return nil, errors.New("a sign-in needs at least one origin")
	}
	if cfg.Probe == "" {
		cfg.Probe = cfg.Origins[0]
	}
	var err error
	if s.probe, err = url.Parse(cfg.Probe); err != nil || !s.declared(s.probe) {
		return nil, errors.New("the address that shows whether the sign-in works must lie at a declared origin")
	}
	s.jar = newJar(s.declared)
	if s.schemes, err = cfg.schemes(); err != nil {
		return nil, err
	}
	if len(cfg.Cookies) > 0 {
		s.SetCookies(cfg.Cookies)
	}
	return s, nil
}

// schemes lists what the configuration can answer challenges with.
func (c Config) schemes() ([]scheme, error) {
	named := c.User != "" && c.Password != ""
	need := func(ok bool, what string) error {
		if !ok {
			return fmt.Errorf("kind %s needs %s", c.Kind, what)
		}
		return nil
	}
	switch c.Kind {
	case Basic:
		return []scheme{basic{c}}, need(named, "user and password")
	case Digest:
		return []scheme{newDigest(c)}, need(named, "user and password")
	case Header:
		return nil, need(len(c.Headers) > 0, "a header and its value")
	case Cookies, Form:
		return nil, need(c.Kind == Cookies || named, "user and password")
	case NTLM:
		return []scheme{ntlm{c}}, need(named, "user and password")
	case Negotiate:
		k, err := newKerberos(c)
		return []scheme{k}, err
	case Auto:
		all := []scheme{newDigest(c), ntlm{c}, basic{c}}
		if !named && !c.Kerberos.isSet() {
			return nil, need(false, "user and password")
		}
		if c.Kerberos.isSet() {
			k, err := newKerberos(c)
			if err != nil {
				return nil, err
			}
			if !named {
				return []scheme{k}, nil
			}
			all = append([]scheme{k}, all...)
		}
		return all, nil
	}
	return nil, fmt.Errorf("unknown kind of sign-in %q", c.Kind)
}

// As names the identity, for the record of who saw a page; it is never a secret.
func (s *Session) As() string {
	switch {
	case s.cfg.User != "":
		return s.cfg.User
	case s.cfg.Kind == Header:
		return "a header"
	case s.cfg.Kind == Negotiate:
		for _, sc := range s.schemes {
			if k, ok := sc.(*kerberos); ok && k.who != "" {
				return k.who
			}
		}
	}
	return s.named
}

// Kind is the kind of sign-in that was configured, Auto when none was, Cookies for Browser.
func (s *Session) Kind() string { return s.cfg.Kind }

// Offered lists the schemes that the last server offered which asked to sign in.
func (s *Session) Offered() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.offered...)
}

// Accepted names the scheme that a server accepted, "" before.
func (s *Session) Accepted() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.accepted {
		return a.scheme.name()
	}
	return ""
}

// SignedIn tells whether a server has accepted the credentials.
func (s *Session) SignedIn() bool { return s.isProven() }

// Refusal says that credentials were refused since they were last accepted, nil when they were not.
// It is for pages that ask although the first one did not.
func (s *Session) Refusal() *Refused {
	if s.isProven() || !s.tried() {
		return nil
	}
	return s.refused(WrongPassword, origin(s.probe), "")
}

// String names the identity only.
func (s *Session) String() string { return "session of " + s.As() }

// GoString is String.
func (s *Session) GoString() string { return s.String() }

// SetCookies puts cookies in, each for its Domain and Path ("" is every declared host); cookies of
// hosts that are not declared are left out. It tells how many were taken.
func (s *Session) SetCookies(cookies []*http.Cookie) int {
	n := 0
	for o := range s.origins {
		if u, err := url.Parse(o); err == nil {
			n += s.jar.put(u, cookies)
		}
	}
	return n
}

// Cookies lists the cookies that a request to an address would carry; none for an address that is
// not declared.
func (s *Session) Cookies(u *url.URL) []*http.Cookie {
	if !s.declared(u) {
		return nil
	}
	return s.jar.of(u)
}

// Kept lists the cookies that the session holds now, for a later one.
func (s *Session) Kept() []*http.Cookie { return s.jar.all() }

// Expires is when the sign-in ends as far as it is known: the first cookie to expire of those that
// last, or the ticket. The zero time means that nobody said.
func (s *Session) Expires() time.Time {
	first := s.jar.expires()
	for _, sc := range s.schemes {
		if k, ok := sc.(*kerberos); ok {
			if end := k.end; !end.IsZero() && (first.IsZero() || end.Before(first)) {
				first = end
			}
		}
	}
	return first
}

// Close gives back what the session holds at a Kerberos server. It may be used again.
func (s *Session) Close() {
	for _, sc := range s.schemes {
		if k, ok := sc.(*kerberos); ok {
			k.close()
		}
	}
}

// Declares tells whether an address may see credentials.
func (s *Session) Declares(u *url.URL) bool { return s.declared(u) }

func (s *Session) declared(u *url.URL) bool { return s.origins[originOf(u)] }

// originOf writes scheme, host and port one way; "" for what is no web address.
func originOf(u *url.URL) string {
	if u == nil || u.Hostname() == "" {
		return ""
	}
	scheme, port := strings.ToLower(u.Scheme), u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[scheme]
	}
	if scheme != "http" && scheme != "https" || port == "" {
		return ""
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return scheme + "://" + host + ":" + port
}

// turn waits until nobody else tries credentials. done must be called when the error is nil.
func (s *Session) turn(ctx context.Context) (done func(), err error) {
	select {
	case s.trying <- struct{}{}:
		return func() { <-s.trying }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
