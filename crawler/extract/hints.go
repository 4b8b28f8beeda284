package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// hintsOf looks for what the page declares about its own kind. It looks for names of types as
// strings, so that a broken JSON-LD still helps.
func hintsOf(p *page, address string) hints {
	h := hints{words: map[string]bool{}}
	declare := func(s string) {
		for _, w := range strings.FieldsFunc(strings.ToLower(clip(s, 600)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			h.words[w] = true
		}
	}
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
		case atom.Title:
			if n.FirstChild != nil {
				declare(n.FirstChild.Data)
			}
		case atom.Script:
			if n.FirstChild != nil && strings.EqualFold(strings.TrimSpace(attr(n, "type")), "application/ld+json") {
				add(n.FirstChild.Data)
			}
		case atom.Meta:
			if name := attr(n, "name"); name == "description" {
				declare(attr(n, "content"))
			}
			if attr(n, "property") == "og:title" || attr(n, "property") == "og:description" {
				declare(attr(n, "content"))
			}
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
	path, _, h.query = strings.Cut(path, "?")
	for i, part := range strings.Split(path, "/") {
		if i == 0 || part == "" {
			continue
		}
		h.path++
		h.place |= nameCues(clip(part, 200))
		digits := 0
		for j := 0; j < len(part); j++ {
			if digits++; part[j] < '0' || part[j] > '9' {
				digits = 0
			}
			h.number = h.number || digits == 3
		}
	}
	return h
}
