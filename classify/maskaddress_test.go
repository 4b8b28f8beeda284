package classify

import (
	"strings"
	"testing"
)

func TestMaskAddress(t *testing.T) {
	for _, c := range []struct{ address, gone string }{
		{"https://intranet.exemple.fr/m?access=ghp_Qu1Ceu7xYz8Kp2LmQu1Ceu7xYz8Kp2LmQ9wE", "Kp2LmQu1Ceu7"},
		{"https://intranet.exemple.fr/cles/AKIAQX7L2MZP4W6TRC3V/conseils.txt", "QX7L2MZP4W6T"},
		{"file:///part/paie/2%2055%2008%2014%20168%20025%2038%20Dupont.txt", "168"},
		{"/partage/paie/2 55 08 14 168 025 38 Dupont.txt", "168"},
		{"/partage/FR1420041010050500013M02606.txt", "0050500013"},
		{"/partage/mot de passe : Tilleul-4812.txt", "Tilleul"},
		{"https://exemple.fr/?mail=jeanne.martin%40tolerie-durand.fr", "jeanne.martin"},
		{"https://exemple.fr/equipe/jeanne.martin@tolerie-durand.fr", "eanne.martin"},
		{"https://exemple.fr/actualites/2026/11/29/une-presse-plieuse-1300-tonnes?page=2", ""},
		{"https://exemple.fr/photo-0612345678-4539578763621486.jpg", ""},
		{"https://exemple.fr/mot-de-passe-oublie?user=1&key=accueil", ""},
		{"https://exemple.fr/%C3%A9t%C3%A9/contact%40tolerie-durand.fr", ""},
		{"https://exemple.fr/%zz/%", ""},
		{"https://exemple.fr/?q=mot+de+passe+:+Tilleul-4812&z=100%", "Tilleul"},
		{"https://exemple.fr/?compte=NL91ABNA0417164300", "0417164300"},
		{"https://exemple.fr/?iban=FR14+2004+1010+0505+0001+3M02+606", "1010"},
		{"https://exemple.fr/portrait/jean.dupont@acme-industrie.fr.png", "ean.dupont"},
		{"https://exemple.fr/logo@2x.png", ""},
		{"https://exemple.fr/a+b/c++.html", ""},
	} {
		got := MaskAddress(c.address)
		if c.gone == "" && got != c.address || c.gone != "" && (got == c.address || strings.Contains(got, c.gone)) {
			t.Errorf("%s: %s", c.address, got)
		}
		if again := MaskAddress(got); again != got {
			t.Errorf("%s: again %s", got, again)
		}
	}
}

// A credential in an address closes an item as one in its text does.
func TestValuesInAddressesClose(t *testing.T) {
	for _, c := range []struct {
		address, image string
		want           Outcome
	}{
		{"https://www.exemple.fr/atelier", "https://www.exemple.fr/a.jpg", Publishable},
		{"https://www.exemple.fr/atelier?code=AKIAQX7L2MZP4W6TRC3V", "https://www.exemple.fr/a.jpg", Never},
		{"https://www.exemple.fr/atelier", "https://www.exemple.fr/a.jpg?access=ghp_Qu1Ceu7xYz8Kp2LmQu1Ceu7xYz8Kp2LmQ9wE", Never},
		{"https://www.exemple.fr/atelier?q=mot+de+passe+:+Tilleul-4812&z=100%", "https://www.exemple.fr/a.jpg", Never},
		{"https://www.exemple.fr/paie/2550814168025%2038%20atelier.pdf", "https://www.exemple.fr/a.jpg", Never},
	} {
		item := frenchPage()
		item.Address, item.Images[0].Address = c.address, c.image
		if got := Judge(item, Policy{Company: []string{"Tôlerie Exemple"}}, judged); got.Outcome != c.want {
			t.Errorf("%s, %s: %s", c.address, c.image, got.Outcome)
		}
		stored := Redact(item)
		if c.want == Never && strings.Contains(stored.Images[0].Address, "ghp_") {
			t.Errorf("%s is kept", stored.Images[0].Address)
		}
	}
}
