package classify

import "strings"

// Claims that the law watches: not secret, but dangerous (domain 3.13).

var claimRules = []Rule{
	{ID: "claim/green", Severity: Review, Approver: "csr", Basis: "Directive (UE) 2024/825 ; C. conso L121-2", Source: "domain 3.13: green claims",
		Says: Text{"Allégation environnementale générale : à prouver ou à préciser", "A generic environmental claim: prove it or make it precise"}, find: findGreen},
	{ID: "claim/carbon-neutral", Severity: Review, Approver: "csr", Basis: "Directive (UE) 2024/825 ; C. env. L229-68", Source: "domain 3.13: carbon neutrality; 7.2, example 17",
		Says: Text{"« Neutre en carbone » ou compensation : allégation réglementée", "“Carbon neutral” or offset: a regulated claim"}, find: findNeutral},
	{ID: "claim/health", Severity: Review, Approver: "legal", Basis: "Règl. (CE) 1924/2006 ; CSP L5122-1 ; C. conso L121-4 (17°)", Source: "domain 3.13: health claims",
		Says: Text{"Promesse de santé ou de guérison : allégation réglementée", "A promise of health or of a cure: a regulated claim"}, find: listed("claim health", func(p *page, f *field, h *hit) bool { return f.prose() })},
	{ID: "claim/returns", Severity: Review, Approver: "legal", Basis: "C. mon. fin. L533-12 ; C. conso L121-2", Source: "domain 3.13: promises to savers",
		Says: Text{"Promesse de rendement ou de capital garanti : communication réglementée", "A promise of returns or of capital: regulated communication"}, find: listed("claim returns", func(p *page, f *field, h *hit) bool { return f.prose() })},
	{ID: "claim/superlative", Severity: Note, Source: "domain 3.13: comparative, superlative; C. conso L122-1",
		Says: Text{"Superlatif : ajouter la preuve ou l'ôter", "A superlative: prove it or drop it"}, find: listed("claim super", inWords)},
	{ID: "claim/alcohol", Severity: Review, Approver: "comms", Basis: "loi Évin, CSP L3323-2", Source: "domain 3.13: alcohol",
		Says: Text{"Alcool dans la vie de l'entreprise", "Alcohol at a company event"}, find: findAlcohol},
	{ID: "claim/contest", Severity: Note, Source: "domain 3.13: games, promotions",
		Says: Text{"Jeu-concours : joindre le règlement", "A contest: link its rules"}, find: listed("claim contest", inWords)},
	{ID: "claim/context", Severity: Review, Approver: "comms", Source: "domain 3.13: political or crisis context",
		Says: Text{"Deuil, attentat ou élection : le moment se choisit", "Mourning, attack or election: choose the moment"}, find: either(findSense("claim/context"), listed("crisis context", func(p *page, f *field, h *hit) bool { return f.spot == inTitle || f.spot == inH1 }))},
}

func inWords(p *page, f *field, h *hit) bool {
	return f.spot == inText || f.spot == inTitle || f.spot == inH1 || f.spot == inDescription || f.spot == inHeading
}

var listNeutral = words.list("claim neutral")

// findGreen speaks of what the company says of itself or of its products, not of articles about
// ecology.
func findGreen(p *page) []finding {
	switch p.sorted.id {
	case "csr_commitment", "product_page", "product_launch", "press_release", "case_study", "award_cert", "employer_brand", Other, "site_news", "key_figures":
	default:
		return nil
	}
	return listed("claim green", func(p *page, f *field, h *hit) bool {
		if !inWords(p, f, h) {
			return false
		}
		from, to := sentenceAt(f.low, int(h.start), int(h.end))
		s := f.low[from:to]
		for _, w := range []string{"transition", "politique", "crise", "parti ", "urgence", "ministere", "enjeu", "impact ecologique", "bilan", "penalite"} {
			if strings.Contains(s, w) {
				return false
			}
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
		return f.spot == inTitle
	})(p)
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

var findHeavy = listed("claim alcohol heavy", func(p *page, f *field, h *hit) bool {
	return !p.public && (inWords(p, f, h) || f.spot == inImage)
})
