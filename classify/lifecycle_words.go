package classify

import (
	"regexp"
	"strings"
)

// What a page says of its own age in a sentence: "cette fiche n'est plus à jour", "this guide has been superseded".
// The word alone is said of machines and habits, so the sentence must begin with a document or point at it.

const (
	ofPaper  = `(?:pages?|fiches?|documents?|notes?|notices?|articles?|guides?|contenus?|modes? operatoires?|manuels?|tutoriels?|tutos?|formulaires?|brochures?|plaquettes?|catalogues?|chartes?|reglements?|memos?|wiki|faq|sheets?|manuals?|leaflets?|forms?|templates?|handbooks?|contents?|tutorials?)`
	ofMethod = `(?:procedures?|consignes?|instructions?|directives?|sections?|rubriques?|chapitres?|paragraphes?|informations?|infos|polic(?:y|ies)|guidance|guidelines?|chapters?|information)`
)

var (
	listOutdated = words.list("lifecycle outdated")

	// right before what says that it is out of date
	thisPaper   = regexp.MustCompile(`(?:^|[^\pL\d])(?:cette|ce|cet|ces|la presente|le present|les presentes?|this|these|cette (?:ancienne|vieille)|this old) ` + ofPaper + `(?: [^ ]+){0,5}\s*$`)
	paperFirst  = regexp.MustCompile(`^\W*` + ofPaper + `(?: (?:est|is|are|sont|a ete|has been|was|ont ete|desormais|now|n'est|ne sont|ce jour|interne))*\s*$`)
	methodFirst = regexp.MustCompile(`^\W*(?:(?:cette|ce|ces|la presente|les presentes|la|le|les|this|these|the|that) )?(?:` + ofPaper + `|` + ofMethod + `)(?: [^ ]+){0,5}\s*$`)
	supposes    = regexp.MustCompile(`\b(?:si|quand|lorsqu|lorsque|if|when|whether|unless|deven\w+|become|becomes|becoming|signale[rz]|dites|report|etai(?:t|ent)|pas obsoletes?|not obsolete)\b`)
	nowAndThen  = regexp.MustCompile(`\b(?:sometimes|often|usually|occasionally|parfois|souvent|quelquefois)\b`)
	longAgo     = regexp.MustCompile(`\b(?:depuis (?:les annees|la guerre|l'apres.guerre|un siecle|(?:le|la fin du) (?:xixe?|xxe?|siecle)|19\d\d)|since (?:the (?:\d0s|19\d0s|war|sixties|seventies|eighties|nineties)|19\d\d)|au siecle dernier|last century)\b`)
	fromADay    = regexp.MustCompile(`^\W*(?:\w+ )?(?:apres|a partir|passe|au dela|after|beyond|once|from|des|en cas)\b`)
)

// goesOff tells whether what is "perime" folded is the verb, that something goes off in time: "le miel se périme".
func goesOff(f *field, h *hit) bool {
	if f.low[h.start:h.end] != "perime" {
		return false
	}
	a, b := f.span(int(h.start), int(h.end))
	return strings.HasSuffix(f.raw[a:b], "e") && strings.ContainsRune(f.raw[a:b], 'é')
}

// outdated gives the sentences in which an item says that it is out of date. One that speaks of a rule, or of a document
// that it does not point at, asks.
func (p *page) outdated() (found []finding) {
	p.each(listOutdated, func(f *field, h *hit) bool {
		switch f.spot {
		case inText, inTemplate, inBox, inBanner, inDescription, inHeading, inTitle, inH1, inCover, inHeader, inFooter, inComment, inNotes:
		default:
			return true
		}
		from, to := sentenceAt(f.low, int(h.start), int(h.end))
		head := f.low[from:h.start]
		g := p.at(h)
		switch {
		case goesOff(f, h) || supposes.MatchString(f.low[from:to]) || fromADay.MatchString(f.low[h.end:to]) || to < len(f.low) && f.low[to] == '?':
			return true
		case thisPaper.MatchString(head), paperFirst.MatchString(head):
		case methodFirst.MatchString(head) && nowAndThen.MatchString(f.low[from:to]): // of other papers
			return true
		case methodFirst.MatchString(head):
			g.severity, g.approver = Review, "owner"
		default:
			return true
		}
		g.start, _ = f.span(from+len(head)-len(strings.TrimLeft(head, " \t")), int(h.end))
		found = append(found, g)
		return len(found) < 8
	})
	p.each(listOutdatedSaid, func(f *field, h *hit) bool {
		from, to := sentenceAt(f.low, int(h.start), int(h.end))
		if f.prose() && f.spot != inFile && !p.public && !supposes.MatchString(f.low[from:to]) && !longAgo.MatchString(f.low[from:to]) && !strings.HasPrefix(f.low[to:], "?") {
			g := p.at(h)
			g.severity, g.approver = Review, "owner"
			found = append(found, g)
		}
		return len(found) < maxFindings
	})
	return found
}

// listOutdatedSaid says by itself that what stands there is no longer right.
var listOutdatedSaid = words.list("lifecycle outdated said")

var (
	listDatedEmbargo    = words.list("lifecycle embargo dated")
	listSpokenEmbargo   = words.list("lifecycle embargo spoken")   // that something is held back, whatever the rest says
	listEverydayEmbargo = words.list("lifecycle embargo everyday") // the same of news only

	tells = regexp.MustCompile(`\b(?:publi\w*|publication|diffus\w*|annonc\w*|communiqu\w*|partag\w*|relay\w*|poster|postez|divulgu\w*|parler|evoqu\w*|ebruit\w*|dire|share[ds]?|sharing|post|posted|posting|publish\w*|releas\w*|announc\w*|mention\w*|talk\w*|tell|telling|speak\w*|circulat\w*|public)\b(?: (vos|votre|your|une idee|ideas))?`)
)

// newsSaid is what is published, who publishes it and the days on which it is told.
var newsSaid = regexp.MustCompile(`\b(?:publi(?:e[rsz]?|ee?s?|cation|cations|sh|shed|shing)|(?:re)?diffus\w+|annonc\w+|announc\w+|communiques?|devoil\w+|revel\w+|unveil\w*|reveal\w*|officialis\w+|releases?|poste[rz]?|posts?|posted|en ligne|online|goes live|embargo|presse|press|medias?|media|journal|journaux|journalistes?|journalists?|papers|interviews?|reportages?|articles?|story|stories|headlines?|scoop|sujets?|infos?|l'information|nouvelles?|news|nominations?|appointments?|laureate?s?|palmares|winners?|awards?|lancements?|launch\w*|discours|speech|speaks|conferences?|salon|fair|resultats?|results|fusion|merger|rachat|takeover)\b`)

// held is how a text says that something waits: by a stamp, with a day, in a sentence, or in words of every day.
type held int

const (
	byStamp held = iota
	byDay
	bySentence
	byEverydayWords
)

// tellsOf tells whether a sentence speaks of telling something: of one's own pictures or plans it does not.
func tellsOf(sentence string) bool {
	for _, m := range tells.FindAllStringSubmatch(sentence, 8) {
		if m[1] == "" {
			return true
		}
	}
	return false
}
