package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const base = "https://site.fr/fil/"

func TestRead(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"rss", `<?xml version="1.0"?><rss version="2.0"><channel><title>V</title><item><title><![CDATA[Un <b>titre</b> &amp; plus]]></title>
			<link>https://site.fr/a?utm_source=rss</link><guid isPermaLink="false">v-1</guid><pubDate>Mon, 05 Jan 2026 09:00:00 +0100</pubDate></item></channel></rss>`,
			"https://site.fr/a|Un titre & plus|2026-01-05T08:00:00Z"},
		{"french date is no date", `<rss version="2.0"><channel><item><title>x</title><pubDate>lundi 5 janvier 2026</pubDate><link>/a</link></item></channel></rss>`, "https://site.fr/a|x|0001-01-01T00:00:00Z"},
		{"relative and missing", `<rss version="2.0"><channel><item><title>x</title></item><item><link>b</link></item><item><guid>https://site.fr/c</guid></item><item><guid>urn:x</guid></item></channel></rss>`,
			"https://site.fr/fil/b||0001-01-01T00:00:00Z\nhttps://site.fr/c||0001-01-01T00:00:00Z"},
		{"repeats and other schemes", `<rss version="2.0"><channel><item><link>/a</link></item><item><link>/a#b</link></item><item><link>javascript:x</link></item><item><link>mailto:a@b.fr</link></item></channel></rss>`, "https://site.fr/a||0001-01-01T00:00:00Z"},
		{"atom with xml:base", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://site.fr/autre/"><entry><title type="html">&lt;em&gt;Histoire&lt;/em&gt;</title><link rel="alternate" href="histoire"/><published>2026-01-05T09:00:00+01:00</published></entry></feed>`,
			"https://site.fr/autre/histoire|Histoire|2026-01-05T08:00:00Z"},
		{"json", `{"version":"https://jsonfeed.org/version/1.1","title":"V","items":[{"id":"1","url":"https://site.fr/h","title":"5 < 6","date_published":"2026-01-05T08:00:00Z"}]}`, "https://site.fr/h|5 < 6|2026-01-05T08:00:00Z"},
		{"entities that stay shut", `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY h SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>&h;</title><link>/a</link></item></channel></rss>`, "https://site.fr/a|&h;|0001-01-01T00:00:00Z"},
		{"bom and spaces", "\ufeff<rss version=\"2.0\"><channel><item><link>/a</link></item></channel></rss>", "https://site.fr/a||0001-01-01T00:00:00Z"},
	}
	for _, tt := range tests {
		entries, err := Read([]byte(tt.body), base)
		var got []string
		for _, e := range entries {
			got = append(got, e.Address+"|"+e.Title+"|"+e.Published.Format(time.RFC3339))
		}
		if g := strings.Join(got, "\n"); err != nil || g != tt.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", tt.name, err, g, tt.want)
		}
	}
}

func TestRefused(t *testing.T) {
	for body, want := range map[string]error{"": ErrNotFeed, "<html><body>x": ErrNotFeed, "{}x": ErrNotFeed, strings.Repeat("x", MaxBytes+1): ErrLarge,
		"<rss><channel>" + strings.Repeat("<a>", 5000): ErrLarge, "<rss><channel>" + strings.Repeat("<a b='/>'>", 5000): ErrLarge, "<rss><channel>" + strings.Repeat("<a><!--></a>-->", 5000): ErrLarge,
		"<rss><channel>" + strings.Repeat("<a><?x </a>?>", 5000): ErrLarge, "<rss><channel>" + strings.Repeat("<a><!X </a>>", 5000): ErrLarge, "<rss><channel>\xe9\x01" + strings.Repeat("<\x02a>", 5000): ErrLarge,
		"<rss><channel>" + strings.Repeat("<item/>", maxElements+1): ErrLarge,
	} {
		if _, err := Read([]byte(body), base); !errors.Is(err, want) {
			t.Errorf("%.20q: %v; want %v", body, err, want)
		}
	}
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel>`)
	for i := range MaxEntries + 5 {
		fmt.Fprintf(&b, "<item><link>/a/%d</link></item>", i)
	}
	b.WriteString("</channel></rss>")
	if entries, err := Read([]byte(b.String()), base); err != nil || len(entries) != MaxEntries {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

// TestPublished runs the published feeds of the library's suite: nothing panics, and a feed with
// links in its expected answer gives entries.
func TestPublished(t *testing.T) {
	dir := os.Getenv("FILON_CORPORA")
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			t.Skip("no folder of corpora: ", err)
		}
		dir = filepath.Join(cache, "filon-corpora")
	}
	dir = filepath.Join(dir, "conformance", "gofeed", "testdata")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the conformance suites are not on this machine (see FILON_CORPORA): ", err)
	}
	files, read, entries := 0, 0, 0
	refused := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_expected.json") || filepath.Ext(path) != ".xml" && !strings.Contains(path, string(filepath.Separator)+"json"+string(filepath.Separator)) {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		found, err := Read(body, base)
		name := filepath.Base(path)
		if err != nil {
			refused[name] = true
			return nil
		}
		read++
		entries += len(found)
		if linked(strings.TrimSuffix(path, filepath.Ext(path))+".json") && len(found) == 0 {
			t.Errorf("%s: no entry, though its answer has an address", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, why := range notFeeds {
		if !refused[name] {
			t.Errorf("%s was read, though %s", name, why)
		}
		delete(refused, name)
	}
	for name := range refused {
		t.Errorf("%s was refused", name)
	}
	t.Logf("%d files, %d read, %d entries, %d refused for a reason", files, read, entries, len(notFeeds))
}

// notFeeds lists the files of the suite that are refused, and why that is right.
var notFeeds = map[string]string{
	"unknown_feed.xml": "its root element is none of RSS, RDF and Atom",
	"empty_feed.xml":   "it is empty",
	"invalid.json":     "it is no JSON",
}

// linked tells whether the expected answer has an item with a web address as its link.
func linked(path string) bool {
	b, err := os.ReadFile(path)
	var f struct {
		Items, Entries []struct {
			Link string `json:"link"`
		}
	}
	if err != nil || json.Unmarshal(b, &f) != nil {
		return false
	}
	for _, i := range append(f.Items, f.Entries...) {
		if strings.HasPrefix(i.Link, "http") {
			return true
		}
	}
	return false
}

func FuzzFeed(f *testing.F) {
	f.Add([]byte(`<rss version="2.0"><channel><item><title>a<b>c</title><link>/a</link><pubDate>x</pubDate></item></channel></rss>`))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="../x"><entry><link href="a"/></entry></feed>`))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"b"},null]}`))
	f.Add([]byte(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item><link>a</link></item></rdf:RDF>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		entries, err := Read(body, base)
		if err != nil && entries != nil {
			t.Fatal("entries with an error")
		}
		for _, e := range entries {
			if !strings.HasPrefix(e.Address, "http") || strings.ContainsAny(e.Title, "\n\t") {
				t.Fatalf("%+v", e)
			}
		}
	})
}
