package extract

import (
	"math"
	"sort"
	"strings"
)

// keepMain marks the blocks that form the main text. Every block gets a probability from the fitted
// model; then the set is taken for which the expected F1 of words is highest: a page that is clear
// is cut sharply, one that is not keeps more.
func (p *page) keepMain(h hints) {
	p.kept = make([]bool, len(p.blocks))
	if len(p.blocks) == 0 {
		return
	}
	choose(p.chances(h), p.blocks, p.kept)
}

// chances gives for every block the probability that it is main text.
func (p *page) chances(h hints) []float32 {
	s := surveyOf(p, h)
	chances := make([]float32, len(p.blocks))
	var f []float32
	for i := range p.blocks {
		f = s.describe(i, f[:0])
		chances[i] = sigmoid(mainModel.sum(f))
	}
	return chances
}

func sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }

// choose keeps the blocks, the most probable first, up to where the expected F1 is highest: with k
// the kept words, that is 2·Σkept p·w / (Σkept w + Σall p·w).
func choose(chances []float32, blocks []block, kept []bool) {
	order := make([]int, len(blocks))
	all := float32(0)
	for i := range order {
		order[i] = i
		all += chances[i] * float32(blocks[i].words)
	}
	sort.SliceStable(order, func(a, b int) bool { return chances[order[a]] > chances[order[b]] })
	best, until := float32(0), 0
	right, taken := float32(0), float32(0)
	for k, i := range order {
		w := float32(blocks[i].words)
		right += chances[i] * w
		taken += w
		if f := 2 * right / (taken + all); f > best {
			best, until = f, k+1
		}
	}
	for _, i := range order[:until] {
		kept[i] = true
	}
}

// mainText writes the kept blocks, rest the others.
func (p *page) mainText() (text, rest string) {
	var in, out strings.Builder
	in.Grow(len(p.text))
	lead := paragraph
	for i := range p.blocks {
		b := &p.blocks[i]
		to := &out
		if p.kept[i] {
			to = &in
			lead = b.lead
		}
		if to.Len() > 0 {
			if to == &in && lead == paragraph {
				to.WriteString("\n\n")
			} else {
				to.WriteByte('\n')
			}
		}
		to.WriteString(p.textOf(b))
	}
	return in.String(), out.String()
}
