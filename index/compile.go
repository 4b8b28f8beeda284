package index

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"

	"filon/index/words"
)

// A word in the title says more about a page than one in a heading, and that more than one in the text.
const (
	titleWeight  = 6.0
	headsWeight  = 2.5
	textWeight   = 1.0
	exactWeight  = 1.0 // of the weight of its field, for the form as typed
	phraseWeight = 2.0
)

// compiled is a query ready for the search index, and what to mark in its hits.
type compiled struct {
	query query.Query // nil lets everything through
	marks [len(words.All)]marks
}

// compile turns a parsed query into one alternative per language, because each cuts the words in its
// own way and a document is in one language.
func compile(n node) (compiled, error) {
	var c compiled
	var any []query.Query
	empty := n.kind == and && len(n.kids) == 0
	for _, lang := range words.All {
		b := &builder{lang: lang, split: words.NewSplitter(lang), marks: &c.marks[lang]}
		if q := b.build(n, true); q != nil {
			any = append(any, q)
		}
	}
	switch {
	case len(any) > 0:
		c.query = either(any)
	case !empty:
		return c, badQuery("que des mots très courants : ajoutez-en un qui en dise plus", "it has only very common words: add one that says more")
	}
	return c, nil
}

// builder compiles for one language.
type builder struct {
	lang  words.Language
	split *words.Splitter
	marks *marks
}

// build gives nil for what says nothing, such as a stop word. Wanted is false below a NOT, where
// nothing is to be marked.
func (b *builder) build(n node, wanted bool) query.Query {
	switch n.kind {
	case and:
		return b.all(n.kids, wanted)
	case or:
		var any []query.Query
		for _, k := range n.kids {
			if q := b.build(k, wanted); q != nil {
				any = append(any, q)
			}
		}
		if len(any) == 0 {
			return nil
		}
		return either(any)
	case not:
		return b.all([]node{n}, wanted)
	case field:
		return unscored{exactly(n.field, n.text)}
	case prefix:
		return b.prefix(n, wanted)
	}
	return b.words(n, wanted)
}

func (b *builder) all(kids []node, wanted bool) query.Query {
	var must, mustNot []query.Query
	for _, k := range kids {
		if k.kind == not {
			if q := b.build(k.kids[0], !wanted); q != nil {
				mustNot = append(mustNot, unscored{q})
			}
		} else if q := b.build(k, wanted); q != nil {
			must = append(must, q)
		}
	}
	if len(mustNot) == 0 {
		switch len(must) {
		case 0:
			return nil
		case 1:
			return must[0]
		}
		return bleve.NewConjunctionQuery(must...)
	}
	q := bleve.NewBooleanQuery()
	if len(must) == 0 {
		must = append(must, bleve.NewMatchAllQuery())
	}
	q.AddMust(must...)
	q.AddMustNot(mustNot...)
	return q
}

// places are the fields to look in, with their weights.
func (b *builder) places(only string) []place {
	suffix := b.lang.String()
	all := []place{{fieldTitle + suffix, titleWeight, true}, {fieldHeads + suffix, headsWeight, true}, {fieldText + suffix, textWeight, false}}
	if only == "title" {
		return all[:1]
	}
	return all
}

type place struct {
	field  string
	weight float64
	exact  bool // every word's own form is marked there
}

func term(field, text string, weight float64) query.Query {
	q := bleve.NewTermQuery(text)
	q.SetField(field)
	q.SetBoost(weight)
	return q
}

// cut gives the words of a query's text without those that say nothing, but keeps their places.
func (b *builder) cut(text string) (plain []words.Word, pair *words.Word) {
	b.split.Split(text, func(w words.Word) {
		switch {
		case w.Joined:
			pair = &w
		case !w.Stop && !(b.lang == words.Other && words.IsStop(text[w.Start:w.End])):
			plain = append(plain, w)
		}
	})
	return plain, pair
}

// words compiles a word or a phrase. What people type as one word can be several, week-end or
// jean@exemple.fr; these must then stand side by side.
func (b *builder) words(n node, wanted bool) query.Query {
	plain, pair := b.cut(n.text)
	if len(plain) == 0 {
		return nil
	}
	if wanted {
		for _, w := range plain {
			b.marks.add(w.Stem)
		}
		if pair != nil {
			b.marks.add(pair.Stem)
		}
	}
	var any []query.Query
	for _, at := range b.places(n.field) {
		switch {
		case len(plain) == 1 && n.kind == phrase:
			any = append(any, term(at.field, asTyped(plain[0], at.exact), at.weight))
		case len(plain) == 1:
			any = append(any, inAnyForm(at, plain[0])...)
		default:
			any = append(any, sideBySide(at, plain))
			if pair != nil && n.kind == word {
				any = append(any, inAnyForm(at, *pair)...)
			}
		}
	}
	return either(any)
}

func asTyped(w words.Word, marked bool) string {
	switch {
	case w.Lower != w.Folded:
		return markLower + w.Lower
	case w.Folded != w.Stem || marked:
		return markFolded + w.Folded
	}
	return w.Stem
}

// unscored makes a condition that is met or not: bleve then unites the documents of many terms as
// sets, instead of weighing each term of each document.
type unscored struct{ query.Query }

// Searcher is the inner query's, without scores.
func (u unscored) Searcher(ctx context.Context, r index.IndexReader, m mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	o.Score, o.IncludeTermVectors = "none", false
	return u.Query.Searcher(ctx, r, m, o)
}

func inAnyForm(at place, w words.Word) []query.Query {
	any := []query.Query{term(at.field, w.Stem, at.weight)}
	if w.Folded != w.Stem || at.exact {
		any = append(any, term(at.field, markFolded+w.Folded, at.weight*exactWeight))
	}
	if w.Lower != w.Folded {
		any = append(any, term(at.field, markLower+w.Lower, at.weight*exactWeight))
	}
	return any
}

func sideBySide(at place, plain []words.Word) query.Query {
	first := plain[0].Pos
	terms := make([][]string, plain[len(plain)-1].Pos-first+1)
	for _, w := range plain {
		terms[w.Pos-first] = []string{w.Stem}
	}
	q := query.NewMultiPhraseQuery(terms, at.field)
	q.SetBoost(at.weight * phraseWeight)
	return q
}

// prefix compiles the beginning of a word; words before it in the same run must be there too.
func (b *builder) prefix(n node, wanted bool) query.Query {
	plain, _ := b.cut(n.text)
	if len(plain) == 0 || plain[len(plain)-1].End != len(n.text) {
		return nil
	}
	last := plain[len(plain)-1]
	if utf8.RuneCountInString(last.Folded) < shortestStart {
		return nil
	}
	if wanted {
		b.marks.starts = append(b.marks.starts, last.Folded)
	}
	var any []query.Query
	for _, at := range b.places(n.field) {
		for _, mark := range []string{"", markFolded} {
			q := bleve.NewPrefixQuery(mark + last.Folded)
			q.SetField(at.field)
			q.SetBoost(at.weight)
			any = append(any, unscored{q})
		}
	}
	must := []query.Query{either(any)}
	for _, w := range plain[:len(plain)-1] {
		must = append(must, b.words(node{kind: word, text: n.text[w.Start:w.End], field: n.field}, wanted))
	}
	if len(must) == 1 {
		return must[0]
	}
	return bleve.NewConjunctionQuery(must...)
}

// marks are the words to mark in the text of a hit.
type marks struct {
	stems  map[string]bool
	starts []string
}

func (m *marks) add(stem string) {
	if m.stems == nil {
		m.stems = map[string]bool{}
	}
	m.stems[stem] = true
}

// match gives what the word matches, "" for nothing.
func (m *marks) match(w words.Word) string {
	if m.stems[w.Stem] {
		return w.Stem
	}
	for _, s := range m.starts {
		if strings.HasPrefix(w.Folded, s) || strings.HasPrefix(w.Stem, s) {
			return s
		}
	}
	return ""
}
