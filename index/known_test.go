package index

import (
	"context"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler/content"
)

// TestKnown: what an item inside asks for is known when a public page says it on that day, and only then; a second look
// judges nothing again, a page that goes or comes does.
func TestKnown(t *testing.T) {
	ctx := context.Background()
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	x, _, _ := house(t, Options{Write: true})
	put := func(path, title, text string, reach content.Visibility, published string) {
		r := page(path, "fr", title, text)
		r.Item.Access.Visibility = reach
		r.Item.Published.Time, _ = time.Parse(time.DateOnly, published)
		r.Verdict = classify.Judge(r.Item, classify.Policy{}, day)
		keep(t, x, r)
	}
	look := func() int {
		t.Helper()
		known, err := x.Known(ctx, day)
		if err != nil {
			t.Fatal(err)
		}
		n, err := x.RejudgeKnown(ctx, known, func(item content.Item) classify.Verdict { return known.Judge(item, classify.Policy{}, day) })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	speaks := func(rule string) bool {
		t.Helper()
		rec, ok, err := x.Get(ctx, "https://www.exemple.fr/bilan")
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		for _, r := range rec.Verdict.Reasons {
			if r.Rule == rule {
				return true
			}
		}
		return false
	}
	put("/bilan", "Une belle année", "En 2025 le chiffre d'affaires atteint 48,2 M€ et les ateliers ont bien travaillé.", content.Intranet, "2026-01-10")
	put("/demain", "Résultats 2025", "Le chiffre d'affaires s'établit à 48,2 M€.", content.Public, "2026-12-24")
	put("/fuite", "Résultats 2025", "Le chiffre d'affaires s'établit à 48,2 M€. Mot de passe : Zq8!motdepasse", content.Public, "2026-03-12")
	put("/autre", "Résultats 2024", "Le chiffre d'affaires s'établit à 48,2 M€.", content.Public, "2025-03-12")
	if n := look(); n != 0 || !speaks("finance/results") {
		t.Errorf("%d verdicts changed by a page of tomorrow, one that leaks and one of another year", n)
	}
	put("/resultats", "Résultats 2025", "Le chiffre d'affaires s'établit à 48,2 M€.", content.Public, "2026-03-12")
	if n := look(); n != 1 || speaks("finance/results") || !speaks("finance/public") {
		t.Errorf("%d verdicts changed by the page that says it", n)
	}
	if n := look(); n != 0 {
		t.Errorf("%d verdicts changed by nothing", n)
	}
	if err := x.Gone(ctx, "https://www.exemple.fr/resultats", noon); err != nil {
		t.Fatal(err)
	}
	if n := look(); n != 1 || !speaks("finance/results") {
		t.Errorf("%d verdicts changed when the page had gone", n)
	}
	// What was kept without knowing is judged again, also where the same is known as before.
	put("/resultats", "Résultats 2025", "Le chiffre d'affaires s'établit à 48,2 M€.", content.Public, "2026-03-12")
	look()
	put("/bilan", "Une belle année", "En 2025 le chiffre d'affaires atteint 48,2 M€ et les ateliers ont très bien travaillé.", content.Intranet, "2026-01-10")
	if n := look(); n != 1 || speaks("finance/results") {
		t.Errorf("%d verdicts changed of what was kept without knowing", n)
	}
}
