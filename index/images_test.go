package index

import (
	"slices"
	"testing"

	"filon/crawler/content"
)

// TestImageUses holds that a picture knows the pages that show it, through changes, departures and a
// rebuilding.
func TestImageUses(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := t.Context()
	keep := func(address, mime string, images ...string) {
		item := content.Item{Address: address, MIME: mime, Title: "Une page", Text: "Un four cuit le pain de " + address}
		for _, a := range images {
			item.Images = append(item.Images, content.Image{Address: a})
		}
		if err := x.Keep(ctx, Record{Item: item}); err != nil {
			t.Fatal(err)
		}
	}
	const four, pain = "https://a.test/four.jpg", "https://a.test/pain.jpg"
	keep("https://a.test/1", "text/html", four, four, pain)
	keep("https://a.test/2", "text/html", four)
	keep("https://a.test/3", "text/html", pain)
	keep(four, "image/jpeg", four) // the picture itself
	uses := func(address string, want ...int) {
		t.Helper()
		rec, ok, err := x.Get(ctx, address)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		if err := x.CountUses(ctx, &rec); err != nil || !slices.Equal(rec.ImageUses, want) {
			t.Errorf("%s: %v (%v), want %v", address, rec.ImageUses, err, want)
		}
	}
	uses("https://a.test/1", 2, 2, 2)
	uses(four, 2)
	if pages, err := x.PagesWith(ctx, four, 1); err != nil || !slices.Equal(pages, []string{"https://a.test/1"}) {
		t.Errorf("pages with the picture: %v (%v)", pages, err)
	}
	keep("https://a.test/2", "text/html", pain)
	uses("https://a.test/1", 1, 1, 3)
	if err := x.Drop(ctx, "https://a.test/3", ""); err != nil {
		t.Fatal(err)
	}
	uses("https://a.test/2", 2)
	if _, err := x.db.W.ExecContext(ctx, `DELETE FROM image_uses`); err != nil { // as an earlier filon left it
		t.Fatal(err)
	}
	if err := x.Reindex(ctx, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	uses("https://a.test/1", 1, 1, 2)
}
