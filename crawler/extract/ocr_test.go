package extract

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// drawn draws the page of a PDF that makePDF writes, so that its text is a picture.
func drawn(t testing.TB, lines ...string) *image.Gray {
	engine, err := pdfForFuzzing()
	if err != nil {
		t.Fatal(err)
	}
	var m *image.Gray
	engine.with(makePDF("", lines), newDraft(Input{Address: "https://x.example/a.pdf"}, 0, time.Time{}), func(r *pdfReader) {
		if m, err = r.render(0, 200); err != nil {
			t.Fatal(err)
		}
	})
	if m == nil {
		t.Fatal("the page was not drawn")
	}
	return m
}

// scanned writes a PDF whose pages are pictures; a page that is nil holds a line of text.
func scanned(pages ...*image.Gray) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(s string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), s)
	}
	b.WriteString("%PDF-1.5\n")
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", 4+3*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(pages)))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	for i, m := range pages {
		n := 4 + 3*i
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> /XObject << /I %d 0 R >> >> /Contents %d 0 R >>", n+2, n+1))
		if m == nil {
			text := "BT /F 11 Tf 50 700 Td (Une page de texte, avec assez de lettres pour en faire une vraie.) Tj ET"
			object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(text), text))
			object("null")
			continue
		}
		draw := "q 595 0 0 842 0 0 cm /I Do Q"
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(draw), draw))
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		_, _ = w.Write(m.Pix)
		_ = w.Close()
		object(fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", m.Rect.Dx(), m.Rect.Dy(), z.Len(), z.String()))
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\n%%%%EOF\n", len(offsets)+1)
	return b.Bytes()
}

// photograph is a picture with soft edges and no paper.
func photograph(w, h int) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Pix[y*w+x] = uint8(40 + (x*x/97+y*y/53+x*y/211)%170)
		}
	}
	return m
}

var memo = []string{"#Note de service", "Diffusion restreinte au comité", "La direction a décidé de fermer les ateliers du nord en décembre.", "Les équipes seront reçues avant toute annonce publique.",
	"Aucune date ne doit sortir de la société avant la réunion.", "Merci de garder ce document pour vous."}

// needOCR skips a test where there is nothing to read pictures with.
func needOCR(t testing.TB) OCR {
	o, err := FindOCR(context.Background())
	if err != nil {
		t.Skip(err)
	}
	return o
}

// A scan is read page by page where tesseract is, says so, and is needs_ocr with a remedy where it is not.
func TestScan(t *testing.T) {
	body := scanned(drawn(t, memo...), nil, drawn(t, "#Suite de la note", "Chaque salarié recevra une proposition écrite au mois de janvier.", "Les délais prévus par la loi seront tenus."))
	read := func(o Options, in Input) content.Item {
		o.CacheDir = cacheDir(t)
		in.Address, in.Body = "https://x.example/note.pdf", body
		return reader(t, o).Read(context.Background(), in)
	}
	for name, item := range map[string]content.Item{"without leave": read(Options{}, Input{}), "of a source that says never": read(Options{OCR: true}, Input{NoOCR: true})} {
		if item.Problem == nil || item.Problem.Code != content.NeedsOCR || !strings.Contains(item.Problem.Detail, "2 of 3 pages are pictures of text (ocr: never)") || strings.Contains(item.Text, "service") {
			t.Errorf("%s: %+v, text %q", name, item.Problem, item.Text)
		}
	}
	t.Run("read", func(t *testing.T) {
		o := needOCR(t)
		item := read(Options{OCR: true}, Input{})
		for _, s := range []string{"Note de service", "Diffusion restreinte", "ateliers du nord", "Une page de texte", "Suite de la note"} {
			if !strings.Contains(item.Text, s) {
				t.Errorf("text lacks %q: %q", s, item.Text)
			}
		}
		if strings.Index(item.Text, "Une page de texte") > strings.Index(item.Text, "Suite de la note") {
			t.Errorf("pages out of order: %q", item.Text)
		}
		check(t, "problem", item.Problem, nil)
		check(t, "by", item.OCR.By, o.name())
		check(t, "pages", fmt.Sprint(item.OCR.Pages), "[1 3]")
		if item.OCR.Confidence < 80 || item.OCR.Confidence > 100 {
			t.Errorf("confidence %d", item.OCR.Confidence)
		}
		if zones := strings.Join(zonesOf(item), " | "); !strings.Contains(zones, "cover 1 Note de service") || !strings.Contains(zones, "Diffusion restreinte") {
			t.Errorf("the first page is no cover: %s", zones)
		}
		check(t, "language", item.Language, "fr")
	})
	t.Run("budget", func(t *testing.T) {
		needOCR(t)
		item := read(Options{OCR: true, OCRPages: 1}, Input{})
		if item.Problem == nil || item.Problem.Code != content.NeedsOCR || !strings.Contains(item.Problem.Detail, "OCR read 1 of 2") || !strings.Contains(item.Text, "Note de service") || strings.Contains(item.Text, "Suite") {
			t.Errorf("%+v, text %q", item.Problem, item.Text)
		}
	})
}

// Without tesseract on the path the problem says what to install; nothing else changes.
func TestScanWithoutTesseract(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	item := reader(t, Options{OCR: true, CacheDir: cacheDir(t)}).Read(context.Background(), Input{Address: "https://x.example/note.pdf", Body: scanned(drawn(t, memo...))})
	if item.Problem == nil || item.Problem.Code != content.NeedsOCR || !strings.Contains(item.Problem.Detail, "once tesseract is installed") || item.OCR.By != "" {
		t.Errorf("%+v", item.Problem)
	}
}

// What tesseract reads badly, or a page that shows next to nothing, is not taken for read.
func TestScanOfLittle(t *testing.T) {
	needOCR(t)
	r := reader(t, Options{OCR: true, CacheDir: cacheDir(t)})
	for name, m := range map[string]*image.Gray{"a word": drawn(t, "#Annexe"), "a photo": photograph(500, 700)} {
		item := r.Read(context.Background(), Input{Address: "https://x.example/a.pdf", Body: scanned(m)})
		if item.Problem == nil || item.Problem.Code != content.NeedsOCR {
			t.Errorf("%s: problem %+v, text %q", name, item.Problem, item.Text)
		}
	}
}

// A picture of text has its text; a photo stays one, and is not handed to tesseract.
func TestPictureOfText(t *testing.T) {
	encode := func(m image.Image) []byte {
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	page, photo := encode(drawn(t, memo...)), encode(photograph(1200, 800))
	plain := readHere("page.png", page)
	if plain.Text != "" || plain.Problem == nil || plain.Problem.Code != content.NoText {
		t.Errorf("without OCR: %+v, %q", plain.Problem, plain.Text)
	}
	needOCR(t)
	r := reader(t, Options{OCR: true})
	item := r.Read(context.Background(), Input{Address: "https://x.example/page.png", Body: page})
	if !strings.Contains(item.Text, "fermer les ateliers du nord") || item.Problem != nil || len(item.OCR.Pages) != 1 || len(item.Images) != 1 || item.Images[0].Hash == "" {
		t.Errorf("%q, problem %+v, OCR %+v", item.Text, item.Problem, item.OCR)
	}
	item = r.Read(context.Background(), Input{Address: "https://x.example/photo.png", Body: photo})
	if item.Text != "" || item.OCR.By != "" || item.Problem == nil || item.Problem.Code != content.NoText {
		t.Errorf("a photo: %q, %+v, %+v", item.Text, item.Problem, item.OCR)
	}
}

// A page that lies on its side is read too, where tesseract can tell.
func TestScanOnItsSide(t *testing.T) {
	if !needOCR(t).Turns {
		t.Skip("tesseract has no data to tell how a page is turned (tesseract-ocr-osd)")
	}
	m := drawn(t, append(memo, memo[2:]...)...)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	turned := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			turned.Pix[x*h+h-1-y] = m.Pix[y*w+x]
		}
	}
	item := reader(t, Options{OCR: true, CacheDir: cacheDir(t)}).Read(context.Background(), Input{Address: "https://x.example/a.pdf", Body: scanned(turned)})
	if item.Problem != nil || !strings.Contains(item.Text, "fermer les ateliers du nord") {
		t.Errorf("problem %+v, text %q", item.Problem, item.Text)
	}
}

func TestLooksWritten(t *testing.T) {
	for name, c := range map[string]struct {
		m    *image.Gray
		want bool
	}{
		"a page": {drawn(t, memo...), true}, "a photo": {photograph(1200, 800), false}, "blank paper": {drawn(t), false}, "too small": {photograph(90, 30), false},
	} {
		check(t, name, looksWritten(c.m), c.want)
	}
}

func TestOCRLines(t *testing.T) {
	row := func(line, conf, word string) string {
		return "5\t1\t1\t1\t" + line + "\t1\t0\t0\t9\t9\t" + conf + "\t" + word + "\n"
	}
	table := "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" + "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n" +
		row("1", "96.5", "Le") + row("1", "90", "chan-") + row("2", "90", "tier") + row("2", "90", "ouvre") + row("3", "12", "|~¬a") + row("4", "91", "Jean-") + row("5", "91", "Marc") + row("6", "nan?", "x") + row("7", "95", "\xff") + "5\t1\n"
	got := ocrLines([]byte(table))
	check(t, "lines", strings.Join(got.lines, "|"), "Le chantier|ouvre|Jean-|Marc")
	check(t, "letters", got.letters, 2+4+4+5+4+4)
	if got.sure < 90 || got.sure > 93 {
		t.Errorf("sure %f", got.sure)
	}
}

// A program that hangs, fails, or says too much is ended and leaves the scan unread.
func TestBadOCR(t *testing.T) {
	dir := t.TempDir()
	for name, script := range map[string]string{"hangs": "exec sleep 60", "fails": "exit 3", "babbles": "exec yes 5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t99\tx", "nothing": "exec cat >/dev/null"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("#!/bin/sh\nPATH=/usr/bin:/bin\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
		begin := time.Now()
		text, err := OCR{Program: path, Languages: []string{"fra"}}.read(ctx, drawn(t, "a"), 256<<20)
		cancel()
		if (err == nil) != (name == "nothing") || text.letters > 0 || time.Since(begin) > 5*time.Second {
			t.Errorf("%s: %v, %d letters after %v", name, err, text.letters, time.Since(begin))
		}
	}
}

func TestFindOCR(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	if _, err := FindOCR(context.Background()); !errors.Is(err, ErrNoOCR) {
		t.Errorf("without a program: %v", err)
	}
	install := func(languages string) {
		script := "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'tesseract v5.0.1' >&2; else printf 'List of available languages (9):\\n" + languages + "'; fi\n"
		if err := os.WriteFile(filepath.Join(dir, "tesseract"), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	install(`deu\nosd\n`)
	if _, err := FindOCR(context.Background()); !errors.Is(err, ErrNoOCRLanguages) {
		t.Errorf("without a language: %v", err)
	}
	install(`eng\nfra\nosd\n`)
	o, err := FindOCR(context.Background())
	if err != nil || o.name() != "tesseract 5.0.1 fra+eng" || !o.Turns {
		t.Errorf("%+v, %v", o, err)
	}
}

// A picture of text inside of a document is read and judged, or counted; a photo and a small one are neither.
func TestPictureOfTextInside(t *testing.T) {
	encode := func(m *image.Gray) string {
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	document := func(picture string) []byte {
		return pack(t, "_rels/.rels", rels("r1", "officeDocument", "word/document.xml"), "word/media/image1.png", picture,
			"word/document.xml", `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>La note du mois.</w:t></w:r></w:p></w:body></w:document>`)
	}
	page := drawn(t, memo...)
	for name, c := range map[string]struct {
		picture *image.Gray
		unread  string
	}{"a page": {page, "1"}, "a photo": {photograph(1200, 800), ""}, "a small page": {smaller(page, 250), ""}} {
		item := readHere("a.docx", document(encode(c.picture)))
		check(t, name+": unread", item.Properties["pictures_unread"], c.unread)
		check(t, name+": text", item.Text, "La note du mois.")
	}
	needOCR(t)
	item := reader(t, Options{OCR: true, CacheDir: cacheDir(t)}).Read(context.Background(), Input{Address: "https://x.example/a.docx", Body: document(encode(page))})
	check(t, "read", item.Properties["pictures_read"], "1")
	check(t, "unread", item.Properties["pictures_unread"], "")
	check(t, "text", item.Text, "La note du mois.")
	if zone := zoneText(item, content.ZoneHidden); !strings.Contains(zone, strings.TrimPrefix(memo[0], "#")) {
		t.Errorf("hidden text %q lacks %q", zone, memo[0])
	}
}
