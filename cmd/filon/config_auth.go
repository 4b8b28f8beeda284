package main

import (
	"context"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"filon/crawler"
	"filon/crawler/session"
)

// authSettings is how to sign in to a source, as it is written.
type authSettings struct {
	kind           string
	user, password secret
	origins        []string
	headers        []headerSetting
	form           session.FormConfig
	inClear        bool
	node           ast.Node
}

// headerSetting is one header to send, with the place of its value.
type headerSetting struct {
	name  string
	value secret
	lead  string // what stands before the value: "Bearer "
}

func (r reader) auth(n ast.Node, to **authSettings) error {
	a := &authSettings{node: n}
	var bearer secret
	err := r.mapping(n, T{FR: "auth", EN: "auth"}, []key{
		{"kind", r.oneOf(&a.kind, "basic", "digest", "form", "header")},
		{"user", r.secret(&a.user, true)},
		{"password", r.secret(&a.password, false)},
		{"origins", r.list(&a.origins, checkOrigin)},
		{"headers", func(n ast.Node) error { return r.headers(n, &a.headers) }},
		{"bearer", r.secret(&bearer, false)},
		{"form", func(n ast.Node) error { return r.form(n, &a.form) }},
		{"clear-proxy", r.flag(&a.inClear)},
	})
	if err != nil {
		return err
	}
	if bearer != (secret{}) {
		a.headers = append(a.headers, headerSetting{"Authorization", bearer, "Bearer "})
	}
	if a.kind == "" && len(a.headers) > 0 {
		a.kind = session.Header
	}
	return r.completeAuth(n, a, to)
}

// completeAuth says what is missing.
func (r reader) completeAuth(n ast.Node, a *authSettings, to **authSettings) error {
	named := a.user != (secret{}) && a.password != (secret{})
	switch {
	case a.kind == session.Header && len(a.headers) == 0:
		return r.bad(n, T{FR: "auth de type header attend headers ou bearer", EN: "auth of kind header needs headers or bearer"},
			T{FR: "par exemple auth: {bearer: {env: FILON_TOKEN}}", EN: "for example auth: {bearer: {env: FILON_TOKEN}}"})
	case a.kind != session.Header && !named:
		return r.bad(n, T{FR: "auth attend user et password", EN: "auth needs user and password"},
			T{FR: "par exemple auth: {user: lecteur, password: {env: FILON_PASSWORD}}", EN: "for example auth: {user: reader, password: {env: FILON_PASSWORD}}"})
	}
	*to = a
	return nil
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

// session fetches the secrets and makes the session of a source. Credentials go to the origins of its
// seeds and to those that auth names.
func (a *authSettings) session(ctx context.Context, source crawler.Source) (*session.Session, error) {
	cfg := session.Config{Kind: a.kind, Probe: source.Seeds[0], UserAgent: source.UserAgent, InClear: a.inClear, Form: a.form,
		Origins: append(append([]string(nil), source.Seeds...), a.origins...), Headers: map[string]string{}}
	if cfg.UserAgent == "" {
		cfg.UserAgent = crawler.DefaultUserAgent
	}
	if cfg.Form.URL != "" {
		cfg.Origins = append(cfg.Origins, cfg.Form.URL)
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
	s, err := session.New(cfg)
	if err != nil {
		return nil, askedWrongly(T{FR: "auth : %s", EN: "auth: %s"}.with(err), T{FR: "voyez le chapitre Intranets de la documentation", EN: "see the chapter Intranets of the documentation"})
	}
	return s, nil
}
