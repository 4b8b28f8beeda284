package classify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tables of people and of prices (domain 3.4, 3.5, 3.6). Extraction writes a row as a line and parts its cells by tabs,
// whatever the document. What a column holds is told by its head; whether its rows are people's, by their cells.
//
//	Nom	Brut	Prime        people · pay
//	Nadia F.	2 310	0
//
// A table may lie on its side: heads in the first column.

// Bounds on what is read of the tables of one field.
const (
	mostTables   = 40
	mostColumns  = 24
	mostCellText = 120 // bytes; a longer cell is a text
)

// grid is a table: the places of its cells in the field, row by row, the head first.
type grid struct {
	field int
	rows  [][]gridCell
	side  bool // its heads stood in the first column
}

type gridCell struct{ from, to int }

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

var (
	medicalCells = words.set("table cells illness")
	beliefCells  = words.set("table cells belief")
	dietCells    = words.set("table cells allergy")
	sureStaff    = words.set("table staff")
)

// tables gives the tables of what people wrote to be read; read once.
func (p *page) tables() []grid {
	if p.grids != nil {
		return *p.grids
	}
	var all []grid
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inText && f.spot != inTemplate && f.spot != inBox && f.spot != inNotes && f.spot != inComment {
			continue
		}
		if strings.IndexByte(f.raw, '\t') >= 0 {
			all = append(all, tablesOf(f.raw, i, mostTables-len(all))...)
		}
		all = append(all, drawnTables(f.raw, i, mostTables-len(all))...)
	}
	p.grids = &all
	return all
}

// tablesOf finds the tables of a text: lines in a row that have tabs.
func tablesOf(raw string, field, most int) (all []grid) {
	var rows [][]gridCell
	flush := func() {
		if len(rows) > 1 && len(all) < most {
			all = append(all, grid{field: field, rows: rows})
		}
		rows = nil
	}
	for at := 0; at < len(raw) && len(all) < most; {
		end := len(raw)
		if n := strings.IndexByte(raw[at:], '\n'); n >= 0 {
			end = at + n
		}
		if strings.IndexByte(raw[at:end], '\t') < 0 {
			if end > at { // rows may have blank lines between them
				flush()
			}
		} else if len(rows) <= mostRows {
			rows = append(rows, cellsOf(raw, at, end))
		}
		at = end + 1
	}
	flush()
	return all
}

func cellsOf(raw string, at, end int) (row []gridCell) {
	for at <= end && len(row) < mostColumns {
		stop := end
		if n := strings.IndexByte(raw[at:end], '\t'); n >= 0 {
			stop = at + n
		}
		row = append(row, gridCell{at, stop})
		at = stop + 1
	}
	return row
}

// turned is the table with its rows as columns.
func (g *grid) turned() grid {
	t := grid{field: g.field, side: true}
	for c := range g.rows[0] {
		var row []gridCell
		for _, r := range g.rows {
			if c < len(r) && len(row) < mostColumns {
				row = append(row, r[c])
			}
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// headed is what a cell says at the head of a column, 0 when it is no such head.
func headed(s string) (is column) {
	if s == "" || len(s) > mostCellText {
		return 0
	}
	all := splitWords(strings.ReplaceAll(foldString(s), "'", " "))
	if len(all) > 8 {
		return 0
	}
	for from := range all {
		for to := from + 1; to <= min(len(all), from+4); to++ {
			is |= allHeads[strings.Join(all[from:to], " ")]
		}
	}
	return is
}

// dossier is what a table holds, with the cell that tells it.
type dossier struct {
	is    column
	field int
	at    gridCell
	below []gridCell // the cells of its column
}

// dossiers reads the tables: each gives the kinds of its columns that count, its people and its numbers.
func (p *page) dossiers() []dossier {
	if p.dossier != nil {
		return *p.dossier
	}
	all := []dossier{}
	if !p.public {
		for _, g := range p.tables() {
			found := p.dossiersOf(&g)
			if len(found) == 0 && len(g.rows[0]) <= mostColumns {
				side := g.turned()
				found = p.dossiersOf(&side)
			}
			for _, below := range g.headedAgain(p.fields[g.field].raw) {
				found = append(found, p.dossiersOf(&below)...)
			}
			found = append(found, p.entriesOf(&g)...)
			if all = append(all, found...); len(all) >= maxFindings {
				break
			}
		}
		all = append(all, p.labelled()...)
	}
	p.dossier = &all
	return all
}

func (p *page) dossiersOf(g *grid) (found []dossier) {
	raw := p.fields[g.field].raw
	heads := g.rows[0]
	kinds := make([]column, len(heads))
	has := column(0)
	for c, at := range heads {
		kinds[c] = headed(strings.TrimSpace(raw[at.from:at.to]))
		has |= kinds[c]
	}
	note := func(c int, is column) { found = append(found, dossier{is, g.field, heads[c], g.below(raw, c)}) }
	g.hosts(raw, note)
	found = append(found, g.listed(p, raw, note)...)
	if has == 0 {
		return found
	}
	people := -1
	for c := range heads {
		if len(g.rows) > 1 && g.ofPeople(raw, c, kinds[c]&(ofPeople|ofCandidates) != 0) {
			people = c
			break
		}
	}
	g.matters(raw, kinds, people, note)
	if people < 0 {
		g.surnames(raw, kinds, note)
	}
	for c, k := range kinds {
		switch {
		case c == people || k == 0:
		case people >= 0 && k&ofPay != 0 && g.numbers(raw, c):
			note(c, ofPay)
		case people >= 0 && k&ofIllness != 0 && g.filled(raw, c):
			note(c, ofIllness)
		case people >= 0 && k&(ofAppraisal|ofSanction|ofBelief|ofUnion) != 0 && g.filled(raw, c):
			note(c, k&(ofAppraisal|ofSanction|ofBelief|ofUnion))
		case people >= 0 && k&(ofAbsence|ofMark|ofDiet) != 0 && g.filled(raw, c):
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
				if kind.only&kinds[c] == kind.only && g.says(raw, c, kind.words) {
					note(c, kind.is)
				}
			}
		}
	}
	for c, k := range kinds {
		if k&ofCustomers == 0 || !g.names(raw, c) {
			continue
		}
		for d, other := range kinds {
			if d != c && other&(ofTerms|ofMargin) != 0 && g.numbers(raw, d) {
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
		if !g.numbers(raw, c) {
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

// below gives the cells of a column below its head that are not empty, without the blanks around what they say.
func (g *grid) below(raw string, c int) (cells []gridCell) {
	for _, r := range g.rows[1:] {
		if c < len(r) {
			s := raw[r[c].from:r[c].to]
			if said := strings.TrimSpace(s); said != "" {
				from := r[c].from + strings.Index(s, said)
				cells = append(cells, gridCell{from, from + len(said)})
			}
		}
	}
	return cells
}

// eachBelow calls do with the cells of a column below its head that are not empty, until it says no.
func (g *grid) eachBelow(raw string, c int, do func(s string) bool) {
	for _, r := range g.rows[1:] {
		if c < len(r) {
			if s := strings.TrimSpace(raw[r[c].from:r[c].to]); s != "" && s != "-" && s != "–" && !do(s) {
				return
			}
		}
	}
}

// most tells whether at least half of the cells of a column pass, and one.
func (g *grid) most(raw string, c int, pass func(s string) bool) bool {
	n, passed := 0, 0
	g.eachBelow(raw, c, func(s string) bool {
		n++
		if len(s) <= mostCellText && pass(s) {
			passed++
		}
		return true
	})
	return passed > 0 && 2*passed >= n
}

func (g *grid) numbers(raw string, c int) bool { return g.most(raw, c, mostlyNumber) }

func (g *grid) filled(raw string, c int) bool {
	return g.most(raw, c, func(string) bool { return true })
}

// names tells whether the cells of a column are names: they begin with a capital and are short.
func (g *grid) names(raw string, c int) bool {
	return g.most(raw, c, func(s string) bool {
		r, _ := utf8.DecodeRuneInString(s)
		return unicode.IsUpper(r) && strings.Count(s, " ") < 5
	})
}

// says tells whether a cell of a column holds one of some words.
func (g *grid) says(raw string, c int, words map[string]bool) (yes bool) {
	g.eachBelow(raw, c, func(s string) bool {
		all := splitWords(strings.ReplaceAll(foldString(cut(s, mostCellText)), "'", " "))
		for i, w := range all {
			yes = yes || words[w] || i+1 < len(all) && words[w+" "+all[i+1]]
		}
		return !yes
	})
	return yes
}

// ofPeople tells whether the cells of a column name people. Under a head that speaks of people one that surely does is
// enough beside others with capitals; under any other head most must.
func (g *grid) ofPeople(raw string, c int, said bool) bool {
	n, sure, maybe := 0, 0, 0
	g.eachBelow(raw, c, func(s string) bool {
		n++
		switch personCell(s) {
		case 2:
			sure++
		case 1:
			maybe++
		}
		return true
	})
	if said {
		head := g.rows[0][c]
		staff := false
		for _, w := range splitWords(foldString(cut(raw[head.from:head.to], mostCellText))) {
			staff = staff || sureStaff[w]
		}
		return (sure > 0 || staff) && 2*(sure+maybe) >= n
	}
	return sure > 0 && 2*sure >= n
}

// personCell is 2 for a cell that names a person, 1 for one that may: one to four words with capitals.
func personCell(s string) int {
	if len(s) > 60 {
		return 0
	}
	all := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\u00a0' || r == ',' })
	if len(all) == 0 || len(all) > 5 {
		return 0
	}
	known, capitals := false, 0
	for i, w := range all {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case titlesOfPeople[foldString(strings.Trim(w, "."))] && i == 0 && len(all) > 1:
			known = true
			continue
		case nameParticles[w] || w == "le":
			continue
		case !unicode.IsUpper(r) || strings.ContainsAny(w, "0123456789%€$/"):
			return 0
		}
		capitals++
		first, _, _ := strings.Cut(foldString(w), "-")
		initial := len(w) == 2 && w[1] == '.' && len(all) > 1
		known = known || initial || givenNames[first]
	}
	switch {
	case known && len(all) > 1:
		return 2
	case known || capitals > 0 && len(all) > 1:
		return 1
	}
	return int(one(capitals > 0))
}

var titlesOfPeople = setOf("m mr mme mlle mrs ms miss madame monsieur")

// mostlyNumber tells whether a cell is a number, with its unit at most.
func mostlyNumber(s string) bool {
	digits, others := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case unicode.IsLetter(r):
			others++
		}
	}
	return digits > 0 && others <= 6
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
