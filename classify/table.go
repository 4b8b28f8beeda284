package classify

import (
	"slices"
	"sort"
	"strings"
	"unicode"
)

// The tables of a text, read once for all who look into them: rows, cells with their places, and the words of a cell,
// folded when they are first asked for. Extraction writes a row as a line and parts its cells by tabs, whatever the
// document; in a text that somebody wrote, and in that of a PDF, they are parted by bars, by two blanks or more, or, below a
// line of heads, by nothing more than the end of a name (table_pairs.go).
//
//	Nom	Brut	Prime        | Nom | Brut |        Nom    Brut        Nom Brut
//	Nadia F.	2 310	0        |-----|------|        Nadia  2 310       Nadia 2 310

// Bounds on what is read of the tables of a page.
const (
	mostTables   = 40
	mostRows     = 60  // below the heads
	mostColumns  = 24  // of a table
	mostCells    = 128 // of a row
	mostCellText = 120 // bytes; a longer cell is a text
	mostDrawnRow = 400 // bytes; a longer line is a text, unless tabs part it
)

// extent is raw[from:to] of a text.
type extent struct{ from, to int }

// What parts the cells of a row.
const (
	byTab   = '\t'
	byBar   = '|'
	byBlank = ' ' // two or more
	byName  = 'n' // the end of a name, or of the first head
)

// row is a line of a text that has cells.
type row struct {
	extent
	by    byte
	apart bool   // no row stands right above it
	name  int    // of a row parted by a name: where that ends
	cells []cell // once they were asked for
}

// cell is a part of a row.
type cell struct {
	extent
	at    int    // where it begins to say something
	said  string // without the blanks around
	words *cellWords
	names int8 // 1 + personCell, once it was asked for
}

// cellWords are the words of a cell, folded, as the lists of heads have them.
type cellWords struct {
	all    []string
	whole  string // with one blank between them
	heads  column // what they are as the head of a column
	listed bool   // they head a column of a table that says little else (matters_listed.go)
}

// hasCells tells whether anything in the text parts cells; looked for once.
func (f *folded) hasCells() bool {
	if f.parts == nil {
		has := partedBy(f.raw) != 0
		f.parts = &has
	}
	return *f.parts
}

// rows gives the rows of the text; read once.
func (f *folded) rows() []row {
	if f.parted == nil {
		all := rowsOf(f.raw)
		f.parted = &all
	}
	return *f.parted
}

func rowsOf(raw string) (all []row) {
	apart := true
	for at, end := 0, 0; at < len(raw); at = end + 1 {
		if end = len(raw); at < end {
			if n := strings.IndexByte(raw[at:], '\n'); n >= 0 {
				end = at + n
			}
		}
		line := raw[at:end]
		if ruled(line) {
			continue
		}
		r := row{extent: extent{at, end}, by: partedBy(line), apart: apart}
		if r.by == 0 {
			if r.name = headsAlone(line); r.name > 0 {
				r.by, r.apart = byName, true
			} else if !apart && all[len(all)-1].by == byName {
				if r.name = nameFirst(line); r.name > 0 {
					r.by = byName
				}
			}
		}
		if apart = r.by == 0; !apart {
			all = append(all, r)
		}
	}
	return all
}

// ruled tells whether a line is empty or only draws a line, as rows may have them between them.
func ruled(line string) bool { return strings.Trim(line, "|-:+= \t") == "" }

// partedBy is what parts the cells of a line, 0 when nothing does.
func partedBy(line string) byte {
	switch {
	case strings.IndexByte(line, '\t') >= 0:
		return byTab
	case strings.IndexByte(line, '|') >= 0:
		return byBar
	case strings.Contains(line, "  "):
		return byBlank
	}
	return 0
}

// rowAt is the number of the row around a place, -1 without.
func (f *folded) rowAt(place int) int {
	rows := f.rows()
	i := sort.Search(len(rows), func(i int) bool { return rows[i].to >= place })
	if i == len(rows) || rows[i].from > place {
		return -1
	}
	return i
}

// cells gives the cells of a row, the first mostCells of them.
func (f *folded) cells(r *row) []cell {
	if r.cells == nil {
		r.cells = cellsOf(f.raw, r)
	}
	return r.cells
}

func cellsOf(raw string, r *row) (all []cell) {
	add := func(from, to int) {
		s := strings.TrimLeftFunc(raw[from:to], unicode.IsSpace)
		all = append(all, cell{extent: extent{from, to}, at: to - len(s), said: strings.TrimSpace(s)})
	}
	line := raw[r.from:r.to]
	if r.by == byName {
		add(r.from, r.from+r.name)
		add(r.from+r.name, r.to)
		return all
	}
	part := string(rune(r.by))
	switch trimmed := strings.TrimSpace(line); {
	case r.by == byBlank:
		part = "  "
	case r.by == byBar && strings.HasPrefix(trimmed, "||") && strings.HasSuffix(trimmed, "||"):
		part = "||" // heads as some wikis write them
	}
	all = make([]cell, 0, min(mostCells, 1+strings.Count(line, part)))
	for at := r.from; at <= r.to && len(all) < mostCells; {
		stop, next := r.to, r.to+1
		if n := strings.Index(raw[at:r.to], part); n >= 0 {
			stop, next = at+n, at+n+len(part)
			for r.by == byBlank && next < r.to && raw[next] == ' ' {
				next++
			}
		}
		edge := at == r.from || stop == r.to
		if r.by == byTab || !edge || strings.TrimSpace(raw[at:stop]) != "" { // at its ends a row is drawn, without a cell there
			add(at, stop)
		}
		at = next
	}
	return all
}

// fillsCell tells whether raw[from:to] is all that a cell says, in a row of several.
func (f *folded) fillsCell(from, to int) bool {
	i := f.rowAt(from)
	if i < 0 {
		return false
	}
	cells := f.cells(&f.rows()[i])
	return len(cells) > 1 && slices.ContainsFunc(cells, func(c cell) bool { return c.inner() == extent{from, to} })
}

// folded gives the words of the cell; folded once.
func (c *cell) folded() *cellWords {
	if c.words == nil {
		c.words = wordsOfCell(c.said)
	}
	return c.words
}

// noWords are those of a cell without a letter or digit.
var noWords = &cellWords{}

func wordsOfCell(said string) *cellWords {
	all := headWords(said)
	if len(all) == 0 {
		return noWords
	}
	w := &cellWords{all: all, whole: strings.Join(all, " ")}
	if len(said) <= mostCellText {
		w.heads = headsIn(w)
		w.listed = w.headsList(said)
	}
	return w
}

// headWords are the words of the head of a column.
func headWords(s string) []string {
	return splitWords(strings.ReplaceAll(foldString(cut(s, mostCellText)), "'", " "))
}

// person is personCell of the cell; asked once.
func (c *cell) person() int {
	if c.names == 0 {
		c.names = int8(1 + personCell(c.said))
	}
	return int(c.names - 1)
}

// table is rows of a field that belong together, the heads first.
type table struct {
	field int
	rows  [][]cell
	side  bool // its heads stood in the first column
}

// tables gives the tables of what people wrote to be read; read once.
func (p *page) tables() []table {
	if p.tabled != nil {
		return *p.tabled
	}
	var all []table
	for i := range p.fields {
		switch f := &p.fields[i]; f.spot {
		case inText, inTemplate, inBox, inNotes, inComment:
			all = append(all, tablesOf(&f.folded, i, mostTables-len(all))...)
		}
	}
	p.tabled = &all
	return all
}

// tablesOf finds the tables of a text: rows right below each other that the same thing parts.
func tablesOf(f *folded, field, most int) (all []table) {
	var rows [][]cell
	by := byte(0)
	end := func() {
		if len(rows) > 1 {
			all = append(all, table{field: field, rows: rows})
		}
		rows, by = nil, 0
	}
	lines := f.rows()
	for i := range lines {
		r := &lines[i]
		if r.apart || r.by != by {
			end()
		}
		if len(all) >= most {
			return all
		}
		switch {
		case r.by != byTab && (r.to-r.from > mostDrawnRow || len(f.cells(r)) < 2):
			end()
		case len(rows) <= mostRows:
			cells := f.cells(r)
			rows, by = append(rows, cells[:min(len(cells), mostColumns)]), r.by
		}
	}
	end()
	return all
}

// turned is the table with its rows as columns.
func (t *table) turned() table {
	on := table{field: t.field, side: true}
	for c := range t.rows[0] {
		var row []cell
		for _, r := range t.rows {
			if c < len(r) && len(row) < mostColumns {
				row = append(row, r[c])
			}
		}
		on.rows = append(on.rows, row)
	}
	return on
}

// headedAgain gives the tables that begin inside one, at rows that look like heads.
func (t *table) headedAgain() (all []table) {
	for i := 1; i+1 < len(t.rows) && len(all) < 8; i++ {
		row := t.rows[i]
		heads, seen := 0, column(0)
		for c := range row {
			s := row[c].said
			k := row[c].folded().heads
			if row[c].folded().listed {
				k |= ofClients | ofExcess
			}
			if k != 0 && strings.Count(s, " ") < 4 && (k&ofClients != 0 || !moneyCell.MatchString(s)) {
				heads++
				seen |= k
			}
		}
		if heads > 1 && 2*heads >= len(row) && seen&(seen-1) != 0 || heads > 0 && len(row) != len(t.rows[i-1]) {
			all = append(all, table{field: t.field, rows: t.rows[i:]})
		}
	}
	return all
}
