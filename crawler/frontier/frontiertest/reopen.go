package frontiertest

import (
	"errors"
	"testing"

	"filon/crawler/frontier"
)

// reopen: what was closed waits again, without what its visit left to compare with; the inventory is not forgotten.
func reopen(t *testing.T, open func() frontier.Frontier) {
	f := open()
	begin(t, f)
	add(t, f, 1, "/a", "/b", "/c")
	for range 2 {
		done(t, f, next(t, f), frontier.Result{State: frontier.Kept, ETag: `"1"`, LastModified: "yesterday", ItemHash: "x", PageHash: "same"})
	}
	n, err := f.Reopen(ctx, []string{site + "/a", site + "/c", site + "/unknown"})
	if err != nil || n != 1 || f.Waiting() != 2 {
		t.Fatalf("%d opened again, %d wait, %v; want 1 (/c waits already) and 2", n, f.Waiting(), err)
	}
	r := next(t, f)
	if r.Address != site+"/a" || r.ETag != "" || r.LastModified != "" || r.ItemHash != "" || !r.InInventory || r.Attempts != 0 {
		t.Errorf("opened again: %+v", r)
	}
	done(t, f, r, frontier.Result{State: frontier.Kept, ItemHash: "y"})
	done(t, f, next(t, f), frontier.Result{State: frontier.Kept, ItemHash: "z"})
	if _, err := f.Next(ctx, free); !errors.Is(err, frontier.ErrEmpty) {
		t.Errorf("after all are done: %v", err)
	}
	if n, err := f.Reopen(ctx, []string{site + "/b"}); err != nil || n != 1 {
		t.Errorf("after the end: %d, %v", n, err)
	}
	if r := next(t, f); r.Address != site+"/b" {
		t.Errorf("after the end, %s", r.Address)
	}
}
