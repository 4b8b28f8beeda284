package index

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Forget removes the changes of runs before this one, and the records of pages that were gone before
// its start, unless a person has decided about them. What is in the inventory and all decisions stay.
func (x *Index) Forget(ctx context.Context, before int64, start time.Time) error {
	if !x.write {
		return ErrReadOnly
	}
	err := x.transact(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM changes WHERE run < ?`, before); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM records WHERE gone_at <> '' AND gone_at < ? AND indexed_revision >= revision
			AND address NOT IN (SELECT address FROM decisions)`, instant(start))
		return err
	})
	if err != nil {
		return fmt.Errorf("forget what was before run %d: %w", before, err)
	}
	return nil
}
