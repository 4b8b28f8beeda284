package classify

import (
	"strings"
	"testing"
)

// TestTableSecrets: the cells below the heads of logins and of codes; and the codes of articles, accounts and towns.
func TestTableSecrets(t *testing.T) {
	for _, c := range []struct{ text, gone string }{
		{"Passerelle\tLogin\tKey\nnord\tpi\tgooseBerryPath14\nsud\tpi\tnettle_and_bramble", "gooseBerryPath14 nettle_and_bramble"},
		{"Équipement\tUtilisateur\tCode\nCaméra\troot\tm0usse!Bois\nStation\tmeteo\tpluie-du-nord-46", "m0usse!Bois pluie-du-nord-46"},
		{"Réseau\tClé\nAtelier\tpluie-du-nord-46", "pluie-du-nord-46"},
		{"Porte\tCombinaison\nHall\t1962B\nQuai\t44#07\nJardin\t7052", "1962B 44#07 7052"},
		{"Zone\tDigicode\nHall\t7052", "7052"},
		{"Gate\tCode\nNorth\t7052\nSouth\tB4471", "7052 B4471"},
		{"Copier\tPIN\n2nd floor\t7052", "7052"},
		{"Code alarme\t7052", "7052"},
		{"| Porte | Code d'accès |\n|---|---|\n| Hall | 7052 |\n| Quai | 44#07 |", "7052 44#07"},
		{"| User | Key |\n| --- | --- |\n| pi | gooseBerryPath14 |", "gooseBerryPath14"},

		{"Porte\tCode\tPrix\nChêne\t4471\t320 €\nPin\t4472\t210 €", ""},
		{"Compte\tCode\nBanque\t512000\nCaisse\t530000", ""},
		{"Pays\tCode\nFrance\t0033\nBelgique\t0032", ""},
		{"Service\tCode\nAchats\t4410\nVentes\t4420", ""},
		{"Salle\tCode\nÉrable\t1204\nHêtre\t1205", ""},
		{"Utilisateur\tRôle\nmarie.d\tredacteur2", ""},
		{"Utilisateur\tCode\nMarie Durand\tFR-0042\nPaul Petit\tFR-0043", ""},
		{"Application\tMot de passe\nPaie\tSSO\nAgenda\tindividuel", ""},
		{"Élément\tClé\nRésultat\tchiffre2026", ""},
		{"Porte\tDate\nHall\t2026-10-12", ""},
		{"Essence\tPin\nDensité\t0,52", ""},
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
		if again := Mask(got); again != got {
			t.Errorf("%s: again %s", got, again)
		}
	}
}
