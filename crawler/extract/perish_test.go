package extract

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// TestPerish holds offers, registrations and events with their last day, and what only looks like one.
func TestPerish(t *testing.T) {
	const filler = " Les compagnons règlent les presses, contrôlent les premières pièces et notent les écarts sur un tableau."
	for _, c := range []struct {
		lang, title, text, published string
		expires, start, end, place   string
	}{
		// offers and deadlines
		{"fr", "Offre de printemps", "Offre de printemps valable jusqu'au 30 avril 2026.", "", "2026-04-30", "", "", ""},
		{"fr", "Offre", "Valable jusqu’au 30 avril 2026.", "", "2026-04-30", "", "", ""},
		{"fr", "Webinaire", "Inscriptions ouvertes jusqu'au 12 mars 2026.", "", "2026-03-12", "", "", ""},
		{"fr", "Appel à projets", "Déposez votre dossier avant le 1er juin 2026 à minuit.", "", "2026-06-01", "", "", ""},
		{"fr", "Prix de l'innovation", "Date limite de dépôt des candidatures : vendredi 27 mars 2026.", "", "2026-03-27", "", "", ""},
		{"fr", "Soldes", "Soldes du 8 janvier au 4 février 2026 dans tous nos magasins.", "", "2026-02-04", "", "", ""},
		{"fr", "Concours photo", "Participez au concours jusqu'à vendredi !", "2026-03-10", "2026-03-13", "", "", ""},
		{"fr", "Enquête", "Répondez à l'enquête avant la fin du mois, au plus tard le 31 mars.", "2026-03-10", "2026-03-31", "", "", ""},
		{"en", "Winter sale", "Offer valid until 15 January 2027: 20% off all gates.", "", "2027-01-15", "", "", ""},
		{"en", "Spring sale", "The sale ends on April 30, 2026.", "", "2026-04-30", "", "", ""},
		{"en", "Call for papers", "Submit your paper no later than 1 June 2026.", "", "2026-06-01", "", "", ""},
		{"en", "Award", "Closing date for applications: 27 March 2026", "", "2026-03-27", "", "", ""},
		{"en", "Photo contest", "Send your entries before tomorrow, entries close by Friday.", "2026-03-10", "2026-03-13", "", "", ""},
		{"en", "Courses", "Registration is open from 3 to 12 March 2026.", "", "2026-03-12", "", "", ""},
		// events
		{"fr", "Salon Batimat : rejoignez-nous", "Retrouvez-nous au salon Batimat du 3 au 5 février 2027 à Paris Expo, stand B12.", "", "2027-02-05", "2027-02-03", "2027-02-05", "Paris Expo"},
		{"fr", "Portes ouvertes", "Venez visiter l'atelier les 3 et 4 mars 2026.", "", "2026-03-04", "2026-03-03", "2026-03-04", ""},
		{"fr", "Portes ouvertes demain", "L'atelier se visite en famille.", "2026-02-10", "2026-02-11", "2026-02-11", "", ""},
		{"fr", "Note", "Merci de noter que la visite a lieu ce samedi.", "2026-02-10", "2026-02-14", "2026-02-14", "", ""},
		{"fr", "Réunion", "La réunion aura lieu la semaine prochaine.", "2026-02-10", "2026-02-22", "2026-02-22", "", ""},
		{"fr", "Conférence sur la corrosion", "Rendez-vous le jeudi 12 mars 2026 à 18 h à Nantes.", "2026-02-20", "2026-03-12", "2026-03-12", "", "Nantes"},
		{"fr", "Forum", "Le forum aura lieu du 30 janvier au 2 février 2027.\nLieu : Cité des congrès, Nantes", "", "2027-02-02", "2027-01-30", "2027-02-02", "Cité des congrès, Nantes"},
		{"en", "Open day tomorrow", "The workshop can be visited by families.", "2026-02-10", "2026-02-11", "2026-02-11", "", ""},
		{"en", "Trade fair", "Meet us at the fair, February 3-5, 2027 in Birmingham.", "", "2027-02-05", "2027-02-03", "2027-02-05", "Birmingham"},
		{"en", "Webinar", "Join us on 12 March 2026 at 3 pm.", "", "2026-03-12", "2026-03-12", "", ""},
		{"en", "Note", "The meeting takes place this Saturday.", "2026-02-10", "2026-02-14", "2026-02-14", "", ""},
		// neither
		{"fr", "Notre histoire", "Fondée le 12 mars 1952, la maison a ouvert son usine le 4 mai 1987.", "", "", "", "", ""},
		{"fr", "Retour", "Depuis le 1er janvier 2020, nous trions nos déchets.", "", "", "", "", ""},
		{"fr", "Garantie", "Nos portails sont garantis jusqu'à 10 ans, et l'offre de garantie court jusqu'au 30 avril 2036.", "", "", "", "", ""},
		{"fr", "Retour sur le salon", "Retrouvez les images du salon, du 3 au 5 février 2026.", "", "", "", "", ""},
		{"fr", "Bilan du concours", "Le concours était ouvert jusqu'au 30 avril 2026.", "", "", "", "", ""},
		{"fr", "Webinaire : l'industrie de demain", "Un webinaire pour inventer demain.", "2026-02-10", "", "", "", ""},
		{"fr", "Portes ouvertes demain", "Sans date de publication, demain n'est aucun jour.", "", "", "", "", ""},
		{"fr", "Le concours photo", "Le concours organisé jusqu'au 30 avril 2026 a récompensé trois apprentis.", "", "", "", "", ""},
		{"fr", "Résultats du concours", "Inscriptions closes : il fallait voter avant le 30 avril 2026.", "", "", "", "", ""},
		{"en", "Winners of the photo contest", "Entries closed; the vote was open until 30 April 2026.", "", "", "", "", ""},
		{"fr", "Le chantier", "Les travaux durent jusqu'au 12 mars 2027.", "", "", "", "", ""},
		{"en", "History", "Founded on 12 March 1952, the house opened its plant on 4 May 1987.", "", "", "", "", ""},
		{"en", "Looking back", "The fair took place from 3 to 5 February 2026 in Birmingham.", "", "", "", "", ""},
		{"en", "Warranty", "Our gates are guaranteed until 30 April 2036, whatever the offer.", "", "", "", "", ""},
		{"en", "Join tomorrow's leaders", "We will be the company of tomorrow.", "2026-02-10", "", "", "", ""},
	} {
		item := content.Item{Title: c.title, Text: c.text + "\n\n" + strings.Repeat(filler, 2), Language: c.lang}
		if c.published != "" {
			item.Published.Time, _ = time.Parse(time.DateOnly, c.published)
		}
		perish(&item, true, item.Language)
		day := func(t time.Time) string {
			if t.IsZero() {
				return ""
			}
			return t.Format(time.DateOnly)
		}
		if c.end == c.start {
			c.end = ""
		}
		if day(item.Expires.Time) != c.expires || day(item.Event.Start) != c.start || day(item.Event.End) != c.end || item.Event.Place != c.place {
			t.Errorf("%s / %s: expires %q, event %q to %q in %q; want %q, %q to %q in %q", c.title, c.text, day(item.Expires.Time), day(item.Event.Start), day(item.Event.End), item.Event.Place,
				c.expires, c.start, c.end, c.place)
		}
	}
}
