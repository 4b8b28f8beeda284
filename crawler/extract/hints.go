package extract

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// hintsOf looks for what the page declares about its own kind. It looks for names of types as
// strings, so that a broken JSON-LD still helps.
func hintsOf(p *page, address string) hints {
	var h hints
	add := func(s string) {
		h.article = h.article || strings.Contains(s, `Article"`) || strings.Contains(s, `"BlogPosting"`)
		h.product = h.product || strings.Contains(s, `"Product"`)
		h.list = h.list || strings.Contains(s, `"ItemList"`) || strings.Contains(s, `"CollectionPage"`)
		h.forum = h.forum || strings.Contains(s, `"DiscussionForumPosting"`) || strings.Contains(s, `"QAPage"`)
		h.faq = h.faq || strings.Contains(s, `"FAQPage"`)
	}
	for i := range p.elements {
		n := p.elements[i].node
		switch n.DataAtom {
		case atom.Script:
			if n.FirstChild != nil && strings.EqualFold(strings.TrimSpace(attr(n, "type")), "application/ld+json") {
				add(n.FirstChild.Data)
			}
		case atom.Meta:
			if attr(n, "property") == "og:type" {
				switch c := attr(n, "content"); {
				case c == "article":
					h.article = true
				case strings.Contains(c, "product"):
					h.product = true
				}
			}
		}
	}
	_, path, _ := strings.Cut(address, "://")
	path, _, _ = strings.Cut(path, "?")
	for i, part := range strings.Split(path, "/") {
		if i > 0 && part != "" {
			h.path++
		}
	}
	return h
}
