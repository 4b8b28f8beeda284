package extract

// hints is what the page declares about its own kind, before its text is looked at.
type hints struct {
	article, product, list, forum, faq bool            // og:type and schema.org types
	path                               int             // segments of the address's path
	words                              map[string]bool // of the declared titles and descriptions
}

// survey is what the blocks are judged from: the tables and some sums over the whole page.
type survey struct {
	*page
	hints    hints
	looks    []look
	top      int32 // the element around which running text is densest
	first    int32 // block of the first <h1>, else -1
	likes    []int32
	nearCues []cues // by element: cues of itself, its parent and its parent's parent
	same     map[uint64]*alike
	sign     []uint64 // by block: hash of its place in the page's pattern
	heading  []int32  // by block: the heading above it, else -1
	before   []int32  // by block: words before it
	linkedTo []int32  // by block: linked words before it
	copies   []int32  // by block: how many blocks have the same text
	nth      []int32  // by block: how many of them stand before it
	running  float32  // words in blocks that look like sentences
	prices   float32
}

// alike sums the blocks that sit at the same place of a repeated pattern.
type alike struct{ blocks, words, linked float32 }

// surveyOf looks at every block and at how they stand to each other.
func surveyOf(p *page, h hints) *survey {
	nb, ne := len(p.blocks), len(p.elements)
	s := &survey{page: p, hints: h, first: -1, looks: make([]look, nb), likes: make([]int32, ne), nearCues: make([]cues, ne),
		same: make(map[uint64]*alike, nb), sign: make([]uint64, nb), heading: make([]int32, nb), before: make([]int32, nb+1), linkedTo: make([]int32, nb+1)}
	names := make([]uint64, ne) // hash of tag and class
	type family struct {
		parent int32
		name   uint64
	}
	families := make(map[family]int32, ne/2)
	for i := range p.elements {
		e := &p.elements[i]
		if e.to == e.from { // nothing to judge in there
			continue
		}
		h := uint64(e.node.DataAtom)*0x9e3779b97f4a7c15 + 1
		h = hashString(h, attr(e.node, "class"))
		names[i] = h
		families[family{e.parent, h}]++
		near := e.cues
		if e.parent >= 0 {
			up := &p.elements[e.parent]
			near |= up.cues
			if up.parent >= 0 {
				near |= p.elements[up.parent].cues
			}
		}
		s.nearCues[i] = near
	}
	for i := range p.elements {
		if e := &p.elements[i]; e.to > e.from {
			s.likes[i] = families[family{e.parent, names[i]}]
		}
	}
	score := make([]float32, ne)
	heading := int32(-1)
	s.copies, s.nth = make([]int32, nb), make([]int32, nb)
	prints, counts := make([]uint64, nb), make(map[uint64]int32, nb)
	for i := range p.blocks {
		b := &p.blocks[i]
		prints[i] = hashString(14695981039346656037, p.textOf(b))
		s.nth[i] = counts[prints[i]]
		counts[prints[i]]++
		l := lookAt(p.textOf(b), b.words, h.words)
		s.looks[i] = l
		s.before[i+1], s.linkedTo[i+1] = s.before[i]+b.words, s.linkedTo[i]+b.linked
		if s.first < 0 && b.headline == 1 {
			s.first = int32(i)
		}
		s.heading[i] = heading
		if b.headline > 0 {
			heading = int32(i)
		}
		if l.price {
			s.prices++
		}
		at := b.element
		g := names[at]
		for up, k := p.elements[at].parent, 0; up >= 0 && k < 3; up, k = p.elements[up].parent, k+1 {
			g = g*0x100000001b3 ^ names[up]
		}
		s.sign[i] = g
		a := s.same[g]
		if a == nil {
			a = &alike{}
			s.same[g] = a
		}
		a.blocks++
		a.words += float32(b.words)
		a.linked += float32(b.linked)
		plain := float32(b.words - b.linked)
		if b.headline > 0 || plain < 8 || p.elements[at].hidden || l.sentences+l.commas == 0 {
			continue
		}
		s.running += plain
		for up, k := p.elements[at].parent, float32(1); up >= 0 && k <= 4; up, k = p.elements[up].parent, k+1 {
			score[up] += plain / k
		}
	}
	for i := range prints {
		s.copies[i] = counts[prints[i]]
	}
	best := float32(0)
	for i := range score {
		if sc := score[i]; sc > best {
			best, s.top = sc, int32(i)
		}
	}
	return s
}

func hashString(h uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return h
}

// meet is the lowest element that holds both.
func (p *page) meet(a, b int32) int32 {
	for a != b {
		if a < b {
			a, b = b, a
		}
		a = p.elements[a].parent // a comes later: it cannot hold b
		if a < 0 {
			return 0
		}
	}
	return a
}
