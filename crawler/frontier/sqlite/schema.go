package sqlite

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
)

// schema is written for people who open filon.db with any SQLite tool: one row is one sentence.
// Times are UTC in RFC 3339; next_at is Unix milliseconds because it is compared at every step.
const schema = `
CREATE TABLE IF NOT EXISTS sources (
	name       TEXT PRIMARY KEY,
	seeds      TEXT NOT NULL, -- one a line
	visibility TEXT NOT NULL,
	rules      TEXT NOT NULL  -- scope, limits and politeness of its last run, as JSON without secrets
);
CREATE TABLE IF NOT EXISTS runs (
	id         INTEGER PRIMARY KEY,
	started_at TEXT NOT NULL,
	ended_at   TEXT NOT NULL DEFAULT '',
	status     TEXT NOT NULL,             -- running, complete, partial, paused
	reason     TEXT NOT NULL DEFAULT '',  -- why it is not complete
	sources    TEXT NOT NULL,             -- names, one a line
	visits     INTEGER NOT NULL DEFAULT 0,
	coverage   TEXT NOT NULL DEFAULT ''   -- JSON
);
CREATE TABLE IF NOT EXISTS requests (
	id               INTEGER PRIMARY KEY,
	address          TEXT NOT NULL UNIQUE,
	host             TEXT NOT NULL,
	source           TEXT NOT NULL,
	via              TEXT NOT NULL,              -- how it was found first
	referrer_id      INTEGER NOT NULL DEFAULT 0, -- the request whose page named it first
	found_by_seed    INTEGER NOT NULL DEFAULT 0,
	found_by_link    INTEGER NOT NULL DEFAULT 0,
	found_by_sitemap INTEGER NOT NULL DEFAULT 0,
	found_by_feed    INTEGER NOT NULL DEFAULT 0,
	found_by_folder  INTEGER NOT NULL DEFAULT 0,
	found_by_cms     INTEGER NOT NULL DEFAULT 0,
	depth            INTEGER NOT NULL,
	state            TEXT NOT NULL,
	reason           TEXT NOT NULL DEFAULT '',
	http_status      INTEGER NOT NULL DEFAULT 0,
	attempts         INTEGER NOT NULL DEFAULT 0,
	next_at          INTEGER NOT NULL DEFAULT 0,
	late             INTEGER NOT NULL DEFAULT 0, -- above 0: visited when nothing else waits, in this order
	etag             TEXT NOT NULL DEFAULT '',
	last_modified    TEXT NOT NULL DEFAULT '',
	page_hash        TEXT NOT NULL DEFAULT '',   -- equal for addresses of one page
	item_hash        TEXT NOT NULL DEFAULT '',
	canonical        TEXT NOT NULL DEFAULT '',
	pattern          TEXT NOT NULL DEFAULT '',   -- family of addresses, for the trap guard
	novel            INTEGER NOT NULL DEFAULT 0, -- 1: it brought text its family had not shown
	hint             TEXT NOT NULL DEFAULT '',   -- what the site's software says of it, as JSON
	sketch           BLOB NOT NULL DEFAULT x'',  -- sample of its lines, for the trap guard
	in_inventory     INTEGER NOT NULL DEFAULT 0,
	strikes          INTEGER NOT NULL DEFAULT 0, -- visits in a row that did not find what the inventory has
	visited_on       TEXT NOT NULL DEFAULT '',   -- day of the last visit that found it
	calm             INTEGER NOT NULL DEFAULT 0, -- days in a row on which a visit found nothing new
	modified_on      TEXT NOT NULL DEFAULT '',   -- as a sitemap says
	twin_of          TEXT NOT NULL DEFAULT '',   -- the address of the same page
	moved_to         TEXT NOT NULL DEFAULT '',   -- where it points
	links_hash       TEXT NOT NULL DEFAULT '',   -- of what it links to
	reach            TEXT NOT NULL DEFAULT '',   -- public, intranet or restricted, as a look without the sign-in showed
	run              INTEGER NOT NULL,           -- the run of its last state
	closed_at        TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS links (
	from_id INTEGER NOT NULL,
	to_id   INTEGER NOT NULL,
	PRIMARY KEY (from_id, to_id)
) WITHOUT ROWID;
`

// added are columns of requests that files of an earlier filon lack.
var added = map[string]string{
	"late":   `INTEGER NOT NULL DEFAULT 0`,
	"sketch": `BLOB NOT NULL DEFAULT x''`,

	"strikes":     `INTEGER NOT NULL DEFAULT 0`,
	"visited_on":  `TEXT NOT NULL DEFAULT ''`,
	"calm":        `INTEGER NOT NULL DEFAULT 0`,
	"modified_on": `TEXT NOT NULL DEFAULT ''`,
	"twin_of":     `TEXT NOT NULL DEFAULT ''`,
	"moved_to":    `TEXT NOT NULL DEFAULT ''`,
	"links_hash":  `TEXT NOT NULL DEFAULT ''`,
	"reach":       `TEXT NOT NULL DEFAULT ''`,
	"page_hash":   `TEXT NOT NULL DEFAULT ''`,

	"hint":            `TEXT NOT NULL DEFAULT ''`,
	"found_by_folder": `INTEGER NOT NULL DEFAULT 0`,
	"found_by_cms":    `INTEGER NOT NULL DEFAULT 0`,
}

// unpair has the twins of an earlier filon, which took every equal text for one page, read once more.
const unpair = `
UPDATE requests SET etag = '', last_modified = '', visited_on = '' WHERE twin_of <> '' OR address IN (SELECT twin_of FROM requests WHERE twin_of <> '');
UPDATE requests SET item_hash = '', twin_of = '' WHERE twin_of <> '';
`

// indexes come after the columns that they are over.
const indexes = `
DROP INDEX IF EXISTS requests_waiting;
CREATE INDEX IF NOT EXISTS requests_turn ON requests (host, late, depth, id) WHERE state = 'pending';
DROP INDEX IF EXISTS requests_same_text;
CREATE INDEX IF NOT EXISTS requests_same_page ON requests (source, page_hash) WHERE page_hash <> '';
`

// isPrepared tells whether nothing is missing; asking takes no lock, so that people can read while a crawl
// writes.
func isPrepared(ctx context.Context, db *sql.DB) (bool, error) {
	var there int
	err := db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM sqlite_master WHERE name = 'requests_turn') + (SELECT count(*) FROM pragma_table_info('requests') WHERE name IN ('`+
		strings.Join(slices.Sorted(maps.Keys(added)), "','")+`'))`).Scan(&there)
	return there == 1+len(added), err
}

// prepare makes the tables that are missing, and the columns that an earlier filon did not know.
func prepare(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, schema); err != nil {
		return err
	}
	unpaired := false
	for name, kind := range added {
		var there int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM pragma_table_info('requests') WHERE name = ?`, name).Scan(&there); err != nil {
			return err
		}
		if there > 0 {
			continue
		}
		if _, err := tx.ExecContext(ctx, `ALTER TABLE requests ADD COLUMN `+name+` `+kind); err != nil {
			return err
		}
		unpaired = unpaired || name == "page_hash"
	}
	if unpaired {
		if _, err := tx.ExecContext(ctx, unpair); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, indexes)
	return err
}
