package extract

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"filon/crawler/content"
)

// A binary workbook ([MS-XLSB]) has the parts of an xlsx, of which the workbook, its strings, styles, sheets and comments
// are rows of records instead of XML. Drawings and charts are XML here too.

// maxBinaryRecord is how long a record may be to be looked at: a cell holds 32,767 characters.
const maxBinaryRecord = 1 << 20

// binary calls f for each record of a part, until f or the part ends. What it is given is valid until the next call.
func (a *archive) binary(name string, f func(kind int, p octets) error) error {
	r, err := a.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	in := bufio.NewReader(r)
	var buffer []byte
	for {
		kind, err := recordNumber(in, 2)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		size, err := recordNumber(in, 4)
		if err == io.EOF {
			return fmt.Errorf("%w: ends too early", errBroken)
		}
		if err != nil {
			return err
		}
		if a.tokens--; a.tokens < 0 {
			return fmt.Errorf("%w: too many records", errTooLarge)
		}
		if a.tokens%4096 == 0 && !a.deadline.IsZero() && time.Now().After(a.deadline) {
			return errDeadline
		}
		if size > maxBinaryRecord {
			_, err = io.CopyN(io.Discard, in, int64(size))
			kind = -1
		} else {
			if size > len(buffer) {
				buffer = make([]byte, size)
			}
			_, err = io.ReadFull(in, buffer[:size])
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return fmt.Errorf("%w: ends too early", errBroken)
		case err != nil:
			return err
		case kind < 0:
			continue
		}
		if err := f(kind, buffer[:size]); err != nil {
			return err
		}
	}
}

// recordNumber reads the type or the size of a record: seven bits in each byte, the lowest first, in at most so many bytes
// ([MS-XLSB] 2.1.4). io.EOF when there is no more.
func recordNumber(in *bufio.Reader, most int) (n int, err error) {
	for i := range most {
		c, err := in.ReadByte()
		if err == io.EOF && i > 0 {
			return 0, fmt.Errorf("%w: ends too early", errBroken)
		}
		if err != nil {
			return 0, err
		}
		if n |= int(c&0x7f) << (7 * i); c&0x80 == 0 {
			break
		}
	}
	return n, nil
}

// wideText reads a text behind the number of its characters, and what follows it. A missing text has
// the greatest number that there is.
func wideText(p octets) (s string, rest octets) {
	n := p.u32(0)
	if uint32(n) == 0xffffffff {
		return "", p.part(4, len(p))
	}
	n = min(n, len(p))
	return p.part(4, 2*n).wide(), p.part(4+2*n, len(p))
}

// Types of records ([MS-XLSB] 2.3).
const (
	xlsbRow                                          = 0
	xlsbFormat, xlsbStyle, xlsbStyles, xlsbStylesEnd = 44, 47, 617, 618
	xlsbShared, xlsbProperties, xlsbSheet            = 19, 153, 156
	xlsbHeaders, xlsbComment                         = 479, 637
)

// readXLSB reads a binary workbook as readXLSX does another.
func readXLSB(a *archive, name string, d *draft) {
	relations := a.relations(name)
	w := &workbook{archive: a, draft: d, rows: maxRows}
	d.stop(a.binary(name, func(kind int, p octets) error {
		switch {
		case kind == xlsbProperties:
			w.since1904 = p.u32(0)&1 != 0
		case kind == xlsbSheet && len(w.sheets) < 1000:
			id, rest := wideText(p.part(8, len(p)))
			title, _ := wideText(rest)
			w.sheets = append(w.sheets, sheet{name: title, id: id, hidden: p.u32(0) != 0})
		}
		return nil
	}))
	room := 4 * d.limit
	for _, part := range partsOf(relations, "sharedStrings") {
		d.stop(a.binary(part, func(kind int, p octets) error {
			if kind != xlsbShared {
				return nil
			}
			s, _ := wideText(p.part(1, len(p)))
			s = flat(s, maxParagraph)
			if room -= len(s) + 16; room < 0 {
				return errTooLarge
			}
			w.shared = append(w.shared, s)
			return nil
		}))
	}
	for _, part := range partsOf(relations, "styles") {
		w.binaryStyles(part)
	}
	w.readSheets(relations, w.binarySheet, func(part string) {
		_ = a.binary(part, func(kind int, p octets) error {
			if kind == xlsbComment {
				s, _ := wideText(p.part(1, len(p)))
				d.zone(content.ZoneComment, 0, s)
			}
			return nil
		})
	})
}

// binaryStyles finds the number formats of the cell styles.
func (w *workbook) binaryStyles(name string) {
	custom := map[int]string{}
	inCells := false
	_ = w.archive.binary(name, func(kind int, p octets) error {
		switch kind {
		case xlsbFormat:
			if len(custom) < 65_536 {
				custom[p.u16(0)], _ = wideText(p.part(2, len(p)))
			}
		case xlsbStyles, xlsbStylesEnd:
			inCells = kind == xlsbStyles
		case xlsbStyle:
			if inCells && len(w.formats) < 65_536 {
				id := p.u16(2)
				w.formats = append(w.formats, firstOf(custom[id], builtinFormats[strconv.Itoa(id)]))
			}
		}
		return nil
	})
}

// errEnough ends the reading of a sheet of which no more is kept.
var errEnough = errors.New("enough was read")

// binarySheet writes the rows of one sheet.
func (w *workbook) binarySheet(name string) error {
	var row []string
	wrote := false
	end := func() {
		if len(row) > 0 {
			w.draft.row(strings.Join(row, "\t"))
			if !wrote {
				wrote = true
				w.draft.Shape.Tables++
			}
		}
		row = row[:0]
	}
	err := w.archive.binary(name, func(kind int, p octets) error {
		switch {
		case w.draft.full:
			return errEnough
		case kind == xlsbRow:
			end()
			if w.rows--; w.rows < 0 {
				w.draft.fail(content.TooLarge, "more rows than filon keeps; the first were kept")
				return errEnough
			}
		case kind == xlsbHeaders:
			rest := p.part(2, len(p))
			for i := range 6 {
				var s string
				s, rest = wideText(rest)
				w.draft.zone([...]content.ZoneKind{content.ZoneHeader, content.ZoneFooter}[i%2], 0, printCodes(s))
			}
		case kind < 12 && len(p) > 8 && len(row) < maxCells:
			if s := flat(w.binaryCell(kind, p.u32(4)&0xffffff, p[8:]), maxParagraph); s != "" {
				row = append(row, s)
			}
		}
		return nil
	})
	end()
	if err == errEnough {
		return nil
	}
	return err
}

// binaryCell shows the value of a cell ([MS-XLSB] 2.4); errors are left out.
func (w *workbook) binaryCell(kind, style int, v octets) string {
	code := ""
	if style < len(w.formats) {
		code = w.formats[style]
	}
	switch kind {
	case 2:
		return shownNumber(packedNumber(v.u32(0)), code, w.day, w.comma)
	case 5, 9:
		if len(v) < 8 {
			return ""
		}
		return shownNumber(float64At(v), code, w.day, w.comma)
	case 4, 10:
		return map[bool]string{true: "TRUE", false: "FALSE"}[v[0] != 0]
	case 6, 8:
		s, _ := wideText(v)
		return s
	case 7:
		if i := v.u32(0); i >= 0 && i < len(w.shared) {
			return w.shared[i]
		}
	}
	return ""
}
