package extract

import (
	"flag"
	"fmt"
	"hash/fnv"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"filon/crawler/extract/score/corpus"
)

var (
	fit   = flag.Bool("fit", false, "fit the model of main text again and write model.bin")
	cross = flag.Bool("cross", false, "estimate the model on hosts that it was not fitted on")
)

// example is one page to learn from.
type example struct {
	corpus.Page
	set, host string
	survey    *survey
	samples   []sample
	tokens    [][]string
	weight    float32
}

// shingle is the number of words in a row by which a block is recognised in the gold text.
const shingle = 4

// label tells for every block which share of its words stands in the gold text, by runs of words
// that may go across blocks, or because the block is a whole line of it.
func (e *example) label() {
	gold := corpus.Words(e.Text)
	runs := map[string]bool{}
	for i := 0; i+shingle <= len(gold); i++ {
		runs[strings.Join(gold[i:i+shingle], " ")] = true
	}
	lines := map[string]int{}
	for _, l := range strings.Split(e.Text, "\n") {
		if w := corpus.Words(l); len(w) > 0 {
			lines[strings.Join(w, " ")]++
		}
	}
	var all []string
	var of []int
	e.tokens = make([][]string, len(e.survey.blocks))
	for i := range e.survey.blocks {
		e.tokens[i] = corpus.Words(e.survey.textOf(&e.survey.blocks[i]))
		for range e.tokens[i] {
			of = append(of, i)
		}
		all = append(all, e.tokens[i]...)
	}
	covered := make([]bool, len(all))
	for i := 0; i+shingle <= len(all); i++ {
		if runs[strings.Join(all[i:i+shingle], " ")] {
			for j := range shingle {
				covered[i+j] = true
			}
		}
	}
	hit := make([]int, len(e.tokens))
	for i, ok := range covered {
		if ok {
			hit[of[i]]++
		}
	}
	e.samples = make([]sample, len(e.tokens))
	for i, w := range e.tokens {
		y := float32(0)
		if len(w) > 0 {
			y = float32(hit[i]) / float32(len(w))
			if key := strings.Join(w, " "); y < 1 && lines[key] > 0 {
				lines[key]--
				y = 1
			}
		}
		e.samples[i] = sample{x: e.survey.describe(i, nil), y: y,
			w: e.weight * (float32(len(w)) + .3) / float32(max(len(gold), 60))}
	}
}

func (e *example) f1(keep func(i int) bool) float64 {
	var got []string
	for i := range e.tokens {
		if keep(i) {
			got = append(got, e.tokens[i]...)
		}
	}
	_, _, f := corpus.Overlap(strings.Join(got, " "), e.Text)
	return f
}

func examples(t *testing.T) []*example {
	dir := corpus.Folder()
	var list []*example
	add := func(set string, pages []corpus.Page, err error) {
		if err != nil {
			t.Skipf("the corpora to fit from are not unpacked: %v", err)
		}
		weight := map[string]float32{"wordpress": 15 / float32(len(pages)), "articles": 1.2}[set]
		for _, p := range pages {
			e := &example{Page: p, set: set, weight: weight}
			if set == "web" {
				e.weight = 1.5
				if p.Kind == "article" {
					e.weight = 1
				}
			}
			if u, err := url.Parse(p.Address); err == nil {
				e.host = strings.TrimPrefix(u.Host, "www.")
			}
			list = append(list, e)
		}
	}
	pages, err := corpus.WordPress(filepath.Join(dir, "wordpress-fr-dev"))
	add("wordpress", pages, err)
	pages, err = corpus.Articles(filepath.Join(dir, "scrapinghub-aeb"))
	add("articles", pages, err)
	pages, err = corpus.WebContent(filepath.Join(dir, "web-content-extraction-dev"))
	add("web", pages, err)
	each(len(list), func(i int) {
		e := list[i]
		text, _ := decode(e.Body, "")
		p := readAll(text)
		if len(p.blocks) == 0 {
			return
		}
		e.survey = surveyOf(p, hintsOf(p, e.Address))
		e.label()
		e.Body = nil
	})
	return list
}

var options = boosting{trees: 150, leaves: 16, rate: .08, smooth: 1, rows: .6, features: .3, least: .3}

const folds = 5

// TestFit writes model.bin when asked with -fit, and with -cross prints what the model reaches on
// hosts that it has not seen: five folds by host.
func TestFit(t *testing.T) {
	if !*fit && !*cross {
		t.Skip("fits the model only with -fit or -cross")
	}
	list := examples(t)
	if *cross {
		sums := newTable()
		for fold := range folds {
			f := options.grow(samplesOf(list, func(e *example) bool { return foldOf(e.host) != fold }))
			for _, e := range list {
				if foldOf(e.host) == fold {
					sums.add(e, &f)
				}
			}
		}
		sums.print(t)
	}
	if *fit {
		f := options.grow(samplesOf(list, func(*example) bool { return true }))
		if err := os.WriteFile("model.bin", f.bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("%d pages, %d trees, %d nodes", len(list), len(f.roots), len(f.nodes))
	}
}

func samplesOf(list []*example, want func(*example) bool) []sample {
	var all []sample
	for _, e := range list {
		if want(e) {
			all = append(all, e.samples...)
		}
	}
	return all
}

// table sums F1 by collection, page type and half.
type table struct {
	sums  map[string]*[3]float64
	count map[string]float64
}

func newTable() table { return table{map[string]*[3]float64{}, map[string]float64{}} }

func (t table) add(e *example, f *forest) {
	var v [3]float64
	if e.survey != nil {
		chances, kept := make([]float32, len(e.samples)), make([]bool, len(e.samples))
		for i := range e.samples {
			chances[i] = sigmoid(f.sum(e.samples[i].x))
		}
		choose(chances, e.survey.blocks, kept)
		v[0] = e.f1(func(i int) bool { return kept[i] })
		v[1] = e.f1(func(i int) bool { return chances[i] > .5 })
		v[2] = e.f1(func(i int) bool { return e.samples[i].y > .5 })
	}
	for _, k := range [...]string{e.set, e.set + " " + e.Kind, fmt.Sprintf("%s half %d", e.set, foldOf(e.host+"x")%2)} {
		if t.sums[k] == nil {
			t.sums[k] = &[3]float64{}
		}
		for i := range v {
			t.sums[k][i] += v[i]
		}
		t.count[k]++
	}
}

func (t table) print(to *testing.T) {
	var keys []string
	for k := range t.sums {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		n, s := t.count[k], t.sums[k]
		to.Logf("%-24s %4.0f pages: F1 %.3f (above one half %.3f), best possible %.3f", k, n, s[0]/n, s[1]/n, s[2]/n)
	}
}

func foldOf(host string) int {
	h := fnv.New32a()
	h.Write([]byte(host))
	return int(h.Sum32() % 5)
}
