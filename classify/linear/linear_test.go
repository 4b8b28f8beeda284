package linear

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSeparate: what can be told apart is, with features of one size and of several, and twice alike.
func TestSeparate(t *testing.T) {
	same := []Sample{{At: []uint32{0, 2}, Same: .7, Norm: .98}, {At: []uint32{1, 2}, Same: .7, Norm: .98}, {At: []uint32{0, 3}, Same: .7, Norm: .98}, {At: []uint32{1, 3}, Same: .7, Norm: .98}}
	each := []Sample{{At: []uint32{0, 2}, X: []float64{.6, .8}, Norm: 1}, {At: []uint32{1, 2}, X: []float64{.6, .8}, Norm: 1}, {At: []uint32{0, 3}, X: []float64{1, 0}, Norm: 1}, {At: []uint32{1, 3}, X: []float64{1, 0}, Norm: 1}}
	for name, samples := range map[string][]Sample{"same": same, "each": each} {
		is := func(i int) bool { return i%2 == 0 } // those with bucket 0
		learn := func() ([]float64, float64) {
			w := make([]float64, 4)
			return w, Separate(samples, is, w, rand.New(rand.NewPCG(1, 2)))
		}
		w, bias := learn()
		for i := range samples {
			if score := samples[i].dot(w) + bias; (score > 0) != is(i) {
				t.Errorf("%s: sample %d has %.2f", name, i, score)
			}
		}
		if again, other := learn(); !slices.Equal(w, again) || bias != other {
			t.Errorf("%s: learned twice, two machines", name)
		}
	}
}

func TestWhole(t *testing.T) {
	for v, want := range map[float64]int8{0: 0, .5: 16, -.5: -16, 99: 127, -99: -127, .015: 0, .016: 1} {
		if got := Whole(v, 32); got != want {
			t.Errorf("%v is %d, want %d", v, got, want)
		}
	}
}

func TestRows(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	for _, width := range []int{1, 7, 8, 11, 19, 45, 64} {
		bytes := make([]byte, 1000*width)
		for i := range bytes {
			bytes[i] = byte(draw.Uint32())
		}
		copy(bytes, slices.Repeat([]byte{0x80}, width)) // a row of the smallest weights
		copy(bytes[width:], slices.Repeat([]byte{0x7f}, width))
		rows := NewRows(bytes, width)
		for _, n := range []int{0, 1, 255, 256, 257, 900} {
			at := make([]uint32, n)
			for i := range at {
				at[i] = draw.Uint32N(1000)
			}
			if n == 256 {
				clear(at)
			}
			if n == 257 {
				for i := range at {
					at[i] = 1
				}
			}
			one, all := make([]int64, width), make([]int64, width)
			for _, b := range at {
				rows.add(one, b, -1<<40)
			}
			if rows.addAll(all, at, -1<<40); !slices.Equal(one, all) {
				t.Errorf("%d rows of %d: %v, one by one %v", n, width, all, one)
			}
			clear(one)
			clear(all)
			var tally Tally
			for i, b := range at {
				met := uint8(i % 6)
				rows.add(one, b, int64(met)*77)
				tally.Add(rows, all, b, met, int64(met)*77)
			}
			if tally.Sum(rows, all); !slices.Equal(one, all) {
				t.Errorf("%d rows of %d, tallied: %v, one by one %v", n, width, all, one)
			}
		}
	}
}
