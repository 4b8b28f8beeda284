package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filon/classify"
	"filon/index"
	"filon/index/export"
)

// nobodyKnows is an inventory without decisions.
func nobodyKnows(string, string, map[string]string) bool { return false }

func written(t *testing.T, name string, data []byte) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// Rows beyond those of a table that somebody brings are looked at too, whatever force says.
func TestReplaceLooksAtEveryRow(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("\ufeffitem_id;url;title;verdict;human_verdict\r\n")
	for i := range mostRows + 1 {
		fmt.Fprintf(&b, "%d;https://e.fr/%d;Été;never;\r\n", i, i)
	}
	empty := written(t, "empty.csv", b.Bytes())
	b.WriteString("x;https://e.fr/x;Été;publishable;oui\r\n")
	filled := written(t, "filled.csv", b.Bytes())
	for _, force := range []bool{false, true} {
		for name, want := range map[string]int{empty: 0, filled: 1} {
			there, err := mayReplace(name, force, isInventory)
			if n := filledIn(there, nobodyKnows); err != nil || n != want {
				t.Errorf("%s, %v: %d, %v", name, force, n, err)
			}
		}
	}
}

// The kind of a file is told by its head, however large it is.
func TestReplaceTellsTheKindOfLargeFiles(t *testing.T) {
	for name, c := range map[string]struct{ begin, says string }{
		"inventory.csv": {"item_id,url,title,verdict\r\n" + strings.Repeat("a1,https://e.fr/a,Été,never\r\n", 3000), ""},
		"lines.jsonl":   {`{"item_id":"a1","text":"` + strings.Repeat("é", mostHead), ""},
		"letter.csv":    {"Dear colleague,\n", "not of the same kind"},
		"book.xlsx":     {"PK\x03\x04", "too large"},
	} {
		name := written(t, name, []byte(c.begin))
		if err := os.Truncate(name, mostReplaced+1); err != nil {
			t.Fatal(err)
		}
		_, err := mayReplace(name, false, isInventory)
		if got := fmt.Sprint(err); (err == nil) != (c.says == "") || !strings.Contains(got, c.says) && c.says != "" {
			t.Errorf("%s: %s, want %q", name, got, c.says)
		}
		if there, err := mayReplace(name, true, isInventory); err != nil || there == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What nobody fills in is not read to its end.
func TestReplaceStopsAtTheHeads(t *testing.T) {
	for _, data := range []string{"{\"item_id\":\"a1\",\"notes\":\"x\"}\n", "item_id,url,title\r\na1,https://e.fr/a,Un\r\n"} {
		if n := filledIn(&replaced{name: written(t, "a", []byte(data))}, nobodyKnows); n != 0 {
			t.Errorf("%q: %d", data, n)
		}
	}
	rows := 0
	err := eachInventoryRow(strings.NewReader("item_id,url\na,b\nc,d\n"), func([]string) bool { return false }, func([]string) { rows++ })
	if err != nil || rows != 0 {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// Every cell that an export writes of a decision is known again, of an earlier one too; another is a person's.
func TestReplaceKnowsItsOwnCells(t *testing.T) {
	for _, note := range []string{"- à revoir", "+33 6 12 34 56 78", "@x", "=x", "jeanne.martin@exemple.fr", " deux \r\nlignes", "\tx", "<b>\u202egras", "'=x", strings.Repeat("é", 40_000)} {
		now := index.Decision{Verdict: classify.NeedsEdit, Disposition: "keep", AssignedTo: note, Notes: "autre"}
		was := index.Decision{Verdict: classify.Publishable, Disposition: "archive", Notes: note}
		rec := index.Record{Decision: was}
		rec.Item.ID, rec.Item.Address, rec.Verdict.Outcome = "a1", "https://e.fr/a", classify.NeedsApproval
		columns, err := export.Select("item_id,url,verdict,human_verdict,disposition,assigned_to,notes")
		if err != nil {
			t.Fatal(err)
		}
		both := func(do func(index.Record) error) error {
			if err := do(rec); err != nil {
				return err
			}
			other := rec
			other.Decision = now
			return do(other)
		}
		for _, opts := range []export.Options{{Mask: classify.Mask, Lang: "fr", Labels: true}, {Mask: classify.Mask, Lang: "en"}} {
			for kind, write := range map[string]func(b *bytes.Buffer) error{
				"csv": func(b *bytes.Buffer) error {
					_, err := export.CSV(b, columns, both, export.DialectOf(opts.Lang), opts)
					return err
				},
				"xlsx": func(b *bytes.Buffer) error { _, err := export.XLSX(b, columns, both, opts); return err },
			} {
				var b bytes.Buffer
				if err := write(&b); err != nil {
					t.Fatal(err)
				}
				there := &replaced{name: written(t, "a."+kind, b.Bytes())}
				rows := 0
				n := filledIn(there, func(_, _ string, said map[string]string) bool {
					rows++
					return held(rec, []index.Decision{was, now}, said)
				})
				if n != 0 || rows != 2 {
					t.Errorf("%s of %.40q: %d of %d rows are taken for a person's", kind, note, n, rows)
				}
				if n := filledIn(there, func(_, _ string, said map[string]string) bool {
					said["notes"] += " !"
					return held(rec, []index.Decision{was, now}, said)
				}); n != 2 {
					t.Errorf("%s of %.40q: %d rows are taken for a person's, want 2", kind, note, n)
				}
			}
		}
	}
	said := map[string]string{"verdict": "publishable", "human_verdict": "oui"}
	if !held(index.Record{}, []index.Decision{{Verdict: classify.Publishable}}, said) || held(index.Record{}, []index.Decision{{Verdict: classify.Never}}, said) {
		t.Error("a yes is the verdict that was seen")
	}
}
