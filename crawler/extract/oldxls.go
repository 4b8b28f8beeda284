package extract

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"filon/crawler/content"
)

// oldBook reads an Excel workbook of version 2 to 2003 ([MS-XLS]): a row of records, of which those
// that say where the sheets begin, and the shared strings, come first.
type oldBook struct {
	stream octets
	draft  *draft
	wide   bool             // version 97 and later: text is Unicode
	early  int              // version 2, 3 or 4: a sheet by itself; 0 of later ones
	page   *charmap.Charmap // of the text before version 97
	shared []string
	custom map[int]string // formats of the file's own
	styles []string       // number format by cell style
	since  workbook       // shows days and numbers
	rows   int

	row   []string
	at    int // number of the row
	wrote bool
}

// xlsChartText is the title of a chart, of an axis or of a series ([MS-XLS] 2.4.254).
const xlsChartText = 0x100d

type oldSheet struct {
	name          string
	offset        int
	hidden, chart bool
}

func readOldXLS(stream octets, d *draft) {
	b := oldBook{stream: stream, draft: d, custom: map[int]string{}, rows: maxRows, page: charmap.Windows1252}
	begin, known := xlsBegins[stream.u16(0)]
	if !known {
		d.fail(content.Unsupported, "an office format that filon does not read")
		return
	}
	b.early = begin
	b.wide = begin == 0 && stream.u16(4) >= 0x0600
	var sheets []oldSheet
	b.records(0, func(kind int, r oldRecord) bool {
		switch kind {
		case 0x22:
			b.since.since1904 = r.first().u16(0) == 1
		case 0x85:
			p := r.first()
			if len(sheets) < 1000 && p.part(5, 1) != nil && (p[5] == 0 || p[5] == 2) { // a worksheet or a chart, no macro
				sheets = append(sheets, oldSheet{b.short(p.part(6, len(p)), 1), p.u32(0), p[4]&3 != 0, p[5] == 2})
			}
		case 0xfc:
			b.strings(r)
		case 0x42:
			if page := codePages[r.first().u16(0)]; page != nil {
				b.page = page
			}
		case 0x1e, 0x43, 0x243, 0x443:
			b.earlyFormat(kind, r.first())
		case 0x41e:
			p := r.first()
			if b.early > 0 {
				b.earlyFormat(kind, p)
				break
			}
			size := 1
			if b.wide {
				size = 2
			}
			if len(b.custom) < 65_536 {
				b.custom[p.u16(0)] = b.short(p.part(2, len(p)), size)
			}
		case 0xe0:
			f := r.first().u16(2)
			if len(b.styles) < 65_536 {
				b.styles = append(b.styles, firstOf(b.custom[f], builtinFormats[strconv.Itoa(f)]))
			}
		}
		return true
	})
	if len(sheets) == 0 && stream.u16(6) == xlsSheet {
		sheets = append(sheets, oldSheet{})
	}
	b.since.shared = b.shared
	if len(b.shared) == 0 {
		b.labels(sheets)
	}
	b.since.comma = b.since.writesComma()
	d.Pages = len(sheets)
	hidden := 0
	for _, s := range sheets {
		if d.full || b.rows <= 0 || d.late() {
			break
		}
		if s.hidden {
			hidden++
		}
		d.heading(2, s.name)
		b.sheet(s.offset, s.chart)
		d.endRows()
		d.endCover()
	}
	if hidden > 0 {
		d.property("sheets_hidden", strconv.Itoa(hidden))
	}
	if d.late() {
		d.stop(errDeadline)
	}
}

// oldRecord is a record and the records that continue it.
type oldRecord []octets

func (r oldRecord) first() octets {
	if len(r) == 0 {
		return nil
	}
	return r[0]
}

// records calls f for each record from at until the end of its part of the stream, or until f is false.
func (b *oldBook) records(at int, f func(kind int, r oldRecord) bool) {
	open := 0
	for n := 0; at >= 0 && at+4 <= len(b.stream) && n < maxTokens; n++ {
		if n%4096 == 0 && b.draft.late() {
			return
		}
		kind, size := b.stream.u16(at), b.stream.u16(at+2)
		r := oldRecord{b.stream.part(at+4, size)}
		at += 4 + size
		for b.stream.u16(at) == 0x3c && at+4 <= len(b.stream) {
			size = b.stream.u16(at + 2)
			r = append(r, b.stream.part(at+4, size))
			at += 4 + size
		}
		switch kind {
		case 0x809, 0x409, 0x209, 0x009:
			open++
		case 0x0a:
			if open--; open <= 0 {
				return
			}
		default:
			// Deeper lies a chart inside of a sheet, of which the words count.
			if (open == 1 || open == 2 && kind == xlsChartText) && !f(kind, r) {
				return
			}
		}
	}
}

// short reads a text that is preceded by its length in size bytes.
func (b *oldBook) short(p octets, size int) string {
	n := 0
	switch {
	case size == 1 && len(p) > 0:
		n = int(p[0])
	case size == 2:
		n = p.u16(0)
	}
	p = p.part(size, len(p))
	if !b.wide {
		return b.narrow(p.part(0, n))
	}
	if len(p) == 0 {
		return ""
	}
	if p[0]&1 == 1 {
		return p.part(1, 2*n).wide()
	}
	return latin1(p.part(1, n))
}

// latin1 reads ISO 8859-1, as the low halves of UTF-16 units whose high halves are 0 are.
func latin1(p octets) string {
	var s strings.Builder
	for _, c := range p {
		s.WriteRune(rune(c))
	}
	return s.String()
}

// strings reads the shared strings. Where one goes on in the next record, that begins with a byte which
// says anew whether its characters are of one byte or two.
func (b *oldBook) strings(r oldRecord) {
	segment, at, kept := 0, 8, 0
	take := func(n int) octets { // fixed fields and formatting simply run on
		var out octets
		for n > 0 && segment < len(r) {
			p := r[segment].part(at, n)
			out = append(out, p...)
			n -= len(p)
			if at += len(p); n > 0 {
				segment, at = segment+1, 0
			}
		}
		return out
	}
	for range r.first().u32(4) {
		head := take(3)
		if len(head) < 3 || kept > 2*b.draft.limit {
			return
		}
		n, flags := head.u16(0), head[2]
		runs, extra := 0, 0
		if flags&8 != 0 {
			runs = take(2).u16(0)
		}
		if flags&4 != 0 {
			extra = take(4).u32(0)
		}
		var text strings.Builder
		for n > 0 && segment < len(r) {
			if at >= len(r[segment]) {
				if segment, at = segment+1, 1; segment < len(r) && len(r[segment]) > 0 {
					flags = r[segment][0]
				}
				continue
			}
			if flags&1 == 1 {
				p := r[segment].part(at, 2*n)
				text.WriteString(p.wide())
				n, at = n-(len(p)+1)/2, at+len(p)
			} else {
				p := r[segment].part(at, n)
				text.WriteString(latin1(p))
				n, at = n-len(p), at+len(p)
			}
		}
		kept += text.Len()
		b.shared = append(b.shared, text.String())
		take(4*runs + min(extra, len(b.stream)))
	}
}

// sheet writes the rows of one sheet, of a chart its words without its numbers, and what is drawn on it.
func (b *oldBook) sheet(offset int, chart bool) {
	d := b.draft
	b.at, b.wrote = -1, false
	pending := -1 // style of the formula whose text follows
	isNote, graph := false, b.stream.u16(4) == 0x0680
	note := ""         // that goes on in the next record
	var drawn []string // what boxes and charts say
	b.records(offset, func(kind int, r oldRecord) bool {
		p := r.first()
		row, style := p.u16(0), p.u16(4)
		if b.early == 2 && kind < 8 {
			pending = b.earlyCell(kind, p, pending)
			return !d.full && b.rows > 0
		}
		switch kind {
		case 0xfd:
			if i := p.u32(6); i < len(b.shared) {
				b.cell(row, b.shared[i])
			}
		case 0x03, 0x04: // the table behind a chart of Microsoft Graph ([MS-OGRAPH] 2.3)
			if !graph {
				break
			}
			if kind == 3 {
				b.cell(row, b.number(p.part(7, 8), -1))
			} else {
				b.cell(row, b.short(p.part(7, len(p)), 1))
			}
		case 0x204, 0xd6:
			b.cell(row, b.short(p.part(6, len(p)), 2))
		case 0x203:
			if chart {
				break
			}
			b.cell(row, b.number(p.part(6, 8), style))
		case 0x27e:
			b.cell(row, b.show(packedNumber(p.u32(6)), style))
		case 0xbd:
			for at := 4; at+6 <= len(p)-2; at += 6 {
				b.cell(row, b.show(packedNumber(p.u32(at+2)), p.u16(at)))
			}
		case 0x06, 0x206, 0x406:
			if b.formula(row, style, p.part(6, 8)) {
				pending = row
			}
		case 0x207:
			if pending >= 0 {
				b.cell(pending, b.short(p, 2))
				pending = -1
			}
		case 0x205:
			b.truth(row, p.part(6, 2))
		case 0x1c: // a comment, whose text later versions keep elsewhere
			if b.wide {
				break
			}
			if row != 0xffff {
				d.zone(content.ZoneComment, 0, note)
				note = ""
			}
			if len(note) < maxZoneText {
				note += b.narrow(p.part(6, p.u16(4)))
			}
		case 0x14, 0x15:
			size, zone := 1, content.ZoneHeader
			if b.wide {
				size = 2
			}
			if kind == 0x15 {
				zone = content.ZoneFooter
			}
			d.zone(zone, 0, printCodes(b.short(p, size)))
		case 0x5d: // a drawn object; of type 25 it is a comment ([MS-XLS] 2.5.143)
			isNote = p.u16(0) == 0x15 && p.u16(4) == 25
		case 0x1b6: // its text is the next record
			n, said := p.u16(10), ""
			if n > 0 && len(r) > 1 && len(r[1]) > 0 {
				if said = latin1(r[1].part(1, n)); r[1][0]&1 == 1 {
					said = r[1].part(1, 2*n).wide()
				}
			}
			if isNote {
				d.zone(content.ZoneComment, 0, said)
			} else if len(drawn) < maxCells {
				drawn = append(drawn, said)
			}
		case xlsChartText:
			if len(drawn) < maxCells {
				drawn = append(drawn, b.short(p.part(2, len(p)), 1))
			}
		}
		return !d.full && b.rows > 0
	})
	b.cell(-1, "")
	d.zone(content.ZoneComment, 0, note)
	d.endRows()
	for _, said := range drawn {
		for line := range strings.Lines(said) {
			d.row(flat(line, maxParagraph))
		}
	}
}

// cell adds a cell to its row; the row before is written when another begins.
func (b *oldBook) cell(row int, s string) {
	if row != b.at {
		if len(b.row) > 0 {
			if b.rows--; b.rows <= 0 {
				b.draft.fail(content.TooLarge, "more rows than filon keeps; the first were kept")
			}
			b.draft.row(strings.Join(b.row, "\t"))
			if !b.wrote {
				b.wrote = true
				b.draft.Shape.Tables++
			}
		}
		b.row, b.at = b.row[:0], row
	}
	if s = flat(s, maxParagraph); s != "" && len(b.row) < maxCells {
		b.row = append(b.row, s)
	}
}

// formula writes the number or the truth that a formula gives; true when it is a text, which follows.
func (b *oldBook) formula(row, style int, v octets) (text bool) {
	switch {
	case v.u16(6) != 0xffff:
		b.cell(row, b.number(v, style))
	case len(v) == 8 && v[0] == 0:
		return true
	case len(v) == 8 && v[0] == 1:
		b.truth(row, octets{v[2], 0})
	}
	return false
}

// truth writes true or false; the second byte marks an error, which is none of both.
func (b *oldBook) truth(row int, v octets) {
	if len(v) == 2 && v[1] == 0 {
		b.cell(row, map[bool]string{true: "TRUE", false: "FALSE"}[v[0] != 0])
	}
}

func (b *oldBook) number(p octets, style int) string {
	if len(p) < 8 {
		return ""
	}
	return b.show(float64At(p), style)
}

// float64At reads a number of eight bytes.
func float64At(p octets) float64 {
	return math.Float64frombits(uint64(uint32(p.u32(0))) | uint64(uint32(p.u32(4)))<<32)
}

func (b *oldBook) show(f float64, style int) string {
	code := ""
	if style >= 0 && style < len(b.styles) {
		code = b.styles[style]
	}
	return shownNumber(f, code, b.since.day, b.since.comma)
}

// packedNumber reads a number of 30 bits: whole or the upper part of a float, as such or a hundred times.
func packedNumber(rk int) float64 {
	f := float64(int32(rk) >> 2)
	if rk&2 == 0 {
		f = math.Float64frombits(uint64(uint32(rk)&^3) << 32)
	}
	if rk&1 == 1 {
		f /= 100
	}
	return f
}
