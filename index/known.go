package index

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"filon/classify"
	"filon/crawler/content"
	"filon/index/template"
)

// What the public pages of the company say already, as far as items inside ask for it. Each record keeps the
// fingerprints of what it says or asks beside it; what both sides hold is small, whatever the inventory's size.

// trace keeps the fingerprints of the row, if it has any. With what knowledge it was judged is open until RejudgeKnown.
func (r *row) trace(ctx context.Context, tx *sql.Tx, id int64) error {
	t := r.verdict.Traces()
	if len(t.Said)+len(t.Wanted) == 0 {
		_, err := tx.ExecContext(ctx, `DELETE FROM record_traces WHERE record_id = ?`, id)
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO record_traces (record_id, said, wanted, official, known) VALUES (?,?,?,?,'?')
		ON CONFLICT (record_id) DO UPDATE SET said = excluded.said, wanted = excluded.wanted, official = excluded.official, known = excluded.known`,
		id, template.Pack(t.Said), template.Pack(t.Wanted), t.Official)
	return err
}

// Known gives what stands in public on that day of what items inside ask for: on pages that are there, dated no later
// than that day or not at all; and of each record what closes a copy of it. It depends on the inventory and the day
// alone.
func (x *Index) Known(ctx context.Context, day time.Time) (*classify.Known, error) {
	fail := func(err error) (*classify.Known, error) { return nil, fmt.Errorf("look up what is public: %w", err) }
	known := &classify.Known{}
	if err := x.warnings(ctx, known, nil); err != nil {
		return fail(err)
	}
	wanted := map[uint64]bool{}
	var raw sql.RawBytes
	rows, err := x.db.R.QueryContext(ctx, `SELECT t.wanted FROM record_traces t JOIN records r ON r.id = t.record_id WHERE length(t.wanted) > 0 AND r.gone_at = ''`)
	if err != nil {
		return fail(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&raw); err != nil {
			return fail(err)
		}
		for _, k := range template.Unpack(raw) {
			wanted[k] = true
		}
	}
	if err := rows.Err(); err != nil || len(wanted) == 0 {
		return known, err
	}
	rows.Close()
	rows, err = x.db.R.QueryContext(ctx, `SELECT t.said, t.official, r.address, r.date_published, r.date_modified FROM record_traces t JOIN records r ON r.id = t.record_id
		WHERE length(t.said) > 0 AND r.gone_at = '' AND r.visibility = ? AND r.verdict <> ?`, string(content.Public), string(classify.Never))
	if err != nil {
		return fail(err)
	}
	defer rows.Close()
	today := day.Format(time.DateOnly)
	for rows.Next() {
		var at classify.Place
		var modified string
		if err := rows.Scan(&raw, &at.Official, &at.Address, &at.Day, &modified); err != nil {
			return fail(err)
		}
		if at.Day == "" {
			at.Day = modified
		}
		if at.Day > today {
			continue
		}
		for _, k := range template.Unpack(raw) {
			if wanted[k] {
				known.Add(k, at)
			}
		}
	}
	return known, rows.Err()
}

// RejudgeKnown judges those records again for which something else is known to be public than when they were judged
// last, and says how many verdicts that changed. judge must judge with that same knowledge.
func (x *Index) RejudgeKnown(ctx context.Context, known *classify.Known, judge func(content.Item) classify.Verdict) (changed int, err error) {
	if !x.write {
		return 0, ErrReadOnly
	}
	rows, err := x.db.R.QueryContext(ctx, `SELECT t.record_id, t.wanted, t.known FROM record_traces t JOIN records r ON r.id = t.record_id
		WHERE length(t.wanted) > 0 AND r.gone_at = '' ORDER BY t.record_id`)
	if err != nil {
		return 0, fmt.Errorf("rejudge what is public by now: %w", err)
	}
	defer rows.Close()
	type stale struct {
		id  int64
		now string
	}
	var due []stale
	var raw sql.RawBytes
	for rows.Next() {
		var s stale
		var was string
		if err := rows.Scan(&s.id, &raw, &was); err != nil {
			return 0, fmt.Errorf("rejudge what is public by now: %w", err)
		}
		if s.now = known.Of(template.Unpack(raw)); s.now != was {
			due = append(due, s)
		}
	}
	if err := rows.Err(); err != nil || len(due) == 0 {
		return 0, err
	}
	rows.Close()
	for len(due) > 0 {
		part := due[:min(len(due), rejudgeBatch)]
		due = due[len(part):]
		var batch []judged
		for _, s := range part {
			j := judged{id: s.id}
			err := x.db.R.QueryRowContext(ctx, `SELECT c.item, c.verdict, r.reasons, t.said, t.wanted, t.official FROM record_contents c
				JOIN records r ON r.id = c.record_id JOIN record_traces t ON t.record_id = r.id WHERE r.id = ?`, s.id).Scan(&j.blob, &j.before, &j.reasons, &j.said, &j.wanted, &j.official)
			if err != nil {
				return changed, fmt.Errorf("rejudge what is public by now: %w", err)
			}
			batch = append(batch, j)
		}
		judgeAll(batch, func(j *judged) { j.judge(judge) })
		n := 0
		err := x.transact(ctx, func(tx *sql.Tx) (err error) {
			if n, err = x.saveVerdicts(ctx, tx, batch); err != nil {
				return err
			}
			for _, s := range part {
				if _, err := tx.ExecContext(ctx, `UPDATE record_traces SET known = ? WHERE record_id = ?`, s.now, s.id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return changed, fmt.Errorf("rejudge what is public by now: %w", err)
		}
		changed += n
	}
	return changed, x.Flush(ctx)
}
