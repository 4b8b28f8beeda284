// Package feed reads RSS, Atom and JSON feeds for the addresses that they announce.
//
//	bytes, base ──Read──▶ []Entry: address, title, published
//
// In: a fetched body. Out: canonical addresses in the feed's order. Never: fetching, scope, the
// texts that a feed carries (the page says them better).
//
// The room owns github.com/mmcdole/gofeed.
package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"

	"filon/crawler/address"
)

// MaxBytes is the size of the largest feed that is read, MaxEntries how many of its entries.
const (
	MaxBytes   = 4 << 20
	MaxEntries = 10000
)

// Errors of Read; errors.Is tells them apart.
var (
	ErrLarge   = errors.New("feed too large")
	ErrNotFeed = errors.New("not a feed")
)

// Entry is one thing that a feed announces.
type Entry struct {
	Address   string    // canonical
	Title     string    // plain text, at most 300 characters
	Published time.Time // UTC; zero when the feed gives no date, or none that can be read
	Modified  time.Time // UTC; zero likewise
}

// Read gives the entries of a feed. base is the address of the feed, which relative links are
// resolved against. Entries without a web address, and addresses named before, are left out. A body
// that is no feed is ErrNotFeed, one over MaxBytes is ErrLarge; a body never makes it panic.
func Read(body []byte, base string) (entries []Entry, err error) {
	join, err := address.NewBase(base, "")
	if err != nil {
		return nil, fmt.Errorf("feed at %q: %w", base, err)
	}
	body = bytes.TrimLeft(body, "\ufeff \t\r\n")
	if len(body) > MaxBytes || len(body) > 0 && body[0] == '<' && !isModest(body) {
		return nil, ErrLarge
	}
	parsed, err := parse(body)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, item := range parsed.Items {
		if len(entries) == MaxEntries {
			break
		}
		if item == nil {
			continue
		}
		addr, err := join.Join(link(item))
		if err != nil || link(item) == "" || seen[addr] {
			continue
		}
		seen[addr] = true
		entries = append(entries, Entry{Address: addr, Title: plain(item.Title), Published: date(item.PublishedParsed), Modified: date(item.UpdatedParsed)})
	}
	return entries, nil
}

// parse is the only door to the library.
func parse(body []byte) (f *gofeed.Feed, err error) {
	defer func() {
		if recover() != nil {
			f, err = nil, ErrNotFeed
		}
	}()
	f, err = gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil || f == nil {
		return nil, ErrNotFeed // the library's message may quote the body
	}
	return f, nil
}

// What a feed may hold at most. The library goes one call deeper with each nested element and keeps
// every element in memory, so a hostile feed could exhaust the stack, which nothing recovers from.
const (
	maxNested   = 100
	maxElements = 200_000
	maxAttrs    = 400_000
)

// isModest walks an XML body with the tokens that the library will see, and counts.
func isModest(body []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(bytes.Map(legal, latin1(body))))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	nested, elements, attrs := 0, 0, 0
	for {
		t, err := d.Token()
		if err != nil {
			return true // the library will not come further either
		}
		switch t := t.(type) {
		case xml.StartElement:
			nested++
			elements++
			attrs += len(t.Attr)
		case xml.EndElement:
			nested--
		}
		if nested > maxNested || elements > maxElements || attrs > maxAttrs {
			return false
		}
	}
}

// legal drops the control characters that the library drops.
func legal(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
		return -1
	}
	return r
}

// latin1 makes any body valid UTF-8 without touching its ASCII, of which all tags are made.
func latin1(body []byte) []byte {
	if utf8.Valid(body) {
		return body
	}
	out := make([]byte, 0, len(body)+len(body)/8)
	for _, c := range body {
		out = utf8.AppendRune(out, rune(c))
	}
	return out
}

// link gives the address that an item names as its page, or "".
func link(item *gofeed.Item) string {
	if original := item.Extensions["feedburner"]["origLink"]; len(original) > 0 && original[0].Value != "" {
		return strings.TrimSpace(original[0].Value)
	}
	if l := strings.TrimSpace(item.Link); l != "" {
		return l
	}
	if id := strings.TrimSpace(item.GUID); strings.HasPrefix(id, "https://") || strings.HasPrefix(id, "http://") {
		return id // RSS 2.0: a guid is a permanent link unless it says otherwise
	}
	return ""
}

// plain takes markup out of a title.
func plain(title string) string {
	if len(title) > 4000 {
		title = title[:4000]
	}
	var b strings.Builder
	for title != "" {
		text, rest, tag := strings.Cut(title, "<")
		b.WriteString(text)
		if !tag {
			break
		}
		if rest == "" || !(rest[0] == '/' || rest[0] == '!' || 'a' <= rest[0]|0x20 && rest[0]|0x20 <= 'z') {
			b.WriteByte('<') // "5 < 6" is no tag
			title = rest
			continue
		}
		_, title, _ = strings.Cut(rest, ">")
	}
	out := strings.Join(strings.Fields(strings.ToValidUTF8(html.UnescapeString(b.String()), "\uFFFD")), " ")
	if r := []rune(out); len(r) > 300 {
		out = string(r[:300])
	}
	return out
}

func date(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}
