package twins

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// pairsOver finds the pairs from the threshold on by comparing all with all that share a shingle.
func pairsOver(m *made, threshold float64) map[[2]int]float64 {
	sets := make([][]uint64, len(m.plain))
	where := map[uint64][]int32{}
	for i := range m.plain {
		sets[i] = Shingles(m.plain[i])
		for _, s := range sets[i] {
			where[s] = append(where[s], int32(i))
		}
	}
	found := map[[2]int]float64{}
	common := make([]int, len(sets))
	for b := range sets {
		clear(common)
		for _, s := range sets[b] {
			for _, a := range where[s] {
				common[a]++
			}
		}
		for a := range b {
			if j := Jaccard(common[a], len(sets[a]), len(sets[b])); common[a] > 0 && j >= threshold {
				found[[2]int{a, b}] = j
			}
		}
	}
	return found
}

// components are the groups that pairs make.
func components(n int, pairs map[[2]int]float64) []int {
	c := &clusterer{parent: make([]int, n)}
	for i := range n {
		c.parent[i] = i
	}
	for p := range pairs {
		c.join(p[0], p[1])
	}
	group := make([]int, n)
	for i := range n {
		group[i] = c.find(i)
	}
	return group
}

// score compares groups pair by pair.
func score(want, got []int) (f1 float64, wanted, found, both int) {
	members := func(group []int) map[[2]int]bool {
		by := map[int][]int{}
		for i, g := range group {
			by[g] = append(by[g], i)
		}
		pairs := map[[2]int]bool{}
		for _, all := range by {
			for k, b := range all {
				for _, a := range all[:k] {
					pairs[[2]int{a, b}] = true
				}
			}
		}
		return pairs
	}
	w, g := members(want), members(got)
	for p := range g {
		if w[p] {
			both++
		}
	}
	return 2 * float64(both) / float64(max(len(w)+len(g), 1)), len(w), len(g), both
}

func TestGroupsAreThoseOfComparingAll(t *testing.T) {
	m := makeTexts(3000)
	for _, threshold := range []float64{.6, .8, .9} {
		want := components(len(m.texts), pairsOver(m, threshold))
		for _, exact := range []bool{true, false} {
			o := Options{Threshold: threshold}
			least := .93 // signatures alone have their error
			if exact {
				o.Shingles, least = m.shingles, .999
			}
			got, err := Cluster(context.Background(), m.texts, o)
			if err != nil {
				t.Fatal(err)
			}
			f1, wanted, found, both := score(want, got.Group)
			t.Logf("at %.2f, shingles asked %v: F1 %.4f; %d pairs, %d found, %d right", threshold, exact, f1, wanted, found, both)
			if f1 < least || wanted < 300 {
				t.Errorf("at %.2f, shingles asked %v: F1 %.4f of %d pairs", threshold, exact, f1, wanted)
			}
		}
	}
}

func TestLikenessHasTheStatedError(t *testing.T) {
	m := makeTexts(2000)
	var sum, square float64
	n := 0
	for p, j := range pairsOver(m, .5) {
		off := Likeness(&m.texts[p[0]].Signature, &m.texts[p[1]].Signature) - j
		sum += off
		square += off * off
		n++
	}
	bias, spread := sum/float64(n), math.Sqrt(square/float64(n))
	t.Logf("%d pairs: off by %.4f on average, standard error %.4f", n, bias, spread)
	if n < 400 || math.Abs(bias) > .005 || spread > .031 {
		t.Errorf("%d pairs: off by %.4f on average, standard error %.4f", n, bias, spread)
	}
}

func TestShortAndOddTexts(t *testing.T) {
	long := strings.Repeat("un deux trois quatre cinq six sept huit neuf dix onze douze ", 4)
	for text, enough := range map[string]bool{
		"": false, "bonjour": false, strings.Repeat("mot ", 500): false, long: false,
		numbered(39): false, numbered(40): true, strings.Repeat("工場の安全は毎日の小さな習慣から始まります新しい手袋を配り古い物を集め直しました", 1): true,
	} {
		sig, n := Sign([]byte(text))
		set := Shingles([]byte(text))
		if (n > 0) != enough && text != long || n != len(set) || !slices.IsSorted(set) {
			t.Errorf("%.30q: %d shingles, %d sorted", text, n, len(set))
		}
		if again, _ := Sign([]byte(text)); again != sig || n > 0 && Likeness(&sig, &again) != 1 {
			t.Errorf("%.30q: not the same twice", text)
		}
		var back Signature
		if !back.Read(sig.Bytes()) || back != sig {
			t.Errorf("%.30q: is not read back", text)
		}
	}
	if new(Signature).Read(make([]byte, 255)) {
		t.Error("a cut signature is taken")
	}
}

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "mot%d ", i)
	}
	return b.String()
}

func text(plain string) Text {
	sig, n := Sign([]byte(plain))
	return Text{Signature: sig, Shingles: n, Language: "fr", Page: true, Public: true}
}

// groupsOf clusters plain texts with what change says of each.
func groupsOf(t *testing.T, plains []string, change func(i int, x *Text)) Clusters {
	t.Helper()
	texts := make([]Text, len(plains))
	for i, p := range plains {
		texts[i] = text(p)
		change(i, &texts[i])
	}
	c, err := Cluster(context.Background(), texts, Options{Threshold: .8, Shingles: func(i int) ([]uint64, error) { return Shingles([]byte(plains[i])), nil }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPageAndItsPDF(t *testing.T) {
	page := numbered(300)
	pdf := "societe exemple page " + page + strings.Replace(numbered(90), "mot", "pied", -1)
	book := page + strings.Replace(numbered(900), "mot", "autre", -1)
	format := func(i int, x *Text) { x.Page, x.Document = i == 0, i > 0 }
	if c := groupsOf(t, []string{page, pdf, book}, format); !slices.Equal(c.Group, []int{0, 0, 2}) {
		t.Errorf("a page, its PDF, a book with the page in it: %v", c.Group)
	}
	if c := groupsOf(t, []string{page, pdf}, func(int, *Text) {}); !slices.Equal(c.Group, []int{0, 1}) {
		t.Errorf("two pages of which one has a third more: %v", c.Group)
	}
}

func TestTranslationsStandAlone(t *testing.T) {
	fr, mostly := numbered(200), numbered(190)+strings.Replace(numbered(12), "mot", "word", -1)
	tongue := func(i int, x *Text) { x.Language = []string{"fr", "en", "fr"}[i] }
	if c := groupsOf(t, []string{fr, mostly, mostly + " fin"}, tongue); !slices.Equal(c.Group, []int{0, 1, 0}) && !slices.Equal(c.Group, []int{0, 0, 0}) {
		t.Errorf("%v", c.Group)
	}
	if c := groupsOf(t, []string{fr, mostly}, tongue); !slices.Equal(c.Group, []int{0, 1}) {
		t.Errorf("a half translated page is a copy: %v", c.Group)
	}
	if c := groupsOf(t, []string{fr, fr + "fin"}, tongue); !slices.Equal(c.Group, []int{0, 0}) {
		t.Errorf("a page that was never translated is no copy: %v", c.Group)
	}
}

func TestInsideTextThatIsPublic(t *testing.T) {
	news := numbered(200)
	longer := news + strings.Replace(numbered(200), "mot", "suite", -1)
	own := strings.Replace(numbered(200), "mot", "note", -1)
	where := func(i int, x *Text) { x.Public, x.Inside = i > 1, i <= 1 }
	c := groupsOf(t, []string{news, own, longer}, where)
	if c.Public[0].Text != 2 || c.Public[0].Share != 1 || c.Public[1].Text != -1 || c.Public[2].Text != -1 {
		t.Errorf("%+v", c.Public)
	}
	if !slices.Equal(c.Group, []int{0, 1, 2}) {
		t.Errorf("a text inside a longer one is a copy of it: %v", c.Group)
	}
}

// A template that thousands of pages share must not cost the square of their number.
func TestFamilyOfHalfAlikeTexts(t *testing.T) {
	var texts []Text
	for i := range 4000 {
		texts = append(texts, text(numbered(300)+strings.Replace(numbered(120), "mot", fmt.Sprintf("x%dy", i), -1)))
		texts[i].Public, texts[i].Inside, texts[i].Document = i%2 == 0, i%2 == 1, i%3 == 0
	}
	c, err := Cluster(context.Background(), texts, Options{Threshold: .8})
	if err != nil {
		t.Fatal(err)
	}
	alone := 0
	for i, g := range c.Group {
		if g == i {
			alone++
		}
	}
	t.Logf("%d groups", alone)
}

func FuzzSign(f *testing.F) {
	f.Add([]byte(numbered(50)))
	f.Add([]byte("工場 \xff\xe3\x81 a\xf0\x9f"))
	f.Fuzz(func(t *testing.T, plain []byte) {
		plain = bytes.Repeat(plain, 3)
		if _, n := Sign(plain); n != len(Shingles(plain)) {
			t.Fatal("two counts of one text")
		}
	})
}

// BenchmarkSign makes the signature of a page of 600 words.
func BenchmarkSign(b *testing.B) {
	m := makeTexts(64)
	var plain []byte
	for _, p := range m.plain {
		plain = append(append(plain, p...), ' ')
	}
	end := 0
	for words := 0; words < 600; end++ {
		if plain[end] == ' ' {
			words++
		}
	}
	plain = plain[:end]
	b.ReportAllocs()
	for b.Loop() {
		Sign(plain)
	}
}

// BenchmarkCluster groups 150,000 made texts, or as many as FILON_BENCH_ITEMS says, and reports the
// seconds and the memory in use at the end beside the texts themselves.
func BenchmarkCluster(b *testing.B) {
	n := 150_000
	if other, err := strconv.Atoi(os.Getenv("FILON_BENCH_ITEMS")); err == nil {
		n = other
	}
	m := makeTexts(n)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		c, err := Cluster(context.Background(), m.texts, Options{Threshold: .8, Shingles: m.shingles})
		if err != nil {
			b.Fatal(err)
		}
		groups := 0
		for i, g := range c.Group {
			if g == i {
				groups++
			}
		}
		b.ReportMetric(float64(groups), "groups")
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapSys-before.HeapInuse)/(1<<20), "MB-more")
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s")
}
