package crawler

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"filon/crawler/content"
	"filon/crawler/frontier"
	"filon/crawler/session"
)

// club is an intranet of pages behind a sign-in form, whose sessions do not last.
type club struct {
	refusal string // what who is not signed in meets: 302, 200, 401, 403, denied, open
	cookie  bool   // the end of a session takes the cookie away
	marked  bool   // every page has the way out, not the first one only
	pages   int
	lasts   int    // pages of one session; 0 for ever
	closes  int    // sign-ins after which nobody is let in any more; 0 for never
	out     string // a page whose visit ends the session

	mu      sync.Mutex
	session int // number of the one that lives, 0 for none
	left    int
	signIns int
	unseen  int // pages refused since the session ended
	late    int // the most of them before a sign-in
	asked   map[string]int
}

const clubForm = `<form method="post" action="/entrer"><label>Identifiant <input name="user"></label><label>Mot de passe <input type="password" name="password"></label><button>Entrer</button></form>`

func (c *club) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	ours := func() bool {
		k, err := r.Cookie("club")
		return err == nil && c.session > 0 && k.Value == fmt.Sprint(c.session)
	}
	switch p := r.URL.Path; {
	case p == "/robots.txt" || strings.HasPrefix(p, "/sitemap") || strings.HasPrefix(p, "/plan"):
		http.NotFound(w, r)
	case p == "/entrer" && r.Method == http.MethodPost:
		if r.FormValue("password") != "sesame" || c.closes > 0 && c.signIns >= c.closes {
			fmt.Fprint(w, "<html><body><h1>Connexion</h1>"+clubForm+"</body></html>")
			return
		}
		c.signIns++
		c.session, c.left, c.late, c.unseen = c.signIns, c.lasts, max(c.late, c.unseen), 0
		http.SetCookie(w, &http.Cookie{Name: "club", Value: fmt.Sprint(c.session), Path: "/"})
		http.Redirect(w, r, "/", http.StatusFound)
	case p == "/entrer":
		fmt.Fprint(w, "<html><head><title>Club</title></head><body><h1>Bienvenue</h1>"+clubForm+"</body></html>")
	case !ours():
		if r.Header.Get("Cookie") != "" || c.signIns > 0 {
			c.unseen++
		}
		c.refuse(w, r)
	case p != "/" && !strings.HasPrefix(p, "/p/"): // or every page would read like the answer for one that does not exist
		http.NotFound(w, r)
	default:
		c.asked[p]++
		if c.left--; c.lasts > 0 && c.left <= 0 || p == c.out {
			c.session = 0
			if c.cookie {
				http.SetCookie(w, &http.Cookie{Name: "club", Path: "/", MaxAge: -1})
			}
		}
		c.show(w, p)
	}
}

func (c *club) show(w http.ResponseWriter, path string) {
	body, links := words("la page "+path), []string{}
	if path == "/" {
		for i := range c.pages {
			links = append(links, fmt.Sprintf("/p/%c%c", 'a'+i/26, 'a'+i%26))
		}
	}
	html := page("Page "+path, body, links...)
	if c.marked || path == "/" {
		html = strings.Replace(html, "<main>", `<nav><a href="/logout?sid=1">Se&nbsp;d&eacute;connecter</a></nav><main>`, 1)
	}
	fmt.Fprint(w, html)
}

func (c *club) refuse(w http.ResponseWriter, r *http.Request) {
	switch c.refusal {
	case "302":
		http.Redirect(w, r, "/entrer?retour="+r.URL.Path, http.StatusFound)
	case "200":
		fmt.Fprint(w, "<html><head><title>Club</title></head><body><h1>Bienvenue</h1>"+clubForm+"</body></html>")
	case "401":
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, clubForm)
	case "403":
		w.WriteHeader(http.StatusForbidden)
	case "denied":
		fmt.Fprintf(w, `<html><body><h1>Autorisation refusée</h1><p>Désolé.</p><a href="/entrer">S'identifier</a></body></html>`)
	case "open": // anybody sees something, and every page looks like one
		fmt.Fprint(w, page("Club", words("ce que tout le monde peut lire de "+r.URL.Path), "/entrer"))
	}
}

func crawlClub(t *testing.T, house *club, dir string, keep *shelf, change func(*Source)) (Report, string) {
	t.Helper()
	house.asked = map[string]int{}
	server := httptest.NewServer(house)
	defer server.Close()
	report := crawlVillage(t, dir, server.URL, keep, func(s *Source) {
		var err error
		s.Session, err = session.New(session.Config{Kind: session.Form, Origins: s.Seeds, User: "lecteur", Password: "sesame", UserAgent: DefaultUserAgent,
			Form: session.FormConfig{URL: server.URL + "/entrer"}})
		if err != nil {
			t.Fatal(err)
		}
		s.Exclude = []string{"/entrer"}
		if change != nil {
			change(s)
		}
	})
	return report, server.URL
}

func TestASessionThatEndsIsNoticed(t *testing.T) {
	for _, c := range []struct {
		name string
		*club
	}{
		{"302", &club{refusal: "302", marked: true}}, {"200", &club{refusal: "200", marked: true}}, {"401", &club{refusal: "401", marked: true}},
		{"403", &club{refusal: "403", marked: true}}, {"denied", &club{refusal: "denied", marked: true}}, {"an open page", &club{refusal: "open", marked: true}},
		{"the cookie expires", &club{refusal: "302", cookie: true, marked: true}}, {"the cookie expires, 200", &club{refusal: "200", cookie: true}},
		{"302, marked at the start only", &club{refusal: "302"}}, {"200, marked at the start only", &club{refusal: "200"}},
		{"an open page, marked at the start only", &club{refusal: "open"}},
		{"a page that signs out", &club{refusal: "302", marked: true, out: "/p/ad"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			house := c.club
			house.pages = 45
			if house.out == "" {
				house.lasts = 17
			}
			keep := &shelf{items: map[string]content.Item{}}
			dir := t.TempDir()
			report, base := crawlClub(t, house, dir, keep, nil)
			for i := range house.pages {
				addr := base + fmt.Sprintf("/p/%c%c", 'a'+i/26, 'a'+i%26)
				if _, ok := keep.items[addr]; !ok {
					r := stateOf(t, dir, addr)
					t.Errorf("%s is missing: %s (%s)", addr, r.State, r.Reason)
				}
			}
			want := house.pages + 1
			if report.Run.Status != "complete" || len(keep.items) != want {
				t.Errorf("%s (%s), %d items, want %d", report.Run.Status, report.Run.Reason, len(keep.items), want)
			}
			for addr, item := range keep.items {
				if !strings.Contains(item.Text, "la page "+strings.TrimPrefix(addr, base)) {
					t.Errorf("%s is not its page: %.60q", addr, item.Text)
				}
			}
			if house.late > 20 {
				t.Errorf("noticed after %d pages", house.late)
			}
			if watched := report.Sessions["village"]; watched.Losses < 1 || watched.Losses != house.signIns-1 || !strings.Contains(watched.Canary, "connecter") {
				t.Errorf("%d sign-ins; %+v", house.signIns, watched)
			}
			t.Logf("%d sign-ins, noticed within %d pages, %d pages visited again", house.signIns, house.late, report.Sessions["village"].Again)
		})
	}
}

func TestASessionThatCannotBeHadAgain(t *testing.T) {
	for _, refusal := range []string{"302", "200", "open"} {
		t.Run(refusal, func(t *testing.T) {
			house := &club{refusal: refusal, marked: refusal != "open", pages: 30, lasts: 14, closes: 1}
			dir, keep := t.TempDir(), &shelf{items: map[string]content.Item{}}
			report, base := crawlClub(t, house, dir, keep, nil)
			var lost *Lost
			if report.Run.Status != "partial" || !errors.As(report.Refused["village"], &lost) || lost.Why == nil {
				t.Errorf("%s (%s), %v", report.Run.Status, report.Run.Reason, report.Refused)
			}
			if len(keep.items) == 0 || len(keep.items) > 14 {
				t.Errorf("%d items of a session of 14 pages", len(keep.items))
			}
			for addr, item := range keep.items {
				if !strings.Contains(item.Text, "la page "+strings.TrimPrefix(addr, base)) {
					t.Errorf("%s is not its page: %.60q", addr, item.Text)
				}
			}
			for _, tally := range report.Tallies {
				if tally.State == frontier.Pending || tally.State == frontier.NeedsLogin {
					t.Errorf("%d are %s", tally.Count, tally.State)
				}
			}
		})
	}
}

func TestAPageThatAlwaysSignsOutIsLeft(t *testing.T) {
	house := &club{refusal: "302", marked: true, pages: 12, out: "/p/ad"}
	dir, keep := t.TempDir(), &shelf{items: map[string]content.Item{}}
	house.asked = map[string]int{}
	report, _ := crawlClub(t, house, dir, keep, nil)
	if len(keep.items) != 13 || report.Run.Status != "complete" {
		t.Errorf("%d items, %s (%s)", len(keep.items), report.Run.Status, report.Run.Reason)
	}
	if n := house.asked["/p/ad"]; n > 4 {
		t.Errorf("the page that signs out was asked for %d times", n)
	}
}
