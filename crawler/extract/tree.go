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

// read fills the tables in one walk. The walk keeps no stack: a hostile depth costs nothing.
func read(root *html.Node) *page {
	w := walker{page: &page{elements: make([]element, 0, 1024), blocks: make([]block, 0, 256)}, current: -1, seen: map[string]cues{}}
	w.buffer = make([]byte, 0, 16<<10)
	for n := root; n != nil; {
		if w.enter(n) && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != nil {
			w.leave(n)
			if n == root {
				n = nil
				break
			}
			if n.NextSibling != nil {
				n = n.NextSibling
				break
			}
			n = n.Parent
		}
		if len(w.page.elements) >= maxElements || len(w.buffer) >= maxText {
			break
		}
	}
	w.flush()
	w.close()
	return w.page
}

// walker carries what one walk needs to know about where it stands.
type walker struct {
	page    *page
	buffer  []byte
	current int32 // open element
	links   int   // open <a href>
	pre     int   // open <pre>
	entries int   // open <li>, <dd>, <dt>
	mute    int   // open elements whose text is not shown
	seen    map[string]cues

	open     block // the block being filled
	space    bool  // white space is due before the next word
	inWord   bool
	lead     separator
	headline int8
}

// enter tells whether the children are to be visited.
func (w *walker) enter(n *html.Node) bool {
	switch n.Type {
	case html.TextNode:
		if w.mute == 0 && w.current >= 0 {
			w.write(n.Data)
		}
		return false
	case html.DocumentNode:
		return true
	case html.ElementNode:
	default:
		return false
	}

	kind := kindOf(n.DataAtom)
	if kind == boundary || kind == entry {
		w.flush()
		if kind == entry || w.entries > 0 {
			w.lead = line
		}
	}
	e := element{node: n, parent: w.current, from: int32(len(w.page.blocks))}
	if n.DataAtom != atom.Html && n.DataAtom != atom.Body && n.DataAtom != atom.Head {
		e.cues = cuesOf(n, w.seen)
		e.hidden = isHidden(n)
	}
	e.above = e.cues
	if w.current >= 0 {
		up := &w.page.elements[w.current]
		e.above |= up.above
		e.hidden = e.hidden || up.hidden
		e.depth = up.depth + 1
	}
	w.page.elements = append(w.page.elements, e)
	w.current = int32(len(w.page.elements) - 1)

	switch n.DataAtom {
	case atom.A:
		if has(n, "href") {
			if w.links == 0 && w.inWord {
				if c := w.buffer[len(w.buffer)-1]; w.afterLink() && c != '(' && c != '[' {
					w.space = true
				}
			}
			w.links++
		}
	case atom.Br:
		w.lineBreak()
	case atom.Td, atom.Th:
		if int32(len(w.buffer)) > w.open.from {
			w.buffer = append(w.buffer, '\t')
			w.space, w.inWord = false, false
		}
	case atom.Pre:
		w.pre++
	case atom.Li, atom.Dd, atom.Dt:
		w.entries++
	case atom.Time:
		w.open.times = true
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.headline = int8(n.Data[1] - '0')
	}
	if kind == silent {
		w.mute++
	}
	return true
}

// afterLink tells whether the text so far ends with the end of a link: two links without white
// space between them are two entries of a menu, not one word.
func (w *walker) afterLink() bool {
	me := &w.page.elements[w.current]
	prev := me.node.PrevSibling
	return prev != nil && prev.Type == html.ElementNode && prev.DataAtom == atom.A
}

func (w *walker) leave(n *html.Node) {
	if n.Type != html.ElementNode || w.current < 0 || w.page.elements[w.current].node != n {
		return
	}
	kind := kindOf(n.DataAtom)
	if kind == boundary || kind == entry {
		w.flush()
		if kind == entry || w.entries > 0 {
			w.lead = line
		}
	}
	switch n.DataAtom {
	case atom.A:
		if has(n, "href") {
			w.links--
		}
	case atom.Pre:
		w.pre--
	case atom.Li, atom.Dd, atom.Dt:
		w.entries--
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.headline = 0
	}
	if kind == silent {
		w.mute--
	}
	me := w.current
	e := &w.page.elements[me]
	e.end = int32(len(w.page.elements))
	w.current = e.parent
}

// write adds text with white space collapsed as a browser would, and counts words.
func (w *walker) write(s string) {
	if w.pre > 0 {
		w.writePre(s)
		return
	}
	for i := 0; i < len(s); {
		c := s[i]
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' {
			w.space, w.inWord = true, false
			i++
			continue
		}
		j := i + 1
		for j < len(s) && s[j] != ' ' && s[j] != '\n' && s[j] != '\t' && s[j] != '\r' && s[j] != '\f' {
			j++
		}
		w.word(s[i:j])
		i = j
	}
}

func (w *walker) word(s string) {
	if int32(len(w.buffer)) == w.open.from {
		w.begin()
	} else if w.space {
		if c := w.buffer[len(w.buffer)-1]; c != '\n' && c != '\t' {
			w.buffer = append(w.buffer, ' ')
		}
	}
	if !w.inWord || w.space {
		w.open.words++
		if w.links > 0 {
			w.open.linked++
		}
	}
	w.space, w.inWord = false, true
	w.buffer = append(w.buffer, s...)
}

func (w *walker) writePre(s string) {
	if int32(len(w.buffer)) == w.open.from {
		if strings.TrimSpace(s) == "" {
			return
		}
		w.begin()
	}
	words := int32(len(strings.Fields(s)))
	w.open.words += words
	if w.links > 0 {
		w.open.linked += words
	}
	w.buffer = append(w.buffer, s...)
	w.space, w.inWord = false, true
}

// begin opens a block at the nearest block-level element.
func (w *walker) begin() {
	at := w.current
	for at > 0 && kindOf(w.page.elements[at].node.DataAtom) == inline {
		at = w.page.elements[at].parent
	}
	w.open.element, w.open.lead, w.open.headline = at, w.lead, w.headline
	w.space = false
}

// lineBreak ends the line inside a block; a second one in a row ends the block.
func (w *walker) lineBreak() {
	if int32(len(w.buffer)) == w.open.from {
		return
	}
	if w.pre == 0 && w.buffer[len(w.buffer)-1] == '\n' {
		w.flush()
		return
	}
	w.buffer = append(w.buffer, '\n')
	w.space, w.inWord = false, false
}

// flush ends the open block.
func (w *walker) flush() {
	for len(w.buffer) > int(w.open.from) {
		if c := w.buffer[len(w.buffer)-1]; c != '\n' && c != '\t' && c != ' ' {
			break
		}
		w.buffer = w.buffer[:len(w.buffer)-1]
	}
	end := int32(len(w.buffer))
	if end > w.open.from {
		w.open.to = end
		w.page.blocks = append(w.page.blocks, w.open)
	}
	w.open = block{from: end}
	w.space, w.inWord, w.lead = false, false, paragraph
}

// close gives every element the blocks and the words inside of it.
func (w *walker) close() {
	p := w.page
	p.text = string(w.buffer)
	for i := range p.elements { // left open when a cap ended the walk
		if p.elements[i].end == 0 {
			p.elements[i].end = int32(len(p.elements))
		}
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		e := &p.elements[b.element]
		e.words += b.words
		e.linked += b.linked
		e.to = max(e.to, int32(i)+1)
	}
	for i := len(p.elements) - 1; i > 0; i-- {
		e := &p.elements[i]
		e.to = max(e.to, e.from)
		if e.parent >= 0 {
			up := &p.elements[e.parent]
			up.words += e.words
			up.linked += e.linked
			up.to = max(up.to, e.to)
		}
	}
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
