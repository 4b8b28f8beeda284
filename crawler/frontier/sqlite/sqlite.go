// Package sqlite keeps the frontier in filon.db: nothing of it lives only in memory, so a crawl of
// any size needs little of it and survives the death of its process.
//
// In: addresses and results. Out: requests. Never: a decision about an address.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"filon/crawler/frontier"
	"filon/crawler/truth"
)

// ahead is how many waiting requests of a host are read from the file at once.
const ahead = 64

// Frontier implements frontier.Frontier on the tables of schema. It is safe for concurrent use
// within one process; two processes must not crawl into one file at once.
type Frontier struct {
	db    *truth.File
	now   func() time.Time
	hosts func(address string) string

	look, enter *sql.Stmt

	mu      sync.Mutex // guards what follows, and serialises writes to the tables
	run     frontier.Run
	sources []string
	queues  map[string]*queue          // by host: those that may have something waiting
	order   []string                   // hosts in turn
	leased  map[int64]frontier.Request // being visited
	since   map[int64]time.Time        // by whom they are
	calm    map[int64]calmVisit        // visited, found as they were, and not yet written
	known   *recent
	waiting int
	changed chan struct{} // closed and renewed whenever Next may find something new
}

// queue is what was read ahead of one host's waiting requests.
type queue struct {
	ahead []frontier.Request
	wake  time.Time // nothing is due before; zero when unknown
}

// Open makes the tables that are missing. host gives the host and port of an address.
func Open(ctx context.Context, db *truth.File, host func(address string) string) (*Frontier, error) {
	f := &Frontier{db: db, now: time.Now, hosts: host, queues: map[string]*queue{}, leased: map[int64]frontier.Request{}, since: map[int64]time.Time{}, calm: map[int64]calmVisit{},
		known: newRecent(1 << 15), changed: make(chan struct{})}
	ready, err := isPrepared(ctx, db.R)
	if err == nil && !ready {
		err = f.write(ctx, func(tx *sql.Tx) error { return prepare(ctx, tx) })
	}
	if err != nil {
		return nil, fmt.Errorf("make the tables of the frontier: %w", err)
	}
	if err := f.prepareLedger(ctx); err != nil {
		return nil, fmt.Errorf("make the tables of the frontier: %w", err)
	}
	f.look, err = db.W.PrepareContext(ctx, `SELECT id, depth, state, found_by_seed, found_by_link, found_by_sitemap, found_by_feed, found_by_folder, found_by_cms FROM requests WHERE address = ?`)
	if err != nil {
		return nil, fmt.Errorf("prepare the frontier: %w", err)
	}
	f.enter, err = db.W.PrepareContext(ctx, `INSERT INTO requests
		(address, host, source, via, referrer_id, found_by_seed, found_by_link, found_by_sitemap, found_by_feed, found_by_folder, found_by_cms, depth, state, reason, run)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`)
	if err != nil {
		return nil, fmt.Errorf("prepare the frontier: %w", err)
	}
	return f, nil
}

// Begin implements frontier.Frontier.
func (f *Frontier) Begin(ctx context.Context, sources []frontier.Source, reopen func(frontier.Request) bool) (frontier.Run, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	names := make([]string, 0, len(sources))
	for _, s := range sources {
		names = append(names, s.Name)
	}
	slices.Sort(names)
	err := f.write(ctx, func(tx *sql.Tx) error {
		for _, s := range sources {
			// What is unchanged is kept with the visibility that it had: where that is another now, all is read anew.
			_, err := tx.ExecContext(ctx, `UPDATE requests SET `+unread+` WHERE source = ?1 AND EXISTS (SELECT 1 FROM sources WHERE name = ?1 AND visibility <> ?2)`, s.Name, s.Visibility)
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `INSERT INTO sources (name, seeds, visibility, rules) VALUES (?,?,?,?)
				ON CONFLICT (name) DO UPDATE SET seeds = excluded.seeds, visibility = excluded.visibility, rules = excluded.rules`,
				s.Name, strings.Join(s.Seeds, "\n"), s.Visibility, s.Rules)
			if err != nil {
				return err
			}
		}
		run, err := unfinished(ctx, tx, names)
		if err != nil {
			return err
		}
		if run.ID == 0 {
			if run, err = f.newRun(ctx, tx, names, reopen); err != nil {
				return err
			}
		}
		f.run = run
		_, err = tx.ExecContext(ctx, `UPDATE runs SET status = 'running', ended_at = '', reason = '' WHERE id = ?`, run.ID)
		return err
	})
	if err != nil {
		return frontier.Run{}, fmt.Errorf("begin run: %w", err)
	}
	f.sources = names
	return f.run, f.readHosts(ctx)
}

// unfinished finds the last run when it was over the same sources and did not end by itself.
func unfinished(ctx context.Context, tx *sql.Tx, names []string) (frontier.Run, error) {
	var run frontier.Run
	var started, over string
	err := tx.QueryRowContext(ctx, `SELECT id, started_at, status, sources, visits FROM runs ORDER BY id DESC LIMIT 1`).
		Scan(&run.ID, &started, &run.Status, &over, &run.Visits)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (over != strings.Join(names, "\n") || run.Status != "running" && run.Status != "paused") {
		return frontier.Run{}, nil
	}
	run.Started, _ = time.Parse(time.RFC3339, started)
	run.Resumed = true
	run.Status = "running"
	return run, err
}

// newRun starts a run and makes the known addresses of its sources wait again.
func (f *Frontier) newRun(ctx context.Context, tx *sql.Tx, names []string, reopen func(frontier.Request) bool) (frontier.Run, error) {
	run := frontier.Run{Started: f.now().UTC(), Status: "running"}
	res, err := tx.ExecContext(ctx, `INSERT INTO runs (started_at, status, sources) VALUES (?, 'running', ?)`,
		run.Started.Format(time.RFC3339), strings.Join(names, "\n"))
	if err != nil {
		return run, err
	}
	if run.ID, err = res.LastInsertId(); err != nil {
		return run, err
	}
	in, args := list(names)
	_, err = tx.ExecContext(ctx, `UPDATE requests SET state = 'pending', reason = '', attempts = 0, next_at = 0, late = 0
		WHERE state NOT IN ('out-of-scope','never-follow','nofollow','not-content','too-deep','limit') AND source IN (`+in+`)`, args...)
	if err != nil {
		return run, err
	}
	return run, reopenThose(ctx, tx, in, args, reopen)
}

// reopenThose lets requests wait again whose links' state no longer holds under the source's rules of today.
func reopenThose(ctx context.Context, tx *sql.Tx, in string, args []any, reopen func(frontier.Request) bool) error {
	if reopen == nil {
		return nil
	}
	rows, err := tx.QueryContext(ctx, `SELECT `+columns+` FROM requests
		WHERE state IN ('out-of-scope','never-follow','too-deep','limit','not-content') AND source IN (`+in+`)`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var again []int64
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return err
		}
		if reopen(r) {
			again = append(again, r.ID)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	for _, id := range again {
		if _, err := tx.ExecContext(ctx, `UPDATE requests SET state = 'pending', reason = '', attempts = 0, next_at = 0, late = 0 WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}

// readHosts lists the hosts that have something waiting.
func (f *Frontier) readHosts(ctx context.Context) error {
	f.queues, f.order, f.leased = map[string]*queue{}, nil, map[int64]frontier.Request{}
	clear(f.calm)
	f.known.clear()
	in, args := list(f.sources)
	f.waiting = 0
	rows, err := f.db.R.QueryContext(ctx, `SELECT host, count(*) FROM requests WHERE state = 'pending' AND source IN (`+in+`) GROUP BY host ORDER BY host`, args...)
	if err != nil {
		return fmt.Errorf("list hosts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var host string
		var n int
		if err := rows.Scan(&host, &n); err != nil {
			return fmt.Errorf("list hosts: %w", err)
		}
		f.waiting += n
		f.waits(host)
	}
	return rows.Err()
}

// End implements frontier.Frontier.
func (f *Frontier) End(ctx context.Context, run frontier.Run) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.settle(ctx); err != nil {
		return err
	}
	_, err := f.db.W.ExecContext(ctx, `UPDATE runs SET ended_at = ?, status = ?, reason = ?, visits = ?, coverage = ? WHERE id = ?`,
		f.now().UTC().Format(time.RFC3339), run.Status, run.Reason, run.Visits, run.Tally, run.ID)
	if err != nil {
		return fmt.Errorf("end run %d: %w", run.ID, err)
	}
	return nil
}

// Waiting implements frontier.Frontier.
func (f *Frontier) Waiting() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return max(0, f.waiting)
}

// waits notes that a host has something waiting. The caller holds mu.
func (f *Frontier) waits(host string) {
	q := f.queues[host]
	if q == nil {
		f.queues[host] = &queue{}
		f.order = append(f.order, host)
		return
	}
	q.wake = time.Time{}
}

// tell wakes those who wait in Next. The caller holds mu.
func (f *Frontier) tell() {
	close(f.changed)
	f.changed = make(chan struct{})
}

// Next implements frontier.Frontier. Within a source, nothing deeper is handed out while something
// shallower is being visited, unless that takes ten seconds: so the depth that a page is found at is its real
// depth, in every run over a site that answers.
func (f *Frontier) Next(ctx context.Context, gate frontier.Gate) (frontier.Request, error) {
	for {
		if err := ctx.Err(); err != nil {
			return frontier.Request{}, err
		}
		r, ok, wait, changed, err := f.take(ctx, gate)
		if err != nil || ok {
			return r, err
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-changed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// take tries each host once; when none has something that may go now it says how long to wait.
func (f *Frontier) take(ctx context.Context, gate frontier.Gate) (frontier.Request, bool, time.Duration, <-chan struct{}, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	wait := time.Minute
	now := f.now()
	for range len(f.order) {
		host := f.order[0]
		f.order = append(f.order[1:], host)
		q := f.queues[host]
		if len(q.ahead) == 0 && !q.wake.After(now) {
			if err := f.readAhead(ctx, host, q, now); err != nil {
				return frontier.Request{}, false, 0, nil, err
			}
		}
		if len(q.ahead) == 0 {
			if q.wake.IsZero() {
				f.forget(host)
			} else {
				wait = min(wait, q.wake.Sub(now))
			}
			continue
		}
		r := q.ahead[0]
		if w := f.earlierLeased(r, now); w > 0 {
			wait = min(wait, w)
			continue
		}
		ok, w := gate(host)
		if !ok {
			wait = min(wait, w)
			continue
		}
		q.ahead = q.ahead[1:]
		f.leased[r.ID], f.since[r.ID] = r, now
		return r, true, 0, nil, nil
	}
	if len(f.order) == 0 && len(f.leased) == 0 {
		if err := f.settle(ctx); err != nil {
			return frontier.Request{}, false, 0, nil, err
		}
		return frontier.Request{}, false, 0, nil, frontier.ErrEmpty
	}
	return frontier.Request{}, false, max(wait, time.Millisecond), f.changed, nil
}

// patience is how long what is deeper waits for a visit of something shallower.
const patience = 10 * time.Second

// earlierLeased tells how long to wait because something is being visited whose links may come before r; 0
// when nothing is, or only what takes too long for the others to wait.
func (f *Frontier) earlierLeased(r frontier.Request, now time.Time) (wait time.Duration) {
	for id, l := range f.leased {
		if l.Source == r.Source && (l.Depth < r.Depth || r.Late && !l.Late) {
			wait = max(wait, patience-now.Sub(f.since[id]))
		}
	}
	return wait
}

func (f *Frontier) forget(host string) {
	delete(f.queues, host)
	f.order = slices.DeleteFunc(f.order, func(h string) bool { return h == host })
}

// readAhead fills q with the next due requests of the host; with none due it sets when one will be,
// with none at all it leaves wake zero.
func (f *Frontier) readAhead(ctx context.Context, host string, q *queue, now time.Time) error {
	in, args := list(f.sources)
	args = append([]any{host, now.UnixMilli()}, args...)
	rows, err := f.db.R.QueryContext(ctx, `SELECT `+columns+` FROM requests
		WHERE state = 'pending' AND host = ? AND next_at <= ? AND source IN (`+in+`) ORDER BY late, depth, id LIMIT `+fmt.Sprint(ahead+len(f.leased)+len(f.calm)), args...)
	if err != nil {
		return fmt.Errorf("read the waiting requests of %s: %w", host, err)
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return fmt.Errorf("read the waiting requests of %s: %w", host, err)
		}
		_, busy := f.leased[r.ID]
		_, closed := f.calm[r.ID]
		if !busy && !closed && (len(q.ahead) == 0 || r.Depth == q.ahead[0].Depth && r.Late == q.ahead[0].Late) {
			q.ahead = append(q.ahead, r)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the waiting requests of %s: %w", host, err)
	}
	if len(q.ahead) > 0 {
		return nil
	}
	var next sql.NullInt64
	args[1] = now.UnixMilli()
	err = f.db.R.QueryRowContext(ctx, `SELECT min(next_at) FROM requests WHERE state = 'pending' AND host = ? AND next_at > ? AND source IN (`+in+`)`, args...).Scan(&next)
	if err != nil {
		return fmt.Errorf("read the waiting requests of %s: %w", host, err)
	}
	switch {
	case next.Valid:
		q.wake = time.UnixMilli(next.Int64)
	case f.hostLeased(host):
		q.wake = now.Add(time.Minute) // what is being visited may bring more, and says so by tell
	default:
		q.wake = time.Time{}
	}
	return nil
}

func (f *Frontier) hostLeased(host string) bool {
	for _, r := range f.leased {
		if r.Host == host {
			return true
		}
	}
	return false
}

// Release implements frontier.Frontier.
func (f *Frontier) Release(_ context.Context, r frontier.Request) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.leased, r.ID)
	delete(f.since, r.ID)
	f.waits(r.Host)
	f.tell()
	return nil
}

// write runs one transaction on the writing connection. The caller holds mu.
func (f *Frontier) write(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := f.db.W.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// list gives the placeholders and arguments of an IN list.
func list(names []string) (string, []any) {
	args := make([]any, len(names))
	for i, n := range names {
		args[i] = n
	}
	return strings.TrimSuffix(strings.Repeat("?,", len(names)), ","), args
}
