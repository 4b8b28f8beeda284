package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"filon/crawler/frontier"
)

// Departed implements frontier.Frontier.
func (f *Frontier) Departed(ctx context.Context) ([]frontier.Departed, error) {
	f.mu.Lock()
	err := f.settle(ctx)
	run := f.run.ID
	in, args := list(f.sources)
	f.mu.Unlock()
	if err != nil {
		return nil, err
	}
	rows, err := f.db.R.QueryContext(ctx, `SELECT address, source, moved_to, state, strikes FROM requests
		WHERE in_inventory = 1 AND run = ? AND state IN ('redirected','robots','out-of-scope','never-follow','noindex','too-large','not-content','needs-login','gone') AND source IN (`+in+`)
		ORDER BY source, address`, append([]any{run}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("list what has departed: %w", err)
	}
	defer rows.Close()
	var all []frontier.Departed
	for rows.Next() {
		var d frontier.Departed
		if err := rows.Scan(&d.Address, &d.Source, &d.MovedTo, &d.State, &d.Strikes); err != nil {
			return nil, fmt.Errorf("list what has departed: %w", err)
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

// Forget implements frontier.Frontier.
func (f *Frontier) Forget(ctx context.Context, addresses []string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.write(ctx, func(tx *sql.Tx) error {
		for _, a := range addresses {
			_, err := tx.ExecContext(ctx, `UPDATE requests SET in_inventory = 0, strikes = 0, calm = 0, etag = '', last_modified = '', page_hash = '', item_hash = '' WHERE address = ?`, a)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("forget what has departed: %w", err)
	}
	return nil
}

// Held implements frontier.Frontier.
func (f *Frontier) Held(ctx context.Context) (map[string]int, error) {
	rows, err := f.db.R.QueryContext(ctx, `SELECT source, count(*) FROM requests WHERE in_inventory = 1 GROUP BY source`)
	if err != nil {
		return nil, fmt.Errorf("count what the inventory has: %w", err)
	}
	defer rows.Close()
	held := map[string]int{}
	for rows.Next() {
		var source string
		var n int
		if err := rows.Scan(&source, &n); err != nil {
			return nil, fmt.Errorf("count what the inventory has: %w", err)
		}
		held[source] = n
	}
	return held, rows.Err()
}
