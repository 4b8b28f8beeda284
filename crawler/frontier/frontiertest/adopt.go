package frontiertest

import (
	"errors"
	"testing"

	"filon/crawler/frontier"
)

// adopt: what belongs to a source that is there no longer, and is the same site under another name, is visited by that;
// what belongs to another source that is still there, or lies elsewhere, stays.
func adopt(t *testing.T, open func() frontier.Frontier) {
	f := open()
	for _, name := range []string{"old", "other"} {
		run, err := f.Begin(ctx, []frontier.Source{{Name: name}}, nil)
		check(t, err)
		check(t, f.Add(ctx, []frontier.Found{{Address: site + "/" + name, Source: name, Via: frontier.BySeed}, {Address: "http://elsewhere.example/" + name, Source: name, Via: frontier.BySeed}}))
		for range 2 {
			done(t, f, next(t, f), frontier.Result{State: frontier.Kept, ETag: `"1"`, ItemHash: "x", PageHash: name})
		}
		run.Status = "complete"
		check(t, f.End(ctx, run))
	}
	_, err := f.Begin(ctx, []frontier.Source{{Name: "new"}}, nil)
	check(t, err)
	to := func(address, from string) string {
		if from != "old" && from != "other" {
			t.Errorf("%s is of %s", address, from)
		}
		if address == site+"/old" || address == site+"/other" {
			return "new"
		}
		return ""
	}
	if n, err := f.Adopt(ctx, []string{"other"}, nil, to); err != nil || n != 1 || f.Waiting() != 1 {
		t.Fatalf("%d moved, %d wait, %v; want 1 and 1", n, f.Waiting(), err)
	}
	if r := next(t, f); r.Address != site+"/old" || r.Source != "new" || r.ETag != "" || r.ItemHash != "" || !r.InInventory {
		t.Errorf("moved: %+v", r)
	} else {
		done(t, f, r, frontier.Result{State: frontier.Kept, ItemHash: "y"})
	}
	if n, err := f.Adopt(ctx, []string{"other"}, []string{site + "/other"}, to); err != nil || n != 1 {
		t.Fatalf("a seed: %d moved, %v; want 1", n, err)
	}
	if r := next(t, f); r.Address != site+"/other" || r.Source != "new" {
		t.Errorf("a seed: %+v", r)
	} else {
		done(t, f, r, frontier.Result{State: frontier.Kept, ItemHash: "y"})
	}
	if _, err := f.Next(ctx, free); !errors.Is(err, frontier.ErrEmpty) {
		t.Errorf("after all are done: %v", err)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
