package extract

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

func wideItem(s string) []byte { return join(le32(len(wideOf(s))/2), wideOf(s)) }

// binaryRecord is a record of a binary workbook, whose type and size take as many bytes as they need.
func binaryRecord(kind int, body ...[]byte) []byte {
	number := func(n int) (b []byte) {
		for ; n > 127; n >>= 7 {
			b = append(b, byte(n)|0x80)
		}
		return append(b, byte(n))
	}
	b := join(body...)
	return join(number(kind), number(len(b)), b)
}

// binaryBook gives a binary workbook of two sheets, the second hidden.
func binaryBook(t testing.TB) []byte {
	r := binaryRecord
	cell := func(column, style int) []byte { return le32(column, style) }
	sheetOf := func(rows ...[]byte) string {
		return string(join(r(129), r(145), join(rows...), r(146), r(479, le16(0), wideItem("&CConfidentiel"), wideItem("Page &P"), le32(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff)), r(480), r(130)))
	}
	row := func(n int) []byte { return r(0, le32(n, 0), le16(300), []byte{0, 0, 0}, le32(1, 0, 3)) }
	return pack(t, "[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>`+
		`<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/><Override PartName="/xl/worksheets/sheet2.bin" ContentType="application/vnd.ms-excel.worksheet"/><Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/><Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/><Override PartName="/xl/comments1.bin" ContentType="application/vnd.ms-excel.comments"/></Types>`,
		"_rels/.rels", relationsOf("officeDocument", "xl/workbook.bin"),
		"xl/workbook.bin", string(join(r(131), r(153, le32(0, 0, 0)), r(143), r(156, le32(0, 1), wideItem("rId1"), wideItem("Ventes")), r(156, le32(1, 2), wideItem("rId2"), wideItem("Marges")), r(144), r(132))),
		"xl/_rels/workbook.bin.rels", relationsOf("worksheet", "worksheets/sheet1.bin", "worksheet", "worksheets/sheet2.bin", "sharedStrings", "sharedStrings.bin", "styles", "styles.bin"),
		"xl/sharedStrings.bin", string(join(r(159, le32(2, 2)), r(19, []byte{0}, wideItem("Région")), r(19, []byte{0}, wideItem("Total")), r(160))),
		"xl/styles.bin", string(join(r(278), r(615, le32(1)), r(44, le16(164), wideItem(`0.00" €"`)), r(616), r(626, le32(1)), r(47, le16(0xffff, 0, 0, 0, 0), make([]byte, 6)), r(627),
			r(617, le32(3)), r(47, le16(0, 0, 0, 0, 0), make([]byte, 6)), r(47, le16(0, 164, 0, 0, 0), make([]byte, 6)), r(47, le16(0, 14, 0, 0, 0), make([]byte, 6)), r(618), r(279))),
		"xl/worksheets/sheet1.bin", sheetOf(row(0), r(7, cell(0, 0), le32(0)), r(7, cell(1, 0), le32(1)), row(1), r(6, cell(0, 0), wideItem("Nord")), r(5, cell(1, 1), float(12.5)), r(2, cell(2, 2), le32(45000<<2|2)),
			row(2), r(4, cell(0, 0), []byte{1}), r(3, cell(1, 0), []byte{7}), r(2, cell(2, 0), le32(1234<<2|3))),
		"xl/worksheets/_rels/sheet1.bin.rels", relationsOf("comments", "../comments1.bin"),
		"xl/comments1.bin", string(join(r(628), r(637, []byte{0}, wideItem("À vérifier")), r(629))),
		"xl/worksheets/sheet2.bin", sheetOf(row(0), r(9, cell(0, 1), float(3), le16(0)), r(8, cell(1, 0), wideItem("calculé"), le16(0)), r(10, cell(2, 0), []byte{0, 0, 0})))
}

// relationsOf are parts by kind and name.
func relationsOf(kinds ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i+1 < len(kinds); i += 2 {
		b.WriteString(`<Relationship Id="rId` + string(rune('1'+i/2)) + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kinds[i] + `" Target="` + kinds[i+1] + `"/>`)
	}
	return b.String() + "</Relationships>"
}

func TestXLSB(t *testing.T) {
	item := readHere("a.xlsb", binaryBook(t))
	check(t, "text", item.Text, "Ventes\n\nRégion\tTotal\nNord\t12,50 €\t2023-03-15\nTRUE\t12.34\n\nMarges\n\n3,00 €\tcalculé\tFALSE")
	check(t, "sheets", item.Pages, 2)
	check(t, "hidden", item.Properties["sheets_hidden"], "1")
	check(t, "unseen", zoneText(item, content.ZoneUnseen), "Marges\n\n3,00 €\tcalculé\tFALSE")
	check(t, "comment", zoneText(item, content.ZoneComment), "À vérifier")
	check(t, "header", zoneText(item, content.ZoneHeader), "Confidentiel")
	check(t, "footer", zoneText(item, content.ZoneFooter), "Page")
	if item.Problem != nil {
		t.Errorf("problem %+v", item.Problem)
	}
	// A record that is longer than its part, and one that no reader keeps in memory.
	for end, code := range map[string]content.ProblemCode{"\x07\x7fcut": content.Broken, "\x05": content.Broken, "\x01\xff\xff\xff\x7f" + strings.Repeat("x", 1<<20): content.Broken} {
		item := readHere("a.xlsb", pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", relationsOf("officeDocument", "xl/workbook.bin"),
			"xl/workbook.bin", string(binaryRecord(156, le32(0, 1), wideItem("rId1"), wideItem("Ventes"))), "xl/_rels/workbook.bin.rels", relationsOf("worksheet", "sheet1.bin"),
			"xl/sheet1.bin", string(join(binaryRecord(0, le32(0)), binaryRecord(6, le32(0, 0), wideItem("Nord"))))+end))
		check(t, "text before the damage", item.Text, "Ventes\n\nNord")
		if item.Problem == nil || item.Problem.Code != code {
			t.Errorf("problem %+v, want %s", item.Problem, code)
		}
	}
}

// FuzzXLSB hands hostile records to the reader of binary workbooks.
func FuzzXLSB(f *testing.F) {
	f.Add([]byte("\x9c\x01\x00"), []byte("\x13\x05\x00\x01\x00\x00\x00a"), []byte("\x00\x00\x07\x0c"))
	f.Add([]byte(""), join(binaryRecord(19, []byte{0}, wideItem("a"))), join(binaryRecord(0, le32(0)), binaryRecord(7, le32(0, 0, 0)), binaryRecord(479, le16(0), le32(0xffffffff))))
	f.Fuzz(func(t *testing.T, book, shared, sheet []byte) {
		item := readHere("a.xlsb", pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", relationsOf("officeDocument", "xl/workbook.bin"),
			"xl/workbook.bin", string(book)+string(binaryRecord(156, le32(0, 1), wideItem("rId1"), wideItem("Ventes"))), "xl/_rels/workbook.bin.rels", relationsOf("worksheet", "sheet1.bin", "sharedStrings", "s.bin", "styles", "s.bin", "comments", "s.bin"),
			"xl/sheet1.bin", string(sheet), "xl/s.bin", string(shared)))
		if item.Text == "" && item.Problem == nil {
			t.Error("neither text nor problem")
		}
	})
}
