// Package template learns what the pages of a source have in common, and takes it out of each of them: passages
// of text that many pages repeat, the site's name in their titles, days that too many items share.
//
//	Prints of all items ──Learn──▶ Template ──Apply──▶ item without it ──Undo──▶ item as it was found
//
// What is learned depends on the items alone, not on the order in which they came. Apply loses nothing: what it
// takes out of the text is kept beside it, and Undo puts it back.
//
// In: items, or what was noted of them. Out: a Template, items. Never: judging, storing, an empty text or title.
package template

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"filon/crawler/content"
)

// Template is what one source's items have in common. The zero Template changes nothing.
type Template struct {
	lines   map[uint64]bool // a line in a scope
	affixes map[uint64]bool // a beginning or an end of a title
	names   map[uint64]bool // whole titles that name no page, as too many have them
	days    map[uint64]bool // a day, of what and from where
}

// How much of a page must be left, so that a page whose only text is repeated elsewhere stays what it is.
const (
	fewestOwn = 15 // words
	mostTaken = 3  // times the words that are left
)

// Apply takes out of an item, as it was found, what its source's template put in. An item that is to change is
// copied.
func (t Template) Apply(item content.Item) content.Item {
	if isPage(item) {
		item = t.cut(item)
		if title := t.title(item); title != item.Title {
			item.PageTitle, item.Title = item.Title, title
		}
	}
	return t.date(item)
}

// Undo gives an item as it was found.
func Undo(item content.Item) content.Item {
	if len(item.Template) > 0 {
		passages := strings.Split(item.Text, "\n\n")
		for _, taken := range item.Template {
			passages = slices.Insert(passages, min(max(taken.At, 0), len(passages)), taken.Text)
			item.Shape.Words += taken.Words
			item.Shape.LinkedWords += taken.Linked
		}
		item.Text, item.Template = strings.Join(passages, "\n\n"), nil
	}
	if item.PageTitle != "" {
		item.Title, item.PageTitle = item.PageTitle, ""
	}
	return undate(item)
}

// isPage tells whether an item has a page's template: documents have headers and footers of their own.
func isPage(item content.Item) bool { return item.MIME == "text/html" && item.Withheld == "" }

// cut takes the template's passages out of the main text.
func (t Template) cut(item content.Item) content.Item {
	if len(t.lines) == 0 || item.Text == "" {
		return item
	}
	keep := map[uint64]bool{lineHash(item.Title): true, lineHash(item.H1): true, lineHash(item.Declared): true}
	headings := make(map[uint64]bool, len(item.Headings))
	for _, h := range item.Headings {
		headings[lineHash(h.Text)] = true
	}
	scopes := scopesOf(item.Address, item.Language)
	passages := strings.Split(item.Text, "\n\n")
	gone := make([]bool, len(passages))
	own, any := 0, false
	for i := len(passages) - 1; i >= 0; i-- {
		label := false
		gone[i], label = t.repeated(scopes, passages[i], keep, headings)
		if gone[i] && label && i+1 < len(passages) && !gone[i+1] {
			gone[i] = false // it announces what follows
		}
		if gone[i] {
			any = true
		} else {
			own += len(strings.Fields(passages[i]))
		}
	}
	if !any || own < fewestOwn {
		return item
	}
	cut, links := item, linkTexts(item)
	cut.Template = nil
	taken := 0
	var left []string
	for i, passage := range passages {
		if !gone[i] {
			left = append(left, passage)
			continue
		}
		p := content.Passage{Text: passage, At: i}
		for line := range strings.SplitSeq(passage, "\n") {
			w := strings.Fields(line)
			p.Words += len(w)
			if links[strings.Join(w, " ")] {
				p.Linked += len(w)
			}
		}
		taken += p.Words
		p.Linked = min(p.Linked, cut.Shape.LinkedWords)
		cut.Shape.Words -= p.Words
		cut.Shape.LinkedWords -= p.Linked
		cut.Template = append(cut.Template, p)
	}
	if taken > mostTaken*own || cut.Shape.Words <= 0 {
		return item
	}
	cut.Text = strings.Join(left, "\n\n")
	return cut
}

// repeated tells whether every line of a passage that says something belongs to the template, and whether the
// passage is a label: a heading, or a few words, of what comes next.
func (t Template) repeated(scopes []uint64, passage string, keep, headings map[uint64]bool) (yes, label bool) {
	lines := 0
	for line := range strings.SplitSeq(passage, "\n") {
		h := lineHash(line)
		if h == 0 {
			continue
		}
		lines++
		if keep[h] || !t.has(scopes, h) {
			return false, false
		}
		label = headings[h] || len(strings.Fields(line)) <= 3 || strings.HasSuffix(strings.TrimSpace(line), ":")
	}
	return lines > 0, label && lines == 1
}

func (t Template) has(scopes []uint64, line uint64) bool {
	for _, s := range scopes {
		if t.lines[mix(s, line)] {
			return true
		}
	}
	return false
}

// linkTexts are the texts of the links in the main text.
func linkTexts(item content.Item) map[string]bool {
	links := map[string]bool{}
	for _, l := range item.Links {
		if l.Main {
			links[strings.Join(strings.Fields(l.Text), " ")] = true
		}
	}
	return links
}

// Key says what Apply would do to an item of which this was noted; "" for nothing. Items of one key, unchanged,
// need not be touched when the template is learned anew.
func (t Template) Key(p Page) string {
	var hits []uint64
	if len(t.lines) > 0 && len(p.Lines) > 0 {
		scopes := scopesOf(p.Address, p.Language)
		for _, l := range p.Lines {
			if t.has(scopes, l) {
				hits = append(hits, l)
			}
		}
	}
	for _, a := range p.Affixes {
		if t.affixes[a] {
			hits = append(hits, a)
		}
	}
	if t.names[p.Title] {
		hits = append(hits, p.Title)
	}
	for _, d := range p.Days {
		if t.days[d] {
			hits = append(hits, d)
		}
	}
	if len(hits) == 0 {
		return ""
	}
	slices.Sort(hits)
	h := uint64(offset)
	for _, hit := range hits {
		h = mix(h, hit)
	}
	return fmt.Sprintf("%016x", h)
}

// packed is how a Template is kept.
type packed struct{ Lines, Affixes, Names, Days []byte }

// MarshalJSON writes the template in an order of its own, so that equal templates are equal bytes.
func (t Template) MarshalJSON() ([]byte, error) {
	pack := func(set map[uint64]bool) []byte {
		all := make([]uint64, 0, len(set))
		for h := range set {
			all = append(all, h)
		}
		slices.Sort(all)
		return Pack(all)
	}
	return json.Marshal(packed{pack(t.lines), pack(t.affixes), pack(t.names), pack(t.days)})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (t *Template) UnmarshalJSON(data []byte) error {
	var p packed
	if err := json.Unmarshal(data, &p); err != nil {
		return err
	}
	unpack := func(b []byte) map[uint64]bool {
		set := make(map[uint64]bool, len(b)/8)
		for _, h := range Unpack(b) {
			set[h] = true
		}
		return set
	}
	*t = Template{unpack(p.Lines), unpack(p.Affixes), unpack(p.Names), unpack(p.Days)}
	return nil
}

// Pack writes hashes as bytes, Unpack reads them.
func Pack(all []uint64) []byte {
	b := make([]byte, 0, 8*len(all))
	for _, h := range all {
		b = binary.LittleEndian.AppendUint64(b, h)
	}
	return b
}

// Unpack reads what Pack wrote.
func Unpack(b []byte) []uint64 {
	all := make([]uint64, 0, len(b)/8)
	for ; len(b) >= 8; b = b[8:] {
		all = append(all, binary.LittleEndian.Uint64(b))
	}
	return all
}
