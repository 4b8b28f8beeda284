package classify

// Money that is not known yet (domain 3.7).

var financeRules = []Rule{
	{ID: "finance/unpublished", Severity: Block, Kind: Secret, Approver: "finance", Basis: "secret des affaires; for a listed company MAR art. 7, 10, 14", Source: "domain 3.7: unpublished figures",
		Says: Text{"Chiffres non publiés, prévisions ou budget", "Unpublished figures, forecast or budget"}, find: findUnpublished},
	{ID: "finance/merger", Severity: Block, Kind: Secret, Approver: "finance", Basis: "secret des affaires; for a listed company MAR art. 7, 10, 14", Source: "domain 3.7: mergers and acquisitions",
		Says: Text{"Projet d'acquisition ou de cession", "An acquisition or disposal in preparation"}, find: findMerger},
	{ID: "finance/results", Severity: Review, Approver: "finance", Basis: "secret des affaires; for a listed company MAR art. 7", Source: "domain 3.7: results",
		Says: Text{"Chiffres financiers : sont-ils déjà publics ?", "Financial figures: are they public already?"}, find: findResults},
	{ID: "finance/quiet-period", Severity: Review, Approver: "finance", Basis: "MAR art. 19(11); AMF", Source: "domain 3.7: quiet period",
		Says: Text{"Période de silence : la direction financière doit valider", "Quiet period: finance must agree"}, find: findQuiet},
}

var (
	listUnpublished = words.list("finance unpublished")
	listMerger      = words.list("finance merger")
	listFigures     = words.list("finance figures")
)

// findUnpublished blocks when the item is about it, has figures beside the words, or when the company
// is listed; else it asks.
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
		switch {
		case aboutIt(f, h) || p.policy.Listed:
		case f.spot == inText && figures(f.low[from:to], 1) > 0 && p.has(listFigures):
		default:
			g.severity = Review
		}
		found = append(found, g)
		return len(found) < maxFindings
	})
	return found
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
		if !aboutIt(f, h) && n < 2 && !p.policy.Listed {
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
		if !f.prose() {
			return true
		}
		from, to := max(0, int(h.start)-60), min(len(f.low), int(h.end)+60)
		if figures(f.low[from:to], 1) > 0 {
			g := p.at(h)
			if p.policy.Listed {
				g.severity, g.kind = Block, Secret
			}
			found = append(found, g)
		}
		return len(found) < 20
	})
	return found
}

func findQuiet(p *page) []finding {
	if p.sorted.id == "financial_news" && p.policy.quiet(p.day) {
		return []finding{{field: -1}}
	}
	return nil
}
