package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Controls are what software puts around an article for its readers to press or to look at: "Commenter", "Partager",
// "3 min de lecture", "41 vues". A control is recognised by its whole text.

// counters are what is counted or timed: words beside a number.
var counters = wordSet(`mindelecture minutedelecture minutesdelecture mndelecture minread minuteread minutesread minsread tempsdelecture tempsdelecturemin tempsdelectureminutes lecturemin lectureminutes readingtime readingtimemin readingtimeminutes
	readmin estimatedreadingtimemin dureedelecturemin vue vues view views lecture lectures read reads jaime jaimes like likes commentaire commentaires comment comments partage partages share shares reaction reactions reponse reponses replies
	personnesaimentca personneaimeca`)

// actions stand on what is pressed, and are nothing else.
var actions = wordSet(`commenter commenterlarticle commentercetarticle laisseruncommentaire ajouteruncommentaire ecrireuncommentaire leaveacomment addacomment writeacomment postacomment jaime partager partagercetarticle partagerlarticle partagercettepage partagerlapage partagersurlinkedin
	partagersurfacebook partagersurx partagersurtwitter partagerparmail partagerparemail sharethis sharethisarticle sharethispage sharethispost shareonlinkedin shareonfacebook shareonx shareontwitter sharebyemail imprimercettepage imprimerlarticle imprimerlapage
	printthispage printthisarticle copierlelien copylink copythelink enregistrerpourplustard saveforlater ajouterauxfavoris addtofavorites addtofavourites addtobookmarks envoyerparmail envoyerparemail hautdepage retourenhaut backtotop`)

// buttonActions are actions too where they stand on a button; elsewhere they are words of a text.
var buttonActions = wordSet(`comment commentaires comments like share partager print imprimer save enregistrer suivre nepassuivre follow unfollow favoris bookmark repondre reply signaler report bravo react reagir aimer recommander recommend telecharger download ecouter listen
	ecouterlarticle listentothisarticle fermer close plus more`)

// action tells whether a text is what is pressed; a word alone is where it is on a button or a link.
func (p *page) action(key string, e *element) bool {
	switch key {
	case "commenter", "partager", "jaime":
		return e.above&tagButton != 0 || e.words > 0 && e.linked == e.words
	}
	return actions[key]
}

// isCounter tells whether a text is a number and what it counts, or a time of reading.
func isCounter(s string) bool {
	if len(s) > 60 || strings.IndexFunc(s, unicode.IsDigit) < 0 {
		return false
	}
	key := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, fold(s))
	return counters[key]
}

// dropControls takes controls out of the main text.
func (p *page) dropControls() {
	for i := range p.blocks {
		b := &p.blocks[i]
		if !p.kept[i] || b.words > 12 || b.headline > 0 {
			continue
		}
		if p.controls(&p.elements[b.element], int32(i)) {
			p.kept[i] = false
		}
	}
}

// controls tells whether all that one block says are controls.
func (p *page) controls(e *element, at int32) bool {
	if e.from != at || e.to != at+1 {
		return isCounter(p.textOf(&p.blocks[at])) || p.action(fold(p.textOf(&p.blocks[at])), e)
	}
	pressed := e.above&tagButton != 0
	found, nodes := 0, 0
	for c := range e.node.Descendants() {
		if nodes++; nodes > 200 {
			return false
		}
		if c.Type != html.TextNode || c.Parent.DataAtom == atom.Script || c.Parent.DataAtom == atom.Style {
			continue
		}
		key := fold(c.Data)
		switch {
		case key == "" && (!pressed || strings.TrimSpace(c.Data) == ""):
			continue // a sign between two of them
		case isCounter(c.Data), p.action(key, e), pressed && (key == "" || isDigits(strings.TrimSpace(c.Data)) && len(key) <= 4 || buttonActions[key]), c.Parent.DataAtom == atom.Button && buttonActions[key]:
			found++
		default:
			return false
		}
	}
	return found > 0
}
