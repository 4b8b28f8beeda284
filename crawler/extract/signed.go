package extract

import (
	"strings"
	"time"

	"golang.org/x/net/html/atom"
)

// Signed lines name in one breath who wrote a page and when, and say nothing else: "Soumis par Fatou Sarr le mer
// 02/09/2026 - 10:12", "2 September 2026, by Tom Hill". Software writes them below the title or at the foot, and below
// every comment too.

// signVerbs begin such a line, by what was done.
var (
	signVerbs = phrasesOf("soumis", "soumise", "propose", "proposee", "publie", "publiee", "poste", "postee", "ecrit", "ecrite", "redige", "redigee", "mis en ligne", "mise en ligne", "cree", "creee", "ajoute", "ajoutee",
		"envoye", "envoyee", "depose", "deposee", "diffuse", "diffusee", "paru", "parue", "texte", "un texte", "article", "un article", "l article", "billet", "un billet", "reportage", "un reportage", "propos recueillis", "recueilli", "recueillis",
		"article publie", "article redige", "article ecrit", "billet publie", "page creee", "page redigee", "contenu publie", "auteur", "auteure", "autrice", "redacteur", "redactrice", "redaction",
		"submitted", "posted", "published", "written", "created", "added", "authored", "contributed", "sent", "filed", "story", "a story", "words", "report", "interview", "an interview", "post", "posting",
		"article written", "article published", "blog post", "page created", "content published", "author")
	changeVerbs = phrasesOf("modifie", "modifiee", "mis a jour", "mise a jour", "actualise", "actualisee", "revise", "revisee", "derniere modification", "derniere mise a jour", "maj", "page modifiee", "page mise a jour",
		"updated", "last updated", "modified", "last modified", "edited", "last edited", "revised", "last revised", "changed", "last changed")
	byWords = phrasesOf("par", "by", "de", "from") // "de" and "from" only behind a verb
)

const (
	mostSignedBytes = 300 // of a whole line
	mostSignedWords = 24
	mostSignedParts = 5    // between its separators
	mostByWords     = 7    // of a part that names the author
	mostBareWords   = 3    // of a part of a line without such words
	mostAsideWords  = 5    // of another part: a category, a role, a time of reading
	nearHead        = 8    // passages below the title
	mostCompared    = 1000 // words below a line that may be a comment's
	mostSignedIn    = 4    // passages of one line that a theme has cut up
)

// readSigned finds the signed line of the page: at its title, else the only one at its foot.
func (f *facts) readSigned() {
	start := f.start()
	below := f.belowTitle(start)
	for i := range f.elements {
		e := &f.elements[i]
		if int(e.from) < start-nearTitle || int(e.from) > start+nearHead || e.from == e.to || e.to > e.from+mostSignedIn || e.words < 3 || e.words > mostSignedWords || e.hidden || e.foreign() {
			continue
		}
		if !f.aLine(int32(i)) || f.headingBetween(below, int(e.from)) {
			continue
		}
		if f.answered(e.from, e.to, start) {
			continue
		}
		s := textIn(e.node, 2*mostSignedBytes)
		if e.to == e.from+1 {
			s = f.textOf(&f.blocks[e.from]) // its line breaks part words
		}
		if f.sign(int32(i), s, e.from, e.to) {
			return
		}
	}
	for i := max(0, start-nearTitle); i < len(f.blocks) && i <= start+nearHead; i++ { // a text beside other passages in one element
		b := &f.blocks[i]
		if e := &f.elements[b.element]; b.words <= mostSignedWords && b.headline == 0 && !e.hidden && !e.foreign() && !f.headingBetween(below, i) && !f.answered(int32(i), int32(i)+1, start) && f.sign(-1, f.textOf(b), int32(i), int32(i)+1) {
			return
		}
	}
	f.readFoot()
}

// belowTitle is the first block below the page's title and the line under it. What follows a further heading is another
// page's teaser, or a comment.
func (f *facts) belowTitle(start int) int {
	i := start
	for i < len(f.blocks) && i < start+nearTitle && f.blocks[i].headline == 0 {
		i++
	}
	if i++; i < len(f.blocks) {
		if b := &f.blocks[i]; b.headline > 0 && b.headline <= 3 && b.linked == 0 && !commentHead(f.textOf(b)) {
			i++
		}
	}
	return i
}

// sign takes a text for the signed line of the page if it is one.
func (f *facts) sign(at int32, s string, from, to int32) bool {
	sig, ok := f.signatureOf(s, "")
	if !ok || f.announces(&sig, at) {
		return false
	}
	if at >= 0 {
		if name := f.userIn(at); name != "" {
			sig.name = name
		}
	}
	sig.aside = sig.aside || fold(sig.by) != fold(sig.name) && !nobody[fold(sig.by)]
	sig.text, sig.from, sig.to = s, from, to
	f.signed, f.isSigned = sig, true
	return true
}

// announces tells whether a line without a verb says when somebody speaks, and not when they wrote: "jeudi 12 juin, 18 h 30 –
// Paul Martin – amphithéâtre B". Software writes an hour too, into a line that it names.
func (f *facts) announces(sig *signedLine, at int32) bool {
	switch {
	case sig.told, sig.posted:
		return false
	case sig.placed:
		return true
	case at >= 0 && classed(&f.elements[at], signedNames):
		return false
	}
	return sig.hour || f.titledEvent()
}

// signedNames are class words of lines that name who wrote a page.
var signedNames = wordSet("submitted byline author auteur posted published")

// titledEvent tells whether the title begins with the name of a kind of event, as "Conférence : les abeilles en ville".
func (f *facts) titledEvent() bool {
	start := f.start()
	if start >= len(f.blocks) {
		return false
	}
	words := wordsOf(clip(f.textOf(&f.blocks[start]), 200))
	for _, w := range words[:min(2, len(words))] {
		if happenings[w.s] {
			return true
		}
	}
	return false
}

// venues are words of places where people gather.
var venues = wordSet(`amphi amphitheatre auditorium salle salles gymnase mairie theatre cinema mediatheque bibliotheque chapelle eglise cafeteria cantine refectoire hall foyer parvis esplanade studio visio visioconference teams zoom etage batiment
	room theater church chapel library canteen floor building marquee online livestream webinar`)

func venueIn(part string) bool {
	for _, w := range wordsOf(part) {
		if venues[w.s] {
			return true
		}
	}
	return false
}

// aLine tells whether an element is a line of its own: one passage, or several that a theme calls its byline.
func (f *facts) aLine(at int32) bool {
	e := &f.elements[at]
	if e.to == e.from+1 && f.blocks[e.from].element == at {
		return true
	}
	return e.cues&(cueByline|cueMeta|cueAuthor) != 0 || classed(e, submittedNames)
}

// submittedNames are what Drupal and its themes call that line.
var submittedNames = wordSet("submitted")

// foreign tells whether an element stands where dates and names are not the page's own. The foot that an article's byline
// is written into is no such place.
func (e *element) foreign() bool {
	at := e.above & elsewhere
	if at&^(tagFooter|cueFooter) == 0 && e.above&tagArticle != 0 && e.above&(cueByline|cueMeta) != 0 {
		return false
	}
	return at != 0
}

// headingBetween tells whether a heading stands among the blocks from to to: what follows it is another page's teaser, or
// a comment.
func (f *facts) headingBetween(from, to int) bool {
	for i := max(0, from); i < to && i < len(f.blocks); i++ {
		if f.blocks[i].headline > 0 {
			return true
		}
	}
	return false
}

// readFoot finds the signed line at the foot of an article: with a verb, and the only one of the page, or it is a comment's.
func (f *facts) readFoot() {
	for i := f.start() + 1; i < len(f.blocks); i++ {
		b := &f.blocks[i]
		e := &f.elements[b.element]
		if b.words <= mostSignedIn && commentHead(f.textOf(b)) {
			return
		}
		if b.words < 3 || b.words > mostSignedWords || b.headline > 0 || int(e.from) != i || int(e.to) != i+1 || e.hidden || e.above&(tagArticle|tagMain|cueContent) == 0 || e.foreign() {
			continue
		}
		sig, ok := f.signatureOf(f.textOf(b), "")
		if !ok || !sig.told || sig.changer {
			continue
		}
		if f.isSigned || f.blocks[i-1].headline > 0 && i-1 > f.start() {
			f.signed, f.isSigned = signedLine{}, false
			return
		}
		if f.answered(int32(i), int32(i)+1, f.start()) {
			return // and so are those that follow
		}
		f.sign(b.element, f.textOf(b), int32(i), int32(i)+1)
	}
}

// leastSaid is how many words below a line make a text that it signs.
const leastSaid = 3

// answered tells whether the line of the blocks from to to is that of a comment: what it signs stands below it in the same
// element, and the article, which is longer, above.
func (f *facts) answered(from, to int32, start int) bool {
	at := f.blocks[from].element
	for at >= 0 && f.elements[at].from >= from && f.elements[at].to <= to {
		at = f.elements[at].parent
	}
	if at < 0 {
		return false
	}
	under := int32(0)
	for i := to; i < f.elements[at].to && f.blocks[i].headline == 0 && under < mostCompared; i++ {
		if b := &f.blocks[i]; !f.elements[b.element].hidden && 2*b.linked < b.words && !commentHead(f.textOf(b)) {
			under += b.words
		}
	}
	above := int32(0)
	for i := int32(start) + 1; i < from && above <= under; i++ {
		if f.blocks[i].headline == 0 {
			above += f.blocks[i].words
		}
	}
	return under >= leastSaid && above > under
}

// commentHeads head the comments of a page, without their number.
var commentHeads = wordSet("commentaire commentaires lescommentaires voscommentaires vosreactions reactions reponses ajouteruncommentaire laisseruncommentaire comment comments replies responses discussion leaveacomment leaveareply addacomment")

func commentHead(s string) bool {
	return len(s) < 60 && commentHeads[fold(strings.Trim(s, "0123456789 ()"))]
}

// userIn gives the name that software marks as the user's inside of a signed line: it may be a team, or one word.
func (f *facts) userIn(at int32) string {
	for j := at; j < f.elements[at].end; j++ {
		n := f.elements[j].node
		if n.DataAtom == atom.A || n.DataAtom == atom.Span {
			if hasWord(attr(n, "class"), "username") || n.DataAtom == atom.A && (hasWord(attr(n, "rel"), "author") || strings.HasSuffix(attr(n, "typeof"), "Person")) {
				if s, _, _ := strings.Cut(textIn(n, 100), "("); s != "" {
					return f.person(s)
				}
			}
		}
	}
	return ""
}

// userOfLine is the user's name in the line below the title that says no day, or one in words that nobody reads: "il y a trois jours".
func (f *facts) userOfLine() string {
	start := f.start()
	for i := range f.elements {
		e := &f.elements[i]
		if e.words <= mostSignedWords && int(e.from) >= start-nearTitle && int(e.from) <= start+nearHead && classed(e, submittedNames) && !e.hidden && !e.foreign() && !f.headingBetween(f.belowTitle(start), int(e.from)) {
			return f.userIn(int32(i))
		}
	}
	return ""
}

// signedDay gives the day of the signed line, zero without one.
func (f *facts) signedDay(lang string) time.Time {
	if !f.isSigned {
		return time.Time{}
	}
	sig, ok := f.signatureOf(f.signed.text, lang)
	if !ok || !f.past(sig.day) {
		return time.Time{}
	}
	return sig.day
}

// othersLine tells whether a line is one that readSigned has refused: of a comment, or of another page.
func (f *facts) othersLine(s string) bool {
	if f.isSigned && s == f.signed.text {
		return false
	}
	_, signed := f.signatureOf(s, "")
	return signed
}

// dropSigned takes the signed line out of the main text: what it says is read as a date and a name. One that says more
// stays, for that may be a marking.
func (f *facts) dropSigned() {
	if f.readSigned(); !f.isSigned || f.signed.aside {
		return
	}
	for i := f.signed.from; i < f.signed.to; i++ {
		if f.blocks[i].headline == 0 {
			f.kept[i] = false
		}
	}
}

// markedDays are the properties by which RDFa and microdata mark the day of a page outside of <time>.
var markedDays = wordSet("dcdate dccreated dcissued dctermsdate dctermscreated dctermsissued schemadatecreated schemadatepublished datecreated datepublished")

// markedDay gives the day that an element's properties say of the page.
func (f *facts) markedDay(at, start int32) (time.Time, bool) {
	n := f.elements[at].node
	stamp := attr(n, "content")
	if stamp == "" || n.DataAtom == atom.Meta {
		return time.Time{}, false
	}
	for name := range strings.FieldsSeq(attr(n, "property") + " " + attr(n, "itemprop")) {
		if markedDays[fold(name)] {
			if !f.saidOfPage(f.elements[at].parent, start) {
				return time.Time{}, false
			}
			return parseStamp(stamp)
		}
	}
	return time.Time{}, false
}

// saidOfPage tells whether the properties inside of an element are the page's: the nearest thing that they belong to is a
// page or a text by its type, or holds the title. An event, a comment and a person have days of their own.
func (f *facts) saidOfPage(at, start int32) bool {
	for ; at >= 0; at = f.elements[at].parent {
		e := &f.elements[at]
		kinds := strings.ToLower(attr(e.node, "itemtype") + " " + attr(e.node, "typeof"))
		if kinds == " " && !has(e.node, "itemscope") {
			continue
		}
		if strings.Contains(kinds, "event") || strings.Contains(kinds, "comment") {
			return false
		}
		for kind := range strings.FieldsSeq(kinds) {
			if pageKinds[kind[strings.LastIndexAny(kind, ":/#")+1:]] {
				return true
			}
		}
		return e.from <= start && start < e.to
	}
	return true
}

// pageKinds are the types of pages and texts, in the words of several vocabularies.
var pageKinds = wordSet("article newsarticle techarticle report blogposting webpage aboutpage faqpage itempage creativework item document post")
