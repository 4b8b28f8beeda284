package extract

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A meta line is what pages put below their title: category, date, author, time of reading, each an inline element
// of its own that a style sheet sets apart. In the source nothing stands between them.

const (
	mostMetaBytes = 300 // of a whole meta line
	mostMetaParts = 12
)

// partSiblings makes white space due between the last word and an inline element that follows another one right
// away in a meta line.
func (w *walker) partSiblings(n *html.Node) {
	if !w.inWord || w.pre > 0 || !metaPart(n) {
		return
	}
	before := n.PrevSibling
	for before != nil && before.Type == html.CommentNode {
		before = before.PrevSibling
	}
	if before == nil || !metaPart(before) || n.Parent == nil {
		return
	}
	is, known := w.metaLines[n.Parent]
	if !known {
		is = isMetaLine(n.Parent)
		w.metaLines[n.Parent] = is
	}
	if !is {
		return
	}
	last, _ := utf8.DecodeLastRune(w.buffer)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(textIn(n, 40), " "))
	if (unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune(".)»!?", last)) && (unicode.IsLetter(first) || unicode.IsDigit(first)) {
		w.space, w.inWord = true, false
	}
}

// metaPart tells whether a node is an inline element that pages set apart by style.
func metaPart(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.Span, atom.A, atom.Time, atom.Small, atom.Strong, atom.B, atom.Em, atom.I, atom.Abbr:
		return true
	}
	return false
}

// isMetaLine tells whether all that an element holds are such parts, and one of them is a date, a time of reading or named
// as a part of a byline. Words that an editor has cut into spans are none.
func isMetaLine(n *html.Node) bool {
	for up, k := n, 0; up != nil && k < 4; up, k = up.Parent, k+1 {
		if up.DataAtom == atom.Code || up.DataAtom == atom.Pre {
			return false
		}
	}
	const named = cueByline | cueMeta | cueTags | cueAuthor
	parts, told := 0, nameCues(clip(attr(n, "class"), 300))&named != 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.CommentNode, c.Type == html.TextNode && len(c.Data) < 100 && fold(c.Data) == "":
			continue
		case !metaPart(c) || parts == mostMetaParts:
			return false
		}
		parts++
		if told = told || c.DataAtom == atom.Time || nameCues(clip(attr(c, "class"), 300))&named != 0; told {
			continue
		}
		s := textIn(c, 80)
		_, dated := findDate(s, "")
		told = dated && len(strings.Fields(s)) <= 8 || isCounter(s)
	}
	return parts > 1 && told && len(textIn(n, mostMetaBytes+1)) <= mostMetaBytes
}

// datePart finds the part of a meta line that is its date, and tells whether it is named so.
func datePart(n *html.Node, lang string) (part string, t time.Time, named, ok bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !metaPart(c) {
			continue
		}
		part = textIn(c, 80)
		if t, ok = findDate(part, lang); ok && datesItself(part, lang, c.DataAtom == atom.Time || dateNamed(c)) {
			return part, t, c.DataAtom == atom.Time || dateNamed(c), true
		}
	}
	return "", time.Time{}, false, false
}

// nearTitle is how many passages after the title, or before it, a meta line stands at most.
const nearTitle = 3

// dropMetaLines takes the meta lines at the title out of the main text: what they say is read as dates and names.
func (f *facts) dropMetaLines() {
	start := f.start()
	if start >= len(f.blocks) || f.blocks[start].headline != 1 {
		return
	}
	for i := max(0, start-nearTitle); i < min(len(f.blocks), start+nearTitle+1); i++ {
		b := &f.blocks[i]
		e := &f.elements[b.element]
		if f.kept[i] && b.headline == 0 && b.words <= 25 && int(e.from) == i && int(e.to) == i+1 && isMetaLine(e.node) {
			f.kept[i] = false
		}
	}
}
