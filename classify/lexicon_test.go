package classify

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestEndings: only the last word of a phrase may have any ending; an entry that would never match is refused.
func TestEndings(t *testing.T) {
	for line, ok := range map[string]bool{"brulure* au visage": false, "brulure* au visage*": false, "au visage brulure*": true, "brulure*": true} {
		if _, err := load(fstest.MapFS{"fr/words.txt": {Data: []byte("[list]\n" + line + "\n")}}); (err == nil) != ok {
			t.Errorf("%q: %v", line, err)
		}
	}
}

// TestEveryPhrase: each phrase of each list is found by its own list, from its first letter to its last, in its own language
// and where every language counts.
func TestEveryPhrase(t *testing.T) {
	check := func(p phrase, said, end string) {
		text := "xx " + said + end + " xx"
		f := field{folded: fold(text)}
		f.spans = spansOf(f.low, nil)
		f.words = words.numbersOf(f.low, f.spans, nil)
		h := newHits()
		words.scan(h, 0, &f, p.lang)
		found := false
		for n := h.first[p.list]; n >= 0; n = h.all[n].next {
			found = found || h.all[n].text == p.text && text[h.all[n].start:h.all[n].end] == said+end
		}
		if !found {
			t.Errorf("%q of [%s] is not found", said, words.lists[p.list])
		}
		spareHits.Put(h)
	}
	for p, said := range words.each {
		check(p, strings.Join(said, " "), "")
	}
	for _, all := range words.stems {
		for _, s := range all {
			check(s.phrase, s.begin, "")
			check(s.phrase, s.begin, "zx")
		}
	}
}

// TestFoundTogether: phrases that begin with one word are found in the order of the lists, over other joints than blanks, and
// not over a full stop.
func TestFoundTogether(t *testing.T) {
	l, err := load(fstest.MapFS{"fr/a.txt": {Data: []byte("[one]\nmise a pied d(e|es) longue dur*\nmise\nmiser*\n[two]\nmise a pied\nmise a pie*\n")}})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]string{
		"Mise-à-pied d'été":           {"mise", "mise-a-pied", "mise-a-pied"},
		"mise à pied de longue durée": {"mise", "mise a pied", "mise a pied", "mise a pied de longue duree"},
		"mise. À pied":                {"mise"},
		"misères à pied":              {"miseres"},
		"mise à pied d’un mois":       {"mise", "mise a pied", "mise a pied"},
	} {
		f := field{folded: fold(text)}
		f.spans = spansOf(f.low, nil)
		f.words = l.numbersOf(f.low, f.spans, nil)
		h := &hits{first: []int32{-1, -1}, last: make([]int32, 2)}
		l.scan(h, 0, &f, inFR)
		var got []string
		for _, x := range h.all {
			got = append(got, f.low[x.start:x.end])
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestChoices: each choice of a line is written out, those within one too; a bracket alone is an error that names the line.
func TestChoices(t *testing.T) {
	for line, want := range map[string][]string{
		"une phrase":                 {"une phrase"},
		"(un|une) autre":             {"un autre", "une autre"},
		"phrase(s|)":                 {"phrases", "phrase"},
		"a (b|c (d|e)|f) (g|)":       {"a b g", "a b ", "a c d g", "a c d ", "a c e g", "a c e ", "a f g", "a f "},
		"up to (it|the (job|(b|c)))": {"up to it", "up to the job", "up to the b", "up to the c"},
	} {
		var got []string
		for p := range choices(line) {
			got = append(got, string(p))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	for _, line := range []string{"(a", "a)", ")a(", "a (b|(c)"} {
		if _, err := load(fstest.MapFS{"fr/a.txt": {Data: []byte("[one]\n" + line + "\n")}}); err == nil || !strings.Contains(err.Error(), "fr/a.txt:2") {
			t.Errorf("%q: %v", line, err)
		}
	}
}
