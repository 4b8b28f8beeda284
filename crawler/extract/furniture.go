package extract

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// furniture are the names that software gives, word for word, to what its templates put around what people have written: tools,
// the line of the last change, the form for an answer, labels for screen readers. On a page of a few words nothing else tells
// them from its text.
var furniture = func() map[string]bool {
	all := map[string]bool{}
	for _, names := range []string{
		"siteSub contentSub contentSub2 jump-to-nav mw-jump-link printfooter catlinks mw-editsection mw-navigation mw-head mw-panel mw-page-base",        // MediaWiki
		"docInfo pageId dokuwiki__usertools dokuwiki__sitetools dokuwiki__pagetools secedit",                                                             // DokuWiki
		"comment-respond comment-reply-title comment-form cancel-comment-reply-link post-navigation sharedaddy jp-relatedposts wp-block-latest-comments", // WordPress
		"page-metadata likes-and-labels-container", // Confluence
		"screen-reader-text sr-only visually-hidden visuallyhidden skip-link breadcrumbs breadcrumb fil-ariane",
	} {
		for n := range strings.FieldsSeq(names) {
			all[n] = true
		}
	}
	return all
}()

// dropFurniture drops what stands in furniture, but for a title of the page.
func (p *page) dropFurniture() {
	known := map[int32]bool{}
	var in []int
	left := 0
	for i := range p.blocks {
		switch {
		case !p.kept[i]:
		case p.blocks[i].headline != 1 && p.furnished(p.blocks[i].element, known):
			in = append(in, i)
		default:
			left++
		}
	}
	if left == 0 {
		return // then it is what there is to read
	}
	for _, i := range in {
		p.kept[i] = false
	}
}

// furnished tells whether an element stands in furniture; known are those looked at before.
func (p *page) furnished(at int32, known map[int32]bool) bool {
	if at < 0 {
		return false
	}
	is, seen := known[at]
	if !seen {
		e := &p.elements[at]
		switch e.node.DataAtom {
		case atom.Html, atom.Body, atom.Main, atom.Article, atom.Caption:
			return false
		}
		for _, a := range e.node.Attr {
			if a.Key != "class" && a.Key != "id" || len(a.Val) > 1000 {
				continue
			}
			for name := range strings.FieldsSeq(a.Val) {
				is = is || furniture[name]
			}
		}
		is = is || p.furnished(e.parent, known)
		known[at] = is
	}
	return is
}
