package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestClaimsSaid: claims in other words than those of the law ask, wherever they stand; advice, facts of nature and what
// teaches about claims do not.
func TestClaimsSaid(t *testing.T) {
	for _, c := range []struct{ lang, line, want string }{
		// the planet
		{"fr", "Nous sommes des imprimeurs zéro émission depuis mars.", "claim/green"},
		{"fr", "Notre sac est totalement biodégradable.", "claim/green"},
		{"fr", "Sans danger pour l'environnement, elle se jette dans l'évier.", "claim/green"},
		{"fr", "Chaque bouteille vendue a un impact nul sur la nature et une empreinte carbone négative.", "claim/green"},
		{"fr", "Nos bougies respectent la planète.", "claim/green"},
		{"fr", "Notre laine absorbe plus de CO2 qu'elle n'en rejette.", "claim/green"},
		{"fr", "On y lit notre label maison, une goutte bleue.", "claim/green"},
		{"fr", "Nous compensons toutes nos émissions depuis 2024.", "claim/carbon-neutral"},
		{"fr", "Toutes nos émissions sont annulées par un achat de crédits.", "claim/carbon-neutral"},
		{"en", "Our bags are fully biodegradable.", "claim/green"},
		{"en", "It has no impact on the climate, so take two.", "claim/green"},
		{"en", "Our mugs are kind to the planet.", "claim/green"},
		{"en", "Each chair locks away more carbon than it costs.", "claim/green"},
		{"en", "We offset all our emissions with trees.", "claim/carbon-neutral"},
		{"fr", "Une brosse souple, respectueuse de la planète.", "claim/green"},
		{"en", "An eco-friendly garden brush.", "claim/green"},
		{"fr", "Des gestes simples, respectueux de la planète.", ""},
		{"en", "An eco-friendly idea.", ""},
		{"en", "A biodegradable bag breaks down in months.", ""},
		{"fr", "Un sac biodégradable se décompose en quelques mois.", ""},
		{"fr", "Trier ses déchets protège la planète.", ""},
		{"fr", "Une forêt absorbe plus de CO2 qu'elle n'en rejette.", ""},
		{"fr", "Aucun produit n'est sans danger pour l'environnement.", ""},
		{"fr", "La loi interdit d'écrire « sans impact sur le climat ».", ""},
		{"fr", "Nous compostons les déchets biodégradables du réfectoire.", ""},
		{"fr", "Notre atelier a divisé par deux ses émissions depuis 2020.", ""},
		{"fr", "Le vélo ne pollue pas.", ""},
		{"en", "Is your bag fully biodegradable?", ""},
		{"en", "Avoid words such as fully biodegradable.", ""},
		{"en", "The peat bog stores more carbon than a forest.", ""},
		{"en", "Our lorries burn a third less diesel than in 2020.", ""},
		// health
		{"fr", "Notre sirop vient à bout des rhumes les plus tenaces.", "claim/health"},
		{"fr", "Deux gorgées de cette infusion calment l'asthme.", "claim/health"},
		{"fr", "Notre lampe supprime les migraines.", "claim/health"},
		{"fr", "Elle fait perdre trois kilos par mois.", "claim/health"},
		{"fr", "Depuis, Paul a jeté ses somnifères.", "claim/health"},
		{"fr", "Nos gants détruisent les bactéries en une minute.", "claim/health"},
		{"fr", "Un carré par jour éloigne le médecin.", "claim/health"},
		{"en", "A spoonful of it clears eczema.", "claim/health"},
		{"en", "Our balm keeps migraines away.", "claim/health"},
		{"en", "Mary has binned her sleeping pills since.", "claim/health"},
		{"en", "It kills bacteria, as all ours do.", "claim/health"},
		{"en", "You lose two kilos a month with it.", "claim/health"},
		{"fr", "Se laver les mains évite la grippe.", ""},
		{"fr", "Le vaccin protège de la grippe, et notre infirmière passe jeudi.", ""},
		{"fr", "Notre course soutient ceux qui soignent le cancer.", ""},
		{"fr", "Notre antivirus élimine les virus des ordinateurs.", ""},
		{"fr", "Une tasse de thé ne soigne pas la grippe.", ""},
		{"fr", "Nos ruches ont donné trente kilos de miel.", ""},
		{"fr", "L'exercice éloigne le diabète, dit la brochure.", ""},
		{"en", "Washing your hands prevents flu.", ""},
		{"en", "Our run is for the charity that beats cancer.", ""},
		{"en", "We clear our desks before the summer.", ""},
		{"en", "Honey does not cure hay fever.", ""},
		{"en", "Our team treats every customer well.", ""},
		// drink and ballots
		{"fr", "Un petit verre de blanc par jour console de tout.", "claim/alcohol"},
		{"fr", "À la quatrième pinte, tout le monde chantait.", "claim/alcohol"},
		{"fr", "Rien de tel qu'une bière pour oublier la réunion.", "claim/alcohol"},
		{"en", "They emptied a whole keg of cider before dark.", "claim/alcohol"},
		{"en", "Nothing beats a glass of red after the stocktake.", "claim/alcohol"},
		{"en", "A gin a day is good for you.", "claim/alcohol"},
		{"fr", "Plus de deux verres de vin par jour, c'est trop.", ""},
		{"fr", "La brasserie voisine ouvre à midi.", ""},
		{"fr", "Les candidatures arrivent à flots.", ""},
		{"en", "The limit is two pints a day, says the doctor.", ""},
		{"en", "The tea is good for you.", ""},
		{"fr", "Nous vous appelons à réélire le maire au printemps.", "claim/context"},
		{"fr", "La députée mérite un second mandat, dit le patron.", "claim/context"},
		{"en", "We urge everyone to re-elect our MP.", "claim/context"},
		{"fr", "Le maire a coupé le ruban, et la fanfare a joué.", ""},
		{"fr", "Nous vous invitons à soutenir l'équipe de relais.", ""},
		{"en", "The mayor asked everyone to taste the soup.", ""},
	} {
		around := aroundIn[c.lang]
		v := Judge(content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: around.title, H1: around.title,
			Text: around.text + "\n\n" + c.line + "\n\n" + around.text, Language: c.lang, Access: content.Access{Visibility: content.Intranet}}, Policy{}, judged)
		found := c.want == ""
		for _, r := range v.Reasons {
			switch {
			case !strings.HasPrefix(r.Rule, "claim/") || r.Severity == Note:
			case c.want == "":
				t.Errorf("%q: %s on %q", c.line, r.Rule, r.Quote)
			case r.Rule == c.want:
				found = true
			}
		}
		if !found {
			t.Errorf("%q: no %s (%s, %s)", c.line, c.want, v.Type, brief(v))
		}
	}
}
