package session

import (
	"crypto/tls"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"

	"github.com/Azure/go-ntlmssp"
)

// ntlm is NTLMv2 over HTTP (MS-NLMP, MS-NTHT). It signs in a connection, not a request: a lane
// carries one request at a time over one connection, and the handshake never leaves it.
type ntlm struct{ cfg Config }

func (ntlm) name() string { return "ntlm" }
func (ntlm) spells() bool { return false }

func (ntlm) authorize(*http.Request, Challenge) (string, error) {
	return "", errors.New("NTLM signs in a connection")
}

// user is DOMAIN\user or user@domain, as the library splits it.
func (n ntlm) user() string {
	if n.cfg.Domain != "" && !strings.ContainsAny(n.cfg.User, `\@`) {
		return n.cfg.Domain + `\` + n.cfg.User
	}
	return n.cfg.User
}

// lanes are the connections of one signed transport.
type lanes struct {
	mu   sync.Mutex
	free []*lane
}

// lane is one connection.
type lane struct {
	transport http.RoundTripper
	in        map[string]bool // origins at which this connection is signed in
}

const mostLanes = 16 // that wait for their next request

func (l *lanes) take(base http.RoundTripper) (*lane, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := len(l.free); n > 0 {
		one := l.free[n-1]
		l.free = l.free[:n-1]
		return one, nil
	}
	t := Lane(base)
	if t == nil {
		return nil, errors.New("NTLM needs a transport of its own")
	}
	return &lane{transport: t, in: map[string]bool{}}, nil
}

// Lane gives a transport with the settings of base and a single connection to each host; nil when
// base is neither an *http.Transport nor something that has a method Lane, as a Wire does.
func Lane(base http.RoundTripper) http.RoundTripper {
	switch b := base.(type) {
	case *http.Transport:
		t := b.Clone()
		t.MaxConnsPerHost, t.MaxIdleConnsPerHost = 1, 1
		t.ForceAttemptHTTP2, t.TLSNextProto = false, map[string]func(string, *tls.Conn) http.RoundTripper{} // HTTP/2 knows no NTLM
		if t.TLSClientConfig != nil {
			t.TLSClientConfig.NextProtos = nil
		}
		return t
	case interface{ Lane() http.RoundTripper }:
		return b.Lane()
	}
	return nil
}

// CloseIdle closes what a transport keeps open and does not use.
func CloseIdle(rt http.RoundTripper) {
	if c, ok := rt.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

func (l *lanes) give(one *lane) {
	l.mu.Lock()
	if len(l.free) < mostLanes {
		l.free = append(l.free, one)
		one = nil
	}
	l.mu.Unlock()
	if one != nil {
		CloseIdle(one.transport)
	}
}

func (l *lanes) close() {
	l.mu.Lock()
	all := l.free
	l.free = nil
	l.mu.Unlock()
	for _, one := range all {
		CloseIdle(one.transport)
	}
}

// ride sends a request over a lane of its own and signs the lane in when it is not yet.
func (t *signed) ride(req *http.Request, n ntlm, offer Challenge) (*http.Response, error) {
	one, err := t.lanes.take(t.base)
	if err != nil {
		return nil, err
	}
	res, err := one.carry(req, n, offer)
	if err != nil {
		CloseIdle(one.transport)
		return nil, err
	}
	res.Body = &laneBody{ReadCloser: res.Body, back: func() { t.lanes.give(one) }}
	return res, nil
}

func (l *lane) carry(req *http.Request, n ntlm, offer Challenge) (*http.Response, error) {
	origin := originOf(req.URL)
	if l.in[origin] {
		res, reused, err := l.trip(req, "")
		if err != nil || reused && res.StatusCode != http.StatusUnauthorized {
			return res, err
		}
		l.in[origin] = false
		if res.StatusCode != http.StatusUnauthorized { // a new connection, and nobody asked: an open page
			return res, nil
		}
		drain(res)
	}
	for attempt := 0; ; attempt++ {
		hello, err := ntlmssp.NewNegotiateMessage("", "")
		if err != nil {
			return nil, err
		}
		res, _, err := l.trip(req, offer.Scheme+" "+base64.StdEncoding.EncodeToString(hello))
		if err != nil || res.StatusCode != http.StatusUnauthorized {
			return res, err
		}
		challenge := challengeOf(res.Header, offer.Scheme)
		if challenge == nil {
			return res, nil
		}
		drain(res)
		answer, err := ntlmssp.NewAuthenticateMessage(challenge, n.user(), n.cfg.Password, nil)
		if err != nil {
			return nil, &Refused{Reason: NotOffered, Where: originText(req), User: n.cfg.User, Kind: NTLM, Detail: "the server asks for a variant of NTLM that filon does not speak"}
		}
		res, same, err := l.trip(req, offer.Scheme+" "+base64.StdEncoding.EncodeToString(answer))
		if err != nil {
			return nil, err
		}
		if !same && attempt == 0 && res.StatusCode == http.StatusUnauthorized { // the server closed the connection within the handshake
			drain(res)
			continue
		}
		l.in[origin] = res.StatusCode != http.StatusUnauthorized
		return res, nil
	}
}

// trip sends one request over the lane and tells whether its connection is the one that was open.
func (l *lane) trip(req *http.Request, authorization string) (res *http.Response, reused bool, err error) {
	trace := &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { reused = i.Reused }}
	r := req.Clone(httptrace.WithClientTrace(req.Context(), trace))
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	res, err = l.transport.RoundTrip(r)
	return res, reused, err
}

func challengeOf(h http.Header, scheme string) []byte {
	for _, c := range Challenges(h) {
		if strings.EqualFold(c.Scheme, scheme) && c.Token != "" {
			if raw, err := base64.StdEncoding.DecodeString(c.Token); err == nil {
				return raw
			}
		}
	}
	return nil
}

func originText(req *http.Request) string { return origin(req.URL) }

// laneBody gives its lane back when the answer was read.
type laneBody struct {
	io.ReadCloser
	once sync.Once
	back func()
}

func (b *laneBody) Close() error {
	// What is left unread would cost the connection, and with it the sign-in.
	io.Copy(io.Discard, io.LimitReader(b.ReadCloser, 64<<10))
	err := b.ReadCloser.Close()
	b.once.Do(b.back)
	return err
}
