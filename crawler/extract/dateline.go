package extract

import (
	"strings"

	"golang.org/x/net/html"
)

// Which visible dates are a page's own: those of a byline, of a line of data about the page, or of a line
// that holds hardly anything else. A date in a sentence is one of what the page tells.

// publishedWords stand before a day of publication or of change.
var publishedWords = phrasesOf("publie le", "publiee le", "publie", "mis en ligne le", "mise en ligne le", "mise en ligne", "poste le", "poste", "redige le", "ecrit le", "paru le", "parution", "date de publication",
	"date", "article du", "communique du", "actualite du", "edition du", "mis a jour le", "mise a jour le", "mise a jour", "mis a jour", "derniere mise a jour", "maj", "modifie le", "modifiee le", "actualise le", "derniere modification",
	"published on", "published", "posted on", "posted", "written on", "released on", "issued on", "updated on", "updated", "last updated", "last modified", "modified on", "modified", "date published", "release date", "publication date")

// notPublished are words before a date that is a limit, a beginning or a happening.
var notPublished = phrasesOf("depuis", "depuis le", "since", "ne le", "nee le", "born on", "fonde le", "fondee le", "founded on", "fondee en", "a partir du", "des le", "from", "starting", "du", "aura lieu le", "a lieu le", "rendez vous le", "rendez vous",
	"rdv le", "rdv", "retrouvez", "se tiendra le", "se deroulera le", "inauguration le", "valable", "entree en vigueur le", "en vigueur le", "effective", "save the date", "join us on", "join us", "will take place on", "takes place on", "held on", "signe le", "signed on")

// datesItself tells whether the first date of a line near the heading is that of the page; placed, that
// the line stands where pages put it.
func datesItself(s, lang string, placed bool) bool {
	d := dayReader{text: s, words: wordsOf(clip(s, 600)), lang: lang}
	for i := range d.words {
		_, next, ok := d.date(i)
		if !ok {
			continue
		}
		before := d.words[:i]
		said, other := 0, 0 // how far back the words reach that lead to the date
		for n := 1; n <= 6 && n <= len(before); n++ {
			if d.any(i-n, publishedWords) >= n {
				said = n
			}
			if max(d.any(i-n, notPublished), d.any(i-n, untilWords), d.any(i-n, limitWords)) >= n {
				other = n
			}
		}
		switch {
		case said > other:
			return true
		case other > 0:
			return false
		}
		if w := d.at(next); w == "au" || w == "to" || w == "until" {
			return false // the first of two
		}
		if _, _, _, span := d.span(i); span {
			return false
		}
		return placed || len(before) <= 5 && named(s, before) && (d.any(next, publishedWords) > 0 || sparse(d.words[next:]))
	}
	return placed
}

// sparse tells whether what follows a date is no sentence: a category, a time of reading, an hour of the
// day that no event has.
func sparse(after []word) bool {
	if len(after) > 6 {
		return false
	}
	for i, w := range after {
		switch w.s {
		case "nous", "notre", "nos", "est", "sont", "a", "ont", "we", "our", "is", "are", "was", "were", "has", "have", "il", "elle", "it", "they", "vous", "you", "stand", "booth":
			return w.s == "a" && i+1 < len(after) && after[i+1].number // "à 14 h 30"
		}
	}
	return true
}

// named tells whether what stands before a date is a name, a place or a role, and no beginning of a
// sentence: "Par Claire Fontaine, le", "Nantes, le", "L'équipe qualité,".
func named(s string, before []word) bool {
	for _, w := range before {
		switch w.s {
		case "nous", "on", "est", "sont", "ont", "we", "is", "are", "was", "were", "has", "have", "il", "elle", "vous", "you", "qui", "que", "which", "that":
			return false
		}
	}
	if len(before) == 0 {
		return true
	}
	last := strings.TrimSpace(s[before[len(before)-1].to:])
	return len(before) <= 2 || strings.HasPrefix(last, ",") || strings.IndexAny(last, "|·•–—-:(/") == 0 || publishing(before)
}

// publishing tells whether a word before a date speaks of an author.
func publishing(before []word) bool {
	switch before[0].s {
	case "par", "by", "auteur", "author", "ecrit", "redige", "publie", "posted", "written", "published", "article", "news", "actualite":
		return true
	}
	return false
}

// dateNamed tells whether the element, or the one around it, is called a date.
func dateNamed(n *html.Node) bool {
	for up := 0; n != nil && up < 2; n, up = n.Parent, up+1 {
		for w := range strings.FieldsFuncSeq(strings.ToLower(attr(n, "class")+" "+attr(n, "itemprop")+" "+attr(n, "id")), func(r rune) bool { return r < 'a' || r > 'z' }) {
			switch w {
			case "date", "datetime", "dateline", "published", "pubdate", "timestamp", "posted", "publication", "datepublished":
				return true
			}
		}
	}
	return false
}
