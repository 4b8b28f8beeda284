package template

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// subjects make texts that no two pages share.
var subjects = strings.Fields("atelier chaudière façade toiture réseau jardin école musée pont canal verger moulin phare grange théâtre marché gare piscine forge serre")

// page makes a page of its own with n words about a subject.
func page(n int, address string, around ...string) content.Item {
	s := subjects[n%len(subjects)]
	own := fmt.Sprintf("Le chantier %s numéro %d a commencé au printemps avec douze compagnons, et la commune de %s%d en suit chaque étape depuis le premier jour.", s, n, s, n)
	item := content.Item{ID: content.ID(address), Address: address, Source: "site", MIME: "text/html", Language: "fr", Title: fmt.Sprintf("Le %s de %s%c%c", s, s, 'a'+n%26, 'a'+n/26%26)}
	item.H1 = item.Title
	item.Text = strings.Join(append([]string{item.Title, own}, around...), "\n\n")
	item.Shape.Words = len(strings.Fields(item.Text))
	return item
}

func learn(t *testing.T, items []content.Item) Template {
	t.Helper()
	tmpl, err := Learn(func(do func(Page) error) error {
		for _, it := range items {
			if err := do(Page{it.ID, it.Address, it.Language, PrintOf(it)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return tmpl
}

const (
	banner = "Document confidentiel – usage interne"
	letter = "Recevez chaque mois notre lettre : inscrivez votre adresse et nous vous écrirons."
)

func TestTemplateLeavesTheText(t *testing.T) {
	var items []content.Item
	for n := range 40 {
		it := page(n, fmt.Sprintf("https://a.example/p%d", n), letter)
		it.Text = banner + "\n\n" + it.Text
		it.Shape.Words += len(strings.Fields(banner))
		items = append(items, it)
	}
	tmpl := learn(t, items)
	for _, it := range items {
		got := tmpl.Apply(it)
		if strings.Contains(got.Text, "lettre") || strings.Contains(got.Text, "confidentiel") || !strings.HasPrefix(got.Text, it.Title) {
			t.Fatalf("text %q", got.Text)
		}
		if len(got.Template) != 2 || got.Template[0].Text != banner || got.Template[1].Text != letter {
			t.Errorf("taken out: %+v", got.Template)
		}
		if got.Shape.Words != len(strings.Fields(got.Text)) {
			t.Errorf("%d words, want %d", got.Shape.Words, len(strings.Fields(got.Text)))
		}
		if back := Undo(got); !reflect.DeepEqual(back, it) {
			t.Errorf("put back: %+v, want %+v", back, it)
		}
		if !reflect.DeepEqual(PrintOf(got), PrintOf(it)) {
			t.Error("the print hangs on what was taken out")
		}
	}
}

// TestOrderDoesNotMatter learns from the same items in other orders.
func TestOrderDoesNotMatter(t *testing.T) {
	var items []content.Item
	for n := range 60 {
		it := page(n, fmt.Sprintf("https://a.example/%d/p%d", n%3, n), letter)
		it.Declared = it.Title + " – Ville de Fontbrune"
		items = append(items, it)
	}
	want, err := json.Marshal(learn(t, items))
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(5) {
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		got, err := json.Marshal(learn(t, items))
		if err != nil || string(got) != string(want) {
			t.Errorf("order %d: another template (%v)", seed, err)
		}
		var back Template
		if err := json.Unmarshal(got, &back); err != nil || !reflect.DeepEqual(back, learn(t, items)) {
			t.Errorf("read back: another template (%v)", err)
		}
	}
}

// TestNoTemplate holds what must stay although it is repeated.
func TestNoTemplate(t *testing.T) {
	long := "Ce guide explique comment monter la charpente, poser les liteaux et contrôler l'équerrage avant la couverture. Il vaut pour les pentes de trente à soixante degrés, par temps sec, avec deux échafaudages."
	for _, c := range []struct {
		name  string
		pages func() []content.Item
	}{
		{"copies and versions of one page", func() (all []content.Item) {
			for n := range 30 {
				it := page(n, fmt.Sprintf("https://a.example/p%d", n))
				if n < 14 {
					it = content.Item{Address: fmt.Sprintf("https://a.example/v%d/charpente", n), MIME: "text/html", Language: "fr", Title: fmt.Sprintf("La charpente, version %d", n), H1: "La charpente"}
					it.Text = fmt.Sprintf("%s\n\nRévision du %d mars, avec les remarques de l'atelier numéro %d sur les assemblages.", long, n+1, n)
				}
				it.ID = content.ID(it.Address)
				it.Shape.Words = len(strings.Fields(it.Text))
				all = append(all, it)
			}
			return all
		}},
		{"pages that say nothing else", func() (all []content.Item) {
			for n := range 30 {
				it := page(n, fmt.Sprintf("https://a.example/p%d", n))
				it.Text = it.Title + "\n\n" + long
				it.Shape.Words = len(strings.Fields(it.Text))
				all = append(all, it)
			}
			return all
		}},
		{"labels of what follows", func() (all []content.Item) {
			for n := range 30 {
				it := page(n, fmt.Sprintf("https://a.example/p%d", n))
				it.Text = strings.Replace(it.Text, "\n\n", "\n\nCe que nous avons fait :\n\n", 1) + fmt.Sprintf("\n\nMot de passe\n\nTilleul-%d", n)
				it.Shape.Words = len(strings.Fields(it.Text))
				all = append(all, it)
			}
			return all
		}},
		{"rows of tables", func() (all []content.Item) {
			for n := range 30 {
				all = append(all, page(n, fmt.Sprintf("https://a.example/p%d", n), fmt.Sprintf("Maître d'ouvrage\tla commune\nDurée\t%d mois\nAssurance décennale\tcomprise", n)))
			}
			return all
		}},
		{"its own title", func() (all []content.Item) {
			for n := range 30 {
				it := page(n, fmt.Sprintf("https://a.example/p%d", n), letter)
				if n == 3 {
					it.H1 = letter
				}
				all = append(all, it)
			}
			return all[3:4]
		}},
		{"a small site", func() (all []content.Item) {
			for n := range 9 {
				all = append(all, page(n, fmt.Sprintf("https://a.example/p%d", n), letter))
			}
			return all
		}},
	} {
		items := c.pages()
		tmpl := learn(t, items)
		for _, it := range items {
			if got := tmpl.Apply(it); got.Text != it.Text {
				t.Errorf("%s: %q\nis cut to %q", c.name, it.Text, got.Text)
				break
			}
		}
	}
}

// TestSections learns what only one section, or one language, repeats.
func TestSections(t *testing.T) {
	var items []content.Item
	for n := range 120 {
		it := page(n, fmt.Sprintf("https://a.example/pages/p%d", n))
		if n < 20 {
			it = page(n, fmt.Sprintf("https://a.example/presse/p%d", n), letter)
		}
		items = append(items, it)
	}
	tmpl := learn(t, items)
	if got := tmpl.Apply(items[3]); strings.Contains(got.Text, "lettre") {
		t.Errorf("in its section: %q", got.Text)
	}
	stray := page(7, "https://a.example/pages/p7", letter)
	if got := tmpl.Apply(stray); got.Text != stray.Text {
		t.Errorf("in another section: %q", got.Text)
	}
}

func TestTitles(t *testing.T) {
	var items []content.Item
	for n := range 30 {
		it := page(n, fmt.Sprintf("https://a.example/p%d", n))
		it.Title, it.H1 = it.Title+" – Mairie de Fontbrune", ""
		items = append(items, it)
	}
	whole := page(33, "https://a.example/bruit") // a heading that software repeats, and a title beside it
	for n := range 16 {
		it := page(40+n, fmt.Sprintf("https://a.example/q%d", n))
		it.Declared, it.Title, it.H1 = it.Title+" – Mairie de Fontbrune", "Fontbrune, ville à vivre", "Fontbrune, ville à vivre"
		if n == 0 {
			whole = it
		}
		items = append(items, it)
	}
	tmpl := learn(t, items)
	for _, c := range []struct{ address, title, declared, h1, want string }{
		{"https://a.example/p1", "Le pont – Mairie de Fontbrune", "", "", "Le pont"},
		{"https://a.example/p1", "Le pont - mairie de FONTBRUNE", "", "", "Le pont"},
		{"https://a.example/", "Accueil – Mairie de Fontbrune", "", "", "Accueil – Mairie de Fontbrune"},
		{"https://a.example/fr/", "Mairie de Fontbrune", "", "", "Mairie de Fontbrune"},
		{"https://a.example/accueil", "Accueil – Mairie de Fontbrune", "", "", "Accueil – Mairie de Fontbrune"},
		{"https://a.example/histoire", "Histoire – Mairie de Fontbrune", "", "Histoire – Mairie de Fontbrune", "Histoire – Mairie de Fontbrune"}, // somebody typed it
		{"https://a.example/x", "Le pont – Mairie de Valbrune", "", "", "Le pont – Mairie de Valbrune"},
		{whole.Address, whole.Title, whole.Declared, whole.H1, strings.TrimSuffix(whole.Declared, " – Mairie de Fontbrune")},
	} {
		it := content.Item{Address: c.address, MIME: "text/html", Title: c.title, Declared: c.declared, H1: c.h1}
		got := tmpl.Apply(it)
		if got.Title != c.want {
			t.Errorf("%s %q: %q, want %q", c.address, c.title, got.Title, c.want)
		}
		if back := Undo(got); !reflect.DeepEqual(back, it) {
			t.Errorf("put back: %+v, want %+v", back, it)
		}
	}
}

func TestSharedDays(t *testing.T) {
	at := func(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }
	make := func(count int) (items []content.Item) {
		for n := range count {
			it := page(n, fmt.Sprintf("https://a.example/p%d", n))
			it.Published = content.Date{Time: at("2019-01-01").AddDate(0, 0, 3*n), Source: "json-ld", Confidence: content.High}
			it.Modified = content.Date{Time: at("2026-05-04").Add(time.Duration(n) * time.Minute), Source: "json-ld", Confidence: content.High}
			if n%3 == 0 {
				it.Evidence = []content.Evidence{{Of: "modified", Date: content.Date{Time: at("2023-01-01").AddDate(0, 0, n), Source: "time", Confidence: content.Medium}},
					{Of: "modified", Date: content.Date{Time: at("2022-01-01").AddDate(0, 0, n), Source: "http", Confidence: content.Low}}}
			}
			items = append(items, it)
		}
		return items
	}
	items := make(30)
	tmpl := learn(t, items)
	for n, it := range items {
		got := tmpl.Apply(it)
		if got.Published != it.Published {
			t.Errorf("published %v, want %v", got.Published, it.Published)
		}
		if n%3 == 0 && (got.Modified != it.Evidence[0].Date || !got.Evidence[0].Doubted || got.Evidence[0].Date != it.Modified) || n%3 > 0 && !got.Modified.IsZero() {
			t.Errorf("%d: modified %+v, evidence %+v", n, got.Modified, got.Evidence)
		}
		if back := Undo(got); !reflect.DeepEqual(back, it) {
			t.Errorf("put back: %+v, want %+v", back, it)
		}
	}
	small := make(19)
	tmpl = learn(t, small)
	for _, it := range small {
		if got := tmpl.Apply(it); got.Modified != it.Modified {
			t.Errorf("of 19 items: modified %v, want %v", got.Modified, it.Modified)
		}
	}
}

// TestKey: what Apply changes has a key, and two that are equal ask for the same.
func TestKey(t *testing.T) {
	var items []content.Item
	for n := range 30 {
		items = append(items, page(n, fmt.Sprintf("https://a.example/p%d", n), letter))
	}
	tmpl := learn(t, items[:25])
	for i, it := range append(slices.Clone(items[:25]), page(99, "https://a.example/p99")) {
		p := Page{it.ID, it.Address, it.Language, PrintOf(it)}
		if changed := !reflect.DeepEqual(tmpl.Apply(it), it); changed != (tmpl.Key(p) != "") {
			t.Errorf("%d: changed %v, key %q", i, changed, tmpl.Key(p))
		}
		if (Template{}).Key(p) != "" {
			t.Error("an empty template has a key")
		}
	}
}

// BenchmarkPrint is what noting a page costs.
func BenchmarkPrint(b *testing.B) {
	it := page(3, "https://a.example/p3", letter, banner)
	it.Text = strings.Repeat(it.Text+"\n\nUne autre ligne pour chaque étape du chantier, avec ses dates et ses métiers.\n\n", 12)
	it.Declared = it.Title + " – Mairie de Fontbrune"
	b.SetBytes(int64(len(it.Text)))
	for b.Loop() {
		PrintOf(it)
	}
}

// BenchmarkLearn learns from 150,000 pages of thirty lines, and says how much memory that holds.
//
//	go test ./index/template -run '^$' -bench Learn -benchtime 1x
func BenchmarkLearn(b *testing.B) {
	const pages = 150_000
	lines := make([]uint64, 30)
	each := func(do func(Page) error) error {
		for n := range uint64(pages) {
			p := Page{ID: fmt.Sprintf("%016x", mix(n, 9)), Address: fmt.Sprintf("https://a.example/%d/%d/p%d", n%50, n%7, n), Language: "fr"}
			p.Family, p.Whole, p.Title = mix(n, 1), mix(n, 2), mix(n, 3)
			for i := range lines {
				lines[i] = mix(n, uint64(i+10))
				if i < 5 {
					lines[i] = uint64(i + 1) // on every page
				}
			}
			p.Lines = lines
			if err := do(p); err != nil {
				return err
			}
		}
		return nil
	}
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		l := newLearner()
		for _, pass := range [...]func(Page) error{l.count, l.choose, l.vote, l.sum} {
			if err := each(pass); err != nil {
				b.Fatal(err)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB")
		if t := l.template(); len(t.lines) == 0 {
			b.Fatal("nothing was learned")
		}
	}
}
