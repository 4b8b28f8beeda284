package index

import (
	"context"
	"testing"

	"filon/classify"
	"filon/crawler/content"
)

// TestHiddenAddress: what the address of a closed item gives away is not shown, and what is shown finds the record; of two
// ids that begin alike, none is found by the beginning.
func TestHiddenAddress(t *testing.T) {
	ctx := context.Background()
	x, _, _ := house(t, Options{Write: true})
	closed := content.Item{ID: "0123456789abcdef", Address: "https://in.example/rh/dossier-alice-durand.html", Title: "Dossier", Text: "Un dossier."}
	alike := content.Item{ID: "01234567ffffffff", Address: "https://in.example/rh/grille.html", Title: "Grille", Text: "Une grille."}
	plain := content.Item{ID: "fedcba9876543210", Address: "https://in.example/alice-durand.html", Title: "Alice Durand", Text: "Un portrait."}
	for item, outcome := range map[*content.Item]classify.Outcome{&closed: classify.Never, &alike: classify.Never, &plain: classify.Publishable} {
		if err := x.Keep(ctx, Record{Item: *item, Verdict: classify.Verdict{Outcome: outcome}, Canonical: true}); err != nil {
			t.Fatal(err)
		}
	}
	for item, want := range map[*content.Item]string{
		&closed: "https://in.example/rh/dossier-•••.html#01234567",
		&alike:  alike.Address,
		&plain:  plain.Address,
	} {
		rec, _, err := x.Get(ctx, item.Address)
		if got := rec.HideAddress(item.Address); err != nil || got != want {
			t.Errorf("%s is shown as %s, %v, want %s", item.Address, got, err, want)
		}
	}
	if all, err := x.Closed(ctx); err != nil || len(all) != 2 || all[plain.Address] {
		t.Errorf("closed are %v, %v", all, err)
	}
	for name, want := range map[string]string{
		"https://in.example/rh/dossier-•••.html#01234567":  "", // two begin so
		"https://in.example/rh/dossier-•••.html#012345678": closed.Address,
		"012345678":  closed.Address,
		"fedcba98":   plain.Address,
		"fedcba":     "",
		"fedcba98zz": "",
	} {
		rec, ok, err := x.Get(ctx, name)
		if err != nil || rec.Item.Address != want || ok != (want != "") {
			t.Errorf("Get(%s) is %q, %v, want %q", name, rec.Item.Address, err, want)
		}
	}
}
