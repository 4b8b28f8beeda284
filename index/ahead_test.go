package index

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler/content"
)

// moved is a record whose server was moved on the same day as all others.
func moved(path string, where content.Visibility, text []string) Record {
	r := kept(path, string(where), "", text)
	r.Item.Source, r.Item.MIME = "carnets", "text/html"
	r.Item.Modified = content.Date{Time: time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC), Source: "http"}
	return r
}

// Nearly all pages of a first crawl are kept as Learn leaves them.
func TestLearnedAhead(t *testing.T) {
	x, db, _ := house(t, Options{Write: true})
	var judged atomic.Int64
	judge := func(content.Item) classify.Verdict {
		judged.Add(1)
		return classify.Verdict{Type: "news", Outcome: classify.NeedsEdit}
	}
	for i := range 200 {
		r := moved(fmt.Sprintf("/note-%d", i), content.Intranet, told(900+i, 60))
		r.Item, _ = x.Trim(r.Item)
		if err := x.Keep(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := x.Learn(t.Context(), judge); err != nil || n != firstAhead || judged.Load() != firstAhead {
		t.Errorf("%d of 200 records were rewritten, %d judged, want the first %d; %v", n, judged.Load(), firstAhead, err)
	}
	var dated, open int
	if err := db.R.QueryRow(`SELECT sum(r.date_modified <> ''), sum(p.done_hash IN ('', '?')) FROM records r JOIN record_prints p ON p.record_id = r.id`).Scan(&dated, &open); err != nil || dated+open > 0 {
		t.Errorf("%d records have the day of the move, of %d it is not known what was done, %v", dated, open, err)
	}
	// What is settled is left alone until the next Learn.
	for i := range 200 {
		r := moved(fmt.Sprintf("/autre-%d", i), content.Intranet, told(2000+i, 60))
		r.Item.Modified.Time = r.Item.Modified.Time.AddDate(0, 0, 1)
		if _, changed := x.Trim(r.Item); changed {
			t.Fatalf("after %d records of the next crawl its template was learned ahead", i)
		}
		if err := x.Keep(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
}

// Of the secret garden only the fingerprint of a text is kept: it stays when a day is doubted.
func TestTheGardenKeepsItsFingerprint(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	s := &settlement{Index: x, t: t, policy: classify.Policy{Garden: classify.Garden{Paths: []string{"/codir/*"}}}}
	put := func(r Record) {
		found := r.Item
		r.Item, r.Verdict = (&classify.Known{}).Admit(r.Item, s.policy, settleDay)
		r.Found = &found
		if err := x.Keep(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	story := told(47, 200)
	put(moved("/codir/note", content.Intranet, story))
	put(moved("/com/note", content.Intranet, story))
	for i := range 30 {
		put(moved(fmt.Sprintf("/note-%d", i), content.Intranet, told(300+i, 60)))
	}
	judge := func(item content.Item) classify.Verdict { return classify.Judge(item, s.policy, settleDay) }
	if n, err := x.Learn(t.Context(), judge); err != nil || n != 32 {
		t.Fatalf("%d rewritten, %v", n, err)
	}
	s.settle()
	if got, want := s.says(), "/com/note needs_approval review copy/closed (garden/path) – /codir/note"; !strings.Contains(got, want) {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
