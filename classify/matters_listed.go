package classify

import (
	"regexp"
	"strconv"
	"strings"
)

// Tables that say little in their heads: customers and companies that things were delivered to, takings of shops, a plan
// for the coming year, quantities above what is allowed, and what is thought of people (domain 3.5, 3.6, 3.7, 3.11).

var (
	clientHeads  = words.set("table clients")  // whole heads
	fittedHeads  = words.set("table fitted")   // that say that the rows are what we delivered or built
	makerHeads   = words.set("table makers")   // of columns whose companies are no customers
	shopHeads    = words.set("table shops")    // whole heads
	salesWords   = words.set("table sales")    // words of heads
	weekWords    = words.set("table weeks")    // months, and words for a week
	accountRows  = words.set("table accounts") // rows of a plan beside its result
	heldHeads    = words.set("table held")     // what is stored
	allowedHeads = words.set("table allowed")  // and what may be
	judgedCells  = words.set("table judged")   // what one says of people whom one rates
	yearHead     = regexp.MustCompile(`^20\d\d$`)
	currencyCell = regexp.MustCompile(`\d ?(?:[km]?€|k\b|eur|£|\$)|[£$€] ?\d`)
)

// headWords are the words of the head of a column.
func (g *grid) headWords(raw string, c int) []string {
	at := g.rows[0][c]
	return splitWords(strings.ReplaceAll(foldString(cut(raw[at.from:at.to], mostCellText)), "'", " "))
}

// listed notes what a table lists under heads of few words.
func (g *grid) listed(p *page, raw string, note func(c int, is column)) (found []dossier) {
	if g.side {
		return nil // the words of its heads say too little to stand anywhere
	}
	n := len(g.rows[0])
	has := func(set map[string]bool, whole bool) int {
		for c := range n {
			all := g.headWords(raw, c)
			if whole && set[strings.Join(all, " ")] {
				return c
			}
			for i := range all {
				if !whole && (set[all[i]] || i+1 < len(all) && set[all[i]+" "+all[i+1]]) {
					return c
				}
			}
		}
		return -1
	}
	if c := has(clientHeads, true); c >= 0 {
		found = append(found, g.clients(raw, c)...)
	}
	if has(fittedHeads, false) >= 0 {
		found = append(found, g.fittedAt(p, raw)...)
	}
	if shop := has(shopHeads, true); shop == 0 {
		for c := 1; c < n; c++ {
			if g.takings(raw, c) {
				note(c, ofForecast)
			}
		}
	}
	if held, allowed := has(heldHeads, true), has(allowedHeads, true); held >= 0 && allowed >= 0 && g.exceeds(raw, held, allowed) {
		note(held, ofExcess)
	}
	if g.plansYear(p, raw) {
		note(0, ofForecast)
	}
	if people := g.givenOnly(raw); people >= 0 {
		for c := range n {
			if c != people && g.says(raw, c, judgedCells) {
				note(c, ofAppraisal|ofWeak)
			}
		}
	}
	return found
}

// listedHead tells whether a cell may head a column of such a table.
func listedHead(s string) bool {
	if len(s) > mostCellText || s == "" {
		return false
	}
	all := splitWords(strings.ReplaceAll(foldString(s), "'", " "))
	whole := strings.Join(all, " ")
	return clientHeads[whole] || shopHeads[whole] || heldHeads[whole] || allowedHeads[whole] || yearHead.MatchString(s) || headsOneOf(all, fittedHeads) && len(all) < 4
}

// clients gives the cells of a column headed "customer", when two of them name companies or people.
func (g *grid) clients(raw string, c int) (found []dossier) {
	for _, r := range g.rows[1:] {
		if c >= len(r) || len(found) == mostCustomers {
			continue
		}
		s := strings.TrimSpace(raw[r[c].from:r[c].to])
		if all := firmWords(s, 0); len(all) > 1 && len(all) < 7 && all[0].capital && !notOrganisations[all[0].low] && (personCell(s) > 0 || firmInCell(all) >= 0) {
			found = append(found, dossier{ofClients, g.field, r[c], nil})
		}
	}
	if len(found) < 2 {
		return nil
	}
	return found
}

// firmInCell is the place of a word for a trade or a company's form, or -1.
func firmInCell(all []firmWord) int {
	for i := range all {
		if first, _ := firmAt(all, i); first >= 0 {
			return i
		}
	}
	return -1
}

// fittedAt gives the companies that stand in the cells of a table of what was delivered or built.
func (g *grid) fittedAt(p *page, raw string) (found []dossier) {
	for c := range g.rows[0] {
		if headsOneOf(g.headWords(raw, c), makerHeads) || headed(strings.TrimSpace(raw[g.rows[0][c].from:g.rows[0][c].to]))&ofSupplier != 0 {
			continue
		}
		for _, r := range g.rows[1:] {
			if c >= len(r) || len(found) == mostCustomers {
				continue
			}
			all := firmWords(cut(raw[r[c].from:r[c].to], mostCellText), r[c].from)
			i := firmInCell(all)
			if i < 0 {
				continue
			}
			first, last := firmAt(all, i)
			if name := all[first : last+1]; !p.ownFirm(name) && !p.policy.owns(foldString(raw[all[first].at:all[last].at+len(all[last].raw)])) {
				found = append(found, dossier{ofClients, g.field, gridCell{all[first].at, all[last].at + len(all[last].raw)}, nil})
			}
		}
	}
	return found
}

func headsOneOf(all []string, set map[string]bool) bool {
	for _, w := range all {
		if set[w] {
			return true
		}
	}
	return false
}

// takings tells whether a column of a table of shops holds what they sold: sums under a month, or under a word for sales.
func (g *grid) takings(raw string, c int) bool {
	if !g.fits(raw, c, moneyCell) {
		return false
	}
	all := g.headWords(raw, c)
	if headsOneOf(all, salesWords) {
		return g.large(raw, c) || g.fits(raw, c, currencyCell)
	}
	return headsOneOf(all, weekWords) && g.fits(raw, c, currencyCell)
}

// plansYear tells whether rows of accounts, with their result, have sums under this year or one to come.
func (g *grid) plansYear(p *page, raw string) bool {
	result, account := false, false
	g.eachBelow(raw, 0, func(s string) bool {
		low := foldString(cut(s, mostCellText))
		result = result || headed(s)&ofResult != 0 && len(low) < 40
		account = account || accountRows[strings.Join(splitWords(low), " ")]
		return true
	})
	if !result || !account {
		return false
	}
	for c := range g.rows[0] {
		head := strings.TrimSpace(raw[g.rows[0][c].from:g.rows[0][c].to])
		if yearHead.MatchString(head) && number(head) >= p.day.Year() && g.fits(raw, c, moneyCell) && g.large(raw, c) {
			return true
		}
	}
	return false
}

// exceeds tells whether a row has more under one head than under another.
func (g *grid) exceeds(raw string, held, allowed int) bool {
	for _, r := range g.rows[1:] {
		if held < len(r) && allowed < len(r) {
			h, okH := amountIn(raw[r[held].from:r[held].to])
			a, okA := amountIn(raw[r[allowed].from:r[allowed].to])
			if okH && okA && h > a {
				return true
			}
		}
	}
	return false
}

// amountIn reads the number that begins a cell: "1 200 l", "2.5 t".
func amountIn(s string) (float64, bool) {
	digits := ""
	for _, r := range strings.TrimSpace(s) {
		switch {
		case r >= '0' && r <= '9' || r == '.':
			digits += string(r)
		case r == ',':
			digits += "."
		case r != ' ' && r != '\u00a0' && r != '\u202f':
			v, err := strconv.ParseFloat(digits, 64)
			return v, err == nil
		}
	}
	v, err := strconv.ParseFloat(digits, 64)
	return v, err == nil
}

// givenOnly is the column whose cells are given names, or -1.
func (g *grid) givenOnly(raw string) int {
	for c := range g.rows[0] {
		if g.most(raw, c, func(s string) bool {
			first, _, _ := strings.Cut(foldString(s), " ")
			return personCell(s) > 0 && givenNames[first]
		}) {
			return c
		}
	}
	return -1
}
