package crawler

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/frontier"
)

// Scope tells which addresses belong to a source: its hosts, its path prefixes, its patterns, and no
// address that acts (logout, delete …) or that a loop of links has made. It is safe for concurrent use.
type Scope struct {
	hosts            map[string]bool // host:port as address.Host gives it
	prefixes         []string
	include, exclude []pattern
	allowed          []pattern // of Source.Traps
	acting, harmless []pattern // of Source.NeverFollow
	labels           map[string]bool
	folders          []string // of a source of files, each with a slash at its end
}

// NewScope compiles the rules of a source. A host belongs to it with and without "www.", over http and
// over https: sites link to their own twins without a thought, and who names one means both. Hosts
// without a port stand for the two usual ports. An error names what cannot be read and how to mend it.
func NewScope(s Source) (*Scope, error) {
	sc := &Scope{hosts: map[string]bool{}}
	for _, seed := range s.Seeds {
		addr, err := locate(seed)
		if err != nil {
			return nil, fmt.Errorf("seed of source %s: %w", s.Name, err)
		}
		if address.IsFile(addr) != s.isFolders() {
			return nil, fmt.Errorf("source %s has seeds on the web and in folders: make two sources of it", s.Name)
		}
		if address.IsFile(addr) {
			sc.folders = append(sc.folders, strings.TrimSuffix(addr, "/")+"/")
			continue
		}
		sc.admit(addr)
	}
	for _, h := range s.Hosts {
		addr, err := address.Canonical("http://" + h + "/")
		if err != nil || strings.ContainsAny(h, "/?#@") {
			return nil, fmt.Errorf("host %q of source %s is no host name: write it as docs.example.com or docs.example.com:8443", h, s.Name)
		}
		sc.admit(addr)
	}
	for _, p := range s.Prefixes {
		if !strings.HasPrefix(p, "/") {
			return nil, fmt.Errorf("prefix %q of source %s must begin with /", p, s.Name)
		}
		sc.prefixes = append(sc.prefixes, encoded(p))
	}
	var err error
	if sc.include, err = compile(s.Include); err != nil {
		return nil, fmt.Errorf("include of source %s: %w", s.Name, err)
	}
	if sc.exclude, err = compile(s.Exclude); err != nil {
		return nil, fmt.Errorf("exclude of source %s: %w", s.Name, err)
	}
	if sc.acting, err = compile(s.NeverFollow.Addresses); err != nil {
		return nil, fmt.Errorf("never-follow of source %s: %w", s.Name, err)
	}
	if sc.harmless, err = compile(s.NeverFollow.Allow); err != nil {
		return nil, fmt.Errorf("never-follow of source %s: %w", s.Name, err)
	}
	sc.labels = map[string]bool{}
	for _, text := range s.NeverFollow.Texts {
		sc.labels[label(text)] = true
	}
	if sc.allowed, err = compile(s.Traps.Allow); err != nil {
		return nil, fmt.Errorf("traps of source %s: %w", s.Name, err)
	}
	return sc, nil
}

// Allows tells whether the source says that an address is visited although it looks endless.
func (s *Scope) Allows(addr string) bool {
	return len(s.allowed) > 0 && match(s.allowed, addr, address.Target(addr), address.Path(addr)) != ""
}

// admit takes in the host of an address and its twins.
func (s *Scope) admit(addr string) {
	name, host := address.Name(addr), address.Host(addr)
	twin, isWWW := strings.CutPrefix(name, "www.")
	if !isWWW {
		twin = "www." + name
	}
	for _, n := range []string{name, twin} {
		switch port := host[len(name):]; port {
		case ":80", ":443":
			s.hosts[n+":80"], s.hosts[n+":443"] = true, true
		default:
			s.hosts[n+port] = true
		}
	}
}

// serves tells whether a page of the source may ask for an address while it is run: one of its hosts has
// it, and it does not act. Patterns choose pages, not what pages are made of.
func (s *Scope) serves(addr string) bool {
	return s.hosts[address.Host(addr)] && s.acts(addr) == ""
}

// acts gives what makes an address one that may change something, "" for nothing.
func (s *Scope) acts(addr string) string {
	target, path := address.Target(addr), address.Path(addr)
	if s.follows(addr) {
		return ""
	}
	if p := match(s.acting, addr, target, path); p != "" {
		return p
	}
	return acts(target)
}

// follows tells whether the source says that an address is followed whatever it is called.
func (s *Scope) follows(addr string) bool {
	return len(s.harmless) > 0 && match(s.harmless, addr, address.Target(addr), address.Path(addr)) != ""
}

// actsByLabel gives what a link says that makes it one that may change something, "" for nothing. Only in a
// source that signs in (identified) the built-in words count.
func (s *Scope) actsByLabel(l content.Link, identified bool) string {
	if s.follows(l.Address) {
		return ""
	}
	if len(s.labels) > 0 && s.labels[label(l.Text)] {
		return l.Text
	}
	if !identified {
		return ""
	}
	return actsByLabel(l)
}

// Check tells whether a canonical address belongs to the source and, if not, by which rule.
func (s *Scope) Check(addr string) (ok bool, reason string) {
	state, reason := s.State(addr)
	return state == "", reason
}

// State is Check for the frontier: "" for an address that is to be visited, OutOfScope for one that
// the rules of the source leave out, NeverFollow for one that acts, Trap for one that a loop of links has made.
func (s *Scope) State(addr string) (state frontier.State, reason string) {
	if address.IsFile(addr) || len(s.folders) > 0 {
		return s.fileState(addr)
	}
	if host := address.Host(addr); !s.hosts[host] {
		return frontier.OutOfScope, "another host: " + host
	}
	target, path := address.Target(addr), address.Path(addr)
	if len(s.prefixes) > 0 && !s.hasPrefix(path) {
		return frontier.OutOfScope, "its path begins with none of " + strings.Join(s.prefixes, ", ")
	}
	if p := match(s.exclude, addr, target, path); p != "" {
		return frontier.OutOfScope, "excluded by " + p
	}
	if len(s.include) > 0 && match(s.include, addr, target, path) == "" {
		return frontier.OutOfScope, "no include pattern matches"
	}
	if what := s.acts(addr); what != "" {
		return frontier.NeverFollow, what + " may change something instead of showing it"
	}
	if what := loops(target); what != "" && !s.Allows(addr) {
		return frontier.Trap, what
	}
	return "", ""
}

// fileState is State for files. Patterns and prefixes look at the path below the folder of the source.
func (s *Scope) fileState(addr string) (state frontier.State, reason string) {
	for _, root := range s.folders {
		below, inside := strings.CutPrefix(addr, root)
		if !inside && addr+"/" != root {
			continue
		}
		path := "/" + below
		switch {
		case len(s.prefixes) > 0 && !s.hasPrefix(path) && !leadsTo(path, s.prefixes):
			return frontier.OutOfScope, "its path begins with none of " + strings.Join(s.prefixes, ", ")
		case match(s.exclude, addr, path, path) != "":
			return frontier.OutOfScope, "excluded by " + match(s.exclude, addr, path, path)
		case len(s.include) > 0 && !strings.HasSuffix(path, "/") && match(s.include, addr, path, path) == "":
			return frontier.OutOfScope, "no include pattern matches"
		}
		return "", ""
	}
	return frontier.OutOfScope, "outside the folder"
}

// leadsTo tells whether a folder lies on the way to one of the prefixes.
func leadsTo(path string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasSuffix(path, "/") && strings.HasPrefix(p, path) {
			return true
		}
	}
	return false
}

// hasPrefix compares path prefixes; "/news/" takes "/news" along, which is the same folder.
func (s *Scope) hasPrefix(path string) bool {
	for _, p := range s.prefixes {
		if strings.HasPrefix(path, p) || path+"/" == p {
			return true
		}
	}
	return false
}

// pattern is one include or exclude rule:
//
//	/news/*          a glob on the path; * is any part of one segment, ** of several. A star or a
//	/news/           slash at the end takes in all that lies beneath, and a star at the beginning
//	*.pdf            all that comes before
//	*sort=*          path and query are tried after the path alone
//	https://h.fr/*   a glob on the whole address
//	/^https:.*\.pdf/ a regular expression (RE2) between slashes, anywhere in the address, also as
//	                 it reads without percent-encoding
type pattern struct {
	text         string
	glob         *regexp.Regexp
	wholeAddress bool
	expression   *regexp.Regexp
}

func compile(texts []string) ([]pattern, error) {
	var all []pattern
	for _, text := range texts {
		p := pattern{text: text, wholeAddress: strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://")}
		var err error
		switch {
		case isExpression(text):
			if p.expression, err = regexp.Compile(text[1 : len(text)-1]); err != nil {
				return nil, fmt.Errorf("%s is no regular expression of RE2 syntax (%v): mend it, or write a glob such as /archives/*", text, err)
			}
		case p.wholeAddress || strings.HasPrefix(text, "/") || strings.HasPrefix(text, "*"):
			if p.glob, err = regexp.Compile(globbed(text)); err != nil {
				return nil, fmt.Errorf("%q is too long for a pattern", text)
			}
		default:
			return nil, fmt.Errorf("%q must begin with / or *: write /%s or */%s", text, text, text)
		}
		all = append(all, p)
	}
	return all, nil
}

// isExpression tells a regular expression from the glob of a folder, which stands between slashes too.
func isExpression(text string) bool {
	return len(text) > 2 && text[0] == '/' && text[len(text)-1] == '/' && (strings.ContainsAny(text, `^$[\(|+{`) || strings.Contains(text, ".*"))
}

// globbed writes a glob as a regular expression.
func globbed(glob string) string {
	glob = encoded(glob)
	if strings.HasSuffix(glob, "/") {
		glob += "**"
	}
	var b strings.Builder
	b.WriteString("^")
	for i := 0; i < len(glob); i++ {
		switch {
		case strings.HasPrefix(glob[i:], "**"):
			b.WriteString(".*")
			i++
		case glob[i] == '*' && (i == 0 || i == len(glob)-1):
			b.WriteString(".*")
		case glob[i] == '*':
			b.WriteString("[^/]*")
		default:
			b.WriteString(regexp.QuoteMeta(glob[i : i+1]))
		}
	}
	return b.String() + "$"
}

// encoded writes what people type into a pattern as canonical addresses have it.
func encoded(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c > '~' || c == '"' || c == '<' || c == '>' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// match gives the first pattern that matches, as it was written, or "".
func match(patterns []pattern, addr, target, path string) string {
	for _, p := range patterns {
		var hit bool
		switch {
		case p.expression != nil:
			hit = p.expression.MatchString(addr)
			if readable, err := url.PathUnescape(addr); !hit && err == nil && readable != addr {
				hit = p.expression.MatchString(readable)
			}
		case p.wholeAddress:
			hit = p.glob.MatchString(addr)
		default:
			hit = p.glob.MatchString(path) || len(path) < len(target) && p.glob.MatchString(target)
		}
		if hit {
			return p.text
		}
	}
	return ""
}
