package main

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"filon/crawler"
	"filon/crawler/session"
)

// authSettings is how to sign in to a source, as it is written.
type authSettings struct {
	kind           string
	user, password secret
	domain         string
	origins        []string
	headers        []headerSetting
	cookies        secret
	form           session.FormConfig
	kerberos       session.KerberosConfig
	inClear        bool
	passphrase     secret         // of what filon login keeps
	byHand         []*http.Cookie // that filon login has just been given
	node           ast.Node
}

// headerSetting is one header to send, with the place of its value.
type headerSetting struct {
	name  string
	value secret
	lead  string // what stands before the value: "Bearer "
}

// authKinds are the kinds that auth may name; without one, the strongest that the server offers counts.
var authKinds = []string{session.Basic, session.Digest, session.NTLM, session.Negotiate, session.Header, session.Cookies, session.Form, session.Browser}

func (r reader) auth(n ast.Node, to **authSettings) error {
	a := &authSettings{node: n}
	var bearer secret
	err := r.mapping(n, T{FR: "auth", EN: "auth"}, []key{
		{"kind", r.oneOf(&a.kind, authKinds...)},
		{"user", r.secret(&a.user, true)},
		{"password", r.secret(&a.password, false)},
		{"domain", r.text(&a.domain)},
		{"origins", r.list(&a.origins, checkOrigin)},
		{"headers", func(n ast.Node) error { return r.headers(n, &a.headers) }},
		{"bearer", r.secret(&bearer, false)},
		{"cookies", r.secret(&a.cookies, false)},
		{"form", func(n ast.Node) error { return r.form(n, &a.form) }},
		{"kerberos", func(n ast.Node) error {
			k := &a.kerberos
			return r.mapping(n, T{FR: "kerberos", EN: "kerberos"}, []key{
				{"realm", r.text(&k.Realm)}, {"kdc", r.list(&k.KDC, nil)}, {"keytab", r.file(&k.Keytab)},
				{"ccache", r.file(&k.CCache)}, {"krb5-conf", r.file(&k.Krb5Conf)}, {"spn", r.text(&k.SPN)},
			})
		}},
		{"clear-proxy", r.flag(&a.inClear)},
		{"passphrase", r.secret(&a.passphrase, false)},
	})
	if err != nil {
		return err
	}
	if bearer != (secret{}) {
		a.headers = append(a.headers, headerSetting{"Authorization", bearer, "Bearer "})
	}
	switch {
	case a.kind != "":
	case a.cookies != (secret{}):
		a.kind = session.Cookies
	case len(a.headers) > 0 && a.password == (secret{}):
		a.kind = session.Header
	case a.kerberos.Keytab != "" || a.kerberos.CCache != "":
		a.kind = session.Negotiate
	case a.form.URL != "" || a.form.UserField != "" || a.form.PasswordField != "" || len(a.form.Fields) > 0:
		a.kind = session.Form
	}
	if err := r.completeAuth(n, a); err != nil {
		return err
	}
	*to = a
	return nil
}

// completeAuth says what is missing, with an example.
func (r reader) completeAuth(n ast.Node, a *authSettings) error {
	named := a.user != (secret{}) && a.password != (secret{})
	need := func(ok bool, what, example string) error {
		if ok {
			return nil
		}
		return r.bad(n, T{FR: "auth attend %s", EN: "auth needs %s"}.with(what), T{FR: "par exemple auth: {%s}", EN: "for example auth: {%s}"}.with(example))
	}
	switch a.kind {
	case session.Header:
		return need(len(a.headers) > 0, "headers / bearer", "bearer: {env: FILON_TOKEN}")
	case session.Cookies:
		return need(a.cookies != (secret{}), "cookies", "cookies: {file: cookies.txt}")
	case session.Browser:
		return need(a.password == (secret{}) && a.cookies == (secret{}), "kind: browser alone / seul", "kind: browser")
	case session.Negotiate:
		return need(a.kerberos.CCache != "" || named || a.user != (secret{}) && a.kerberos.Keytab != "", "user + password, user + kerberos.keytab, kerberos.ccache",
			"kind: negotiate, user: robot, kerberos: {realm: EXAMPLE.COM, keytab: robot.keytab}")
	}
	return need(named, "user, password", "user: lecteur, password: {env: FILON_PASSWORD}")
}

func (r reader) headers(n ast.Node, to *[]headerSetting) error {
	pairs, err := r.pairs(n, T{FR: "headers", EN: "headers"})
	if err != nil {
		return err
	}
	for _, p := range pairs {
		h := headerSetting{name: plain(p.Key)}
		if h.name == "" || strings.ContainsFunc(h.name, func(c rune) bool { return c <= ' ' || c > '~' || c == ':' }) {
			return r.bad(p.Key, T{FR: "ce n'est pas un nom d'en-tête HTTP", EN: "this is not the name of an HTTP header"}, T{FR: "par exemple X-Api-Key", EN: "for example X-Api-Key"})
		}
		if err := r.secret(&h.value, false)(p.Value); err != nil {
			return err
		}
		*to = append(*to, h)
	}
	return nil
}

func (r reader) form(n ast.Node, to *session.FormConfig) error {
	return r.mapping(n, T{FR: "form", EN: "form"}, []key{
		{"url", value(r, &to.URL, T{FR: "donnez l'adresse complète de la page de connexion", EN: "give the full address of the sign-in page"}, func(s string) (string, bool) {
			_, complaint := checkURL(s)
			return s, complaint == (T{})
		})},
		{"user-field", r.text(&to.UserField)},
		{"password-field", r.text(&to.PasswordField)},
		{"fields", func(n ast.Node) error {
			pairs, err := r.pairs(n, T{FR: "fields", EN: "fields"})
			if err != nil {
				return err
			}
			to.Fields = map[string]string{}
			for _, p := range pairs {
				if to.Fields[plain(p.Key)], err = r.scalar(p.Value); err != nil {
					return err
				}
			}
			return nil
		}},
	})
}

// checkOrigin accepts scheme://host[:port], a slash at the end included.
func checkOrigin(s string) (string, T) {
	if _, complaint := checkURL(s); complaint != (T{}) {
		return s, complaint
	}
	s = strings.TrimSuffix(s, "/")
	if strings.Count(s, "/") > 2 || strings.ContainsAny(s, "?#") {
		return s, T{FR: "donnez l'origine seule : https://sso.exemple.fr", EN: "give the origin alone: https://sso.example.com"}
	}
	return s, T{}
}

// declared lists the origins that may see the credentials of a source: those of its seeds, and those
// that auth names.
func (a *authSettings) declared(source crawler.Source) []string {
	all := slices.Clone(source.Seeds)
	if a != nil {
		all = append(all, a.origins...)
		if a.form.URL != "" {
			all = append(all, a.form.URL)
		}
	}
	return all
}

// session fetches the secrets and makes the session of a source.
func (a *authSettings) session(ctx context.Context, source crawler.Source, dir string) (*session.Session, error) {
	cfg := session.Config{Kind: a.kind, Probe: source.Seeds[0], UserAgent: source.UserAgent, InClear: a.inClear, Form: a.form, Domain: a.domain,
		Kerberos: a.kerberos, Origins: a.declared(source), Headers: map[string]string{}}
	if cfg.UserAgent == "" {
		cfg.UserAgent = crawler.DefaultUserAgent
	}
	var err error
	for _, get := range []struct {
		to   *string
		from secret
	}{{&cfg.User, a.user}, {&cfg.Password, a.password}} {
		if *get.to, err = get.from.reveal(ctx); err != nil {
			return nil, err
		}
	}
	for _, h := range a.headers {
		v, err := h.value.reveal(ctx)
		if err != nil {
			return nil, err
		}
		cfg.Headers[h.name] = h.lead + v
	}
	if a.kind == session.Browser {
		if cfg.Cookies, err = a.cookiesByHand(ctx, source.Name, dir); err != nil {
			return nil, err
		}
	}
	if a.cookies != (secret{}) {
		text, from, err := a.cookies.all(ctx, session.MaxCookieFile)
		if err != nil {
			return nil, err
		}
		in, err := session.ReadCookies([]byte(text))
		if err != nil {
			return nil, askedWrongly(T{FR: "cookies de %s : %s", EN: "cookies of %s: %s"}.with(from, faultWords(err)), T{})
		}
		cfg.Cookies = in.Cookies
		for name, v := range in.Headers {
			cfg.Headers[name] = v
		}
	}
	s, err := session.New(cfg)
	if err != nil {
		return nil, askedWrongly(T{FR: "auth : %s", EN: "auth: %s"}.with(faultWords(err)), T{FR: "filon init montre un exemple de chaque connexion", EN: "filon init shows an example of each sign-in"})
	}
	return s, nil
}

// networkSettings is how the servers of a source are reached, as it is written.
type networkSettings struct {
	ca, certificate, key string // paths
	passphrase           secret
	pins                 []string
	proxy                string
	proxyUser, proxyPass secret
	node                 ast.Node
}

func (r reader) tls(n ast.Node, to **networkSettings) error {
	s := settingsOf(to, n)
	err := r.mapping(n, T{FR: "tls", EN: "tls"}, []key{
		{"ca", r.file(&s.ca)},
		{"certificate", r.file(&s.certificate)},
		{"key", r.file(&s.key)},
		{"passphrase", r.secret(&s.passphrase, false)},
		{"pins", r.list(&s.pins, nil)},
	})
	if err == nil && s.key != "" && s.certificate == "" {
		return r.bad(n, T{FR: "une clé sans certificat", EN: "a key without a certificate"}, T{FR: "ajoutez certificate: client.crt", EN: "add certificate: client.crt"})
	}
	return err
}

// proxy reads an address, none, or an address with user and password.
func (r reader) proxy(n ast.Node, to **networkSettings) error {
	s := settingsOf(to, n)
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return r.mapping(n, T{FR: "proxy", EN: "proxy"}, []key{
			{"url", func(n ast.Node) error { return r.proxyURL(n, s) }}, {"user", r.secret(&s.proxyUser, true)}, {"password", r.secret(&s.proxyPass, false)},
		})
	}
	return r.proxyURL(n, s)
}

// proxyURL reads the address of a proxy, which holds neither name nor password.
func (r reader) proxyURL(n ast.Node, s *networkSettings) error {
	if err := r.text(&s.proxy)(n); err != nil {
		return err
	}
	if strings.Contains(s.proxy, "@") {
		s.proxy = ""
		return r.bad(n, T{FR: "pas de nom ni de mot de passe dans l'adresse du proxy", EN: "no name or password in the address of the proxy"},
			T{FR: "écrivez proxy: {url: http://proxy:3128, user: moi, password: {env: PROXY_PASSWORD}}", EN: "write proxy: {url: http://proxy:3128, user: me, password: {env: PROXY_PASSWORD}}"})
	}
	return nil
}

func settingsOf(to **networkSettings, n ast.Node) *networkSettings {
	if *to == nil {
		*to = &networkSettings{node: n}
	}
	return *to
}

const maxKeyFile = 4 << 20

// network reads the files and makes the network of a source.
func (s *networkSettings) network(ctx context.Context, origins []string) (*session.Network, error) {
	cfg := session.NetworkConfig{Origins: origins, Pins: s.pins, Proxy: s.proxy}
	var err error
	for _, get := range []struct {
		to   *string
		from secret
	}{{&cfg.Passphrase, s.passphrase}, {&cfg.ProxyUser, s.proxyUser}, {&cfg.ProxyPass, s.proxyPass}} {
		if *get.to, err = get.from.reveal(ctx); err != nil {
			return nil, err
		}
	}
	for _, get := range []struct {
		to   *[]byte
		from string
	}{{&cfg.Authorities, s.ca}, {&cfg.Certificate, s.certificate}, {&cfg.Key, s.key}} {
		if get.from == "" {
			continue
		}
		if *get.to, err = readFile(get.from, maxKeyFile); err != nil {
			return nil, couldNot(err, T{FR: "lecture d'un certificat impossible : %s", EN: "cannot read a certificate: %s"})
		}
	}
	if session.IsPKCS12(cfg.Certificate) {
		cfg.PKCS12, cfg.Certificate = cfg.Certificate, nil
	}
	n, err := session.NewNetwork(cfg)
	if err != nil {
		return nil, askedWrongly(faultWords(err), T{})
	}
	return n, nil
}
