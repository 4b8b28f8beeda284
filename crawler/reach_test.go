package crawler

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"filon/crawler/content"
	"filon/crawler/session"
)

// Each item of a source that signs in reaches as far as a look without the sign-in shows, on the first night and
// when only that changes; credentials never go along with the look.
func TestHowFarItemsReach(t *testing.T) {
	var mu sync.Mutex
	open := map[string]bool{"/ouvert": true, "/notice.txt": true}
	asked := map[string]int{} // without the key
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		signed := r.Header.Get("X-Key") == "Cypres-77"
		if !signed {
			asked[r.URL.Path]++
		}
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("ETag", `"un"`)
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		text := words("la page " + r.URL.Path)
		switch p := r.URL.Path; {
		case p == "/accroche" && !signed:
			fmt.Fprint(w, page(p, text[:60]))
		case !signed && p == "/cadre":
			w.WriteHeader(http.StatusForbidden)
		case !signed && p == "/brouillon":
			http.NotFound(w, r)
		case !signed && !open[p]:
			w.WriteHeader(http.StatusUnauthorized)
		case p == "/":
			fmt.Fprint(w, page("Accueil", words("la maison"), "/ouvert", "/interne", "/cadre", "/brouillon", "/accroche", "/notice.txt", "/secret.txt"))
		case strings.HasSuffix(p, ".txt"):
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			fmt.Fprint(w, strings.Repeat(text+"\n", 400))
		case strings.Contains("/ouvert /interne /cadre /brouillon /accroche", p):
			fmt.Fprint(w, page(p, text))
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	signed, err := session.New(session.Config{Kind: session.Header, Headers: map[string]string{"X-Key": "Cypres-77"}, Origins: []string{server.URL}, Probe: server.URL + "/", UserAgent: DefaultUserAgent})
	if err != nil {
		t.Fatal(err)
	}
	keep := &shelf{items: map[string]content.Item{}}
	dir := t.TempDir()
	night := 0
	crawlAndLook := func(pass bool, want map[string]content.Visibility) {
		t.Helper()
		report := crawlWith(t, dir, server.URL, keep, func(o *Options) {
			o.Day = o.Day.AddDate(0, 0, night)
			o.Sources[0].Session, o.Sources[0].AnonymousPass, o.Sources[0].Visibility = signed, pass, "intranet"
		})
		night++
		if report.Run.Status != "complete" {
			t.Errorf("%s (%s)", report.Run.Status, report.Run.Reason)
		}
		for path, v := range want {
			if got := keep.items[server.URL+path].Access; got.Visibility != v || got.SeenAs == "" {
				t.Errorf("night %d: %s is %q seen as %q, want %s", night, path, got.Visibility, got.SeenAs, v)
			}
		}
	}
	all := map[string]content.Visibility{"/": "intranet", "/ouvert": "public", "/interne": "intranet", "/cadre": "intranet", "/brouillon": "restricted",
		"/accroche": "intranet", "/notice.txt": "public", "/secret.txt": "intranet"}
	crawlAndLook(true, all)
	mu.Lock()
	open["/ouvert"], open["/interne"] = false, true
	mu.Unlock()
	all["/ouvert"], all["/interne"] = "intranet", "public"
	crawlAndLook(true, all)
	mu.Lock()
	clear(asked)
	mu.Unlock()
	crawlAndLook(false, map[string]content.Visibility{"/ouvert": "intranet", "/brouillon": "intranet", "/interne": "intranet", "/cadre": "intranet", "/notice.txt": "intranet"})
	for path, n := range asked {
		if path != "/robots.txt" && path != "/" && !strings.Contains(path, "filon") {
			t.Errorf("%s was asked %d times without the sign-in, although that is not wanted", path, n)
		}
	}
}
