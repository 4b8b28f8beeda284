package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
)

// migrations bring the tables of the inventory from one version to the next; their number is the
// version. They are written for people who open filon.db with any SQLite tool: one row is one
// sentence. Days are 2006-01-02, times are UTC in RFC 3339; ” is unknown.
var migrations = []string{`
CREATE TABLE records (
	id               INTEGER PRIMARY KEY,
	item_id          TEXT NOT NULL UNIQUE,         -- stable name: from the address
	address          TEXT NOT NULL UNIQUE,
	source           TEXT NOT NULL,
	title            TEXT NOT NULL,
	content_type     TEXT NOT NULL,
	verdict          TEXT NOT NULL,
	visibility       TEXT NOT NULL,
	language         TEXT NOT NULL,
	department       TEXT NOT NULL,
	media_format     TEXT NOT NULL,
	date_published   TEXT NOT NULL,
	date_modified    TEXT NOT NULL,
	word_count       INTEGER NOT NULL,
	readiness        INTEGER NOT NULL,
	text_hash        TEXT NOT NULL,                -- equal for equal main text; '' when there is none
	duplicate_group  TEXT NOT NULL DEFAULT '',     -- '' when it stands alone
	canonical        INTEGER NOT NULL DEFAULT 1,   -- 1: the version of its group to use
	inlinks          INTEGER NOT NULL DEFAULT 0,   -- pages that link here
	first_seen       TEXT NOT NULL,
	changed_at       TEXT NOT NULL,                -- when its text last changed
	crawled_at       TEXT NOT NULL,
	reasons          TEXT NOT NULL,                -- the rules that spoke, as severity:family/what, with a blank between
	rules            TEXT NOT NULL,                -- version of the rules that gave the verdict
	search_hash      TEXT NOT NULL,                -- of what the search index holds of it
	revision         INTEGER NOT NULL,             -- grows when the search index must learn something
	indexed_revision INTEGER NOT NULL DEFAULT 0    -- what the search index knows
);
CREATE INDEX records_behind ON records (id) WHERE indexed_revision < revision;
CREATE TABLE record_contents (
	record_id INTEGER PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
	item      BLOB NOT NULL,                       -- the whole item: JSON, compressed (raw DEFLATE, RFC 1951)
	verdict   TEXT NOT NULL                        -- the whole verdict: JSON
);
CREATE TABLE dropped_records (                     -- once in the inventory, not any more
	item_id    TEXT PRIMARY KEY,
	address    TEXT NOT NULL,
	first_seen TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	text_hash  TEXT NOT NULL,
	revision   INTEGER NOT NULL,
	indexed    INTEGER NOT NULL DEFAULT 0          -- 1: the search index has forgotten it
);
CREATE TABLE decisions (                           -- what people ruled; outlives every crawl
	address     TEXT PRIMARY KEY,
	disposition TEXT NOT NULL,                     -- keep, update, merge, archive
	assigned_to TEXT NOT NULL,
	verdict     TEXT NOT NULL,
	notes       TEXT NOT NULL,
	decided_by  TEXT NOT NULL,
	decided_at  TEXT NOT NULL
);
`, `
ALTER TABLE records ADD COLUMN gone_at TEXT NOT NULL DEFAULT ''; -- when its page was found to be gone; '' while it is there
CREATE INDEX records_gone ON records (gone_at) WHERE gone_at <> '';
CREATE TABLE changes (                             -- what each run brought, in the order in which it happened
	id             INTEGER PRIMARY KEY,
	run            INTEGER NOT NULL,               -- 0: outside of any crawl
	at             TEXT NOT NULL,
	kind           TEXT NOT NULL,                  -- new, changed, gone, returned, moved, verdict
	address        TEXT NOT NULL,
	source         TEXT NOT NULL,
	title          TEXT NOT NULL,
	verdict_before TEXT NOT NULL,                  -- '' when it was not in the inventory
	verdict        TEXT NOT NULL,                  -- '' when it is not
	rule           TEXT NOT NULL,                  -- that makes the difference between the two
	moved_to       TEXT NOT NULL
);
CREATE INDEX changes_run ON changes (run);
CREATE INDEX changes_address ON changes (address);
`, `
ALTER TABLE records ADD COLUMN day_bound INTEGER NOT NULL DEFAULT 1; -- 1: its verdict may be another tomorrow
`, `
CREATE TABLE purged_subjects (                     -- people whose names must not come back
	hash  TEXT PRIMARY KEY,                        -- keyed (HMAC-SHA-256) of the words of a name
	words INTEGER NOT NULL
);
`, `
CREATE TABLE record_signatures (                   -- what tells whether two texts say the same; made of record_contents, so it can be made again
	record_id INTEGER PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
	text_hash TEXT NOT NULL,                       -- of the text that was signed
	version   INTEGER NOT NULL,                    -- only signatures of one version can be compared
	shingles  INTEGER NOT NULL,                    -- different three-word runs of the text; 0 when it is too short
	form      TEXT NOT NULL,                       -- page, document
	partial   INTEGER NOT NULL,                    -- 1: the text could not be read to its end
	signature BLOB NOT NULL                        -- 256 bytes
);
ALTER TABLE records ADD COLUMN copies INTEGER NOT NULL DEFAULT 0;           -- others in its duplicate group
ALTER TABLE records ADD COLUMN public_address TEXT NOT NULL DEFAULT '';     -- of what is not public: where it says the same in public; '' when nowhere
ALTER TABLE records ADD COLUMN public_share REAL NOT NULL DEFAULT 0;        -- of its text that stands there, 0 to 1
ALTER TABLE records ADD COLUMN publication_lag INTEGER;                     -- days from the first trace inside to the first in public; null when either is not known
`, `
CREATE TABLE posts (                               -- what went out on networks, as their exports tell; its words are not kept
	id          INTEGER PRIMARY KEY,
	fingerprint TEXT NOT NULL UNIQUE,              -- of day, network, words and links
	posted_on   TEXT NOT NULL,                     -- '' unknown
	network     TEXT NOT NULL,
	links       TEXT NOT NULL,                     -- a list, as JSON
	runs        BLOB NOT NULL                      -- hashes of its runs of five words, 8 bytes each
);
ALTER TABLE records ADD COLUMN used INTEGER NOT NULL DEFAULT 0;             -- 1: one of the posts is of it
ALTER TABLE records ADD COLUMN used_on TEXT NOT NULL DEFAULT '';            -- day of the last; '' unknown
ALTER TABLE records ADD COLUMN used_looked TEXT NOT NULL DEFAULT '';        -- the text and title that were compared
`, `
CREATE TABLE labels (                              -- what a person says of drawn records
	item_id      TEXT PRIMARY KEY,
	verdict_seen TEXT NOT NULL,                    -- filon's, when it was checked
	verdict      TEXT NOT NULL,                    -- the person's
	labelled_at  TEXT NOT NULL
);
`, `
CREATE TABLE record_traces (                       -- figures of results and customers, to tell what is public already; no words
	record_id INTEGER PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
	said      BLOB NOT NULL,                       -- what a public page says: fingerprints of 8 bytes
	wanted    BLOB NOT NULL,                       -- what a page inside would be good to be known public
	official  INTEGER NOT NULL,                    -- 1: what the company announces itself
	known     TEXT NOT NULL                        -- of what was known public when it was judged; '?' is open
);
`, `
CREATE TABLE templates (                           -- what the items of a source have in common
	source   TEXT PRIMARY KEY,
	template BLOB NOT NULL                         -- hashes, as JSON
);
CREATE TABLE record_prints (                       -- what that is learned from: hashes of each item as it was found, made of record_contents
	record_id INTEGER PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
	family    INTEGER NOT NULL,                    -- equal for a page and its copies; 0 for what is no page
	whole     INTEGER NOT NULL,                    -- of its text
	title     INTEGER NOT NULL,
	lines     BLOB NOT NULL,                       -- 8 bytes each, as all that follow
	affixes   BLOB NOT NULL,                       -- beginnings and ends of its titles
	days      BLOB NOT NULL,
	done_hash TEXT NOT NULL                        -- of what was taken out of it; '' nothing, ? not known any more
);
ALTER TABLE changes ADD COLUMN hash_before TEXT NOT NULL DEFAULT '';    -- of a changed page: of its title and text before
ALTER TABLE changes ADD COLUMN changed_before TEXT NOT NULL DEFAULT ''; -- and when it had changed before
`, `
ALTER TABLE records ADD COLUMN silos TEXT NOT NULL DEFAULT '';              -- departments or sources that each have its story; '' for one
ALTER TABLE records ADD COLUMN warned TEXT NOT NULL DEFAULT '';             -- fingerprint of the closed copy that its verdict knows of; '' none
`, `
CREATE TABLE pictures (                            -- whose pages do not say how large they are
	source  TEXT NOT NULL,
	address TEXT NOT NULL,
	width   INTEGER NOT NULL DEFAULT 0,            -- pixels; 0 unknown, -1 there is no such picture
	height  INTEGER NOT NULL DEFAULT 0,
	tries   INTEGER NOT NULL DEFAULT 0,            -- how often its server was asked
	done    INTEGER NOT NULL DEFAULT 0,            -- 1: it is not asked again
	PRIMARY KEY (source, address)
) WITHOUT ROWID;
CREATE TABLE record_pictures (                     -- the pictures of a record that have no size
	record_id INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE,
	address   TEXT NOT NULL,
	role      TEXT NOT NULL,                       -- og, content
	PRIMARY KEY (record_id, address)
) WITHOUT ROWID;
CREATE INDEX record_pictures_address ON record_pictures (address);
`, `
CREATE TABLE image_uses (                          -- which pages show which pictures; made of record_contents, so it can be made again
	image     INTEGER NOT NULL,                    -- hash of the picture's address
	record_id INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE,
	PRIMARY KEY (image, record_id)
) WITHOUT ROWID;
CREATE INDEX image_uses_by_record ON image_uses (record_id);
`, `
-- no other tables: from here on items are packed in a way that an earlier filon does not read
`, `
ALTER TABLE decisions ADD COLUMN given_words BLOB;                          -- fingerprints of the words it was given for, 4 bytes each; null when not known
ALTER TABLE decisions ADD COLUMN given_runs BLOB;                           -- and of its runs of three words
ALTER TABLE decisions ADD COLUMN given_gaps BLOB;                           -- and of its places where a negation or a number could be taken out
ALTER TABLE decisions ADD COLUMN given_size INTEGER NOT NULL DEFAULT 0;     -- words of its main text
ALTER TABLE decisions ADD COLUMN given_asked TEXT NOT NULL DEFAULT '';      -- the rules that asked or closed then, with a blank between
ALTER TABLE decisions ADD COLUMN given_rules TEXT NOT NULL DEFAULT '';      -- version of the rules that asked then, a blank, and who could see it
ALTER TABLE decisions ADD COLUMN lapsed TEXT NOT NULL DEFAULT '';           -- why it opens nothing any more: text, or a rule that asks since; '' it holds
ALTER TABLE decisions ADD COLUMN lapse_noted TEXT NOT NULL DEFAULT '';      -- when that was noted among the changes
ALTER TABLE purged_subjects ADD COLUMN weak INTEGER NOT NULL DEFAULT 0;     -- 1: only where the person is named otherwise too
CREATE TABLE earlier_decisions (                   -- that others have replaced
	id          INTEGER PRIMARY KEY,
	address     TEXT NOT NULL,
	disposition TEXT NOT NULL,
	assigned_to TEXT NOT NULL,
	verdict     TEXT NOT NULL,
	notes       TEXT NOT NULL,
	decided_by  TEXT NOT NULL,
	decided_at  TEXT NOT NULL,
	lapsed      TEXT NOT NULL,
	replaced_at TEXT NOT NULL
);
CREATE INDEX earlier_decisions_address ON earlier_decisions (address);
`, `
CREATE TABLE drawn_records (                       -- by lot, for a person to check; labels of others are no sample
	item_id  TEXT PRIMARY KEY,
	drawn_at TEXT NOT NULL
);
INSERT INTO drawn_records SELECT item_id, labelled_at FROM labels; -- which were drawn, as nothing else was read then
`, `
CREATE INDEX records_group ON records (duplicate_group, canonical) WHERE duplicate_group <> '';
`}

// migrate makes the tables, or brings them up to date. A file that a later filon has changed is
// refused rather than misread.
func migrate(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("prepare the inventory's tables: %w", err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS index_state (name TEXT PRIMARY KEY, value TEXT NOT NULL)`); err != nil {
		return fmt.Errorf("prepare the inventory's tables: %w", err)
	}
	version := 0
	text, err := stateIn(ctx, tx, "tables")
	if err != nil {
		return err
	}
	if text != "" {
		if version, err = strconv.Atoi(text); err != nil {
			return fmt.Errorf("read the version of the inventory's tables: %w", err)
		}
	}
	if version > len(migrations) {
		return fmt.Errorf("the inventory was written by a newer filon (tables %d, this one knows %d); use that filon", version, len(migrations))
	}
	for i := version; i < len(migrations); i++ {
		if _, err := tx.ExecContext(ctx, migrations[i]); err != nil {
			return fmt.Errorf("bring the inventory's tables to version %d: %w", i+1, err)
		}
	}
	if version < len(migrations) {
		if err := setStateIn(ctx, tx, "tables", strconv.Itoa(len(migrations))); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("prepare the inventory's tables: %w", err)
	}
	return nil
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// stateIn reads one value that the index keeps about itself; "" when it was never set.
func stateIn(ctx context.Context, q querier, name string) (string, error) {
	var value string
	err := q.QueryRowContext(ctx, `SELECT value FROM index_state WHERE name = ?`, name).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read the state of the index: %w", err)
	}
	return value, nil
}

func setStateIn(ctx context.Context, q querier, name, value string) error {
	if _, err := q.ExecContext(ctx, `INSERT INTO index_state (name, value) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value); err != nil {
		return fmt.Errorf("write the state of the index: %w", err)
	}
	return nil
}
