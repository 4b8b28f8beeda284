// Package outbox keeps digests in filon.db until they have reached people, so that a mail server that
// sleeps costs nobody a message, and a night that is killed sends none twice on purpose.
//
//	Put ──▶ letters ──Waiting──▶ a channel ──▶ Sent or Failed
//
// In: letters, each with a name of its own. Out: those that still have to go, oldest first. Never: a
// letter sent, a word of one that has arrived.
package outbox

import (
	"context"
	"fmt"
	"strings"
	"time"

	"filon/crawler/truth"
)

// Letter is one digest for one channel.
type Letter struct {
	ID       string // the same for every attempt; two letters with one ID are one letter
	Run      int64  // the run that it tells of
	Channel  string // as the configuration names it
	Body     []byte // "" once it has arrived or was given up
	Created  time.Time
	Attempts int
	Error    string    // of the last attempt; without secrets
	Sent     time.Time // zero while it has not arrived
	GivenUp  bool      // it is not tried any more
}

// MostAttempts is after how many nights a letter is given up.
const MostAttempts = 14

// Outbox is safe for concurrent use.
type Outbox struct{ db *truth.File }

const table = `CREATE TABLE IF NOT EXISTS outbox ( -- digests on their way to people
	id         TEXT PRIMARY KEY,
	run        INTEGER NOT NULL,
	channel    TEXT NOT NULL,
	body       BLOB NOT NULL,                -- JSON, masked; empty once it has arrived
	created_at TEXT NOT NULL,
	attempts   INTEGER NOT NULL DEFAULT 0,
	error      TEXT NOT NULL DEFAULT '',
	sent_at    TEXT NOT NULL DEFAULT '',
	given_up   INTEGER NOT NULL DEFAULT 0
)`

// Open opens the outbox of a data folder. One that is only read need not be there yet: making it needs
// the right to write, so write says whether that is wanted.
func Open(ctx context.Context, db *truth.File, write bool) (*Outbox, error) {
	o := &Outbox{db}
	there, err := o.there(ctx)
	if err == nil && !there && write {
		_, err = db.W.ExecContext(ctx, table)
	}
	if err != nil {
		return nil, fmt.Errorf("open the outbox: %w", err)
	}
	return o, nil
}

func (o *Outbox) there(ctx context.Context) (bool, error) {
	n := 0
	err := o.db.R.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE name = 'outbox'`).Scan(&n)
	return n > 0, err
}

// Put keeps a letter, durable when it returns. One whose ID is known already changes nothing.
func (o *Outbox) Put(ctx context.Context, l Letter) error {
	_, err := o.db.W.ExecContext(ctx, `INSERT INTO outbox (id, run, channel, body, created_at) VALUES (?,?,?,?,?) ON CONFLICT (id) DO NOTHING`,
		l.ID, l.Run, l.Channel, l.Body, moment(l.Created))
	if err != nil {
		return fmt.Errorf("keep the digest for %s: %w", l.Channel, err)
	}
	return nil
}

const columns = `id, run, channel, body, created_at, attempts, error, sent_at, given_up`

// Waiting lists what has not arrived and is not given up, oldest first.
func (o *Outbox) Waiting(ctx context.Context) ([]Letter, error) {
	return o.list(ctx, `SELECT `+columns+` FROM outbox WHERE sent_at = '' AND given_up = 0 ORDER BY run, created_at, id`)
}

// Of lists the letters of one run.
func (o *Outbox) Of(ctx context.Context, run int64) ([]Letter, error) {
	if there, err := o.there(ctx); err != nil || !there {
		return nil, err
	}
	return o.list(ctx, `SELECT `+columns+` FROM outbox WHERE run = ? ORDER BY channel`, run)
}

func (o *Outbox) list(ctx context.Context, query string, args ...any) ([]Letter, error) {
	rows, err := o.db.R.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	defer rows.Close()
	var all []Letter
	for rows.Next() {
		var l Letter
		var created, sent string
		if err := rows.Scan(&l.ID, &l.Run, &l.Channel, &l.Body, &created, &l.Attempts, &l.Error, &sent, &l.GivenUp); err != nil {
			return nil, fmt.Errorf("read the outbox: %w", err)
		}
		l.Created, _ = time.Parse(time.RFC3339, created)
		l.Sent, _ = time.Parse(time.RFC3339, sent)
		all = append(all, l)
	}
	return all, rows.Err()
}

// Sent notes that a letter has arrived; its words are no longer needed.
func (o *Outbox) Sent(ctx context.Context, id string, at time.Time) error {
	return o.note(ctx, id, `UPDATE outbox SET attempts = attempts + 1, error = '', sent_at = ?, body = x'' WHERE id = ?`, moment(at), id)
}

// Failed notes an attempt that may not have arrived. After MostAttempts of them the letter is given up,
// and Failed says so.
func (o *Outbox) Failed(ctx context.Context, id, why string) (givenUp bool, err error) {
	err = o.db.W.QueryRowContext(ctx, `UPDATE outbox SET attempts = attempts + 1, error = ?, given_up = attempts + 1 >= ?,
		body = CASE WHEN attempts + 1 >= ? THEN x'' ELSE body END WHERE id = ? RETURNING given_up`, strings.ToValidUTF8(why, "\ufffd"), MostAttempts, MostAttempts, id).Scan(&givenUp)
	if err != nil {
		return false, fmt.Errorf("note the failure of a digest: %w", err)
	}
	return givenUp, nil
}

// Rewrite replaces the words of a letter that has not arrived.
func (o *Outbox) Rewrite(ctx context.Context, id string, body []byte) error {
	return o.note(ctx, id, `UPDATE outbox SET body = ? WHERE id = ? AND sent_at = '' AND given_up = 0`, body, id)
}

// Abandon gives up a letter at once: its channel exists no longer.
func (o *Outbox) Abandon(ctx context.Context, id, why string) error {
	return o.note(ctx, id, `UPDATE outbox SET error = ?, given_up = 1, body = x'' WHERE id = ?`, why, id)
}

func (o *Outbox) note(ctx context.Context, id, query string, args ...any) error {
	if _, err := o.db.W.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("note what became of digest %s: %w", id, err)
	}
	return nil
}

// Forget removes the letters of runs before this one that have nothing left to do.
func (o *Outbox) Forget(ctx context.Context, before int64) error {
	if _, err := o.db.W.ExecContext(ctx, `DELETE FROM outbox WHERE run < ? AND (sent_at <> '' OR given_up = 1)`, before); err != nil {
		return fmt.Errorf("tidy the outbox: %w", err)
	}
	return nil
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }
