package index

import (
	"context"
	"path/filepath"
	"testing"

	"filon/classify"
	"filon/crawler/content"
	"filon/crawler/truth"
)

// TestShownAddress: what the address of a closed item gives away is not shown, and what is shown finds the record; of two
// ids that begin alike, none is found by the beginning.
func TestShownAddress(t *testing.T) {
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
	closed := content.Item{ID: "0123456789abcdef", Address: "https://in.example/rh/dossier-alice-durand.html", Title: "Dossier", Text: "Un dossier."}
	alike := content.Item{ID: "01234567ffffffff", Address: "https://in.example/rh/grille.html", Title: "Grille", Text: "Une grille."}
	plain := content.Item{ID: "fedcba9876543210", Address: "https://in.example/alice-durand.html", Title: "Alice Durand", Text: "Un portrait."}
	for item, outcome := range map[*content.Item]classify.Outcome{&closed: classify.Never, &alike: classify.Never, &plain: classify.Publishable} {
		if err := x.Keep(ctx, Record{Item: *item, Verdict: classify.Verdict{Outcome: outcome}, Canonical: true}); err != nil {
			t.Fatal(err)
		}
	}
	shower, err := x.Shower(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for addr, want := range map[string]string{
		closed.Address:            "https://in.example/rh/dossier-•••.html#01234567",
		alike.Address:             alike.Address,
		plain.Address:             plain.Address,
		"https://elsewhere.test/": "https://elsewhere.test/",
	} {
		if got := x.ShownAddress(ctx, addr); got != want {
			t.Errorf("%s is shown as %s, want %s", addr, got, want)
		}
		if got := shower(addr); got != want {
			t.Errorf("among many, %s is shown as %s, want %s", addr, got, want)
		}
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
