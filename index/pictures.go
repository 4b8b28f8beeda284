package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"filon/classify"
	"filon/crawler/content"
)

// Pictures of pages that do not say how large they are: the crawl asks for the size of some each night, and what it
// learned is kept by address, so that nobody is asked twice.

const (
	mostPictures = 4 // of one page, beside the one it gives to networks
	mostTries    = 3 // nights on which a picture that cannot be had is asked for
)

// unsized gives the pictures of a page whose size is worth asking for, by their place in Item.Images.
func unsized(item content.Item) []int {
	if formOf(item) != formPage {
		return nil
	}
	var all []int
	inside := 0
	for i, m := range item.Images {
		if m.Width > 0 && m.Height > 0 || m.Missing || !strings.HasPrefix(m.Address, "http://") && !strings.HasPrefix(m.Address, "https://") {
			continue
		}
		switch m.Role {
		case "og":
			all = append(all, i)
		case "content":
			if inside++; inside <= mostPictures {
				all = append(all, i)
			}
		}
	}
	return all
}

// keepPictures notes which pictures of a record have no size.
func (r *row) keepPictures(ctx context.Context, tx *sql.Tx, id int64) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM record_pictures WHERE record_id = ?`, id); err != nil {
		return err
	}
	for _, i := range unsized(r.item) {
		m := r.item.Images[i]
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO record_pictures (record_id, address, role) VALUES (?,?,?)`, id, m.Address, m.Role); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO pictures (source, address) VALUES (?,?)`, r.item.Source, m.Address); err != nil {
			return err
		}
	}
	return nil
}

// Unsized gives at most that many addresses of pictures of a source whose size is not known yet: those that pages give
// to networks first, then in the order of the alphabet. Those of what must never leave are not among them.
func (x *Index) Unsized(ctx context.Context, source string, most int) ([]string, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT p.address FROM pictures p JOIN record_pictures u ON u.address = p.address JOIN records r ON r.id = u.record_id AND r.source = p.source
		WHERE p.source = ? AND p.done = 0 AND r.gone_at = '' AND r.verdict NOT IN ('never', 'unreadable')
		GROUP BY p.address ORDER BY p.tries, min(u.role <> 'og'), p.address LIMIT ?`, source, most)
	if err != nil {
		return nil, fmt.Errorf("look for pictures without a size: %w", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var addr string
		if err := rows.Scan(&addr); err != nil {
			return nil, fmt.Errorf("look for pictures without a size: %w", err)
		}
		all = append(all, addr)
	}
	return all, rows.Err()
}

// Size notes how large a picture is: 0 × 0 when that cannot be told, -1 × -1 when there is none. It is told when nothing else can be expected of
// another night.
func (x *Index) Size(ctx context.Context, source, picture string, width, height int, told bool) error {
	_, err := x.db.W.ExecContext(ctx, `UPDATE pictures SET width = ?, height = ?, tries = tries + 1, done = (? OR tries + 1 >= ?) WHERE source = ? AND address = ?`,
		width, height, told, mostTries, source, picture)
	if err != nil {
		return fmt.Errorf("note the size of %s: %w", picture, err)
	}
	return nil
}

// Sized fills in what earlier nights learned of an item's pictures: how large they are, and that they are not there.
func (x *Index) Sized(ctx context.Context, item content.Item) (content.Item, error) {
	cloned := false
	for _, i := range unsized(item) {
		var width, height int
		err := x.db.R.QueryRowContext(ctx, `SELECT width, height FROM pictures WHERE source = ? AND address = ? AND width <> 0`, item.Source, item.Images[i].Address).Scan(&width, &height)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return item, fmt.Errorf("look up the size of a picture: %w", err)
		}
		if !cloned {
			item.Images, cloned = slices.Clone(item.Images), true
		}
		if width < 0 {
			item.Images[i].Missing = true
			continue
		}
		item.Images[i].Width, item.Images[i].Height = width, height
	}
	return item, nil
}

// SizePictures writes the sizes that were learned into the records that use the pictures, and judges those anew.
func (x *Index) SizePictures(ctx context.Context, judge func(content.Item) classify.Verdict) error {
	if !x.write {
		return ErrReadOnly
	}
	fail := func(err error) error { return fmt.Errorf("write sizes of pictures: %w", err) }
	for last := int64(0); ; {
		ids, err := x.sizable(ctx, last)
		if err != nil {
			return fail(err)
		}
		if len(ids) == 0 {
			return nil
		}
		last = ids[len(ids)-1]
		batch, err := x.trimmable(ctx, ids, nil)
		if err != nil {
			return fail(err)
		}
		trimAll(batch, func(j *trimmed) { j.size(ctx, x, judge) })
		err = x.transact(ctx, func(tx *sql.Tx) error {
			run, err := currentRun(ctx, tx)
			if err != nil {
				return err
			}
			now := time.Now().UTC().Truncate(time.Second)
			for _, j := range batch {
				if j.problem != nil {
					return j.problem
				}
				if err := x.saveTrim(ctx, tx, j, run, now); err != nil {
					return err
				}
				if err := j.row.keepPictures(ctx, tx, j.id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fail(err)
		}
	}
}

// size fills in the sizes of a record's pictures.
func (j *trimmed) size(ctx context.Context, x *Index, judge func(content.Item) classify.Verdict) {
	item, err := unpackItem(j.blob)
	if err == nil {
		item, err = x.Sized(ctx, item)
	}
	if err == nil {
		j.row, err = newRow(item, judge(item))
	}
	j.problem = err
}

// sizable gives records of which a picture's size has become known.
func (x *Index) sizable(ctx context.Context, after int64) ([]int64, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT DISTINCT u.record_id FROM record_pictures u JOIN records r ON r.id = u.record_id
		JOIN pictures p ON p.source = r.source AND p.address = u.address AND p.width <> 0 WHERE u.record_id > ? ORDER BY u.record_id LIMIT ?`, after, rejudgeBatch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
