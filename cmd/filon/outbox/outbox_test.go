package outbox

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"filon/crawler/truth"
)

func open(t *testing.T, path string) *Outbox {
	t.Helper()
	db, err := truth.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	o, err := Open(context.Background(), db, true)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestLettersWaitUntilTheyArrive(t *testing.T) {
	ctx, at := context.Background(), time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	path := filepath.Join(t.TempDir(), "filon.db")
	o := open(t, path)
	for _, l := range []Letter{{ID: "2.mail", Run: 2, Channel: "mail", Body: []byte("two"), Created: at}, {ID: "1.mail", Run: 1, Channel: "mail", Body: []byte("one"), Created: at},
		{ID: "1.mail", Run: 1, Channel: "mail", Body: []byte("again"), Created: at}} {
		if err := o.Put(ctx, l); err != nil {
			t.Fatal(err)
		}
	}
	o = open(t, path) // another night
	waiting, err := o.Waiting(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(waiting) != 2 || waiting[0].ID != "1.mail" || string(waiting[0].Body) != "one" || !waiting[0].Created.Equal(at) {
		t.Fatalf("got %+v", waiting)
	}
	if err := o.Sent(ctx, "1.mail", at); err != nil {
		t.Fatal(err)
	}
	for i := range MostAttempts {
		up, err := o.Failed(ctx, "2.mail", "no answer")
		if err != nil {
			t.Fatal(err)
		}
		if up != (i == MostAttempts-1) {
			t.Errorf("attempt %d: given up is %v", i+1, up)
		}
	}
	if waiting, err = o.Waiting(ctx); err != nil || len(waiting) != 0 {
		t.Errorf("got %+v, %v", waiting, err)
	}
	for run, want := range map[int64]Letter{1: {Attempts: 1, Sent: at}, 2: {Attempts: MostAttempts, Error: "no answer", GivenUp: true}} {
		got, err := o.Of(ctx, run)
		if err != nil || len(got) != 1 {
			t.Fatalf("run %d: %v, %v", run, got, err)
		}
		if l := got[0]; l.Attempts != want.Attempts || l.Error != want.Error || l.GivenUp != want.GivenUp || !l.Sent.Equal(want.Sent) || len(l.Body) != 0 {
			t.Errorf("run %d: got %+v, want %+v", run, l, want)
		}
	}
	if err := o.Put(ctx, Letter{ID: "1.hook", Run: 1, Channel: "hook", Body: []byte("x"), Created: at}); err != nil {
		t.Fatal(err)
	}
	if err := o.Forget(ctx, 3); err != nil {
		t.Fatal(err)
	}
	if waiting, err = o.Waiting(ctx); err != nil || len(waiting) != 1 || waiting[0].ID != "1.hook" {
		t.Errorf("what still has to go was forgotten: %+v, %v", waiting, err)
	}
	if err := o.Abandon(ctx, "1.hook", "the channel is gone"); err != nil {
		t.Fatal(err)
	}
	if waiting, err = o.Waiting(ctx); err != nil || len(waiting) != 0 {
		t.Errorf("got %+v, %v", waiting, err)
	}
}

// Somebody who only reads finds an outbox that was never made empty.
func TestNoOutboxYet(t *testing.T) {
	ctx := context.Background()
	db, err := truth.Open(ctx, filepath.Join(t.TempDir(), "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	o, err := Open(ctx, db, false)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := o.Of(ctx, 1); err != nil || len(got) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}
