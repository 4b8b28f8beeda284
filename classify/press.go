package classify

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The press (domain 3.10): its articles may be pointed at, not copied.

var pressRules = []Rule{
	{ID: "press/reproduction", Severity: Block, Kind: Unlawful, Approver: "comms", Basis: "CPI L122-4, L335-2", Source: "domain 3.10: press article reproduced",
		Says: Text{"Article de presse reproduit : publier le lien, avec le titre et le média", "A press article copied: post the link with its title and the medium instead"}, find: either(findReproduction, findCopiedPress)},
	{ID: "press/link", Severity: Good, Source: "domain 0.8: signalling with a link",
		Says: Text{"Signale des articles par un lien", "Points at articles with links"}, find: findPressLinks},
}

var (
	listReproduction = words.list("press reproduction")
	listMedia        = words.list("press media")
	listScan         = words.list("press scan")
)

// findReproduction wants a medium's name and a sign that its text is here: its notice of rights, a
// clipping service, a page number, the section for press on the site, another publisher.
func findReproduction(p *page) (found []finding) {
	media := false
	var first finding
	p.each(listMedia, func(f *field, h *hit) bool {
		if f.spot == inURL || f.spot == inProperty && !p.document {
			return true
		}
		if a, b := f.span(int(h.start), int(h.end)); f.spot != inFile && strings.ToLower(f.raw[a:b]) == f.raw[a:b] {
			return true // "tout le monde", "la capital"
		}
		if end := int(h.end); ofBooks.MatchString(f.low[end:min(len(f.low), end+14)]) || f.low[h.start:h.end] == "capital" && ofMoney.MatchString(f.low[end:min(len(f.low), end+16)]) {
			return true
		}
		if f.spot != inFile && opensSentence(f, h) {
			return true // "L'équipe du quai", "Le point sur les travaux"
		}
		if !media || aboutIt(f, h) {
			first = p.at(h)
		}
		media = true
		return !aboutIt(f, h)
	})
	service, rights, printed := false, false, false
	var notice finding
	p.each(listReproduction, func(f *field, h *hit) bool {
		word := f.low[h.start:h.end]
		switch word {
		case "journaliste", "staff writer":
		case "europresse", "factiva", "pressedd", "press index", "argus de la presse", "pige presse", "panorama de presse", "press clipping", "clipping service", "dow jones factiva", "diffusion autorisee cfc", "copyright les echos", "article reserve aux abonnes", "this article is for subscribers", "subscribers only":
			if f.spot != inURL && f.spot != inCrumb {
				service = true
				if !media {
					first = p.at(h)
				}
			}
		default:
			if f.spot == inText || f.spot == inFooter || f.spot == inCover {
				rights, notice = true, p.at(h)
			}
		}
		return true
	})
	scan := false
	p.each(listScan, func(f *field, h *hit) bool {
		word := f.low[h.start:h.end]
		printed = printed || f.spot == inText && (strings.HasSuffix(word, "dans") || strings.HasSuffix(word, " in"))
		scan = scan || (f.spot == inTitle || f.spot == inFile || f.spot == inCover || f.spot == inHeader) && !p.public || f.spot == inTitle && p.document
		return !scan || !printed
	})
	publisher := foldString(p.item.Publisher)
	own := p.policy.owns(publisher) || publisher == foldString(p.item.SiteName) || p.companyWords() != "" && strings.Contains(publisher, p.companyWords())
	foreign := publisher != "" && !own && pressNames[publisher]
	switch {
	case service && (media || p.document):
	case media && rights && p.text.words > 80 && !p.settledOwn():
		if first.field == p.body && notice.field == p.body && !p.signsPress(first.start, notice.start) {
			first.severity = Review // the medium is spoken of, and the rights are somebody's
		}
	case rights && (printed || p.sorted.id == "press_coverage") && p.text.words > 40 && !p.settledOwn():
		if !media {
			first = notice
		}
	case media && scan && (p.document || p.image) && !p.named("white_paper"):
	case media && (p.document || p.image) && p.inPressSection():
	case foreign && p.text.words > 120:
		first = finding{field: -1, quote: p.item.Publisher}
	default:
		return nil
	}
	return []finding{first}
}

// What follows the name of a medium in a distinction of books, and the word of finance that one has for a name.
var (
	ofBooks = regexp.MustCompile(`^ best ?-?sell`)
	ofMoney = regexp.MustCompile(`^ (?:markets?|gains?|expenditures?|requirements?|adequacy|allocation|structure|appreciation|losses|preservation)\b`)
)

// opensSentence tells whether what is spelt like the name of a medium is the first words of a sentence: its article has the
// capital, its noun none, and the sentence goes on; with a date it is the medium after all.
func opensSentence(f *field, h *hit) bool {
	a, b := f.span(int(h.start), int(h.end))
	name := f.raw[a:b]
	i := strings.IndexAny(name, "'’ \u00a0")
	if i < 0 {
		return false
	}
	_, n := utf8.DecodeRuneInString(name[i:])
	r, _ := utf8.DecodeRuneInString(name[i+n:])
	if i > 3 || unicode.IsUpper(r) || quotedAt(f.raw, a, b) {
		return false
	}
	if before := strings.TrimRight(f.low[:h.start], " "); before != "" && strings.IndexByte(".!?\n:", before[len(before)-1]) < 0 {
		return false
	}
	_, to := sentenceAt(f.low, int(h.start), int(h.end))
	rest := f.low[h.end:to]
	words := splitWords(cut(rest, 60))
	return strings.HasPrefix(rest, " ") && len(words) > 1 && !isDigit(words[0][0]) && !isDigit(words[1][0]) && !nearDays[words[1]]
}

// quotedAt tells whether raw[a:b] stands in quotation marks.
func quotedAt(raw string, a, b int) bool {
	before, after := strings.TrimRight(raw[:a], " \u00a0\u202f"), strings.TrimLeft(raw[b:], " \u00a0\u202f")
	return before != "" && after != "" && strings.ContainsAny(before[max(0, len(before)-3):], "«“\"") && strings.ContainsAny(cut(after, 3), "»”\"")
}

// signsPress tells whether the name of a medium stands where an article bears it: at the head or the end of the text, or
// beside the notice of rights.
func (p *page) signsPress(name, notice int) bool {
	const reach = 400
	return name < reach || name > len(p.fields[p.body].raw)-reach || name > notice-reach && name < notice+reach
}

var pressNames = words.set("press media")

// settledOwn tells whether the notice of rights can be the company's own: its name stands beside it.
func (p *page) settledOwn() bool {
	if p.body < 0 {
		return false
	}
	low := p.fields[p.body].low
	k := strings.Index(low, "tous droits reserves")
	if k < 0 {
		k = strings.Index(low, "all rights reserved")
	}
	if k < 0 {
		return false
	}
	line := low[max(0, k-80):min(len(low), k+80)]
	return p.policy.owns(line) || p.companyWords() != "" && strings.Contains(line, p.companyWords())
}

// inPressSection tells whether the site files the item with its press cuttings.
func (p *page) inPressSection() bool {
	yes := false
	p.each(words.list("press_coverage"), func(f *field, h *hit) bool {
		yes = f.spot == inURL || f.spot == inCrumb
		return !yes
	})
	if !yes {
		p.each(words.list("press_coverage url"), func(f *field, h *hit) bool {
			yes = f.spot == inURL
			return !yes
		})
	}
	return yes
}

// findPressLinks speaks for a short item about the press that links to other sites.
func findPressLinks(p *page) []finding {
	if p.sorted.id != "press_coverage" || p.text.words > 300 {
		return nil
	}
	for _, l := range p.item.Links {
		if u, err := url.Parse(l.Address); err == nil && u.Hostname() != "" && u.Hostname() != p.address.Hostname() {
			return []finding{{field: -1, quote: l.Text}}
		}
	}
	return nil
}
