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

// TestOddShapes: numbers and addresses of people written otherwise, and what only looks like them.
func TestOddShapes(t *testing.T) {
	for _, c := range []struct{ text, gone string }{
		{"4539.5787.6362.1486 (08/28, 412)", "6362"},
		{"CB 4539-5787-6362-1486 cryptogramme 318", "6362"},
		{"Son portable : 06 398 912 34", "912"},
		{"07.639.881.23", "639"},
		{"06 39 989 123", "989"},
		{"+33 (0) 6 39 98 91 23", "98 91"},
		{"+33 (0)639989123", "989"},
		{"+33639989123", "989"},
		{"Perso : zéro six, trente-neuf, quatre-vingt-dix-huit, douze, quarante et un", "trente-neuf"},
		{"zéro sept trente-neuf quatre-vingt-onze soixante-douze zéro huit", "soixante"},
		{"Call oh seven seven double zero, nine hundred, one two three.", "nine"},
		{"zero seven seven one two three four five six seven eight", "four five"},
		{"j.garnier [at] orange [point] fr", "garnier"},
		{"j.garnier(arobase)orange.fr", "garnier"},
		{"jane.mill at gmail dot com", "ane.mill"},
		{"j.garnier arobase orange point fr", "garnier"},
		{"National Insurance number AB 12 34 56 C of the fitter", "12 34"},
		{"RIB : banque 20041 guichet 01005 compte 0500013M026 clé 06", "0500013"},

		{"Le tarif 06 passe de 731 à 840 euros.", ""},
		{"Les lots 06 731 et 840 sont livrés.", ""},
		{"Zéro six fois sur douze, trente-trois pour cent de moins.", ""},
		{"Zero seven-day weeks, twelve visits.", ""},
		{"Meet us (at) the office.fr page", ""},
		{"Un point commun, à point nommé.", ""},
		{"Look at example dot com", ""},
		{"VOITURE DE 120 CV. Pompe PS 400 XL", ""},
		{"Plaque AB 123 CD à l'entrée", "123"},
		{"Teinte 0.6235 0.4941 du nuancier", ""},
		{"Your account will immediately be billed", ""},
		{"Bancaire ou non, la banque 20041 ouvre un guichet.", ""},
	} {
		got := Mask(c.text)
		if c.gone == "" && got != c.text || c.gone != "" && strings.Contains(got, c.gone) {
			t.Errorf("%s: %s", c.text, got)
		}
		if again := Mask(got); again != got {
			t.Errorf("%s: again %s", got, again)
		}
	}
}
