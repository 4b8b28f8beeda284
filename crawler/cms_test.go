package crawler

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"filon/crawler/content"
	"filon/crawler/frontier"
)

// press serves a WordPress with a post that nothing links to. rules is its robots.txt.
func press(t *testing.T, rules string) (*httptest.Server, func() []string) {
	t.Helper()
	var mu sync.Mutex
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.Method+" "+r.URL.RequestURI())
		mu.Unlock()
		api := func(body string) {
			w.Header().Set("Content-Type", "application/json; charset=UTF-8")
			w.Header().Set("X-WP-TotalPages", "2")
			fmt.Fprint(w, body)
		}
		switch p := r.URL.Path; {
		case p == "/robots.txt":
			fmt.Fprint(w, rules)
		case p == "/":
			w.Header().Set("Link", fmt.Sprintf(`<http://%s/wp-json/>; rel="https://api.w.org/"`, r.Host))
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, page("Accueil", words("la maison")))
		case p == "/wp-json/wp/v2/types":
			api(`{"post":{"slug":"post","rest_base":"posts"},"user":{"slug":"user","rest_base":"users"}}`)
		case p == "/wp-json/wp/v2/posts" && r.URL.Query().Get("page") == "1":
			api(fmt.Sprintf(`[{"link":"http://%s/cachee/","type":"post","date_gmt":"2026-03-04T08:00:00","modified_gmt":"2026-03-05T08:00:00","_embedded":{"wp:term":[[{"name":"Journal","slug":"journal"}]]}},
				{"link":"https://ailleurs.example/x","type":"post"}]`, r.Host))
		case p == "/wp-json/wp/v2/posts":
			api(fmt.Sprintf(`[{"link":"http://%s/seconde/","type":"post"}]`, r.Host))
		case p == "/cachee/", p == "/seconde/":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, page("Page "+p, words("la page "+p)))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(asked)
	}
}

// What links do not give, the site's software does, with dates and categories; it is only read.
func TestSoftwareIsAsked(t *testing.T) {
	server, asked := press(t, "User-agent: *\nDisallow:\n")
	dir := t.TempDir()
	keep := &shelf{items: map[string]content.Item{}}
	for range 2 {
		report := crawlWith(t, dir, server.URL, keep, func(o *Options) { o.Sources[0].Exclude = []string{"/wp-json/**"} })
		item := keep.items[server.URL+"/cachee/"]
		if !item.Published.Time.Equal(time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)) || item.Published.Source != "cms" || !slices.Contains(item.Tags, "Journal") || !slices.Contains(item.Classes, "single-post") {
			t.Errorf("published %+v, tags %v, classes %v", item.Published, item.Tags, item.Classes)
		}
		if _, ok := keep.items[server.URL+"/seconde/"]; !ok {
			t.Error("the second page of the list was not read")
		}
		by := 0
		for _, tally := range report.Tallies {
			if tally.CMS && tally.State.InInventory() {
				by += tally.Count
			}
		}
		if by != 2 {
			t.Errorf("%d addresses by the software", by)
		}
	}
	for _, a := range asked() {
		if !strings.HasPrefix(a, "GET ") || strings.Contains(a, "users") {
			t.Errorf("asked %s", a)
		}
	}
}

func TestSoftwareIsLeftAlone(t *testing.T) {
	for name, c := range map[string]struct {
		rules string
		cms   string
	}{
		"robots.txt": {"User-agent: *\nDisallow: /wp-json/\n", ""},
		"never":      {"", CMSNever},
	} {
		t.Run(name, func(t *testing.T) {
			server, asked := press(t, c.rules)
			report := crawlWith(t, t.TempDir(), server.URL, &shelf{items: map[string]content.Item{}}, func(o *Options) { o.Sources[0].CMS = c.cms })
			for _, a := range asked() {
				if strings.Contains(a, "wp-json") {
					t.Errorf("asked %s", a)
				}
			}
			if n := endedAs(t, report, frontier.Robots); c.cms == "" && n != 1 {
				t.Errorf("%d addresses are counted as left out by robots.txt", n)
			}
		})
	}
}
