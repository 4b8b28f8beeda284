package extract

import (
	"testing"
	"time"
)

// TestDateOfTheMainThing: the day of an object that only stands on the page, an event or the teaser of another page, is not the page's.
func TestDateOfTheMainThing(t *testing.T) {
	const (
		words   = `<p>Une phrase assez longue pour former le texte principal de la page, avec une virgule et un point. La fonderie coule depuis mardi.</p>`
		heading = `<h1>La fonderie coule son premier lingot</h1>`
		event   = `<div itemscope itemtype="https://schema.org/Event"><span itemprop="name">Portes ouvertes</span><meta itemprop="datePublished" content="2019-05-06"><meta itemprop="startDate" content="2026-06-01"></div>`
		teaser  = `<div itemscope itemtype="https://schema.org/BlogPosting"><a itemprop="headline" href="/autre">Un autre billet</a><meta itemprop="datePublished" content="2018-03-04"></div>`
		other   = `<div itemscope itemtype="https://schema.org/BlogPosting"><a itemprop="headline" href="/encore">Encore un billet</a><meta itemprop="datePublished" content="2017-03-04"></div>`
	)
	for _, c := range []struct{ name, body, want string }{
		{"an event beside", heading + words + event, ""},
		{"an event beside an article", `<article itemscope itemtype="https://schema.org/Article"><meta itemprop="datePublished" content="2024-02-03">` + heading + words + `</article>` + event, "2024-02-03"},
		{"an event inside an article", `<article itemscope itemtype="https://schema.org/Article">` + heading + words + event + `<meta itemprop="datePublished" content="2024-02-03"></article>`, "2024-02-03"},
		{"an event inside what has no day", `<article itemscope itemtype="https://schema.org/Article">` + heading + words + event + `</article>`, ""},
		{"the page of an event", `<div itemscope itemtype="https://schema.org/Event">` + heading + words + `<meta itemprop="datePublished" content="2024-02-03"></div>`, "2024-02-03"},
		{"an event beside, with a day in the page's head", `<head><meta property="article:published_time" content="2024-02-03"></head>` + heading + words + event, "2024-02-03"},
		{"teasers below", heading + words + teaser + other, ""},
		{"a teaser beside", heading + words + `<aside>` + teaser + `</aside>`, ""},
		{"an article and teasers", `<article itemscope itemtype="https://schema.org/BlogPosting">` + heading + words + `<meta itemprop="datePublished" content="2024-02-03"></article>` + teaser + other, "2024-02-03"},
		{"an object of tags alone, called like the page", heading + words + `<div itemscope itemtype="https://schema.org/BlogPosting"><meta itemprop="headline" content="La fonderie coule son premier lingot"><meta itemprop="datePublished" content="2024-02-03"></div>` + teaser, "2024-02-03"},
		{"the only object", heading + words + `<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished" content="2024-02-03"></div>`, "2024-02-03"},
		{"an event in a script beside an article", `<script type="application/ld+json">[{"@type":"Event","name":"Portes ouvertes","datePublished":"2019-05-06"},{"@type":"Article","datePublished":"2024-02-03"}]</script>` + heading + words, "2024-02-03"},
	} {
		item := readPage("https://www.example.fr/billet", `<html lang="fr">`+c.body+`</html>`)
		got := ""
		if !item.Published.IsZero() {
			got = item.Published.Time.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("%s: %q (%s), want %q", c.name, got, item.Published.Source, c.want)
		}
	}
}
