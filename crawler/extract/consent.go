package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Consent boxes are what a site asks of its readers: whether it may set cookies. They are said of no page. A class that
// merely speaks of privacy or consent is no such box: pages about these things have it, and so has what people write in them.

// consentSoftware are the names that the software of such boxes gives to them.
var consentSoftware = wordSet("cmplz onetrust tarteaucitron axeptio didomi cookiebot cky moove borlabs iubenda quantcast sirdata usercentrics trustarc osano termly klaro cookiebanner cookiebar cookieconsent cookienotice cookielaw")

// Words of names: a box about cookies has one of each, a dialog one of the first.
var (
	cookieNames = wordSet("cookie cookies gdpr rgpd ccpa consent")
	boxNames    = wordSet("banner bandeau bar barre notice consent popup popin modal dialog overlay law")
)

// consentWords are spoken in every such box, in a part of the languages that sites have.
var consentWords = [...]string{"cookie", "traceur", "tracker", "consent"}

// mostConsentWords bounds a box: those that list every purpose are long.
const mostConsentWords = 2000

// findConsent marks the blocks of consent boxes. What stands in the article of the page, holds a part of its main text or
// most of its words is none, whatever its name is.
func (p *page) findConsent() {
	p.consent = make([]bool, len(p.blocks))
	all := int32(0)
	for i := range p.blocks {
		all += p.blocks[i].words
	}
	for i := int32(0); i < int32(len(p.elements)); i++ {
		e := &p.elements[i]
		if e.cues&(cueCookie|cueModal) == 0 || e.words == 0 || !consentNamed(e.node) || !p.consentBox(i, all) {
			continue
		}
		for b := e.from; b < e.to; b++ {
			if at := p.blocks[b].element; at >= i && at < e.end {
				p.consent[b] = true
			}
		}
		i = e.end - 1
	}
}

// consentBox tells whether an element that is named so can be one.
func (p *page) consentBox(at, all int32) bool {
	e := &p.elements[at]
	if e.words > mostConsentWords || 2*e.words > all || e.above&(tagMain|tagArticle) != 0 || e.node.DataAtom == atom.Body || e.node.DataAtom == atom.Html {
		return false
	}
	for j := at + 1; j < e.end; j++ {
		if p.elements[j].cues&(tagMain|tagArticle) != 0 {
			return false
		}
	}
	said := false
	for b := e.from; b < e.to; b++ {
		if p.kept[b] {
			return false
		}
		text := strings.ToLower(p.textOf(&p.blocks[b]))
		for _, w := range consentWords {
			said = said || strings.Contains(text, w)
		}
	}
	return said
}

// consentNamed tells whether an element has the name of a consent box.
func consentNamed(n *html.Node) bool {
	role := attr(n, "role")
	cookies, box := false, n.DataAtom == atom.Dialog || role == "dialog" || role == "alertdialog"
	for _, key := range [...]string{"class", "id"} {
		for w := range strings.FieldsFuncSeq(strings.ToLower(clip(attr(n, key), 1000)), func(r rune) bool { return r < 'a' || r > 'z' }) {
			if consentSoftware[w] {
				return true
			}
			// "cookie-consent" has both in two words; "consent" alone is of one.
			cookies, box = cookies || cookieNames[w], box || boxNames[w] && !(w == "consent" && !cookies)
		}
	}
	return cookies && box
}

// ofConsent tells whether an element begins in a consent box.
func (p *page) ofConsent(e *element) bool {
	return int(e.from) < len(p.consent) && p.consent[e.from]
}
