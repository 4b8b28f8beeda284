package export

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"filon/index"
)

// Records walks the records to export, as index.Index.Each does.
type Records func(do func(index.Record) error) error

// Dialect is how a CSV is written.
type Dialect struct {
	Comma   byte // between cells; 0 is ','
	Decimal byte // in numbers; 0 is '.'
}

// DialectOf gives what spreadsheets of a locale open with a double click: "fr" splits at semicolons and
// writes 0,5; every other locale is as RFC 4180 has it.
func DialectOf(locale string) Dialect {
	lang, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-")
	if lang == "fr" {
		return Dialect{Comma: ';', Decimal: ','}
	}
	return Dialect{Comma: ',', Decimal: '.'}
}

// CSV writes the records as UTF-8 with a byte order mark, lines end with CRLF, quoting is RFC 4180's.
// Days are 2006-01-02, instants RFC 3339 in UTC; elements of a list are joined by '|', and one within an
// element becomes '¦'. Columns and ids have their names, with Options.Labels words of Lang. A text that a spreadsheet would take for a formula gets a ' before it. It holds
// one record at a time and returns the number of records written, without the heading.
func CSV(w io.Writer, columns []Column, records Records, dialect Dialect, opts Options) (int, error) {
	if dialect.Comma == 0 {
		dialect.Comma = ','
	}
	if dialect.Decimal == 0 {
		dialect.Decimal = '.'
	}
	out := bufio.NewWriterSize(w, 64<<10)
	out.WriteString("\ufeff")
	var line []byte
	for i, c := range columns {
		if i > 0 {
			line = append(line, dialect.Comma)
		}
		line = dialect.quote(line, c.heading(opts))
	}
	out.Write(append(line, '\r', '\n'))
	rows := 0
	err := records(func(rec index.Record) error {
		r := rowOf(rec, opts)
		line = line[:0]
		for i, c := range columns {
			if i > 0 {
				line = append(line, dialect.Comma)
			}
			line = dialect.cell(line, c, inWords(c, c.of(r), opts))
		}
		if _, err := out.Write(append(line, '\r', '\n')); err != nil {
			return fmt.Errorf("write the CSV: %w", err)
		}
		rows++
		return nil
	})
	if err != nil {
		return rows, err
	}
	if err := out.Flush(); err != nil {
		return rows, fmt.Errorf("write the CSV: %w", err)
	}
	return rows, nil
}

func (d Dialect) cell(line []byte, c Column, v any) []byte {
	switch x := v.(type) {
	case nil:
		return line
	case int64:
		return strconv.AppendInt(line, x, 10)
	case bool:
		return strconv.AppendBool(line, x)
	case float64:
		s := strconv.FormatFloat(x, 'f', -1, 64)
		return d.quote(line, strings.Replace(s, ".", string(d.Decimal), 1))
	case time.Time:
		if c.Kind == Day {
			return x.AppendFormat(line, time.DateOnly)
		}
		return x.AppendFormat(line, time.RFC3339)
	case []string:
		return d.quote(line, neutral(clean(joinList(x))))
	case string:
		return d.quote(line, neutral(clean(x)))
	}
	panic(fmt.Sprintf("export: column %s holds a %T", c.Name, v))
}

// joinList joins by '|', which no element may then contain.
func joinList(all []string) string {
	var b strings.Builder
	for i, s := range all {
		if i > 0 {
			b.WriteByte('|')
		}
		b.WriteString(strings.ReplaceAll(s, "|", "¦"))
	}
	return b.String()
}

// clean takes out the control characters that no table can hold; tabs and line ends stay.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0x7F || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// neutral keeps a spreadsheet from running a text: pages are written by strangers, and a title may begin
// with =. Numbers are not texts and never come here.
func neutral(s string) string {
	if s == "" {
		return s
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r':
		return "'" + s
	}
	for _, wide := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, wide) {
			return "'" + s
		}
	}
	return s
}

func (d Dialect) quote(line []byte, s string) []byte {
	if !strings.ContainsAny(s, "\"\r\n,;\t") && !strings.HasPrefix(s, " ") && !strings.HasSuffix(s, " ") {
		return append(line, s...)
	}
	if s != "" && isNumber(s) && strings.IndexByte(s, d.Comma) < 0 {
		return append(line, s...)
	}
	line = append(line, '"')
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			line = append(line, '"')
		}
		line = append(line, s[i])
	}
	return append(line, '"')
}

// isNumber tells a number with a decimal comma, which needs no quotes where commas do not split.
func isNumber(s string) bool {
	_, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return err == nil
}

// Rows writes rows of text, the heading among them, with the encoding, line ends, quoting and safety
// of CSV.
func Rows(w io.Writer, rows [][]string, dialect Dialect) error {
	if dialect.Comma == 0 {
		dialect.Comma = ','
	}
	out := bufio.NewWriterSize(w, 64<<10)
	out.WriteString("\ufeff")
	var line []byte
	for _, row := range rows {
		line = line[:0]
		for i, s := range row {
			if i > 0 {
				line = append(line, dialect.Comma)
			}
			line = dialect.quote(line, neutral(clean(s)))
		}
		out.Write(append(line, "\r\n"...))
	}
	return out.Flush()
}
