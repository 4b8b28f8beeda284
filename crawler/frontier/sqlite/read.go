package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"filon/crawler/frontier"
)

const columns = `id, address, host, source, via, depth, state, reason, http_status, attempts, next_at, etag, last_modified, item_hash, in_inventory, late > 0, sketch, pattern, hint, strikes, visited_on, calm, modified_on, twin_of, links_hash, reach, (found_by_sitemap OR found_by_cms)`

type row interface{ Scan(...any) error }

func scan(from row) (frontier.Request, error) {
	var r frontier.Request
	var next int64
	var visited, modified string
	err := from.Scan(&r.ID, &r.Address, &r.Host, &r.Source, &r.Via, &r.Depth, &r.State, &r.Reason, &r.Status, &r.Attempts, &next,
		&r.ETag, &r.LastModified, &r.ItemHash, &r.InInventory, &r.Late, &r.Sketch, &r.Pattern, &r.Hint,
		&r.Strikes, &visited, &r.Calm, &modified, &r.TwinOf, &r.LinksHash, &r.Reach, &r.Listed)
	r.Visited, _ = time.Parse(time.DateOnly, visited) // '' is the zero time
	r.Modified, _ = time.Parse(time.RFC3339, modified)
	if next > 0 {
		r.NextAt = time.UnixMilli(next)
	}
	return r, err
}

// Tallies implements frontier.Frontier. Before Begin it counts all sources.
func (f *Frontier) Tallies(ctx context.Context) ([]frontier.Tally, error) {
	f.mu.Lock()
	err := f.settle(ctx)
	in, args := list(f.sources)
	f.mu.Unlock()
	if err != nil {
		return nil, err
	}
	where := ""
	if len(args) > 0 {
		where = `WHERE source IN (` + in + `)`
	}
	rows, err := f.db.R.QueryContext(ctx, `SELECT source, state, found_by_seed, found_by_link, found_by_sitemap, found_by_feed, found_by_folder, found_by_cms, state = 'not-content' AND address LIKE 'file:%/', count(*)
		FROM requests `+where+` GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9`, args...)
	if err != nil {
		return nil, fmt.Errorf("count requests: %w", err)
	}
	defer rows.Close()
	var all []frontier.Tally
	for rows.Next() {
		var t frontier.Tally
		if err := rows.Scan(&t.Source, &t.State, &t.Seed, &t.Link, &t.Sitemap, &t.Feed, &t.Folder, &t.CMS, &t.Listed, &t.Count); err != nil {
			return nil, fmt.Errorf("count requests: %w", err)
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// Sketches implements frontier.Frontier.
func (f *Frontier) Sketches(ctx context.Context, each func(address string, sketch []byte)) error {
	f.mu.Lock()
	run := f.run.ID
	in, args := list(f.sources)
	f.mu.Unlock()
	rows, err := f.db.R.QueryContext(ctx, `SELECT address, sketch FROM requests
		WHERE run = ? AND sketch <> x'' AND closed_at <> '' AND state NOT IN ('pending','trap') AND source IN (`+in+`) ORDER BY late, depth, id`,
		append([]any{run}, args...)...)
	if err != nil {
		return fmt.Errorf("read what was visited: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var address string
		var sketch []byte
		if err := rows.Scan(&address, &sketch); err != nil {
			return fmt.Errorf("read what was visited: %w", err)
		}
		each(address, sketch)
	}
	return rows.Err()
}

// Traps implements frontier.Frontier.
func (f *Frontier) Traps(ctx context.Context, n int) ([]frontier.Family, error) {
	f.mu.Lock()
	in, args := list(f.sources)
	f.mu.Unlock()
	rows, err := f.db.R.QueryContext(ctx, `SELECT source, pattern, min(reason), min(address), count(*) AS n
		FROM requests WHERE state = 'trap' AND source IN (`+in+`) GROUP BY source, pattern ORDER BY n DESC, pattern LIMIT ?`, append(args, n)...)
	if err != nil {
		return nil, fmt.Errorf("list traps: %w", err)
	}
	defer rows.Close()
	var all []frontier.Family
	for rows.Next() {
		var t frontier.Family
		if err := rows.Scan(&t.Source, &t.Pattern, &t.Reason, &t.Example, &t.Count); err != nil {
			return nil, fmt.Errorf("list traps: %w", err)
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// Find implements frontier.Frontier.
func (f *Frontier) Find(ctx context.Context, address string, limit int) (frontier.Request, []string, bool, error) {
	r, err := scan(f.db.R.QueryRowContext(ctx, `SELECT `+columns+` FROM requests WHERE address = ?`, address))
	if errors.Is(err, sql.ErrNoRows) {
		return r, nil, false, nil
	}
	if err != nil {
		return r, nil, false, fmt.Errorf("find %s: %w", address, err)
	}
	err = f.db.R.QueryRowContext(ctx, `SELECT o.address FROM requests r JOIN requests o ON o.id = r.referrer_id WHERE r.id = ?`, r.ID).Scan(&r.Referrer)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return r, nil, true, fmt.Errorf("find the referrer of %s: %w", address, err)
	}
	rows, err := f.db.R.QueryContext(ctx, `SELECT o.address FROM links l JOIN requests o ON o.id = l.from_id WHERE l.to_id = ? LIMIT ?`, r.ID, limit)
	if err != nil {
		return r, nil, true, fmt.Errorf("find the links to %s: %w", address, err)
	}
	defer rows.Close()
	var from []string
	for rows.Next() {
		var a string
		if err := rows.Scan(&a); err != nil {
			return r, from, true, fmt.Errorf("find the links to %s: %w", address, err)
		}
		from = append(from, a)
	}
	return r, from, true, rows.Err()
}

// Runs implements frontier.Frontier.
func (f *Frontier) Runs(ctx context.Context, n int) ([]frontier.Run, error) {
	rows, err := f.db.R.QueryContext(ctx, `SELECT id, started_at, ended_at, status, reason, visits, coverage FROM runs ORDER BY id DESC LIMIT ?`, n)
	if err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	defer rows.Close()
	var runs []frontier.Run
	for rows.Next() {
		var r frontier.Run
		var started, ended string
		if err := rows.Scan(&r.ID, &started, &ended, &r.Status, &r.Reason, &r.Visits, &r.Tally); err != nil {
			return nil, fmt.Errorf("list runs: %w", err)
		}
		r.Started, _ = time.Parse(time.RFC3339, started)
		r.Ended, _ = time.Parse(time.RFC3339, ended)
		runs = append(runs, r)
	}
	return runs, rows.Err()
}

// seen is what recent remembers of an address.
type seen struct {
	id    int64
	depth int
	state frontier.State
	ways  [6]bool // seed, link, sitemap, feed, folder, cms
}

// recent remembers the addresses that were named last, because the navigation of a site names the
// same ones on every page. It is bounded: when full, the older half goes.
type recent struct {
	most     int
	new, old map[string]seen
}

func newRecent(most int) *recent {
	return &recent{most: most / 2, new: map[string]seen{}, old: map[string]seen{}}
}

func (r *recent) get(address string) (seen, bool) {
	if s, ok := r.new[address]; ok {
		return s, true
	}
	s, ok := r.old[address]
	return s, ok
}

func (r *recent) put(address string, s seen) {
	if len(r.new) >= r.most {
		r.old, r.new = r.new, make(map[string]seen, r.most)
	}
	r.new[address] = s
}

func (r *recent) clear() { r.new, r.old = map[string]seen{}, map[string]seen{} }
