package classify

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// A heading of what the site puts around a page is none of the page; what marks or gives away something stays held.
func TestHeadingsApart(t *testing.T) {
	for _, c := range []struct {
		heading, rule string
		vis           content.Visibility
		apart, page   bool // what is found in a heading that is apart, and in one that is not
	}{
		{"Ensemble, faisons grandir les photos des enfants", "image/minors", content.Public, false, true},
		{"Nous sommes neutres en carbone", "claim/carbon-neutral", content.Public, false, true},
		{"CONFIDENTIEL", "marking/confidential", content.Intranet, true, true},
		{"Diffusion restreinte", "marking/restricted", content.Intranet, true, true},
		{"Ne pas diffuser", "marking/no-distribution", content.Public, true, true},
		{"Mot de passe : Belette77aa!", "secret/password", content.Public, true, true},
		{"Sanction disciplinaire de Karim Benali", "staff/discipline", content.Intranet, true, true},
	} {
		for _, apart := range []bool{true, false} {
			item := content.Item{Address: "https://exemple.example/page", Title: "La journée de l'atelier", Text: workshop + "Les enfants ont posé des questions.", Language: "fr", Access: content.Access{Visibility: c.vis},
				Headings: []content.Heading{{Level: 2, Text: "Les machines"}, {Level: 2, Text: c.heading, Apart: apart}},
				Images:   []content.Image{{Address: "https://exemple.example/a.jpg", Role: "content", Width: 900, Height: 600}, {Address: "https://exemple.example/b.jpg", Role: "content", Width: 900, Height: 600}}}
			var rules []string
			for _, r := range Judge(item, Policy{}, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)).Reasons {
				rules = append(rules, r.Rule)
			}
			want := c.page
			if apart {
				want = c.apart
			}
			if got := strings.Contains(strings.Join(rules, " ")+" ", c.rule+" "); got != want {
				t.Errorf("%s, apart %v: %v, want %s %v", c.heading, apart, rules, c.rule, want)
			}
		}
	}
}

// What is said of a picture that the site puts around a page is searched for secrets and marks as before.
func TestSecretsOfPicturesApart(t *testing.T) {
	for words, rule := range map[string]string{"Mot de passe : Belette77aa!": "secret/password", "CONFIDENTIEL": "marking/confidential", "IBAN FR76 3000 6000 0112 3456 7890 189": "personal/iban"} {
		for _, im := range []content.Image{{Alt: words}, {Caption: words}} {
			im.Address, im.Role, im.Apart = "https://exemple.example/a.jpg", "decoration", true
			item := content.Item{Address: "https://exemple.example/page", Title: "La journée de l'atelier", Text: workshop, Language: "fr", Access: content.Access{Visibility: content.Intranet}, Images: []content.Image{im}}
			var rules []string
			for _, r := range Judge(item, Policy{}, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)).Reasons {
				rules = append(rules, r.Rule)
			}
			if !strings.Contains(strings.Join(rules, " ")+" ", rule+" ") {
				t.Errorf("%s: %v, want %s", words, rules, rule)
			}
		}
	}
}
