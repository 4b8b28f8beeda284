package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
)

// outcome is one labelled item and what filon said of it, on one question: its type or its verdict.
type outcome struct {
	want  string   // the label's own word: the class that it counts for
	right []string // what filon may say
	got   string
	near  []string // second thoughts: the secondary types
}

func (o *outcome) hit() bool { return slices.Contains(o.right, o.got) }

// scores are the figures of one question.
type scores struct {
	classes  []classScore // in the order of their names
	n, right int
	near     int // right by the first answer or a second thought
	macro    float64
	weighted float64 // F1 weighted by how often each class was labelled
	confused map[[2]string]int
}

// classScore is one class: of a file's labels, how many; of what filon said, how much is right.
type classScore struct {
	name                  string
	labelled, said, right int
	precision, recall, f1 float64
}

// scoreOf counts per class. An answer that is wrong counts against the class that it belongs to: the
// class with the fewest meanings among those that mean it, or the answer itself. The macro average is
// over the classes that were labelled.
func scoreOf(all []outcome) scores {
	s := scores{confused: map[[2]string]int{}}
	meaning, often := map[string][]string{}, map[string]int{}
	for _, o := range all {
		meaning[o.want] = o.right
		often[o.want]++
	}
	classOf := func(got string) string {
		best := ""
		for name, ids := range meaning {
			if !slices.Contains(ids, got) {
				continue
			}
			if best == "" || cmp.Or(cmp.Compare(len(ids), len(meaning[best])), cmp.Compare(often[best], often[name]), strings.Compare(name, best)) < 0 {
				best = name
			}
		}
		return cmp.Or(best, got)
	}
	byName := map[string]*classScore{}
	class := func(name string) *classScore {
		if byName[name] == nil {
			byName[name] = &classScore{name: name}
		}
		return byName[name]
	}
	for _, o := range all {
		s.n++
		class(o.want).labelled++
		if o.hit() {
			s.right++
			class(o.want).said++
			class(o.want).right++
			s.near++
			continue
		}
		if slices.ContainsFunc(o.near, func(id string) bool { return slices.Contains(o.right, id) }) {
			s.near++
		}
		said := classOf(o.got)
		class(said).said++
		s.confused[[2]string{o.want, said}]++
	}
	labelled := 0
	for _, c := range byName {
		if c.said > 0 {
			c.precision = float64(c.right) / float64(c.said)
		}
		if c.labelled > 0 {
			c.recall = float64(c.right) / float64(c.labelled)
			labelled++
		}
		if c.right > 0 {
			c.f1 = 2 * c.precision * c.recall / (c.precision + c.recall)
		}
		s.classes = append(s.classes, *c)
	}
	slices.SortFunc(s.classes, func(a, b classScore) int { return strings.Compare(a.name, b.name) })
	for _, c := range s.classes {
		if c.labelled > 0 {
			s.macro += c.f1 / float64(labelled)
			s.weighted += c.f1 * float64(c.labelled) / float64(s.n)
		}
	}
	return s
}

// scores writes the figures as a table, the confusions, most frequent first, below.
func (s *speaker) scores(title T, r scores) {
	if r.n == 0 {
		return
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\tF1\n", s.in(title), s.in(T{FR: "étiquetés", EN: "labelled"}), s.in(T{FR: "précision", EN: "precision"}), s.in(T{FR: "rappel", EN: "recall"}))
	for _, c := range r.classes {
		if c.labelled > 0 {
			fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\n", oneLine(c.name), c.labelled, number(c.precision, s.lang), number(c.recall, s.lang), number(c.f1, s.lang))
		} else {
			fmt.Fprintf(w, "%s\t0\t%s\t-\t-\n", oneLine(c.name), number(c.precision, s.lang))
		}
	}
	w.Flush()
	s.raw(b.String())
	s.line(T{FR: "%d contenu{s} ; justes : %d (%.2f) ; F1 macro %.3f, pondéré %.3f", EN: "%d item{s}; right: %d (%.2f); macro F1 %.3f, weighted %.3f"}.with(
		r.n, r.right, ratio(r.right, r.n), r.macro, r.weighted))
	if r.near > r.right {
		s.line(T{FR: "justes avec les types secondaires : %d (%.2f)", EN: "right with the secondary types: %d (%.2f)"}.with(r.near, ratio(r.near, r.n)))
	}
	type pair struct {
		k [2]string
		n int
	}
	var pairs []pair
	for k, n := range r.confused {
		pairs = append(pairs, pair{k, n})
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.n, a.n), strings.Compare(a.k[0], b.k[0]), strings.Compare(a.k[1], b.k[1]))
	})
	if len(pairs) > 0 {
		s.line(T{FR: "Confusions (étiquette → filon) :", EN: "Confusions (label → filon):"})
	}
	for i, p := range pairs {
		if i == 15 {
			s.line(T{FR: "  … et %d autre{s} paire{s}", EN: "  … and %d other pair{s}"}.with(len(pairs) - i))
			break
		}
		s.raw(fmt.Sprintf("  %3d  %s → %s\n", p.n, oneLine(p.k[0]), oneLine(p.k[1])))
	}
	s.raw("\n")
}
