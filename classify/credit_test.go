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
