package export

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// mostUnzipped bounds a workbook that comes back, unpacked, in bytes.
const mostUnzipped = 256 << 20

// IsWorkbook tells whether data begins as a ZIP archive does, which an XLSX workbook is.
func IsWorkbook(data []byte) bool { return bytes.HasPrefix(data, []byte("PK\x03\x04")) }

// ReadWorkbook gives the rows of the first sheet of an XLSX workbook as texts, the empty ones too, so that the place of
// a row is its number; at most that many rows.
func ReadWorkbook(data []byte, most int) ([][]string, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostUnzipped, UnzipXMLSizeLimit: 64 << 20})
	if err != nil {
		return nil, fmt.Errorf("read the workbook: %w", err)
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if len(sheets) == 0 {
		return nil, fmt.Errorf("read the workbook: it has no sheet")
	}
	rows, err := f.Rows(sheets[0])
	if err != nil {
		return nil, fmt.Errorf("read the workbook: %w", err)
	}
	defer rows.Close()
	var all [][]string
	for rows.Next() {
		if len(all) == most {
			return nil, fmt.Errorf("read the workbook: more than %d rows", most)
		}
		row, err := rows.Columns()
		if err != nil {
			return nil, fmt.Errorf("read the workbook: %w", err)
		}
		all = append(all, row)
	}
	return all, rows.Error()
}
