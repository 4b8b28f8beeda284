package crawler

import (
	"context"
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
	"filon/crawler/truth"
)

// shelf is a Keeper that remembers.
type shelf struct {
	mu    sync.Mutex
	items map[string]content.Item
	kept  int
}

func (s *shelf) Keep(_ context.Context, item content.Item) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[item.Address] = item
	s.kept++
	return nil
}

func (s *shelf) Gone(ctx context.Context, address string, _ time.Time) error {
	return s.Drop(ctx, address, "")
}

func (s *shelf) Drop(_ context.Context, address, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.items, address)
	return nil
}

// paths lists what is kept, the months of the calendar that were looked at included.
func (s *shelf) paths(base string) []string {
	var all []string
	for a := range s.items {
		all = append(all, strings.TrimPrefix(a, base))
	}
	slices.Sort(all)
	return all
}

// words is enough text to be an article, all its own.
func words(about string) string {
	var b strings.Builder
	for i := range 12 {
		fmt.Fprintf(&b, "<p>Paragraphe %d : l'atelier parle de %s et du travail bien fait, avec des mots en nombre suffisant pour être lu.</p>", i, about)
	}
	return b.String()
}

func page(title, body string, links ...string) string {
	var nav strings.Builder
	for _, l := range links {
		fmt.Fprintf(&nav, `<p>Voir aussi <a href="%s">%s</a></p>`, l, "la suite de "+l)
	}
	return fmt.Sprintf(`<!doctype html><html lang="fr"><head><title>%s</title></head><body><main><h1>%s</h1>%s%s</main></body></html>`, title, title, body, nav.String())
}

// village is a small site with one house of each kind.
type village struct {
	mu       sync.Mutex
	requests []string
	methods  map[string]bool
	busy     int
}

func (v *village) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	v.requests = append(v.requests, r.URL.RequestURI())
	v.methods[r.Method] = true
	v.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	switch p := r.URL.Path; {
	case p == "/robots.txt":
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprintf(w, "User-agent: *\nDisallow: /prive/\nSitemap: http://%s/plan.xml\n", r.Host)
	case p == "/plan.xml":
		w.Header().Set("Content-Type", "application/xml")
		fmt.Fprintf(w, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://%s/orpheline</loc></url></urlset>`, r.Host)
	case p == "/":
		fmt.Fprint(w, page("Accueil", words("la maison"), "/a?utm_source=x", "/a#bas", "/prive/x", "https://ailleurs.example/", "/vieux", "/rien", "/style.css",
			"/logout", "/agenda/2026/11", "/boucle", "/a/imprimer", "/refus", "/lent", "/cache"))
	case p == "/a":
		w.Header().Set("ETag", `"a1"`)
		if r.Header.Get("If-None-Match") == `"a1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, page("Page A", words("A")))
	case p == "/a/imprimer":
		fmt.Fprint(w, page("Page A", words("A")))
	case p == "/orpheline":
		fmt.Fprint(w, page("Orpheline", words("la solitude")))
	case p == "/vieux":
		http.Redirect(w, r, "/neuf", http.StatusMovedPermanently)
	case p == "/neuf":
		fmt.Fprint(w, page("Neuf", words("la nouveauté")))
	case p == "/boucle":
		http.Redirect(w, r, "/boucle", http.StatusFound)
	case p == "/refus":
		w.WriteHeader(http.StatusForbidden)
	case p == "/cache":
		w.Header().Set("X-Robots-Tag", "noindex")
		fmt.Fprint(w, page("Cachée", words("un secret")))
	case p == "/lent":
		v.mu.Lock()
		v.busy++
		first := v.busy == 1
		v.mu.Unlock()
		if first {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		fmt.Fprint(w, page("Lent", words("la patience")))
	case strings.HasPrefix(p, "/agenda/"):
		var year, month int
		fmt.Sscanf(p, "/agenda/%d/%d", &year, &month)
		year, month = year+month/12, month%12+1
		fmt.Fprint(w, page("Agenda", "<p>Aucun rendez-vous ce mois-ci.</p>", fmt.Sprintf("/agenda/%d/%d", year, month)))
	default:
		http.NotFound(w, r)
	}
}

// crawlVillage runs one crawl into dir.
func crawlVillage(t *testing.T, dir, base string, keep *shelf, change func(*Source)) Report {
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
	s := Source{Name: "village", Seeds: []string{base + "/"}}
	if change != nil {
		change(&s)
	}
	report, err := Run(t.Context(), Options{Sources: []Source{s}, Frontier: f, Keeper: keep, Reader: extract.NewReader(extract.Options{}),
		Day: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Spool: dir, Backoff: func(int) time.Duration { return 10 * time.Millisecond }})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func stateOf(t *testing.T, dir, addr string) frontier.Request {
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
	r, _, ok, err := f.Find(t.Context(), addr, 1)
	if err != nil || !ok {
		t.Fatalf("%s: known %v, %v", addr, ok, err)
	}
	return r
}

func TestEveryAddressEndsInItsState(t *testing.T) {
	v := &village{methods: map[string]bool{}}
	server := httptest.NewServer(v)
	defer server.Close()
	dir, keep := t.TempDir(), &shelf{items: map[string]content.Item{}}
	report := crawlVillage(t, dir, server.URL, keep, nil)
	for path, want := range map[string]frontier.State{
		"/": frontier.Kept, "/a": frontier.Kept, "/orpheline": frontier.Kept, "/neuf": frontier.Kept, "/lent": frontier.Kept,
		"/a/imprimer": frontier.Duplicate, "/vieux": frontier.Redirected, "/rien": frontier.Gone, "/prive/x": frontier.Robots,
		"/style.css": frontier.NotContent, "/logout": frontier.NeverFollow, "/boucle": frontier.Failed, "/refus": frontier.NeedsLogin,
		"/cache": frontier.NoIndex, "/plan.xml": frontier.NotContent, "/agenda/2026/11": frontier.Kept,
	} {
		if r := stateOf(t, dir, server.URL+path); r.State != want {
			t.Errorf("%s ended as %s (%s), want %s", path, r.State, r.Reason, want)
		}
	}
	if r := stateOf(t, dir, "https://ailleurs.example/"); r.State != frontier.OutOfScope {
		t.Errorf("another host ended as %s", r.State)
	}
	traps := 0
	for _, tally := range report.Tallies {
		if tally.State == frontier.Trap {
			traps += tally.Count
		}
		if tally.State == frontier.Pending {
			t.Errorf("%d requests still wait", tally.Count)
		}
	}
	if traps == 0 || len(v.requests) > 80 {
		t.Errorf("the calendar: %d requests in all, %d closed as trap", len(v.requests), traps)
	}
	for _, r := range v.requests {
		if strings.HasPrefix(r, "/prive") || strings.HasPrefix(r, "/logout") {
			t.Errorf("asked for %s", r)
		}
	}
	if len(v.methods) != 1 || !v.methods["GET"] {
		t.Errorf("methods %v, want GET only", v.methods)
	}
}

func TestSecondRunAsksOnlyWhatChanged(t *testing.T) {
	v := &village{methods: map[string]bool{}}
	server := httptest.NewServer(v)
	defer server.Close()
	dir, keep := t.TempDir(), &shelf{items: map[string]content.Item{}}
	crawlVillage(t, dir, server.URL, keep, nil)
	before, first := keep.paths(server.URL), keep.kept
	crawlVillage(t, dir, server.URL, keep, nil)
	if after := keep.paths(server.URL); !slices.Equal(before, after) {
		t.Errorf("the inventory changed:\n%v\n%v", before, after)
	}
	if again := keep.kept - first; again > 1 { // the duplicate is read again to be compared
		t.Errorf("%d items were kept again though nothing changed", again)
	}
	if r := stateOf(t, dir, server.URL+"/a"); r.State != frontier.Unchanged || r.Status != http.StatusNotModified {
		t.Errorf("/a ended as %s, %d", r.State, r.Status)
	}
}

func TestThePageLimitIsALimit(t *testing.T) {
	v := &village{methods: map[string]bool{}}
	server := httptest.NewServer(v)
	defer server.Close()
	keep := &shelf{items: map[string]content.Item{}}
	report := crawlVillage(t, t.TempDir(), server.URL, keep, func(s *Source) { s.MaxPages = 3 })
	pages := 0
	for _, r := range v.requests {
		if r != "/robots.txt" && r != "/plan.xml" {
			pages++
		}
	}
	if pages > 3 {
		t.Errorf("%d pages were asked for: %v", pages, v.requests)
	}
	if report.Run.Status != "partial" {
		t.Errorf("the run says %s, want partial", report.Run.Status)
	}
}

func TestAnInterruptedCrawlGoesOn(t *testing.T) {
	v := &village{methods: map[string]bool{}}
	server := httptest.NewServer(v)
	defer server.Close()
	whole := &shelf{items: map[string]content.Item{}}
	crawlVillage(t, t.TempDir(), server.URL, whole, nil)

	dir, keep := t.TempDir(), &shelf{items: map[string]content.Item{}}
	db, err := truth.Open(t.Context(), filepath.Join(dir, "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := sqlite.Open(t.Context(), db, address.Host)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	report, err := Run(ctx, Options{Sources: []Source{{Name: "village", Seeds: []string{server.URL + "/"}}}, Frontier: f, Keeper: keep,
		Reader: extract.NewReader(extract.Options{}), Day: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Spool: dir,
		Backoff: func(int) time.Duration { return 10 * time.Millisecond },
		Progress: func(p Progress) {
			if p.Kept >= 20 { // in the middle of the calendar

				cancel()
			}
		}})
	if err != nil || report.Run.Status != "paused" {
		t.Fatalf("interrupted: %s, %v; want paused", report.Run.Status, err)
	}
	db.Close()
	report = crawlVillage(t, dir, server.URL, keep, nil)
	if !report.Run.Resumed {
		t.Error("the second crawl did not resume the first")
	}
	if got, want := keep.paths(server.URL), whole.paths(server.URL); !slices.Equal(got, want) {
		t.Errorf("in two halves:\n%v\nin one:\n%v", got, want)
	}
}
