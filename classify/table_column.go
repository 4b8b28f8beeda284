package classify

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What the cells of a column of a table hold.

// below gives the places of what the cells of a column say below its head, but for the empty ones.
func (t *table) below(c int) (places []extent) {
	for _, r := range t.rows[1:] {
		if c < len(r) && r[c].said != "" {
			places = append(places, r[c].inner())
		}
	}
	return places
}

// inner is the place of what a cell says, without the blanks around.
func (c *cell) inner() extent { return extent{c.at, c.at + len(c.said)} }

// eachBelow calls do with the cells of a column below its head that say something, until it says no.
func (t *table) eachBelow(c int, do func(in *cell) bool) {
	for _, r := range t.rows[1:] {
		if c < len(r) {
			if s := r[c].said; s != "" && s != "-" && s != "–" && !do(&r[c]) {
				return
			}
		}
	}
}

// most tells whether at least half of the cells of a column pass, and one.
func (t *table) most(c int, pass func(in *cell) bool) bool {
	n, passed := 0, 0
	t.eachBelow(c, func(in *cell) bool {
		n++
		if len(in.said) <= mostCellText && pass(in) {
			passed++
		}
		return true
	})
	return passed > 0 && 2*passed >= n
}

// numbers tells whether the cells of a column are numbers.
func (t *table) numbers(c int) bool {
	return t.most(c, func(in *cell) bool { return mostlyNumber(in.said) })
}

// filled tells whether a column has cells that say something, and half of them not too much.
func (t *table) filled(c int) bool { return t.most(c, func(*cell) bool { return true }) }

// names tells whether the cells of a column are names: they begin with a capital and are short.
func (t *table) names(c int) bool {
	return t.most(c, func(in *cell) bool { return upperFirst(in.said) && strings.Count(in.said, " ") < 5 })
}

// says tells whether a cell of a column holds one of some words.
func (t *table) says(c int, words map[string]bool) (yes bool) {
	t.eachBelow(c, func(in *cell) bool {
		yes = in.folded().holds(words)
		return !yes
	})
	return yes
}

// holds tells whether one of the words of a cell, or two in a row, are in a list.
func (w *cellWords) holds(words map[string]bool) bool {
	for i, word := range w.all {
		if words[word] || i+1 < len(w.all) && words[word+" "+w.all[i+1]] {
			return true
		}
	}
	return false
}

// fits tells whether at least half of the cells of a column, and one, have a shape; cells are compared folded.
func (t *table) fits(c int, shape *regexp.Regexp) bool {
	return t.most(c, func(in *cell) bool {
		return len(in.said) <= 40 && hasDigit(in.said) && shape.MatchString(foldString(in.said))
	})
}

// large tells whether a column holds a number of four digits or more: what is offered for a work and no price of a thing.
func (t *table) large(c int) (yes bool) {
	t.eachBelow(c, func(in *cell) bool {
		yes = digitsUpTo(in.said, 4) >= 4
		return !yes
	})
	return yes
}

// ofPeople tells whether the cells of a column name people. Under a head that speaks of people one that surely does is
// enough beside others with capitals; under any other head most must.
func (t *table) ofPeople(c int, said bool) bool {
	n, sure, maybe := 0, 0, 0
	t.eachBelow(c, func(in *cell) bool {
		n++
		switch in.person() {
		case 2:
			sure++
		case 1:
			maybe++
		}
		return true
	})
	if said {
		staff := slices.ContainsFunc(t.rows[0][c].folded().all, func(w string) bool { return sureStaff[w] })
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
