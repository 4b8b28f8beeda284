package classify

// Special categories of personal data and offences (domain 3.5): the word of a category beside a
// person. The word alone is no finding.

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// personReach is how far from a person a word still speaks of them, in bytes (domain 3.5).
const personReach = 150

var specialRules = []Rule{
	{ID: "special/health", Severity: Block, Kind: Unlawful, Approver: "dpo", Basis: "RGPD art. 9", Source: "domain 3.5: health",
		Says: Text{"Santé d'une personne identifiable", "The health of an identifiable person"}, find: either(nearPerson("special health"), findBeside("special illness", "special illness of"), findBeside("special expecting", "special due"), findApposed("inside apposed health"), inTables(ofIllness, 0, &Text{"Tableau de personnes et d'arrêts ou de santé", "A table of people and sick leave or health"}))},
	{ID: "special/union", Severity: Block, Kind: Unlawful, Approver: "dpo", Basis: "RGPD art. 9", Source: "domain 3.5: union",
		Says: Text{"Appartenance syndicale d'une personne nommée", "Union membership of a named person"}, find: either(findUnion, inTables(ofUnion, 0, nil))},
	{ID: "special/belief", Severity: Block, Kind: Unlawful, Approver: "dpo", Basis: "RGPD art. 9", Source: "domain 3.5: politics, religion, origin, sexual life",
		Says: Text{"Opinion, religion, origine ou vie sexuelle d'une personne", "Belief, religion, origin or sexual life of a person"}, find: either(nearPerson("special belief"), findApposed("inside apposed belief"), inTables(ofBelief, 0, nil))},
	{ID: "special/biometric", Severity: Review, Approver: "dpo", Basis: "RGPD art. 9", Source: "domain 3.5: biometrics",
		Says: Text{"Données biométriques près d'une personne", "Biometric data beside a person"}, find: nearPerson("special biometric")},
	{ID: "special/offence", Severity: Block, Kind: Unlawful, Approver: "legal", Basis: "RGPD art. 10 ; C. civ. art. 9-1 ; loi du 29 juillet 1881", Source: "domain 3.5: offences",
		Says: Text{"Infraction ou poursuite visant une personne", "An offence or a prosecution of a person"}, find: either(nearPerson("special offence"), findApposed("inside apposed offence"), findSentenced)},
}

// nearPerson makes the finder of a list beside a person. What the person tells of themselves, in a
// testimony or a portrait, asks; what is public already asks too.
func nearPerson(list string) func(p *page) []finding {
	id := words.list(list)
	return func(p *page) (found []finding) {
		p.each(id, func(f *field, h *hit) bool {
			if g, ok := p.besidePerson(f, h); ok {
				found = append(found, g)
			}
			return len(found) < maxFindings
		})
		return found
	}
}

// besidePerson is the finding of a word of a category, if a person stands beside it.
func (p *page) besidePerson(f *field, h *hit) (finding, bool) {
	if !f.prose() && f.spot != inLabel || p.ofNobodyHere(f, h) || ofTowns(f, h) {
		return finding{}, false
	}
	g := p.at(h)
	if p.sorted.id != "personal_hr_doc" && !p.sameSentencePerson(f, g) {
		if p.public || !p.somebody(f, h, named) {
			return finding{}, false
		}
		g.severity = Review // "Karim", without more
	} else if p.sorted.id != "personal_hr_doc" && (departed(f, h) || !p.sameSentence(f, g)) {
		g.severity = Review // history, or two sentences that may not be about the same thing
	}
	own := p.named("testimonial") || p.named("people_portrait")
	g.private = !p.public || g.severity == "" && !own // what somebody tells of themselves in public, and history, hides nothing
	if p.public || own {
		g.severity = Review
		g.approver = "person"
	}
	return g, true
}

var (
	listSentence = words.list("special sentence")
	listDeed     = words.list("special deed")
	beforeDeed   = mustAtWord(`\b(?:pour|a|aux?|d|de|du|des|for|of|to|with)[ ']{1,2}(?:l'|d'|des |de |du |un |une |the |an |a |his |her |several |\d{1,3} |(?:deux|trois|quatre|cinq|six|huit|dix|douze|dix-huit|two|three|four|five|six|nine|twelve|eighteen) ){0,2}$`)
)

// deedReach is how many bytes may stand between what a court said and for what: a year, a place, another court.
const deedReach = 80

// mostDeeds is how many of the deeds behind a sentence are tried.
const mostDeeds = 8

// findSentenced finds sentences whose parts stand apart: "condamné en 2019 à Lyon pour vol".
func findSentenced(p *page) (found []finding) {
	if !p.has(listDeed) {
		return nil
	}
	var deeds []*hit // in the order of fields and places, as the sentences are
	p.each(listDeed, func(_ *field, d *hit) bool { deeds = append(deeds, d); return true })
	next := 0
	p.each(listSentence, func(f *field, h *hit) bool {
		for next < len(deeds) && (deeds[next].field < h.field || deeds[next].field == h.field && deeds[next].start < h.end) {
			next++
		}
		for _, d := range deeds[next:min(next+mostDeeds, len(deeds))] {
			if d.field != h.field || int(d.start-h.end) > deedReach {
				break
			}
			between := f.low[h.end:d.start]
			if strings.ContainsAny(between, ".!?;\n") || !beforeDeed.MatchString(between) {
				continue
			}
			whole := *h
			whole.end = d.end
			if g, ok := p.besidePerson(f, &whole); ok {
				found = append(found, g)
			}
			break
		}
		return len(found) < maxFindings
	})
	return found
}

// sameSentencePerson tells whether a person stands near a word and in its paragraph.
func (p *page) sameSentencePerson(f *field, g finding) bool {
	for _, q := range p.people {
		if q.field != g.field || q.start >= g.end+personReach || q.end <= g.start-personReach {
			continue
		}
		between := f.raw[min(q.end, g.end):max(q.start, g.start)]
		if len(between) > 0 && (q.end <= g.start || q.start >= g.end) && hasBreak(between) {
			continue
		}
		return true
	}
	return false
}

// sameSentence tells whether a person stands in the sentence of a word.
func (p *page) sameSentence(f *field, g finding) bool {
	from, to := g.start, g.end
	for from > 0 && !endsSentence(f.raw, from-1) {
		from--
	}
	for to < len(f.raw) && !endsSentence(f.raw, to) {
		to++
	}
	for _, q := range p.people {
		if q.field == g.field && q.end > from && q.start < to {
			return true
		}
	}
	return false
}

func endsSentence(s string, i int) bool {
	switch s[i] {
	case '\n', '!', '?', ';':
		return true
	case '.':
		// not that of "M. Durand" or "J. Martin"
		return (i+1 >= len(s) || s[i+1] == ' ' || s[i+1] == '\n') && i > 2 && (s[i-1] >= 'a' && s[i-1] <= 'z' || s[i-1] >= 0x80) && s[i-2] != ' '
	}
	return false
}

// departed tells whether a word says that somebody has died, or its sentence names a year long past.
func departed(f *field, h *hit) bool {
	word := f.low[h.start:h.end]
	if strings.HasPrefix(word, "decede") || strings.HasPrefix(word, "passed away") || strings.HasPrefix(word, "died") {
		return true
	}
	from, to := sentenceAt(f.low, int(h.start), int(h.end))
	for _, y := range anyYear.FindAllStringSubmatch(f.low[from:to], 4) {
		if n := number(y[1]); n > 1000 && n < 1950 {
			return true
		}
	}
	return false
}

var nearDays = setOf("hier demain lundi mardi mercredi jeudi vendredi samedi dimanche yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday site usine atelier equipe plant workshop")

// ofUs tells whether the sentence of a word speaks of us, of these days or of what is to come.
func (p *page) ofUs(f *field, h *hit) bool {
	from, to := clause(f.low, int(h.start), int(h.end))
	for _, w := range splitWords(f.low[from:to]) {
		if nearDays[w] {
			return true
		}
	}
	return p.traitsOf(int(h.field), from, to, p.tongue(f.low[from:to]), cueSet{}, false, ours|open)&(ours|open) != 0
}

// hasBreak tells whether a blank line parts two words.
func hasBreak(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i] == '\n' && s[i-1] == '\n' {
			return true
		}
	}
	return false
}

// titleOfWork is what may stand before a word in the title of a play, a book or a film, from the quote that opens it.
var titleOfWork = regexp.MustCompile(`[«“"]\s?(?:La |Le |Les |L['’]|Une? |Des |The |A )(?:\p{Lu}[\pL'’-]* ){0,3}$`)

// inTitleOfWork tells whether a hit stands in quotes as the title of a work is written, with a capital.
func inTitleOfWork(f *field, h *hit) bool {
	a, b := f.span(int(h.start), int(h.end))
	r, _ := utf8.DecodeRuneInString(f.raw[a:b])
	return unicode.IsUpper(r) && titleOfWork.MatchString(f.raw[max(0, a-60):a])
}

var plainUnion = words.list("special union plain")

// findUnion blocks for a named person and asks HR for an organisation that is not public yet.
func findUnion(p *page) []finding {
	found := nearPerson("special union")(p)
	if len(found) > 0 || p.public {
		return found
	}
	p.each(plainUnion, func(f *field, h *hit) bool {
		if (f.spot == inTitle || f.said() && p.ofUs(f, h)) && !p.datedLongAgo(f, h) && !inTitleOfWork(f, h) && !ofTowns(f, h) {
			g := p.at(h)
			g.severity, g.approver = Review, "hr"
			g.says = &Text{"Parle d'un syndicat ou d'une grève", "Speaks of a union or a strike"}
			found = append(found, g)
		}
		return len(found) == 0
	})
	return found
}
