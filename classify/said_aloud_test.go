package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestSaidInASentence: who may see a paper, that it waits for a day, that it is not ready and that it is no longer right are
// heard in a sentence without any stamp; the same words of tools, cats, posts and habits are not.
func TestSaidInASentence(t *testing.T) {
	for _, c := range []struct{ lang, line, want string }{
		// who may see it
		{"fr", "Merci de ne pas faire suivre cette note au-delà du service.", "inside/"},
		{"fr", "Le présent rapport n'est à montrer qu'aux membres du bureau.", "inside/"},
		{"fr", "Ce qui s'est dit ne quitte pas la salle.", "inside/"},
		{"fr", "Ce compte rendu reste entre nos murs.", "inside/"},
		{"fr", "Ces planches sont pour vos yeux uniquement.", "inside/"},
		{"fr", "Note tirée en nombre restreint d'exemplaires, à rendre à la fin.", "inside/"},
		{"fr", "Ne photocopiez jamais ces planches.", "inside/"},
		{"fr", "Document à ne transmettre qu'aux chefs de ligne.", "inside/"},
		{"fr", "La nouvelle cheffe n'a pas encore été présentée aux équipes.", "inside/"},
		{"en", "This memo is not for anybody beyond the board.", "inside/"},
		{"en", "Please don't pass these figures on.", "inside/"},
		{"en", "The minutes must not leave the building.", "inside/"},
		{"en", "Numbered copy of the report: return your copy after the meeting.", "inside/"},
		{"en", "What was shown goes no further.", "inside/"},
		{"fr", "N'hésitez pas à faire suivre ce message.", ""},
		{"fr", "N'oubliez pas de partager vos photos.", ""},
		{"fr", "Le chat ne sort pas de la maison.", ""},
		{"fr", "Les outils restent dans le tiroir.", ""},
		{"fr", "La fumée ne quitte pas la pièce sans hotte.", ""},
		{"fr", "Le message du chef a fait rire la salle.", ""},
		{"en", "Pass the salt on to your neighbour.", ""},
		{"en", "The ladder never leaves the shed.", ""},
		{"en", "Feel free to forward this message.", ""},
		{"en", "Bring a copy of the form.", ""},
		// until a day
		{"fr", "À garder sous le coude jusqu'au 3 mars 2027.", "lifecycle/embargo"},
		{"fr", "Rien ne sort avant le discours du maire, le 3 mars 2027.", "lifecycle/embargo"},
		{"fr", "Pas un mot avant l'ouverture du salon, le 3 mars 2027.", "lifecycle/embargo"},
		{"en", "Not a word until the fair opens on 3 March 2027.", "lifecycle/embargo"},
		{"en", "Nothing goes live before the mayor speaks on 3 March 2027.", "lifecycle/embargo"},
		{"en", "Keep it under wraps until 3 March 2027.", "lifecycle/embargo"},
		{"en", "Keep it to yourselves until 3 March 2027.", "lifecycle/embargo"},
		{"fr", "Gardez-le pour vous jusqu'au 3 mars 2027.", "lifecycle/embargo"},
		{"fr", "Le sujet sur la nouvelle usine reste au chaud jusqu'au 3 mars 2027.", "lifecycle/embargo"},
		{"fr", "Le palmarès est en réserve jusqu'au 3 mars 2027.", "lifecycle/embargo"},
		{"en", "The story stays in the drawer until 3 March 2027.", "lifecycle/embargo"},
		{"en", "The merger is known to four of us, keep quiet until 3 March 2027.", "lifecycle/embargo"},
		{"fr", "Un café offert pour vous jusqu'au 30 décembre à la cafétéria.", ""},
		{"fr", "Une place de parking pour vous jusqu'au 30 décembre.", ""},
		{"fr", "Les livres demandés restent en réserve jusqu'au 15 décembre.", ""},
		{"fr", "Le yaourt se garde au frigo jusqu'au 12 décembre.", ""},
		{"fr", "Gardez la soupe au chaud jusqu'au 12 décembre.", ""},
		{"fr", "Silence jusqu'au 3 décembre dans la salle de lecture.", ""},
		{"fr", "Rien ne part avant le 5 décembre : la benne est pleine.", ""},
		{"fr", "Des chèvres à ne sortir qu'à partir du 12 avril 2027.", ""},
		{"en", "Do not use this until 14 December: the coffee machine is being serviced.", ""},
		{"en", "Please do not run this until 12 December.", ""},
		{"en", "Keep quiet until 3 December in the reading room: exams are on.", ""},
		{"en", "The gym is all to yourselves until 3 December.", ""},
		{"en", "The jam stays on the shelf until 3 December.", ""},
		{"en", "Your parcel waits in the drawer until 30 December.", ""},
		{"en", "Nothing goes up before 5 December, the scaffolders are on leave.", ""},
		{"en", "The rink is on ice until 31 December.", ""},
		{"en", "The cat is shy, do not let it out until 3 December.", ""},
		{"fr", "Rien ne sort du four avant midi.", ""},
		{"fr", "La pâte reste au frigo jusqu'au lendemain.", ""},
		{"fr", "Gardez le sirop au chaud jusqu'au service.", ""},
		{"en", "Nothing goes out until it has been weighed.", ""},
		{"en", "Keep the dough in the drawer until it has risen.", ""},
		// not ready
		{"fr", "Premier jet à relire, deux noms ne sont pas sûrs.", "inside/draft"},
		{"fr", "À ne surtout pas publier en l'état.", "inside/draft"},
		{"fr", "Le directeur n'a pas donné son aval.", "inside/draft"},
		{"fr", "Pas relu par Sylvie, surtout pas en ligne.", "inside/draft"},
		{"fr", "Chiffre donné au doigt mouillé.", "inside/draft"},
		{"en", "Legal still has to sign off.", "inside/draft"},
		{"en", "Please do not post as is.", "inside/draft"},
		{"en", "This figure is only a guess.", "inside/draft"},
		{"en", "The price is 12 pounds (TBC - sales to tell).", "lifecycle/placeholder"},
		{"fr", "Le premier jet d'eau monte à dix mètres.", ""},
		{"fr", "Il reste des trous à reboucher dans le mur.", ""},
		{"fr", "Le maire a donné son feu vert en mars.", ""},
		{"fr", "Publiez la photo telle quelle, elle est belle.", ""},
		{"en", "There are gaps between the planks.", ""},
		{"en", "The guess was 61 kilos.", ""},
		{"en", "The dates are sweet and sticky.", ""},
		// no longer right
		{"fr", "Fiche figée en 2019.", "lifecycle/obsolete"},
		{"fr", "Les tarifs ne reflètent plus la réglementation.", "lifecycle/obsolete"},
		{"fr", "Ces dosages sont faux depuis le changement de colle.", "lifecycle/obsolete"},
		{"fr", "Nous ne procédons plus ainsi depuis l'audit.", "lifecycle/obsolete"},
		{"fr", "Demandez la nouvelle fiche avant de commencer.", "lifecycle/obsolete"},
		{"en", "We no longer do it like this.", "lifecycle/obsolete"},
		{"en", "These settings are wrong since the new press came.", "lifecycle/obsolete"},
		{"en", "Ask for the new sheet before you start.", "lifecycle/obsolete"},
		{"en", "Do not rely on these any more.", "lifecycle/obsolete"},
		{"fr", "L'eau du bassin est gelée depuis lundi.", ""},
		{"fr", "Si ces valeurs sont fausses, appelez le poste de garde.", ""},
		{"fr", "Le chien ne mord plus le facteur.", ""},
		{"fr", "Nous avons acheté la nouvelle fiche de banc.", ""},
		{"en", "We do it like this every spring.", ""},
		{"en", "If the figures are wrong, tell us.", ""},
		{"en", "The new sheet metal came in.", ""},
	} {
		around := aroundIn[c.lang]
		v := Judge(content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: around.title, H1: around.title,
			Text: around.text + "\n\n" + c.line + "\n\n" + around.text, Language: c.lang, Access: content.Access{Visibility: content.Intranet}}, Policy{}, judged)
		found := c.want == ""
		for _, r := range v.Reasons {
			of := strings.HasPrefix(r.Rule, "inside/wish") || strings.HasPrefix(r.Rule, "inside/draft") || strings.HasPrefix(r.Rule, "lifecycle/") || strings.HasPrefix(r.Rule, "marking/")
			switch {
			case r.Severity != Block && r.Severity != Review:
			case c.want == "" && of:
				t.Errorf("%q: %s on %q", c.line, r.Rule, r.Quote)
			case c.want != "" && strings.HasPrefix(r.Rule, c.want):
				found = true
			}
		}
		if !found {
			t.Errorf("%q: no %s (%s)", c.line, c.want, brief(v))
		}
	}
}
