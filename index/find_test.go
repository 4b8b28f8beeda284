package index

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"filon/classify"
	"filon/crawler/content"
	"filon/index/words"
)

func TestPagesOfHitsAreStable(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	keep(t, x, manyPages(137, 300)...)
	for _, q := range []Query{{}, {Text: "type:faq OR type:how_to OR lang:fr"}, {Text: "pro* OR se* OR ma*"}, {Order: Oldest}, {Order: Readiest}} {
		q.Limit = 1000
		whole := paths(t, x, q)
		var pieces []string
		q.Limit = 10
		for range 30 {
			res, err := x.Search(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range res.Hits {
				pieces = append(pieces, strings.TrimPrefix(h.Record.Item.Address, "https://www.exemple.fr"))
			}
			if res.Total != len(whole) {
				t.Fatalf("%+v: a page says %d in all, want %d", q, res.Total, len(whole))
			}
			if q.After = res.Next; q.After == "" {
				break
			}
		}
		if !slices.Equal(whole, pieces) {
			t.Errorf("%q %s: pages of ten differ from the whole: %d and %d", q.Text, q.Order, len(pieces), len(whole))
		}
		var walked []string
		q.After = ""
		if err := x.Each(context.Background(), q, func(r Record) error {
			walked = append(walked, strings.TrimPrefix(r.Item.Address, "https://www.exemple.fr"))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if q.Text == "" {
			whole = slices.Sorted(slices.Values(whole)) // Each walks in the order of addresses
		}
		if !slices.Equal(walked, whole) {
			t.Errorf("%q: Each walks %d records, Search finds %d", q.Text, len(walked), len(whole))
		}
	}
	if _, err := x.Search(context.Background(), Query{After: "nonsense"}); err == nil {
		t.Error("a damaged mark is taken")
	}
}

func TestFacetsAgreeWithCounts(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	keep(t, x, manyPages(200, 200)...)
	for _, f := range []Filter{
		{}, {Types: []string{"faq", "safety"}}, {Verdicts: []string{"publishable"}, Languages: []string{"fr"}}, {Departments: []string{"RH"}},
		{Since: time.Date(2019, 3, 2, 0, 0, 0, 0, time.UTC), Until: time.Date(2022, 5, 1, 0, 0, 0, 0, time.UTC)}, {Types: []string{"none"}},
		{Since: time.Date(2020, 2, 29, 0, 0, 0, 0, time.UTC)}, {Until: time.Date(2021, 12, 31, 0, 0, 0, 0, time.UTC)}, {Until: time.Date(2021, 12, 30, 0, 0, 0, 0, time.UTC)},
		{Since: time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(2018, 12, 31, 0, 0, 0, 0, time.UTC)}, {Since: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Since: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(2020, 12, 31, 0, 0, 0, 0, time.UTC)}, {Since: noon, Until: noon.AddDate(0, 0, -1)}, {Departments: []string{"", "RSE"}},
	} {
		res, err := x.Search(context.Background(), Query{Filter: f})
		if err != nil {
			t.Fatal(err)
		}
		c, err := x.Counts(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		if res.Total != c.Total || fmt.Sprint(res.Facets) != fmt.Sprint(c.Facets) {
			t.Errorf("%+v: search counts %d %v, the database %d %v", f, res.Total, res.Facets, c.Total, c.Facets)
		}
	}
}

func TestSnippets(t *testing.T) {
	long := strings.Repeat("Une phrase qui ne dit rien de particulier. ", 60)
	item := content.Item{Text: long + "Les salariés de l’usine viennent à vélo,\n\n  même l’hiver. " + long, Language: "fr"}
	n, err := parse(`velo hiver`)
	if err != nil {
		t.Fatal(err)
	}
	c, err := compile(n)
	if err != nil {
		t.Fatal(err)
	}
	same := func(s string) string { return s }
	s := snippet(item, words.NewSplitter(words.French), &c.marks[words.French], same)
	if n := utf8.RuneCountInString(s.Text); n > 220 || !strings.Contains(s.Text, "viennent à vélo, même l’hiver") || strings.Contains(s.Text, "\n") {
		t.Errorf("%d characters: %s", n, s.Text)
	}
	var marked []string
	for _, m := range s.Matches {
		marked = append(marked, s.Text[m[0]:m[1]])
	}
	if fmt.Sprint(marked) != "[vélo hiver]" {
		t.Errorf("marked %q in %q", marked, s.Text)
	}
	// A secret beside the match is masked, even when the snippet would begin within it.
	secret := "FR76 3000 6000 0112 3456 7890 189"
	item.Text = long + secret + " vélo " + secret + long
	mask := func(s string) string { return strings.ReplaceAll(s, secret, "FR76 ••••") }
	if s := snippet(item, words.NewSplitter(words.French), &c.marks[words.French], mask); strings.Contains(s.Text, "3456") || !strings.Contains(s.Text, "vélo") {
		t.Errorf("a secret is shown: %s", s.Text)
	}
	item = content.Item{Description: "Une description.", Language: "fr"}
	if s := snippet(item, words.NewSplitter(words.French), &c.marks[words.French], same); s.Text != "Une description." {
		t.Errorf("without a match: %q", s.Text)
	}
}

func FuzzSnippet(f *testing.F) {
	f.Add("l’été à vélo", "vélo", 3)
	f.Add("\xff\xfe vélo", "velo", 400)
	f.Fuzz(func(t *testing.T, text, query string, times int) {
		if times < 0 || times > 500 || len(text) > 2000 {
			return
		}
		n, err := parse(query)
		if err != nil {
			return
		}
		c, err := compile(n)
		if err != nil {
			return
		}
		s := snippet(content.Item{Text: strings.Repeat(text+" ", times)}, words.NewSplitter(words.French), &c.marks[words.French], func(s string) string { return s })
		if utf8.RuneCountInString(s.Text) > snippetChars+2 {
			t.Fatalf("%d characters", utf8.RuneCountInString(s.Text))
		}
		for _, m := range s.Matches {
			_ = s.Text[m[0]:m[1]]
		}
	})
}

// TestNoWordOfNeverOnTheShelf reads every byte of the search folder.
func TestNoWordOfNeverOnTheShelf(t *testing.T) {
	x, _, dir := house(t, Options{Write: true, Mask: func(s string) string { return strings.ReplaceAll(s, "motdepasse", "•••") }})
	secret := page("/s", "fr", "Zanzibartitre", "Zanzibartexte du comité")
	secret.Item.Description, secret.Item.Rest, secret.Item.H1 = "Zanzibardesc", "Zanzibarreste", "Zanzibarh"
	secret.Item.Headings, secret.Item.Tags = []content.Heading{{Level: 1, Text: "Zanzibarentete"}}, []string{"Zanzibartag"}
	secret.Verdict.Outcome = classify.Never
	review := page("/r", "fr", "Accès", "Le code est motdepasse pour la porte")
	review.Verdict.Reasons = []classify.Reason{{Rule: "secret/password", Severity: classify.Review, Quote: "•••"}}
	keep(t, x, secret, review, page("/o", "fr", "Ouvert", "Texte ouvert"))
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	seen := 0
	filepath.WalkDir(filepath.Join(dir, "search"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		seen += len(b)
		for _, word := range []string{"zanzibar", "motdepass"} {
			if bytes.Contains(bytes.ToLower(b), []byte(word)) {
				t.Errorf("%s holds %q", path, word)
			}
		}
		return err
	})
	if seen == 0 {
		t.Error("the search folder is empty")
	}
}

func TestNeverIsCountedNotQuoted(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	secret := page("/s", "fr", "Grille secrète", "Texte secret")
	secret.Verdict.Outcome = classify.Never
	keep(t, x, secret)
	res, err := x.Search(context.Background(), Query{Text: "verdict:never"})
	if err != nil || len(res.Hits) != 1 || res.Hits[0].Title != MaskedTitle || res.Hits[0].Snippet.Text != "" {
		t.Errorf("%+v, %v", res.Hits, err)
	}
	// A verdict that opens lets the words in; one that closes takes them out again.
	for range 2 {
		for outcome, want := range map[classify.Outcome]int{classify.Publishable: 1, classify.Never: 0} {
			n, err := x.Rejudge(context.Background(), func(content.Item) classify.Verdict { return classify.Verdict{Outcome: outcome, Type: "other"} }, nil)
			if err != nil || n > 1 {
				t.Fatal(n, err)
			}
			if got := paths(t, x, Query{Text: "secret"}); len(got) != want {
				t.Errorf("as %s, search finds %v", outcome, got)
			}
		}
	}
}

func TestRejudge(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := context.Background()
	keep(t, x, manyPages(450, 100)...)
	if err := x.Decide(ctx, "https://www.exemple.fr/page/3", Decision{Disposition: "keep", At: noon}); err != nil {
		t.Fatal(err)
	}
	judge := func(item content.Item) classify.Verdict {
		v := classify.Verdict{Outcome: classify.NotProposed, Type: "faq", Format: "html_article", Day: "2026-11-03", Rules: "2"}
		if strings.HasSuffix(item.Address, "7") {
			v.Outcome = classify.Publishable
			v.Reasons = []classify.Reason{{Rule: "time/fresh", Severity: classify.Good}}
		}
		return v
	}
	last := 0
	n, err := x.Rejudge(ctx, judge, func(done, total int) { last = done * 1000 / total })
	if err != nil || n == 0 || last != 1000 {
		t.Fatal(n, err, last)
	}
	c, err := x.Counts(ctx, Filter{Verdicts: []string{"publishable"}})
	if err != nil || c.Total != 45 || c.Rules["time/fresh"] != 45 {
		t.Errorf("%+v, %v", c, err)
	}
	if got := paths(t, x, Query{Text: "verdict:publishable type:faq", Limit: 100}); len(got) != 45 {
		t.Errorf("search finds %d", len(got))
	}
	if n, err := x.Rejudge(ctx, judge, nil); err != nil || n != 0 {
		t.Errorf("judging again changes %d, %v", n, err)
	}
	if r, _, _ := x.Get(ctx, "https://www.exemple.fr/page/3"); r.Decision.Disposition != "keep" {
		t.Error("a decision is lost")
	}
}

func TestGroups(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := context.Background()
	text := strings.Repeat("Un texte assez long pour être comparé à un autre. ", 5)
	a, b, c, d, e := page("/a", "fr", "A", text), page("/b", "fr", "B", strings.ToUpper(text)+"!"), page("/c", "fr", "C", text), page("/d", "fr", "D", "Texte court."), page("/e", "fr", "E", "Texte court.")
	a.Item.Access.Visibility, a.Item.Source = content.Intranet, "intranet"
	a.Item.Published.Time = noon
	c.Item.Published.Time = c.Item.Published.Time.AddDate(0, 0, 1)
	keep(t, x, a, b, c, d, e)
	for range 2 {
		if err := x.Group(ctx, 0); err != nil {
			t.Fatal(err)
		}
		var got []string
		if err := x.Each(ctx, Query{}, func(r Record) error {
			got = append(got, fmt.Sprintf("%s %t %t", r.Item.Title, r.Group != "", r.Canonical))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(got) != "[A true false B true false C true true D false true E false true]" {
			t.Errorf("groups are %v", got)
		}
	}
	counts, err := x.Counts(ctx, Filter{})
	if err != nil || counts.Duplicates != 2 {
		t.Errorf("%d duplicates, %v", counts.Duplicates, err)
	}
	c.Item.Text, b.Item.Text = "autre", "autre encore"
	keep(t, x, b, c)
	if err := x.Group(ctx, 0); err != nil {
		t.Fatal(err)
	}
	if r, _, _ := x.Get(ctx, a.Item.Address); r.Group != "" || !r.Canonical {
		t.Errorf("a group of one remains: %q", r.Group)
	}
}

func TestInlinks(t *testing.T) {
	x, db, _ := house(t, Options{Write: true})
	ctx := context.Background()
	keep(t, x, page("/a", "fr", "A", "a"), page("/b", "fr", "B", "b"))
	if err := x.SetInlinks(ctx); err != nil {
		t.Fatalf("without the frontier's tables: %v", err)
	}
	for _, q := range []string{
		`CREATE TABLE requests (id INTEGER PRIMARY KEY, address TEXT)`, `CREATE TABLE links (from_id INTEGER, to_id INTEGER)`,
		`INSERT INTO requests VALUES (1, 'https://www.exemple.fr/a'), (2, 'https://www.exemple.fr/b'), (3, 'https://www.exemple.fr/c')`,
		`INSERT INTO links VALUES (1, 2), (3, 2), (2, 2), (1, 3)`,
	} {
		if _, err := db.W.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.SetInlinks(ctx); err != nil {
		t.Fatal(err)
	}
	a, _, _ := x.Get(ctx, "https://www.exemple.fr/a")
	b, _, _ := x.Get(ctx, "https://www.exemple.fr/b")
	if a.Inlinks != 0 || b.Inlinks != 2 {
		t.Errorf("%d and %d inlinks", a.Inlinks, b.Inlinks)
	}
}

func TestEachSeesOneMoment(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := context.Background()
	keep(t, x, manyPages(50, 100)...)
	n := 0
	if err := x.Each(ctx, Query{}, func(r Record) error {
		if n++; n == 5 {
			for i := range 20 {
				if err := x.Keep(ctx, page(fmt.Sprintf("/zzz%d", i), "fr", "Tard", "venu")); err != nil {
					return err
				}
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if n != 50 {
		t.Errorf("%d records in a snapshot of 50", n)
	}
}

func TestUnchangedCostsTheSearchIndexNothing(t *testing.T) {
	x, db, _ := house(t, Options{Write: true})
	p := page("/a", "fr", "A", "texte")
	keep(t, x, p)
	later := p
	later.Item.FetchedAt = noon.AddDate(0, 0, 1)
	later.Item.Links = []content.Link{{Address: "https://www.exemple.fr/x"}}
	keep(t, x, later)
	revision := 0
	if err := db.R.QueryRow(`SELECT revision FROM records`).Scan(&revision); err != nil || revision != 1 {
		t.Errorf("revision %d, %v", revision, err)
	}
	got, _, _ := x.Get(context.Background(), p.Item.Address)
	if !got.Changed.Equal(noon) || !got.Item.FetchedAt.Equal(later.Item.FetchedAt) || len(got.Item.Links) != 1 {
		t.Errorf("changed %v, fetched %v", got.Changed, got.Item.FetchedAt)
	}
}

func TestANewerFileIsRefused(t *testing.T) {
	_, db, dir := house(t, Options{Write: true})
	if _, err := db.W.Exec(`UPDATE index_state SET value = '99' WHERE name = 'tables'`); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), dir, db, Options{}); err == nil || !strings.Contains(err.Error(), "newer filon") {
		t.Errorf("a newer file is opened: %v", err)
	}
}

func TestMissingFolder(t *testing.T) {
	x, db, dir := house(t, Options{Write: true})
	ctx := context.Background()
	empty, err := Open(ctx, filepath.Join(t.TempDir()), db, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if res, err := empty.Search(ctx, Query{Text: "rien"}); err != nil || res.Total != 0 {
		t.Errorf("an empty inventory gives %v, %v", res.Total, err)
	}
	keep(t, x, page("/a", "fr", "A", "texte"))
	if _, err := empty.Search(ctx, Query{Text: "texte"}); err == nil || !strings.Contains(err.Error(), "filon reindex") {
		t.Errorf("a missing folder gives %v", err)
	}
	if err := empty.Close(); err != nil {
		t.Error(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "search")); err != nil {
		t.Fatal(err)
	}
	if err := x.Reindex(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if got := paths(t, x, Query{Text: "texte"}); len(got) != 1 {
		t.Errorf("after reindex search finds %v", got)
	}
}
