package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"filon/crawler/frontier"
)

// ledgerTables say what each run did on the network. Methods are written "GET 12, POST 1".
const ledgerTables = `
CREATE TABLE IF NOT EXISTS run_sources (
	run           INTEGER NOT NULL,
	source        TEXT NOT NULL,
	seeds         TEXT NOT NULL,   -- one a line
	visibility    TEXT NOT NULL,
	identity      TEXT NOT NULL,   -- the name it was visited under; '' for anonymous
	user_agent    TEXT NOT NULL,
	ignore_robots INTEGER NOT NULL,
	per_host      INTEGER NOT NULL,
	min_delay_ms  INTEGER NOT NULL,
	max_delay_ms  INTEGER NOT NULL,
	rules         TEXT NOT NULL,   -- JSON without secrets
	PRIMARY KEY (run, source)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run_terms (
	run   INTEGER NOT NULL,
	name  TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (run, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run_hosts (
	run      INTEGER NOT NULL,
	host     TEXT NOT NULL,
	methods  TEXT NOT NULL,
	failed   INTEGER NOT NULL,     -- requests without an answer
	bytes    INTEGER NOT NULL,
	rate     INTEGER NOT NULL,     -- most requests begun within one second
	at_once  INTEGER NOT NULL,     -- most under way at one moment
	first_at TEXT NOT NULL,
	last_at  TEXT NOT NULL,
	PRIMARY KEY (run, host)
) WITHOUT ROWID;
`

// prepareLedger makes the tables when they are missing; asking takes no lock.
func (f *Frontier) prepareLedger(ctx context.Context) error {
	there := 0
	if err := f.db.R.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE name = 'run_hosts'`).Scan(&there); err != nil || there > 0 {
		return err
	}
	return f.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, ledgerTables)
		return err
	})
}

// Declare implements frontier.Frontier.
func (f *Frontier) Declare(ctx context.Context, run int64, sources []frontier.RunSource, terms map[string]string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.write(ctx, func(tx *sql.Tx) error {
		for _, s := range sources {
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO run_sources
				(run, source, seeds, visibility, identity, user_agent, ignore_robots, per_host, min_delay_ms, max_delay_ms, rules) VALUES (?,?,?,?,?,?,?,?,?,?,?)`,
				run, s.Name, strings.Join(s.Seeds, "\n"), s.Visibility, s.Identity, s.UserAgent, s.IgnoreRobots, s.PerHost,
				s.MinDelay.Milliseconds(), s.MaxDelay.Milliseconds(), s.Rules); err != nil {
				return err
			}
		}
		for name, value := range terms {
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO run_terms (run, name, value) VALUES (?,?,?)`, run, name, value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note the sources of run %d: %w", run, err)
	}
	return nil
}

// NoteHosts implements frontier.Frontier.
func (f *Frontier) NoteHosts(ctx context.Context, run int64, hosts []frontier.Host) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.write(ctx, func(tx *sql.Tx) error {
		for _, h := range hosts {
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO run_hosts (run, host, methods, failed, bytes, rate, at_once, first_at, last_at)
				VALUES (?,?,?,?,?,?,?,?,?)`, run, h.Name, methods(h.Requests), h.Failed, h.Bytes, h.Rate, h.AtOnce, moment(h.First), moment(h.Last)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note the hosts of run %d: %w", run, err)
	}
	return nil
}

// Hosts implements frontier.Frontier.
func (f *Frontier) Hosts(ctx context.Context, run int64) ([]frontier.Host, error) {
	rows, err := f.db.R.QueryContext(ctx, `SELECT host, methods, failed, bytes, rate, at_once, first_at, last_at FROM run_hosts WHERE run = ? ORDER BY host`, run)
	if err != nil {
		return nil, fmt.Errorf("read the hosts of run %d: %w", run, err)
	}
	defer rows.Close()
	var all []frontier.Host
	for rows.Next() {
		h := frontier.Host{Requests: map[string]int{}}
		var by, first, last string
		if err := rows.Scan(&h.Name, &by, &h.Failed, &h.Bytes, &h.Rate, &h.AtOnce, &first, &last); err != nil {
			return nil, fmt.Errorf("read the hosts of run %d: %w", run, err)
		}
		for part := range strings.SplitSeq(by, ", ") {
			var name string
			var n int
			if _, err := fmt.Sscanf(part, "%s %d", &name, &n); err == nil {
				h.Requests[name] = n
			}
		}
		h.First, _ = time.Parse(time.RFC3339, first)
		h.Last, _ = time.Parse(time.RFC3339, last)
		all = append(all, h)
	}
	return all, rows.Err()
}

// Declared implements frontier.Frontier.
func (f *Frontier) Declared(ctx context.Context, run int64) ([]frontier.RunSource, map[string]string, error) {
	terms := map[string]string{}
	var all []frontier.RunSource
	rows, err := f.db.R.QueryContext(ctx, `SELECT source, seeds, visibility, identity, user_agent, ignore_robots, per_host, min_delay_ms, max_delay_ms, rules
		FROM run_sources WHERE run = ? ORDER BY source`, run)
	if err != nil {
		return nil, nil, fmt.Errorf("read the sources of run %d: %w", run, err)
	}
	defer rows.Close()
	for rows.Next() {
		var s frontier.RunSource
		var seeds string
		var least, most int64
		if err := rows.Scan(&s.Name, &seeds, &s.Visibility, &s.Identity, &s.UserAgent, &s.IgnoreRobots, &s.PerHost, &least, &most, &s.Rules); err != nil {
			return nil, nil, fmt.Errorf("read the sources of run %d: %w", run, err)
		}
		s.Seeds = strings.Split(seeds, "\n")
		s.MinDelay, s.MaxDelay = time.Duration(least)*time.Millisecond, time.Duration(most)*time.Millisecond
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		return nil, nil, fmt.Errorf("read the sources of run %d: %w", run, err)
	}
	pairs, err := f.db.R.QueryContext(ctx, `SELECT name, value FROM run_terms WHERE run = ?`, run)
	if err != nil {
		return nil, nil, fmt.Errorf("read the terms of run %d: %w", run, err)
	}
	defer pairs.Close()
	for pairs.Next() {
		var name, value string
		if err := pairs.Scan(&name, &value); err != nil {
			return nil, nil, fmt.Errorf("read the terms of run %d: %w", run, err)
		}
		terms[name] = value
	}
	return all, terms, pairs.Err()
}

// LastDeclared implements frontier.Frontier.
func (f *Frontier) LastDeclared(ctx context.Context) (map[string]frontier.RunSource, error) {
	rows, err := f.db.R.QueryContext(ctx, `SELECT DISTINCT run FROM run_sources s WHERE NOT EXISTS (SELECT 1 FROM run_sources later WHERE later.source = s.source AND later.run > s.run) ORDER BY run`)
	if err != nil {
		return nil, fmt.Errorf("read the sources of the runs: %w", err)
	}
	defer rows.Close()
	var runs []int64
	for rows.Next() {
		var run int64
		if err := rows.Scan(&run); err != nil {
			return nil, fmt.Errorf("read the sources of the runs: %w", err)
		}
		runs = append(runs, run)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the sources of the runs: %w", err)
	}
	rows.Close()
	last := map[string]frontier.RunSource{}
	for _, run := range runs { // from the earliest: later ones overrule
		all, _, err := f.Declared(ctx, run)
		if err != nil {
			return nil, err
		}
		for _, s := range all {
			last[s.Name] = s
		}
	}
	return last, nil
}

func methods(by map[string]int) string {
	var parts []string
	for _, m := range slices.Sorted(maps.Keys(by)) {
		parts = append(parts, fmt.Sprintf("%s %d", m, by[m]))
	}
	return strings.Join(parts, ", ")
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// ForgetRuns removes the runs before this one, with what was noted of them, and tells how many they were. A
// run that is not finished stays. What is known of addresses is not touched.
func (f *Frontier) ForgetRuns(ctx context.Context, before int64) (runs int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	err = f.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM runs WHERE id < ? AND status NOT IN ('running','paused')`, before)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return err
		}
		runs = int(n)
		for _, table := range []string{"run_sources", "run_terms", "run_hosts"} {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE run < ?`, before); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("forget the runs before %d: %w", before, err)
	}
	return runs, nil
}
