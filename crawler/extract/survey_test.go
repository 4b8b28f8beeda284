package extract

import (
	"slices"
	"strings"
	"testing"
)

func TestOutline(t *testing.T) {
	p := readAll([]byte(`<body><h1>Title</h1><p>lead</p><h2>Related</h2><h3>One</h3><p>text</p><h3>Two</h3><h2>Next</h2><p>more</p></body>`))
	s := surveyOf(p, hints{})
	var got []string
	for i := range p.blocks {
		line := p.textOf(&p.blocks[i]) + ":"
		if h := s.outline[i]; h >= 0 {
			line += p.textOf(&p.blocks[h])
		}
		got = append(got, line)
	}
	want := []string{"Title:", "lead:", "Related:Title", "One:Related", "text:Related", "Two:Related", "Next:Title", "more:Title"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPlace(t *testing.T) {
	h := hintsOf(readAll([]byte(`<body><p>a</p></body>`)), "https://a.example/Produits/chaise-4512?ref=1")
	if h.path != 2 || h.place&cueProduct == 0 || h.place&cueForum != 0 || !h.query || !h.number {
		t.Errorf("the address says %+v", h)
	}
	if h := hintsOf(readAll(nil), "https://a.example/2/forum/"); h.place&cueForum == 0 || h.query || h.number {
		t.Errorf("the address says %+v", h)
	}
}

func TestAlign(t *testing.T) {
	words := strings.Fields
	for _, c := range []struct{ page, gold, hidden, want string }{
		{"menu a b c d e foot", "a b c d e", "", "-abcde-"},
		{"a b c d x a b c d", "a b c d", "", "abcd-----"}, // of two copies one
		{"a b c d x a b c d", "a b c d", "abcdx", "-----abcd"},
		{"x a b c y d e f g h a b c", "d e f g h a b c", "", "-----defghabc"}, // the longest run first
		{"a b x y a b", "a b", "", "------"},                                  // too short to be told apart
	} {
		page := words(c.page)
		shown := make([]bool, len(page))
		for i := range shown {
			shown[i] = i >= len(c.hidden)
		}
		got := ""
		for i, j := range align(page, words(c.gold), shown) {
			if j < 0 {
				got += "-"
			} else {
				got += page[i]
			}
		}
		if got != c.want {
			t.Errorf("%s / %s: %s, want %s", c.page, c.gold, got, c.want)
		}
	}
}
