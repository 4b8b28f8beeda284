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
func (g *grid) matters(raw string, kinds []column, people int, note func(c int, is column)) {
	has := func(k column) int {
		for c := range kinds {
			if kinds[c]&k != 0 {
				return c
			}
		}
		return -1
	}
	first := column(0) // what the cells of the first column would be as heads
	g.eachBelow(raw, 0, func(s string) bool { first |= headed(s); return true })
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
		case people >= 0 && k&ofBirth != 0 && g.fits(raw, c, dateCell):
			note(c, ofBirth)
		case people >= 0 && k&ofHome != 0 && g.filled(raw, c):
			note(c, ofHome)
		case k&ofDecision != 0 && has(ofCandidates) >= 0 && has(ofCandidates) != c && g.says(raw, c, rejectedCells):
			note(c, ofDecision)
		case k&ofBid != 0 && g.fits(raw, c, moneyCell) && lone(c, ofTender|ofBid|ofSupplier), k&ofAmount != 0 && g.fits(raw, c, moneyCell) && has(ofSupplier) >= 0 && has(ofSupplier) != c && g.large(raw, c):
			note(c, ofBid)
		case k&ofForecast != 0 && g.moneyBeside(raw, c) && lone(c, ofResult):
			note(c, ofForecast)
		case k&ofResult != 0 && has(ofPeriod) >= 0 && has(ofPeriod) != c && g.fits(raw, c, moneyCell) && lone(c, ofResult|ofMargin):
			note(c, ofForecast)
		case k&ofValue != 0 && has(ofTarget) >= 0 && has(ofTarget) != c && g.fits(raw, c, moneyCell) && g.names(raw, has(ofTarget)):
			note(c, ofValue)
		case k&ofProvision != 0 && has(ofDispute) >= 0 && has(ofDispute) != c && g.fits(raw, c, moneyCell):
			note(c, ofProvision)
		case k&(ofCode|ofNothing) == ofCode && lone(c, ofPlace|ofLogin) && g.fits(raw, c, codeCell):
			note(c, ofCode)
		case k&ofPassword != 0 && lone(c, ofLogin) && g.most(raw, c, func(s string) bool { return len(s) >= 4 && !strings.ContainsAny(s, " \u00a0") && !dotted(s) }):
			note(c, ofPassword)
		}
	}
}

// hosts notes the columns that hold two addresses inside a network, or nothing else.
func (g *grid) hosts(raw string, note func(c int, is column)) {
	for c := range g.rows[0] {
		n, all := 0, 0
		g.eachBelow(raw, c, func(s string) bool {
			all++
			if len(s) <= 24 && insideIP.MatchString(s) && !exampleIPs[s] {
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
func (g *grid) surnames(raw string, kinds []column, note func(c int, is column)) {
	people := -1
	for c := range kinds {
		if kinds[c]&ofPeople != 0 && kinds[c]&^(ofPeople|ofCandidates|ofFirm) == 0 && g.most(raw, c, func(s string) bool { return personCell(s) > 0 }) {
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
		case k&ofPay != 0 && firm && g.fits(raw, c, moneyCell):
			note(c, ofPay|ofWeak)
		case k&ofBirth != 0 && g.fits(raw, c, dateCell):
			note(c, ofBirth)
		case k&ofHome != 0 && g.filled(raw, c):
			note(c, ofHome)
		case k&ofIllness != 0 && firm && g.filled(raw, c), k&(ofIllness|ofAbsence) != 0 && g.says(raw, c, medicalCells):
			note(c, ofIllness|ofWeak)
		case k&ofUnion != 0 && (firm && g.filled(raw, c) || g.says(raw, c, unionCells)):
			note(c, ofUnion|ofWeak)
		case k&ofBelief != 0 && (firm && g.filled(raw, c) || g.says(raw, c, beliefCells)):
			note(c, ofBelief|ofWeak)
		case k&ofSanction != 0 && firm && g.filled(raw, c):
			note(c, ofSanction|ofWeak)
		case k&ofAppraisal != 0 && (firm || marks > 1) && g.filled(raw, c):
			note(c, ofAppraisal|ofWeak)
		}
	}
}

// fits tells whether at least half of the cells of a column, and one, have a shape; cells are compared folded.
func (g *grid) fits(raw string, c int, shape *regexp.Regexp) bool {
	return g.most(raw, c, func(s string) bool { return len(s) <= 40 && hasDigit(s) && shape.MatchString(foldString(s)) })
}

// large tells whether a column holds a number of four digits or more: what is offered for a work and no price of a thing.
func (g *grid) large(raw string, c int) (yes bool) {
	g.eachBelow(raw, c, func(s string) bool {
		yes = yes || digitsUpTo(s, 4) >= 4
		return !yes
	})
	return yes
}

// moneyBeside tells whether a column of sums stands at c, or beside a column that names the case.
func (g *grid) moneyBeside(raw string, c int) bool {
	if g.fits(raw, c, moneyCell) {
		return true
	}
	return c == 0 && len(g.rows[0]) > 1 && g.fits(raw, 1, moneyCell)
}

// headedAgain gives the tables that begin inside one, at rows that look like heads.
func (g *grid) headedAgain(raw string) (all []grid) {
	for i := 1; i+1 < len(g.rows) && len(all) < 8; i++ {
		row := g.rows[i]
		heads, seen := 0, column(0)
		for _, c := range row {
			s := strings.TrimSpace(raw[c.from:c.to])
			k := headed(s)
			if listedHead(s) {
				k |= ofClients | ofExcess
			}
			if k != 0 && strings.Count(s, " ") < 4 && (k&ofClients != 0 || !moneyCell.MatchString(s)) {
				heads++
				seen |= k
			}
		}
		if heads > 1 && 2*heads >= len(row) && seen&(seen-1) != 0 || heads > 0 && len(row) != len(g.rows[i-1]) {
			all = append(all, grid{field: g.field, rows: g.rows[i:]})
		}
	}
	return all
}

// entriesOf reads rows that say everything themselves: a person, the matter, and how much.
func (p *page) entriesOf(g *grid) (found []dossier) {
	raw := p.fields[g.field].raw
	for _, row := range g.rows {
		if len(row) < 3 || len(found) >= 20 {
			continue
		}
		person, sum := false, false
		matter, at := column(0), gridCell{}
		for _, c := range row {
			s := strings.TrimSpace(raw[c.from:c.to])
			switch {
			case len(s) > 60 || s == "":
			case personCell(s) == 2:
				person = true
			case moneyCell.MatchString(foldString(s)) && digitsUpTo(s, 3) >= 3:
				sum = true
			case headed(s)&(ofPay|ofFirm) == ofPay|ofFirm:
				matter, at = ofPay, c
			}
		}
		if person && sum && matter != 0 {
			found = append(found, dossier{matter, g.field, at, nil})
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
