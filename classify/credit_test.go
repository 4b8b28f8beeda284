package classify

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// A credit of an agency counts where no picture is known, and what a document says of its pictures like what a page
// says of them.
func TestCreditsInDocuments(t *testing.T) {
	text := "Le miel se récolte en juin, quand les ruches sont pleines. On ôte les cadres un à un, et l'on en laisse aux abeilles.\n\n"
	for _, c := range []struct {
		name, text, alt, rule string
		want                  bool
	}{
		{"a sign", text + "© Reuters / Paul Aubin", "", "image/editorial-agency", true},
		{"words", text + "Crédits photos : Agence France Presse", "", "image/editorial-agency", true},
		{"by", text + "(Photo by Paul Aubin/Reuters)", "", "image/editorial-agency", true},
		{"alone", text + "Photo AFP", "", "image/editorial-agency", true},
		{"two letters", text + "Photo : Paul Aubin / AP", "", "image/editorial-agency", true},
		{"two letters alone", text + "Photo AP", "", "image/editorial-agency", true},
		{"a library", text + "Crédit photo : Shutterstock", "", "image/stock", true},
		{"news", text + "La récolte a baissé, écrit l'AFP, qui cite la filière.", "", "image/editorial-agency", false},
		{"a source", text + "Source : AFP", "", "image/editorial-agency", false},
		{"about photos", text + "Les photos montrent la récolte. Reuters en a parlé.", "", "image/editorial-agency", false},
		{"a reference", text + "Photo : dossier AP-12", "", "image/editorial-agency", false},
		{"the company", text + "Photo : Ruchers du Lac", "", "image/editorial-agency", false},
		{"a photographer", text + "Crédit photo : Solveig Ardant", "", "image/credit", true},
		{"a photographer in English", text + "Photo credit: Ruth Averill", "", "image/credit", true},
		{"a budget", text + "Le crédit accordé par la banque finance la photothèque.", "", "image/credit", false},
		{"a notice", text + "© Solveig Ardant", "", "image/credit", false},
		{"a licence", text + "Carte sous licence https://creativecommons.org/licenses/by-nc-sa/4.0/deed.fr", "", "image/cc-nc", true},
		{"a free licence", text + "Carte sous licence https://creativecommons.org/licenses/by-sa/4.0/deed.fr", "", "image/cc-nc", false},
		{"alt of a library", text, "adobestock_441907265", "image/stock", true},
		{"alt about a library", text, "L'écran d'accueil de Shutterstock", "image/stock", false},
		{"alt of an agency", text, "Une ruche, photo Reuters", "image/editorial-agency", true},
		{"alt with a child", text, "Les enfants du personnel au rucher", "image/minors", true},
		{"text about children", text + "Les enfants du village aiment le miel.", "Une ruche", "image/minors", false},
		{"alt with a person", text, "Portrait de Marc Delorme devant une ruche", "image/person", true},
		{"alt of a thing", text, "Une ruche ouverte, vue de haut", "image/person", false},
	} {
		item := content.Item{Address: "file:///partage/miel.docx", Title: "La récolte du miel", Text: c.text, Language: "fr", MIME: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
			Access: content.Access{Visibility: content.FileShare}}
		if c.alt != "" {
			item.Zones = []content.Zone{{Kind: content.ZoneAlt, Text: c.alt}}
		}
		v := Judge(item, Policy{}, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))
		var rules []string
		for _, r := range v.Reasons {
			rules = append(rules, r.Rule)
		}
		if got := strings.Contains(strings.Join(rules, " ")+" ", c.rule+" "); got != c.want {
			t.Errorf("%s: %v, want %s %v", c.name, rules, c.rule, c.want)
		}
	}
}

// A credit that names the company as people do, or a copied screen, names nobody to be asked; one that names a person beside does.
func TestOwnCredits(t *testing.T) {
	for _, c := range []struct {
		site, credit string
		want         bool
	}{
		{"Ruchers Alpins Fondation", "Crédit photo : l'équipe de Ruchers Alpins", false},
		{"Ruchers Alpins Fondation", "Crédit photo : Ruchers Alpins.", false},
		{"Ruchers Alpins Fondation", "Crédit photo : les Ruchers Alpins Fondation", false},
		{"Ruchers Alpins SAS", "Photo credit: Ruchers Alpins", false},
		{"Ruchers Alpins Fondation", "Crédit photo : Éric Mathon pour Ruchers Alpins", true},
		{"Ruchers Alpins Fondation", "Crédit photo : Ruchers Alpins / Éric Mathon", true},
		{"Ruchers Alpins Fondation", "Crédit photo : association Abeilles pour l'équipe Ruchers Alpins", true},
		{"Ruchers Alpins Fondation", "Crédit photo : Ruchers Alpinistes", true},
		{"Ruchers Fondation", "Crédit photo : Ruchers du Lac", true},
		{"", "Crédit photo : Éric Mathon", true},
		{"", "Photo credit: Screenshot from the Abeilles website", false},
		{"", "Photo credit: Screenwriters of Abeilles", true},
	} {
		item := content.Item{Address: "https://exemple.example/miel", Title: "La récolte du miel", SiteName: c.site, Language: "fr", Text: "Le miel se récolte en juin, quand les ruches sont pleines. On ôte les cadres un à un.\n\n" + c.credit,
			Access: content.Access{Visibility: content.Public}, Images: []content.Image{{Address: "https://exemple.example/a.jpg", Role: "content", Width: 900, Height: 600}}}
		caption := item
		caption.Text, caption.Images = "Le miel se récolte en juin, quand les ruches sont pleines.", []content.Image{{Address: "https://exemple.example/a.jpg", Role: "content", Caption: "Une ruche. " + c.credit}}
		for where, it := range map[string]content.Item{"text": item, "caption": caption} {
			got := false
			for _, r := range Judge(it, Policy{}, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)).Reasons {
				got = got || r.Rule == "image/credit"
			}
			if got != c.want {
				t.Errorf("%s of %q, %s: %v, want %v", c.credit, c.site, where, got, c.want)
			}
		}
	}
}

// Photos of goods are no photos of people at work.
func TestGalleriesOfGoods(t *testing.T) {
	var pictures []content.Image
	for _, n := range []string{"a", "b", "c", "d", "e"} {
		pictures = append(pictures, content.Image{Address: "https://intranet.example/" + n + ".jpg", Role: "content", Width: 1200, Height: 900})
	}
	for _, c := range []struct {
		title, text, schema string
		want                bool
	}{
		{"Chaussettes Ourson", "Prix 12,00 €. En stock. Ajouter au panier. Livraison offerte. Laine et coton, trois tailles.", "Product", false},
		{"Photos de la formation incendie", "Formation des équipiers : programme, durée, prérequis, attestation.", "Course", true},
		{"Afterwork de juin", "Bonne humeur et jus de pomme au programme.", "", true},
	} {
		item := content.Item{Address: "https://intranet.example/page", Title: c.title, Text: c.text, Language: "fr", Images: pictures, Access: content.Access{Visibility: content.Intranet}}
		if c.schema != "" {
			item.Schema = []string{c.schema}
		}
		got := false
		for _, r := range Judge(item, Policy{}, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)).Reasons {
			got = got || r.Rule == "image/gallery"
		}
		if got != c.want {
			t.Errorf("%s: %v, want %v", c.title, got, c.want)
		}
	}
}
