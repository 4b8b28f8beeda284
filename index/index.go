// Package index keeps the inventory and finds things in it.
//
//	Keep ──▶ filon.db (the truth) ──▶ search/ (derived, can be deleted) ──▶ Search
//	            │
//	            ├──▶ Each, Counts ──▶ exports, reports
//	            ◀── Decide            people's decisions, which outlive everything
//
// In: records. Out: records, hits, counts. Never: judging, fetching, a word of a record whose verdict
// is never in the search index.
package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"filon/crawler/truth"
	"filon/index/template"
)

// Options change how an index is opened.
type Options struct {
	// Mask hides personal data and secrets in a text; what is searched, quoted and shown passes through
	// it. It must be safe for concurrent use. Nil leaves texts as they are.
	Mask func(string) string
	// Write starts the keeper of the search index, which Keep, Drop, Rejudge and Reindex need. One
	// process at a time may write; any number may read beside it.
	Write bool
}

// Index is an open inventory, safe for concurrent use.
type Index struct {
	db      *truth.File
	shelf   *shelf
	mask    func(string) string
	write   bool
	cutters *cutters // used while the shelf is open for writing, so by one at a time

	keeper  sync.WaitGroup // the goroutine that feeds the search index
	queue   chan entry     // kept records on their way to it
	flushes chan chan error
	stop    chan struct{}
	closing sync.Once

	subjects *subjects // who was purged; changed by Purge alone

	wrote atomic.Bool // this process brought something into the search index

	mu     sync.Mutex
	failed error // why the search index is behind; nil while all is well

	templates map[string]template.Template // by source, as learned last; guarded by mu, as is the next
	ahead     map[string]*ahead            // by source, while its template is only learned ahead
}

// ErrReadOnly says that the index was opened without Options.Write.
var ErrReadOnly = errors.New("the inventory was opened for reading only")

// Open opens the inventory in db, making its tables when they are missing, and its search index in
// the folder dir/search. With Options.Write, records that a killed process kept but could not bring
// into the search index are brought there now.
func Open(ctx context.Context, dir string, db *truth.File, opts Options) (*Index, error) {
	if err := migrate(ctx, db.W); err != nil {
		return nil, err
	}
	x := &Index{
		db: db, shelf: newShelf(filepath.Join(dir, "search")), mask: opts.Mask, write: opts.Write, cutters: newCutters(),
		queue: make(chan entry, 16), flushes: make(chan chan error), stop: make(chan struct{}), ahead: map[string]*ahead{},
	}
	var err error
	x.subjects, err = readSubjects(ctx, db.R)
	if err != nil {
		return nil, err
	}
	if x.templates, err = readTemplates(ctx, db.R); err != nil {
		return nil, err
	}
	if x.mask == nil {
		x.mask = func(s string) string { return s }
	}
	if !x.write {
		return x, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	if err := x.matchGeneration(ctx); err != nil {
		return nil, err
	}
	if err := x.groundOld(ctx); err != nil {
		return nil, err
	}
	if err := x.catchUp(ctx, nil); err != nil {
		return nil, err
	}
	x.keeper.Add(1)
	go func() {
		defer x.keeper.Done()
		x.feed()
	}()
	return x, nil
}

// Flush returns when everything that was kept can be searched.
func (x *Index) Flush(ctx context.Context) error {
	if !x.write {
		return ErrReadOnly
	}
	done := make(chan error, 1)
	select {
	case x.flushes <- done:
	case <-x.stop:
		return errors.New("flush a closed index")
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Behind counts the kept records that search does not find yet.
func (x *Index) Behind(ctx context.Context) (int, error) {
	n := 0
	if err := x.db.R.QueryRowContext(ctx, `SELECT count(*) FROM records WHERE indexed_revision < revision`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count what search does not know yet: %w", err)
	}
	return n, nil
}

// Close brings the search index up to date and closes it; the database stays open, it is the
// caller's. An error means that search is behind, never that a record is lost: `filon reindex` mends it.
func (x *Index) Close() error {
	var err error
	x.closing.Do(func() {
		close(x.stop)
		x.keeper.Wait()
		x.mu.Lock()
		err = x.failed
		x.mu.Unlock()
		if cerr := x.shelf.close(); err == nil {
			err = cerr
		}
	})
	return err
}

// transact runs do in one writing transaction.
func (x *Index) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := x.db.W.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// patience is how long one process waits for another that holds the search index.
const patience = 20 * time.Second
