package classify

import (
	"net/url"
	"strconv"
	"strings"

	"filon/crawler/content"
)

// What an editor must still do (domain 4.2).

var completenessRules = []Rule{
	{ID: "completeness/thin", Severity: Note, Source: "domain 4.2: length below 60 words",
		Says: Text{"Texte très court : à compléter", "A very short text: add to it"}, find: findThin},
	{ID: "completeness/title", Severity: Note, Source: "domain 4.2",
		Says: Text{"Pas de titre", "No title"}, find: findUntitled},
	{ID: "completeness/internal-tone", Severity: Note, Source: "domain 4.2: internal tone",
		Says: Text{"Ton interne : à réécrire pour l'extérieur", "Written for colleagues: rewrite it for outside"}, find: findTone},
	{ID: "completeness/internal-links", Severity: Note, Source: "domain 4.2: intranet links",
		Says: Text{"Liens vers l'intranet : à retirer", "Links into the intranet: remove them"}, find: findInternalLinks},
	{ID: "completeness/partial", Severity: Review, Approver: "owner", Source: "domain 3.14(6)",
		Says: Text{"Lu en partie seulement : le reste est à vérifier", "Read only in part: check the rest"}, find: findPartial},
	{ID: "completeness/unjudged", Severity: Review, Approver: "owner", Source: "domain 3.14(6): what was not read is not publishable",
		Says: Text{"Trop long : la fin du texte n'a pas été jugée, à vérifier", "Too long: the end of the text was not judged, check it"}, find: findUnjudged},
	{ID: "completeness/ocr", Severity: Review, Approver: "owner", Source: "domain 3.14(6): a scan is never publishable by default",
		Says: Text{"Numérisé, puis lu par reconnaissance de caractères : comparer à l'original", "A scan, read by OCR: compare it with the original"}, find: findRecognised},
	{ID: "completeness/attachments", Severity: Note, Source: "domain 3.14(6): what was not read is not publishable",
		Says: Text{"Des fichiers joints partiraient avec le document : à retirer", "Files inside would leave with the document: take them out"}, find: findAttachments},
	{ID: "completeness/pictures", Severity: Note, Source: "domain 3.14(6): what was not read is not publishable",
		Says: Text{"Des images du document montrent peut-être du texte, qui n'a pas été lu : les regarder", "Pictures inside may show text that was not read: look at them"}, find: findUnreadPictures},
	{ID: "completeness/encoding", Severity: Note, Source: "domain 4.2",
		Says: Text{"Accents abîmés dans le texte", "Broken accents in the text"}, find: findMojibake},
	{ID: "completeness/newsletter", Severity: Note, Source: "domain 1.2: internal_newsletter",
		Says: Text{"Recueil d'articles : à découper, jamais en bloc", "A bundle of articles: split it, never publish it whole"}, find: findBundle},
}

// thinWords is the length below which a text is no more than a notice. A short text can be a good
// post: the score, not a reason, says that it is below sixty words.
const thinWords = 15

func findThin(p *page) []finding {
	if p.image || p.film || p.format == "photo_album" || p.format == "video_embed" || p.body < 0 && p.item.Problem != nil || p.sorted.id == "press_coverage" {
		return nil
	}
	if p.text.words < thinWords {
		return []finding{{field: -1}}
	}
	return nil
}

func findUntitled(p *page) []finding {
	if p.item.Title == "" && p.item.H1 == "" && !p.image && !p.film {
		return []finding{{field: -1}}
	}
	return nil
}

func findTone(p *page) []finding {
	if p.settled {
		return nil
	}
	return listed("tone internal", func(p *page, f *field, h *hit) bool {
		if f.spot != inText && f.spot != inTitle && f.spot != inH1 {
			return false
		}
		switch f.low[h.start:h.end] {
		case "merci de", "veuillez", "n'hesitez pas a contacter", "intranet", "your manager", "please note that":
			return !p.public
		}
		return true
	})(p)
}

// findInternalLinks finds links to the hosts of the intranet inside the text of an item that is
// there.
func findInternalLinks(p *page) []finding {
	if p.public || p.address.Hostname() == "" || p.item.Access.Visibility == content.FileShare {
		return nil
	}
	n := 0
	first := ""
	for _, l := range p.item.Links {
		if !l.Main {
			continue
		}
		if u, err := url.Parse(l.Address); err == nil && u.Hostname() == p.address.Hostname() {
			if n++; first == "" {
				first = l.Text
			}
		}
	}
	if n < 3 { // one or two links are cut in a moment
		return nil
	}
	return []finding{{field: -1, quote: first}}
}

func findPartial(p *page) []finding {
	if q := p.item.Problem; q != nil && p.body >= 0 && p.text.words > 0 && q.Code != content.NoText {
		return []finding{{field: -1, quote: string(q.Code)}}
	}
	return nil
}

// findUnjudged finds items of which a part is beyond what is judged (page.collect).
func findUnjudged(p *page) []finding {
	item := p.item
	over := len(item.Text) > maxJudged || len(item.Zones) > mostZones || len(item.Template) > mostZones
	for i := 0; i < len(item.Zones) && !over; i++ {
		over = len(item.Zones[i].Text) > maxZone
	}
	for i := 0; i < len(item.Template) && !over; i++ {
		over = len(item.Template[i].Text) > maxZone
	}
	if !over {
		return nil
	}
	return []finding{{field: -1}}
}

// findAttachments finds documents that hold others. What those say was judged, as far as they could be read.
func findAttachments(p *page) []finding {
	switch {
	case p.item.Properties["attachments_unread"] != "":
		return []finding{{field: -1, severity: Review, approver: "owner", says: &Text{
			"Des fichiers joints que filon ne lit pas : à ouvrir, puis à retirer", "Files inside that filon cannot read: open them, then take them out"}}}
	case p.item.Properties["attachments"] != "" && p.document:
		return []finding{{field: -1}}
	}
	return nil
}

// findUnreadPictures finds documents that hold pictures of text which nobody has read.
func findUnreadPictures(p *page) []finding {
	if n := p.item.Properties["pictures_unread"]; n != "" {
		return []finding{{field: -1, quote: n}}
	}
	return nil
}

// findRecognised finds documents whose text was read from pictures: what OCR missed, a stamp above all, nobody has
// judged. A picture is looked at before it goes out, whatever it says.
func findRecognised(p *page) []finding {
	ocr := p.item.OCR
	if n := len(ocr.Pages); (n >= 3 || n > 0 && n*10 >= p.item.Pages) && !p.image { // more than the cover of a book
		return []finding{{field: -1, quote: ocr.By + ", " + strconv.Itoa(ocr.Confidence) + " %"}}
	}
	return nil
}

// mojibake are letters of UTF-8 that were read as those of Windows-1252, and what stands for an unreadable one, each with a byte
// of it that is rare elsewhere.
var mojibake = []struct {
	text string
	rare byte
}{{"Ã©", 0x83}, {"Ã¨", 0x83}, {"Ã ", 0x83}, {"â€™", 0x84}, {"Ã§", 0x83}, {"\uFFFD", 0xEF}}

func findMojibake(p *page) []finding {
	if p.body < 0 {
		return nil
	}
	raw := p.fields[p.body].raw
	for _, m := range mojibake {
		if strings.IndexByte(raw, m.rare) < 0 {
			continue
		}
		s := m.text
		if k := strings.Index(raw, s); k >= 0 && strings.Count(raw, s) >= 2 {
			return []finding{{field: p.body, start: k, end: k + len(s)}}
		}
	}
	return nil
}

func findBundle(p *page) []finding {
	if p.sorted.id == "internal_newsletter" {
		return []finding{{field: -1}}
	}
	return nil
}
