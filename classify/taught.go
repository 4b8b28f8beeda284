package classify

import (
	"regexp"
	"slices"
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
	regexp.MustCompile(`^(?:(?:un|une|le|la|l) )?(?:[a-z]+ ){1,9}?est (?:ce qu|une? (?:contrat|accord|convention|procedure|processus|procede|demarche|document|acte|operation|technique|methode|desaccord|instance|infraction|delit|titre|droit|indicateur|ratio|clause|forme de|type de|somme|pratique|organisme|regle|texte|estimation|logiciel|attaque) (?:par|qu|dans|ou|entre|de|d|destine|pose|prevu|ecrit|legal|penal|officiel))`),
	regexp.MustCompile(`^(?:an? )?(?:[a-z]+ ){1,5}?(?:is|are) (?:what |the (?:process|act|sum|difference|practice|sale|purchase|right|amount|total|cost|selling|share|ratio) |an? (?:contract|agreement|procedure|process|document|act|method|dispute|body|offence|crime|title|right|clause|rule|estimate|type|kind|form|legal|person who|company that|attack|program|ratio|written|list) )`),
}

// planned are things of which "consists" and the like tell what is to come.
var planned = setOf("projet projets plan plans proposition strategie idee scenario option decision solution reorganisation restructuration reorganization restructuring project proposal strategy changement changements change changes nouveau nouvelle nouveaux nouvelles new avenir future")

// titlesThatTeach are the ways in which a title, in words parted by single spaces, says that a page explains.
var titlesThatTeach = regexp.MustCompile(`^(?:(?:bien |mieux |savoir )?(?:reconnaitre|reperer|detecter|dejouer|identifier|prevenir|comprendre) |how to |(?:spotting|recogni[sz]ing|avoiding|a guide to|guide to) |what to do |qu est ce qu|c est quoi|comprendre |definition|lexique|glossaire|que (?:signifie|veut dire)|a quoi (?:sert|servent)|comment (?:se |s )?(?:calcule|construit|prepare|passe|deroule|forme|definit|compose|etablit) |what (?:is|are) |understanding |glossary|definition|what does [a-z ]{1,40} mean)|(?:definition| en (?:cinq|dix|trois|quatre|six|sept|deux|huit|[2-9]|10) (?:questions|points|lignes|mots|minutes|etapes|idees|regles|gestes|notions)| explained(?: (?:in|with|by|for|to) [a-z ]+)?)$|\b(?:comment (?:ca|cela) (?:marche|fonctionne)|(?:how does|how do) (?:it|they|an? [a-z ]{2,30}) works?|pour (?:bien )?debuter)\b|\b(?:(?:les )?bons (?:gestes|reflexes)|qui fait quoi|mode d emploi|pas a pas|who does what|dos and don ts|step by step)\b` +
	// a list of words, or of what there is to know
	`|^(?:les |des |quelques |[a-z0-9]+ )?(?:mots|termes|notions|sigles) (?:de|du|des|d|a) |\b(?:(?:petit|mini) (?:lexique|glossaire|dictionnaire|vocabulaire)|(?:le|un) (?:lexique|glossaire|vocabulaire)|(?:les )?(?:mots|termes|notions|sigles|numeros|bases|regles|droits) (?:utiles )?(?:a connaitre|a savoir|a retenir)|(?:words|terms|numbers|rules) (?:to|you should|worth) know(?:ing)?|jargon buster|a z of)\b` +
	// the beginnings of a matter
	`|\b(?:the basics|basics of|the essentials|introduction (?:to|a)|a primer|for beginners|(?:pour|aux) debutants|les (?:bases|fondamentaux)|l essentiel|ce qu il faut savoir|tout savoir sur|what you need to know|how (?:it|they) works?|savoir (?:reconnaitre|reagir|reperer|lire|faire face|quoi faire))\b` +
	// advice on something that anybody may have: "lire un contrat", "faire une facture", "reading a payslip"
	`|^(?:bien |mieux |savoir )?(?:lire|faire|remplir|rediger|choisir|eviter|reussir|verifier|calculer|preparer|relire|ecrire|etablir|contester|repondre a) (?:un|une|son|sa|votre|vos) ` +
	`|^(?:eviter|prevenir|combattre|reduire) (?:les|le|la|l) (?:chute|chutes|accident|accidents|risque|risques|incendie|incendies|brulure|brulures|coupure|coupures|harcelement|fraude|fraudes|arnaque|arnaques|fuite|fuites|panne|pannes|piege|pieges|douleur|douleurs)` +
	`|^(?:reading|writing|choosing|handling|checking|answering|filling in|calculating|drafting|preventing|making) (?:a |an |your |confidential |sensitive |personal )` +
	`|^(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|two|three|four|five|six|seven|eight|nine|ten|[2-9]|1[0-9]|20) (?:[a-z]+ ){1,3}?(?:a (?:lire|connaitre|verifier|eviter|retenir|poser)|avant de|pour (?:bien |mieux )?[a-z]+(?:er|ir|re|oir) |to (?:check|know|read|avoid|ask|remember|look for)|before (?:you|signing|buying))`)

// glossaryTitle is how a list of words is called, and entry one of its lines: a term of a few words, and what it is.
var (
	glossaryTitle = regexp.MustCompile(`\b(?:lexique|glossaire|glossary|vocabulaire|dictionnaire|definitions?|jargon|(?:mots|termes|sigles|notions) (?:de|du|des|d|a)|(?:words|terms) (?:to|you|of))\b`)
	entry         = regexp.MustCompile(`^(?:[\pL'’./()-]+ ?){1,5}(?: ?:|,? (?:est|sont|is|are) |,? c'est )`)
)

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
	if f.spot == inFile {
		return p.namesSubject(f.raw[g.start:min(g.end, len(f.raw))])
	}
	from, to := aroundRaw(f.raw, g.start, g.end)
	subject := f.spot == inTitle || f.spot == inH1 || p.saysTitle(f, from, to)
	if !subject && f.spot != inHeading && f.spot != inText && f.spot != inCover && f.spot != inDescription {
		return false
	}
	if to-from > longestTaught {
		return false
	}
	said := strings.Join(splitWords(foldString(f.raw[from:to])), " ")
	if p.sendsForHelp(g.field, from, to, said) {
		return true
	}
	if !p.general(g.field, from, to) {
		return false
	}
	if subject && p.explainer() {
		return true
	}
	if defined(said) {
		return true
	}
	tells := happens[p.tongue(said)].MatchString(notHappening.ReplaceAllString(said, ""))
	if nationwide.MatchString(said) && !tells {
		return true
	}
	if !tells && entry.MatchString(p.lineBefore(f, from, to)) && p.explainer() && glossaryTitle.MatchString(p.titleWords()) {
		return true
	}
	return goesOn.MatchString(said) && !tells && p.explainer()
}

// defined tells whether a sentence, in words parted by single spaces, says what something is.
func defined(said string) bool {
	return slices.ContainsFunc(defines, func(form *regexp.Regexp) bool { return form.MatchString(said) })
}

// unlessDefined drops what a finder found in sentences that say what something is in general, and keeps what a page goes on about.
func unlessDefined(find func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding {
		return slices.DeleteFunc(find(p), func(g finding) bool {
			if g.field < 0 {
				return false
			}
			f := &p.fields[g.field]
			title := f.spot == inTitle || f.spot == inH1
			if !title && !f.said() {
				return false
			}
			from, to := aroundRaw(f.raw, g.start, g.end)
			return to-from <= longestTaught && p.general(g.field, from, to) && (title && p.explainer() || defined(strings.Join(splitWords(foldString(f.raw[from:to])), " ")))
		})
	}
}

// saysTitle tells whether raw[from:to] is the title once more, as the first line of a text or of a deck is.
func (p *page) saysTitle(f *field, from, to int) bool {
	if p.title >= 0 && f.spot == inProperty {
		return strings.TrimSpace(f.raw) == strings.TrimSpace(p.fields[p.title].raw)
	}
	if p.title < 0 || f.spot != inText && f.spot != inCover && f.spot != inTemplate {
		return false
	}
	start, end, whole := lineWithin(f.raw, from, to, longestTaught)
	return whole && end-start <= longestTaught && strings.Trim(f.raw[start:end], "# \t\r") == strings.TrimSpace(p.fields[p.title].raw)
}

// lineBefore gives raw[from:to] with the beginning of its line: an entry may have its term before a colon or a stop.
func (p *page) lineBefore(f *field, from, to int) string {
	start, _, _ := lineWithin(f.raw, from, to, longestTaught)
	return strings.ReplaceAll(strings.TrimLeft(f.raw[start:to], "*-•# \t"), "*", "")
}

// titleWords is the folded title in words parted by single spaces.
func (p *page) titleWords() string {
	if p.title < 0 {
		return ""
	}
	return strings.Join(splitWords(p.fields[p.title].low), " ")
}

// fewestExplained is how many words a page has at least that explains what the name of its file is about.
const fewestExplained = 30

// closedWord is how a paper is called that must not leave.
var closedWord = regexp.MustCompile(`\b(?:confidentiel(?:le)?s?|confidential|stricte?ment|strictly|secrete?s?|restreinte?s?|restricted|interne|internal)\b`)

// namesSubject tells whether a word of the name of a file, in small letters, is the subject of its page: the title has it
// within a phrase, or explains something and the text has it. A name is then the title in short and no mark.
func (p *page) namesSubject(word string) bool {
	if p.title < 0 || p.body < 0 || p.text.words < fewestExplained || len(word) > 2 && strings.ToUpper(word) == word && strings.ToLower(word) != word {
		return false
	}
	low := strings.Join(splitWords(foldString(word)), " ")
	if closedWord.MatchString(low) {
		return false // what a paper is, and no subject
	}
	title := p.titleWords()
	if at := indexWord(title, low); at > 0 && len(splitWords(title)) >= 4 && !p.markInTitle(low) {
		return true
	}
	return p.explainer() && (indexWord(title, low) >= 0 || indexWord(p.fields[p.body].low, low) >= 0)
}

// markInTitle tells whether a word stands in the title as a mark does: alone in a bracket, or before or after a stop.
func (p *page) markInTitle(low string) bool {
	f := &p.fields[p.title]
	at := indexWord(f.low, low)
	if at < 0 {
		return false
	}
	from, to := sentenceAt(f.low, at, at+len(low))
	return strings.TrimSpace(f.low[from:to]) == low
}

// subjectOf tells whether a hit is no mark but what the page explains: in the name of its file, or in a title among other words.
func (p *page) subjectOf(f *field, h *hit) bool {
	a, b := f.span(int(h.start), int(h.end))
	if f.spot == inFile {
		return p.namesSubject(f.raw[a:b])
	}
	if f.spot != inTitle && f.spot != inH1 && !p.saysTitle(f, a, b) || shouted(f.raw[a:b]) {
		return false
	}
	from, to := sentenceAt(f.low, int(h.start), int(h.end))
	return len(splitWords(f.low[from:h.start]))+len(splitWords(f.low[h.end:to])) >= 2 && p.explainer()
}

// notHappening are words of happens that tell of nothing: what there is to do, what one has sold in general, the days that
// one has to answer.
var notHappening = regexp.MustCompile(`se prepare|\ba [a-z]+(?:er|ir|re)\b|\bce que? (?:l )?(?:on|ils?|elles?) (?:a|ont) [a-z]+|\b(?:a|ont) [a-z]+ (?:jours|mois|semaines|ans|heures)\b`)

// nationwide is how a figure is given that is of a whole country or of everybody: "deuxième cause d'accident du travail".
var nationwide = regexp.MustCompile(`^(?:c est )?(?:la |les |the )?(?:(?:premiere?|principale?|deuxieme|seconde?|troisieme|quatrieme|first|main|leading|second|third|most common|biggest) )+causes? (?:d|de|des|du|of)\b|\b(?:au niveau national|statistiques nationales|nationwide|nationally|worldwide|dans le monde|l assurance maladie (?:compte|recense|estime)|insee)\b`)

// helpLine are numbers and places where the public is sent for help.
var helpLine = regexp.MustCompile(`\b(?:3919|3114|3018|3020|3939|samaritans|samu|defenseur des droits|citizens advice|acas|antipoison|poison centre|medecine du travail|inspection du travail)\b|\b(?:le|au|call|dial|ring|composez|appelez) (?:112|114|115|119|999|911|111)\b`)

// callsThem is how readers are told to ask for help, and ofACaseWord what tells of somebody who has had it.
var (
	callsThem   = regexp.MustCompile(`\b(?:appel(?:ez|er|le)|compos(?:ez|er)|contact(?:ez|er)?|joign(?:ez|able)|joindre|numeros?|faites le|aide|ecoute|urgences?|call|dial|ring|contact|phone|numbers?|helpline|help)\b`)
	ofACaseWord = regexp.MustCompile(`\b(?:enquetes?|plaintes?|victimes?|suivie?s? par|signalee?s?|investigation|complaint|victim|reported)\b`)
)

// sendsForHelp tells whether a sentence only says where help is to be had: it names a public number or two such places, and nobody.
func (p *page) sendsForHelp(field, from, to int, said string) bool {
	if len(helpLine.FindAllString(said, 2)) < 2 && !strings.Contains(said, "3919") && !strings.Contains(said, "3114") || p.personNear(field, from, to, 0) {
		return false
	}
	if !callsThem.MatchString(said) || ofACaseWord.MatchString(said) {
		return false
	}
	tongue := p.tongue(said)
	for _, w := range strings.Fields(said) {
		if ourWords[tongue][w] && w != "on" || nearDays[w] || specific[w] && w != "depuis" {
			return false
		}
	}
	return !happens[tongue].MatchString(said)
}

// goesOn is how a page that explains goes on about its subject; happens are the ways in which a sentence of each tongue
// tells what goes on or has gone on, which explains nothing.
var (
	goesOn  = regexp.MustCompile(`^(?:ils?|elles?|on|ce|cela|ca|une?|des|tout|toute|chaque|it|they|an?|some|any|every|each) `)
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
		if i > 0 && unicode.IsUpper(r) && (len(w) > 6 || strings.ToUpper(w) != w) && n < len(w) && !countries[foldString(w)] {
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

// countries are names that are nobody's.
var countries = setOf("france europe allemagne belgique suisse espagne italie royaume-uni angleterre britain england scotland wales germany spain italy belgium french francais")

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
