package extract

import (
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// markupText writes the visible text of HTML that is a document of its own, a chapter or a message, and
// has no site around it: all of it is the body. It reads tokens, never a tree, stops at the limits, and
// gives how many pictures it shows.
func markupText(r io.Reader, d *draft) (pictures int, err error) {
	z := html.NewTokenizer(io.LimitReader(r, maxUnpacked))
	z.SetMaxBuf(4 << 20)
	m := markupReader{draft: d}
	for tokens := 0; ; tokens++ {
		kind := z.Next()
		if tokens > maxTokens || d.full {
			m.flush()
			return m.pictures, errTooLarge
		}
		if tokens%4096 == 0 && d.late() {
			m.flush()
			return m.pictures, errDeadline
		}
		switch kind {
		case html.ErrorToken:
			m.flush()
			switch err := z.Err(); err {
			case io.EOF:
				return m.pictures, nil
			case html.ErrBufferExceeded:
				return m.pictures, errTooLarge
			default:
				return m.pictures, err
			}
		case html.TextToken:
			if m.hidden == 0 {
				m.add(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			m.start(z.Token(), kind == html.SelfClosingTagToken)
			if kind == html.SelfClosingTagToken {
				z.NextIsNotRawText() // XHTML closes even a script or a title this way
			}
		case html.EndTagToken:
			m.end(z.Token().DataAtom)
		}
	}
}

type markupReader struct {
	draft    *draft
	text     strings.Builder
	hidden   int // open elements whose text nobody sees
	level    int // of the heading that is open, 0 for none
	row      bool
	pictures int
	link     string
	from     int // where the link's text begins
}

func (m *markupReader) add(s string) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\n", " "), "\t", " ") // white space says nothing in HTML
	if m.text.Len()+len(s) < maxParagraph {
		m.text.WriteString(s)
	}
}

// flush ends the block that is open.
func (m *markupReader) flush() {
	s := m.text.String()
	m.text.Reset()
	m.from = 0
	switch {
	case strings.TrimSpace(s) == "":
	case m.level > 0:
		m.draft.heading(m.level, s)
	case m.row:
		m.draft.row(s)
	default:
		m.draft.block(s)
	}
}

func headingLevel(a atom.Atom) int {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return int(a.String()[1] - '0')
	}
	return 0
}

func (m *markupReader) start(t html.Token, closed bool) {
	switch a := t.DataAtom; a {
	case atom.Script, atom.Style, atom.Head, atom.Template, atom.Noscript, atom.Svg, atom.Math:
		if !closed {
			m.hidden++
		}
	case atom.Body: // a head that nobody closed ends here
		m.hidden = 0
	case atom.Br:
		m.text.WriteByte('\n')
	case atom.Td, atom.Th:
		if strings.TrimSpace(m.text.String()) != "" {
			m.text.WriteByte('\t')
		}
	case atom.Li, atom.Tr:
		m.flush()
		m.row = true
	case atom.Table, atom.Ul, atom.Ol:
		m.flush()
		m.draft.endRows()
		if a == atom.Table {
			m.draft.Shape.Tables++
		} else {
			m.draft.Shape.Lists++
		}
	case atom.Img:
		for _, at := range t.Attr {
			if at.Key == "src" && at.Val != "" {
				m.pictures++
			}
		}
	case atom.A:
		m.link, m.from = "", m.text.Len()
		for _, at := range t.Attr {
			if at.Key == "href" {
				m.link = at.Val
			}
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		m.flush()
		m.level, m.row = headingLevel(a), false
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Blockquote, atom.Pre, atom.Dd, atom.Dt, atom.Figure, atom.Figcaption, atom.Hr, atom.Header, atom.Footer, atom.Nav, atom.Aside, atom.Center:
		if !m.row {
			m.flush()
		} else if strings.TrimSpace(m.text.String()) != "" {
			m.text.WriteByte(' ')
		}
	}
}

func (m *markupReader) end(a atom.Atom) {
	switch a {
	case atom.Script, atom.Style, atom.Head, atom.Template, atom.Noscript, atom.Svg, atom.Math:
		m.hidden = max(m.hidden-1, 0)
	case atom.A:
		if m.link != "" && m.from <= m.text.Len() {
			m.draft.link(m.link, m.text.String()[m.from:])
		}
		m.link = ""
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		m.flush()
		m.level = 0
	case atom.Li, atom.Tr:
		m.flush()
		m.row = false
	case atom.Table, atom.Ul, atom.Ol:
		m.flush()
		m.row = false
		m.draft.endRows()
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Blockquote, atom.Pre, atom.Dd, atom.Dt, atom.Figcaption:
		if !m.row {
			m.flush()
		}
	}
}
