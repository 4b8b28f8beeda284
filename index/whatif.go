package index

import (
	"context"
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
	err := x.eachJudged(ctx, everyRecord, func(j *judged) { j.try(judge) }, progress, func(batch []judged) error {
		for i := range batch {
			j := &batch[i]
			if j.problem != nil {
				return j.problem
			}
			if j.other {
				if err := found(Difference{Item: j.row.item, Before: j.verdictBefore, After: j.row.verdict}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("judge on trial: %w", err)
	}
	return nil
}

// try judges a record and tells whether its verdict would be another in one word, or its kind.
func (j *judged) try(judge func(content.Item) classify.Verdict) {
	j.row.verdict = judge(j.row.item)
	if kept, yes := classify.Withhold(j.row.item, j.row.verdict); yes {
		j.row.item, j.row.verdict = kept, judge(kept)
	}
	var before struct {
		Outcome classify.Outcome `json:"verdict"`
		Kind    classify.Kind    `json:"kind"`
	}
	err := readJSON(j.before, &before)
	if j.other = err == nil && (before.Outcome != j.row.verdict.Outcome || before.Kind != j.row.verdict.Kind); j.other {
		err = readJSON(j.before, &j.verdictBefore)
	}
	if err != nil {
		j.problem = fmt.Errorf("read the verdict of %s: %w", j.row.item.Address, err)
	}
}
