package linear

import "encoding/binary"

// Rows is a table of weights: for each bucket a row of as many signed bytes, one after the other. It may be used by many
// goroutines, which do not change the bytes.
type Rows struct {
	bytes []byte
	width int
}

// NewRows makes a table of rows of so many bytes, one at least. The bytes are not copied.
func NewRows(bytes []byte, width int) Rows { return Rows{bytes, width} }

// add adds the row of a bucket, times x, to sums, which has an entry for each weight of a row.
func (r Rows) add(sums []int64, at uint32, x int64) {
	row := r.bytes[int(at)*r.width:][:len(sums)]
	for k := range sums {
		sums[k] += x * int64(int8(row[k]))
	}
}

const (
	lane    = 8      // weights that are added up together
	mostSum = 1 << 8 // rows whose weights fit in 16 bits together
	evens   = 0x00ff00ff_00ff00ff
	biased  = 0x80808080_80808080 // turns signed bytes into bytes that are 128 more
)

// Tally adds up the rows of the buckets of a text, those that were met as often together. It is reused, and not for concurrent use.
type Tally struct {
	at [mostAlike][]uint32 // by how often they were met
	x  [mostAlike]int64    // what each of these counts
}

const mostAlike = 4

// Add adds the row of a bucket that was met n times and counts x, as all that were met as often do, to sums, now or in Sum.
func (t *Tally) Add(rows Rows, sums []int64, at uint32, n uint8, x int64) {
	if n == 0 || n > mostAlike {
		rows.add(sums, at, x)
		return
	}
	t.at[n-1], t.x[n-1] = append(t.at[n-1], at), x
}

// Sum adds to sums what waits, and forgets it.
func (t *Tally) Sum(rows Rows, sums []int64) {
	for n := range t.at {
		rows.addAll(sums, t.at[n], t.x[n])
		t.at[n] = t.at[n][:0]
	}
}

// addAll is add for buckets that all count the same, the weights added up first: most buckets of a text are met once.
func (r Rows) addAll(sums []int64, at []uint32, x int64) {
	if r.width < lane {
		for _, b := range at {
			r.add(sums, b, x)
		}
		return
	}
	for len(at) > 0 {
		some := at[:min(len(at), mostSum)]
		at = at[len(some):]
		for from := 0; from < r.width; from += lane {
			first := min(from, r.width-lane) // the last eight may share weights with those before them
			even, odd := uint64(0), uint64(0)
			for _, b := range some {
				w := binary.LittleEndian.Uint64(r.bytes[int(b)*r.width+first:]) ^ biased
				even += w & evens
				odd += w >> 8 & evens
			}
			for k := from; k < min(from+lane, r.width); k++ {
				sum := even
				if (k-first)%2 == 1 {
					sum = odd
				}
				sum = sum >> ((k - first) / 2 * 16) & 0xffff
				sums[k] += x * (int64(sum) - 128*int64(len(some)))
			}
		}
	}
}
