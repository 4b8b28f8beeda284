package index

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler/content"
	"filon/crawler/truth"
)

// Decisions outlive every retention, and so do the records that people decided about.
func TestForget(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	db, err := truth.Open(ctx, filepath.Join(dir, "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	x, err := Open(ctx, dir, db, Options{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	for _, name := range []string{"stays", "gone", "decided", "just-gone"} {
		item := content.Item{ID: name, Address: "https://site.example/" + name, Source: "site", Title: name, Text: "Un texte assez long pour la page " + name, FetchedAt: at}
		if err := x.Keep(ctx, Record{Item: item, Verdict: classify.Verdict{Outcome: classify.Publishable}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Decide(ctx, "https://site.example/decided", Decision{Notes: "vu avec Paul", At: at}); err != nil {
		t.Fatal(err)
	}
	for name, when := range map[string]time.Time{"gone": at, "decided": at, "just-gone": at.AddDate(0, 3, 0)} {
		if err := x.Gone(ctx, "https://site.example/"+name, when); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if err := x.Forget(ctx, 2, at.AddDate(0, 1, 0)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"stays": true, "gone": false, "decided": true, "just-gone": true} {
		if _, ok, err := x.Get(ctx, "https://site.example/"+name); err != nil || ok != want {
			t.Errorf("%s: %v, %v; want %v", name, ok, err, want)
		}
	}
	rec, _, err := x.Get(ctx, "https://site.example/decided")
	if err != nil || rec.Decision.Notes != "vu avec Paul" {
		t.Errorf("the decision: %+v, %v", rec.Decision, err)
	}
	n := 0
	if err := x.Changes(ctx, -1, 10, func(Change) error { n++; return nil }); err != nil || n != 0 {
		t.Errorf("%d changes are left, %v", n, err)
	}
}

func TestHidden(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	db, err := truth.Open(ctx, filepath.Join(dir, "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	x, err := Open(ctx, dir, db, Options{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	const site = "https://site.example/"
	for name, outcome := range map[string]classify.Outcome{"open": classify.Publishable, "closed": classify.Never, "ruled": classify.Publishable, "left": classify.Never} {
		item := content.Item{ID: name, Address: site + name, Source: "site", Title: name, Text: "Un texte assez long pour la page " + name, FetchedAt: at}
		if err := x.Keep(ctx, Record{Item: item, Verdict: classify.Verdict{Outcome: outcome}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Decide(ctx, site+"ruled", Decision{Verdict: classify.Never, At: at}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.W.ExecContext(ctx, `CREATE TABLE runs (id INTEGER); INSERT INTO runs VALUES (1)`); err != nil { // the next crawl
		t.Fatal(err)
	}
	if err := x.Drop(ctx, site+"left", ""); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"open": false, "closed": true, "ruled": true, "left": true, "unknown": false} {
		if got, err := x.Hidden(ctx, site+name); err != nil || got != want {
			t.Errorf("%s: %v, %v; want %v", name, got, err, want)
		}
	}
}
