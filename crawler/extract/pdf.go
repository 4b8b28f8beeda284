package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"filon/crawler/content"
)

// pdfEngine is PDFium inside WebAssembly: it sees the bytes that it is given and nothing else of the
// machine. Compiling it takes seconds, so that it is compiled once and kept on disk.
type pdfEngine struct {
	once sync.Once
	pool pdfium.Pool
	err  error
}

// start compiles the engine, or loads it from cacheDir ("" keeps nothing on disk). memory caps what
// the engine may use, in bytes.
func (p *pdfEngine) start(cacheDir string, memory int64) error {
	p.once.Do(func() {
		config := wazero.NewRuntimeConfig().
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(uint32(min(max(memory, 64<<20), 4<<30) >> 16))
		if cacheDir != "" {
			// Without a usable folder the engine still works, only more slowly at the next start.
			if cache, err := wazero.NewCompilationCacheWithDir(cacheDir); err == nil {
				config = config.WithCompilationCache(cache)
			}
		}
		p.pool, p.err = webassembly.Init(webassembly.Config{
			Context:  experimental.WithCompilationWorkers(context.Background(), runtime.GOMAXPROCS(0)),
			MaxTotal: 1, MaxIdle: 1, ReuseWorkers: false, RuntimeConfig: config,
			FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
		})
	})
	return p.err
}

// read reads one PDF.
func (p *pdfEngine) read(body []byte, d *draft) {
	d.MIME = mimePDF
	p.with(body, d, func(r *pdfReader) {
		r.properties()
		r.read()
		r.attachments() // last: one that unpacks to too much ends the engine, and costs nothing else
	})
}

// with opens one PDF. Each document has an engine instance of its own, so that none can harm the next.
func (p *pdfEngine) with(body []byte, d *draft, do func(*pdfReader)) {
	engine, err := p.pool.GetInstanceWithContext(context.Background())
	if err != nil {
		d.fail(content.Broken, "the PDF engine did not start")
		return
	}
	defer engine.Close()
	opened, err := engine.OpenDocument(&requests.OpenDocument{File: &body})
	if err != nil {
		d.stop(pdfFault(err))
		return
	}
	do(&pdfReader{engine: engine, document: opened.Document, body: body, draft: d})
}

func pdfFault(err error) error {
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return errEncrypted
	case strings.Contains(err.Error(), "memory"):
		return errTooLarge
	}
	return fmt.Errorf("%w: not a readable PDF", errBroken)
}

type pdfReader struct {
	engine   pdfium.Pdfium
	document references.FPDF_DOCUMENT
	body     []byte
	draft    *draft
}

func (r *pdfReader) properties() {
	d := r.draft
	for tag, name := range map[string]string{"Title": "title", "Author": "creator", "Subject": "subject", "Keywords": "keywords", "Creator": "application", "Producer": "producer", "Company": "company", "Manager": "manager", "Category": "category"} {
		d.property(name, r.meta(tag))
	}
	d.created(pdfDate(r.meta("CreationDate")))
	d.modified(pdfDate(r.meta("ModDate")))
	if l, err := r.engine.FPDFCatalog_GetLanguage(&requests.FPDFCatalog_GetLanguage{Document: r.document}); err == nil {
		d.declared = subtag(l.Language)
	}
	if n := pdfPictures(r.body); n > 0 {
		d.property("pictures", strconv.Itoa(n))
	}
	for key, value := range pdfLabels(r.body) {
		if v := r.meta(key); v != "" {
			value = v
		}
		d.property(key, value)
	}
	if s, err := r.engine.FPDF_GetSecurityHandlerRevision(&requests.FPDF_GetSecurityHandlerRevision{Document: r.document}); err == nil && s.SecurityHandlerRevision > 0 {
		d.property("encryption", "owner_password")
	}
}

func (r *pdfReader) meta(tag string) string {
	v, err := r.engine.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: r.document, Tag: tag})
	if err != nil {
		return ""
	}
	return v.Value
}

func (r *pdfReader) read() {
	d := r.draft
	count, err := r.engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: r.document})
	if err != nil || count.PageCount <= 0 {
		d.fail(content.Broken, "a PDF without pages")
		return
	}
	d.Pages = count.PageCount
	var pages [][]string // lines by page
	var blank []int      // pages with a picture and next to no text
	letters, kept, unread := 0, 0, 0
	for i := range count.PageCount {
		if d.late() {
			d.stop(errDeadline)
			break
		}
		if i >= maxPages || kept > d.limit {
			d.fail(content.TooLarge, fmt.Sprintf("only the first %d pages were read", i))
			break
		}
		p, err := r.page(i)
		if err != nil {
			unread++
		}
		pages = append(pages, pdfLines(p.text))
		kept += len(p.text)
		letters += countLetters(p.text)
		if p.pictures {
			blank = append(blank, i)
		}
	}
	// A page of less than a few words under a picture is a scan, perhaps with a stamp or a number. Beside pages of
	// text it may be a photo too.
	scans := blank
	if letters >= lettersOfAPage*len(pages) {
		scans = r.written(blank)
	}
	if d.ocr != nil && len(scans) > 0 {
		t := r.readScans(scans, pages)
		letters += t.letters
		t.note(d, len(scans), len(pages))
	}
	r.outline()
	writePages(pages, d)
	if d.H1 == "" && !plausibleTitle(d.Properties["title"], d.address) {
		d.Title = r.bigLine()
	}
	d.scan = len(scans) > 0
	switch read := len(pages); {
	case unread == read && read > 0 && letters == 0:
		d.fail(content.Broken, "no page of the PDF can be read")
	case len(d.OCR.Pages) > 0:
	case len(scans) > 0 && letters < lettersOfAPage*read:
		d.fail(content.NeedsOCR, "pictures of text, no text")
	case weighty(len(scans), read):
		d.fail(content.NeedsOCR, fmt.Sprintf("%d of %d pages are pictures of text", len(scans), read))
	case letters == 0:
		d.fail(content.NoText, "blank pages")
	case unread > 0:
		d.fail(content.Broken, fmt.Sprintf("%d of %d pages cannot be read", unread, read))
	}
}

// weighty tells whether so many pages are more than a cover or a plate in a book.
func weighty(pages, of int) bool { return pages >= 3 || pages*10 >= of && pages > 0 }

// written gives those of these pages that look like text, as far as there is time to look.
func (r *pdfReader) written(pages []int) (scans []int) {
	for _, i := range pages[:min(len(pages), 50)] {
		if r.draft.late() {
			break
		}
		if m, err := r.render(i, 100); err == nil && looksWritten(m) {
			scans = append(scans, i)
		}
	}
	return scans
}

type pdfPage struct {
	text     string
	pictures bool // shows something that is not text
}

// page reads the text and the links of one page, from 0.
func (r *pdfReader) page(index int) (p pdfPage, err error) {
	loaded, err := r.engine.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: r.document, Index: index})
	if err != nil {
		return p, err
	}
	here := requests.Page{ByReference: &loaded.Page}
	defer r.engine.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	text, err := r.engine.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: here})
	if err != nil {
		return p, err
	}
	defer r.engine.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	n, err := r.engine.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return p, err
	}
	var letters []rune
	if count := min(n.Count, r.draft.limit); count > 0 {
		got, err := r.engine.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: text.TextPage, Count: count})
		if err != nil {
			return p, err
		}
		p.text = got.Text
		if count <= mostGlyphs {
			letters = r.letters(text.TextPage, []rune(got.Text), count)
			p.text = r.spaced(text.TextPage, got.Text, letters)
		}
	}
	if countLetters(p.text) < 40 {
		if objects, err := r.engine.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: here}); err == nil {
			p.pictures = r.hasPicture(here, objects.Count)
		}
	}
	written, fields := r.annotations(here, index)
	p.text = r.beside(text.TextPage, p.text, letters, fields)
	if written != "" {
		p.text += "\n" + written
	}
	return p, nil
}

// hasPicture tells whether a page shows an image, a form or many outlines, which may be letters.
func (r *pdfReader) hasPicture(here requests.Page, objects int) bool {
	for i := range min(objects, 200) {
		o, err := r.engine.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: here, Index: i})
		if err != nil {
			return false
		}
		t, err := r.engine.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o.PageObject})
		if err == nil && (t.Type == enums.FPDF_PAGEOBJ_IMAGE || t.Type == enums.FPDF_PAGEOBJ_FORM) {
			return true
		}
	}
	return objects >= 200
}

// annotations keeps links, comments and stamps, and gives the text that was written onto the page and into the
// fields of its form; a page with very many is read in part.
func (r *pdfReader) annotations(here requests.Page, index int) (written string, fields []pdfField) {
	d := r.draft
	n, err := r.engine.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: here})
	if err != nil {
		return "", nil
	}
	for i := range min(n.Count, 200) {
		a, err := r.engine.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: here, Index: i})
		if err != nil {
			continue
		}
		s, field := r.annotation(a.Annotation, index, d)
		if s != "" {
			written += s + "\n"
		}
		if field.value != "" {
			fields = append(fields, field)
		}
		_, _ = r.engine.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: a.Annotation})
	}
	return written, fields
}

func (r *pdfReader) annotation(a references.FPDF_ANNOTATION, index int, d *draft) (written string, field pdfField) {
	t, err := r.engine.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a})
	if err != nil {
		return "", field
	}
	zone := content.ZoneComment
	switch t.Subtype {
	case enums.FPDF_ANNOT_SUBTYPE_WIDGET:
		return "", r.filledIn(a)
	case enums.FPDF_ANNOT_SUBTYPE_LINK:
		r.follow(a, d)
		return "", field
	case enums.FPDF_ANNOT_SUBTYPE_STAMP, enums.FPDF_ANNOT_SUBTYPE_WATERMARK:
		zone = content.ZoneWatermark
	case enums.FPDF_ANNOT_SUBTYPE_TEXT, enums.FPDF_ANNOT_SUBTYPE_FREETEXT, enums.FPDF_ANNOT_SUBTYPE_HIGHLIGHT:
	default:
		return "", field
	}
	s := r.said(a, "Contents")
	if t.Subtype == enums.FPDF_ANNOT_SUBTYPE_FREETEXT {
		return s, field
	}
	d.zone(zone, index+1, s)
	return "", field
}

// said gives a text of an annotation, "" when it has none of that key.
func (r *pdfReader) said(a references.FPDF_ANNOTATION, key string) string {
	s, err := r.engine.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: a, Key: key})
	if err != nil {
		return ""
	}
	return s.Value
}

// filledIn gives what somebody has written into a field of a form, or chosen from a list; no value for buttons.
func (r *pdfReader) filledIn(a references.FPDF_ANNOTATION) (f pdfField) {
	if r.said(a, "FT") == "Btn" {
		return f
	}
	if f.value = strings.TrimSpace(r.said(a, "V")); f.value == "" {
		return f
	}
	f.tip, f.name = r.said(a, "TU"), r.said(a, "T")
	if got, err := r.engine.FPDFAnnot_GetRect(&requests.FPDFAnnot_GetRect{Annotation: a}); err == nil {
		f.at = box{float64(got.Rect.Left), float64(got.Rect.Right), float64(got.Rect.Top), float64(got.Rect.Bottom)}
	}
	return f
}

// follow keeps the address that a link leads to.
func (r *pdfReader) follow(a references.FPDF_ANNOTATION, d *draft) {
	link, err := r.engine.FPDFAnnot_GetLink(&requests.FPDFAnnot_GetLink{Annotation: a})
	if err != nil {
		return
	}
	action, err := r.engine.FPDFLink_GetAction(&requests.FPDFLink_GetAction{Link: link.Link})
	if err != nil || action.Action == nil {
		return
	}
	uri, err := r.engine.FPDFAction_GetURIPath(&requests.FPDFAction_GetURIPath{Document: r.document, Action: *action.Action})
	if err == nil && uri.URIPath != nil {
		d.link(*uri.URIPath, "")
	}
}

// outline takes the bookmarks as headings, which nothing else in a PDF names. It walks them itself,
// counting, because bookmarks may lead round in a circle.
func (r *pdfReader) outline() {
	left := 2 * maxHeadings
	r.bookmarks(nil, 1, &left)
}

func (r *pdfReader) bookmarks(parent *references.FPDF_BOOKMARK, level int, left *int) {
	first, err := r.engine.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: r.document, Bookmark: parent})
	if err != nil {
		return
	}
	for b := first.Bookmark; b != nil && *left > 0 && len(r.draft.Headings) < maxHeadings; *left-- {
		if t, err := r.engine.FPDFBookmark_GetTitle(&requests.FPDFBookmark_GetTitle{Bookmark: *b}); err == nil {
			if s := flat(t.Title, maxLine); s != "" {
				r.draft.Headings = append(r.draft.Headings, content.Heading{Level: level, Text: s})
			}
		}
		if level < 3 {
			r.bookmarks(b, level+1, left)
		}
		next, err := r.engine.FPDFBookmark_GetNextSibling(&requests.FPDFBookmark_GetNextSibling{Document: r.document, Bookmark: *b})
		if err != nil {
			return
		}
		b = next.Bookmark
	}
}

// bigLine gives the text in the largest letters of the first page: what a reader takes for the title.
func (r *pdfReader) bigLine() string {
	got, err := r.engine.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: r.document, Index: 0}},
		Mode: requests.GetPageTextStructuredModeRects, CollectFontInformation: true,
	})
	if err != nil || len(got.Rects) > 5000 {
		return ""
	}
	size := func(i int) float64 {
		if f := got.Rects[i].FontInformation; f != nil && f.RenderedSize > 0 {
			return f.RenderedSize
		}
		return got.Rects[i].PointPosition.Top - got.Rects[i].PointPosition.Bottom
	}
	largest, normal, count := 0.0, 0.0, 0.0
	for i, rect := range got.Rects {
		if n := float64(countLetters(rect.Text)); n >= 2 && size(i) > 0 {
			largest = max(largest, size(i))
			normal += size(i) * n
			count += n
		}
	}
	if count == 0 || largest < 1.2*normal/count {
		return "" // all in one size
	}
	var lines []string
	for i, rect := range got.Rects {
		if size(i) > .85*largest {
			lines = append(lines, rect.Text)
		} else if len(lines) > 0 && strings.TrimSpace(rect.Text) != "" {
			break
		}
	}
	title := flat(strings.Join(lines, " "), 200)
	if !plausibleTitle(title, "") {
		return ""
	}
	return title
}
