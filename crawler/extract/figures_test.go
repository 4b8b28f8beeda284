package extract

import (
	"testing"
	"time"
)

// TestFigures holds pages in English whose dates in figures may be read both ways, and what tells how.
func TestFigures(t *testing.T) {
	const host = "https://www.ferrand.example/a/b"
	for _, c := range []struct{ name, address, lang, head, line, foot, want string }{
		{"nothing tells", host, "en", "", "Published 04/09/2026", "", "2026-04-09"},
		{"the United States", host, "en-US", "", "Published 04/09/2026", "", "2026-04-09"},
		{"Great Britain", host, "en-GB", "", "Published 04/09/2026", "", "2026-09-04"},
		{"a French word at the date", host, "en", "", "Publié 04/09/2026", "", "2026-09-04"},
		{"another date of the page", host, "en", "", "Published 04/09/2026", "<p>Checked by the team on 25/08/2026.</p>", "2026-09-04"},
		{"another date of a page of a French site", "https://www.ferrand.fr/a/b", "en", "", "Published 04/09/2026", "<p>Checked by the team on 08/25/2026.</p>", "2026-04-09"},
		{"a French site", "https://www.ferrand.fr/a/b", "en", "", "Published 04/09/2026", "", "2026-09-04"},
		{"a British site", "https://www.ferrand.co.uk/a/b", "en", "", "Published 04/09/2026", "", "2026-09-04"},
		{"a French version", host, "en", `<link rel="alternate" hreflang="fr-FR" href="/fr/a">`, "Published 04/09/2026", "", "2026-09-04"},
		{"a German version", host, "en", `<link rel="alternate" hreflang="de" href="/de/a">`, "Published 04/09/2026", "", "2026-04-09"},
		{"a link to the French part", host, "en", "", "Published 04/09/2026", `<nav><a href="/fr/">FR</a></nav>`, "2026-09-04"},
		{"only one reading", host, "en", "", "Published 25/09/2026", "", "2026-09-25"},
	} {
		item := HTML(Input{Address: c.address, Day: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC), Body: []byte(`<html lang="` + c.lang + `"><head><title>t</title>` + c.head + `</head><body><main><h1>A title that is long enough for a page</h1><p>` + c.line +
			`</p><p>A sentence that is long enough to form the main text of the page, with a comma and a stop, and which is in English.</p></main>` + c.foot + `</body></html>`)})
		if got := item.Published.Time.Format(time.DateOnly); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
