package main

import (
	"context"
	"net/http"
	"strings"
	"time"

	"filon/crawler/session"
)

// signInDue is how long a sign-in must last at least, so that the next night is not the first to miss it.
const signInDue = 36 * time.Hour

// signIn checks the sign-in of the source as a crawl does, before anything else is asked of the server.
func (p *patient) signIn(ctx context.Context, tell listener) bool {
	layer := T{FR: "identité", EN: "sign-in"}
	s := p.source.Session
	if s == nil {
		return p.certificateDue(tell)
	}
	ctx, cancel := context.WithTimeout(ctx, 4*p.timeout)
	defer cancel()
	base, done := p.transport()
	defer done()
	err := s.SignIn(ctx, base)
	offered := ""
	if o := s.Offered(); len(o) > 0 {
		offered = strings.Join(o, ", ")
	}
	if err != nil {
		return tell(failed(layer, err))
	}
	seen := T{FR: "%s est connecté", EN: "%s is signed in"}.with(s.As())
	switch by := s.Accepted(); {
	case by != "":
		seen = T{FR: "%s (%s ; le serveur propose : %s)", EN: "%s (%s; the server offers: %s)"}.with(seen, by, offered)
	case s.Kind() != session.Form && s.Kind() != session.Cookies && s.Kind() != session.Header && !s.SignedIn():
		return tell(finding{layer, attention, T{FR: "la première page ne demande aucune connexion", EN: "the first page asks for no sign-in"},
			T{FR: "%s ne servira que si une autre page le demande ; si le site a un formulaire : kind: form", EN: "%s will be used only where another page asks; if the site has a form: kind: form"}.with(s.As())})
	}
	end := s.Expires()
	if end.IsZero() {
		return tell(finding{layer, fine, seen, T{}})
	}
	seen = T{FR: "%s, jusqu'au %s", EN: "%s, until %s"}.with(seen, end.Local().Format("2006-01-02 15:04"))
	if s.Kind() == session.Cookies && end.Sub(p.now) < signInDue {
		return tell(finding{layer, attention, seen, T{FR: "reprenez des cookies dans le navigateur avant cette heure", EN: "take new cookies from the browser before that time"}})
	}
	return tell(finding{layer, fine, seen, T{}})
}

// certificateDue warns of a client certificate that ends soon.
func (p *patient) certificateDue(tell listener) bool {
	n := p.source.Network
	if n == nil || n.As() == "" {
		return true
	}
	f := finding{T{FR: "identité", EN: "sign-in"}, fine, T{FR: "certificat client %s, jusqu'au %s", EN: "client certificate %s, until %s"}.with(oneLine(n.As()), n.Expires().Format("2006-01-02")), T{}}
	if n.Expires().Sub(p.now) < certificateDue {
		f.grade, f.remedy = attention, T{FR: "demandez-en un nouveau à l'informatique", EN: "ask IT for a new one"}
	}
	return tell(f)
}

// transport reaches the source as a crawl does, with the patience of doctor.
func (p *patient) transport() (rt http.RoundTripper, done func()) {
	t := &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: dialer(p.resolve, p.timeout), TLSHandshakeTimeout: p.timeout,
		ResponseHeaderTimeout: p.timeout, MaxResponseHeaderBytes: 1 << 20, ForceAttemptHTTP2: true,
	}
	if _, hostPort := p.target(); p.resolve[hostPort] != "" {
		t.Proxy = nil
	}
	if p.source.Network == nil {
		return t, t.CloseIdleConnections
	}
	w := p.source.Network.Wire(t)
	return w, w.CloseIdleConnections
}
