package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"filon/crawler/session"
)

// Every sign-in that init shows and that the documentation shows can be read.
func TestShownSignIns(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, intranets, _ := strings.Cut(string(readme), "\n## Intranets\n")
	intranets, _, _ = strings.Cut(intranets, "\n## ")
	shown := map[string]*regexp.Regexp{
		configTemplate.FR: regexp.MustCompile(`(?m)^ *# *· ((?:auth|tls|proxy): .*)$`), configTemplate.EN: regexp.MustCompile(`(?m)^ *# *· ((?:auth|tls|proxy): .*)$`),
		intranets: regexp.MustCompile(`(?m)^ +((?:auth|tls|proxy): .*)$`),
	}
	for text, line := range shown {
		found := line.FindAllStringSubmatch(text, -1)
		if len(found) < 8 {
			t.Errorf("%d examples in %.60q", len(found), text)
		}
		for _, m := range found {
			if _, err := parseConfig("filon.yaml", []byte("sources:\n  - name: a\n    seeds: [https://a.example/]\n    "+m[1]+"\n")); err != nil {
				t.Errorf("%s: %v", m[1], err)
			}
		}
	}
}

func TestAuth(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("FILON_TEST_PASSWORD", "hunter2")
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("cookies.txt", "intranet.exemple.fr\tFALSE\t/\tTRUE\t0\tsession\thunter2\n")
	write("krb5.conf", "[libdefaults]\n default_realm = EXEMPLE.FR\n[realms]\n EXEMPLE.FR = {\n  kdc = 127.0.0.1:1\n }\n")
	const password = "password: {env: FILON_TEST_PASSWORD}"
	for auth, want := range map[string][2]string{
		"{user: moi, " + password + "}":                                                                 {session.Auto, "moi"},
		"{kind: digest, user: moi, " + password + "}":                                                   {session.Digest, "moi"},
		"{kind: ntlm, domain: X, user: moi, " + password + "}":                                          {session.NTLM, "moi"},
		"{form: {url: 'https://sso.exemple.fr/login', fields: {domain: X}}, user: a, " + password + "}": {session.Form, "a"},
		"{bearer: {env: FILON_TEST_PASSWORD}}":                                                          {session.Header, "a header"},
		"{user: robot, headers: {X-Key: {env: FILON_TEST_PASSWORD}}}":                                   {session.Header, "robot"},
		"{cookies: {file: cookies.txt}}":                                                                {session.Cookies, "cookies"},
		"{user: moi, kerberos: {krb5-conf: krb5.conf, keytab: k}}":                                      {session.Negotiate, "moi"},
		"{kind: negotiate, user: moi, " + password + ", kerberos: {realm: R, kdc: 'k:88'}}":             {session.Negotiate, "moi"},
	} {
		c, err := parseConfig(filepath.Join(dir, "filon.yaml"), []byte("sources:\n  - name: a\n    seeds: [https://intranet.exemple.fr/]\n    auth: "+auth+"\n"))
		if err != nil {
			t.Errorf("%s: %v", auth, err)
			continue
		}
		got, err := c.Sources(context.Background())
		if err != nil {
			t.Errorf("%s: %v", auth, err)
			continue
		}
		if s := got[0].Session; s.Kind() != want[0] || s.As() != want[1] {
			t.Errorf("%s: kind %q as %q, want %q", auth, s.Kind(), s.As(), want)
		}
	}
}

func TestAuthRefuses(t *testing.T) {
	t.Setenv("FILON_TEST_PASSWORD", "hunter2")
	for in, want := range map[string]string{
		"auth: {kind: form, user: a}":                                 "auth needs user, password",
		"auth: {kind: header}":                                        "auth needs headers / bearer",
		"auth: {kind: cookies}":                                       "auth needs cookies",
		"auth: {kind: negotiate, user: a}":                            "auth needs user + password",
		"auth: {bearer: hunter2}":                                     "a password in clear",
		"auth: {cookies: 'session=hunter2'}":                          "a password in clear",
		"auth: {headers: {X-Key: hunter2}}":                           "a password in clear",
		"auth: {headers: {'X Key': {env: A}}}":                        "not the name of an HTTP header",
		"auth: {bearer: {env: A}, origins: [https://a.example/path]}": "value refused",
		"auth: {form: {url: /login}, user: a, password: {env: A}}":    "value refused",
		"auth: {bearer: {env: FILON_TEST_NOWHERE}}":                   "FILON_TEST_NOWHERE is empty",
		"auth: {cookies: {env: FILON_TEST_PASSWORD}}":                 "no cookie in it",
		"auth: {kind: negotiate, user: a, password: {env: FILON_TEST_PASSWORD}, kerberos: {kdc: 'k:88'}}": "kdc needs realm",
		"tls: {ca: nowhere.crt}":                "nowhere.crt does not exist",
		"tls: {key: a.key}":                     "a key without a certificate",
		"tls: {passphrase: hunter2}":            "a password in clear",
		"tls: {pins: [abc]}":                    "no SHA-256",
		"proxy: 'http://me:hunter2@proxy:3128'": "no name or password",
		"proxy: ftp://proxy":                    "a proxy is written as",
		"proxy: {url: 'http://proxy:3128', user: me, password: hunter2}": "a password in clear",
	} {
		c, err := parseConfig("filon.yaml", []byte("sources:\n  - name: a\n    seeds: [https://a.example/]\n    "+in+"\n"))
		if err == nil {
			_, err = c.Sources(context.Background())
		}
		trouble, ok := isTrouble(err)
		if !ok || !strings.Contains(trouble.What.EN, want) || !strings.HasPrefix(trouble.What.EN, "filon.yaml:4: ") {
			t.Errorf("%s: %v, want %q", in, err, want)
			continue
		}
		if strings.Contains(trouble.What.EN+trouble.What.FR+trouble.Hint.EN+trouble.Hint.FR, "hunter2") {
			t.Errorf("%s: the complaint repeats a secret", in)
		}
	}
}

func TestFaultsAreSaidInFrench(t *testing.T) {
	for _, f := range session.Faults {
		if says := faultWords(fmt.Errorf("%w (a.pem)", f)); says.FR == says.EN || !strings.HasSuffix(says.FR, " (a.pem)") || !strings.HasPrefix(says.EN, string(f)) {
			t.Errorf("%v", says)
		}
	}
	if len(french) != len(session.Faults) {
		t.Errorf("%d sentences for %d faults", len(french), len(session.Faults))
	}
}

// Why a sign-in failed is said in both languages, with a remedy, for each reason there is.
func TestRefusalsAreExplained(t *testing.T) {
	for _, reason := range []session.Reason{session.WrongPassword, session.NotOffered, session.TooOften, session.NoForm, session.Undeclared,
		session.InClear, session.Expired, session.ByHand, session.NoTicket, session.Certificate} {
		why, hint, ok := explainRefusal(&session.Refused{Reason: reason, Where: "https://a.example", User: "moi", Kind: "form", Offered: []string{"Basic"}})
		if !ok || !strings.Contains(why.FR, "https://a.example") || !strings.Contains(why.EN, "https://a.example") || hint.FR == "" || hint.EN == "" || why.FR == why.EN {
			t.Errorf("%s: %v / %v", reason, why, hint)
		}
	}
	if _, _, ok := explainRefusal(os.ErrNotExist); ok {
		t.Error("every error is taken for a refusal")
	}
}
