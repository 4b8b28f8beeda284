package session

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"filon/crawler/extract"
)

// portal is a site with a sign-in form, an anti-forgery token and a cookie.
type portal struct {
	*httptest.Server
	mu    sync.Mutex
	posts []url.Values
	form  string // with %s for the token
	step  string // shown after the user alone; "" for one step
	after string // shown after the password; "" goes back to the start
	sso   string // address of another portal that knows people; "" for this one
}

const in = `<html><title>Accueil</title><p>Bonjour. <a href="/logout">Se déconnecter</a></p></html>`

func servePortal(t *testing.T, p *portal) *portal {
	t.Helper()
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		known, _ := r.Cookie("session")
		token, _ := r.Cookie("token")
		fresh := func() string {
			http.SetCookie(w, &http.Cookie{Name: "token", Value: "t-1", Path: "/", HttpOnly: true})
			return "t-1"
		}
		switch {
		case r.Method == http.MethodPost:
			r.ParseForm()
			p.mu.Lock()
			p.posts = append(p.posts, r.PostForm)
			p.mu.Unlock()
			f := r.PostForm
			if token == nil || f.Get("csrf") != token.Value || r.Header.Get("Referer") == "" {
				w.WriteHeader(http.StatusBadRequest)
				return
			}
			if p.step != "" && f.Get("pwd") == "" {
				fmt.Fprintf(w, p.step, fresh())
				return
			}
			if f.Get("log") != "lecteur" && p.step == "" || f.Get("pwd") != "right" {
				fmt.Fprintf(w, "<p>Identifiants refusés"+p.form, fresh())
				return
			}
			http.SetCookie(w, &http.Cookie{Name: "session", Value: "s-1", Path: "/", MaxAge: 3600})
			if p.after != "" {
				fmt.Fprint(w, p.after)
				return
			}
			http.Redirect(w, r, "/", http.StatusFound)
		case known != nil && known.Value == "s-1", r.URL.Query().Get("ticket") == "good":
			http.SetCookie(w, &http.Cookie{Name: "session", Value: "s-1", Path: "/", MaxAge: 3600})
			if back := r.URL.Query().Get("back"); back != "" {
				http.Redirect(w, r, back+"?ticket=good", http.StatusFound)
				return
			}
			fmt.Fprint(w, in)
		case p.sso != "":
			http.Redirect(w, r, p.sso+"/login?back="+url.QueryEscape("http://"+r.Host+"/"), http.StatusFound)
		case r.URL.Path == "/login" || r.URL.Path == "/wp-login.php":
			fmt.Fprintf(w, p.form, fresh())
		case strings.HasPrefix(r.URL.Path, "/open"):
			fmt.Fprint(w, `<p>Bienvenue. <a href="/page">Page</a> <a href="/login">Se connecter</a></p>`)
		default:
			http.Redirect(w, r, "/login", http.StatusFound)
		}
	}))
	t.Cleanup(p.Close)
	return p
}

const usual = `<form id="search" action="/search"><input name="q"><button>Chercher</button></form>
<form id="loginform" action="/post" method="post"><input type="hidden" name="csrf" value="%s">
<label>Identifiant <input name="log" type="text"></label><input name="pwd" type="password"><input type="checkbox" name="remember" value="1" checked>
<input type="checkbox" name="notme" value="1"><select name="domain"><option>A<option selected value="B">Bé</select><input type="submit" name="go" value="Se connecter"></form>`

func TestForm(t *testing.T) {
	for _, c := range []struct {
		name, start string
		portal      *portal
		form        FormConfig
	}{
		{"one step", "/page", &portal{form: usual}, FormConfig{}},
		{"from a link of an open page", "/open", &portal{form: usual}, FormConfig{}},
		{"its address given", "/page", &portal{form: usual}, FormConfig{URL: "/wp-login.php"}},
		{"names given", "/page", &portal{form: usual}, FormConfig{UserField: "log", PasswordField: "pwd", Fields: map[string]string{"domain": "B"}}},
		{"user first", "/page", &portal{form: `<form method=post action="/post"><input type=hidden name=csrf value=%s><input type=email name=log autocomplete=username><button>Suivant</button></form>`,
			step: `<form method=post action="/post"><input type=hidden name=csrf value=%s><input type=password name=pwd><button>OK</button></form>`}, FormConfig{}},
		{"table between form and rows", "/page", &portal{form: `<table><form method=post action="/post"><tr><td><input type=hidden name=csrf value=%s><input name=log><tr><td><input type=password name=pwd></form></table>`}, FormConfig{}},
		{"a registration beside it", "/page", &portal{form: `<form method=post action="/register"><input name=login><input type=password name=a><input type=password name=b></form>` + usual}, FormConfig{}},
		{"on by a refresh", "/page", &portal{form: usual, after: `<meta http-equiv="refresh" content="0; url=/"><p>Un instant…`}, FormConfig{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := servePortal(t, &portal{form: c.portal.form, step: c.portal.step, after: c.portal.after})
			if c.form.URL != "" {
				c.form.URL = p.URL + c.form.URL
			}
			for _, kind := range []string{Form, Auto} {
				p.posts = nil
				s := newSession(t, Config{Kind: kind, Origins: []string{p.URL}, Probe: p.URL + c.start, User: "lecteur", Password: "right", Form: c.form})
				if err := s.SignIn(context.Background(), p.Client().Transport); err != nil {
					t.Fatal(kind, err)
				}
				if code := get(t, s.Over(p.Client().Transport), p.URL+"/page"); code != http.StatusOK {
					t.Errorf("signed in: %d", code)
				}
				if s.Expires().IsZero() {
					t.Error("the session cookie lasts an hour, and nobody knows")
				}
				last := p.posts[len(p.posts)-1]
				if strings.Contains(c.portal.form, "remember") && (last.Get("remember") != "1" || last.Has("notme") || last.Get("domain") != "B" || last.Get("go") == "" || last.Has("q")) {
					t.Errorf("sent %v", last)
				}
			}
		})
	}
}

func TestFormWrongPassword(t *testing.T) {
	p := servePortal(t, &portal{form: usual})
	s := newSession(t, Config{Kind: Form, Origins: []string{p.URL}, Probe: p.URL + "/page", User: "lecteur", Password: "hunter2"})
	want := []Reason{WrongPassword, WrongPassword, TooOften, TooOften}
	for i := range want {
		var r *Refused
		if err := s.SignIn(context.Background(), p.Client().Transport); !errors.As(err, &r) || r.Reason != want[i] || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("attempt %d: %v", i, err)
		}
	}
	if len(p.posts) != 2 {
		t.Errorf("%d attempts, want 2", len(p.posts))
	}
}

// A form whose answer is lost may have refused: it is not sent a third time.
func TestFormAnswerLost(t *testing.T) {
	posts := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			posts++
			panic(http.ErrAbortHandler)
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, usual, "x")
	}))
	defer server.Close()
	s := newSession(t, Config{Kind: Form, Origins: []string{server.URL}, User: "lecteur", Password: "hunter2"})
	var r *Refused
	for i := range 4 {
		if err := s.SignIn(context.Background(), http.DefaultTransport); err == nil || errors.As(err, &r) != (i > 1) {
			t.Errorf("attempt %d: %v", i, err)
		}
	}
	if posts != 2 || r.Reason != TooOften {
		t.Errorf("%d attempts, %v", posts, r)
	}
}

// Single sign-on: another server knows people; it must be declared to see the password.
func TestFormElsewhere(t *testing.T) {
	sso := servePortal(t, &portal{form: strings.Replace(usual, `action="/post"`, `action=""`, 1)})
	app := servePortal(t, &portal{sso: sso.URL})
	cfg := Config{Kind: Form, Origins: []string{app.URL}, Probe: app.URL + "/", User: "lecteur", Password: "right"}
	var r *Refused
	if err := newSession(t, cfg).SignIn(context.Background(), http.DefaultTransport); !errors.As(err, &r) || r.Reason != Undeclared || r.Where != sso.URL {
		t.Errorf("undeclared: %v", err)
	}
	if len(sso.posts) > 0 {
		t.Error("the password went to an origin that is not declared")
	}
	cfg.Origins = append(cfg.Origins, sso.URL)
	s := newSession(t, cfg)
	if err := s.SignIn(context.Background(), http.DefaultTransport); err != nil {
		t.Fatal(err)
	}
	if code := get(t, s.Over(http.DefaultTransport), app.URL+"/"); code != http.StatusOK {
		t.Errorf("signed in: %d", code)
	}
}

// SAML and OpenID Connect carry the identity from one server to the other in a form that a script sends.
func TestFormHandedOn(t *testing.T) {
	var app, idp *httptest.Server
	page := func(w http.ResponseWriter, text string, args ...any) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, text, args...)
	}
	app = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch _, err := r.Cookie("app"); {
		case err == nil:
			page(w, in)
		case r.Method == http.MethodPost && r.FormValue("SAMLResponse") == "signed" && r.FormValue("RelayState") == "é&":
			http.SetCookie(w, &http.Cookie{Name: "app", Value: "1", Path: "/"})
			http.Redirect(w, r, "/", http.StatusSeeOther)
		default:
			page(w, `<body onload="document.forms[0].submit()"><form method="post" action="%s/sso"><input type="hidden" name="SAMLRequest" value="x"><noscript><button>Continuer</button></noscript></form><script>document.forms[0].submit()</script>`, idp.URL)
		}
	}))
	defer app.Close()
	idp = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.FormValue("password") == "right":
			page(w, `<form method="post" action="%s/acs"><input type="hidden" name="SAMLResponse" value="signed"><input type="hidden" name="RelayState" value="&eacute;&amp;"></form><script>document.forms[0].submit()</script>`, app.URL)
		default:
			page(w, `<form method="post"><input name="username"><input type="password" name="password"></form>`)
		}
	}))
	defer idp.Close()
	s := newSession(t, Config{Kind: Form, Origins: []string{app.URL, idp.URL}, User: "lecteur", Password: "right"})
	if err := s.SignIn(context.Background(), http.DefaultTransport); err != nil {
		t.Fatal(err)
	}
	if !s.SignedIn() || len(s.Cookies(s.probe)) != 1 {
		t.Errorf("signed in %v, cookies %v", s.SignedIn(), s.Cookies(s.probe))
	}
}

func TestFormByHand(t *testing.T) {
	for name, c := range map[string]struct {
		portal *portal
		want   Reason
	}{
		"a code afterwards":       {&portal{form: usual, after: `<form method=post><input name=otp autocomplete=one-time-code><button>OK</button></form>`}, ByHand},
		"a captcha":               {&portal{form: `<form method=post action=/post><input type=hidden name=csrf value=%s><input name=log><input type=password name=pwd><input name=captcha></form>`}, ByHand},
		"sent by script":          {&portal{form: `<!-- %s --><form><input name=log><input type=password name=pwd><button>OK</button></form>`}, ByHand},
		"a new password first":    {&portal{form: usual, after: `<form method=post><input type=password name=a><input type=password name=b></form>`}, ByHand},
		"no form":                 {&portal{form: `<p>%s</p>`}, NoForm},
		"a form to another place": {&portal{form: `<form method=post action="http://evil.example/%s"><input name=log><input type=password name=pwd></form>`}, Undeclared},
	} {
		p := servePortal(t, &portal{form: c.portal.form, after: c.portal.after})
		s := newSession(t, Config{Kind: Form, Origins: []string{p.URL}, Probe: p.URL + "/page", User: "lecteur", Password: "right"})
		var r *Refused
		if err := s.SignIn(context.Background(), p.Client().Transport); !errors.As(err, &r) || r.Reason != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func FuzzForms(f *testing.F) {
	f.Add(fmt.Sprintf(usual, "x"), "text/html")
	f.Add(`<table><form method=post><tr><input form=x><base href=//[><form id=x>`, "text/html; charset=windows-1252")
	s, err := New(Config{Kind: Form, Origins: []string{"http://a.example"}, User: "a", Password: "b"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body, kind string) {
		p := extract.Forms([]byte(body), kind, "http://a.example/b")
		fill := s.fill(p)
		if fill.password != nil && fill.form == nil {
			t.Fatal("a password without a form")
		}
		signInLink(p)
		signInForm(p)
	})
}
