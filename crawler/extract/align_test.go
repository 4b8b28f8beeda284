package extract

import (
	"slices"
	"strings"

	"filon/crawler/extract/score/corpus"
)

// aligned pairs the words of a page with those of its gold text: each word at most once, the longest runs first, so
// that of two copies on the page only as many are called main text as the gold has. Of runs that fit equally well, one
// that is shown wins, then the one nearest to where the gold text around it was found.
type aligned struct {
	page, gold     []uint32
	inPage, inGold []int32 // partner of each word, -1 without
	shown          []bool
}

// leastRun is the number of words in a row from which they are recognised wherever they stand.
const leastRun = 3

func align(page, gold []string, shown []bool) []int32 {
	ids := map[string]uint32{}
	number := func(words []string) []uint32 {
		list := make([]uint32, len(words))
		for i, w := range words {
			if ids[w] == 0 {
				ids[w] = uint32(len(ids) + 1)
			}
			list[i] = ids[w]
		}
		return list
	}
	a := &aligned{page: number(page), gold: number(gold), shown: shown}
	a.inPage, a.inGold = slices.Repeat([]int32{-1}, len(page)), slices.Repeat([]int32{-1}, len(gold))
	for _, length := range [...]int{40, 20, 12, 8, 6, 5, 4, leastRun} {
		a.match(length)
	}
	return a.inPage
}

func (a *aligned) match(length int) {
	free := func(in []int32, at int) bool {
		if at+length > len(in) {
			return false
		}
		for _, v := range in[at : at+length] {
			if v >= 0 {
				return false
			}
		}
		return true
	}
	key := func(words []uint32) uint64 {
		h := uint64(14695981039346656037)
		for _, w := range words {
			h = (h ^ uint64(w)) * 0x100000001b3
			h ^= h >> 29
		}
		return h
	}
	starts := map[uint64][]int32{}
	for i := range a.page {
		if free(a.inPage, i) {
			k := key(a.page[i : i+length])
			if len(starts[k]) < 60 {
				starts[k] = append(starts[k], int32(i))
			}
		}
	}
	for j := 0; j+length <= len(a.gold); j++ {
		if !free(a.inGold, j) {
			continue
		}
		best, bestRun, bestFar := -1, 0, 0
		near := a.near(j)
		for _, i := range starts[key(a.gold[j:j+length])] {
			run := 0
			for int(i)+run < len(a.page) && j+run < len(a.gold) && a.page[int(i)+run] == a.gold[j+run] && a.inPage[int(i)+run] < 0 && a.inGold[j+run] < 0 {
				run++
			}
			if run < length {
				continue
			}
			far := int(i) - near
			if far < 0 {
				far = -far
			}
			if near < 0 {
				far = 0
			}
			if !a.shown[i] {
				far += 1 << 20
			}
			if best < 0 || run > bestRun || run == bestRun && far < bestFar {
				best, bestRun, bestFar = int(i), run, far
			}
		}
		if best < 0 {
			continue
		}
		for k := range bestRun {
			a.inPage[best+k], a.inGold[j+k] = int32(j+k), int32(best+k)
		}
		for i, k := best-1, j-1; i >= 0 && k >= 0 && a.page[i] == a.gold[k] && a.inPage[i] < 0 && a.inGold[k] < 0; i, k = i-1, k-1 {
			a.inPage[i], a.inGold[k] = int32(k), int32(i)
		}
		j += bestRun - 1
	}
}

// near is where on the page the word of the gold text is to be expected, -1 when nothing around it was found.
func (a *aligned) near(j int) int {
	for d := 1; d < 200; d++ {
		if j-d >= 0 && a.inGold[j-d] >= 0 {
			return int(a.inGold[j-d]) + d
		}
		if j+d < len(a.inGold) && a.inGold[j+d] >= 0 {
			return int(a.inGold[j+d]) - d
		}
	}
	return -1
}

// label tells for every block which share of its words stands in the gold text, or that it is a whole line of it.
func (e *example) label() {
	gold := corpus.Words(e.Text)
	e.wanted, e.left = map[string]int{}, map[string]int{}
	for _, w := range gold {
		e.wanted[w]++
	}
	var all []string
	var of []int
	var shown []bool
	e.tokens = make([][]string, len(e.survey.blocks))
	for i := range e.survey.blocks {
		b := &e.survey.blocks[i]
		e.tokens[i] = corpus.Words(e.survey.textOf(b))
		for range e.tokens[i] {
			of = append(of, i)
			shown = append(shown, !e.survey.elements[b.element].hidden)
		}
		all = append(all, e.tokens[i]...)
	}
	partner := align(all, gold, shown)
	hit := make([]int, len(e.tokens))
	taken := make([]bool, len(gold))
	for i, j := range partner {
		if j >= 0 {
			hit[of[i]]++
			taken[j] = true
		}
	}
	e.samples = make([]sample, len(e.tokens))
	first := make([]int, len(e.tokens)) // place of each block's first word
	at := 0
	blocksOf := map[string][]int{}
	for i, w := range e.tokens {
		first[i] = at
		at += len(w)
		if len(w) > 0 && hit[i] == 0 {
			k := strings.Join(w, " ")
			blocksOf[k] = append(blocksOf[k], i)
		}
	}
	// Lines of one or two words: the free block with the same words that is nearest to its neighbours in the gold text.
	inGold := slices.Repeat([]int32{-1}, len(gold))
	for i, j := range partner {
		if j >= 0 {
			inGold[j] = int32(i)
		}
	}
	a := &aligned{inGold: inGold}
	j := 0
	for _, l := range strings.Split(e.Text, "\n") {
		w := corpus.Words(l)
		if len(w) > 0 && !taken[j] {
			near := a.near(j)
			best, far := -1, 0
			for _, i := range blocksOf[strings.Join(w, " ")] {
				if hit[i] > 0 {
					continue
				}
				d := max(first[i]-near, near-first[i])
				if e.survey.elements[e.survey.blocks[i].element].hidden {
					d += 1 << 20
				}
				if best < 0 || d < far {
					best, far = i, d
				}
			}
			if best >= 0 {
				hit[best] = len(w)
				for k := range w {
					inGold[j+k] = int32(first[best] + k)
				}
			}
		}
		j += len(w)
	}
	found := 0
	for _, n := range hit {
		found += n
	}
	// A page that lacks much of its gold text, which was taken at another time, teaches little.
	cover := float32(found) / float32(max(len(gold), 1))
	for i, w := range e.tokens {
		y := float32(0)
		if len(w) > 0 {
			y = float32(hit[i]) / float32(len(w))
		}
		e.samples[i] = sample{x: e.survey.describe(i, nil), y: y,
			w: cover * cover * e.weight * (float32(len(w)) + .3) / float32(max(len(gold), 60))}
	}
}
