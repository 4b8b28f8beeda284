package extract

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"filon/crawler/content"
)

// The office formats from before 2007 keep their text in streams of a compound file. Readers of them
// look up numbers in a slice that answers 0 beyond its end, so that no offset of a hostile file can fail.

type octets []byte

func (b octets) u16(at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func (b octets) u32(at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint32(b[at:]))
}

// part gives n bytes from at, fewer where the slice ends.
func (b octets) part(at, n int) octets {
	if at < 0 || n <= 0 || at >= len(b) {
		return nil
	}
	return b[at:min(at+n, len(b))]
}

// wide reads UTF-16, little end first.
func (b octets) wide() string { return wide(b, binary.LittleEndian) }

// narrow reads windows-1252, whatever the bytes look like.
func (b octets) narrow() string {
	var s strings.Builder
	s.Grow(len(b))
	for _, c := range b {
		s.WriteRune(charmap.Windows1252.DecodeByte(c))
	}
	return s.String()
}

// readOldDOC reads a Word document ([MS-DOC]): word is its main stream, tables gives its two table streams.
func readOldDOC(word octets, tables [2]octets, d *draft) {
	if n := word.u16(2); word.u16(0) != 0xA5EC && word.u16(0) != 0xA5DC || n < 101 {
		d.fail(content.Unsupported, "a Word document from before 1995")
		return
	}
	w := oldWord{draft: d}
	if word.u16(2) < 193 { // Word 6 and 95: no pieces unless it was saved in haste
		w.units = []rune(word.part(word.u32(0x18), word.u32(0x1c)-word.u32(0x18)).narrow())
		w.write(0, min(word.u32(0x34), len(w.units)))
		d.endCover()
		return
	}
	table := tables[word.u16(0x0a)>>9&1]
	w.units = oldPieces(word, table.part(word.u32(0x1a2), word.u32(0x1a6)))
	// The parts of a document follow each other: body, footnotes, headers, macros, comments, endnotes,
	// text boxes, text boxes of headers.
	var ends [8]int
	for i, at := range [8]int{0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64, 0x68} {
		ends[i] = min(word.u32(at), len(w.units))
		if i > 0 {
			ends[i] = min(ends[i]+ends[i-1], len(w.units))
		}
	}
	w.write(0, ends[0])
	d.endCover()
	w.write(ends[5], ends[6])
	w.write(ends[0], ends[1])
	w.write(ends[4], ends[5])
	w.headers(ends[1], ends[2], table.part(word.u32(0xf2), word.u32(0xf6)))
	d.zone(content.ZoneComment, 0, w.plain(ends[3], ends[4]))
	d.zone(content.ZoneWatermark, 0, w.plain(ends[6], ends[7]))
	if len(w.units) == 0 && word.u32(0x4c) > 0 {
		d.fail(content.Broken, "the text of the document is not where it should be")
	}
}

// oldPieces joins the pieces of the text in their order ([MS-DOC] 2.8.35): each lies somewhere in the main
// stream, in UTF-16 or in windows-1252.
func oldPieces(word, clx octets) []rune {
	for len(clx) > 0 && clx[0] == 1 {
		clx = clx.part(3+clx.u16(1), len(clx))
	}
	if len(clx) < 5 || clx[0] != 2 {
		return nil
	}
	pieces := clx.part(5, clx.u32(1))
	n := (len(pieces) - 4) / 12
	var all []rune
	for i := range n {
		from, to := pieces.u32(4*i), pieces.u32(4*i+4)
		fc := pieces.u32(4*(n+1) + 8*i + 2)
		if to <= from || len(all) > maxUnpacked/8 {
			break
		}
		if at := fc & 0x3fffffff; fc>>30&1 == 1 {
			all = append(all, []rune(word.part(at/2, to-from).narrow())...)
		} else {
			// A character beyond the first plane counts as two: it stands as two halves here too.
			b := word.part(at, 2*min(to-from, len(word)))
			for k := 0; k+1 < len(b); k += 2 {
				all = append(all, rune(b.u16(k)))
			}
		}
	}
	return all
}

type oldWord struct {
	draft *draft
	units []rune // text of all parts, UTF-16 units
}

// write writes the units from, to as paragraphs and table rows.
func (w *oldWord) write(from, to int) {
	d := w.draft
	var cells []string
	start := from
	for i := from; i < to && !d.full; i++ {
		if i%65536 == 0 && d.late() {
			d.stop(errDeadline)
			return
		}
		switch w.units[i] {
		case 0x07:
			cell := flat(w.plain(start, i), maxParagraph)
			if cell == "" && len(cells) > 0 && start == i { // the mark that ends a row
				d.row(strings.TrimRight(strings.Join(cells, "\t"), "\t"))
				cells = cells[:0]
			} else {
				cells = append(cells, cell)
			}
		case 0x0d, 0x0c:
			if len(cells) > 0 {
				continue // a paragraph inside of a cell
			}
			d.block(w.plain(start, i))
			if w.units[i] == 0x0c {
				d.endCover()
			}
		default:
			continue
		}
		start = i + 1
	}
	if len(cells) > 0 {
		d.row(strings.Join(cells, "\t"))
		d.endRows()
	}
	if start < to {
		d.block(w.plain(start, to))
	}
}

// plain gives units without the marks between them; of a field, what it shows. Addresses of links are kept.
func (w *oldWord) plain(from, to int) string {
	var out, order []rune
	depth, hidden := 0, 0 // open fields; the outermost of them whose instruction is being read
	for _, u := range w.units[max(from, 0):min(max(to, from), len(w.units))] {
		switch {
		case u == 0x13:
			depth++
			if hidden == 0 {
				hidden, order = depth, order[:0]
			}
		case u == 0x14:
			if hidden == depth {
				hidden = 0
				if f := strings.Fields(string(order)); len(f) > 1 && strings.EqualFold(f[0], "HYPERLINK") {
					w.draft.link(strings.Trim(f[1], `"`), "")
				}
			}
		case u == 0x15:
			if hidden == depth {
				hidden = 0
			}
			depth = max(depth-1, 0)
		case hidden > 0:
			if len(order) < 4096 {
				order = append(order, u)
			}
		case u == 0x0b, u == 0x0d, u == 0x0c:
			out = append(out, '\n')
		case u == 0x07, u == 0x09:
			out = append(out, '\t')
		case u == 0x1e:
			out = append(out, '-')
		case u == 0xa0:
			out = append(out, u)
		case u >= 0x20:
			out = append(out, u)
		}
	}
	units := make([]uint16, 0, len(out))
	for _, u := range out {
		units = append(units, uint16(u))
	}
	return string(utf16.Decode(units))
}

// headers keeps the headers and footers: places gives where each story begins, six of separators, then
// six for each section ([MS-DOC] 2.8.26).
func (w *oldWord) headers(from, to int, places octets) {
	for i := 6; 4*i+8 <= len(places) && i < 600; i++ {
		kind := content.ZoneHeader
		if k := i % 6; k == 2 || k == 3 || k == 5 {
			kind = content.ZoneFooter
		}
		a, b := from+places.u32(4*i), from+places.u32(4*i+4)
		if a < b && b <= to {
			w.draft.zone(kind, 0, w.plain(a, b))
		}
	}
}
