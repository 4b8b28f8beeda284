package index

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler/content"
	"filon/crawler/truth"
)

// night begins a run as the frontier does, in the same file.
func night(t *testing.T, db *truth.File) {
	t.Helper()
	for _, q := range []string{`CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY)`, `INSERT INTO runs DEFAULT VALUES`} {
		if _, err := db.W.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
}

func changes(t *testing.T, x *Index, after, upTo int64) string {
	t.Helper()
	var all []string
	err := x.Changes(context.Background(), after, upTo, func(c Change) error {
		s := fmt.Sprintf("%s %s", c.Kind, strings.TrimPrefix(c.Address, "https://www.exemple.fr"))
		if c.Kind == Verdict {
			s += fmt.Sprintf(" %s>%s %s", c.Before, c.After, c.Rule)
		}
		if c.MovedTo != "" {
			s += " to " + strings.TrimPrefix(c.MovedTo, "https://www.exemple.fr")
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, ", ")
}

func TestChanges(t *testing.T) {
	x, db, _ := house(t, Options{Write: true})
	ctx := context.Background()
	long := strings.Repeat("Un atelier où l'on répare les machines anciennes avec patience. ", 8)
	night(t, db)
	keep(t, x, page("/a", "fr", "A", "Le texte de la page a."), page("/b", "fr", "B", "Le texte de la page b."), page("/vieux", "fr", "Atelier", long), page("/double", "fr", "A", "Le texte de la page a."))
	if err := x.Drop(ctx, "https://www.exemple.fr/double", "https://www.exemple.fr/a"); err != nil {
		t.Fatal(err)
	}
	if got, want := changes(t, x, 0, 1), "new /a, new /b, new /vieux"; got != want {
		t.Errorf("first night: %s, want %s", got, want)
	}
	if err := x.Decide(ctx, "https://www.exemple.fr/vieux", Decision{Disposition: "keep", Notes: "à garder", At: noon}); err != nil {
		t.Fatal(err)
	}

	night(t, db)
	b := page("/b", "fr", "B", "Le texte de la page b, repris.")
	b.Verdict.Outcome = classify.NeedsEdit
	b.Verdict.Reasons = []classify.Reason{{Rule: "image/person", Severity: classify.Review}}
	same := page("/a", "fr", "A", "Le texte de la page a.")
	same.Item.FetchedAt = noon.Add(24 * time.Hour)
	keep(t, x, b, same, page("/neuf", "fr", "Atelier", long))
	if err := x.Gone(ctx, "https://www.exemple.fr/vieux", noon); err != nil {
		t.Fatal(err)
	}
	if err := x.Moves(ctx); err != nil {
		t.Fatal(err)
	}
	if got, want := changes(t, x, 1, 2), "changed /b, moved /vieux to /neuf, verdict /b publishable>needs_edit image/person"; got != want {
		t.Errorf("second night: %s, want %s", got, want)
	}
	if got, want := changes(t, x, 0, 2), "new /a, new /b, moved /vieux to /neuf"; !strings.HasPrefix(got, "new /a, new /b") {
		t.Errorf("both nights: %s, want %s", got, want)
	}
	old, ok, err := x.Get(ctx, "https://www.exemple.fr/vieux")
	if err != nil || !ok || !old.Gone.Equal(noon) || old.Decision.Disposition != "keep" {
		t.Errorf("what is gone stays in history: %+v %t %v", old, ok, err)
	}
	moved, _, _ := x.Get(ctx, "https://www.exemple.fr/neuf")
	if moved.Decision.Notes != "à garder" || !moved.FirstSeen.Equal(old.FirstSeen) {
		t.Errorf("the decision did not move: %+v", moved.Decision)
	}
	if err := x.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if got := paths(t, x, Query{Text: "machines anciennes"}); len(got) != 1 || got[0] != "/neuf" {
		t.Errorf("search finds %v", got)
	}
	if c, err := x.Counts(ctx, Filter{}); err != nil || c.Total != 3 {
		t.Errorf("%d are counted, %v", c.Total, err)
	}
	gone := 0
	if err := x.Each(ctx, Query{Filter: Filter{Gone: true}}, func(Record) error { gone++; return nil }); err != nil || gone != 1 {
		t.Errorf("%d are gone, %v", gone, err)
	}
	if err := x.Reindex(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if got := paths(t, x, Query{Text: "machines anciennes"}); len(got) != 1 || got[0] != "/neuf" {
		t.Errorf("after a reindex, search finds %v", got)
	}

	night(t, db)
	keep(t, x, page("/vieux", "fr", "Atelier", long+" Rouvert."))
	if got, want := changes(t, x, 2, 3), "returned /vieux"; got != want {
		t.Errorf("third night: %s, want %s", got, want)
	}
	if got := paths(t, x, Query{Text: "rouvert"}); len(got) != 1 {
		t.Errorf("what returned is found: %v", got)
	}
	if _, err := x.Rejudge(ctx, func(content.Item) classify.Verdict {
		return classify.Verdict{Outcome: classify.Never, Kind: classify.Secret, Type: "other", Reasons: []classify.Reason{{Rule: "marking/secret", Severity: classify.Block}}}
	}, nil); err != nil {
		t.Fatal(err)
	}
	err = x.Changes(ctx, 2, 3, func(c Change) error {
		if c.Kind == Verdict && (c.Title != MaskedTitle || c.Rule != "marking/secret") {
			t.Errorf("%+v", c)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Gone(ctx, "https://www.exemple.fr/inconnu", noon); err != nil {
		t.Errorf("an unknown address is gone: %v", err)
	}
}

// TestRejudgeDue: a night judges what hangs on the day; a new version, or a week, judges all.
func TestRejudgeDue(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := context.Background()
	var judged atomic.Int64
	judge := func(item content.Item) classify.Verdict {
		judged.Add(1)
		return classify.Verdict{Outcome: classify.Publishable, Type: "faq", Rules: "1", Day: "2026-11-23"}
	}
	recs := manyPages(30, 100)
	for i := range recs {
		recs[i].Verdict = judge(recs[i].Item)
		recs[i].Item.Text = strings.ReplaceAll(recs[i].Item.Text, "valable", "")
	}
	recs[7].Item.Expires.Time = time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	keep(t, x, recs...)
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		days    int
		version string
		want    int
	}{{0, "1", 0}, {0, "1", 0}, {1, "1", 1}, {1, "1", 0}, {2, "1", 1}, {2, "2", 30}, {3, "2", 1}, {9, "2", 30}, {10, "2", 1}} {
		judged.Store(0)
		if _, err := x.RejudgeDue(ctx, day.AddDate(0, 0, c.days), c.version, judge); err != nil {
			t.Fatal(err)
		}
		if int(judged.Load()) != c.want {
			t.Errorf("after %d days under version %s: %d were judged, want %d", c.days, c.version, judged.Load(), c.want)
		}
	}
}

// The verdicts of changes are those that hold: what a person has decided stands above the rules, from the day on which
// she did; and what happened to a copy is told apart.
func TestChangesKnowDecisionsAndCopies(t *testing.T) {
	x, db, _ := house(t, Options{Write: true})
	ctx := context.Background()
	all := func(after, upTo int64) string {
		var said []string
		if err := x.Changes(ctx, after, upTo, func(c Change) error {
			said = append(said, fmt.Sprintf("%s %s %s>%s %s decided:%t copy:%t", c.Kind, strings.TrimPrefix(c.Address, "https://www.exemple.fr"), c.Before, c.After, c.Rule, c.Decided, c.Copy))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return strings.Join(said, "\n")
	}
	long := strings.Repeat("Un atelier où l'on répare les machines anciennes avec patience. ", 8)
	night(t, db)
	keep(t, x, page("/a", "fr", "A", long), page("/ab", "fr", "A", long), page("/b", "fr", "B", "Le texte de la page b."))
	group(t, x, 0)
	if got, want := all(0, 1), "new /a >publishable  decided:false copy:false\nnew /ab >publishable  decided:false copy:true\nnew /b >publishable  decided:false copy:false"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if err := x.Decide(ctx, "https://www.exemple.fr/b", Decision{Verdict: classify.Never, By: "Anne", At: noon.Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if got, want := all(0, 1), "new /b >never  decided:true copy:false"; !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s\nwant at its end\n%s", got, want)
	}
	night(t, db)
	b := page("/b", "fr", "B", "Le texte de la page b, repris.")
	b.Verdict.Outcome, b.Item.FetchedAt = classify.NeedsEdit, noon.Add(24*time.Hour)
	keep(t, x, b)
	if got, want := all(1, 2), "changed /b never>never  decided:true copy:false"; got != want {
		t.Errorf("the decision held before and after: got\n%s\nwant\n%s", got, want)
	}
	// Neighbour: a decision that has lapsed says nothing.
	if _, err := db.W.Exec(`UPDATE decisions SET verdict = 'publishable', lapsed = 'text'`); err != nil {
		t.Fatal(err)
	}
	if got := all(1, 2); strings.Contains(got, "decided:true") || !strings.Contains(got, "publishable>needs_edit") {
		t.Errorf("lapsed: got\n%s", got)
	}
}
