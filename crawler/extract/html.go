package extract

import (
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

// HTML reads a page: one parse, a few walks over its tables. It never returns an error and never
// panics: what is wrong with the page is Item.Problem. It reads Input.Body, not Input.Path.
func HTML(in Input) (item content.Item) {
	item = content.Item{
		ID: content.ID(in.Address), Address: in.Address, Root: in.Root, Source: in.Source, Access: in.Access,
		Status: in.Status, MIME: "text/html", Bytes: int64(len(in.Body)), FetchedAt: in.FetchedAt, Depth: in.Depth,
		ETag: in.Header.Get("ETag"), LastModified: in.Header.Get("Last-Modified"),
	}
	defer func() {
		if r := recover(); r != nil {
			item.Problem = &content.Problem{Code: content.Broken, Detail: "the page could not be read to its end"}
		}
	}()
	body := in.Body
	if len(body) > maxHTML {
		body = body[:maxHTML]
		item.Problem = &content.Problem{Code: content.TooLarge, Detail: fmt.Sprintf("only the first %d MB were read", maxHTML>>20)}
	}
	source, name := decode(body, in.Header.Get("Content-Type"))
	item.Charset = name
	p := readAll(source)
	f := factsOf(p, in)

	p.keepMain(f.hints)
	p.dropLayout()
	f.dropTeasers()
	p.dropControls()
	f.dropMetaLines()
	f.dropChanged()
	f.dropSigned()
	f.dropLineCrumbs()
	p.findConsent()
	if in.leftOut != nil {
		in.leftOut(p.leftOut())
	}
	item.Text, item.Rest = p.mainText()
	item.Text, item.Rest = norm.NFC.String(item.Text), norm.NFC.String(item.Rest)
	item.Headings = f.headings()
	item.H1 = p.mainHeading()
	item.Shape = p.shape()

	item.Language = f.language(item.Text, item.Rest)
	item.SiteName = f.siteName()
	item.Title = f.title(item.H1)
	if declared := oneLine(f.titled, 500); declared != item.Title {
		item.Declared = norm.NFC.String(declared)
	}
	if other := f.withoutSite(oneLine(f.titled, 500), item.H1, f.sites); other != "" && fold(other) != fold(item.Title) && fold(other) != fold(item.H1) && !f.sites[fold(other)] {
		item.Properties = map[string]string{"page_title": other} // a browser and a link's preview show this one
	}
	item.Description = f.first("description", "og:description", "twitter:description", "dc.description", "dcterms.description")
	if item.Description == "" {
		item.Description = oneLine(text(f.main["description"]), maxField)
	}
	item.Author = f.author()
	item.Owner = oneLine(text(f.main["accountablePerson"]), 200)
	item.Publisher = f.publisher()
	item.License = f.license()
	item.Generator = f.first("generator")
	item.Schema = f.schema
	item.OpenGraph = content.OpenGraph{Title: f.first("og:title"), Description: f.first("og:description"), Type: f.first("og:type"),
		Image: f.media(f.first("og:image", "og:image:url", "og:image:secure_url", "twitter:image")), SiteName: f.first("og:site_name"), TwitterCard: f.first("twitter:card")}

	item.Breadcrumb = f.breadcrumb(item.Title, item.H1)
	item.Department, item.Section = f.filed(item.Breadcrumb)
	item.Tags = f.tags()
	figures := f.figures(item.Language)
	item.Published, item.Modified, item.Expires, item.Evidence = f.dates(figures)
	item.Event = f.event(item.Title)

	item.Links = f.links()
	item.Images = f.images(item.OpenGraph.Image)
	item.Embeds = f.embeds()
	item.Quotes, item.Galleries, item.Categories = f.quotes(), f.galleries(), f.categories()
	item.Languages = shares(item.Text, item.Language)
	perish(&item, true, figures)
	item.Canonical, item.Next, item.Prev, item.Refresh = f.canonical, f.next, f.prev, f.refresh
	item.Alternates, item.Feeds = f.alternates, f.feeds
	item.NoIndex, item.NoFollow = f.robots()
	item.Classes = p.classes()
	item.CMS, item.CMSType = f.software(&item)
	item.Zones = p.zones()
	if in.Access.Visibility != content.Public { // what is public has been said
		item.Zones = append(item.Zones, p.ownBoxes(item.Images)...)
		item.Zones = append(item.Zones, p.remarks()...)
	}
	item.Zones = append(item.Zones, p.labels(item.Images)...)
	item.Zones = append(item.Zones, f.signedLinks()...)
	item.Zones = append(item.Zones, f.scriptKeys()...)
	item.Zones = append(item.Zones, f.hiddenFields()...)
	if problem := p.problem(item); problem != nil && item.Problem == nil && (problem.Code != content.NeedsRender || !f.readState(&item)) {
		item.Problem = problem
	}
	return item
}

// Caps on what one page may give.
const (
	maxField     = 2000 // bytes of a one-line field
	maxPageLinks = 5000 // links of one page
	maxImages    = 500
	maxEmbeds    = 100
	maxListed    = 50 // tags, crumbs, alternates, feeds, classes
)

// mainHeading is the first <h1> of the main text, else the first that is not the site's own in its
// header, else the first.
func (p *page) mainHeading() string {
	at := p.mainHeadingAt()
	if at < 0 {
		return ""
	}
	return norm.NFC.String(oneLine(p.textOf(&p.blocks[at]), 500))
}

// mainHeadingAt is the block of the mainHeading, -1 without one.
func (p *page) mainHeadingAt() int {
	best, rank := -1, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.headline != 1 {
			continue
		}
		r := 1
		if e := &p.elements[b.element]; !e.hidden && e.above&(tagHeader|tagNav|tagFooter|cueCookie|cueModal) == 0 || e.above&(tagMain|tagArticle) != 0 {
			r = 2
		}
		if p.kept[i] {
			r = 3
		}
		if r > rank {
			best, rank = i, r
		}
	}
	return best
}

func (p *page) shape() content.Shape {
	var s content.Shape
	for i := range p.blocks {
		if p.kept[i] {
			s.Words += int(p.blocks[i].words)
			s.LinkedWords += int(p.blocks[i].linked)
		}
	}
	for i := range p.elements {
		e := &p.elements[i]
		switch e.node.DataAtom {
		case atom.Form:
			s.Forms++
		case atom.Script:
			s.Scripts++
		case atom.Input:
			if !e.hidden && strings.EqualFold(attr(e.node, "type"), "password") {
				s.Passwords++
			}
		}
		if !p.inMain(e) {
			continue
		}
		switch e.node.DataAtom {
		case atom.P:
			s.Paragraphs++
		case atom.Ul:
			s.Lists++
		case atom.Ol:
			s.Lists++
			s.OrderedLists++
		case atom.Li:
			s.ListEntries++
		case atom.Table:
			s.Tables++
		case atom.Blockquote, atom.Q:
			s.Quotes++
		case atom.Pre:
			s.CodeBlocks++
		}
	}
	return s
}

// inMain tells whether an element begins at a block of the main text.
func (p *page) inMain(e *element) bool {
	return int(e.from) < len(p.kept) && p.kept[e.from]
}

// classes gives the class names of <body> and of the first <article>.
func (p *page) classes() []string {
	var list []string
	articles := 0
	for i := range p.elements {
		n := p.elements[i].node
		if n.DataAtom == atom.Body || n.DataAtom == atom.Article && articles == 0 {
			if n.DataAtom == atom.Article {
				articles++
			}
			for _, c := range strings.Fields(attr(n, "class")) {
				if len(list) < maxListed && len(c) <= 100 {
					list = append(list, c)
				}
			}
		}
	}
	return list
}

// zoneWords are class words of places where people put markings.
var zoneWords = wordSet("banner bandeau status statut ribbon ruban confidential confidentiel confidentialite classification draft brouillon watermark filigrane marking marquage")

// zones gives the banners of the page, cookie notices apart, and its footer.
func (p *page) zones() []content.Zone {
	var list []content.Zone
	footer := 0
	for i := int32(0); i < int32(len(p.elements)) && len(list) < 20; i++ {
		e := &p.elements[i]
		if e.to == e.from || p.ofConsent(e) {
			continue
		}
		kind := content.ZoneKind("")
		switch {
		case e.cues&tagFooter != 0 && e.above&(tagArticle|tagMain) == 0 && footer == 0:
			kind = content.ZoneSite
			footer++
		case e.cues&(cueNotice|cueAd) != 0 && e.words <= 60 && zoneNamed(e.node):
			kind = content.ZoneBanner
		}
		if kind == "" {
			continue
		}
		if s := p.blockText(e, 4000); s != "" {
			list = append(list, content.Zone{Kind: kind, Text: norm.NFC.String(s)})
		}
		i = e.end - 1
	}
	return list
}

// blockText is the text of the blocks inside an element, a line each.
func (p *page) blockText(e *element, limit int) string {
	var b strings.Builder
	for i := e.from; i < e.to && b.Len() < limit; i++ {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.textOf(&p.blocks[i]))
	}
	if b.Len() <= limit {
		return b.String()
	}
	return strings.ToValidUTF8(b.String()[:limit], "")
}

func zoneNamed(n *html.Node) bool {
	if r := attr(n, "role"); r == "status" || r == "alert" {
		return true
	}
	for _, key := range [...]string{"class", "id"} {
		for _, w := range strings.FieldsFunc(strings.ToLower(attr(n, key)), func(r rune) bool { return r < 'a' || r > 'z' }) {
			if zoneWords[w] {
				return true
			}
		}
	}
	return false
}

// problem tells why the page has no text, or nil.
func (p *page) problem(item content.Item) *content.Problem {
	total, plain := 0, 0
	for i := range p.blocks {
		if !p.elements[p.blocks[i].element].hidden {
			total += int(p.blocks[i].words)
			plain += int(p.blocks[i].words - p.blocks[i].linked)
		}
	}
	switch {
	case item.Shape.Passwords > 0 && plain < 120 && total < 300:
		return &content.Problem{Code: content.NeedsLogin, Detail: "a sign-in form stands in place of the content"}
	case p.denied(item, plain) != "":
		return &content.Problem{Code: content.NeedsLogin, Detail: p.denied(item, plain)}
	case plain < 40 && item.Shape.Scripts > 0 && p.emptyShell(), total == 0 && item.Shape.Scripts > 2 && len(item.Images)+len(item.Embeds) == 0,
		plain < 15 && item.Shape.Scripts > 2 && item.Bytes > 100*int64(p.shownBytes()+50) && len(item.Images)+len(item.Embeds) == 0:
		return &content.Problem{Code: content.NeedsRender, Detail: "the page is an empty shell that a script fills"}
	case item.Text == "":
		return &content.Problem{Code: content.NoText, Detail: "the page shows no text"}
	}
	return nil
}

// shownBytes is the length of what the page shows.
func (p *page) shownBytes() int {
	n := 0
	for i := range p.blocks {
		if b := &p.blocks[i]; !p.elements[b.element].hidden {
			n += len(p.textOf(b))
		}
	}
	return n
}

// shells are the ids of elements that scripts fill.
var shells = wordSet("root app __next __nuxt ___gatsby q-app svelte main-app react-root ember-app app-root single-spa-application")

// emptyShell tells whether the page has a mount point without text, or asks for JavaScript.
func (p *page) emptyShell() bool {
	for i := range p.elements {
		e := &p.elements[i]
		switch {
		case e.node.DataAtom == atom.Noscript:
			if c := e.node.FirstChild; c != nil && strings.Contains(strings.ToLower(c.Data), "javascript") {
				return true
			}
		case e.words < 5 && (shells[strings.ToLower(attr(e.node, "id"))] || e.node.Data == "app-root" || has(e.node, "ng-app") || has(e.node, "data-reactroot")):
			return true
		}
	}
	return false
}

// robots reads <meta name="robots"> and X-Robots-Tag. Rules for other robots by name (googlebot) are
// not ours to follow: a site that hides from one search engine has not spoken of us. Rules for
// "filon" are.
func (f *facts) robots() (noindex, nofollow bool) {
	obey := func(rules string) {
		for _, r := range strings.Split(strings.ToLower(rules), ",") {
			switch strings.TrimSpace(r) {
			case "noindex":
				noindex = true
			case "nofollow":
				nofollow = true
			case "none":
				noindex, nofollow = true, true
			}
		}
	}
	for _, name := range [...]string{"robots", "filon"} {
		for _, v := range f.meta[name] {
			obey(v)
		}
	}
	for _, v := range f.in.Header.Values(http.CanonicalHeaderKey("X-Robots-Tag")) {
		agent, rules, named := strings.Cut(v, ":")
		agent = strings.ToLower(strings.TrimSpace(agent))
		switch {
		case !named || agent == "unavailable_after" || strings.Contains(agent, ","):
			obey(v)
		case agent == "filon":
			obey(rules)
		}
	}
	return noindex, nofollow
}
