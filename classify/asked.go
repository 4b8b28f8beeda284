package classify

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"filon/crawler/content"
)

// Asked are the places whose words block or ask: nobody should begin a post with them. They are sentences, in order and apart, each
// from and to a byte of a text of the item as it was judged.
type Asked struct {
	Text        [][2]int `json:"text,omitempty"`
	Description [][2]int `json:"description,omitempty"`
}

// saidAt is raw[from:to] of a field.
type saidAt struct{ field, from, to int }

// Bounds on what is looked for again in the text and the descriptions.
const (
	mostRepeated    = 64
	fewestRepeated  = 4   // words
	longestRepeated = 600 // bytes
	mostRead        = 256 << 10
	mostTries       = 20_000 // at places where a sentence may stand again
)

// withhold notes which sentences block or ask, wherever they stand, and what is not to be shown of them.
func (p *page) withhold(spoken []speaking) {
	var covers []cover
	var repeated []string
	for _, s := range spoken {
		if w := s.found[0].severity; w != Block && w != Review {
			continue
		}
		covers = append(covers, p.coversOf(s.rule, s.found)...)
		for i := range s.found {
			g := &s.found[i]
			if g.field < 0 || g.end <= g.start {
				continue
			}
			f := &p.fields[g.field]
			from, to := f.sentence(g.start, g.end)
			if line := f.raw[from:to]; len(repeated) < mostRepeated && len(line) <= longestRepeated && len(strings.Fields(line)) >= fewestRepeated {
				repeated = append(repeated, line)
			}
			if i == 0 {
				a, b := f.window(g.start, g.end)
				from, to = min(a, from), max(b, to)
			}
			p.asked = append(p.asked, saidAt{g.field, from, to})
			for _, c := range g.cells {
				from, to := f.sentence(c.from, c.to)
				p.asked = append(p.asked, saidAt{g.field, from, to})
			}
		}
	}
	p.askRepeated(repeated)
	p.asked = merged(p.asked)
	p.cover(covers)
}

// askRepeated notes where the text and the descriptions say some sentences again, in the same words.
func (p *page) askRepeated(lines []string) {
	said := make([][]hashedWord, 0, len(lines))
	begun := map[uint32][]int{} // lines by their first words
	for _, line := range lines {
		if words := hashedWords(line); len(words) >= fewestRepeated {
			h := hashOfRun(words[:fewestRepeated])
			begun[h] = append(begun[h], len(said))
			said = append(said, words)
		}
	}
	if len(said) == 0 {
		return
	}
	for i := range p.fields {
		f := &p.fields[i]
		if f.spot != inText && f.spot != inDescription {
			continue
		}
		words := hashedWords(cut(f.raw, mostRead))
		tries := 0
		for at := 0; at+fewestRepeated <= len(words) && tries < mostTries; at++ {
			for _, n := range begun[hashOfRun(words[at:at+fewestRepeated])] {
				tries++
				if rest := words[at:]; len(rest) >= len(said[n]) && slices.EqualFunc(rest[:len(said[n])], said[n], func(a, b hashedWord) bool { return a.hash == b.hash }) {
					p.asked = append(p.asked, saidAt{i, words[at].from, words[at+len(said[n])-1].to})
				}
			}
		}
	}
}

// merged joins places that meet.
func merged(all []saidAt) []saidAt {
	slices.SortFunc(all, func(a, b saidAt) int { return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.from, b.from)) })
	kept := all[:0]
	for _, at := range all {
		if n := len(kept); n > 0 && kept[n-1].field == at.field && at.from <= kept[n-1].to {
			kept[n-1].to = max(kept[n-1].to, at.to)
		} else {
			kept = append(kept, at)
		}
	}
	return kept
}

// askedIn tells whether raw[from:to] of a field holds words that block or ask.
func (p *page) askedIn(field, from, to int) bool {
	return slices.ContainsFunc(p.asked, func(at saidAt) bool { return at.field == field && at.from < to && at.to > from })
}

// places are those of the text and the description that block or ask.
func (p *page) places() *Asked {
	var all Asked
	for _, at := range p.asked {
		switch f := &p.fields[at.field]; {
		case at.field == p.body:
			all.Text = append(all.Text, [2]int{at.from, at.to})
		case f.spot == inDescription && f.name == "" && f.raw == p.item.Description:
			all.Description = append(all.Description, [2]int{at.from, at.to})
		}
	}
	if all.Text == nil && all.Description == nil {
		return nil
	}
	return &all
}

// unseenKinds are the places of a document that its readers do not see, or see on every page.
var unseenKinds = map[content.ZoneKind]bool{content.ZoneUnseen: true, content.ZoneHidden: true, content.ZoneDeleted: true, content.ZoneComment: true, content.ZoneHeader: true, content.ZoneFooter: true}

// unseen tells whether a passage stands where readers do not see it, or in what runs over all pages.
func unseen(item *content.Item, passage string) bool {
	for i := range item.Zones {
		if z := &item.Zones[i]; unseenKinds[z.Kind] {
			if _, _, ok := FindLine(z.Text, passage); ok {
				return true
			}
		}
	}
	return false
}

// MaySay tells whether a passage of the item that was judged may stand in a post: none of its words block, ask or are hidden, and
// it stands where readers of the item see it. Who asks for several passages asks Sayable.
func (v *Verdict) MaySay(item content.Item, passage string) bool { return v.Sayable(item)(passage) }

// Sayable gives MaySay for the passages of one item.
func (v *Verdict) Sayable(item content.Item) func(passage string) bool {
	hide := v.Covers.hider()
	return func(passage string) bool {
		passage = spaced(passage)
		return passage != "" && !unseen(&item, passage) && hide(passage) == passage && !v.asks(&item, passage)
	}
}

// asks tells whether a passage of the item, in which any white space is one blank, holds words that block or ask.
func (v *Verdict) asks(item *content.Item, passage string) bool {
	if v.Asked == nil {
		return false
	}
	for _, of := range []struct {
		text  string
		asked [][2]int
	}{{item.Text, v.Asked.Text}, {item.Description, v.Asked.Description}} {
		for start := 0; len(of.asked) > 0; {
			from, to, ok := FindLine(of.text[start:], passage)
			if !ok {
				break
			}
			if slices.ContainsFunc(of.asked, func(at [2]int) bool { return at[0] < start+to && at[1] > start+from }) {
				return true
			}
			start += to
		}
		for _, at := range of.asked {
			if at[0] < 0 || at[0] > at[1] || at[1] > len(of.text) {
				continue
			}
			if line := spaced(of.text[at[0]:at[1]]); len(strings.Fields(line)) >= fewestRepeated && strings.Contains(passage, line) {
				return true
			}
		}
	}
	return false
}

// WithoutAsked is the description of the item without the sentences that block or ask.
func (v *Verdict) WithoutAsked(description string) string {
	if v.Asked == nil {
		return description
	}
	var b strings.Builder
	done := 0
	for _, at := range v.Asked.Description {
		if at[0] < done || at[0] > at[1] || at[1] > len(description) {
			continue
		}
		b.WriteString(description[done:at[0]])
		done = at[1]
	}
	if done == 0 {
		return description
	}
	return strings.Trim(b.String()+description[done:], " \n\t.,;:!?–-")
}

// FindLine finds line in text, any white space counting as one blank.
func FindLine(text, line string) (from, to int, ok bool) {
	head, _, _ := strings.Cut(line, " ")
	for i := 0; head != ""; {
		k := strings.Index(text[i:], head)
		if k < 0 {
			return 0, 0, false
		}
		from = i + k
		if to, ok = matchLine(text[from:], line); ok {
			return from, from + to, true
		}
		i = from + len(head)
	}
	return 0, 0, false
}

func matchLine(text, line string) (int, bool) {
	i := 0
	for _, r := range line {
		got, n := utf8.DecodeRuneInString(text[i:])
		if n == 0 {
			return 0, false
		}
		if r == ' ' && unicode.IsSpace(got) {
			for i < len(text) {
				got, n := utf8.DecodeRuneInString(text[i:])
				if !unicode.IsSpace(got) {
					break
				}
				i += n
			}
			continue
		}
		if got != r {
			return 0, false
		}
		i += n
	}
	return i, true
}
