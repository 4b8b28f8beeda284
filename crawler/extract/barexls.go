package extract

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// Until version 4 a workbook is one sheet, and the file its records. Programs that write tables for Excel still leave out
// the compound file around them.

// xlsSheet is what the record that begins a sheet says it begins; of a whole workbook it is 5.
const xlsSheet = 0x10

// xlsBegins maps the records that begin a workbook to its version: 2, 3, 4, 0 for all later ones.
var xlsBegins = map[int]int{0x009: 2, 0x209: 3, 0x409: 4, 0x809: 0}

// bareBook tells whether a file begins as a workbook without a compound file around it.
func bareBook(head octets) bool {
	version, known := xlsBegins[head.u16(0)]
	size, begins := head.u16(2), head.u16(6)
	return known && (begins == xlsSheet || version == 0 && begins == 5) && size >= 4 && size <= 16 && size%2 == 0
}

// readBareXLS reads such a file.
func readBareXLS(body []byte, d *draft) {
	d.MIME = mimeXLS
	if filePass(body) >= 0 {
		body = bytes.Clone(body)
	}
	lock, err := unlockBook(body)
	if err != nil {
		d.stop(err)
		return
	}
	if lock != nil {
		d.property("encryption", builtInPassword)
	}
	readOldXLS(body, d)
}

// codePages are those that a workbook can name for its text; 0x8000 and 0x8001 are of versions 2 to 4.
var codePages = map[int]*charmap.Charmap{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855, 858: charmap.CodePage858,
	860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863, 865: charmap.CodePage865, 866: charmap.CodePage866,
	874: charmap.Windows874, 1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253,
	1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic, 0x8000: charmap.Macintosh, 0x8001: charmap.Windows1252,
}

// narrow reads text of one byte a character.
func (b *oldBook) narrow(p octets) string {
	var s strings.Builder
	for _, c := range p {
		s.WriteRune(b.page.DecodeByte(c))
	}
	return s.String()
}

// labels takes some words of a workbook that shares no strings, to guess its language from.
func (b *oldBook) labels(sheets []oldSheet) {
	size := 0
	for _, s := range sheets {
		b.records(s.offset, func(kind int, r oldRecord) bool {
			said := ""
			switch p := r.first(); {
			case kind == 0x204 || kind == 0xd6:
				said = b.short(p.part(6, len(p)), 2)
			case kind == 0x04 && b.early == 2:
				said = b.short(p.part(7, len(p)), 1)
			}
			if said != "" {
				b.since.shared = append(b.since.shared, said)
				size += len(said)
			}
			return size < 4000
		})
		if size >= 4000 || b.draft.late() {
			return
		}
	}
}

// earlyFormat keeps a number format, which has the number of its place, or the format of a cell style. In version 2 a cell
// names its format itself.
func (b *oldBook) earlyFormat(kind int, p octets) {
	if b.early == 0 || len(b.custom) >= 65_536 || len(b.styles) >= 65_536 {
		return
	}
	switch {
	case kind == 0x41e:
		b.custom[len(b.custom)] = b.short(p.part(2, len(p)), 1)
	case kind == 0x1e:
		code := b.short(p, 1)
		b.custom[len(b.custom)] = code
		if b.early == 2 {
			b.styles = append(b.styles, code)
		}
	case b.early > 2 && len(p) > 1:
		b.styles = append(b.styles, b.custom[int(p[1])])
	}
}

// earlyCell writes a cell of version 2: place, three bytes of looks, value. It gives the row of a formula whose text follows,
// -1 for none.
func (b *oldBook) earlyCell(kind int, p octets, pending int) int {
	if kind == 0x07 {
		if pending >= 0 {
			b.cell(pending, b.short(p, 1))
		}
		return -1
	}
	if len(p) < 9 {
		return pending
	}
	row, style := p.u16(0), int(p[5]&0x3f)
	switch kind {
	case 0x02:
		b.cell(row, b.show(float64(p.u16(7)), style))
	case 0x03:
		b.cell(row, b.number(p.part(7, 8), style))
	case 0x04:
		b.cell(row, b.short(p.part(7, len(p)), 1))
	case 0x05:
		b.truth(row, p.part(7, 2))
	case 0x06:
		if b.formula(row, style, p.part(7, 8)) {
			return row
		}
	}
	return pending
}
