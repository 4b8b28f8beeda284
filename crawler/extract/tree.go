package extract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Caps on one page. A page beyond them keeps what was read until there.
const (
	maxHTML     = 16 << 20 // bytes of source
	maxElements = 100_000
	maxText     = 4 << 20 // bytes of visible text
	maxNesting  = 400     // open elements; below that, everything lies on one level
)

// parse builds the one tree. x/net/html refuses more than 512 open elements; such a page is nested
// by accident or by malice, and is read flat below maxNesting instead.
func parse(source []byte) (root *html.Node) {
	if n, err := html.Parse(bytes.NewReader(source)); err == nil {
		return n
	}
	return parseFlat(source)
}

func parseFlat(source []byte) *html.Node {
	root := &html.Node{Type: html.DocumentNode}
	open := []*html.Node{root}
	z := html.NewTokenizer(bytes.NewReader(source))
	z.SetMaxBuf(maxHTML)
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return root
		}
		t := z.Token()
		top := open[len(open)-1]
		switch kind {
		case html.TextToken:
			top.AppendChild(&html.Node{Type: html.TextNode, Data: t.Data})
		case html.StartTagToken, html.SelfClosingTagToken:
			n := &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr}
			top.AppendChild(n)
			if kind == html.StartTagToken && !void(t.DataAtom) && len(open) < maxNesting {
				open = append(open, n)
			}
		case html.EndTagToken:
			for i := len(open) - 1; i > 0 && i > len(open)-16; i-- {
				if open[i].Data == t.Data {
					open = open[:i]
					break
				}
			}
		}
	}
}

func void(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link,
		atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

// page is one parsed page as two tables in document order: its elements, and the blocks of visible
// text between block-level boundaries. Everything else is read from these tables.
type page struct {
	elements []element
	blocks   []block
	text     string // the text of all blocks, one after the other
	kept     []bool // by block: belongs to the main text
	consent  []bool // by block: stands in a box that asks for consent to cookies

	signed   signedLine // the line that says who wrote the page and when
	isSigned bool

	fieldLabels map[string]*html.Node // labels of forms by the field that they name, once one was asked for
}

// element is one element and the sums over what lies inside of it.
type element struct {
	node   *html.Node
	parent int32 // index of the parent element; -1 at the top
	end    int32 // index after the last descendant
	from   int32 // first block that begins inside, or the block that it is a part of
	to     int32 // block after the last one inside
	depth  int32
	cues   cues // its own
	above  cues // its own and those of its ancestors below <body>
	words  int32
	linked int32
	hidden bool // it or an ancestor is not displayed
}

// block is a run of text without a block-level boundary inside.
type block struct {
	element  int32 // nearest block-level element
	from, to int32 // in page.text
	words    int32
	linked   int32 // words inside links
	lead     separator
	times    bool // holds a <time>
	headline int8 // level of the heading that it is, or 0
}

// separator is what stands between a block and the one before it.
type separator uint8

const (
	paragraph separator = iota // a blank line
	line                       // a line end, as between list entries
)

func (p *page) textOf(b *block) string { return p.text[b.from:b.to] }

// readAll parses a page and fills the tables. Where a script is to fill the page and <noscript>
// holds what it would show (forums do that for search engines), that is read instead.
func readAll(source []byte) *page {
	root := parse(source)
	p := read(root)
	if len(p.elements) == 0 || p.elements[0].words > 80 {
		return p
	}
	found := false
	for i := range p.elements {
		n := p.elements[i].node
		if n.DataAtom != atom.Noscript || n.FirstChild == nil || len(n.FirstChild.Data) < 400 {
			continue
		}
		within := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
		inside, err := html.ParseFragment(strings.NewReader(n.FirstChild.Data), within)
		if err != nil {
			continue
		}
		n.RemoveChild(n.FirstChild)
		n.Data, n.DataAtom, found = "div", atom.Div, true
		for _, c := range inside {
			n.AppendChild(c)
		}
	}
	if !found {
		return p
	}
	return read(root)
}

// kind says what an element does to the text around it.
type kind uint8

const (
	inline   kind = iota
	boundary      // begins and ends a block
	entry         // the same, on a line of its own
	silent        // its text is not shown, or not a part of the page
)

func kindOf(a atom.Atom) kind {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Head, atom.Iframe, atom.Object,
		atom.Select, atom.Textarea, atom.Datalist, atom.Video, atom.Audio, atom.Canvas, atom.Noframes, atom.Noembed, atom.Math:
		return silent
	case atom.Li, atom.Tr, atom.Dt, atom.Dd:
		return entry
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Button, atom.Caption, atom.Center,
		atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Fieldset, atom.Figcaption, atom.Figure,
		atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup,
		atom.Hr, atom.Html, atom.Legend, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section,
		atom.Summary, atom.Table, atom.Tbody, atom.Tfoot, atom.Thead, atom.Ul:
		return boundary
	}
	return inline
}

// attr gives an attribute's value, "" when it is missing.
func attr(n *html.Node, name string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return n.Attr[i].Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return true
		}
	}
	return false
}

// isHidden tells whether an element declares that it is not displayed.
func isHidden(n *html.Node) bool {
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "hidden":
			return n.Attr[i].Val != "until-found"
		case "aria-hidden":
			if n.Attr[i].Val == "true" {
				return true
			}
		case "style":
			s := n.Attr[i].Val
			if j := strings.Index(s, "display"); j >= 0 {
				rest := strings.TrimLeft(s[j+len("display"):], " :")
				if strings.HasPrefix(rest, "none") {
					return true
				}
			}
			if j := strings.Index(s, "visibility"); j >= 0 && strings.HasPrefix(strings.TrimLeft(s[j+len("visibility"):], " :"), "hidden") {
				return true
			}
		}
	}
	return false
}

// textIn gives the text inside an element, on one line, at most limit bytes. It looks at a bounded
// number of nodes, for elements that hold each other are asked one after the other.
func textIn(n *html.Node, limit int) string {
	var b strings.Builder
	steps := 0
	for c := n; c != nil; {
		if steps++; steps > 2000+limit {
			break
		}
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		} else if c != n && c.Type == html.ElementNode && kindOf(c.DataAtom) != inline {
			b.WriteByte(' ')
		}
		if b.Len() > 4*limit {
			break
		}
		next := c.FirstChild
		if c.Type == html.ElementNode && kindOf(c.DataAtom) == silent {
			next = nil
		}
		for next == nil {
			if c == n {
				return oneLine(b.String(), limit)
			}
			if c.Type == html.ElementNode && kindOf(c.DataAtom) != inline {
				b.WriteByte(' ')
			}
			next = c.NextSibling
			if next == nil {
				c = c.Parent
				if c == nil || c == n {
					return oneLine(b.String(), limit)
				}
			}
		}
		c = next
	}
	return oneLine(b.String(), limit)
}

// oneLine folds white space and cuts at a rune boundary.
func oneLine(s string, limit int) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return strings.TrimSpace(s[:limit])
}
