package index

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"filon/classify"
	"filon/crawler/content"
)

func TestErase(t *testing.T) {
	s := &subjects{key: []byte("k"), hashes: map[string]bool{}}
	if err := s.take([]string{"Jeanne Le Goff", "j.legoff@exemple.fr"}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Merci à Jeanne Le Goff, et à tous.":   "Merci à […], et à tous.",
		"LE GOFF Jeanne n'y était pas":         "[…] n'y était pas",
		"Goff Jeanne Le était là":              "[…] était là",
		"écrire à J.LEGOFF@exemple.fr":         "écrire à […]",
		"Jeanne et Le Goff":                    "Jeanne et Le Goff",
		"jeanne-le-goff":                       "[…]",
		"Jéanne le Göff":                       "[…]",
		"":                                     "",
		"Jeanne Le Goffic et Jeanne Le Goff.":  "Jeanne Le Goffic et […].",
		"Jeanne Le GoffJeanne Le Goff":         "Jeanne Le GoffJeanne Le Goff",
		"Jeanne Le Goff Jeanne Le Goff Jeanne": "[…] […] Jeanne",
		"J. Le Goff et LE GOFF J.":             "[…] et […].",
		"Jeanne et Luc Le Goff":                "[…] et Luc Le Goff",
		"K. Le Goff, Mme Le Goff":              "K. Le Goff, Mme Le Goff",
	} {
		if got, _ := s.erase(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	d := &subjects{key: []byte("k"), hashes: map[string]bool{}}
	if err := d.take([]string{"AUBERT Denis"}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"le dossier d'Aubert, d’Aubert": "le dossier d'Aubert, d’Aubert", "Aubert d'abord": "Aubert d'abord", "D. Aubert": "[…]", "A. Denis": "A. Denis"} {
		if got, _ := d.erase(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	item := content.Item{Address: "https://e.fr/jeanne-le-goff.html", Text: "Bonjour.\n\nJeanne Le Goff a monté la serre. Mme Le Goff l'a dit.\n\tC:\\Jeanne Le Goff", Images: []content.Image{{Address: "https://e.fr/img/jeanne-le-goff.jpg"}, {Address: "https://e.fr/img/Jeanne%20Le%20Goff.jpg"}}}
	clean, n, err := s.eraseItem(item)
	if err != nil || n != 5 || clean.Address != item.Address || clean.Text != "Bonjour.\n\n[…] a monté la serre. […] l'a dit.\n\tC:\\[…]" || clean.Images[0].Address != "https://e.fr/img/[…].jpg" || clean.Images[1].Address != "https://e.fr/img/[…].jpg" {
		t.Errorf("%d erased: %+v, %v", n, clean, err)
	}
	paragraph := content.Item{Address: "https://e.fr/", Text: "Bonjour.\nJeanne Le Goff a monté la serre."}
	if clean, n, err := s.eraseItem(paragraph); err != nil || n != 1 || clean.Text != "Bonjour.\n[…] a monté la serre." {
		t.Errorf("at the start of a paragraph: %q, %v", clean.Text, err)
	}
	if _, n, err := s.eraseItem(content.Item{Address: "https://e.fr/", Text: "Mme Le Goff est la cliente."}); err != nil || n != 0 {
		t.Errorf("somebody else's name went: %d, %v", n, err)
	}
	var bad *SubjectError
	if err := s.take([]string{"Jeanne"}); !errors.As(err, &bad) {
		t.Errorf("one word: %v", err)
	}
}

func TestPurge(t *testing.T) {
	x, db, dir := house(t, Options{Write: true})
	ctx := context.Background()
	rec := page("/portrait", "fr", "Jeanne Kerbrat, soudeuse", "Jeanne Kerbrat soude depuis dix ans dans l'atelier de Brest.")
	rec.Item.Author = "Kerbrat Jeanne"
	rec.Item.Headings = []content.Heading{{Level: 2, Text: "Le geste de Jeanne Kerbrat"}}
	other := page("/autre", "fr", "L'atelier", "Paul Kerbrat et Jeanne Martin y travaillent.")
	keep(t, x, rec, other)
	if err := x.Decide(ctx, rec.Item.Address, Decision{Disposition: "keep", AssignedTo: "Jeanne Kerbrat", Notes: "demander à jeanne kerbrat", At: noon}); err != nil {
		t.Fatal(err)
	}
	var held []Held
	if err := x.Subject(ctx, []string{"Jeanne Kerbrat"}, func(h Held) error { held = append(held, h); return nil }); err != nil || len(held) != 1 || held[0].Times < 4 {
		t.Errorf("held: %+v, %v", held, err)
	}
	judge := func(content.Item) classify.Verdict {
		return classify.Verdict{Outcome: classify.Publishable, Type: "people_portrait"}
	}
	if n, err := x.Purge(ctx, []string{"Jeanne Kerbrat"}, judge); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	got, _, err := x.Get(ctx, rec.Item.Address)
	if err != nil || got.Item.Text != "[…] soude depuis dix ans dans l'atelier de Brest." || got.Item.Author != "[…]" || got.Decision.AssignedTo != "[…]" || got.Decision.Notes != "demander à […]" || got.Decision.Disposition != "keep" {
		t.Errorf("%+v %+v %v", got.Item, got.Decision, err)
	}
	if found := paths(t, x, Query{Text: "jeanne kerbrat"}); len(found) != 1 || found[0] != "/autre" {
		t.Errorf("search finds %v", found)
	}
	// She does not come back with the next crawl, nor after the file was opened again.
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x, err = Open(ctx, dir, db, Options{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	clean, err := x.Without(rec.Item)
	if err != nil || clean.Title != "[…], soudeuse" || clean.Address != rec.Item.Address {
		t.Errorf("%+v %v", clean, err)
	}
	if same, err := x.Without(other.Item); err != nil || same.Text != other.Item.Text {
		t.Errorf("somebody else's name went: %q, %v", same.Text, err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	db.Close()
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(data), []byte("jeanne kerbrat")) || bytes.Contains(data, []byte("Kerbrat, soudeuse")) {
			t.Errorf("%s still names her", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
