package extract

import (
	"flag"
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
	wanted    map[string]int // words of the gold text
	left      map[string]int
	weight    float32
}

// f1 is corpus.Overlap of the gold text and the blocks that are kept.
func (e *example) f1(keep func(i int) bool) float64 {
	clear(e.left)
	for k, n := range e.wanted {
		e.left[k] = n
	}
	got, both, want := 0, 0, 0
	for _, n := range e.wanted {
		want += n
	}
	for i := range e.tokens {
		if !keep(i) {
			continue
		}
		got += len(e.tokens[i])
		for _, w := range e.tokens[i] {
			if e.left[w] > 0 {
				e.left[w]--
				both++
			}
		}
	}
	if got == 0 || want == 0 {
		return float64(yes(got == want))
	}
	return 2 * float64(both) / float64(got+want)
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

var options = boosting{trees: 100, leaves: 16, rate: .12, smooth: 1, rows: .25, features: .25, least: .3}

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

// table sums F1 by collection and page type; what has a gold text also by itself, and the hosts that are set aside.
type table struct {
	sums  map[string]*[3]float64
	count map[string]float64
}

// heldOut is the fold whose hosts are not looked at while features and settings are chosen.
const heldOut = 0

func newTable() table { return table{map[string]*[3]float64{}, map[string]float64{}} }

func (t table) add(e *example, f *forest) {
	var v [3]float64
	if e.survey != nil {
		logits := make([]float32, len(e.samples))
		for i := range e.samples {
			logits[i] = f.sum(e.samples[i].x)
		}
		e.survey.keep(logits)
		v[0] = e.f1(func(i int) bool { return e.survey.kept[i] })
		v[1] = e.f1(func(i int) bool { return logits[i] > 0 })
		v[2] = e.f1(func(i int) bool { return e.samples[i].y > .5 })
	} else if strings.TrimSpace(e.Text) == "" {
		v = [3]float64{1, 1, 1}
	}
	keys := []string{e.set, e.set + " " + e.Kind}
	if strings.TrimSpace(e.Text) != "" {
		k := e.set + " " + e.Kind + ", not empty"
		keys = append(keys, k, map[bool]string{true: k + ", aside", false: k + ", others"}[foldOf(e.host) == heldOut])
	}
	for _, k := range keys {
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
	macro, types := map[string]float64{}, map[string]float64{}
	for k := range t.sums {
		keys = append(keys, k)
		if rest, ok := strings.CutPrefix(k, "web "); ok {
			_, which, _ := strings.Cut(rest, ",")
			macro[which] += t.sums[k][0] / t.count[k]
			types[which]++
		}
	}
	sort.Strings(keys)
	for _, k := range keys {
		n, s := t.count[k], t.sums[k]
		to.Logf("%-44s %4.0f pages: F1 %.3f (above one half %.3f), best possible %.3f", k, n, s[0]/n, s[1]/n, s[2]/n)
	}
	for _, which := range [...]string{"", " not empty", " not empty, others", " not empty, aside"} {
		to.Logf("web, macro over types%s: %.4f", which, macro[which]/types[which])
	}
}

func foldOf(host string) int {
	h := fnv.New32a()
	h.Write([]byte(host))
	return int(h.Sum32() % 5)
}
