package index

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sort"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"filon/classify"
	"filon/index/words"
)

// What Like looks for: the words by which a record differs most from the others.
const (
	likeWords      = 20  // that are looked for
	likeCandidates = 200 // that are weighed against the inventory
	likeText       = 64 << 10
	likeLeast      = 3 // of them a hit must have
)

// Like finds records about the same things as one of them, the most alike first, without it and its copies: by
// the words that are frequent in it and rare elsewhere (tf-idf), those of its title, headings and tags before
// those of its text. A *QueryError says that the record is not there, or must not be looked into.
func (x *Index) Like(ctx context.Context, address string, f Filter, limit int) (Result, error) {
	began := time.Now()
	rec, ok, err := x.Get(ctx, address)
	switch {
	case err != nil:
		return Result{}, err
	case !ok || !rec.Gone.IsZero():
		return Result{}, badQuery("rien de cette adresse n'est dans l'inventaire", "nothing of that address is in the inventory")
	case rec.Ruling() == classify.Never:
		return Result{}, badQuery("ce qui ne doit jamais sortir ne se compare à rien", "what must never leave is not compared with anything")
	}
	lang := words.LanguageOf(rec.Item.Language)
	often := x.wordsOf(rec, lang)
	res := Result{}
	err = x.shelf.read(ctx, func(idx bleve.Index) error {
		if err := x.sameGeneration(ctx, idx); err != nil {
			return err
		}
		telling, err := tellingWords(idx, often, lang)
		if err != nil || len(telling) == 0 {
			return err
		}
		req := bleve.NewSearchRequestOptions(likeQuery(telling, lang, f), min(max(limit, 1), largestLimit)+rec.Copies+1, 0, false)
		req.Sort = search.SortOrder{&search.SortScore{Desc: true}, &search.SortDocID{}}
		var compared compiled
		for _, t := range telling {
			compared.marks[lang].add(t.stem)
		}
		return x.alike(ctx, idx, req, rec, f, &compared, limit, &res)
	})
	if err != nil {
		return Result{}, fmt.Errorf("look for what is like it: %w", err)
	}
	res.Took = time.Since(began)
	return res, nil
}

// alike fills a result with the hits that are neither the record nor a copy of it, each story once.
func (x *Index) alike(ctx context.Context, idx bleve.Index, req *bleve.SearchRequest, rec Record, f Filter, c *compiled, limit int, res *Result) error {
	found, err := idx.SearchInContext(ctx, req)
	if err != nil {
		return err
	}
	told := []string{rec.Group}
	cut := newCutters()
	for _, match := range found.Hits {
		hit, ok, err := x.hit(ctx, match, c, cut)
		switch {
		case err != nil:
			return err
		case !ok || hit.Record.Item.Address == rec.Item.Address || f.Unused && hit.Record.Used.Yes:
			continue
		case hit.Record.Group != "" && slices.Contains(told, hit.Record.Group):
			res.Copies++
			continue
		}
		told = append(told, hit.Record.Group)
		if len(res.Hits) < limit {
			res.Hits = append(res.Hits, hit)
		}
	}
	res.Total = len(res.Hits)
	return nil
}

// telling is a word and how much it says about what a record is about.
type telling struct {
	stem   string
	weight float64
}

// wordsOf counts the words of a record as the search index has them: masked, without those that say nothing.
func (x *Index) wordsOf(rec Record, lang words.Language) []telling {
	often := map[string]float64{}
	mask := rec.Verdict.Hide(x.mask)
	split := words.NewSplitter(lang)
	count := func(text string, weight float64) {
		split.Split(mask(text), func(w words.Word) {
			if !w.Stop && !w.Joined && len(w.Stem) > 2 && (w.Stem[0] < '0' || w.Stem[0] > '9') {
				often[w.Stem] += weight
			}
		})
	}
	it := rec.Item
	count(it.Title, 4)
	for _, h := range it.Headings {
		count(h.Text, 2)
	}
	for _, t := range it.Tags {
		count(t, 3)
	}
	count(it.Description, 2)
	count(it.Text[:min(len(it.Text), likeText)], 1)
	all := make([]telling, 0, len(often))
	for stem, n := range often {
		all = append(all, telling{stem, 1 + math.Log(n)})
	}
	sortTelling(all)
	return all[:min(len(all), likeCandidates)]
}

func sortTelling(all []telling) {
	sort.Slice(all, func(a, b int) bool {
		if all[a].weight != all[b].weight {
			return all[a].weight > all[b].weight
		}
		return all[a].stem < all[b].stem
	})
}

// tellingWords chooses the words that are rare in the inventory, but not alone in it.
func tellingWords(idx bleve.Index, often []telling, lang words.Language) ([]telling, error) {
	n, err := idx.DocCount()
	if err != nil {
		return nil, err
	}
	var all []telling
	for _, w := range often {
		df, err := documentsWith(idx, fieldText+lang.String(), w.stem)
		if err != nil {
			return nil, err
		}
		if df < 2 {
			continue
		}
		all = append(all, telling{w.stem, w.weight * math.Log(1+float64(n)/float64(df))})
	}
	sortTelling(all)
	return all[:min(len(all), likeWords)], nil
}

// documentsWith counts the documents that have a term in a field.
func documentsWith(idx bleve.Index, field, term string) (uint64, error) {
	dict, err := idx.FieldDictRange(field, []byte(term), []byte(term))
	if err != nil {
		return 0, err
	}
	defer dict.Close()
	for {
		e, err := dict.Next()
		if err != nil || e == nil {
			return 0, err
		}
		if e.Term == term {
			return e.Count, nil
		}
	}
}

func likeQuery(all []telling, lang words.Language, f Filter) query.Query {
	var any []query.Query
	suffix := lang.String()
	for _, t := range all {
		any = append(any, either([]query.Query{term(fieldTitle+suffix, t.stem, 2*t.weight), term(fieldHeads+suffix, t.stem, t.weight), term(fieldText+suffix, t.stem, t.weight)}))
	}
	alike := bleve.NewDisjunctionQuery(any...)
	alike.SetMin(float64(min(likeLeast, len(any))))
	b := bleve.NewBooleanQuery()
	b.AddMust(alike)
	if filters := f.queries(); len(filters) > 0 {
		b.AddFilter(unscored{bleve.NewConjunctionQuery(filters...)})
	}
	return b
}
