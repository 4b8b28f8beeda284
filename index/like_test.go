package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"filon/classify"
	"filon/crawler/content"
)

// stories are an inventory in which one story stands three times.
func stories(t *testing.T) *Index {
	t.Helper()
	x, _, _ := house(t, Options{Write: true})
	oven := strings.Fields(strings.Repeat("le four de la boulangerie cuit le pain au levain avec moins d'électricité grâce à la sole en pierre réfractaire ", 3))
	for i := range oven {
		if i%7 == 0 {
			oven[i] += string(rune('a' + i%20))
		}
	}
	bike := strings.Fields("les salariés viennent à vélo électrique et rangent leur bicyclette dans un abri fermé avec des bornes de recharge pour la batterie de chacun tous les matins de la semaine même quand il pleut sur la route de la vallée")
	a, b, c := kept("/four", "public", "2026-05-01", oven), kept("/interne/four", "intranet", "2026-06-01", retold(oven, 1, 50)), kept("/rh/four", "intranet", "2026-07-01", retold(oven, 2, 50))
	a.Item.Title, b.Item.Title, c.Item.Title = "Le four à pain", "Le four à pain", "Le four à pain, chez nous"
	d, e := kept("/pain", "public", "2026-04-01", strings.Fields("le pain au levain de la boulangerie lève une nuit puis le boulanger le pose sur la sole du four en pierre")), kept("/velo", "public", "2026-03-01", bike)
	d.Item.Title, e.Item.Title = "Le pain au levain", "Le vélo"
	secret := kept("/secret", "intranet", "2026-03-01", strings.Fields("le four de la boulangerie et le levain du concurrent racheté en pierre"))
	secret.Verdict.Outcome = classify.Never
	plan := kept("/docs/notice_cuisson-lente.pdf", "public", "2026-02-01", strings.Fields("température et durée pour chaque farine"))
	plan.Item.MIME, plan.Item.Title = "application/pdf", "Notice"
	keep(t, x, a, b, c, d, e, secret, plan)
	group(t, x, 0)
	if err := x.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	return x
}

func hitPaths(hits []Hit) []string {
	var all []string
	for _, h := range hits {
		all = append(all, strings.TrimPrefix(h.Record.Item.Address, "https://www.exemple.fr"))
	}
	return all
}

func TestAStoryIsFoundOnce(t *testing.T) {
	x, ctx := stories(t), context.Background()
	find := func(q Query) Result {
		t.Helper()
		r, err := x.Search(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := find(Query{Text: "four"})
	if got := hitPaths(r.Hits); len(got) != 2 || !slices.Contains(got, "/four") || !slices.Contains(got, "/pain") || r.Copies != 2 || r.Total != 2 {
		t.Errorf("found %v, %d copies, %d in all", got, r.Copies, r.Total)
	}
	if r := find(Query{Text: "four", Copies: true}); len(r.Hits) != 4 || r.Total != 2 || r.Copies != 2 {
		t.Errorf("with copies %v", hitPaths(r.Hits))
	}
	inside := find(Query{Text: "four", Filter: Filter{Visibilities: []string{"intranet"}}})
	if got := hitPaths(inside.Hits); len(got) != 1 || got[0] == "/four" || inside.Copies != 1 {
		t.Errorf("inside %v, %d copies", got, inside.Copies)
	}
	// Page by page the same, each story once.
	var all []string
	q := Query{Text: "four", Limit: 1}
	for range 10 {
		r := find(q)
		if all = append(all, hitPaths(r.Hits)...); r.Total != 2 || r.Copies != 2 {
			t.Errorf("a page says %d and %d copies", r.Total, r.Copies)
		}
		if q.After = r.Next; q.After == "" {
			break
		}
	}
	if !slices.Equal(all, hitPaths(r.Hits)) {
		t.Errorf("page by page %v, want %v", all, hitPaths(r.Hits))
	}
	for _, bad := range []string{"x", "bnVsbA", r.Next + "x"} {
		if _, err := x.Search(ctx, Query{Text: "four", After: bad}); bad != "x" && err == nil && r.Next != "" {
			t.Errorf("the cursor %q is taken", bad)
		}
	}
	if r := find(Query{Text: "cuisson"}); len(r.Hits) != 1 {
		t.Errorf("by the name of its file: %v", hitPaths(r.Hits))
	}
}

// What a search for a verdict finds, the facets and the counts of the inventory are the same numbers, whatever the copies
// of a story are.
func TestEveryCountCountsStories(t *testing.T) {
	x, ctx := stories(t), context.Background()
	copied, _, _ := x.Get(ctx, "https://www.exemple.fr/rh/four")
	copied.Verdict.Outcome, copied.Verdict.Type = classify.NeedsEdit, "faq"
	keep(t, x, copied)
	group(t, x, 0)
	if err := x.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	counts, err := x.Counts(ctx, Filter{})
	if err != nil {
		t.Fatal(err)
	}
	all, err := x.Search(ctx, Query{})
	if err != nil || all.Total != counts.Total || all.Copies != counts.Duplicates || fmt.Sprint(all.Facets) != fmt.Sprint(counts.Facets) {
		t.Errorf("search: %d, %d copies %v; counts: %d, %d copies %v; %v", all.Total, all.Copies, all.Facets, counts.Total, counts.Duplicates, counts.Facets, err)
	}
	for _, f := range counts.Facets {
		if f.Name != fieldVerdict {
			continue
		}
		for _, v := range f.Values {
			for _, q := range []Query{{Filter: Filter{Verdicts: []string{v.Value}}}, {Text: "verdict:" + v.Value}} {
				if r, err := x.Search(ctx, q); err != nil || r.Total != v.Count || len(r.Hits) != v.Count {
					t.Errorf("%s %q: %d of %d found, the facet says %d, %v", v.Value, q.Text, len(r.Hits), r.Total, v.Count, err)
				}
			}
		}
	}
	// Neighbours: a copy stands for its story where the filter leaves the version to use out, with its own verdict.
	inside := Filter{Visibilities: []string{"intranet"}, Departments: []string{copied.Item.Department}, Verdicts: []string{"needs_edit"}, Types: []string{"faq"}}
	if r, err := x.Search(ctx, Query{Filter: inside}); err != nil || r.Total != 1 || r.Copies != 0 || len(r.Hits) != 1 {
		t.Errorf("inside: %d of %d and %d copies, %v", len(r.Hits), r.Total, r.Copies, err)
	}
	if r, err := x.Search(ctx, Query{Text: "vélo"}); err != nil || r.Total != 1 || r.Copies != 0 {
		t.Errorf("without copies: %d and %d copies, %v", r.Total, r.Copies, err)
	}
}

func TestMoreLikeThis(t *testing.T) {
	x, ctx := stories(t), context.Background()
	r, err := x.Like(ctx, "https://www.exemple.fr/four", Filter{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	if got := hitPaths(r.Hits); !slices.Equal(got, []string{"/pain"}) {
		t.Errorf("like the oven: %v", got)
	}
	if r, err := x.Like(ctx, "https://www.exemple.fr/pain", Filter{Visibilities: []string{"intranet"}}, 10); err != nil || len(r.Hits) != 1 || r.Copies != 1 {
		t.Errorf("like the bread, inside: %v, %d copies, %v", hitPaths(r.Hits), r.Copies, err)
	}
	for _, address := range []string{"https://www.exemple.fr/nulle-part", "https://www.exemple.fr/secret"} {
		var wrong *QueryError
		if _, err := x.Like(ctx, address, Filter{}, 10); !errors.As(err, &wrong) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestSuggestions(t *testing.T) {
	x, ctx := stories(t), context.Background()
	accented := kept("/cle", "public", "2026-01-01", strings.Fields("une clé"))
	accented.Item.Title = "La sécurité à l'atelier"
	accented.Item.Published = content.Date{}
	keep(t, x, accented)
	if err := x.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"levian": "levain", "sécutiré": "sécurité", "fuor": "four", "velp": "vélo", "vleo notcie": "", "pain": "", "zzzzzz": "", "atelierr securite": "atelier securite",
		`"levian"`: "", "le": "", "foru -pain": "",
	} {
		if got, err := x.Suggest(ctx, typed); err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", typed, got, err, want)
		}
	}
	if got, err := x.Suggest(ctx, "concurent"); err != nil || got != "" {
		t.Errorf("a word of what must never leave is suggested: %q, %v", got, err)
	}
	if n := slips([]rune("chaîne"), []rune("chaine"), 2); n != 1 {
		t.Errorf("%d slips", n)
	}
}
