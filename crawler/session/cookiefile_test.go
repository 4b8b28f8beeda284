package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestReadCookies(t *testing.T) {
	far := time.Now().Add(24 * time.Hour).Unix()
	netscape := fmt.Sprintf("# Netscape HTTP Cookie File\n\n#HttpOnly_intranet.exemple.fr\tFALSE\t/\tTRUE\t%d\tsession\ts=1\n.exemple.fr\tTRUE\t/a\tFALSE\t0\tlang\tfr\r\nbroken line\nintranet.exemple.fr\tFALSE\t/\tFALSE\t0\tempty\n", far)
	for name, c := range map[string]struct{ in, want string }{
		"netscape":          {netscape, "session=s=1 intranet.exemple.fr / true; lang=fr .exemple.fr /a false; empty= intranet.exemple.fr / false"},
		"netscape with BOM": {"\ufeffa.fr\tFALSE\t/\tFALSE\t0\tx\ty", "x=y a.fr / false"},
		"HAR": {`{"log":{"entries":[{"request":{"url":"https://intranet.exemple.fr/a","headers":[],"cookies":[{"name":"s","value":"1","path":"/"}]},"response":{"cookies":[{"name":"t","value":"2","domain":".exemple.fr","path":"/b","expires":"2036-01-01T00:00:00.000Z","secure":true}]}},
			{"request":{"url":"https://other.fr/","headers":[{"name":"Cookie","value":"u=3; v=4"}],"cookies":[]},"response":{}}]}}`,
			"s=1 intranet.exemple.fr / false; t=2 .exemple.fr /b true; u=3 other.fr / false; v=4 other.fr / false"},
		"cURL of bash":     {"curl 'https://intranet.exemple.fr/a?b=c' \\\n  -H 'accept: */*' \\\n  -H $'cookie: s=it\\'s; t=\\u00e9' --compressed", "s=it's intranet.exemple.fr / false; t=é intranet.exemple.fr / false"},
		"cURL with -b":     {`curl --url "https://a.fr/" -b "s=\"1\"; t=2" --insecure`, `s="1" a.fr / false; t=2 a.fr / false`},
		"cURL with -bX":    {`curl https://a.fr/ -bs=1`, `s=1 a.fr / false`},
		"cURL of cmd":      {"curl ^\"https://a.fr/?x=1^&y=2^\" ^\r\n  -H ^\"Cookie: s=1; t=^%^41^\"", "s=1 a.fr / false; t=%41 a.fr / false"},
		"a line":           {"Cookie: s=1; t=2\n", "s=1  / false; t=2  / false"},
		"a token in cURL":  {"curl https://a.fr -H 'Authorization: Bearer abc'", "Authorization: Bearer abc"},
		"nothing":          {"hello", ""},
		"no HAR":           {`{"a":1}`, ""},
		"broken JSON":      {`{"a":`, ""},
		"an open quote":    {`curl 'https://a.fr -H 'cookie: secret=hunter2`, ""},
		"a HAR of nothing": {`{"log":{"entries":[]}}`, ""},
	} {
		in, err := ReadCookies([]byte(c.in))
		var got []string
		for _, k := range in.Cookies {
			got = append(got, fmt.Sprintf("%s=%s %s %s %v", k.Name, k.Value, k.Domain, k.Path, k.Secure))
		}
		for name, v := range in.Headers {
			got = append(got, name+": "+v)
		}
		if strings.Join(got, "; ") != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s:\n got %s (%v)\nwant %s", name, strings.Join(got, "; "), err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCookieSignIn(t *testing.T) {
	p := servePortal(t, &portal{form: usual})
	at := func(value string, ends int64) []*http.Cookie {
		in, err := ReadCookies(fmt.Appendf(nil, "127.0.0.1\tFALSE\t/\tFALSE\t%d\tsession\t%s\n", ends, value))
		if err != nil {
			t.Fatal(err)
		}
		return in.Cookies
	}
	soon := time.Now().Add(time.Hour).Truncate(time.Second)
	for name, c := range map[string]struct {
		cookies []*http.Cookie
		good    bool
	}{
		"good": {at("s-1", soon.Unix()), true}, "of the session": {at("s-1", 0), true},
		"wrong": {at("old", soon.Unix()), false}, "expired": {at("s-1", 1000), false},
		"of another site": {[]*http.Cookie{{Name: "session", Value: "s-1", Domain: "example.org"}}, false},
	} {
		s := newSession(t, Config{Kind: Cookies, Origins: []string{p.URL}, Probe: p.URL + "/page", Cookies: c.cookies})
		err := s.SignIn(context.Background(), p.Client().Transport)
		var r *Refused
		if c.good && err != nil || !c.good && (!errors.As(err, &r) || r.Reason != Expired) {
			t.Errorf("%s: %v", name, err)
		}
		if name == "good" && !s.Expires().Equal(soon) && s.Expires().Before(soon) {
			t.Errorf("ends %v, want %v", s.Expires(), soon)
		}
	}
	if len(p.posts) > 0 {
		t.Error("cookies need no form")
	}
}

func FuzzReadCookies(f *testing.F) {
	f.Add("a.fr\tFALSE\t/\tFALSE\t0\tx\ty")
	f.Add(`{"log":{"entries":[{"request":{"url":"https://a.fr/","cookies":[{"name":"s","value":"1"}]}}]}}`)
	f.Add("curl ^\"https://a.fr/^\" ^\r\n -H ^\"Cookie: s=1^\"")
	f.Add(`curl 'https://a.fr' -H $'cookie: s=\x41\u0042' -b "t=\"2"`)
	s, err := New(Config{Kind: Cookies, Origins: []string{"https://a.fr"}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		in, err := ReadCookies([]byte(text))
		if err != nil {
			return
		}
		s.SetCookies(in.Cookies)
		if h := cookieHeader(s.jar.of(s.probe)); strings.ContainsAny(h, "\r\n\x00") {
			t.Fatalf("a header of several lines: %q", h)
		}
		if len(in.Cookies) > 10*mostCookies {
			t.Fatalf("%d cookies", len(in.Cookies))
		}
		json.Marshal(in)
		s.jar.empty()
	})
}
