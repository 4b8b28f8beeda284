package index

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"filon/crawler/content"
)

// told makes a text of n words, the same for the same seed.
func told(seed, n int) []string {
	r := rand.New(rand.NewPCG(uint64(seed), 5))
	vocab := vocabulary(3000)
	all := make([]string, n)
	for i := range all {
		all[i] = vocab[r.IntN(len(vocab))]
	}
	return all
}

// retold changes one word in so many.
func retold(text []string, seed, every int) []string {
	all := slices.Clone(text)
	for i := seed % every; i < len(all); i += every {
		all[i] = fmt.Sprintf("autre%d", seed+i)
	}
	return all
}

func kept(path, where string, day string, text []string) Record {
	r := page(path, "fr", "Titre de "+path, strings.Join(text, " "))
	r.Item.Source = where
	r.Item.Access.Visibility = content.Visibility(where)
	r.Item.Published.Time, _ = time.Parse(time.DateOnly, day)
	return r
}

// groupsIn lists the inventory as grouping leaves it, a line a record.
func groupsIn(t testing.TB, x *Index) []string {
	t.Helper()
	var all []string
	if err := x.Each(context.Background(), Query{}, func(r Record) error {
		all = append(all, fmt.Sprintf("%s %s %t %d %s %.2f %v", strings.TrimPrefix(r.Item.Address, "https://www.exemple.fr"), r.Group, r.Canonical, r.Copies, strings.TrimPrefix(r.Public.Address, "https://www.exemple.fr"), r.Public.Share, r.Lag))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func group(t testing.TB, x *Index, threshold float64) {
	t.Helper()
	if err := x.Group(context.Background(), threshold); err != nil {
		t.Fatal(err)
	}
}

func TestNearDuplicates(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := context.Background()
	story, other := told(1, 200), told(2, 200)
	report := kept("/rapport.pdf", "public", "2025-06-01", append(append(slices.Clone(story), told(3, 50)...), "page", "12"))
	report.Item.MIME = "application/pdf"
	english := kept("/en", "public", "2025-09-01", retold(story, 3, 25))
	english.Item.Language = "en"
	cut := kept("/coupe", "public", "2026-01-01", retold(story, 5, 100))
	cut.Item.Problem = &content.Problem{Code: content.TooLarge}
	keep(t, x,
		kept("/rh", "intranet", "2025-03-01", story),
		kept("/com", "intranet", "2025-04-01", retold(story, 1, 50)),
		kept("/site", "public", "2025-06-10", retold(story, 2, 60)),
		report, english, cut,
		kept("/seul", "public", "2025-01-01", other),
		kept("/extrait", "intranet", "2025-01-02", other[:90]),
		kept("/court", "public", "", story[:30]), kept("/court2", "public", "", story[:30]),
	)
	group(t, x, 0)
	lag := "{92 true}"
	want := []string{"/com G false 4 /site 0.89 " + lag, "/coupe G false 4  0.00 " + lag, "/court  true 0  0.00 {0 false}", "/court2  true 0  0.00 {0 false}",
		"/en  true 0  0.00 {0 false}", "/extrait  true 0 /seul 1.00 {-1 true}", "/rapport.pdf G false 4  0.00 " + lag, "/rh G false 4 /site 0.94 " + lag,
		"/seul  true 0  0.00 {0 false}", "/site G true 4  0.00 " + lag}
	got := groupsIn(t, x)
	for i, line := range got {
		f := strings.SplitN(line, " ", 3)
		if strings.HasPrefix(f[1], "dup-") {
			f[1] = "G"
		}
		got[i] = strings.Join(f, " ")
	}
	if !slices.Equal(got, want) {
		t.Errorf("groups are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// Another threshold needs no crawl, and going back gives the same.
	before := groupsIn(t, x)
	group(t, x, .97)
	if r, _, _ := x.Get(ctx, "https://www.exemple.fr/com"); r.Group != "" {
		t.Errorf("at .97 a text with one word in fifty changed is a copy: %+v", r.Group)
	}
	group(t, x, .8)
	if after := groupsIn(t, x); !slices.Equal(before, after) {
		t.Errorf("the first threshold again gives\n%s", strings.Join(after, "\n"))
	}
	for _, bad := range []float64{-1, 1.5} {
		if x.Group(ctx, bad) == nil {
			t.Errorf("%v is taken for a threshold", bad)
		}
	}
}

// Nights of changes must leave what a first grouping of the same inventory gives, also when a page goes
// and comes back, and when the signatures were never written.
func TestGroupingEveryNightIsGroupingOnce(t *testing.T) {
	x, db, _ := house(t, Options{Write: true})
	ctx := context.Background()
	r := rand.New(rand.NewPCG(8, 9))
	now := map[string]Record{}
	write := func(n int) {
		for range n {
			path := fmt.Sprintf("/p%02d", r.IntN(60))
			if r.IntN(5) == 0 {
				delete(now, path)
				if err := x.Drop(ctx, "https://www.exemple.fr"+path, ""); err != nil {
					t.Fatal(err)
				}
				continue
			}
			text := retold(told(r.IntN(12), 120), r.IntN(40), 15+r.IntN(80))
			rec := kept(path, []string{"public", "intranet", "restricted"}[r.IntN(3)], fmt.Sprintf("2025-0%d-11", 1+r.IntN(9)), text)
			now[path] = rec
			keep(t, x, rec)
		}
	}
	for night := range 8 {
		write([]int{80, 1, 6, 3, 12, 1, 2, 20}[night])
		if night == 5 {
			if _, err := db.W.Exec(`DELETE FROM record_signatures WHERE record_id % 3 = 0`); err != nil {
				t.Fatal(err)
			}
		}
		group(t, x, 0)
		fresh, _, _ := house(t, Options{Write: true})
		for _, path := range slices.Sorted(maps.Keys(now)) {
			keep(t, fresh, now[path])
		}
		group(t, fresh, 0)
		if a, b := groupsIn(t, x), groupsIn(t, fresh); !slices.Equal(a, b) {
			t.Fatalf("night %d:\n%s\nafresh:\n%s", night, strings.Join(a, "\n"), strings.Join(b, "\n"))
		}
	}
	// Dropped and kept again: the same inventory, and the record has forgotten its group.
	for path, rec := range now {
		if before, _, _ := x.Get(ctx, rec.Item.Address); before.Group != "" {
			want := groupsIn(t, x)
			if err := x.Drop(ctx, "https://www.exemple.fr"+path, ""); err != nil {
				t.Fatal(err)
			}
			keep(t, x, rec)
			group(t, x, 0)
			if got := groupsIn(t, x); !slices.Equal(got, want) {
				t.Errorf("a page that went and came back is grouped otherwise")
			}
			return
		}
	}
	t.Error("nothing was grouped")
}

// BenchmarkGroup groups an inventory of 150,000 records (or FILON_BENCH_PAGES) of 60 to 900 words, of
// which four in ten are edited copies of others: at first, after a night in which 100 texts changed, and
// after one in which nothing did. MB is the largest heap in use.
func BenchmarkGroup(b *testing.B) {
	debug.SetMemoryLimit(110 << 20) // as filon sets it when it writes
	n := 150_000
	if other, err := strconv.Atoi(os.Getenv("FILON_BENCH_PAGES")); err == nil {
		n = other
	}
	x, _, _ := house(b, Options{Write: true})
	ctx := context.Background()
	r := rand.New(rand.NewPCG(1, 3))
	vocab := vocabulary(30_000)
	zipf := rand.NewZipf(r, 1.1, 8, uint64(len(vocab)-1))
	var base []string
	copies := 0
	next := func(i int) Record {
		if copies == 0 {
			base = base[:0]
			for range 60 + r.IntN(840) {
				base = append(base, vocab[zipf.Uint64()])
			}
			if r.IntN(4) == 0 {
				copies = 2 + r.IntN(5)
			}
			copies++
		}
		copies--
		text := slices.Clone(base)
		for rate := r.Float64() / 12; copies > 0 && rate > 0; rate -= 1 / float64(len(text)) {
			text[r.IntN(len(text))] = vocab[zipf.Uint64()]
		}
		return kept(fmt.Sprintf("/%d", i), []string{"public", "public", "intranet"}[r.IntN(3)], "2025-01-01", text)
	}
	put := func(from, to int, make func(int) Record) {
		for from < to {
			err := x.transact(ctx, func(tx *sql.Tx) error {
				for end := min(from+1000, to); from < end; from++ {
					rec := make(from)
					row, err := newRow(rec.Item, rec.Verdict)
					if err == nil {
						_, err = x.put(ctx, tx, row)
					}
					if err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	put(0, n, next)
	var most atomic.Uint64
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		var m runtime.MemStats
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				runtime.ReadMemStats(&m)
				most.Store(max(most.Load(), m.HeapInuse+m.StackInuse))
			}
		}
	}()
	runtime.GC()
	timed := func(what string) {
		start := time.Now()
		group(b, x, 0)
		b.ReportMetric(time.Since(start).Seconds(), "s-"+what)
	}
	for b.Loop() {
		timed("first")
		put(0, 100, func(i int) Record {
			return kept(fmt.Sprintf("/%d", i*7), "public", "2025-02-02", told(i, 200))
		})
		timed("night")
		timed("still")
		for what, threshold := range map[string]float64{"regroup-.9": .9, "regroup-.8": 0} {
			start := time.Now()
			group(b, x, threshold)
			b.ReportMetric(time.Since(start).Seconds(), "s-"+what)
		}
		start := time.Now()
		if _, err := x.Known(context.Background(), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(start).Seconds(), "s-known")
	}
	close(stop)
	<-done
	b.ReportMetric(float64(most.Load())/(1<<20), "MB")
	groups := 0
	if err := x.db.R.QueryRow(`SELECT count(*) FROM records WHERE canonical`).Scan(&groups); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(groups), "groups")
}
