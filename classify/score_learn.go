package classify

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"filon/crawler/content"
)

// The weights of the score and its two thresholds, fitted to what people decided. The built-in ones are where they
// start and what they are drawn back to: few decisions move them little. A rule that blocks or asks is not theirs to
// change: they are only looked at where no such rule speaks.

// Score is what readiness is made of, learned in one house. Weights are points of 100, by the names of ScoreParts.
type Score struct {
	Name        string             // as people see it in reports
	Weights     map[string]float64 // of every part
	Publishable int
	Proposed    int
}

// ScorePart is one line of the sum.
type ScorePart struct {
	ID      string
	Default float64 // points of 100
	Says    Text
}

// ScoreParts are the lines of the sum, in its order. The slice is a copy.
func ScoreParts() []ScorePart { return slices.Clone(scoreParts[:]) }

const nParts = 13

var scoreParts = [nParts]ScorePart{
	{"type", 15, Text{"type de contenu net", "clear type of content"}},
	{"length", 8, Text{"longueur", "length"}},
	{"figures", 5, Text{"chiffres à citer", "figures to quote"}},
	{"quotes", 4, Text{"citation", "quotation"}},
	{"author", 3, Text{"auteur connu", "known author"}},
	{"hook", 10, Text{"accroche", "hook"}},
	{"image", 10, Text{"image", "image"}},
	{"structure", 5, Text{"structure", "structure"}},
	{"readability", 5, Text{"facilité de lecture", "ease of reading"}},
	{"freshness", 20, Text{"fraîcheur", "freshness"}},
	{"preview", 6, Text{"aperçu du lien", "link preview"}},
	{"networks", 5, Text{"réseaux prêts", "networks ready"}},
	{"alt", 4, Text{"images décrites", "images described"}},
}

// Thresholds that hold unless a policy or a learned score says otherwise.
const (
	defaultPublishable = 70
	defaultProposed    = 40
)

func (p *Policy) weights() (w [nParts]float64) {
	for i, part := range scoreParts {
		w[i] = part.Default
		if p.Score != nil {
			w[i] = p.Score.Weights[part.ID]
		}
	}
	return w
}

// Check tells what is wrong with a score that was read from somewhere.
func (s *Score) Check() error {
	sum := 0.0
	for _, part := range scoreParts {
		w, ok := s.Weights[part.ID]
		if !ok || math.IsNaN(w) || w < 0 || w > 100 {
			return fmt.Errorf("no weight for %s", part.ID)
		}
		sum += w
	}
	if len(s.Weights) != nParts || math.Abs(sum-100) > 1 {
		return fmt.Errorf("the weights add up to %.1f, not 100", sum)
	}
	if s.Proposed < 1 || s.Publishable <= s.Proposed || s.Publishable > 100 {
		return fmt.Errorf("thresholds %d and %d", s.Proposed, s.Publishable)
	}
	return nil
}

// ScoreSample is an item on which a person has decided and no rule but the score.
type ScoreSample struct {
	shares [nParts]float64
	noted  bool // a note keeps it from being publishable whatever its score
	said   int  // by the person: 0 not proposed, 1 needs an edit, 2 publishable
}

// ScoreSampleOf makes a sample of an item and what a person said of it on that day; false when a rule decides, or when
// the person said something that no score can say.
func ScoreSampleOf(item content.Item, policy Policy, day time.Time, known *Known, said Outcome) (s ScoreSample, ok bool) {
	s.said = slices.Index([]Outcome{NotProposed, NeedsEdit, Publishable}, said)
	v, p := judge(&item, &policy, day, known)
	defer p.forget()
	if s.said < 0 || p == nil || v.Outcome == Unreadable {
		return s, false
	}
	for _, r := range v.Reasons {
		if r.Severity == Block || r.Severity == Review {
			return s, false
		}
		s.noted = s.noted || r.Severity == Note
	}
	for i, x := range p.parts(&v) {
		s.shares[i] = x.share
	}
	return s, true
}

// outcome is what a score makes of the sample.
func (s *ScoreSample) outcome(f *fitted) int {
	switch z := math.Round(f.sum(s)); { // as readiness is
	case z < f.from[0]:
		return 0
	case s.noted || z < f.from[1]:
		return 1
	}
	return 2
}

// fitted is a score while it is learned: weights, and the sums from which an item is proposed and publishable.
type fitted struct {
	w    [nParts]float64
	from [2]float64
}

func (f *fitted) sum(s *ScoreSample) float64 {
	z := 0.0
	for i, x := range s.shares {
		z += float64(f.w[i] * x)
	}
	return z
}

// builtIn is where learning starts: the policy's own thresholds count there.
func builtIn(policy Policy) fitted {
	policy.Score = nil
	return fitted{policy.weights(), [2]float64{float64(policy.proposed()), float64(policy.publishable())}}
}

const (
	sweeps     = 60
	leastGap   = 5   // points between the two thresholds
	weightFree = .2  // how far a weight may go from its default at the price of one, as a part of it
	fromFree   = 6.0 // the same for a threshold, in points
)

// costOf is what it costs to say got where a person said the other: to be too open costs twice (domain 7.3).
var costOf = [3][3]float64{ // by person, then by filon
	{0, 1, 4},
	{1, 0, 2},
	{2, 1, 0},
}

// fit finds the most likely weights and thresholds, given the built-in ones (ordinal logistic regression with a normal
// prior, by Newton steps on one coordinate after the other).
func fit(start fitted, samples []ScoreSample) fitted {
	f := start
	z := make([]float64, len(samples))
	for n := range samples {
		z[n] = f.sum(&samples[n])
	}
	slope := steepness(z, start, samples)
	// slopes gives the first and second derivative of the loss of one sample by its sum, for one threshold or both.
	slopes := func(n int, which int) (g, h float64) {
		s := &samples[n]
		for k := range 2 {
			if k == 1 && s.noted || which >= 0 && which != k {
				continue
			}
			cost, there := answer(s, k)
			p := 1 / (1 + math.Exp(-slope*(z[n]-f.from[k])))
			g += float64(cost * slope * (p - there))
			h += float64(cost * slope * slope * p * (1 - p))
		}
		return g, h
	}
	for range sweeps {
		for i := range f.w {
			free := weightFree*start.w[i] + .5
			g, h := (f.w[i]-start.w[i])/(free*free), 1/(free*free)
			for n := range samples {
				if x := samples[n].shares[i]; x != 0 {
					a, b := slopes(n, -1)
					g += float64(a * x)
					h += float64(b * x * x)
				}
			}
			step := math.Max(bounded(-g/h), -f.w[i]) // no part speaks against an item for being there
			f.w[i] += step
			for n := range samples {
				z[n] += float64(step * samples[n].shares[i])
			}
		}
		for k := range f.from {
			g, h := (f.from[k]-start.from[k])/(fromFree*fromFree), 1/(fromFree*fromFree)
			for n := range samples {
				a, b := slopes(n, k)
				g -= a
				h += b
			}
			f.from[k] += bounded(-g / h)
		}
		f.from[1] = math.Max(f.from[1], f.from[0]+leastGap)
	}
	return f
}

// answer is whether a person went beyond a threshold, and what it costs not to.
func answer(s *ScoreSample, k int) (cost, there float64) {
	switch {
	case s.said > k:
		return 1, 1
	case k == 1:
		return 2, 0
	}
	return 1, 0
}

// steepness is how sharply people decide by the score as it is, in the odds of one point: the likeliest of a few.
func steepness(z []float64, f fitted, samples []ScoreSample) float64 {
	best, least := 0.0, math.Inf(1)
	for _, slope := range []float64{.05, .1, .15, .2, .3, .5} {
		loss := 0.0
		for n := range samples {
			for k := range 2 {
				if k == 1 && samples[n].noted {
					continue
				}
				cost, there := answer(&samples[n], k)
				odds := slope * (z[n] - f.from[k])
				if there == 1 {
					odds = -odds
				}
				loss += float64(cost * (math.Max(odds, 0) + math.Log1p(math.Exp(-math.Abs(odds)))))
			}
		}
		if loss < least {
			best, least = slope, loss
		}
	}
	return best
}

// bounded keeps a step small, so that none leads too far.
func bounded(step float64) float64 { return math.Max(-3, math.Min(3, step)) }

// score brings what was fitted to 100 points, as it is kept: tenths, and whole thresholds.
func (f fitted) score() Score {
	sum := 0.0
	for _, w := range f.w {
		sum += w
	}
	s := Score{Weights: map[string]float64{}}
	for i, part := range scoreParts {
		s.Weights[part.ID] = math.Round(f.w[i]*1000/sum) / 10
	}
	whole := func(t float64, least, most int) int { return min(most, max(least, int(math.Round(t*100/sum)))) }
	s.Proposed = whole(f.from[0], 5, 80)
	s.Publishable = whole(f.from[1], s.Proposed+leastGap, 98)
	return s
}

func (s Score) fitted() (f fitted) {
	for i, part := range scoreParts {
		f.w[i] = s.Weights[part.ID]
	}
	f.from = [2]float64{float64(s.Proposed), float64(s.Publishable)}
	return f
}

// LearnScore fits a score. The same samples in the same order give the same score.
func LearnScore(samples []ScoreSample, policy Policy) Score {
	return fit(builtIn(policy), samples).score()
}

// ScoreTally is how well a score says what people said.
type ScoreTally struct {
	Samples, Right, TooOpen int
	Cost                    float64 // summed
}

func (t *ScoreTally) add(s *ScoreSample, f *fitted) {
	got := s.outcome(f)
	t.Samples++
	if got == s.said {
		t.Right++
	}
	if got > s.said {
		t.TooOpen++
	}
	t.Cost += costOf[s.said][got]
}

// TryScore measures on samples that learning has not seen, in so many folds: the score that the policy has now, and the
// one that would be learned.
func TryScore(samples []ScoreSample, policy Policy, folds int) (before, after ScoreTally) {
	now := builtIn(policy)
	if policy.Score != nil {
		now = policy.Score.fitted()
		now.from = [2]float64{float64(policy.proposed()), float64(policy.publishable())}
	}
	folds = max(2, min(folds, len(samples)))
	// each fold has its part of every answer
	order := make([]int, len(samples))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(samples[a].said, samples[b].said) })
	for k := range folds {
		var seen []ScoreSample
		for n, i := range order {
			if n%folds != k {
				seen = append(seen, samples[i])
			}
		}
		f := fit(builtIn(policy), seen).score().fitted()
		for n := k; n < len(order); n += folds {
			s := &samples[order[n]]
			before.add(s, &now)
			after.add(s, &f)
		}
	}
	return before, after
}

// Enough tells whether there is something to learn from: so many samples, of at least two answers each so often.
func Enough(samples []ScoreSample) bool {
	var said [3]int
	for _, s := range samples {
		said[s.said]++
	}
	often := 0
	for _, n := range said {
		if n >= leastOfAnswer {
			often++
		}
	}
	return len(samples) >= LeastDecisions && often >= 2
}

// LeastDecisions is how many decisions it takes to learn from them.
const (
	LeastDecisions = 30
	leastOfAnswer  = 5
)
