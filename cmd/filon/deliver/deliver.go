// Package deliver brings a digest to people: by mail and into the channels of chat programs.
//
//	Digest ──▶ Mail.Send ──▶ an SMTP server, as text and HTML
//	       └─▶ Webhook.Send ──▶ Slack, Teams, Mattermost or any receiver of JSON
//
// In: a digest that is masked already, and where it goes. Out: one message, or an error without a secret
// in it. Never: a second message under another id for the same digest, a redirect followed, a password
// over a connection in clear.
package deliver

import (
	"context"
	"strings"
	"unicode"
)

// Channel is a way to people.
type Channel interface {
	// Send delivers a digest. After an error nobody knows whether it arrived: sending it again under
	// the same ID lets the receiver see that it is the same.
	Send(ctx context.Context, d Digest) error
}

// Digest is what is to be told, in the words of one language. Texts are plain; each channel escapes
// them for itself.
type Digest struct {
	ID       string         `json:"id"` // letters, digits, dots and hyphens; the same for every attempt
	Lang     string         `json:"lang"`
	Title    string         `json:"title"`
	Lead     []string       `json:"lead,omitempty"`
	Sections []Section      `json:"sections,omitempty"`
	Foot     string         `json:"foot,omitempty"`
	Counts   map[string]int `json:"counts,omitempty"`
}

// Section is a heading with items under it, or sentences.
type Section struct {
	Title string   `json:"title"`
	Items []Item   `json:"items,omitempty"`
	Lines []string `json:"lines,omitempty"`
	More  string   `json:"more,omitempty"` // says how many items were left out; "" for none
}

// Item is one piece of content. Why is what its own text or its reasons say; Inside tells that only
// employees see it, and then channels outside the company get neither Why nor Kind.
type Item struct {
	Title   string `json:"title"`
	Kind    string `json:"type,omitempty"`
	Why     string `json:"why,omitempty"`
	Address string `json:"url"`
	Inside  bool   `json:"intranet,omitempty"`
}

// Abroad is the digest as it may pass through somebody else's service: of what only employees see, it
// keeps title and address, or with named false only how many there are, in the words of say.
func (d Digest) Abroad(named bool, say func(n int) string) Digest {
	sections := make([]Section, 0, len(d.Sections))
	for _, s := range d.Sections {
		items, left := make([]Item, 0, len(s.Items)), 0
		for _, i := range s.Items {
			switch {
			case !i.Inside:
				items = append(items, i)
			case named:
				items = append(items, Item{Title: i.Title, Address: i.Address, Inside: true})
			default:
				left++
			}
		}
		s.Items = items
		if left > 0 {
			s.Lines = append(append([]string{}, s.Lines...), say(left))
		}
		sections = append(sections, s)
	}
	d.Sections = sections
	return d
}

// line makes one safe line of a text.
func line(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))), " ")
}

// cut shortens a line to n characters.
func cut(s string, n int) string {
	s = line(s)
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimRight(string(r[:n-1]), " ") + "…"
}
