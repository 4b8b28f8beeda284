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

// closedHouse is a site behind a password; it counts who knocks with a wrong one.
type closedHouse struct {
	mu       sync.Mutex
	password string
	asked    int
	wrong    int
}

func (h *closedHouse) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked++
	if _, p, ok := r.BasicAuth(); !ok || p != h.password {
		if ok {
			h.wrong++
		}
		w.Header().Set("WWW-Authenticate", `Basic realm="maison"`)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	switch r.URL.Path {
	case "/":
		fmt.Fprint(w, strings.Replace(page("Accueil", words("la maison"), "/a", "/b", "/c"), "<head>", `<head><meta name="robots" content="noindex, nofollow">`, 1))
	case "/a", "/b", "/c":
		fmt.Fprint(w, page("Page "+r.URL.Path, words("la page "+r.URL.Path)))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func TestSignedInCrawl(t *testing.T) {
	house := &closedHouse{password: "right"}
	server := httptest.NewServer(house)
	defer server.Close()
	dir, keep := t.TempDir(), &shelf{items: map[string]content.Item{}}
	as := func(password string) func(*Source) {
		return func(s *Source) {
			var err error
			s.Session, err = session.New(session.Config{Kind: session.Basic, Origins: s.Seeds, User: "lecteur", Password: password, UserAgent: DefaultUserAgent})
			if err != nil {
				t.Fatal(err)
			}
		}
	}

	// The page asks public search engines to stay away; whoever has an account is none.
	report := crawlVillage(t, dir, server.URL, keep, as("right"))
	if report.Run.Status != "complete" || len(keep.items) != 4 || house.wrong != 0 {
		t.Fatalf("%s (%s), %d items, %d wrong", report.Run.Status, report.Run.Reason, len(keep.items), house.wrong)
	}
	for _, item := range keep.items {
		if item.Access.SeenAs != "lecteur" {
			t.Errorf("%s was seen as %q", item.Address, item.Access.SeenAs)
		}
	}

	// The next night the password has changed: one attempt, and no item is lost.
	house.password = "changed"
	house.asked = 0
	report = crawlVillage(t, dir, server.URL, keep, as("right"))
	var refused *session.Refused
	if report.Run.Status != "partial" || !errors.As(report.Refused["village"], &refused) || refused.Reason != session.WrongPassword {
		t.Errorf("%s (%s), %v", report.Run.Status, report.Run.Reason, report.Refused)
	}
	if house.wrong != 1 || house.asked > 2 {
		t.Errorf("%d attempts and %d requests with a password that has changed", house.wrong, house.asked)
	}
	if len(keep.items) != 4 {
		t.Errorf("%d items are left of 4", len(keep.items))
	}
	for _, tally := range report.Tallies {
		if tally.State == frontier.Pending || tally.State == frontier.NeedsLogin {
			t.Errorf("%d are %s", tally.Count, tally.State)
		}
	}

	// The night after, with the new one, all is well again.
	report = crawlVillage(t, dir, server.URL, keep, as("changed"))
	if report.Run.Status != "complete" || len(keep.items) != 4 {
		t.Errorf("%s (%s), %d items", report.Run.Status, report.Run.Reason, len(keep.items))
	}
}

// Under another name and signed in no more, the source takes nothing over: no item is gone, none is read anew as anybody's.
func TestSignedInIsNotAdoptedByAnybody(t *testing.T) {
	house := &closedHouse{password: "right"}
	server := httptest.NewServer(house)
	defer server.Close()
	dir, keep := t.TempDir(), &shelf{items: map[string]content.Item{}}
	crawlVillage(t, dir, server.URL, keep, func(s *Source) {
		var err error
		if s.Session, err = session.New(session.Config{Kind: session.Basic, Origins: s.Seeds, User: "lecteur", Password: "right", UserAgent: DefaultUserAgent}); err != nil {
			t.Fatal(err)
		}
	})
	for range 3 {
		crawlVillage(t, dir, server.URL, keep, func(s *Source) { s.Name = "host" })
	}
	if len(keep.items) != 4 {
		t.Errorf("%d items are left of 4", len(keep.items))
	}
	for _, item := range keep.items {
		if item.Source != "village" || item.Access.SeenAs != "lecteur" {
			t.Errorf("%s is of %s, seen as %q", item.Address, item.Source, item.Access.SeenAs)
		}
	}
}
