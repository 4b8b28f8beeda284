package classify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tables that are drawn with signs or blanks in a text, as in Markdown and in the text of a PDF, and labels that
// stand apart from their values.

// drawnTables finds the tables of a text whose cells are parted by bars, by two blanks or more, or, below a line of heads, by
// nothing more than the end of a name.
func drawnTables(raw string, field, most int) (all []grid) {
	var rows [][]gridCell
	by, lines := 0, 0 // how the cells of the table are parted
	flush := func() {
		if len(rows) > 1 && len(all) < most {
			all = append(all, grid{field: field, rows: rows})
		}
		rows, by = nil, 0
	}
	for at := 0; at < len(raw) && len(all) < most; lines++ {
		end := len(raw)
		if n := strings.IndexByte(raw[at:], '\n'); n >= 0 {
			end = at + n
		}
		line := raw[at:end]
		var row []gridCell
		how := 0
		switch {
		case len(line) > 400 || strings.IndexByte(line, '\t') >= 0:
		case strings.IndexByte(line, '|') >= 0:
			row, how = partedBy(raw, at, end, func(s string) (int, int) { n := strings.IndexByte(s, '|'); return n, n + 1 }), '|'
		case strings.Contains(line, "  "):
			row, how = partedBy(raw, at, end, blanks), ' '
		case len(line) > 0 && len(line) <= mostCellText:
			if row = headLine(raw, at, end); row != nil {
				flush()
				how = 'n'
			} else if by == 'n' && len(rows) <= mostRows {
				row, how = nameFirst(raw, at, end), 'n'
			}
		}
		switch {
		case ruled(line) && by != 0:
		case len(row) < 2:
			if end > at {
				flush()
			}
		case by != 0 && how != by:
			flush()
			rows, by = append(rows, row), how
		case len(rows) <= mostRows:
			rows, by = append(rows, row), how
		}
		at = end + 1
	}
	flush()
	return all
}

// ruled tells whether a line only draws a line.
func ruled(s string) bool { return s != "" && strings.Trim(s, "|-:+= \t") == "" }

// partedBy gives the cells of a line between what next finds; those that are empty at its ends are none.
func partedBy(raw string, at, end int, next func(s string) (from, to int)) (row []gridCell) {
	for at <= end && len(row) < mostColumns {
		stop, after := end, end+1
		if from, to := next(raw[at:end]); from >= 0 {
			stop, after = at+from, at+to
		}
		if strings.TrimSpace(raw[at:stop]) != "" {
			row = append(row, gridCell{at, stop})
		}
		at = after
	}
	return row
}

// blanks finds two blanks or more.
func blanks(s string) (from, to int) {
	from = strings.Index(s, "  ")
	for to = from; from >= 0 && to < len(s) && s[to] == ' '; {
		to++
	}
	return from, to
}

// headLine reads a line that is made of heads of columns and nothing else: people first, then one matter.
func headLine(raw string, at, end int) []gridCell {
	line := raw[at:end]
	if len(line) > 64 || strings.Count(line, " ") > 8 || !upperFirst(line) || strings.ContainsAny(line, ".:;!?,") {
		return nil
	}
	for i := strings.IndexByte(line, ' '); i > 0 && i < len(line); {
		a, b := line[:i], strings.TrimSpace(line[i:])
		if wholeHead(a)&(ofPeople|ofCandidates) != 0 && wholeHead(b)&(ofFirm|ofBirth) != 0 {
			return []gridCell{{at, at + i}, {at + i + 1, end}}
		}
		n := strings.IndexByte(line[i+1:], ' ')
		if n < 0 {
			break
		}
		i += 1 + n
	}
	return nil
}

// wholeHead is what a cell says at the head of a column when it is one of its words, whole.
func wholeHead(s string) (is column) {
	if len(s) > 1 && asciiLetter(s[0]) && asciiLetter(s[1]) && !headBegins[s[0]|0x20][s[1]|0x20] {
		return 0
	}
	return allHeads[strings.Join(splitWords(strings.ReplaceAll(foldString(cut(s, mostCellText)), "'", " ")), " ")]
}

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// allHeads are the heads of all columns, with what each says; headBegins are the first two letters of these.
var allHeads, headBegins = func() (all map[string]column, begins [128][128]bool) {
	all = map[string]column{}
	for i := range columnHeads {
		for h := range columnHeads[i].heads {
			all[h] |= columnHeads[i].is
			if len(h) > 1 && h[0] < 128 && h[1] < 128 {
				begins[h[0]][h[1]] = true
			}
		}
	}
	return all, begins
}()

// nameFirst parts a line into the words with a capital that it begins with and the rest, which begins with a digit or a sign of money.
func nameFirst(raw string, at, end int) []gridCell {
	line := raw[at:end]
	for i, r := range line {
		if i > 0 && line[i-1] == ' ' && (unicode.IsDigit(r) || strings.ContainsRune("€$£", r)) {
			if personCell(strings.TrimSpace(line[:i])) == 0 {
				return nil
			}
			return []gridCell{{at, at + i}, {at + i, end}}
		}
	}
	return nil
}

func upperFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// labelled finds labels on lines of their own whose value and person stand on short lines near them, in any order: so
// come forms and columns out of a PDF.
func (p *page) labelled() (found []dossier) {
	const reach = 5 // lines on each side
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inText && f.spot != inBox {
			continue
		}
		var lines []gridCell // not blank, the last few
		labels := map[int]column{}
		for at := 0; at < len(f.raw) && len(labels) < 200; {
			end := len(f.raw)
			if n := strings.IndexByte(f.raw[at:], '\n'); n >= 0 {
				end = at + n
			}
			if end-at <= 60 && end-at > 2 && strings.IndexByte(f.raw[at:end], '\t') < 0 {
				if k := wholeHead(strings.TrimRight(f.raw[at:end], " :")); k&ofBirth != 0 || k&(ofPay|ofFirm) == ofPay|ofFirm {
					labels[len(lines)] = k
				}
				lines = append(lines, gridCell{at, end})
			} else if end > at {
				lines = append(lines, gridCell{at, at}) // a text
			}
			at = end + 1
		}
		for n := range lines {
			k, is := labels[n]
			if !is {
				continue
			}
			person, value := false, false
			for m := max(0, n-reach); m < min(len(lines), n+reach+1); m++ {
				s := strings.TrimSpace(f.raw[lines[m].from:lines[m].to])
				if low := foldString(s); s != "" && m != n {
					person = person || personCell(s) == 2
					value = value || k&ofBirth != 0 && dateCell.MatchString(low) || k&ofPay != 0 && digitsUpTo(s, 3) >= 3 && moneyCell.MatchString(low)
				}
			}
			if person && value && len(found) < 20 {
				found = append(found, dossier{k & (ofBirth | ofPay), i, lines[n], nil})
			}
		}
	}
	return found
}
