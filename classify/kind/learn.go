package kind

import (
	"errors"
	"math/rand/v2"
	"slices"

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
	m := &Model{}
	var samples []linear.Sample
	var of []string
	for _, p := range pages {
		if !r.read(p.Title, p.Text, p.Language) {
			continue
		}
		var s linear.Sample
		r.each(func(at uint32, x int32) {
			v := float64(x) / unit
			s.At, s.X, s.Norm = append(s.At, at), append(s.X, v), s.Norm+float64(v*v)
		})
		samples, of = append(samples, s), append(of, p.Type)
		if !slices.Contains(m.types, p.Type) {
			m.types = append(m.types, p.Type)
		}
	}
	slices.Sort(m.types)
	n := len(m.types)
	if n < 2 || n > maxTypes {
		return nil, errors.New("pages of two types at least are needed")
	}
	m.w = make([]int8, buckets*n)
	for k, is := range m.types {
		w := make([]float64, buckets)
		m.bias = append(m.bias, linear.Separate(samples, func(i int) bool { return of[i] == is }, w, rand.New(rand.NewPCG(20261129, uint64(k)))))
		for at, v := range w {
			m.w[at*n+k] = linear.Whole(v, scale)
		}
	}
	return Read(m.Bytes())
}
