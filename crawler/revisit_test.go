package crawler

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"filon/crawler/content"
	"filon/crawler/frontier"
)

func TestSteady(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"Publié il y a 7 mois par la rédaction", "Publié il y a 8 mois par la rédaction"},
		{"Posted 3 days ago in News", "Posted 12 hours ago in News"},
		{"Vu hier, 312 vues et 4 commentaires", "Vu aujourd’hui, 1 204 vues et 5 commentaires"},
		{"Hace 2 semanas. Texto", "Hace 3 semanas. Texto"},
		{"Vor 2 Tagen geändert", "Vor 5 Stunden geändert"},
		{"Modificato 3 giorni fa", "Modificato 2 mesi fa"},
		{"Depuis 3h : le texte", "Depuis 5h : le texte"},
	} {
		if steady(c.a) != steady(c.b) {
			t.Errorf("%q and %q differ: %q, %q", c.a, c.b, steady(c.a), steady(c.b))
		}
	}
	for _, c := range []struct{ a, b string }{
		{"Une formation de 24 heures", "Une formation de 36 heures"},
		{"Le prix est de 312 euros", "Le prix est de 313 euros"},
		{"Une équipe de 12 personnes", "Une équipe de 14 personnes"},
		{"Le 3 mars 2026", "Le 4 mars 2026"},
	} {
		if steady(c.a) == steady(c.b) {
			t.Errorf("%q and %q are the same: %q", c.a, c.b, steady(c.a))
		}
	}
}

func FuzzSteady(f *testing.F) {
	f.Add("il y a 7 mois")
	f.Add("1 2 3 4 vues \u00a0 5j")
	f.Fuzz(func(t *testing.T, text string) {
		once := steady(text)
		if len(once) > len(text) {
			t.Errorf("%q grew to %q", text, once)
		}
	})
}

func TestPlausible(t *testing.T) {
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	dates := func(ago ...int) (all []time.Time) {
		for _, n := range ago {
			all = append(all, day.AddDate(0, 0, -n))
		}
		return all
	}
	for _, c := range []struct {
		modified []time.Time
		want     bool
	}{
		{dates(1, 5, 9, 40, 300, 301), true},
		{dates(1, 1, 1, 1, 9), false},
		{dates(0, 0, 0, 0, 0, 0), false},
		{dates(1, 5, -30, 40, 300, 301), false},
		{dates(1, 5), false},
		{nil, false},
	} {
		if got := plausible(c.modified, day); got != c.want {
			t.Errorf("%v: %t", c.modified, got)
		}
	}
}

// nights is a site whose pages can be changed between two crawls.
type nights struct {
	mu    sync.Mutex
	pages map[string]string // by path; "" is a 404, "→/x" a redirect
	asked map[string]int
}

func (n *nights) set(path, body string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.pages[path] = body
}

func (n *nights) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.asked[r.URL.Path]++
	body := n.pages[r.URL.Path]
	if to, ok := strings.CutPrefix(body, "→"); ok {
		http.Redirect(w, r, to, http.StatusMovedPermanently)
		return
	}
	if body == "" {
		body = n.pages["*"] // what it answers for nothing
	}
	if body == "" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, body)
}

func newNights(t *testing.T, pages int) (*nights, string) {
	n := &nights{pages: map[string]string{}, asked: map[string]int{}}
	var links []string
	for i := range pages {
		path := fmt.Sprintf("/page/%c%d", 'a'+i%26, i)
		links = append(links, path)
		n.pages[path] = page(fmt.Sprintf("Page %d", i), words(fmt.Sprintf("sujet numéro %d", i)))
	}
	n.pages["/"] = page("Accueil", words("tout"), "/liste")
	n.pages["/liste"] = page("Liste", words("la liste"), links...)
	server := httptest.NewServer(n)
	t.Cleanup(server.Close)
	return n, server.URL
}

func TestNights(t *testing.T) {
	n, url := newNights(t, 30)
	dir := t.TempDir()
	keep := &shelf{items: map[string]content.Item{}}
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	crawl := func() Report {
		day = day.AddDate(0, 0, 1)
		keep.kept = 0
		clear(n.asked)
		return crawlWith(t, dir, url, keep, func(o *Options) { o.Day = day })
	}
	crawl()
	if keep.kept != 32 {
		t.Fatalf("%d pages were kept, want 32", keep.kept)
	}
	if r := crawl(); keep.kept != 0 || endedAs(t, r, frontier.Unchanged) != 32 || r.Touched {
		t.Errorf("second night: %d kept, %d unchanged, touched %t", keep.kept, endedAs(t, r, frontier.Unchanged), r.Touched)
	}

	n.set("/page/a0", page("Page 0", words("sujet numéro 0")+"<p>Publié il y a 7 mois. 312 vues.</p>"))
	n.set("/page/b1", page("Page 1", words("tout autre chose")))
	n.set("/page/c2", "")
	n.set("/page/d3", "→/page/neuve")
	n.set("/page/neuve", page("Page 3", words("sujet numéro 3")))
	crawl()
	if _, there := keep.items[url+"/page/c2"]; keep.kept != 3 || !there {
		t.Errorf("third night: %d kept, want the two that changed and the new one; after one strike the page is there: %t", keep.kept, there)
	}
	if _, there := keep.items[url+"/page/d3"]; there {
		t.Error("a page that points elsewhere is still kept")
	}

	n.set("/page/a0", page("Page 0", words("sujet numéro 0")+"<p>Publié il y a 8 mois. 1 204 vues.</p>"))
	r := crawl()
	if _, there := keep.items[url+"/page/c2"]; there || keep.kept != 0 {
		t.Errorf("fourth night: gone after two strikes: %t; %d kept", !there, keep.kept)
	}
	if n.asked["/page/e4"] != 1 || r.Rested != 0 {
		t.Errorf("a page with two calm days after its first was asked %d times, %d rested", n.asked["/page/e4"], r.Rested)
	}
	if r = crawl(); n.asked["/page/e4"] != 0 || n.asked["/"] != 1 || n.asked["/liste"] != 1 || r.Rested < 20 {
		t.Errorf("fifth night: a calm page was asked %d times, home %d times, %d rested", n.asked["/page/e4"], n.asked["/"], r.Rested)
	}
	day = day.AddDate(0, 0, 7)
	if crawl(); n.asked["/page/e4"] != 1 {
		t.Errorf("after a week a calm page was asked %d times", n.asked["/page/e4"])
	}
	if r := crawlWith(t, dir, url, keep, func(o *Options) { o.Day, o.Full = day, true }); r.Rested != 0 || endedAs(t, r, frontier.Unchanged) != 0 {
		t.Errorf("a full crawl leaves %d unchanged, %d rested", endedAs(t, r, frontier.Unchanged), r.Rested)
	}
}

// A server that has a bad night empties nothing.
func TestBadNight(t *testing.T) {
	n, url := newNights(t, 30)
	dir := t.TempDir()
	keep := &shelf{items: map[string]content.Item{}}
	crawl := func() Report { return crawlWith(t, dir, url, keep, func(*Options) {}) }
	crawl()
	for path := range n.pages {
		if strings.HasPrefix(path, "/page/") {
			n.set(path, "→/connexion")
		}
	}
	n.set("/connexion", page("Connexion", "<form method=post><input type=password name=p></form>"))
	r := crawl()
	if len(keep.items) < 32 || r.Run.Status != "partial" || r.Kept["site"] == "" {
		t.Errorf("%d items are left; %s %s", len(keep.items), r.Run.Status, r.Run.Reason)
	}
	if crawlWith(t, dir, url, keep, func(o *Options) { o.Full = true }); len(keep.items) > 3 {
		t.Errorf("a full crawl leaves %d items", len(keep.items))
	}
}

// A server that answers 200 for what does not exist loses its pages all the same, and no other.
func TestSoft404(t *testing.T) {
	n, url := newNights(t, 30)
	n.set("*", page("Introuvable", words("cette page qui n'existe pas")))
	dir := t.TempDir()
	keep := &shelf{items: map[string]content.Item{}}
	crawl := func() Report { return crawlWith(t, dir, url, keep, func(*Options) {}) }
	crawl()
	n.set("/page/a0", "")
	crawl()
	crawl()
	if _, there := keep.items[url+"/page/a0"]; there {
		t.Error("an apology is kept")
	}
	if _, there := keep.items[url+"/page/b1"]; !there || len(keep.items) != 31 {
		t.Errorf("%d items are left, want 31", len(keep.items))
	}
}

// A copy of another page is asked whether it changed, and no more.
func TestTwinsAtNight(t *testing.T) {
	n, url := newNights(t, 3)
	n.set("/page/a0/imprimer", n.pages["/page/a0"])
	n.set("/", page("Accueil", words("tout"), "/liste", "/page/a0/imprimer"))
	dir := t.TempDir()
	keep := &shelf{items: map[string]content.Item{}}
	crawl := func() Report { keep.kept = 0; return crawlWith(t, dir, url, keep, func(*Options) {}) }
	crawl()
	if r := crawl(); keep.kept != 0 || endedAs(t, r, frontier.Duplicate) != 1 {
		t.Errorf("%d kept, %d duplicates", keep.kept, endedAs(t, r, frontier.Duplicate))
	}
	n.set("/page/a0/imprimer", page("À part", words("un sujet à lui")))
	if r := crawl(); keep.kept != 1 || endedAs(t, r, frontier.Duplicate) != 0 {
		t.Errorf("a copy that became a page of its own: %d kept", keep.kept)
	}
}
