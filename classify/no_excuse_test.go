package classify

import (
	"slices"
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestNoExcuse: a trade that has the name of an art, a sum that looks like a year, the age of a thing or of a person, a town in a name and
// a word of a game excuse nothing.
func TestNoExcuse(t *testing.T) {
	for _, c := range []struct{ lang, title, text string }{
		{"fr", "Rapport d'accident : cabine de peinture", "Le compresseur a lâché."},
		{"en", "Accident report: painting line", "The compressor gave way."},
		{"fr", "Prévisions de résultat, activité film", "Le détail suit."},
		{"fr", "Contentieux exposition à l'amiante", "Le détail suit."},
		{"fr", "Projet de rachat de Peinture Duval", "Le détail suit."},
		{"fr", "Nouvelles", "Le fournisseur a accepté une baisse de 1500 par tonne à condition que cela reste entre les deux maisons."},
		{"en", "News", "The supplier agreed to cut its price by 1200 a tonne if it stays between the two firms."},
		{"fr", "Nouvelles", "Le chef d'atelier touche une prime de 1500 en liquide chaque mois."},
		{"fr", "Nouvelles", "La direction supprime des postes, près de 1500, et les syndicats ne le savent pas."},
		{"fr", "Nouvelles", "La direction prépare la fermeture de l'usine de 1962 et les salariés l'ignorent."},
		{"en", "News", "Management is preparing to close the factory of 1962 and the staff must not know."},
		{"fr", "Nouvelles", "La serrure de 1950 ferme mal : on entre dans la réserve sans clé."},
		{"en", "News", "The back gate of 1970 does not lock and the guard sleeps."},
		{"fr", "Nouvelles", "Né en 1970, le chef des ventes suit une cure et sa femme le quitte."},
		{"fr", "Nouvelles", "Arrivé en 1975, le directeur pioche dans la caisse et personne n'ose parler."},
		{"fr", "Nouvelles", "Le bâtiment date de 1962. La direction prépare la fermeture puis la vente et les salariés l'ignorent."},
		{"fr", "Nouvelles", "En 1900 la maison ouvre." + strings.Repeat(" Elle grandit avec la vallée"+strings.Repeat(", avec les moulins et avec les saisons", 12)+".", 40) + " Aujourd'hui la maison va bien, elle grandit en 2024. La direction prépare la fermeture puis la vente et les salariés l'ignorent."},
		{"fr", "Nouvelles", "Lucas, autiste, né en 1980, travaille au tri."},
		{"fr", "Nouvelles", "Lucas, autiste, joue bien au jeu de quilles du service."},
		{"fr", "Nouvelles", "Le renvoi de Pascal Brunet, entré en 1985, surprend tout le monde."},
		{"fr", "Nouvelles", "Le renvoi de Pascal Brunet du dépôt de Saint-Ouen surprend tout le monde."},
		{"fr", "Nouvelles", "La cliente de Saint-Malo a demandé que son nom ne paraisse pas."},
		{"fr", "Nouvelles", "Supposons la fermeture de Tarbes : les salariés n'en savent rien."},
		{"en", "DRAFT A - press release", "The hall opens on Monday."},
		{"fr", "Nouvelles", "Paul Martin a été mis à pied pour vol."},
		{"fr", "Nouvelles", "Le magasinier, Paul Martin, a été renvoyé pour ivresse."},
		{"en", "News", "Paul Martin was sacked for stealing."},
		// what is said before a question is no question
		{"en", "News", "Closing the Walsall site in September: who takes the football cup?"},
		{"fr", "Nouvelles", "Fermeture du site de Vierzon en septembre : qui prend la coupe ?"},
		{"fr", "Nouvelles", "Fermeture du site de Vierzon en septembre."},
	} {
		item := content.Item{Address: "https://intranet.exemple-industrie.fr/actus/page", Title: c.title, H1: c.title, Language: c.lang, Text: c.text + "\n\nLe reste de la page parle du temps qu'il fait.", Access: content.Access{Visibility: content.Intranet}}
		v := Judge(item, Policy{}, judged)
		if v.Outcome != Never && v.Outcome != NeedsApproval {
			t.Errorf("%s, %s: %s", c.title, cut(c.text, 120), v.Outcome)
		}
	}
	title := "Portrait d'une soignante"
	item := content.Item{Title: title, H1: title, Language: "fr", Text: "Entrée libre au vernissage. Nous devons beaucoup à Julie. Elle raconte son parcours de soignante, son enfance à la ferme, ses nuits à l'hôpital et les rencontres qui ont changé sa vie.", Access: content.Access{Visibility: content.Intranet}}
	if v := Judge(item, Policy{}, judged); !slices.ContainsFunc(v.Reasons, func(r Reason) bool { return r.Severity == Review }) {
		t.Errorf("nobody asks Julie: %s", brief(v))
	}
}

// TestHidesFamilyNames: the family name of somebody whom the text names is hidden in the address however it is written.
func TestHidesFamilyNames(t *testing.T) {
	never := Verdict{Outcome: Never, Reasons: []Reason{{Rule: "personal/salary", Severity: Block, Where: "text:12", Approver: "hr"}}}
	for name, said := range map[string]string{
		"le-goff": "Sophie Le Goff", "legoff": "Sophie Le Goff", "kersauson": "Sophie de Kersauson", "dupont-moretti": "Sophie Dupont-Moretti",
		"obrien": "Kate O'Brien", "o-brien": "Kate O'Brien", "dupuis": "Marie Roux Dupuis", "marie_roux_dupuis": "Marie Roux Dupuis",
		"durand": "DURAND Sophie", "okonkwo": "Chukwudi Okonkwo", "roux": "S. Roux",
	} {
		shown, told := never.HideAddress("https://in.example/rh/dossier-"+name+".html", content.Item{Title: "Dossier", Text: "Hier, le dossier de " + said + " a été clos."}, true)
		for _, part := range []string{"goff", "kersauson", "dupont", "moretti", "brien", "dupuis", "durand", "okonkwo", "roux"} {
			if !told || strings.Contains(shown, part) {
				t.Errorf("%s of %s: %s", name, said, shown)
			}
		}
	}
	far := "https://i.example/" + strings.Repeat("a/", 200) + "alice-durand-licenciement.html"
	if shown, told := never.HideAddress(far, content.Item{}, true); !told || strings.Contains(shown, "durand") {
		t.Errorf("%s", shown)
	}
}
