package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestCopied: a text of somebody else that is said to be here whole closes when it is a medium's article and asks when it is a
// book, a standard or what a subscription gives to some; so do pictures and voices that were not cleared. Pointing at a text,
// reading it and one's own texts are free.
func TestCopied(t *testing.T) {
	article := map[string]string{
		"fr": "\n\n« La cour sent la colle et le tilleul. Huit personnes y font ce que faisaient leurs grands-parents, avec de meilleures lampes, et se disputent sur la musique. L'an dernier, elles ont refusé deux commandes sur trois. »",
		"en": "\n\n\"The yard smells of glue and lime. Eight people do there what their grandparents did, with better lamps, and argue about the music. Last year they turned away two orders out of three.\"",
	}
	for _, c := range []struct{ lang, line, want string }{
		{"fr", "Le Télégramme est venu nous voir. Voici l'article mot pour mot :", "never"},
		{"fr", "Ouest-France parle de l'atelier. Nous le recopions en entier ci-dessous.", "never"},
		{"fr", "Un long papier du Guardian circule. Voici sa traduction complète.", "never"},
		{"en", "The Financial Times came by. Here is their piece in full:", "never"},
		{"en", "The Guardian wrote about us, and here it is, every word of it.", "never"},
		{"fr", "La journaliste du coin a bien écouté. Voici son article dans son intégralité :", "needs_approval"},
		{"en", "The local paper ran a feature on us, pasted below in its entirety.", "needs_approval"},
		{"fr", "Le chapitre qui suit est tapé d'après le livre de Lorna Vane.", "needs_approval"},
		{"fr", "Ces trois schémas sont repris à l'identique de la norme EN 131.", "needs_approval"},
		{"fr", "J'ai tout scanné, c'est le manuel de Delmas, pages 12 à 30.", "needs_approval"},
		{"en", "The next two pages are typed out from the handbook of Lorna Vane.", "needs_approval"},
		{"en", "Clause 4 of the ISO standard, copied out of our office copy, stands below.", "needs_approval"},
		{"fr", "Ces chiffres viennent de notre abonnement Xerfi, réservés aux six licences.", "needs_approval"},
		{"en", "The numbers are taken from the Gartner subscription, for the six of us only.", "needs_approval"},
		{"fr", "Le décor porte encore le filigrane Getty.", "needs_approval"},
		{"fr", "La voix off a été payée pour une diffusion interne.", "needs_approval"},
		{"fr", "L'emblème du club, on ne nous l'a pas permis.", "needs_approval"},
		{"fr", "Le dauphin est celui du port de Brest retourné, et leurs avocats ont écrit.", "needs_approval"},
		{"en", "The backdrop still bears the Getty watermark.", "needs_approval"},
		{"en", "The actor was hired for in-house use only.", "needs_approval"},
		{"en", "The whale is the Hull Museum's, mirrored, and they have objected.", "needs_approval"},
		{"fr", "Voici en entier ce que Le Télégramme dit de nous :", "never"},
		{"en", "The Guardian wrote about our yard, and here is the whole piece:", "never"},
		{"fr", "Voici la chanson en entier, telle que Ouest-France la chante.", "needs_approval"},
		{"fr", "Voici l'équipe qui a couru le marathon en entier, comme l'a raconté Ouest-France.", ""},
		{"fr", "Voici le parcours dans son intégralité, comme Ouest-France l'avait tracé.", ""},
		{"en", "Here is the bike route in full, as The Guardian once drew it.", ""},
		{"en", "Below is the recipe, word for word, as according to the Guardian it was baked.", ""},
		{"fr", "Lisez l'article en entier sur le site du Télégramme.", ""},
		{"fr", "L'article complet est disponible au kiosque, et Le Télégramme le garde en ligne.", ""},
		{"fr", "Il a répété la consigne mot pour mot.", ""},
		{"fr", "Voici notre règlement en entier.", ""},
		{"fr", "Nous appliquons la norme dans son intégralité.", ""},
		{"fr", "Voici en entier notre guide de la scierie.", ""},
		{"fr", "Elle a recopié à la main le plan du jardin.", ""},
		{"fr", "L'abonnement au théâtre est réservé aux six premiers.", ""},
		{"fr", "Le filigrane se voit à contre-jour dans le papier du moulin.", ""},
		{"en", "Read the piece in full on the site of the Guardian.", ""},
		{"en", "Our own booklet is below, word for word as in 1970.", ""},
		{"en", "The chair meets the British standard in full.", ""},
		{"en", "She typed the minutes out from her notes.", ""},
		{"en", "Our theatre subscription comes with a seat in the stalls.", ""},
		{"en", "The boat lay upside down on the quay, and the club has written a poem.", ""},
	} {
		around := aroundIn[c.lang]
		v := Judge(content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: around.title, H1: around.title,
			Text: around.text + "\n\n" + c.line + article[c.lang], Language: c.lang, Access: content.Access{Visibility: content.Intranet}}, Policy{}, judged)
		told := ""
		for _, r := range v.Reasons {
			if (r.Rule == "press/reproduction" || r.Rule == "inside/rights") && (r.Severity == Block || r.Severity == Review) {
				told = r.Rule
			}
		}
		if (told != "") != (c.want != "") || c.want == "never" && v.Outcome != Never || c.want == "needs_approval" && v.Outcome == Never {
			t.Errorf("%q: %s, want %s (%s)", c.line, v.Outcome, c.want, strings.TrimSpace(brief(v)))
		}
	}
}
