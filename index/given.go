package index

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"filon/classify"
	"filon/crawler/content"
	"filon/index/template"
	"filon/index/words"
)

// given is what a decision was given for: the text that the person had before her, as fingerprints of its words, and
// the rules that asked or closed then. Words of the text cannot be read back from it, only recognised.
type given struct {
	words []uint32 // of each word each time it stands there, sorted
	runs  []uint32 // of each run of three words, once, sorted
	gaps  []uint32 // of each place where a negation or a number could be taken out, as it would be then, as often as is too often, sorted
	size  int      // words of the main text; the others stood beside it
	asked []string // rules
}

// mostGivenWords bounds what is kept of a text, 4 bytes a word; what follows counts as one word.
const mostGivenWords = 100_000

// Between a text and what is left of it a decision is the same: each passage that is cut out makes two runs of words
// that were not there, and most of the text stands.
const (
	looseRuns  = 6       // new runs of words that any text may have
	looseShare = 50      // and one more in so many words
	leastLeft  = 1.0 / 3 // of the words
)

// givenFor is the text that a decision on an item would be given for, with what stands beside it, which is judged too: which
// is which, and what is the template, may be seen otherwise when the page looks another way.
func givenFor(item content.Item) given {
	item = template.Undo(item)
	var gaps []uint32
	g, standing := saidBy(item)
	beside := wordsSaid(item.Rest)
	more := printsSaid(beside)
	g.words = append(g.words, more.words...)
	slices.Sort(g.words)
	g.runs = sortedOnce(append(g.runs, more.runs...))
	left, standingBeside := gapsSaid(beside)
	standing = append(standing, standingBeside...)
	slices.Sort(standing)
	for _, p := range sortedOnce(append(g.gaps[:len(g.gaps):len(g.gaps)], left...)) {
		gaps = append(gaps, p)
		for range times(standing, p) {
			gaps = append(gaps, p)
		}
	}
	g.gaps = gaps
	return g
}

// covers tells whether an item says nothing that was not said when the decision was given: nothing more, and nothing
// from which a negation or a number was taken out.
func (g given) covers(item content.Item) bool {
	now, standing := saidBy(item)
	slices.Sort(standing)
	for i, p := range standing {
		if i > 0 && p == standing[i-1] {
			continue
		}
		if most := times(g.gaps, p); most > 0 && times(standing[i:], p) >= most {
			return false
		}
	}
	if beyond(now.words, g.words) > 0 || float64(now.size) < leastLeft*float64(g.size) {
		return false
	}
	return beyond(now.runs, g.runs) <= looseRuns+g.size/looseShare
}

// exactly tells whether an item says what was said when the decision was given, no word more or less, beside it too.
func (g given) exactly(item content.Item) bool {
	return slices.Equal(g.words, givenFor(item).words)
}

// askedSince is the first of the rules that ask or close now and did not then; "" when there is none.
func (g given) askedSince(reasons string) string {
	for _, rule := range askedIn(reasons) {
		if !slices.Contains(g.asked, rule) {
			return rule
		}
	}
	return ""
}

// askedIn are the rules that ask or close, of reasons as a row has them.
func askedIn(reasons string) (rules []string) {
	for hit := range strings.FieldsSeq(reasons) {
		severity, rule, _ := strings.Cut(hit, ":")
		if severity == string(classify.Review) || severity == string(classify.Block) {
			rules = append(rules, rule)
		}
	}
	return rules
}

// saidBy reads the title, the main text and what else the description says; standing is as in gapsSaid.
func saidBy(item content.Item) (g given, standing []uint32) {
	said, described := wordsSaid(titleAlone(item.Title)+"\n"+saidOf(item)), wordsSaid(item.Description)
	g = printsSaid(said)
	g.gaps, standing = gapsSaid(said)
	left, standingAbove := gapsSaid(described)
	g.gaps, standing = append(g.gaps, left...), append(standing, standingAbove...)
	var more []uint32
	for _, w := range described {
		p := print32(w)
		if _, known := slices.BinarySearch(g.words, p); !known {
			more = append(more, p)
		}
	}
	g.words = append(g.words, sortedOnce(more)...)
	slices.Sort(g.words)
	return g, standing
}

func printsSaid(said []string) given {
	g := given{size: len(said)}
	if len(said) > mostGivenWords {
		rest := strings.Join(said[mostGivenWords:], " ")
		said = append(said[:mostGivenWords:mostGivenWords], rest)
	}
	for i, w := range said {
		g.words = append(g.words, print32(w))
		if i >= 2 {
			g.runs = append(g.runs, print32(said[i-2]+" "+said[i-1]+" "+w))
		}
	}
	slices.Sort(g.words)
	g.runs = sortedOnce(g.runs)
	return g
}

// gapsSaid are the prints of two words and of how many negations and numbers stand between them: standing as it is, left
// as it would be with fewer. Where a whole passage is cut out, one of the two words goes too.
func gapsSaid(said []string) (left, standing []uint32) {
	before, between := "", 0
	one := func(w string) {
		for n := range between {
			left = append(left, print32(before+" "+w+" "+strconv.Itoa(n)))
		}
		standing = append(standing, print32(before+" "+w+" "+strconv.Itoa(between)))
		before, between = w, 0
	}
	for _, w := range said[:min(len(said), mostGivenWords)] {
		if turns(w) {
			between++
		} else {
			one(w)
		}
	}
	one("")
	return left, standing
}

func sortedOnce(prints []uint32) []uint32 {
	slices.Sort(prints)
	return slices.Compact(prints)
}

// titleAlone is the longest part of a title: without the name of the site.
func titleAlone(title string) string {
	longest := ""
	for _, bar := range []string{" | ", " – ", " — ", " · ", " » "} {
		title = strings.ReplaceAll(title, bar, " - ")
	}
	for part := range strings.SplitSeq(title, " - ") {
		if len(part) > len(longest) {
			longest = part
		}
	}
	return longest
}

func wordsSaid(text string) []string {
	said := undated(strings.Fields(string(words.AppendPlain(nil, text))))
	for i, w := range said {
		said[i] = unspelled(w)
	}
	return said
}

// unspelled is a word of five letters or more with a doubled letter once: "collègues" and "colègues", once folded, are one.
func unspelled(w string) string {
	if len(w) < 5 || strings.ContainsAny(w, "0123456789") {
		return w
	}
	b := []byte{w[0]}
	for i := 1; i < len(w); i++ {
		if w[i] != b[len(b)-1] {
			b = append(b, w[i])
		}
	}
	return string(b)
}

// times counts a print in sorted ones.
func times(prints []uint32, p uint32) int {
	i, _ := slices.BinarySearch(prints, p)
	n := i
	for n < len(prints) && prints[n] == p {
		n++
	}
	return n - i
}

func print32(w string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(w))
	return h.Sum32()
}

// beyond counts what a has more than b; both are sorted.
func beyond(a, b []uint32) (n int) {
	for len(a) > 0 {
		switch {
		case len(b) == 0:
			return n + len(a)
		case cmp.Less(b[0], a[0]):
			b = b[1:]
		case a[0] == b[0]:
			a, b = a[1:], b[1:]
		default:
			n++
			a = a[1:]
		}
	}
	return n
}

func packPrints(prints []uint32) []byte {
	b := make([]byte, 0, 4*len(prints))
	for _, p := range prints {
		b = binary.LittleEndian.AppendUint32(b, p)
	}
	return b
}

func unpackPrints(b []byte) []uint32 {
	prints := make([]uint32, 0, len(b)/4)
	for ; len(b) >= 4; b = b[4:] {
		prints = append(prints, binary.LittleEndian.Uint32(b))
	}
	return prints
}
