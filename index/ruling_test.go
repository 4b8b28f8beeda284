package index

import (
	"context"
	"testing"

	"filon/classify"
)

func TestRuling(t *testing.T) {
	for _, c := range []struct {
		judged, decided classify.Outcome
		lapsed          string
		want            classify.Outcome
		followed        bool
	}{
		{classify.Publishable, "", "", classify.Publishable, false},
		{classify.Publishable, classify.Never, "", classify.Never, true},
		{classify.NeedsApproval, classify.Publishable, "", classify.Publishable, true},
		{classify.NeedsApproval, classify.Publishable, LapsedText, classify.NeedsApproval, false},
		{classify.NeedsApproval, classify.NeedsEdit, LapsedText, classify.NeedsApproval, false},
		{classify.Publishable, classify.NeedsEdit, LapsedText, classify.NeedsEdit, true},
		{classify.Never, classify.Publishable, "", classify.Never, false},
		{classify.Never, classify.Never, "", classify.Never, true},
		{classify.Publishable, classify.Publishable, LapsedText, classify.Publishable, false},
		{classify.Unreadable, classify.NeedsEdit, "", classify.NeedsEdit, true},
	} {
		r := Record{Verdict: classify.Verdict{Outcome: c.judged}, Decision: Decision{Verdict: c.decided, Lapsed: c.lapsed}}
		if got := r.Ruling(); got != c.want || r.Followed() != c.followed {
			t.Errorf("%s, decided %q: %s, followed %t, want %s, %t", c.judged, c.decided, got, r.Followed(), c.want, c.followed)
		}
	}
}

// What a person decides holds for search, for lists and for counts, at once for what it closes, and survives the next
// crawl of the page.
func TestDecisionsHoldInEveryList(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := context.Background()
	asks, fit, closed := page("/demande", "fr", "Le four à chariot", "Le four à chariot tourne."), page("/bon", "fr", "Le four à sole", "Le four à sole tourne."), page("/clos", "fr", "Le four secret", "Le four tourne.")
	asks.Verdict.Outcome, closed.Verdict.Outcome = classify.NeedsApproval, classify.Never
	keep(t, x, asks, fit, closed)
	for _, d := range []struct {
		of      Record
		verdict classify.Outcome
	}{{asks, classify.Publishable}, {fit, classify.Never}, {closed, classify.Publishable}} {
		if err := x.Decide(ctx, d.of.Item.Address, Decision{Verdict: d.verdict, At: noon}); err != nil {
			t.Fatal(err)
		}
	}
	only := Filter{Verdicts: []string{string(classify.Publishable)}}
	holds := func(when, want string) {
		t.Helper()
		res, err := x.Search(ctx, Query{Text: "four", Filter: only})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, h := range res.Hits {
			got += h.Record.Item.Address[len("https://www.exemple.fr"):]
		}
		if got != want {
			t.Errorf("%s: search gives %q, want %q", when, got, want)
		}
	}
	holds("before search has learned", "")
	if err := x.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	holds("after", "/demande")
	listed := ""
	if err := x.Each(ctx, Query{Filter: only}, func(r Record) error { listed += r.Item.Address; return nil }); err != nil || listed != asks.Item.Address {
		t.Errorf("Each gives %q, %v", listed, err)
	}
	counts, err := x.Counts(ctx, only)
	if err != nil || counts.Total != 1 {
		t.Errorf("%d counted, %v", counts.Total, err)
	}
	asks.Item.Text = "Le four à chariot\n tourne !"
	keep(t, x, asks)
	if err := x.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	holds("after another crawl", "/demande")
}
