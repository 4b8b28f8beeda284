package index

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"filon/classify"
	"filon/crawler/content"
)

// What closes one copy of a text warns of the others: the copies of a group tell each other, from what their rules found
// in themselves, so that neither the order of judging nor what an earlier warning made of a verdict counts.

// copied is a record of a duplicate group.
type copied struct {
	id                       int64
	group, address, textHash string
	public                   bool
	reasons                  []string
	shown                    string // its address, as filon shows it; "" until it is asked for
}

// warnings notes in known what closes a copy of each record. judge gives the reasons; nil takes those that are kept.
func (x *Index) warnings(ctx context.Context, known *classify.Known, judge func(content.Item) classify.Verdict) error {
	rows, err := x.db.R.QueryContext(ctx, `SELECT id, duplicate_group, address, text_hash, visibility = ?, reasons FROM records
		WHERE duplicate_group <> '' AND gone_at = '' ORDER BY duplicate_group, address`, string(content.Public))
	if err != nil {
		return err
	}
	defer rows.Close()
	var group []copied
	var groups [][]copied
	for rows.Next() {
		var c copied
		var reasons string
		if err := rows.Scan(&c.id, &c.group, &c.address, &c.textHash, &c.public, &reasons); err != nil {
			return err
		}
		c.reasons = strings.Fields(reasons)
		if len(group) > 0 && group[0].group != c.group {
			groups, group = append(groups, group), nil
		}
		group = append(group, c)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	for _, group := range append(groups, group) {
		if judge != nil {
			if err := x.foresee(ctx, group, judge); err != nil {
				return err
			}
		}
		if err := x.warn(ctx, known, group); err != nil {
			return err
		}
	}
	return nil
}

// foresee gives the records of a group the reasons that judge finds in them.
func (x *Index) foresee(ctx context.Context, group []copied, judge func(content.Item) classify.Verdict) error {
	for i := range group {
		var blob []byte
		if err := x.db.R.QueryRowContext(ctx, `SELECT item FROM record_contents WHERE record_id = ?`, group[i].id).Scan(&blob); err != nil {
			return err
		}
		item, err := unpackItem(blob)
		if err != nil {
			return err
		}
		group[i].reasons = hitsOf(judge(item))
	}
	return nil
}

// warn tells each record of a group, which comes in the order of addresses, of the copy that closes it most: one that
// reads the same before one that is alike.
func (x *Index) warn(ctx context.Context, known *classify.Known, group []copied) error {
	var twins []classify.Twin
	var of []int
	public := map[string]string{} // by text
	for i, c := range group {
		if t, ok := classify.Closing(c.reasons); ok {
			t.Address = c.address
			twins, of = append(twins, t), append(of, i)
		}
		if c.public && public[c.textHash] == "" {
			public[c.textHash] = c.address
		}
	}
	for i, c := range group {
		var worst classify.Twin
		var by *copied
		for k, t := range twins {
			if of[k] == i {
				continue
			}
			t.Exact, t.Exposed = group[of[k]].textHash == c.textHash, public[c.textHash]
			if worst.Address == "" || t.Graver(worst) {
				worst, by = t, &group[of[k]]
			}
		}
		if by == nil {
			continue
		}
		if by.shown == "" {
			rec, ok, err := x.Get(ctx, by.address)
			if err != nil {
				return err
			}
			if ok {
				by.shown = rec.HideAddress(by.address)
			}
		}
		worst.Shown = by.shown
		known.Warn(c.address, worst)
	}
	return nil
}

// WarnUnder replaces what known has of the copies by what judge finds in them: for a trial of other rules.
func (x *Index) WarnUnder(ctx context.Context, known *classify.Known, judge func(content.Item) classify.Verdict) error {
	known.Calm()
	if err := x.warnings(ctx, known, judge); err != nil {
		return fmt.Errorf("look for closed copies: %w", err)
	}
	return nil
}

// RejudgeWarned judges those records again of whose copies something else is known than when they were judged last, and
// says how many verdicts that changed. judge must judge with that same knowledge.
func (x *Index) RejudgeWarned(ctx context.Context, known *classify.Known, judge func(content.Item) classify.Verdict) (changed int, err error) {
	if !x.write {
		return 0, ErrReadOnly
	}
	rows, err := x.db.R.QueryContext(ctx, `SELECT id, address, warned FROM records WHERE gone_at = '' AND (duplicate_group <> '' OR warned <> '') ORDER BY id`)
	if err != nil {
		return 0, fmt.Errorf("rejudge copies: %w", err)
	}
	defer rows.Close()
	var due []string
	for rows.Next() {
		var id int64
		var address, warned string
		if err := rows.Scan(&id, &address, &warned); err != nil {
			return 0, fmt.Errorf("rejudge copies: %w", err)
		}
		if known.Warned(address) != warned {
			due = append(due, strconv.FormatInt(id, 10))
		}
	}
	if err := rows.Err(); err != nil {
		return 0, fmt.Errorf("rejudge copies: %w", err)
	}
	rows.Close()
	for len(due) > 0 {
		part := due[:min(len(due), rejudgeBatch)]
		due = due[len(part):]
		n, err := x.rejudge(ctx, `gone_at = '' AND id IN (`+strings.Join(part, ",")+`)`, judge, nil)
		if changed += n; err != nil {
			return changed, err
		}
	}
	return changed, nil
}

// noteWarned notes of which closed copy a verdict knows.
func noteWarned(ctx context.Context, tx *sql.Tx, id int64, v classify.Verdict) error {
	_, err := tx.ExecContext(ctx, `UPDATE records SET warned = ? WHERE id = ? AND warned <> ?`, v.Warned(), id, v.Warned())
	return err
}
