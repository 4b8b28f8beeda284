package extract

import (
	_ "embed"
	"encoding/binary"
	"math"
)

// fitted is the model that tells main text from the rest: a sum of small decision trees over the
// numbers of survey.describe. TestFit writes it (see fit_test.go) from pages whose main text
// somebody wrote down.
//
//go:embed model.bin
var fitted []byte

var mainModel = readForest(fitted)

// forest is a sum of decision trees. Its zero value answers 0 for everything.
type forest struct {
	roots []int32
	nodes []split
}

// split is a question, or, when feature is negative, an answer.
type split struct {
	feature     int32
	limit       float32 // go left at or below it; the answer of a leaf
	left, right int32
}

// sum adds up the answers of all trees for one block: a logit.
func (f *forest) sum(x []float32) float32 {
	var total float32
	for _, at := range f.roots {
		for {
			n := &f.nodes[at]
			if n.feature < 0 {
				total += n.limit
				break
			}
			if x[n.feature] <= n.limit {
				at = n.left
			} else {
				at = n.right
			}
		}
	}
	return total
}

// The file: the number of trees and of nodes, the roots, the nodes; little-endian 32-bit words.
func readForest(raw []byte) forest {
	if len(raw) < 8 {
		return forest{}
	}
	word := func(i int) uint32 { return binary.LittleEndian.Uint32(raw[4*i:]) }
	trees, nodes := int(word(0)), int(word(1))
	f := forest{roots: make([]int32, trees), nodes: make([]split, nodes)}
	for i := range f.roots {
		f.roots[i] = int32(word(2 + i))
	}
	for i := range f.nodes {
		at := 2 + trees + 4*i
		f.nodes[i] = split{int32(word(at)), math.Float32frombits(word(at + 1)), int32(word(at + 2)), int32(word(at + 3))}
	}
	return f
}

func (f *forest) bytes() []byte {
	raw := binary.LittleEndian.AppendUint32(nil, uint32(len(f.roots)))
	raw = binary.LittleEndian.AppendUint32(raw, uint32(len(f.nodes)))
	for _, r := range f.roots {
		raw = binary.LittleEndian.AppendUint32(raw, uint32(r))
	}
	for _, n := range f.nodes {
		for _, v := range [...]uint32{uint32(n.feature), math.Float32bits(n.limit), uint32(n.left), uint32(n.right)} {
			raw = binary.LittleEndian.AppendUint32(raw, v)
		}
	}
	return raw
}
