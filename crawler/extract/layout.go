package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Old pages are laid out by a table: a band above, a cell of links beside the text, a band below.

const (
	leastMenuLinks  = 4   // links of a cell that is a menu
	mostMenuWords   = 250 // of such a cell
	leastCellText   = 20  // words of the cell beside it that are no links
	mostLayoutCells = 200 // cells and rows of one table that are looked at
	mostBandWords   = 40  // of a band
	deepestLayout   = 40  // elements around a row
)

// dropLayout takes the menus and the bands of layout tables out of the main text.
func (p *page) dropLayout() {
	plain := int32(0) // words of the page that are no links
	for i := range p.blocks {
		if b := &p.blocks[i]; !p.elements[b.element].hidden {
			plain += b.words - b.linked
		}
	}
	for i := range p.elements {
		e := &p.elements[i]
		if e.node.DataAtom == atom.Tr && !e.hidden && e.to > e.from && e.depth <= deepestLayout {
			p.dropMenuCells(int32(i), plain)
		}
	}
}

// tableCell is a run of blocks of one cell of a row.
type tableCell struct {
	from, to             int32
	words, linked, links int32
}

// dropMenuCells looks at one row: where one cell holds the text of the page, in passages of its own, a cell of links beside it
// is a menu, and the short rows above and below are bands.
func (p *page) dropMenuCells(row, all int32) {
	cells := p.cellsOf(row)
	text := -1
	for i, c := range cells {
		if plain := c.words - c.linked; plain >= leastCellText && c.to-c.from >= 2 && 2*c.linked < c.words && (text < 0 || plain > cells[text].words-cells[text].linked) {
			text = i
		}
	}
	if text < 0 || 2*(cells[text].words-cells[text].linked) < all {
		return
	}
	found := false
	for i, c := range cells {
		if i != text && c.links >= leastMenuLinks && c.words <= mostMenuWords && 5*c.linked >= 3*c.words {
			found = true
			p.drop(c.from, c.to)
		}
	}
	if !found {
		return
	}
	body := p.elements[row].parent
	for i, n := body+1, 0; i < p.elements[body].end && n < mostLayoutCells; i, n = p.elements[i].end, n+1 {
		if e := &p.elements[i]; i != row && e.words <= mostBandWords && e.to > e.from {
			p.drop(e.from, e.to)
		}
	}
}

// cellsOf gives the cells of a row; nil when two of them share a block, as in a table of data.
func (p *page) cellsOf(row int32) []tableCell {
	r := &p.elements[row]
	var at []int32
	for i := row + 1; i < r.end; i = p.elements[i].end {
		n := p.elements[i].node
		if (n.DataAtom == atom.Td || n.DataAtom == atom.Th) && fold(textIn(n, 40)) != "" { // an empty one only makes room
			if at = append(at, i); len(at) > 20 {
				return nil
			}
		}
	}
	if len(at) < 2 {
		return nil
	}
	cells := make([]tableCell, 0, len(at))
	for k, i := range at {
		c := tableCell{from: p.cellFrom(row, i), to: r.to}
		if k+1 < len(at) {
			c.to = p.cellFrom(row, at[k+1])
		}
		for b := c.from; b < c.to; b++ {
			c.words += p.blocks[b].words
			c.linked += p.blocks[b].linked
		}
		for j := i + 1; j < p.elements[i].end; j++ {
			if n := p.elements[j].node; n.DataAtom == atom.A && has(n, "href") {
				c.links++
			}
		}
		cells = append(cells, c)
	}
	return cells
}

// cellFrom is the first block of a cell. A block of the row that is open where a cell begins with a passage of its own belongs to
// the cell before it.
func (p *page) cellFrom(row, at int32) int32 {
	from := p.elements[at].from
	if int(from) < len(p.blocks) && p.blocks[from].element == row && beginsBlock(p.elements[at].node) {
		return from + 1
	}
	return from
}

// beginsBlock tells whether the first thing in an element is a block of its own.
func beginsBlock(n *html.Node) bool {
	steps := 0
	for c := n.FirstChild; c != nil && steps < 50; steps++ {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			return false
		case c.Type == html.ElementNode && kindOf(c.DataAtom) == boundary:
			return true
		case c.Type == html.ElementNode && c.FirstChild != nil:
			c = c.FirstChild
			continue
		}
		c = c.NextSibling
	}
	return false
}

// drop takes blocks out of the main text, but for a title of the page.
func (p *page) drop(from, to int32) {
	for i := from; i < to; i++ {
		if p.blocks[i].headline != 1 {
			p.kept[i] = false
		}
	}
}
