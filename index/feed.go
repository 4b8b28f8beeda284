package index

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
)

// A batch is written when it reaches one of these. Larger ones are hardly quicker and take memory
// (384 records of 8 KB take 250 MB in all, and the collector a quarter of the time);
// the delay bounds how long a kept record stays unfound.
const (
	batchRecords = 128
	batchBytes   = 1 << 20
	batchDelay   = 20 * time.Second
)

// feed carries kept records into the search index until the index is closed. It is the only
// goroutine of the index that lasts.
func (x *Index) feed() {
	ctx := context.Background()
	var batch []entry
	size := 0
	tick := time.NewTicker(batchDelay)
	defer tick.Stop()
	write := func() {
		if len(batch) > 0 {
			x.note(x.shelve(ctx, batch))
		}
		clear(batch)
		batch, size = batch[:0], 0
	}
	take := func(e entry) {
		batch = append(batch, e)
		if size += e.size(); len(batch) >= batchRecords || size >= batchBytes {
			write()
		}
	}
	drain := func() {
		for {
			select {
			case e := <-x.queue:
				take(e)
				continue
			default:
			}
			break
		}
		write()
	}
	for {
		select {
		case e := <-x.queue:
			take(e)
		case <-tick.C:
			write()
		case done := <-x.flushes:
			drain()
			err := x.catchUp(ctx, nil) // what did not get through the queue, or failed
			x.note(err)
			done <- err
		case <-x.stop:
			drain()
			err := x.catchUp(ctx, nil)
			if err == nil && x.wrote.Load() {
				err = x.shelf.write(ctx, func(idx bleve.Index) error { return tidy(ctx, idx) })
				if err == nil { // opening is when bleve removes the files that tidy left behind
					err = x.shelf.write(ctx, func(bleve.Index) error { return nil })
				}
			}
			x.note(err)
			return
		}
	}
}

// note remembers why the search index is behind; a later success forgets it.
func (x *Index) note(err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.failed = err
}

// shelve writes a batch: first the search index, then the revisions that say so. A process that dies
// between the two writes the same documents again, under the same names.
func (x *Index) shelve(ctx context.Context, entries []entry) error {
	entries, err := x.newest(ctx, entries)
	if err != nil || len(entries) == 0 {
		return err
	}
	x.wrote.Store(true)
	err = x.shelf.write(ctx, func(idx bleve.Index) error {
		batch := idx.NewBatch()
		for _, e := range entries {
			if e.dropped {
				batch.Delete(e.itemID)
				continue
			}
			if err := batch.IndexAdvanced(e.searchable(x.cutters, x.mask)); err != nil {
				return err
			}
		}
		if err := idx.Batch(batch); err != nil {
			return err
		}
		return tidy(ctx, idx)
	})
	if err != nil {
		return fmt.Errorf("bring %d records into the search index: %w", len(entries), err)
	}
	err = x.transact(ctx, func(tx *sql.Tx) error {
		known, err := tx.PrepareContext(ctx, `UPDATE records SET indexed_revision = ? WHERE id = ? AND revision >= ? AND indexed_revision < ?`)
		if err != nil {
			return err
		}
		defer known.Close()
		for _, e := range entries {
			if e.dropped && e.id == 0 {
				_, err = tx.ExecContext(ctx, `UPDATE dropped_records SET indexed = 1 WHERE item_id = ? AND revision = ?`, e.itemID, e.revision)
			} else {
				_, err = known.ExecContext(ctx, e.revision, e.id, e.revision, e.revision)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note what the search index knows: %w", err)
	}
	return nil
}

// newest leaves out entries that a later Keep or Drop of the same address has overtaken: what overtook
// them is on its way too, and must not be followed by them.
func (x *Index) newest(ctx context.Context, entries []entry) ([]entry, error) {
	kept := entries[:0]
	for _, e := range entries {
		query, key := `SELECT revision FROM records WHERE id = ?`, any(e.id)
		if e.dropped && e.id == 0 {
			query, key = `SELECT revision FROM dropped_records WHERE item_id = ?`, e.itemID
		}
		var revision int64
		err := x.db.R.QueryRowContext(ctx, query, key).Scan(&revision)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, fmt.Errorf("compare revisions: %w", err)
		}
		if err == nil && revision == e.revision {
			kept = append(kept, e)
		}
	}
	return kept, nil
}

// catchUp brings into the search index whatever the database says it does not know.
func (x *Index) catchUp(ctx context.Context, progress func(done, total int)) error {
	done, total := 0, 0
	if progress != nil {
		n, err := x.Behind(ctx)
		if err != nil {
			return err
		}
		total = n
	}
	for {
		batch, err := x.behind(ctx)
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			return nil
		}
		if err := x.shelve(ctx, batch); err != nil {
			return err
		}
		done += len(batch)
		if progress != nil {
			progress(done, max(total, done))
		}
	}
}

// behind reads one batch of what the search index does not know.
func (x *Index) behind(ctx context.Context) ([]entry, error) {
	var batch []entry
	fail := func(err error) ([]entry, error) {
		return nil, fmt.Errorf("read what search does not know yet: %w", err)
	}
	gone, err := x.db.R.QueryContext(ctx, `SELECT item_id, revision FROM dropped_records WHERE indexed = 0 ORDER BY item_id LIMIT ?`, batchRecords)
	if err != nil {
		return fail(err)
	}
	defer gone.Close()
	for gone.Next() {
		e := entry{dropped: true}
		if err := gone.Scan(&e.itemID, &e.revision); err != nil {
			return fail(err)
		}
		batch = append(batch, e)
	}
	if err := gone.Err(); err != nil || len(batch) > 0 {
		return batch, err
	}
	rows, err := x.db.R.QueryContext(ctx, `SELECT r.id, r.revision, r.item_id, r.gone_at <> '', c.item, c.verdict, coalesce(d.verdict, ''), coalesce(d.lapsed, '')`+joined+`
		WHERE r.indexed_revision < r.revision ORDER BY r.id LIMIT ?`, batchRecords)
	if err != nil {
		return fail(err)
	}
	defer rows.Close()
	size := 0
	for size < batchBytes && rows.Next() {
		var e entry
		var blob, verdict []byte
		if err := rows.Scan(&e.id, &e.revision, &e.itemID, &e.dropped, &blob, &verdict, &e.decided.verdict, &e.decided.lapsed); err != nil {
			return fail(err)
		}
		if e.dropped {
			batch = append(batch, e)
			continue
		}
		if e.item, err = unpackItem(blob); err != nil {
			return fail(err)
		}
		if err := json.Unmarshal(verdict, &e.verdict); err != nil {
			return fail(err)
		}
		size += e.size()
		batch = append(batch, e)
	}
	return batch, rows.Err()
}

// matchGeneration makes sure that the search folder is this inventory's and of today's shape; if not,
// it is made anew and everything waits to be indexed again.
func (x *Index) matchGeneration(ctx context.Context) error {
	want, err := stateIn(ctx, x.db.R, "search")
	if err != nil {
		return err
	}
	if want != "" && x.generation(ctx) == want {
		return nil
	}
	return x.startOver(ctx)
}

// generation reads which life of the search folder this is; "" when there is none, or none that can be
// read, or of another shape.
func (x *Index) generation(ctx context.Context) string {
	var name []byte
	err := x.shelf.read(ctx, func(idx bleve.Index) (err error) {
		name, err = idx.GetInternal(generationID)
		return err
	})
	if err != nil || !strings.HasPrefix(string(name), shape+"-") {
		return ""
	}
	return string(name)
}

// startOver replaces the search index by an empty one. The database learns first that search knows
// nothing: a death at any point leaves work to do, never a gap.
func (x *Index) startOver(ctx context.Context) error {
	name := newGeneration()
	return x.shelf.locked(ctx, func() error {
		err := x.transact(ctx, func(tx *sql.Tx) error {
			for _, q := range []string{`UPDATE records SET indexed_revision = 0 WHERE indexed_revision > 0`, `UPDATE dropped_records SET indexed = 1`} {
				if _, err := tx.ExecContext(ctx, q); err != nil {
					return err
				}
			}
			return setStateIn(ctx, tx, "search", name)
		})
		if err != nil {
			return fmt.Errorf("start the search index over: %w", err)
		}
		return x.shelf.found(name)
	})
}

// Reindex deletes the search index and builds it again from the database, and what pages show which pictures.
func (x *Index) Reindex(ctx context.Context, progress func(done, total int)) error {
	if !x.write {
		return ErrReadOnly
	}
	if err := x.countImagesAnew(ctx); err != nil {
		return err
	}
	if err := x.startOver(ctx); err != nil {
		return err
	}
	return x.catchUp(ctx, progress)
}
