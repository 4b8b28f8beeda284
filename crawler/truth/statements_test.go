package truth

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

// onConn runs do on the one writing connection.
func onConn(t *testing.T, f *File, do func(*conn)) {
	t.Helper()
	c, err := f.W.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Raw(func(of any) error { do(of.(*conn)); return nil }); err != nil {
		t.Fatal(err)
	}
}

func TestStatementsAreKept(t *testing.T) {
	ctx := context.Background()
	f, err := Open(ctx, filepath.Join(t.TempDir(), "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.W.Exec(`CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT); CREATE TABLE u (k INTEGER)`); err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		if _, err := f.W.Exec(`INSERT INTO t (k, v) VALUES (?, ?)`, i, fmt.Sprint("v", i)); err != nil {
			t.Fatal(err)
		}
	}
	onConn(t, f, func(c *conn) {
		if len(c.kept) != 1 || c.kept[`INSERT INTO t (k, v) VALUES (?, ?)`] == nil {
			t.Errorf("kept %v", c.kept)
		}
	})

	// The same question inside its own answer, in one transaction: each has a statement of its own.
	tx, err := f.W.Begin()
	if err != nil {
		t.Fatal(err)
	}
	ask := `SELECT v FROM t WHERE k >= ? ORDER BY k`
	outer, err := tx.Query(ask, 3)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for outer.Next() {
		var v, first string
		if err := outer.Scan(&v); err != nil {
			t.Fatal(err)
		}
		if err := tx.QueryRow(ask, 7).Scan(&first); err != nil {
			t.Fatal(err)
		}
		got = append(got, v+first)
	}
	if err := outer.Err(); err != nil || fmt.Sprint(got) != "[v3v7 v4v7 v5v7 v6v7 v7v7 v8v7 v9v7]" {
		t.Errorf("%v, %v", got, err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}

	// A failure leaves nothing behind, and a changed table is seen.
	if _, err := f.W.Exec(`INSERT INTO t (k, v) VALUES (?, ?)`, 1, "again"); err == nil {
		t.Error("a key was taken twice")
	}
	if _, err := f.W.Exec(`ALTER TABLE t ADD COLUMN w TEXT DEFAULT 'w'`); err != nil {
		t.Fatal(err)
	}
	if _, err := f.W.Exec(`INSERT INTO t (k, v) VALUES (?, ?)`, 10, "v10"); err != nil {
		t.Fatal(err)
	}
	var w string
	if err := f.W.QueryRow(`SELECT w FROM t WHERE k = ?`, 10).Scan(&w); err != nil || w != "w" {
		t.Errorf("%q, %v", w, err)
	}
	if err := f.W.QueryRow(`SELECT w FROM t WHERE k = ?`, 11).Scan(&w); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("%v, want no rows", err)
	}

	// What is kept is bounded.
	for i := range 3 * mostKept {
		if _, err := f.W.Exec(fmt.Sprintf(`UPDATE u SET k = %d`, i)); err != nil {
			t.Fatal(err)
		}
	}
	onConn(t, f, func(c *conn) {
		if len(c.kept) > mostKept {
			t.Errorf("%d statements are kept", len(c.kept))
		}
	})
}

func TestKeeps(t *testing.T) {
	for query, want := range map[string]bool{
		`SELECT 1`: true, `INSERT INTO t VALUES (?)`: true, `PRAGMA freelist_count`: false, `DELETE FROM t; DELETE FROM u`: false,
		`CREATE TABLE t (k)`: false, `SELECT ` + fmt.Sprint(make([]int, 500)): false,
	} {
		if keeps(query) != want {
			t.Errorf("%.40s: %v", query, !want)
		}
	}
}

var _ driver.Connector = connector{}
