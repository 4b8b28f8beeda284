package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"sort"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// thing is one schema.org object, from JSON-LD, microdata or RDFa Lite alike: its properties, with
// "@type" and "@id" among them. A value is a string, a number, a bool, a thing or a list of those.
type thing = map[string]any

// Caps on structured data.
const (
	maxStructured = 1 << 20 // bytes of JSON-LD
	maxThings     = 400
	maxNested     = 12
)

// thingsOf gives the objects of a page at their top level, those of @graph included.
func thingsOf(p *page) []thing {
	var list []thing
	size := 0
	marked := false
	for i := range p.elements {
		n := p.elements[i].node
		if n.DataAtom == atom.Script && n.FirstChild != nil && strings.EqualFold(strings.TrimSpace(attr(n, "type")), "application/ld+json") {
			size += len(n.FirstChild.Data)
			if size <= maxStructured {
				for _, v := range parseJSON(n.FirstChild.Data) {
					list = collect(list, v, 0)
				}
			}
		}
		marked = marked || has(n, "itemscope") || has(n, "typeof")
	}
	if marked {
		list = append(list, p.microdata()...)
	}
	return list[:min(len(list), maxThings)]
}

// collect adds the objects in v, going through lists and @graph.
func collect(list []thing, v any, depth int) []thing {
	if depth > maxNested || len(list) >= maxThings {
		return list
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			list = collect(list, x, depth+1)
		}
	case thing:
		if g, ok := v["@graph"]; ok {
			list = collect(list, g, depth+1)
		}
		if v["@type"] != nil {
			list = append(list, v)
		}
		for _, key := range [...]string{"mainEntity", "mainEntityOfPage"} {
			if m, ok := v[key].(thing); ok && m["@type"] != nil {
				list = collect(list, m, depth+1)
			}
		}
	}
	return list
}

// parseJSON reads the values of a script. Sites wrap them in comments, put raw line ends into
// strings and leave commas behind; those are repaired.
func parseJSON(s string) []any {
	var v any
	if json.Unmarshal([]byte(s), &v) == nil {
		return []any{v}
	}
	d := json.NewDecoder(bytes.NewReader(repairJSON(s)))
	var list []any
	for {
		var v any
		if err := d.Decode(&v); errors.Is(err, io.EOF) || err != nil || len(list) > 20 {
			return list
		}
		list = append(list, v)
	}
}

func repairJSON(s string) []byte {
	if _, inner, ok := strings.Cut(s, "<![CDATA["); ok {
		s, _, _ = strings.Cut(inner, "]]>")
	}
	if i := strings.IndexAny(s, "{["); i > 0 {
		s = s[i:]
	}
	if i := strings.LastIndexAny(s, "}]"); i >= 0 {
		s = s[:i+1]
	}
	out := make([]byte, 0, len(s))
	quoted := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case quoted && c == '\\' && i+1 < len(s):
			if n := s[i+1]; n != '\'' {
				out = append(out, c)
			}
			i++
			c = s[i]
			if c < ' ' {
				c = ' '
			}
		case c == '"':
			quoted = !quoted
		case quoted && c < ' ':
			c = ' '
		case !quoted && (c == '}' || c == ']'):
			out = bytes.TrimRight(out, " \n\r\t,")
		case !quoted && c == ';':
			c = ' '
		}
		out = append(out, c)
	}
	return out
}

// markedAt is the key of the element that an object of microdata is; no name of a property has a blank.
const markedAt = "marked at"

// microdata reads itemscope/itemprop and, in the same way, typeof/property.
func (p *page) microdata() []thing {
	var list []thing
	owners := map[int32]thing{} // element to the object that it is
	for i := range p.elements {
		e := &p.elements[i]
		n := e.node
		props := attr(n, "itemprop")
		if props == "" && n.DataAtom != atom.Meta {
			props = attr(n, "property")
		}
		isThing := has(n, "itemscope") || has(n, "typeof")
		if !isThing && props == "" {
			continue
		}
		var owner thing
		for up, k := e.parent, 0; up >= 0 && k < 64; up, k = p.elements[up].parent, k+1 {
			if t, ok := owners[up]; ok {
				owner = t
				break
			}
		}
		var value any
		if isThing {
			if len(owners) >= maxThings {
				continue
			}
			t := thing{markedAt: int32(i)}
			if kind := attr(n, "itemtype") + " " + attr(n, "typeof"); kind != " " {
				t["@type"] = strings.Fields(kind)[0]
			}
			owners[int32(i)] = t
			value = t
			if props == "" || owner == nil {
				if t["@type"] != nil {
					list = append(list, t)
				}
				continue
			}
		}
		if owner == nil {
			continue
		}
		if value == nil {
			value = p.itemValue(e)
		}
		for _, name := range strings.Fields(props) {
			if i := strings.LastIndexAny(name, ":/"); i >= 0 {
				name = name[i+1:]
			}
			switch old := owner[name].(type) {
			case nil:
				owner[name] = value
			case []any:
				if len(old) < maxThings {
					owner[name] = append(old, value)
				}
			default:
				owner[name] = []any{old, value}
			}
		}
	}
	return list
}

func (p *page) itemValue(e *element) string {
	n := e.node
	for _, key := range [...]string{"content", "datetime"} {
		if has(n, key) {
			return attr(n, key)
		}
	}
	switch n.DataAtom {
	case atom.A, atom.Area, atom.Link:
		if s := attr(n, "href"); s != "" && (n.DataAtom == atom.Link || e.words == 0) {
			if t := textIn(n, maxField); t == "" {
				return s
			}
		}
	case atom.Img, atom.Iframe, atom.Source, atom.Video, atom.Audio:
		return attr(n, "src")
	}
	return textIn(n, maxField)
}

// types gives the names of an object's types, without the vocabulary's address.
func types(t thing) []string {
	var list []string
	for _, v := range many(t["@type"]) {
		s, ok := v.(string)
		if !ok {
			continue
		}
		if i := strings.LastIndexAny(s, "/#:"); i >= 0 {
			s = s[i+1:]
		}
		if s != "" && len(s) <= 60 {
			list = append(list, s)
		}
	}
	return list
}

// many gives a value as a list.
func many(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// text gives a value as text: the name of an object, the first entry of a list.
func text(v any) string {
	for range maxNested {
		switch x := v.(type) {
		case string:
			// Many sites escape for HTML what stands in JSON.
			if strings.IndexByte(x, '&') >= 0 {
				x = html.UnescapeString(x)
			}
			return strings.TrimSpace(x)
		case []any:
			if len(x) == 0 {
				return ""
			}
			v = x[0]
		case thing:
			if v = first(x, "@value", "name", "headline", "url", "@id"); v == nil {
				return ""
			}
		default:
			return ""
		}
	}
	return ""
}

func first(t thing, keys ...string) any {
	for _, k := range keys {
		if v := t[k]; v != nil && v != "" {
			return v
		}
	}
	return nil
}

// weight orders schema.org types: 0 for what a page is about, more for what merely stands on it.
func weight(kind string) int {
	switch kind {
	case "WebPage", "CollectionPage", "ItemList", "Blog", "ProfilePage", "AboutPage", "ContactPage", "ItemPage", "SearchResultsPage":
		return 2
	case "Organization", "WebSite", "BreadcrumbList", "ListItem", "ImageObject", "Person", "SearchAction", "ReadAction",
		"Corporation", "LocalBusiness", "PostalAddress", "SiteNavigationElement", "WPHeader", "WPFooter", "WPSideBar",
		"Brand", "Offer", "Rating", "AggregateRating", "Comment", "EntryPoint", "SpeakableSpecification", "ContactPoint",
		"NewsMediaOrganization", "Place", "Thing", "Question", "Answer":
		return 3
	case "CreativeWork", "Article", "Service":
		return 1
	}
	return 0
}

// rank orders the objects, the most specific first, and gives all their types in that order.
func rank(things []thing) []string {
	var kinds []string
	seen := map[string]bool{}
	for _, t := range things {
		for _, k := range types(t) {
			if !seen[k] && len(seen) < maxListed {
				seen[k] = true
				kinds = append(kinds, k)
			}
		}
	}
	sort.SliceStable(kinds, func(i, j int) bool { return weight(kinds[i]) < weight(kinds[j]) })
	sort.SliceStable(things, func(i, j int) bool { return lightest(things[i]) < lightest(things[j]) })
	return kinds
}

// isEvent tells whether an object is something that takes place: when it was published is not when the page was.
func isEvent(t thing) bool {
	for _, k := range types(t) {
		if strings.HasSuffix(k, "Event") || k == "EventSeries" || k == "Festival" || k == "Hackathon" || k == "CourseInstance" {
			return true
		}
	}
	return false
}

// ownThings are the objects whose dates may be the page's, the most specific first and events last: of the elements that are marked as
// objects, the one around the beginning of the main text, one that is called like the page, or the only one. Teasers of
// other pages, and what takes place, have dates of their own.
func (f *facts) ownThings() (own []thing) {
	var events []thing
	marked, others := 0, false
	for _, t := range f.things {
		if lightest(t) > 1 {
			break
		}
		if _, ok := t[markedAt]; ok {
			marked++
		}
		others = others || !isEvent(t)
	}
	for _, t := range f.things {
		if lightest(t) > 2 {
			break
		}
		at, ok := t[markedAt].(int32)
		switch event := isEvent(t); {
		case ok && lightest(t) < 2 && !f.startsIn(at) && !f.calledLikePage(t) && (event || marked > 1 || f.elements[at].foreign()):
		case !event:
			own = append(own, t)
		case ok || !others || f.calledLikePage(t):
			events = append(events, t)
		}
	}
	return append(own, events...)
}

// startsIn tells whether the main text begins in an element.
func (f *facts) startsIn(at int32) bool {
	e, start := &f.elements[at], int32(f.start())
	return len(f.blocks) > 0 && e.from <= start && start < e.to
}

// calledLikePage tells whether an object has the name of the page.
func (f *facts) calledLikePage(t thing) bool {
	name := text(first(t, "headline", "name"))
	if name == "" {
		return false
	}
	if len(f.blocks) > 0 && strings.EqualFold(name, strings.TrimSpace(f.textOf(&f.blocks[f.start()]))) {
		return true
	}
	return len(f.titled) >= len(name) && strings.EqualFold(name, f.titled[:len(name)])
}

func lightest(t thing) int {
	w := 9
	for _, k := range types(t) {
		w = min(w, weight(k))
	}
	return w
}
