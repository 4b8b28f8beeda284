package extract

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

// links gives the references of the page in document order, each address and text once.
func (f *facts) links() []content.Link {
	type key struct{ address, text string }
	seen := map[key]int{}
	joined := map[string]string{}
	list := make([]content.Link, 0, 128)
	for i := range f.elements {
		e := &f.elements[i]
		n := e.node
		if n.DataAtom != atom.A && n.DataAtom != atom.Area {
			continue
		}
		ref := attr(n, "href")
		if ref == "" || ref[0] == '#' {
			continue
		}
		to, ok := joined[ref]
		if !ok {
			to = f.resolve(ref)
			joined[ref] = to
		}
		if to == "" {
			continue
		}
		l := content.Link{Address: to, Text: norm.NFC.String(textIn(n, 300)), Rel: attr(n, "rel"), Main: f.inMain(e)}
		if l.Text == "" {
			l.Text = oneLine(attr(n, "aria-label")+attr(n, "title"), 300)
		}
		l.NoFollow = hasWord(l.Rel, "nofollow")
		if at, ok := seen[key{to, l.Text}]; ok {
			list[at].Main = list[at].Main || l.Main
			list[at].NoFollow = list[at].NoFollow && l.NoFollow
			continue
		}
		if len(list) >= maxPageLinks {
			break
		}
		seen[key{to, l.Text}] = len(list)
		list = append(list, l)
	}
	return list
}

// signedLinks gives the references that hold a user name and a password (RFC 3986 section 3.2.1), which no address of a
// link keeps, and on a page of a folder, which has no links, those with parameters, as words of the page that are no text.
func (f *facts) signedLinks() (zones []content.Zone) {
	for i := range f.elements {
		if n := f.elements[i].node; n.DataAtom == atom.A || n.DataAtom == atom.Area {
			if ref := attr(n, "href"); (signedAddress(ref) || f.base == nil && strings.Contains(ref, "=")) && len(zones) < maxListed {
				zones = append(zones, content.Zone{Kind: content.ZoneLabel, Text: oneLine(ref, maxField)})
			}
		}
	}
	return zones
}

// signedAddress tells whether a reference has a user name and a password before its host.
func signedAddress(ref string) bool {
	_, rest, ok := strings.Cut(ref, "//")
	if !ok {
		return false
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	at := strings.LastIndexByte(rest, '@')
	return at > 0 && strings.IndexByte(rest[:at], ':') > 0
}

// homes are the names of a site's first page in a breadcrumb.
var homes = wordSet("accueil home homepage index start startpage inicio startseite acceuil")

// breadcrumb gives the path to the page, outermost first, without the page itself: from structured
// data, else from the element that is named so.
func (f *facts) breadcrumb(title, h1 string) []string {
	var crumbs []string
	for _, t := range f.things {
		if ks := types(t); len(ks) > 0 && ks[0] == "BreadcrumbList" {
			if crumbs = f.crumbsOf(t); len(crumbs) > 0 {
				break
			}
		}
	}
	if len(crumbs) == 0 {
		crumbs = f.visibleCrumbs()
	}
	for len(crumbs) > 0 {
		last := fold(crumbs[len(crumbs)-1])
		if last != fold(title) && last != fold(h1) && last != fold(f.titled) {
			break
		}
		crumbs = crumbs[:len(crumbs)-1]
	}
	if len(crumbs) == 0 {
		return nil
	}
	return crumbs
}

func (f *facts) crumbsOf(t thing) []string {
	items := many(t["itemListElement"])
	if len(items) > maxListed {
		return nil
	}
	crumbs := make([]string, 0, len(items))
	last := -1.0
	for _, v := range items {
		item, ok := v.(thing)
		if !ok {
			continue
		}
		name := text(item["name"])
		if name == "" {
			if inner, ok := item["item"].(thing); ok {
				name = text(inner["name"])
			} else if s := text(item["item"]); !strings.Contains(s, "/") {
				name = s
			}
		}
		at := number(item["position"])
		if name = norm.NFC.String(oneLine(name, 200)); name == "" {
			continue
		}
		if at < last { // out of order: put it in front
			crumbs = append([]string{name}, crumbs...)
			continue
		}
		last = at
		crumbs = append(crumbs, name)
	}
	// The last one is the page when it leads to the page's own address, or nowhere.
	if n := len(items); n > 1 && len(crumbs) == n {
		if item, ok := items[n-1].(thing); ok {
			if f.leadsHere(item["item"]) {
				crumbs = crumbs[:n-1]
			}
		}
	}
	return crumbs
}

func number(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case string:
		x, _ := strconv.ParseFloat(v, 64)
		return x
	}
	return 0
}

func (f *facts) visibleCrumbs() []string {
	for i := range f.elements {
		e := &f.elements[i]
		named := e.cues&cueBreadcrumb != 0 || e.node.DataAtom == atom.Nav && crumbLabel(attr(e.node, "aria-label"))
		if !named || e.to == e.from && e.words == 0 || e.words > 80 || e.end-int32(i) > 200 {
			continue
		}
		var crumbs []string
		for j := int32(i) + 1; j < e.end; j++ {
			if attr(f.elements[j].node, "class") == "trace" { // of DokuWiki: the pages that one saw last
				crumbs = nil
				break
			}
			if f.elements[j].node.DataAtom == atom.A && has(f.elements[j].node, "href") {
				if s := norm.NFC.String(strings.Trim(textIn(f.elements[j].node, 200), " >»›/|")); s != "" && len(crumbs) < maxListed {
					crumbs = append(crumbs, s)
				}
			}
		}
		if len(crumbs) > 0 {
			return crumbs
		}
		if crumbs = f.plainCrumbs(textIn(e.node, 300), true); len(crumbs) > 0 && e.linked == 0 {
			return crumbs
		}
	}
	return f.lineCrumbs
}

func crumbLabel(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "breadcrumb") || strings.Contains(s, "ariane")
}
