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
	x      []float32
	y, w   float32
	before float32 // answer of an earlier model, added to the sum
}

// boosting says how a forest is grown (gradient boosting with logistic loss on histograms).
type boosting struct {
	trees, leaves  int
	rate, smooth   float64
	rows, features float64 // share of rows and features that each tree sees
	least          float64 // least weight of a leaf
}

const bins = 64

// grow fits a forest. The same samples give the same forest.
func (o boosting) grow(samples []sample) forest {
	n, width := len(samples), len(samples[0].x)
	rng := rand.New(rand.NewPCG(7, 11))
	limits := make([][]float32, width)
	columns := make([][]uint8, width)
	each(width, func(k int) {
		var picked []float32
		for i := 0; i < n; i += max(1, n/20000) {
			picked = append(picked, samples[i].x[k])
		}
		slices.Sort(picked)
		distinct := slices.Compact(slices.Clone(picked))
		if len(distinct) > bins {
			cut := make([]float32, 0, bins)
			for b := 1; b < bins; b++ {
				cut = append(cut, picked[b*len(picked)/bins])
			}
			distinct = slices.Compact(cut)
		}
		limits[k] = distinct
		column := make([]uint8, n)
		for i := range samples {
			at, _ := slices.BinarySearch(distinct, samples[i].x[k]) // first limit ≥ x
			column[i] = uint8(min(at, bins-1))
		}
		columns[k] = column
	})
	score := make([]float64, n)
	for i := range samples {
		score[i] = float64(samples[i].before)
	}
	g, h := make([]float32, n), make([]float32, n)
	var f forest
	for range o.trees {
		for i := range samples {
			p := 1 / (1 + math.Exp(-score[i]))
			w := float64(samples[i].w)
			g[i], h[i] = float32(w*(float64(samples[i].y)-p)), float32(w*p*(1-p))
		}
		var rows []int32
		for i := range n {
			if rng.Float64() < o.rows {
				rows = append(rows, int32(i))
			}
		}
		var use []int
		for k := range width {
			if len(limits[k]) > 1 && rng.Float64() < o.features {
				use = append(use, k)
			}
		}
		root := o.tree(&f, rows, use, columns, limits, g, h)
		f.roots = append(f.roots, root)
		one := forest{roots: []int32{root}, nodes: f.nodes}
		half := n / 2
		var wait sync.WaitGroup
		for _, part := range [2][2]int{{0, half}, {half, n}} {
			wait.Go(func() {
				for i := part[0]; i < part[1]; i++ {
					score[i] += float64(one.sum(samples[i].x))
				}
			})
		}
		wait.Wait()
	}
	return f
}

type bin struct{ g, h float64 }

// leaf is a leaf that may still be split.
type leaf struct {
	rows    []int32
	hist    [][bins]bin
	node    int32
	g, h    float64
	gain    float64
	feature int
	cut     int
}

func (o boosting) tree(f *forest, rows []int32, use []int, columns [][]uint8, limits [][]float32, g, h []float32) int32 {
	build := func(rows []int32) *leaf {
		l := &leaf{rows: rows, hist: make([][bins]bin, len(use))}
		each(len(use), func(j int) {
			c, hist := columns[use[j]], &l.hist[j]
			for _, r := range rows {
				b := &hist[c[r]]
				b.g += float64(g[r])
				b.h += float64(h[r])
			}
		})
		for _, r := range rows {
			l.g += float64(g[r])
			l.h += float64(h[r])
		}
		return l
	}
	find := func(l *leaf) {
		l.gain = 0
		whole := l.g * l.g / (l.h + o.smooth)
		for j, k := range use {
			var lg, lh float64
			for c := range len(limits[k]) {
				lg += l.hist[j][c].g
				lh += l.hist[j][c].h
				if lh < o.least || l.h-lh < o.least {
					continue
				}
				gain := lg*lg/(lh+o.smooth) + (l.g-lg)*(l.g-lg)/(l.h-lh+o.smooth) - whole
				if gain > l.gain+1e-9 {
					l.gain, l.feature, l.cut = gain, j, c
				}
			}
		}
	}
	place := func(l *leaf) {
		l.node = int32(len(f.nodes))
		f.nodes = append(f.nodes, split{feature: -1, limit: float32(o.rate * l.g / (l.h + o.smooth))})
	}
	first := build(rows)
	find(first)
	place(first)
	open := []*leaf{first}
	for len(open) < o.leaves {
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
		k := use[l.feature]
		var left, right []int32
		for _, r := range l.rows {
			if int(columns[k][r]) <= l.cut {
				left = append(left, r)
			} else {
				right = append(right, r)
			}
		}
		small, swapped := left, false
		if len(right) < len(left) {
			small, swapped = right, true
		}
		a := build(small)
		b := &leaf{rows: left, hist: l.hist, g: l.g - a.g, h: l.h - a.h}
		if !swapped {
			b.rows = right
		}
		for j := range b.hist {
			for c := range b.hist[j] {
				b.hist[j][c].g -= a.hist[j][c].g
				b.hist[j][c].h -= a.hist[j][c].h
			}
		}
		if swapped {
			a, b = b, a
		}
		find(a)
		find(b)
		place(a)
		place(b)
		f.nodes[l.node] = split{feature: int32(k), limit: limits[k][l.cut], left: a.node, right: b.node}
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
