package index

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"filon/classify"
	"filon/crawler/content"
	"filon/index/template"
)

// rejudgeBatch is how many items are judged between two commits.
const rejudgeBatch = 200

// Rejudge judges every kept item again, from what was extracted, and keeps the verdicts that differ; it
// says how many did. What people decided stays. judge is called from several goroutines at once. A cut
// leaves part of the inventory judged; calling again finishes it. progress may be nil.
func (x *Index) Rejudge(ctx context.Context, judge func(content.Item) classify.Verdict, progress func(done, total int)) (changed int, err error) {
	return x.rejudge(ctx, everyRecord, judge, progress)
}

// fullEvery is the number of days after which a night judges the whole inventory, because all content
// slowly loses freshness.
const fullEvery = 7

// RejudgeDue does what Rejudge does, for as many items as need it on that day under rules of that version:
// all of them when the version is new or a week has passed, else those whose verdict hangs on the day.
func (x *Index) RejudgeDue(ctx context.Context, day time.Time, version string, judge func(content.Item) classify.Verdict) (changed int, err error) {
	if !x.write {
		return 0, ErrReadOnly
	}
	last, err := stateIn(ctx, x.db.R, "judged")
	if err != nil {
		return 0, err
	}
	today := day.Format(time.DateOnly)
	lastVersion, lastDay, _ := strings.Cut(last, " ")
	lastFull, lastNight, _ := strings.Cut(lastDay, " ")
	full, err := time.Parse(time.DateOnly, lastFull)
	scope := dayBound
	switch {
	case last == "":
		lastFull, scope = today, ""
		var stale bool // the first crawl has just judged all there is, unless an earlier filon was here
		if err := x.db.R.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM records WHERE gone_at = '' AND rules <> ?)`, strings.SplitN(version, "-", 2)[0]).Scan(&stale); err != nil {
			return 0, fmt.Errorf("rejudge: %w", err)
		}
		if stale {
			scope = everyRecord
		}
	case lastVersion != version || err != nil || day.Before(full) || day.Sub(full) >= fullEvery*24*time.Hour:
		lastFull, scope = today, everyRecord
	case lastNight == today:
		scope = ""
	}
	if scope != "" {
		if changed, err = x.rejudge(ctx, scope, judge, nil); err != nil {
			return changed, err
		}
	}
	return changed, setStateIn(ctx, x.db.W, "judged", version+" "+lastFull+" "+today)
}

// Which records are judged: conditions on records.
const (
	everyRecord = `gone_at = ''`
	dayBound    = `gone_at = '' AND day_bound = 1`
)

func (x *Index) rejudge(ctx context.Context, scope string, judge func(content.Item) classify.Verdict, progress func(done, total int)) (changed int, err error) {
	if !x.write {
		return 0, ErrReadOnly
	}
	err = x.eachJudged(ctx, scope, func(j *judged) { j.judge(judge) }, progress, func(batch []judged) error {
		n := 0
		err := x.transact(ctx, func(tx *sql.Tx) (err error) {
			n, err = x.saveVerdicts(ctx, tx, batch)
			return err
		})
		changed += n
		return err
	})
	if err != nil {
		return changed, fmt.Errorf("rejudge: %w", err)
	}
	return changed, x.Flush(ctx)
}

// eachJudged gives do the records of a scope in batches, in the order of their ids, after judge was called on each of
// them, from several goroutines at once. While do works on one batch the next is judged and the one after it is read:
// three batches are in memory at most.
func (x *Index) eachJudged(ctx context.Context, scope string, judge func(*judged), progress func(done, total int), do func([]judged) error) error {
	total := 0
	if err := x.db.R.QueryRowContext(ctx, `SELECT count(*) FROM records WHERE `+scope).Scan(&total); err != nil {
		return err
	}
	type stage struct {
		batch []judged
		err   error
	}
	var stages sync.WaitGroup
	defer stages.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	pass := func(to chan<- stage, s stage) bool {
		select {
		case to <- s:
			return s.err == nil
		case <-ctx.Done():
			return false
		}
	}
	read, ready := make(chan stage), make(chan stage)
	stages.Go(func() {
		defer close(read)
		for last := int64(0); ; {
			batch, err := x.judgeable(ctx, scope, last)
			if err == nil && len(batch) == 0 || !pass(read, stage{batch, err}) {
				return
			}
			last = batch[len(batch)-1].id
		}
	})
	stages.Go(func() {
		defer close(ready)
		for s := range read {
			judgeAll(s.batch, judge)
			if !pass(ready, s) {
				return
			}
		}
	})
	done := 0
	for s := range ready {
		if s.err != nil {
			return s.err
		}
		if err := do(s.batch); err != nil {
			return err
		}
		done += len(s.batch)
		if progress != nil {
			progress(done, max(total, done))
		}
	}
	return ctx.Err()
}

// judged is an item with its old verdict and its new one.
type judged struct {
	id       int64
	blob     []byte
	before   []byte
	reasons  string // before
	said     []byte // before, as are the next two
	wanted   []byte
	official bool
	row      row
	withheld bool // now in the secret garden: what it says goes
	other    bool // what is kept of the verdict is not the same
	changed  bool // in more than the day and the version of the rules
	was      classify.Outcome

	verdictBefore classify.Verdict // of a trial that would change it
	problem       error
}

func (x *Index) judgeable(ctx context.Context, scope string, after int64) ([]judged, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT c.record_id, c.item, c.verdict, r.reasons, coalesce(t.said, x''), coalesce(t.wanted, x''), coalesce(t.official, 0)
		FROM record_contents c JOIN records r ON r.id = c.record_id LEFT JOIN record_traces t ON t.record_id = r.id
		WHERE c.record_id > ? AND `+scope+` ORDER BY c.record_id LIMIT ?`, after, rejudgeBatch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var batch []judged
	for rows.Next() {
		var j judged
		if err := rows.Scan(&j.id, &j.blob, &j.before, &j.reasons, &j.said, &j.wanted, &j.official); err != nil {
			return nil, err
		}
		batch = append(batch, j)
	}
	return batch, rows.Err()
}

// judgeAll calls judge on a batch on all processors and returns when all is done.
func judgeAll(batch []judged, judge func(*judged)) {
	var workers sync.WaitGroup
	n := min(runtime.GOMAXPROCS(0), len(batch))
	var next atomic.Int64
	for range n {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(batch); i = int(next.Add(1)) - 1 {
				j := &batch[i]
				if j.row.item, j.problem = unpackItem(j.blob); j.problem == nil {
					judge(j)
				}
			}
		})
	}
	workers.Wait()
}

// judge judges a record and compares the verdict with the one before.
func (j *judged) judge(judge func(content.Item) classify.Verdict) {
	v := judge(j.row.item)
	var kept content.Item
	if kept, j.withheld = classify.Withhold(j.row.item, v); j.withheld {
		found := j.row.item
		j.row, j.problem = newRow(kept, judge(kept))
		j.row.textHash, j.row.signed = readText(template.Undo(found))
	} else {
		j.problem = j.row.judged(v)
	}
	if j.problem != nil || string(j.before) == string(j.row.verdictDoc) {
		return
	}
	j.other = true
	var before classify.Verdict
	if err := json.Unmarshal(j.before, &before); err != nil {
		j.problem = fmt.Errorf("read the verdict of %s: %w", j.row.item.Address, err)
		return
	}
	j.was = before.Outcome
	// A new day or a new version of the rules by itself changes no verdict.
	before.Day, before.Rules = j.row.verdict.Day, j.row.verdict.Rules
	same, err := json.Marshal(before)
	j.changed = err != nil || string(same) != string(j.row.verdictDoc)
}

// saveVerdicts writes what differs from before.
func (x *Index) saveVerdicts(ctx context.Context, tx *sql.Tx, batch []judged) (changed int, err error) {
	now := time.Now().UTC().Truncate(time.Second)
	contents, err := tx.PrepareContext(ctx, `UPDATE record_contents SET verdict = ? WHERE record_id = ?`)
	if err != nil {
		return 0, err
	}
	defer contents.Close()
	records, err := tx.PrepareContext(ctx, `UPDATE records SET content_type=?, verdict=?, media_format=?, readiness=?, reasons=?, rules=?,
		day_bound=?, revision = revision + (search_hash <> ? OR ?), search_hash = ? WHERE id = ?`)
	if err != nil {
		return 0, err
	}
	defer records.Close()
	for i := range batch {
		j := &batch[i]
		if j.problem != nil {
			return changed, j.problem
		}
		if j.withheld {
			if _, err := x.put(ctx, tx, j.row); err != nil {
				return changed, err
			}
		}
		if err := noteWarned(ctx, tx, j.id, j.row.verdict); err != nil {
			return changed, err
		}
		if t := j.row.verdict.Traces(); !j.withheld && (!bytes.Equal(template.Pack(t.Said), j.said) || !bytes.Equal(template.Pack(t.Wanted), j.wanted) || t.Official != j.official) {
			if err := j.row.trace(ctx, tx, j.id); err != nil {
				return changed, err
			}
		}
		if !j.other {
			continue
		}
		if j.changed {
			changed++
		}
		v := j.row.verdict
		_, turned, err := weigh(ctx, tx, &j.row)
		if err != nil {
			return changed, err
		}
		if j.was != v.Outcome && !j.withheld {
			err := note(ctx, tx, Change{At: now, Kind: Verdict, Address: j.row.item.Address, Source: j.row.item.Source, Title: coveredTitle(j.row.item, v),
				Before: j.was, After: v.Outcome, Rule: decisive(j.reasons, j.row.reasons)})
			if err != nil {
				return changed, err
			}
		}
		if _, err := contents.ExecContext(ctx, string(j.row.verdictDoc), j.id); err != nil {
			return changed, err
		}
		if _, err := records.ExecContext(ctx, v.Type, string(v.Outcome), v.Format, v.Readiness, j.row.reasons, v.Rules, j.row.dayBound, j.row.searchHash, turned, j.row.searchHash, j.id); err != nil {
			return changed, err
		}
	}
	return changed, nil
}
