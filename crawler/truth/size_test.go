package truth

import (
	"context"
	"path/filepath"
	"testing"
)

func TestShrink(t *testing.T) {
	ctx := context.Background()
	f, err := Open(ctx, filepath.Join(t.TempDir(), "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, q := range []string{
		`CREATE TABLE t (x BLOB)`,
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 5000) INSERT INTO t SELECT randomblob(4000) FROM n`,
		`DELETE FROM t WHERE rowid % 100 <> 0`,
	} {
		if _, err := f.W.ExecContext(ctx, q); err != nil {
			t.Fatal(err)
		}
	}
	before, err := f.Size(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Shrink(ctx); err != nil {
		t.Fatal(err)
	}
	after, err := f.Size(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if before < 20_000_000 || after > 2<<20 {
		t.Errorf("%d bytes before, %d after", before, after)
	}
	n := 0
	if err := f.R.QueryRowContext(ctx, `SELECT count(*) FROM t`).Scan(&n); err != nil || n != 50 {
		t.Errorf("%d rows are left, %v", n, err)
	}
}
