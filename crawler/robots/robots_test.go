package robots

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

func TestCheck(t *testing.T) {
	const rfc = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n" +
		"User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n" +
		"User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n" +
		"User-Agent: quxbot\n"
	tests := []struct {
		name, body, agent, target string
		want                      Verdict
	}{
		// RFC 9309 5.1
		{"simple", rfc, "other", "/example/x", Verdict{false, 3, "Disallow: /example/"}},
		{"simple gif", rfc, "other", "/publications/x.gif", Verdict{true, 4, "Allow: /publications/"}},
		{"simple gif elsewhere", rfc, "other", "/x.gif", Verdict{false, 2, "Disallow: *.gif$"}},
		{"simple gif with query", rfc, "other", "/x.gif?a", Verdict{true, 0, ""}},
		{"own group only", rfc, "FooBot", "/publications/", Verdict{false, 6, "Disallow:/"}},
		{"own group", rfc, "foobot", "/example/page.html", Verdict{true, 7, "Allow:/example/page.html"}},
		{"shared group", rfc, "bazbot", "/example/page.html", Verdict{false, 11, "Disallow: /example/page.html"}},
		{"shared group else", rfc, "barbot", "/example/x", Verdict{true, 0, ""}},
		{"empty group at the end", rfc, "quxbot", "/example/", Verdict{true, 0, ""}},
		// RFC 9309 5.2
		{"longest", "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n", "foobot", "/example/page/disallowed.gif", Verdict{false, 3, "Disallow: /example/page/disallowed.gif"}},
		// RFC 9309 2.2.1: merging
		{"merged", "User-agent: a\nDisallow: /x\nUser-agent: b\nDisallow: /y\nUser-agent: a\nDisallow: /z\n", "a", "/z", Verdict{false, 6, "Disallow: /z"}},
		{"merged first", "User-agent: a\nDisallow: /x\nUser-agent: b\nDisallow: /y\nUser-agent: a\nDisallow: /z\n", "a", "/x", Verdict{false, 2, "Disallow: /x"}},
		{"merged for all", "User-agent: *\nDisallow: /x\nUser-agent: b\nDisallow: /y\nUser-agent: *\nDisallow: /z\n", "a", "/x", Verdict{false, 2, "Disallow: /x"}},
		{"prefix is another robot", "User-agent: filonbot\nDisallow: /\n", "filon", "/", Verdict{true, 0, ""}},
		{"version in the file", "User-agent: Filon/2.0\nDisallow: /\n", "filon", "/", Verdict{false, 2, "Disallow: /"}},
		// RFC 9309 2.2.2: octets
		{"utf-8 rule, encoded target", "User-agent: *\nDisallow: /été\n", "a", "/%C3%A9t%C3%A9/x", Verdict{false, 2, "Disallow: /été"}},
		{"encoded rule, utf-8 target", "User-agent: *\nDisallow: /%c3%a9t%c3%a9\n", "a", "/été", Verdict{false, 2, "Disallow: /%c3%a9t%c3%a9"}},
		{"needlessly encoded rule", "User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", "a", "/foo/bar/baz", Verdict{false, 2, "Disallow: /foo/bar/%62%61%7A"}},
		{"encoded slash is no slash", "User-agent: *\nDisallow: /a/b\n", "a", "/a%2Fb", Verdict{true, 0, ""}},
		{"encoded pipe", "User-agent: *\nDisallow: /a%7Cb\n", "a", "/a|b", Verdict{false, 2, "Disallow: /a%7Cb"}},
		// RFC 9309 2.2.3: special characters
		{"literal star", "User-agent: *\nDisallow: /file-with-a-%2A.html\n", "a", "/file-with-a-*.html", Verdict{false, 2, "Disallow: /file-with-a-%2A.html"}},
		{"literal star only", "User-agent: *\nDisallow: /file-with-a-%2A.html\n", "a", "/file-with-a-x.html", Verdict{true, 0, ""}},
		{"literal dollar", "User-agent: *\nDisallow: /path/foo-%24\n", "a", "/path/foo-$x", Verdict{false, 2, "Disallow: /path/foo-%24"}},
		{"dollar inside", "User-agent: *\nDisallow: /a$b\n", "a", "/a$b", Verdict{false, 2, "Disallow: /a$b"}},
		{"stars", "User-agent: *\nDisallow: /a*b*c$\n", "a", "/a-b-bc-c", Verdict{false, 2, "Disallow: /a*b*c$"}},
		{"stars not at the end", "User-agent: *\nDisallow: /a*b*c$\n", "a", "/a-b-c-", Verdict{true, 0, ""}},
		{"pieces do not overlap", "User-agent: *\nDisallow: /ab*b$\n", "a", "/ab", Verdict{true, 0, ""}},
		{"star at the end", "User-agent: *\nDisallow: /a*$\n", "a", "/abc", Verdict{false, 2, "Disallow: /a*$"}},
		{"query kept in order", "User-agent: *\nDisallow: /s?b=1&a=2\n", "a", "/s?b=1&a=2", Verdict{false, 2, "Disallow: /s?b=1&a=2"}},
		{"allow wins a tie", "User-agent: *\nDisallow: /a\nAllow: /a\n", "a", "/a", Verdict{true, 3, "Allow: /a"}},
		{"robots.txt itself", "User-agent: *\nDisallow: /\n", "a", "/robots.txt", Verdict{true, 0, ""}},
		// files of people
		{"comment", "User-agent: * # all\nDisallow: /a # not this\n", "a", "/a", Verdict{false, 2, "Disallow: /a # not this"}},
		{"crlf", "User-agent: *\r\nDisallow: /a\r\n", "a", "/a", Verdict{false, 2, "Disallow: /a"}},
		{"cr", "User-agent: *\rDisallow: /a\r", "a", "/a", Verdict{false, 2, "Disallow: /a"}},
		{"bom", "\ufeffUser-agent: *\nDisallow: /a", "a", "/a", Verdict{false, 2, "Disallow: /a"}},
		{"utf-16", utf16le("User-agent: *\nDisallow: /a\n"), "a", "/a", Verdict{false, 2, "Disallow: /a"}},
		{"misspelt", "useragent: *\ndisalow /a\n", "a", "/a", Verdict{false, 2, "disalow /a"}},
		{"other lines do not end a group", "User-agent: a\nCrawl-delay: 3\nHost: x\nUser-agent: b\nDisallow: /\n", "a", "/", Verdict{false, 5, "Disallow: /"}},
		{"rule before any group", "Disallow: /\n", "a", "/", Verdict{true, 0, ""}},
		{"nothing forbidden", "User-agent: *\nDisallow:\n", "a", "/", Verdict{true, 0, ""}},
		{"html", " <html>\nUser-agent: *\nDisallow: /\n", "a", "/", Verdict{true, 0, ""}},
		{"empty target", "User-agent: *\nDisallow: /$\n", "a", "", Verdict{false, 2, "Disallow: /$"}},
		{"index page", "User-agent: *\nDisallow: /\nAllow: /a/index.html\n", "a", "/a/", Verdict{true, 3, "Allow: /a/index.html"}},
	}
	for _, tt := range tests {
		if got := Parse([]byte(tt.body)).For(tt.agent).Check(tt.target); got != tt.want {
			t.Errorf("%s: %+v; want %+v", tt.name, got, tt.want)
		}
	}
}

func utf16le(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func TestFromStatus(t *testing.T) {
	for status, allowed := range map[int]bool{0: false, 301: true, 400: true, 401: true, 403: true, 404: true, 410: true, 429: false, 500: false, 503: false, 599: false} {
		v := FromStatus(status).For("filon").Check("/a")
		if v.Allowed != allowed || v.Rule == "" || v.Line != 0 {
			t.Errorf("status %d: %+v", status, v)
		}
	}
	var none *Rules
	if !none.For("filon").Check("/a").Allowed || !new(Rules).For("filon").Check("/a").Allowed {
		t.Error("no rules must allow")
	}
}

func TestToken(t *testing.T) {
	for agent, want := range map[string]string{"filon/1.0 (x)": "filon", "Mon-Robot_x 2": "Mon-Robot_x", "": "", "/": "", "filon": "filon"} {
		if got := Token(agent); got != want {
			t.Errorf("Token(%q) = %q", agent, got)
		}
	}
}

func TestDelayAndSitemaps(t *testing.T) {
	r := Parse([]byte("Sitemap: https://site.fr/a.xml#x\nUser-agent: *\nCrawl-delay: 2,5\nUser-agent: slow\nCrawl-delay: 3600\nDisallow: /a\nsite-map: /b.xml\nSitemap: /b.xml\n" +
		"User-agent: odd\nCrawl-delay: soon\nCrawl-delay: -1\nCrawl-delay: NaN\nDisallow: /\n"))
	if got := fmt.Sprint(r.Sitemaps); got != "[https://site.fr/a.xml /b.xml]" {
		t.Errorf("sitemaps %s", got)
	}
	if g := r.For("x"); g.Delay != 2500*time.Millisecond && g.Delay != MaxDelay {
		t.Errorf("everybody: %+v", g)
	}
	if g := r.For("slow"); g.Delay != MaxDelay || g.Note != "Crawl-delay 3600 cut to 1m0s" {
		t.Errorf("slow: %v %q", g.Delay, g.Note)
	}
	if g := r.For("odd"); g.Delay != 0 || g.Note != "" {
		t.Errorf("odd: %v %q", g.Delay, g.Note)
	}
}

func TestCut(t *testing.T) {
	body := "User-agent: *\nDisallow: /early\n" + strings.Repeat("# filler\n", MaxBytes/9) + "Disallow: /late\n"
	r := Parse([]byte(body))
	if !r.Cut || r.For("a").Check("/early").Allowed || !r.For("a").Check("/late").Allowed {
		t.Errorf("cut %v", r.Cut)
	}
	// The line at the edge goes with the rest: half of it would forbid more than its writer meant.
	edge := "User-agent: *\n#"
	edge += strings.Repeat("x", MaxBytes-len(edge)-len("\nDisallow: /")) + "\nDisallow: /private\n"
	if r := Parse([]byte(edge)); !r.Cut || !r.For("a").Check("/public").Allowed {
		t.Error("half a line was read")
	}
}

func BenchmarkCheck(b *testing.B) {
	var body strings.Builder
	body.WriteString("User-agent: *\n")
	for i := range 100 {
		fmt.Fprintf(&body, "Disallow: /section-%d/*/private\n", i)
	}
	g := Parse([]byte(body.String())).For("filon")
	b.ReportAllocs()
	for b.Loop() {
		g.Check("/actualites/2025/une-nouvelle?page=2")
	}
}

// google lists the checks of Google's suite that end otherwise here, and why that is right.
var google = map[string]string{
	"ID_Encoding FooBot http://foo.bar/foo/bar/ツ":   "RFC 9309 2.2.2: octets outside US-ASCII are encoded before comparison, in the address as in the rule",
	"ID_Encoding FooBot http://foo.bar/foo/bar/baz": "RFC 9309 2.2.2: an encoded unreserved character is decoded before comparison (its table has this very example)",
}

// TestGoogle runs every check of Google's robots_test.cc that can be read as it stands: texts in
// literals, then EXPECT_TRUE or EXPECT_FALSE of IsUserAgentAllowed(text, agent, address).
func TestGoogle(t *testing.T) {
	src := corpus(t, "google-robotstxt/robots_test.cc")
	test, vars, ran, differ := "", map[string]string{}, 0, 0
	for _, statement := range strings.Split(cutComments(src), ";\n") {
		if i := strings.Index(statement, "TEST(RobotsUnittest, "); i >= 0 {
			test, _, _ = strings.Cut(statement[i+len("TEST(RobotsUnittest, "):], ")")
		}
		if name, value, ok := strings.Cut(statement, " =\n"); ok && strings.Contains(value, `"`) && !strings.Contains(value, "EXPECT") {
			vars[lastWord(name)] = literal(value)
			continue
		}
		if name, value, ok := strings.Cut(statement, " = "); ok && strings.Contains(value, `"`) && !strings.Contains(value, "EXPECT") {
			vars[lastWord(name)] = literal(value)
			continue
		}
		i := strings.Index(statement, "(IsUserAgentAllowed(")
		if i < 0 {
			i = strings.Index(statement, "(\n        IsUserAgentAllowed(")
		}
		if i < 0 || strings.Contains(statement, "StrCat") || test == "GoogleOnly_LineTooLong" {
			continue
		}
		want := strings.HasSuffix(statement[:i], "EXPECT_TRUE")
		args := statement[strings.Index(statement, "IsUserAgentAllowed(")+len("IsUserAgentAllowed("):]
		parts := strings.SplitN(strings.TrimSuffix(strings.TrimSpace(args), "))"), ",", 3)
		if len(parts) != 3 {
			t.Fatalf("cannot read %q", statement)
		}
		for i, p := range parts {
			p = strings.TrimSpace(p)
			if v, ok := vars[p]; ok {
				parts[i] = v
			} else if strings.HasPrefix(p, `"`) {
				parts[i] = literal(p)
			} else {
				t.Fatalf("%s: what is %q?", test, p)
			}
		}
		_, rest, _ := strings.Cut(parts[2], "://")
		target := "/"
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			target = rest[i:]
		}
		ran++
		v := Parse([]byte(parts[0])).For(parts[1]).Check(target)
		if v.Allowed == want {
			continue
		}
		name := test + " " + parts[1] + " " + parts[2]
		if why, ok := google[name]; ok {
			differ++
			t.Logf("differs: %s: %s", name, why)
			continue
		}
		t.Errorf("%s: got %+v, want allowed %v, of\n%s", name, v, want, parts[0])
	}
	t.Logf("%d checks, %d differ for a reason", ran, differ)
	if ran < 100 {
		t.Errorf("only %d checks could be read", ran)
	}
}

func cutComments(src string) string {
	var b strings.Builder
	for _, line := range strings.Split(src, "\n") {
		if !strings.HasPrefix(strings.TrimSpace(line), "//") {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

func lastWord(s string) string {
	f := strings.Fields(s)
	if len(f) == 0 {
		return ""
	}
	return f[len(f)-1]
}

// literal joins the string literals of a C++ expression.
func literal(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			return b.String()
		}
		quoted, err := strconv.QuotedPrefix(s[i:])
		if err != nil {
			return b.String()
		}
		text, _ := strconv.Unquote(quoted)
		b.WriteString(text)
		s = s[i+len(quoted):]
	}
}

func corpus(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("FILON_CORPORA")
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			t.Skip("no folder of corpora: ", err)
		}
		dir = filepath.Join(cache, "filon-corpora")
	}
	b, err := os.ReadFile(filepath.Join(dir, "conformance", filepath.FromSlash(name)))
	if err != nil {
		t.Skip("the conformance suites are not on this machine (see FILON_CORPORA): ", err)
	}
	return string(b)
}

func FuzzRobots(f *testing.F) {
	for _, s := range []string{"", "User-agent: *\nDisallow: /*a*b$\n", "\xff\xfeU\x00", "<html>", "a b\n:\n#\nuser-agent:\nallow: $", "User-agent: *\nAllow: %zz%4\nDisallow: /%2A$x"} {
		f.Add([]byte(s), "/a/b?c=%2a*$é")
	}
	f.Fuzz(func(t *testing.T, body []byte, target string) {
		r := Parse(body)
		for _, agent := range []string{"*", "filon", ""} {
			g := r.For(agent)
			v := g.Check(target)
			if !v.Allowed && v.Line == 0 || v.Line != 0 && v.Rule == "" {
				t.Fatalf("%+v", v)
			}
			if again := g.Check(target); again != v {
				t.Fatalf("%+v, then %+v", v, again)
			}
			if !(g.Delay >= 0 && g.Delay <= MaxDelay) {
				t.Fatalf("delay %v", g.Delay)
			}
		}
		if n := normalise(target, true); normalise(n, true) != n {
			t.Fatalf("%q: %q, then %q", target, n, normalise(n, true))
		}
	})
}
