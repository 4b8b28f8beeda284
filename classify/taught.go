package classify

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What explains a word is no secret: "Une fusion consiste à …", "What is an NDA?". Such a sentence names nobody and
// nothing, gives no sum, speaks of no day and of no "we". A whole page may explain, when its title asks what something is.

// defines are the ways in which a sentence, in words parted by single spaces, says what something is or how it goes in
// general. "Means" and "consists" are said of plans too, so they want a thing that has no "the" or none of planned.
var defines = []*regexp.Regexp{
	// what is it, how is it done
	regexp.MustCompile(`^(?:qu est ce qu|c est quoi|que (?:signifie|veut dire)|a quoi (?:sert|servent)|comment (?:se |s )?(?:calcule|construit|prepare|passe|deroule|forme|definit|compose|etablit|obtient)|(?:what|who) (?:is|are) (?:an? |the )?[a-z]+|what does [a-z ]{1,40} mean|how (?:is|are|does|do) an? )`),
	// a term, and what it is
	regexp.MustCompile(`^(?:(?:un|une|le|la|les|l) )?(?:[a-z]+ ){1,8}?(?:(?:designe(?:nt)?|signifie(?:nt)?|correspond(?:ent)? a|consiste(?:nt)? a) (?:qu )?(?:un|une|tout|toute|l ensemble|le fait|la difference|la somme|reunir|mettre|rendre|confier|demander|acheter)|se calcule(?:nt)?|se definit|se definissent|ouvre(?:nt)? droit|concerne(?:nt)? les (?:entreprises|employeurs)|(?:est|sont) (?:puni|encadre|defini|regi)e?s?)\b`),
	regexp.MustCompile(`^(?:an? )?(?:[a-z]+ ){1,5}?(?:means (?:that )?an?|refers? to|is defined|(?:is|are) called|(?:is|are) calculated|is governed|is regulated)\b`),
	regexp.MustCompile(`^(?:c est|(?:(?:un|une|le|la|l) )?(?:[a-z]+ ){1,6}?est) (?:l ensemble|la (?:somme|difference) |le (?:fait|rapport entre) |l ecart entre)`),
	regexp.MustCompile(`^(?:(?:un|une|le|la|l) )?(?:[a-z]+ ){1,6}?est (?:ce qu|une? (?:contrat|accord|convention|procedure|processus|procede|demarche|document|acte|operation|technique|methode|desaccord|instance|infraction|delit|titre|droit|indicateur|ratio|clause|forme de|type de|somme|pratique|organisme|regle|texte|estimation|logiciel|attaque) (?:par|qu|dans|ou|entre|de|d|destine|pose|prevu|ecrit|legal|penal|officiel))`),
	regexp.MustCompile(`^(?:an? )?(?:[a-z]+ ){1,5}?(?:is|are) (?:what |the (?:process|act|sum|difference|practice|sale|purchase|right|amount|total|cost|selling|share|ratio) |an? (?:contract|agreement|procedure|process|document|act|method|dispute|body|offence|crime|title|right|clause|rule|estimate|type|kind|form|legal|person who|company that|attack|program|ratio|written|list) )`),
}

// planned are things of which "consists" and the like tell what is to come.
var planned = setOf("projet projets plan plans proposition strategie idee scenario option decision solution reorganisation restructuration reorganization restructuring project proposal strategy changement changements change changes nouveau nouvelle nouveaux nouvelles new avenir future")

// titlesThatTeach begin a page that explains.
var titlesThatTeach = regexp.MustCompile(`^(?:(?:bien |mieux |savoir )?(?:reconnaitre|reperer|detecter|dejouer|identifier|prevenir|comprendre) |how to |(?:spotting|recogni[sz]ing|avoiding|a guide to|guide to) |what to do |qu est ce qu|c est quoi|comprendre |definition|lexique|glossaire|que (?:signifie|veut dire)|a quoi (?:sert|servent)|comment (?:se |s )?(?:calcule|construit|prepare|passe|deroule|forme|definit|compose|etablit) |what (?:is|are) |understanding |glossary|definition|what does [a-z ]{1,40} mean)|(?:definition| en (?:cinq|dix|trois|quatre|six|sept) (?:questions|points)| explained)$|\b(?:(?:les )?bons (?:gestes|reflexes)|qui fait quoi|mode d emploi|pas a pas|who does what|dos and don ts|step by step)\b`)

// longestTaught is how many bytes of a sentence are read at most: longer ones tell too much to explain.
const longestTaught = 300

// unlessTaught drops what a finder found in sentences that explain.
func unlessTaught(find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		found := find(p)
		if len(found) >= maxFindings {
			return found // what comes after so many was not looked at
		}
		kept := found[:0]
		for _, g := range found {
			if !p.explains(g) {
				kept = append(kept, g)
			}
		}
		return kept
	}
}

// explains tells whether the sentence of a finding says what something is, and nothing of anybody.
func (p *page) explains(g finding) bool {
	if g.field < 0 || g.field >= len(p.fields) {
		return false
	}
	f := &p.fields[g.field]
	title := f.spot == inTitle || f.spot == inH1 || f.spot == inHeading
	if !title && f.spot != inText && f.spot != inDescription {
		return false
	}
	from, to := aroundRaw(f.raw, g.start, g.end)
	if to-from > longestTaught || !p.general(g.field, from, to) {
		return false
	}
	if (f.spot == inTitle || f.spot == inH1) && p.explainer() {
		return true
	}
	said := strings.Join(splitWords(foldString(f.raw[from:to])), " ")
	for _, form := range defines {
		if form.MatchString(said) {
			return true
		}
	}
	return goesOn.MatchString(said) && !happens[p.tongue(said)].MatchString(strings.ReplaceAll(said, "se prepare", "")) && p.explainer()
}

// goesOn is how a page that explains goes on about its subject; happens are the ways in which a sentence of each tongue
// tells what goes on or has gone on, which explains nothing.
var (
	goesOn  = regexp.MustCompile(`^(?:ils?|elles?|on|ce|cela|ca|une?|it|they|an?) `)
	happens = [len(tongues)]*regexp.Regexp{
		regexp.MustCompile(`\b(?:(?:a|ont|avai(?:t|ent)) (?:(?:deja|bien|enfin|aussi|pas) )?[a-z]*(?:e|es|i|is|u|us|t)|vien(?:t|nent) d|en (?:cours|preparation|negociation|discussion|train|projet)|prepare(?:nt)?|negocie(?:nt)?|envisage(?:nt)?|etudie(?:nt)?|discute(?:nt)?|vise(?:e|s|es)?)\b`),
		regexp.MustCompile(`\b(?:is being|are being|has|have|had|was|were|going|pending|under ?way|planned|considering|negotiating|preparing)\b`),
	}
)

// aroundRaw gives the sentence of raw[start:end], without the spaces around it.
func aroundRaw(raw string, start, end int) (from, to int) {
	from, to = min(start, len(raw)), min(end, len(raw))
	for to > from && endsClause(raw, to-1) {
		to--
	}
	for from > 0 && start-from <= longestTaught && !endsClause(raw, from-1) {
		from--
	}
	for to < len(raw) && to-end <= longestTaught && !endsClause(raw, to) {
		to++
	}
	for from < to && (raw[from] == ' ' || raw[from] == '-' || raw[from] == '\t') {
		from++
	}
	return from, to
}

// general tells whether a sentence speaks of nobody and nothing in particular: no name but short ones in capitals
// ("NDA"), no sum, no figure over three digits, no day, no "we", nothing that is yet to come.
func (p *page) general(field, from, to int) bool {
	f := &p.fields[field]
	raw := f.raw[from:to]
	if p.personNear(field, from, to, 0) {
		return false
	}
	digits := 0
	for i := range len(raw) {
		if isDigit(raw[i]) {
			digits++
		}
	}
	if digits > 3 {
		return false
	}
	for i, w := range strings.Fields(raw) {
		w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		r, n := utf8.DecodeRuneInString(w)
		if i > 0 && unicode.IsUpper(r) && (len(w) > 6 || strings.ToUpper(w) != w) && n < len(w) {
			if _, after, ok := strings.Cut(w, "'"); !ok || strings.ToUpper(after) != after {
				return false
			}
		}
	}
	low := foldString(raw)
	tongue := p.tongue(low)
	before := ""
	for _, w := range splitWords(low) {
		anywhere := before == "en" || before == "a" // "en atelier", "in a workshop"
		before = w
		if ourWords[tongue][w] && w != "on" || nearDays[w] && !anywhere || specific[w] || planned[w] || len(w) > 3 && tongue == 0 && strings.Contains(w[1:], "r") && futureForm.MatchString(w) {
			return false
		}
	}
	return !sumForm.MatchString(low)
}

// specific point at one thing.
var specific = setOf("cette ces ceux depuis hier demain aujourd prochain prochaine dernier derniere bientot annonce annoncee this these those yesterday tomorrow today recently soon latest announced will shall")

// explainer tells whether the title of the page says that it explains something in general. It is found once.
func (p *page) explainer() bool {
	if p.taught != 0 {
		return p.taught > 0
	}
	p.taught = -1
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inTitle && f.spot != inH1 {
			continue
		}
		if len(f.raw) > longestTaught || !p.general(i, 0, len(f.raw)) || !titlesThatTeach.MatchString(strings.Join(splitWords(f.low), " ")) {
			p.taught = -1
			break
		}
		p.taught = 1
	}
	return p.taught > 0
}
