package extract

import (
	_ "embed"
	"encoding/binary"
	"math"
)

// fitted is the model that tells main text from the rest: a sum of small decision trees over the
// numbers of survey.describe. TestFit writes it (see fit_test.go) from pages whose main text somebody wrote down.
//
//go:embed model.bin
var fitted []byte

var mainModel = readForest(fitted)

// forest is a sum of decision trees. Its zero value answers 0 for everything.
type forest struct {
	roots []int32
	nodes []split
}

// split is a question: left at or below the limit, else right, which is the node after left. When
// feature is negative it is an answer, the limit.
type split struct {
	limit   float32
	feature int16
	left    uint16 // from the root of the tree
}

// sum adds up the answers of all trees for one block: a logit.
func (f *forest) sum(x []float32) float32 {
	var total float32
	for k, root := range f.roots {
		end := len(f.nodes)
		if k+1 < len(f.roots) {
			end = int(f.roots[k+1])
		}
		tree := f.nodes[root:end]
		n := tree[0]
		for n.feature >= 0 {
			at := n.left
			if x[n.feature] > n.limit {
				at++
			}
			n = tree[at]
		}
		total += n.limit
	}
	return total
}

// The file, in little-endian 32-bit words: the number of trees and of nodes, the roots, and for each node its limit, then
// its feature and its left side in 16 bits each.
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
		at := 2 + trees + 2*i
		f.nodes[i] = split{math.Float32frombits(word(at)), int16(word(at + 1)), uint16(word(at+1) >> 16)}
	}
	return f
}

func (f *forest) bytes() []byte {
	add := binary.LittleEndian.AppendUint32
	raw := add(add(nil, uint32(len(f.roots))), uint32(len(f.nodes)))
	for _, r := range f.roots {
		raw = add(raw, uint32(r))
	}
	for _, n := range f.nodes {
		raw = add(add(raw, math.Float32bits(n.limit)), uint32(uint16(n.feature))|uint32(n.left)<<16)
	}
	return raw
}
