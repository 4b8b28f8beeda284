package extract

import (
	"math"
	"sort"
	"strings"

	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

// software names the software behind the page, and what it calls a page like this: by the generator that
// the page declares, by the class names that each software gives, by the form of its addresses.
func (f *facts) software(item *content.Item) (name, kind string) {
	generator := strings.ToLower(item.Generator)
	for _, g := range [...]struct{ word, name string }{{"wordpress", "WordPress"}, {"drupal", "Drupal"}, {"typo3", "TYPO3"}, {"joomla", "Joomla"}, {"spip", "SPIP"}, {"mediawiki", "MediaWiki"},
		{"dokuwiki", "DokuWiki"}, {"sharepoint", "SharePoint"}, {"ez publish", "eZ Publish"}, {"ez platform", "eZ Publish"}, {"ibexa", "eZ Publish"}, {"jalios", "Jalios"}, {"jplatform", "Jalios"},
		{"confluence", "Confluence"}, {"xwiki", "XWiki"}, {"wix.com", "Wix"}, {"squarespace", "Squarespace"}, {"shopify", "Shopify"}, {"prestashop", "PrestaShop"}, {"ghost", "Ghost"}, {"hugo", "Hugo"},
		{"jekyll", "Jekyll"}, {"webflow", "Webflow"}, {"plone", "Plone"}, {"liferay", "Liferay"}, {"hubspot", "HubSpot"}, {"contao", "Contao"}, {"discourse", "Discourse"}} {
		if strings.Contains(generator, g.word) {
			name = g.name
			break
		}
	}
	classes := map[string]bool{}
	for _, c := range item.Classes {
		low := strings.ToLower(c)
		classes[low] = true
		for _, p := range [...]struct{ lead, name string }{{"single-", "WordPress"}, {"page-template", "WordPress"}, {"wp-", "WordPress"}, {"postid-", "WordPress"}, {"page-id-", "WordPress"}, {"node--type-", "Drupal"},
			{"page-node-type-", "Drupal"}, {"node-type-", "Drupal"}, {"path-node", "Drupal"}, {"mediawiki", "MediaWiki"}, {"dokuwiki", "DokuWiki"}, {"com_content", "Joomla"}, {"com-content", "Joomla"}} {
			if name == "" && strings.HasPrefix(low, p.lead) {
				name = p.name
			}
		}
		for _, lead := range [...]string{"node--type-", "page-node-type-", "node-type-", "type-", "single-"} {
			if rest, ok := strings.CutPrefix(low, lead); ok && kind == "" && rest != "" && !strings.HasPrefix(rest, "format-") && !strings.ContainsAny(rest, "0123456789") {
				kind = rest
			}
		}
	}
	if name == "WordPress" && !classes["single"] && !classes["page"] && (classes["archive"] || classes["blog"] || classes["search-results"]) {
		kind = "archive" // of posts, whose own classes follow
	}
	path := strings.ToLower(item.Address)
	if name == "" {
		switch {
		case len(f.meta["ajs-space-key"]) > 0 || len(f.meta["confluence-request-time"]) > 0:
			name = "Confluence"
		case strings.Contains(path, "/sitepages/") || strings.Contains(path, "/_layouts/"):
			name = "SharePoint"
		case strings.Contains(path, "/jcms/"):
			name = "Jalios"
		case strings.Contains(path, "doku.php"):
			name = "DokuWiki"
		case strings.Contains(path, "spip.php"):
			name = "SPIP"
		}
	}
	if kind == "" {
		switch {
		case name == "WordPress" && (classes["page"] || classes["page-template-default"]):
			kind = "page"
		case name == "WordPress" && (classes["single"] || classes["post"]):
			kind = "post"
		case name == "WordPress" && (classes["category"] || classes["tag"]):
			kind = "archive"
		case classes["home"] && name == "WordPress":
			kind = "home"
		case name == "MediaWiki" && classes["ns-0"], name == "Confluence", name == "DokuWiki":
			kind = "page"
		}
	}
	return name, kind
}

// categories gives what of the tags is a category or a section: what a person filed the page under.
func (f *facts) categories() []string {
	var list []string
	seen := map[string]bool{}
	add := func(s string) {
		s = norm.NFC.String(oneLine(s, 100))
		if key := fold(s); key != "" && !seen[key] && !plainCategory[key] && len(list) < maxListed {
			seen[key] = true
			list = append(list, s)
		}
	}
	for _, s := range f.meta["article:section"] {
		add(s)
	}
	for _, v := range many(f.main["articleSection"]) {
		add(text(v))
	}
	for i := range f.elements {
		e := &f.elements[i]
		if e.node.DataAtom == atom.A && hasWord(attr(e.node, "rel"), "category") && e.above&(cueSide|tagAside|tagFooter|tagNav|cueRelated) == 0 {
			add(textIn(e.node, 100))
		}
	}
	if len(list) == 0 {
		add(f.category())
	}
	return list
}

// galleries gives the pictures that the page shows together: three or more in an element that is called a
// gallery, a carousel or a slider.
func (f *facts) galleries() [][]string {
	var list [][]string
	for i := int32(0); i < int32(len(f.elements)) && len(list) < 20; i++ {
		e := &f.elements[i]
		if e.hidden || e.above&(cueRelated|tagNav|tagFooter) != 0 || !galleryNamed(attr(e.node, "class")) {
			continue
		}
		var images []string
		seen := map[string]bool{}
		for j := i; j < e.end && len(images) < 60; j++ {
			if n := f.elements[j].node; n.DataAtom == atom.Img {
				if a := f.source(n); a != "" && !seen[a] {
					seen[a] = true
					images = append(images, a)
				}
			}
		}
		if len(images) >= 3 {
			list = append(list, images)
			i = e.end - 1
		}
	}
	return list
}

func galleryNamed(class string) bool {
	class = strings.ToLower(class)
	for _, w := range [...]string{"gallery", "galerie", "carousel", "carrousel", "slider", "slideshow", "swiper", "diaporama", "lightbox", "album"} {
		if strings.Contains(class, w) {
			return true
		}
	}
	return false
}

// shares gives the languages of the passages of a text, the most used first: nil when they are all in one,
// or too short to tell.
func shares(text, main string) []content.Share {
	words := map[string]int{}
	total := 0
	for passage := range strings.SplitSeq(clip(text, 200_000), "\n\n") {
		n := len(strings.Fields(passage))
		lang := frequentIn(passage, 12)
		if lang == "" {
			continue
		}
		words[lang] += n
		total += n
	}
	if len(words) < 2 && (main == "" || words[main] == total) {
		return nil
	}
	var list []content.Share
	for lang, n := range words {
		if share := float64(n) / float64(total); n >= 12 && share >= .02 {
			list = append(list, content.Share{Language: lang, Share: math.Round(share*100) / 100})
		}
	}
	sort.Slice(list, func(i, j int) bool {
		return list[i].Share > list[j].Share || list[i].Share == list[j].Share && list[i].Language < list[j].Language
	})
	if len(list) < 2 {
		return nil
	}
	return list
}
