package extract

import (
	"bytes"
	"io"
	"strings"

	"golang.org/x/net/html"

	"filon/crawler/content"
)

// readDrawing reads the words of an SVG file: its texts, its titles and descriptions, and the comments in it.
func readDrawing(in Input, d *draft) {
	source, charset := decode(in.Body, header(in.Header, "Content-Type"))
	d.Charset = charset
	z := html.NewTokenizer(io.LimitReader(bytes.NewReader(source), maxHTML))
	z.SetMaxBuf(4 << 20)
	var text strings.Builder
	within, silent := 0, 0 // open elements that hold words, and that hold none
	first := true          // nothing was shown yet: a title names the whole drawing
	for tokens := 0; ; tokens++ {
		kind := z.Next()
		if kind == html.ErrorToken || tokens > maxTokens || d.full || tokens%4096 == 0 && d.late() {
			break
		}
		if kind == html.CommentToken {
			if s := remark(string(z.Text())); s != "" {
				d.aside(content.ZoneHidden, s)
			}
			continue
		}
		if kind == html.TextToken {
			if within > 0 && silent == 0 && text.Len() < maxParagraph {
				text.Write(z.Text())
			}
			continue
		}
		tag, _ := z.TagName()
		z.NextIsNotRawText() // in an SVG a title is no more than an element
		name := string(tag[bytes.IndexByte(tag, ':')+1:])
		switch name {
		case "style", "script", "metadata":
			silent = nested(silent, kind)
			continue
		case "tspan", "textpath", "p", "div", "br", "li", "flowpara":
			if text.Len() > 0 {
				text.WriteByte(' ')
			}
			continue
		case "text", "title", "desc", "foreignobject", "flowroot":
		default:
			continue
		}
		within = nested(within, kind)
		if kind != html.EndTagToken || within > 0 {
			continue
		}
		s := flat(text.String(), maxParagraph)
		text.Reset()
		if name == "title" && first && plausibleTitle(s, in.Address) {
			d.property("title", s)
		}
		first = false
		d.row(s)
	}
	d.row(flat(text.String(), maxParagraph))
}

// nested counts open elements.
func nested(open int, kind html.TokenType) int {
	switch kind {
	case html.StartTagToken:
		return open + 1
	case html.EndTagToken:
		return max(open-1, 0)
	}
	return open
}
