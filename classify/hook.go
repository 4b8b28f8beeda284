package classify

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"filon/crawler/content"
)

var (
	hookStart = words.set("hook start")
	listRefer = words.list("refer back")
	listTones = words.list("tone internal")
)

// asTitle is the name of a field that shows where a description does and is a title, with the name of the site mostly.
const asTitle = "title"

// hookLimit is the length of a hook in characters.
const hookLimit = 280

// hook is the first sentence of the description or the text that stands alone: no pronoun without
// its noun, no "see below", no greeting, no personal value, no word that blocks or asks. It is the item's own words, whole; ""
// when no sentence is fit. It is looked for once.
func (p *page) hook() string {
	if p.hooked == nil {
		s := p.findHook()
		p.hooked = &s
	}
	return *p.hooked
}

func (p *page) findHook() string {
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inDescription && f.spot != inText || f.name == asTitle {
			continue
		}
		if s := p.firstSentence(i, f); s != "" {
			return s
		}
	}
	if p.title >= 0 {
		t := TitleAlone(*p.item)
		if n := utf8.RuneCountInString(t); n >= 25 && n <= 140 && len(strings.Fields(t)) >= 4 && len(p.fields[p.title].values) == 0 && !p.titleAsks(t) && p.hide(t) == t && Mask(t) == t && !NamesInside(t) {
			return t
		}
	}
	return ""
}

// titleAsks tells whether words of the title block or ask, or stand in a sentence of the text that does.
func (p *page) titleAsks(title string) bool {
	return slices.ContainsFunc(p.asked, func(at saidAt) bool {
		f := &p.fields[at.field]
		_, _, repeats := FindLine(f.raw[at.from:at.to], title)
		return repeats || f.spot == inTitle || f.spot == inH1
	})
}

// insideSigns are what a network inside a company is told by: private addresses (RFC 1918), shares, drives, hosts without a
// public name (RFC 6762, RFC 8375, .internal of ICANN, and what companies use beside).
var insideSigns = regexp.MustCompile(`(?i)\b(?:10|127)(?:\.[0-9]{1,3}){3}\b|\b192\.168(?:\.[0-9]{1,3}){2}\b|\b172\.(?:1[6-9]|2[0-9]|3[01])(?:\.[0-9]{1,3}){2}\b` +
	`|\\\\[a-z0-9_.-]+|\bfile:/|\b[a-z]:\\|\blocalhost\b|\b[a-z0-9-]+\.(?:local|lan|corp|intra|intranet|internal|localdomain|home\.arpa)\b` +
	`|\b(?:https?|ftp|smb)://(?:[a-z0-9-]+(?::[0-9]+)?(?:[/?#\s,;:)»”"]|\.?$|\.\s)|(?:[a-z0-9-]+\.)*(?:intranet|intra)\.)`)

// NamesInside tells whether a text names a server, a share or an address that only exists inside a company: nothing to post.
func NamesInside(text string) bool { return mayNameInside(text) && insideSigns.MatchString(text) }

// mayNameInside tells whether a text has a mark that every sign of a network inside has: a bar, a colon before a slash, a point
// before a figure or the first letter of what stands there for a public name, or the name of the machine itself.
func mayNameInside(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case '\\':
			return true
		case ':':
			if i+1 < len(text) && text[i+1] == '/' {
				return true
			}
		case '.':
			if i+1 < len(text) && (isDigit(text[i+1]) || strings.IndexByte("lLcCiIhH", text[i+1]) >= 0) {
				return true
			}
		}
	}
	return strings.Contains(strings.ToLower(text), "localho") // the s may be any
}

// titleAlone is a title without the name of the site that stands at its end or its beginning: what the page's heading or
// its declared site name shows to be one.
func titleAlone(title, heading, site string) string {
	for _, bar := range []string{" | ", " – ", " — ", " - ", " · ", " » "} {
		if head, ok := strings.CutSuffix(title, bar+site); ok && site != "" {
			return head
		}
		if tail, ok := strings.CutPrefix(title, site+bar); ok && site != "" {
			return tail
		}
		if heading != "" && (strings.HasPrefix(title, heading+bar) || strings.HasSuffix(title, bar+heading)) {
			return heading
		}
	}
	return title
}

// TitleAlone is the title of an item without the name of its site, on one line.
func TitleAlone(item content.Item) string {
	one := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	return titleAlone(one(item.Title), one(item.H1), one(item.SiteName))
}

// firstSentence looks at the first sentences of a field.
func (p *page) firstSentence(index int, f *field) string {
	at := 0
	for range 8 {
		for at < len(f.raw) && (f.raw[at] == ' ' || f.raw[at] == '\n' || f.raw[at] == '\t') {
			at++
		}
		if at >= len(f.raw) || at > 2500 {
			return ""
		}
		end := sentenceEnd(f.raw, at)
		if s := f.raw[at:end]; p.standsAlone(index, f, at, end, s) {
			if line := spaced(s); line == s || Mask(line) == line { // what stands alone is not masked
				return line
			}
		}
		at = end
	}
	return ""
}

// sentenceEnd is the offset after the sentence or line that begins at raw[at].
func sentenceEnd(raw string, at int) int {
	for i := at; i < len(raw); i++ {
		switch raw[i] {
		case '\n':
			return i
		case '.', '!', '?':
			if i+1 >= len(raw) || raw[i+1] == '\n' {
				return i + 1
			}
			if raw[i+1] == ' ' && i-at > 12 && !abbreviation(raw, at, i) {
				return i + 1
			}
		}
	}
	return len(raw)
}

// abbreviation tells whether the point at raw[i] ends a short form: "M.", "p.", "etc.", "av."
func abbreviation(raw string, from, i int) bool {
	k := i
	for k > from && raw[k-1] != ' ' && raw[k-1] != '\n' {
		k--
	}
	switch strings.ToLower(raw[k:i]) {
	case "m", "mm", "mr", "mrs", "dr", "st", "p", "av", "bd", "etc", "cf", "ex", "no", "n", "art", "vs", "inc", "ltd":
		return true
	}
	return i-k == 1
}

func (p *page) standsAlone(index int, f *field, at, end int, s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 40 || n > hookLimit || len(strings.Fields(s)) < 6 {
		return false
	}
	last := s[len(s)-1]
	if f.spot == inText && last != '.' && last != '!' && last != '?' && !strings.HasSuffix(s, "»") && n < 60 {
		return false // a heading or a menu
	}
	first := foldString(s)
	first, _, _ = strings.Cut(strings.TrimLeft(first, `"- `), " ")
	if i := strings.IndexByte(first, '\''); i > 0 {
		first = first[:i]
	}
	if hookStart[strings.TrimRight(first, ",")] || strings.Contains(s, maskedLead) || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...") || strings.HasSuffix(s, "[…]") {
		return false
	}
	for _, v := range f.values {
		if v.start < end && v.end > at && v.kind != isTestCard {
			return false
		}
	}
	fit := true
	for _, list := range []listID{listRefer, listTones} {
		p.each(list, func(g *field, h *hit) bool {
			if g == f {
				if a, _ := f.span(int(h.start), int(h.end)); a >= at && a < end {
					fit = false
				}
			}
			return fit
		})
	}
	return fit && Mask(s) == s && !NamesInside(s) && !p.askedIn(index, at, end) && !unseen(p.item, spaced(s)) && p.hide(s) == s
}
