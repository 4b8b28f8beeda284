package session

import (
	"net/http"
	"strings"
)

// Challenge is one offer of a server (RFC 9110 section 11.6.1).
type Challenge struct {
	Scheme string            // as written
	Token  string            // the token68 of NTLM and Negotiate
	Params map[string]string // names in lower case
}

// Bounds of what is read of a challenge.
const (
	maxChallenges = 16
	maxParams     = 32
	maxHeader     = 64 << 10
)

// Challenges reads the WWW-Authenticate fields of an answer. What does not parse is passed over; it
// never fails.
func Challenges(h http.Header) []Challenge {
	var all []Challenge
	for _, v := range h.Values("WWW-Authenticate") {
		if len(v) <= maxHeader {
			all = append(all, parseChallenges(v)...)
		}
	}
	return all[:min(len(all), maxChallenges)]
}

// parseChallenges reads one field, which may hold several challenges: a comma separates parameters
// as well as challenges, and a word that no "=" follows begins a new one.
func parseChallenges(v string) []Challenge {
	var all []Challenge
	p := scanner{v}
	for len(all) < maxChallenges {
		p.skip(" \t,")
		word := p.token()
		if word == "" {
			if p.rest == "" {
				return all
			}
			p.rest = p.rest[1:] // a sign that has no business here
			continue
		}
		c := Challenge{Scheme: word, Params: map[string]string{}}
		if strings.HasPrefix(p.rest, " ") {
			p.skip(" \t")
			c.Token = p.token68()
		}
		for c.Token == "" && len(c.Params) < maxParams {
			before := p
			p.skip(" \t,")
			name := p.token()
			p.skip(" \t")
			if name == "" || !strings.HasPrefix(p.rest, "=") {
				p = before
				break
			}
			p.rest = p.rest[1:]
			p.skip(" \t")
			c.Params[strings.ToLower(name)] = p.value()
		}
		all = append(all, c)
	}
	return all
}

// scanner takes pieces off the front of a text.
type scanner struct{ rest string }

func (p *scanner) skip(chars string) { p.rest = strings.TrimLeft(p.rest, chars) }

func (p *scanner) take(n int) string {
	t := p.rest[:n]
	p.rest = p.rest[n:]
	return t
}

func (p *scanner) token() string {
	n := 0
	for n < len(p.rest) && isTokenByte(p.rest[n]) {
		n++
	}
	return p.take(n)
}

// token68 takes base64 that ends the challenge, or nothing.
func (p *scanner) token68() string {
	n := 0
	for n < len(p.rest) && (isAlnum(p.rest[n]) || strings.IndexByte("-._~+/", p.rest[n]) >= 0) {
		n++
	}
	word := n
	for n < len(p.rest) && p.rest[n] == '=' {
		n++
	}
	end := strings.TrimLeft(p.rest[n:], " \t")
	if word == 0 || end != "" && end[0] != ',' {
		return ""
	}
	return p.take(n)
}

// value takes a quoted string or a token.
func (p *scanner) value() string {
	if !strings.HasPrefix(p.rest, `"`) {
		n := strings.IndexAny(p.rest, ", \t")
		if n < 0 {
			n = len(p.rest)
		}
		return p.take(n)
	}
	var b strings.Builder
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == '\\' && i+1 < len(p.rest):
			i++
			b.WriteByte(p.rest[i])
		case c == '"':
			p.rest = p.rest[i+1:]
			return b.String()
		default:
			b.WriteByte(c)
		}
	}
	p.rest = ""
	return b.String()
}

func isAlnum(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func isTokenByte(c byte) bool {
	return isAlnum(c) || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}
