package sitemap

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const base = "https://site.fr/plans/sitemap.xml"

func read(t *testing.T, body string, limits Limits) (string, Report) {
	t.Helper()
	var b strings.Builder
	rep, err := Read(strings.NewReader(body), base, limits, func(e Entry) error {
		b.WriteString(strings.TrimPrefix(e.Address, "https://site.fr"))
		if !e.Modified.IsZero() {
			b.WriteString(" " + e.Modified.Format("2006-01-02T15:04"))
		}
		for _, a := range e.Alternates {
			b.WriteString(" " + a.Language + "=" + strings.TrimPrefix(a.Address, "https://site.fr"))
		}
		if e.Index {
			b.WriteString(" index")
		}
		b.WriteString("\n")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), rep
}

func zip(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

func TestRead(t *testing.T) {
	const head, ns = `<?xml version="1.0" encoding="UTF-8"?>`, `xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`
	two := head + `<urlset ` + ns + `><url><loc>https://site.fr/a</loc><lastmod>2026-01-05</lastmod></url><url><loc> https://site.fr/b?x=1&amp;y=2 </loc></url></urlset>`
	tests := []struct {
		name, body, want string
		kind             Kind
		refused          int
		broken           string // a part of it
	}{
		{"urlset", two, "/a 2026-01-05T00:00\n/b?x=1&y=2\n", Pages, 0, ""},
		{"gzip", zip(two), "/a 2026-01-05T00:00\n/b?x=1&y=2\n", Pages, 0, ""},
		{"gzip twice", zip(zip(two)), "/a 2026-01-05T00:00\n/b?x=1&y=2\n", Pages, 0, ""},
		{"gzip cut off", zip(two)[:len(zip(two))-12], "/a 2026-01-05T00:00\n/b?x=1&y=2\n", Pages, 0, "unexpected EOF"},
		{"bom and space", "\ufeff \n<urlset><url><loc>/a</loc></url></urlset>", "/a\n", Pages, 0, ""},
		{"index", head + `<sitemapindex ` + ns + `><sitemap><loc>https://site.fr/1.xml.gz</loc><lastmod>2026-01-05T10:00:00+02:00</lastmod></sitemap><sitemap>https://site.fr/2.xml</sitemap></sitemapindex>`,
			"/1.xml.gz 2026-01-05T08:00 index\n/2.xml index\n", Index, 0, ""},
		{"extensions", `<urlset ` + ns + ` xmlns:image="i"><url><image:image><image:loc>https://site.fr/i.png</image:loc></image:image><loc>/a</loc><video:video><video:loc>/v</video:loc></video:video><news><loc>/n</loc></news></url></urlset>`, "/a\n", Pages, 0, ""},
		{"prefix", `<s:urlset xmlns:s="x"><s:url><s:loc>/a</s:loc><loc>/b</loc></s:url></s:urlset>`, "/a\n", Pages, 0, ""},
		{"alternates", `<urlset><url><loc>/fr</loc><xhtml:link rel="alternate" hreflang="en" href="/en"/><xhtml:link rel="alternate" hreflang="de" href="mailto:x"/><xhtml:link rel="canonical" href="/x"/></url></urlset>`, "/fr en=/en\n", Pages, 0, ""},
		{"cdata and comments", `<urlset><!-- <url><loc>/no</loc></url> --><url><loc><![CDATA[/a?b&c]]></loc></url></urlset>`, "/a?b&c\n", Pages, 0, ""},
		{"relative, off site and no address", `<urlset><url><loc>a</loc></url><url><loc>https://autre.fr/</loc></url><url><loc>file:///etc/passwd</loc></url><url><loc/></url><url></url></urlset>`, "/plans/a\nhttps://autre.fr/\n", Pages, 3, ""},
		{"bare ampersand, unclosed", `<urlset><url><loc>/a</loc></url><url><loc>/b?c=1&d=2</loc><url><loc>/c`, "/a\n/b?c=1&d=2\n", Pages, 0, "in the middle"},
		{"broken", `<urlset><url><loc>/a</loc></url><url><loc>/b</loc></url><url a=<`, "/a\n/b\n", Pages, 0, "syntax"},
		{"not utf-8", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><urlset><url><loc>/\xe9t\xe9</loc></url></urlset>", "/%C3%A9t%C3%A9\n", Pages, 0, ""},
		{"entity bomb", `<!DOCTYPE urlset [<!ENTITY a "xxxxxxxx"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>/&b;</loc></url><url><loc>/ok</loc></url></urlset>`, "/ok\n", Pages, 1, ""},
		{"outside entity", `<!DOCTYPE urlset [<!ENTITY f SYSTEM "file:///etc/hostname">]><urlset><url><loc>/x?f=&f;&amp;y</loc></url></urlset>`, "", Pages, 1, ""},
		{"text", "\ufeffhttps://site.fr/a\r\n\r\nno address\r\nhttps://site.fr/b\n", "/a\n/b\n", Text, 1, ""},
		{"other text", "no address\nUser-agent: *\n", "", None, 2, "no sitemap"},
		{"page", "<!doctype html><html><body><a href=/a>a</a>", "", None, 0, "it is a page"},
		{"other xml", "<svg/>", "", None, 0, "no sitemap"},
		{"no element", "<!-- -->", "", None, 0, "no sitemap"},
		{"empty", " \n", "", None, 0, "empty"},
		{"rss", `<?xml version="1.0"?><rss version="2.0"><channel><item><link>/a</link><pubDate>Mon, 05 Jan 2026 09:00:00 +0100</pubDate></item></channel></rss>`, "/a 2026-01-05T08:00\n", Feed, 0, ""},
		{"bad dates", `<urlset><url><loc>/a</loc><lastmod>hier</lastmod></url><url><loc>/b</loc><lastmod>2199-12-31</lastmod></url></urlset>`, "/a\n/b 2199-12-31T00:00\n", Pages, 0, ""},
	}
	for _, tt := range tests {
		got, rep := read(t, tt.body, Limits{})
		if got != tt.want || rep.Kind != tt.kind || rep.Refused != tt.refused || (rep.Broken == "") != (tt.broken == "") || !strings.Contains(rep.Broken, tt.broken) || rep.Cut != "" {
			t.Errorf("%s:\n%s%+v; want\n%s%s, %d refused, broken %q", tt.name, got, rep, tt.want, tt.kind, tt.refused, tt.broken)
		}
		if rep.Entries != strings.Count(got, "\n") {
			t.Errorf("%s: %d entries counted", tt.name, rep.Entries)
		}
	}
}

func TestLimits(t *testing.T) {
	entry := "<url><loc>/a</loc></url>\n"
	big := "<urlset>" + strings.Repeat(entry, 60000) + "</urlset>"
	if _, rep := read(t, big, Limits{}); rep.Entries != 50000 || rep.Cut != "50000 entries" || rep.Complete() {
		t.Errorf("%+v", rep)
	}
	if _, rep := read(t, zip(big), Limits{Bytes: 1000}); rep.Entries == 0 || rep.Entries > 40 || rep.Cut != "1000 bytes" || rep.Bytes != 1000 {
		t.Errorf("%+v", rep)
	}
	exact := "<urlset>" + entry + "</urlset>"
	if _, rep := read(t, exact, Limits{Bytes: int64(len(exact))}); !rep.Complete() || rep.Bytes != int64(len(exact)) {
		t.Errorf("%+v", rep)
	}
	if got, rep := read(t, "<urlset>"+entry+"<url><loc>"+strings.Repeat("a", 3<<20)+"</loc></url>", Limits{}); got != "/a\n" || !strings.Contains(rep.Broken, "1 MB") {
		t.Errorf("%+v", rep)
	}
	if _, rep := read(t, strings.Repeat("https://site.fr/a\n", 100), Limits{Entries: 7}); rep.Entries != 7 || rep.Cut != "7 entries" {
		t.Errorf("%+v", rep)
	}
}

// A bomb costs no more than the limit, however much it would unpack to.
func TestBomb(t *testing.T) {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	io.WriteString(z, "<urlset><url>")
	for range 256 {
		z.Write(make([]byte, 1<<20))
	}
	z.Close()
	rep, err := Read(&b, base, Limits{Bytes: 4 << 20}, func(Entry) error { return nil })
	if err != nil || rep.Entries != 0 || rep.Broken == "" && rep.Cut == "" || rep.Bytes > 4<<20 {
		t.Errorf("%+v, %v", rep, err)
	}
}

func TestErrors(t *testing.T) {
	stop := errors.New("stop")
	n := 0
	_, err := Read(strings.NewReader("<urlset><url><loc>/a</loc></url><url><loc>/b</loc></url></urlset>"), base, Limits{}, func(Entry) error { n++; return stop })
	if err != stop || n != 1 {
		t.Errorf("%v after %d", err, n)
	}
	if _, err := Read(strings.NewReader(""), "no address", Limits{}, nil); err == nil {
		t.Error("a base that is no address must be an error")
	}
	rep, err := Read(io.MultiReader(strings.NewReader("<urlset><url><loc>/a</loc></url><u"), failing{}), base, Limits{}, func(Entry) error { return nil })
	if err != nil || rep.Entries != 1 || rep.Broken != "connection lost" {
		t.Errorf("%+v, %v", rep, err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("connection lost") }

func TestQueue(t *testing.T) {
	q := Queue{Max: 3}
	for i, a := range []string{"a", "b", "a", "c", "d"} {
		q.Add(a, i%3)
	}
	q.Add("e", MaxDepth+1)
	var got []Waiting
	for w, ok := q.Next(); ok; w, ok = q.Next() {
		got = append(got, w)
	}
	if fmt.Sprint(got) != "[{a 0} {b 1} {c 0}]" || q.Dropped != 2 {
		t.Errorf("%v, %d dropped", got, q.Dropped)
	}
}

// TestPublished runs the sitemaps of another crawler's suite.
func TestPublished(t *testing.T) {
	dir := os.Getenv("FILON_CORPORA")
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			t.Skip("no folder of corpora: ", err)
		}
		dir = filepath.Join(cache, "filon-corpora")
	}
	dir = filepath.Join(dir, "conformance", "crawler-commons", "src", "test", "resources", "sitemaps")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the conformance suites are not on this machine (see FILON_CORPORA): ", err)
	}
	want := map[string]string{
		"atom.xml": "feed 1", "do-not-visit.txt": "text 1", "sitemap-with-bom.txt": "text 2", "sitemap.txt": "text 2", "sitemap.txt.gz": "text 5", "xmlSitemap.gz": "urlset 5",
		"sitemap.badns.xml": "urlset 2", "sitemap.ns.xml": "urlset 2", "sitemap.index.xml": "index 15",
		"hebdenbridgetimes-articles-sitemap.xml": "urlset 74", "pagemaps-sitemap.xml": "urlset 2", "shinpaideshou-news-sitemap.xml": "urlset 3", "sitemap-images.xml": "urlset 1",
		"sitemap-links.xml": "urlset 3", "sitemap-mobile.xml": "urlset 3", "sitemap-news.xml": "urlset 2", "sitemap-videos-tvshow.xml": "urlset 1", "sitemap-videos.xml": "urlset 3",
	}
	ran := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		ran++
		_, rep := read(t, string(body), Limits{})
		if got := fmt.Sprintf("%s %d", rep.Kind, rep.Entries); got != want[d.Name()] || !rep.Complete() {
			t.Errorf("%s: %+v; want %s", d.Name(), rep, want[d.Name()])
		}
		return nil
	})
	if err != nil || ran < len(want) {
		t.Fatalf("%d of %d files, %v", ran, len(want), err)
	}
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte("<urlset><url><loc>/a</loc><lastmod>2026</lastmod><x:link rel='alternate' hreflang='fr' href='b'/></url></urlset>"))
	f.Add([]byte("<sitemapindex><sitemap>x</sitemap><sitemap><loc>y"))
	f.Add([]byte("https://site.fr/a\nx\n"))
	f.Add([]byte(zip("<urlset/>")))
	f.Add([]byte("<?xml version='1.0' encoding='latin1'?><!DOCTYPE a [<!ENTITY b 'c'>]><urlset><url><loc>&b;\xe9"))
	f.Add([]byte("<rss version='2.0'><channel><item><link>a</link></item></channel></rss>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		n := 0
		rep, err := Read(bytes.NewReader(body), base, Limits{Bytes: 1 << 16, Entries: 50}, func(e Entry) error {
			n++
			if !strings.HasPrefix(e.Address, "http") {
				t.Fatalf("%+v", e)
			}
			return nil
		})
		if err != nil || rep.Entries != n || n > 50 || rep.Bytes > 1<<16 || rep.Bytes < 0 {
			t.Fatalf("%+v, %v, %d", rep, err, n)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	body := []byte("<urlset>" + strings.Repeat("<url><loc>https://www.site.fr/actualites/2025/une-nouvelle</loc><lastmod>2025-01-02</lastmod><changefreq>daily</changefreq></url>\n", 1000) + "</urlset>")
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		_, _ = Read(bytes.NewReader(body), base, Limits{}, func(Entry) error { return nil })
	}
}
