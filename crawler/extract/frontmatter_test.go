package extract

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// Front matter says how secret a file is; what is denied in it does not.
func TestFrontMatter(t *testing.T) {
	for _, c := range []struct{ name, in, zone, key, value, text string }{
		{"YAML", "---\ntitle: Le miel\nsensitivity: Usage interne\n---\nLe texte.", "sensitivity : Usage interne", "custom:sensitivity", "Usage interne", "Le texte."},
		{"TOML", "+++\ntitle = \"Le miel\"\nniveau = \"Secret\"\n+++\nLe texte.", "niveau : Secret", "custom:niveau", "Secret", "Le texte."},
		{"a list", "---\nreaders:\n  - Direction seule\n---\nLe texte.", "readers : Direction seule", "", "", "Le texte."},
		{"a yes", "---\nconfidential: true\nlayout: post\n---\nLe texte.", "confidential", "custom:confidential", "true", "Le texte."},
		{"a no", "---\ntitle: Le miel\ndraft: false\n---\nLe texte.", "", "custom:draft", "", "Le texte."},
		{"a status", "---\nstatus: Brouillon\n---\nLe texte.", "status : Brouillon", "status", "Brouillon", "Le texte."},
		{"a rule", "---\nLe texte.", "", "", "", "Le texte."},
		{"never closed", "---\nsensitivity: Secret\n\nLe texte.", "", "custom:sensitivity", "", "sensitivity: Secret"},
	} {
		d := newDraft(Input{Address: "file:///partage/miel.md"}, 0, time.Time{})
		readText(Input{Address: "file:///partage/miel.md", Body: []byte(c.in)}, mimeMD, d)
		item := d.finish()
		zone := ""
		for _, z := range item.Zones {
			if z.Kind == content.ZoneHeader {
				zone = z.Text
			}
		}
		check(t, c.name+": zone", zone, c.zone)
		check(t, c.name+": property", item.Properties[c.key], c.value)
		if !strings.Contains(item.Text, c.text) || c.zone != "" && strings.Contains(item.Text, c.zone) {
			t.Errorf("%s: text %q", c.name, item.Text)
		}
	}
}
