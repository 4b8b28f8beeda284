package kind

import (
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"filon/classify/linear"
)

// Page is a page and its type.
type Page struct {
	Type     string
	Language string // "fr" or "en"
	Title    string
	Text     string
}

// Learn fits a model to pages. The same pages in the same order give the same bytes on any machine.
func Learn(pages []Page, given []string) (*Model, error) {
	names := map[string]bool{}
	for _, g := range given {
		names[g] = true
	}
	r := NewReader(nil, func(w string) bool { return names[w] })
	var samples []linear.Sample
	var of, types []string
	for _, p := range pages {
		if !r.read(p.Title, p.Text, p.Language) {
			continue
		}
		var s linear.Sample
		r.each(func(at uint32, _ uint8, x int32) {
			v := float64(x) / unit
			s.At, s.X, s.Norm = append(s.At, at), append(s.X, v), s.Norm+float64(v*v)
		})
		samples, of = append(samples, s), append(of, p.Type)
		if !slices.Contains(types, p.Type) {
			types = append(types, p.Type)
		}
	}
	slices.Sort(types)
	n := len(types)
	if n < 2 || n > maxTypes {
		return nil, errors.New("pages of two types at least are needed")
	}
	data := []byte(strings.Join(types, " ") + "\n")
	weights := make([]byte, buckets*n)
	for k, is := range types {
		w := make([]float64, buckets)
		bias := linear.Separate(samples, func(i int) bool { return of[i] == is }, w, rand.New(rand.NewPCG(20261129, uint64(k))))
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(bias))
		for at, v := range w {
			weights[at*n+k] = byte(linear.Whole(v, scale))
		}
	}
	return Read(append(data, weights...))
}
