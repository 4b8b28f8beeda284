package export

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"
)

// mostUnzipped bounds a workbook that comes back, unpacked, in bytes.
const mostUnzipped = 256 << 20

// IsWorkbook tells whether data begins as a ZIP archive does, which an XLSX workbook is.
func IsWorkbook(data []byte) bool { return bytes.HasPrefix(data, []byte("PK\x03\x04")) }

// Bounds of what ReadWorkbook takes: columns of a row, and cells in all, the empty ones before a row's last included.
const (
	mostColumns = 256
	mostCells   = 5_000_000
)

// ErrTooManyRows means that a workbook holds more than was asked for, or than is read.
var ErrTooManyRows = errors.New("too many rows")

// ReadWorkbook gives the rows of the first sheet of an XLSX workbook as texts, the empty ones too, so that the place of
// a row is its number; at most that many rows. Numbers and days are as they are stored, not as they are shown: a day is
// a number of days since 30 December 1899.
func ReadWorkbook(data []byte, most int) ([][]string, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostUnzipped, UnzipXMLSizeLimit: 64 << 20})
	if err != nil {
		return nil, fmt.Errorf("read the workbook: %w", err)
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if len(sheets) == 0 {
		return nil, errors.New("read the workbook: it has no sheet")
	}
	rows, err := f.Rows(sheets[0])
	if err != nil {
		return nil, fmt.Errorf("read the workbook: %w", err)
	}
	defer rows.Close()
	var all [][]string
	cells := 0
	for rows.Next() {
		if len(all) == most || cells > mostCells {
			return nil, fmt.Errorf("read the workbook: %w", ErrTooManyRows)
		}
		row, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, fmt.Errorf("read the workbook: %w", err)
		}
		cells += len(row)
		row = row[:min(len(row), mostColumns)]
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		all = append(all, slices.Clone(row))
	}
	return all, rows.Error()
}

// EachWorkbookRow gives do the rows of all sheets of an XLSX workbook, as ReadWorkbook has them, one at a time and without
// the empty ones; sheet counts the sheets. When do wants no more, it gets the next sheet. The workbook may have that many
// bytes, unpacked; its sheets are unpacked into temporary files.
func EachWorkbookRow(r io.Reader, mostUnpacked int64, do func(sheet int, cells []string) (more bool)) error {
	f, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: min(mostUnpacked, 16<<20)})
	if err != nil {
		return fmt.Errorf("read the workbook: %w", err)
	}
	defer f.Close()
	for sheet, name := range f.GetSheetList() {
		if err := eachRow(f, name, func(cells []string) bool { return do(sheet, cells) }); err != nil {
			return fmt.Errorf("read the workbook: %w", err)
		}
	}
	return nil
}

func eachRow(f *excelize.File, sheet string, do func(cells []string) (more bool)) error {
	rows, err := f.Rows(sheet)
	if err != nil {
		return nil // a sheet that is a chart has none
	}
	defer rows.Close()
	for rows.Next() {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		if len(cells) > 0 && !do(cells[:min(len(cells), mostColumns)]) {
			return nil
		}
	}
	return rows.Error()
}
