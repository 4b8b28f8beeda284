package classify

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// typeWeights turn evidence into chances. They are whole thousandths, so that a sum is the same on
// every machine.
type typeWeights struct {
	clue  [clueCount]int32
	bias  []int32 // of each type, in the order of types
	other int32   // of the type that no evidence speaks for
}

//go:embed type_weights.txt
var weightsText string

//go:embed type_prior.txt
var priorText string

var weights = mustWeigh(weightsText)

func mustWeigh(text string) *typeWeights {
	w, err := readWeights(text)
	if err != nil {
		panic(err) // the weights are part of the program
	}
	return w
}

// readWeights reads lines of the form "clue NAME N", "type ID N" and "other N"; # begins a comment.
func readWeights(text string) (*typeWeights, error) {
	w := &typeWeights{bias: make([]int32, len(types))}
	for n, line := range strings.Split(text, "\n") {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		v, err := strconv.ParseInt(f[len(f)-1], 10, 32)
		if err != nil {
			return nil, fmt.Errorf("type weights, line %d: %w", n+1, err)
		}
		switch {
		case f[0] == "other" && len(f) == 2:
			w.other = int32(v)
		case f[0] == "clue" && len(f) == 3 && slices.Contains(clueNames[:], f[1]):
			w.clue[slices.Index(clueNames[:], f[1])] = int32(v)
		case f[0] == "type" && len(f) == 3 && typeOf(f[1]).ID != Other:
			w.bias[typeIndex[f[1]]] = int32(v)
		default:
			return nil, fmt.Errorf("type weights, line %d: %q", n+1, line)
		}
	}
	return w, nil
}

// String is the text that readWeights reads.
func (w *typeWeights) String() string {
	var b strings.Builder
	for c, v := range w.clue {
		fmt.Fprintf(&b, "clue %s %d\n", clueNames[c], v)
	}
	for i, v := range w.bias {
		fmt.Fprintf(&b, "type %s %d\n", types[i].ID, v)
	}
	fmt.Fprintf(&b, "other %d\n", w.other)
	return b.String()
}

// chances gives the chance of each type and of none of them, of which the words say so much; together they are 1. A type that
// nothing speaks for has its bias, the manner of the text and its words alone.
func (w *typeWeights) chances(all []evidence, words int32) (chance []float64, other float64) {
	chance = make([]float64, len(all))
	none := int64(w.other)*100 + int64(words)*int64(w.clue[wordsOf])
	most := none
	sums := make([]int64, len(all))
	for i := range all {
		sum := int64(w.bias[i]) * 100
		for c, v := range all[i] {
			if v != 0 {
				sum += int64(v) * int64(w.clue[c])
			}
		}
		sums[i] = sum
		most = max(most, sum)
	}
	total := 0.0
	for i, s := range sums {
		chance[i] = power(s - most)
		total += chance[i]
	}
	other = power(none - most)
	total += other
	for i := range chance {
		chance[i] = round2(chance[i] / total)
	}
	return chance, round2(other / total)
}

// power is e to the n/100,000, for n up to 0, computed by squaring, so that every machine gets the same.
func power(n int64) float64 {
	if n < -3_000_000 {
		return 0
	}
	x := 1 + float64(n)/100_000/4096
	for range 12 {
		x = float64(x * x)
	}
	return x
}

func round2(x float64) float64 { return math.Round(x*100) / 100 }
