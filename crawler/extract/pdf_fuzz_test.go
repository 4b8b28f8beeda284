package extract

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"filon/crawler/content"
)

// pdfForFuzzing starts one engine for a process; each input gets an instance of its own, as documents do.
var pdfForFuzzing = sync.OnceValues(func() (*pdfEngine, error) {
	engine, dir := &pdfEngine{}, ""
	if cache, err := os.UserCacheDir(); err == nil {
		dir = filepath.Join(cache, "filon-test", "pdf")
	}
	return engine, engine.start(dir, 128<<20)
})

// FuzzPDF hands damaged files to the PDF reader, and their bytes to what it does beside the engine. A damaged file is
// an item that says so: no panic, no text without end, no letter that is none.
func FuzzPDF(f *testing.F) {
	whole := makePDF("/Title (Note) /Author (Jeanne Martin) /MSIP_Label_"+labelGUID+"_Name (Interne)", []string{"#Titre", "Une ligne, puis une autre.", "@Rempli"}, []string{"Page 2 sur 2"})
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(bytes.Replace(whole, []byte("/Count 2"), []byte("/Count 9"), 1))
	f.Add(bytes.Replace(whole, []byte("/Kids [5 0 R"), []byte("/Kids [2 0 R"), 1)) // a tree of pages that holds itself
	var packedStream bytes.Buffer
	z := zlib.NewWriter(&packedStream)
	_, _ = z.Write([]byte("<< /MSIP_Label_" + labelGUID + "_Name (Interne) >>"))
	_ = z.Close()
	f.Add(fmt.Appendf(nil, "%%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 1 /First 0 /Filter /FlateDecode /Length %d >>\nstream\n%sendstream\nendobj\n", packedStream.Len(), packedStream.Bytes()))
	f.Add([]byte("%PDF-1.7\ntrailer << /Root 1 0 R /Prev 0 >>\nstartxref\n9\n%%EOF"))
	f.Fuzz(func(t *testing.T, b []byte) {
		engine, err := pdfForFuzzing()
		if err != nil {
			t.Fatal(err)
		}
		d := newDraft(Input{Address: "https://x.example/a.pdf", Body: b}, 1<<16, time.Now().Add(8*time.Second))
		begin := time.Now()
		engine.read(b, d)
		item := d.finish()
		switch {
		case len(item.Text) > 1<<16, !utf8.ValidString(item.Text), !utf8.ValidString(item.Title):
			t.Errorf("%d bytes of text, title %q", len(item.Text), item.Title)
		case item.Text == "" && item.Problem == nil:
			t.Error("neither text nor problem")
		case len(item.Zones) > maxZones || len(item.Properties) > maxKnown || len(item.Headings) > maxHeadings:
			t.Errorf("%d zones, %d properties, %d headings", len(item.Zones), len(item.Properties), len(item.Headings))
		case item.Problem != nil && item.Problem.Code == content.TimedOut && time.Since(begin) > 30*time.Second:
			t.Errorf("it took %v to see that time was over", time.Since(begin))
		}
		reflowed := newDraft(Input{Address: "https://x.example/b.pdf"}, 1<<16, time.Time{})
		writePages([][]string{pdfLines(string(b)), pdfLines(string(b[len(b)/2:]))}, reflowed)
		pdfDate(string(b))
		if item := reflowed.finish(); len(item.Text) > 1<<16 || !utf8.ValidString(item.Text) {
			t.Errorf("%d bytes of lines", len(item.Text))
		}
	})
}
