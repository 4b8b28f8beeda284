package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/references"
)

// A PDF knows no tables and no forms, only words at places. PDFium reads a column of labels and the column of their
// values one after the other, and what is written in a field nowhere near its label. Here lines that stand side by
// side are put together: "label, tab, value" for columns, "label : value" for fields.
const (
	longestBeside = 80  // letters of a line that may stand beside another
	longestLabel  = 40  // of one that names what stands at its right
	mostBeside    = 300 // lines of a page whose place is asked for
	columnGap     = 1.5 // of the height of the letters: what stands wider apart on a line are cells
	columnDrift   = 4.0 // points that the edges of one column may differ
	fieldReach    = 250 // points between a label and its field
)

// pdfPiece is a line of a page, or a cell of one, and its place.
type pdfPiece struct {
	text   string
	at     box
	known  bool // where it stands
	values []pdfField
	beside []int // pieces that were put to its left, from the left
	moved  bool  // to another
	first  bool  // of its line
}

// pdfField is what somebody has written in a field of a form.
type pdfField struct {
	value, tip, name string
	at               box
}

// beside gives the text of a page with the lines of label columns and the fields of its form beside their labels.
func (r *pdfReader) beside(page references.FPDF_TEXTPAGE, text string, letters []rune, fields []pdfField) string {
	pieces := r.pieces(page, text, letters)
	paired := pairColumns(pieces)
	var loose []string
	for _, f := range fields {
		if at := labelOf(pieces, f.at); at >= 0 {
			pieces[at].values = append(pieces[at].values, f)
			continue
		}
		loose = append(loose, f.labelled())
	}
	var out strings.Builder
	if !paired && len(loose) == len(fields) && !slices.ContainsFunc(pieces, func(p pdfPiece) bool { return !p.first }) {
		out.WriteString(text)
		pieces = nil
	}
	for i := range pieces {
		p := &pieces[i]
		if p.first && i > 0 {
			out.WriteString("\r\n")
		}
		if p.moved {
			continue
		}
		if !p.first && len(pieces[i-1].values) == 0 {
			out.WriteByte('\t')
		}
		for _, k := range p.beside {
			out.WriteString(pieces[k].shown() + "\t")
		}
		out.WriteString(p.shown())
	}
	for _, l := range loose {
		out.WriteString("\n" + l + "\t")
	}
	return out.String()
}

// shown is a piece with what is written in its fields.
func (p *pdfPiece) shown() string {
	if len(p.values) == 0 {
		return p.text
	}
	slices.SortStableFunc(p.values, func(a, b pdfField) int { return int(a.at.left - b.at.left) })
	s := strings.TrimRight(p.text, " _.…:\u00a0") + " :"
	for _, f := range p.values {
		s += " " + f.value
	}
	return s + "\t"
}

// labelled is a field that stands beside no label: with its tip, or a name that is a word.
func (f pdfField) labelled() string {
	label := strings.TrimRight(flat(f.tip, maxLine), " :")
	if last, _ := utf8.DecodeLastRuneInString(f.name); label == "" && countLetters(f.name) >= 3 && !unicode.IsDigit(last) {
		label = strings.Join(strings.FieldsFunc(flat(f.name, maxLine), func(c rune) bool { return c == '_' || c == ' ' }), " ")
	}
	if label == "" {
		return f.value
	}
	return label + " : " + f.value
}

// pieces gives the lines of a page, cut where a gap is as wide as between columns, with their places. Where the text
// and the glyphs are not the same lines nothing is known of places.
func (r *pdfReader) pieces(page references.FPDF_TEXTPAGE, text string, letters []rune) []pdfPiece {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	var spans [][2]int
	from := 0
	for i, c := range letters {
		if c == '\n' {
			to := i
			if to > from && letters[to-1] == '\r' {
				to--
			}
			spans = append(spans, [2]int{from, to})
			from = i + 1
		}
	}
	spans = append(spans, [2]int{from, len(letters)})
	var all []pdfPiece
	asked := 0
	for i, l := range lines {
		if len(spans) != len(lines) || asked >= mostBeside {
			all = append(all, pdfPiece{text: l, first: true})
			continue
		}
		cells, ok := r.cells(page, l, letters, spans[i][0], spans[i][1])
		if ok {
			asked++
		}
		all = append(all, cells...)
	}
	return all
}

// cells gives one line as the pieces between its wide gaps.
func (r *pdfReader) cells(page references.FPDF_TEXTPAGE, line string, letters []rune, from, to int) (cells []pdfPiece, asked bool) {
	whole := []pdfPiece{{text: line, first: true}}
	for from < to && !isPlain(letters[from]) {
		from++
	}
	for from < to && !isPlain(letters[to-1]) {
		to--
	}
	if n := to - from; n < 2 || n > longestBeside || strings.HasSuffix(line, "\u0002") || strings.HasSuffix(line, "\ufffe") {
		return whole, false
	}
	a, known := r.box(page, from)
	b, ok := r.box(page, to-1)
	height := max(a.top-a.bottom, b.top-b.bottom)
	if !known || !ok || !level(a, b) || b.right < a.left {
		return whole, true
	}
	whole[0].at, whole[0].known = span(a, b), true
	// Only a line that is wider than its letters can be has such a gap.
	if b.right-a.left < (float64(to-from)*.45+1)*height || strings.TrimSpace(line) != string(letters[from:to]) {
		return whole, true
	}
	start, left := from, a
	for i := from + 1; i < to-1; i++ {
		if isPlain(letters[i]) || !isPlain(letters[i-1]) {
			continue
		}
		next := i
		for next < to-1 && !isPlain(letters[next]) {
			next++
		}
		c, known := r.box(page, i-1)
		d, ok := r.box(page, next)
		share, beside := gap(c, d)
		if known && ok && beside && share > columnGap && (len(cells) > 0 || saysMore(letters[start:i])) {
			cells = append(cells, pdfPiece{text: string(letters[start:i]), at: span(left, c), known: true, first: start == from})
			start, left = next, d
		}
	}
	if start == from {
		return whole, true
	}
	return append(cells, pdfPiece{text: string(letters[start:to]), at: span(left, b), known: true}), true
}

// saysMore tells whether the first piece of a line is more than the number of a heading or the mark of an entry.
func saysMore(piece []rune) bool {
	run, digits := 0, 0
	for _, c := range piece {
		if unicode.IsDigit(c) {
			digits++
		}
		if run++; !unicode.IsLetter(c) {
			run = 0
		}
		if run >= 2 || digits >= 4 {
			return true
		}
	}
	return false
}

// span is the place of a line from its first letter and its last.
func span(a, b box) box {
	return box{a.left, b.right, max(a.top, b.top), min(a.bottom, b.bottom)}
}

// level tells whether two things stand on one line, in letters of much the same height.
func level(a, b box) bool {
	small, large := a.top-a.bottom, b.top-b.bottom
	if small > large {
		small, large = large, small
	}
	return min(a.top, b.top)-max(a.bottom, b.bottom) > small/2 && small*2 > large
}

// pairColumns puts the lines of a column of labels before those at their right, and tells whether there are any. A
// column whose lines mostly go on from the line before is text, and stays as it is.
func pairColumns(pieces []pdfPiece) (paired bool) {
	type pair struct{ left, right int }
	var pairs []pair
	right := make([]int, len(pieces))
	for i := range pieces {
		right[i] = nearest(pieces, i, 1)
	}
	for i, k := range right {
		if k >= 0 && pieces[i].alone(pieces, i) && pieces[k].alone(pieces, k) && nearest(pieces, k, -1) == i {
			pairs = append(pairs, pair{i, k})
		}
	}
	slices.SortStableFunc(pairs, func(p, q pair) int { return int(pieces[p.left].at.left - pieces[q.left].at.left) })
	near := func(a, b float64) bool { return a-b < columnDrift && b-a < columnDrift }
	along := func(a, b box) bool { return near(a.left, b.left) || near(a.right, b.right) }
	for _, p := range pairs {
		all, labels := 0, 0
		for _, q := range pairs {
			if along(pieces[p.left].at, pieces[q.left].at) && along(pieces[p.right].at, pieces[q.right].at) {
				all++
				if isLabel(pieces[q.left].text) {
					labels++
				}
			}
		}
		edged := nearEdge(p.left, len(pieces)) && nearEdge(p.right, len(pieces)) && len(pieces) > 2*edge
		if len(pieces[p.left].beside) == 0 && (!isLabel(pieces[p.left].text) || labels*10 < all*7 || all == 1 && edged && !strings.HasSuffix(strings.TrimSpace(pieces[p.left].text), ":")) {
			continue
		}
		l, r := &pieces[p.left], &pieces[p.right]
		l.moved = true
		r.beside = append(append(r.beside, l.beside...), p.left)
		paired = true
	}
	return paired
}

// alone tells whether a piece is a line of its own.
func (p *pdfPiece) alone(pieces []pdfPiece, i int) bool {
	return p.first && (i+1 == len(pieces) || pieces[i+1].first)
}

// nearest gives the piece that stands next to another on its line, at its right (1) or its left (-1); -1 for none.
func nearest(pieces []pdfPiece, i, side int) int {
	best, least := -1, 0.0
	a := &pieces[i]
	if !a.known {
		return best
	}
	for k := range pieces {
		b := &pieces[k]
		if k == i || !b.known || !level(a.at, b.at) {
			continue
		}
		room := b.at.left - a.at.right
		if side < 0 {
			room = a.at.left - b.at.right
		}
		if room > (a.at.top-a.at.bottom)/2 && (best < 0 || room < least) {
			best, least = k, room
		}
	}
	return best
}

// isLabel tells whether a line can name what stands at its right: short, and no part of a sentence.
func isLabel(s string) bool {
	s = strings.TrimSpace(s)
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	if utf8.RuneCountInString(s) > longestLabel || countLetters(s) < 2 || strings.ContainsRune(",;-.\u0002\ufffe", last) {
		return false
	}
	return unicode.IsUpper(first) || unicode.IsDigit(first) || last == ':'
}

// labelOf gives the piece that names a field: the one at its left on the same line, else the one right above; -1 for
// none.
func labelOf(pieces []pdfPiece, field box) int {
	best, least := -1, 0.0
	for i := range pieces {
		p := &pieces[i]
		if !p.known || p.moved || utf8.RuneCountInString(p.text) > longestBeside || countLetters(p.text) < 2 {
			continue
		}
		height := p.at.top - p.at.bottom
		away := field.left - p.at.left // its line may reach under the field: "Nom : ______"
		if min(p.at.top, field.top)-max(p.at.bottom, field.bottom) > height/2 && away > 0 && field.left-p.at.right < fieldReach && (best < 0 || away < least) {
			best, least = i, away
		}
	}
	if best >= 0 {
		return best
	}
	for i := range pieces {
		p := &pieces[i]
		height := p.at.top - p.at.bottom
		above := p.at.bottom - field.top
		if p.known && isLabel(p.text) && above > -height/2 && above < height && p.at.left < field.right && p.at.right > field.left && (best < 0 || above < least) {
			best, least = i, above
		}
	}
	return best
}
