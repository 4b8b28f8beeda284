package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// keepMain marks the blocks that form the main text. Every block gets a probability from the fitted
// model; then the set is taken for which the expected F1 of words is highest: a page that is clear
// is cut sharply, one that is not keeps more.
func (p *page) keepMain(h hints) { p.keep(p.logits(h)) }

func (p *page) keep(logits []float32) {
	p.kept = make([]bool, len(p.blocks))
	if len(p.blocks) > 0 {
		choose(logits, p.blocks, p.kept)
		p.keepBetween()
		p.keepOnce(logits)
		p.dropFurniture()
		p.dropHeadings()
	}
}

// framing are the parts of a page around its main text, and what is only there for screen readers.
const framing = tagNav | tagFooter | cueUnseen

// dropHeadings drops the headings of the frame of a page under which something stands and nothing was kept: those of menus, of
// tools, of boxes.
func (p *page) dropHeadings() {
	for i := range p.blocks {
		level := p.blocks[i].headline
		if above := p.elements[p.blocks[i].element].above; level <= 1 || !p.kept[i] || above&framing == 0 || above&(tagMain|tagArticle) != 0 {
			continue
		}
		under, kept := false, false
		for j := i + 1; j < len(p.blocks) && !kept; j++ {
			if next := p.blocks[j].headline; next > 0 && next <= level {
				break
			}
			under, kept = true, p.kept[j]
		}
		p.kept[i] = kept || !under
	}
}

// mostBetween is how many words of a table or a list are kept for where they stand.
const mostBetween = 400

// keepBetween keeps tables and lists that stand in the run of the main text, whatever their words are like: after a
// block of it and before another, a table also at the end of what holds it. Their cells are short and of few words, as those of
// navigation are, but what is between two paragraphs was put there by who wrote them.
func (p *page) keepBetween() {
	for i := range p.elements {
		e := &p.elements[i]
		switch e.node.DataAtom {
		case atom.Table, atom.Ul, atom.Ol, atom.Dl:
		default:
			continue
		}
		if e.hidden || e.parent < 0 || e.words == 0 || e.words > mostBetween || 2*e.linked > e.words || e.from >= e.to || int(e.to) > len(p.blocks) {
			continue
		}
		around := &p.elements[e.parent]
		before := e.from > around.from && p.kept[e.from-1]
		after := e.to < around.to && p.kept[e.to]
		last := e.to == around.to && e.node.DataAtom == atom.Table && around.node.DataAtom != atom.Body
		if !before || !after && !last {
			continue
		}
		for b := e.from; b < e.to; b++ {
			p.kept[b] = true
		}
	}
}

// Bounds of what keepOnce drops: a passage has some words, and its place is not sure to be main text.
const (
	repeatedWords = 6
	sureOfItself  = 1 // log-odds
)

// keepOnce drops passages that are kept already and less sure here: pages bring them again for small screens, in a panel,
// as a quotation. Lines of code, of tables and of lists may be alike and stay.
func (p *page) keepOnce(logits []float32) {
	seen := map[string]int{}
	for i := range p.blocks {
		b := &p.blocks[i]
		if !p.kept[i] || b.words < repeatedWords || p.listed(b.element) {
			continue
		}
		before, again := seen[p.textOf(b)]
		switch {
		case !again:
			seen[p.textOf(b)] = i
		case logits[i] <= logits[before] && logits[i] < sureOfItself:
			p.kept[i] = false
		case logits[before] < sureOfItself:
			p.kept[before] = false
			seen[p.textOf(b)] = i
		}
	}
}

// listed tells whether an element is a line of code, of a table or of a list.
func (p *page) listed(at int32) bool {
	for range 4 {
		switch p.elements[at].node.DataAtom {
		case atom.Pre, atom.Code, atom.Td, atom.Th, atom.Tr, atom.Li, atom.Dd, atom.Dt:
			return true
		}
		if at = p.elements[at].parent; at < 0 {
			return false
		}
	}
	return false
}

// logits gives for every block the log-odds of being main text.
func (p *page) logits(h hints) []float32 {
	s := surveyOf(p, h)
	logits := make([]float32, len(p.blocks))
	var f []float32
	for i := range p.blocks {
		f = s.describe(i, f[:0])
		logits[i] = mainModel.sum(f)
	}
	return logits
}

func sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }

// choose keeps the blocks, the most probable first, up to where the expected F1 is highest: with k
// the kept words, that is 2·Σkept p·w / (Σkept w + Σall p·w).
func choose(logits []float32, blocks []block, kept []bool) {
	type candidate struct {
		logit, words, right float32
		at                  int32
	}
	list := make([]candidate, len(blocks))
	all := float32(0)
	for i := range list {
		w := float32(blocks[i].words)
		list[i] = candidate{logits[i], w, sigmoid(logits[i]) * w, int32(i)}
		all += list[i].right
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.logit, a.logit) })
	best, until := float32(0), 0
	right, taken := float32(0), float32(0)
	for k := range list {
		right += list[k].right
		taken += list[k].words
		if f := 2 * right / (taken + all); f > best {
			best, until = f, k+1
		}
	}
	for _, c := range list[:until] {
		kept[c.at] = true
	}
}

// mainText writes the kept blocks, rest the others.
func (p *page) mainText() (text, rest string) {
	var in, out strings.Builder
	in.Grow(len(p.text))
	lead := paragraph
	for i := range p.blocks {
		b := &p.blocks[i]
		to := &out
		if p.kept[i] {
			to = &in
			lead = b.lead
		} else if p.consent[i] {
			continue // what a site asks of its readers is said of no page
		}
		if to.Len() > 0 {
			if to == &in && lead == paragraph {
				to.WriteString("\n\n")
			} else {
				to.WriteByte('\n')
			}
		}
		to.WriteString(p.textOf(b))
	}
	return in.String(), out.String()
}
