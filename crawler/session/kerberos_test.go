package session

import (
	"context"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestKerberosConfig(t *testing.T) {
	dir := t.TempDir()
	conf := filepath.Join(dir, "krb5.conf")
	write := func(name, text string) string {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	write(conf, "[libdefaults]\n default_realm = EXEMPLE.FR\n[realms]\n EXEMPLE.FR = {\n  kdc = 127.0.0.1:1\n }\n")
	bare := write(filepath.Join(dir, "bare.conf"), "[libdefaults]\n dns_lookup_kdc = false\n")
	t.Setenv("KRB5_CONFIG", filepath.Join(dir, "nowhere.conf"))
	for _, c := range []struct {
		name string
		cfg  Config
		want string
	}{
		{"krb5.conf and password", Config{User: "robot", Password: "x", Kerberos: KerberosConfig{Krb5Conf: conf}}, ""},
		{"krb5.conf and keytab", Config{User: "robot", Kerberos: KerberosConfig{Krb5Conf: conf, Keytab: "k"}}, ""},
		{"realm and kdc", Config{User: "robot", Password: "x", Kerberos: KerberosConfig{Realm: "EXEMPLE.FR", KDC: []string{"kdc:88"}}}, ""},
		{"realm in the user", Config{User: "robot@exemple.fr", Password: "x", Kerberos: KerberosConfig{Krb5Conf: bare}}, ""},
		{"cache without user", Config{Kerberos: KerberosConfig{Krb5Conf: conf, CCache: "FILE:/nowhere"}}, ""},
		{"no file", Config{User: "robot", Password: "x"}, "not configured here"},
		{"kdc without realm", Config{User: "robot", Password: "x", Kerberos: KerberosConfig{KDC: []string{"kdc:88"}}}, "kdc needs realm"},
		{"no realm", Config{User: "robot", Password: "x", Kerberos: KerberosConfig{Krb5Conf: bare}}, "no Kerberos realm"},
		{"no password", Config{User: "robot", Kerberos: KerberosConfig{Krb5Conf: conf}}, "needs user"},
	} {
		c.cfg.Kind, c.cfg.Origins = Negotiate, []string{"http://intranet.exemple.fr"}
		_, err := New(c.cfg)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// Without a ticket nothing is sent; with other credentials, the next scheme is taken.
func TestKerberosWithoutTicket(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dead := l.Addr().String()
	l.Close()
	d := serveDoor(t, func(w http.ResponseWriter, r *http.Request) (bool, bool) {
		w.Header().Add("WWW-Authenticate", "Negotiate")
		w.Header().Add("WWW-Authenticate", `Basic realm="x"`)
		u, p, ok := r.BasicAuth()
		return r.Header.Get("Authorization") != "", ok && u == "robot" && p == "right"
	})
	garbage := filepath.Join(t.TempDir(), "garbage")
	if err := os.WriteFile(garbage, []byte("\x05\x02garbage"), 0o600); err != nil {
		t.Fatal(err)
	}
	realm := KerberosConfig{Realm: "EXEMPLE.FR", KDC: []string{dead}}
	keytab, cache, missing := realm, realm, realm
	keytab.Keytab, cache.CCache, missing.CCache = garbage, garbage, filepath.Join(t.TempDir(), "nowhere")
	for name, k := range map[string]KerberosConfig{"no server": realm, "keytab of garbage": keytab, "cache of garbage": cache, "no cache": missing} {
		s := newSession(t, Config{Kind: Negotiate, Origins: []string{d.URL}, User: "robot", Password: "right", Kerberos: k})
		var r *Refused
		if err := s.SignIn(context.Background(), d.Client().Transport); !errors.As(err, &r) || r.Reason != NoTicket {
			t.Errorf("%s: %v", name, err)
		}
		if !s.Expires().IsZero() {
			t.Errorf("%s: ends %v", name, s.Expires())
		}
		s.Close()
	}
	if d.wrong != 0 {
		t.Errorf("%d requests with something", d.wrong)
	}
	s := newSession(t, Config{Kind: Auto, Origins: []string{d.URL}, User: "robot", Password: "right", Kerberos: realm})
	if err := s.SignIn(context.Background(), d.Client().Transport); err != nil || s.Accepted() != "basic" {
		t.Errorf("as the next scheme: %v, %q", err, s.Accepted())
	}
	if get(t, s.Over(d.Client().Transport), d.URL+"/p") != http.StatusOK {
		t.Error("not signed in")
	}
}

// ticket stands for Kerberos where there is no server of tickets: the scheme gives a fresh token for
// each request, which a server accepts once.
type ticket struct{ n *int }

func (ticket) name() string { return "negotiate" }
func (ticket) spells() bool { return false }
func (k ticket) authorize(req *http.Request, _ Challenge) (string, error) {
	*k.n++
	return "Negotiate " + base64.StdEncoding.EncodeToString([]byte{byte(*k.n)}), nil
}

func TestNegotiateTokens(t *testing.T) {
	used := map[string]bool{}
	d := serveDoor(t, func(w http.ResponseWriter, r *http.Request) (bool, bool) {
		token := r.Header.Get("Authorization")
		fresh := strings.HasPrefix(token, "Negotiate ") && !used[token]
		used[token] = true
		if !fresh || r.URL.Path == "/paie" {
			w.Header().Set("WWW-Authenticate", "Negotiate")
			return token != "", false
		}
		w.Header().Set("WWW-Authenticate", "Negotiate oRQwEqADCgEA") // the server proves itself
		return true, true
	})
	s := newSession(t, Config{Kind: Basic, Origins: []string{d.URL}, User: "robot", Password: "x"})
	n := 0
	s.schemes = []scheme{ticket{&n}}
	if err := s.SignIn(context.Background(), d.Client().Transport); err != nil {
		t.Fatal(err)
	}
	rt := s.Over(d.Client().Transport)
	for _, p := range []string{"/a", "/b", "/paie", "/c"} {
		if code := get(t, rt, d.URL+p); (code == http.StatusOK) != (p != "/paie") {
			t.Errorf("%s: %d", p, code)
		}
	}
	if d.wrong > 1 || n != 5 {
		t.Errorf("%d refused, %d tokens: a page for others is asked for once", d.wrong, n)
	}
}
