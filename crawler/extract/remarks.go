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
	// what caches, copiers and builders report
	reported = regexp.MustCompile(`(?i)^(?:saved in (?:the )?parser cache with key \S+ and timestamp \d+|newpp limit report (?:parsed by|preprocessor|cached time)|transclusion expansion time report|mirrored from |added by httrack|page generated |generated (?:by|at|in|on) |cached (?:by|at|on) |served from[: ]|dynamic page generated|this (?:site|page) is optimized with |performance optimized by |rendered (?:by|in|at) |built (?:by|at|on) )`)
	// the report of a wiki is long, and names templates
	ofWiki = regexp.MustCompile(`(?i)^(?:newpp|transclusion)`)
	// a version: what stands before it is a program
	version = regexp.MustCompile(`^\(?v?\d+(?:\.\w+)+\)?$`)
)

const (
	mostDashed = 6  // words of the name of a part between dashes
	mostReport = 24 // words of the report of a program
)

// templateWords stand in the names of parts of a page.
var templateWords = wordSet(`a ad ads article articles aside banner bas begin block bloc body bottom box center code col column container content contenu corps debut desktop div droite end fin footer gauche haut head header home index inner left main menu
	middle mobile module nav navigation page pages pied post posts region right row rubrique script section sections sidebar slot start tag template top widget wrapper zone`)

// reportWords are the programs that sign what they make, and what they say of it: beside figures and addresses, a report has no others.
var reportWords = wordSet(`saved in the parser cache cached caching with key and timestamp revision id rendering was triggered because serialized json mirrored from added by page pages generated at on served dynamic this site is optimized performance rendered built for using via
	of a an to view edit api parse diff unknown seconds second sec secs s ms milliseconds queries query memory usage mb kb time date plugin plugins version build server host website copier gmt utc cet cest am pm file disk enhanced gzip content static html the web object redis memcached apcu opcache
	mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august september october november december
	httrack docs hugo jekyll gatsby next nextjs nuxt astro eleventy hexo pelican sphinx mkdocs docusaurus vuepress vitepress gitbook doxygen javadoc asciidoctor pandoc antora wordpress joomla drupal typo3 spip mediawiki confluence sharepoint liferay jahia magento shopify wix
	squarespace webflow ghost plone django rails laravel symfony yoast seo premium rank math litespeed varnish nginx apache cloudflare fastly akamai w3 total wp super rocket fastest comet hummingbird autoptimize breeze borlabs jenkins gitlab github actions webpack vite gulp grunt
	rollup maven gradle ant dreamweaver frontpage word office libreoffice microsoft adobe google`)

// markedOff tells whether a comment is of a program or a template by its form.
func markedOff(s string) bool {
	return edgeOfPart.MatchString(s) || dashedPart.MatchString(s) && onlyPart(s) || reported.MatchString(s) && (ofWiki.MatchString(s) || onlyReport(s))
}

// onlyPart tells whether what stands between dashes has nothing but the names of parts.
func onlyPart(s string) bool {
	words := strings.Fields(strings.Trim(s, "- "))
	for _, w := range words {
		if !templateWords[fold(w)] && !strings.ContainsAny(w, "_0123456789") {
			return false
		}
	}
	return len(words) <= mostDashed
}

// onlyReport tells whether a report says nothing but which program did what, when and from where: what else it tells was written by
// somebody.
func onlyReport(s string) bool {
	words := strings.Fields(s)
	for i, w := range words {
		w = strings.Trim(w, ".,;:()[]'\"-–—@|#&*<>")
		programs := i+1 < len(words) && version.MatchString(strings.TrimRight(words[i+1], ".,;"))
		for part := range strings.FieldsFuncSeq(w, func(r rune) bool { return r == '-' || r == '_' }) { // "page_view"
			if !programs && !strings.ContainsAny(part, "0123456789.:") && !reportWords[fold(part)] {
				return false
			}
		}
	}
	return len(words) <= mostReport
}
