package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestBoxesBesideTheText: what stands beside the main text of an intranet page asks, what is a link to another page,
// what the footer repeats and what is public does not.
func TestBoxesBesideTheText(t *testing.T) {
	for _, c := range []struct {
		name string
		put  func(*content.Item)
		want Outcome
	}{
		{"nothing", func(it *content.Item) { it.Rest = "Accueil\nActualités\nNous contacter" }, Publishable},
		{"a box about pay", func(it *content.Item) { it.Rest = "À savoir\nSalaire de M. Durand : 42 500 €" }, NeedsApproval},
		{"a comment about health", func(it *content.Item) { it.Rest = "1 commentaire\nMme Lambert est en arrêt maladie jusqu'en mars." }, NeedsApproval},
		{"a marking", func(it *content.Item) { it.Rest = "Accueil\nStrictement confidentiel" }, NeedsApproval},
		{"the same in public", func(it *content.Item) {
			it.Rest, it.Access.Visibility = "Mme Lambert est en arrêt maladie jusqu'en mars.", content.Public
		}, Publishable},
		{"a link to another page", func(it *content.Item) {
			it.Rest, it.Links = "Notre avocat plaidera en mai au tribunal de commerce", []content.Link{{Address: "https://intranet.exemple-industrie.fr/a", Text: "Notre avocat plaidera en mai au tribunal de commerce"}}
		}, Publishable},
		{"a link with a label above its title", func(it *content.Item) {
			it.Rest, it.Links = "Article précédent\nNote d’invention : masselotte segmentée", []content.Link{{Address: "https://intranet.exemple-industrie.fr/a", Text: "Article précédent Note d’invention : masselotte segmentée"}}
		}, Publishable},
		{"an archive of the software", func(it *content.Item) { it.CMS, it.CMSType = "WordPress", "archive" }, NotProposed},
		{"a footer", func(it *content.Item) {
			it.Rest, it.Zones = "Réservé au comité de direction, ne pas diffuser", []content.Zone{{Kind: content.ZoneSite, Text: "Réservé au comité de direction, ne pas diffuser"}}
		}, Publishable},
	} {
		it := content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: "La nouvelle ligne de pliage tourne", H1: "La nouvelle ligne de pliage tourne", Text: ordinary + "\n\n" + ordinary,
			Language: "fr", Access: content.Access{Visibility: content.Intranet}}
		c.put(&it)
		if v := Judge(it, Policy{}, judged); v.Outcome != c.want {
			t.Errorf("%s: %s, want %s (%s)", c.name, v.Outcome, c.want, brief(v))
		}
	}
}
