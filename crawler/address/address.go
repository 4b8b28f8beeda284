// Package address writes every address one way, so that a page is known by one name.
//
//	"../a b?utm_source=x#top" ──Base.Join──▶ "https://site.fr/a%20b"
//
// In: whatever stands in a link, a sitemap, a redirect or on the command line. Out: the canonical
// address, by the WHATWG URL standard (https://url.spec.whatwg.org) and then without what does not
// name content: fragment, user info, default port, tracking parameters, session ids, credentials. Never: a guess
// that could join two different pages (case, trailing slash, index.html, order of parameters stay).
//
// The room owns github.com/nlnwa/whatwg-url. Everything here is safe for concurrent use.
package address

import (
	"errors"
	"fmt"
	"strings"

	whatwgerrors "github.com/nlnwa/whatwg-url/errors"
	whatwg "github.com/nlnwa/whatwg-url/url"
)

// MaxBytes is the length of the longest canonical address; browsers, proxies and spreadsheets fail
// beyond about 2,000 bytes.
const MaxBytes = 2000

// MaxRawBytes bounds what is looked at, and the addresses that JoinRaw gives.
const MaxRawBytes = 4000

// Errors of this room; errors.Is tells them apart.
var (
	ErrNotWeb  = errors.New("not a web address")      // mailto:, tel:, javascript:, data:, file: …
	ErrLong    = errors.New("address too long")       // over MaxBytes when canonical, or MaxRawBytes as found
	ErrInvalid = errors.New("not a readable address") // the standard calls it a failure
)

// Canonical gives the canonical form of an absolute http or https address. It is idempotent:
// Canonical of its own result is that result.
func Canonical(raw string) (string, error) {
	raw, err := door(raw)
	if err != nil {
		return "", err
	}
	var room [fastBytes]byte
	if buf, path, ok := joinAbsolute(room[:0], raw, nil); ok {
		return finish(buf, path)
	}
	return finishParsed(raw, nil)
}

// Base is what the relative addresses of one page are resolved against.
type Base struct {
	parsed *whatwg.Url
	origin string // scheme://host[:port]
	path   string // begins with /
	folder string // path up to its last segment, without the last slash
	query  string // with its ?, or ""
}

// NewBase makes the base of a page at the absolute address page. baseHref is the href of its first
// <base>, or ""; one that cannot be used is passed over, as the HTML standard says (2.4.3).
func NewBase(page, baseHref string) (*Base, error) {
	page, err := door(page)
	if err != nil {
		return nil, err
	}
	own, err := parse(page, nil)
	if err != nil {
		return nil, err
	}
	used := own
	if href, err := door(baseHref); err == nil && href != "" {
		if u, err := parse(href, own); err == nil {
			used = u
		}
	}
	used.SearchParams() // made now: the library would make it at the first join, which is a race
	b := &Base{parsed: used, origin: origin(used), path: used.Pathname(), query: used.Search()}
	b.folder = b.path[:strings.LastIndexByte(b.path, '/')]
	return b, nil
}

// Join resolves a reference as found in the page and gives its canonical address.
func (b *Base) Join(ref string) (string, error) {
	ref, err := door(ref)
	if err != nil {
		return "", err
	}
	var room [fastBytes]byte
	if buf, path, ok := b.join(room[:0], ref); ok {
		return finish(buf, path)
	}
	return finishParsed(ref, b.parsed)
}

// JoinRaw resolves a reference but keeps its parameters as they are; only the fragment and user
// info go. It is for images and other media, whose parameters may choose the size or sign the access.
func (b *Base) JoinRaw(ref string) (string, error) {
	ref, err := door(ref)
	if err != nil {
		return "", err
	}
	var room [fastBytes]byte
	if buf, _, ok := b.join(room[:0], ref); ok {
		return string(buf), nil
	}
	u, err := parse(ref, b.parsed)
	if err != nil {
		return "", err
	}
	s := origin(u) + u.Pathname() + u.Search()
	if len(s) > MaxRawBytes {
		return "", ErrLong
	}
	return s, nil
}

// door trims as the standard does and refuses what is no web address, or too long to be one,
// before any work. A relative reference passes.
func door(ref string) (string, error) {
	for ref != "" && ref[0] <= ' ' {
		ref = ref[1:]
	}
	for ref != "" && ref[len(ref)-1] <= ' ' {
		ref = ref[:len(ref)-1]
	}
	if s := scheme(ref); s != "" && !isWeb(s) {
		return "", ErrNotWeb
	}
	if len(ref) > MaxRawBytes {
		return "", ErrLong
	}
	return ref, nil
}

// scheme gives the scheme that ref begins with, as written, or "". One that is cut by tabs or line
// breaks is left to the parser, which takes them out.
func scheme(ref string) string {
	for i := 0; i < len(ref); i++ {
		c := ref[i]
		switch {
		case c == ':':
			return ref[:i]
		case 'a' <= c|0x20 && c|0x20 <= 'z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return ""
		}
	}
	return ""
}

func isWeb(scheme string) bool {
	switch len(scheme) {
	case 4:
		return strings.EqualFold(scheme, "http")
	case 5:
		return strings.EqualFold(scheme, "https")
	}
	return false
}

// parse is the only door to the library. A panic of the library is an unreadable address.
func parse(ref string, base *whatwg.Url) (u *whatwg.Url, err error) {
	defer func() {
		if recover() != nil {
			u, err = nil, ErrInvalid
		}
	}()
	// The library's time grows with the square of these.
	if strings.Count(ref, "/")+strings.Count(ref, `\`) > 300 || strings.Count(ref, "@") > 30 {
		return nil, ErrLong
	}
	if base == nil {
		u, err = whatwg.Parse(ref)
	} else {
		u, err = base.Parse(ref)
	}
	if err != nil || u == nil {
		return nil, invalid(err)
	}
	if s := u.Scheme(); s != "http" && s != "https" {
		return nil, ErrNotWeb
	}
	if strings.HasSuffix(u.Hostname(), "..") || u.Hostname() == "." || u.Hostname() == "" {
		return nil, ErrInvalid
	}
	return u, nil
}

// invalid says why the standard refuses an address. The library's own message is not used: it quotes
// the whole address, password included.
func invalid(err error) error {
	why := "its host is no valid name"
	switch whatwgerrors.Type(err) {
	case whatwgerrors.MissingSchemeNonRelativeURL:
		why = "it does not begin with http:// or https://"
	case whatwgerrors.HostMissing:
		why = "it names no host"
	case whatwgerrors.PortInvalid, whatwgerrors.PortOutOfRange:
		why = "its port is no number up to 65535"
	case whatwgerrors.InvalidCredentials:
		why = "it has a password but no host"
	}
	return fmt.Errorf("%w: %s", ErrInvalid, why)
}

// origin writes scheme, host and port. The root dot of "site.fr." names the same host.
func origin(u *whatwg.Url) string {
	host := strings.TrimSuffix(u.Hostname(), ".")
	if p := u.Port(); p != "" {
		host += ":" + p
	}
	return u.Scheme() + "://" + host
}

func finishParsed(ref string, base *whatwg.Url) (string, error) {
	u, err := parse(ref, base)
	if err != nil {
		return "", err
	}
	o := origin(u)
	return finish(append([]byte(o+u.Pathname()), u.Search()...), len(o))
}
