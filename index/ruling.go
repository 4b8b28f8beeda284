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
)

// Ruling is the verdict that holds: what a person has decided, else what the rules say. Nobody opens by a decision what
// the rules say must never leave, and a decision that has lapsed opens nothing.
func (r Record) Ruling() classify.Outcome {
	return ruling(r.Verdict.Outcome, r.Decision.Verdict, r.Decision.Lapsed)
}

// Followed tells whether Ruling is what a person has decided, and so because she has.
func (r Record) Followed() bool {
	judged, decided := r.Verdict.Outcome, r.Decision.Verdict
	return decided != "" && r.Ruling() == decided && (r.Decision.Lapsed == "" || judged != decided)
}

func ruling(judged, decided classify.Outcome, lapsed string) classify.Outcome {
	switch {
	case decided == "" || judged == classify.Never:
		return judged
	case lapsed == "" || decided == classify.NeedsEdit && judged == classify.Publishable:
		return decided
	}
	return judged
}

// rulingOf is Ruling as an expression on the table records, named r.
const rulingOf = `CASE WHEN r.verdict = 'never' THEN r.verdict ELSE coalesce((SELECT nullif(ruled.verdict, '') FROM decisions ruled WHERE ruled.address = r.address
	AND (ruled.lapsed = '' OR ruled.verdict = 'needs_edit' AND r.verdict = 'publishable')), r.verdict) END`

// LapsedText is why a decision has lapsed when the text is another; otherwise it is the rule that asks since.
const LapsedText = "text"

// opens tells the decisions that let something out: those hold for what they were given for, and all others for ever.
func opens(decided classify.Outcome) bool {
	return decided == classify.Publishable || decided == classify.NeedsEdit
}

// held is what is known of the decision on an address.
type held struct {
	verdict classify.Outcome
	lapsed  string
}

func heldOn(ctx context.Context, tx *sql.Tx, address string) (h held, err error) {
	err = tx.QueryRowContext(ctx, `SELECT verdict, lapsed FROM decisions WHERE address = ?`, address).Scan(&h.verdict, &h.lapsed)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return h, err
}

// weigh finds out whether the decision on a record's address holds for what the record says now, and notes it; turned
// tells that it is another answer than before, so that search has to learn of it. A decision whose grounds are not known,
// by an earlier filon or on an address that was not in the inventory, counts as given for what the record says now; unless
// it has lapsed.
func weigh(ctx context.Context, tx *sql.Tx, r *row) (h held, turned bool, err error) {
	var size int
	var unknown bool
	var said, runs, gaps []byte
	var asked, rules string
	err = tx.QueryRowContext(ctx, `SELECT verdict, lapsed, given_words IS NULL, given_words, given_runs, given_gaps, given_size, given_asked, given_rules FROM decisions WHERE address = ?`, r.item.Address).
		Scan(&h.verdict, &h.lapsed, &unknown, &said, &runs, &gaps, &size, &asked, &rules) // of a text without words, said is empty and known
	if errors.Is(err, sql.ErrNoRows) {
		return held{}, false, nil
	}
	if err != nil || !opens(h.verdict) {
		return h, false, err
	}
	if unknown && h.lapsed != "" { // its prints were purged
		return h, false, nil
	}
	if unknown {
		return h, false, ground(ctx, tx, r)
	}
	g := given{words: unpackPrints(said), runs: unpackPrints(runs), gaps: unpackPrints(gaps), size: size, asked: strings.Fields(asked)}
	now := ""
	switch {
	case !g.covers(r.item):
		now = LapsedText
	case h.lapsed == "" && newerAsks(rules, askedBy(r)) && g.exactly(r.item):
		// Another filon asks other questions about the very words that the person has read: her answer stands.
		return h, false, groundAsked(ctx, tx, r)
	default:
		now = g.askedSince(r.reasons)
	}
	if now == h.lapsed {
		return h, false, nil
	}
	turned = (now == "") != (h.lapsed == "")
	h.lapsed = now
	_, err = tx.ExecContext(ctx, `UPDATE decisions SET lapsed = ? WHERE address = ?`, now, r.item.Address)
	return h, turned, err
}

// ground notes that the decision on a record's address is given for what the record says now.
func ground(ctx context.Context, tx *sql.Tx, r *row) error {
	_, err := tx.ExecContext(ctx, `UPDATE decisions SET lapsed = '', lapse_noted = '' WHERE address = ?`, r.item.Address)
	if err == nil {
		err = groundAsked(ctx, tx, r)
	}
	if err == nil {
		err = groundText(ctx, tx, r)
	}
	return err
}

// groundAsked does so for the rules alone.
func groundAsked(ctx context.Context, tx *sql.Tx, r *row) error {
	_, err := tx.ExecContext(ctx, `UPDATE decisions SET given_asked = ?, given_rules = ? WHERE address = ?`, strings.Join(askedIn(r.reasons), " "), askedBy(r), r.item.Address)
	return err
}

// askedBy is by what a record was judged: the version of the rules, and who may see it, with a blank between.
func askedBy(r *row) string {
	return r.verdict.Rules + " " + string(r.item.Access.Visibility)
}

// newerAsks tells whether all that is other between two askedBy is filon: neither the policy, which is the part of a
// version after "+", nor who may see the item.
func newerAsks(before, now string) bool {
	ownBefore, restBefore := ownRules(before)
	ownNow, restNow := ownRules(now)
	return ownBefore != ownNow && restBefore == restNow
}

// ownRules parts what askedBy gives into filon's own version and the rest.
func ownRules(asked string) (own, rest string) {
	if i := strings.IndexAny(asked, "+ "); i >= 0 {
		return asked[:i], asked[i:]
	}
	return asked, ""
}

// groundText does so for the text alone.
func groundText(ctx context.Context, tx *sql.Tx, r *row) error {
	g := givenFor(r.item)
	_, err := tx.ExecContext(ctx, `UPDATE decisions SET given_words = ?, given_runs = ?, given_gaps = ?, given_size = ? WHERE address = ?`, packPrints(g.words), packPrints(g.runs), packPrints(g.gaps), g.size, r.item.Address)
	return err
}

// forgetGiven takes the prints of people's names out of what decisions were given for. A decision that holds was given for
// what is left of the text; any other has lapsed for good, until it is given anew.
func forgetGiven(ctx context.Context, tx *sql.Tx, names []string) error {
	var named [][]uint32
	for _, name := range names {
		for _, f := range forms(name) {
			var prints []uint32
			for _, w := range f.words {
				prints = append(prints, print32(unspelled(w)))
			}
			named = append(named, prints)
		}
	}
	all, err := pairsOf(ctx, tx, `SELECT address, lapsed FROM decisions WHERE given_words IS NOT NULL ORDER BY address`)
	if err != nil {
		return err
	}
	for _, d := range all {
		var said []byte
		if err := tx.QueryRowContext(ctx, `SELECT given_words FROM decisions WHERE address = ?`, d[0]).Scan(&said); err != nil {
			return err
		}
		words := unpackPrints(said)
		if !slices.ContainsFunc(named, func(name []uint32) bool {
			return !slices.ContainsFunc(name, func(p uint32) bool { return times(words, p) == 0 })
		}) {
			continue
		}
		r, ok, err := rowAt(ctx, tx, d[0])
		if err != nil {
			return err
		}
		if ok && d[1] == "" {
			err = groundText(ctx, tx, &r)
		} else {
			_, err = tx.ExecContext(ctx, `UPDATE decisions SET given_words = NULL, given_runs = NULL, given_gaps = NULL, given_size = 0, lapsed = coalesce(nullif(lapsed, ''), ?) WHERE address = ?`, LapsedText, d[0])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// weighAt weighs the decision on an address by what the inventory has there, if it has anything.
func weighAt(ctx context.Context, tx *sql.Tx, address string) error {
	r, ok, err := rowAt(ctx, tx, address)
	if err != nil || !ok {
		return err
	}
	_, turned, err := weigh(ctx, tx, &r)
	if err == nil && turned {
		_, err = tx.ExecContext(ctx, `UPDATE records SET revision = revision + 1 WHERE address = ?`, address)
	}
	return err
}

// rowAt reads of a kept record what weigh and ground look at.
func rowAt(ctx context.Context, tx *sql.Tx, address string) (r row, ok bool, err error) {
	var blob []byte
	err = tx.QueryRowContext(ctx, `SELECT r.reasons, r.rules, c.item FROM records r JOIN record_contents c ON c.record_id = r.id WHERE r.address = ?`, address).Scan(&r.reasons, &r.verdict.Rules, &blob)
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	if err != nil {
		return r, false, err
	}
	r.item, err = unpackItem(blob)
	return r, err == nil, err
}

// groundOld grounds the decisions whose grounds are not known on what the inventory says now.
func (x *Index) groundOld(ctx context.Context) error {
	err := x.transact(ctx, func(tx *sql.Tx) error {
		old, err := pairsOf(ctx, tx, `SELECT d.address, '' FROM decisions d JOIN records r ON r.address = d.address WHERE d.given_words IS NULL AND d.lapsed = '' AND d.verdict IN ('publishable', 'needs_edit')`)
		if err != nil {
			return err
		}
		for _, d := range old {
			r, ok, err := rowAt(ctx, tx, d[0])
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if err := ground(ctx, tx, &r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note what decisions were given for: %w", err)
	}
	return nil
}

// NoteLapses notes as changes which decisions hold no longer since it was called last, and which hold again because their
// text is back. It is for the end of a crawl or of a rejudge, when all that hangs on the whole inventory is settled.
func (x *Index) NoteLapses(ctx context.Context) error {
	err := x.transact(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT r.address, r.source, r.title, r.verdict, d.verdict, d.lapsed, d.lapse_noted
			FROM decisions d JOIN records r ON r.address = d.address WHERE r.gone_at = '' AND (d.lapsed <> '') <> (d.lapse_noted <> '') ORDER BY r.address`)
		if err != nil {
			return err
		}
		defer rows.Close()
		var all []Change
		now := time.Now().UTC().Truncate(time.Second)
		for rows.Next() {
			c := Change{At: now, Kind: Lapsed}
			var judged, decided classify.Outcome
			var lapsed, noted string
			if err := rows.Scan(&c.Address, &c.Source, &c.Title, &judged, &decided, &lapsed, &noted); err != nil {
				return err
			}
			c.Before, c.After = decided, ruling(judged, decided, lapsed)
			if lapsed != LapsedText {
				c.Rule = lapsed
			}
			if lapsed == "" {
				c.Kind, c.Before = Restored, judged
			}
			all = append(all, c)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		rows.Close()
		for _, c := range all {
			noted := ""
			if c.Kind == Lapsed {
				noted = instant(now)
			}
			if _, err := tx.ExecContext(ctx, `UPDATE decisions SET lapse_noted = ? WHERE address = ?`, noted, c.Address); err != nil {
				return err
			}
			if err := note(ctx, tx, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note which decisions hold no longer: %w", err)
	}
	return nil
}

// LapsedDecisions gives do every record whose decision has lapsed and was not confirmed, in the order of the addresses.
func (x *Index) LapsedDecisions(ctx context.Context, do func(Record) error) error {
	return x.decidedWhere(ctx, `r.gone_at = '' AND d.lapsed <> ''`, do)
}

// Confirm gives the decision on an address anew, for what the inventory says there now; false when there is none, or
// nothing there.
func (x *Index) Confirm(ctx context.Context, address, by string, at time.Time) (done bool, err error) {
	err = x.transact(ctx, func(tx *sql.Tx) error {
		r, ok, err := rowAt(ctx, tx, address)
		if err != nil || !ok {
			return err
		}
		if err := archive(ctx, tx, address, at); err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `UPDATE decisions SET decided_by = ?, decided_at = ? WHERE address = ? AND verdict <> ''`, by, instant(at), address)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if done = n > 0; err != nil || !done {
			return err
		}
		if err := ground(ctx, tx, &r); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE records SET revision = revision + 1 WHERE address = ?`, address)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("confirm the decision on %s: %w", address, err)
	}
	return done, nil
}

// archive puts the decision on an address as it is into the history.
func archive(ctx context.Context, tx *sql.Tx, address string, at time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO earlier_decisions (address, disposition, assigned_to, verdict, notes, decided_by, decided_at, lapsed, replaced_at)
		SELECT address, disposition, assigned_to, verdict, notes, decided_by, decided_at, lapsed, ? FROM decisions WHERE address = ?`, instant(at), address)
	return err
}

// Earlier are the decisions on an address that others have replaced, the newest first, at most most.
func (x *Index) Earlier(ctx context.Context, address string, most int) ([]Decision, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT disposition, assigned_to, verdict, notes, decided_by, decided_at, lapsed FROM earlier_decisions WHERE address = ? ORDER BY id DESC LIMIT ?`, address, most)
	if err != nil {
		return nil, fmt.Errorf("read the earlier decisions on %s: %w", address, err)
	}
	defer rows.Close()
	var all []Decision
	for rows.Next() {
		var d Decision
		var at string
		if err := rows.Scan(&d.Disposition, &d.AssignedTo, &d.Verdict, &d.Notes, &d.By, &at, &d.Lapsed); err != nil {
			return nil, fmt.Errorf("read the earlier decisions on %s: %w", address, err)
		}
		d.At = parseInstant(at)
		all = append(all, d)
	}
	return all, rows.Err()
}
