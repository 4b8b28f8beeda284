// Package told tells the sentences in which people write, without any stamp, of what should not leave a company: a
// colleague's illness, a sum, a way in, a wish for silence.
//
//	sentence ──▶ words, names and figures told apart ──▶ hashed features ──▶ one weight each ──▶ said or not
//
// In: a sentence as it was written. Out: whether it is one of these. Never: a clock, a network, a file read at run
// time. The model was learned by "filon learn sentences" from the lessons in the folder lessons, against ordinary texts.
package told

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"strings"

	"filon/classify/tokens"
)

const (
	bucketBits = 20
	buckets    = 1 << bucketBits
	areaBits   = 16
	areaRoom   = 1 << areaBits
	scale      = 16. // of the weights, which are kept as whole numbers
	mostWords  = 48  // of a sentence; what follows is a sentence of its own
	fewWords   = 4   // of a sentence; below, nothing is said
)

// Area is what a sentence speaks of.
type Area uint8

// The areas.
const (
	Person  Area = iota // somebody's health, faith, conduct, private life
	Money               // pay, prices, terms, results
	Partner             // customers and suppliers
	Plan                // deals, closures, departures, what comes next
	Trouble             // accidents, inspections, disputes
	Access              // ways in, and where things of value are
	KnowHow             // how it is made
	Rights              // pictures, music and texts without a right
	Draft               // not approved yet
	Wish                // somebody wants it to stay inside
	areas
)

// areaNames are the areas as lessons call them.
var areaNames = [areas]string{"person", "money", "partner", "plan", "trouble", "access", "know-how", "rights", "draft", "wish"}

// String gives the name of the area.
func (a Area) String() string { return areaNames[a] }

// tongues are the languages of the model. The words of each have weights of their own.
var tongues = [...]string{"fr", "en"}

// Model holds, for each bucket, a weight that tells what is to be held back, and a row of weights that tells the area;
// and where a sentence of each language begins to count.
type Model struct {
	bias, from [len(tongues)]float64
	w          []byte // signed, as they are kept
	areaBias   [areas]float64
	area       []byte // of a bucket and an area: area[bucket*areas+area]
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

const headBytes = 8 * (2*len(tongues) + int(areas))

// head lists the numbers that stand before the weights.
func (m *Model) head() (all []*float64) {
	for t := range tongues {
		all = append(all, &m.bias[t], &m.from[t])
	}
	for a := range m.areaBias {
		all = append(all, &m.areaBias[a])
	}
	return all
}

// Read reads what Bytes wrote.
func Read(data []byte) (*Model, error) {
	if len(data) != headBytes+buckets+areaRoom*int(areas) {
		return nil, errors.New("not a model of plain sentences")
	}
	m := &Model{w: data[headBytes : headBytes+buckets], area: data[headBytes+buckets:]}
	for i, x := range m.head() {
		*x = math.Float64frombits(binary.LittleEndian.Uint64(data[8*i:]))
	}
	return m, nil
}

// Bytes is the model as it is kept.
func (m *Model) Bytes() (data []byte) {
	for _, x := range m.head() {
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(*x))
	}
	data = append(data, m.w...)
	return append(data, m.area...)
}

// Version names the model: it changes when a score could change.
func (m *Model) Version() string {
	sum := sha256.Sum256(m.Bytes())
	return hex.EncodeToString(sum[:4])
}

// Reader reads sentences under a model. It is reused, and not for concurrent use.
type Reader struct {
	model *Model
	tokens.Reader
	tongue int // of a sentence whose words do not tell
	list   []uint32
}

// NewReader makes a reader; given tells whether a word in lower case without accents is a given name. Language is that
// of the text: a sentence is read in its own where its words tell.
func NewReader(m *Model, given func(string) bool, language string) *Reader {
	r := &Reader{model: m, Reader: tokens.NewReader(given)}
	if strings.HasPrefix(strings.ToLower(language), tongues[1]) {
		r.tongue = 1
	}
	return r
}

// Says tells whether a sentence, or a part of it, speaks of what should stay inside, among so many sentences of a page.
func (r *Reader) Says(sentence string, among int) bool { return r.Margin(sentence) >= Bar(among) }

// Bar is the margin from which a sentence counts among n of a page: of many sentences one looks like something by chance, and
// a page of any length shall ask as often. It was fitted to ordinary pages that the model had not seen: their highest margin
// grows by this much with each doubling.
func Bar(n int) float64 {
	return perDoubling * math.Log2(float64(min(max(n, fewSentences), manySentences))/usualSentences)
}

const (
	perDoubling    = .12
	fewSentences   = 16
	usualSentences = 32
	manySentences  = 512
)

// Margin is by how much a sentence, or the part of it that says most, speaks of what should stay inside: from 0, it does.
// Of too few words to say anything it is negative infinity. A part between two marks speaks for itself, a little less loud: what
// is said in passing, in a sentence on something else, would be drowned by it.
func (r *Reader) Margin(sentence string) float64 {
	r.Split(sentence)
	best := r.loudest(mostWords, mostWords)
	if !strings.ContainsAny(sentence, marks) {
		return best
	}
	for part := range strings.FieldsFuncSeq(sentence, func(c rune) bool { return strings.ContainsRune(marks, c) }) {
		if r.Split(part); len(r.Words) >= fewInPart {
			best = max(best, r.loudest(mostWords, mostWords)-inPassing)
		}
	}
	return best
}

const (
	marks     = ",;:()?"
	fewInPart = 6 // words
	inPassing = .15
)

// Loudest is the margin of the sentence, or of the dozen words of it that say most: harmless words before and after do not
// drown these.
func (r *Reader) Loudest(sentence string) float64 {
	r.Split(sentence)
	return max(r.loudest(mostWords, mostWords), r.loudest(dozen, dozen/2))
}

const dozen = 12

// loudest is the highest margin of the parts of so many words, one beginning every step words.
func (r *Reader) loudest(size, step int) float64 {
	tongue, best := r.tongueOf(r.Words), math.Inf(-1)
	for from := 0; from < len(r.Words); from += step {
		words := r.Words[from:min(len(r.Words), from+size)]
		if len(words) < fewWords {
			break
		}
		r.features(words, tongue)
		sum := 0
		for _, at := range r.list {
			sum += int(int8(r.model.w[at]))
		}
		best = max(best, r.model.bias[tongue]-r.model.from[tongue]+float64(sum)/(scale*length(len(r.list))))
	}
	return best
}

// AreaOf tells of what a sentence speaks that is to be held back.
func (r *Reader) AreaOf(sentence string) Area {
	r.Split(sentence)
	words := r.Words[:min(len(r.Words), mostWords)]
	r.features(words, r.tongueOf(words))
	var sums [areas]int
	for _, at := range r.list {
		row := r.model.area[int(at>>(bucketBits-areaBits))*int(areas):]
		for a := range sums {
			sums[a] += int(int8(row[a]))
		}
	}
	best, most := Area(0), math.Inf(-1)
	for a, sum := range sums {
		if score := r.model.areaBias[a] + float64(sum)/(scale*length(len(r.list))); score > most {
			best, most = Area(a), score
		}
	}
	return best
}

// tongueOf is the language of words: the one of whose plainest words more stand there.
func (r *Reader) tongueOf(words []tokens.Word) int {
	if n := plainWords(words); n[0] != n[1] {
		if n[1] > n[0] {
			return 1
		}
		return 0
	}
	return r.tongue
}

// plainWords counts the plainest words of each language.
func plainWords(words []tokens.Word) (n [len(tongues)]int) {
	for _, w := range words {
		for _, p := range plainest[w.Hash%plainRoom] {
			if p.hash == w.Hash {
				n[p.tongue]++
			}
		}
	}
	return n
}

const plainRoom = 1024

// plainest are the words that tell the language, by the remainder of their hash.
var plainest = func() (all [plainRoom][]plainWord) {
	for t, list := range [len(tongues)]string{
		"le la les l de d des du un une est et au aux ne pas que qui dans pour sur il elle nous avec ce se son sa ses par plus leur vous je qu n c",
		"a the of and is are to in for that with was has have we it not at by be this will he she his her they you i from as an",
	} {
		for _, w := range strings.Fields(list) {
			h := tokens.Hash([]byte(w))
			all[h%plainRoom] = append(all[h%plainRoom], plainWord{h, t})
		}
	}
	return all
}()

type plainWord struct {
	hash   uint32
	tongue int
}

// length keeps a long sentence from speaking louder than a short one.
func length(features int) float64 { return math.Sqrt(float64(max(features, 40))) }

// features lists the buckets of a sentence: words and their beginnings, pairs, and what stands beside a person or a sum.
func (r *Reader) features(words []tokens.Word, tongue int) {
	r.list = r.list[:0]
	person, somebody, money := false, false, false
	for _, w := range words {
		person = person || w.Kind == tokens.Name
		somebody = somebody || w.Kind == tokens.Pronoun
		money = money || w.Kind == tokens.Money
	}
	salt := uint32(tongue) << 31
	add := func(kind, h uint32) {
		h = (h ^ kind*0x9E3779B1 ^ salt) * 0x85EBCA6B
		h = (h ^ h>>13) * 0xC2B2AE35
		r.list = append(r.list, (h^h>>16)>>(32-bucketBits))
	}
	var one, two uint32 = 1, 1
	for _, w := range words {
		add(1, w.Hash)
		if w.Stem != w.Hash {
			add(2, w.Stem)
		}
		add(3, one*31+w.Hash)
		add(4, two*37+w.Stem)
		if w.Kind == tokens.Plain {
			if person {
				add(5, w.Stem)
			} else if somebody {
				add(6, w.Stem)
			}
			if money {
				add(7, w.Stem)
			}
		}
		one, two = w.Hash, one
	}
	add(3, one*31+2)
}
