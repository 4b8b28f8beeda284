package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"filon/classify"
)

// textWidth is the number of terminal columns that text takes: combining marks and joiners none,
// East Asian wide letters and emoji two (Unicode Annex 11).
func textWidth(text string) int {
	n := 0
	for _, r := range text {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		if unicode.IsControl(r) || r == '\u00ad' {
			return 0
		}
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// fit cuts text to at most columns, ending it with … when something is missing.
func fit(text string, columns int) string {
	if textWidth(text) <= columns {
		return text
	}
	if columns < 1 {
		return ""
	}
	var b strings.Builder
	left := columns - 1
	for _, r := range text {
		if left -= runeWidth(r); left < 0 {
			break
		}
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), " ") + "…"
}

// column is one column of a table. Exactly the columns that Give share what is left of the terminal
// when the rows are too wide; the others keep the width of their widest cell. A cell that must stay
// whole, such as an address for copying, belongs into a column that does not give, the last one.
type column struct {
	Head  T
	Right bool // numbers
	Gives bool // may be cut with …
	Least int  // columns that a giving column keeps; 0 means 8
}

// cell is one value and how it is coloured, when colours are used.
type cell struct {
	Text  string
	Style style
}

// table prints rows under their headings, fitted to the terminal. When the result goes to a file or
// a pipe nothing is cut. Cells may hold any text: it is made safe to print.
func (s *speaker) table(columns []column, rows [][]cell) {
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = textWidth(s.in(c.Head))
	}
	for _, row := range rows {
		for i := range row {
			row[i].Text = oneLine(row[i].Text)
			widths[i] = max(widths[i], textWidth(row[i].Text))
		}
	}
	if s.width > 0 {
		shrink(widths, columns, s.width-2*(len(columns)-1))
	}
	head := make([]cell, len(columns))
	for i, c := range columns {
		head[i] = cell{s.in(c.Head), bold}
	}
	s.row(columns, widths, head)
	for _, row := range rows {
		s.row(columns, widths, row)
	}
}

func (s *speaker) row(columns []column, widths []int, row []cell) {
	var b strings.Builder
	for i, c := range row {
		text := fit(c.Text, widths[i])
		pad := strings.Repeat(" ", widths[i]-textWidth(text))
		if c.Style != "" {
			text = s.paint(c.Style, text)
		}
		switch {
		case columns[i].Right:
			text = pad + text
		case i < len(row)-1:
			text += pad
		}
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(text)
	}
	s.raw(b.String() + "\n")
}

// shrink takes from the widest giving column until all fit into room, or none can give more.
func shrink(widths []int, columns []column, room int) {
	total := 0
	for _, w := range widths {
		total += w
	}
	for ; total > room; total-- {
		widest := -1
		for i, c := range columns {
			least := c.Least
			if least == 0 {
				least = 8
			}
			if c.Gives && widths[i] > least && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		widths[widest]--
	}
}

// verdictCell shows a verdict so that it reads without colour: a mark, then the words.
func (s *speaker) verdictCell(outcome classify.Outcome) cell {
	v, ok := verdictWords[outcome]
	if !ok {
		return cell{Text: string(outcome)}
	}
	return cell{v.mark + " " + s.in(v.words), v.style}
}

var verdictWords = map[classify.Outcome]struct {
	mark  string
	words T
	style style
}{
	classify.Publishable:   {"✓", T{FR: "publiable", EN: "publishable"}, green},
	classify.NeedsEdit:     {"~", T{FR: "à retoucher", EN: "needs edit"}, yellow},
	classify.NeedsApproval: {"?", T{FR: "à valider", EN: "needs approval"}, blue},
	classify.Never:         {"✗", T{FR: "jamais", EN: "never"}, red},
	classify.NotProposed:   {"·", T{FR: "non proposé", EN: "not proposed"}, dim},
	classify.Unreadable:    {"!", T{FR: "illisible", EN: "unreadable"}, purple},
}
