package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"filon/classify"
)

// Keep puts a record into the inventory, or replaces the one of its address; when it returns, the
// record survives the death of the process. Only Item, Verdict, Found and Glance are taken: decisions, first sight,
// groups and links belong to the inventory. Search finds the record soon after, or when Flush
// returns. A record that says the same as before costs the search index nothing.
func (x *Index) Keep(ctx context.Context, rec Record) error {
	if !x.write {
		return ErrReadOnly
	}
	r, err := seenRow(rec.Item, rec.Verdict, rec.Glance)
	if err != nil {
		return err
	}
	if rec.Found != nil && rec.Item.Withheld != "" {
		r.textHash, r.signed = readText(*rec.Found)
	}
	r.prints.recognise(r.item, x.templateOf(r.item.Source))
	var doc entry
	err = x.transact(ctx, func(tx *sql.Tx) error {
		doc, err = x.put(ctx, tx, r)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep %s: %w", r.item.Address, err)
	}
	if doc.id != 0 {
		x.hand(ctx, doc)
	}
	return x.learnAhead(ctx, r.item.Source)
}

// put writes the row and tells what the search index must learn; a zero entry means nothing.
func (x *Index) put(ctx context.Context, tx *sql.Tx, r row) (entry, error) {
	now := instant(r.item.FetchedAt)
	var id, revision int64
	var first, changed, oldText, oldSearch, oldTitle, oldReasons, goneAt string
	c := Change{At: r.item.FetchedAt, Address: r.item.Address, Source: r.item.Source, Title: coveredTitle(r.item, r.verdict), After: r.verdict.Outcome}
	err := tx.QueryRowContext(ctx, `SELECT id, first_seen, changed_at, text_hash, search_hash, revision, title, verdict, reasons, gone_at FROM records WHERE address = ?`,
		r.item.Address).Scan(&id, &first, &changed, &oldText, &oldSearch, &revision, &oldTitle, &c.Before, &oldReasons, &goneAt)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		first, changed = now, now
		c.Kind = New
		var was struct{ first, changed, text string }
		err := tx.QueryRowContext(ctx, `DELETE FROM dropped_records WHERE item_id = ? RETURNING first_seen, changed_at, text_hash, revision`,
			r.item.ID).Scan(&was.first, &was.changed, &was.text, &revision)
		if err == nil {
			c.Kind, first = Returned, was.first
			if was.text == r.textHash {
				changed = was.changed
			}
		} else if !errors.Is(err, sql.ErrNoRows) {
			return entry{}, err
		}
	case err != nil:
		return entry{}, err
	}
	wasChanged := changed
	switch {
	case id == 0:
	case oldText != r.textHash:
		changed = now
		c.Kind = Changed
	case oldTitle != r.item.Title:
		c.Kind = Changed
	}
	if goneAt != "" {
		c.Kind, c.Before = Returned, ""
	}
	decided, turned, err := weigh(ctx, tx, &r)
	if err != nil {
		return entry{}, err
	}
	if err := noteKept(ctx, tx, c, oldReasons, r.reasons); err != nil {
		return entry{}, err
	}
	if c.Kind == Changed {
		if err := noteBefore(ctx, tx, r.item.Address, saysHash(oldText, oldTitle), wasChanged); err != nil {
			return entry{}, err
		}
	}
	known := oldSearch == r.searchHash && goneAt == "" && !turned
	if !known {
		revision++
	}
	args := []any{r.item.ID, r.item.Address, r.item.Source, r.item.Title, r.verdict.Type, string(r.verdict.Outcome), string(r.item.Access.Visibility),
		r.item.Language, r.item.Department, r.verdict.Format, day(r.item.Published.Time), day(r.item.Modified.Time), r.words, r.verdict.Readiness,
		r.textHash, first, changed, now, r.reasons, r.verdict.Rules, r.searchHash, revision, r.dayBound}
	if id == 0 {
		err = tx.QueryRowContext(ctx, `INSERT INTO records (item_id, address, source, title, content_type, verdict, visibility,
			language, department, media_format, date_published, date_modified, word_count, readiness,
			text_hash, first_seen, changed_at, crawled_at, reasons, rules, search_hash, revision, day_bound)
			VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING id`, args...).Scan(&id)
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO record_contents (record_id, item, verdict) VALUES (?,?,?)`, id, r.blob, string(r.verdictDoc))
		}
	} else {
		_, err = tx.ExecContext(ctx, `UPDATE records SET item_id=?, address=?, source=?, title=?, content_type=?, verdict=?, visibility=?,
			language=?, department=?, media_format=?, date_published=?, date_modified=?, word_count=?, readiness=?,
			text_hash=?, first_seen=?, changed_at=?, crawled_at=?, reasons=?, rules=?, search_hash=?, revision=?, day_bound=?, gone_at='' WHERE id=?`, append(args, id)...)
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE record_contents SET item=?, verdict=? WHERE record_id=?`, r.blob, string(r.verdictDoc), id)
		}
	}
	if err == nil {
		err = r.sign(ctx, tx, id)
	}
	if err == nil {
		err = r.trace(ctx, tx, id)
	}
	if err == nil {
		err = r.prints.keep(ctx, tx, id)
	}
	if err == nil {
		err = noteWarned(ctx, tx, id, r.verdict)
	}
	if err == nil {
		err = r.keepPictures(ctx, tx, id)
	}
	if err == nil {
		err = keepImages(ctx, tx, id, r.item)
	}
	if err != nil || known {
		return entry{}, err
	}
	return entry{id: id, revision: revision, item: r.item, verdict: r.verdict, decided: decided, clear: r.glance.Clear}, nil
}

// noteBefore notes of a change what the page said before, so that Learn can tell whether the page changed or its
// template did.
func noteBefore(ctx context.Context, tx *sql.Tx, address, hash, changed string) error {
	_, err := tx.ExecContext(ctx, `UPDATE changes SET hash_before = ?, changed_before = ? WHERE id = (SELECT max(id) FROM changes WHERE address = ? AND kind = 'changed')`, hash, changed, address)
	return err
}

// noteKept notes what a kept record changes: its presence or content, and its verdict.
func noteKept(ctx context.Context, tx *sql.Tx, c Change, oldReasons, reasons string) error {
	if c.Kind != "" {
		if err := note(ctx, tx, c); err != nil {
			return err
		}
	}
	if c.Before == "" || c.Before == c.After {
		return nil
	}
	c.Kind, c.Rule = Verdict, decisive(oldReasons, reasons)
	return note(ctx, tx, c)
}

// Drop takes an address out of the inventory: its page is another's duplicate, points elsewhere or is no
// content any more. What people decided about it stays, goes along to movedTo unless that is "", and so does the day on
// which it was first seen. Dropping an unknown address does nothing.
func (x *Index) Drop(ctx context.Context, address, movedTo string) error {
	if !x.write {
		return ErrReadOnly
	}
	var doc entry
	err := x.transact(ctx, func(tx *sql.Tx) error {
		var id int64
		var first, changed, text string
		c := Change{At: time.Now().UTC().Truncate(time.Second), Kind: Gone, Address: address, MovedTo: movedTo}
		if movedTo != "" {
			c.Kind = Moved
		}
		err := tx.QueryRowContext(ctx, `DELETE FROM records WHERE address = ? RETURNING id, item_id, first_seen, changed_at, text_hash, revision, source, title, verdict`,
			address).Scan(&id, &doc.itemID, &first, &changed, &text, &doc.revision, &c.Source, &c.Title, &c.Before)
		if errors.Is(err, sql.ErrNoRows) {
			doc = entry{}
			return nil
		}
		if err != nil {
			return err
		}
		doc.revision++
		_, err = tx.ExecContext(ctx, `INSERT INTO dropped_records (item_id, address, first_seen, changed_at, text_hash, revision)
			VALUES (?,?,?,?,?,?) ON CONFLICT (item_id) DO UPDATE SET revision = excluded.revision, indexed = 0`,
			doc.itemID, address, first, changed, text, doc.revision)
		if err != nil {
			return err
		}
		if movedTo != "" {
			if err := carry(ctx, tx, address, movedTo); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE records SET first_seen = min(first_seen, ?) WHERE address = ?`, first, movedTo); err != nil {
				return err
			}
		}
		if err := setStateIn(ctx, tx, stateSettled, ""); err != nil {
			return err
		}
		return noteDropped(ctx, tx, c)
	})
	if err != nil {
		return fmt.Errorf("drop %s: %w", address, err)
	}
	if doc.itemID == "" {
		return nil
	}
	doc.dropped = true
	x.hand(ctx, doc)
	return nil
}

// noteDropped notes that an address left, unless it came in the same run: then nobody has seen it.
func noteDropped(ctx context.Context, tx *sql.Tx, c Change) error {
	run, err := currentRun(ctx, tx)
	if err != nil {
		return err
	}
	res, err := tx.ExecContext(ctx, `DELETE FROM changes WHERE address = ? AND run = ? AND kind = 'new'`, c.Address, run)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return note(ctx, tx, c)
}

// hand gives a document to the search index. The queue is short and its keeper takes from it while it
// writes: waiting here is the back-pressure that bounds memory. What does not get through is not lost:
// its revision says so.
func (x *Index) hand(ctx context.Context, doc entry) {
	select {
	case x.queue <- doc:
	case <-x.stop:
	case <-ctx.Done():
	}
}

// Dispositions are what people may do with an item; "" is undecided.
var Dispositions = []string{"", "keep", "update", "merge", "archive"}

// Decide records what a person ruled about an address, in the inventory or not; it replaces an earlier
// ruling, which stays among the Earlier ones. Its verdict is given for what the inventory says there now. The zero
// Decision takes it back.
func (x *Index) Decide(ctx context.Context, address string, d Decision) error {
	return x.rule(ctx, address, d, true)
}

// Remark is Decide for all but the verdict: who takes care of it, a note. What the verdict was given for stays.
func (x *Index) Remark(ctx context.Context, address string, d Decision) error {
	return x.rule(ctx, address, d, false)
}

func (x *Index) rule(ctx context.Context, address string, d Decision, anew bool) error {
	d.Lapsed = "" // the inventory says so, not the person
	if !slices.Contains(Dispositions, d.Disposition) {
		return fmt.Errorf("decide on %s: unknown disposition %q (keep, update, merge, archive)", address, d.Disposition)
	}
	switch d.Verdict {
	case "", classify.Publishable, classify.NeedsEdit, classify.NeedsApproval, classify.Never, classify.NotProposed, classify.Unreadable:
	default:
		return fmt.Errorf("decide on %s: unknown verdict %q", address, d.Verdict)
	}
	err := x.transact(ctx, func(tx *sql.Tx) error { return decide(ctx, tx, address, d, anew) })
	if err != nil {
		return fmt.Errorf("decide on %s: %w", address, err)
	}
	return nil
}

// decide writes a decision. When another verdict holds by it, search has to learn of it.
func decide(ctx context.Context, tx *sql.Tx, address string, d Decision, anew bool) error {
	before, err := heldOn(ctx, tx, address)
	if err != nil {
		return err
	}
	anew = anew || before.verdict != d.Verdict
	if err := archive(ctx, tx, address, d.At); err != nil {
		return err
	}
	if d == (Decision{}) {
		_, err = tx.ExecContext(ctx, `DELETE FROM decisions WHERE address = ?`, address)
	} else {
		_, err = tx.ExecContext(ctx, `INSERT INTO decisions (address, disposition, assigned_to, verdict, notes, decided_by, decided_at) VALUES (?,?,?,?,?,?,?)
			ON CONFLICT (address) DO UPDATE SET disposition=excluded.disposition, assigned_to=excluded.assigned_to, verdict=excluded.verdict,
			notes=excluded.notes, decided_by=excluded.decided_by, decided_at=excluded.decided_at`,
			address, d.Disposition, d.AssignedTo, string(d.Verdict), d.Notes, d.By, instant(d.At))
	}
	if err != nil || !anew {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE decisions SET given_words = NULL, given_runs = NULL, given_gaps = NULL, given_size = 0, given_asked = '', given_rules = '', lapsed = '', lapse_noted = '' WHERE address = ?`, address)
	if err == nil {
		err = weighAt(ctx, tx, address)
	}
	if err == nil && (before.verdict != d.Verdict || before.lapsed != "") {
		_, err = tx.ExecContext(ctx, `UPDATE records SET revision = revision + 1 WHERE address = ?`, address)
	}
	return err
}

// Get finds one record by its address or its id; false when the inventory has none.
func (x *Index) Get(ctx context.Context, addressOrID string) (Record, bool, error) {
	rec, err := scanRecord(x.db.R.QueryRowContext(ctx, `SELECT `+columns+joined+`WHERE r.address = ? OR r.item_id = ?
		ORDER BY r.address = ? DESC LIMIT 1`, addressOrID, addressOrID, addressOrID).Scan)
	if id := idNamed(addressOrID); errors.Is(err, sql.ErrNoRows) && id != "" {
		var beginning int
		if err := x.db.R.QueryRowContext(ctx, `SELECT count(*) FROM records WHERE item_id >= ?1 AND item_id < ?1 || 'g'`, id).Scan(&beginning); err != nil {
			return Record{}, false, fmt.Errorf("get %s: %w", addressOrID, err)
		}
		if beginning == 1 { // else nobody can say which is meant
			rec, err = scanRecord(x.db.R.QueryRowContext(ctx, `SELECT `+columns+joined+`WHERE r.item_id >= ?1 AND r.item_id < ?1 || 'g'`, id).Scan)
		}
	}
	if errors.Is(err, sql.ErrNoRows) {
		return Record{}, false, nil
	}
	if err != nil {
		return Record{}, false, fmt.Errorf("get %s: %w", addressOrID, err)
	}
	return rec, true, nil
}

// Called gives the records of items that are still there and whose address ends in a slash and a name, as it is or escaped (RFC 3986),
// in the order of their addresses, at most so many.
func (x *Index) Called(ctx context.Context, name string, most int) (all []Record, err error) {
	escaped := (&url.URL{Path: "/" + name}).EscapedPath()
	rows, err := x.db.R.QueryContext(ctx, `SELECT `+columns+joined+`WHERE r.gone_at = '' AND (substr(r.address, -length(?1)) = ?1 OR substr(r.address, -length(?2)) = ?2)
		ORDER BY r.address LIMIT ?3`, "/"+name, escaped, most)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", name, err)
	}
	defer rows.Close()
	for rows.Next() {
		rec, err := scanRecord(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("find %s: %w", name, err)
		}
		all = append(all, rec)
	}
	return all, rows.Err()
}

// Day is the day by which an item is sorted and filtered: published, else modified, else unknown.
func (r Record) Day() time.Time {
	if !r.Item.Published.IsZero() {
		return r.Item.Published.Time
	}
	return r.Item.Modified.Time
}
