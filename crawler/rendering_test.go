package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/frontier"
	"filon/crawler/frontier/sqlite"
	"filon/crawler/render"
	"filon/crawler/truth"
)

// screen is a Renderer that asks for what each page is made of, and shows a text in its place.
type screen struct {
	mu      sync.Mutex
	made    []string // what a page asks for beside itself
	refused []string
	given   []string
	shown   int
	blank   bool
}

func (s *screen) Page(ctx context.Context, addr string, fetch render.Fetch) (render.Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown++
	base := strings.SplitAfterN(addr, "/", 4)
	for _, part := range append([]string{addr}, s.made...) {
		if strings.HasPrefix(part, "/") {
			part = strings.TrimSuffix(strings.Join(base[:3], ""), "/") + part
		}
		if _, err := fetch(ctx, part); err != nil {
			s.refused = append(s.refused, part)
		} else {
			s.given = append(s.given, part)
		}
	}
	if s.blank {
		return render.Result{HTML: `<html><body><div id="root"></div><script src="/app.js"></script></body></html>`}, nil
	}
	return render.Result{HTML: page("Page de l'application", words(addr), "/app/suite")}, nil
}

// application serves shells that a script fills.
func application(t *testing.T) (*httptest.Server, *[]string) {
	t.Helper()
	var mu sync.Mutex
	asked := &[]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		*asked = append(*asked, r.Method+" "+r.URL.Path)
		mu.Unlock()
		switch p := r.URL.Path; {
		case p == "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /prive/\n")
		case p == "/":
			fmt.Fprint(w, page("Accueil", words("la maison"), "/app/a", "/app/b", "/app/c"))
		case strings.HasPrefix(p, "/app/"):
			w.Header().Set("ETag", `"toujours"`)
			if r.Header.Get("If-None-Match") != "" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<html lang="fr"><title>App</title><body><div id="root"></div><script src="/app.js"></script></body></html>`)
		case p == "/app.js":
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, "1")
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server, asked
}

func endedAs(t *testing.T, r Report, state frontier.State) int {
	t.Helper()
	n := 0
	for _, tally := range r.Tallies {
		if tally.State == state {
			n += tally.Count
		}
	}
	return n
}

// A shell is run in the browser, with its sign-in and scope and nothing more.
func TestShellsAreRun(t *testing.T) {
	server, asked := application(t)
	keep := &shelf{items: map[string]content.Item{}}
	s := &screen{made: []string{"/app.js", "/api/donnees", "https://ailleurs.example/espion", "/logout", "/prive/donnees"}}
	report := crawlWith(t, t.TempDir(), server.URL, keep, func(o *Options) { o.Renderer = s; o.Workers = 1 })
	for _, p := range []string{"/app/a", "/app/b", "/app/c", "/app/suite"} {
		if item := keep.items[server.URL+p]; !strings.Contains(item.Text, "travail bien fait") || item.Problem != nil {
			t.Errorf("%s: %q, problem %v", p, item.Text, item.Problem)
		}
	}
	if n := endedAs(t, report, frontier.NeedsRender); n != 0 {
		t.Errorf("%d pages stay empty", n)
	}
	for _, r := range s.refused {
		if !strings.Contains(r, "ailleurs") && !strings.Contains(r, "logout") && !strings.Contains(r, "prive") {
			t.Errorf("%s was refused", r)
		}
	}
	if len(s.refused) != 3*s.shown {
		t.Errorf("refused %v", s.refused)
	}
	scripts := 0
	for _, a := range *asked {
		if a == "GET /app.js" {
			scripts++
		}
		if strings.Contains(a, "logout") || strings.Contains(a, "/prive/") || !strings.HasPrefix(a, "GET ") {
			t.Errorf("asked %s", a)
		}
	}
	if scripts != 1 {
		t.Errorf("the script of four pages was fetched %d times", scripts)
	}
}

// Without a browser, with a browser that shows nothing, beyond the budget and when it is not wanted, the
// item is an empty shell that says why, in every run.
func TestShellsThatStayEmpty(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Options)
		empty  int
		why    string
	}{
		{"no browser", func(o *Options) { o.NoRenderer = "pas de navigateur" }, 3, "pas de navigateur"},
		{"never", func(o *Options) { o.Renderer = &screen{}; o.Sources[0].Render = RenderNever }, 3, "render: never"},
		{"budget", func(o *Options) { o.Renderer, o.Workers = &screen{}, 1; o.Sources[0].RenderPages = 2 }, 2, "budget of 2"},
		{"blank", func(o *Options) { o.Renderer = &screen{blank: true} }, 3, "shows nothing either"},
		{"broken", func(o *Options) { o.Renderer = failing{} }, 3, "cannot start"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server, _ := application(t)
			dir := t.TempDir()
			keep := &shelf{items: map[string]content.Item{}}
			for night := range 4 {
				report := crawlWith(t, dir, server.URL, keep, func(o *Options) { c.change(o); o.Day = o.Day.AddDate(0, 0, night) })
				if n := endedAs(t, report, frontier.NeedsRender); n != c.empty {
					t.Errorf("night %d: %d pages stay empty, want %d", night, n, c.empty)
				}
			}
			why := 0
			for _, item := range keep.items {
				if item.Problem != nil && item.Problem.Code == content.NeedsRender && strings.Contains(item.Problem.Detail, c.why) {
					why++
				}
			}
			if why != c.empty {
				t.Errorf("%d items say why", why)
			}
		})
	}
}

// What one night has run is not lost in a night without a browser.
func TestWhatWasRunStays(t *testing.T) {
	server, _ := application(t)
	dir := t.TempDir()
	keep := &shelf{items: map[string]content.Item{}}
	crawlWith(t, dir, server.URL, keep, func(o *Options) { o.Renderer = &screen{} })
	before := keep.items[server.URL+"/app/a"].Text
	report := crawlWith(t, dir, server.URL, keep, func(o *Options) {})
	if after := keep.items[server.URL+"/app/a"].Text; after != before || after == "" {
		t.Errorf("text %q became %q", before, after)
	}
	if n := endedAs(t, report, frontier.NeedsRender); n != 0 {
		t.Errorf("%d pages are counted as empty", n)
	}
}

// Always: every page is run, also one that has a text.
func TestAlwaysRuns(t *testing.T) {
	server, _ := application(t)
	s := &screen{}
	crawlWith(t, t.TempDir(), server.URL, &shelf{items: map[string]content.Item{}}, func(o *Options) { o.Renderer = s; o.Sources[0].Render = RenderAlways })
	if !slices.Contains(s.given, server.URL+"/") {
		t.Errorf("given %v", s.given)
	}
}

// crawlWith runs one crawl of a site into dir.
func crawlWith(t *testing.T, dir, base string, keep *shelf, change func(*Options)) Report {
	t.Helper()
	db, err := truth.Open(t.Context(), filepath.Join(dir, "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	f, err := sqlite.Open(t.Context(), db, address.Host)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Sources: []Source{{Name: "site", Seeds: []string{base + "/"}, NoSitemaps: true}}, Frontier: f, Keeper: keep, Reader: extract.NewReader(extract.Options{}),
		Day: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Spool: dir, Backoff: func(int) time.Duration { return 10 * time.Millisecond }}
	change(&o)
	report, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

type failing struct{}

func (failing) Page(context.Context, string, render.Fetch) (render.Result, error) {
	return render.Result{}, errors.New("the browser cannot start")
}
