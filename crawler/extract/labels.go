package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

// What an article shows outside of its main text: boxes that the model of main text leaves out (a fold, a listing, a
// note, the foot of the article), and words that are no text of the page: of drawings, of fields of forms, of bubbles
// beside the pointer. People put passwords and markings there as they do in paragraphs.

const (
	maxBoxText     = 16 << 10 // bytes of all boxes
	maxLabels      = 60
	maxTriedLabels = 1000 // labels and texts of pictures that are sought in the main text
	maxLabelText   = 500  // bytes of one
	mostOptions    = 40   // entries of one list: more are countries
)

// around are the parts of a page that are no part of its article wherever they stand.
const around = tagNav | tagAside | cueComment | cueRelated | cueAd | cueNewsletter | cueShare | cueBreadcrumb | cuePager

// ownBoxes are the blocks of the article that the main text leaves out, as one zone; links speak of other pages, and
// the captions of pictures are kept with these.
func (p *page) ownBoxes(pictures []content.Image) []content.Zone {
	captions := map[string]bool{}
	for i := range pictures {
		captions[pictures[i].Caption] = true
	}
	var b strings.Builder
	for i := range p.blocks {
		k := &p.blocks[i]
		e := &p.elements[k.element]
		if p.kept[i] || p.isSigned && !p.signed.aside && int32(i) >= p.signed.from && int32(i) < p.signed.to || e.hidden || k.words < 2 || 2*k.linked > k.words || !p.ofArticle(e) || b.Len() >= maxBoxText {
			continue
		}
		text := norm.NFC.String(clip(p.textOf(k), 4000))
		if e.above&tagFigure != 0 && captions[oneLine(text, len(text))] {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(text)
	}
	if b.Len() == 0 {
		return nil
	}
	return []content.Zone{{Kind: content.ZoneBox, Text: b.String()}}
}

// ofArticle tells whether an element stands in the article of the page.
func (p *page) ofArticle(e *element) bool {
	return e.above&(tagArticle|tagMain) != 0 && e.above&around == 0
}

// labels are the words of the article that are no text, a zone each. What is said of a picture stands with it, unless it has
// no address and is not kept: one written into the page, or of a file.
func (p *page) labels(pictures []content.Image) (list []content.Zone) {
	seen := map[string]bool{}
	for i := range min(len(pictures), maxTriedLabels/2) {
		seen[pictures[i].Alt] = true
	}
	add := func(s string) {
		s = norm.NFC.String(oneLine(s, maxLabelText))
		if len(s) < 6 || len(list) >= maxLabels || seen[s] || len(seen) > maxTriedLabels {
			return
		}
		seen[s] = true
		if strings.Contains(p.text, s) {
			return
		}
		list = append(list, content.Zone{Kind: content.ZoneLabel, Text: s})
	}
	for i := range p.elements {
		e := &p.elements[i]
		if e.hidden || !p.ofArticle(e) && !p.inMain(e) {
			continue
		}
		n := e.node
		if title := attr(n, "title"); n.DataAtom != atom.Img || strings.Contains(strings.TrimSpace(title), " ") { // else the name of its file
			add(title)
		}
		add(attr(n, "aria-label"))
		switch n.DataAtom {
		case atom.A:
			add(attr(n, "download"))
		case atom.Img:
			add(attr(n, "alt"))
		case atom.Input:
			switch strings.ToLower(attr(n, "type")) {
			case "hidden", "checkbox", "radio", "image", "file":
			default:
				add(joined(p.labelOfField(n), attr(n, "value")))
			}
		case atom.Textarea:
			add(joined(p.labelOfField(n), directText(n)))
		case atom.Select, atom.Datalist:
			p.options(int32(i), add)
		case atom.Svg:
			for c := range n.Descendants() {
				if len(list) >= maxLabels {
					break
				}
				if c.Type == html.ElementNode && (c.Data == "text" || c.Data == "title" || c.Data == "desc") {
					add(textIn(c, maxLabelText))
				}
			}
		}
	}
	return list
}

// labelOfField is what names a field of a form: its label, the label right before it, or what stands in it while it is
// empty.
func (p *page) labelOfField(n *html.Node) string {
	if id := attr(n, "id"); id != "" {
		if p.fieldLabels == nil {
			p.fieldLabels = map[string]*html.Node{}
			for i := range p.elements {
				if l := p.elements[i].node; l.DataAtom == atom.Label && len(p.fieldLabels) < maxTriedLabels {
					p.fieldLabels[attr(l, "for")] = l
				}
			}
		}
		if l := p.fieldLabels[id]; l != nil {
			return ownLabel(l)
		}
	}
	if up := n.Parent; up != nil && up.DataAtom == atom.Label {
		return ownLabel(up)
	}
	before := n.PrevSibling
	for k := 0; k < 3 && before != nil && (before.DataAtom == atom.Br || before.Type == html.TextNode && strings.TrimSpace(before.Data) == ""); k++ {
		before = before.PrevSibling
	}
	if before != nil && before.DataAtom == atom.Label && attr(before, "for") == "" {
		return ownLabel(before)
	}
	return attr(n, "placeholder")
}

// ownLabel is the text of a label, without the colon at its end.
func ownLabel(l *html.Node) string {
	return strings.TrimRight(textIn(l, maxLabelText/2), " :\u00a0*")
}

// options gives the entries of a list to choose from, unless there are many.
func (p *page) options(at int32, add func(string)) {
	var all []string
	for i := at + 1; i < p.elements[at].end; i++ {
		if n := p.elements[i].node; n.DataAtom == atom.Option {
			if all = append(all, textIn(n, maxLabelText)); len(all) > mostOptions {
				return
			}
		}
	}
	for _, s := range all {
		add(s)
	}
}

// joined is the label of a field and what is written in it.
func joined(label, value string) string {
	if label == "" || value == "" {
		return label + value
	}
	return label + " : " + value
}

// directText is the text right inside an element.
func directText(n *html.Node) string {
	if n.FirstChild == nil || n.FirstChild.Type != html.TextNode {
		return ""
	}
	return n.FirstChild.Data
}
