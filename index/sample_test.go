package index

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"filon/classify"
)

func TestSample(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := context.Background()
	verdicts := []classify.Outcome{classify.Publishable, classify.Publishable, classify.NeedsEdit, classify.NeedsApproval, classify.Never}
	for i := range 100 {
		r := page(fmt.Sprintf("/p%d", i), "fr", fmt.Sprintf("Titre %d", i), fmt.Sprintf("texte %d", i))
		r.Verdict.Outcome = verdicts[i%5]
		if i%5 == 0 && i < 20 {
			r.Item.Source = "rare"
		}
		keep(t, x, r)
	}
	drawn, err := x.Sample(ctx, 20, "")
	if err != nil || len(drawn) != 20 {
		t.Fatalf("%d drawn, %v", len(drawn), err)
	}
	count, again := map[classify.Outcome]int{}, map[string]bool{}
	for _, r := range drawn {
		count[r.Verdict.Outcome]++
		again[r.Item.ID] = true
	}
	if count[classify.Publishable] != 10 || count[classify.NeedsEdit] < 3 || count[classify.Never] < 3 || len(again) != 20 {
		t.Errorf("drawn %v", count)
	}
	sources := map[string]int{}
	for _, r := range drawn {
		sources[r.Item.Source+" "+string(r.Verdict.Outcome)]++
	}
	if a, b := sources["rare publishable"], sources["site publishable"]; a != 1 || b != 9 {
		t.Errorf("of 4 and 36 publishable items of two sources %d and %d are drawn, want 1 and 9", a, b)
	}
	same, _ := x.Sample(ctx, 20, "")
	other, _ := x.Sample(ctx, 20, "autre")
	differ := 0
	for i := range drawn {
		if same[i].Item.ID != drawn[i].Item.ID {
			t.Fatal("the same draw gives others")
		}
		if other[i].Item.ID != drawn[i].Item.ID {
			differ++
		}
	}
	if differ < 10 {
		t.Errorf("another seed draws the same but for %d", differ)
	}
	if all, err := x.Sample(ctx, 1000, ""); err != nil || len(all) != 100 {
		t.Errorf("more than there are: %d, %v", len(all), err)
	}

	var labels []Label
	for i, r := range drawn {
		l := Label{ItemID: r.Item.ID, Seen: r.Verdict.Outcome, Verdict: r.Verdict.Outcome}
		if i == 0 {
			l.Verdict, l.Note = classify.Never, "nomme un client"
		}
		labels = append(labels, l)
	}
	at := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	// Before they are noted as drawn they are decisions, and no sample.
	if n, err := x.KeepLabels(ctx, labels[:2], "Anne", at); err != nil || n.Kept != 2 || n.Unsampled != 2 {
		t.Errorf("%+v, %v", n, err)
	}
	if p, err := x.Precision(ctx); err != nil || p[classify.Publishable].Labels != 0 {
		t.Errorf("a sheet that nobody drew counts: %+v, %v", p[classify.Publishable], err)
	}
	if err := x.NoteDrawn(ctx, drawn, at); err != nil {
		t.Fatal(err)
	}
	if n, err := x.KeepLabels(ctx, append(labels, Label{ItemID: "nobody"}), "Anne", at); err != nil || n.Kept != 20 || n.Unsampled != 0 {
		t.Errorf("%+v, %v", n, err)
	}
	p, err := x.Precision(ctx)
	if err != nil || p[classify.Publishable] != (Checked{Labels: 10, Right: 9, Items: 40}) {
		t.Errorf("%+v, %v", p[classify.Publishable], err)
	}
	if r, _, _ := x.Get(ctx, labels[0].ItemID); r.Decision.Verdict != classify.Never || r.Decision.By != "Anne" || r.Decision.Notes != "nomme un client" {
		t.Errorf("decision %+v", r.Decision)
	}
	// A label of a verdict that has changed since counts no more.
	r := drawn[1]
	r.Verdict.Outcome = classify.NeedsEdit
	keep(t, x, r)
	if p, err := x.Precision(ctx); err != nil || p[classify.Publishable].Labels != 9 {
		t.Errorf("%+v, %v", p[classify.Publishable], err)
	}
	// Nor does a yes to it, on a sheet drawn before, open it; a no is always heard.
	if err := x.Decide(ctx, r.Item.Address, Decision{}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		verdict classify.Outcome
		stale   bool
	}{{classify.Publishable, true}, {classify.NeedsEdit, true}, {classify.Never, false}} {
		n, err := x.KeepLabels(ctx, []Label{labels[2], {ItemID: r.Item.ID, Seen: classify.Publishable, Verdict: c.verdict}}, "Anne", at)
		if err != nil || c.stale && (n.Kept != 1 || !slices.Equal(n.Stale, []string{r.Item.Address})) || !c.stale && (n.Kept != 2 || n.Stale != nil) {
			t.Errorf("%s: %+v, %v", c.verdict, n, err)
		}
	}
}

// The intervals are those of Wilson's formula worked out by hand: 9 of 10, none, all.
func TestInterval(t *testing.T) {
	for _, c := range []struct {
		Checked
		low, high float64
		least     int
	}{
		{Checked{10, 9, 40}, .5958, .9821, 23}, {Checked{0, 0, 40}, 0, 1, 0}, {Checked{50, 50, 200}, .9287, 1, 185}, {Checked{1, 0, 3}, 0, .7935, 0},
	} {
		low, high := c.Interval()
		if math.Abs(low-c.low) > .0005 || math.Abs(high-c.high) > .0005 || c.AtLeast() != c.least {
			t.Errorf("%+v: %.4f to %.4f, at least %d", c.Checked, low, high, c.AtLeast())
		}
	}
}
