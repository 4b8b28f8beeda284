package index

import (
	"testing"
	"time"

	"filon/classify"
	"filon/crawler/content"
)

func TestFilterLets(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	rec := Record{Item: content.Item{Source: "site", Language: "fr", Access: content.Access{Visibility: "public"}}, Verdict: classify.Verdict{Type: "faq", Outcome: classify.Publishable}}
	rec.Item.Published.Time = day(10).Add(15 * time.Hour)
	for _, c := range []struct {
		f    Filter
		lets bool
	}{
		{Filter{}, true},
		{Filter{Types: []string{"case_study", "faq"}, Sources: []string{"site"}}, true},
		{Filter{Types: []string{"case_study"}}, false},
		{Filter{Verdicts: []string{"never"}}, false},
		{Filter{Visibilities: []string{"intranet"}}, false},
		{Filter{Since: day(10), Until: day(10)}, true},
		{Filter{Since: day(11)}, false},
		{Filter{Until: day(9)}, false},
	} {
		if got := c.f.Lets(rec); got != c.lets {
			t.Errorf("%+v: %v", c.f, got)
		}
	}
	rec.Item.Published.Time = time.Time{}
	if (Filter{Since: day(1)}).Lets(rec) {
		t.Error("a record without a day passes a filter of days")
	}
}
