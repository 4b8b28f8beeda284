package index

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler/content"
	"filon/crawler/truth"
)

// house is an inventory in a temporary folder.
func house(t testing.TB, opts Options) (*Index, *truth.File, string) {
	t.Helper()
	dir := t.TempDir()
	db, err := truth.Open(context.Background(), filepath.Join(dir, "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	x, err := Open(context.Background(), dir, db, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x, db, dir
}

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

func page(path, lang, title, text string) Record {
	address := "https://www.exemple.fr" + path
	return Record{
		Item: content.Item{
			ID: content.ID(address), Address: address, Source: "site", Access: content.Access{Visibility: content.Public},
			Title: title, Text: text, Language: lang, FetchedAt: noon,
			Published: content.Date{Time: time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC), Source: "meta", Confidence: content.High},
		},
		Verdict: classify.Verdict{Outcome: classify.Publishable, Type: "expert_article", Format: "html_article", Readiness: 75, BestImage: -1},
	}
}

func keep(t testing.TB, x *Index, recs ...Record) {
	t.Helper()
	for _, r := range recs {
		if err := x.Keep(context.Background(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func paths(t testing.TB, x *Index, q Query) []string {
	t.Helper()
	res, err := x.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("search %q: %v", q.Text, err)
	}
	var out []string
	for _, h := range res.Hits {
		out = append(out, strings.TrimPrefix(h.Record.Item.Address, "https://www.exemple.fr"))
	}
	return out
}

func TestKeepThenFind(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	keep(t, x, page("/a", "fr", "Un vélo pour l’été", "La mobilité douce gagne nos ateliers."), page("/b", "en", "Annual report", "Our customers trust the factory."))
	for query, want := range map[string]string{
		"velo": "[/a]", "mobilités": "[/a]", "customer": "[/b]", "factories": "[/b]", "été": "[/a]", `"mobilite douce"`: "[/a]",
		`"douce mobilite"`: "[]", "mobil*": "[/a]", "velo -atelier": "[]", "velo OR report": "[/a /b]", "": "[/a /b]", "type:faq": "[]", "source:site lang:en": "[/b]",
	} {
		got := paths(t, x, Query{Text: query})
		if strings.Contains(query, "OR") || query == "" {
			if len(got) != 2 {
				t.Errorf("%q finds %v", query, got)
			}
			continue
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%q finds %v, want %s", query, got, want)
		}
	}
}
