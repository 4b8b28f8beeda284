package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"filon/index/export"
)

// gridRow is a row of a table that somebody brings, with the line of the file where it begins.
type gridRow struct {
	line  int
	cells []string
}

// mostRows bounds a table that somebody brings.
const mostRows = 200_000

var (
	errNoTable  = errors.New("neither a CSV nor an XLSX workbook")
	errManyRows = errors.New("too many rows")
)

// readGrid reads a table, whatever program has saved it: an XLSX workbook, of which the first sheet counts, or a CSV with
// commas, semicolons or tabs, in UTF-8, UTF-16 or, as Excel writes on Windows, windows-1252.
func readGrid(data []byte) ([]gridRow, error) {
	if export.IsWorkbook(data) {
		rows, err := export.ReadWorkbook(data, mostRows)
		if errors.Is(err, export.ErrTooManyRows) {
			return nil, errManyRows
		}
		if err != nil {
			return nil, errNoTable
		}
		var all []gridRow
		for i, cells := range rows {
			if len(cells) > 0 {
				all = append(all, gridRow{i + 1, cells})
			}
		}
		return all, nil
	}
	plain, err := plainText(data)
	if err != nil {
		return nil, err
	}
	line := 0
	comma := separator(plain)
	if head, rest, _ := bytes.Cut(plain, []byte("\n")); len(head) >= 5 && bytes.EqualFold(head[:4], []byte("sep=")) { // for Excel alone
		comma, line = rune(head[4]), 1
		plain = rest
	}
	return csvRows(plain, comma, line)
}

func csvRows(plain []byte, comma rune, before int) ([]gridRow, error) {
	r := csv.NewReader(bytes.NewReader(plain))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	var all []gridRow
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, errNoTable
		}
		if len(all) == mostRows {
			return nil, errManyRows
		}
		at, _ := r.FieldPos(0)
		all = append(all, gridRow{before + at, cells})
	}
}

// eachRow gives do the rows of a table as readGrid reads it, one at a time and however many, of a workbook those of all
// sheets; table counts the sheets. When do wants no more, it gets the next sheet. The cells hold until do returns.
func eachRow(r io.Reader, do func(table int, cells []string) (more bool)) error {
	in := bufio.NewReaderSize(r, mostHead)
	if begin, _ := in.Peek(4); export.IsWorkbook(begin) {
		if err := export.EachWorkbookRow(in, mostUnpacked, do); err != nil {
			return errNoTable
		}
		return nil
	}
	plain := bufio.NewReaderSize(transform.NewReader(in, unicode.BOMOverride(transform.Nop)), mostHead)
	head, _ := plain.Peek(mostHead)
	if bytes.IndexByte(head, 0) >= 0 {
		return errNoTable
	}
	rows := csv.NewReader(plain)
	rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes, rows.ReuseRecord = separator(head), -1, true, true
	if first, _, ok := bytes.Cut(head, []byte("\n")); ok && len(first) >= 5 && bytes.EqualFold(first[:4], []byte("sep=")) { // for Excel alone
		rows.Comma = rune(first[4])
		if _, err := plain.Discard(len(first) + 1); err != nil {
			return err
		}
	}
	for {
		cells, err := rows.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errNoTable
		}
		for i, cell := range cells {
			if !utf8.ValidString(cell) {
				if cells[i], err = charmap.Windows1252.NewDecoder().String(cell); err != nil {
					return errNoTable
				}
			}
		}
		if !do(0, cells) {
			return nil
		}
	}
}

// plainText is a text in UTF-8 without its mark.
func plainText(data []byte) ([]byte, error) {
	plain, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), data)
	if err != nil || bytes.IndexByte(plain, 0) >= 0 {
		return nil, errNoTable
	}
	if !utf8.Valid(plain) {
		plain, err = charmap.Windows1252.NewDecoder().Bytes(plain)
	}
	return plain, err
}

// separator is the one that stands most often in the first lines.
func separator(plain []byte) rune {
	head := plain[:min(len(plain), 4<<10)]
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(head, []byte(string(c))) > bytes.Count(head, []byte(string(best))) {
			best = c
		}
	}
	return best
}

// columnNamed finds a column by its name in exports, or by its heading there in French or English.
func columnNamed(heads []string, name string) int {
	known := []string{name}
	for _, c := range export.Columns {
		if c.Name == name {
			known = append(known, c.FR, c.EN)
		}
	}
	for i, h := range heads {
		for _, k := range known {
			if plainHead(h) == plainHead(k) {
				return i
			}
		}
	}
	return -1
}

// cellOf is a cell without the spaces around it; "" when the row is too short, or i negative.
func cellOf(row []string, i int) string {
	if i < 0 || i >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[i])
}

// gridFault says for people why a table could not be read.
func gridFault(err error) T {
	if errors.Is(err, errManyRows) {
		return T{FR: "plus de %d lignes", EN: "more than %d rows"}.with(mostRows)
	}
	return T{FR: "ni un CSV ni un classeur XLSX (Excel et LibreOffice en enregistrent)", EN: "neither a CSV nor an XLSX workbook (Excel and LibreOffice save them)"}
}
