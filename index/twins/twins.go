// Package twins tells which texts say the same, among any number, without comparing all pairs.
//
//	text ──▶ Shingles ──▶ Sign (256 bytes) ──▶ Cluster ──▶ groups, "stands publicly there too"
//
// Two texts are alike by the share of their three-word runs (shingles) that they have in common, the
// Jaccard index: 1 for the same words in the same order, .8 for about one word in sixteen changed.
//
// In: folded words (index/words.AppendPlain). Out: numbers. Never: a text kept, a database, a clock.
package twins

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"sync"
)

// EnoughWords is the length from which likeness means something: below it, two texts can share most
// of their words by chance, or because there is only one way to say it.
const EnoughWords = 40

const (
	run         = 3       // words of a shingle
	mostWords   = 1 << 17 // of one text: what comes later is not looked at
	fewShingles = 20      // different ones; a text with fewer repeats itself
)

// Shingles gives the different shingles of a text as sorted 64-bit hashes, nil when it is too short.
// plain is lower case words with one blank between; ideographs count as words. The hashes are the same
// in every process and version.
func Shingles(plain []byte) []uint64 {
	s := shinglers.Get().(*shingler)
	defer shinglers.Put(s)
	set := s.distinct(plain)
	if set == nil {
		return nil
	}
	set = slices.Clone(set)
	slices.Sort(set)
	return set
}

// shingler is the memory that cutting a text needs.
type shingler struct {
	list  []uint64 // different shingles in the order of the text
	table []uint64 // open addressing; 0 is free
}

var shinglers = sync.Pool{New: func() any { return new(shingler) }}

// distinct lists the different shingles; the list is good until the next call.
func (s *shingler) distinct(plain []byte) []uint64 {
	s.list = s.list[:0]
	size := 256
	for size < len(plain)/2 {
		size *= 2
	}
	if cap(s.table) < size {
		s.table = make([]uint64, size)
	}
	s.table = s.table[:size]
	clear(s.table)
	mask := uint64(size - 1)
	var before, last uint64 // hashes of the two words before
	words := 0
	for i := 0; i < len(plain) && words < mostWords; {
		if plain[i] == ' ' {
			i++
			continue
		}
		h, end := wordAt(plain, i)
		i = end
		if words++; words >= run {
			key := mix(before*0x9E3779B97F4A7C15 ^ bits.RotateLeft64(last, 23)*0xC2B2AE3D27D4EB4F ^ h)
			if key == 0 {
				key = 1
			}
			at := key & mask
			for s.table[at] != 0 && s.table[at] != key {
				at = (at + 1) & mask
			}
			if s.table[at] == 0 {
				s.table[at] = key
				s.list = append(s.list, key)
			}
		}
		before, last = last, h
	}
	if words < EnoughWords || len(s.list) < fewShingles {
		return nil
	}
	return s.list
}

// wordAt hashes (FNV-1a) the word that begins at i and tells where it ends. Scripts without blanks, from
// U+2E80 on, give a word for each character.
func wordAt(plain []byte, i int) (h uint64, end int) {
	h = 0xCBF29CE484222325
	if size := wide(plain, i); size > 0 {
		for _, b := range plain[i : i+size] {
			h = (h ^ uint64(b)) * 0x100000001B3
		}
		return h, i + size
	}
	for ; i < len(plain) && plain[i] != ' '; i++ {
		if plain[i] >= 0xE2 && wide(plain, i) > 0 {
			break
		}
		h = (h ^ uint64(plain[i])) * 0x100000001B3
	}
	return h, i
}

// wide gives the bytes of a character from U+2E80 on that begins at i, 0 for any other.
func wide(plain []byte, i int) int {
	switch b := plain[i]; {
	case b < 0xE2:
		return 0
	case b < 0xF0:
		if i+3 <= len(plain) && (b > 0xE2 || plain[i+1] >= 0xBA) {
			return 3
		}
	case i+4 <= len(plain):
		return 4
	}
	return 0
}

// mix spreads every bit over all others (the finaliser of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xFF51AFD7ED558CCD
	h ^= h >> 33
	h *= 0xC4CEB9FE1A85EC53
	return h ^ h>>33
}

// slots is how many bytes a signature has. Each is equal in two texts with a probability that is their
// Jaccard index (and one time in 256 by chance), so likeness read off two signatures has a standard
// error of .025 at .8 and .031 at .5.
const slots = 256

// Signature is the likeness of a text to others in 256 bytes: 256 minima of its shingles, one byte of
// each. Signatures of different texts can be compared whenever both were made by the same Version.
type Signature [slots / 8]uint64

// Version changes when signatures of old and new texts cannot be compared any more.
const Version = 1

// Bytes is the signature as it is stored.
func (s *Signature) Bytes() []byte {
	b := make([]byte, 0, slots)
	for _, w := range s {
		b = binary.LittleEndian.AppendUint64(b, w)
	}
	return b
}

// Read takes back what Bytes gave; false when it is of another length.
func (s *Signature) Read(b []byte) bool {
	if len(b) != slots {
		return false
	}
	for i := range s {
		s[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return true
}

// slot is one byte of the signature.
func (s *Signature) slot(i int) byte { return byte(s[i/8] >> (8 * (i % 8))) }

// Sign makes the signature of a text and counts its different shingles; 0 says that it is too short to
// be compared with others.
//
// It is a similarity sketch in rounds: in each round every shingle is thrown into one of 256 bins, and
// the bins that are still empty keep the smallest that fell into them (Dahlgaard, Knudsen and Thorup,
// Fast Similarity Sketching, 2017). A text of 600 words fills all bins in three or four rounds, where
// 256 hash functions would be 256.
func Sign(plain []byte) (sig Signature, shingles int) {
	s := shinglers.Get().(*shingler)
	defer shinglers.Put(s)
	set := s.distinct(plain)
	if set == nil {
		return sig, 0
	}
	var least [slots]uint64
	var full [slots]bool
	for round, empty := 0, slots; empty > 0; round++ {
		salt := mix(uint64(round) + 0x9E3779B97F4A7C15)
		var fresh [slots]bool
		for _, key := range set {
			h := mix(key ^ salt)
			bin := h >> 56
			if round >= slots { // nothing is thrown any more: every bin gets its turn
				bin = uint64(round-slots) % slots
			}
			if full[bin] {
				continue
			}
			if !fresh[bin] || h < least[bin] {
				least[bin], fresh[bin] = h, true
			}
		}
		for i := range fresh {
			if fresh[i] {
				full[i] = true
				empty--
			}
		}
	}
	for i, h := range least {
		sig[i/8] |= uint64(byte(h)) << (8 * (i % 8))
	}
	return sig, len(set)
}

// Likeness estimates the Jaccard index of two texts from their signatures.
func Likeness(a, b *Signature) float64 {
	same := 0
	for i := range a {
		x := a[i] ^ b[i]
		const low = 0x7F7F7F7F7F7F7F7F
		same += bits.OnesCount64(^(((x & low) + low) | x | low))
	}
	const chance = 1.0 / 256
	return max(0, (float64(same)/slots-chance)/(1-chance))
}

// Common counts the shingles that two sorted sets share.
func Common(a, b []uint64) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}

// Jaccard is the share of all shingles of two texts that both have, from the number that they share and
// the number of each.
func Jaccard(common, a, b int) float64 {
	if a+b == 0 {
		return 0
	}
	return float64(common) / float64(a+b-common)
}

// shareOf turns the Jaccard index of texts with a and b shingles into the share of a's that stand in b.
func shareOf(jaccard float64, a, b int) float64 {
	return min(1, jaccard*float64(a+b)/((1+jaccard)*float64(a)))
}

// doubt is how far an estimate near t may be off: four standard errors.
func doubt(t float64) float64 { return 4 * math.Sqrt(t*(1-t)/slots) }
