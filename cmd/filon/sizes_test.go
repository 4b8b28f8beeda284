package main

import (
	"encoding/json"
	"fmt"
	"image"
	"image/color/palette"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// gallery is a site whose pages show pictures without saying how large they are.
type gallery struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string // pictures, with the range
	sent  int64    // bytes of the endless one
}

func newGallery(t *testing.T) *gallery {
	g := &gallery{}
	mux := http.NewServeMux()
	page := func(w http.ResponseWriter, title, more string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!DOCTYPE html><html lang="fr"><head><title>%s</title><meta property="og:image" content="/img/og-%s.png"></head><main><h1>%s</h1>
			<p>La charpente de la halle a été relevée en douze semaines par les compagnons, avec l'aide des habitants du quartier de %s.</p>%s
			<p>Chaque poutre a été numérotée, nettoyée puis remise à sa place, et la couverture suivra au printemps, avant les pluies.</p></main>`, title, title, title, title, more)
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		page(w, "Halle", `<p><a href="/lavoir">le lavoir</a></p><img src="/img/photo-halle.png" alt="La halle"><img src="/img/known.png" width="800" height="600" alt="Le chantier">
			<img src="/private/photo.png" alt="Le bureau"><img src="http://elsewhere.invalid/photo.png" alt="Ailleurs"><img src="/img/delete?id=4" alt="Une photo">`)
	})
	mux.HandleFunc("GET /lavoir", func(w http.ResponseWriter, r *http.Request) {
		page(w, "Lavoir", `<img src="/img/photo-halle.png" alt="La halle"><img src="/img/endless.png" alt="Le lavoir"><img src="/img/gone.png" alt="Le puits">`)
	})
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n")
	})
	picture := image.NewPaletted(image.Rect(0, 0, 1200, 630), palette.Plan9)
	mux.HandleFunc("GET /img/{name}", func(w http.ResponseWriter, r *http.Request) {
		g.mu.Lock()
		g.asked = append(g.asked, r.PathValue("name")+" "+r.Header.Get("Range"))
		g.mu.Unlock()
		w.Header().Set("Content-Type", "image/png")
		switch r.PathValue("name") {
		case "gone.png":
			http.NotFound(w, r)
			return
		}
		png.Encode(w, picture)
		if r.PathValue("name") == "endless.png" {
			for range 1000 {
				n, err := w.Write(make([]byte, 1<<16))
				g.mu.Lock()
				g.sent += int64(n)
				g.mu.Unlock()
				if err != nil {
					return
				}
			}
		}
	})
	mux.HandleFunc("GET /private/{name}", func(w http.ResponseWriter, r *http.Request) { t.Error("a picture that robots.txt keeps was asked for") })
	g.Server = httptest.NewServer(mux)
	t.Cleanup(g.Close)
	return g
}

func (g *gallery) crawl(t *testing.T, dir, day, more string) (asked []string) {
	t.Helper()
	config := filepath.Join(dir, "filon.yaml")
	if err := os.WriteFile(config, []byte("sources:\n  - name: halle\n    seeds: ["+g.URL+"/]\n    delay: 0s\n"+more), 0o600); err != nil {
		t.Fatal(err)
	}
	g.mu.Lock()
	g.asked = nil
	g.mu.Unlock()
	filonDoes(t, "crawl", "--config", config, "--data", dir, "--today", day)
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Sorted(slices.Values(g.asked))
}

// TestSizesOfPictures: pictures without a size are asked for their first bytes, once, best first, within the rules.
func TestSizesOfPictures(t *testing.T) {
	g := newGallery(t)
	dir := t.TempDir()
	want := []string{"endless.png bytes=0-65535", "gone.png bytes=0-65535", "og-Halle.png bytes=0-65535", "og-Lavoir.png bytes=0-65535", "photo-halle.png bytes=0-65535"}
	if got := g.crawl(t, dir, "2026-11-02", ""); !slices.Equal(got, want) {
		t.Errorf("asked for %q, want %q", got, want)
	}
	g.mu.Lock()
	if g.sent > 16<<20 {
		t.Errorf("%d bytes of a picture without an end were taken", g.sent)
	}
	g.mu.Unlock()
	sizes := func(dir, path string) map[string]int {
		var item struct {
			Images []struct {
				Address string
				Width   int
				Missing bool
			}
		}
		if err := json.Unmarshal([]byte(filonDoes(t, "show", g.URL+path, "--data", dir, "--format", "json")), &item); err != nil {
			t.Fatal(err)
		}
		all := map[string]int{}
		for _, m := range item.Images {
			all[strings.TrimPrefix(m.Address, g.URL)] = m.Width
			if m.Missing {
				all[strings.TrimPrefix(m.Address, g.URL)] = -1
			}
		}
		return all
	}
	if got := sizes(dir, "/lavoir"); got["/img/og-Lavoir.png"] != 1200 || got["/img/photo-halle.png"] != 1200 || got["/img/endless.png"] != 1200 || got["/img/gone.png"] != -1 {
		t.Errorf("sizes %v", got)
	}
	if got := g.crawl(t, dir, "2026-11-12", ""); len(got) != 0 {
		t.Errorf("asked again for %q", got)
	}
	if got := sizes(dir, "/"); got["/img/photo-halle.png"] != 1200 || got["/img/known.png"] != 800 {
		t.Errorf("sizes after the second night: %v", got)
	}

	slow := t.TempDir()
	for night, want := range [][]string{{"og-Halle.png bytes=0-65535", "og-Lavoir.png bytes=0-65535"}, {"endless.png bytes=0-65535", "gone.png bytes=0-65535"}, {"photo-halle.png bytes=0-65535"}, nil} {
		if got := g.crawl(t, slow, fmt.Sprintf("2026-11-%02d", night+2), "    image-sizes: 2\n"); !slices.Equal(got, want) {
			t.Errorf("night %d on a budget: asked for %q, want %q", night, got, want)
		}
	}
	if a, b := sizes(dir, "/lavoir"), sizes(slow, "/lavoir"); fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("after the nights on a budget: %v, want %v", b, a)
	}
	if got := g.crawl(t, t.TempDir(), "2026-11-02", "    image-sizes: 0\n"); len(got) != 0 {
		t.Errorf("asked for %q although the source says never", got)
	}
}
