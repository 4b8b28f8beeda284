package extract

import (
	"strings"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// Some programs set blanks into a PDF where no gap is, and gaps where no blank is: what reads "pi led l angu age"
// shows "compiled language". On a page whose blanks are no gaps, words are told apart by the gaps alone.
const (
	gapSample  = 64  // blanks of a page that are measured
	leastGaps  = 8   // of them that must lie on a line between two letters
	falseShare = 10  // percent of them without a gap from which the page's blanks are not believed
	noGap      = .06 // of the height of the letters
	wordGap    = .12
	mostGlyphs = 20_000 // of one page that are measured
)

// box is the place of a letter, with the room that its font leaves beside it.
type box struct{ left, right, top, bottom float64 }

func (r *pdfReader) box(text references.FPDF_TEXTPAGE, at int) (box, bool) {
	got, err := r.engine.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: at})
	if err != nil {
		return box{}, false
	}
	b := box{float64(got.Rect.Left), float64(got.Rect.Right), float64(got.Rect.Top), float64(got.Rect.Bottom)}
	return b, b.top > b.bottom && b.right > b.left
}

// gap is the room between two letters of one line as a share of their height; false when they do not stand side
// by side from left to right.
func gap(a, b box) (share float64, beside bool) {
	height := min(a.top-a.bottom, b.top-b.bottom)
	overlap := min(a.top, b.top) - max(a.bottom, b.bottom)
	share = (b.left - a.right) / max(height, .1)
	return share, overlap > height/2 && share > -.3 && b.left > a.left
}

// spaced gives the text of a page with its words told apart by gaps, when its blanks lie; else as it came. letters
// are its glyphs.
func (r *pdfReader) spaced(page references.FPDF_TEXTPAGE, text string, letters []rune) string {
	if !r.blanksLie(page, letters) {
		return r.mended(page, text, letters)
	}
	var out strings.Builder
	var last box
	known, line := false, true // line: nothing stands on it yet
	for i, c := range letters {
		switch c {
		case '\r', '\n':
			out.WriteRune(c)
			line = true
			continue
		case ' ', '\u00a0':
			continue
		}
		if c == 0 {
			continue
		}
		b, ok := r.box(page, i)
		if !line && ok && known {
			if share, beside := gap(last, b); !beside || share > wordGap {
				out.WriteByte(' ')
			}
		}
		if ok {
			last, known = b, true
		}
		line = false
		out.WriteRune(c)
	}
	return out.String()
}

// letters are the characters of a page, one for each glyph: those of the text, or, where PDFium has left some out
// of it, asked for one by one.
func (r *pdfReader) letters(page references.FPDF_TEXTPAGE, text []rune, glyphs int) []rune {
	if len(text) == glyphs {
		return text
	}
	all := make([]rune, glyphs)
	for i := range all {
		if u, err := r.engine.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: page, Index: i}); err == nil {
			all[i] = rune(u.Unicode)
		}
	}
	return all
}

// blanksLie measures blanks over the whole page.
func (r *pdfReader) blanksLie(page references.FPDF_TEXTPAGE, letters []rune) bool {
	var blanks []int
	for i := 1; i+1 < len(letters); i++ {
		if letters[i] == ' ' && isPlain(letters[i-1]) && isPlain(letters[i+1]) {
			blanks = append(blanks, i)
		}
	}
	step := max(1, len(blanks)/gapSample)
	measured, lies := 0, 0
	for k := 0; k < len(blanks); k += step {
		a, known := r.box(page, blanks[k]-1)
		b, ok := r.box(page, blanks[k]+1)
		share, beside := gap(a, b)
		if !known || !ok || !beside {
			continue
		}
		if measured++; share < noGap {
			lies++
		}
	}
	return measured >= leastGaps && lies*100 > measured*falseShare
}

func isPlain(c rune) bool { return c > ' ' && c != '\u00a0' }
