// Package robots reads robots.txt and tells which rule of it allows or forbids an address.
//
//	bytes ──Parse──▶ Rules ──For(token)──▶ Group ──Check(target)──▶ Verdict: allowed, line, rule
//
// It follows RFC 9309, with two things that sites rely on beside it: Sitemap and Crawl-delay lines,
// and the misspellings of the names that other crawlers accept. In: a body or an HTTP status. Out:
// verdicts that quote the deciding line. Never: fetching, keeping, the clock.
//
// Rules and groups do not change once made, and are safe for concurrent use.
package robots

import (
	"bytes"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// MaxBytes is how much of a robots.txt is read (RFC 9309 2.5 asks for at least 500 KiB).
const MaxBytes = 500 << 10

// MaxDelay is the longest Crawl-delay that is kept; a longer one is cut to it, and Group.Note says so.
const MaxDelay = 60 * time.Second

const maxSitemaps = 500

// Rules is a robots.txt as read. The zero value allows everything.
type Rules struct {
	Sitemaps []string // as written, in order, without repeats; resolve them against the robots.txt
	Cut      bool     // it was longer than MaxBytes: the rest was not read
	HTML     bool     // it was a page, so it holds no rules

	groups map[string]*Group // by product token in lower case; "*" for everybody else
	all    *Verdict          // the answer to everything, when there was no robots.txt to read
}

// Group is what a robots.txt says to one crawler.
type Group struct {
	Delay time.Duration // Crawl-delay, at most MaxDelay; 0 when none was asked for
	Note  string        // what was not taken as written; "" when all was

	rules []rule // the deciding one first
	all   *Verdict
}

// Verdict is the answer for one address. Rule is the deciding line as written and Line its number
// from 1; both are zero when no rule speaks of the address, which allows it. For a robots.txt that
// could not be read Line is 0 and Rule says so.
type Verdict struct {
	Allowed bool
	Line    int
	Rule    string
}

type rule struct {
	pieces []string // the pattern between its stars, normalised
	end    bool     // it ended with $
	allow  bool
	octets int
	line   int
	text   string
}

// FromStatus gives the rules for a robots.txt that was answered with this final HTTP status and no
// usable body; 0 stands for no answer at all. 4xx allows everything and 5xx forbids everything, by
// RFC 9309 2.3.1.3 and 2.3.1.4; 429 is a server asking for rest, and forbids too. More than five
// redirects (a 3xx here) count as no robots.txt.
func FromStatus(status int) *Rules {
	switch {
	case status == 0:
		return &Rules{all: &Verdict{Rule: "robots.txt could not be read: no answer"}}
	case status >= 500 || status == 429:
		return &Rules{all: &Verdict{Rule: fmt.Sprintf("robots.txt could not be read: HTTP %d", status)}}
	}
	return &Rules{all: &Verdict{Allowed: true, Rule: fmt.Sprintf("no robots.txt: HTTP %d", status)}}
}

// Token gives the product token of a User-Agent header, its leading letters, - and _, which
// robots.txt groups are matched with: "filon" for "filon/1.0 (…)".
func Token(userAgent string) string {
	for i := 0; i < len(userAgent); i++ {
		if c := userAgent[i]; !('a' <= c|0x20 && c|0x20 <= 'z' || c == '-' || c == '_') {
			return userAgent[:i]
		}
	}
	return userAgent
}

// For gives the group of a product token: all groups that name it, merged, else those for "*", else
// one that allows everything. Letter case does not count.
func (r *Rules) For(token string) *Group {
	if r == nil {
		return &Group{}
	}
	if r.all != nil {
		return &Group{all: r.all}
	}
	if g := r.groups[strings.ToLower(token)]; g != nil && token != "*" {
		return g
	}
	if g := r.groups["*"]; g != nil {
		return g
	}
	return &Group{}
}

// Check tells whether a target, path and query of an address, may be visited. The longest matching
// pattern decides, an Allow before a Disallow of the same length; /robots.txt is always allowed.
func (g *Group) Check(target string) Verdict {
	if target == "/robots.txt" {
		return Verdict{Allowed: true}
	}
	if g.all != nil {
		return *g.all
	}
	if len(g.rules) == 0 {
		return Verdict{Allowed: true}
	}
	if target == "" {
		target = "/"
	}
	target = normalise(target, true)
	for i := range g.rules {
		if r := &g.rules[i]; r.matches(target) {
			return Verdict{Allowed: r.allow, Line: r.line, Rule: r.text}
		}
	}
	return Verdict{Allowed: true}
}

// Parse reads a robots.txt. Whatever it holds, it gives rules: lines that say nothing known are passed over.
func Parse(body []byte) *Rules {
	r := &Rules{groups: map[string]*Group{}}
	body = utf8Of(body)
	if len(body) > MaxBytes {
		r.Cut = true
		body = body[:MaxBytes]
		body = body[:bytes.LastIndexAny(body, "\r\n")+1] // half a line says something else
	}
	if t := bytes.TrimLeft(body, " \t\r\n"); len(t) > 0 && t[0] == '<' {
		r.HTML = true
		return r
	}
	p := parser{rules: r, seen: map[string]bool{}}
	for line := 1; len(body) > 0; line++ {
		var text []byte
		text, body = cutLine(body)
		p.line(line, string(text))
	}
	for _, g := range r.groups {
		sort.SliceStable(g.rules, func(i, j int) bool {
			a, b := &g.rules[i], &g.rules[j]
			if a.octets != b.octets {
				return a.octets > b.octets
			}
			return a.allow && !b.allow
		})
	}
	return r
}

// cutLine cuts at LF, CR or CRLF.
func cutLine(b []byte) (line, rest []byte) {
	i := bytes.IndexAny(b, "\r\n")
	if i < 0 {
		return b, nil
	}
	if b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n' {
		return b[:i], b[i+2:]
	}
	return b[:i], b[i+1:]
}

// utf8Of takes off a byte order mark, or what is left of one, and turns UTF-16 that announces itself into UTF-8.
func utf8Of(b []byte) []byte {
	if len(b) >= 2 && (b[0] == 0xff && b[1] == 0xfe || b[0] == 0xfe && b[1] == 0xff) {
		low, high := 0, 1
		if b[0] == 0xfe {
			low, high = 1, 0
		}
		b = b[2:min(len(b), 2*MaxBytes+4)]
		units := make([]uint16, 0, len(b)/2)
		for ; len(b) >= 2; b = b[2:] {
			units = append(units, uint16(b[low])|uint16(b[high])<<8)
		}
		return []byte(string(utf16.Decode(units)))
	}
	for _, c := range []byte("\xef\xbb\xbf") {
		if len(b) == 0 || b[0] != c {
			break
		}
		b = b[1:]
	}
	return b
}

type parser struct {
	rules   *Rules
	current []*Group // the groups that the next rule speaks to
	ruled   bool     // a rule has spoken to them: the next user-agent line begins anew
	seen    map[string]bool
}

func (p *parser) line(number int, text string) {
	content, _, _ := strings.Cut(text, "#")
	name, value, ok := strings.Cut(content, ":")
	if !ok { // "disallow /": accepted as far as it is plain
		f := strings.Fields(content)
		if len(f) != 2 {
			return
		}
		name, value = f[0], f[1]
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "user-agent", "useragent", "user agent":
		p.agent(value)
	case "allow":
		p.pattern(number, text, value, true)
	case "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw":
		p.pattern(number, text, value, false)
	case "sitemap", "site-map":
		if value != "" && len(value) <= 2000 && !p.seen[value] && len(p.rules.Sitemaps) < maxSitemaps {
			p.seen[value] = true
			p.rules.Sitemaps = append(p.rules.Sitemaps, value)
		}
	case "crawl-delay":
		p.delay(value)
	}
}

func (p *parser) agent(value string) {
	if p.ruled {
		p.current, p.ruled = p.current[:0], false
	}
	token := strings.ToLower(Token(value))
	if value == "*" || strings.HasPrefix(value, "* ") {
		token = "*"
	}
	if token == "" {
		return // it speaks to nobody
	}
	g := p.rules.groups[token]
	if g == nil {
		g = &Group{}
		p.rules.groups[token] = g
	}
	for _, c := range p.current {
		if c == g {
			return
		}
	}
	p.current = append(p.current, g)
}

func (p *parser) pattern(number int, text, value string, allow bool) {
	p.ruled = true
	if value == "" {
		return // says nothing: RFC 9309 2.2.2
	}
	p.add(rule{allow: allow, line: number, text: quote(text)}, value)
	// Who allows the index page of a folder allows the folder, which is the same page.
	if folder, ok := strings.CutSuffix(value, "/index.html"); ok && allow {
		p.add(rule{allow: true, line: number, text: quote(text)}, folder+"/$")
	}
}

func (p *parser) add(r rule, pattern string) {
	pattern = normalise(pattern, false)
	r.octets = len(pattern)
	pattern, r.end = strings.CutSuffix(pattern, "$")
	pattern = strings.ReplaceAll(pattern, "$", "%24")
	r.pieces = strings.Split(pattern, "*")
	for _, g := range p.current {
		g.rules = append(g.rules, r)
	}
}

func (p *parser) delay(value string) {
	seconds, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
	if err != nil || !(seconds > 0) {
		return
	}
	d, note := MaxDelay, fmt.Sprintf("Crawl-delay %.20s cut to %s", value, MaxDelay)
	if seconds <= MaxDelay.Seconds() {
		d, note = time.Duration(seconds*float64(time.Second)), ""
	}
	for _, g := range p.current {
		if d > g.Delay {
			g.Delay = d
		}
		if note != "" {
			g.Note = note
		}
	}
}

// quote keeps a line short and printable enough to be shown.
func quote(line string) string {
	line = strings.ToValidUTF8(strings.TrimSpace(line), "\uFFFD")
	if r := []rune(line); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return line
}

// matches is a prefix match; a star stands for any bytes, and $ for the end. As a star takes
// anything, the first place where each piece fits is as good as any other.
func (r *rule) matches(target string) bool {
	rest, ok := strings.CutPrefix(target, r.pieces[0])
	if !ok {
		return false
	}
	last := len(r.pieces) - 1
	if last == 0 {
		return !r.end || rest == ""
	}
	for _, piece := range r.pieces[1:last] {
		i := strings.Index(rest, piece)
		if i < 0 {
			return false
		}
		rest = rest[i+len(piece):]
	}
	if r.end {
		return strings.HasSuffix(rest, r.pieces[last])
	}
	return strings.Contains(rest, r.pieces[last])
}

// normalise writes a pattern or a target so that equal octets compare equal (RFC 9309 2.2.2): what a
// URI cannot hold is percent-encoded, unreserved characters are not, digits A-F are upper case, and a % that
// encodes nothing stands for itself. In a target the characters that are special in patterns are encoded too.
func normalise(s string, isTarget bool) string {
	i := 0
	for i < len(s) && plain(s[i]) && !(isTarget && (s[i] == '*' || s[i] == '$')) {
		i++
	}
	if i == len(s) {
		return s
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s) + 8)
	b.WriteString(s[:i])
	for ; i < len(s); i++ {
		c := s[i]
		encoded := false
		if c == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, encoded = byte(v), true
				i += 2
			}
		}
		switch {
		case encoded && unreserved(c), !encoded && plain(c) && !(isTarget && (c == '*' || c == '$')):
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

func plain(c byte) bool {
	return unreserved(c) || strings.IndexByte(":/?#[]@!$&'()*+,;=", c) >= 0
}
