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

// remarks are the comments that people have left in the source of a page: no text, and still in the file. What only marks off a part
// of the page, or is a program's report, is read as a label is: for secrets and marks, and not for what it tells.
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
		kind := content.ZoneComment
		if markedOff(s) {
			kind = content.ZoneLabel
		}
		zones = append(zones, content.Zone{Kind: kind, Text: s})
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

var (
	// "Begin code for WCM-3983", "End of header": the edges of a part of the page
	edgeOfPart = regexp.MustCompile(`(?i)^[-=*#/ ]*(?:begin|start|end|stop|début|debut|fin)(?: of| de| du)?(?: the| la| le)?(?: [\w-]+){0,2} (?:code|block|bloc|section|header|footer|nav|navigation|menu|content|contenu|script|snippet|tag|tags|widget|module|wrapper|container|pixel|region|zone|template|banner|ads?|analytics|toolbar|div)(?: (?:for|of|de|du|pour) [\w-]+(?: [\w-]+)?)?[-=*#/ ]*$`)
	// "-ads_code_home_970_90 article section page 3-": between dashes, and the name of a part has underscores
	dashedPart = regexp.MustCompile(`^-+ ?\w*_\w*[^.!?:;=@]{0,80}-+$`)
	// what caches, copiers and builders report, on one line with no other sentence behind
	reported = regexp.MustCompile(`(?i)^(?:(?:saved in (?:the )?parser cache with|newpp limit report|transclusion expansion).*|(?:mirrored from |added by httrack|page generated |generated (?:by|at|in|on) |cached (?:by|at|on) |served from |dynamic page generated|this (?:site|page) is optimized with |performance optimized by |rendered (?:by|in|at) |built (?:by|at|on) )(?:[^.!?:;]|[.:]\S){0,160}[.]?)$`)
)

// markedOff tells whether a comment is of a program or a template by its form.
func markedOff(s string) bool {
	return edgeOfPart.MatchString(s) || dashedPart.MatchString(s) || reported.MatchString(s)
}
