package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"filon/crawler/address"
)

// Teasers are what a page shows of other pages of its site: a label ("À lire aussi"), then cards of which each
// wraps one link, often with a few lines of that page. On a page of a hundred words nothing tells these lines
// from its own but what its HTML says.

// teaserLabels are whole labels that announce other pages, wherever they stand.
var teaserLabels = wordSet(`alireaussi alireegalement lireaussi lireegalement alireensuite alireapres avoiraussi avoiregalement voiraussi voiregalement adecouvriraussi adecouvriregalement adecouvrir
	aconsulteraussi surlememesujet surlememetheme surcesujet danslamemerubrique danslamemecategorie danslamemethematique
	articlessimilaires articleslies articlesassocies articlesconnexes articlesrecommandes articlesenlien lesarticleslies contenussimilaires contenuslies contenusassocies contenusrecommandes pagesliees pagesassociees pagessimilaires
	actualitesliees actualitesassociees actualitessimilaires actualitesrecommandees autresactualites lesautresactualites nosautresactualites autresarticles lesautresarticles nosautresarticles
	plusdactualites plusdarticles vousaimerezaussi vousaimerezpeutetre vouspourriezaimer vouspourriezaussiaimer vouspourriezaimeraussi celapourraitvousinteresser celapeutvousinteresser cescontenuspourraientvousinteresser
	cesarticlespourraientvousinteresser cesarticlespeuventvousinteresser capourraitvousinteresser capeutvousinteresser poursuivrelalecture poursuivezvotrelecture continuerlalecture continuezvotrelecture recommandepourvous recommandespourvous nosrecommandations
	related relatedarticles relatedposts relatedstories relatednews relatedcontent relatedpages relatedreading relatedtopics relatedreads relatedlinks readalso alsoread readnext readmore seealso
	youmayalsolike youmightalsolike youmayalsobeinterestedin youmightalsobeinterestedin youmaylike youmightlike youmayalsoenjoy alsoofinterest morestories morearticles morenews moreposts morelikethis morefromus
	recommended recommendedforyou recommendedreading recommendedarticles suggestedforyou suggestedarticles keepreading continuereading upnext whattoreadnext nextreads similararticles similarposts similarstories otherarticles othernews otherstories`)

// newsLabels announce other pages only outside of an article: inside they may be what the page is about.
var newsLabels = wordSet(`actualites actus alaune dernieresactualites dernieresactus dernieresnouvelles lesdernieresactualites articlesrecents derniersarticles lesderniersarticles lespluslus lesplusconsultes pluslus
	news latest latestnews latestarticles latestposts lateststories recentarticles recentposts recentnews mostread mostpopular popular trending topstories featured headlines`)

const (
	mostLabel    = 8    // words of a label
	mostCard     = 80   // words of one card
	mostTargets  = 3    // pages that one card leads to: a category and an author beside its own
	leastOwnText = 20   // words that are left of a page
	mostGone     = 5    // times what is left
	mostTitles   = 6    // passages that are whole links: with more, a page lists others, and its cards are its text
	mostTried    = 60   // boxes of one page
	mostInCards  = 3000 // elements of a box
	mostClimb    = 5    // elements around a label that may hold nothing before it
)

// dropTeasers takes teasers out of the main text, unless hardly anything would be left. What they are is noted, for
// dates and names that stand in them are not the page's own.
func (f *facts) dropTeasers() {
	t := teasers{facts: f, here: withoutFragment(f.in.Address)}
	for i := range f.blocks {
		b := &f.blocks[i]
		if b.words > mostLabel || b.headline == 1 || !t.announces(f.textOf(b), b.element) {
			continue
		}
		if t.tried++; t.tried > mostTried {
			return
		}
		if from, to := t.after(b.element, int32(i)); to > from {
			t.drop(from, to)
		}
	}
	for i := range f.elements {
		e := &f.elements[i]
		if label := attr(f.elements[i].node, "aria-label"); label != "" && e.to > e.from && int(e.to) <= len(f.blocks) && t.announces(clip(label, 200), int32(i)) {
			if t.tried++; t.tried > mostTried {
				return
			}
			if t.cards(int32(i), 0) > 0 {
				t.drop(e.from, e.to)
			}
		}
	}
}

// teasers looks for the teasers of one page.
type teasers struct {
	*facts
	here  string
	tried int
	main  *bool             // mainSaid, once it was asked for
	at    map[string]string // by reference: the page of this site that it leads to, or ""
}

func withoutFragment(a string) string {
	a, _, _ = strings.Cut(a, "#")
	return a
}

// announces tells whether a label announces other pages.
func (t *teasers) announces(label string, at int32) bool {
	key := fold(label)
	return teaserLabels[key] || newsLabels[key] && t.beside(at)
}

// beside tells whether an element stands beside the page's article: the page says so, or says where that is.
func (t *teasers) beside(at int32) bool {
	above := t.elements[at].above
	return above&(tagAside|cueSide|cueRelated|tagFooter) != 0 || above&(tagMain|tagArticle) == 0 && t.mainSaid()
}

// mainSaid tells whether one element says that it is the page's main part, and holds its text.
func (t *teasers) mainSaid() bool {
	if t.main == nil {
		said := t.saysMain()
		t.main = &said
	}
	return *t.main
}

func (t *teasers) saysMain() bool {
	for i := range t.elements {
		e := &t.elements[i]
		if e.cues&tagMain == 0 || e.hidden {
			continue
		}
		left := int32(0)
		for b := e.from; b < e.to && int(b) < len(t.blocks); b++ {
			if t.kept[b] {
				left += t.blocks[b].words - t.blocks[b].linked
			}
		}
		return left >= leastOwnText
	}
	return false
}

// after gives the blocks of a label and of the cards that follow it, none when no card does.
func (t *teasers) after(at, label int32) (from, to int32) {
	for range mostClimb {
		e := &t.elements[at]
		if e.from != label || e.parent < 0 || e.node.DataAtom == atom.Body || e.node.DataAtom == atom.Main {
			return 0, 0
		}
		up := &t.elements[e.parent]
		found, end := 0, label
		for next := e.end; next < up.end; next = t.elements[next].end {
			s := &t.elements[next]
			if s.words == 0 {
				continue
			}
			n := t.cards(next, 0)
			if n == 0 {
				break
			}
			found += n
			end = s.to
		}
		if found > 0 {
			return label, end
		}
		if e.from == label && e.to == label+1 || up.from == label {
			at = e.parent
			continue
		}
		return 0, 0
	}
	return 0, 0
}

// cards gives how many cards an element is made of, 0 when there is anything else in it.
func (t *teasers) cards(at int32, depth int) int {
	e := &t.elements[at]
	if e.words == 0 || depth > 5 || e.words > 12*mostCard || e.end-at > mostInCards {
		return 0
	}
	n, words := 0, int32(0)
	for c := at + 1; c < e.end; c = t.elements[c].end {
		if t.elements[c].words == 0 {
			continue
		}
		words += t.elements[c].words
		k := t.cards(c, depth+1)
		if k == 0 {
			if t.elements[c].words <= mostLabel && n == 0 && t.announces(t.blockText(&t.elements[c], 200), c) {
				continue
			}
			n = 0
			break
		}
		n += k
	}
	if n > 1 && words == e.words {
		return n
	}
	if e.words <= mostCard && t.card(at) {
		return 1
	}
	return 0
}

// card tells whether an element shows one other page of the site: it leads there and nowhere else, but for a
// category or an author.
func (t *teasers) card(at int32) bool {
	e := &t.elements[at]
	to := map[string]bool{}
	note := func(i int32) bool {
		n := t.elements[i].node
		if n.DataAtom != atom.A || !has(n, "href") {
			return true
		}
		a := t.target(attr(n, "href"))
		to[a] = true
		return a != "" && len(to) <= mostTargets
	}
	for i := at; i < e.end; i++ {
		switch t.elements[i].node.DataAtom {
		case atom.Form, atom.Table, atom.Pre, atom.Blockquote:
			return false
		}
		if !note(i) {
			return false
		}
	}
	for up := e.parent; len(to) == 0 && up >= 0 && t.elements[up].from == e.from && t.elements[up].to == e.to; up = t.elements[up].parent {
		if !note(up) {
			return false
		}
	}
	for i := e.from; i < e.to && len(to) > 0; i++ {
		if b := &t.blocks[i]; 2*b.linked >= b.words {
			return true // its title; a link at the end of a sentence is none
		}
	}
	return false
}

// target is the other page of this site that a reference leads to; "" for any other.
func (t *teasers) target(ref string) string {
	if a, ok := t.at[ref]; ok {
		return a
	}
	a := withoutFragment(t.resolve(ref))
	if a == t.here || a != "" && strings.TrimPrefix(strings.ToLower(address.Name(a)), "www.") != t.host() {
		a = ""
	}
	if t.at == nil {
		t.at = map[string]string{}
	}
	t.at[ref] = a
	return a
}

// drop takes blocks out of the main text if enough is left.
func (t *teasers) drop(from, to int32) {
	left, gone, kept, titles := int32(0), int32(0), 0, 0
	for i := range t.blocks {
		b := &t.blocks[i]
		switch {
		case !t.kept[i] || b.headline == 1:
		case int32(i) >= from && int32(i) < to:
			gone += b.words
		default:
			left += b.words - b.linked
			kept++
			if b.linked == b.words && b.words >= 4 {
				titles++
			}
		}
	}
	if left < leastOwnText || gone > mostGone*left || titles >= mostTitles && 5*titles >= kept {
		return
	}
	for i := from; i < to; i++ {
		t.kept[i] = false
		t.elements[t.blocks[i].element].above |= cueRelated
	}
}
