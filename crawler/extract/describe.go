package extract

import "golang.org/x/net/html/atom"

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
// relies on, and appends them to f. Only their order matters to its trees.
func (s *survey) describe(i int, f []float32) []float32 {
	b, l := &s.blocks[i], &s.looks[i]
	e := &s.elements[b.element]
	words := float32(b.words)
	total := float32(s.before[len(s.blocks)])

	// The block by itself.
	f = append(f, words, ratio(float32(b.linked), words), ratio(l.chars, words), ratio(l.digits, l.chars),
		ratio(l.capitals, words), ratio(l.stops, min(words, 40)), ratio(l.commas, words), ratio(l.sentences, words),
		yes(l.ended), yes(l.question), yes(l.colon), yes(l.price), yes(l.copyright), yes(b.times), float32(b.headline),
		float32(tagClass(e.node.DataAtom)), yes(e.hidden), float32(e.depth), ratio(l.known, min(words, 40)), float32(s.copies[i]), float32(s.nth[i]))

	// Where it stands.
	n := float32(len(s.blocks))
	before := float32(s.before[i])
	f = append(f, float32(i)/n, float32(i), n-float32(i), ratio(before, total), before, total-before)
	if s.first >= 0 {
		m := s.meet(b.element, s.blocks[s.first].element)
		f = append(f, float32(int32(i)-s.first), float32(s.before[i]-s.before[s.first]),
			ratio(float32(s.elements[m].words), total), float32(e.depth-s.elements[m].depth))
	} else {
		f = append(f, -1e9, -1e9, -1, -1)
	}
	m := s.meet(b.element, s.top)
	f = append(f, ratio(float32(s.elements[m].words), total), float32(s.elements[s.top].depth-s.elements[m].depth),
		float32(e.depth-s.elements[m].depth), float32(int32(i)-s.elements[s.top].from), float32(int32(i)-s.elements[s.top].to))
	if h := s.heading[i]; h >= 0 {
		m := s.meet(b.element, s.blocks[h].element)
		f = append(f, float32(int32(i)-h), float32(s.blocks[h].headline), float32(e.depth-s.elements[m].depth), float32(s.before[i]-s.before[h]))
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
		f = append(f, float32(o.words), ratio(float32(o.linked), float32(o.words)), ratio(s.looks[j].stops, min(float32(o.words), 40)))
	}
	for _, d := range [...]int{5, 15} {
		from, to := max(0, i-d), min(len(s.blocks), i+d+1)
		w := float32(s.before[to] - s.before[from])
		f = append(f, w, ratio(float32(s.linkedTo[to]-s.linkedTo[from]), w))
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
		f = append(f, w, ratio(float32(u.linked), w), float32(u.to-u.from), float32(s.likes[up]))
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
	f = append(f, ratio(w, total), w, ratio(float32(u.linked), w), ratio(w, float32(u.to-u.from)), float32(u.from)/n, float32(u.to)/n, float32(s.likes[part]), float32(u.depth))
	// The nearest repeated element around it.
	for up = b.element; up >= 0 && s.likes[up] < 3; up = s.elements[up].parent {
	}
	if up >= 0 {
		u := &s.elements[up]
		w := float32(u.words)
		f = append(f, float32(s.likes[up]), w, ratio(float32(u.linked), w), float32(u.to-u.from), float32(e.depth-u.depth))
	} else {
		f = append(f, 0, -1, -1, -1, -1)
	}
	a := s.same[s.sign[i]]
	f = append(f, a.blocks, a.words, ratio(a.linked, a.words), ratio(a.words, a.blocks), ratio(a.words, total))

	f = append(f, float32(s.rank[i]))
	// What the elements around it are made of.
	mix := func(from, to int32) {
		t, k := s.mixtureOf(from, to), float32(to-from)
		f = append(f, ratio(t.prices, k), ratio(t.headings, k), ratio(t.ended, k), ratio(t.times, k), ratio(t.hidden, float32(s.before[to]-s.before[from])))
	}
	mix(u.from, u.to)
	mix(max(0, int32(i)-4), min(int32(len(s.blocks)), int32(i)+5))
	if up >= 0 {
		u := &s.elements[up]
		mix(u.from, u.to)
		u = &s.elements[max(0, u.parent)]
		mix(u.from, u.to)
		f = append(f, ratio(float32(u.words), total), float32(u.from)/n, float32(u.to)/n, ratio(float32(int32(i)-u.from), float32(u.to-u.from)))
	} else {
		f = append(f, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1)
	}
	if h := s.outline[i]; h >= 0 {
		f = append(f, float32(s.blocks[h].headline), float32(int32(i)-h))
	} else {
		f = append(f, 0, -1)
	}
	f = append(f, s.facts...)

	// The page.
	page := &s.elements[0]
	f = append(f, total, ratio(float32(page.linked), total), ratio(s.running, total), n, s.prices, yes(s.first >= 0),
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
	over := cues(0)
	if h := s.outline[i]; h >= 0 {
		over = s.looks[h].says
	}
	for k := range cueCount {
		if saidCues>>k&1 == 1 {
			f = append(f, float32(says>>k&1), float32(heads>>k&1)*2+float32(over>>k&1))
		}
	}
	return f
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
