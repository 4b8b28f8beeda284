package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestKilledAnywhere kills filon at random moments – while it signs in, reads sitemaps, keeps pages, writes the
// search index – and then lets it finish: the inventory must be that of a crawl that nothing disturbed.
//
//	FILON_KILLS=50 go test ./cmd/filon -run KilledAnywhere -v
func TestKilledAnywhere(t *testing.T) {
	kills := 4
	if n, err := strconv.Atoi(os.Getenv("FILON_KILLS")); err == nil {
		kills = n
	}
	works := newWorks(t)
	t.Setenv("FILON_PASSWORD", "Sapin-4471")
	config := filepath.Join(t.TempDir(), "filon.yaml")
	text := "sources:\n  - name: ateliers\n    seeds: [" + works.URL + "/]\n    auth: {kind: form, user: reader, password: {env: FILON_PASSWORD}}\n" +
		"    delay: 0s\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	calm, hurt := t.TempDir(), t.TempDir()
	begun := time.Now()
	filonDoes(t, "crawl", "--config", config, "--data", calm)
	whole := time.Since(begun)
	once := works.pages.Load()

	moments := rand.New(rand.NewPCG(3, 1))
	for n := 0; n < kills; {
		cmd := exec.Command("filon", "crawl", "--config", config, "--data", hurt)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Early moments are as likely as late ones, though every crawl finds less to do than the one before.
		timer := time.AfterFunc(time.Duration(moments.Float64()*moments.Float64()*float64(whole)), func() { cmd.Process.Kill() })
		if err := cmd.Wait(); err != nil {
			n++
		} else if n < kills { // it was quicker than the blow: the inventory is whole, begin another
			timer.Stop()
			if err := os.RemoveAll(hurt); err != nil {
				t.Fatal(err)
			}
		}
	}
	filonDoes(t, "crawl", "--config", config, "--data", hurt)
	t.Logf("%d kills, %d pages served in a calm crawl of %v and %d in all", kills, once, whole.Round(time.Millisecond), works.pages.Load())

	want, got := inventoryOf(t, calm), inventoryOf(t, hurt)
	if len(want) != worksPages+1+1 || !slices.Equal(want, got) { // the first page, and the heading
		t.Errorf("%d rows undisturbed, %d after %d kills, or not the same", len(want), len(got), kills)
	}
	for _, dir := range []string{calm, hurt} {
		found := filonDoes(t, "search", "--data", dir, "--limit", "1000", "--format", "urls")
		if n := strings.Count(found, "\n"); n != worksPages+1 {
			t.Errorf("search finds %d of %d items", n, worksPages+1)
		}
	}
}

// inventoryOf is the full export in order, without the times of crawling.
func inventoryOf(t *testing.T, dir string) []string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "full.csv")
	filonDoes(t, "export", "--data", dir, "--columns", "full", "-o", name)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	reader.Comma = ';'
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	when := slices.Index(rows[0], "crawled_at")
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = fmt.Sprintf("%q", slices.Delete(row, when, when+1))
	}
	slices.Sort(lines)
	return lines
}

// works is a site behind a form, with sitemaps of all its pages.
type works struct {
	*httptest.Server
	pages atomic.Int64 // served so far
}

const worksPages = 240

func newWorks(t *testing.T) *works {
	w := &works{}
	mux := http.NewServeMux()
	html := func(rw http.ResponseWriter, body string) {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(rw, `<!DOCTYPE html><html lang="fr">`, body)
	}
	inside := func(h http.HandlerFunc) http.HandlerFunc {
		return func(rw http.ResponseWriter, r *http.Request) {
			if c, err := r.Cookie("seat"); err != nil || c.Value != "taken" {
				http.Redirect(rw, r, "/login", http.StatusFound)
				return
			}
			w.pages.Add(1)
			h(rw, r)
		}
	}
	mux.HandleFunc("GET /login", func(rw http.ResponseWriter, r *http.Request) {
		time.Sleep(20 * time.Millisecond)
		html(rw, `<title>Connexion</title><form method="post"><input type="hidden" name="jeton" value="7"><input name="user"><input type="password" name="password"><button>Entrer</button></form>`)
	})
	mux.HandleFunc("POST /login", func(rw http.ResponseWriter, r *http.Request) {
		time.Sleep(20 * time.Millisecond)
		if r.FormValue("jeton") == "7" && r.FormValue("user") == "reader" && r.FormValue("password") == "Sapin-4471" {
			http.SetCookie(rw, &http.Cookie{Name: "seat", Value: "taken", Path: "/"})
		}
		http.Redirect(rw, r, "/", http.StatusSeeOther)
	})
	mux.HandleFunc("GET /robots.txt", func(rw http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(rw, "User-agent: *\nSitemap: %s/plan.xml\n", w.URL)
	})
	mux.HandleFunc("GET /plan.xml", func(rw http.ResponseWriter, r *http.Request) {
		fmt.Fprint(rw, `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		for part := range 4 {
			fmt.Fprintf(rw, `<sitemap><loc>%s/plan-%d.xml</loc></sitemap>`, w.URL, part)
		}
		fmt.Fprint(rw, `</sitemapindex>`)
	})
	for part := range 4 {
		mux.HandleFunc(fmt.Sprintf("GET /plan-%d.xml", part), func(rw http.ResponseWriter, r *http.Request) {
			time.Sleep(20 * time.Millisecond)
			fmt.Fprint(rw, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
			for n := part; n < worksPages; n += 4 {
				fmt.Fprintf(rw, `<url><loc>%s/chantier/%d</loc></url>`, w.URL, n)
			}
			fmt.Fprint(rw, `</urlset>`)
		})
	}
	mux.HandleFunc("GET /chantier/{n}", inside(func(rw http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.PathValue("n"))
		if err != nil || n >= worksPages {
			http.NotFound(rw, r)
			return
		}
		html(rw, fmt.Sprintf(`<title>Chantier %d</title><main><h1>Chantier %d</h1><p>Sur le chantier numéro %d, l'équipe a posé %d mètres de charpente en %d jours, sans un accident.</p>
			<p><a href="/chantier/%d">le suivant</a> <a href="/chantier/%d">un autre</a></p></main>`, n, n, n, 40+n*3, 5+n%17, (n+1)%worksPages, n*7%worksPages))
	}))
	mux.HandleFunc("GET /{$}", inside(func(rw http.ResponseWriter, r *http.Request) {
		html(rw, `<title>Les ateliers</title><main><h1>Les ateliers</h1><p>Bienvenue sur le journal des chantiers de la maison. <a href="/chantier/0">Le premier chantier</a></p></main>`)
	}))
	w.Server = httptest.NewServer(mux)
	t.Cleanup(w.Close)
	return w
}
