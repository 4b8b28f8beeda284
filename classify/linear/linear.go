// Package linear learns linear models: what the judgement knows from texts is a sum of weights.
//
//	samples ──Separate──▶ weights and a bias ──Whole──▶ signed bytes
//
// Never: a file, a network, a clock; a result that depends on the machine: every product is rounded before it is added, so that
// no machine fuses the two.
package linear

import (
	"math"
	"math/rand/v2"
)

// Sample is one thing to learn from: its buckets, each with how much of it there is, and the square of the length of all.
type Sample struct {
	At   []uint32
	X    []float64 // of each bucket; nil when Same is that of all
	Same float64
	Norm float64
}

const (
	cost   = 1. // of a mistake, against large weights
	soft   = 1 / (2 * cost)
	rounds = 12
)

// Separate adds to w the weights of an L2-regularised squared-hinge machine that tells the samples for which is says yes from the
// others, by dual coordinate descent (Hsieh et al., ICML 2008), and gives its bias. The same draw gives the same weights.
func Separate(all []Sample, is func(i int) bool, w []float64, draw *rand.Rand) (bias float64) {
	alpha, order := make([]float64, len(all)), make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	for range rounds {
		draw.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		for _, i := range order {
			s := &all[i]
			y := -1.0
			if is(i) {
				y = 1
			}
			slope := float64(y*(s.dot(w)+bias)) - 1 + float64(soft*alpha[i])
			was := alpha[i]
			alpha[i] = max(0, was-slope/(1+s.Norm+soft))
			if step := float64((alpha[i] - was) * y); step != 0 {
				bias += step
				s.addTo(w, step)
			}
		}
	}
	return bias
}

func (s *Sample) dot(w []float64) (sum float64) {
	if s.X == nil {
		for _, at := range s.At {
			sum += w[at]
		}
		return float64(sum * s.Same)
	}
	for k, at := range s.At {
		sum += float64(w[at] * s.X[k])
	}
	return sum
}

func (s *Sample) addTo(w []float64, step float64) {
	if s.X == nil {
		step = float64(step * s.Same)
		for _, at := range s.At {
			w[at] += step
		}
		return
	}
	for k, at := range s.At {
		w[at] += float64(step * s.X[k])
	}
}

// Whole is a weight as a signed byte of the given scale; what is beyond it is cut.
func Whole(v, scale float64) int8 {
	return int8(max(-127, min(127, math.RoundToEven(float64(v*scale)))))
}
