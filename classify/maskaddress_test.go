package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
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

// What lets in is the value of a parameter that says so, or of words; ids and names of goods beside such words are none.
func TestKeysInAddresses(t *testing.T) {
	const made = "Qu1Ceu7xYz8Kp2LmQ9wE"
	for address, closes := range map[string]bool{
		"https://shop.example/wifi-router/?filterby=6271":                                        false,
		"https://shop.example/wifi-router/archer-ax55":                                           false,
		"https://shop.example/listing/4325369879/wallet?click_key=" + made + "_avkd156:LT2366b6": false,
		"https://shop.example/b?ie=UTF8&node=384082011&imprToken=" + made + "&slotNum=2":         false,
		"https://forms.example/spreadsheet/viewform?formkey=" + made:                             false,
		"https://stats.example/atrk.gif?account=zPnLs1kx0820/9":                                  false,
		"https://intranet.example/a?api_key=" + made:                                             true,
		"https://intranet.example/a?page=2&access_token=" + made:                                 true,
		"https://intranet.example/a?db_password=Tilleul-4812":                                    true,
		"https://intranet.example/a?sig=" + made + "&token=" + made:                              true,
		"https://intranet.example/a?data={\"password\":\"Tilleul-4812\"}":                        true,
		"https://intranet.example/a?q=mot+de+passe+:+Tilleul-4812":                               true,
		"https://intranet.example/wifi-router/?click_key=1&token=" + made:                        true,
		"https://intranet.example/a?reset_token=" + made:                                         true,
		"https://intranet.example/a?maps_api_key=" + made:                                        true,
		"https://intranet.example/a#access_token=" + made:                                        true,
		"https://drive.example/a?authkey=" + made:                                                true,
		"https://shop.example/a?csrf_token=" + made:                                              false,
		"https://root:Tilleul-4812@nas.example/a":                                                true,
		"https://shop.example/a?click_key=AKIAQX7L2MZP4W6TRC3V":                                  true,
		"file:///partage/cle wifi : Tilleul-4812.txt":                                            true,
	} {
		item := frenchPage()
		item.Links = []content.Link{{Address: address, Text: "voir"}}
		v := Judge(item, Policy{}, judged)
		if (v.Outcome == Never) != closes {
			t.Errorf("a link to %s: %s", address, v.Outcome)
		}
		if masked := MaskAddress(address); (masked != address) != closes {
			t.Errorf("%s is shown as %s", address, masked)
		}
		if again := Judge(Redact(item), Policy{}, judged); again.Outcome != v.Outcome {
			t.Errorf("a stored link to %s: %s, was %s", address, again.Outcome, v.Outcome)
		}
		item.Links, item.Images[0].Address = nil, address
		if v := Judge(item, Policy{}, judged); strings.Contains(address, "?") && (v.Outcome == Never) != closes {
			t.Errorf("a picture at %s: %s", address, v.Outcome)
		}
	}
	item := insidePage("fr", "Le compteur est <img src=\"https://stats.example/atrk.gif?account=zPnLs1kx0820/9\">.")
	if v := Judge(item, Policy{}, judged); v.Outcome == Never {
		t.Errorf("the account of a counter: %v", askedBy(v))
	}
	item = insidePage("fr", "Le compte=zPnLs1kx0820 ouvre la caisse.")
	if v := Judge(item, Policy{}, judged); v.Outcome != Never {
		t.Error("an account with its word is let go")
	}
}

// Values that the words of an address announce are found though dashes part them.
func TestMaskAddressInWords(t *testing.T) {
	for _, c := range []struct{ address, gone string }{
		{"/partage/Code alarme 5512.txt", "5512"},
		{"https://intranet.exemple.fr/notes/code-alarme-5512.html", "5512"},
		{"https://intranet.exemple.fr/notes/code_du_portail_7734B", "7734"},
		{"https://intranet.exemple.fr/notes/door-code-7734.pdf", "7734"},
		{"/partage/mot de passe d%C3%A9p%C3%B4t Rabot%232031.txt", "Rabot"},
		{"/partage/motdepasse_Rabot2031!.txt", "Rabot"},
		{"https://intranet.exemple.fr/motdepasse-Rabot2031.html", "Rabot"},
		{"/partage/password-Rabot-2031.docx", "Rabot"},
		{"/partage/clé sk-live-72KdmWbRxTpLqN1vYaC8.txt", "72KdmWb"},
		{"/partage/Passeport 34CD56789.pdf", "56789"},
		{"/partage/carte-bancaire-4539578763621486.pdf", "4539"},
		{"https://exemple.fr/luc.morin-06-12-34-56-78.html", "34-56"},
		{"/partage/Joindre Aline 07 56 00 12 89.odt", "00 12"},
		{"/partage/astreinte_+33 6 39 98 41 27.docx", "98 41"},
		{"/partage/portable Aline 0756001289.txt", "6001"},
		{"https://intranet.exemple.fr/notes/tel-nuit-0639984127.html", "9984"},
		{"https://exemple.fr/mot-de-passe-oublie-2026.html", ""},
		{"https://exemple.fr/blog/password-security-in-2026", ""},
		{"https://exemple.fr/blog/2026/11/29/key-figures-2026", ""},
		{"https://exemple.fr/code-postal-59000.html", ""},
		{"https://exemple.fr/code-pin-2026.html", ""},
		{"https://exemple.fr/demande-de-passeport-202611291030.html", ""},
		{"https://exemple.fr/wifi-6e-en-2026.html", ""},
		{"https://exemple.fr/carte-59000-lille.html", ""},
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

// What stands in the address is taken out of the title that was made of it.
func TestTitleOfAddressIsRedacted(t *testing.T) {
	for _, c := range []struct{ address, title, gone string }{
		{"file:///partage/motdepasse_Rabot2031!.txt", "Motdepasse Rabot2031!", "Rabot2031"},
		{"file:///partage/cl%C3%A9%20sk-live-72KdmWbRxTpLqN1vYaC8.txt", "Clé sk live 72KdmWbRxTpLqN1vYaC8", "72Kdm"},
		{"file:///partage/password-Rabot-2031.docx", "Password Rabot 2031", "2031"},
		{"file:///partage/code-alarme-5512.txt", "Code alarme 5512", "5512"},
		{"file:///partage/bilan-2031.txt", "Bilan 2031", ""},
	} {
		item := content.Item{Address: c.address, Title: c.title, Text: "La note est jointe.", Language: "fr", MIME: "text/plain", Access: content.Access{Visibility: content.FileShare}}
		kept, v := Admit(item, Policy{}, judged)
		if c.gone == "" && kept.Title != c.title || c.gone != "" && (strings.Contains(kept.Title, c.gone) || v.Outcome != Never) {
			t.Errorf("%s: %q, %s", c.address, kept.Title, v.Outcome)
		}
		if again := Judge(kept, Policy{}, judged); again.Outcome != v.Outcome {
			t.Errorf("%s: stored %s, was %s", c.address, again.Outcome, v.Outcome)
		}
	}
}

// The address of a page inside is read as the name of a file is.
func TestWordsOfAnAddressInside(t *testing.T) {
	for _, c := range []struct {
		address string
		want    bool // never
	}{
		{"https://intranet.exemple-industrie.fr/licenciement-lucie-caron.html", true},
		{"https://intranet.exemple-industrie.fr/rh/licenciement_lucie_caron", true},
		{"https://intranet.exemple-industrie.fr/arret-maladie-lucie-caron-depression.html", true},
		{"https://intranet.exemple-industrie.fr/plan-social-dunkerque-2031/", true},
		{"https://intranet.exemple-industrie.fr/dismissal-of-lucy-carter.html", true},
		{"https://intranet.exemple-industrie.fr/motdepasse-Rabot2031.html", true},
		{"https://intranet.exemple-industrie.fr/portrait-lucie-caron.html", false},
		{"https://intranet.exemple-industrie.fr/un-atelier-plus-clair", false},
		{"https://www.exemple-industrie.fr/plan-social-dunkerque-2031.html", false},
	} {
		item := frenchPage()
		item.Address = c.address
		if strings.Contains(c.address, "intranet") {
			item.Access.Visibility = content.Intranet
		}
		if got := Judge(item, Policy{Company: []string{"Tôlerie Exemple"}}, judged); (got.Outcome == Never) != c.want {
			t.Errorf("%s: %s", c.address, got.Outcome)
		}
	}
}

// TestMaskAddressOfGrowingLetters: letters that take more bytes in lower case, or fewer when folded, move nothing.
func TestMaskAddressOfGrowingLetters(t *testing.T) {
	for _, address := range []string{"https://x.example/mdp-Tilleul%C8%BA4812%C8%BA.txt", "/" + strings.Repeat("é", 100) + "-carte-4532-0151-1283-0366.html"} {
		if got := MaskAddress(address); strings.Contains(got, "4812") || strings.Contains(got, "0366") {
			t.Errorf("%s is shown as %s", address, got)
		}
	}
	if got := slug("burn-out-élodie-martin"); got != "burn out Élodie Martin" {
		t.Errorf("slug: %q", got)
	}
	long := "/" + strings.Repeat("a/", 1500) + "code-alarme-4471.txt"
	if got := MaskAddress(long); strings.Contains(got, "4471") {
		t.Errorf("the end of a long address is shown: %s", got[len(got)-40:])
	}
	if got := withoutSlugValues("Code 4471, oui 4471", "/code-alarme-4471.txt"); strings.Contains(got, "4471") {
		t.Errorf("title: %s", got)
	}
}
