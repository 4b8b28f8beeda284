package classify

import "testing"

// TestSpokenOf: a draft of which something is told, and a strike in the title of a play, are no mark and no strike; a page that says
// that it is superseded, a strike that unions have called, and a stamp are.
func TestSpokenOf(t *testing.T) {
	const rest = "\n\nLe reste de la page parle du temps qu'il fait."
	for _, c := range []struct {
		lang, title, text, rule string
		held                    bool
	}{
		{"fr", "Éloge du brouillon : une exposition dans le hall", "Ratures et flèches racontent la naissance d'un texte.", "lifecycle/draft", false},
		{"en", "In praise of drafts: an exhibition", "Crossings-out tell how a text was born.", "lifecycle/draft", false},
		{"fr", "Brouillon : présentation du hall", "Le hall ouvre lundi.", "lifecycle/draft", true},
		{"en", "DRAFT: the new hall", "The hall opens on Monday.", "lifecycle/draft", true},
		{"fr", "Le cépage le plus confidentiel du vignoble", "On le disait rare.", "marking/confidential", false},
		{"fr", "CONFIDENTIEL - Le cépage du vignoble", "On le disait rare.", "marking/confidential", true},
		{"fr", "Très confidentiel", "On le disait rare.", "marking/secret", true},
		{"fr", "« La Grève des dieux » revient sur scène", "La troupe joue trois soirs de plus.", "special/union", false},
		{"fr", "La grève du 12 décembre", "L'atelier sera fermé.", "special/union", true},
		{"fr", "« Grève le 12 » : ce que dit le tract", "L'atelier sera fermé.", "special/union", true},
		{"fr", "La fiche des dates", "Remplacée par la version 4, n'utilisez plus cette page.", "lifecycle/obsolete", true},
		{"en", "House style: dates", "Superseded by version 4 – do not use this page any more.", "lifecycle/obsolete", true},
		{"en", "House style: dates", "If the sheet was superseded by version 4, ask for the new one.", "lifecycle/obsolete", false},
		{"en", "What's on", "Strike called by the CGT and FO unions at the Mill works", "inside/trouble", true},
		{"fr", "L'agenda", "Un préavis de grève déposé par la CGT court jusqu’à lundi.", "inside/trouble", true},
		{"en", "What's on", "The bowling team called by the bar and got a strike", "inside/trouble", false},
	} {
		item := insidePage(c.lang, c.text+rest)
		item.Title, item.H1 = c.title, c.title
		held := false
		for _, r := range Judge(item, Policy{}, judged).Reasons {
			held = held || r.Rule == c.rule && r.Severity != Note
		}
		if held != c.held {
			t.Errorf("%s, %s: %s %t, want %t; %v", c.title, c.text, c.rule, held, c.held, askedBy(Judge(item, Policy{}, judged)))
		}
	}
}
