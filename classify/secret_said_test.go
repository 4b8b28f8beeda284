package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestSaidSecrets: what people tell each other to sign in with or to open a door; and ordinary sentences a step away.
func TestSaidSecrets(t *testing.T) {
	for _, c := range []struct{ text, gone string }{
		{"Pour l'écran, connectez-vous avec accueil et Tuyau2031.", "Tuyau2031"},
		{"On se connecte sous le compte atelier, puis Tuyau-2031", "Tuyau-2031"},
		{"Log in as reception with the password Nozzle-77x.", "Nozzle-77x"},
		{"Sign in using front/Nozzle_77x", "Nozzle_77x"},
		{"Le sésame du dossier partagé reste Brouette_47 cette année.", "Brouette_47"},
		{"Le mot magique est « Brouette-47 »", "Brouette-47"},
		{"Le mot de passe du four, c'est toujours \"Brouette-47\".", "Brouette-47"},
		{"Mot de passe provisoire Brouette-47, à modifier.", "Brouette-47"},
		{"Code wifi de l'accueil : Brouette-47", "Brouette-47"},
		{"Réseau MARCHE-5G / Brouette-47", "Brouette-47"},
		{"Wi-Fi : salle haute / Brouette-47", "Brouette-47"},
		{"guest / Barrow-4711", "Barrow-4711"},
		{"Compte visiteur\tvisiteur / Brouette-47", "Brouette-47"},
		{"login: shop pass: Barrow-47", "Barrow-47"},
		{"pw: Barrow-47", "Barrow-47"},
		{"passphrase Barrow-4711", "Barrow-4711"},
		{"The passphrase is \"Barrow-4711\"", "Barrow-4711"},
		{"sshpass -p Barrow-47 scp plan.txt 10.2.0.9:", "Barrow-47"},
		{"mysql -u shop -pBarrow47 stock", "Barrow47"},
		{"net use K: \\\\srv3\\part /user:shop Barrow-47", "Barrow-47"},
		{"client_secret: 4tR~mK8vB2nQ6wZ1xC5yD9sF3gH7jL0p", "mK8vB2nQ6"},
		{"Secret access key q8Zt4LxW2vNs7Rb1Yk9Ud3Hf6Jc5Mp0Ga8eT/wQz", "LxW2vNs7"},
		{"api key 7c1e9b40d2a8f63577c1e9b40d2a8f63", "d2a8f63577"},
		{"demo@exemple-industrie.fr avec Brouette-Bleue-47.", "Brouette-Bleue-47"},
		{"La clé c'est BrouetteBleue47", "BrouetteBleue47"},
		{"On tape Brouette-47 et la session s'ouvre.", "Brouette-47"},
		{"Code d'accès : Brouette-47", "Brouette-47"},
		{"La grille du quai, porte nord, s'ouvre avec le 6284C, sans bruit.", "6284C"},
		{"Alarme : la couper au clavier avec 71 35 90 puis étoile", "71 35 90"},
		{"If the door is shut, the PIN is 8046 on both floors.", "8046"},
		{"The keypad code is 80461.", "80461"},

		{"Connectez-vous avec votre identifiant et votre mot de passe.", ""},
		{"Connectez-vous avec votre compte Windows et Office365Pro.", ""},
		{"Log in with your e-mail address and your password, as in 2025.", ""},
		{"Wi-Fi gratuit / accueil 2026", ""},
		{"Wi-Fi 6 / Bluetooth5.2", ""},
		{"Réseau de chaleur / Saint-Étienne-42", ""},
		{"Le sésame pour l'emploi est un diplôme de 2024.", ""},
		{"Le pass annuel est à 120 euros.", ""},
		{"Pass : 12 euros la journée", ""},
		{"La clé, c'est la confiance : 120 clients le disent.", ""},
		{"La clé du succès est Eco-conception 2030.", ""},
		{"On tape 12 fois sur le coin.", ""},
		{"Tapez Ctrl+Shift+F12 pour ouvrir.", ""},
		{"La porte s'ouvre avec 4000 newtons.", ""},
		{"La porte a été refaite en 2024, avec 1200 vis.", ""},
		{"Alarme : le défaut affiché porte le code 1204.", ""},
		{"The access key is under the mat since 2024.", ""},
		{"Le code est ISO9001-2015.", ""},
		{"The magic word is please, said 1200 children.", ""},
		{"contact@exemple-industrie.fr / Saint-Chamond 42", ""},
	} {
		got := Mask(c.text)
		if c.gone == "" && got != c.text || c.gone != "" && strings.Contains(got, c.gone) {
			t.Errorf("%s: %s", c.text, got)
		}
		if again := Mask(got); again != got {
			t.Errorf("%s: again %s", got, again)
		}
	}
}

// TestSignedLinks: a password in the target of a link closes an item, also after it was stored; other links do not.
func TestSignedLinks(t *testing.T) {
	for address, want := range map[string]Outcome{
		"https://lecteur:Ruisseau_31@depot.exemple.fr/mois":                                  Never,
		"https://depot.exemple.fr/mois?k=AKIA5RK8ZSXUY3MNC6JD":                               Never,
		"https://depot.exemple.fr/mois?id=7&access_token=q8Zt4LxW2vNs7Rb1Yk9Ud3Hf6Jc5Mp0G":   Never,
		"https://depot.exemple.fr/mois?password=Ruisseau_31x":                                Never,
		"https://hooks.slack.com/services/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":      Never,
		"https://lettre.exemple.fr/unsubscribe?token=q8Zt4LxW2vNs7Rb1Yk9Ud3Hf6Jc5Mp0G":       Publishable,
		"https://cartes.exemple.fr/carte?zoom=7&key=AIzaSyQ7xLw2Vn8Rb3Yk9Ud4Hf6Jc5Mp0GaTeZ2": Publishable,
		"https://www.exemple.fr/mois?session=12&utm_campaign=rentree_2026&sig=non":           Publishable,
		"https://user:password@depot.exemple.fr/mois":                                        Publishable,
		"https://www.exemple.fr/@atelier:mois":                                               Publishable,
	} {
		item := frenchPage()
		item.Links = []content.Link{{Address: address, Text: "le mois"}}
		policy := Policy{Company: []string{"Tôlerie Exemple"}}
		stored := Redact(item)
		if got, again := Judge(item, policy, judged).Outcome, Judge(stored, policy, judged).Outcome; got != want || again != want {
			t.Errorf("%s: %s, stored %s, want %s", address, got, again, want)
		}
		if strings.Contains(stored.Links[0].Address, "Ruisseau") {
			t.Errorf("stored as %s", stored.Links[0].Address)
		}
	}
}

// TestScriptKeys: what a script of the page holds closes it and is not stored; the keys that every page has do not.
func TestScriptKeys(t *testing.T) {
	for line, want := range map[string]Outcome{
		"k = AKIA5RK8ZSXUY3MNC6JD":                                Never,
		"password = Tuile-Bleue-7":                                Never,
		"Authorization = Bearer q8Zt4LxW2vNs7Rb1Yk9Ud3Hf6Jc5Mp0G": Never,
		"kit = key-clip-rustic-brown":                             Publishable,
	} {
		item := frenchPage()
		item.Zones = []content.Zone{{Kind: content.ZoneLabel, Text: line}}
		policy := Policy{Company: []string{"Tôlerie Exemple"}}
		stored := Redact(item)
		if got, again := Judge(item, policy, judged).Outcome, Judge(stored, policy, judged).Outcome; got != want || again != want {
			t.Errorf("%s: %s, stored %s, want %s", line, got, again, want)
		}
		if want == Never && stored.Zones[0].Text == line {
			t.Errorf("stored as %s", stored.Zones[0].Text)
		}
	}
}
