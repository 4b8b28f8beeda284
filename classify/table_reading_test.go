package classify

import (
	"slices"
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestRows: what parts the cells of a row, and where each says something.
func TestRows(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Nom\tPoste\nNadia F.\t\n\tpaie", "Nom·Poste / Nadia F.· / ·paie"},
		{"| Nom | Poste |\n|---|---|\n| Nadia F. | |\n| | paie |", "Nom·Poste / Nadia F.· / ·paie"},
		{"Nom | Poste\n--- | ---\nNadia F. | paie", "Nom·Poste / Nadia F.·paie"},
		{"||Nom||Poste||\n|Nadia F.|paie|", "Nom·Poste / Nadia F.·paie"},
		{"  Nom     Poste\n-----\n  Nadia F.   paie  ", "Nom·Poste / Nadia F.·paie"},
		{"Nom Salaire brut\nNadia F. 2 310\n\nNora B. 2 140\nUn texte.", "Nom·Salaire brut / Nadia F.·2 310 / Nora B.·2 140"},
		{"Nadia F. 2 310\nUn texte.\n", ""},
	} {
		f := fold(c.text)
		var rows []string
		for i := range f.rows() {
			var said []string
			for _, in := range f.cells(&f.rows()[i]) {
				said = append(said, in.said)
				if at := in.inner(); c.text[at.from:at.to] != in.said {
					t.Errorf("%q: %q is said to stand at %d", c.text, in.said, at.from)
				}
			}
			rows = append(rows, strings.Join(said, "·"))
		}
		if got := strings.Join(rows, " / "); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

// TestOneReading: the same table says the same however it is drawn: with cells that are empty, lines between its rows, heads in
// wide cells.
func TestOneReading(t *testing.T) {
	for _, c := range []struct{ rule, text string }{
		{"personal/salary", "| Nom | Poste | Salaire brut |\n|---|---|---|\n| Nadia Ferrand | | 2 310 € |\n| Hugo Masson | | 2 140 € |"},
		{"personal/salary", "||Nom||Poste||Salaire brut||\n|Nadia Ferrand|paie|2 310 €|\n|Hugo Masson|achats|2 140 €|"},
		{"personal/birth-date", "Nom\tDate de naissance\n-----\nNadia Ferrand\t04/09/1982\nHugo Masson\t17/01/1990"},
		{"", "| Article | Teinte | Prix brut |\n|---|---|---|\n| Tabouret haut | | 231 € |\n| Chaise pliante | | 214 € |"},
		{"", "Ville\tDate de fondation\n-----\nDole\t04/09/1882\nGray\t17/01/1890"},
	} {
		item := content.Item{Language: "fr", Address: "https://intranet.exemple-industrie.fr/conseils/rangement", Title: "Ranger un atelier", H1: "Ranger un atelier",
			Text: beforeTable + c.text + afterTable, Access: content.Access{Visibility: content.Intranet}}
		var rules []string
		for _, r := range Judge(item, Policy{}, judged).Reasons {
			if strings.HasPrefix(r.Rule, "personal/") {
				rules = append(rules, r.Rule)
			}
		}
		if c.rule == "" && len(rules) > 0 || c.rule != "" && !slices.Contains(rules, c.rule) {
			t.Errorf("%s: %v, want %q", c.text, rules, c.rule)
		}
	}
	wide := strings.Repeat(" ", 40)
	for _, c := range []struct{ text, gone string }{
		{"| Utilisateur" + wide + "| Clé" + wide + "|\n|---|---|\n| pi | gooseBerryPath14 |", "gooseBerryPath14"},
		{"|  | Utilisateur | Clé |\n|---|---|---|\n| 1 | pi | gooseBerryPath14 |", "gooseBerryPath14"},
		{"Utilisateur    Clé\n-----------------\npi    gooseBerryPath14", "gooseBerryPath14"},
		{"Porte\tDigicode\nHall\t7052\n| User | Key |\n| --- | --- |\n| pi | gooseBerryPath14 |", "7052 gooseBerryPath14"},
		{"Réseau\tMot de passe\n-----\nAtelier\tTilleul-4812", "Tilleul-4812"},
		{"Mot de passe\n\t\t\nTilleul-4812", "Tilleul-4812"},
		{strings.Repeat("a\t", 40) + "Mot de passe\tTilleul-4812", "Tilleul-4812"},
		{"| Élément" + wide + "| Clé" + wide + "|\n|---|---|\n| Résultat | chiffre2026 |", ""},
		{"|  | Compte | Code |\n|---|---|---|\n| 1 | Banque | 512000 |", ""},
	} {
		got := Mask(c.text)
		for _, gone := range strings.Fields(c.gone) {
			if strings.Contains(got, gone) {
				t.Errorf("%s: %s", c.text, got)
			}
		}
		if c.gone == "" && got != c.text {
			t.Errorf("%s: %s", c.text, got)
		}
	}
}

// TestPasswordsBesideBars: a column of passwords is read whether its rows are drawn with a bar at their ends, as Markdown allows
// (GFM 4.10), with tabs or with blanks, below heads that name nobody's login, and nothing is found in columns that say who has one.
func TestPasswordsBesideBars(t *testing.T) {
	for text, want := range map[string]int{
		"| Nom | Mot de passe |\n| bob | Tulipe!4471x |\n| anne | Rosier%8812 |":                                      2,
		"| Nom | Mot de passe |\nbob | Tulipe!4471x\nanne | Rosier%8812":                                              2,
		"| Nom | Mot de passe |\n| --- | --- |\nbob | Tulipe!4471x\nanne | Rosier%8812":                               2,
		"Nom | Mot de passe\n| bob | Tulipe!4471x |\n| anne | Rosier%8812 |":                                          2,
		"| Poste | Salle | Mot de passe |\nrouge | Loire | Tulipe!4471x\nbleu | Rhône | Rosier%8812":                  2,
		"Name      Password\nbob       Tulipe!4471x\nanne      Rosier%8812":                                           2,
		"| Mot de passe | Tulipe!4471x |":                                                                             1,
		"| Nom | Mot de passe |\n| bob | oui |\n| anne | non |":                                                       0,
		"| Règle | Mot de passe |\n| longueur | 12 caractères |\n| durée | 90 jours |":                                0,
		"| Étape | Mot de passe oublié |\n| 1 | cliquez sur le lien |\n| 2 | choisissez-en un autre |":                0,
		"Le mot de passe est demandé deux fois. | Accueil | Contact\nNous restons joignables. | Plan | Mentions-2024": 0,
	} {
		found := 0
		for _, r := range Judge(insidePage("fr", text), Policy{}, judged).Reasons {
			if r.Rule == "secret/password" {
				found += max(1, r.Count)
			}
		}
		if found != want {
			t.Errorf("%q: %d, want %d", text, found, want)
		}
	}
}
