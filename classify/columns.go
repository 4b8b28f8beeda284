package classify

// Tables of people and of prices (domain 3.4, 3.5, 3.6). What a column holds is told by its head; whether its rows are
// people's, by their cells.
//
//	Nom	Brut	Prime        people · pay
//	Nadia F.	2 310	0
//
// A table may lie on its side: heads in the first column.

// column is what the head of a column says.
type column uint64

const (
	ofPeople  column = 1 << iota
	ofPay            // salaries, bonuses, raises
	ofIllness        // sick leave
	ofAbsence        // other absence
	ofAppraisal
	ofMark // a note or a score, which may be that of a quiz
	ofSanction
	ofDiet
	ofBelief
	ofUnion
	ofCustomers
	ofTerms    // discounts, revenue, what is owed
	ofPurchase // what something costs us
	ofCost     // the same, in a word that also means a price
	ofMargin
	ofPrice
	ofSupplier
	ofBirth
	ofHome // where somebody lives, and may be called there
	ofCandidates
	ofDecision // what was decided about a candidate
	ofTender   // lots and calls for tenders
	ofBid      // what we or others have offered there
	ofAmount
	ofForecast // what is planned
	ofResult   // revenue, earnings
	ofPeriod   // months, quarters
	ofTarget   // companies that may be bought
	ofValue    // what they are held to be worth
	ofDispute
	ofProvision
	ofPlace // doors, safes
	ofCode  // that opens them
	ofLogin
	ofPassword
	ofHost    // read in the cells: addresses inside a network
	ofFirm    // said in words that leave no doubt that it is about people
	ofWeak    // whose people are surnames alone
	ofNothing // that this is about weights or surfaces
	ofClients // read in the cells: customers
	ofExcess  // more is stored than may be
)

// columnHeads are the words that stand at the head of each kind of column.
var columnHeads = []struct {
	is    column
	heads map[string]bool
}{
	{ofPeople, words.set("table people")}, {ofPay, words.set("table pay")}, {ofIllness, words.set("table illness")}, {ofAbsence, words.set("table absence")},
	{ofAppraisal, words.set("table appraisal")}, {ofMark, words.set("table mark")}, {ofSanction, words.set("table sanction")}, {ofDiet, words.set("table diet")},
	{ofBelief, words.set("table belief")}, {ofUnion, words.set("table union")}, {ofCustomers, words.set("table customers")}, {ofTerms, words.set("table terms")},
	{ofPurchase, words.set("table purchase")}, {ofCost, words.set("table cost")}, {ofMargin, words.set("table margin")}, {ofPrice, words.set("table price")},
	{ofSupplier, words.set("table supplier")}, {ofBirth, words.set("table birth")}, {ofHome, words.set("table home")}, {ofCandidates, words.set("table candidates")}, {ofDecision, words.set("table decision")},
	{ofTender, words.set("table tender")}, {ofBid, words.set("table bid")}, {ofAmount, words.set("table amount")}, {ofForecast, words.set("table forecast")},
	{ofResult, words.set("table result")}, {ofPeriod, words.set("table period")}, {ofTarget, words.set("table target")}, {ofValue, words.set("table value")},
	{ofDispute, words.set("table dispute")}, {ofProvision, words.set("table provision")}, {ofPlace, words.set("table place")}, {ofCode, words.set("table code")},
	{ofLogin, words.set("table login")}, {ofPassword, words.set("table password")}, {ofFirm, words.set("table firm")}, {ofNothing, words.set("table measure")},
}

// allHeads are the heads of all columns, with what each says.
var allHeads = func() map[string]column {
	all := map[string]column{}
	for i := range columnHeads {
		for h := range columnHeads[i].heads {
			all[h] |= columnHeads[i].is
		}
	}
	return all
}()

// headsIn is what the words of a cell are as the head of a column, 0 when they are none.
func headsIn(w *cellWords) (is column) {
	if len(w.all) > 8 {
		return 0
	}
	at := 0
	for i, word := range w.all {
		if headLeads.mayBegin(w.whole[at:]) {
			to := at - 1
			for _, next := range w.all[i:min(len(w.all), i+4)] {
				to += 1 + len(next)
				is |= allHeads[w.whole[at:to]]
			}
		}
		at += len(word) + 1
	}
	return is
}

var (
	medicalCells = words.set("table cells illness")
	beliefCells  = words.set("table cells belief")
	dietCells    = words.set("table cells allergy")
	sureStaff    = words.set("table staff")
)

// dossier is what a table holds, with the cell that tells it.
type dossier struct {
	is    column
	field int
	at    extent
	below []extent // the cells of its column
}

// dossiers reads the tables: each gives the kinds of its columns that count, its people and its numbers.
func (p *page) dossiers() []dossier {
	if p.dossier != nil {
		return *p.dossier
	}
	all := []dossier{}
	if !p.public {
		tables := p.tables()
		for i := range tables {
			t := &tables[i]
			found := p.dossiersOf(t)
			if len(found) == 0 {
				side := t.turned()
				found = p.dossiersOf(&side)
			}
			for _, below := range t.headedAgain() {
				found = append(found, p.dossiersOf(&below)...)
			}
			found = append(found, t.entries()...)
			if all = append(all, found...); len(all) >= maxFindings {
				break
			}
		}
		all = append(all, p.labelled()...)
	}
	p.dossier = &all
	return all
}

func (p *page) dossiersOf(t *table) (found []dossier) {
	heads := t.rows[0]
	kinds := make([]column, len(heads))
	has := column(0)
	for c := range heads {
		kinds[c] = heads[c].folded().heads
		has |= kinds[c]
	}
	note := func(c int, is column) { found = append(found, dossier{is, t.field, heads[c].extent, t.below(c)}) }
	t.hosts(note)
	found = append(found, t.listed(p, note)...)
	if has == 0 {
		return found
	}
	people := -1
	for c := range heads {
		if len(t.rows) > 1 && t.ofPeople(c, kinds[c]&(ofPeople|ofCandidates) != 0) {
			people = c
			break
		}
	}
	t.matters(kinds, people, note)
	if people < 0 {
		t.surnames(kinds, note)
	}
	for c, k := range kinds {
		switch {
		case c == people || k == 0:
		case people >= 0 && k&ofPay != 0 && t.numbers(c):
			note(c, ofPay)
		case people >= 0 && k&ofIllness != 0 && t.filled(c):
			note(c, ofIllness)
		case people >= 0 && k&(ofAppraisal|ofSanction|ofBelief|ofUnion) != 0 && t.filled(c):
			note(c, k&(ofAppraisal|ofSanction|ofBelief|ofUnion))
		case people >= 0 && k&(ofAbsence|ofMark|ofDiet) != 0 && t.filled(c):
			note(c, k&(ofAbsence|ofMark|ofDiet))
		}
	}
	if people >= 0 {
		for c := range heads {
			if c == people {
				continue
			}
			for _, kind := range []struct {
				words map[string]bool
				is    column
				only  column // of the column's head
			}{{medicalCells, ofIllness, 0}, {beliefCells, ofBelief, 0}, {dietCells, ofIllness, ofDiet}} {
				if kind.only&kinds[c] == kind.only && t.says(c, kind.words) {
					note(c, kind.is)
				}
			}
		}
	}
	for c, k := range kinds {
		if k&ofCustomers == 0 || !t.names(c) {
			continue
		}
		for d, other := range kinds {
			if d != c && other&(ofTerms|ofMargin) != 0 && t.numbers(d) {
				note(d, ofTerms)
			}
		}
	}
	for c, k := range kinds {
		rest := has &^ k
		for d, other := range kinds {
			if d != c && other == k {
				rest |= other
			}
		}
		if !t.numbers(c) {
			continue
		}
		switch {
		case k&ofPurchase != 0 && rest&(ofMargin|ofPrice|ofSupplier) != 0, k&ofMargin != 0 && rest&(ofPurchase|ofCost|ofPrice|ofSupplier) != 0, k&(ofPrice|ofCost) != 0 && rest&ofSupplier != 0:
			note(c, ofMargin)
		case k&ofPurchase != 0:
			note(c, ofPurchase)
		}
	}
	return found
}

// ofValues are the kinds whose cells are values of people and of doors, which are not shown.
const ofValues = ofBirth | ofHome | ofPay | ofCode | ofPassword | ofHost

// ofPrivate are those whose cells, beside the name of a person, are nobody's business.
const ofPrivate = ofIllness | ofUnion | ofBelief | ofAbsence | ofMark | ofDiet

// inTables makes the finder of some kinds of columns; those of hold ask, the others have the severity of the rule.
func inTables(kinds, hold column, says *Text) func(p *page) []finding {
	return func(p *page) (found []finding) {
		for _, d := range p.dossiers() {
			if d.is&kinds == 0 {
				continue
			}
			g := finding{field: d.field, start: d.at.from, end: d.at.to, says: says, cells: d.below, covered: d.is&ofValues != 0, private: d.is&ofPrivate != 0}
			if d.is&kinds&^hold == 0 || d.is&ofWeak != 0 {
				g.severity = Review
			}
			found = append(found, g)
		}
		return found
	}
}
