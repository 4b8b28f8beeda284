// Package truth opens filon.db, the one SQLite file that holds what must never be lost: sources,
// requests, links, records, decisions and runs. The frontier and the index each own their tables in
// it; this package owns the file and its driver.
//
// In: a path. Out: two handles on the same file. Never: a table.
package truth

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
)

// File is an open filon.db. SQLite allows one writer at a time: all writing goes through W, which
// has a single connection and so serialises it; R serves any number of readers, each on a consistent
// snapshot of its own (write-ahead log). Both are safe for concurrent use.
type File struct {
	W, R *sql.DB
	Path string
}

// Open opens the file, making it (mode 0600) and its folder (mode 0700) when they are missing.
// What is deleted or overwritten is wiped, not only forgotten. Commits survive the death of the process at any moment; at a power cut the newest may be lost, in
// order, without damage to the file.
func Open(ctx context.Context, path string) (*File, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make folder for %s: %w", path, err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	w, r := sql.OpenDB(connector{dsn(path, "immediate")}), sql.OpenDB(connector{dsn(path, "deferred")})
	w.SetMaxOpenConns(1)
	r.SetMaxOpenConns(4)
	file := &File{W: w, R: r, Path: path}
	if err := w.PingContext(ctx); err != nil {
		file.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return file, nil
}

func dsn(path, lock string) string {
	q := url.Values{"_txlock": {lock}, "_pragma": {
		"auto_vacuum(INCREMENTAL)", // before anything is in the file, else it means nothing
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(1)", "cache_size(-8000)", "temp_store(MEMORY)", "secure_delete(1)",
	}}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String()
}

// Close closes both handles; SQLite folds the write-ahead log back into the file.
func (f *File) Close() error {
	rerr := f.R.Close()
	if err := f.W.Close(); err != nil {
		return fmt.Errorf("close %s: %w", f.Path, err)
	}
	if rerr != nil {
		return fmt.Errorf("close %s: %w", f.Path, rerr)
	}
	return nil
}
