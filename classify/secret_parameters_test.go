package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestParameters: what lets in is held and masked wherever an address is said; what only counts, sorts or leads on is not.
func TestParameters(t *testing.T) {
	const made = "w7Rk2Np9Xc4Vb6Tz1Hd8Jm3Lf5Gs0Qy"
	for _, c := range []struct {
		parameter string
		held      bool
	}{
		{"dbPass=Rabot2031!", true},
		{"ftp[pass]=Rabot2031!", true},
		{"pass_admin=Rabot2031!", true},
		{"passe2=Rabot2031!", true},
		{"motDePasse=Rabot2031!", true},
		{"mot.de.passe=Rabot2031!", true},
		{"MDP_2=Rabot2031!", true},
		{"form_password=Rabot2031!", true},
		{"page[pwd]=Rabot2031!", true},
		{"wifiKey=Rabot2031!", true},
		{"code-wifi=Rabot2031!", true},
		{"wpa=Rabot2031!", true},
		{"wpa=Wpa2-Rabot2031", true},
		{"mot-de-passe=Rabot-2031", true},
		{"click_secret=" + made, true},
		{"clientSecret2=" + made, true},
		{"app_key_test=" + made, true},
		{"prodkey=" + made, true},
		{"cle=" + made, true},
		{"cle_api=" + made, true},
		{"jeton_session=" + made, true},
		{"stagingtoken=" + made, true},
		{"tokens[0]=" + made, true},
		{"creds=" + made, true},
		{"username=root:Rabot2031!", true},
		{"user=j.martin@exemple.fr:Rabot2031!", true},
		{"compte=atelier/Rabot2031!", true},
		{"identifiant=scan|Rabot2031!", true},

		{"click_key=" + made, false},
		{"clickKey=" + made, false},
		{"formkey=" + made, false},
		{"imprToken=" + made, false},
		{"next_page_token=" + made, false},
		{"csrfToken=" + made, false},
		{"sort_key=Prix2031Bas", false},
		{"key_id=" + made, false},
		{"keyword=Presse2031Plieuse", false},
		{"monkey=Presse2031Plieuse", false},
		{"filterby=6271", false},
		{"passage=Atelier2031Nord", false},
		{"token=1", false},
		{"key=accueil", false},
		{"wpa=WPA2-Personal", false},
		{"wifi=WiFi6E-AX5400", false},
		{"user=profil/edition", false},
		{"account=zPnLs1kx0820/9", false},
		{"login=https://www.exemple.fr/Accueil2031", false},
		{"utm_campaign=Presse2031Plieuse", false},
	} {
		address := "https://www.exemple.fr/outil?x=1&" + c.parameter
		for _, a := range []string{address, "https://www.exemple.fr/outil?" + c.parameter, "https://www.exemple.fr/outil?" + c.parameter + "&x=1"} {
			masked := MaskAddress(a)
			if (masked != a) != c.held || strings.Contains(masked, "Rabot") || c.held && strings.Contains(masked, made) {
				t.Errorf("%s is shown as %s", a, masked)
			}
			if again := MaskAddress(masked); again != masked {
				t.Errorf("%s: again %s", masked, again)
			}
		}
		said := frenchPage()
		said.Text += "\n\nOn ouvre l'outil à l'adresse " + address + ", chaque matin."
		own := frenchPage()
		own.Address = address
		linked := frenchPage()
		linked.Links = []content.Link{{Address: address, Text: "voir"}}
		pictured := frenchPage()
		pictured.Images[0].Address = strings.Replace(address, "outil", "outil.jpg", 1)
		for where, item := range map[string]content.Item{"said": said, "own": own, "linked": linked, "pictured": pictured} {
			v := Judge(item, Policy{}, judged)
			if (v.Outcome == Never) != c.held {
				t.Errorf("%s, %s: %s", c.parameter, where, v.Outcome)
			}
			kept := Redact(item)
			if again := Judge(kept, Policy{}, judged); again.Outcome != v.Outcome {
				t.Errorf("%s, %s: stored %s, was %s", c.parameter, where, again.Outcome, v.Outcome)
			}
			if c.held && (strings.Contains(kept.Text, "Rabot") || strings.Contains(kept.Text, made)) {
				t.Errorf("%s is stored", c.parameter)
			}
		}
	}
}
