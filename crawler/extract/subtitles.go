package extract

import (
	"strings"

	"filon/crawler/content"
)

// readSubtitles keeps what is said in a film, without the times: WebVTT (W3C) and SubRip. A sentence that goes on in
// the next caption is one line; notes of those who wrote the captions are kept aside.
func readSubtitles(s string, d *draft) {
	d.MIME = mimeText
	var line strings.Builder
	flush := func() {
		d.row(line.String())
		line.Reset()
	}
	for block := range strings.SplitSeq(strings.TrimPrefix(s, "\ufeff"), "\n\n") {
		if d.full {
			return
		}
		block = strings.Trim(block, "\n")
		first, _, _ := strings.Cut(block, "\n")
		word, _, _ := strings.Cut(strings.TrimSpace(first), " ")
		switch word {
		case "NOTE":
			d.aside(content.ZoneHidden, strings.TrimPrefix(block, word))
			continue
		case "STYLE", "REGION":
			continue
		}
		lines := strings.Split(block, "\n")
		for i, l := range lines { // what stands before the times is the name or the number of the caption
			if strings.Contains(l, "-->") {
				lines = lines[i+1:]
				break
			}
		}
		for _, l := range lines {
			l = strings.TrimSpace(spoken(strings.TrimPrefix(l, "WEBVTT")))
			if l == "" {
				continue
			}
			if line.Len() > 0 {
				line.WriteByte(' ')
			}
			line.WriteString(l)
			if strings.ContainsAny(l[len(l)-1:], ".!?:") || strings.HasSuffix(l, "…") || line.Len() > maxParagraph/2 {
				flush()
			}
		}
	}
	flush()
}

// spoken gives a line of a caption without its marks; the voice that a mark names stays, before a colon.
func spoken(l string) string {
	var b strings.Builder
	for l != "" {
		open := strings.IndexAny(l, "<{")
		if open < 0 {
			break
		}
		end := strings.IndexByte(l[open:], map[byte]byte{'<': '>', '{': '}'}[l[open]])
		if end < 0 {
			break
		}
		mark := l[open+1 : open+end]
		b.WriteString(l[:open])
		l = l[open+end+1:]
		if name, ok := strings.CutPrefix(mark, "v"); ok && strings.ContainsAny(name, " ") {
			_, name, _ = strings.Cut(name, " ")
			b.WriteString(strings.TrimSpace(name) + " : ")
		}
	}
	return b.String() + l
}
