package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"filon/classify"
)

// Each gives do every record that the query finds, from one consistent snapshot of the database,
// whatever a crawl writes meanwhile, and holds one record in memory at a time. Without words the order
// is that of the addresses; with words it is that of Search. An error of do ends the walk and is
// returned as it is. Limit and After are not looked at: nothing is ever cut off.
func (x *Index) Each(ctx context.Context, q Query, do func(Record) error) error {
	tx, err := x.db.R.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("read the inventory: %w", err)
	}
	defer tx.Rollback()
	if strings.TrimSpace(q.Text) != "" {
		return x.eachFound(ctx, tx, q, do)
	}
	where, args := q.Filter.where()
	rows, err := tx.QueryContext(ctx, `SELECT `+columns+joined+`WHERE `+where+` ORDER BY r.address`, args...)
	if err != nil {
		return fmt.Errorf("read the inventory: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		rec, err := scanRecord(rows.Scan)
		if err != nil {
			return fmt.Errorf("read the inventory: %w", err)
		}
		if err := do(rec); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the inventory: %w", err)
	}
	return nil
}

// Decided gives do every record of the inventory, copies left out, on whose verdict a person has ruled, in the order of
// the addresses.
func (x *Index) Decided(ctx context.Context, do func(Record) error) error {
	return x.decidedWhere(ctx, `r.gone_at = '' AND r.canonical = 1 AND d.verdict <> ''`, do)
}

func (x *Index) decidedWhere(ctx context.Context, where string, do func(Record) error) error {
	rows, err := x.db.R.QueryContext(ctx, `SELECT `+columns+joined+`WHERE `+where+` ORDER BY r.address`)
	if err != nil {
		return fmt.Errorf("read the decisions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		rec, err := scanRecord(rows.Scan)
		if err != nil {
			return fmt.Errorf("read the decisions: %w", err)
		}
		if err := do(rec); err != nil {
			return err
		}
	}
	return rows.Err()
}

// eachFound walks the hits of a query with words. All ids are taken from the search index first, 16
// bytes each, so that it is not held open while do works.
func (x *Index) eachFound(ctx context.Context, tx *sql.Tx, q Query, do func(Record) error) error {
	ids, err := x.allIDs(ctx, q)
	if err != nil {
		return err
	}
	get, err := tx.PrepareContext(ctx, `SELECT `+columns+joined+`WHERE r.item_id = ?`)
	if err != nil {
		return fmt.Errorf("read the inventory: %w", err)
	}
	defer get.Close()
	for _, id := range ids {
		rec, err := scanRecord(get.QueryRowContext(ctx, id).Scan)
		if errors.Is(err, sql.ErrNoRows) {
			continue // dropped since the search index last learned of it
		}
		if err != nil {
			return fmt.Errorf("read the inventory: %w", err)
		}
		if q.Unused && rec.Used.Yes {
			continue
		}
		if err := do(rec); err != nil {
			return err
		}
	}
	return nil
}

// Counts says how much of what lies in the inventory, a story that stands in several places counted once, as the
// version to use. Keys of the maps are as in the records, "" is unknown.
type Counts struct {
	Total      int            // without copies
	Facets     []Facet        // as in a Result
	Rules      map[string]int // records in which the rule spoke, by rule id
	Weak       int            // records that need an edit although no rule spoke: their score is low
	Duplicates int            // records that are copies of another one, their group's canonical; in no other count
	Silos      int            // stories that stand in several departments or sources
	Problems   int            // records that could not be read
}

// Counts counts the records that the filter lets through.
func (x *Index) Counts(ctx context.Context, f Filter) (Counts, error) {
	where, args := f.where()
	rows, err := x.db.R.QueryContext(ctx, `SELECT r.content_type, `+rulingOf+`, r.source, r.visibility, r.language, r.department,
		substr(CASE WHEN r.date_published <> '' THEN r.date_published ELSE r.date_modified END, 1, 4), r.media_format,
		r.duplicate_group <> '' AND NOT r.canonical, r.silos <> '', r.reasons FROM records r WHERE `+where, args...)
	if err != nil {
		return Counts{}, fmt.Errorf("count the inventory: %w", err)
	}
	defer rows.Close()
	c := Counts{Rules: map[string]int{}}
	tally := newTally()
	for rows.Next() {
		var v [len(facetNames)]string
		var copied, silos bool
		var reasons string
		if err := rows.Scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7], &copied, &silos, &reasons); err != nil {
			return Counts{}, fmt.Errorf("count the inventory: %w", err)
		}
		if copied {
			c.Duplicates++
			continue
		}
		c.Total++
		if silos {
			c.Silos++
		}
		if v[1] == "unreadable" {
			c.Problems++
		}
		tally.add(v, 1)
		if v[1] == "needs_edit" && reasons == "" {
			c.Weak++
		}
		for hit := range strings.FieldsSeq(reasons) {
			if _, rule, _ := strings.Cut(hit, ":"); !strings.HasPrefix(hit, classify.AsideHit) {
				c.Rules[rule]++
			}
		}
	}
	c.Facets = tally.facets()
	return c, rows.Err()
}
