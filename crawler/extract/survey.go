package extract

import "golang.org/x/net/html/atom"

// hints is what the page declares about its own kind, before its text is looked at.
type hints struct {
	article, product, list, forum, faq bool            // og:type and schema.org types
	path                               int             // segments of the address's path
	place                              cues            // what the words of that path hint at
	query, number                      bool            // the address has a query; a number of three digits or more
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
	sign     []uint64  // by block: hash of its place in the page's pattern
	heading  []int32   // by block: the heading above it, else -1
	before   []int32   // by block: words before it
	linkedTo []int32   // by block: linked words before it
	copies   []int32   // by block: how many blocks have the same text
	nth      []int32   // by block: how many of them stand before it
	outline  []int32   // by block: the heading above it that its own heading belongs under, else -1
	rank     []int32   // by block: how many blocks of its place in the pattern stand before it
	sums     []mixture // by block: of what stands before it
	running  float32   // words in blocks that look like sentences
	prices   float32
	facts    []float32 // numbers of the whole page
}

// mixture counts blocks of some kinds.
type mixture struct{ prices, headings, ended, times, hidden float32 }

func (s *survey) mixtureOf(from, to int32) mixture {
	a, b := &s.sums[from], &s.sums[to]
	return mixture{b.prices - a.prices, b.headings - a.headings, b.ended - a.ended, b.times - a.times, b.hidden - a.hidden}
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
	s.outline, s.rank, s.sums = make([]int32, nb), make([]int32, nb), make([]mixture, nb+1)
	levels := [7]int32{-1, -1, -1, -1, -1, -1, -1} // the last heading of each level that is still open
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
		level := b.headline
		if level == 0 && heading >= 0 {
			level = p.blocks[heading].headline
		}
		s.outline[i] = -1
		for k := level - 1; k > 0 && s.outline[i] < 0; k-- {
			s.outline[i] = levels[k]
		}
		sum := s.sums[i]
		if b.headline > 0 {
			heading = int32(i)
			levels[b.headline] = heading
			for k := b.headline + 1; k < 7; k++ {
				levels[k] = -1
			}
			sum.headings++
		}
		if l.price {
			s.prices++
			sum.prices++
		}
		if l.ended && b.words > 4 {
			sum.ended++
		}
		if b.times {
			sum.times++
		}
		if p.elements[b.element].hidden {
			sum.hidden += float32(b.words)
		}
		s.sums[i+1] = sum
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
		s.rank[i] = int32(a.blocks)
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
	s.factsOfPage()
	return s
}

// placeCues are the cues that matter in an address and in the names of <body>.
const placeCues = cueContent | cueProduct | cueForum | cueDoc | cueList | cueTags | cueReview | cueSearch | cueAuthor | cueMain

// factsOfPage puts into numbers what tells one kind of page from another.
func (s *survey) factsOfPage() {
	n, total := float32(len(s.blocks)), float32(s.before[len(s.blocks)])
	var images, inputs, forms, paragraphs, entries, articles float32
	body := cues(0)
	for i := range s.elements {
		e := &s.elements[i]
		switch e.node.DataAtom {
		case atom.Img, atom.Picture:
			images++
		case atom.Input, atom.Select:
			inputs++
		case atom.Form:
			forms++
		case atom.Article:
			articles++
		case atom.P:
			paragraphs += float32(e.words)
		case atom.Li:
			entries += float32(e.words)
		case atom.Body:
			body = nameCues(clip(attr(e.node, "class"), 1000)) | nameCues(clip(attr(e.node, "id"), 100))
		}
	}
	var repeated, largest alike
	for i := range s.blocks {
		if a := s.same[s.sign[i]]; s.rank[i] == 0 && a.blocks >= 5 {
			plain := a.words - a.linked
			repeated.blocks += a.blocks
			repeated.words += a.words
			repeated.linked += a.linked
			if largest.words-largest.linked < plain {
				largest = *a
			}
		}
	}
	var levels [7]float32
	var says, running, short float32
	for i := range s.blocks {
		b := &s.blocks[i]
		levels[b.headline]++
		if b.words < 5 {
			short++
		}
		if s.looks[i].says&cuePrice != 0 && b.words < 6 {
			says++
		}
		if b.words >= 25 {
			running++
		}
	}
	all := &s.sums[len(s.blocks)]
	s.facts = append(make([]float32, 0, 40), ratio(s.running, total), ratio(s.prices, n), images, inputs, forms, articles,
		ratio(paragraphs, total), ratio(entries, total), ratio(repeated.words, total), ratio(repeated.linked, repeated.words),
		ratio(largest.words, total), largest.blocks, ratio(largest.words, largest.blocks), levels[1], levels[2], levels[3], levels[4],
		says, running, ratio(short, n), ratio(all.hidden, total), all.times, ratio(all.ended, n), yes(s.hints.query), yes(s.hints.number))
	for k := range cueCount {
		if placeCues>>k&1 == 1 {
			s.facts = append(s.facts, float32(s.hints.place>>k&1)*2+float32(body>>k&1))
		}
	}
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
