package index

import (
	"context"
	"fmt"

	"filon/classify"
)

// Hidden tells whether nothing of an address may be named: it is, or last was, judged never, by the rules
// or by a person. An address that nobody knows is not hidden.
func (x *Index) Hidden(ctx context.Context, address string) (bool, error) {
	hidden := false
	err := x.db.R.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM records WHERE address = ?1 AND verdict = ?2)
		OR EXISTS (SELECT 1 FROM decisions WHERE address = ?1 AND verdict = ?2)
		OR NOT EXISTS (SELECT 1 FROM records WHERE address = ?1) AND EXISTS (SELECT 1 FROM changes WHERE address = ?1 AND title = ?3)`,
		address, string(classify.Never), MaskedTitle).Scan(&hidden)
	if err != nil {
		return false, fmt.Errorf("look whether %s is hidden: %w", address, err)
	}
	return hidden, nil
}
