package twins

import (
	"math/rand/v2"
	"strings"
)

// made is a set of texts of which some are edited copies of others, the same ones every time.
type made struct {
	plain [][]byte
	texts []Text
}

var syllables = strings.Fields("pro duc tion se cu ri te for ma en ga ge ment de ve lop pe col la bo ra teur cli ent u si ne me tier ac tif ve lo re seau e co lo gie par te nai re in no va sa lon tra vail")

// makeTexts makes n texts of 60 to 900 words. Of every ten, six stand alone and four are copies, in
// families of up to five, in which each has up to one word in eight changed, cut or added.
func makeTexts(n int) *made {
	r := rand.New(rand.NewPCG(11, 12))
	vocabulary := make([]string, 30_000)
	for i := range vocabulary {
		for range 2 + r.IntN(3) {
			vocabulary[i] += syllables[r.IntN(len(syllables))]
		}
	}
	zipf := rand.NewZipf(r, 1.1, 8, uint64(len(vocabulary)-1))
	word := func() string { return vocabulary[zipf.Uint64()] }
	m := &made{}
	for len(m.texts) < n {
		base := make([]string, 60+r.IntN(840))
		for i := range base {
			base[i] = word()
		}
		m.add(base)
		if r.IntN(4) > 0 {
			continue
		}
		for range 1 + r.IntN(5) {
			rate := r.Float64() / 8
			var copied []string
			for _, w := range base {
				if r.Float64() >= rate {
					copied = append(copied, w)
					continue
				}
				switch r.IntN(3) {
				case 0:
					copied = append(copied, word())
				case 1:
					copied = append(copied, w, word())
				}
			}
			m.add(copied)
		}
	}
	m.plain, m.texts = m.plain[:n], m.texts[:n]
	return m
}

func (m *made) add(words []string) {
	plain := []byte(strings.Join(words, " "))
	sig, n := Sign(plain)
	m.plain = append(m.plain, plain)
	m.texts = append(m.texts, Text{Signature: sig, Shingles: n, Language: "fr", Page: true, Public: true})
}

func (m *made) shingles(i int) ([]uint64, error) { return Shingles(m.plain[i]), nil }
