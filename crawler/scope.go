package crawler

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"filon/crawler/address"
)

// Scope tells which addresses belong to a source: its hosts, its path prefixes, its patterns, and no
// address that acts (logout, delete …) or that a loop of links has made. It is safe for concurrent use.
type Scope struct {
	hosts            map[string]bool // host:port as address.Host gives it
	prefixes         []string
	include, exclude []pattern
}

// pattern is one include or exclude rule: a glob on path and query, where * stays within a segment
// and ** does not, or a regular expression between slashes that may match anywhere in the address.
type pattern struct {
	text string
	re   *regexp.Regexp
	all  bool // the expression sees the whole address, not only path and query
}

// NewScope compiles the rules of a source. The hosts of its seeds belong to it, with and without www.
// and over http and https; an error names the pattern that cannot be read.
func NewScope(s Source) (*Scope, error) {
	sc := &Scope{hosts: map[string]bool{}, prefixes: s.Prefixes}
	for _, seed := range s.Seeds {
		addr, err := address.Canonical(seed)
		if err != nil {
			return nil, fmt.Errorf("seed of source %s is no web address: %w", s.Name, err)
		}
		sc.admit(address.Host(addr))
	}
	for _, h := range s.Hosts {
		sc.admit(strings.ToLower(h))
	}
	var err error
	if sc.include, err = compileAll(s.Include); err != nil {
		return nil, fmt.Errorf("include of source %s: %w", s.Name, err)
	}
	if sc.exclude, err = compileAll(s.Exclude); err != nil {
		return nil, fmt.Errorf("exclude of source %s: %w", s.Name, err)
	}
	return sc, nil
}

// admit takes in a host, its twin with or without www., and both default ports.
func (s *Scope) admit(host string) {
	name, port, _ := strings.Cut(host, ":")
	names := []string{name, "www." + name}
	if bare, ok := strings.CutPrefix(name, "www."); ok {
		names[1] = bare
	}
	for _, n := range names {
		if port != "" && port != "80" && port != "443" {
			s.hosts[n+":"+port] = true
			continue
		}
		s.hosts[n], s.hosts[n+":80"], s.hosts[n+":443"] = true, true, true
	}
}

func compileAll(texts []string) ([]pattern, error) {
	var all []pattern
	for _, t := range texts {
		p, err := compilePattern(t)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

func compilePattern(text string) (pattern, error) {
	if len(text) > 2 && strings.HasPrefix(text, "/") && strings.HasSuffix(text, "/") && strings.ContainsAny(text[1:len(text)-1], `^$[\(|+`) {
		re, err := regexp.Compile(text[1 : len(text)-1])
		if err != nil {
			return pattern{}, fmt.Errorf("pattern %s is no regular expression (RE2 syntax): %w", text, err)
		}
		return pattern{text: text, re: re, all: true}, nil
	}
	if !strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "*") {
		return pattern{}, fmt.Errorf("pattern %q must begin with / or *, for example /archives/** or *.pdf", text)
	}
	var b strings.Builder
	b.WriteString("^")
	for i := 0; i < len(text); i++ {
		switch {
		case strings.HasPrefix(text[i:], "**"):
			b.WriteString(".*")
			i++
		case text[i] == '*' && i == 0:
			b.WriteString(".*")
		case text[i] == '*':
			b.WriteString("[^/]*")
		default:
			b.WriteString(regexp.QuoteMeta(text[i : i+1]))
		}
	}
	b.WriteString("$")
	re, err := regexp.Compile(b.String())
	if err != nil {
		return pattern{}, fmt.Errorf("pattern %q cannot be read: %w", text, err)
	}
	return pattern{text: text, re: re}, nil
}

func (p pattern) matches(addr, target string) bool {
	if p.all {
		return p.re.MatchString(addr)
	}
	return p.re.MatchString(target)
}

// Check tells whether a canonical address belongs to the source and, if not, by which rule.
func (s *Scope) Check(addr string) (ok bool, reason string) {
	if host := address.Host(addr); !s.hosts[host] {
		return false, "another host: " + host
	}
	target := address.Target(addr)
	if len(s.prefixes) > 0 && !anyPrefix(target, s.prefixes) {
		return false, "its path begins with none of " + strings.Join(s.prefixes, ", ")
	}
	for _, p := range s.exclude {
		if p.matches(addr, target) {
			return false, "excluded by " + p.text
		}
	}
	if len(s.include) > 0 {
		in := false
		for _, p := range s.include {
			in = in || p.matches(addr, target)
		}
		if !in {
			return false, "no include pattern matches"
		}
	}
	if act := acts(addr); act != "" {
		return false, "never followed: " + act + " acts instead of showing something"
	}
	if loop := loops(address.Path(addr)); loop != "" {
		return false, loop
	}
	return true, ""
}

func anyPrefix(target string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(target, p) {
			return true
		}
	}
	return false
}

// actions are the words that, as a whole path segment or as the value of a parameter that says what
// to do, make a GET change something on careless servers.
var actions = map[string]bool{
	"logout": true, "log-out": true, "signout": true, "sign-out": true, "logoff": true, "deconnexion": true, "se-deconnecter": true,
	"delete": true, "supprimer": true, "remove": true, "unsubscribe": true, "desabonnement": true, "desinscription": true, "se-desabonner": true,
	"add-to-cart": true, "ajouter-au-panier": true, "approve": true, "approuver": true, "trash": true, "purge": true,
	"abmelden": true, "loeschen": true, "cerrar-sesion": true, "eliminar": true, "esci": true, "disconnetti": true, "elimina": true,
}

// acting parameters name what to do.
var acting = map[string]bool{"action": true, "do": true, "op": true, "cmd": true, "act": true, "task": true}

func acts(addr string) string {
	u, err := url.Parse(addr)
	if err != nil {
		return ""
	}
	last := strings.ToLower(strings.TrimSuffix(path.Base(u.Path), path.Ext(u.Path)))
	if actions[last] {
		return last
	}
	for name, values := range u.Query() {
		name = strings.ToLower(name)
		if actions[name] {
			return name
		}
		if acting[name] {
			for _, v := range values {
				if actions[strings.ToLower(v)] {
					return name + "=" + v
				}
			}
		}
	}
	return ""
}

const (
	mostSegments  = 30
	mostInARow    = 3
	mostRepeats   = 5
	doubleEncoded = "%2525"
)

// loops recognises paths that a loop of relative links makes.
func loops(p string) string {
	segments := strings.Split(strings.Trim(p, "/"), "/")
	if len(segments) > mostSegments {
		return fmt.Sprintf("its path has %d segments: a loop of links", len(segments))
	}
	if strings.Contains(p, doubleEncoded) {
		return "encoded twice over: a loop of links"
	}
	count, row := map[string]int{}, 0
	for i, s := range segments {
		count[s]++
		if i > 0 && s == segments[i-1] {
			row++
		} else {
			row = 1
		}
		if s != "" && (row >= mostInARow || count[s] >= mostRepeats) {
			return fmt.Sprintf("%s is repeated in its path: a loop of links", s)
		}
	}
	return ""
}
