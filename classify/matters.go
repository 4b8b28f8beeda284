package classify

import (
	"regexp"
	"strings"
)

// Tables whose heads name the matter (domain 3.4, 3.6, 3.7, 3.8): birth dates, candidates, bids, forecasts, targets,
// disputes, codes, hosts; and tables of people who are surnames alone.

var (
	rejectedCells = words.set("table cells decision")
	unionCells    = words.set("table cells union")
	dateCell      = regexp.MustCompile(`^(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2}(?:er|st|nd|rd|th)? [a-z]{3,9}\.? (?:19|20)\d\d|[a-z]{3,9} \d{1,2},? (?:19|20)\d\d)$`)
	insideIP      = regexp.MustCompile(`^(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?:/\d{1,2}|:\d{2,5})?$`)
	codeCell      = regexp.MustCompile(`^[a-z]?\d[\d ]{2,8}[a-z#*]?$`)
	moneyCell     = regexp.MustCompile(`^[-+±~ ]{0,2}(?:[€$£] ?)?\d[\d .,\x{a0}\x{202f}]*(?:(?:k|m|md|bn|mio)? ?(?:€|\$|£|eur|euros?|usd|gbp|chf)|k|m|bn)?(?: ?(?:ht|ttc|brut|net|gross))?$`)
)

// matters notes the columns whose heads name the matter; people is the column of the people, or -1.
func (t *table) matters(kinds []column, people int, note func(c int, is column)) {
	has := func(k column) int {
		for c := range kinds {
			if kinds[c]&k != 0 {
				return c
			}
		}
		return -1
	}
	first := column(0) // what the cells of the first column would be as heads
	t.eachBelow(0, func(in *cell) bool { first |= in.folded().heads; return true })
	lone := func(c int, k column) bool { // another column has the kind, or is under the head in the first
		for d := range kinds {
			if d != c && kinds[d]&k != 0 {
				return true
			}
		}
		return c != 0 && first&k != 0
	}
	for c, k := range kinds {
		switch {
		case c == people:
		case people >= 0 && k&ofBirth != 0 && t.fits(c, dateCell):
			note(c, ofBirth)
		case people >= 0 && k&ofHome != 0 && t.filled(c):
			note(c, ofHome)
		case k&ofDecision != 0 && has(ofCandidates) >= 0 && has(ofCandidates) != c && t.says(c, rejectedCells):
			note(c, ofDecision)
		case k&ofBid != 0 && t.fits(c, moneyCell) && lone(c, ofTender|ofBid|ofSupplier), k&ofAmount != 0 && t.fits(c, moneyCell) && has(ofSupplier) >= 0 && has(ofSupplier) != c && t.large(c):
			note(c, ofBid)
		case k&ofForecast != 0 && t.moneyBeside(c) && lone(c, ofResult):
			note(c, ofForecast)
		case k&ofResult != 0 && has(ofPeriod) >= 0 && has(ofPeriod) != c && t.fits(c, moneyCell) && lone(c, ofResult|ofMargin):
			note(c, ofForecast)
		case k&ofValue != 0 && has(ofTarget) >= 0 && has(ofTarget) != c && t.fits(c, moneyCell) && t.names(has(ofTarget)):
			note(c, ofValue)
		case k&ofProvision != 0 && has(ofDispute) >= 0 && has(ofDispute) != c && t.fits(c, moneyCell):
			note(c, ofProvision)
		case k&(ofCode|ofNothing) == ofCode && lone(c, ofPlace|ofLogin) && t.fits(c, codeCell):
			note(c, ofCode)
		case k&ofPassword != 0 && lone(c, ofLogin) && t.most(c, func(in *cell) bool {
			return len(in.said) >= 4 && !strings.ContainsAny(in.said, " \u00a0") && !dotted(in.said)
		}):
			note(c, ofPassword)
		}
	}
}

// hosts notes the columns that hold two addresses inside a network, or nothing else.
func (t *table) hosts(note func(c int, is column)) {
	for c := range t.rows[0] {
		n, all := 0, 0
		t.eachBelow(c, func(in *cell) bool {
			all++
			if s := in.said; len(s) <= 24 && insideIP.MatchString(s) && !exampleIPs[s] {
				n++
			}
			return true
		})
		if n > 1 || n > 0 && n == all {
			note(c, ofHost)
		}
	}
}

// exampleIPs stand in every lesson about networks.
var exampleIPs = setOf("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 10.0.0.0 192.168.0.0 192.168.0.0/24 192.168.1.0/24 192.168.1.1 192.168.0.1 192.168.1.254")

// dotted tells whether a cell only stands for what was taken out.
func dotted(s string) bool {
	return strings.Trim(s, "*•.-_xX…") == "" || strings.HasPrefix(s, maskedLead)
}

// surnames notes what the table tells of people whose column holds surnames alone. The head of the matter, or its
// cells, must then leave no doubt, and somebody is asked.
func (t *table) surnames(kinds []column, note func(c int, is column)) {
	people := -1
	for c := range kinds {
		if kinds[c]&ofPeople != 0 && kinds[c]&^(ofPeople|ofCandidates|ofFirm) == 0 && t.most(c, func(in *cell) bool { return in.person() > 0 }) {
			people = c
			break
		}
	}
	if people < 0 {
		return
	}
	marks := 0
	for _, k := range kinds {
		if k&(ofMark|ofAppraisal) != 0 {
			marks++
		}
	}
	for c, k := range kinds {
		firm := k&ofFirm != 0
		switch {
		case c == people || k&ofNothing != 0:
		case k&ofPay != 0 && firm && t.fits(c, moneyCell):
			note(c, ofPay|ofWeak)
		case k&ofBirth != 0 && t.fits(c, dateCell):
			note(c, ofBirth)
		case k&ofHome != 0 && t.filled(c):
			note(c, ofHome)
		case k&ofIllness != 0 && firm && t.filled(c), k&(ofIllness|ofAbsence) != 0 && t.says(c, medicalCells):
			note(c, ofIllness|ofWeak)
		case k&ofUnion != 0 && (firm && t.filled(c) || t.says(c, unionCells)):
			note(c, ofUnion|ofWeak)
		case k&ofBelief != 0 && (firm && t.filled(c) || t.says(c, beliefCells)):
			note(c, ofBelief|ofWeak)
		case k&ofSanction != 0 && firm && t.filled(c):
			note(c, ofSanction|ofWeak)
		case k&ofAppraisal != 0 && (firm || marks > 1) && t.filled(c):
			note(c, ofAppraisal|ofWeak)
		}
	}
}

// moneyBeside tells whether a column of sums stands at c, or beside a column that names the case.
func (t *table) moneyBeside(c int) bool {
	if t.fits(c, moneyCell) {
		return true
	}
	return c == 0 && len(t.rows[0]) > 1 && t.fits(1, moneyCell)
}

// entries reads rows that say everything themselves: a person, the matter, and how much.
func (t *table) entries() (found []dossier) {
	for _, row := range t.rows {
		if len(row) < 3 || len(found) >= 20 {
			continue
		}
		person, sum := false, false
		matter, at := column(0), extent{}
		for i := range row {
			c := &row[i]
			switch {
			case len(c.said) > 60 || c.said == "":
			case c.person() == 2:
				person = true
			case hasDigit(c.said) && moneyCell.MatchString(foldString(c.said)) && digitsUpTo(c.said, 3) >= 3:
				sum = true
			case c.folded().heads&(ofPay|ofFirm) == ofPay|ofFirm:
				matter, at = ofPay, c.extent
			}
		}
		if person && sum && matter != 0 {
			found = append(found, dossier{matter, t.field, at, nil})
		}
	}
	return found
}

// tablesNotPublic makes the finder of tables whose figures stand on no public page; they ask.
func tablesNotPublic(kinds column, says *Text) func(p *page) []finding {
	find := inTables(kinds, kinds, says)
	return func(p *page) (found []finding) {
		for _, g := range find(p) {
			if g, keep := p.unlessPublic(g, g.field, g.start, g.end); keep {
				found = append(found, g)
			}
		}
		return found
	}
}
