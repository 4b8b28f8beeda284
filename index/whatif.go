package index

import (
	"context"
	"encoding/json"
	"fmt"

	"filon/classify"
	"filon/crawler/content"
)

// Difference is an item whose verdict would be another.
type Difference struct {
	Item          content.Item
	Before, After classify.Verdict
}

// WhatIf judges every kept item as Rejudge does and tells, in a fixed order, of those that would change
// their verdict in one word, or its kind. It writes nothing and may be called on an inventory that is
// open for reading. judge is called from several goroutines at once; found and progress are not.
func (x *Index) WhatIf(ctx context.Context, judge func(content.Item) classify.Verdict, found func(Difference) error, progress func(done, total int)) error {
	total := 0
	if err := x.db.R.QueryRowContext(ctx, `SELECT count(*) FROM records WHERE gone_at = ''`).Scan(&total); err != nil {
		return fmt.Errorf("judge on trial: %w", err)
	}
	var last int64
	for done := 0; ; {
		batch, err := x.judgeable(ctx, everyRecord, last)
		if err != nil {
			return fmt.Errorf("judge on trial: %w", err)
		}
		if len(batch) == 0 {
			return nil
		}
		judgeAll(batch, judge)
		for _, j := range batch {
			if j.problem != nil {
				return fmt.Errorf("judge on trial: %w", j.problem)
			}
			d := Difference{Item: j.row.item, After: j.row.verdict}
			if err := json.Unmarshal(j.before, &d.Before); err != nil {
				return fmt.Errorf("read the verdict of %s: %w", d.Item.Address, err)
			}
			if d.Before.Outcome == d.After.Outcome && d.Before.Kind == d.After.Kind {
				continue
			}
			if err := found(d); err != nil {
				return err
			}
		}
		done += len(batch)
		last = batch[len(batch)-1].id
		if progress != nil {
			progress(done, max(total, done))
		}
	}
}
