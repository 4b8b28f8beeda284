package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/address"
	"filon/crawler/content"
)

// facts is what a page declares: its <head>, its headers, its structured data.
type facts struct {
	*page
	in     Input
	base   *address.Base // nil when the page's own address cannot be read: then no reference resolves
	hints  hints
	meta   map[string][]string // by lower-case name or property
	titled string              // <title>
	lang   string              // of <html>, as written

	things []thing // the most specific first
	main   thing   // the first of them that the page is about; empty, never nil
	schema []string
	byID   map[string]thing

	canonical, next, prev, refresh string
	alternates                     []content.Alternate
	feeds, licenses                []string

	changed   change // the line of the last change
	isChanged bool

	lineCrumbs []string // the breadcrumb of a line above the title

	sites map[string]bool // siteKeys, once they were asked for
}

func factsOf(p *page, in Input) *facts {
	f := &facts{page: p, in: in, meta: map[string][]string{}, hints: hintsOf(p, in.Address)}
	baseHref, metas := "", make([]*html.Node, 0, 32) // a <meta> may refer to a <base> that comes later
	for i := range p.elements {
		n := p.elements[i].node
		switch n.DataAtom {
		case atom.Html:
			if f.lang = attr(n, "lang"); f.lang == "" {
				f.lang = attr(n, "xml:lang")
			}
		case atom.Title:
			if f.titled == "" && n.FirstChild != nil && n.Namespace == "" {
				f.titled = oneLine(n.FirstChild.Data, maxField)
			}
		case atom.Base:
			if baseHref == "" {
				baseHref = attr(n, "href")
			}
		case atom.Meta:
			metas = append(metas, n)
		}
	}
	if base, err := address.NewBase(in.Address, baseHref); err == nil {
		f.base = base
	}
	for _, n := range metas {
		f.readMeta(n)
	}
	for i := range p.elements {
		if n := p.elements[i].node; n.DataAtom == atom.Link {
			f.readLink(n)
		}
	}
	f.things = thingsOf(p)
	f.byID = map[string]thing{}
	for _, t := range f.things {
		if id, ok := t["@id"].(string); ok && f.byID[id] == nil {
			f.byID[id] = t
		}
	}
	f.schema = rank(f.things)
	f.main = thing{}
	if len(f.things) > 0 && lightest(f.things[0]) < 3 {
		f.main = f.things[0]
	}
	return f
}

func (f *facts) readMeta(n *html.Node) {
	value := strings.TrimSpace(attr(n, "content"))
	if value == "" {
		return
	}
	if strings.EqualFold(attr(n, "http-equiv"), "refresh") {
		if _, to, ok := cutFold(value, "url="); ok && f.refresh == "" {
			f.refresh = f.resolve(strings.Trim(strings.TrimSpace(to), `"'`))
		}
		return
	}
	for _, key := range [...]string{"property", "name", "itemprop"} {
		names := attr(n, key)
		if names == "" {
			continue
		}
		for _, name := range strings.Fields(strings.ToLower(names)) {
			if strings.HasPrefix(name, "date") && key == "itemprop" && inObject(n) {
				continue // ownThings tells whether it is the page's
			}
			if len(f.meta[name]) < maxListed && len(f.meta) < 500 {
				f.meta[name] = append(f.meta[name], value)
			}
		}
	}
}

// inObject tells whether an element stands in one of the body that is marked as an object of a type.
func inObject(n *html.Node) bool {
	for up := n.Parent; up != nil && up.DataAtom != atom.Body; up = up.Parent {
		if attr(up, "itemtype") != "" && up.DataAtom != atom.Html && up.DataAtom != atom.Head {
			return true
		}
	}
	return false
}

func cutFold(s, sep string) (before, after string, found bool) {
	if i := strings.Index(strings.ToLower(s), sep); i >= 0 && i+len(sep) <= len(s) {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func (f *facts) readLink(n *html.Node) {
	href := strings.TrimSpace(attr(n, "href"))
	if href == "" {
		return
	}
	kind := strings.ToLower(attr(n, "type"))
	for _, rel := range strings.Fields(strings.ToLower(attr(n, "rel"))) {
		switch rel {
		case "canonical":
			if f.canonical == "" {
				f.canonical = f.resolve(href)
			}
		case "next":
			if f.next == "" {
				f.next = f.resolve(href)
			}
		case "prev", "previous":
			if f.prev == "" {
				f.prev = f.resolve(href)
			}
		case "license":
			f.licenses = append(f.licenses, f.resolve(href))
		case "alternate":
			if lang := attr(n, "hreflang"); lang != "" && len(f.alternates) < maxListed {
				if a := f.resolve(href); a != "" {
					f.alternates = append(f.alternates, content.Alternate{Language: lang, Address: a})
				}
			} else if (strings.Contains(kind, "rss") || strings.Contains(kind, "atom") || kind == "application/feed+json") && len(f.feeds) < maxListed {
				if a := f.resolve(href); a != "" {
					f.feeds = append(f.feeds, a)
				}
			}
		}
	}
}

// resolve makes a reference absolute and canonical; "" when it leads nowhere on the web.
func (f *facts) resolve(ref string) string {
	if ref == "" || f.base == nil {
		return ""
	}
	a, err := f.base.Join(ref)
	if err != nil {
		return ""
	}
	return a
}

// media is resolve for images and players, whose whole query is a part of the address.
func (f *facts) media(ref string) string {
	if ref == "" || f.base == nil {
		return ""
	}
	a, err := f.base.JoinRaw(ref)
	if err != nil {
		return ""
	}
	return a
}

// first gives the first value of the first name that has one, on one line.
func (f *facts) first(names ...string) string {
	for _, name := range names {
		for _, v := range f.meta[name] {
			if s := oneLine(v, maxField); s != "" {
				return norm.NFC.String(s)
			}
		}
	}
	return ""
}

func (f *facts) host() string {
	return strings.TrimPrefix(strings.ToLower(address.Name(f.in.Address)), "www.")
}

// siteName is what the site calls itself.
func (f *facts) siteName() string {
	if s := f.first("og:site_name"); s != "" {
		return s
	}
	for _, t := range f.things {
		for _, k := range types(t) {
			if k == "WebSite" {
				if s := oneLine(text(t["name"]), 200); s != "" {
					return norm.NFC.String(s)
				}
			}
		}
	}
	return f.first("application-name", "apple-mobile-web-app-title")
}

func (f *facts) publisher() string {
	for _, t := range f.things {
		if s := oneLine(f.named(t["publisher"]), 200); s != "" {
			return norm.NFC.String(s)
		}
	}
	return f.first("dc.publisher", "dcterms.publisher")
}

func (f *facts) license() string {
	if len(f.licenses) > 0 && f.licenses[0] != "" {
		return f.licenses[0]
	}
	for i := range f.elements {
		if n := f.elements[i].node; n.DataAtom == atom.A && hasWord(attr(n, "rel"), "license") {
			return f.resolve(attr(n, "href"))
		}
	}
	return f.resolve(text(f.main["license"]))
}

func hasWord(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}

// named gives the name of a person or organisation, following a reference inside the page.
func (f *facts) named(v any) string {
	t, ok := v.(thing)
	if !ok {
		if s := text(v); !strings.HasPrefix(s, "http") {
			return s
		}
		return ""
	}
	if s := text(t["name"]); s != "" {
		return s
	}
	if id, ok := t["@id"].(string); ok {
		if o := f.byID[id]; o != nil {
			return text(o["name"])
		}
	}
	return ""
}

// tags gives the categories, tags and keywords that the page declares.
func (f *facts) tags() []string {
	var list []string
	seen := map[string]bool{}
	add := func(s string) {
		s = norm.NFC.String(oneLine(s, 100))
		if key := strings.ToLower(s); s != "" && !seen[key] && len(list) < maxListed {
			seen[key] = true
			list = append(list, s)
		}
	}
	for _, s := range f.meta["article:tag"] {
		add(s)
	}
	for _, s := range f.meta["article:section"] {
		add(s)
	}
	for _, v := range many(f.main["articleSection"]) {
		add(text(v))
	}
	var keys []string
	for _, v := range many(f.main["keywords"]) {
		keys = append(keys, strings.Split(text(v), ",")...)
	}
	if k := strings.FieldsFunc(f.first("keywords"), func(r rune) bool { return r == ',' || r == ';' }); len(k) <= 15 {
		keys = append(keys, k...)
	}
	for _, k := range keys[:min(len(keys), 30)] {
		add(k)
	}
	for i := range f.elements {
		e := &f.elements[i]
		if e.node.DataAtom == atom.A && (hasWord(attr(e.node, "rel"), "tag") || hasWord(attr(e.node, "rel"), "category")) &&
			e.above&(cueSide|tagAside|tagFooter|tagNav|cueRelated) == 0 {
			add(textIn(e.node, 100))
		}
	}
	for _, s := range f.plainTags() {
		add(s)
	}
	return list
}
