package register

import (
	"math"
	"math/bits"
)

// A text is read as three kinds of features, each hashed to buckets: words and pairs of words, the
// letters of words, and its manner (lengths, marks, capitals). Each kind is scaled to length one by
// itself, so that the many do not drown the few.
const (
	bucketBits = 17
	buckets    = 1 << bucketBits
	maxBytes   = 8 << 10 // the manner of a text shows in its first pages
	gram       = 4       // letters of the pieces of words
)

const (
	ofWords = iota
	ofLetters
	ofManner
	kinds
)

// share is what each kind counts beside the others.
var share = [kinds]float64{1, .7, .1}

// reader counts the features of one text. It is reused, and not for concurrent use.
type reader struct {
	n    [buckets]uint8 // how often a bucket was met, at most 255
	list [kinds][]uint32
}

// feature is one bucket of a text and how much of it there is.
type feature struct {
	at uint32
	x  float64
}

func (r *reader) add(kind int, h uint32) {
	h += uint32(kind) * 0x9e3779b9
	h ^= h >> 15
	h *= 0x85ebca6b
	h ^= h >> 13
	b := h & (buckets - 1)
	switch r.n[b] {
	case 0:
		r.list[kind] = append(r.list[kind], b)
		r.n[b] = 1
	case 255:
	default:
		r.n[b]++
	}
}

// roots are the square roots of the counts: the tenth time a word is met tells less than the first.
// The square root is exact on every machine (IEEE 754), unlike a logarithm.
var roots = func() (all [256]float64) {
	for i := range all {
		all[i] = math.Sqrt(float64(i))
	}
	return all
}()

// each gives every bucket of a kind with how often it was met and how much of it there is, and forgets them.
func (r *reader) each(kind int, found func(at uint32, n uint8, x float64)) {
	sum := 0
	for _, b := range r.list[kind] {
		sum += int(r.n[b])
	}
	scale := share[kind] / math.Sqrt(float64(sum))
	for _, b := range r.list[kind] {
		found(b, r.n[b], float64(roots[r.n[b]]*scale))
		r.n[b] = 0
	}
	r.list[kind] = r.list[kind][:0]
}

// features gives what was read, and forgets it.
func (r *reader) features() (all []feature) {
	for kind := range r.list {
		r.each(kind, func(at uint32, _ uint8, x float64) { all = append(all, feature{at, x}) })
	}
	return all
}

const (
	fnvBasis = 2166136261
	fnvPrime = 16777619
)

func hash(s string, basis uint32) uint32 {
	h := basis
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * fnvPrime
	}
	return h
}

// read adds the features of low, a text in lower case without accents, and of its capitals.
func (r *reader) read(low string, caps Capitals) {
	if len(low) > maxBytes {
		low = low[:maxBytes]
	}
	var last uint32
	words, digits, asks, cries, lines, long := 0, 0, 0, 0, 0, 0
	for i := 0; i < len(low); {
		c := low[i]
		if !letter(c) {
			h := uint32(0)
			switch {
			case c >= '0' && c <= '9':
				for i+1 < len(low) && low[i+1] >= '0' && low[i+1] <= '9' {
					i++
				}
				digits++
				h = 7000001
			case c == '?':
				asks++
			case c == '!':
				cries++
			case c == '\n':
				lines++
			}
			if h == 0 && c != ' ' {
				h = uint32(c)*2654435761 + 99
			}
			if h != 0 {
				r.add(ofWords, h)
				r.add(ofWords, last*31+h)
				last = h
			}
			i++
			continue
		}
		start := i
		for i < len(low) && letter(low[i]) {
			i++
		}
		word := low[start:i]
		words++
		if len(word) > 7 {
			long++
		}
		h := hash(word, fnvBasis)
		r.add(ofWords, h)
		r.add(ofWords, last*31+h)
		last = h
		if len(word) > 4 {
			r.add(ofLetters, hash(word[len(word)-3:], fnvBasis^0x55aa))
		}
		if len(word) > 6 {
			r.add(ofLetters, hash(word[:5], fnvBasis^0x77aa))
		}
		for k := max(0, start-1); k+gram <= min(i+1, len(low)); k++ {
			r.add(ofLetters, hash(low[k:k+gram], fnvBasis^0x99))
		}
	}
	if words == 0 {
		return
	}
	manner := func(kind, n int) { r.add(ofManner, uint32(kind)*40503+uint32(n)*97+5) }
	manner(1, bits.Len(uint(words)))
	manner(2, bits.Len(uint(digits*200/words)))
	manner(3, bits.Len(uint(asks*500/words)))
	manner(4, bits.Len(uint(cries*500/words)))
	manner(5, bits.Len(uint(lines*200/words)))
	manner(6, long*20/words)
	if caps.Words > 0 {
		manner(7, caps.Inside*50/caps.Words)
		manner(8, bits.Len(uint(caps.Upper*200/caps.Words)))
	}
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 128 }
