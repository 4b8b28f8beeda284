package classify

import (
	"slices"
	"strings"
)

// What two things say together that each does not say alone: an illness and somebody who suffers, an account and the words
// that open it. Both stand in one sentence.

// findBeside makes the finder of a list beside a person where a hit of another list stands in the same sentence.
func findBeside(list, with string) func(p *page) []finding {
	what, by := words.list(list), words.list(with)
	return func(p *page) (found []finding) {
		if !p.has(what) || !p.has(by) {
			return nil
		}
		others := p.hitsOf(by)
		p.each(what, func(f *field, h *hit) bool {
			from, to := wishAt(f.low, int(h.start))
			if len(hitsIn(others[f], from, to)) == 0 || cared.in(f.low[from:to]) || charities.in(f.low[from:to]) || slices.ContainsFunc(splitWords(f.low[from:to]), func(w string) bool { return healers[w] }) {
				return true
			}
			if g, ok := p.besidePerson(f, h); ok && (p.sameSentence(f, g) || p.somebody(f, h, named)) {
				found = append(found, g)
			}
			return len(found) < maxFindings
		})
		return found
	}
}

// cared are words of those who treat the ill, speak of them all or tell a story.
var cared = newSeeker([]string{"medecin", "docteur", "professeur", "infirmi", "patients", "malades", "personnes", "salaries", "francais", "symptom", "depist", "prevention", "campagne", "selon ", "roman", "film", "heros",
	"doctor", "professor", "nurse", "patients", "people", "employees", "screening", "awareness", "campaign", "according", "novel", "fundrais", "sponsor", "raise "})

var healers = setOf("dr pr prof docteurs professeurs doctors professors")

// findPair makes the finder of a list where a hit of another list stands in the same sentence, on what is not public.
func findPair(list, with string) func(p *page) []finding {
	return together(list, with, func(p *page, f *field, from, to int) bool {
		return f.prose() && !p.public && !onlyAsks(f.low[from:to]) && !p.disclaimed(f, from)
	})
}

// listHeads are the functions of those who speak for a firm.
var listHeads = words.list("customer head")

// customersQuoted are those whose head is quoted: "« … », Anne Roy, directrice de Fromagerie Vuillemin".
func (p *page) customersQuoted() (found []customer) {
	p.each(listHeads, func(f *field, h *hit) bool {
		if !f.prose() || f.spot == inFile {
			return true
		}
		from, to := lineAround(f.low, int(h.start), int(h.end))
		if !quoted(f.low[from:to]) || strings.Count(f.low[from:h.start], "\"")%2 == 1 {
			return true // the function stands inside of the quotation
		}
		name, at, _ := p.firmIn(int(h.field), int(h.end), to)
		a, _ := f.span(int(h.end), int(h.end))
		if at < 0 || at > a+firmBehind || p.mayName(foldString(name)) {
			return true
		}
		found = append(found, customer{finding{field: int(h.field), start: at, end: at + len(name), whole: true}, nameKey(foldName(name))})
		return len(found) < mostCustomers
	})
	return found
}

// firmBehind is how many bytes behind a function its firm begins: "directrice générale adjointe de la société …".
const firmBehind = 40

// lineAround gives the line of low[start:end], as far as a sentence and its quotation reach.
func lineAround(low string, start, end int) (from, to int) {
	from, to = max(0, start-longestWish), min(len(low), end+longestWish/2)
	from += strings.LastIndexByte(low[from:start], '\n') + 1
	if n := strings.IndexByte(low[end:to], '\n'); n >= 0 {
		to = end + n
	}
	return from, to
}

var (
	listGift   = words.list("claim alcohol gift")
	listBought = words.list("claim alcohol bought")
	listDrink  = words.list("claim alcohol drink")
	listAttack = words.list("crisis after")
	listMourn  = words.list("crisis near")
)

// findDrinkGiven finds alcohol that is given to who buys: that is advertising, and not in a place where the law allows it.
func findDrinkGiven(p *page) (found []finding) {
	if p.public || !p.has(listGift) || !p.has(listBought) || !p.has(listDrink) {
		return nil
	}
	bought := p.hitsOf(listBought)
	return p.together(listDrink, listGift, func(f *field, from, to int) bool {
		return f.said() && len(hitsIn(bought[f], from, to)) > 0 && !sober.in(f.low[from:to])
	})
}

// findMourning finds what is said after an attack of these years, and its victims, in the text.
func findMourning(p *page) (found []finding) {
	if p.public || !p.has(listAttack) || !p.has(listMourn) {
		return nil
	}
	near := p.hitsOf(listMourn)
	p.each(listAttack, func(f *field, h *hit) bool {
		from, to := wishAt(f.low, int(h.start))
		if f.said() && len(hitsIn(near[f], from, to)) > 0 && !p.inTale(f, from, to) && !p.namesOldYear(f.low[from:to]) {
			found = append(found, p.at(h))
		}
		return len(found) < maxFindings
	})
	return found
}

// namesOldYear tells whether a folded sentence names a year that is history.
func (p *page) namesOldYear(low string) bool {
	return slices.ContainsFunc(anyYear.FindAllStringSubmatch(low, 4), func(y []string) bool {
		n := number(y[1])
		return n > 1000 && n < p.day.Year()-longAgoYears
	})
}

var listTurnover = words.list("business turnover")

// turnoverWords is how many words a line has at most that gives what is sold to one customer.
const turnoverWords = 16

// findTurnoverWith asks about lines that give what is sold to one firm: "Fromageries Vuillemin : CA 2026 212 000 €".
func findTurnoverWith(p *page) (found []finding) {
	if p.public || p.settled {
		return nil
	}
	p.each(listTurnover, func(f *field, h *hit) bool {
		from, to := lineAround(f.low, int(h.start), int(h.end))
		line := f.low[from:to]
		if !f.prose() || !maySum(line) || !sumForm.MatchString(line) || len(splitWords(line)) > turnoverWords {
			return true
		}
		a, b := f.span(from, to)
		all := firmWords(f.raw[a:min(b, len(f.raw))], a)
		for i := range all {
			all[i].sentence = false // a row of a list is no sentence
			if first, last := firmAt(all, i); first >= 0 && !p.ownFirm(all[first:last+1]) && !p.policy.owns(foldString(f.raw[all[first].at:all[last].at+len(all[last].raw)])) {
				found = append(found, finding{field: int(h.field), start: a, end: min(b, len(f.raw)), severity: Review, whole: true, figured: true})
				break
			}
		}
		return len(found) < maxFindings
	})
	return found
}
