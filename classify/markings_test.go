package classify

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

func TestMarkings(t *testing.T) {
	item := content.Item{Address: "https://intranet.exemple-industrie.fr/note", Title: "La note du mois", Text: "Un texte ordinaire, où rien n'est confidentiel par nature ni secret de famille.",
		Access: content.Access{Visibility: content.Intranet}, Properties: map[string]string{"MSIP_Label_8a1f_Name": "G4", "creator": "Confidentiel SARL"},
		Zones: []content.Zone{{Kind: content.ZoneHeader, Page: 1, Text: "NE PAS DIFFUSER"}, {Kind: content.ZoneBanner, Text: "Palier 7"}, {Kind: content.ZoneHeader, Page: 2, Text: "NE PAS DIFFUSER"}}}
	var got []string
	for _, m := range Markings(item, Policy{Scale: map[string]string{"G4": "restricted"}}) {
		got = append(got, m.Text+"="+m.Level)
	}
	if want := "NE PAS DIFFUSER=confidential, Palier 7=, G4=restricted"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
