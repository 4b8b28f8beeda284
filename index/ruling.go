package index

import (
	"context"
	"database/sql"

	"filon/classify"
)

// Ruling is the verdict that holds: what a person has decided, else what the rules say. Nobody opens by a decision what
// the rules say must never leave.
func (r Record) Ruling() classify.Outcome { return ruling(r.Verdict.Outcome, r.Decision.Verdict) }

func ruling(judged, decided classify.Outcome) classify.Outcome {
	if decided == "" || judged == classify.Never {
		return judged
	}
	return decided
}

// rulingOf is Ruling as an expression on the table records, named r.
const rulingOf = `CASE WHEN r.verdict = 'never' THEN r.verdict ELSE coalesce((SELECT nullif(ruled.verdict, '') FROM decisions ruled WHERE ruled.address = r.address), r.verdict) END`

// decidedOn is the verdict that a person has given on an address, "" without one.
func decidedOn(ctx context.Context, tx *sql.Tx, address string) (decided classify.Outcome, err error) {
	err = tx.QueryRowContext(ctx, `SELECT coalesce((SELECT verdict FROM decisions WHERE address = ?), '')`, address).Scan(&decided)
	return decided, err
}
