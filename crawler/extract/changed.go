package extract

import (
	"strings"
	"time"
	"unicode"

	"filon/crawler/content"
)

// Lines of the last change: software and people write them at the foot of a page, far from its title, with the day
// and often the name of who made it.

// changePhrases begin such a line.
var changePhrases = phrasesOf("mis a jour le", "mise a jour le", "mis a jour", "mise a jour", "page mise a jour le", "page mise a jour", "fiche mise a jour le", "article mis a jour le", "derniere mise a jour le", "derniere mise a jour", "date de mise a jour", "date de derniere mise a jour",
	"derniere modification le", "derniere modification", "date de modification", "date de derniere modification", "derniere mise a jour de cette page le", "derniere revision le", "derniere revision", "la derniere modification de cette page a ete faite le", "la derniere modification de cette page date du",
	"cette page a ete modifiee pour la derniere fois le", "cette page a ete modifiee le", "page modifiee le", "modifie le", "modifiee le", "actualise le", "actualisee le", "maj le", "maj",
	"updated on", "updated", "last updated on", "last updated", "last update", "page updated on", "page last updated", "this page was last edited on", "this page was last modified on", "this page was last updated on", "page last modified", "page last edited",
	"last modified on", "last modified", "last edited on", "last edited", "last changed on", "last changed", "last revised on", "last revised", "modified on", "date modified", "revised on")

// changePlaces are the names that wikis give to that line.
var changePlaces = wordSet("footer-info-lastmod lastmod docinfo lastmodified last-modified date-modified")

const mostChangeWords = 30 // of a line of the last change

// change is what such a line says.
type change struct {
	block int32
	day   time.Time
	after string // what follows the day
	named bool   // it stands where the software puts it
}

// changes finds the line of the last change of the page, false when there is none or when several name other days:
// those are of what the page lists.
func (f *facts) changes(lang string) (found change, ok bool) {
	for i := range f.blocks {
		b := &f.blocks[i]
		e := &f.elements[b.element]
		if b.words < 2 || b.words > mostChangeWords || b.headline > 0 || e.hidden || e.above&(cueComment|cueRelated|cueSide|tagAside|tagNav|cueForum) != 0 {
			continue
		}
		s := f.textOf(b)
		if strings.IndexFunc(s, unicode.IsDigit) < 0 {
			continue
		}
		named := f.changePlace(b.element)
		if strings.ContainsRune(s, '©') || !named && e.above&(tagFooter|cueFooter) != 0 && e.above&tagArticle == 0 {
			continue
		}
		day, after, is := changeLine(s, lang)
		if !is || !f.past(day) || ok && found.named && !named {
			continue
		}
		if ok && found.named == named && !day.Equal(found.day) {
			return change{}, false
		}
		found, ok = change{int32(i), day, after, named}, true
	}
	return found, ok
}

// changePlace tells whether an element, or one close around it, is named as the place of the last change.
func (f *facts) changePlace(at int32) bool {
	for k := 0; at >= 0 && k < 3; at, k = f.elements[at].parent, k+1 {
		n := f.elements[at].node
		for name := range strings.FieldsSeq(clip(attr(n, "id")+" "+attr(n, "class"), 300)) {
			if changePlaces[fold(name)] || changePlaces[strings.ToLower(name)] {
				return true
			}
		}
	}
	return false
}

// changeLine reads a line that begins with the words of a last change, or has before them no more than a file's name.
func changeLine(s, lang string) (t time.Time, after string, ok bool) {
	d := dayReader{text: s, words: wordsOf(clip(s, 600)), lang: lang}
	for i := 0; i < len(d.words) && i < 8; i++ {
		n := d.any(i, changePhrases)
		if n == 0 {
			continue
		}
		if i > 0 && !strings.ContainsAny(d.between(i-1), "·|•–—") {
			return t, "", false // a sentence
		}
		for next := i + n; next <= i+n+1; next++ {
			if t, end, is := d.date(next); is {
				return t, s[d.words[end-1].to:], true
			}
			if t, is := findDate(clip(s[d.words[i].from:], 120), lang); is && d.number(next, 4) > 1900 {
				return t, s[d.words[min(next+2, len(d.words)-1)].to:], true // 2026/11/29
			}
		}
		return t, "", false
	}
	return t, "", false
}

// teamWords begin or end the names of parts of a company, which are no people.
var teamWords = wordSet(`agence service services direction equipe equipes team teams departement department dept pole bureau office branch atelier usine site plant ecole academie academy comite cellule mission secretariat accueil
	communication communications marketing qualite securite support desk division unit unite groupe group region regional rh drh dsi it hr`)

// changedBy is the person after the day of a last change: "- Jeanne Martin", "à 10:22 par Jeanne Martin.".
func (f *facts) changedBy(after string) string {
	after = strings.TrimSpace(after)
	for _, lead := range [...]string{" par ", " by "} {
		if _, name, ok := cutFold(" "+after, lead); ok {
			after = "- " + name
			break
		}
	}
	rest := strings.TrimLeft(after, "-–—|·,/ ")
	if rest == after || rest == "" {
		return ""
	}
	if i := strings.IndexAny(rest, ".,;|·(\n\t"); i > 0 {
		rest = rest[:i]
	}
	name := f.person(strings.TrimSpace(rest))
	words := strings.Fields(name)
	if len(words) < 2 || len(words) > 4 || !looksNamed(name) || teamWords[fold(words[0])] || teamWords[fold(words[len(words)-1])] {
		return ""
	}
	return name
}

// dropChanged takes the line of the last change out of the main text, unless it says more than that.
func (f *facts) dropChanged() {
	if f.changed, f.isChanged = f.changes(""); f.isChanged && f.blocks[f.changed.block].words <= 14 && f.saysNoMore() {
		f.kept[f.changed.block] = false
	}
}

// saysNoMore tells whether a line of a last change says nothing behind the day but a time and who it was: no colon but that of the
// time, a few words.
func (f *facts) saysNoMore() bool {
	_, after, ok := changeLine(f.textOf(&f.blocks[f.changed.block]), "")
	if !ok {
		return true
	}
	for i := range len(after) {
		if after[i] == ':' && (i == 0 || i+1 == len(after) || after[i-1] < '0' || after[i-1] > '9' || after[i+1] < '0' || after[i+1] > '9') {
			return false
		}
	}
	return len(strings.Fields(after)) <= 6
}

// stated is the day of the last change as its line says it; zero without one.
func (f *facts) stated(lang string) content.Date {
	if !f.isChanged {
		return content.Date{}
	}
	t, _, ok := changeLine(f.textOf(&f.blocks[f.changed.block]), lang)
	if !ok || !f.past(t) {
		return content.Date{}
	}
	return content.Date{Time: t, Source: fromVisible, Confidence: content.Medium}
}
