package register

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math"
)

// Example is a text and the labels that people gave it.
type Example struct {
	Text   string // in lower case without accents
	Caps   Capitals
	Pieces []Piece // parts of the same text, which teach beside the whole
	Labels []string
}

// Piece is a part of a text.
type Piece struct {
	Text string
	Caps Capitals
}

// Task is what a model is to tell apart.
type Task struct {
	Labels []string          // in the order in which the model keeps them
	Parent map[string]string // of a label that is a kind of another one
}

// Learn fits a model. The same examples in the same order give the same bytes on any machine.
func Learn(task Task, examples []Example) (*Model, error) {
	all, err := ready(task, examples)
	if err != nil {
		return nil, err
	}
	return learnWhole(task, all, examples, nil), nil
}

// grouped holds, for each example, the whole and its pieces.
type grouped [][]example

func ready(task Task, examples []Example) (grouped, error) {
	if len(task.Labels) == 0 || len(task.Labels) > maxLabel || len(examples) < 2 {
		return nil, errors.New("a model needs labels and examples")
	}
	w := new(workspace)
	var all grouped
	for _, e := range examples {
		is := make([]bool, len(task.Labels))
		for k, l := range task.Labels {
			for _, x := range e.Labels {
				is[k] = is[k] || x == l
			}
		}
		var group []example
		for _, p := range append([]Piece{{e.Text, e.Caps}}, e.Pieces...) {
			w.read(p.Text, p.Caps)
			group = append(group, example{w.reader.features(), is})
		}
		all = append(all, group)
	}
	return all, nil
}

// flat gives the examples that keep lets through, each with its pieces.
func (g grouped) flat(keep func(i int) bool) (all []example) {
	for i, group := range g {
		if keep == nil || keep(i) {
			all = append(all, group...)
		}
	}
	return all
}

// usual is the score from which a text has a label, before that is fitted; inner the folds in which it is.
const (
	usual = -.4
	inner = 5
)

// learnWhole learns from the examples that keep lets through: the weights from all of them, the score
// from which a text has a label from what models say that have learned without it.
func learnWhole(task Task, all grouped, examples []Example, keep func(int) bool) *Model {
	var at []int
	for i := range all {
		if keep == nil || keep(i) {
			at = append(at, i)
		}
	}
	scores := make([][]float64, len(at))
	is := make([][]bool, len(at))
	for k := range inner {
		without := map[int]bool{}
		for n := k; n < len(at); n += inner {
			without[at[n]] = true
		}
		m := learn(task, all.flat(func(i int) bool { return (keep == nil || keep(i)) && !without[i] }))
		for n := k; n < len(at); n += inner {
			scores[n] = m.Score(examples[at[n]].Text, examples[at[n]].Caps)
			is[n] = all[at[n]][0].is
		}
	}
	m := learn(task, all.flat(keep))
	m.from = thresholds(scores, is, m.parents)
	sum := sha256.Sum256(m.bytes())
	m.sum = hex.EncodeToString(sum[:4])
	return m
}

// thresholds finds the scores from which a text has a label, label by label, that give the best micro
// F1; what is far from usual must be worth it.
func thresholds(scores [][]float64, is [][]bool, parents []int) []float32 {
	from := make([]float32, len(parents))
	for k := range from {
		from[k] = usual
	}
	for range 3 {
		for k, p := range parents {
			if p >= 0 {
				continue
			}
			best, at := -1.0, float32(usual)
			for step := -9; step <= 12; step++ {
				away := float64(step) * .05
				from[k] = float32(usual + away)
				f := microF1(scores, is, from, parents) - float64(.03*away)*away
				if f > best {
					best, at = f, from[k]
				}
			}
			from[k] = at
		}
	}
	return from
}

func microF1(scores [][]float64, is [][]bool, from []float32, parents []int) float64 {
	var t Tally
	for i, s := range scores {
		for k, has := range tell(s, from, parents) {
			if parents[k] >= 0 {
				continue
			}
			if has {
				t.Said++
			}
			if is[i][k] {
				t.There++
				if has {
					t.Right++
				}
			}
		}
	}
	return t.F1()
}

func learn(task Task, all []example) *Model {
	n := len(task.Labels)
	m := &Model{labels: task.Labels, bias: make([]float32, n), unit: make([]float32, n), from: make([]float32, n), weights: make([]byte, buckets*n)}
	for _, l := range task.Labels {
		parent := -1
		for k, p := range task.Labels {
			if p == task.Parent[l] {
				parent = k
			}
		}
		m.parents = append(m.parents, parent)
	}
	rare := rarity(all)
	for k := range n {
		l := fit(all, rare, k)
		most := 0.0
		for _, w := range l.w {
			most = max(most, math.Abs(w))
		}
		unit := float32(most / 127)
		if unit == 0 {
			unit = 1
		}
		m.bias[k], m.unit[k] = float32(l.bias), unit
		for b, w := range l.w {
			m.weights[b*n+k] = byte(int8(math.RoundToEven(w / float64(unit))))
		}
	}
	m.seal()
	return m
}

// Tally counts what a model told right.
type Tally struct {
	Label              string // "" for all labels together
	Right, Said, There int
}

// F1 is the harmonic mean of precision and recall.
func (t Tally) F1() float64 {
	if t.Right == 0 {
		return 0
	}
	return 2 * float64(t.Right) / float64(t.Said+t.There)
}

// Measure lets a model tell the labels without a parent of every example. The first Tally is that of
// all labels together (micro average).
func (m *Model) Measure(examples []Example) []Tally {
	told := make([][]bool, len(examples))
	for i, e := range examples {
		told[i] = m.Tell(m.Score(e.Text, e.Caps))
	}
	return m.tally(told, examples)
}

// CrossValidate learns as many models as folds, each without every folds-th example, and measures each
// on those that it has not seen.
func CrossValidate(task Task, examples []Example, folds int) ([]Tally, error) {
	all, err := ready(task, examples)
	if err != nil {
		return nil, err
	}
	told := make([][]bool, len(examples))
	var m *Model
	for k := range folds {
		m = learnWhole(task, all, examples, func(i int) bool { return i%folds != k })
		for i := k; i < len(examples); i += folds {
			told[i] = m.Tell(m.Score(examples[i].Text, examples[i].Caps))
		}
	}
	return m.tally(told, examples), nil
}

func (m *Model) tally(told [][]bool, examples []Example) []Tally {
	all := []Tally{{}}
	for k, l := range m.labels {
		if m.parents[k] >= 0 {
			continue
		}
		t := Tally{Label: l}
		for i, e := range examples {
			there := false
			for _, x := range e.Labels {
				there = there || x == l
			}
			if there {
				t.There++
			}
			if told[i][k] {
				t.Said++
				if there {
					t.Right++
				}
			}
		}
		all = append(all, t)
		all[0].Right, all[0].Said, all[0].There = all[0].Right+t.Right, all[0].Said+t.Said, all[0].There+t.There
	}
	return all
}
