package classify

import (
	"strings"

	"filon/classify/told"
)

// What people write among themselves without any stamp on it (domain 3.1, 3.5, 3.6): wishes that something stay
// inside, the life of a colleague, sums, ways in. Beside the rules that know their cue by its place or its company
// these are nets with a wide mesh: they never close an item, they ask who knows. What the company has said in
// public asks nothing.

var insideRules = []Rule{
	{ID: "inside/wish", Severity: Review, Approver: "owner", Basis: "secret des affaires, C. com. L151-1 ; volonté des intéressés", Source: "domain 3.1: body; 3.9, 3.11: consent",
		Says: Text{"Quelqu'un souhaite que cela reste à l'intérieur", "Somebody wishes this to stay inside"}, find: unlessForAll(either(findWish, findSense("inside/wish"), findPair("inside not public", "inside not public paper"), unlessTaught(findTold(told.Wish))))},
	{ID: "inside/person", Severity: Review, Approver: "dpo", Basis: "RGPD art. 5, 9 ; C. civ. art. 9", Source: "domain 3.5, 3.6: people in plain words",
		Says: Text{"La vie ou le dossier d'une personne", "The life or the file of a person"}, find: either(unlessOfNobody(unlessTaught(either(asks("inside person", someone), asks("inside named", named), findSense("inside/person"), findTold(told.Person)))),
			namesMatter(fileMatters), inTables(ofAbsence|ofMark|ofDiet, ofAbsence|ofMark|ofDiet, &Text{"Tableau de personnes : absences, notes ou repas", "A table of people: absence, marks or meals"}))},
	{ID: "inside/money", Severity: Review, Approver: "finance", Basis: "secret des affaires, C. com. L151-1 ; RGPD art. 5", Source: "domain 3.4, 3.6: pay, prices, deals",
		Says: Text{"Salaires, prix ou projet d'achat en chiffres internes", "Pay, prices or a deal in inside figures"}, find: unlessOfNobody(unlessOffered(unlessTaught(either(asks("inside money", anyhow), findSense("inside/money"), findTold(told.Money)))))},
	{ID: "inside/security", Severity: Review, Approver: "security", Basis: "sécurité des sites et des systèmes", Source: "domain 3.6: site security; 3.7: ways in",
		Says: Text{"Une faille ou un moyen d'entrer", "A weakness or a way in"}, find: either(findPair("inside login told", "inside login of"), keptBack(unlessOfNobody(unlessPlainKey(unlessTaught(either(asks("inside security", anyhow), findSense("inside/security"), findTold(told.Access))))), keyPlace),
			inTables(ofCode|ofPassword|ofHost, ofCode|ofPassword|ofHost, &Text{"Tableau de codes, de mots de passe ou de machines internes", "A table of codes, passwords or inside machines"}),
			inTables(ofExcess, ofExcess, &Text{"Tableau de quantités au-dessus de ce qui est autorisé", "A table of quantities above what is allowed"}))},
	{ID: "inside/partner", Severity: Review, Approver: "sales", Basis: "secret des affaires, C. com. L151-1 ; clauses de confidentialité", Source: "domain 3.4, 3.11: customers, suppliers and terms, in people's own words",
		Says: Text{"Ce qui se passe avec un client ou un fournisseur, ou les termes d'un contrat", "What goes on with a customer or a supplier, or the terms of a contract"}, find: unlessOfNobody(unlessTaught(findTold(told.Partner)))},
}

// who must be in the sentence of a word for it to ask.
type who int

const (
	anyhow  who = iota // nobody
	someone            // a person, if only as "she"
	named              // a person with a name, if only the given one
)

// either joins finders.
func either(finders ...func(p *page) []finding) func(p *page) []finding {
	return func(p *page) (found []finding) {
		for _, find := range finders {
			found = append(found, find(p)...)
		}
		return found
	}
}

// asks makes the finder of a list in what is not public.
func asks(list string, about who) func(p *page) []finding {
	id, far := words.list(list), farFrom
	secretFigures := list == "inside security" || list == "inside money"
	if list == "inside security" {
		far = farFromHoles
	}
	return func(p *page) (found []finding) {
		if p.public || p.settled {
			return nil
		}
		p.each(id, func(f *field, h *hit) bool {
			if !f.prose() || about != anyhow && (p.ofNobodyHere(f, h) || !p.somebody(f, h, about)) || p.disclaimed(f, int(h.start)) {
				return true
			}
			if from, to := sentenceAt(f.low, int(h.start), int(h.end)); !p.fartherThan(far, f, from, to) {
				g := p.at(h)
				g.figured, g.private = secretFigures, about != anyhow
				found = append(found, g)
			}
			return len(found) < maxFindings
		})
		return found
	}
}

// thirdPerson are words that speak of somebody who is not there, or of one of several.
var thirdPerson = map[string]bool{
	"il": true, "elle": true, "son": true, "sa": true, "ses": true, "lui": true, "salarie": true, "salariee": true, "collegue": true, "collaborateur": true, "collaboratrice": true,
	"candidat": true, "candidate": true, "candidatures": true, "monsieur": true, "madame": true,
	"he": true, "she": true, "his": true, "her": true, "him": true, "employee": true, "colleague": true, "applicant": true, "daughter": true, "apprentice": true,
}

// somebody tells whether the sentence of a hit speaks of a person: by name, by given name alone, or, for someone, in
// the third person.
func (p *page) somebody(f *field, h *hit, about who) bool {
	g := p.at(h)
	if p.personNear(g.field, g.start, g.end, personReach) || p.guessedIn(f, h) {
		return true
	}
	from, to := sentenceAt(f.low, int(h.start), int(h.end))
	if about == someone {
		for _, w := range splitWords(f.low[from:to]) {
			if thirdPerson[w] {
				return true
			}
		}
	}
	known := false
	p.each(listGiven, func(other *field, n *hit) bool {
		if other != f || int(n.start) < from || int(n.end) > to {
			return true
		}
		a, _ := f.span(int(n.start), int(n.end))
		known = a < len(f.raw) && strings.ToLower(f.raw[a:a+1]) != f.raw[a:a+1]
		return !known
	})
	return known
}
