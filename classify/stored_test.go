package classify

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filon/crawler/content"
)

// verdictWord is what a verdict says: outcome, kind, and the rules with their severities.
func verdictWord(v Verdict) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", v.Outcome, v.Kind)
	for _, r := range v.Reasons {
		fmt.Fprintf(&b, " %s=%s", r.Rule, r.Severity)
	}
	return b.String()
}

// passagesWritten are the texts of the tests that hold something which should stay inside, and those that do not, in their languages.
func passagesWritten(t *testing.T) (all [][2]string) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			cells := strings.Split(strings.TrimSpace(line), "|")
			for i, c := range cells[:max(0, len(cells)-1)] {
				if (c == "fr" || c == "en") && !strings.HasPrefix(line, "#") {
					all = append(all, [2]string{c, strings.Join(cells[i+1:], "|")})
					break
				}
			}
		}
	}
	return all
}

// TestStoredItemsKeepTheirVerdict: an item has the same verdict when it is judged again as it was stored, whatever a credential or a
// number stood beside, or had in it.
func TestStoredItemsKeepTheirVerdict(t *testing.T) {
	secrets := []string{
		"Mot de passe : Dons2026!", "mdp wifi: virement-44", "Le mot de passe est Cotisation#12.", "Password: bank transfer9", "user: dons / pass: Adhesion!77",
		"https://api.exemple.fr/?access_token=donation8842abcd99", "Digicode 4471B, clé d'adhésion ZX81-PO22-77AB-99QQ", "NIR 1 85 05 78 006 084 91", "Carte 4539 5787 6362 1486",
		"IBAN FR14 2004 1010 0505 0001 3M02 606", "Login\tMot de passe\nacc\tPaiement!2026", "Le code du portail est 4471B, ne le dites pas.",
	}
	accounts := []string{"", "IBAN : FR14 2004 1010 0505 0001 3M02 606", "Banque 20041 guichet 01005 compte 0500013M026 clé 06"}
	n := 0
	check := func(item content.Item) {
		for _, visibility := range []content.Visibility{content.Public, content.Intranet} {
			item.Access.Visibility = visibility
			first := Judge(item, Policy{}, judged)
			kept, admitted := Admit(item, Policy{}, judged)
			for name, v := range map[string]Verdict{"redacted": Judge(Redact(item), Policy{}, judged), "admitted": admitted, "kept": Judge(kept, Policy{}, judged)} {
				if verdictWord(v) != verdictWord(first) {
					if n++; n < 20 {
						t.Errorf("%s, %s: %q\n%s\n%s", visibility, name, item.Text, verdictWord(first), verdictWord(v))
					}
				}
			}
			if again := Redact(kept); again.Text != kept.Text || again.Title != kept.Title {
				t.Errorf("%q is taken out of again: %q", kept.Text, again.Text)
			}
		}
	}
	for _, secret := range secrets {
		for _, account := range accounts {
			for _, text := range []string{secret + "\n" + account, account + "\n\n" + secret, "Faire un don. " + secret + " " + account} {
				check(insidePage("fr", text))
				item := insidePage("fr", account)
				item.Description = secret
				check(item)
			}
		}
	}
	for _, p := range planted {
		for _, account := range accounts[:2] {
			for place := range 5 {
				item := insidePage(p.lang, ordinary+"\n\n"+account)
				switch place {
				case 0:
					item.Text += "\n\n" + p.text
				case 1:
					item.Title = p.text
				case 2:
					item.Headings = []content.Heading{{Level: 2, Text: p.text}}
				case 3:
					item.Zones = []content.Zone{{Kind: content.ZoneComment, Text: p.text}, {Kind: content.ZoneLabel, Text: p.text}}
				case 4:
					item.Images = []content.Image{{Address: "https://intranet.exemple.fr/i/four.jpg", Caption: p.text}}
				}
				check(item)
			}
		}
	}
	for i, p := range passagesWritten(t) {
		item := insidePage(p[0], p[1])
		if i%9 == 0 {
			item.Text += "\n" + secrets[i/9%len(secrets)] + "\n" + accounts[i/9%len(accounts)]
		}
		if i%4 == 0 {
			check(item)
		}
	}
	if n > 0 {
		t.Errorf("%d verdicts change", n)
	}
}
