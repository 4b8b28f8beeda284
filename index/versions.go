package index

import (
	"context"
	"fmt"
)

// Versions gives the versions of rules and policy by which the records of the inventory were judged, the most frequent
// first. After a whole Rejudge there is one.
func (x *Index) Versions(ctx context.Context) ([]Count, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT rules, count(*) FROM records WHERE gone_at = '' GROUP BY rules ORDER BY count(*) DESC, rules`)
	if err != nil {
		return nil, fmt.Errorf("read the versions of the rules: %w", err)
	}
	defer rows.Close()
	var all []Count
	for rows.Next() {
		var c Count
		if err := rows.Scan(&c.Value, &c.Count); err != nil {
			return nil, fmt.Errorf("read the versions of the rules: %w", err)
		}
		all = append(all, c)
	}
	return all, rows.Err()
}
