package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// read fills the tables in one walk. The walk keeps no stack: a hostile depth costs nothing.
func read(root *html.Node) *page {
	w := walker{page: &page{elements: make([]element, 0, 1024), blocks: make([]block, 0, 256)}, current: -1, seen: map[string]cues{}, metaLines: map[*html.Node]bool{}}
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
	page      *page
	buffer    []byte
	current   int32 // open element
	links     int   // open <a href>
	pre       int   // open <pre>
	entries   int   // open <li>, <dd>, <dt>
	mute      int   // open elements whose text is not shown
	seen      map[string]cues
	metaLines map[*html.Node]bool // those that were asked for

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
	w.partHidden(&e, kind)
	w.partSiblings(n)

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
	if kind == silent || tool(n) {
		w.mute++
	}
	return true
}

// tool tells whether an element is a link to edit a section, which MediaWiki puts into its heading.
func tool(n *html.Node) bool {
	return n.DataAtom == atom.Span && hasWord(attr(n, "class"), "mw-editsection")
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
	if kind == silent || tool(n) {
		w.mute--
	}
	me := w.current
	e := &w.page.elements[me]
	e.end = int32(len(w.page.elements))
	w.current = e.parent
	w.partHidden(e, kind)
}

// partHidden parts words that are not displayed from those around them, which a browser shows side by side.
func (w *walker) partHidden(e *element, kind kind) {
	if kind == inline && e.hidden && (e.parent < 0 || !w.page.elements[e.parent].hidden) && int32(len(w.buffer)) > w.open.from {
		w.space, w.inWord = true, false
	}
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
