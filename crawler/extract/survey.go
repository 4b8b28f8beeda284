package extract

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// hints is what the page declares about its own kind, before its text is looked at.
type hints struct {
	article, product, list, forum, faq bool            // og:type and schema.org types
	path                               int             // segments of the address's path
	words                              map[string]bool // of the declared titles and descriptions
}

// look is what one block looks like by itself.
type look struct {
	chars, digits, capitals, stops, commas, sentences float32
	price, copyright, ended, question, colon          bool
	known                                             float32 // words that the declared title or description has too
	says                                              cues    // what the words of a short block hint at
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

// stops are the most frequent words of French and English: running text is full of them.
var stops = wordSet(`le la les de des du un une et est en que qui dans pour sur par au aux ce cette ces il elle
	nous vous ils elles se sa son ses ne pas plus ou où avec sont à être a été mais comme leur leurs notre nos votre
	vos tout tous on y si the of and to in is it that for was on are as with be at this have from or by not but they
	you we his her which their its an has had were will can all more when your our than been would there what if`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// saidCues are the cues that words of a short text can carry.
const saidCues = cueRelated | cueComment | cueShare | cueNewsletter | cueCookie | cueAd | cueLogin | cueAuthor |
	cueTags | cuePager | cueLegal | cueReview | cueProduct | cuePrice | cueFilter | cueSearch | cueToc | cueByline

// lookAt reads one block's text once.
func lookAt(s string, words int32, declared map[string]bool) look {
	var l look
	start, word, upper, counted := 0, false, false, 0
	var lower [24]byte
	finish := func(end int) {
		if !word {
			return
		}
		word = false
		if upper {
			l.capitals++
		}
		if counted++; counted > 40 || end-start > len(lower) {
			return
		}
		n := 0
		for i := start; i < end; i++ {
			c := s[i]
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			lower[n] = c
			n++
		}
		if n > 3 && declared[string(lower[:n])] {
			l.known++
		}
		if stops[string(lower[:n])] {
			l.stops++
		} else if words <= 10 {
			l.says |= cueWords[string(lower[:n])] & saidCues
		}
	}
	last := rune(0)
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		l.chars++
		switch {
		case '0' <= r && r <= '9':
			l.digits++
			if !word {
				start, word, upper = i, true, false
			}
		case 'a' <= r && r <= 'z' || r == '_':
			if !word {
				start, word, upper = i, true, false
			}
		case 'A' <= r && r <= 'Z':
			if !word {
				start, word, upper = i, true, true
			}
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			if !word {
				start, word, upper = i, true, unicode.IsUpper(r)
			}
		default:
			finish(i)
			switch r {
			case ',', ';':
				l.commas++
			case '.', '!', '?', '…':
				l.sentences++
			case '$', '€', '£':
				l.price = true
			case '©':
				l.copyright = true
			}
		}
		if r != ' ' && r != '"' && r != ')' && r != '»' && r != '”' && r != '\u00a0' {
			last = r
		}
		i += n
	}
	finish(len(s))
	switch last {
	case '.', '!', '…':
		l.ended = true
	case '?':
		l.ended, l.question = true, true
	case ':':
		l.colon = true
	}
	return l
}

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

func log(x float32) float32 { return float32(math.Log1p(float64(x))) }

func yes(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

func ratio(a, b float32) float32 {
	if b == 0 {
		return 0
	}
	return a / b
}

// describe puts what is known about block i into numbers, in a fixed order that the fitted model
// relies on, and appends them to f.
func (s *survey) describe(i int, f []float32) []float32 {
	b, l := &s.blocks[i], &s.looks[i]
	e := &s.elements[b.element]
	words := float32(b.words)
	total := float32(s.before[len(s.blocks)])

	// The block by itself.
	f = append(f, log(words), ratio(float32(b.linked), words), ratio(l.chars, words), ratio(l.digits, l.chars),
		ratio(l.capitals, words), ratio(l.stops, min(words, 40)), ratio(l.commas, words), ratio(l.sentences, words),
		yes(l.ended), yes(l.question), yes(l.colon), yes(l.price), yes(l.copyright), yes(b.times), float32(b.headline),
		float32(tagClass(e.node.DataAtom)), yes(e.hidden), float32(e.depth), ratio(l.known, min(words, 40)), float32(s.copies[i]), float32(s.nth[i]))

	// Where it stands.
	n := float32(len(s.blocks))
	before := float32(s.before[i])
	f = append(f, float32(i)/n, log(float32(i)), log(n-float32(i)), ratio(before, total), log(before), log(total-before))
	if s.first >= 0 {
		m := s.meet(b.element, s.blocks[s.first].element)
		f = append(f, signedLog(float32(int32(i)-s.first)), signedLog(float32(s.before[i]-s.before[s.first])),
			ratio(float32(s.elements[m].words), total), float32(e.depth-s.elements[m].depth))
	} else {
		f = append(f, -99, -99, -1, -1)
	}
	m := s.meet(b.element, s.top)
	f = append(f, ratio(float32(s.elements[m].words), total), float32(s.elements[s.top].depth-s.elements[m].depth),
		float32(e.depth-s.elements[m].depth), signedLog(float32(int32(i)-s.elements[s.top].from)), signedLog(float32(int32(i)-s.elements[s.top].to)))
	if h := s.heading[i]; h >= 0 {
		m := s.meet(b.element, s.blocks[h].element)
		f = append(f, log(float32(int32(i)-h)), float32(s.blocks[h].headline), float32(e.depth-s.elements[m].depth), log(float32(s.before[i]-s.before[h])))
	} else {
		f = append(f, -1, 0, -1, -1)
	}

	// Its neighbours.
	for _, d := range [...]int{-3, -2, -1, 1, 2, 3} {
		j := i + d
		if j < 0 || j >= len(s.blocks) {
			f = append(f, -1, -1, -1)
			continue
		}
		o := &s.blocks[j]
		f = append(f, log(float32(o.words)), ratio(float32(o.linked), float32(o.words)), ratio(s.looks[j].stops, min(float32(o.words), 40)))
	}
	for _, d := range [...]int{5, 15} {
		from, to := max(0, i-d), min(len(s.blocks), i+d+1)
		w := float32(s.before[to] - s.before[from])
		f = append(f, log(w), ratio(float32(s.linkedTo[to]-s.linkedTo[from]), w))
	}

	// What holds it, from the inside out.
	up := b.element
	for range 5 {
		if up < 0 {
			f = append(f, -1, -1, -1, -1)
			continue
		}
		u := &s.elements[up]
		w := float32(u.words)
		f = append(f, log(w), ratio(float32(u.linked), w), log(float32(u.to-u.from)), float32(s.likes[up]))
		up = u.parent
	}
	// The outermost element around it that is less than half of the page.
	part := b.element
	for up := b.element; up >= 0; up = s.elements[up].parent {
		if 2*float32(s.elements[up].words) < total {
			part = up
		}
	}
	u := &s.elements[part]
	w := float32(u.words)
	f = append(f, ratio(w, total), log(w), ratio(float32(u.linked), w), ratio(w, float32(u.to-u.from)), float32(u.from)/n, float32(u.to)/n, float32(s.likes[part]), float32(u.depth))
	// The nearest repeated element around it.
	for up = b.element; up >= 0 && s.likes[up] < 3; up = s.elements[up].parent {
	}
	if up >= 0 {
		u := &s.elements[up]
		w := float32(u.words)
		f = append(f, float32(s.likes[up]), log(w), ratio(float32(u.linked), w), log(float32(u.to-u.from)), float32(e.depth-u.depth))
	} else {
		f = append(f, 0, -1, -1, -1, -1)
	}
	a := s.same[s.sign[i]]
	f = append(f, log(a.blocks), log(a.words), ratio(a.linked, a.words), ratio(a.words, a.blocks), ratio(a.words, total))

	// The page.
	page := &s.elements[0]
	f = append(f, log(total), ratio(float32(page.linked), total), ratio(s.running, total), log(n), log(s.prices), yes(s.first >= 0),
		yes(s.hints.article), yes(s.hints.product), yes(s.hints.list), yes(s.hints.forum), yes(s.hints.faq), float32(s.hints.path))

	// What names say.
	near, above := s.nearCues[b.element], e.above
	for k := range cueCount {
		f = append(f, float32(near>>k&1)*2+float32(above>>k&1))
	}
	says, heads := l.says, cues(0)
	if h := s.heading[i]; h >= 0 {
		heads = s.looks[h].says
	}
	for k := range cueCount {
		if saidCues>>k&1 == 1 {
			f = append(f, float32(says>>k&1), float32(heads>>k&1))
		}
	}
	return f
}

func signedLog(x float32) float32 {
	if x < 0 {
		return -log(-x)
	}
	return log(x)
}

func tagClass(a atom.Atom) int {
	switch a {
	case atom.P:
		return 8
	case atom.Li:
		return 6
	case atom.Td, atom.Th, atom.Tr:
		return 5
	case atom.Dt, atom.Dd:
		return 5
	case atom.Pre, atom.Blockquote:
		return 7
	case atom.Figcaption, atom.Caption:
		return 4
	case atom.Button:
		return 1
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return 9
	case atom.Summary:
		return 3
	}
	return 2
}
