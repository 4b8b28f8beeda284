package classify

import (
	"math"
	"time"

	"filon/crawler/content"
)

// TypeSample is an item and the types that are right for it.
type TypeSample struct {
	Item  content.Item
	Day   time.Time
	Right []string // ids of types, or Other
	Count float64  // how much it counts; 1 is one item
}

// spread is how far a weight may go from where it starts before that must pay for itself: one
// standard deviation, in logarithms of the odds.
const (
	clueSpread   = .6
	biasSpread   = .2
	closedSpread = .25 // of negative types, which close an item: no collection may make them likely by itself
	steps        = 400
)

// LearnTypes fits the weights of the evidence for types to samples: the likeliest weights under a normal
// prior around the program's own, which so are not forgotten, or, anew, around those that it had before
// anything was learned. Several right answers count as one. The text it gives is that of
// type_weights.txt; the same samples in the same order give the same text.
func LearnTypes(samples []TypeSample, anew bool) string {
	start := weights
	if anew {
		start = mustWeigh(priorText)
	}
	return learnTypes(samples, start).String()
}

// TypeJudge gives an item its type under other weights than the program's own.
func TypeJudge(text string) (func(item content.Item, day time.Time) (id string, others []string, confidence float64), error) {
	w, err := readWeights(text)
	if err != nil {
		return nil, err
	}
	return func(item content.Item, day time.Time) (string, []string, float64) {
		p := prepareWith(&item, day)
		t := p.sortBy(w)
		return t.id, t.others, t.confidence
	}, nil
}

func prepareWith(item *content.Item, day time.Time) *page {
	return prepare(item, &Policy{}, day)
}

func learnTypes(samples []TypeSample, start *typeWeights) *typeWeights {
	type row struct {
		evidence []evidence
		right    []bool
		other    bool
		words    float64 // what they say of no type
		count    float64
	}
	var rows []row
	counted := 0.0
	for i := range samples {
		s := &samples[i]
		found, words := prepareWith(&s.Item, s.Day).evidence()
		r := row{evidence: found, words: float64(words) / 100, right: make([]bool, len(types)), count: s.Count}
		for _, id := range s.Right {
			if k, ok := typeIndex[id]; ok {
				r.right[k] = true
			} else {
				r.other = true
			}
		}
		rows = append(rows, r)
		counted += r.count
	}
	n := int(clueCount) + len(types) + 1
	at, first, speed, slope := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for c, v := range start.clue {
		first[c] = float64(v) / 1000
	}
	for i, v := range start.bias {
		first[int(clueCount)+i] = float64(v) / 1000
	}
	first[n-1] = float64(start.other) / 1000
	copy(at, first)
	sums := make([]float64, len(types)+1)
	for step := range steps {
		for k := range slope {
			spread := clueSpread
			if k >= int(clueCount) {
				spread = biasSpread
				if k < n-1 && types[k-int(clueCount)].Negative {
					spread = closedSpread
				}
			}
			slope[k] = float64(first[k]-at[k]) / (spread * spread)
		}
		for _, r := range rows {
			most := math.Inf(-1)
			for i := range sums {
				sum := at[n-1] + float64(r.words*at[wordsOf])
				if i < len(types) {
					sum = at[int(clueCount)+i]
					for c, v := range r.evidence[i] {
						if v != 0 {
							sum += float64(float64(v) / 100 * at[c])
						}
					}
				}
				sums[i] = sum
				most = max(most, sum)
			}
			total, good := 0.0, 0.0
			for i, s := range sums {
				sums[i] = power(int64((s - most) * 100_000))
				total += sums[i]
				if i < len(types) && r.right[i] || i == len(types) && r.other {
					good += sums[i]
				}
			}
			for i, s := range sums {
				pull := -s / total
				if good > 0 && (i < len(types) && r.right[i] || i == len(types) && r.other) {
					pull += s / good
				}
				pull = float64(pull * r.count)
				if pull == 0 {
					continue
				}
				if i == len(types) {
					slope[n-1] += pull
					slope[wordsOf] += float64(pull * r.words)
					continue
				}
				slope[int(clueCount)+i] += pull
				for c, v := range r.evidence[i] {
					if v != 0 {
						slope[c] += float64(pull * float64(v) / 100)
					}
				}
			}
		}
		rate := .3 / (10 + .5*counted) * (1 - float64(step)/steps)
		for k := range at {
			speed[k] = float64(.9*speed[k]) + float64(rate*slope[k])
			at[k] += speed[k]
		}
	}
	w := &typeWeights{bias: make([]int32, len(types))}
	for c := range w.clue {
		w.clue[c] = int32(math.RoundToEven(1000 * at[c]))
	}
	for i := range w.bias {
		w.bias[i] = int32(math.RoundToEven(1000 * at[int(clueCount)+i]))
	}
	w.other = int32(math.RoundToEven(1000 * at[n-1]))
	return w
}
