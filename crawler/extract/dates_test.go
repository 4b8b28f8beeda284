package extract

import (
	"testing"
	"time"
)

func TestFindDate(t *testing.T) {
	for _, c := range []struct{ text, lang, want string }{
		{"le 3 avril 2024", "fr", "2024-04-03"},
		{"Publié le 1er mai 2023 à 10h12", "fr", "2023-05-01"},
		{"03/04/2024", "fr", "2024-04-03"},
		{"03/04/2024", "en", "2024-03-04"},
		{"25/12/2023", "en", "2023-12-25"},
		{"12.31.2023", "en", "2023-12-31"},
		{"31.12.2023", "de", "2023-12-31"},
		{"April 3, 2024", "en", "2024-04-03"},
		{"3rd of April 2024", "en", "2024-04-03"},
		{"Updated: Sept. 12th, 2021", "en", "2021-09-12"},
		{"2024-04-03T10:00", "fr", "2024-04-03"},
		{"15 déc. 2019", "fr", "2019-12-15"},
		{"DÉCEMBRE", "fr", ""},
		{"31 février 2024", "fr", ""},
		{"3/4/24", "fr", ""},
		{"tél. 04 77 12 20 24", "fr", ""},
		{"version 1.2.2024.5 du 5 mars", "fr", "2024-02-01"},
		{"", "fr", ""},
	} {
		got, ok := findDate(c.text, c.lang)
		s := ""
		if ok {
			s = got.Format(time.DateOnly)
		}
		if s != c.want {
			t.Errorf("%q (%s): %q, want %q", c.text, c.lang, s, c.want)
		}
	}
}

func TestDatePrecedence(t *testing.T) {
	const (
		json    = `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-01-05T23:30:00+01:00","dateModified":"2024-02-01"}</script>`
		meta    = `<meta property="article:published_time" content="2023-01-02T08:00:00+00:00">`
		heading = `<h1>Un titre assez long pour une page</h1>`
		byTime  = `<time datetime="2022-03-04">4 mars</time>`
		words   = `<p class="date">Publié le 5 mai 2021</p>`
		body    = `<p>Une phrase assez longue pour former le texte principal de la page, avec une virgule et un point.</p>`
		foot    = `<footer><p>© 2014 – mis à jour le 1er janvier 2015</p></footer><aside class="sidebar"><time datetime="2016-01-01">1 janvier</time></aside>`
	)
	for _, c := range []struct{ name, address, body, want, source string }{
		{"json-ld first", "https://a.example/2020/01/02/x", json + meta + heading + byTime + words + body, "2024-01-05", "json-ld"},
		{"then meta", "https://a.example/2020/01/02/x", meta + heading + byTime + words + body, "2023-01-02", "meta"},
		{"then time", "https://a.example/2020/01/02/x", heading + byTime + words + body, "2022-03-04", "time"},
		{"then the address", "https://a.example/2020/01/02/x", heading + words + body, "2020-01-02", "url"},
		{"then words", "https://a.example/x", heading + words + body, "2021-05-05", "visible"},
		{"a day of change is no day of publication", "https://a.example/x", heading + `<p>Mis à jour le 5 mai 2021</p>` + body, "", ""},
		{"both days in one line", "https://a.example/x", heading + `<p>Le 3 mai 2020, mis à jour le 5 mai 2021</p>` + body, "2020-05-03", "visible"},
		{"never a footer or a sidebar", "https://a.example/x", heading + body + foot, "", ""},
		{"never the future", "https://a.example/x", `<meta property="article:published_time" content="2031-01-02">` + heading + body, "", ""},
		{"never before the web", "https://a.example/x", `<meta property="article:published_time" content="1970-01-01T00:00:00Z">` + heading + words + body, "2021-05-05", "visible"},
	} {
		d := readPage(c.address, `<html lang="fr"><body><main>`+c.body+`</main></body></html>`).Published
		got := ""
		if !d.IsZero() {
			got = d.Time.Format(time.DateOnly)
		}
		if got != c.want || d.Source != c.source {
			t.Errorf("%s: %q from %q, want %q from %q", c.name, got, d.Source, c.want, c.source)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"le 3 avril 2024", "April 3, 2024", "2024-04-03", "1er mai", "99/99/9999", "31.12.2023", "\xff\xfe 12"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, lang := range []string{"fr", "en", ""} {
			if d, ok := findDate(s, lang); ok && (d.Year() < 1900 || d.Year() >= 2200) {
				t.Fatalf("%q gives %v", s, d)
			}
		}
		if d, ok := parseStamp(s); ok && (d.Year() < 1900 || d.Year() >= 2200) {
			t.Fatalf("%q gives %v", s, d)
		}
		dateInURL("https://a.example/" + s)
	})
}
