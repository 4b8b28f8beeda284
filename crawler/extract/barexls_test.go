package extract

import (
	"encoding/binary"
	"math"
	"testing"

	"filon/crawler/content"
)

func xlsRecord(kind int, body ...[]byte) []byte {
	b := join(body...)
	return join(le16(kind, len(b)), b)
}

func float(f float64) []byte { return binary.LittleEndian.AppendUint64(nil, math.Float64bits(f)) }

// bareBooks holds a small workbook of each version that may stand without a compound file.
func bareBooks() map[string][]byte {
	text := func(s string) []byte { return append([]byte{byte(len(s))}, s...) }
	looks := []byte{0, 1, 0} // format 1
	return map[string][]byte{
		"Excel 2": join(xlsRecord(0x009, le16(2, 0x10)), xlsRecord(0x1e, text("General")), xlsRecord(0x1e, text("0.00")),
			xlsRecord(0x04, le16(0, 0), looks, text("Le total des ventes")), xlsRecord(0x03, le16(0, 1), looks, float(12.5)), xlsRecord(0x02, le16(1, 0), looks, le16(7)),
			xlsRecord(0x06, le16(1, 1), looks, []byte{0, 0, 0, 0, 0, 0, 0xff, 0xff}, le16(0)), xlsRecord(0x07, text("oui")), xlsRecord(0x05, le16(2, 0), looks, []byte{1, 0}), xlsRecord(0x0a)),
		"Excel 3": join(xlsRecord(0x209, le16(0, 0x10, 0)), xlsRecord(0x1e, text("General")), xlsRecord(0x1e, text("0.00")), xlsRecord(0x243, []byte{5, 1}, make([]byte, 10)),
			xlsRecord(0x204, le16(0, 0, 0, 19), []byte("Le total des ventes")), xlsRecord(0x203, le16(0, 1, 0), float(12.5)), xlsRecord(0x203, le16(1, 0, 0), float(7)),
			xlsRecord(0x206, le16(1, 1, 0), []byte{0, 0, 0, 0, 0, 0, 0xff, 0xff}, le16(0)), xlsRecord(0x207, le16(3), []byte("oui")), xlsRecord(0x205, le16(2, 0, 0), []byte{1, 0}), xlsRecord(0x0a)),
		"Excel 4": join(xlsRecord(0x409, le16(0, 0x10, 0)), xlsRecord(0x41e, le16(0), text("General")), xlsRecord(0x41e, le16(0), text("0.00")), xlsRecord(0x443, []byte{5, 1}, make([]byte, 10)),
			xlsRecord(0x204, le16(0, 0, 0, 19), []byte("Le total des ventes")), xlsRecord(0x203, le16(0, 1, 0), float(12.5)), xlsRecord(0x27e, le16(1, 0, 0), le32(7<<2|2)),
			xlsRecord(0x406, le16(1, 1, 0), []byte{0, 0, 0, 0, 0, 0, 0xff, 0xff}, le16(0)), xlsRecord(0x207, le16(3), []byte("oui")), xlsRecord(0x205, le16(2, 0, 0), []byte{1, 0}), xlsRecord(0x0a)),
		// What programs of the web write when asked for a table in Excel.
		"a table": join(xlsRecord(0x809, le16(0, 0x10, 0, 0)), xlsRecord(0x204, le16(0, 0, 0, 6), []byte("Ann\xe9es")), xlsRecord(0x203, le16(0, 1, 0), float(2026)), xlsRecord(0x0a)),
	}
}

func TestBareXLS(t *testing.T) {
	for name, body := range bareBooks() {
		want := "Le total des ventes\t12,50\n7,00\toui\nTRUE"
		if name == "a table" {
			want = "Années\t2026"
		}
		item := readHere("a.xls", body)
		check(t, name, item.Text, want)
		check(t, name+": MIME", item.MIME, mimeXLS)
		check(t, name+": sheets", item.Pages, 1)
		if item.Problem != nil {
			t.Errorf("%s: problem %+v", name, item.Problem)
		}
	}
	// A step from it: the start of a macro, a size that no version has, and text that begins alike.
	for _, head := range []string{"\x09\x04\x06\x00\x00\x00\x40\x00", "\x09\x08\x07\x00\x00\x00\x10\x00", "\x09\x08\x08\x00", "\t\x00nom\tprix\n"} {
		check(t, head, bareBook(octets(head)), false)
	}
}

// Before version 97 a comment is text of its own, in pieces; text is in the code page of the file; numbers follow the language
// of the words in the cells.
func TestOldWords(t *testing.T) {
	begin := xlsRecord(0x809, le16(0x500, 0x10, 0, 0))
	item := readHere("a.xls", join(begin, xlsRecord(0x42, le16(10000)), xlsRecord(0x204, le16(0, 0, 0, 33), []byte("The sum of what was sold and paid")), xlsRecord(0x203, le16(0, 1, 0), float(0.5)),
		xlsRecord(0x204, le16(1, 0, 0, 4), []byte("caf\x8e")), xlsRecord(0x1c, le16(0, 0, 12), []byte("Ne pas ")), xlsRecord(0x1c, le16(0xffff, 0, 5), []byte("dire.")), xlsRecord(0x1c, le16(1, 0, 4), []byte("Fin.")), xlsRecord(0x0a)))
	check(t, "text", item.Text, "The sum of what was sold and paid\t0.5\ncafé")
	check(t, "comments", zoneText(item, content.ZoneComment), "Ne pas dire. | Fin.")
	words := "This is the sum of everything that was sold and paid for in the last year, with what they still have to pay before the first of March, which is the end of the year."
	styled := join(begin, xlsRecord(0xe0, le16(0, 2)), xlsRecord(0x204, le16(0, 0, 0, len(words)), []byte(words)), xlsRecord(0x203, le16(0, 1, 0), float(0.5)), xlsRecord(0x0a))
	check(t, "English", readHere("a.xls", styled).Text, words+"\t0.50")
}
