package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"syscall"
	"testing"

	"filon/crawler/frontier"
)

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		args []string
		env  map[string]string
		want string
	}{
		{[]string{"filon"}, map[string]string{"LANG": "fr_FR.UTF-8"}, "fr"},
		{[]string{"filon"}, map[string]string{"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"},
		{[]string{"filon"}, map[string]string{"LC_ALL": "fr", "LC_MESSAGES": "de_DE"}, "fr"},
		{[]string{"filon"}, map[string]string{"LANG": "de_DE.UTF-8"}, "en"},
		{[]string{"filon", "search", "--lang", "fr"}, map[string]string{"LANG": "C"}, "fr"},
		{[]string{"filon", "search", "--lang=en"}, map[string]string{"LANG": "fr_FR"}, "en"},
		{[]string{"filon", "search", "--", "--lang=fr"}, map[string]string{"LANG": "C"}, "en"},
	} {
		if got := language(c.args, func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v %v: got %s, want %s", c.args, c.env, got, c.want)
		}
	}
}

func TestExplain(t *testing.T) {
	path := func(err error) error { return &fs.PathError{Op: "open", Path: "/data/x", Err: err} }
	for _, c := range []struct {
		err        error
		says, hint string
	}{
		{path(syscall.ENOSPC), "the disk is full (/data/x)", "free some space"},
		{errors.New("commit: database or disk is full (13)"), "the disk is full (here)", "free some space"},
		{path(syscall.EROFS), "not allowed to write or read: /data/x", "--data"},
		{path(syscall.EACCES), "not allowed to write or read: /data/x", "--data"},
		{errors.New("attempt to write a readonly database (8)"), "not allowed", "--data"},
		{path(syscall.ENOENT), "/data/x does not exist", "check the name"},
		{errors.New("database is locked (5) (SQLITE_BUSY)"), "in use by another filon", "Ctrl-C"},
		{errors.New("file is not a database (26)"), "damaged", "backup"},
		{&net.DNSError{Name: "intranet.example", IsNotFound: true}, "the name intranet.example is unknown (DNS)", "VPN"},
		{&net.DNSError{Name: "intranet.example", IsTimeout: true}, "does not answer for intranet.example", "VPN"},
		{&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, "connection refused", "port"},
		{&net.OpError{Op: "proxyconnect", Err: syscall.ECONNREFUSED}, "the proxy does not answer", "NO_PROXY"},
		{x509.UnknownAuthorityError{}, "an authority that this machine does not know", "tls: {ca: root.crt}"},
		{context.DeadlineExceeded, "no answer in time", "firewall"},
		{context.Canceled, "stopped at your request", ""},
		{errors.New("something new"), "something new", ""},
	} {
		for _, err := range []error{c.err, fmt.Errorf("crawl: %w", c.err)} {
			why, hint := explain(err)
			if !strings.Contains(why.EN, c.says) || !strings.Contains(hint.EN, c.hint) || why.FR == "" || (hint.FR == "") != (hint.EN == "") {
				t.Errorf("%v:\n got %q / %q\nwant %q / %q", err, why.EN, hint.EN, c.says, c.hint)
			}
		}
	}
}

func TestTroubleHasOneLineAndItsCode(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
		want string
	}{
		{nil, 0, ""},
		{errors.New("a\nb\x1b[31m\u202ec"), 1, "filon: a b[31mc\n"},
		{askedWrongly(T{EN: "what"}, T{EN: "do this"}), 2, "filon: what\nhint: do this\n"},
		{fmt.Errorf("wrapped: %w", incomplete(T{EN: "partial"}, T{})), 3, "filon: partial\n"},
		{couldNot(syscall.ENOSPC, T{EN: "cannot keep: %s"}), 1, "filon: cannot keep: the disk is full (here)\nhint: free some space, or choose another folder with --data, then run again: nothing that was kept is lost\n"},
	} {
		var errs bytes.Buffer
		say := &speaker{err: &errs, lang: "en"}
		if code := say.trouble(c.err); code != c.code || errs.String() != c.want {
			t.Errorf("%v: got %d %q, want %d %q", c.err, code, errs.String(), c.code, c.want)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestResultThatCannotBeWrittenIsNoSuccess(t *testing.T) {
	var errs bytes.Buffer
	if code := run(context.Background(), []string{"filon", "--lang", "en", "--help"}, full{}, &errs); code != codeFailed {
		t.Errorf("exit code %d, want %d", code, codeFailed)
	}
	if want := "filon: cannot write the result: the disk is full (here)\n"; !strings.HasPrefix(errs.String(), want) {
		t.Errorf("got %q, want %q", errs.String(), want)
	}
}

func TestResolve(t *testing.T) {
	for v, want := range map[string]string{
		"a.example:443:10.0.0.7": "10.0.0.7:443", "A.example:80:::1": "[::1]:80", "a.example:80:[::1]": "[::1]:80",
		"a.example:80:127.0.0.1:8080": "127.0.0.1:8080", "a.example:80:[::1]:8080": "[::1]:8080", "[::2]:80:127.0.0.1": "127.0.0.1:80",
	} {
		got, err := parseResolve([]string{v})
		if err != nil || len(got) != 1 {
			t.Errorf("%s: %v %v", v, got, err)
		}
		for _, to := range got {
			if to != want {
				t.Errorf("%s: got %s, want %s", v, to, want)
			}
		}
	}
	for _, v := range []string{"", "a", "a:80", "a:80:", "a:x:127.0.0.1", "a:0:127.0.0.1", "a:99999:127.0.0.1", "a:80:b.example", ":80:127.0.0.1", "a:80:127.0.0.1:x"} {
		if got, err := parseResolve([]string{v}); err == nil {
			t.Errorf("%q was accepted: %v", v, got)
		}
	}
}

func FuzzOneLine(f *testing.F) {
	f.Add("a\nb\x1b]0;title\x07\u2028\u202e\xff")
	f.Fuzz(func(t *testing.T, text string) {
		if got := oneLine(text); strings.ContainsAny(got, "\n\r\t\x1b\x07\u009b\u2028\u2029\u202e") {
			t.Errorf("%q left %q", text, got)
		}
	})
}

func TestWordsAgree(t *testing.T) {
	for _, c := range []struct {
		t      T
		args   []any
		fr, en string
	}{
		{T{FR: "%d contenu{s}", EN: "%d item{s}"}, []any{0}, "0 contenu", "0 items"},
		{T{FR: "%d contenu{s}", EN: "%d item{s}"}, []any{1}, "1 contenu", "1 item"},
		{T{FR: "%d contenu{s}", EN: "%d item{s}"}, []any{int64(2)}, "2 contenus", "2 items"},
		{T{FR: "%d {vérifié|vérifiés}, dont %d juste{s} à %d %%", EN: "%d checked, %d {is|are} right: %d %%"}, []any{3, 1, 33}, "3 vérifiés, dont 1 juste à 33 %", "3 checked, 1 is right: 33 %"},
		{T{FR: "%s : traps: {allow: ['%s']} %d", EN: "%q {x}"}, []any{"{s}", "/a|b/*", 4}, "{s} : traps: {allow: ['/a|b/*']} 4", `"{s}" {x}`},
		{T{FR: "%s", EN: "%.1f%d"}, nil, "%!s(MISSING)", "%!.1f(MISSING)%!d(MISSING)"},
		{T{FR: "{", EN: "{a|b"}, nil, "{", "{a|b"},
	} {
		if got := c.t.with(c.args...); got.FR != c.fr || got.EN != c.en {
			t.Errorf("%v: %q, %q", c.t, got.FR, got.EN)
		}
	}
	if got := stateWords[frontier.Gone].of(1).FR; got != "n'existe pas ou plus (404, 410)" {
		t.Error(got)
	}
}

func TestNothingIsOneInFrench(t *testing.T) {
	one, many := T{FR: "1 contenu à publier", EN: "1 item"}, T{FR: "%d contenus à publier", EN: "%d items"}
	for n, want := range map[int]T{0: {"0 contenu à publier", "0 items"}, 1: one, 2: {"2 contenus à publier", "2 items"}} {
		if got := plural(n, one, many); got != want {
			t.Errorf("%d: %v", n, got)
		}
	}
	if got := plural(0, T{FR: "un verdict a changé", EN: "one"}, T{FR: "%d verdicts ont changé", EN: "%d"}); got.FR != "0 verdict a changé" {
		t.Error(got)
	}
}

func TestLabelFaultsInFrench(t *testing.T) {
	for line, want := range map[string]string{
		`line 10: unknown verdict "peut-être"`:                `ligne 10 : verdict inconnu : "peut-être"`,
		"larger than filon reads: packed more than 400 times": "plus gros que ce que filon lit : comprimé plus de 400 fois",
		"larger than the limit of 52428800 bytes":             "plus gros que la limite de 52428800 octets",
		"60000000 bytes: larger than the limit":               "60000000 octets : plus gros que la limite",
	} {
		if got := because(line).FR; got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// TestQuotedFor: a command that is shown works when it is copied.
func TestQuotedFor(t *testing.T) {
	for _, c := range []struct {
		word    string
		windows bool
		want    string
	}{
		{"/srv/filon/données-2026", false, "/srv/filon/données-2026"},
		{"Démo four à pain", false, "'Démo four à pain'"},
		{"l'été", false, `'l'\''été'`},
		{`a\b`, false, `'a\b'`},
		{"~x", false, "'~x'"},
		{"$HOME;rm", false, "'$HOME;rm'"},
		{"", false, "''"},
		{`C:\Users\RENE~1\filon`, true, `C:\Users\RENE~1\filon`},
		{`C:\Mes documents`, true, `"C:\Mes documents"`},
	} {
		if got := quotedFor(c.word, c.windows); got != c.want {
			t.Errorf("%q: %s, want %s", c.word, got, c.want)
		}
	}
}
