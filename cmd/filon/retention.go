package main

import (
	"context"
	"errors"

	"filon/cmd/filon/outbox"
)

// tidied is what the retention has done.
type tidied struct {
	forgotten     int   // runs
	oldest        int64 // the oldest run that is kept
	before, after int64 // bytes of filon.db
}

// fewestRuns stay whatever the size: a diff needs two.
const fewestRuns = 2

// forget removes what the retention no longer keeps: the runs beyond its number, and, when filon.db is
// beyond its size, older ones still. With a run go its changes, its hosts, its sent digests, and the
// records of pages that were gone before the oldest run that stays. Decisions stay, and so does every
// record with one.
func (s *stock) forget(ctx context.Context, keep retentionSettings) (tidied, error) {
	var t tidied
	runs, err := s.frontier.Runs(ctx, 1<<30)
	if err != nil {
		return t, err
	}
	box, err := outbox.Open(ctx, s.db, true)
	if err != nil {
		return t, err
	}
	if t.before, err = s.db.Size(ctx); err != nil {
		return t, err
	}
	t.after = t.before
	most := min(keep.most(), len(runs))
	for most >= fewestRuns {
		if most < len(runs) {
			oldest := runs[most-1]
			n, err := s.frontier.ForgetRuns(ctx, oldest.ID)
			err = errors.Join(err, s.index.Forget(ctx, oldest.ID, oldest.Started), box.Forget(ctx, oldest.ID))
			if err != nil {
				return t, err
			}
			t.forgotten += n
			t.oldest = oldest.ID
			if err := s.db.Shrink(ctx); err != nil {
				return t, err
			}
			if t.after, err = s.db.Size(ctx); err != nil {
				return t, err
			}
		}
		if keep.size == 0 || t.after <= keep.size || most == fewestRuns {
			break
		}
		most = max(fewestRuns, most*3/4)
	}
	return t, nil
}
