package classify

import (
	"strings"
	"testing"
)

// Words of parcels and articles near a number hide no number of a person.
func TestNumbersBesideParcels(t *testing.T) {
	for _, c := range []struct{ text, gone string }{
		{"Paul a bien suivi le stage de tri (255081416802538).", "255081416802538"},
		{"Suivi de l'apprentie : 255081416802538", "255081416802538"},
		{"Les colis sont là. NIR 255081416802538", "255081416802538"},
		{"N° de suivi du dossier social, NIR : 2 55 08 14 168 025 38", "168 025"},
		{"Cent personnes l'ont suivi.\nn° 255081416802538 à joindre", "255081416802538"},
		{"Elle règle le suivi avec la 4539 5787 6362 1486", "6362"},
		{"Suivi des achats fait. Carte : 4539 5787 6362 1486", "6362"},
		{"Tracking is done; the card of the shop is 4539578763621486", "4539578763621486"},
		{"Jean, à l'océan, donne la 4539 5787 6362 1486", "6362"},
		{"N° de suivi : 255081416802538", ""},
		{"Suivi de colis n° 4539578763621486", ""},
		{"Numéro de colis 4539 5787 6362 1486, à retirer lundi", ""},
		{"Tracking number: 4539578763621486", ""},
		{"IMEI du téléphone : 255081416802538", ""},
		{"EAN-14 : 45567309182264", ""},
	} {
		got := Mask(c.text)
		if c.gone == "" && got != c.text || c.gone != "" && strings.Contains(got, c.gone) {
			t.Errorf("%s: %s", c.text, got)
		}
	}
}
