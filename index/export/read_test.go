package export

import (
	"bytes"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestReadWorkbook(t *testing.T) {
	f := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "Date", "B1": "Texte", "A2": 45356.5, "B2": "Été", "XFD2": "loin", "A4": "après une ligne vide"} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := ReadWorkbook(b.Bytes(), 10)
	if err != nil || len(rows) != 4 || len(rows[1]) != 2 || rows[1][0] != "45356.5" || len(rows[2]) != 0 || rows[3][0] != "après une ligne vide" {
		t.Errorf("%q, %v", rows, err)
	}
	if _, err := ReadWorkbook(b.Bytes(), 3); !errors.Is(err, ErrTooManyRows) {
		t.Error(err)
	}
	if _, err := ReadWorkbook(b.Bytes()[:200], 10); err == nil {
		t.Error("a cut workbook is read")
	}
}

// One cell in the last column of each row must not fill the memory.
func TestReadWideWorkbook(t *testing.T) {
	f := excelize.NewFile()
	for row := 1; row <= 400; row++ {
		cell, _ := excelize.CoordinatesToCellName(16384, row)
		if err := f.SetCellValue("Sheet1", cell, 1); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	if rows, err := ReadWorkbook(b.Bytes(), 1000); !errors.Is(err, ErrTooManyRows) {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}
