package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// village is a site whose pages repeat a notice and a call inside of their articles, whose titles end with its name,
// and whose server was moved on one day.
type village struct {
	*httptest.Server
	notice atomic.Value // string
	name   atomic.Value // string
	extra  atomic.Int64 // pages beyond the first
	policy string
}

const villagePages = 32

func newVillage(t *testing.T) *village {
	v := &village{}
	v.notice.Store("Document confidentiel – usage interne")
	v.name.Store("Cahiers de Fontbrune")
	mux := http.NewServeMux()
	page := func(w http.ResponseWriter, title, body string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Last-Modified", "Mon, 04 May 2026 10:00:00 GMT")
		fmt.Fprintf(w, `<!DOCTYPE html><html lang="fr"><title>%s – %s</title><article><p>%s</p>%s<p>Recevez chaque mois notre lettre : inscrivez votre adresse et nous vous écrirons.</p></article>`, title, v.name.Load(), v.notice.Load(), body)
	}
	mux.HandleFunc("GET /{trade}/{place}", func(w http.ResponseWriter, r *http.Request) {
		n := slices.Index(v.notes(), r.URL.Path)
		if n < 0 {
			http.NotFound(w, r)
			return
		}
		rng := rand.New(rand.NewPCG(uint64(n), 7))
		pick := func(list string) string { words := strings.Fields(list); return words[rng.IntN(len(words))] }
		own := ""
		for range 6 {
			own += fmt.Sprintf("Les %s ont %s la %s de la vieille halle, puis %s les %s avec %s. ", pick("compagnons voisins élèves artisans anciens bénévoles"),
				pick("démonté repeint nettoyé mesuré relevé photographié"), pick("charpente façade toiture cave porte fontaine galerie"), pick("posé trié numéroté rangé compté poncé"),
				pick("poutres tuiles pierres vitres ferrures lattes"), pick("patience méthode joie prudence entrain rigueur"))
		}
		page(w, fmt.Sprintf("%s au %s", strings.ToUpper(r.PathValue("trade")[:1])+r.PathValue("trade")[1:], r.PathValue("place")), "<p>"+own+"</p>")
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		more := ""
		for _, note := range v.notes() {
			more += fmt.Sprintf(`<p><a href="%s">%s</a></p>`, note, note[1:])
		}
		page(w, "Accueil", `<p>Toutes les notes du chantier de la vieille halle, par ordre d'arrivée, à lire et à discuter entre voisins du quartier.</p>`+more)
	})
	v.Server = httptest.NewServer(mux)
	t.Cleanup(v.Close)
	return v
}

// notes are the paths of its pages but the first.
func (v *village) notes() (all []string) {
	for _, trade := range strings.Fields("charpente couverture zinguerie plomberie peinture menuiserie") {
		for _, place := range strings.Fields("lavoir moulin beffroi verger pont cellier") {
			all = append(all, "/"+trade+"/"+place)
		}
	}
	return all[:villagePages+int(v.extra.Load())]
}

// crawl is one night, as an intranet.
func (v *village) crawl(t *testing.T, dir, day string, more ...string) string {
	t.Helper()
	config := filepath.Join(dir, "filon.yaml")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	text := "sources:\n  - name: carnets\n    seeds: [" + v.URL + "/]\n    visibility: intranet\n    delay: 0s\n" + v.policy
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return filonDoes(t, append([]string{"crawl", "--config", config, "--data", dir, "--today", day}, more...)...)
}

// changes are what the newest crawl changed.
func (v *village) changes(t *testing.T, dir string) (kinds []string) {
	t.Helper()
	var diff struct{ Changes []struct{ Kind, URL string } }
	if err := json.Unmarshal([]byte(filonDoes(t, "diff", "--data", dir, "--format", "json")), &diff); err != nil {
		t.Fatal(err)
	}
	for _, c := range diff.Changes {
		kinds = append(kinds, c.Kind+" "+strings.TrimPrefix(c.URL, v.URL))
	}
	return kinds
}

// villager is one item of its inventory.
type villager struct {
	URL, Title, Text, Verdict string
	Modified                  *string `json:"date_modified"`
	Words                     int     `json:"word_count"`
	Reasons                   []struct{ Rule, Severity, Where string }
}

// items are those of an inventory, by path.
func (v *village) items(t *testing.T, dir string) map[string]villager {
	t.Helper()
	all := map[string]villager{}
	for d := json.NewDecoder(strings.NewReader(filonDoes(t, "export", "--data", dir, "--format", "jsonl"))); ; {
		var item villager
		if err := d.Decode(&item); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		path, err := url.PathUnescape(strings.TrimPrefix(item.URL, v.URL))
		if err != nil {
			t.Fatal(err)
		}
		all[path] = item
	}
}

// TestTemplateIsLearned: what a source's pages have in common leaves all of them at the end of the first crawl, but a
// marking in it still holds them back.
func TestTemplateIsLearned(t *testing.T) {
	v := newVillage(t)
	open, dir := t.TempDir(), t.TempDir()
	v.crawl(t, dir, "2026-11-02")
	v.notice.Store("Bienvenue sur les carnets du chantier, que chacun peut lire et commenter.")
	v.crawl(t, open, "2026-11-02")
	withheld, kept := v.items(t, dir), v.items(t, open)
	for _, n := range v.notes() {
		if it := withheld[n]; it.Verdict != "never" || !slices.ContainsFunc(it.Reasons, func(r struct{ Rule, Severity, Where string }) bool {
			return r.Rule == "marking/confidential" && r.Severity == "block" && r.Where == "template"
		}) {
			t.Errorf("%s: %s, %+v", n, it.Verdict, it.Reasons)
		}
		it := kept[n]
		if it.Verdict == "never" || strings.Contains(it.Text, "lettre") || strings.Contains(it.Text, "Bienvenue") || !strings.Contains(it.Text, "vieille halle") || it.Words != len(strings.Fields(it.Text)) {
			t.Fatalf("%s, %d words: %q", n, it.Words, it.Text)
		}
		if !strings.Contains(it.Title, " au ") || strings.Contains(it.Title, "Fontbrune") {
			t.Errorf("%s: title %q", n, it.Title)
		}
		if it.Modified != nil {
			t.Errorf("%s: modified %s, the day on which all pages were moved", n, *it.Modified)
		}
	}
	if home := kept["/"]; home.Title != "Accueil – Cahiers de Fontbrune" {
		t.Errorf("the first page: title %q", home.Title)
	}
	removed := filonDoes(t, "show", v.URL+"/charpente/lavoir", "--data", open, "--removed")
	for _, want := range []string{"[modèle du site : répété sur beaucoup de ses pages]", "Recevez chaque mois notre lettre", "Charpente au lavoir – Cahiers de Fontbrune", "2026-05-04 (http)"} {
		if !strings.Contains(removed, want) {
			t.Errorf("show --removed does not say %q:\n%s", want, removed)
		}
	}
	if secret := filonDoes(t, "show", v.URL+"/charpente/lavoir", "--data", dir, "--removed"); strings.Contains(secret, "lettre") {
		t.Errorf("show --removed quotes what must never leave:\n%s", secret)
	}
}

// TestTemplateFromNightToNight: the inventory of several nights is that of one crawl of the last, and a change of the
// template alone is no change of a page.
func TestTemplateFromNightToNight(t *testing.T) {
	v := newVillage(t)
	v.notice.Store("Bienvenue sur les carnets du chantier, que chacun peut lire et commenter.")
	nights := t.TempDir()
	v.crawl(t, nights, "2026-11-02")
	changes := func() []string { return v.changes(t, nights) }
	v.crawl(t, nights, "2026-11-03", "--full")
	if got := changes(); len(got) != 0 {
		t.Errorf("a night in which nothing changed: %q", got)
	}
	v.notice.Store("Bienvenue sur nos carnets : chacun peut les lire, les commenter et les partager.")
	v.name.Store("Journal de Fontbrune")
	v.crawl(t, nights, "2026-11-04", "--full")
	if got := changes(); len(got) != 0 && !reflect.DeepEqual(got, []string{"changed /"}) { // the name of the site is the title of its first page
		t.Errorf("a night in which the template changed: %q", got)
	}
	v.extra.Store(2)
	v.crawl(t, nights, "2026-11-05", "--full")
	if got := changes(); !reflect.DeepEqual(got, []string{"new /menuiserie/beffroi", "new /menuiserie/verger", "changed /"}) {
		t.Errorf("a night with two pages more: %q", got)
	}
	fresh := t.TempDir()
	v.crawl(t, fresh, "2026-11-05")
	if a, b := withoutColumns(t, inventoryOf(t, nights)), withoutColumns(t, inventoryOf(t, fresh)); !slices.Equal(a, b) {
		t.Errorf("four nights and one crawl differ:\n%s\n%s", a[1], b[1])
	}
}

// TestTheGardenFromNightToNight: what is counted and not kept does not change because its source's template is known.
func TestTheGardenFromNightToNight(t *testing.T) {
	v := newVillage(t)
	v.policy = "policy:\n  garden:\n    paths: [/charpente/*]\n"
	dir := t.TempDir()
	v.crawl(t, dir, "2026-11-02")
	v.crawl(t, dir, "2026-11-03", "--full")
	if got := v.changes(t, dir); len(got) != 0 {
		t.Errorf("a night in which nothing changed: %q", got)
	}
}

// withoutColumns leaves out of an inventory when an item was first seen and when it changed.
func withoutColumns(t *testing.T, rows []string) []string {
	t.Helper()
	var head []string
	for _, row := range rows {
		if strings.HasPrefix(row, `["item_id"`) {
			head = strings.Split(row, `" "`)
		}
	}
	var out []string
	for _, row := range rows {
		cells := strings.Split(row, `" "`)
		if len(cells) != len(head) {
			t.Fatalf("%d cells, %d columns: %s", len(cells), len(head), row)
		}
		var kept []string
		for i, c := range cells {
			if !strings.HasPrefix(head[i], "first_") && !strings.Contains(head[i], "changed") {
				kept = append(kept, c)
			}
		}
		out = append(out, strings.Join(kept, " "))
	}
	slices.Sort(out)
	return out
}

// TestTemplateSurvivesKilling kills the end of a crawl, when the template is taken out of what was kept.
func TestTemplateSurvivesKilling(t *testing.T) {
	v := newVillage(t)
	calm, hurt := t.TempDir(), t.TempDir()
	begun := time.Now()
	v.crawl(t, calm, "2026-11-02")
	whole := time.Since(begun)
	moments := rand.New(rand.NewPCG(5, 2))
	for range 5 {
		cmd := exec.Command("filon", "crawl", "--config", filepath.Join(calm, "filon.yaml"), "--data", hurt, "--today", "2026-11-02")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration((.4+.6*moments.Float64())*float64(whole)), func() { cmd.Process.Kill() })
		cmd.Wait() // it says only that it was killed, or was quicker
	}
	v.crawl(t, hurt, "2026-11-02", "--workers", "1")
	if a, b := inventoryOf(t, calm), inventoryOf(t, hurt); len(a) != villagePages+2 || !slices.Equal(a, b) {
		t.Errorf("%d rows undisturbed, %d after the kills, or not the same", len(a), len(b))
	}
}
