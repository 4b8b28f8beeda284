package classify

import (
	"testing"

	"filon/crawler/content"
)

func TestTitleAlone(t *testing.T) {
	for _, c := range []struct{ title, heading, site, want string }{
		{"Douze collègues à vélo – Menuiserie Talbot", "Douze collègues à vélo", "", "Douze collègues à vélo"},
		{"Menuiserie Talbot | Douze collègues à vélo", "Douze  collègues à vélo", "", "Douze collègues à vélo"},
		{"Le potager - Talbot", "Autre chose", "Talbot", "Le potager"},
		{"Talbot · Le potager", "", "Talbot", "Le potager"},
		{"Le potager – un an après", "Actualités", "Talbot", "Le potager – un an après"},
		{"Porte-à-porte", "Porte", "", "Porte-à-porte"},
		{"", "", "", ""},
	} {
		if got := TitleAlone(content.Item{Title: c.title, H1: c.heading, SiteName: c.site}); got != c.want {
			t.Errorf("%q under %q: %q, want %q", c.title, c.heading, got, c.want)
		}
	}
}

func TestCountsThings(t *testing.T) {
	for text, want := range map[string]bool{
		"Ensemble, ils ont parcouru 2 140 kilomètres.": true,
		"Quarante bacs et 60 tomates mûres.":           true,
		"Rendez-vous le 12 mars 2026 à 75011 Paris.":   false,
		"Depuis 1998 nous travaillons ensemble.":       false,
		"Le 06 61 22 48 90 répond.":                    false,
		"La version 3.14 plus récente.":                false,
		"Aucun nombre.":                                false,
	} {
		item := content.Item{Text: text}
		p := newPage(&item, &Policy{}, judged)
		if got := p.countsThings(); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestNamesInside(t *testing.T) {
	for text, want := range map[string]bool{
		"Voir http://srv-compta/stock": true, `Voir \\srv-fic01\partage`: true, "Le serveur 10.12.0.4 répond": true, "Ouvrez LOCALHOST dans le navigateur": true,
		"Sur srv.corp.local depuis lundi": true, `Le fichier est dans P:\ventes`: true, "Sur https://paie.intranet.exemple.fr/": true,
		"La ligne tourne. Tout va bien.": false, "Voir https://www.exemple.fr/stock": false, "À 10.30 nous partons": false, "": false,
	} {
		if got := NamesInside(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestHookIsNoTitle takes no hook from titles that name the site.
func TestHookIsNoTitle(t *testing.T) {
	for _, c := range []struct {
		item content.Item
		want string
	}{
		{content.Item{Title: "Réserver un vélo", PageTitle: "Réserver un vélo de l'usine pour la journée — Wiki Talbot", Text: "Les vélos se prennent au poste de garde et se rendent le soir même."}, "Les vélos se prennent au poste de garde et se rendent le soir même."},
		{content.Item{Title: "Réserver un vélo", Declared: "Réserver un vélo de l'usine pour la journée — Wiki Talbot", Description: "Les vélos de l'usine attendent au poste de garde.", Text: "Au poste."}, "Les vélos de l'usine attendent au poste de garde."},
	} {
		item := c.item
		p := newPage(&item, &Policy{}, judged)
		p.look()
		if got := p.hook(); got != c.want {
			t.Errorf("%q: hook %q, want %q", c.item.Title, got, c.want)
		}
	}
}
