package extract

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"

	"filon/crawler/content"
)

func le16(v ...int) (b []byte) {
	for _, n := range v {
		b = binary.LittleEndian.AppendUint16(b, uint16(n))
	}
	return b
}

func le32(v ...int) (b []byte) {
	for _, n := range v {
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	return b
}

func wideOf(s string) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

func join(parts ...[]byte) (b []byte) {
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}

// oldLetter gives the streams of a Word document of two pieces: one of bytes, one of UTF-16.
func oldLetter() (word, table octets) {
	first, second := "Titre\rA\x07B\x07\x07Voir \x13 HYPERLINK \"https://example.fr/a\" \x14le site\x15.\r", "Œuvre 𝄞\rInterne\rPied\r\r"
	word = make([]byte, 0x400)
	copy(word, le16(0xa5ec, 193))
	copy(word[0x0a:], le16(1<<9))
	body := len(utf16.Encode([]rune("Œuvre 𝄞\r"))) + len(first)
	copy(word[0x4c:], le32(body, 0, len("Interne\rPied\r\r")))
	n := len(utf16.Encode([]rune(second)))
	clx := join([]byte{2}, le32(4*3+8*2), le32(0, len(first), len(first)+n), le16(0), le32(0x400*2|1<<30), le16(0), le16(0), le32(0x600), le16(0))
	copy(word[0x1a2:], le32(0, len(clx)))
	places := le32(0, 0, 0, 0, 0, 0, 0, 8, 8, 13, 13, 13, 13, 14)
	copy(word[0xf2:], le32(len(clx), len(places)))
	word = append(word, make([]byte, 0x200)...)
	copy(word[0x400:], first)
	return join(word, wideOf(second)), join(clx, places)
}

func TestOldDOC(t *testing.T) {
	word, table := oldLetter()
	d := newDraft(Input{Address: "https://x.example/a.doc"}, 0, time.Time{})
	readOldDOC(word, [2]octets{nil, table}, d)
	item := d.finish()
	check(t, "text", item.Text, "Titre\n\nA\tB\n\nVoir le site.\n\nŒuvre 𝄞")
	check(t, "link", item.Links[0].Address, "https://example.fr/a")
	check(t, "zones", strings.Join(zonesOf(item), " | "), "cover 1 Titre\n\nA\tB\n\nVoir le site.\n\nŒuvre 𝄞 | footer 0 Pied | header 0 Interne")
	if item.Problem != nil {
		t.Errorf("problem %+v", item.Problem)
	}
	d = newDraft(Input{Address: "https://x.example/a.doc"}, 0, time.Time{})
	readOldDOC(word, [2]octets{}, d) // the table stream is lost
	check(t, "problem without a table", d.finish().Problem.Code, content.Broken)
}

// oldTable gives a workbook stream: a shared string that goes on in a second record, numbers, a date.
func oldTable() octets {
	record := func(kind int, body ...[]byte) []byte { b := join(body...); return join(le16(kind, len(b)), b) }
	globals := func(at int) []byte {
		return join(record(0x809, le16(0x600, 5)), record(0xe0, le16(0, 0)), record(0xe0, le16(0, 14)),
			record(0x85, le32(at), []byte{0, 0, 6, 0}, []byte("Ventes")),
			record(0xfc, le32(2, 2), le16(5), []byte{0}, []byte("Ré\xe9l")[:1], []byte("\xe9g")), record(0x3c, []byte{1}, wideOf("œn"), le16(4), []byte{0}, []byte("Prix")),
			record(0x0a))
	}
	sheet := join(record(0x809, le16(0x600, 16)), record(0xfd, le16(0, 0, 0), le32(0)), record(0xfd, le16(0, 1, 0), le32(1)),
		record(0x27e, le16(1, 0, 0), le32(1234<<2|3)), record(0x203, le16(1, 1, 1), []byte("\x00\x00\x00\x00\x00\x5c\xe6\x40")),
		record(0x06, le16(2, 0, 0), []byte{0, 0, 0, 0, 0, 0, 0xff, 0xff}, le16(0), le32(0)), record(0x207, le16(3), []byte{0}, []byte("oui")),
		record(0x14, le16(14), []byte{0}, []byte("&CConfidentiel")), record(0x0a))
	return join(globals(len(globals(0))), sheet)
}

func TestOldXLS(t *testing.T) {
	d := newDraft(Input{Address: "https://x.example/a.xls"}, 0, time.Time{})
	readOldXLS(oldTable(), d)
	item := d.finish()
	check(t, "text", item.Text, "Ventes\n\nRégœn\tPrix\n12.34\t2025-05-15\noui")
	check(t, "sheets", item.Pages, 1)
	check(t, "header", strings.Join(zonesOf(item)[1:], " | "), "header 0 Confidentiel")
}

// A box on a sheet and the words of a chart are text, a comment is none; a chart that is a sheet has no cells.
func TestOldDrawn(t *testing.T) {
	record := func(kind int, body ...[]byte) []byte { b := join(body...); return join(le16(kind, len(b)), b) }
	object := func(kind int, text string) []byte {
		return join(record(0x5d, le16(0x15, 0x12, kind, 1), make([]byte, 14)), record(0x1b6, le16(0, 0, 0, 0, 0, len(text)), make([]byte, 6)), record(0x3c, []byte{0}, []byte(text)))
	}
	begin := func(kind int) []byte { return record(0x809, le16(0x600, kind)) }
	title := func(s string) []byte { return record(0x100d, le16(0), []byte{byte(len(s)), 0}, []byte(s)) }
	globals := func(one, two int) []byte {
		return join(begin(5), record(0x85, le32(one), []byte{0, 0, 2, 0}, []byte("Un")), record(0x85, le32(two), []byte{0, 2, 4, 0}, []byte("Deux")), record(0x0a))
	}
	at := len(globals(0, 0))
	first := join(begin(16), record(0x204, le16(0, 0, 0, 4, 0)[:8], []byte{0}, []byte("Prix")), object(6, "Encadre\nsecret"), object(25, "A revoir"), begin(32), title("Ventes"), record(0x0a), record(0x0a))
	second := join(begin(32), title("Marges"), record(0x203, le16(0, 0, 0), make([]byte, 8)), record(0x0a))
	d := newDraft(Input{Address: "https://x.example/a.xls"}, 0, time.Time{})
	readOldXLS(join(globals(at, at+len(first)), first, second), d)
	item := d.finish()
	check(t, "text", item.Text, "Un\n\nPrix\n\nEncadre\nsecret\nVentes\n\nDeux\n\nMarges")
	check(t, "comment", zoneText(item, content.ZoneComment), "A revoir")
}

// The chart that Microsoft Graph puts into a document holds a table.
func TestOldGraph(t *testing.T) {
	record := func(kind int, body ...[]byte) []byte { b := join(body...); return join(le16(kind, len(b)), b) }
	globals := func(at int) []byte {
		return join(record(0x809, le16(0x680, 5)), record(0x85, le32(at), []byte{0, 2, 0, 0}), record(0x0a))
	}
	cell := func(row, column int) []byte { return join(le16(row, column), make([]byte, 3)) }
	chart := join(record(0x809, le16(0x680, 0x8000)), record(4, cell(0, 0), []byte{7, 0}, []byte("Salaire")), record(3, cell(0, 1), []byte("\x00\x00\x00\x00\x00\x5c\xe6\x40")), record(0x100d, le16(0), []byte{5, 0}, []byte("Titre")), record(0x0a))
	d := newDraft(Input{Address: "https://x.example/a.xls"}, 0, time.Time{})
	readOldXLS(join(globals(len(globals(0))), chart), d)
	check(t, "text", d.finish().Text, "Salaire\t45792\n\nTitre")
}

// oldSlides gives the stream of a presentation of one slide with a note, and the one that leads into it.
func oldSlides() (deck, current octets) {
	record := func(head, kind int, body ...[]byte) []byte {
		b := join(body...)
		return join(le16(head, kind), le32(len(b)), b)
	}
	slide := record(15, pptSlide, record(15, 1036, record(15, 0xf00d, record(0, pptTextBytes, []byte("\xc9tape 1\rEtape 2")))))
	note := record(15, pptNotes, record(0, pptNotesAtom, le32(256), le32(0)), record(15, 1036, record(0, pptTextChars, wideOf("À dire"))))
	document := record(15, pptDocument,
		record(15, pptSlideList, record(0, pptSlidePersist, le32(2, 0, 0, 256, 0)), record(0, pptTextHeader, le32(0)), record(0, pptTextChars, wideOf("Le four"))),
		record(2<<4|15, pptSlideList, record(0, pptSlidePersist, le32(3, 0, 0, 512, 0))))
	list := record(0, pptDirectory, le32(3<<20|1, 0, len(document), len(document)+len(slide)))
	at := len(document) + len(slide) + len(note)
	edit := record(0, pptUserEdit, le32(0, 0, 0, at, 1, 4))
	return join(document, slide, note, list, edit), join(make([]byte, 16), le32(at+len(list)))
}

func TestOldPPT(t *testing.T) {
	deck, current := oldSlides()
	d := newDraft(Input{Address: "https://x.example/a.ppt"}, 0, time.Time{})
	readOldPPT(deck, current, d)
	item := d.finish()
	check(t, "text", item.Text, "Le four\n\nÉtape 1\nEtape 2")
	check(t, "slides", item.Pages, 1)
	check(t, "title", item.Title, "Le four")
	check(t, "zones", strings.Join(zonesOf(item), " | "), "cover 1 Le four\n\nÉtape 1\nEtape 2 | notes 1 À dire")
}

// What a master puts on every slide is kept, its prompts are not; nor is what a slide has at its foot lost.
func TestOldMaster(t *testing.T) {
	record := func(head, kind int, body ...[]byte) []byte {
		b := join(body...)
		return join(le16(head, kind), le32(len(b)), b)
	}
	shape := func(text string, data ...[]byte) []byte {
		return record(15, pptShape, record(15, pptShapeData, data...), record(15, 0xf00d, record(0, pptTextBytes, []byte(text))))
	}
	master := record(15, pptMaster, record(15, 1036, record(15, 0xf002, record(15, 0xf003, shape("Confidentiel"), shape("Cliquez ici", record(0, pptHolder, le32(0, 1)))))))
	slide := record(15, pptSlide, record(15, 1036, shape("Texte")), record(15, pptHeadersFooters, record(2<<4, pptFooterText, wideOf("Usage interne"))))
	document := record(15, pptDocument, record(1<<4|15, pptSlideList, record(0, pptSlidePersist, le32(2, 0, 0, 1<<31, 0))), record(15, pptSlideList, record(0, pptSlidePersist, le32(3, 0, 0, 256, 0))))
	at := len(document) + len(master) + len(slide)
	list := record(0, pptDirectory, le32(3<<20|1, 0, len(document), len(document)+len(master)))
	edit := record(0, pptUserEdit, le32(0, 0, 0, at, 1, 4))
	d := newDraft(Input{Address: "https://x.example/a.ppt"}, 0, time.Time{})
	readOldPPT(join(document, master, slide, list, edit), join(make([]byte, 16), le32(at+len(list))), d)
	item := d.finish()
	check(t, "text", item.Text, "Texte")
	check(t, "footers", zoneText(item, content.ZoneFooter), "Usage interne | Confidentiel")
}

// FuzzOld hands hostile streams to the readers of the old formats.
func FuzzOld(f *testing.F) {
	word, table := oldLetter()
	deck, current := oldSlides()
	f.Add([]byte(word), []byte(table))
	f.Add([]byte(oldTable()), []byte(nil))
	f.Add([]byte(deck), []byte(current))
	for _, book := range bareBooks() {
		f.Add(book, []byte(nil))
	}
	if dir, err := os.UserCacheDir(); err == nil {
		names, _ := filepath.Glob(filepath.Join(dir, "filon-corpora/documents/tika-test-documents/*/src/test/resources/test-documents/test*.[dpx][olp][cst]"))
		for _, name := range names {
			if b, err := os.Open(name); err == nil {
				if file, err := mscfb.New(b); err == nil {
					streams := map[string][]byte{}
					for _, e := range file.File {
						s := make([]byte, min(e.Size, 1<<16))
						n, _ := e.Read(s)
						streams[e.Name] = s[:n]
					}
					f.Add(streams["WordDocument"], streams["1Table"])
					f.Add(streams["Workbook"], []byte(nil))
					f.Add(streams["PowerPoint Document"], streams["Current User"])
				}
				_ = b.Close()
			}
		}
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		for i := range 3 {
			d := newDraft(Input{Address: "https://x.example/a"}, 1<<16, time.Now().Add(5*time.Second))
			switch i {
			case 0:
				readOldDOC(a, [2]octets{b, b}, d)
			case 1:
				if bareBook(a) {
					readBareXLS(a, d)
				} else {
					readOldXLS(a, d)
				}
			case 2:
				readOldPPT(a, b, d)
			}
			if item := d.finish(); len(item.Text) > 1<<16 || item.Problem != nil && item.Problem.Code == content.TimedOut {
				t.Errorf("reader %d: %d bytes, problem %+v", i, len(item.Text), item.Problem)
			}
		}
	})
}
