package twins

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// Text is what Cluster knows of a text. Equal texts should be given once, with all that is known of
// them.
type Text struct {
	Signature Signature
	Shingles  int    // different ones, as Sign counted them
	Language  string // "" when it is not known
	Page      bool   // it stands on a page
	Document  bool   // it stands in a PDF or another document
	Public    bool   // everybody can read it
	Inside    bool   // it stands where not everybody can read it
}

// Options steer Cluster.
type Options struct {
	// Threshold is the Jaccard index from which two texts are one, above 0 and at most 1.
	Threshold float64
	// Shingles gives the shingles of a text, as the function Shingles does. It is asked where two signatures
	// leave a doubt; nil, of all or of one text, leaves the doubt to the signatures.
	Shingles func(i int) ([]uint64, error)
}

// Public says that what a text says stands on a public site too.
type Public struct {
	Text  int     // the public text; -1 for none
	Share float64 // of the shingles of the inside text that stand in it, 0 to 1
}

// Clusters is what Cluster found.
type Clusters struct {
	Group  []int    // for each text the first text of its group: itself when it stands alone
	Public []Public // for each text that stands inside alone, where most of it is public
}

// Texts of which one is a page and the other a document are one when that share of the shorter stands in
// the longer, and it is not much shorter: headers, footers and notes of a PDF are not on its page.
const leastSize = 2.0 / 3

// sameTongue is the Jaccard index from which texts in two languages are one all the same: then one was
// never translated. Below it, what they share are names, figures and code.
const sameTongue = .95

// Cluster groups texts that say the same and finds for those inside a public one that says it too.
// Groups are the connected components of likeness: a text is in a group when it is like one of it. The
// same texts in the same order always give the same. Memory is about 400
// bytes a text, time grows a little faster than their number.
func Cluster(ctx context.Context, texts []Text, o Options) (Clusters, error) {
	c := &clusterer{texts: texts, o: o, parent: make([]int, len(texts))}
	for i := range c.parent {
		c.parent[i] = i
	}
	if err := c.eachBand(ctx, rowsFor(o.Threshold), crowd, c.alike); err != nil {
		return Clusters{}, err
	}
	if c.mixed() {
		c.inside = make([]places, len(texts))
		if err := c.eachBand(ctx, crossRows, crossCrowd, c.across); err != nil {
			return Clusters{}, err
		}
	}
	if err := c.settle(ctx); err != nil {
		return Clusters{}, err
	}
	return c.clusters(ctx)
}

// rowsFor is how many bytes of a signature make the key of a band: as many as leave a pair at the
// threshold one chance in ten thousand to share no band.
func rowsFor(threshold float64) int {
	for rows := 16; rows > 2; rows-- {
		if math.Pow(1-math.Pow(threshold, float64(rows)), float64(slots/rows)) < 1e-4 {
			return rows
		}
	}
	return 2
}

// crossRows finds pairs of which a large part of one stands in the other: at a Jaccard index of .45, as
// of a page and a PDF half as long again, one pair in 3,000 is missed, and at .25 one in four.
const crossRows = 3

type clusterer struct {
	texts   []Text
	o       Options
	parent  []int          // of the forest of groups
	doubted map[int][]pair // pairs that only their shingles can tell, by each of the two
	inside  []places       // for each text that stands inside alone: the public ones most like it
	cache   shingleCache
}

// pair is two texts with a first below b, and how alike their signatures are.
type pair struct {
	a, b     int
	likeness float64
}

// Bounds that keep a family of thousands of half-alike texts from costing the square of its number.
const (
	mostDoubts = 24   // pairs of one text that are looked at closer: the likeliest
	crowd      = 1024 // texts that share a band are all compared; more are first told apart by the next bytes
	crossCrowd = 192
	deepest    = 32 // bytes by which a crowd is told apart
	mostPlaces = 4
)

// eachBand calls visit with all texts that have the same bytes in one band, for each band.
func (c *clusterer) eachBand(ctx context.Context, rows, limit int, visit func(same []int)) error {
	order := make([]keyed, 0, len(c.texts))
	same := make([]int, 0, 64)
	for first := 0; first+rows <= slots; first += rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		order = order[:0]
		for i := range c.texts {
			if c.texts[i].Shingles > 0 {
				order = append(order, keyed{c.key(i, first, rows), i})
			}
		}
		c.visitEqual(order, first+rows, first+rows+deepest, limit, &same, visit)
	}
	return nil
}

type keyed struct {
	key uint64
	i   int
}

// key joins the bytes of a signature from first on, around its end.
func (c *clusterer) key(i, first, rows int) uint64 {
	key := uint64(0)
	for r := range rows {
		key = key*0x100000001B3 ^ uint64(c.texts[i].Signature.slot((first+r)%slots))
	}
	return mix(key)
}

// visitEqual sorts by key and visits the runs of equal keys; a crowd is cut finer by the bytes that
// follow, until these are used up.
func (c *clusterer) visitEqual(order []keyed, next, last, limit int, same *[]int, visit func([]int)) {
	slices.SortFunc(order, func(a, b keyed) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return a.i - b.i
	})
	for lo := 0; lo < len(order); {
		hi := lo + 1
		for hi < len(order) && order[hi].key == order[lo].key {
			hi++
		}
		if n := hi - lo; n > limit && next < last {
			finer := slices.Clone(order[lo:hi])
			for k := range finer {
				finer[k].key = c.key(finer[k].i, next, 1)
			}
			c.visitEqual(finer, next+1, last, limit, same, visit)
		} else if n > 1 {
			for start := lo; start < hi; start += limit {
				*same = (*same)[:0]
				if start > lo {
					*same = append(*same, order[lo].i) // what joins the parts of a crowd that cannot be told apart
				}
				for _, k := range order[start:min(hi, start+limit)] {
					*same = append(*same, k.i)
				}
				visit(*same)
			}
		}
		lo = hi
	}
}

// alike joins the texts of one band that are one, and notes those that may be.
func (c *clusterer) alike(same []int) {
	for k, b := range same {
		for _, a := range same[:k] {
			if c.find(a) == c.find(b) {
				continue
			}
			j := Likeness(&c.texts[a].Signature, &c.texts[b].Signature)
			t := c.threshold(a, b)
			d := doubt(t)
			switch {
			case j >= t+d && c.o.Shingles != nil, j >= t && c.o.Shingles == nil:
				c.join(a, b)
			case j >= t-d && c.o.Shingles != nil:
				c.note(pair{a, b, j})
			}
		}
	}
}

// threshold is the Jaccard index from which two texts are one.
func (c *clusterer) threshold(a, b int) float64 {
	if la, lb := c.texts[a].Language, c.texts[b].Language; la != lb && la != "" && lb != "" {
		return max(c.o.Threshold, sameTongue)
	}
	return c.o.Threshold
}

// mixed tells whether there are pages and documents, or public and other texts, to be held against
// each other.
func (c *clusterer) mixed() bool {
	var page, document, public, inside bool
	for i := range c.texts {
		t := &c.texts[i]
		page, document, public, inside = page || t.Page, document || t.Document, public || t.Public, inside || t.Inside
	}
	return page && document || public && inside
}

// across looks at the texts of one band for pages and documents of the same text, and for inside texts
// that are public too.
func (c *clusterer) across(same []int) {
	for k, b := range same {
		for _, a := range same[:k] {
			twins, leak := c.formats(a, b), c.reach(a, b)
			if !twins && !leak {
				continue
			}
			j := Likeness(&c.texts[a].Signature, &c.texts[b].Signature)
			high := min(1, j+doubt(max(j, .1)))
			if twins && c.find(a) != c.find(b) && c.contained(a, b, high) {
				if low := j - doubt(max(j, .1)); c.o.Shingles == nil && c.contained(a, b, j) || c.o.Shingles != nil && low > 0 && c.contained(a, b, low) {
					c.join(a, b)
				} else if c.o.Shingles != nil {
					c.note(pair{a, b, j})
				}
			}
			if leak {
				in, out := a, b
				if c.texts[a].Public {
					in, out = b, a
				}
				if shareOf(high, c.texts[in].Shingles, c.texts[out].Shingles) >= c.o.Threshold {
					c.inside[in].add(place{out, shareOf(j, c.texts[in].Shingles, c.texts[out].Shingles)})
				}
			}
		}
	}
}

// formats tells whether one of two texts is a page's and the other a document's.
func (c *clusterer) formats(a, b int) bool {
	x, y := &c.texts[a], &c.texts[b]
	return (x.Page && y.Document || x.Document && y.Page) &&
		float64(min(x.Shingles, y.Shingles)) >= leastSize*float64(max(x.Shingles, y.Shingles))
}

// reach tells whether one of two texts stands inside alone and the other is public.
func (c *clusterer) reach(a, b int) bool {
	x, y := &c.texts[a], &c.texts[b]
	return x.Public != y.Public
}

// contained tells whether enough of the shorter of two texts stands in the longer, at this Jaccard index.
func (c *clusterer) contained(a, b int, jaccard float64) bool {
	x, y := c.texts[a].Shingles, c.texts[b].Shingles
	return shareOf(jaccard, min(x, y), max(x, y)) >= c.threshold(a, b)
}

// note keeps a pair in doubt, at both its texts, if it is among their likeliest.
func (c *clusterer) note(p pair) {
	if c.doubted == nil {
		c.doubted = map[int][]pair{}
	}
	for _, i := range [2]int{p.a, p.b} {
		kept := c.doubted[i]
		at, found := slices.BinarySearchFunc(kept, p, likelier)
		if found || at == mostDoubts {
			continue
		}
		kept = slices.Insert(kept, at, p)
		c.doubted[i] = kept[:min(len(kept), mostDoubts)]
	}
}

func likelier(x, y pair) int {
	return cmp.Or(cmp.Compare(y.likeness, x.likeness), x.a-y.a, x.b-y.b)
}

// settle decides the pairs in doubt by their shingles, the likeliest first. Which texts end up in one
// group does not depend on that order, only how many need to be looked at.
func (c *clusterer) settle(ctx context.Context) error {
	var all []pair
	for i, kept := range c.doubted {
		for _, p := range kept {
			if p.a == i || !slices.Contains(c.doubted[p.a], p) {
				all = append(all, p)
			}
		}
	}
	c.doubted = nil
	slices.SortFunc(all, func(x, y pair) int { return cmp.Or(x.a-y.a, x.b-y.b) }) // neighbours share a text: its shingles are at hand
	for n, p := range all {
		if n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if c.find(p.a) == c.find(p.b) {
			continue
		}
		one, err := c.one(p.a, p.b)
		if err != nil {
			return err
		}
		if one {
			c.join(p.a, p.b)
		}
	}
	return nil
}

// one decides by the shingles whether two texts are one.
func (c *clusterer) one(a, b int) (bool, error) {
	common, x, y, err := c.common(a, b)
	if err != nil {
		return false, err
	}
	t := c.threshold(a, b)
	if x == 0 || y == 0 { // a text that was not kept
		return Likeness(&c.texts[a].Signature, &c.texts[b].Signature) >= t, nil
	}
	if Jaccard(common, x, y) >= t {
		return true, nil
	}
	return c.formats(a, b) && float64(common) >= t*float64(min(x, y)), nil
}

func (c *clusterer) common(a, b int) (common, x, y int, err error) {
	sa, err := c.cache.get(a, c.o.Shingles)
	if err != nil {
		return 0, 0, 0, err
	}
	sb, err := c.cache.get(b, c.o.Shingles)
	if err != nil {
		return 0, 0, 0, err
	}
	return Common(sa, sb), len(sa), len(sb), nil
}

// clusters writes down the groups and, for each text that stands inside alone, its best public place.
func (c *clusterer) clusters(ctx context.Context) (Clusters, error) {
	out := Clusters{Group: make([]int, len(c.texts)), Public: make([]Public, len(c.texts))}
	for i := range c.texts {
		out.Group[i], out.Public[i] = c.find(i), Public{Text: -1}
		if c.inside == nil {
			continue
		}
		if i%256 == 0 && ctx.Err() != nil {
			return out, ctx.Err()
		}
		for _, p := range c.inside[i] {
			if c.o.Shingles != nil {
				common, mine, _, err := c.common(i, p.text)
				if err != nil {
					return out, err
				}
				p.share = float64(common) / float64(max(mine, 1))
			}
			if p.share >= c.o.Threshold && p.share > out.Public[i].Share {
				out.Public[i] = Public{p.text, p.share}
			}
		}
	}
	return out, nil
}

// find gives the first text of the group of i.
func (c *clusterer) find(i int) int {
	for c.parent[i] != i {
		c.parent[i] = c.parent[c.parent[i]]
		i = c.parent[i]
	}
	return i
}

// join makes one group of two; its root is its first text.
func (c *clusterer) join(a, b int) {
	a, b = c.find(a), c.find(b)
	c.parent[max(a, b)] = min(a, b)
}

// place is a public text and the share of an inside text that stands in it.
type place struct {
	text  int
	share float64
}

// places are the best few, the best first.
type places []place

func (p *places) add(at place) {
	k, found := slices.BinarySearchFunc(*p, at, func(x, y place) int { return cmp.Or(cmp.Compare(y.share, x.share), x.text-y.text) })
	if found || k == mostPlaces {
		return
	}
	*p = slices.Insert(*p, k, at)
	*p = (*p)[:min(len(*p), mostPlaces)]
}

// shingleCache keeps the shingles of the texts that were looked at last: 16 MB.
type shingleCache struct {
	sets  map[int][]uint64
	queue []int
	held  int
}

const mostHeld = 2 << 20 // shingles

func (s *shingleCache) get(i int, read func(int) ([]uint64, error)) ([]uint64, error) {
	if set, ok := s.sets[i]; ok {
		return set, nil
	}
	set, err := read(i)
	if err != nil {
		return nil, err
	}
	if s.sets == nil {
		s.sets = map[int][]uint64{}
	}
	s.sets[i] = set
	s.queue = append(s.queue, i)
	for s.held += len(set); s.held > mostHeld && len(s.queue) > 1; {
		old := s.queue[0]
		s.queue = s.queue[1:]
		s.held -= len(s.sets[old])
		delete(s.sets, old)
	}
	return set, nil
}
