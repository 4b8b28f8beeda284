package extract

import (
	"encoding/json"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
)

const (
	maxRemarks    = 16 << 10 // bytes of all comments of one page
	maxRemark     = 2000     // bytes of one
	maxRemarkLook = 200_000  // nodes that are looked at
)

// remarks are the comments that people have left in the source of a page: no text, and still in the file.
func (p *page) remarks() (zones []content.Zone) {
	if len(p.elements) == 0 {
		return nil
	}
	root := p.elements[0].node
	for root.Parent != nil {
		root = root.Parent
	}
	seen := map[string]bool{}
	room, looked := maxRemarks, 0
	for n := range root.Descendants() {
		if looked++; looked > maxRemarkLook || room <= 0 {
			break
		}
		if n.Type != html.CommentNode {
			continue
		}
		s := remark(n.Data)
		if s == "" || seen[s] || len(s) > room {
			continue
		}
		seen[s] = true
		room -= len(s)
		zones = append(zones, content.Zone{Kind: content.ZoneComment, Text: s})
	}
	return zones
}

// ofProgram begins the comments of programs: conditions of browsers, blocks of WordPress, bindings of Knockout, names of templates,
// instructions of servers.
var ofProgram = regexp.MustCompile(`^(?:\[(?:if|endif)\b|<!\[|/?wp:|/?ko\b|THEME |BEGIN OUTPUT|END OUTPUT|FILE NAME SUGGESTIONS|#(?:include|echo|exec|if|else|elif|endif|set|config|printenv|fsize|flastmod)\b)`)

// remark gives the words of one comment, "" for those of programs: conditions of browsers, marks of editors, the names
// of the parts of a template.
func remark(s string) string {
	s = strings.TrimSpace(clip(s, 4*maxRemark))
	if s == "" || ofProgram.MatchString(s) || s[0] == '{' && json.Valid([]byte(s)) {
		return ""
	}
	if strings.Contains(s, "<") { // markup that was taken out
		var b strings.Builder
		z := html.NewTokenizer(strings.NewReader(s))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			if kind == html.TextToken {
				b.Write(z.Text())
				b.WriteByte(' ')
			}
		}
		s = b.String()
	}
	s = norm.NFC.String(oneLine(s, maxRemark))
	if countLetters(s) < 5 || !strings.ContainsAny(s, " :=/@0123456789") && strings.ToUpper(s) != s {
		return ""
	}
	return s
}
