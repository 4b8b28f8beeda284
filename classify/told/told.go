// Package told tells the sentences in which people write, without any stamp, of what should not leave a company: a
// colleague's illness, a sum, a way in, a wish for silence.
//
//	sentence ──▶ words, names and figures told apart ──▶ hashed features ──▶ one weight each ──▶ said or not
//
// In: a sentence as it was written. Out: whether it is one of these. Never: a clock, a network, a file read at run
// time. The model was learned by "filon learn sentences" from the patterns in fr.txt and en.txt, against ordinary texts.
package told

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
)

const (
	bucketBits = 16
	buckets    = 1 << bucketBits
	scale      = 16. // of the weights, which are kept as whole numbers
	mostWords  = 48  // of a sentence; what follows is a sentence of its own
	bare       = 1.  // how much louder a sentence must speak that names nobody, no sum, no share and no code
	fewWords   = 6   // of a sentence without a name or a sum; below, nothing is said
)

// Model holds one weight for each bucket, and where a sentence begins to count.
type Model struct {
	bias, from float64
	w          []int8
}

//go:embed told.model
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
	if len(data) != 16+buckets {
		return nil, errors.New("not a model of plain sentences")
	}
	m := &Model{bias: math.Float64frombits(binary.LittleEndian.Uint64(data)), from: math.Float64frombits(binary.LittleEndian.Uint64(data[8:])), w: make([]int8, buckets)}
	for i, b := range data[16:] {
		m.w[i] = int8(b)
	}
	return m, nil
}

// Bytes is the model as it is kept.
func (m *Model) Bytes() []byte {
	data := binary.LittleEndian.AppendUint64(nil, math.Float64bits(m.bias))
	data = binary.LittleEndian.AppendUint64(data, math.Float64bits(m.from))
	for _, w := range m.w {
		data = append(data, byte(w))
	}
	return data
}

// Version names the model: it changes when a score could change.
func (m *Model) Version() string {
	sum := sha256.Sum256(m.Bytes())
	return hex.EncodeToString(sum[:4])
}

// Reader reads sentences under a model. It is reused, and not for concurrent use.
type Reader struct {
	model *Model
	given func(string) bool // whether a folded word is a given name
	words []word
	list  []uint32
	buf   []byte
}

// NewReader makes a reader; given tells whether a word in lower case without accents is a given name.
func NewReader(m *Model, given func(string) bool) *Reader { return &Reader{model: m, given: given} }

// Says tells whether a sentence, or a part of it, speaks of what should stay inside.
func (r *Reader) Says(sentence string) bool {
	r.split(sentence)
	for from := 0; from < len(r.words); from += mostWords {
		words := r.words[from:min(len(r.words), from+mostWords)]
		need := r.model.from
		if !anchored(words) {
			need += bare
		}
		if r.score(words) >= need {
			return true
		}
	}
	return false
}

// Score is how much a sentence speaks of such things: the most of its parts. It is for measuring.
func (r *Reader) Score(sentence string) float64 {
	r.split(sentence)
	best := math.Inf(-1)
	for from := 0; from < len(r.words); from += mostWords {
		best = max(best, r.score(r.words[from:min(len(r.words), from+mostWords)]))
	}
	return best
}

func (r *Reader) score(words []word) float64 {
	if len(words) < fewWords && !pointed(words) {
		return math.Inf(-1)
	}
	r.features(words)
	sum := 0
	for _, at := range r.list {
		sum += int(r.model.w[at])
	}
	return r.model.bias + float64(sum)/(scale*length(len(r.list)))
}

// pointed tells whether few words are enough: a name, a sum or a code is among at least four.
func pointed(words []word) bool {
	return len(words) >= 4 && anchored(words)
}

// anchored tells whether a person, a sum, a share or a code is among the words.
func anchored(words []word) bool {
	for _, w := range words {
		if w.kind == isName || w.kind == isMoney || w.hash == codeWord || w.hash == shareWord {
			return true
		}
	}
	return false
}

// length keeps a long sentence from speaking louder than a short one.
func length(features int) float64 { return math.Sqrt(float64(max(features, 80))) }

// features lists the buckets of a sentence: words and their beginnings, pairs, and what stands beside a person or a sum.
func (r *Reader) features(words []word) {
	r.list = r.list[:0]
	person, somebody, money := false, false, false
	for _, w := range words {
		person = person || w.kind == isName
		somebody = somebody || w.kind == isPronoun
		money = money || w.kind == isMoney
	}
	add := func(kind, h uint32) {
		h = (h ^ kind*0x9E3779B1) * 0x85EBCA6B
		r.list = append(r.list, (h^h>>15)>>(32-bucketBits))
	}
	var one, two uint32 = 1, 1
	for _, w := range words {
		add(1, w.hash)
		if w.stem != w.hash {
			add(2, w.stem)
		}
		add(3, one*31+w.hash)
		add(4, two*37+w.stem)
		if w.kind == isPlain {
			if person {
				add(5, w.stem)
			} else if somebody {
				add(6, w.stem)
			}
			if money {
				add(7, w.stem)
			}
		}
		one, two = w.hash, one
	}
	add(3, one*31+2)
}
