package classify

import (
	"slices"
	"strings"
)

// What people write among themselves without any stamp on it (domain 3.1, 3.5, 3.6): wishes that something stay
// inside, the life of a colleague, sums, ways in. Beside the rules that know their cue by its place or its company
// these are nets with a wide mesh: they never close an item, they ask who knows. What the company has said in
// public asks nothing.

var insideRules = []Rule{
	{ID: "inside/wish", Severity: Review, Approver: "owner", Basis: "secret des affaires, C. com. L151-1; the will of those concerned", Source: "domain 3.1: body; 3.9, 3.11: consent",
		Says: Text{"Quelqu'un souhaite que cela reste à l'intérieur", "Somebody wishes this to stay inside"}, find: findWish},
	{ID: "inside/person", Severity: Review, Approver: "dpo", Basis: "RGPD art. 5, 9; C. civ. art. 9", Source: "domain 3.5, 3.6: people in plain words",
		Says: Text{"La vie ou le dossier d'une personne", "The life or the file of a person"}, find: either(asks("inside person", someone), asks("inside named", named))},
	{ID: "inside/money", Severity: Review, Approver: "finance", Basis: "secret des affaires, C. com. L151-1; RGPD art. 5", Source: "domain 3.4, 3.6: pay, prices, deals",
		Says: Text{"Salaires, prix ou projet d'achat en chiffres internes", "Pay, prices or a deal in inside figures"}, find: asks("inside money", anyhow)},
	{ID: "inside/security", Severity: Review, Approver: "security", Basis: "security of sites and systems", Source: "domain 3.6: site security; 3.7: ways in",
		Says: Text{"Une faille ou un moyen d'entrer", "A weakness or a way in"}, find: asks("inside security", anyhow)},
	{ID: "inside/told", Severity: Review, Approver: "owner", Basis: "secret des affaires, C. com. L151-1; RGPD art. 5", Source: "domain 3.4 to 3.12: in people's own words; a model learned from patterns",
		Says: Text{"Une phrase parle peut-être d'une personne, d'argent ou d'un projet qui reste interne", "A sentence may speak of a person, of money or of a project that stays inside"}, find: findTold},
}

// who must be in the sentence of a word for it to ask.
type who int

const (
	anyhow  who = iota // nobody
	someone            // a person, if only as "she"
	named              // a person with a name, if only the given one
)

// either joins two finders.
func either(a, b func(p *page) []finding) func(p *page) []finding {
	return func(p *page) []finding { return append(a(p), b(p)...) }
}

// asks makes the finder of a list in what is not public.
func asks(list string, about who) func(p *page) []finding {
	id := words.list(list)
	return func(p *page) (found []finding) {
		if p.public || p.settled {
			return nil
		}
		p.each(id, func(f *field, h *hit) bool {
			if !f.prose() || about != anyhow && !p.somebody(f, h, about) || p.disclaimed(f, int(h.start)) {
				return true
			}
			found = append(found, p.at(h))
			return len(found) < maxFindings
		})
		return found
	}
}

// findWish adds to the list what is said in other words: somebody is not to pass something on, or to keep it.
func findWish(p *page) []finding {
	found := asks("inside wish", anyhow)(p)
	if p.public || p.settled {
		return nil
	}
	for i := range p.fields {
		f := &p.fields[i]
		if !f.prose() || len(found) >= maxFindings {
			continue
		}
		low := cut(f.low, mostWishes)
		consent, keep := slices.DeleteFunc(slices.Clone(consents), without(low)), slices.DeleteFunc(slices.Clone(keeping), without(low))
		for from := 0; from < len(low); {
			end := strings.IndexAny(f.low[from:], ".!?;\n")
			if end < 0 {
				end = len(f.low) - from
			}
			if wishes(f.low[from:from+end], consent, keep) && !p.disclaimed(f, from) {
				found = append(found, p.lows(i, from+leading(f.low[from:]), from+end))
			}
			from += end + 1
		}
	}
	return found
}

// mostWishes is how many bytes of a text are looked at sentence by sentence.
const mostWishes = 256 << 10

func leading(s string) int { return len(s) - len(strings.TrimLeft(s, " \u00a0\t-–•*")) }

// Words of a wish. A negation within a few words of passing on, or keeping beside for whom.
var (
	negations = map[string]bool{"ne": true, "n": true, "rien": true, "jamais": true, "personne": true, "sans": true, "aucun": true, "aucune": true,
		"not": true, "never": true, "nothing": true, "nobody": true, "without": true, "mustn": true, "don": true, "cannot": true, "shouldn": true}
	passingOn = []string{"communiqu", "diffus", "divulgu", "transmi", "transmet", "ebruit", "cite", "citer", "relay", "commenter", "commente", "sortir", "fuiter", "reprodui", "transferer", "mentionne",
		"circulat", "disclos", "distribut", "forward", "mention", "reveal", "leak", "comment on", "find out", "tweet", "post this", "post it", "post on", "poster sur", "publier sur", "mettre sur les reseaux", "mettre en ligne", "leave the", "quoted", "shown", "told"}
	keeping  = []string{"garder ces", "garder cette", "gardez ces", "gardez cette", "garder ca", "gardez ca", "gardez le", "gardez la", "rester entre", "reste entre", "keep this", "keep it", "keep these", "stay anonymous", "remain anonymous", "rester anonyme", "silence absolu", "silence radio", "hold until", "hold this", "d'ici la"}
	keptFor  = []string{"pour vous", "pour nous", "pour toi", "nous", "interne", "secret", "confidentiel", "within", "quiet", "private", "internal", "between", "yourself", "until", "silence", "presse", "press", "anonym"}
	consents = []string{"retire son accord", "retire son consentement", "revoque son accord", "refuse que sa photo", "refuse d'apparaitre", "withdrew her consent", "withdrew his consent", "withdrew consent", "withdrawn consent", "did not agree to", "n'est pas d'accord pour"}
)

// without tells of words whether a text lacks them: what a whole text does not hold, none of its sentences holds.
func without(text string) func(string) bool {
	return func(words string) bool { return !strings.Contains(text, words) }
}

// negates tells whether a word of negations stands in a folded sentence.
func negates(s string) bool {
	for i := 0; i < len(s); i++ {
		from := i
		for i < len(s) && isWord(s[i]) {
			i++
		}
		if negations[s[from:i]] {
			return true
		}
	}
	return false
}

// wishes tells whether a folded sentence asks for silence. consent and keep are what its text holds of consents and
// keeping.
func wishes(s string, consent, keep []string) bool {
	for _, c := range consent {
		if strings.Contains(s, c) {
			return true
		}
	}
	for _, k := range keep {
		if at := strings.Index(s, k); at >= 0 {
			for _, w := range keptFor {
				if strings.Contains(s[at:], w) {
					return true
				}
			}
		}
	}
	if !negates(s) {
		return false
	}
	words := splitWords(s)
	for i, w := range words {
		if !negations[w] {
			continue
		}
		after := strings.Join(words[i+1:min(len(words), i+7)], " ")
		for _, verb := range passingOn {
			if k := strings.Index(after, verb); k == 0 || k > 0 && after[k-1] == ' ' {
				return true
			}
		}
	}
	return false
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
	if p.personNear(g.field, g.start, g.end, personReach) {
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
