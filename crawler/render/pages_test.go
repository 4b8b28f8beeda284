package render

import (
	"context"
	"errors"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
)

func TestAllowed(t *testing.T) {
	for _, c := range []struct {
		method, url string
		kind        network.ResourceType
		want        bool
	}{
		{"GET", "https://site.fr/", network.ResourceTypeDocument, true},
		{"HEAD", "http://site.fr/a.json", network.ResourceTypeXHR, true},
		{"GET", "https://site.fr/app.js", network.ResourceTypeScript, true},
		{"POST", "https://site.fr/api", network.ResourceTypeXHR, false},
		{"DELETE", "https://site.fr/api/1", network.ResourceTypeFetch, false},
		{"GET", "https://site.fr/a.jpg", network.ResourceTypeImage, false},
		{"GET", "https://site.fr/a.woff2", network.ResourceTypeFont, false},
		{"GET", "file:///etc/passwd", network.ResourceTypeDocument, false},
		{"GET", "ws://site.fr/", network.ResourceTypeWebSocket, false},
		{"GET", "chrome://settings", network.ResourceTypeDocument, false},
	} {
		if got := allowed(c.method, c.url, c.kind); got != c.want {
			t.Errorf("%s %s (%s): %v", c.method, c.url, c.kind, got)
		}
	}
}

func TestTheBrowserKnowsNoSecret(t *testing.T) {
	t.Setenv("FILON_PASSWORD", "canari")
	t.Setenv("DISPLAY", ":7")
	if env := strings.Join(environment(), "\n"); strings.Contains(env, "canari") || strings.Contains(env, ":7") {
		t.Error(env)
	}
	if env := strings.Join(personEnvironment(), "\n"); strings.Contains(env, "canari") || !strings.Contains(env, "DISPLAY=:7") {
		t.Error(env)
	}
}

func TestRootIsTold(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("this is not root")
	}
	t.Setenv(UnsandboxedVariable, "")
	if _, err := New(Options{Browser: "/bin/true"}); !errors.Is(err, ErrRoot) {
		t.Errorf("root: %v", err)
	}
}

// pages gives a browser, or skips the test where there is none.
func pages(t *testing.T, limit time.Duration) *Pages {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
	p, err := New(Options{Time: limit, Folder: t.TempDir()})
	if err != nil {
		t.Skip("no page can be run here: ", err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

// site answers a page's requests from a map, and remembers them.
type site struct {
	mu    sync.Mutex
	asked []string
	files map[string]string
}

func (s *site) fetch(_ context.Context, url string) (Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, url)
	body, ok := s.files[url]
	switch {
	case !ok:
		return Answer{}, errors.New("not ours")
	case strings.HasPrefix(body, "→"):
		return Answer{Status: 302, Header: http.Header{"Location": {strings.TrimPrefix(body, "→")}}}, nil
	}
	kind := "text/html; charset=utf-8"
	if strings.HasSuffix(url, ".js") {
		kind = "text/javascript"
	}
	return Answer{Status: 200, Header: http.Header{"Content-Type": {kind}}, Body: []byte(body)}, nil
}

// What a page asks for goes through fetch; what filon would not ask for is never asked.
func TestPage(t *testing.T) {
	p := pages(t, 10*time.Second)
	s := &site{files: map[string]string{
		"https://site.example/": `<!doctype html><html lang="fr"><body><div id="root"></div><img src="/photo.jpg"><script src="/app.js"></script></body></html>`,
		"https://site.example/app.js": `alert("bonjour");
			fetch("/ecrire", {method: "POST", body: "x"}).catch(() => {});
			fetch("https://ailleurs.example/espion").catch(() => {});
			new WebSocket("wss://site.example/fil");
			fetch("/donnees").then(r => r.text()).then(t => { document.getElementById("root").innerHTML = "<h1>" + t + "</h1><a href='/suite'>suite</a>"; });`,
		"https://site.example/donnees":  "→/donnees2",
		"https://site.example/donnees2": "La coulée du matin",
	}}
	r, err := p.Page(t.Context(), "https://site.example/", s.fetch)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(r.HTML, "<h1>La coulée du matin</h1>") || r.Cut {
		t.Errorf("cut %v: %s", r.Cut, r.HTML)
	}
	for _, not := range []string{"https://site.example/ecrire", "https://site.example/photo.jpg", "wss://site.example/fil"} {
		if slices.Contains(s.asked, not) {
			t.Errorf("%s was asked for", not)
		}
	}
	if r.Blocked == 0 || r.Asked != 4 {
		t.Errorf("%d asked, %d blocked: %v", r.Asked, r.Blocked, s.asked)
	}
}

// A page that never rests, and one whose scripts never end, cost their time and no more; the next page
// is not disturbed.
func TestPagesThatNeverEnd(t *testing.T) {
	p := pages(t, 2*time.Second)
	s := &site{files: map[string]string{
		"https://site.example/encore": `<html><body><p>Du texte</p><script>setInterval(() => fetch("/rien").catch(() => {}), 50)</script></body></html>`,
		"https://site.example/rien":   "rien",
		"https://site.example/boucle": `<html><body><script>for(;;){}</script></body></html>`,
		"https://site.example/bon":    `<html><body><script>document.body.textContent = "Tout va bien"</script></body></html>`,
	}}
	begun := time.Now()
	if r, err := p.Page(t.Context(), "https://site.example/encore", s.fetch); err != nil || !strings.Contains(r.HTML, "Du texte") || !r.Cut {
		t.Errorf("a page that never rests: %+v, %v", r, err)
	}
	if r, err := p.Page(t.Context(), "https://site.example/boucle", s.fetch); err == nil {
		t.Errorf("a script that never ends: %+v", r)
	}
	if r, err := p.Page(t.Context(), "https://site.example/bon", s.fetch); err != nil || !strings.Contains(r.HTML, "Tout va bien") {
		t.Errorf("the page after: %+v, %v", r, err)
	}
	if took := time.Since(begun); took > 25*time.Second {
		t.Errorf("took %v", took)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Page(gone, "https://site.example/bon", s.fetch); err == nil {
		t.Error("a page of a crawl that has ended")
	}
}
