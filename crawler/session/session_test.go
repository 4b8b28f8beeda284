package session

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// door is a site that asks for a sign-in and counts what it is given.
type door struct {
	*httptest.Server
	mu    sync.Mutex
	asked int // requests
	wrong int // requests with credentials that are not right
}

func serveDoor(t *testing.T, check func(w http.ResponseWriter, r *http.Request) (given, right bool)) *door {
	t.Helper()
	d := &door{}
	d.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, right := check(w, r)
		d.mu.Lock()
		d.asked++
		if given && !right {
			d.wrong++
		}
		d.mu.Unlock()
		if !right {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, "in")
	}))
	t.Cleanup(d.Close)
	return d
}

func askBasic(user, password string) func(http.ResponseWriter, *http.Request) (bool, bool) {
	return func(w http.ResponseWriter, r *http.Request) (bool, bool) {
		w.Header().Set("WWW-Authenticate", `Basic realm="in, side", charset="UTF-8"`)
		u, p, ok := r.BasicAuth()
		return ok, u == user && p == password
	}
}

// askDigest verifies digest answers the way RFC 7616 section 3.4 says, from the server's side.
func askDigest(t *testing.T, user, password, algorithm, qop string, nonces int) func(http.ResponseWriter, *http.Request) (bool, bool) {
	var mu sync.Mutex
	used := map[string]map[string]bool{} // nonce → nc
	n := 0
	return func(w http.ResponseWriter, r *http.Request) (given, right bool) {
		mu.Lock()
		defer mu.Unlock()
		stale := false
		if h := r.Header.Get("Authorization"); strings.HasPrefix(h, "Digest ") {
			given = true
			p := Challenges(http.Header{"Www-Authenticate": {h}})[0].Params
			algorithms := map[string]func() hash.Hash{"MD5": md5.New, "SHA-256": sha256.New, "SHA-512-256": sha512.New512_256}
			sum := func(parts ...string) string {
				f := algorithms[strings.TrimSuffix(algorithm, "-sess")]
				if algorithm == "" {
					f = md5.New
				}
				s := f()
				io.WriteString(s, strings.Join(parts, ":"))
				return hex.EncodeToString(s.Sum(nil))
			}
			ha1 := sum(user, "Fonderie", password)
			if strings.HasSuffix(algorithm, "-sess") {
				ha1 = sum(ha1, p["nonce"], p["cnonce"])
			}
			want := sum(ha1, p["nonce"], sum(r.Method, r.RequestURI))
			if qop != "" {
				want = sum(ha1, p["nonce"], p["nc"], p["cnonce"], "auth", sum(r.Method, r.RequestURI))
			}
			right = p["response"] == want && p["uri"] == r.RequestURI && p["opaque"] == `a"b`
			switch seen := used[p["nonce"]]; {
			case seen == nil || len(seen) >= nonces:
				stale, right = right, false
			case seen[p["nc"]] && qop != "":
				t.Errorf("nc %s came twice", p["nc"])
			default:
				seen[p["nc"]] = true
			}
		}
		if !right {
			n++
			nonce := fmt.Sprintf("nonce%d", n)
			used[nonce] = map[string]bool{}
			c := fmt.Sprintf(`Digest realm="Fonderie", nonce="%s", opaque="a\"b"`, nonce)
			if algorithm != "" {
				c += ", algorithm=" + algorithm
			}
			if qop != "" {
				c += fmt.Sprintf(`, qop="%s"`, qop)
			}
			if stale {
				c += ", stale=TRUE"
			}
			w.Header().Add("WWW-Authenticate", `Unknown x=1, `+c+`, Basic realm="Fonderie"`)
		}
		return given && !stale, right
	}
}

func newSession(t *testing.T, cfg Config) *Session {
	t.Helper()
	cfg.UserAgent = "filon-test"
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func get(t *testing.T, rt http.RoundTripper, addr string) int {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := rt.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	drain(res)
	return res.StatusCode
}

func TestSchemes(t *testing.T) {
	const user, password = "c.rousseł", `mot "de" passe: é`
	for _, c := range []struct {
		name, kind, accepted string
		door                 func() func(http.ResponseWriter, *http.Request) (bool, bool)
	}{
		{"basic", Basic, "basic", func() func(http.ResponseWriter, *http.Request) (bool, bool) { return askBasic(user, password) }},
		{"auto takes basic", Auto, "basic", func() func(http.ResponseWriter, *http.Request) (bool, bool) { return askBasic(user, password) }},
		{"digest of 1999", Digest, "digest", func() func(http.ResponseWriter, *http.Request) (bool, bool) {
			return askDigest(t, user, password, "", "", 100)
		}},
		{"digest MD5", Digest, "digest", func() func(http.ResponseWriter, *http.Request) (bool, bool) {
			return askDigest(t, user, password, "MD5", "auth,auth-int", 100)
		}},
		{"digest MD5-sess", Digest, "digest", func() func(http.ResponseWriter, *http.Request) (bool, bool) {
			return askDigest(t, user, password, "MD5-sess", "auth", 100)
		}},
		{"digest SHA-256, stale after 3", Digest, "digest", func() func(http.ResponseWriter, *http.Request) (bool, bool) {
			return askDigest(t, user, password, "SHA-256", "auth", 3)
		}},
		{"auto prefers digest", Auto, "digest", func() func(http.ResponseWriter, *http.Request) (bool, bool) {
			return askDigest(t, user, password, "SHA-512-256", "auth", 100)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := serveDoor(t, c.door())
			s := newSession(t, Config{Kind: c.kind, Origins: []string{d.URL}, User: user, Password: password})
			if err := s.SignIn(context.Background(), d.Client().Transport); err != nil {
				t.Fatal(err)
			}
			if got := s.Accepted(); got != c.accepted {
				t.Errorf("accepted %q, want %q", got, c.accepted)
			}
			rt := s.Over(d.Client().Transport)
			var wg sync.WaitGroup
			for i := range 20 {
				wg.Go(func() {
					if code := get(t, rt, fmt.Sprintf("%s/page?n=%d&é=1", d.URL, i)); code != http.StatusOK {
						t.Errorf("page %d: %d", i, code)
					}
				})
			}
			wg.Wait()
			if d.wrong > 0 {
				t.Errorf("%d requests with wrong credentials", d.wrong)
			}
			if s.As() != user {
				t.Errorf("As %q", s.As())
			}
		})
	}
}

// RFC 7616 section 3.9.1.
func TestDigestVectors(t *testing.T) {
	for algorithm, want := range map[string]string{
		"MD5":     "8ca523f5e9506fed4657c9700eebdbec",
		"SHA-256": "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
	} {
		d := newDigest(Config{User: "Mufasa", Password: "Circle of Life"})
		d.cnonce = func() string { return "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ" }
		req, _ := http.NewRequest(http.MethodGet, "http://www.example.org/dir/index.html", nil)
		got, err := d.authorize(req, Challenge{Params: map[string]string{"realm": "http-auth@example.org", "qop": "auth, auth-int", "algorithm": algorithm,
			"nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "opaque": "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"}})
		if err != nil || !strings.Contains(got, `response="`+want+`"`) || !strings.Contains(got, "nc=00000001") {
			t.Errorf("%s: %v %s", algorithm, err, got)
		}
	}
}

// A wrong password is one clear line and at most two attempts, whatever is asked of the session.
func TestWrongPassword(t *testing.T) {
	for name, check := range map[string]func(http.ResponseWriter, *http.Request) (bool, bool){
		"basic": askBasic("lecteur", "right"), "digest": askDigest(t, "lecteur", "right", "SHA-256", "auth", 100),
	} {
		for _, kind := range []string{Auto, name} {
			d := serveDoor(t, check)
			s := newSession(t, Config{Kind: kind, Origins: []string{d.URL}, User: "lecteur", Password: "hunter2"})
			var last *Refused
			for range 4 {
				err := s.SignIn(context.Background(), d.Client().Transport)
				if !errors.As(err, &last) {
					t.Fatalf("%s: got %v", name, err)
				}
				if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "\n") {
					t.Errorf("%s: %q", name, err)
				}
			}
			if last.Reason != TooOften {
				t.Errorf("%s: %q after four", name, last.Reason)
			}
			rt := s.Over(d.Client().Transport)
			var wg sync.WaitGroup
			for range 10 {
				wg.Go(func() {
					if code := get(t, rt, d.URL+"/p"); code != http.StatusUnauthorized {
						t.Errorf("%d", code)
					}
				})
			}
			wg.Wait()
			if d.wrong != 2 {
				t.Errorf("%s as %q: %d attempts with a wrong password, want 2", name, kind, d.wrong)
			}
		}
	}
}

// Without a sign-in first, pages that ask may try the credentials, twice in all.
func TestWrongPasswordBeneathAnOpenPage(t *testing.T) {
	ask := askBasic("lecteur", "right")
	d := serveDoor(t, func(w http.ResponseWriter, r *http.Request) (bool, bool) {
		if r.URL.Path == "/" {
			return false, true
		}
		return ask(w, r)
	})
	s := newSession(t, Config{Kind: Basic, Origins: []string{d.URL}, User: "lecteur", Password: "hunter2"})
	if err := s.SignIn(context.Background(), d.Client().Transport); err != nil {
		t.Fatal(err)
	}
	rt := s.Over(d.Client().Transport)
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() { get(t, rt, fmt.Sprint(d.URL, "/", i)) })
	}
	wg.Wait()
	if d.wrong != 2 {
		t.Errorf("%d attempts, want 2", d.wrong)
	}
}

// A page for others does not use up the attempts of credentials that are right.
func TestForbiddenPage(t *testing.T) {
	ask := askBasic("lecteur", "right")
	d := serveDoor(t, func(w http.ResponseWriter, r *http.Request) (bool, bool) {
		given, right := ask(w, r)
		return given, right && !strings.HasPrefix(r.URL.Path, "/direction")
	})
	s := newSession(t, Config{Origins: []string{d.URL}, User: "lecteur", Password: "right"})
	if err := s.SignIn(context.Background(), d.Client().Transport); err != nil {
		t.Fatal(err)
	}
	rt := s.Over(d.Client().Transport)
	for i := range 5 {
		if code := get(t, rt, fmt.Sprint(d.URL, "/direction/", i)); code != http.StatusUnauthorized {
			t.Errorf("forbidden page %d: %d", i, code)
		}
	}
	if code := get(t, rt, d.URL+"/p"); code != http.StatusOK {
		t.Errorf("after forbidden pages: %d", code)
	}
}

func TestNotOffered(t *testing.T) {
	d := serveDoor(t, func(w http.ResponseWriter, r *http.Request) (bool, bool) {
		w.Header().Add("WWW-Authenticate", "Negotiate")
		w.Header().Add("WWW-Authenticate", `Basic realm="x"`)
		return r.Header.Get("Authorization") != "", false
	})
	s := newSession(t, Config{Kind: Digest, Origins: []string{d.URL}, User: "lecteur", Password: "hunter2"})
	var r *Refused
	if err := s.SignIn(context.Background(), d.Client().Transport); !errors.As(err, &r) || r.Reason != NotOffered {
		t.Fatalf("got %v", err)
	}
	if d.wrong != 0 || strings.Join(r.Offered, " ") != "Negotiate Basic" || !strings.Contains(r.Error(), "does not offer digest; it offers Negotiate, Basic") {
		t.Errorf("%d attempts, %v", d.wrong, r)
	}
}

// Credentials go to the declared origin and nowhere else: no other host, port or scheme.
func TestNothingElsewhere(t *testing.T) {
	leaks := make(chan http.Header, 10)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leaks <- r.Header
		w.Header().Set("WWW-Authenticate", `Basic realm="give it to me"`)
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer elsewhere.Close()
	d := serveDoor(t, askBasic("lecteur", "right"))
	s := newSession(t, Config{Kind: Basic, Origins: []string{d.URL}, User: "lecteur", Password: "right", Headers: map[string]string{"X-Api-Key": "secret"}})
	s.SetCookies([]*http.Cookie{{Name: "session", Value: "secret"}})
	if err := s.SignIn(context.Background(), d.Client().Transport); err != nil {
		t.Fatal(err)
	}
	rt := s.Over(http.DefaultTransport)
	get(t, rt, elsewhere.URL)
	h := <-leaks
	for _, name := range []string{"Authorization", "Cookie", "X-Api-Key", "Referer"} {
		if v := h.Get(name); v != "" {
			t.Errorf("%s: %q went elsewhere", name, v)
		}
	}
	for _, origin := range []string{strings.Replace(d.URL, "http:", "https:", 1), strings.Replace(d.URL, "127.0.0.1", "localhost", 1), elsewhere.URL, "http://127.0.0.1"} {
		if u, _ := url.Parse(origin); s.Declares(u) || len(s.Cookies(u)) > 0 {
			t.Errorf("%s is taken for declared", origin)
		}
	}
}

// Nothing that a proxy could read goes through one in clear.
func TestInClear(t *testing.T) {
	seen := make(chan http.Header, 10)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen <- r.Header
		w.Header().Set("WWW-Authenticate", `Basic realm="x"`)
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer proxy.Close()
	via, _ := url.Parse(proxy.URL)
	base := &http.Transport{Proxy: http.ProxyURL(via)}
	defer base.CloseIdleConnections()
	for _, c := range []struct {
		name string
		cfg  Config
		may  bool
	}{
		{"basic", Config{Kind: Basic, User: "lecteur", Password: "hunter2"}, false},
		{"auto", Config{User: "lecteur", Password: "hunter2"}, false},
		{"header", Config{Kind: Header, Headers: map[string]string{"Authorization": "Bearer hunter2"}}, false},
		{"cookies", Config{Kind: Cookies, Cookies: []*http.Cookie{{Name: "s", Value: "hunter2"}}}, false},
		{"header, told to", Config{Kind: Header, InClear: true, Headers: map[string]string{"Authorization": "Bearer hunter2"}}, true},
	} {
		c.cfg.Origins = []string{"http://intranet.example"}
		s := newSession(t, c.cfg)
		var r *Refused
		err := s.SignIn(context.Background(), base)
		if !errors.As(err, &r) || (r.Reason == InClear) == c.may {
			t.Errorf("%s: %v", c.name, err)
		}
		for len(seen) > 0 {
			h := <-seen
			if gave := h.Get("Authorization")+h.Get("Cookie") != ""; gave != c.may {
				t.Errorf("%s: the proxy saw %v", c.name, h)
			}
		}
	}
}

// A token that is not accepted is said to be so, whichever of the two statuses the server has for it.
func TestTokens(t *testing.T) {
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "Bearer good" {
				w.WriteHeader(status)
			}
		}))
		for token, good := range map[string]bool{"good": true, "bad": false} {
			s := newSession(t, Config{Kind: Header, Origins: []string{server.URL}, Headers: map[string]string{"Authorization": "Bearer " + token}})
			var r *Refused
			if err := s.SignIn(context.Background(), http.DefaultTransport); (err == nil) != good || !good && (!errors.As(err, &r) || r.Reason != Expired) {
				t.Errorf("%d, %s: %v", status, token, err)
			}
		}
		server.Close()
	}
}

// Digest may go through a proxy, with the cookies that the site hands out beside.
func TestDigestThroughAProxy(t *testing.T) {
	ask := askDigest(t, "lecteur", "right", "SHA-256", "auth", 100)
	proxy := serveDoor(t, func(w http.ResponseWriter, r *http.Request) (bool, bool) {
		http.SetCookie(w, &http.Cookie{Name: "visit", Value: "1", Path: "/"})
		r.RequestURI = r.URL.RequestURI()
		return ask(w, r)
	})
	via, _ := url.Parse(proxy.URL)
	base := &http.Transport{Proxy: http.ProxyURL(via)}
	defer base.CloseIdleConnections()
	s := newSession(t, Config{Kind: Digest, Origins: []string{"http://intranet.example"}, User: "lecteur", Password: "right"})
	if err := s.SignIn(context.Background(), base); err != nil {
		t.Fatal(err)
	}
	if code := get(t, s.Over(base), "http://intranet.example/p"); code != http.StatusOK {
		t.Errorf("%d", code)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, cfg := range map[string]Config{
		"no origin":   {Kind: Basic, User: "a", Password: "b"},
		"bad origin":  {Kind: Basic, User: "a", Password: "b", Origins: []string{"intranet"}},
		"no password": {Kind: Basic, User: "a", Origins: []string{"http://a"}},
		"probe":       {Kind: Basic, User: "a", Password: "b", Origins: []string{"http://a"}, Probe: "http://b/"},
		"kind":        {Kind: "magic", Origins: []string{"http://a"}},
		"header":      {Kind: Header, Origins: []string{"http://a"}},
	} {
		if s, err := New(cfg); err == nil {
			t.Errorf("%s: accepted as %v", name, s)
		}
	}
}

// Printing a session or its configuration shows no secret.
func TestNoSecretInPrint(t *testing.T) {
	cfg := Config{Kind: Basic, Origins: []string{"http://a"}, User: "lecteur", Password: "hunter2", Headers: map[string]string{"X": "hunter2"}}
	s := newSession(t, cfg)
	type source struct{ Session *Session }
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		for _, v := range []any{cfg, s, source{s}, &source{s}, []any{s, cfg}} {
			if text := fmt.Sprintf(format, v); strings.Contains(text, "hunter2") {
				t.Errorf("%s: %s", format, text)
			}
		}
	}
}

func TestExpires(t *testing.T) {
	s := newSession(t, Config{Kind: Cookies, Origins: []string{"https://intranet.example.com"}})
	soon := time.Now().Add(time.Hour).Truncate(time.Second)
	n := s.SetCookies([]*http.Cookie{{Name: "a", Value: "1", Domain: ".example.com", Path: "/", Expires: soon.Add(time.Hour)},
		{Name: "b", Value: "1", Domain: "intranet.example.com", Path: "/", Expires: soon}, {Name: "c", Value: "1", Path: "/"}, {Name: "d", Value: "1", Domain: "example.org"}})
	if u, _ := url.Parse("https://intranet.example.com/x"); n != 3 || len(s.Cookies(u)) != 3 || !s.Expires().Equal(soon) {
		t.Errorf("%d taken, %v, ends %v, want %v", n, s.Cookies(u), s.Expires(), soon)
	}
}

func TestChallenges(t *testing.T) {
	for in, want := range map[string]string{
		`Basic realm="a, b", charset=UTF-8`:                                             `Basic map[charset:UTF-8 realm:a, b]`,
		`Negotiate, NTLM, Basic realm=x`:                                                `Negotiate map[]|NTLM map[]|Basic map[realm:x]`,
		`NTLM TlRMTVNTUAACAAAA==`:                                                       `NTLM TlRMTVNTUAACAAAA== map[]`,
		`Negotiate YII=, Basic realm="x"`:                                               `Negotiate YII= map[]|Basic map[realm:x]`,
		`Digest realm="a\"b" , nonce = "n=1,2", stale=TRUE , ,`:                         `Digest map[nonce:n=1,2 realm:a"b stale:TRUE]`,
		`Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple"`: `Newauth map[realm:apps title:Login to "apps" type:1]|Basic map[realm:simple]`,
		`Bearer`: `Bearer map[]`, ``: ``, `"`: ``, `=,=`: ``, `Basic realm="open`: `Basic map[realm:open]`,
	} {
		var got []string
		for _, c := range Challenges(http.Header{"Www-Authenticate": {in}}) {
			text := c.Scheme
			if c.Token != "" {
				text += " " + c.Token
			}
			got = append(got, fmt.Sprint(text, " ", c.Params))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s\n got %s\nwant %s", in, strings.Join(got, "|"), want)
		}
	}
}

func FuzzChallenges(f *testing.F) {
	f.Add(`Digest realm="a\"b", nonce="x", qop="auth", Basic realm=x, NTLM TlRM==`)
	f.Add(`Negotiate,,=,"`)
	d := newDigest(Config{User: "é", Password: "p"})
	f.Fuzz(func(t *testing.T, v string) {
		all := Challenges(http.Header{"Www-Authenticate": {v, v}})
		if len(all) > maxChallenges {
			t.Fatalf("%d challenges", len(all))
		}
		for _, c := range all {
			if c.Scheme == "" || len(c.Params) > maxParams {
				t.Fatalf("%+v", c)
			}
			if d.strength(c) == 0 {
				continue
			}
			req, _ := http.NewRequest(http.MethodGet, "http://a/b", nil)
			h, err := d.authorize(req, c)
			if err != nil || strings.ContainsAny(h, "\r\n") {
				t.Fatalf("%q %v", h, err)
			}
		}
	})
}
