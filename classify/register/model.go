package register

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"sync"

	"filon/classify/linear"
)

// Model tells the labels of a text. It may be used by many goroutines.
//
// As bytes it is: a line of the labels, each with its parent after a dot or without; three float32
// for each label: its bias, the value of its weights' unit, the score from which a text has it; then one signed byte for each bucket and
// label, bucket by bucket.
type Model struct {
	labels  []string
	parents []int // of each label, -1 for none
	bias    []float32
	unit    []float32
	from    []float32
	weights []byte      // signed, of bucket b and label k: weights[b*len(labels)+k]
	rows    linear.Rows // of weights
	live    []uint64    // of each bucket, whether any of its weights is not zero
	sum     string      // eight digits of the SHA-256 of its bytes
}

const (
	magic    = "filon register model 2\n"
	maxLabel = 64
	child    = .3 // what the best of a label's children counts beside its own score
)

// Labels are what the model tells apart, a copy.
func (m *Model) Labels() []string { return append([]string(nil), m.labels...) }

// WriteTo implements io.WriterTo: the same model gives the same bytes.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	b := m.bytes()
	n, err := w.Write(b)
	return int64(n), err
}

func (m *Model) bytes() []byte {
	b := []byte(magic)
	var names []string
	for k, l := range m.labels {
		if p := m.parents[k]; p >= 0 {
			l += "." + m.labels[p]
		}
		names = append(names, l)
	}
	b = append(b, strings.Join(names, " ")+"\n"...)
	for k := range m.labels {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.bias[k]))
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.unit[k]))
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.from[k]))
	}
	return append(b, m.weights...)
}

func readModel(data []byte) (*Model, error) {
	sum := sha256.Sum256(data)
	m := &Model{sum: hex.EncodeToString(sum[:4])}
	rest, ok := strings.CutPrefix(string(data[:min(len(data), 4096)]), magic)
	line, _, end := strings.Cut(rest, "\n")
	if !ok || !end {
		return nil, errors.New("no register model")
	}
	index := map[string]int{}
	var parents []string
	for _, name := range strings.Fields(line) {
		label, parent, _ := strings.Cut(name, ".")
		index[label] = len(m.labels)
		m.labels = append(m.labels, label)
		parents = append(parents, parent)
	}
	for _, p := range parents {
		k, ok := index[p]
		if !ok {
			k = -1
		}
		m.parents = append(m.parents, k)
	}
	n := len(m.labels)
	data = data[len(magic)+len(line)+1:]
	if n == 0 || n > maxLabel || len(data) != n*12+buckets*n {
		return nil, fmt.Errorf("a model of %d labels has %d bytes", n, len(data))
	}
	for k := range n {
		m.bias = append(m.bias, math.Float32frombits(binary.LittleEndian.Uint32(data[k*12:])))
		m.unit = append(m.unit, math.Float32frombits(binary.LittleEndian.Uint32(data[k*12+4:])))
		m.from = append(m.from, math.Float32frombits(binary.LittleEndian.Uint32(data[k*12+8:])))
	}
	m.weights = data[n*12:]
	m.seal()
	return m, nil
}

// seal notes which buckets have weights: most of what a text says was never met in the lessons.
func (m *Model) seal() {
	m.live = make([]uint64, buckets/64)
	n := len(m.labels)
	for i, w := range m.weights {
		if w != 0 {
			b := i / n
			m.live[b>>6] |= 1 << (b & 63)
		}
	}
	m.rows = linear.NewRows(m.weights, n)
}

var readers = sync.Pool{New: func() any { return new(workspace) }}

// workspace is what one reading needs.
type workspace struct {
	reader
	tally linear.Tally
	sums  [maxLabel]int64
}

// Score gives one score for each label: above 0 for a clear yes, about -1 for a clear no. low is the
// text in lower case without accents. A label with children counts the best of them beside itself.
func (m *Model) Score(low string, caps Capitals) []float64 {
	w := readers.Get().(*workspace)
	defer readers.Put(w)
	w.read(low, caps)
	return m.combine(m.sum64(w))
}

// fixed is the unit of the sums: whole numbers add up alike in any order and on any machine.
const fixed = 1 << 20

// sum64 adds up the weights of what was read, which it forgets.
func (m *Model) sum64(w *workspace) []float64 {
	n := len(m.labels)
	sums := w.sums[:n]
	clear(sums)
	for kind := range w.list {
		w.each(kind, func(at uint32, n uint8, x float64) {
			if m.live[at>>6]&(1<<(at&63)) != 0 {
				w.tally.Add(m.rows, sums, at, n, int64(x*fixed))
			}
		})
		w.tally.Sum(m.rows, sums)
	}
	scores := make([]float64, n)
	for k, s := range sums {
		scores[k] = float64(float64(s)/fixed*float64(m.unit[k])) + float64(m.bias[k])
	}
	return scores
}

func (m *Model) combine(own []float64) []float64 {
	scores := append([]float64(nil), own...)
	for k := range scores {
		best := math.Inf(-1)
		for c, p := range m.parents {
			if p == k {
				best = max(best, own[c])
			}
		}
		if !math.IsInf(best, -1) {
			scores[k] = float64((1-child)*own[k]) + float64(child*best)
		}
	}
	return scores
}

// Tell gives for each label without a parent whether the text has it: the one that is clearest always.
func (m *Model) Tell(scores []float64) []bool {
	return tell(scores, m.from, m.parents)
}

func tell(scores []float64, from []float32, parents []int) []bool {
	has, best, most := make([]bool, len(scores)), -1, 0.0
	for k, s := range scores {
		if parents[k] >= 0 {
			continue
		}
		over := s - float64(from[k])
		has[k] = over > 0
		if best < 0 || over > most {
			best, most = k, over
		}
	}
	if best >= 0 {
		has[best] = true
	}
	return has
}

// Registers gives the scores of the registers that filon knows, whatever the labels of the model.
func (m *Model) Registers(low string, caps Capitals) Scores {
	var s Scores
	for r := range s {
		s[r] = -1
	}
	for k, score := range m.Score(low, caps) {
		if r, ok := meaning[m.labels[k]]; ok {
			s[r] = max(s[r], math.Round(score*1000)/1000)
		}
	}
	return s
}
