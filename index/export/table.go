package export

import (
	"bufio"
	"fmt"
	"io"
	"time"
)

// Table writes rows of another kind than records with the conventions of CSV: the mark, the line ends,
// the quoting and the guard against formulas. Cells are string, int64, float64, bool, time.Time (an
// instant), []string or nil. It returns the number of rows, without the heading.
func Table(w io.Writer, heads []string, dialect Dialect, rows func(do func(cells ...any) error) error) (int, error) {
	if dialect.Comma == 0 {
		dialect = DialectOf("")
	}
	out := bufio.NewWriter(w)
	out.WriteString("\ufeff")
	n := -1
	put := func(cells ...any) error {
		var line []byte
		for i, v := range cells {
			if i > 0 {
				line = append(line, dialect.Comma)
			}
			if t, ok := v.(time.Time); ok && t.IsZero() {
				v = nil
			}
			line = dialect.cell(line, Column{Name: heads[i], Kind: Instant}, v)
		}
		n++
		if _, err := out.Write(append(line, '\r', '\n')); err != nil {
			return fmt.Errorf("write the CSV: %w", err)
		}
		return nil
	}
	names := make([]any, len(heads))
	for i, h := range heads {
		names[i] = h
	}
	if err := put(names...); err != nil {
		return 0, err
	}
	if err := rows(put); err != nil {
		return n, err
	}
	if err := out.Flush(); err != nil {
		return n, fmt.Errorf("write the CSV: %w", err)
	}
	return n, nil
}
