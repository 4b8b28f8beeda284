package sqlite

import (
	"context"
	"fmt"
	"slices"

	"filon/crawler/frontier"
)

// Adopt implements frontier.Frontier.
func (f *Frontier) Adopt(ctx context.Context, keep, seeds []string, to func(address, from string) string) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	in, args := list(slices.Concat(f.sources, keep))
	given, more := list(seeds)
	own, most := list(f.sources)
	args = append(append(args, more...), most...)
	rows, err := f.db.R.QueryContext(ctx, `SELECT id, address, source, state FROM requests
		WHERE source NOT IN (`+in+`) OR address IN (`+given+`) AND source NOT IN (`+own+`)`, args...)
	if err != nil {
		return 0, fmt.Errorf("look for addresses of other sources: %w", err)
	}
	defer rows.Close()
	type moved struct {
		id     int64
		source string
		opens  bool
	}
	var all []moved
	for rows.Next() {
		var id int64
		var addr, from string
		var state frontier.State
		if err := rows.Scan(&id, &addr, &from, &state); err != nil {
			return 0, fmt.Errorf("look for addresses of other sources: %w", err)
		}
		if source := to(addr, from); source != "" {
			all = append(all, moved{id, source, state != frontier.NeverFollow && state != frontier.NoFollow && state != frontier.NotContent})
		}
	}
	if err := rows.Err(); err != nil {
		return 0, fmt.Errorf("look for addresses of other sources: %w", err)
	}
	rows.Close()
	if len(all) == 0 {
		return 0, nil
	}
	tx, err := f.db.W.BeginTx(ctx, nil)
	if err != nil {
		return 0, fmt.Errorf("move addresses to another source: %w", err)
	}
	defer tx.Rollback()
	for _, m := range all {
		set := `source = ?, twin_of = '', reach = '', ` + unread
		if m.opens {
			set += `, state = 'pending', reason = '', attempts = 0, next_at = 0, late = 0`
		}
		if _, err := tx.ExecContext(ctx, `UPDATE requests SET `+set+` WHERE id = ?`, m.source, m.id); err != nil {
			return 0, fmt.Errorf("move addresses to another source: %w", err)
		}
	}
	if err := tx.Commit(); err != nil {
		return 0, fmt.Errorf("move addresses to another source: %w", err)
	}
	return len(all), f.readHosts(ctx)
}
