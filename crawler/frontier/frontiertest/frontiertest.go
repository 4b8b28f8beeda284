// Package frontiertest holds the promises of a frontier as tests: every implementation passes Run.
package frontiertest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"filon/crawler/frontier"
)

// Run checks that what open gives keeps the promises of frontier.Frontier. open is called again on
// the same place to play a process that died and came back.
func Run(t *testing.T, open func(t *testing.T, dir string) frontier.Frontier) {
	for name, test := range map[string]func(*testing.T, func() frontier.Frontier){
		"shallowest first":         shallowestFirst,
		"each address once":        eachOnce,
		"empty only when all done": emptyWhenDone,
		"a death loses nothing":    death,
		"retries wait":             retries,
		"a better link opens":      betterLink,
		"a link that acts closes":  shunned,
		"the next run":             nextRun,
		"duplicates":               duplicates,
		"nights":                   nights,
		"hints":                    hints,
		"close the rest":           closeRest,
		"concurrent workers":       concurrent,
		"the late come last":       late,
		"traps and sketches":       traps,
		"what a run did":           ledger,
		"closed ones open again":   reopen,
		"adopted by another":       adopt,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			test(t, func() frontier.Frontier { return open(t, dir) })
		})
	}
}

const site = "https://site.example"

var ctx = context.Background()

func free(string) (bool, time.Duration) { return true, 0 }

func begin(t *testing.T, f frontier.Frontier) frontier.Run {
	t.Helper()
	run, err := f.Begin(ctx, []frontier.Source{{Name: "site", Seeds: []string{site + "/"}, Visibility: "public"}}, func(frontier.Request) bool { return false })
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func add(t *testing.T, f frontier.Frontier, depth int, paths ...string) {
	t.Helper()
	var found []frontier.Found
	for _, p := range paths {
		found = append(found, frontier.Found{Address: site + p, Source: "site", Via: frontier.ByLink, Depth: depth})
	}
	if err := f.Add(ctx, found); err != nil {
		t.Fatal(err)
	}
}

func next(t *testing.T, f frontier.Frontier) frontier.Request {
	t.Helper()
	soon, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	r, err := f.Next(soon, free)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func done(t *testing.T, f frontier.Frontier, r frontier.Request, res frontier.Result, links ...frontier.Found) {
	t.Helper()
	if err := f.Done(ctx, r, res, links); err != nil {
		t.Fatal(err)
	}
}

func empty(t *testing.T, f frontier.Frontier) {
	t.Helper()
	if r, err := f.Next(ctx, free); !errors.Is(err, frontier.ErrEmpty) {
		t.Fatalf("Next gave %v, %v; want ErrEmpty", r.Address, err)
	}
}

var kept = frontier.Result{State: frontier.Kept, ItemHash: "h"}

func shallowestFirst(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	add(t, f, 2, "/deep")
	add(t, f, 0, "/")
	add(t, f, 1, "/a", "/b")
	for _, want := range []string{"/", "/a", "/b", "/deep"} {
		r := next(t, f)
		if r.Address != site+want {
			t.Fatalf("got %s, want %s", r.Address, want)
		}
		done(t, f, r, kept)
	}
	empty(t, f)
}

func eachOnce(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	add(t, f, 0, "/", "/a")
	add(t, f, 3, "/a", "/")
	done(t, f, next(t, f), kept, frontier.Found{Address: site + "/a", Source: "site", Via: frontier.ByLink, Depth: 1})
	done(t, f, next(t, f), kept, frontier.Found{Address: site + "/", Source: "site", Via: frontier.ByLink, Depth: 1})
	empty(t, f)
	// Found once more, in another way: counted, and not visited again.
	if err := f.Add(ctx, []frontier.Found{{Address: site + "/", Source: "site", Via: frontier.BySitemap, Depth: 1}}); err != nil {
		t.Fatal(err)
	}
	empty(t, f)
	if r, _, _, err := f.Find(ctx, site+"/", 0); err != nil || r.State != frontier.Kept {
		t.Errorf("found once more, its state is %s (%v)", r.State, err)
	}
}

func emptyWhenDone(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	add(t, f, 0, "/")
	r := next(t, f)
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if _, err := f.Next(short, free); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("Next while a visit is on gave %v; want to wait", err)
	}
	done(t, f, r, kept)
	empty(t, f)
}

func death(t *testing.T, open func() frontier.Frontier) {
	f := open()
	first := begin(t, f)
	add(t, f, 0, "/", "/a")
	done(t, f, next(t, f), kept, frontier.Found{Address: site + "/new", Source: "site", Via: frontier.ByLink, Depth: 1})
	next(t, f) // never done: the process dies here
	f = open()
	run := begin(t, f)
	if !run.Resumed || run.ID != first.ID {
		t.Errorf("run %+v, want the resumed %d", run, first.ID)
	}
	for _, want := range []string{"/a", "/new"} {
		r := next(t, f)
		if r.Address != site+want {
			t.Fatalf("got %s, want %s", r.Address, want)
		}
		done(t, f, r, kept)
	}
	empty(t, f)
}

func retries(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	add(t, f, 0, "/")
	at := time.Now().Add(150 * time.Millisecond)
	done(t, f, next(t, f), frontier.Result{State: frontier.Pending, NextAt: at})
	r := next(t, f)
	if time.Now().Before(at.Add(-time.Millisecond)) {
		t.Error("the next attempt came too early")
	}
	if r.Attempts != 1 {
		t.Errorf("attempts %d, want 1", r.Attempts)
	}
	done(t, f, r, kept)
	empty(t, f)
}

func betterLink(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	far := frontier.Found{Address: site + "/x", Source: "site", Via: frontier.ByLink, Depth: 9, State: frontier.TooDeep, Reason: "9 links"}
	if err := f.Add(ctx, []frontier.Found{far}); err != nil {
		t.Fatal(err)
	}
	empty(t, f)
	add(t, f, 2, "/x")
	if r := next(t, f); r.Depth != 2 {
		t.Errorf("depth %d, want 2", r.Depth)
	} else {
		done(t, f, r, kept)
	}
	if err := f.Add(ctx, []frontier.Found{far}); err != nil {
		t.Fatal(err)
	}
	if r, _, _, err := f.Find(ctx, far.Address, 1); err != nil || r.State != frontier.Kept {
		t.Errorf("a worse link changed the state to %s (%v)", r.State, err)
	}
}

// shunned: a link that acts closes what waits, and no other link opens it again; a seed and what is being visited
// stay.
func shunned(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	if err := f.Add(ctx, []frontier.Found{{Address: site + "/", Source: "site", Via: frontier.BySeed}}); err != nil {
		t.Fatal(err)
	}
	add(t, f, 1, "/a", "/b")
	never := func(path string) frontier.Found {
		return frontier.Found{Address: site + path, Source: "site", Via: frontier.ByLink, Depth: 1, State: frontier.NeverFollow, Reason: "it deletes"}
	}
	if err := f.Add(ctx, []frontier.Found{never("/"), never("/c")}); err != nil {
		t.Fatal(err)
	}
	r := next(t, f)
	if r.Address != site+"/" {
		t.Fatalf("%s comes first, want the seed", r.Address)
	}
	done(t, f, r, kept)
	r = next(t, f)
	if err := f.Add(ctx, []frontier.Found{never("/a"), never("/b")}); err != nil {
		t.Fatal(err)
	}
	done(t, f, r, kept)
	add(t, f, 1, "/b", "/c")
	empty(t, f)
	if n := f.Waiting(); n != 0 {
		t.Errorf("%d wait", n)
	}
	for path, want := range map[string]frontier.State{"/a": frontier.Kept, "/b": frontier.NeverFollow, "/c": frontier.NeverFollow} {
		if got, _, _, err := f.Find(ctx, site+path, 0); err != nil || got.State != want {
			t.Errorf("%s is %s (%v), want %s", path, got.State, err, want)
		}
	}
}

func nextRun(t *testing.T, open func() frontier.Frontier) {
	f := open()
	run := begin(t, f)
	add(t, f, 0, "/")
	done(t, f, next(t, f), frontier.Result{State: frontier.Kept, ETag: `"1"`, ItemHash: "h"}, frontier.Found{Address: "https://other.example/", Source: "site", Via: frontier.ByLink, Depth: 1, State: frontier.OutOfScope, Reason: "another host"})
	run.Status = "complete"
	if err := f.End(ctx, run); err != nil {
		t.Fatal(err)
	}
	if again := begin(t, f); again.Resumed || again.ID == run.ID {
		t.Errorf("run %+v, want a new one", again)
	}
	r := next(t, f)
	if r.ETag != `"1"` || !r.InInventory || r.ItemHash != "h" {
		t.Errorf("the request forgot its last visit: %+v", r)
	}
	done(t, f, r, frontier.Result{State: frontier.Unchanged})
	empty(t, f)
	if r, _, _, err := f.Find(ctx, site+"/", 0); err != nil || r.ETag != `"1"` || !r.InInventory {
		t.Errorf("unchanged lost the validators: %+v, %v", r, err)
	}
}

// nights: what is known of an address survives a visit that did not find it, calm days are counted by
// days, and what has departed is listed until it is forgotten.
func nights(t *testing.T, open func() frontier.Frontier) {
	f := open()
	day := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	run := begin(t, f)
	var all []string
	for i := range 40 {
		all = append(all, fmt.Sprintf("/p%02d", i))
	}
	add(t, f, 0, all...)
	night := func(end func(r frontier.Request) frontier.Result) {
		t.Helper()
		for range all {
			r := next(t, f)
			res := end(r)
			res.Day = day
			done(t, f, r, res)
		}
		if _, err := f.Next(ctx, free); !errors.Is(err, frontier.ErrEmpty) {
			t.Errorf("after all: %v", err)
		}
		if err := f.End(ctx, frontier.Run{ID: run.ID, Status: "complete"}); err != nil {
			t.Fatal(err)
		}
		day = day.AddDate(0, 0, 1)
		f = open()
		run = begin(t, f)
	}
	kept := func(frontier.Request) frontier.Result {
		return frontier.Result{State: frontier.Kept, ItemHash: "h", ETag: "e", PageHash: ""}
	}
	calm := func(frontier.Request) frontier.Result { return frontier.Result{State: frontier.Unchanged} }
	night(kept)
	night(calm)
	day = day.AddDate(0, 0, -1)
	night(calm) // again on the same day: one calm day
	r := next(t, f)
	if r.Calm != 1 || r.Visited.Day() != 2 || r.ETag != "e" || !r.InInventory || r.Strikes != 0 {
		t.Errorf("after calm nights: %+v", r)
	}
	done(t, f, r, frontier.Result{State: frontier.Gone, Day: day})
	for range len(all) - 1 {
		done(t, f, next(t, f), frontier.Result{State: frontier.Limit})
	}
	gone, err := f.Departed(ctx)
	if err != nil || len(gone) != 1 || gone[0].Address != r.Address || gone[0].Strikes != 1 || gone[0].State != frontier.Gone {
		t.Errorf("departed: %+v, %v", gone, err)
	}
	if again, _, _, err := f.Find(ctx, r.Address, 0); err != nil || again.ItemHash != "h" || !again.InInventory {
		t.Errorf("a strike takes away what is known: %+v, %v", again, err)
	}
	if err := f.Forget(ctx, []string{r.Address}); err != nil {
		t.Fatal(err)
	}
	if gone, err := f.Departed(ctx); err != nil || len(gone) != 0 {
		t.Errorf("forgotten and still departed: %+v, %v", gone, err)
	}
	if held, err := f.Held(ctx); err != nil || held["site"] != len(all)-1 {
		t.Errorf("held: %v, %v", held, err)
	}
}

// hints: what is said of an address while it waits is known when it is handed out.
func hints(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	add(t, f, 0, "/list-a", "/list-b")
	add(t, f, 1, "/page")
	a, b := next(t, f), next(t, f)
	done(t, f, a, frontier.Result{State: frontier.NotContent})
	soon, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if r, err := f.Next(soon, free); err == nil {
		t.Errorf("%s is handed out while a list is being read", r.Address)
	}
	err := f.Done(ctx, b, frontier.Result{State: frontier.NotContent}, []frontier.Found{{Address: site + "/page", Source: "site", Via: frontier.ByCMS, Depth: 1, Hint: "said"}})
	if err != nil {
		t.Fatal(err)
	}
	if r := next(t, f); r.Hint != "said" {
		t.Errorf("the hint is %q", r.Hint)
	}
}

func duplicates(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	add(t, f, 0, "/long-name", "/b", "/a", "/alone")
	for range 4 {
		r := next(t, f)
		res := frontier.Result{State: frontier.Kept, ItemHash: "h", PageHash: "same"}
		if r.Address == site+"/alone" {
			res.PageHash = "other"
		}
		if r.Address == site+"/a" {
			res.Canonical = site + "/long-name"
		}
		done(t, f, r, res)
	}
	twins, err := f.Duplicates(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(twins) != fmt.Sprintf("[{%[1]s/a %[1]s/long-name} {%[1]s/b %[1]s/long-name}]", site) {
		t.Errorf("twins %v", twins)
	}
	if again, err := f.Duplicates(ctx); err != nil || len(again) != 2 {
		t.Errorf("before they are closed a second look finds %v, %v", again, err)
	}
	if err := f.CloseTwins(ctx, twins); err != nil {
		t.Fatal(err)
	}
	if again, err := f.Duplicates(ctx); err != nil || len(again) != 0 {
		t.Errorf("a second look found %v, %v", again, err)
	}
}

func closeRest(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	add(t, f, 0, "/", "/a", "/b")
	r := next(t, f)
	n, err := f.CloseRest(ctx, frontier.Limit, "enough", "")
	if err != nil || n != 2 {
		t.Fatalf("closed %d, %v; want 2", n, err)
	}
	done(t, f, r, kept)
	empty(t, f)
	if f.Waiting() != 0 {
		t.Errorf("%d wait", f.Waiting())
	}
}

func concurrent(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	add(t, f, 0, "/")
	var mu sync.Mutex
	visits := map[string]int{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				r, err := f.Next(ctx, free)
				if errors.Is(err, frontier.ErrEmpty) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				visits[r.Address]++
				mu.Unlock()
				var links []frontier.Found
				for i := range 4 {
					if r.Depth < 3 {
						links = append(links, frontier.Found{Address: fmt.Sprintf("%s/%d-%d", site, r.Depth+1, (r.ID*4+int64(i))%40), Source: "site", Via: frontier.ByLink, Depth: r.Depth + 1})
					}
				}
				if err := f.Done(ctx, r, kept, links); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	for a, n := range visits {
		if n != 1 {
			t.Errorf("%s visited %d times", a, n)
		}
	}
	tallies, err := f.Tallies(ctx)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, tally := range tallies {
		if tally.State != frontier.Kept {
			t.Errorf("%d left as %s", tally.Count, tally.State)
		}
		total += tally.Count
	}
	if total != len(visits) {
		t.Errorf("%d requests, %d visits", total, len(visits))
	}
}

// late: a request that is put off comes when nothing else waits, however deep, also after a death, and in the order
// that it was given; it is no attempt, and the next run forgets it.
func late(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	add(t, f, 0, "/trap")
	add(t, f, 1, "/a")
	r := next(t, f)
	done(t, f, r, frontier.Result{State: frontier.Pending, Late: 7, Reason: "later"})
	if r = next(t, f); r.Address != site+"/a" {
		t.Fatalf("got %s before what is not late", r.Address)
	}
	done(t, f, r, frontier.Result{State: frontier.Kept, ItemHash: "x"}, frontier.Found{Address: site + "/b", Source: "site", Via: frontier.ByLink, Depth: 2})
	f = open()
	begin(t, f)
	r = next(t, f)
	done(t, f, r, frontier.Result{State: frontier.Pending, Late: 3, Reason: "later"})
	for _, want := range []string{"/b", "/trap"} {
		if r = next(t, f); r.Address != site+want || !r.Late || r.Attempts != 0 {
			t.Fatalf("got %s (late %v, %d attempts), want %s", r.Address, r.Late, r.Attempts, want)
		}
		done(t, f, r, frontier.Result{State: frontier.Kept, ItemHash: "y"})
	}
	if err := f.End(ctx, frontier.Run{ID: 1, Status: "complete"}); err != nil {
		t.Fatal(err)
	}
	begin(t, f)
	if r = next(t, f); r.Address != site+"/trap" || r.Late {
		t.Errorf("the next run gave %s first (late %v)", r.Address, r.Late)
	}
}

// traps: families are counted, and the sketches of this run's visits come back in their order.
func traps(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	add(t, f, 1, "/a", "/t/1", "/t/2", "/t/3", "/b")
	if err := f.Add(ctx, []frontier.Found{{Address: site + "/x/x/x/x", Source: "site", Via: frontier.ByLink, Depth: 1, State: frontier.Trap, Reason: "a loop"}}); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		r := next(t, f)
		res := frontier.Result{State: frontier.Kept, ItemHash: "x", Sketch: []byte(r.Address)}
		if r.Address >= site+"/t" {
			res = frontier.Result{State: frontier.Trap, Reason: "endless", Pattern: "site.example:443/t/*"}
		}
		done(t, f, r, res)
	}
	families, err := f.Traps(ctx, 10)
	want := []frontier.Family{{Source: "site", Pattern: "site.example:443/t/*", Reason: "endless", Example: site + "/t/1", Count: 3},
		{Source: "site", Reason: "a loop", Example: site + "/x/x/x/x", Count: 1}}
	if err != nil || fmt.Sprint(families) != fmt.Sprint(want) {
		t.Errorf("traps: %+v, %v", families, err)
	}
	f = open()
	begin(t, f)
	var got []string
	err = f.Sketches(ctx, func(address string, sketch []byte) {
		if address != string(sketch) {
			t.Errorf("the sketch of %s is %q", address, sketch)
		}
		got = append(got, address)
	})
	if err != nil || fmt.Sprint(got) != fmt.Sprint([]string{site + "/a", site + "/b"}) {
		t.Errorf("sketches of %v, %v", got, err)
	}
	f.End(ctx, frontier.Run{ID: 1, Status: "complete"})
	begin(t, f)
	err = f.Sketches(ctx, func(address string, _ []byte) { t.Errorf("%s was visited by an earlier run", address) })
	if err != nil {
		t.Error(err)
	}
	if r := next(t, f); string(r.Sketch) != site+"/a" {
		t.Errorf("the sketch of the earlier visit is %q", r.Sketch)
	}
}
