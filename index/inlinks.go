package index

import (
	"context"
	"fmt"
)

// SetInlinks counts, for every record, the other known pages that link to it, as the frontier found
// them in the same file. Without the frontier's tables nothing changes.
func (x *Index) SetInlinks(ctx context.Context) error {
	n := 0
	if err := x.db.R.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('links', 'requests')`).Scan(&n); err != nil {
		return fmt.Errorf("count inlinks: %w", err)
	}
	if n < 2 {
		return nil
	}
	if _, err := x.db.W.ExecContext(ctx, `
		UPDATE records SET inlinks = found.n FROM (
			SELECT r.id, count(l.from_id) AS n FROM records r
			LEFT JOIN requests q ON q.address = r.address
			LEFT JOIN links l ON l.to_id = q.id AND l.from_id <> q.id
			GROUP BY r.id
		) AS found WHERE found.id = records.id AND records.inlinks <> found.n`); err != nil {
		return fmt.Errorf("count inlinks: %w", err)
	}
	return nil
}
