package classify

import (
	"net/url"
	"strings"

	"filon/crawler/content"
)

// formatOf is the media format of an item (domain 1.4): the form, whatever it says.
func formatOf(p *page) string {
	item := p.item
	mime := item.MIME
	switch {
	case p.image:
		return imageFormat(item)
	case strings.HasPrefix(mime, "video/"):
		return "video_file"
	case strings.HasPrefix(mime, "audio/"):
		return "audio"
	case mime == "application/pdf":
		if item.Problem != nil && item.Problem.Code == content.NeedsOCR || p.body < 0 && item.Pages > 0 || len(item.OCR.Pages)*2 > item.Pages {
			return "pdf_scan"
		}
		return "pdf_document"
	case strings.Contains(mime, "presentation") || strings.Contains(mime, "powerpoint"):
		return "slides"
	case strings.Contains(mime, "spreadsheet") || strings.Contains(mime, "excel") || mime == "text/csv":
		return "spreadsheet"
	case strings.Contains(mime, "word") || strings.Contains(mime, "opendocument.text") || mime == "application/rtf" || mime == "text/rtf" || mime == "text/plain" || mime == "text/markdown":
		return "office_text"
	case mime == "message/rfc822":
		return "email_newsletter"
	}
	s := &item.Shape
	if s.Words > 20 && s.LinkedWords*2 > s.Words || p.leadsElsewhere() || p.calendar() || item.CMS == "WordPress" && item.CMSType == "archive" {
		return "listing"
	}
	big := 0
	for i := range item.Images {
		if im := &item.Images[i]; im.Width >= 800 || im.Height >= 800 || im.Width == 0 && im.Role == "content" {
			big++
		}
	}
	if p.text.words < 150 && (big >= 4 || big >= 3 && p.galleryTitle()) {
		return "photo_album"
	}
	for _, e := range item.Embeds {
		if e.Kind == "video" && p.text.words < 300 {
			return "video_embed"
		}
		if e.Kind == "audio" && p.text.words < 300 {
			return "audio"
		}
	}
	if s.Forms > 0 && s.Passwords == 0 && p.text.words < 40 && p.text.words > 0 && len(item.Images) == 0 && !p.saysSomething() {
		return "form"
	}
	article := item.OpenGraph.Type == "article" || !item.Published.IsZero() && item.Published.Confidence != content.Low
	for _, t := range item.Schema {
		article = article || strings.HasSuffix(t, "Article") || t == "BlogPosting"
	}
	for _, c := range item.Classes {
		article = article || c == "single-post" || c == "single"
	}
	if article || p.text.words >= 150 {
		return "html_article"
	}
	return "html_landing"
}

// saysSomething tells whether the text has a sentence: eight words up to a full stop. A field to search
// the site stands beside every page; what makes a form is that there is nothing else.
func (p *page) saysSomething() bool {
	if p.body < 0 {
		return false
	}
	for _, line := range strings.FieldsFunc(p.fields[p.body].low, func(r rune) bool { return r == '\n' || r == '.' || r == '!' || r == '?' }) {
		if len(splitWords(line)) >= 8 {
			return true
		}
	}
	return false
}

// galleryTitle tells whether the title calls the item an album.
func (p *page) galleryTitle() bool {
	yes := false
	p.each(listGallery, func(f *field, h *hit) bool {
		yes = f.spot == inTitle || f.spot == inH1
		return !yes
	})
	return yes
}

// calendar tells whether a page is the grid of a month: days from 1 to 31, and next to nothing beside them.
func (p *page) calendar() bool {
	if p.body < 0 || p.text.words > 200 {
		return false
	}
	words := strings.Fields(p.fields[p.body].low)
	days := map[int]bool{}
	other := 0
	for _, w := range words {
		if n := number(w); len(w) <= 2 && n >= 1 && n <= 31 && isDigit(w[0]) {
			days[n] = true
		} else {
			other++
		}
	}
	return len(days) >= 28 && other <= len(days)/2
}

// leadsElsewhere tells whether a page is a list of other pages: links for every few words, most of
// them to pages below it, or teasers with the title of each.
func (p *page) leadsElsewhere() bool {
	if p.document || p.text.words == 0 || p.text.words > 1500 {
		return false
	}
	links, words, below := 0, 0, 0
	base := p.address.Path
	for i := range p.item.Links {
		l := &p.item.Links[i]
		if !l.Main || l.Address == p.item.Address {
			continue
		}
		links++
		words += len(strings.Fields(l.Text))
		if u, err := url.Parse(l.Address); err == nil && u.Hostname() == p.address.Hostname() && strings.HasSuffix(base, "/") && len(u.Path) > len(base) && strings.HasPrefix(u.Path, base) {
			below++
		}
	}
	switch share := float64(words) / float64(p.text.words); {
	case links >= 4 && share >= .25, links >= 3 && share >= .4:
		return true
	case below >= 2 && below*2 >= links && p.text.words < 40*links:
		return true
	}
	return false
}

func imageFormat(item *content.Item) string {
	w, h := 0, 0
	if len(item.Images) > 0 {
		w, h = item.Images[0].Width, item.Images[0].Height
	}
	name := strings.ToLower(lastSegment(item.Address))
	switch {
	case item.MIME == "image/svg+xml" || strings.Contains(name, "logo") || strings.Contains(name, "icon") || w > 0 && max(w, h) < 200:
		return "image_logo_icon"
	case strings.Contains(name, "infograph") || w > 0 && float64(h) > 1.8*float64(w) || item.Shape.Words > 40:
		return "image_infographic"
	}
	return "image_photo"
}
