package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestMarksAlone: a mark that has its line, entry, cell, box or tag to itself counts as in a banner; in prose, as the label
// of a link, in a register or in a list of levels it does not.
func TestMarksAlone(t *testing.T) {
	link := func(s string) []content.Link {
		return []content.Link{{Address: "https://intranet.exemple-industrie.fr/b", Text: s, Main: true}}
	}
	for _, c := range []struct {
		name, line string
		put        func(*content.Item)
		want       Outcome
	}{
		{"an entry of a list", "Lire la notice\nStrictement confidentiel\nGraisser", nil, Never},
		{"a definition", "Public visé\nTous\nClassification\nDiffusion restreinte", nil, Never},
		{"a cell", "Sensibilité\tConfidentiel", nil, Never},
		{"a cell of the scale", "Niveau de confidentialité\tC3", nil, Never},
		{"the scale in a definition", "Confidentiality level\nC2", nil, Never},
		{"the scale, C1", "Niveau de diffusion : C1", nil, NeedsApproval},
		{"the scale, C0", "Niveau de diffusion : C0", nil, Publishable},
		{"a class that may be of rust", "Classification : C3", nil, NeedsApproval},
		{"a class of rust", "Classe de corrosivité : C3", nil, Publishable},
		{"a room", "La diffusion du film a lieu en salle C2", nil, Publishable},
		{"the level of a language course", "Niveau : C2", nil, Publishable},
		{"an order in two words", "Document non communicable", nil, Never},
		{"what is said of an illness", "Cette maladie est non communicable, le médecin l'a rappelé à tous.", nil, Publishable},
		{"traffic lights", "Ordre du jour\nTLP: AMBER", nil, Never},
		{"a line of tags", "Mots-clés : levage, diffusion limitée, gestes", nil, Never},
		{"a line of tags about secrets", "Mots-clés : levage, confidentialité, gestes", nil, Publishable},
		{"a tag", "", func(it *content.Item) { it.Tags = []string{"levage", "Confidentiel"} }, NeedsApproval},
		{"a folder above", "", func(it *content.Item) { it.Breadcrumb = []string{"Accueil", "Réservé à la direction"} }, NeedsApproval},
		{"a folder about it", "", func(it *content.Item) {
			it.Breadcrumb = []string{"Accueil", "Informations confidentielles : que faire ?"}
		}, Publishable},
		{"a link", "Voir aussi\nConfidentiel", func(it *content.Item) { it.Links = link("Confidentiel") }, Publishable},
		{"beside the text", "", func(it *content.Item) { it.Rest = "Accueil\nTLP:GREEN\nActualités" }, NeedsApproval},
		{"a draft beside the text", "", func(it *content.Item) { it.Rest = "Accueil\nBrouillon\nActualités" }, NeedsApproval},
		{"a link beside the text", "", func(it *content.Item) { it.Rest, it.Links = "Accueil\nBrouillon", link("Brouillon") }, Publishable},
		{"a level beside the text", "", func(it *content.Item) { it.Rest = "Accueil\nSensitivity\nC4" }, NeedsApproval},
		{"a floor beside the text", "", func(it *content.Item) { it.Rest = "Accueil\nBâtiment\nC4" }, Publishable},
		{"levels explained", "Public\tC0\nUsage interne\nConfidentiel\nStrictement confidentiel", nil, NeedsApproval},
		{"out of date", "Ancienne notice\nObsolète", nil, NotProposed},
		{"a version out of date", "Version 1\tobsolète\tjusqu'en 2019", nil, Publishable},
	} {
		it := content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: "La nouvelle ligne de pliage tourne", H1: "La nouvelle ligne de pliage tourne",
			Text: ordinary + "\n\n" + c.line + "\n\n" + ordinary, Language: "fr", Access: content.Access{Visibility: content.Intranet}}
		if c.put != nil {
			c.put(&it)
		}
		if v := Judge(it, Policy{}, judged); v.Outcome != c.want {
			t.Errorf("%s: %s, want %s (%s)", c.name, v.Outcome, c.want, brief(v))
		}
		it.Access.Visibility = content.Public
		if v := Judge(it, Policy{}, judged); c.want == Publishable && v.Outcome != Publishable {
			t.Errorf("%s, in public: %s (%s)", c.name, v.Outcome, brief(v))
		}
	}
}
