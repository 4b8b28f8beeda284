package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestSaidOfItself: an item that says of itself that it is out of date, or until when to wait, and what is said of other things.
func TestSaidOfItself(t *testing.T) {
	for _, c := range []struct {
		line string
		want Outcome
	}{
		{"Attention, ce mode opératoire est caduc : prendre celui de la nouvelle presse.", NotProposed},
		{"Note abrogée.", NotProposed},
		{"Ces fiches ne sont plus maintenues.", NotProposed},
		{"La consigne ci-dessous n'est plus en vigueur.", NeedsApproval},
		{"This handbook is outdated.", NotProposed},
		{"This policy was withdrawn in May.", NeedsApproval},
		{"Si cette page n'est pas à jour, écrivez-nous.", Publishable},
		{"Votre fiche est-elle périmée ?", Publishable},
		{"Ce formulaire n'est plus valable après trois mois.", Publishable},
		{"Nos vieux moules sont obsolètes et finissent en bancs pour la cour.", Publishable},
		{"Une notice ne doit pas être perdue : elle est remplacée par nos soins.", Publishable},
		{"The steam engine was withdrawn in 1951.", Publishable},
		{"If this guide is out of date, tell us.", Publishable},
		{"Interdiction d'en parler avant le 4 mars 2027.", Never},
		{"Attendre le 12 février 2027 pour diffuser la nouvelle.", Never},
		{"Hold this until 12 February 2027, then post at will.", Never},
		{"Not to be announced before 3 May 2027.", Never},
		{"Interdiction d'en parler avant le 4 mars 2024.", Publishable},
		{"Merci d'attendre le 12 février 2027 pour repeindre le portail.", Publishable},
		{"Attendre le 12 février 2027 pour partager vos photos de la fête.", Publishable},
		{"Please wait until 3 May 2027 to plant the tomatoes.", Publishable},
	} {
		it := content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: "La nouvelle ligne de pliage tourne", H1: "La nouvelle ligne de pliage tourne",
			Text: ordinary + "\n\n" + c.line + "\n\n" + ordinary, Language: "fr", Access: content.Access{Visibility: content.Intranet}}
		if v := Judge(it, Policy{}, judged); v.Outcome != c.want && !(c.want == Publishable && v.Outcome == NeedsEdit) {
			t.Errorf("%s: %s, want %s (%s)", c.line, v.Outcome, c.want, brief(v))
		}
	}
}
