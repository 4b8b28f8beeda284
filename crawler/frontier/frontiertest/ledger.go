package frontiertest

import (
	"maps"
	"slices"
	"testing"
	"time"

	"filon/crawler/frontier"
)

// ledger: what was noted of a run is there after a death, each run by itself.
func ledger(t *testing.T, open func() frontier.Frontier) {
	f := open()
	run := begin(t, f)
	at := time.Date(2026, 11, 24, 1, 2, 3, 0, time.UTC)
	note := func(f frontier.Frontier, id int64, hosts ...frontier.Host) {
		t.Helper()
		if err := f.NoteHosts(ctx, id, hosts); err != nil {
			t.Fatal(err)
		}
	}
	note(f, run.ID, frontier.Host{Name: "a.example:443", Requests: map[string]int{}, First: at})
	note(f, run.ID+1, frontier.Host{Name: "other.example:80", Requests: map[string]int{"GET": 1}, First: at})
	want := frontier.Host{Name: "a.example:443", Requests: map[string]int{"GET": 12, "POST": 1}, Failed: 2, Bytes: 1 << 40, Rate: 4, AtOnce: 3, First: at, Last: at.Add(time.Hour)}
	note(f, run.ID, want)
	source := frontier.RunSource{Source: frontier.Source{Name: "site", Seeds: []string{site + "/", site + "/b"}, Visibility: "intranet", Rules: "{}"},
		Identity: "lecteur", UserAgent: "filon/1.0", IgnoreRobots: true, PerHost: 2, MinDelay: 500 * time.Millisecond, MaxDelay: 5 * time.Second}
	if err := f.Declare(ctx, run.ID, []frontier.RunSource{source}, map[string]string{"retention": "90"}); err != nil {
		t.Fatal(err)
	}

	f = open()
	got, err := f.Hosts(ctx, run.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || !maps.Equal(got[0].Requests, want.Requests) || got[0].Total() != 13 {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	if h := got[0]; h.Name != want.Name || h.Failed != want.Failed || h.Bytes != want.Bytes || h.Rate != want.Rate || h.AtOnce != want.AtOnce || !h.First.Equal(want.First) || !h.Last.Equal(want.Last) {
		t.Errorf("got %+v, want %+v", h, want)
	}
	sources, terms, err := f.Declared(ctx, run.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) != 1 || !slices.Equal(sources[0].Seeds, source.Seeds) || terms["retention"] != "90" {
		t.Fatalf("got %+v %v", sources, terms)
	}
	if s := sources[0]; s.Identity != "lecteur" || !s.IgnoreRobots || s.PerHost != 2 || s.MinDelay != source.MinDelay || s.MaxDelay != source.MaxDelay || s.Visibility != "intranet" {
		t.Errorf("got %+v, want %+v", s, source)
	}
	if none, _, err := f.Declared(ctx, run.ID+7); err != nil || len(none) != 0 {
		t.Errorf("an unknown run: %v, %v", none, err)
	}
}
