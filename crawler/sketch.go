package crawler

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"filon/crawler/content"
)

// sketch is a small sample of what a page says: up to sketchLines of its lines, each as a fingerprint of
// four bytes and a weight of one, about its words. The same line is in the sample of every page that has
// it or of none but for its rivals, so samples can be compared. The empty sketch says nothing at all.
type sketch []byte

const (
	sketchLines  = 16
	sketchEntry  = 5
	pictureWords = 8 // what a picture weighs
)

// drawn is one line of a page.
type drawn struct {
	print uint32
	words int
}

// sketchOf draws the main text of an item, without its title, and its pictures. The sketch is empty
// when nothing can be said of the page: a script fills it, or a sign-in form stands in its place.
func sketchOf(item content.Item) sketch {
	if p := item.Problem; p != nil && (p.Code == content.NeedsRender || p.Code == content.NeedsLogin) {
		return nil
	}
	title, _ := bare(item.Title)
	heading, _ := bare(item.H1)
	lines := map[uint32]int{}
	for line := range strings.Lines(item.Text) {
		if print, words := bare(line); words > 0 && print != title && print != heading {
			lines[print] = words
		}
	}
	for _, image := range item.Images {
		if image.Role != "decoration" && image.Address != item.Address {
			lines[exact(image.Address)] = pictureWords
		}
	}
	if item.MIME != "text/html" && len(lines) == 0 { // a picture, a film, a document that is a scan
		lines[exact(fmt.Sprint(item.MIME, item.Bytes, item.Properties))] = pictureWords
	}
	if len(lines) == 0 {
		return make(sketch, sketchEntry) // a page without a word: it weighs nothing
	}
	all := make([]drawn, 0, len(lines))
	for print, words := range lines {
		all = append(all, drawn{print, words})
	}
	slices.SortFunc(all, func(a, b drawn) int { return cmp.Compare(a.print, b.print) })
	sample := all[:min(len(all), sketchLines)]
	s := make(sketch, 0, len(sample)*sketchEntry)
	for _, d := range sample {
		s = binary.LittleEndian.AppendUint32(s, d.print)
		s = append(s, byte(min(255, max(1, d.words*len(all)/len(sample)))))
	}
	return s
}

// each gives the lines of a sketch; bytes that are no whole entry are passed over.
func (s sketch) each(yield func(print uint32, words int) bool) {
	for ; len(s) >= sketchEntry; s = s[sketchEntry:] {
		if !yield(binary.LittleEndian.Uint32(s), int(s[4])) {
			return
		}
	}
}

// FNV-1a of 32 bits: equal in every process, so that a resumed crawl compares with what it knew.
const (
	fnvStart = 2166136261
	fnvPrime = 16777619
)

func exact(s string) uint32 {
	h := uint32(fnvStart)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * fnvPrime
	}
	return h
}

// bare gives the fingerprint of a line without its digits, punctuation and white space, so that "4 mars
// 2027" is what "5 mars 2031" is, and about how many words it has.
func bare(line string) (print uint32, words int) {
	h, letters := uint32(fnvStart), 0
	for _, r := range line {
		switch {
		case 'a' <= r && r <= 'z':
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r < 0x80:
			continue
		case unicode.IsDigit(r) || unicode.IsSpace(r) || unicode.IsPunct(r):
			continue
		default:
			r = unicode.ToLower(r)
			if r > 0x2E80 { // scripts that write a word with one or two signs
				letters += 2
			}
		}
		letters++
		h = (h ^ uint32(r)) * fnvPrime
	}
	return h, (letters + 5) / 6
}
