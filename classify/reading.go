package classify

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"filon/classify/kind"
	"filon/classify/register"
	"filon/classify/told"
	"filon/crawler/content"
)

// mostSpoken is how many sentences of one part are noted.
const mostSpoken = 64

// models names all models, and the lists that stand with them: another one reads all anew.
var models = sync.OnceValue(func() string {
	h := sha256.New()
	for _, s := range []string{logic, register.Version(), told.Built.Version(), kind.Built.Version(), string(words.digest)} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	return string(h.Sum(nil))
})

// read gives what the models make of the page: what they made of it before, when these are the same words, or else now.
func (p *page) read() *content.Reading {
	if p.reading == nil {
		of := p.fingerprint()
		for i := range p.item.Readings {
			if p.item.Readings[i].Of == of {
				p.reading = &p.item.Readings[i]
				return p.reading
			}
		}
		p.reading = &content.Reading{Of: of, Said: p.readSaid()}
		if !p.aside {
			if p.reading.Kind = p.readKind(); !clearKind(p.reading.Kind) {
				p.reading.Manner = p.readManner()
			}
		}
	}
	return p.reading
}

// fingerprint is of everything that read looks at.
func (p *page) fingerprint() string {
	h := sha256.New()
	var head [11]byte
	var room [1024]byte
	write := func(kind byte, s string) {
		head[0] = kind
		n := binary.PutUvarint(head[1:], uint64(len(s)))
		h.Write(head[:1+n])
		for len(s) > 0 {
			n := copy(room[:], s)
			h.Write(room[:n])
			s = s[n:]
		}
	}
	write(byte(one(p.public)+2*one(p.aside)), models())
	write(byte(one(p.mannered())), p.item.Language)
	for i := range p.fields {
		if f := &p.fields[i]; i == p.body || i == p.title || p.heeds(f) {
			write(byte(f.spot), strconv.Itoa(i))
			write(byte(f.spot), f.raw)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// mannered tells whether a text is long enough to have a manner.
func (p *page) mannered() bool { return p.body >= 0 && p.text.words >= 25 && len(p.item.Language) >= 2 }

// readManner scores the registers of the text; nil for a language that has no model, or a text too short.
func (p *page) readManner() []int16 {
	if !p.mannered() {
		return nil
	}
	m := register.Of(strings.ToLower(p.item.Language[:2]))
	if m == nil {
		return nil
	}
	f := &p.fields[p.body]
	scores := m.Registers(f.low, register.CapitalsOf(f.raw))
	all := make([]int16, len(scores))
	for i, s := range scores {
		all[i] = int16(max(math.MinInt16, min(math.Round(1000*s), math.MaxInt16)))
	}
	return all
}

// manner gives the registers of the text; false when it has none.
func (p *page) manner() (scores register.Scores, ok bool) {
	all := p.read().Manner
	if len(all) != len(scores) {
		return scores, false
	}
	for i, s := range all {
		scores[i] = float64(s) / 1000
	}
	return scores, true
}

// heeds tells whether the sentences of a field are read: those of what is not public, where people write sentences.
func (p *page) heeds(f *field) bool {
	return !p.public && f.prose() && f.spot != inFile && f.spot != inComment
}

// readSaid gives the sentences that read like those in which people write of what should stay inside.
func (p *page) readSaid() (said [][3]int) {
	all := p.sentencesRead()
	if len(all) == 0 {
		return nil
	}
	among := len(all)
	if p.aside {
		among = max(among, amongAside)
	}
	r := p.teller()
	for _, at := range all {
		f := &p.fields[at[0]]
		if s := f.raw[at[1]:at[2]]; (f.spot == inText || len(strings.Fields(s)) >= fewestTold) && r.Says(s, among) {
			if said = append(said, at); len(said) == mostSpoken {
				break
			}
		}
	}
	return said
}

// amongAside is among how many sentences one beside the text of a page stands at least: with all boxes of a site, and what the
// page itself says.
const amongAside = 256

// sentencesRead gives the field and the place of each sentence that is read.
func (p *page) sentencesRead() (all [][3]int) {
	for i := range p.fields {
		if f := &p.fields[i]; p.heeds(f) {
			told.Sentences(cut(f.raw, mostTold), func(from, to int) bool {
				all = append(all, [3]int{i, from, to})
				return true
			})
		}
	}
	return all
}

var kindReaders = sync.Pool{New: func() any {
	return kind.NewReader(kind.Built, func(w string) bool { return givenNames[w] })
}}

// readKind gives the types that the words of the title and the text may be of; nil where there is no text.
func (p *page) readKind() (all [][2]int) {
	if p.body < 0 {
		return nil
	}
	r := kindReaders.Get().(*kind.Reader)
	defer kindReaders.Put(r)
	title := ""
	if p.title >= 0 {
		title = p.fields[p.title].raw
	}
	for k, v := range r.Likely(title, p.fields[p.body].raw, p.item.Language) {
		if v > unlikeliest {
			all = append(all, [2]int{k, int(v)})
		}
	}
	return all
}

// beyondDoubt is the logarithm of the chance, in hundredths, from which a type is clear by its words: the registers, whose reading costs
// more than that of the words, would add nothing (measured on pages of all types with and without them).
const beyondDoubt = -70

func clearKind(all [][2]int) bool {
	return slices.ContainsFunc(all, func(k [2]int) bool { return k[1] >= beyondDoubt })
}
