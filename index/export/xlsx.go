package export

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"filon/index"
)

// Limits of the file format (ECMA-376 and Excel's own specifications).
const (
	longestCell  = 32_767    // UTF-16 units of one cell
	sheetRows    = 1_048_576 // of one sheet, with its heading
	clickedLinks = 10_000    // addresses that can be clicked, per sheet; the rest are plain text. Excel allows 65,530, but excelize looks through all for each
	cutMark      = " […]"    // stands at the end of a cell that was too long
)

// XLSX writes the records as a workbook with real numbers, days and links, a heading that stays in
// view, and filters. A text longer than a cell may be ends with […]; records beyond the last row of a
// sheet go on in the next one. With Options.Labels, headings, verdicts and types are words of Lang. It
// returns the number of records written. Rows are streamed through a temporary file, which is removed.
func XLSX(w io.Writer, columns []Column, records Records, opts Options) (n int, err error) {
	return workbook(w, columns, records, opts, sheetRows)
}

func workbook(w io.Writer, columns []Column, records Records, opts Options, perSheet int) (n int, err error) {
	f := excelize.NewFile()
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("write the workbook: %w", cerr)
		}
	}()
	b := &book{file: f, columns: columns, opts: opts, perSheet: perSheet}
	if err := b.styles(); err != nil {
		return 0, fmt.Errorf("write the workbook: %w", err)
	}
	if err := b.nextSheet(); err != nil {
		return 0, fmt.Errorf("write the workbook: %w", err)
	}
	versions := map[string]bool{}
	err = records(func(rec index.Record) error {
		versions[rec.Verdict.Rules] = true
		if err := b.add(rowOf(rec, opts)); err != nil {
			return fmt.Errorf("write the workbook: %w", err)
		}
		n++
		return nil
	})
	if err != nil {
		return n, err
	}
	if err := b.endSheet(); err != nil {
		return n, fmt.Errorf("write the workbook: %w", err)
	}
	f.SetActiveSheet(0)
	// what it was judged by stands in the properties of the file: the sheet is for people's work
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "filon", Description: "filon: rules and policy " + strings.Join(slices.Sorted(maps.Keys(versions)), ", ")}); err != nil {
		return n, fmt.Errorf("write the workbook: %w", err)
	}
	if err := f.Write(w); err != nil {
		return n, fmt.Errorf("write the workbook: %w", err)
	}
	return n, nil
}

type book struct {
	file     *excelize.File
	columns  []Column
	opts     Options
	perSheet int

	sheets  int
	sheet   string
	stream  *excelize.StreamWriter
	line    int // last line written on this sheet
	links   int
	cells   []any
	heading int // styles
	day     int
	instant int
	link    int
}

func (b *book) styles() (err error) {
	day, instant := "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
	if b.opts.lang() == "fr" {
		day, instant = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
	}
	for _, s := range []struct {
		id    *int
		style *excelize.Style
	}{
		{&b.heading, &excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF4"}}}},
		{&b.day, &excelize.Style{CustomNumFmt: &day}},
		{&b.instant, &excelize.Style{CustomNumFmt: &instant}},
		{&b.link, &excelize.Style{Font: &excelize.Font{Color: "1155CC", Underline: "single"}}},
	} {
		if *s.id, err = b.file.NewStyle(s.style); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) nextSheet() error {
	name := "Inventory"
	if b.opts.lang() == "fr" {
		name = "Inventaire"
	}
	b.sheets++
	b.sheet, b.line, b.links = name, 0, 0
	if b.sheets == 1 {
		if err := b.file.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else {
		b.sheet = fmt.Sprintf("%s %d", name, b.sheets)
		if _, err := b.file.NewSheet(b.sheet); err != nil {
			return err
		}
	}
	var err error
	if b.stream, err = b.file.NewStreamWriter(b.sheet); err != nil {
		return err
	}
	for i, c := range b.columns {
		if err := b.stream.SetColWidth(i+1, i+1, width(c)); err != nil {
			return err
		}
	}
	if err := b.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	heads := make([]any, len(b.columns))
	for i, c := range b.columns {
		heads[i] = excelize.Cell{StyleID: b.heading, Value: c.heading(b.opts)}
	}
	b.line = 1
	return b.stream.SetRow("A1", heads)
}

func (b *book) endSheet() error {
	if len(b.columns) > 0 {
		last, err := excelize.CoordinatesToCellName(len(b.columns), b.line)
		if err != nil {
			return err
		}
		if err := b.file.AutoFilter(b.sheet, "A1:"+last, nil); err != nil {
			return err
		}
	}
	return b.stream.Flush()
}

func (b *book) add(r row) error {
	if b.line == b.perSheet {
		if err := b.endSheet(); err != nil {
			return err
		}
		if err := b.nextSheet(); err != nil {
			return err
		}
	}
	b.line++
	b.cells = b.cells[:0]
	for i, c := range b.columns {
		cell, err := b.cell(i, c, inWords(c, c.of(r), b.opts))
		if err != nil {
			return err
		}
		b.cells = append(b.cells, cell)
	}
	first, err := excelize.CoordinatesToCellName(1, b.line)
	if err != nil {
		return err
	}
	return b.stream.SetRow(first, b.cells)
}

// oldestDay is the first day that the format can hold as a date.
var oldestDay = time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)

func (b *book) cell(column int, c Column, v any) (any, error) {
	switch x := v.(type) {
	case nil:
		return nil, nil
	case time.Time:
		if x.Before(oldestDay) {
			return x.Format(time.DateOnly), nil
		}
		if c.Kind == Day {
			return excelize.Cell{StyleID: b.day, Value: x}, nil
		}
		return excelize.Cell{StyleID: b.instant, Value: x}, nil
	case []string:
		return fitting(clean(joinList(x))), nil
	case string:
		if c.Name == "url" && clickable(x) && b.links < clickedLinks {
			name, err := excelize.CoordinatesToCellName(column+1, b.line)
			if err != nil {
				return nil, err
			}
			if err := b.file.SetCellHyperLink(b.sheet, name, x, "External"); err != nil {
				return nil, err
			}
			b.links++
			return excelize.Cell{StyleID: b.link, Value: x}, nil
		}
		return fitting(clean(x)), nil
	}
	return v, nil // numbers and yes or no
}

// clickable tells an address that the format takes as a link.
func clickable(address string) bool {
	return len(address) <= 2000 && utf8.ValidString(address) && clean(address) == address &&
		(strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://"))
}

// fitting cuts a text to what a cell can hold, and says so.
func fitting(s string) string {
	if len(s) <= longestCell {
		return s
	}
	units, end := 0, 0
	room := longestCell - len(utf16.Encode([]rune(cutMark)))
	for i, r := range s {
		n := utf16.RuneLen(r)
		if units+n > longestCell {
			return s[:end] + cutMark
		}
		if units += n; units <= room {
			end = i + utf8.RuneLen(r)
		}
	}
	return s
}

func width(c Column) float64 {
	switch c.Kind {
	case Text, URL:
		return 44
	case List:
		return 36
	case Name:
		return 16
	case Instant:
		return 17
	}
	return 12
}
