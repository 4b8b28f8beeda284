package classify

import (
	"slices"
	"strings"
)

// Claims that the law watches: not secret, but dangerous (domain 3.13).

var claimRules = []Rule{
	{ID: "claim/green", Severity: Review, Approver: "csr", Basis: "Directive (UE) 2024/825 ; C. conso L121-2", Source: "domain 3.13: green claims",
		Says: Text{"Allégation environnementale générale : à prouver ou à préciser", "A generic environmental claim: prove it or make it precise"}, find: findGreen},
	{ID: "claim/carbon-neutral", Severity: Review, Approver: "csr", Basis: "Directive (UE) 2024/825 ; C. env. L229-68", Source: "domain 3.13: carbon neutrality; 7.2, example 17",
		Says: Text{"« Neutre en carbone » ou compensation : allégation réglementée", "“Carbon neutral” or offset: a regulated claim"}, find: findNeutral},
	{ID: "claim/health", Severity: Review, Approver: "legal", Basis: "Règl. (CE) 1924/2006 ; CSP L5122-1 ; C. conso L121-4 (17°)", Source: "domain 3.13: health claims",
		Says: Text{"Promesse de santé ou de guérison : allégation réglementée", "A promise of health or of a cure: a regulated claim"}, find: either(listed("claim health", func(p *page, f *field, h *hit) bool {
			from, to := wishAt(f.low, int(h.start))
			return f.prose() && !charities.in(f.low[from:to]) && !ofPrograms(f, h, from, to)
		}), findCures)},
	{ID: "claim/returns", Severity: Review, Approver: "legal", Basis: "C. mon. fin. L533-12 ; C. conso L121-2", Source: "domain 3.13: promises to savers",
		Says: Text{"Promesse de rendement ou de capital garanti : communication réglementée", "A promise of returns or of capital: regulated communication"}, find: listed("claim returns", func(p *page, f *field, h *hit) bool { return f.prose() })},
	{ID: "claim/superlative", Severity: Note, Source: "domain 3.13: comparative, superlative; C. conso L122-1",
		Says: Text{"Superlatif : ajouter la preuve ou l'ôter", "A superlative: prove it or drop it"}, find: listed("claim super", inWords)},
	{ID: "claim/alcohol", Severity: Review, Approver: "comms", Basis: "loi Évin, CSP L3323-2", Source: "domain 3.13: alcohol",
		Says: Text{"Alcool dans la vie de l'entreprise", "Alcohol at a company event"}, find: findAlcohol},
	{ID: "claim/contest", Severity: Note, Source: "domain 3.13: games, promotions",
		Says: Text{"Jeu-concours : joindre le règlement", "A contest: link its rules"}, find: listed("claim contest", inWords)},
	{ID: "claim/context", Severity: Review, Approver: "comms", Source: "domain 3.13: political or crisis context",
		Says: Text{"Deuil, attentat ou élection : le moment se choisit", "Mourning, attack or election: choose the moment"}, find: either(findSense("claim/context"), findMourning, listed("crisis context", func(p *page, f *field, h *hit) bool { return f.spot == inTitle || f.spot == inH1 }))},
}

// adviceWords stand in sentences that explain claims, forbid them or tell readers how to choose.
var adviceWords = newSeeker([]string{"evit", "interdi", "pretend", "affirm", "allegation", "mention", "greenwashing", "signifie", "choisi", "prefere", "preferez", "optez", "aucun produit", "aucune entreprise", "avoid", "claim", "means", "choose", "prefer", "look for", "no product", "no company", "directive", "la loi", "the law", "reglement", "foret", "tourbiere", "prairie", "haie", "ocean", "forest", "peat", "hedge"})

// asserts tells whether a sentence, low[from:to] of a field, says something rather than ask, explain or advise.
func asserts(f *field, from, to int) bool {
	return !(to < len(f.low) && f.low[to] == '?') && !adviceWords.in(f.low[from:to])
}

func inWords(p *page, f *field, h *hit) bool {
	return f.spot == inText || f.spot == inTitle || f.spot == inH1 || f.spot == inDescription || f.spot == inHeading
}

var listNeutral = words.list("claim neutral")

// ownOffers are the types in which a company speaks of itself and of its products.
var ownOffers = setOf("csr_commitment product_page product_launch press_release case_study award_cert employer_brand site_news key_figures " + Other)

// findGreen speaks of what the company says of itself or of its products, not of articles about ecology: where it does not
// speak of itself as a whole, "we" must stand in the sentence, or words that are said of products only.
func findGreen(p *page) []finding {
	own := ownOffers[p.sorted.id]
	said := listed("claim green", func(p *page, f *field, h *hit) bool {
		if !inWords(p, f, h) {
			return false
		}
		from, to := sentenceAt(f.low, int(h.start), int(h.end))
		s := f.low[from:to]
		for _, w := range []string{"transition", "politique", "crise", "parti ", "urgence", "ministere", "enjeu", "impact ecologique", "bilan", "penalite", "dechets", "waste", "jardinier", "gardener", "benevole", "volunteer", "garde forestier", "gardes forestiers", "rangers", "apicult", "beekeeper", "naturaliste", "naturalist"} {
			if strings.Contains(s, w) {
				return false
			}
		}
		if to < len(f.low) && f.low[to] == '?' {
			return false
		}
		if !own {
			return f.spot == inText && asserts(f, from, to) && p.speaksOfUs(s) && !strings.HasPrefix(f.low[h.start:h.end], "ecologique")
		}
		// a statement about us or a product, or a bare slogan
		subjects := []string{"nous", "notre", "nos ", "our ", "we ", "produit", "product", "gamme", "range", "solution", "entreprise", "company", "emballage", "packaging"}
		if strings.HasPrefix(f.low[h.start:h.end], "ecologique") { // the adjective of a science
			subjects = []string{"produit", "product", "gamme", "emballage", "packaging"}
		}
		for _, w := range subjects {
			if strings.Contains(s, w) {
				return true
			}
		}
		return f.spot == inTitle || offersThing(f.low[from:h.start], f.low[h.end:to])
	})(p)
	return append(said, listed("claim green bold", func(p *page, f *field, h *hit) bool {
		from, to := wishAt(f.low, int(h.start))
		return inWords(p, f, h) && asserts(f, from, to)
	})(p)...)
}

// mostOfferWords is how many words stand before the praise of a thing, where no verb does.
const mostOfferWords = 8

var (
	indefinite = setOf("un une des a an")
	// notOffers are what people do, which no company sells.
	notOffers = setOf("geste gestes pratique pratiques comportement comportements conduite habitude habitudes agriculture elevage peche tourisme mobilite jardinage quotidien vie trajet trajets deplacements idee idees " +
		"gesture gestures practice practices behaviour habit habits farming fishing tourism gardening life travel commuting trips living idea ideas way ways est sont etait sera is are was were means")
)

// offersThing tells whether a sentence is nothing but a thing and its praise, which stands between before and after: "Une
// brosse souple, respectueuse de la planète", "An eco-friendly brush".
func offersThing(before, after string) bool {
	lead, rest := splitWords(before), splitWords(after)
	if len(lead) == 0 || len(lead) > mostOfferWords || !indefinite[lead[0]] || len(lead) == 1 && (len(rest) == 0 || len(rest) > 2) || len(lead) > 1 && len(rest) > 0 {
		return false
	}
	return !slices.ContainsFunc(append(lead, rest...), func(w string) bool { return notOffers[w] })
}

// speaksOfUs tells whether a folded sentence has "we" or "our" in it.
func (p *page) speaksOfUs(low string) bool {
	ours := ourWords[p.tongue(low)]
	return slices.ContainsFunc(splitWords(low), func(w string) bool { return ours[w] && w != "on" })
}

// together makes the finder of a list whose hits count where one of another list stands in the same sentence, low[from:to].
func together(list, with string, pass func(p *page, f *field, from, to int) bool) func(p *page) []finding {
	first, other := words.list(list), words.list(with)
	return func(p *page) []finding {
		if !p.has(first) || !p.has(other) {
			return nil
		}
		return p.together(first, other, func(f *field, from, to int) bool { return pass(p, f, from, to) })
	}
}

func (p *page) together(list, with listID, pass func(f *field, from, to int) bool) (found []finding) {
	others := p.hitsOf(with)
	p.each(list, func(f *field, h *hit) bool {
		from, to := wishAt(f.low, int(h.start))
		if len(hitsIn(others[f], from, to)) > 0 && pass(f, from, to) {
			found = append(found, p.at(h))
		}
		return len(found) < maxFindings
	})
	return found
}

var (
	listHeals  = words.list("claim health does")
	listIll    = words.list("claim health ill")
	listRemedy = words.list("claim health product")

	// charities are words of those who collect for the ill or study them.
	charities = newSeeker([]string{"association", "recherche", "research", "chercheur", "ligue", "course", "telethon", "octobre rose", "movember", "charity", "au profit", "in aid of"})

	// notOfOurs are words of those who treat the ill, of cleaning, and of machines that have viruses of their own.
	notOfOurs = newSeeker([]string{"vaccin", "medecin", "doctor", "nurse", "infirmi", "patient", "depistage", "screening", "campagne", "campaign",
		"antivirus", "ordinateur", "informatique", "logiciel", "computer", "software", "laptop", "firewall", "pare-feu", "mail", "piece jointe", "attachment", "cle usb", "reseau", "malware", "spam", "pourriel", "indesirable", "phishing", "hameconnage",
		"cleaners", "cleaning staff", "cleaning team", "cleaning crew", "agents d'entretien", "agents de proprete", "equipe de nettoyage", "equipes de nettoyage", "femmes de menage", "equipe de menage",
		"lavez vos mains", "lavez-vous", "lavage des mains", "laver les mains", "wash your hands", "washing your hands", "hand washing", "handwashing", "geste barriere", "gestes barrieres", "aerez", "aerer"})
)

// Words of programs, which have side effects too, and of what has them in a body.
var (
	programs = newSeeker([]string{"function", "variable", "lambda", "loop", "compil", "expression", "python", "javascript", "haskell", "immutab", "idempot", "callback", "thread", "fonction pure", "boucle", "programm"})
	bodies   = newSeeker([]string{"skin", "pain", "pill", "cream", "medic", "remed", "treatment", "patient", "dose", "body", "health", "capsule", "tablet", "peau", "douleur", "creme", "traitement", "sante", "corps", "gelule", "natural", "our product", "notre produit"})
)

// ofPrograms tells whether the side effects of a sentence or of the line around it, low[from:to], are those of a program.
func ofPrograms(f *field, h *hit, from, to int) bool {
	if !strings.Contains(f.low[h.start:h.end], "effect") && !strings.Contains(f.low[h.start:h.end], "effet") {
		return false
	}
	from, to, _ = lineWithin(f.low, from, to, longestTaught)
	return programs.in(f.low[from:to]) && !bodies.in(f.low[from:to])
}

// findCures reads what is said to do away with an illness: by the company's own things, or by what one swallows or rubs in.
func findCures(p *page) []finding {
	if !p.has(listHeals) || !p.has(listIll) {
		return nil
	}
	remedies, titled := p.hitsOf(listRemedy), false
	for f := range remedies {
		titled = titled || f.spot == inTitle || f.spot == inH1
	}
	return p.together(listHeals, listIll, func(f *field, from, to int) bool {
		s := f.low[from:to]
		if !f.prose() || f.spot == inFile || !asserts(f, from, to) || notOfOurs.in(s) || charities.in(s) || denied(s) {
			return false
		}
		return titled || len(hitsIn(remedies[f], from, to)) > 0 || p.speaksOfUs(s) || strings.Contains(s, " ours")
	})
}

// findNeutral asks for proof; said of a product, it is banned until proved.
func findNeutral(p *page) (found []finding) {
	p.each(listNeutral, func(f *field, h *hit) bool {
		if !inWords(p, f, h) || p.named("explainer") || p.named("how_to") || p.named("faq") {
			return true
		}
		from, to := sentenceAt(f.low, int(h.start), int(h.end))
		s := f.low[from:to]
		if strings.Contains(s, "objectif") || strings.Contains(s, "2050") || strings.Contains(s, "target") || strings.Contains(s, "strategie nationale") {
			return true
		}
		g := p.at(h)
		if p.sorted.id == "product_page" || p.sorted.id == "product_launch" {
			g.severity, g.kind, g.approver = Block, Unlawful, "legal"
		}
		found = append(found, g)
		return len(found) < maxFindings
	})
	return found
}

// findAlcohol reads what is drunk at work: any drink where the company's life is told, much of it and brands wherever.
func findAlcohol(p *page) []finding {
	heavy := findHeavy(p)
	if p.sorted.id != "internal_life" && p.sorted.id != "event_recap" {
		return heavy
	}
	return append(heavy, listed("claim alcohol", func(p *page, f *field, h *hit) bool {
		return inWords(p, f, h) || f.spot == inImage
	})(p)...)
}

var findHeavy = either(listed("claim alcohol heavy", func(p *page, f *field, h *hit) bool {
	return !p.public && (inWords(p, f, h) || f.spot == inImage)
}), findDrinkGiven, together("claim alcohol praise", "claim alcohol drink", func(p *page, f *field, from, to int) bool {
	return !p.public && f.said() && !sober.in(f.low[from:to])
}))

// sober are words of those who warn of drink.
var sober = newSeeker([]string{"trop", "risque", "danger", "addict", "sobr", "abus", "prevention", "limit", "repere", "maximum", "conduire", "volant", "dry january", "too much", "risk", "harm", "drive", "units", "sans alcool", "alcohol free", "alcohol-free", "ni alcool", "pas d'alcool"})
