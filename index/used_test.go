package index

import (
	"context"
	"strings"
	"testing"
	"time"
)

// What went out is found by its address, its title or its sentences, also when it is crawled after; nothing is said
// before posts were imported, and the words of posts are not kept.
func TestWhatWentOut(t *testing.T) {
	x, db, _ := house(t, Options{Write: true})
	ctx := context.Background()
	page := func(path, title, text string) Record {
		r := kept(path, "public", "2026-05-01", strings.Fields(text))
		r.Item.Title = title
		return r
	}
	linked := page("/velo", "Le vélo", "les salariés viennent à vélo et rangent leur bicyclette dans un abri")
	titled := page("/four", "Un four à pain qui consomme quinze pour cent de moins", "texte de la page")
	quoted := page("/atelier", "L'atelier", "Depuis lundi la nouvelle ligne de pliage tourne dans l'atelier nord avec douze pour cent d'énergie en moins pour la même cadence")
	fresh := page("/neuf", "Du neuf", "rien de tout cela n'est encore sorti sur un réseau quel qu'il soit")
	keep(t, x, linked, titled, fresh)
	used := func(path string) Used {
		t.Helper()
		r, ok, err := x.Get(ctx, "https://www.exemple.fr"+path)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		return r.Used
	}
	if u := used("/velo"); u.Known || u.Yes {
		t.Errorf("before: %+v", u)
	}
	on := time.Date(2026, 6, 3, 10, 0, 0, 0, time.UTC)
	posts := []Post{
		{On: on, Network: "linkedin", Text: "À lire !", Links: []string{"http://exemple.fr/velo/?utm_source=linkedin#haut"}},
		{On: on, Text: "Un four à pain qui consomme quinze pour cent de moins : notre nouveauté, avec la signature Zibeline-Corbeau."},
		{Text: "Depuis lundi, la nouvelle ligne de pliage tourne dans l'atelier nord, avec douze pour cent d'énergie en moins !"},
		{Text: "Bonjour"},
	}
	if n, items, err := x.KeepPosts(ctx, posts); err != nil || n != 4 || items != 2 {
		t.Errorf("%d new, %d items, %v", n, items, err)
	}
	if n, items, err := x.KeepPosts(ctx, posts); err != nil || n != 0 || items != 2 {
		t.Errorf("again: %d new, %d items, %v", n, items, err)
	}
	keep(t, x, quoted)
	if err := x.FindUsed(ctx); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{"/velo": true, "/four": true, "/atelier": true, "/neuf": false} {
		if u := used(path); u.Yes != want || !u.Known {
			t.Errorf("%s: %+v, want %v", path, u, want)
		}
	}
	if got := used("/velo").On.Format(time.DateOnly); got != "2026-06-03" {
		t.Errorf("last on %s", got)
	}
	if err := x.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "rien OU four OU atelier OU vélo"} {
		r, err := x.Search(ctx, Query{Text: text, Filter: Filter{Unused: true}})
		if err != nil || len(r.Hits) != 1 || !strings.HasSuffix(r.Hits[0].Record.Item.Address, "/neuf") {
			t.Errorf("%q unused: %v, %v", text, hitPaths(r.Hits), err)
		}
	}
	n := 0
	if err := x.Each(ctx, Query{Filter: Filter{Unused: true}}, func(Record) error { n++; return nil }); err != nil || n != 1 {
		t.Errorf("%d unused, %v", n, err)
	}
	var all string
	if err := db.R.QueryRow(`SELECT group_concat(links || network || hex(runs) || fingerprint) FROM posts`).Scan(&all); err != nil || strings.Contains(strings.ToLower(all), "zibeline") {
		t.Errorf("the words of a post are kept: %v", err)
	}
}

// A post of one sentence is known when the item says all of it; part of it, or a few words, are anybody's.
func TestShortPostWentOut(t *testing.T) {
	for text, want := range map[string]bool{
		"Températures, repos, coups de lame : la méthode de notre démonstrateur.":                                          true,
		"TEMPÉRATURES, repos, coups de lame : la méthode de notre démonstrateur !\n\nhttps://exemple.fr/x #Pain #AuLevain": true,
		"Températures, repos, coups de lame : la méthode de notre boulanger.":                                              false,
		"La méthode de notre démonstrateur.":                                                                               false,
		"#Pain":                                                                                                            false,
	} {
		x, _, _ := house(t, Options{Write: true})
		ctx := context.Background()
		list := page("/liste", "fr", "Conseils", "Températures, repos, coups de lame : la méthode de notre démonstrateur. Autre chose.")
		list.Verdict.Type = "listing_page"
		keep(t, x, list, page("/pain", "fr", "Le pain au levain", "Températures, repos, coups de lame : la méthode de notre démonstrateur. Le four monte vite."))
		if _, n, err := x.KeepPosts(ctx, []Post{{Text: text}}); err != nil || n > 1 || n > 0 != want {
			t.Errorf("%q: %d items, %v, want %v", text, n, err, want)
		}
	}
}
