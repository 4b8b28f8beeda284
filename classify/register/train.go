package register

import (
	"math"
	"math/rand/v2"
)

// example is a text ready to learn from.
type example struct {
	features []feature
	is       []bool // one for each label
}

// machine is one label's weights before they are rounded.
type machine struct {
	w    []float64
	bias float64
}

// rarity weighs a bucket found in few texts more than one found in most: the fourth root of how
// rarely it is found. A bucket of one text teaches nothing and weighs nothing.
func rarity(all []example) []float64 {
	found := make([]int, buckets)
	for i := range all {
		for _, f := range all[i].features {
			found[f.at]++
		}
	}
	r := make([]float64, buckets)
	for b, n := range found {
		if n >= 2 {
			r[b] = math.Sqrt(math.Sqrt(float64(len(all)) / float64(n)))
		}
	}
	return r
}

const (
	rounds = 15
	cost   = .5 // of a mistake, against large weights
)

// fit learns one label: an L2-regularised squared-hinge machine by dual coordinate descent (Hsieh et
// al., ICML 2008). Every product is rounded before it is added, so that no machine fuses the two.
func fit(all []example, rare []float64, label int) machine {
	l := machine{w: make([]float64, buckets)}
	alpha := make([]float64, len(all))
	norm := make([]float64, len(all))
	soft := 1 / (2 * cost)
	for i := range all {
		sum := 1 + soft
		for _, f := range all[i].features {
			x := float64(rare[f.at] * f.x)
			sum += float64(x * x)
		}
		norm[i] = sum
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(17, 42))
	for range rounds {
		rng.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		for _, i := range order {
			y := -1.0
			if all[i].is[label] {
				y = 1
			}
			dot := l.bias
			for _, f := range all[i].features {
				x := float64(rare[f.at] * f.x)
				dot += float64(l.w[f.at] * x)
			}
			slope := float64(y*dot) - 1 + float64(soft*alpha[i])
			was := alpha[i]
			alpha[i] = max(0, was-slope/norm[i])
			step := float64((alpha[i] - was) * y)
			if step == 0 {
				continue
			}
			l.bias += step
			for _, f := range all[i].features {
				x := float64(rare[f.at] * f.x)
				l.w[f.at] += float64(step * x)
			}
		}
	}
	for b := range l.w {
		l.w[b] = float64(l.w[b] * rare[b])
	}
	return l
}
