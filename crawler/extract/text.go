package extract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"filon/crawler/content"
)

// readText reads plain text, Markdown, tables of separated values and subtitles.
func readText(in Input, kind string, d *draft) {
	d.MIME = kind
	text, charset := decodeText(in.Body, header(in.Header, "Content-Type"))
	d.Charset = charset
	if bytes.IndexByte(text[:min(len(text), 4096)], 0) >= 0 || mostlyBinary(text) {
		d.MIME = mimeNone
		d.fail(content.Unsupported, "bytes of no known format")
		return
	}
	s := strings.ReplaceAll(strings.ReplaceAll(string(text), "\r\n", "\n"), "\r", "\n")
	switch kind {
	case mimeMD:
		readMarkdown(s, d)
	case mimeCSV, mimeTSV:
		readTable(s, d)
	case mimeVTT, mimeSRT:
		readSubtitles(s, d)
	default:
		readParagraphs(s, d)
	}
	d.coverEnd = min(d.body.Len(), 1500)
	for d.coverEnd > 0 && d.coverEnd < d.body.Len() && !utf8.RuneStart(d.body.String()[d.coverEnd]) {
		d.coverEnd--
	}
}

// decodeText is decode for bytes that may be UTF-16, which text editors write and pages do not.
func decodeText(body []byte, contentType string) ([]byte, string) {
	if bytes.HasPrefix(body, []byte{0xff, 0xfe}) || bytes.HasPrefix(body, []byte{0xfe, 0xff}) {
		if text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(body); err == nil {
			name := "utf-16le"
			if body[0] == 0xfe {
				name = "utf-16be"
			}
			return text, name
		}
	}
	return decode(body, contentType)
}

func mostlyBinary(text []byte) bool {
	head := text[:min(len(text), 4096)]
	odd := 0
	for _, c := range head {
		if c < 32 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 27 {
			odd++
		}
	}
	return odd*10 > len(head)
}

// readParagraphs keeps lines, and takes blank lines as the ends of paragraphs.
func readParagraphs(s string, d *draft) {
	for _, p := range strings.Split(s, "\n\n") {
		if strings.TrimSpace(p) == "" {
			continue
		}
		for len(p) > maxParagraph {
			cut := cutBytes(p, maxParagraph)
			d.block(cut)
			p = p[max(len(cut), 1):]
			if d.full {
				return
			}
		}
		d.block(p)
	}
	d.Title = firstLine(s)
}

// readMarkdown takes the marks off and keeps headings, lists, code, links and the front matter.
func readMarkdown(s string, d *draft) {
	s = frontMatter(s, d)
	var paragraph []string
	flush := func() {
		d.block(plainMarkdown(strings.Join(paragraph, "\n"), d))
		paragraph = paragraph[:0]
	}
	code, previous := false, ""
	for _, l := range strings.Split(s, "\n") {
		t := strings.TrimSpace(l)
		switch {
		case d.full:
			return
		case strings.HasPrefix(t, "```"), strings.HasPrefix(t, "~~~"):
			flush()
			if !code {
				d.Shape.CodeBlocks++
			}
			code = !code
		case code:
			paragraph = append(paragraph, l)
		case t == "":
			flush()
			d.endRows()
		case strings.HasPrefix(t, "#") && strings.Trim(t, "#") != t && strings.HasPrefix(strings.TrimLeft(t, "#"), " "):
			flush()
			d.heading(len(t)-len(strings.TrimLeft(t, "#")), plainMarkdown(strings.Trim(t, "# "), d))
		case len(paragraph) == 1 && len(t) > 1 && (strings.Trim(t, "=") == "" || strings.Trim(t, "-") == ""):
			level := 1
			if t[0] == '-' {
				level = 2
			}
			d.heading(level, plainMarkdown(paragraph[0], d))
			paragraph = paragraph[:0]
		case listMark(t) > 0:
			flush()
			if listMark(previous) == 0 {
				d.Shape.Lists++
				d.endRows()
			}
			d.Shape.ListEntries++
			d.row(plainMarkdown(t[listMark(t):], d))
		default:
			paragraph = append(paragraph, t)
		}
		previous = t
	}
	flush()
}

// listMark gives the length of a list mark at the beginning of a line, 0 for none.
func listMark(s string) int {
	if len(s) > 2 && strings.IndexByte("-*+", s[0]) >= 0 && s[1] == ' ' {
		return 2
	}
	i := 0
	for i < len(s) && i < 4 && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i > 0 && i+1 < len(s) && (s[i] == '.' || s[i] == ')') && s[i+1] == ' ' {
		return i + 2
	}
	return 0
}

// plainMarkdown takes emphasis and links apart, in one pass.
func plainMarkdown(s string, d *draft) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '*' || c == '`':
		case c == '_' && (i == 0 || s[i-1] == ' ' || i+1 == len(s) || s[i+1] == ' '):
		case c == '!' && strings.HasPrefix(s[i:], "!["):
		case c == '[':
			window := s[i:min(len(s), i+4096)]
			end := strings.Index(window, "](")
			if end < 0 {
				b.WriteByte(c)
				continue
			}
			close := strings.IndexByte(window[end:], ')')
			if close < 0 || strings.ContainsAny(window[1:end], "[]") {
				b.WriteByte(c)
				continue
			}
			label := window[1:end]
			target, _, _ := strings.Cut(strings.TrimSpace(window[end+2:end+close]), " ")
			if i == 0 || s[i-1] != '!' {
				d.link(target, label)
			}
			b.WriteString(strings.NewReplacer("*", "", "`", "").Replace(label))
			i += end + close
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// readTable keeps each record as a row of cells between tabs. The separator is the one that the
// first line uses most; quotes are taken off, and a file that breaks the rules is still read.
func readTable(s string, d *draft) {
	first, _, _ := strings.Cut(s, "\n")
	sep := byte(',')
	for _, c := range []byte{';', '\t', '|'} {
		if strings.Count(first, string(c)) > strings.Count(first, string(sep)) {
			sep = c
		}
	}
	var cell strings.Builder
	var row []string
	quoted, rows := false, 0
	end := func() {
		if len(row) < 1000 {
			row = append(row, flat(cell.String(), maxParagraph))
		}
		cell.Reset()
	}
	line := func() {
		end()
		d.row(strings.TrimRight(strings.Join(row, "\t"), "\t"))
		row = row[:0]
		rows++
	}
	for i := 0; i < len(s) && rows < maxRows && !d.full; i++ {
		switch c := s[i]; {
		case c == '"' && quoted && i+1 < len(s) && s[i+1] == '"':
			cell.WriteByte('"')
			i++
		case c == '"' && (quoted || cell.Len() == 0):
			quoted = !quoted
		case c == '\n' && (!quoted || cell.Len() > 10_000):
			quoted = false
			line()
		case c == sep && !quoted:
			end()
		default:
			if cell.Len() < maxParagraph {
				cell.WriteByte(c)
			}
		}
	}
	if cell.Len() > 0 || len(row) > 0 {
		line()
	}
	if rows >= maxRows {
		d.fail(content.TooLarge, "more rows than filon keeps; the first were kept")
	}
	d.Shape.Tables = 1
}
