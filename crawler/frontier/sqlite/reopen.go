package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// unread is what is set in a request whose last visit left nothing that a next one may rely on.
const unread = `etag = '', last_modified = '', page_hash = '', item_hash = '', calm = 0, visited_on = ''`

// Reopen implements frontier.Frontier.
func (f *Frontier) Reopen(ctx context.Context, addresses []string) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n, hosts := 0, map[string]bool{}
	if err := f.settle(ctx); err != nil {
		return 0, err
	}
	err := f.write(ctx, func(tx *sql.Tx) error {
		for _, a := range addresses {
			// What a visit kept describes what it saw; what another found instead of an item left all as it was.
			_, err := tx.ExecContext(ctx, `UPDATE requests SET `+unread+`
				WHERE address = ? AND state IN ('kept','unreadable','needs-render')`, a)
			if err != nil {
				return err
			}
			res, err := tx.ExecContext(ctx, `UPDATE requests SET state = 'pending', reason = '', attempts = 0, next_at = 0, late = 0,
				strikes = max(0, strikes - 1) WHERE address = ? AND state <> 'pending'`, a)
			if err != nil {
				return err
			}
			if did, err := res.RowsAffected(); err != nil {
				return err
			} else if did > 0 {
				n++
				hosts[f.hosts(a)] = true
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("open addresses again: %w", err)
	}
	f.waiting += n
	f.known.clear()
	for h := range hosts {
		f.waits(h)
		f.queues[h].ahead = nil // what was read ahead may be deeper
	}
	f.tell()
	return n, nil
}
