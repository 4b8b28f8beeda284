package extract

import (
	"testing"
	"time"
)

// TestVisibleDates holds lines near the heading that give the day of publication, and lines that tell of
// another day.
func TestVisibleDates(t *testing.T) {
	for _, c := range []struct{ lang, line, published, modified string }{
		{"fr", `<p class="date">Publié le 05/03/2026</p>`, "2026-03-05", ""},
		{"fr", `<p>Publié le 5 mars 2026 par Claire Fontaine dans Vie de l'atelier</p>`, "2026-03-05", ""},
		{"fr", `<p>Le 1er mars 2026</p>`, "2026-03-01", ""},
		{"fr", `<p>Par Claire Fontaine, le 5 mars 2026</p>`, "2026-03-05", ""},
		{"fr", `<p>Nantes, le 3 novembre 2026</p>`, "2026-11-03", ""},
		{"fr", `<p>Actualité | 3 novembre 2026 | 2 min de lecture</p>`, "2026-11-03", ""},
		{"fr", `<p>Mis à jour le 7 févr. 2026</p>`, "", "2026-02-07"},
		{"fr", `<p class="meta">13.02.2026 – Qualité</p>`, "2026-02-13", ""},
		{"en", `<p>Published on March 5, 2026</p>`, "2026-03-05", ""},
		{"en", `<p>By Claire Fountain, 5 March 2026</p>`, "2026-03-05", ""},
		{"en", `<p>5 March 2026 · 3 min read</p>`, "2026-03-05", ""},
		{"en", `<p>Last updated: 5 March 2026</p>`, "", "2026-03-05"},
		{"fr", `<div><span>Vie du site</span><span>Équipe du quai nord</span><span>14 avril 2026</span><span>3 min de lecture</span></div>`, "2026-04-14", ""},
		{"fr", `<div><span class="x">Vie de l'atelier de montage</span> <small>le 1er mars 2026</small></div>`, "2026-03-01", ""},
		{"en", `<div class="hero"><span>People and places</span><span>Tom Hill</span><span class="when-posted">21 July 2026</span></div>`, "2026-07-21", ""},
		{"fr", `<div><span>Qualité et sécurité au travail</span><span>Mis à jour le 14 avril 2026</span></div>`, "", "2026-04-14"},

		{"fr", `<div><span>Salle des fêtes de Lorette</span><span>rendez-vous le 14 avril 2026</span><span>3 min de lecture</span></div>`, "", ""},
		{"fr", `<p><b>Inscriptions</b> ouvertes <b>jusqu'au 14 avril 2026</b></p>`, "", ""},
		{"fr", `<p>Valable jusqu'au 30 avril 2026.</p>`, "", ""},
		{"fr", `<p class="meta">Offre valable jusqu'au 30 avril 2026</p>`, "", ""},
		{"fr", `<p>Valable jusqu'au <time datetime="2026-04-30">30 avril 2026</time></p>`, "", ""},
		{"fr", `<p>Inscriptions ouvertes jusqu'au 12 mars 2026.</p>`, "", ""},
		{"fr", `<p>Depuis le 1er janvier 2020, nous trions nos déchets.</p>`, "", ""},
		{"fr", `<p>Le 4 mai 2020, nous avons ouvert un atelier à Lille.</p>`, "", ""},
		{"fr", `<p>L'atelier a ouvert le 4 mai 2020 à Lille.</p>`, "", ""},
		{"fr", `<p>Rendez-vous le 12 mars 2026 à 18 h</p>`, "", ""},
		{"fr", `<p>Du 3 au 5 février 2026 à Paris</p>`, "", ""},
		{"fr", `<p>Date limite : 27 mars 2026</p>`, "", ""},
		{"en", `<p>Valid until 30 April 2026.</p>`, "", ""},
		{"en", `<p>Since 1 January 2020 we sort our waste.</p>`, "", ""},
		{"en", `<p>On 4 May 2020 we opened a workshop in Lille.</p>`, "", ""},
		{"en", `<p>Join us on 12 March 2026 at 6 pm</p>`, "", ""},
		{"en", `<p>February 3-5, 2026, Birmingham</p>`, "", ""},
		{"en", `<p>Closing date: 27 March 2026</p>`, "", ""},
	} {
		item := HTML(Input{Address: "https://a.example/x", Day: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC), Body: []byte(`<html lang="` + c.lang + `"><title>t</title><main><h1>Un titre assez long pour une page</h1>` + c.line +
			`<p>Une phrase assez longue pour former le texte principal de la page, avec une virgule et un point.</p></main>`)})
		day := func(t time.Time) string {
			if t.IsZero() {
				return ""
			}
			return t.Format(time.DateOnly)
		}
		if day(item.Published.Time) != c.published || day(item.Modified.Time) != c.modified {
			t.Errorf("%s: published %q, modified %q; want %q, %q", c.line, day(item.Published.Time), day(item.Modified.Time), c.published, c.modified)
		}
	}
}
