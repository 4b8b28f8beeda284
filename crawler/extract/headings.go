package extract

import (
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

// headings gives the headings of a page, those of teasers, pop-ups and footers with a note that they are apart: the main text leaves
// them out, and all that stands under them, or they are links to other pages.
func (f *facts) headings() (list []content.Heading) {
	main, under := f.mainHeadingAt(), f.keptUnder()
	for i := range f.blocks {
		if b := &f.blocks[i]; b.headline > 0 && len(list) < 500 {
			h := content.Heading{Level: int(b.headline), Text: norm.NFC.String(oneLine(f.textOf(b), 500))}
			h.Apart = !f.kept[i] && i != main && (!under[i] || f.isLink(b))
			list = append(list, h)
		}
	}
	return list
}

// keptUnder tells of every heading whether main text stands under it, up to the next one that is as high.
func (p *page) keptUnder() map[int]bool {
	under := map[int]bool{}
	var open []int // headings that the block stands under
	for i := range p.blocks {
		if level := p.blocks[i].headline; level > 0 {
			for len(open) > 0 && p.blocks[open[len(open)-1]].headline >= level {
				open = open[:len(open)-1]
			}
			open = append(open, i)
		}
		if p.kept[i] {
			for _, h := range open {
				under[h] = true
			}
		}
	}
	return under
}

// isLink tells whether all of a block's words are in a link to another page.
func (f *facts) isLink(b *block) bool {
	if b.words == 0 || b.linked < b.words {
		return false
	}
	e := &f.elements[b.element]
	if f.away(f.around(e)) {
		return true
	}
	for i := b.element + 1; i < e.end; i++ {
		if n := f.elements[i].node; n.DataAtom == atom.A && f.away(withoutFragment(f.resolve(attr(n, "href")))) {
			return true
		}
	}
	return false
}
