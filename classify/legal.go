package classify

// Law suits, contracts, whistleblowing (domain 3.3, 3.6).

var legalRules = []Rule{
	{ID: "legal/whistleblowing", Severity: Block, Kind: Unlawful, Hard: true, Approver: "compliance", Basis: "loi 2016-1691 (Sapin II) art. 9", Source: "domain 3.6: whistleblowing",
		Says: Text{"Alerte professionnelle, enquête interne ou harcèlement", "Whistleblowing, internal investigation or harassment"}, find: either(keptBack(unlessTaught(findAlert), nil), unlessTaught(findBeside("legal alert told", "legal alert hushed")))},
	{ID: "legal/litigation", Severity: Block, Kind: Secret, Approver: "legal", Basis: "loi 71-1130 art. 66-5 ; secret des affaires", Source: "domain 3.6: litigation, counsel",
		Says: Text{"Contentieux ou échange avec un avocat", "Litigation or exchange with counsel"}, find: either(closesBySigns(true, unlessTaught(findLitigation)), inTables(ofProvision, ofProvision, &Text{"Tableau de litiges et de provisions", "A table of disputes and provisions"}))},
	{ID: "legal/contract", Severity: Block, Kind: Secret, Approver: "legal", Basis: "secret des affaires, C. com. L151-1", Source: "domain 3.3: contracts, NDA",
		Says: Text{"Texte d'un contrat ou d'un accord de confidentialité", "The text of a contract or a non-disclosure agreement"}, find: unlessTaught(findContract)},
}

var (
	listAlert      = words.list("legal alert")
	listAlertTopic = words.list("legal alert topic")
	listLitigation = words.list("legal litigation")
	listContract   = words.list("legal contract")
)

// findAlert tells a case from an article about such cases: a case has a person, a report or an
// inquiry in it and is not on the public site.
func findAlert(p *page) (found []finding) {
	if p.public {
		return nil
	}
	topic := 0
	p.each(listAlertTopic, func(f *field, h *hit) bool {
		if f.spot == inTitle || f.spot == inH1 || f.spot == inHeading {
			topic++
		}
		return true
	})
	p.each(listAlert, func(f *field, h *hit) bool {
		if !f.prose() {
			return true
		}
		g := p.at(h)
		switch {
		case aboutIt(f, h) && topic == 0, p.personNear(g.field, g.start, g.end, personReach):
		case topic > 0:
			return true
		default:
			g.severity = Review
		}
		found = append(found, g)
		return true
	})
	return found
}

func findLitigation(p *page) (found []finding) {
	if p.public {
		return nil
	}
	p.each(listLitigation, func(f *field, h *hit) bool {
		if !f.prose() {
			return true
		}
		g := p.at(h)
		if !aboutIt(f, h) {
			g.severity = Review
		}
		found = append(found, g)
		return true
	})
	return found
}

// findContract wants two phrases of a contract, or one as the subject.
func findContract(p *page) (found []finding) {
	if p.public {
		return nil
	}
	n := p.count(listContract, nil)
	p.each(listContract, func(f *field, h *hit) bool {
		if !f.prose() {
			return true
		}
		g := p.at(h)
		switch {
		case aboutIt(f, h) || n >= 2:
		default:
			g.severity, g.approver = Review, "legal"
		}
		found = append(found, g)
		return true
	})
	return found
}
