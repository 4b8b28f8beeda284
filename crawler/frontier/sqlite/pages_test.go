package sqlite

import (
	"path/filepath"
	"testing"

	"filon/crawler/frontier"
	"filon/crawler/truth"
)

// What an earlier filon took for another's page because it read the same is read once more, and so is the other.
func TestTwinsOfAnEarlierFilon(t *testing.T) {
	db, err := truth.Open(t.Context(), filepath.Join(t.TempDir(), "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	open := func() *Frontier {
		f, err := Open(t.Context(), db, func(string) string { return "h" })
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	f := open()
	if _, err := f.Begin(t.Context(), []frontier.Source{{Name: "s"}}, nil); err != nil {
		t.Fatal(err)
	}
	if err := f.Add(t.Context(), []frontier.Found{{Address: "/rh", Source: "s"}, {Address: "/com", Source: "s"}, {Address: "/seul", Source: "s"}}); err != nil {
		t.Fatal(err)
	}
	for _, do := range []string{
		`UPDATE requests SET state = 'kept', item_hash = 'x', etag = 'e', in_inventory = 1, visited_on = '2026-11-23'`,
		`UPDATE requests SET state = 'duplicate', in_inventory = 0, twin_of = '/com' WHERE address = '/rh'`,
		`DROP INDEX requests_same_page`, `ALTER TABLE requests DROP COLUMN page_hash`,
	} {
		if _, err := db.W.ExecContext(t.Context(), do); err != nil {
			t.Fatal(err)
		}
	}
	f = open()
	for address, want := range map[string][3]string{"/rh": {"", "", ""}, "/com": {"", "x", ""}, "/seul": {"e", "x", ""}} {
		r, _, ok, err := f.Find(t.Context(), address, 0)
		if got := [3]string{r.ETag, r.ItemHash, r.TwinOf}; err != nil || !ok || got != want || r.Visited.IsZero() == (address == "/seul") {
			t.Errorf("%s: %q, visited %v, want %q; %v", address, got, r.Visited, want, err)
		}
	}
}
