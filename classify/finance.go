package classify

import (
	"regexp"
	"strings"
)

// Money that is not known yet (domain 3.7).

var financeRules = []Rule{
	{ID: "finance/unpublished", Severity: Block, Kind: Secret, Approver: "finance", Basis: "secret des affaires ; société cotée : MAR art. 7, 10, 14", Source: "domain 3.7: unpublished figures",
		Says: Text{"Chiffres non publiés, prévisions ou budget", "Unpublished figures, forecast or budget"}, find: either(closesBySigns(true, unlessTaught(findUnpublished)), tablesNotPublic(ofForecast, &Text{"Tableau de prévisions ou de résultats par période", "A table of forecasts or of results by period"}))},
	{ID: "finance/merger", Severity: Block, Kind: Secret, Approver: "finance", Basis: "secret des affaires ; société cotée : MAR art. 7, 10, 14", Source: "domain 3.7: mergers and acquisitions",
		Says: Text{"Projet d'acquisition ou de cession", "An acquisition or disposal in preparation"}, find: either(closesBySigns(true, unlessTaught(findMerger)), asking(namesMatter(fileDeals)), inTables(ofValue, ofValue, &Text{"Tableau de sociétés cibles et de leur valeur", "A table of target companies and their value"}))},
	{ID: "finance/results", Severity: Review, Approver: "finance", Basis: "secret des affaires ; société cotée : MAR art. 7", Source: "domain 3.7: results",
		Says: Text{"Chiffres financiers : sont-ils déjà publics ?", "Financial figures: are they public already?"}, find: findResults},
	{ID: "finance/quiet-period", Severity: Review, Approver: "finance", Basis: "MAR art. 19(11) ; AMF", Source: "domain 3.7: quiet period",
		Says: Text{"Période de silence : la direction financière doit valider", "Quiet period: finance must agree"}, find: findQuiet},
	{ID: "finance/public", Severity: Good, Source: "domain 3.7: figures that are public already",
		Says: Text{"Ses chiffres financiers sont déjà publics", "Its financial figures are public already"}, find: findPublicFigures},
}

var (
	listUnpublished = words.list("finance unpublished")
	listMerger      = words.list("finance merger")
	listFigures     = words.list("finance figures")
)

// findUnpublished blocks when the item is about it, has figures beside the words, or when the company
// is listed; else it asks. Figures that stand in public already are not unpublished any more.
func findUnpublished(p *page) (found []finding) {
	if p.public {
		return nil
	}
	p.each(listUnpublished, func(f *field, h *hit) bool {
		if !f.prose() {
			return true
		}
		g := p.at(h)
		from, to := max(0, int(h.start)-80), min(len(f.low), int(h.end)+80)
		about := aboutIt(f, h)
		switch {
		case about || p.policy.Listed:
		case f.said() && figures(f.low[from:to], 1) > 0 && p.has(listFigures):
		case manyMeanings[f.low[h.start:h.end]] && !p.ownFigures(f, h):
			return true
		default:
			g.severity = Review
		}
		field, a, b := int(h.field), from, to
		if about {
			field, a, b = -1, 0, 0
		}
		if g, keep := p.unlessPublic(g, field, a, b); keep {
			found = append(found, g)
		}
		return len(found) < maxFindings
	})
	return found
}

// manyMeanings are words of finance that also speak of advice, weather, flights and queues.
var manyMeanings = map[string]bool{"guidance": true, "forecast": true, "forecasts": true, "backlog": true, "churn": true, "previsionnel": true, "atterrissage": true, "business plan": true, "monthly revenue": true}

// What guidance is given to, and what is forecast where the word is a verb or is of a study of a market.
var (
	ofPupils   = regexp.MustCompile(`\b(?:students?|pupils?|career|academic|parental|spiritual|salary) $`)
	notOfMoney = regexp.MustCompile(`^ (?:an?|the|periods?) `)
)

// ownFigures tells whether the sentence of a word of finance gives a figure or a sum, or speaks of us and of money.
func (p *page) ownFigures(f *field, h *hit) bool {
	from, to := clause(f.low, int(h.start), int(h.end))
	shows := p.traitsOf(int(h.field), from, to, p.tongue(f.low[from:to]), cueSet{}, false, ours|aSum|aNumber)
	switch word, behind := f.low[h.start:h.end], f.low[h.end:min(len(f.low), int(h.end)+16)]; {
	case word == "guidance" && ofPupils.MatchString(f.low[max(0, int(h.start)-24):h.start]):
		return false
	case word == "forecast" && notOfMoney.MatchString(behind) && shows&ours == 0:
		return false
	}
	return shows&aSum != 0 || shows&ours != 0 && (shows&aNumber != 0 || p.has(listFigures))
}

func findMerger(p *page) (found []finding) {
	if p.public {
		return nil
	}
	n := p.count(listMerger, nil)
	p.each(listMerger, func(f *field, h *hit) bool {
		if !f.prose() {
			return true
		}
		g := p.at(h)
		if w := f.low[h.start:h.end]; (w == "nom de code" || strings.HasPrefix(w, "code")) && p.ofFreeProgram(f, h) {
			return true
		}
		if !aboutIt(f, h) && (n < 2 || !p.ofUs(f, h)) && !p.policy.Listed {
			g.severity = Review
		}
		found = append(found, g)
		return len(found) < maxFindings
	})
	return found
}

// findResults asks for the figures of results that stand on no public page.
func findResults(p *page) (found []finding) {
	if p.public {
		return nil
	}
	p.each(listFigures, func(f *field, h *hit) bool {
		if !f.prose() || p.shareOfResults(f, h) {
			return true
		}
		from, to := max(0, int(h.start)-60), min(len(f.low), int(h.end)+60)
		if figures(f.low[from:to], 1) > 0 {
			g := p.at(h)
			if p.policy.Listed {
				g.severity, g.kind = Block, Secret
			}
			if g, keep := p.unlessPublic(g, int(h.field), from, to); keep {
				found = append(found, g)
			}
		}
		return len(found) < 20
	})
	return found
}

// unlessPublic lets a finding go when the figures around it are public already. Those of a listed company must be in
// what it has announced; on another page of it they still ask, and say where that is.
func (p *page) unlessPublic(g finding, field, from, to int) (finding, bool) {
	at, ok := p.alreadyPublic(field, from, to)
	switch {
	case !ok:
		return g, true
	case p.policy.Listed && !at.Official:
		g.severity, g.kind = Review, ""
		g.says = &Text{"Chiffres déjà sur une page publique, mais pas dans une annonce officielle : " + shown(at.Address), "Figures on a public page already, but in no official announcement: " + shown(at.Address)}
		return g, true
	}
	p.placed = append(p.placed, at)
	return g, false
}

// alreadyPublic tells whether the figures of the lines between two places of a field, or for field -1 all sums and
// all shares of results of the item, stand in public, at least one of them; and where, the worst of the places.
func (p *page) alreadyPublic(field, from, to int) (worst Place, ok bool) {
	if p.known == nil {
		return Place{}, false
	}
	if field >= 0 {
		low := p.fields[field].low
		from = 1 + strings.LastIndexByte(low[:from], '\n')
		if k := strings.IndexByte(low[to:], '\n'); k >= 0 {
			to += k
		} else {
			to = len(low)
		}
	}
	all := p.figures()
	if len(all) > mostStatements {
		return Place{}, false
	}
	for _, s := range all {
		if field >= 0 && (s.field != field || s.start < from || s.end > to) {
			continue
		}
		at, found := p.known.find(s.keys)
		if !found {
			return Place{}, false
		}
		if !ok || worst.before(at) {
			worst, ok = at, true
		}
	}
	return worst, ok
}

// findPublicFigures says where the figures stand that would else have asked.
func findPublicFigures(p *page) (found []finding) {
	if p.public {
		return nil
	}
	if at, ok := p.alreadyPublic(-1, 0, 0); ok && (!p.policy.Listed || at.Official) {
		return []finding{{field: -1, quote: at.Address}}
	}
	for _, at := range p.placed {
		found = append(found, finding{field: -1, quote: at.Address})
	}
	return found
}

func findQuiet(p *page) []finding {
	if p.sorted.id == "financial_news" && p.policy.quiet(p.day) {
		return []finding{{field: -1}}
	}
	return nil
}
