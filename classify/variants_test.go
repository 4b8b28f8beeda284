package classify

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestVariants writes made-up identifiers, sums and marks in many spellings and places: each is held, and what is
// closed stands in clear in no output.
func TestVariants(t *testing.T) {
	type plant struct{ family, lang, text, word string }
	var all []plant
	add := func(f, l, text, word string) { all = append(all, plant{f, l, text, word}) }
	for _, v := range []string{"FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189", "FR76\u00a03000\u00a06000\u00a00112\u00a03456\u00a07890\u00a0189", "FR76\u202f3000\u202f6000\u202f0112\u202f3456\u202f7890\u202f189", "FR76-3000-6000-0112-3456-7890-189", "fr76 3000 6000 0112 3456 7890 189", "FR76 3000 6000 0112\n3456 7890 189", "FR76.3000.6000.0112.3456.7890.189", "IBAN:FR7630006000011234567890189", "FR76 30006 00001 12345678901 89"} {
		add("iban", "fr", "Virement du fournisseur sur "+v+" avant vendredi.", v)
		add("iban2", "fr", "IBAN : "+v, v)
	}
	for _, v := range []string{"2 55 08 14 168 025 38", "255081416802538", "2\u00a055\u00a008\u00a014\u00a0168\u00a0025\u00a038", "2-55-08-14-168-025-38", "2.55.08.14.168.025.38", "2 55 08 14 168 025/38", "2 55 08 14\n168 025 38", "2550814168025 38"} {
		add("nir", "fr", "Numéro de sécurité sociale : "+v, v)
		add("nir2", "fr", "Le numéro "+v+" figure au dossier de Mme Lambert.", v)
	}
	for _, v := range []string{"4539 5787 6362 1486", "4539578763621486", "4539-5787-6362-1486", "4539\u00a05787\u00a06362\u00a01486", "4539.5787.6362.1486", "4539 5787\n6362 1486", "4539 57876362 1486"} {
		add("card", "fr", "Carte de l'agence "+v+", expire 09/28.", v)
		add("card", "en", "Company card "+v+" exp 09/28 cvv 123", v)
	}
	for _, v := range []string{"Tilleul-4812", "Hiver2026!", "azerty123", "p@ssW0rd", "Mimosa!33"} {
		for _, c := range []string{"Mot de passe : %s", "mdp=%s", "MDP %s", "mot de passe\t%s", "mot de passe provisoire : %s", "Le mot de passe est %s", "Mot de passe (admin) : %s", "MOT DE PASSE: %s", "mot de passe → %s", "pwd: %s", "password is %s", "Passwort: %s", "Login: bob Password: %s", "code wifi : %s", "clé wifi %s"} {
			add("password", "fr", fmt.Sprintf(c, v), v)
		}
	}
	for _, v := range []string{"06 39 98 12 34", "0639981234", "06.39.98.12.34", "06-39-98-12-34", "+33 6 39 98 12 34", "+33 (0)6 39 98 12 34", "06\u00a039\u00a098\u00a012\u00a034", "0033639981234", "06/39/98/12/34", "06 39\n98 12 34", "07 00 98 12 34"} {
		add("mobile", "fr", "Appelez Karim au "+v+".", "")
	}
	for _, v := range []string{"3 250 € brut", "3250 euros bruts", "42 k€", "42k€", "42 500 euros", "42.500 €", "3\u202f250 € net", "42 K€", "2 900 EUR"} {
		for _, c := range []string{"Salaire de M. Durand : %s par an.", "M. Durand gagne %s.", "Paul Mercier, rémunération %s", "PAUL MERCIER PASSE A %s", "Nom\tSalaire\nPaul Mercier\t%s"} {
			add("salary", "fr", fmt.Sprintf(c, v), "")
		}
	}
	for _, v := range []string{"FR76 3OOO 6OOO O112 3456 789O 189", "FR76 3000 6000 0112  3456 7890 189", "FR 76 3000 6000 0112 3456 7890 189"} {
		add("slip", "fr", "IBAN : "+v, v)
	}
	for _, v := range []string{"2 55 O8 14 168 O25 38", "2 55 08 14 168 025"} {
		add("slip", "fr", "Numéro de sécurité sociale : "+v, v)
	}
	add("slip", "fr", "Carte de l'agence 4539  5787  6362  1486", "4539  5787  6362  1486")
	for _, v := range []string{"(06) 39 98 12 34", "O6 39 98 12 34"} {
		add("mobile", "fr", "Appelez Karim au "+v+".", "")
	}
	for _, c := range []string{"CONFIDENTIEL", "C O N F I D E N T I E L", "Confidentiel – ne pas diffuser", "STRICTEMENT CONFIDENTIEL", "Diffusion restreinte", "DIFFUSION RESTREINTE", "TLP:RED", "TLP: AMBER", "TLP AMBER", "TLP:AMBER+STRICT", "tlp:red", "TLP : GREEN", "Secret des affaires", "Usage interne uniquement", "INTERNAL USE ONLY", "Company Confidential", "C3 - Confidentiel", "Document interne - ne pas transmettre", "Privileged & Confidential", "Confidentlel", "CONFlDENTIEL"} {
		add("marking", "fr", c, "")
	}
	for _, c := range []string{"Sous embargo jusqu'au 14 janvier 2027 à 8 h", "EMBARGO 14/01/2027", "Embargo : 14-01-2027", "Embargoed until 14 January 2027", "Ne pas publier avant le 14 janvier 2027", "Not for release before 14 January 2027", "SOUS EMBARGO JUSQU AU 14.01.2027", "sous embargo jusqu'au 14 janvier", "Hold for release: January 14, 2027", "embargo levé le 14 janvier 2027"} {
		add("embargo", "fr", c, "")
	}
	for _, c := range []string{"ENTRE LES SOUSSIGNÉS", "Entre les soussignes : la société Delmas et la société Ormeval, il a été convenu ce qui suit", "Le présent contrat est conclu entre Delmas et Ormeval", "Accord de confidentialité entre Delmas et Ormeval", "This agreement is made between Delmas and Ormeval", "NON DISCLOSURE AGREEMENT between Delmas and Ormeval", "Fait en deux exemplaires, lu et approuvé"} {
		add("contract", "fr", c, "")
	}
	for _, c := range []string{"Diagnostic : cancer du sein, Mme Lambert", "MME LAMBERT EST EN ARRET MALADIE", "Lambert Julie\tarrêt maladie\tdu 3 au 28", "Patient : Durand Paul, diabète de type 2", "Julie Lambert – RQTH", "Julie Lambert a un traitement contre la dépression", "M. Durand, hépatite C", "Paul Mercier: HIV positive", "Julie Lambert, grossesse, congé dès mai", "Dossier médical de Paul Mercier"} {
		add("health", "fr", c, "")
	}
	for _, v := range []string{"AKIAQX7L2MZP4W6TRC3V", "glpat-Zk3v9QnX7bTq2LwR5sYd", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "sk_live_4eC39HqLyjWDarjtT1zdp7dc", "xoxb-482913746502-837462950173-Zk3v9QnX7bTq2LwR5sYdHf6J", "AIzaSyD4x8Zt4LxW2vNs7Rb1Yk9Ud3Hf6Jc5Mp0", "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bqK3v9QnX7bTq2LwR5sYdHf6JcMp0Zk3v9QnX7bTq2LwR5s\n-----END RSA PRIVATE KEY-----", "postgres://app:Xk29vLqz@db.exemple.fr/prod"} {
		add("key", "en", "use "+v+" for now", v)
	}
	places := []struct {
		name string
		put  func(*content.Item, string)
	}{
		{"text", func(it *content.Item, s string) { it.Text = ordinary + "\n\n" + s + "\n\n" + ordinary }},
		{"table", func(it *content.Item, s string) {
			it.Text = ordinary + "\n\nNom\tValeur\nLigne 1\t" + s + "\nLigne 2\tsans objet"
		}},
		{"list", func(it *content.Item, s string) {
			it.Text = ordinary + "\n\n- un point\n- " + s + "\n- " + "autre point"
		}},
		{"header", func(it *content.Item, s string) {
			it.Text = ordinary
			it.Zones = []content.Zone{{Kind: content.ZoneHeader, Page: 3, Text: s}}
		}},
		{"footer", func(it *content.Item, s string) {
			it.Text = ordinary
			it.Zones = []content.Zone{{Kind: content.ZoneFooter, Page: 1, Text: s}}
		}},
		{"upper", func(it *content.Item, s string) { it.Text = ordinary + "\n\n" + strings.ToUpper(s) }},
		{"plain", func(it *content.Item, s string) { it.Text = ordinary + "\n\n" + unaccent(s) }},
	}
	held, n, masked := map[string]int{}, map[string]int{}, map[string]int{}
	for _, c := range all {
		for _, at := range places {
			if c.family == "marking" && at.name != "header" && at.name != "footer" || (c.family == "password" || c.family == "key") && (at.name == "upper" || at.name == "plain") {
				continue
			}
			it := content.Item{Address: "https://intranet.exemple-industrie.fr/actus/ligne", Title: "La nouvelle ligne de pliage tourne", H1: "La nouvelle ligne de pliage tourne", Text: ordinary, Language: "fr", Access: content.Access{Visibility: content.Intranet}}
			at.put(&it, c.text)
			v := Judge(it, Policy{}, judged)
			n[c.family]++
			if v.Outcome != Never && v.Outcome != NeedsApproval {
				t.Errorf("%s in %s: %q is %s", c.family, at.name, c.text, v.Outcome)
				continue
			}
			held[c.family]++
			if c.word != "" {
				out, _ := json.Marshal(Redact(it))
				r, _ := json.Marshal(v)
				enc, _ := json.Marshal(c.word)
				w := strings.Trim(string(enc), `"`)
				if at.name == "upper" {
					w = strings.ToUpper(w)
				}
				if strings.Contains(string(out), w) || strings.Contains(string(r), w) {
					t.Errorf("%s in %s: %q stands in clear", c.family, at.name, c.text)
				} else {
					masked[c.family]++
				}
			}
		}
	}
	t.Logf("held %v of %v; hidden %v", held, n, masked)
	if len(all) < 200 {
		t.Errorf("%d variants", len(all))
	}
}

func unaccent(s string) string {
	return strings.NewReplacer("é", "e", "è", "e", "ê", "e", "à", "a", "û", "u", "ô", "o", "É", "E", "ç", "c").Replace(s)
}
