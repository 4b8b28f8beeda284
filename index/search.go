package index

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"filon/classify"
	"filon/index/words"
)

// Query is what to look for. The zero Query finds everything.
type Query struct {
	Text string // words, "phrases", starts*, -not, OR, field:value; see parse
	Filter
	Order    Order
	Limit    int    // hits to return; 0 for 20, at most 1000
	After    string // Next of the page before
	Copies   bool   // show the copies of what was found already, too
	NoFacets bool   // when nobody looks at them
}

// Order is the order of hits.
type Order string

// Orders; the zero Order is ByRelevance when there are words and Newest when there are none.
const (
	ByRelevance Order = "relevance"
	Newest      Order = "newest"
	Oldest      Order = "oldest"
	Readiest    Order = "readiness"
)

// Result is one page of hits.
type Result struct {
	Hits   []Hit
	Total  int     // stories of all pages, each once, whatever Query.Copies
	Copies int     // records of all pages beside them: they tell a story again
	Facets []Facet // over all pages; nil when not asked for
	Next   string  // for Query.After; "" on the last page
	Behind int     // records that are kept but cannot be found yet
	Took   time.Duration
}

// Hit is a record that was found.
type Hit struct {
	Record  Record
	Score   float64 // comparable within one result
	Title   string  // masked where it must be; never empty when the record has a title or an address
	Snippet Snippet // masked; empty for records that must never be published
}

// Facet counts the hits by the values of one field.
type Facet struct {
	Name   string  `json:"name"` // type, verdict, source, visibility, language, department, year, format
	Values []Count `json:"values"`
}

// Count is a value and how many records have it; the value "" is unknown.
type Count struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// MaskedTitle stands where a title must not be shown.
const MaskedTitle = "•••"

const (
	mostRounds   = 16 // pages of nothing but copies that are gone through for one
	defaultLimit = 20
	largestLimit = 1000
)

// Search finds records. It waits up to 5 s for another filon that is writing the search index. A
// *QueryError says that the query cannot be understood.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	began := time.Now()
	n, q, err := q.asking()
	if err != nil {
		return Result{}, err
	}
	c, req, err := request(n, q)
	if err != nil {
		return Result{}, err
	}
	told, err := groupsOf(q.After)
	if err != nil {
		return Result{}, err
	}
	var res Result
	cut := newCutters()
	for round := 0; ; round++ {
		found, err := x.look(ctx, req)
		if err != nil {
			return Result{}, err
		}
		if round == 0 {
			res.Total = int(found.Total)
			if !q.NoFacets {
				res.Facets = splitFacets(found)
			}
			if err := x.once(ctx, q, c.query != nil, req, &res); err != nil {
				return Result{}, err
			}
		}
		var last *search.DocumentMatch
		for _, last = range found.Hits {
			hit, ok, err := x.hit(ctx, last, &c, cut)
			if err != nil {
				return Result{}, err
			}
			group := hit.Record.Group
			switch {
			case !ok || q.Unused && hit.Record.Used.Yes || !q.holds(hit.Record.Ruling()):
				continue
			case group != "" && !q.Copies && slices.Contains(told, group):
				continue
			case group != "" && !q.Copies:
				told = append(told, group)
				if hit, err = x.best(ctx, hit, q.Filter, &c, cut); err != nil {
					return Result{}, err
				}
				if !q.holds(hit.Record.Ruling()) {
					continue
				}
			}
			if res.Hits = append(res.Hits, hit); len(res.Hits) == req.Size {
				break
			}
		}
		if last == nil || len(found.Hits) < req.Size && len(res.Hits) < req.Size {
			break
		}
		res.Next = cursor(last, q.order(), told)
		if len(res.Hits) == req.Size || round == mostRounds {
			break
		}
		req.SearchAfter, req.Facets = []string{sortKey(last, q.order()), last.ID}, nil
	}
	if res.Behind, err = x.Behind(ctx); err != nil {
		return Result{}, err
	}
	res.Took = time.Since(began)
	return res, nil
}

func (q Query) order() Order {
	if q.Order == "" || q.Order == ByRelevance {
		if strings.TrimSpace(q.Text) == "" {
			return Newest
		}
		return ByRelevance
	}
	return q.Order
}

// request is the question in bleve's terms.
func request(n node, q Query) (compiled, *bleve.SearchRequest, error) {
	c, err := compile(n)
	if err != nil {
		return compiled{}, nil, err
	}
	filters := q.Filter.queries()
	var whole query.Query
	switch {
	case c.query == nil && len(filters) == 0:
		whole = bleve.NewMatchAllQuery()
	case c.query == nil:
		whole = unscored{bleve.NewConjunctionQuery(filters...)}
	case len(filters) == 0:
		whole = c.query
	default:
		b := bleve.NewBooleanQuery()
		b.AddMust(c.query)
		b.AddFilter(unscored{bleve.NewConjunctionQuery(filters...)})
		whole = b
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	req := bleve.NewSearchRequestOptions(whole, min(limit, largestLimit), 0, false)
	newest := &search.SortField{Field: fieldDay, Desc: true, Type: search.SortFieldAsString, Missing: search.SortFieldMissingLast}
	id := &search.SortDocID{}
	switch q.order() {
	case ByRelevance:
		req.Sort = search.SortOrder{&search.SortScore{Desc: true}, id}
	case Newest:
		req.Sort = search.SortOrder{newest, id}
	case Oldest:
		req.Sort = search.SortOrder{&search.SortField{Field: fieldDay, Type: search.SortFieldAsString, Missing: search.SortFieldMissingLast}, id}
	case Readiest:
		req.Sort = search.SortOrder{&search.SortField{Field: fieldReady, Desc: true, Type: search.SortFieldAsString}, id}
	default:
		return c, nil, badQuery("l'ordre %q n'existe pas ; il y a relevance, newest, oldest et readiness", "there is no order %q; orders are relevance, newest, oldest and readiness", q.Order)
	}
	if q.order() != ByRelevance {
		req.Score = "none"
	}
	if !q.NoFacets {
		req.AddFacet(fieldFacets, bleve.NewFacetRequest(fieldFacets, 1<<20))
	}
	if q.After != "" {
		after, err := readCursor(q.After, q.order())
		if err != nil {
			return c, nil, err
		}
		req.SearchAfter = after
	}
	return c, req, nil
}

// look asks the search index. An inventory that nothing was ever kept in has none, and finds nothing.
func (x *Index) look(ctx context.Context, req *bleve.SearchRequest) (*bleve.SearchResult, error) {
	var found *bleve.SearchResult
	err := x.shelf.read(ctx, func(idx bleve.Index) (err error) {
		if err = x.sameGeneration(ctx, idx); err == nil {
			found, err = idx.SearchInContext(ctx, req)
		}
		return err
	})
	if errors.Is(err, errNoShelf) {
		n := 0
		if cerr := x.db.R.QueryRowContext(ctx, `SELECT count(*) FROM records`).Scan(&n); cerr == nil && n == 0 {
			return &bleve.SearchResult{}, nil
		}
		return nil, ErrNoSearch
	}
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

// ErrNoSearch says that the search folder is missing, of an older filon or of another inventory: Reindex makes it anew.
var ErrNoSearch = errors.New("the search index is missing or is not of this inventory; filon reindex makes it anew, and nothing is lost")

func (x *Index) sameGeneration(ctx context.Context, idx bleve.Index) error {
	name, err := idx.GetInternal(generationID)
	if err != nil {
		return err
	}
	want, err := stateIn(ctx, x.db.R, "search")
	if err != nil {
		return err
	}
	if string(name) != want || !strings.HasPrefix(want, shape+"-") {
		return ErrNoSearch
	}
	return nil
}

// hit completes a match from the database; false when the record has been dropped meanwhile.
func (x *Index) hit(ctx context.Context, match *search.DocumentMatch, c *compiled, cut *cutters) (Hit, bool, error) {
	rec, err := scanRecord(x.db.R.QueryRowContext(ctx, `SELECT `+columns+joined+`WHERE r.item_id = ?`, match.ID).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return Hit{}, false, nil
	}
	if err != nil {
		return Hit{}, false, fmt.Errorf("search: %w", err)
	}
	h := Hit{Record: rec, Score: match.Score, Title: MaskedTitle}
	if rec.Ruling() != classify.Never {
		mask := rec.Verdict.Hide(x.mask)
		h.Title = mask(rec.Item.Title)
		if h.Title == "" {
			h.Title = rec.HideAddress(rec.Item.Address)
		}
		lang := words.LanguageOf(rec.Item.Language)
		item := rec.Item
		if needsMask(rec.Verdict) { // what a value is may be said far from it
			item.Text = mask(upTo(item.Text, searchedText))
		}
		h.Snippet = snippet(item, cut[lang].Splitter, &c.marks[lang], mask)
	}
	return h, true, nil
}

// best gives the version of a story to use in place of a copy of it, when the filter lets that through but for its verdict.
func (x *Index) best(ctx context.Context, copied Hit, f Filter, c *compiled, cut *cutters) (Hit, error) {
	if copied.Record.Canonical {
		return copied, nil
	}
	f.Verdicts = nil
	where, args := f.where()
	id := ""
	err := x.db.R.QueryRowContext(ctx, `SELECT r.item_id FROM records r WHERE r.duplicate_group = ? AND r.duplicate_group <> '' AND r.canonical AND `+where, append([]any{copied.Record.Group}, args...)...).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return copied, nil
	}
	if err != nil {
		return copied, fmt.Errorf("search: %w", err)
	}
	hit, ok, err := x.hit(ctx, &search.DocumentMatch{ID: id, Score: copied.Score}, c, cut)
	if err != nil || !ok {
		return copied, err
	}
	return hit, nil
}

// allIDs lists the ids of every hit, in order.
func (x *Index) allIDs(ctx context.Context, q Query) ([]string, error) {
	q.Limit, q.NoFacets, q.After = largestLimit, true, ""
	n, q, err := q.asking()
	if err != nil {
		return nil, err
	}
	var ids []string
	for {
		_, req, err := request(n, q)
		if err != nil {
			return nil, err
		}
		found, err := x.look(ctx, req)
		if err != nil {
			return nil, err
		}
		for _, match := range found.Hits {
			ids = append(ids, match.ID)
		}
		if len(found.Hits) < req.Size {
			return ids, nil
		}
		q.After = cursor(found.Hits[len(found.Hits)-1], q.order(), nil)
	}
}

// cursor names the place after a hit: the value it was sorted by, its id, and the groups of copies that were
// shown until there. New records may appear before or after the place, but none is shown twice.
func cursor(match *search.DocumentMatch, order Order, groups []string) string {
	text, _ := json.Marshal([]string{string(order), base64.StdEncoding.EncodeToString([]byte(sortKey(match, order))), match.ID, strings.Join(groups, " ")})
	return base64.RawURLEncoding.EncodeToString(text)
}

// sortKey is the value by which a hit was sorted, as SearchAfter takes it.
func sortKey(match *search.DocumentMatch, order Order) string {
	if order == ByRelevance {
		return strconv.FormatFloat(match.Score, 'g', -1, 64)
	}
	return match.Sort[0]
}

// groupsOf reads the groups of copies off a cursor.
func groupsOf(after string) ([]string, error) {
	if after == "" {
		return nil, nil
	}
	parts, err := splitCursor(after)
	if err != nil {
		return nil, err
	}
	return strings.Fields(parts[3]), nil
}

var errCursor = badQuery("la marque de la page suivante est abîmée, ou d'un autre ordre", "the mark of the next page is damaged, or belongs to another order")

func splitCursor(after string) ([]string, error) {
	text, err := base64.RawURLEncoding.DecodeString(after)
	if err != nil {
		return nil, errCursor
	}
	var parts []string
	if err := json.Unmarshal(text, &parts); err != nil || len(parts) != 4 {
		return nil, errCursor
	}
	return parts, nil
}

func readCursor(after string, order Order) ([]string, error) {
	parts, err := splitCursor(after)
	if err != nil || parts[0] != string(order) {
		return nil, errCursor
	}
	key, err := base64.StdEncoding.DecodeString(parts[1])
	if err != nil {
		return nil, errCursor
	}
	return []string{string(key), parts[2]}, nil
}

// tally counts the values of all facets.
type tally [len(facetNames)]map[string]int

func newTally() *tally {
	var t tally
	for i := range t {
		t[i] = map[string]int{}
	}
	return &t
}

func (t *tally) add(values [len(facetNames)]string, n int) {
	for i, v := range values {
		t[i][v] += n
	}
}

// facets lists the counts, the largest first.
func (t *tally) facets() []Facet {
	var all []Facet
	for i, name := range facetNames {
		f := Facet{Name: name}
		for v, n := range t[i] {
			f.Values = append(f.Values, Count{v, n})
		}
		sort.Slice(f.Values, func(a, b int) bool {
			if f.Values[a].Count != f.Values[b].Count {
				return f.Values[a].Count > f.Values[b].Count
			}
			return f.Values[a].Value < f.Values[b].Value
		})
		all = append(all, f)
	}
	return all
}

// splitFacets takes apart the one facet that bleve counted: reading one joined value per hit costs an
// eighth of reading eight.
func splitFacets(found *bleve.SearchResult) []Facet {
	t := newTally()
	if result := found.Facets[fieldFacets]; result != nil && result.Terms != nil {
		for _, term := range result.Terms.Terms() {
			var values [len(facetNames)]string
			copy(values[:], strings.Split(term.Term, facetSeparator))
			t.add(values, term.Count)
		}
	}
	return t.facets()
}
