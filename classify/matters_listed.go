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

// listed notes what a table lists under heads of few words.
func (t *table) listed(p *page, note func(c int, is column)) (found []dossier) {
	if t.side {
		return nil // the words of its heads say too little to stand anywhere
	}
	n := len(t.rows[0])
	has := func(set map[string]bool, whole bool) int {
		for c := range n {
			if w := t.rows[0][c].folded(); whole && set[w.whole] || !whole && w.holds(set) {
				return c
			}
		}
		return -1
	}
	if c := has(clientHeads, true); c >= 0 {
		found = append(found, t.clients(c)...)
	}
	if has(fittedHeads, false) >= 0 {
		found = append(found, t.fittedAt(p)...)
	}
	if shop := has(shopHeads, true); shop == 0 {
		for c := 1; c < n; c++ {
			if t.takings(c) {
				note(c, ofForecast)
			}
		}
	}
	if held, allowed := has(heldHeads, true), has(allowedHeads, true); held >= 0 && allowed >= 0 && t.exceeds(held, allowed) {
		note(held, ofExcess)
	}
	if t.plansYear(p) {
		note(0, ofForecast)
	}
	if people := t.givenOnly(); people >= 0 {
		for c := range n {
			if c != people && t.says(c, judgedCells) {
				note(c, ofAppraisal|ofWeak)
			}
		}
	}
	return found
}

// headsList tells whether a cell may head a column of such a table.
func (w *cellWords) headsList(said string) bool {
	return clientHeads[w.whole] || shopHeads[w.whole] || heldHeads[w.whole] || allowedHeads[w.whole] || yearHead.MatchString(said) || len(w.all) < 4 && headsOneOf(w.all, fittedHeads)
}

// clients gives the cells of a column headed "customer", when two of them name companies or people.
func (t *table) clients(c int) (found []dossier) {
	for _, r := range t.rows[1:] {
		if c >= len(r) || len(found) == mostCustomers {
			continue
		}
		if all := firmWords(r[c].said, 0); len(all) > 1 && len(all) < 7 && all[0].capital && !notOrganisations[all[0].low] && (r[c].person() > 0 || firmInCell(all) >= 0) {
			found = append(found, dossier{ofClients, t.field, r[c].extent, nil})
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
func (t *table) fittedAt(p *page) (found []dossier) {
	for c := range t.rows[0] {
		if w := t.rows[0][c].folded(); headsOneOf(w.all, makerHeads) || w.heads&ofSupplier != 0 {
			continue
		}
		for _, r := range t.rows[1:] {
			if c >= len(r) || len(found) == mostCustomers {
				continue
			}
			all := firmWords(cut(r[c].said, mostCellText), r[c].at)
			i := firmInCell(all)
			if i < 0 {
				continue
			}
			first, last := firmAt(all, i)
			if name := all[first : last+1]; !p.ownFirm(name) && !p.policy.owns(foldString(p.fields[t.field].raw[all[first].at:all[last].at+len(all[last].raw)])) {
				found = append(found, dossier{ofClients, t.field, extent{all[first].at, all[last].at + len(all[last].raw)}, nil})
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
func (t *table) takings(c int) bool {
	if !t.fits(c, moneyCell) {
		return false
	}
	all := t.rows[0][c].folded().all
	if headsOneOf(all, salesWords) {
		return t.large(c) || t.fits(c, currencyCell)
	}
	return headsOneOf(all, weekWords) && t.fits(c, currencyCell)
}

// plansYear tells whether rows of accounts, with their result, have sums under this year or one to come.
func (t *table) plansYear(p *page) bool {
	result, account := false, false
	t.eachBelow(0, func(in *cell) bool {
		w := in.folded()
		result = result || w.heads&ofResult != 0 && len(w.whole) < 40
		account = account || accountRows[w.whole]
		return true
	})
	if !result || !account {
		return false
	}
	for c := range t.rows[0] {
		head := t.rows[0][c].said
		if yearHead.MatchString(head) && number(head) >= p.day.Year() && t.fits(c, moneyCell) && t.large(c) {
			return true
		}
	}
	return false
}

// exceeds tells whether a row has more under one head than under another.
func (t *table) exceeds(held, allowed int) bool {
	for _, r := range t.rows[1:] {
		if held < len(r) && allowed < len(r) {
			h, okH := amountIn(r[held].said)
			a, okA := amountIn(r[allowed].said)
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
	for _, r := range s {
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
func (t *table) givenOnly() int {
	for c := range t.rows[0] {
		if t.most(c, func(in *cell) bool {
			first, _, _ := strings.Cut(foldString(in.said), " ")
			return in.person() > 0 && givenNames[first]
		}) {
			return c
		}
	}
	return -1
}
