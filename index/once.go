package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2"

	"filon/classify"
)

// A story that stands in several places is one hit: the version to use where the filter lets it through, else a
// copy. Its verdict is that of this version, so that a search for a verdict finds as many stories as the counts have.

// version is a record of a duplicate group, or one that was used already.
type version struct {
	id, group string
	canonical bool
	stands    bool // the filter lets it through, whatever its verdict
	found     bool // and its verdict, and the words
	values    [len(facetNames)]string
}

func (v version) ruling() string { return v.values[slices.Index(facetNames[:], fieldVerdict)] }

// once corrects a result that counts each record to one that counts each story.
func (x *Index) once(ctx context.Context, q Query, words bool, req *bleve.SearchRequest, res *Result) error {
	all, err := x.versions(ctx, q.Filter)
	if err != nil {
		return fmt.Errorf("count the stories: %w", err)
	}
	if words && len(all) > 0 {
		if err := x.saying(ctx, req, res.Total, all); err != nil {
			return err
		}
	}
	versions := map[string][]version{}
	take := map[[len(facetNames)]string]int{} // from the facets
	records := res.Total
	for _, v := range all {
		switch {
		case v.group != "":
			versions[v.group] = append(versions[v.group], v)
		case v.found: // used: what the search index does not know
			take[v.values]++
			res.Total--
			records--
		}
	}
	for _, group := range versions {
		var shown *version
		for i, v := range group {
			if v.found {
				take[v.values]++
				res.Total--
				if v.canonical || shown == nil {
					shown = &group[i]
				}
			}
		}
		if shown == nil {
			continue
		}
		for i, v := range group {
			if v.canonical && v.stands {
				shown = &group[i]
			}
		}
		if len(q.Verdicts) == 0 || slices.Contains(q.Verdicts, shown.ruling()) {
			take[shown.values]--
			res.Total++
		}
	}
	res.Total = max(res.Total, 0) // the search index may be behind
	res.Copies = records - res.Total
	if res.Facets != nil {
		t := newTally()
		for i, f := range res.Facets {
			for _, c := range f.Values {
				t[i][c.Value] = c.Count
			}
		}
		for values, n := range take {
			t.add(values, -n)
		}
		for i := range t {
			for value, n := range t[i] {
				if n <= 0 {
					delete(t[i], value)
				}
			}
		}
		res.Facets = t.facets()
	}
	return nil
}

// versions lists the records that are counted otherwise than once each.
func (x *Index) versions(ctx context.Context, f Filter) ([]version, error) {
	found, foundArgs := f.where()
	wide := f
	wide.Verdicts = nil
	stands, standsArgs := wide.where()
	which := "r.gone_at = '' AND r.duplicate_group <> ''"
	if f.Unused {
		which = "r.gone_at = '' AND (r.duplicate_group <> '' OR r.used = 1)"
		all := f
		all.Unused = false // the search index does not know it: it found the used ones too
		found, foundArgs = all.where()
	}
	rows, err := x.db.R.QueryContext(ctx, `SELECT r.item_id, r.duplicate_group, r.canonical, `+stands+`, `+found+`, r.content_type, `+rulingOf+`, r.source, r.visibility, r.language, r.department,
		substr(CASE WHEN r.date_published <> '' THEN r.date_published ELSE r.date_modified END, 1, 4), r.media_format FROM records r WHERE `+which, append(standsArgs, foundArgs...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []version
	for rows.Next() {
		var v version
		of := &v.values
		if err := rows.Scan(&v.id, &v.group, &v.canonical, &v.stands, &v.found, &of[0], &of[1], &of[2], &of[3], &of[4], &of[5], &of[6], &of[7]); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// saying keeps found of those only that the search index found, one of total records.
func (x *Index) saying(ctx context.Context, req *bleve.SearchRequest, total int, all []version) error {
	ask := bleve.NewSearchRequestOptions(req.Query, total, 0, false)
	if total > len(all) {
		ids := make([]string, len(all))
		for i, v := range all {
			ids[i] = v.id
		}
		b := bleve.NewBooleanQuery()
		b.AddMust(req.Query)
		b.AddFilter(unscored{bleve.NewDocIDQuery(ids)})
		ask = bleve.NewSearchRequestOptions(b, len(all), 0, false)
	}
	ask.Score = "none"
	said, err := x.look(ctx, ask)
	if err != nil {
		return err
	}
	hits := make(map[string]bool, len(said.Hits))
	for _, match := range said.Hits {
		hits[match.ID] = true
	}
	for i := range all {
		all[i].found = hits[all[i].id]
	}
	return nil
}

// asking takes a verdict that stands among the words into the filter.
func (q Query) asking() (node, Query, error) {
	n, err := parse(q.Text)
	if err != nil || len(q.Verdicts) > 0 {
		return n, q, err
	}
	is := func(n node) bool { return n.kind == field && n.field == fieldVerdict }
	switch {
	case is(n):
		q.Verdicts, n = []string{n.text}, node{kind: and}
	case n.kind == and:
		if i := slices.IndexFunc(n.kids, is); i >= 0 {
			q.Verdicts, n.kids = []string{n.kids[i].text}, slices.Delete(slices.Clone(n.kids), i, i+1)
		}
	}
	return n, q, nil
}

// Counted tells whether the story of a group, one version of which a filter lets through, has the verdict that the filter asks
// for: not where the version to use is let through but for its verdict.
func (x *Index) Counted(ctx context.Context, group string, f Filter) (bool, error) {
	if len(f.Verdicts) == 0 || group == "" {
		return true, nil
	}
	wide := f
	wide.Verdicts = nil
	stands, args := wide.where()
	var ruling classify.Outcome
	err := x.db.R.QueryRowContext(ctx, `SELECT `+rulingOf+` FROM records r WHERE r.duplicate_group = ? AND r.duplicate_group <> '' AND r.canonical = 1 AND `+stands, append([]any{group}, args...)...).Scan(&ruling)
	if errors.Is(err, sql.ErrNoRows) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("count the stories: %w", err)
	}
	return f.holds(ruling), nil
}

// holds tells whether a verdict is among those asked for.
func (f Filter) holds(o classify.Outcome) bool {
	return len(f.Verdicts) == 0 || slices.Contains(f.Verdicts, string(o))
}
