package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"filon/crawler/content"
)

// Which pictures are the page's own, and which the site puts around it.

const (
	leastHero   = 400 // pixels that a picture is wide at least that opens a page
	leastMargin = 200 // and one of the margin that shows more than an avatar or a badge: margins are narrow
)

// drawnNames are parts of the names of files that a site draws itself with.
var drawnNames = [...]string{"logo", "icon", "icone", "avatar", "sprite", "pixel", "spacer", "picto"}

const (
	mostAtTop = 12 // blocks between the heading and the first words of the main text: who wrote it and when
	mostAbove = 3  // blocks above them: where the page stands, its category
)

// stretch is a run of blocks, the last one included.
type stretch struct{ from, to int32 }

// topOf is where the picture stands that opens the page: from a few lines above its heading or its first words to where both have begun.
func (f *facts) topOf() stretch {
	first := -1
	for i := range f.kept {
		if f.kept[i] {
			first = i
			break
		}
	}
	heading := f.mainHeadingAt()
	switch {
	case first < 0:
		return stretch{0, -1}
	case heading < 0 || max(heading, first)-min(heading, first) > mostAtTop:
		return stretch{int32(first - mostAbove), int32(first)}
	}
	return stretch{int32(min(heading, first) - mostAbove), int32(max(heading, first))}
}

// contentImage tells whether a picture belongs to what the page says.
func (f *facts) contentImage(e *element, img *content.Image, top stretch) bool {
	if img.Width > 0 && img.Width < 80 || img.Height > 0 && img.Height < 60 {
		return false
	}
	if e.above&(tagNav|tagFooter|tagAside) != 0 || f.ofConsent(e) || e.cues&cueShare != 0 {
		return false
	}
	if isDrawn(img) {
		return false
	}
	if f.inMain(e) || e.from > 0 && f.kept[e.from-1] {
		return true
	}
	if img.Width >= leastHero && top.from <= e.from && e.from <= top.to && e.above&cueRelated == 0 && !f.away(f.around(e)) {
		return true
	}
	// A picture has no words of its own: what stands around it tells.
	for up, k := e.parent, 0; up >= 0 && k < 4; up, k = f.elements[up].parent, k+1 {
		u := &f.elements[up]
		if u.to == u.from {
			continue
		}
		for b := u.from; b < u.to && b < u.from+20; b++ {
			if f.kept[b] {
				return u.above&(tagHeader) == 0
			}
		}
		return false
	}
	return false
}

// isDrawn tells whether the name of a picture's file is of what a site draws itself with.
func isDrawn(img *content.Image) bool {
	name := strings.ToLower(img.Address[strings.LastIndexByte(img.Address, '/')+1:])
	for _, w := range drawnNames {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// apart tells whether a decoration is no picture of this page beyond doubt: it stands in a menu or the footer, or, without
// a caption, it is small or shows another page. A small one that opens a large one is as large as that.
func (t *teasers) apart(at int32, img *content.Image) bool {
	e := &t.elements[at]
	switch {
	case e.above&(tagNav|tagFooter) != 0 || t.ofConsent(e):
		return true
	case e.above&(tagAside|cueSide) != 0 && e.above&cueRelated == 0 && t.in.Access.Visibility != content.Public:
		return t.apartInMargin(at, img)
	case e.above&tagAside != 0:
		return true
	case img.Caption != "":
		return false
	}
	to := t.around(e)
	return e.above&(cueRelated|cueSide) != 0 || (img.Width > 0 && img.Width < leastHero || img.Height > 0 && img.Height < 60) && !picturePath(to) || t.away(to) || t.inCard(at)
}

// apartInMargin tells whether a picture in the margin of a page that is not public is none of it: it leads away, or, without a
// caption, it is small or drawn. Intranets put pictures of their own people there, whom nobody was asked about yet.
func (t *teasers) apartInMargin(at int32, img *content.Image) bool {
	to := t.around(&t.elements[at])
	switch {
	case t.away(to) || t.inCard(at):
		return true
	case img.Caption != "":
		return false
	}
	return isDrawn(img) || (img.Width > 0 && img.Width < leastMargin || img.Height > 0 && img.Height < 60) && !picturePath(to)
}

// around is the address that a link leads to in which an element stands, "" without one.
func (f *facts) around(e *element) string {
	for up, k := e.parent, 0; up >= 0 && k < 8; up, k = f.elements[up].parent, k+1 {
		if n := f.elements[up].node; n.DataAtom == atom.A && has(n, "href") {
			return withoutFragment(f.resolve(attr(n, "href")))
		}
	}
	return ""
}

// away tells whether an address is another page; the file of a picture, as galleries link it, is none.
func (f *facts) away(to string) bool {
	return to != "" && to != withoutFragment(f.in.Address) && !picturePath(to)
}

// picturePath tells whether an address, without its query, ends as the names of pictures do. A drawing (.svg) is none that a gallery opens.
func picturePath(a string) bool {
	a, _, _ = strings.Cut(strings.ToLower(a), "?")
	for _, end := range [...]string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".tif", ".tiff"} {
		if strings.HasSuffix(a, end) {
			return true
		}
	}
	return false
}

// inCard tells whether what stands around a picture is the teaser of one other page.
func (t *teasers) inCard(at int32) bool {
	for up, k := t.elements[at].parent, 0; up >= 0 && k < 4; up, k = t.elements[up].parent, k+1 {
		if u := &t.elements[up]; u.words > 0 {
			return u.words <= mostCard && u.end-up <= mostInCards && t.card(up)
		}
	}
	return false
}
