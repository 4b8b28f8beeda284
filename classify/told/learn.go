package told

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"filon/classify/linear"
)

// Lessons are sentences to learn from, by language.
type Lessons [len(tongues)][]lesson

// lesson is a sentence and the family it belongs to.
type lesson struct {
	text string
	area Area // areas when it may leave
}

// areaOf says of which area the families of the lessons are. A family that is not here may leave.
var areaOf = families(map[Area]string{
	Person:  "health special private discipline candidate whistle minors",
	Money:   "pay price finance tender",
	Partner: "customer supplier contract",
	Plan:    "deal reorg roadmap embargo",
	Trouble: "dispute inspection incident",
	Access:  "access location", KnowHow: "knowhow", Rights: "rights", Draft: "draft", Wish: "hush",
})

func families(lists map[Area]string) map[string]Area {
	all := map[string]Area{}
	for area, list := range lists {
		for _, f := range strings.Fields(list) {
			all[f] = area
		}
	}
	return all
}

func areaOfFamily(family string) Area {
	if a, ok := areaOf[family]; ok {
		return a
	}
	return areas
}

// ReadLessons reads, for each language, the lines "family|sentence" of held.LANG.txt and plain.LANG.txt; # begins a remark.
func ReadLessons(folder fs.FS) (*Lessons, error) {
	l := &Lessons{}
	for t, lang := range tongues {
		for _, kind := range []string{"held", "plain"} {
			name := kind + "." + lang + ".txt"
			text, err := fs.ReadFile(folder, name)
			if err != nil {
				return nil, err
			}
			for n, line := range strings.Split(string(text), "\n") {
				if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
					continue
				}
				family, sentence, ok := strings.Cut(line, "|")
				area := areaOfFamily(family)
				if !ok || (area < areas) != (kind == "held") {
					return nil, fmt.Errorf("%s, line %d: a sentence of this file begins with its family and a bar: %q", name, n+1, family)
				}
				l[t] = append(l[t], lesson{sentence, area})
			}
		}
	}
	return l, nil
}

// folds are the parts of lessons and texts: where a sentence begins to count is seen on each by what the others teach.
const folds = 5

// label is what is known of a sample.
type label struct {
	area Area // areas when it may leave
	fold int
}

// learner makes samples: parts of sentences, by language.
type learner struct {
	r       *Reader
	samples [len(tongues)][]linear.Sample
	labels  [len(tongues)][]label
}

func (l *learner) take(s string, area Area, fold int) {
	l.r.Split(s)
	t := l.r.tongueOf(l.r.Words)
	for from := 0; from < len(l.r.Words); from += mostWords {
		if part := l.r.Words[from:min(len(l.r.Words), from+mostWords)]; len(part) >= fewWords {
			l.r.features(part, t)
			list := slices.Sorted(slices.Values(l.r.list))
			l.samples[t] = append(l.samples[t], linear.Sample{At: list, Same: 1 / length(len(list)), Norm: norm(list)})
			l.labels[t] = append(l.labels[t], label{area, fold})
		}
	}
}

// norm is the square of the length of a list in order.
func norm(list []uint32) float64 {
	sum, run := 0, 0
	for i, at := range list {
		if i > 0 && at == list[i-1] {
			run++
		} else {
			run = 0
		}
		sum += 2*run + 1
	}
	return float64(sum) / float64(length(len(list))*length(len(list)))
}

// Shares are how many of a hundred, not learned from, may be taken for something to hold back: of ordinary texts, when one sentence
// is; of the sentences of the lessons that may leave, in French and in English.
type Shares struct {
	Texts     float64
	Sentences [len(tongues)]float64
}

// Learn fits a model to the lessons, against the sentences of ordinary texts. The same input gives the same bytes on any machine. held
// is the share of the sentences to hold back that a model tells which did not learn from them: from other parts of the same files.
func Learn(lessons *Lessons, given []string, texts []string, shares Shares) (m *Model, held float64, err error) {
	names := map[string]bool{}
	for _, g := range given {
		names[g] = true
	}
	draw := rand.New(rand.NewPCG(20261123, 5))
	l := &learner{r: NewReader(nil, func(w string) bool { return names[w] }, "")}
	for t := range tongues {
		l.r.tongue = t
		for i, s := range lessons[t] {
			l.take(s.text, s.area, lessons.fold(t, i))
		}
	}
	l.r.tongue = 0
	for i, text := range texts {
		Sentences(text, func(from, to int) bool { l.take(text[from:to], areas, i%folds); return true })
	}

	m = &Model{w: make([]byte, buckets), area: make([]byte, areaRoom*int(areas))}
	l.r.model = m
	var ordinary, plain, said [len(tongues)][]float64 // margins of each text and sentence, by what was not learned from it
	for fold := range folds {
		m.fit(l, fold, draw)
		for i := fold; i < len(texts); i += folds {
			if t, most := l.most(texts[i]); t >= 0 {
				ordinary[t] = append(ordinary[t], most)
			}
		}
		for t := range tongues {
			l.r.tongue = t
			for i, s := range lessons[t] {
				switch {
				case lessons.fold(t, i) != fold:
				case s.area < areas:
					said[t] = append(said[t], l.r.Margin(s.text)-Bar(1))
				default:
					plain[t] = append(plain[t], l.r.Margin(s.text)-Bar(1))
				}
			}
		}
	}
	m.fit(l, -1, draw)
	m.fitAreas(l, draw)
	n, of := 0, 0
	for t := range tongues {
		if len(ordinary[t]) == 0 || len(plain[t]) == 0 || len(said[t]) == 0 {
			return nil, 0, errors.New("nothing to learn from in " + tongues[t] + ": sentences to hold back, others, and ordinary texts are needed")
		}
		m.from[t] = max(top(ordinary[t], shares.Texts), top(plain[t], shares.Sentences[t]))
		for _, v := range said[t] {
			of++
			if v > m.from[t] {
				n++
			}
		}
	}
	return m, float64(n) / float64(max(1, of)), nil
}

// top is the number above which so many of a hundred are.
func top(all []float64, share float64) float64 {
	slices.SortFunc(all, func(a, b float64) int { return cmp.Compare(b, a) })
	return all[min(len(all)-1, int(share/100*float64(len(all))))]
}

// fold is the part of the lessons of a language to which one belongs: fifths of each file, as they were written.
func (l *Lessons) fold(t, i int) int {
	held := 0
	for held < len(l[t]) && l[t][held].area < areas {
		held++
	}
	if i < held {
		return i * folds / held
	}
	return (i - held) * folds / (len(l[t]) - held)
}

// most is how far above the bar the sentence of a text is that says most, and the language of the text; -1 when its words do not tell.
func (l *learner) most(text string) (tongue int, most float64) {
	most = math.Inf(-1)
	var plain [len(tongues)]int
	among := 0
	Sentences(text, func(from, to int) bool {
		among++
		most = max(most, l.r.Margin(text[from:to]))
		l.r.Split(text[from:to])
		for t, n := range plainWords(l.r.Words) {
			plain[t] += n
		}
		return true
	})
	most -= Bar(among)
	for t, n := range plain {
		if n > 5 && n > 2*plain[1-t] {
			return t, most
		}
	}
	return -1, most
}

// fit learns what is to be held back from all samples but those of a fold; -1 is none.
func (m *Model) fit(l *learner, fold int, draw *rand.Rand) {
	w := make([]float64, buckets)
	for t := range tongues { // their buckets are apart, but for chance
		m.from[t] = 0
		var kept []linear.Sample
		var said []bool
		for i, of := range l.labels[t] {
			if of.fold != fold {
				kept, said = append(kept, l.samples[t][i]), append(said, of.area < areas)
			}
		}
		m.bias[t] = linear.Separate(kept, func(i int) bool { return said[i] }, w, draw)
	}
	for i, v := range w {
		m.w[i] = byte(linear.Whole(v, scale))
	}
}

// fitAreas learns to tell the areas apart.
func (m *Model) fitAreas(l *learner, draw *rand.Rand) {
	var kept []linear.Sample
	var of []Area
	for t := range tongues {
		for i, is := range l.labels[t] {
			if is.area < areas {
				s := l.samples[t][i]
				s.At = slices.Clone(s.At)
				for k, at := range s.At {
					s.At[k] = at >> (bucketBits - areaBits)
				}
				s.Norm = norm(s.At)
				kept, of = append(kept, s), append(of, is.area)
			}
		}
	}
	for a := range areas {
		w := make([]float64, areaRoom)
		m.areaBias[a] = linear.Separate(kept, func(i int) bool { return of[i] == a }, w, draw)
		for i, v := range w {
			m.area[i*int(areas)+int(a)] = byte(linear.Whole(v, scale))
		}
	}
}
