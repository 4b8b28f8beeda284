package extract

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"

	"filon/crawler/content"
)

// samples holds a good file of each format that is read in this process's kind of child, by name.
func samples(t testing.TB) map[string][]byte {
	var drawing bytes.Buffer
	if err := png.Encode(&drawing, image.NewGray(image.Rect(0, 0, 20, 10))); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{
		"a.docx": docx(t, "<w:p><w:r><w:t>texte</w:t></w:r></w:p>"),
		"a.pptx": pack(t, "[Content_Types].xml", "<Types/>", "ppt/presentation.xml", `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>`,
			"ppt/_rels/presentation.xml.rels", rels("r1", "slide", "slides/slide1.xml"), "ppt/slides/slide1.xml", `<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>texte</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>`),
		"a.xlsx": smallXLSX(t),
		"a.odt":  pack(t, "mimetype", mimeODT, "content.xml", `<c xmlns:text="t"><text:p>texte</text:p></c>`),
		"a.epub": pack(t, "mimetype", mimeEPUB, "META-INF/container.xml", epubContainer, "OPS/book.opf", epubBook, "OPS/chapitre un.xhtml", epubOne, "OPS/deux.xhtml", "<p>Fin."),
		"a.rtf":  []byte(`{\rtf1\ansi texte {\b gras}\par}`),
		"a.eml":  []byte(letter + "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>texte</p>\r\n--x--\r\n"),
		"a.msg":  compound(message("", "Réunion", "texte", "__attach_version1.0_#00000000/__substg1.0_37010102", "joint")...),
		"a.xls":  compound("Workbook", string(oldTable()), "MBD00000001/Package", smallDOCX(t, "joint")),
		"b.xls":  compound("Workbook", string(lockedBook(t, "rc4 128", bookPassword, oldTable()))),
		"d.xlsb": binaryBook(t),
		"c.xls":  bareBooks()["Excel 4"],
		"b.xlsx": compound(agilePackage(t, bookPassword, 10, smallXLSX(t))...),
		"a.jpg":  photo(t),
		"a.png":  drawing.Bytes(),
	}
}

// smallXLSX is a workbook of one cell.
func smallXLSX(t testing.TB) []byte {
	return pack(t, "[Content_Types].xml", "<Types/>", "xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("r1", "worksheet", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c t="inlineStr"><is><t>texte</t></is></c></row></sheetData></worksheet>`)
}

// TestDamaged cuts and garbles a good file of each format: each gives an item that says what is wrong or
// what was read, in a moment.
func TestDamaged(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for name, whole := range samples(t) {
		if item := readHere(name, whole); item.Problem != nil && item.Problem.Code != content.NoText {
			t.Errorf("%s: the good file gives %+v", name, item.Problem)
		}
		for i := range 90 {
			b := bytes.Clone(whole)
			switch i % 3 {
			case 0:
				b = b[:random.IntN(len(b))]
			case 1:
				for range 1 + random.IntN(8) {
					b[random.IntN(len(b))] ^= byte(1 << random.IntN(8))
				}
			case 2:
				at := random.IntN(len(b))
				b = append(b[:at:at], b[min(at+1+random.IntN(64), len(b)):]...)
			}
			if item := readHere(name, b); item.ID == "" || item.Text == "" && item.Problem == nil {
				t.Errorf("%s damaged: no text and no problem: %+v", name, item)
			}
		}
	}
}

// TestBombs unpacks files that grow: each stops at its limit.
func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacks hundreds of megabytes")
	}
	flood := strings.Repeat("<x>aaaaaaaaaaaaaaaa</x>", 1<<20)
	for name, body := range map[string][]byte{
		"a.pptx": pack(t, "[Content_Types].xml", "<Types/>", "ppt/presentation.xml", `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>`,
			"ppt/_rels/presentation.xml.rels", rels("r1", "slide", "slides/slide1.xml"), "ppt/slides/slide1.xml", "<sld>"+flood),
		"a.xlsx": pack(t, "[Content_Types].xml", "<Types/>", "xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", rels("r1", "worksheet", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml", "<worksheet>"+flood),
		"a.odt": pack(t, "mimetype", mimeODT, "content.xml", "<c>"+flood),
	} {
		item := readHere(name, body)
		if item.Problem == nil || item.Problem.Code != content.TooLarge && item.Problem.Code != content.TimedOut {
			t.Errorf("%s: problem %+v, want too_large", name, item.Problem)
		}
	}
	// Inside a PNG: text that unpacks to 60 MB, and a claim of four thousand million pixels.
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(bytes.Repeat([]byte("<a>"), 20<<20))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	text := append([]byte("XML:com.adobe.xmp\x00\x01\x00\x00\x00"), packed.Bytes()...)
	whole := samples(t)["a.png"]
	bomb := append([]byte{}, whole[:33]...)
	binary.BigEndian.PutUint32(bomb[16:], 0xffff)
	binary.BigEndian.PutUint32(bomb[20:], 0xffff)
	bomb = binary.BigEndian.AppendUint32(bomb, uint32(len(text)))
	bomb = append(append(append(bomb, "iTXt"...), text...), 0, 0, 0, 0)
	item := readHere("a.png", append(bomb, whole[33:]...))
	check(t, "size of the PNG", item.Images[0].Width, 0xffff)
	check(t, "hash of the PNG", item.Images[0].Hash, "")
}
