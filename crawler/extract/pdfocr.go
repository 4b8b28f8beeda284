package extract

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"

	"filon/crawler/content"
)

// ocrRun is the leave to read pictures of text in one document.
type ocrRun struct {
	OCR
	pages  int   // at most so many
	memory int64 // bytes for the program
}

// tally is what OCR has read of one document.
type tally struct {
	pages   []int
	letters int
	sure    float64 // sum over letters
	failed  int
}

// add counts one page, from 1.
func (t *tally) add(page int, text ocrText) {
	t.pages = append(t.pages, page)
	t.letters += text.letters
	t.sure += text.sure * float64(text.letters)
}

// confidence is how sure the reader is by letter, 0 to 100.
func (t *tally) confidence() int {
	if t.letters == 0 {
		return 0
	}
	return int(math.Round(t.sure / float64(t.letters)))
}

// note says in the item who read what, and what is still not read of so many pictures of text among so many pages.
// Text that was read in part, or hardly, stays needs_ocr: what is missing may be what matters.
func (t *tally) note(d *draft, shown, of int) {
	if len(t.pages) == 0 {
		return
	}
	d.OCR = content.OCR{By: d.ocr.name(), Pages: t.pages, Confidence: t.confidence()}
	switch {
	case !weighty(shown, of):
	case len(t.pages) < shown:
		d.fail(content.NeedsOCR, fmt.Sprintf("pictures of text, of which OCR read %d of %d", len(t.pages), shown))
	case t.letters < lettersOfAPage*len(t.pages), t.confidence() < sureEnough:
		d.fail(content.NeedsOCR, "pictures of text, of which OCR can read little")
	}
}

// readScans reads pages, by index, that show text as a picture, in place of what their own text says less well, until
// the leave, the time or the room for text is used up.
func (r *pdfReader) readScans(scans []int, pages [][]string) (t tally) {
	d, kept := r.draft, 0
	for _, i := range scans {
		if len(t.pages) >= d.ocr.pages || d.late() || kept > d.limit {
			break
		}
		m, err := r.render(i, ocrDPI)
		if err != nil {
			t.failed++
			continue
		}
		text, err := d.readPicture(m)
		if err != nil {
			if t.failed++; t.failed > 3 {
				break
			}
			continue
		}
		t.add(i+1, text)
		for _, l := range text.lines {
			kept += len(l)
		}
		pages[i] = merged(pages[i], text.lines)
	}
	return t
}

// readPicture reads one picture of text in what time there is.
func (d *draft) readPicture(m *image.Gray) (ocrText, error) {
	ctx := context.Background()
	if !d.deadline.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(d.deadline)+2*time.Second)
		defer cancel()
	}
	return d.ocr.read(ctx, m, d.ocr.memory)
}

// merged gives the lines of a page that was read, after those of its own text that the reader did not see.
func merged(own, read []string) []string {
	seen := map[string]bool{}
	for _, l := range read {
		seen[strings.ToLower(strings.Join(strings.Fields(l), ""))] = true
	}
	kept := slices.DeleteFunc(slices.Clone(own), func(l string) bool {
		return seen[strings.ToLower(strings.Join(strings.Fields(l), ""))]
	})
	return append(kept, pdfLines(strings.Join(read, "\n"))...)
}

var errNoPicture = errors.New("the page cannot be drawn")

// render draws one page in grey, no larger than what is read at once.
func (r *pdfReader) render(index, dpi int) (*image.Gray, error) {
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: r.document, Index: index}}
	width, err := r.engine.FPDF_GetPageWidthF(&requests.FPDF_GetPageWidthF{Page: page})
	if err != nil {
		return nil, err
	}
	height, err := r.engine.FPDF_GetPageHeightF(&requests.FPDF_GetPageHeightF{Page: page})
	if err != nil {
		return nil, err
	}
	scale := float64(dpi) / 72
	if area := float64(width.PageWidth) * float64(height.PageHeight) * scale * scale; area > ocrPixels {
		scale *= math.Sqrt(ocrPixels / area)
	}
	w, h := int(float64(width.PageWidth)*scale), int(float64(height.PageHeight)*scale)
	if w < 16 || h < 16 || w > 1<<15 || h > 1<<15 {
		return nil, errNoPicture
	}
	bitmap, err := r.engine.FPDFBitmap_CreateEx(&requests.FPDFBitmap_CreateEx{Width: w, Height: h, Format: enums.FPDF_BITMAP_FORMAT_GRAY, Pointer: uint64(0)})
	if err != nil {
		return nil, err
	}
	defer r.engine.FPDFBitmap_Destroy(&requests.FPDFBitmap_Destroy{Bitmap: bitmap.Bitmap})
	if _, err := r.engine.FPDFBitmap_FillRect(&requests.FPDFBitmap_FillRect{Bitmap: bitmap.Bitmap, Width: w, Height: h, Color: 0xffffffff}); err != nil {
		return nil, err
	}
	if _, err := r.engine.FPDF_RenderPageBitmap(&requests.FPDF_RenderPageBitmap{Bitmap: bitmap.Bitmap, Page: page, SizeX: w, SizeY: h, Flags: enums.FPDF_RENDER_FLAG_ANNOT}); err != nil {
		return nil, err
	}
	stride, err := r.engine.FPDFBitmap_GetStride(&requests.FPDFBitmap_GetStride{Bitmap: bitmap.Bitmap})
	if err != nil {
		return nil, err
	}
	buffer, err := r.engine.FPDFBitmap_GetBuffer(&requests.FPDFBitmap_GetBuffer{Bitmap: bitmap.Bitmap})
	if err != nil || len(buffer.Buffer) < stride.Stride*h || stride.Stride < w {
		return nil, errors.Join(err, errNoPicture)
	}
	m := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		copy(m.Pix[y*w:(y+1)*w], buffer.Buffer[y*stride.Stride:])
	}
	return m, nil
}
