package index

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler/truth"
)

// TestMain lets the test binary be the process that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("FILON_INDEX_CHILD"); dir != "" {
		keepUntilKilled(dir)
	}
	os.Exit(m.Run())
}

// keepUntilKilled keeps pages, some of them twice with another text, drops some, and says after each
// that it is kept.
func keepUntilKilled(dir string) {
	ctx := context.Background()
	db, err := truth.Open(ctx, filepath.Join(dir, "filon.db"))
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	x, err := Open(ctx, dir, db, Options{Write: true})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	start, _ := strconv.Atoi(os.Getenv("FILON_INDEX_FROM"))
	for i := start; ; i++ {
		if err := x.Keep(ctx, page(fmt.Sprintf("/p/%d", i), "fr", fmt.Sprintf("Numéro mot%d", i), fmt.Sprintf("première version v1mot%d du texte", i))); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println("kept", i)
		if i%5 == 4 {
			if err := x.Keep(ctx, page(fmt.Sprintf("/p/%d", i-2), "fr", fmt.Sprintf("Numéro mot%d", i-2), fmt.Sprintf("seconde version v2mot%d du texte", i-2))); err != nil {
				fmt.Println("error", err)
				os.Exit(1)
			}
			fmt.Println("again", i-2)
		}
		if i%7 == 6 {
			if err := x.Drop(ctx, fmt.Sprintf("https://www.exemple.fr/p/%d", i-1), ""); err != nil {
				fmt.Println("error", err)
				os.Exit(1)
			}
			fmt.Println("dropped", i-1)
		}
	}
}

// TestNothingIsLostWhenKilled kills a keeping process five times, at moments that fall before, in and
// after batches, and then compares the search index with what the process had reported as kept.
func TestNothingIsLostWhenKilled(t *testing.T) {
	dir := t.TempDir()
	state := map[int]string{} // the last that the process reported of each page
	unsure := map[int]bool{}  // pages at which a process was killed
	next := 0
	for range 5 {
		child := exec.Command(os.Args[0], "-test.run", "^$")
		child.Env = append(os.Environ(), "FILON_INDEX_CHILD="+dir, fmt.Sprintf("FILON_INDEX_FROM=%d", next))
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		reports, limit := 0, 60+rand.IntN(200)
		for lines.Scan() {
			what, number, _ := strings.Cut(lines.Text(), " ")
			if what == "error" {
				t.Fatal(number)
			}
			i, _ := strconv.Atoi(number)
			state[i] = what
			next = max(next, i+1)
			if reports++; reports == limit {
				child.Process.Kill()
			}
		}
		child.Wait()
		for i := next - 3; i <= next; i++ {
			unsure[i] = true // a step may have been taken and not reported
		}
	}
	ctx := context.Background()
	db, err := truth.Open(ctx, filepath.Join(dir, "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	x, err := Open(ctx, dir, db, Options{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if n, err := x.Behind(ctx); n != 0 || err != nil {
		t.Fatalf("%d records are not in the search index after opening, %v", n, err)
	}
	for i, what := range state {
		got := paths(t, x, Query{Text: fmt.Sprintf("title:mot%d", i)})
		first := paths(t, x, Query{Text: fmt.Sprintf("v1mot%d", i)})
		again := paths(t, x, Query{Text: fmt.Sprintf("v2mot%d", i)})
		if unsure[i] {
			continue
		}
		switch what {
		case "kept":
			if len(got) != 1 || len(first) != 1 || len(again) != 0 {
				t.Errorf("page %d was kept once; search finds %v %v %v", i, got, first, again)
			}
		case "again":
			if len(got) != 1 || len(first) != 0 || len(again) != 1 {
				t.Errorf("page %d was kept again; search finds %v %v %v", i, got, first, again)
			}
		case "dropped":
			if len(got) != 0 {
				t.Errorf("page %d was dropped; search finds %v", i, got)
			}
		}
	}
	sameInBoth(t, x)
}

// sameInBoth compares the search index with the database, record by record.
func sameInBoth(t *testing.T, x *Index) {
	t.Helper()
	var all []string
	if err := x.Each(context.Background(), Query{}, func(r Record) error { all = append(all, r.Item.ID); return nil }); err != nil {
		t.Fatal(err)
	}
	ids, err := x.allIDs(context.Background(), Query{})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, id := range ids {
		found[id]++
	}
	for _, id := range all {
		if found[id] != 1 {
			t.Errorf("%s is in the search index %d times", id, found[id])
		}
	}
	if len(ids) != len(all) {
		t.Errorf("%d records, %d in the search index", len(all), len(ids))
	}
}

// TestDeathBetweenTheTwoCommits makes by hand the states that a death leaves behind: known to the search
// index but not noted, noted by the database but not yet known, and a folder that is gone.
func TestDeathBetweenTheTwoCommits(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	db, err := truth.Open(ctx, filepath.Join(dir, "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	reopen := func() *Index {
		x, err := Open(ctx, dir, db, Options{Write: true})
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	x := reopen()
	keep(t, x, page("/1", "fr", "Un", "vélo rouge"), page("/2", "fr", "Deux", "vélo vert"), page("/3", "fr", "Trois", "vélo bleu"))
	if err := x.Drop(ctx, "https://www.exemple.fr/3", ""); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func() error{
		"indexed, not noted": func() error { _, err := db.W.Exec(`UPDATE records SET indexed_revision = 0`); return err },
		"removal not noted":  func() error { _, err := db.W.Exec(`UPDATE dropped_records SET indexed = 0`); return err },
		"folder gone":        func() error { return os.RemoveAll(filepath.Join(dir, "search")) },
		"folder of another": func() error {
			_, err := db.W.Exec(`UPDATE index_state SET value = '2-other' WHERE name = 'search'`)
			return err
		},
		"folder damaged": func() error {
			return os.WriteFile(filepath.Join(dir, "search", "store", "root.bolt"), []byte(strings.Repeat("x", 9000)), 0o600)
		},
		"folder damaged otherwise": func() error {
			return os.WriteFile(filepath.Join(dir, "search", "index_meta.json"), []byte("{"), 0o600)
		},
	} {
		if err := damage(); err != nil {
			t.Fatal(name, err)
		}
		x := reopen()
		if got := paths(t, x, Query{Text: "velo"}); len(got) != 2 {
			t.Errorf("%s: after opening, search finds %v", name, got)
		}
		sameInBoth(t, x)
		if err := x.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSearchBesideACrawl searches from this process while another one keeps.
func TestSearchBesideACrawl(t *testing.T) {
	dir := t.TempDir()
	child := exec.Command(os.Args[0], "-test.run", "^$")
	child.Env = append(os.Environ(), "FILON_INDEX_CHILD="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer child.Wait()
	defer child.Process.Kill()
	lines := bufio.NewScanner(out)
	kept := make(chan int, 1)
	go func() {
		n := 0
		for lines.Scan() {
			if n++; n == 300 {
				kept <- n
			}
		}
	}()
	<-kept
	ctx := context.Background()
	db, err := truth.Open(ctx, filepath.Join(dir, "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	x, err := Open(ctx, dir, db, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if err := x.Keep(ctx, Record{}); err != ErrReadOnly {
		t.Errorf("a reader may keep: %v", err)
	}
	last, slowest := 0, time.Duration(0)
	for range 40 {
		res, err := x.Search(ctx, Query{Text: "version", Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		slowest = max(slowest, res.Took)
		if res.Total < last/2 {
			t.Errorf("%d hits, after %d", res.Total, last)
		}
		last = res.Total
		time.Sleep(15 * time.Millisecond)
	}
	if last == 0 {
		t.Error("nothing was found beside the crawl")
	}
	t.Logf("%d hits at the end, the slowest search took %v", last, slowest)
}

func TestDecisionsOutliveEverything(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := context.Background()
	p := page("/a", "fr", "Titre", "Texte de la page")
	keep(t, x, p)
	want := Decision{Disposition: "update", AssignedTo: "communication", Verdict: classify.NeedsEdit, Notes: "voir l’image", By: "C.", At: noon}
	if err := x.Decide(ctx, p.Item.Address, want); err != nil {
		t.Fatal(err)
	}
	check := func(when string) {
		t.Helper()
		got, ok, err := x.Get(ctx, p.Item.ID)
		if err != nil || !ok || got.Decision != want {
			t.Errorf("%s the decision is %+v (%v, %v)", when, got.Decision, ok, err)
		}
	}
	check("at first")
	if err := x.Drop(ctx, p.Item.Address, ""); err != nil {
		t.Fatal(err)
	}
	if _, ok, _ := x.Get(ctx, p.Item.Address); ok {
		t.Error("a dropped record is still there")
	}
	later := p
	later.Item.Text, later.Item.FetchedAt = "Un autre texte", noon.AddDate(0, 1, 0)
	keep(t, x, later)
	want.Lapsed = LapsedText // it was given for another text
	check("after a drop and a new visit")
	got, _, _ := x.Get(ctx, p.Item.Address)
	if !got.FirstSeen.Equal(noon) || !got.Changed.Equal(later.Item.FetchedAt) {
		t.Errorf("first seen %v, changed %v", got.FirstSeen, got.Changed)
	}
	if err := x.Reindex(ctx, nil); err != nil {
		t.Fatal(err)
	}
	check("after a new index")
	if err := x.Decide(ctx, p.Item.Address, Decision{Disposition: "burn"}); err == nil {
		t.Error("an unknown disposition is taken")
	}
}
