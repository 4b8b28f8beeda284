package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/references"
)

const (
	fewLetters   = 5   // words of one letter that make a line one of letters set apart
	setApart     = 1.2 // of the height of the letters: what stands wider apart are columns
	betweenWords = 1.6 // times the usual gap of such a line
)

// mended gives the text of a page whose blanks can be believed, but for two kinds: those that hide under a ligature
// (di\ufb00 erent) and those between letters that are set apart, as titles, marks and listings are (N O T E).
func (r *pdfReader) mended(page references.FPDF_TEXTPAGE, text string, letters []rune) string {
	var out strings.Builder
	changed := false
	for from := 0; from < len(letters); {
		to := from
		for to < len(letters) && letters[to] != '\n' && letters[to] != '\r' {
			to++
		}
		switch line := letters[from:to]; {
		case lettered(line):
			joined, ok := r.joined(page, line, from)
			changed = changed || ok
			out.WriteString(joined)
		default:
			for i, c := range line {
				if c == ' ' && afterLigature(line, i) && r.touch(page, from+i-1, from+i+1) {
					changed = true
					continue
				}
				if c != 0 {
					out.WriteRune(c)
				}
			}
		}
		for from = to; from < len(letters) && (letters[from] == '\n' || letters[from] == '\r'); from++ {
			out.WriteRune(letters[from])
		}
	}
	if !changed {
		return text
	}
	return out.String()
}

// afterLigature tells whether a blank stands between letters behind two that fonts draw as one.
func afterLigature(line []rune, at int) bool {
	if at < 2 || at+1 >= len(line) || !unicode.IsLower(line[at+1]) {
		return false
	}
	switch string(line[at-2 : at]) {
	case "ff", "fi", "fl", "fj", "ft", "Th", "tt", "ti", "ct", "st":
		return true
	}
	return false
}

// touch tells whether two letters of one line stand without a gap.
func (r *pdfReader) touch(page references.FPDF_TEXTPAGE, left, right int) bool {
	a, known := r.box(page, left)
	b, ok := r.box(page, right)
	share, _ := gap(a, b)
	// A ligature is as wide as both of its letters, and what follows may begin under it.
	return known && ok && share > -.5 && share < noGap && b.left > a.left && min(a.top, b.top)-max(a.bottom, b.bottom) > 0
}

// lettered tells whether most words of a line are single letters.
func lettered(line []rune) bool {
	words, single := 0, 0
	for i, c := range line {
		if c == ' ' || i > 0 && line[i-1] != ' ' {
			continue
		}
		if words++; unicode.IsLetter(c) && (i+1 == len(line) || line[i+1] == ' ') {
			single++
		}
	}
	return single >= fewLetters && single*10 >= words*7
}

// joined puts the letters of such a line together that are no farther apart than is usual in it.
func (r *pdfReader) joined(page references.FPDF_TEXTPAGE, line []rune, from int) (string, bool) {
	if len(line) > 2000 {
		return string(line), false
	}
	type placed struct {
		letter rune
		gap    float64 // before it; 0 for the first
	}
	var all []placed
	var gaps []float64
	var last box
	for i, c := range line {
		if c == ' ' || c == '\u00a0' || c == 0 {
			continue
		}
		b, ok := r.box(page, from+i)
		if !ok {
			return string(line), false
		}
		share := 0.0
		if len(all) > 0 {
			var beside bool
			if share, beside = gap(last, b); !beside {
				return string(line), false
			}
			gaps = append(gaps, share)
		}
		all, last = append(all, placed{c, share}), b
	}
	slices.Sort(gaps)
	usual := gaps[len(gaps)/2]
	if usual <= noGap || usual > setApart {
		return string(line), false
	}
	var out strings.Builder
	for _, p := range all {
		if p.gap > usual*betweenWords {
			out.WriteByte(' ')
		}
		out.WriteRune(p.letter)
	}
	return out.String(), true
}
