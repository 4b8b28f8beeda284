package classify

import (
	"testing"

	"filon/crawler/content"
)

func TestTitleAlone(t *testing.T) {
	for _, c := range []struct{ title, heading, site, want string }{
		{"Douze collègues à vélo – Menuiserie Talbot", "Douze collègues à vélo", "", "Douze collègues à vélo"},
		{"Menuiserie Talbot | Douze collègues à vélo", "Douze  collègues à vélo", "", "Douze collègues à vélo"},
		{"Le potager - Talbot", "Autre chose", "Talbot", "Le potager"},
		{"Talbot · Le potager", "", "Talbot", "Le potager"},
		{"Le potager – un an après", "Actualités", "Talbot", "Le potager – un an après"},
		{"Porte-à-porte", "Porte", "", "Porte-à-porte"},
		{"", "", "", ""},
	} {
		if got := TitleAlone(content.Item{Title: c.title, H1: c.heading, SiteName: c.site}); got != c.want {
			t.Errorf("%q under %q: %q, want %q", c.title, c.heading, got, c.want)
		}
	}
}
