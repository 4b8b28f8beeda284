package extract

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// sample is one block to learn from: what describe says, the share of it that is main text, and how
// much it matters.
type sample struct {
	x    []float32
	y, w float32
}

// boosting says how a forest is grown (gradient boosting with logistic loss on histograms).
type boosting struct {
	trees, leaves  int
	rate, smooth   float64
	rows, features float64 // share of rows and features that each tree sees
	least          float64 // least weight of a leaf
}

const bins = 64

// binned is the samples with every number replaced by the bin that it falls into, row after row.
type binned struct {
	width  int
	cells  []uint8
	limits [][]float32
}

func (b *binned) row(i int) []uint8 { return b.cells[i*b.width : (i+1)*b.width] }

func binsOf(samples []sample) *binned {
	n, width := len(samples), len(samples[0].x)
	b := &binned{width: width, cells: make([]uint8, n*width), limits: make([][]float32, width)}
	each(width, func(k int) {
		var picked []float32
		for i := 0; i < n; i += max(1, n/20000) {
			picked = append(picked, samples[i].x[k])
		}
		slices.Sort(picked)
		distinct := slices.Compact(slices.Clone(picked))
		if len(distinct) > bins {
			cut := make([]float32, 0, bins)
			for i := 1; i < bins; i++ {
				cut = append(cut, picked[i*len(picked)/bins])
			}
			distinct = slices.Compact(cut)
		}
		b.limits[k] = distinct
	})
	each(2, func(half int) {
		for i := half * n / 2; i < (half+1)*n/2; i++ {
			row := b.row(i)
			for k, v := range samples[i].x {
				at, _ := slices.BinarySearch(b.limits[k], v) // first limit ≥ x
				row[k] = uint8(min(at, bins-1))
			}
		}
	})
	return b
}

// grow fits a forest. The same samples give the same forest.
func (o boosting) grow(samples []sample) forest {
	n := len(samples)
	rng := rand.New(rand.NewPCG(7, 11))
	b := binsOf(samples)
	score := make([]float64, n)
	g, h := make([]float32, n), make([]float32, n)
	var f forest
	for range o.trees {
		each(2, func(half int) {
			for i := half * n / 2; i < (half+1)*n/2; i++ {
				p := 1 / (1 + math.Exp(-score[i]))
				w := float64(samples[i].w)
				g[i], h[i] = float32(w*(float64(samples[i].y)-p)), float32(w*p*(1-p))
			}
		})
		rows := o.pick(rng, g, h)
		var use []int
		for k := range b.width {
			if len(b.limits[k]) > 1 && rng.Float64() < o.features {
				use = append(use, k)
			}
		}
		t := &tree{boosting: o, binned: b, use: use, g: g, h: h, forest: &f}
		root := t.grow(rows)
		f.roots = append(f.roots, root)
		each(2, func(half int) {
			for i := half * n / 2; i < (half+1)*n/2; i++ {
				row, at := b.row(i), root
				for node := &f.nodes[at]; node.feature >= 0; node = &f.nodes[at] {
					right := int32(0)
					if int32(row[node.feature]) > t.cuts[at-root] {
						right = 1
					}
					at = root + int32(node.left) + right
				}
				score[i] += float64(f.nodes[at].limit)
			}
		})
	}
	return f
}

// pick gives the rows that a tree sees: those that the trees before are most wrong about, and a sample of the others that
// stands for all of them.
func (o boosting) pick(rng *rand.Rand, g, h []float32) []int32 {
	n := len(g)
	sizes := make([]float32, 0, 5000)
	for i := 0; i < n; i += max(1, n/5000) {
		sizes = append(sizes, max(g[i], -g[i]))
	}
	slices.Sort(sizes)
	wrong := sizes[int(float64(len(sizes))*(1-o.rows/2))]
	keep := o.rows / 2 / (1 - o.rows/2)
	rows := make([]int32, 0, int(o.rows*float64(n))+1000)
	for i := range n {
		if max(g[i], -g[i]) >= wrong {
			rows = append(rows, int32(i))
		} else if rng.Float64() < keep {
			g[i], h[i] = g[i]/float32(keep), h[i]/float32(keep)
			rows = append(rows, int32(i))
		}
	}
	return rows
}

type bin struct{ g, h float32 }

// leaf is a leaf that may still be split.
type leaf struct {
	rows    []int32
	hist    []bin
	node    int32
	g, h    float64
	gain    float64
	feature int // in use
	cut     int
}

// tree is one tree while it grows.
type tree struct {
	boosting
	*binned
	use    []int
	g, h   []float32
	forest *forest
	cuts   []int32 // by node of this tree: the last bin that goes left
}

func (t *tree) build(rows []int32) *leaf {
	l := &leaf{rows: rows, hist: make([]bin, len(t.use)*bins)}
	each(2, func(half int) {
		from, to := half*len(t.use)/2, (half+1)*len(t.use)/2
		use, hist := t.use[from:to], l.hist[from*bins:to*bins]
		for _, r := range rows {
			row := t.row(int(r))
			g, h := t.g[r], t.h[r]
			for j, k := range use {
				b := &hist[j*bins+int(row[k])]
				b.g += g
				b.h += h
			}
		}
	})
	for _, r := range rows {
		l.g += float64(t.g[r])
		l.h += float64(t.h[r])
	}
	return l
}

func (t *tree) find(l *leaf) {
	l.gain = 0
	whole := l.g * l.g / (l.h + t.smooth)
	for j, k := range t.use {
		var lg, lh float64
		for c := range len(t.limits[k]) {
			b := &l.hist[j*bins+c]
			lg += float64(b.g)
			lh += float64(b.h)
			if lh < t.least || l.h-lh < t.least {
				continue
			}
			gain := lg*lg/(lh+t.smooth) + (l.g-lg)*(l.g-lg)/(l.h-lh+t.smooth) - whole
			if gain > l.gain+1e-9 {
				l.gain, l.feature, l.cut = gain, j, c
			}
		}
	}
}

func (t *tree) place(l *leaf) {
	l.node = int32(len(t.forest.nodes))
	t.forest.nodes = append(t.forest.nodes, split{feature: -1, limit: float32(t.rate * l.g / (l.h + t.smooth))})
	t.cuts = append(t.cuts, 0)
}

func (t *tree) grow(rows []int32) int32 {
	first := t.build(rows)
	t.find(first)
	t.place(first)
	open := []*leaf{first}
	for len(open) < t.leaves {
		best := 0
		for i := range open {
			if open[i].gain > open[best].gain {
				best = i
			}
		}
		l := open[best]
		if l.gain <= 0 {
			break
		}
		k := t.use[l.feature]
		var left, right []int32
		for _, r := range l.rows {
			if int(t.row(int(r))[k]) <= l.cut {
				left = append(left, r)
			} else {
				right = append(right, r)
			}
		}
		small, large, swapped := left, right, false
		if len(right) < len(left) {
			small, large, swapped = right, left, true
		}
		a := t.build(small)
		b := &leaf{rows: large, hist: l.hist, g: l.g - a.g, h: l.h - a.h}
		for j := range b.hist {
			b.hist[j].g -= a.hist[j].g
			b.hist[j].h -= a.hist[j].h
		}
		if swapped {
			a, b = b, a
		}
		t.find(a)
		t.find(b)
		t.place(a)
		t.place(b)
		t.forest.nodes[l.node] = split{feature: int16(k), limit: t.limits[k][l.cut], left: uint16(a.node - first.node)}
		t.cuts[l.node-first.node] = int32(l.cut)
		open[best] = a
		open = append(open, b)
	}
	return first.node
}

// each calls f for 0 to n-1 on two goroutines.
func each(n int, f func(i int)) {
	var wait sync.WaitGroup
	for part := range 2 {
		wait.Go(func() {
			for i := part; i < n; i += 2 {
				f(i)
			}
		})
	}
	wait.Wait()
}
