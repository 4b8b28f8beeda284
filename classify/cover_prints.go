package classify

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hashedWord is a word of a text and its hash.
type hashedWord struct {
	from, to int
	hash     uint32
}

// hashedWords gives the words of a text: letters and digits, without regard to capitals.
func hashedWords(s string) (all []hashedWord) {
	const start, step = 2166136261, 16777619 // FNV-1a
	all = make([]hashedWord, 0, len(s)/6+2)
	from, h := -1, uint32(start)
	for i, r := range s {
		if r < utf8.RuneSelf && alnumByte(byte(r)) || r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) {
			if from < 0 {
				from, h = i, start
			}
			h = (h ^ uint32(unicode.ToLower(r))) * step
		} else if from >= 0 {
			all, from = append(all, hashedWord{from, i, h}), -1
		}
	}
	if from >= 0 {
		all = append(all, hashedWord{from, len(s), h})
	}
	return all
}

// The kinds of prints.
const (
	byItself   = 1 + iota // of the words of a cover that is known by itself
	atEdge                // of a figure, which the text begins or ends with
	beforeIt              // of a figure and the word before
	afterIt               // and after
	inSentence            // of some words of a sentence
)

// printOf joins hashes.
func printOf(kind uint32, hashes ...uint32) uint32 {
	h := kind * 0x9e3779b9
	for _, x := range hashes {
		h = (h ^ x) * 0x85ebca6b
		h ^= h >> 13
	}
	return h
}

// hashOfRun is the hash of words one after the other.
func hashOfRun(all []hashedWord) uint32 {
	h := uint32(len(all))
	for _, w := range all {
		h = printOf(h, w.hash)
	}
	return h
}

// print notes the prints of covers, which are in the order of their fields.
func (p *page) print(all []cover) {
	field := -1
	var said []hashedWord
	for _, c := range all {
		if c.field != field {
			field = c.field
			said = hashedWords(p.fields[field].raw)
		}
		first, _ := slices.BinarySearchFunc(said, c.start, func(w hashedWord, at int) int { return cmp.Compare(w.to, at+1) })
		last := first
		for last < len(said) && said[last].from < c.end {
			last++
		}
		own := said[first:min(last, first+mostCoverWords)]
		if len(own) == 0 {
			continue
		}
		if p.prints == nil {
			p.prints = map[uint32]bool{}
		}
		h := hashOfRun(own)
		if c.sentence && last-first >= fewestAtEdge {
			p.printed |= inSentences
			for at := first; at+pieceWords <= last; at++ {
				p.prints[printOf(inSentence, hashOfRun(said[at:at+pieceWords]))] = true
			}
			if last-first >= fewestInside {
				continue
			}
		}
		if c.alone {
			p.prints[printOf(byItself, h)] = true
			p.printed |= 1 << len(own)
			for at := first + mostCoverWords; at < last; at += mostCoverWords { // a longer one in pieces, the last of which may overlap
				piece := said[min(at, last-mostCoverWords):min(at+mostCoverWords, last)]
				p.prints[printOf(byItself, hashOfRun(piece))] = true
			}
			continue
		}
		p.prints[printOf(atEdge, h)] = true
		if first > 0 {
			p.prints[printOf(beforeIt, said[first-1].hash, h)] = true
		}
		if last < len(said) {
			p.prints[printOf(afterIt, h, said[last].hash)] = true
		}
	}
}

// addPrints takes over the prints of what stands beside.
func (p *page) addPrints(q *page) {
	if p.prints == nil {
		p.prints = q.prints
	} else {
		maps.Copy(p.prints, q.prints)
	}
	p.printed |= q.printed
}

// hide puts bullets over the covers of a text, once the rules have spoken.
func (p *page) hide(s string) string {
	if p.hider == nil {
		p.hider = p.packed().hider()
	}
	return p.hider(s)
}

// packed are the prints of the page, nil without any.
func (p *page) packed() Covers {
	if len(p.prints) == 0 && p.printed&everything == 0 {
		return nil
	}
	all := make([]uint32, 0, len(p.prints))
	for x := range p.prints {
		all = append(all, x)
	}
	slices.Sort(all)
	lengths := p.printed
	if len(all) > mostPrints || lengths&everything != 0 {
		all, lengths = nil, everything
	}
	packed := binary.BigEndian.AppendUint32(nil, lengths)
	for _, x := range all {
		packed = binary.BigEndian.AppendUint32(packed, x)
	}
	return packed
}

// hider gives what puts bullets over the covers of a text.
func (c Covers) hider() func(string) string {
	if len(c) < 4 {
		return func(s string) string { return s }
	}
	lengths := binary.BigEndian.Uint32(c)
	if lengths&everything != 0 {
		return func(s string) string {
			if strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
				return s
			}
			return masked
		}
	}
	prints := make(map[uint32]bool, len(c)/4)
	for i := 4; i+4 <= len(c); i += 4 {
		prints[binary.BigEndian.Uint32(c[i:])] = true
	}
	return func(s string) string {
		said := hashedWords(s)
		var found []extent
		for n := 1; n <= mostCoverWords; n++ {
			if lengths&(1<<n) == 0 {
				continue
			}
			for i := 0; i+n <= len(said); i++ {
				if prints[printOf(byItself, hashOfRun(said[i:i+n]))] {
					found = append(found, extent{said[i].from, said[i+n-1].to})
				}
			}
		}
		if lengths&inSentences != 0 {
			found = append(found, partsOfSentences(said, prints)...)
		}
		at := 0
		eachFigure(s, func(from, to int) {
			for at < len(said) && said[at].to <= from {
				at++
			}
			last := at
			for last < len(said) && said[last].from < to {
				last++
			}
			own := said[at:min(last, at+mostCoverWords)]
			if len(own) == 0 {
				return
			}
			h := hashOfRun(own)
			edge := prints[printOf(atEdge, h)]
			before := edge && at == 0 || at > 0 && prints[printOf(beforeIt, said[at-1].hash, h)]
			after := edge && last == len(said) || last < len(said) && prints[printOf(afterIt, h, said[last].hash)]
			if before && after || lengths&everyFigure != 0 {
				found = append(found, extent{from, to})
			}
		})
		return bulleted(s, found)
	}
}

// partsOfSentences are the runs of words of which every few, one after the other, stand so in a sentence with prints.
func partsOfSentences(said []hashedWord, prints map[uint32]bool) (found []extent) {
	for i := 0; i+pieceWords <= len(said); {
		to := i // the end of the run that begins here
		for to+pieceWords <= len(said) && prints[printOf(inSentence, hashOfRun(said[to:to+pieceWords]))] {
			to++
		}
		if to == i {
			i++
			continue
		}
		to += pieceWords - 1
		if n := to - i; n >= fewestInside || n >= fewestAtEdge && (i == 0 || to == len(said)) {
			found = append(found, extent{said[i].from, said[to-1].to})
		}
		i = to - pieceWords + 2
	}
	return found
}

// bulleted is s with bullets over some parts of it.
func bulleted(s string, parts []extent) string {
	if len(parts) == 0 {
		return s
	}
	slices.SortFunc(parts, func(a, b extent) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	var b strings.Builder
	done := 0
	for _, part := range parts {
		if part.from >= done {
			b.WriteString(s[done:part.from])
			b.WriteString(masked)
		}
		done = max(done, part.to)
	}
	return b.String() + s[done:]
}
