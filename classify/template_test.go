package classify

import (
	"testing"

	"filon/crawler/content"
)

// TestTemplateIsJudged judges what a source's template said before it left the main text: a mark stays a mark,
// a block stays a block, and what a public site says on every page is no question about each of them.
func TestTemplateIsJudged(t *testing.T) {
	for _, c := range []struct {
		name, says string
		seen       content.Visibility
		want       Outcome
		rule       string
	}{
		{"banner of an intranet", "Document confidentiel – usage interne", content.Intranet, Never, "marking/confidential"},
		{"internal use", "Usage interne uniquement", content.Intranet, NeedsApproval, "marking/internal"},
		{"draft", "Document de travail", content.Intranet, Never, "lifecycle/draft"},
		{"key", "api_secret = \"q8Zt4LxW2vNs7Rb1Yk9Ud3Hf6Jc5Mp0G\"", content.Public, Never, "secret/api-key"},
		{"confidence as a selling point", "Un premier entretien gratuit, confidentiel et sans engagement avec nos conseillers", content.Public, Publishable, ""},
		{"press contact of a public site", "Contact presse : Karim Benali, 06 39 98 12 34", content.Public, Publishable, ""},
	} {
		item := content.Item{Address: "https://www.exemple-industrie.fr/actus/ligne", Title: "La nouvelle ligne de pliage tourne", H1: "La nouvelle ligne de pliage tourne",
			Text: ordinary + "\n\n" + ordinary, Language: "fr", Access: content.Access{Visibility: c.seen}}
		plain := Judge(item, Policy{}, judged)
		item.Template = []content.Passage{{Text: c.says}}
		v := Judge(item, Policy{}, judged)
		want := c.want
		if c.rule == "" {
			want = plain.Outcome
		}
		spoke := c.rule == ""
		for _, r := range v.Reasons {
			spoke = spoke || r.Rule == c.rule && r.Where == "template"
		}
		if v.Outcome != want || !spoke {
			t.Errorf("%s: %s, %+v; want %s by %q", c.name, v.Outcome, v.Reasons, want, c.rule)
		}
	}
}
