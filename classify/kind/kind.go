// Package kind tells of which content type a page is from its words alone: whatever its address, its site and its markup say.
//
//	title and text ──▶ words, names and figures told apart ──▶ hashed features ──▶ one row of weights ──▶ the chance of each type
//
// In: a title and a text as they were written, and their language. Out: how likely each type is. Never: a clock, a network, a file read
// at run time; a result that depends on the machine: scores are sums of whole numbers. The model was learned by "filon learn pages" from
// the pages in the folder pages.
package kind

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"strings"

	"filon/classify/linear"
	"filon/classify/tokens"
)

const (
	bucketBits = 16
	buckets    = 1 << bucketBits
	scale      = 32.     // of the weights, which are kept as whole numbers
	most       = 400     // words of the text that are read: what a page is shows early
	mostTitle  = 40      // words of the title
	sharpness  = 12.     // of the chances; on pages that the model had not seen, the likelihood is highest from 10 on
	unit       = 1 << 16 // of one feature, in whole numbers
	maxTypes   = 127
)

// tongues are the languages of the model. The words of each have weights of their own.
var tongues = [...]string{"fr", "en"}

// Model tells types apart. It may be used by many goroutines.
//
// As bytes it is: a line of the types; the bias of each as a float64; then one signed byte for each bucket and type, bucket by bucket.
type Model struct {
	types []string
	bias  []float64
	rows  linear.Rows // of a bucket: the weight of each type
	data  []byte      // the model as it is kept
	sum   string
}

//go:embed kind.model
var embedded []byte

// Built is the model that filon carries.
var Built = mustRead(embedded)

func mustRead(data []byte) *Model {
	m, err := Read(data)
	if err != nil {
		panic(err) // the model is part of the program
	}
	return m
}

// Read reads what Bytes wrote.
func Read(data []byte) (*Model, error) {
	line, rest, ok := bytes.Cut(data, []byte{'\n'})
	m := &Model{types: strings.Fields(string(line)), data: data}
	n := len(m.types)
	if !ok || n < 2 || n > maxTypes || len(rest) != 8*n+buckets*n {
		return nil, errors.New("not a model of types")
	}
	for i := range n {
		m.bias = append(m.bias, math.Float64frombits(binary.LittleEndian.Uint64(rest[8*i:])))
	}
	m.rows = linear.NewRows(rest[8*n:], n)
	sum := sha256.Sum256(data)
	m.sum = hex.EncodeToString(sum[:4])
	return m, nil
}

// Bytes is the model as it is kept, a copy.
func (m *Model) Bytes() []byte { return bytes.Clone(m.data) }

// Version names the model: it changes when a score could change.
func (m *Model) Version() string { return m.sum }

// Types are the types that the model tells, in its order. The slice is not to be changed.
func (m *Model) Types() []string { return m.types }

// Reader reads pages under a model. It is reused, and not for concurrent use.
type Reader struct {
	tokens.Reader
	model *Model
	count [buckets]uint8
	list  []uint32
	tally linear.Tally
}

// NewReader makes a reader; given tells whether a word in lower case without accents is a given name.
func NewReader(m *Model, given func(string) bool) *Reader {
	return &Reader{Reader: tokens.NewReader(given), model: m}
}

// Likely gives the logarithm of the chance of each type of the model, in hundredths, from 0 down; nil for a page in a language that the
// model does not know, or without words.
func (r *Reader) Likely(title, text, language string) []int32 {
	if !r.read(title, text, language) {
		return nil
	}
	n := len(r.model.types)
	sums := r.sums()
	best := math.Inf(-1)
	scores := make([]float64, n)
	for k, s := range sums {
		scores[k] = float64(sharpness * (float64(float64(s)/(scale*unit)) + r.model.bias[k]))
		best = max(best, scores[k])
	}
	total := 0.
	for _, s := range scores {
		total += exp(s - best)
	}
	all, whole := make([]int32, n), log(total)
	for k, s := range scores {
		all[k] = int32(math.RoundToEven(float64(100 * (s - best - whole))))
	}
	return all
}

// sums adds up the weights of the features.
func (r *Reader) sums() []int64 {
	sums := make([]int64, len(r.model.types))
	r.each(func(at uint32, n uint8, x int32) { r.tally.Add(r.model.rows, sums, at, n, int64(x)) })
	r.tally.Sum(r.model.rows, sums)
	return sums
}

// read counts the features of a page; false when there is nothing to read.
func (r *Reader) read(title, text, language string) bool {
	tongue := -1
	for t, l := range tongues {
		if strings.HasPrefix(strings.ToLower(language), l) {
			tongue = t
		}
	}
	r.list = r.list[:0]
	if tongue < 0 {
		return false
	}
	r.add(title, uint32(tongue)+1, mostTitle, true)
	left := most
	for line := range strings.Lines(text) {
		if left <= 0 {
			break
		}
		left -= r.add(line, uint32(tongue)+1, left, false)
	}
	return len(r.list) > 0
}

// add counts the features of a line, of its first words at most, and gives how many words those are.
func (r *Reader) add(line string, tongue uint32, room int, title bool) int {
	const longest = 4000 // bytes of a line
	if len(line) > longest {
		line = line[:longest]
	}
	r.Split(line)
	words := r.Words[:min(len(r.Words), room)]
	note := func(kind, h uint32) {
		h = (h ^ kind*0x9E3779B1 ^ tongue<<29) * 0x85EBCA6B
		h = (h ^ h>>13) * 0xC2B2AE35
		at := (h ^ h>>16) >> (32 - bucketBits)
		if r.count[at] == 0 {
			r.list = append(r.list, at)
		}
		if r.count[at] < 255 {
			r.count[at]++
		}
	}
	last := uint32(1)
	for _, w := range words {
		note(1, w.Hash)
		note(2, w.Stem)
		note(3, last*31+w.Hash)
		if title {
			note(4, w.Hash)
			note(5, w.Stem)
			note(6, last*31+w.Hash)
		}
		last = w.Hash
	}
	return len(words)
}

// each gives every feature that was read with how often it was met and how much of it there is, and forgets them. A page's features
// together are of length 1.
func (r *Reader) each(feature func(at uint32, n uint8, x int32)) {
	sum := 0
	for _, at := range r.list {
		sum += int(r.count[at])
	}
	scale := unit / math.Sqrt(float64(sum))
	for _, at := range r.list {
		feature(at, r.count[at], int32(roots[r.count[at]]*scale))
		r.count[at] = 0
	}
	r.list = r.list[:0]
}

// roots are the square roots of the counts: the tenth time a word is met tells less than the first.
var roots = func() (all [256]float64) {
	for i := range all {
		all[i] = math.Sqrt(float64(i))
	}
	return all
}()

// exp is e to the x, for x up to 0, by squaring, so that every machine gets the same.
func exp(x float64) float64 {
	if x < -30 {
		return 0
	}
	y := 1 + x/4096
	for range 12 {
		y = float64(y * y)
	}
	return y
}

// log is the natural logarithm of x from 1 on, by Newton's steps on exp, so that every machine gets the same.
func log(x float64) float64 {
	y := 0.
	for range 30 {
		next := y + float64(float64(x*exp(-y))-1)
		if next == y {
			break
		}
		y = next
	}
	return y
}
