package classify

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"filon/crawler/content"
)

// planted are things that must never leave, in sentences of people. Every identifier is made up or
// a documented vector. word is what no output may show; "" where only the verdict counts.
var planted = []struct{ family, lang, text, word string }{
	{"nir", "fr", "Assurée sous le numéro 2 55 08 14 168 025 38 depuis mars.", "14 168 025"},
	{"nir", "fr", "N° SS : 199052A004123 49", "2A004123"},
	{"nir", "en", "Social security number 1 99 05 2B 004 123 76 on file.", "004 123"},
	{"iban", "fr", "Compte : FR14 2004 1010 0505 0001 3M02 606", "0505 0001"},
	{"iban", "en", "Pay the supplier at DE89 3704 0044 0532 0130 00 today.", "0532 0130"},
	{"iban", "fr", "GB29NWBK60161331926819 pour le loyer", "60161331926819"},
	{"rib", "fr", "RIB 20041 01005 0500013M026 06", "0500013M026"},
	{"card", "fr", "Carte de l'agence 4539 5787 6362 1486, à rendre.", "6362 1486"},
	{"card", "en", "Company card: 4539578763621486", "4539578763621486"},
	{"password", "fr", "Mot de passe : Tilleul-4812", "Tilleul-4812"},
	{"password", "fr", "mdp: hiver2026", "hiver2026"},
	{"password", "en", "Password: Winter!2026", "Winter!2026"},
	{"password", "fr", "Connexion avec admin / Fournaise2026! puis valider.", "Fournaise2026"},
	{"key", "en", "aws key AKIAQX7L2MZP4W6TRC3V", "AKIAQX7L2MZP4W6TRC3V"},
	{"key", "fr", "Jeton glpat-Zk3v9QnX7bTq2LwR5sYd", "glpat-Zk3v9"},
	{"key", "en", "api_secret = \"q8Zt4LxW2vNs7Rb1Yk9Ud3Hf6Jc5Mp0G\"", "q8Zt4LxW2vNs7"},
	{"url", "en", "ftp://depot:Xk29vLqz@files.example-plant.com/in", "Xk29vLqz"},
	{"code", "fr", "Le code de l'alarme : 4812", ": 4812"},
	{"health", "fr", "Mme Lambert est en arrêt maladie depuis le 3 mars.", ""},
	{"health", "en", "Paul Mercier is on sick leave until June.", ""},
	{"offence", "fr", "Paul Mercier a été mis en examen en mars.", ""},
	{"union", "fr", "Nadia Benali, déléguée syndicale CFDT, sera absente.", ""},
	{"salary", "fr", "Paul Mercier : salaire porté à 42 500 € brut.", ""},
	{"discipline", "fr", "M. Durand a reçu une lettre d'avertissement le 4 mai.", ""},
	{"identity", "fr", "Passeport 12AB34567 de M. Durand.", "12AB34567"},
	{"mobile", "fr", "Appelez Karim au 06 39 98 12 34.", "98 12 34"},
	{"private mail", "fr", "Écrire à cfontaine1974@gmail.com", "cfontaine1974"},
	{"birth", "fr", "M. Durand, né le 12/03/1981 à Lille", "12/03/1981"},
	{"home", "fr", "Domicile de Mme Lambert : 14 rue des Lilas, 59000 Lille", ""},
	{"merger", "fr", "La lettre d'intention est signée et la due diligence commence lundi.", ""},
	{"results", "en", "Unaudited revenue reached 21 million euros and EBITDA 2.4 million euros.", ""},
	{"margin", "fr", "Taux de marge de 34 % et prix de revient de 12 € la pièce.", ""},
	{"patent", "fr", "Invention à ne pas montrer : dépôt de brevet en cours, demande de brevet non publiée.", ""},
	{"whistle", "fr", "Le lanceur d'alerte Paul Mercier a été entendu.", ""},
	{"litigation", "fr", "Le contentieux avec le fournisseur se poursuit, notre avocat plaidera en mai.", ""},
}

const ordinary = "La nouvelle ligne de pliage tourne depuis lundi dans l'atelier nord. Les équipes ont suivi trois semaines de formation et mesurent chaque jour la consommation d'énergie. Les premiers résultats sont bons : douze pour cent de moins que l'ancienne machine, pour la même cadence. La presse, plus silencieuse, permet de se parler sans crier, ce qui change la vie de l'îlot."

// TestNoLeak plants each in each place of an otherwise good item.
func TestNoLeak(t *testing.T) {
	places := []struct {
		name string
		put  func(*content.Item, string)
	}{
		{"text", func(it *content.Item, s string) { it.Text = ordinary + "\n\n" + s + "\n\n" + ordinary }},
		{"text alone", func(it *content.Item, s string) { it.Text = s }},
		{"end", func(it *content.Item, s string) { it.Text = ordinary + "\n\n" + ordinary + "\n\n" + s }},
		{"table", func(it *content.Item, s string) {
			it.Text = ordinary + "\n\nNom\tValeur\nLigne 1\t" + s + "\nLigne 2\tsans objet"
		}},
		{"title", func(it *content.Item, s string) { it.Title, it.H1 = s, s }},
		{"heading", func(it *content.Item, s string) { it.Headings = []content.Heading{{Level: 2, Text: s}} }},
		{"header", func(it *content.Item, s string) {
			it.Zones = []content.Zone{{Kind: content.ZoneHeader, Page: 3, Text: s}}
		}},
		{"footer", func(it *content.Item, s string) {
			it.Zones = []content.Zone{{Kind: content.ZoneFooter, Page: 1, Text: s}}
		}},
		{"notes", func(it *content.Item, s string) {
			it.Zones = []content.Zone{{Kind: content.ZoneNotes, Page: 5, Text: s}}
		}},
		{"comment", func(it *content.Item, s string) { it.Zones = []content.Zone{{Kind: content.ZoneComment, Text: s}} }},
		{"property", func(it *content.Item, s string) { it.Properties = map[string]string{"subject": s} }},
		{"caption", func(it *content.Item, s string) {
			it.Images = []content.Image{{Address: "a.jpg", Caption: s, Role: "content"}}
		}},
		{"template", func(it *content.Item, s string) { it.Template = []content.Passage{{Text: s, At: 1}} }},
		{"description", func(it *content.Item, s string) { it.Description = s }},
	}
	total, held := 0, 0
	for _, secret := range planted {
		for _, place := range places {
			item := content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: "La nouvelle ligne de pliage tourne", H1: "La nouvelle ligne de pliage tourne", Text: ordinary + "\n\n" + ordinary,
				Language: secret.lang, Access: content.Access{Visibility: content.Intranet}}
			place.put(&item, secret.text)
			total++
			v := Judge(item, Policy{}, judged)
			name := fmt.Sprintf("%s (%s) in %s", secret.family, secret.text, place.name)
			if v.Outcome == Never || v.Outcome == NeedsApproval {
				held++
			} else {
				t.Errorf("%s: %s", name, v.Outcome)
			}
			if secret.word == "" {
				continue
			}
			data, _ := json.Marshal(v)
			if strings.Contains(string(data), secret.word) {
				t.Errorf("%s: in clear in the verdict", name)
			}
			if strings.Contains(Mask(secret.text), secret.word) {
				t.Errorf("%s: Mask leaves %q", name, Mask(secret.text))
			}
		}
	}
	t.Logf("held %d of %d", held, total)
}
