package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"filon/crawler/address"
)

// The order of day and month in figures: 05/04/2026 is 5 April nearly everywhere and 4 May in the United States. A page in English
// may be one of a French portal, so that its language alone does not tell.

// frenchAround are words that stand beside a date where a site's own words are French.
var frenchAround = wordSet("le du au publie publiee mis mise jour modifie modifiee redige par depuis les date modification creation cree creee poste")

// dayFirstTLDs end the names of sites of countries that write the day first.
var dayFirstTLDs = wordSet("be ch lu mc re nc gp mq pf uk ie au nz in za de it es nl pt eu")

// figures gives the language as which dates in figures are to be read: "en" is month first where both can be. The page's own
// evidence comes first, then what is known of its site, then the country of its language.
func (f *facts) figures(lang string) string {
	if lang != "en" {
		return lang
	}
	days, months := f.sureFigures()
	switch {
	case days != months && days:
		return "fr"
	case days != months:
		return "en"
	case f.alsoFrench():
		return "fr"
	}
	country := strings.ToLower(strings.ReplaceAll(strings.TrimSpace(f.lang), "_", "-"))
	if _, after, ok := strings.Cut(country, "-"); ok {
		if after == "us" || strings.HasSuffix(after, "-us") {
			return "en"
		}
		return "fr"
	}
	host := strings.ToLower(address.Name(f.in.Address))
	if dayFirstTLDs[host[strings.LastIndexByte(host, '.')+1:]] {
		return "fr"
	}
	return "en"
}

// sureFigures tells whether the page shows dates that have the day first, and ones that have the month first: a number
// above twelve tells, or a French word beside them.
func (f *facts) sureFigures() (days, months bool) {
	for i := range f.blocks {
		s := clip(f.textOf(&f.blocks[i]), 2000)
		if strings.Count(s, "/") < 2 {
			continue
		}
		d := dayReader{text: s, words: wordsOf(s)}
		for w := range d.words {
			a, b := d.number(w, 2), d.number(w+1, 2)
			if a < 1 || b < 1 || len(d.at(w+2)) != 4 || d.number(w+2, 4) < 1900 || d.between(w) != "/" || d.between(w+1) != "/" {
				continue
			}
			switch {
			case a > 12 && a <= 31 && b <= 12:
				days = true
			case b > 12 && b <= 31 && a <= 12:
				months = true
			case w > 0 && frenchAround[d.at(w-1)]:
				days = true
			}
		}
	}
	return days, months
}

// alsoFrench tells whether the site speaks French too: it says so of another version of the page, or in its address, or its
// menus do.
func (f *facts) alsoFrench() bool {
	host := strings.ToLower(address.Name(f.in.Address))
	if strings.HasSuffix(host, ".fr") || strings.HasPrefix(host, "fr.") {
		return true
	}
	for _, a := range f.alternates {
		if subtag(a.Language) == "fr" {
			return true
		}
	}
	for _, locale := range append(f.meta["og:locale:alternate"], f.meta["og:locale"]...) {
		if subtag(locale) == "fr" {
			return true
		}
	}
	for i := range f.elements {
		n := f.elements[i].node
		if n.DataAtom != atom.A || i > 20_000 {
			continue
		}
		if subtag(attr(n, "hreflang")) == "fr" {
			return true
		}
		if ref := attr(n, "href"); strings.HasPrefix(ref, "/fr/") || ref == "/fr" {
			return true
		}
	}
	_, rest := f.mainText()
	return frequentWords(clip(rest, 4000)) == "fr"
}
