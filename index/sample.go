package index

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"time"

	"filon/classify"
)

// Sample draws n records for a person to check: half of them publishable, because that is what is relied on, the
// rest spread over the other verdicts as evenly as they have enough. Within a verdict each source, format and department
// is drawn from by its size (systematically, from a random start), so that none is missing by chance. Copies and what is
// gone are not drawn. The same inventory and seed give the same records.
func (x *Index) Sample(ctx context.Context, n int, seed string) ([]Record, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT item_id, address, verdict, visibility, source, media_format, department FROM records WHERE gone_at = '' AND canonical = 1`)
	if err != nil {
		return nil, fmt.Errorf("draw a sample: %w", err)
	}
	defer rows.Close()
	type ticket struct {
		address string
		cell    string // source, format and department
		lot     uint64
	}
	strata := map[classify.Outcome][]ticket{}
	for rows.Next() {
		var id, address, verdict, visibility, source, format, department string
		if err := rows.Scan(&id, &address, &verdict, &visibility, &source, &format, &department); err != nil {
			return nil, fmt.Errorf("draw a sample: %w", err)
		}
		h := fnv.New128a()
		h.Write([]byte(seed + "\x00" + id))
		o := classify.Outcome(verdict)
		strata[o] = append(strata[o], ticket{address, visibility + "\x00" + source + "\x00" + format + "\x00" + department, binary.BigEndian.Uint64(h.Sum(nil))})
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("draw a sample: %w", err)
	}
	rest := []classify.Outcome{classify.NeedsEdit, classify.NeedsApproval, classify.Never, classify.NotProposed}
	for _, s := range strata {
		slices.SortFunc(s, func(a, b ticket) int {
			return cmp.Or(strings.Compare(a.cell, b.cell), cmp.Compare(a.lot, b.lot), strings.Compare(a.address, b.address))
		})
	}
	take := map[classify.Outcome]int{classify.Publishable: min(n/2+n%2, len(strata[classify.Publishable]))}
	left := n - take[classify.Publishable]
	for given := true; left > 0 && given; {
		given = false
		for _, o := range rest {
			if left > 0 && take[o] < len(strata[o]) {
				take[o]++
				left--
				given = true
			}
		}
	}
	take[classify.Publishable] += min(left, len(strata[classify.Publishable])-take[classify.Publishable])
	var drawn []Record
	for _, o := range append([]classify.Outcome{classify.Publishable}, rest...) {
		h := fnv.New64a()
		h.Write([]byte(seed + "\x00" + string(o)))
		start := int(h.Sum64() % 1000)
		for i := range take[o] {
			t := strata[o][(1000*i+start)*len(strata[o])/(1000*take[o])]
			rec, ok, err := x.Get(ctx, t.address)
			if err != nil {
				return nil, err
			}
			if ok {
				drawn = append(drawn, rec)
			}
		}
	}
	return drawn, nil
}

// NoteDrawn notes that records were drawn by Sample: of these alone a label tells how far to trust the verdicts.
func (x *Index) NoteDrawn(ctx context.Context, drawn []Record, at time.Time) error {
	err := x.transact(ctx, func(tx *sql.Tx) error {
		for _, rec := range drawn {
			if _, err := tx.ExecContext(ctx, `INSERT INTO drawn_records (item_id, drawn_at) VALUES (?, ?) ON CONFLICT (item_id) DO NOTHING`, rec.Item.ID, at.UTC().Format(time.RFC3339)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note what was drawn: %w", err)
	}
	return nil
}

// isDrawn tells whether a record was drawn by lot.
func (x *Index) isDrawn(ctx context.Context, id string) (drawn bool, err error) {
	err = x.db.R.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM drawn_records WHERE item_id = ?)`, id).Scan(&drawn)
	return drawn, err
}

// Label is what a person says of a record.
type Label struct {
	ItemID  string
	Seen    classify.Outcome // the verdict that stood on the sheet
	Verdict classify.Outcome // the person's
	Note    string           // "" leaves an earlier one
}

// decision is the one that a label makes of a record's; false when it makes no other.
func (l Label) decision(rec Record, by string, at time.Time) (d Decision, other bool) {
	d = rec.Decision
	if d.Verdict == l.Verdict && d.Lapsed == "" && (l.Note == "" || d.Notes == l.Note) {
		return d, false
	}
	d.Verdict, d.By, d.At = l.Verdict, by, at
	if l.Note != "" {
		d.Notes = l.Note
	}
	return d, true
}

// Noted says what became of labels.
type Noted struct {
	Kept      int      // of records that the inventory has
	Unsampled int      // of those, the ones that no draw gave: decisions, and nothing more
	Stale     []string // addresses, as they may be shown, of those that were left out
}

// KeepLabels notes what a person says of records, each as a decision, and of drawn ones as a check of the verdict too. A label replaces an earlier one of the same record. One that would open what has another verdict
// than the person saw is left out; that the text alone is another, no sheet tells.
func (x *Index) KeepLabels(ctx context.Context, labels []Label, by string, at time.Time) (n Noted, err error) {
	for _, l := range labels {
		rec, ok, err := x.Get(ctx, l.ItemID)
		if err != nil {
			return n, err
		}
		if !ok {
			continue
		}
		d, other := l.decision(rec, by, at)
		if other && opens(l.Verdict) && l.Seen != "" && l.Seen != rec.Verdict.Outcome && l.Seen != rec.Ruling() {
			n.Stale = append(n.Stale, rec.HideAddress(rec.Item.Address))
			continue
		}
		drawn, err := x.isDrawn(ctx, l.ItemID)
		if err == nil && drawn {
			err = x.transact(ctx, func(tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, `INSERT INTO labels (item_id, verdict_seen, verdict, labelled_at) VALUES (?,?,?,?)
					ON CONFLICT (item_id) DO UPDATE SET verdict_seen = excluded.verdict_seen, verdict = excluded.verdict, labelled_at = excluded.labelled_at`,
					l.ItemID, string(l.Seen), string(l.Verdict), at.UTC().Format(time.RFC3339))
				return err
			})
		}
		if err != nil {
			return n, fmt.Errorf("keep a label: %w", err)
		}
		if other {
			if err := x.Decide(ctx, rec.Item.Address, d); err != nil {
				return n, err
			}
		}
		if n.Kept++; !drawn {
			n.Unsampled++
		}
	}
	return n, nil
}

// Checked is how often people agreed with a verdict on drawn records.
type Checked struct {
	Labels, Right int
	Items         int // that have the verdict, without copies
}

// Interval is where the share of right verdicts lies with 95 % confidence (Wilson, Probable inference, 1927). Without
// labels it is 0 to 1.
func (c Checked) Interval() (low, high float64) {
	const z = 1.959964
	if c.Labels == 0 {
		return 0, 1
	}
	n, p := float64(c.Labels), float64(c.Right)/float64(c.Labels)
	mid := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, mid-half), min(1, mid+half)
}

// AtLeast is how many items have rightly the verdict, with 95 % confidence.
func (c Checked) AtLeast() int {
	low, _ := c.Interval()
	return max(int(math.Floor(low*float64(c.Items))), c.Right)
}

// Precision compares the labels of drawn records with the verdicts of today. A label counts as long as its record still has the
// verdict that the person saw.
func (x *Index) Precision(ctx context.Context) (map[classify.Outcome]Checked, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT r.verdict, count(*), sum(l.verdict IS NOT NULL), sum(coalesce(l.verdict = r.verdict, 0))
		FROM records r LEFT JOIN labels l ON l.item_id = r.item_id AND l.verdict_seen = r.verdict AND EXISTS (SELECT 1 FROM drawn_records d WHERE d.item_id = r.item_id)
		WHERE r.gone_at = '' AND r.canonical = 1 GROUP BY r.verdict`)
	if err != nil {
		return nil, fmt.Errorf("compare with what people say: %w", err)
	}
	defer rows.Close()
	all := map[classify.Outcome]Checked{}
	for rows.Next() {
		var verdict string
		var c Checked
		if err := rows.Scan(&verdict, &c.Items, &c.Labels, &c.Right); err != nil {
			return nil, fmt.Errorf("compare with what people say: %w", err)
		}
		all[classify.Outcome(verdict)] = c
	}
	return all, rows.Err()
}
