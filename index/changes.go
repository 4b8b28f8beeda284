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
	"filon/index/twins"
)

// Kind is what happened to an address between two crawls.
type Kind string

// Kinds of changes. A page whose footer or "7 months ago" changed has no change.
const (
	New      Kind = "new"      // first kept
	Changed  Kind = "changed"  // its title or main text is another
	Gone     Kind = "gone"     // no longer there, or no longer content of its source
	Returned Kind = "returned" // was gone, and is back
	Moved    Kind = "moved"    // the same content now stands at MovedTo
	Lapsed   Kind = "lapsed"   // what a person decided opens nothing any more: the text is another, or a rule asks that did not
	Restored Kind = "restored" // the decision holds again, because what it was given for is back
	Verdict  Kind = "verdict"  // judged otherwise: it changed, the day did, or the rules
)

// Kinds lists them in the order in which people want to read them.
var Kinds = []Kind{New, Returned, Changed, Lapsed, Restored, Moved, Gone, Verdict}

// Change is one thing that happened to one address. Outcomes are "" where the address was, or is, not
// in the inventory; they are those that hold, with what a person has decided. Title is that of the time, without what its verdict hid:
// who shows it hides what the verdict of now hides, then masks.
type Change struct {
	Run           int64 // of the frontier; 0 when it happened before any crawl
	At            time.Time
	Kind          Kind
	Address       string
	Source        string
	Title         string
	Before, After classify.Outcome
	Rule          string // the rule that makes the difference between Before and After; "" when none does
	MovedTo       string
	Decided       bool // After is what a person has decided, and the rules say otherwise
	Copy          bool // of a record that tells again what another one tells; not for what happened to a decision
}

// decided is what a person has ruled on the address of a change.
type decided struct {
	held
	at time.Time
}

// on gives a change the verdicts that hold. One that was decided after it has no part in what was before.
func (d decided) on(c Change) Change {
	if d.verdict == "" {
		return c
	}
	if !d.at.After(c.At) || c.After == "" {
		c.Before = d.rule(c.Before)
	}
	if now := d.rule(c.After); now != c.After {
		c.After, c.Rule, c.Decided = now, "", true
	}
	return c
}

func (d decided) rule(judged classify.Outcome) classify.Outcome {
	if judged == "" {
		return ""
	}
	return ruling(judged, d.verdict, d.lapsed)
}

// note writes a change in the transaction of what it tells of. The title of what must never leave is
// not kept, not even that of earlier changes.
func note(ctx context.Context, tx *sql.Tx, c Change) error {
	run, err := currentRun(ctx, tx)
	if err != nil {
		return err
	}
	if c.Before == classify.Never || c.After == classify.Never {
		c.Title = MaskedTitle
		if _, err := tx.ExecContext(ctx, `UPDATE changes SET title = ? WHERE address = ?`, MaskedTitle, c.Address); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO changes (run, at, kind, address, source, title, verdict_before, verdict, rule, moved_to) VALUES (?,?,?,?,?,?,?,?,?,?)`,
		run, instant(c.At), string(c.Kind), c.Address, c.Source, c.Title, string(c.Before), string(c.After), c.Rule, c.MovedTo)
	return err
}

// coveredTitle is the title of an item without what its verdict hides.
func coveredTitle(item content.Item, v classify.Verdict) string {
	return v.Hide(func(s string) string { return s })(item.Title)
}

// currentRun is the newest run of the frontier in the same file, 0 when there is none.
func currentRun(ctx context.Context, tx *sql.Tx) (run int64, err error) {
	var there int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'runs'`).Scan(&there); err != nil || there == 0 {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM runs`).Scan(&run)
	return run, err
}

// decisive is the rule that makes the difference between two verdicts, given as severity:rule with a
// blank between: the heaviest that is new, else the heaviest that fell away.
func decisive(before, after string) string {
	for _, pair := range [][2]string{{before, after}, {after, before}} {
		had := strings.Fields(pair[0])
		for hit := range strings.FieldsSeq(pair[1]) {
			severity, rule, _ := strings.Cut(hit, ":")
			if severity != string(classify.Good) && !slices.Contains(had, hit) {
				return rule
			}
		}
	}
	return ""
}

// Changes gives what happened after one run up to and with another, one change of presence or content
// and one of verdict at most for each address, in the order of Kinds and then of the addresses: what came
// and went in between cancels out.
func (x *Index) Changes(ctx context.Context, after, upTo int64, do func(Change) error) error {
	rows, err := x.db.R.QueryContext(ctx, `SELECT c.run, c.at, c.kind, c.address, c.source, c.title, c.verdict_before, c.verdict, c.rule, c.moved_to,
		coalesce(r.duplicate_group <> '' AND r.canonical = 0 AND r.gone_at = '', 0), coalesce(d.verdict, ''), coalesce(d.lapsed, ''), coalesce(d.decided_at, '')
		FROM changes c LEFT JOIN records r ON r.address = c.address LEFT JOIN decisions d ON d.address = c.address
		WHERE c.run > ? AND c.run <= ? ORDER BY c.address, c.id`, after, upTo)
	if err != nil {
		return fmt.Errorf("read the changes: %w", err)
	}
	defer rows.Close()
	var all []Change
	var presence, verdict, decision Change // of the address at hand
	var person decided
	flush := func() {
		presence, verdict = person.on(presence), person.on(verdict)
		if presence.Kind != "" {
			all = append(all, presence)
		}
		if verdict.Kind != "" && verdict.Before != verdict.After && presence.Kind != New && presence.Kind != Gone && presence.Kind != Moved {
			all = append(all, verdict)
		}
		if decision.Kind != "" && presence.Kind != Gone && presence.Kind != Moved {
			all = append(all, decision)
		}
		presence, verdict, decision = Change{}, Change{}, Change{}
	}
	last := ""
	for rows.Next() {
		var c Change
		var at, decidedAt string
		var d decided
		if err := rows.Scan(&c.Run, &at, &c.Kind, &c.Address, &c.Source, &c.Title, &c.Before, &c.After, &c.Rule, &c.MovedTo, &c.Copy, &d.verdict, &d.lapsed, &decidedAt); err != nil {
			return fmt.Errorf("read the changes: %w", err)
		}
		c.At = parseInstant(at)
		if c.Address != last {
			flush()
			d.at = parseInstant(decidedAt)
			last, person = c.Address, d
		}
		if c.Kind == Lapsed || c.Kind == Restored {
			c.Copy = false
			if decision.Kind != "" && decision.Kind != c.Kind {
				c = Change{} // lapsed and restored, or the other way round
			}
			decision = c
			continue
		}
		if c.Kind == Verdict {
			if verdict.Kind != "" {
				c.Before = verdict.Before
			}
			verdict = c
			if presence.Kind == New || presence.Kind == Returned || presence.Kind == Changed {
				presence.After, presence.Title = c.After, c.Title
			}
			continue
		}
		presence = join(presence, c)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the changes: %w", err)
	}
	flush()
	slices.SortStableFunc(all, func(a, b Change) int { return slices.Index(Kinds, a.Kind) - slices.Index(Kinds, b.Kind) })
	for _, c := range all {
		if err := do(c); err != nil {
			return err
		}
	}
	return nil
}

// join makes one change of two that followed each other; the zero Change is none.
func join(a, b Change) Change {
	if a.Kind == "" {
		return b
	}
	left := b.Kind == Gone || b.Kind == Moved
	b.Before = a.Before
	switch {
	case a.Kind == New && left:
		return Change{}
	case a.Kind == New:
		b.Kind = New
	case (a.Kind == Gone || a.Kind == Moved) && b.Kind == Returned:
		b.Kind = Changed
		if b.Before == b.After {
			return Change{}
		}
	case a.Kind == Returned && !left:
		b.Kind = Returned
	case a.Kind == Returned:
		return Change{}
	}
	return b
}

// Gone notes that the page of an address is no longer there. The record stays in the inventory's
// history, with what people decided: Get finds it, lists and searches leave it out. An unknown address, or one that is
// gone already, is nothing new.
func (x *Index) Gone(ctx context.Context, address string, at time.Time) error {
	if !x.write {
		return ErrReadOnly
	}
	var doc entry
	err := x.transact(ctx, func(tx *sql.Tx) error {
		c := Change{At: at, Kind: Gone, Address: address}
		err := tx.QueryRowContext(ctx, `UPDATE records SET gone_at = ?, revision = revision + 1, duplicate_group = '', canonical = 1 WHERE address = ? AND gone_at = ''
			RETURNING id, item_id, revision, source, title, verdict`, instant(at), address).Scan(&doc.id, &doc.itemID, &doc.revision, &c.Source, &c.Title, &c.Before)
		if errors.Is(err, sql.ErrNoRows) {
			doc = entry{}
			return nil
		}
		if err != nil {
			return err
		}
		if err := setStateIn(ctx, tx, stateSettled, ""); err != nil {
			return err
		}
		return note(ctx, tx, c)
	})
	if err != nil {
		return fmt.Errorf("note that %s is gone: %w", address, err)
	}
	if doc.id != 0 {
		doc.dropped = true
		x.hand(ctx, doc)
	}
	return nil
}

// movedWithin is how many runs may lie between the day on which content appears at its new address and
// the day on which the old one is known to be gone, which takes two visits.
const movedWithin = 3

// Moves finds the addresses that went in the newest run and whose main text, of at least 40 words,
// first appeared at another address not long before: those have moved. What people decided goes along,
// and so does the day on which the content was first seen.
func (x *Index) Moves(ctx context.Context) error {
	err := x.transact(ctx, func(tx *sql.Tx) error {
		run, err := currentRun(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT c.id, g.address, min(n.address) FROM changes c
			JOIN records g ON g.address = c.address AND g.gone_at <> ''
			JOIN records n ON n.text_hash = g.text_hash AND n.gone_at = '' AND n.address <> g.address
			JOIN changes a ON a.address = n.address AND a.kind = 'new' AND a.run > ?
			WHERE c.run = ? AND c.kind = 'gone' AND g.text_hash <> '' AND g.word_count >= ? GROUP BY c.id ORDER BY c.id`, run-movedWithin, run, twins.EnoughWords)
		if err != nil {
			return err
		}
		defer rows.Close()
		type move struct {
			id       int64
			from, to string
		}
		var all []move
		for rows.Next() {
			var m move
			if err := rows.Scan(&m.id, &m.from, &m.to); err != nil {
				return err
			}
			all = append(all, m)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		rows.Close()
		for _, m := range all {
			if _, err := tx.ExecContext(ctx, `UPDATE changes SET kind = 'moved', moved_to = ? WHERE id = ?`, m.to, m.id); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM changes WHERE run = ? AND kind = 'new' AND address = ?`, run, m.to); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE records SET first_seen = (SELECT min(o.first_seen) FROM records o WHERE o.address IN (?, ?)) WHERE address = ?`, m.from, m.to, m.to); err != nil {
				return err
			}
			if err := carry(ctx, tx, m.from, m.to); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("find what has moved: %w", err)
	}
	return nil
}

// carry gives a new address what people decided about the old one, unless it has a decision of its own.
func carry(ctx context.Context, tx *sql.Tx, from, to string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO decisions (address, disposition, assigned_to, verdict, notes, decided_by, decided_at, given_words, given_runs, given_gaps, given_size, given_asked, given_rules, lapsed, lapse_noted)
		SELECT ?, disposition, assigned_to, verdict, notes, decided_by, decided_at, given_words, given_runs, given_gaps, given_size, given_asked, given_rules, lapsed, lapse_noted FROM decisions WHERE address = ?
		ON CONFLICT (address) DO NOTHING`, to, from)
	if err == nil { // search has to learn which verdict holds
		_, err = tx.ExecContext(ctx, `UPDATE records SET revision = revision + 1 WHERE address = ?1 AND EXISTS (SELECT 1 FROM decisions WHERE address = ?1 AND verdict <> '')`, to)
	}
	if err == nil {
		err = weighAt(ctx, tx, to)
	}
	return err
}
