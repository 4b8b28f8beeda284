package told

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

//go:embed fr.txt
var french string

//go:embed en.txt
var english string

// Grammars are the patterns that filon carries.
var Grammars = []string{french, english}

// grammar is lists by name, and patterns.
type grammar struct {
	lists    map[string][]string
	patterns []string
	families []string
}

func readGrammar(text string, given []string) (*grammar, error) {
	g := &grammar{lists: map[string][]string{"given": given}}
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '$':
			name, list, ok := strings.Cut(line[1:], " = ")
			if !ok {
				return nil, fmt.Errorf("patterns, line %d: a list needs \" = \"", n+1)
			}
			if list == "@given" {
				g.lists[name] = given
				continue
			}
			g.lists[name] = strings.Split(list, " | ")
		default:
			family, pattern, ok := strings.Cut(line, ": ")
			if !ok {
				return nil, fmt.Errorf("patterns, line %d: a pattern needs a family", n+1)
			}
			g.families = append(g.families, family)
			g.patterns = append(g.patterns, pattern)
		}
	}
	if len(g.patterns) == 0 {
		return nil, errors.New("no patterns")
	}
	return g, nil
}

// say writes one sentence of a pattern.
func (g *grammar) say(pattern string, draw *rand.Rand, depth int) string {
	var b strings.Builder
	for {
		at := strings.IndexByte(pattern, '$')
		if at < 0 || depth > 6 {
			b.WriteString(pattern)
			return b.String()
		}
		b.WriteString(pattern[:at])
		end := at + 1
		for end < len(pattern) && pattern[end] >= 'A' && pattern[end] <= 'Z' {
			end++
		}
		list := g.lists[pattern[at+1:end]]
		if len(list) > 0 {
			b.WriteString(g.say(list[draw.IntN(len(list))], draw, depth+1))
		} else {
			b.WriteByte('$')
		}
		pattern = pattern[end:]
	}
}

// draws is how many sentences are made of a pattern: more of one with many lists.
func draws(pattern string) int { return 10 + 22*strings.Count(pattern, "$") }

// ordinary is the family of what may leave.
const ordinary = "ordinary"

// said draws the sentences of a grammar, in the manners in which people write: those to hold back, and ordinary ones.
func (g *grammar) said(draw *rand.Rand) (all, plain []string) {
	for n, p := range g.patterns {
		for range draws(p) {
			s := g.say(p, draw, 0)
			switch draw.IntN(8) {
			case 0:
				s = strings.ToUpper(s)
			case 1, 2, 3:
				s = strings.ToUpper(s[:1]) + s[1:]
			}
			if g.families[n] == ordinary {
				plain = append(plain, s)
			} else {
				all = append(all, s)
			}
		}
	}
	return all, plain
}

const (
	copies  = 3
	rounds  = 4
	step    = .5
	decay   = 2e-6
	heavier = 6. // what a missed sentence costs beside a false alarm
)

// Learn fits a model to the sentences of the grammars, against those of ordinary texts. Share is how many of a
// hundred ordinary texts that were not learned from may be taken for one. The same input gives the same bytes on any
// machine. heard is the share of sentences of the grammars that the model tells.
func Learn(grammars []string, given []string, texts []string, share float64) (m *Model, heard float64, err error) {
	names := map[string]bool{}
	var spelled []string
	for _, g := range given {
		names[g] = true
		if !strings.Contains(g, " ") && len(g) > 2 {
			spelled = append(spelled, strings.ToUpper(g[:1])+g[1:])
		}
	}
	slices.Sort(spelled)
	r := NewReader(nil, func(w string) bool { return names[w] })
	draw := rand.New(rand.NewPCG(20261123, 5))
	type sample struct {
		list []uint32
		said bool
	}
	var all []sample
	take := func(s string, said bool) {
		r.split(s)
		for from := 0; from < len(r.words); from += mostWords {
			part := r.words[from:min(len(r.words), from+mostWords)]
			if len(part) >= fewWords || pointed(part) {
				r.features(part)
				all = append(all, sample{slices.Clone(r.list), said})
			}
		}
	}
	var said []string
	for _, text := range grammars {
		g, err := readGrammar(text, spelled)
		if err != nil {
			return nil, 0, err
		}
		held, plain := g.said(draw)
		said = append(said, held...)
		for _, s := range plain {
			take(s, false)
			take(without(s, draw), false)
		}
	}
	for _, s := range said {
		take(s, true)
		for range copies { // a sentence is told by what is left of it too, in other words
			take(without(s, draw), true)
		}
	}
	for i, text := range texts {
		if i%5 != 4 { // the others tell where a sentence begins to count
			Sentences(text, func(from, to int) bool { take(text[from:to], false); return true })
		}
	}

	w := make([]float64, buckets)
	sum := make([]float64, buckets)
	bias, biasSum := -3., 1.
	for range rounds {
		draw.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
		for i := range all {
			s := &all[i]
			x := 1 / length(len(s.list))
			z := bias
			for _, at := range s.list {
				z += float64(w[at] * x)
			}
			p := sigmoid(z)
			e := p
			if s.said {
				e = heavier * (p - 1)
			}
			if math.Abs(e) < 1e-4 {
				continue
			}
			biasSum += float64(e * e)
			bias -= float64(step / math.Sqrt(biasSum) * e)
			for _, at := range s.list {
				g := float64(e*x) + float64(decay*w[at])
				sum[at] += float64(g * g)
				w[at] -= float64(step / math.Sqrt(sum[at]+1e-6) * g)
			}
		}
	}
	m = &Model{bias: bias, w: make([]int8, buckets)}
	for i, v := range w {
		m.w[i] = int8(max(-127, min(127, math.Round(float64(v*scale)))))
	}

	r.model = m
	var best []float64
	for i, text := range texts {
		if i%5 == 4 {
			most := math.Inf(-1)
			Sentences(text, func(from, to int) bool { most = max(most, r.Score(text[from:to])); return true })
			best = append(best, most)
		}
	}
	if len(best) == 0 {
		return nil, 0, errors.New("no ordinary texts")
	}
	slices.SortFunc(best, func(a, b float64) int {
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	m.from = max(best[min(len(best)-1, int(share/100*float64(len(best))))], 0)
	n := 0
	for _, s := range said {
		if r.Score(s) >= m.from {
			n++
		}
	}
	return m, float64(n) / float64(len(said)), nil
}

// without leaves out some of the words of a sentence.
func without(s string, draw *rand.Rand) string {
	words := strings.Fields(s)
	kept := words[:0]
	for _, w := range words {
		if draw.IntN(3) > 0 {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// sigmoid is computed by squaring, so that every machine gets the same.
func sigmoid(z float64) float64 {
	z = max(-20, min(20, z))
	x := 1 - z/4096
	for range 12 {
		x = float64(x * x)
	}
	return 1 / (1 + x)
}
