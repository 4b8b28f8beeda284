package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

// Caps on quotations.
const (
	maxQuotes     = 20
	maxQuoteText  = 1500
	maxSpeaker    = 160
	maxSpeakerLen = 100 // characters
)

// quotes gives the quotations that the page sets apart, with who said them: in a <footer>, a <cite> or a
// caption of theirs, or in a line of its own that begins with a dash.
func (f *facts) quotes() []content.Quote {
	var list []content.Quote
	for i := int32(0); i < int32(len(f.elements)) && len(list) < maxQuotes; i++ {
		e := &f.elements[i]
		if e.node.DataAtom != atom.Blockquote || e.hidden || !f.inMain(e) || e.above&(cueComment|cueRelated|tagNav|cueForum) != 0 {
			continue
		}
		var aside []*html.Node // of the quotation, not said
		speaker := ""
		for j := i + 1; j < e.end; j++ {
			n := f.elements[j].node
			if n.DataAtom != atom.Footer && n.DataAtom != atom.Cite && n.DataAtom != atom.Figcaption && !speakerNamed(n) || within(n, aside) {
				continue
			}
			if s := speakerOf(textIn(n, maxSpeaker)); s != "" || n.DataAtom != atom.Cite {
				aside = append(aside, n)
				if speaker == "" {
					speaker = s
				}
			}
		}
		var said []string
		quoteLines(e.node, aside, &said, new(int))
		if n := len(said); n > 1 && speaker == "" && dashed(said[n-1]) {
			if speaker = speakerOf(said[n-1]); speaker != "" {
				said = said[:n-1]
			}
		}
		if speaker == "" {
			speaker = f.beside(e.node)
		}
		text := norm.NFC.String(oneLine(strings.Join(said, " "), maxQuoteText))
		if utf8.RuneCountInString(text) >= 20 {
			list = append(list, content.Quote{Text: text, Speaker: norm.NFC.String(speaker)})
		}
		i = e.end - 1
	}
	return list
}

// quoteLines gathers the paragraphs of a quotation, without what is aside.
func quoteLines(n *html.Node, aside []*html.Node, lines *[]string, steps *int) {
	var b strings.Builder
	flush := func() {
		if s := oneLine(b.String(), maxQuoteText); s != "" {
			*lines = append(*lines, s)
		}
		b.Reset()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if *steps++; *steps > 500 {
			break
		}
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type != html.ElementNode || within(c, aside) || kindOf(c.DataAtom) == silent:
		case c.DataAtom == atom.Br:
			flush()
		case kindOf(c.DataAtom) == inline && !holds(c, aside):
			b.WriteString(textIn(c, maxQuoteText))
		default:
			flush()
			quoteLines(c, aside, lines, steps)
		}
	}
	flush()
}

func within(n *html.Node, list []*html.Node) bool {
	for up := 0; n != nil && up < maxNesting; n, up = n.Parent, up+1 {
		for _, o := range list {
			if o == n {
				return true
			}
		}
	}
	return false
}

func holds(n *html.Node, list []*html.Node) bool {
	for _, o := range list {
		for up := 0; o != nil && up < maxNesting; o, up = o.Parent, up+1 {
			if o == n {
				return true
			}
		}
	}
	return false
}

// beside reads who spoke from what stands next to a quotation: the caption of its figure, a <cite>, or a
// line that begins with a dash.
func (f *facts) beside(n *html.Node) string {
	for up := n.Parent; up != nil; up = up.Parent {
		if up.DataAtom != atom.Figure {
			if kindOf(up.DataAtom) == inline || up.DataAtom == atom.Div {
				continue
			}
			break
		}
		for c := up.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Figcaption {
				return speakerOf(textIn(c, maxSpeaker))
			}
		}
	}
	next := n.NextSibling
	for next != nil && next.Type == html.TextNode && strings.TrimSpace(next.Data) == "" {
		next = next.NextSibling
	}
	if next == nil {
		return ""
	}
	text := oneLine(next.Data, maxSpeaker)
	if next.Type == html.ElementNode {
		text = textIn(next, maxSpeaker)
	} else if next.Type != html.TextNode {
		return ""
	}
	cite := next.DataAtom == atom.Cite || next.DataAtom == atom.Footer || speakerNamed(next)
	if c := next.FirstChild; c != nil && !cite { // <p>— <cite>Name</cite></p>
		for ; c != nil; c = c.NextSibling {
			cite = cite || c.DataAtom == atom.Cite
		}
	}
	if cite || dashed(text) {
		return speakerOf(text)
	}
	return ""
}

// speakerNamed tells whether class names say that an element names who spoke.
func speakerNamed(n *html.Node) bool {
	class := strings.ToLower(attr(n, "class"))
	if class == "" {
		return false
	}
	for w := range strings.FieldsFuncSeq(class, func(r rune) bool { return r < 'a' || r > 'z' }) {
		switch w {
		case "author", "auteur", "cite", "citation", "attribution", "speaker", "name", "source", "signature":
			return n.DataAtom != atom.Blockquote && n.DataAtom != atom.P || w != "citation"
		}
	}
	return false
}

func dashed(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, "—") || strings.HasPrefix(s, "–") || strings.HasPrefix(s, "- ") || strings.HasPrefix(s, "― ")
}

// speakerOf gives a line back when it can name who spoke: a capital first, short, no sentence.
func speakerOf(s string) string {
	s = strings.Trim(oneLine(s, maxSpeaker), " —–―-~\u00a0\u202f")
	r, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(r) || utf8.RuneCountInString(s) > maxSpeakerLen || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") || strings.Contains(s, "://") {
		return ""
	}
	return strings.TrimRight(s, " .,;")
}
