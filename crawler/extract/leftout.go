package extract

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// LeftOut is a run of blocks of a page that are no main text.
type LeftOut struct {
	Why  Cause
	Text string // a line for each block
}

// Cause is what a block is, as far as the page says it, or why else it was left out.
type Cause string

// The causes; Unlikely is the model's, from what the block and those around it are like.
const (
	CauseHidden     Cause = "hidden"
	CauseCookies    Cause = "cookies"
	CauseBreadcrumb Cause = "breadcrumb"
	CausePager      Cause = "pager"
	CauseContents   Cause = "contents"
	CauseMenu       Cause = "menu"
	CauseFooter     Cause = "footer"
	CauseAd         Cause = "ad"
	CauseNewsletter Cause = "newsletter"
	CauseShare      Cause = "share"
	CauseComments   Cause = "comments"
	CauseRelated    Cause = "related"
	CauseForm       Cause = "form"
	CauseAside      Cause = "aside"
	CauseHeader     Cause = "header"
	CauseByline     Cause = "byline"
	CauseUnlikely   Cause = "unlikely"
)

// causes are asked in this order.
var causes = []struct {
	of  cues
	why Cause
}{
	{cueCookie, CauseCookies}, {cueBreadcrumb, CauseBreadcrumb}, {cuePager, CausePager}, {cueToc, CauseContents}, {tagNav | cueNav, CauseMenu}, {tagFooter | cueFooter, CauseFooter},
	{cueAd, CauseAd}, {cueNewsletter, CauseNewsletter}, {cueShare, CauseShare}, {cueComment, CauseComments}, {cueRelated, CauseRelated}, {tagForm | cueLogin | cueSearch, CauseForm},
	{tagAside | cueSide, CauseAside}, {tagHeader | cueHeader, CauseHeader}, {cueByline | cueMeta, CauseByline},
}

// leftOut gives what was left out of the main text, in the order of the page.
func (p *page) leftOut() []LeftOut {
	var all []LeftOut
	last := -2
	for i := range p.blocks {
		if p.kept[i] {
			continue
		}
		b := &p.blocks[i]
		why := p.cause(b)
		text := norm.NFC.String(p.textOf(b))
		if n := len(all); n > 0 && last == i-1 && all[n-1].Why == why {
			all[n-1].Text += "\n" + text
		} else {
			all = append(all, LeftOut{Why: why, Text: strings.TrimSpace(text)})
		}
		last = i
	}
	return all
}

func (p *page) cause(b *block) Cause {
	e := &p.elements[b.element]
	if e.hidden {
		return CauseHidden
	}
	for _, c := range causes {
		if e.above&c.of != 0 {
			return c.why
		}
	}
	return CauseUnlikely
}
