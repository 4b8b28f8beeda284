package classify

import (
	"regexp"
	"slices"
	"strings"
)

// What happens between a company and its people (domain 3.6).

var staffRules = []Rule{
	{ID: "staff/council", Severity: Block, Kind: Secret, Approver: "hr", Basis: "C. trav. L2315-3 : discrétion du CSE", Source: "domain 3.6: CSE and social dialogue",
		Says: Text{"Document du CSE ou de négociation sociale", "A works council or social negotiation document"}, find: unlessTaught(findCouncil)},
	{ID: "staff/discipline", Severity: Block, Kind: Unlawful, Approver: "hr", Basis: "RGPD art. 5, 6 ; C. trav. L1222-2", Source: "domain 3.6: disciplinary, evaluation, recruitment files",
		Says: Text{"Sanction, évaluation ou départ d'une personne", "Discipline, appraisal or dismissal of a person"}, find: either(unlessTaught(either(findDiscipline, findRemoval, askingHR(findSense("staff/discipline")))), inTables(ofAppraisal|ofSanction|ofDecision, ofDecision, &Text{"Tableau de personnes et d'évaluations, de sanctions ou de refus", "A table of people and appraisals, sanctions or refusals"}))},
}

var (
	listCouncil     = words.list("staff council")
	listCouncilOpen = words.list("staff council open")
	listSubject     = words.list("staff council subject")
	listAgainst     = words.list("staff discipline subject")
	listDiscipline  = words.list("staff discipline")
)

// aboutIt tells whether a hit stands where it says what the item is about.
func aboutIt(f *field, h *hit) bool {
	switch f.spot {
	case inTitle, inH1, inFile, inHeader, inBanner:
		return true
	case inCover:
		return f.titleLike(int(h.start), int(h.end))
	}
	return false
}

// mostOfTitle is how many words a line of a cover has at most that names what a document is; the first page of a short document
// is all of its text.
const mostOfTitle = 12

// titleLike tells whether low[start:end] stands in a line of few words that is no sentence.
func (f *field) titleLike(start, end int) bool {
	from, to, whole := lineWithin(f.low, start, end, 200)
	line := strings.TrimSpace(f.low[from:to])
	return whole && to-from < 200 && len(splitWords(line)) <= mostOfTitle && !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, "?")
}

func findCouncil(p *page) (found []finding) {
	p.each(listCouncil, func(f *field, h *hit) bool {
		g := p.at(h)
		switch {
		case !f.prose():
			return true
		case p.public:
			return true // the company has said it itself
		case !aboutIt(f, h):
			g.severity, g.approver = Review, "hr"
		}
		found = append(found, g)
		return true
	})
	if p.public {
		return nil
	}
	p.each(listCouncilOpen, func(f *field, h *hit) bool {
		a, b := f.span(int(h.start), int(h.end))
		if acronym := h.end-h.start <= 3; !f.prose() || acronym && (f.raw[a:b] != strings.ToUpper(f.low[h.start:h.end]) || strings.HasPrefix(f.raw[b:], "&")) {
			return true
		}
		if p.restructures(f, h) {
			return true
		}
		g := p.at(h)
		if !aboutIt(f, h) {
			g.severity = Review
		}
		found = append(found, g)
		return true
	})
	p.each(listSubject, func(f *field, h *hit) bool {
		if aboutIt(f, h) && !p.teaches() {
			found = append(found, p.at(h))
		}
		return true
	})
	return found
}

var (
	ofThings    = regexp.MustCompile(`^ (?:of )?(?:the |an |a |your )?(?:existing )?(?:data|code|text|sentences?|files?|tables?|pages?|websites?|one)\b`)
	services    = regexp.MustCompile(`\b(?:consult|advis|services|expertise|problems|conseil|accompagn|prestation)`)
	lastOfThree = regexp.MustCompile(`,[^,.;:]{2,40},(?: and| or| et| ou)? (?:[a-z-]{2,20} )?(?:la |une )?$`)
)

// restructures tells whether a word of reorganising is of data, or one of the services in a list; of us, of these days, of
// posts and of places it is a plan.
func (p *page) restructures(f *field, h *hit) bool {
	if !f.said() || h.end-h.start <= 3 {
		return false
	}
	from, to := sentenceAt(f.low, int(h.start), int(h.end))
	if !ofThings.MatchString(f.low[h.end:min(len(f.low), int(h.end)+32)]) && !(lastOfThree.MatchString(f.low[max(0, int(h.start)-90):h.start]) && services.MatchString(f.low[from:h.start])) {
		return false
	}
	words := splitWords(f.low[from:to])
	tongue := p.tongue(f.low[from:to])
	a, b := f.span(from, to)
	return !saysOurs(words, tongue) && !ofNow(words, tongue) && len(namesIn(f.raw[a:b])) == 0 && !slices.ContainsFunc(words, func(w string) bool { return nearDays[w] || ofPosts[w] })
}

// ofPosts are words of those whom a reorganisation concerns.
var ofPosts = setOf("job jobs post posts staff employees redundancies redundancy layoffs headcount union unions emploi emplois poste postes salaries effectif effectifs licenciements suppressions syndicats cse")

// graduated are those who hold a degree: "licenciée d'histoire", "licencié ès lettres".
var graduated = regexp.MustCompile(`^licenciee?s? (?:es |en (?:droit|lettres|histoire|sciences?|economie|langues|anglais|philosophie|psychologie|theologie|gestion|sociologie|mathematiques|physique|chimie|biologie|info|communication|arts?)|(?:de |d')(?:lettres|histoire|droit|sciences|anglais|espagnol|philosophie|psychologie|geographie|economie|sociologie|musicologie|mathematiques|physique|chimie|biologie|theologie))`)

// dismissed stands before or after the word where it is no degree.
var dismissed = regexp.MustCompile(`\b(?:ete|sera|seront|serait|etre|fut|furent) $`)

// graduate tells whether the word is one of a degree.
func (p *page) graduate(f *field, h *hit) bool {
	_, to := sentenceAt(f.low, int(h.start), int(h.end))
	return graduated.MatchString(f.low[h.start:min(len(f.low), int(h.end)+24)]) && !dismissed.MatchString(f.low[max(0, int(h.start)-16):h.start]) && !strings.Contains(f.low[h.end:max(to, int(h.end))], " pour ")
}

// findDiscipline wants a person beside the word, or the word as the subject.
func findDiscipline(p *page) (found []finding) {
	if p.public {
		return nil
	}
	p.each(listDiscipline, func(f *field, h *hit) bool {
		g := p.at(h)
		switch {
		case !f.prose(), p.graduate(f, h):
			return true
		case p.personNear(g.field, g.start, g.end, personReach):
		case aboutIt(f, h) && p.sorted.id == "personal_hr_doc":
		case p.sorted.id == "personal_hr_doc":
		case p.somebody(f, h, someone):
			g.severity = Review
		default:
			return true
		}
		found = append(found, g)
		return true
	})
	p.each(listAgainst, func(f *field, h *hit) bool {
		if g := p.at(h); aboutIt(f, h) && p.personNear(g.field, g.start, g.end, personReach) {
			found = append(found, g)
		}
		return true
	})
	return found
}
