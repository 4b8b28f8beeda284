package index

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler/content"
)

// settlement is an inventory that is judged as filon does it: when kept, and again when it is settled.
type settlement struct {
	*Index
	t      *testing.T
	policy classify.Policy
}

var settleDay = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func (s *settlement) put(path string, where content.Visibility, text []string, header string) {
	s.t.Helper()
	r := kept(path, string(where), "2026-03-01", text)
	r.Item.Title, r.Item.MIME = "Douze fours pour le port", "application/pdf"
	if header != "" {
		r.Item.Zones = []content.Zone{{Kind: content.ZoneHeader, Page: 1, Text: header}}
	}
	known, err := s.Known(context.Background(), settleDay)
	if err != nil {
		s.t.Fatal(err)
	}
	found := r.Item
	r.Item, r.Verdict = known.Admit(r.Item, s.policy, settleDay)
	r.Found = &found
	keep(s.t, s.Index, r)
}

// settle groups and judges what hangs on the copies; it says how many verdicts that changed.
func (s *settlement) settle() int {
	s.t.Helper()
	ctx := context.Background()
	group(s.t, s.Index, 0)
	known, err := s.Known(ctx, settleDay)
	if err != nil {
		s.t.Fatal(err)
	}
	n, err := s.RejudgeWarned(ctx, known, func(item content.Item) classify.Verdict { return known.Judge(item, s.policy, settleDay) })
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// says gives the verdicts and the rules on copies, of all addresses.
func (s *settlement) says() string {
	s.t.Helper()
	var all []string
	if err := s.Each(context.Background(), Query{}, func(r Record) error {
		line := strings.TrimPrefix(r.Item.Address, "https://www.exemple.fr") + " " + string(r.Verdict.Outcome)
		for _, reason := range r.Verdict.Reasons {
			if strings.HasPrefix(reason.Rule, "copy/") {
				_, at, _ := strings.Cut(reason.Says.EN, "(")
				line += fmt.Sprintf(" %s %s (%s", reason.Severity, reason.Rule, strings.ReplaceAll(at, "https://www.exemple.fr", ""))
			}
		}
		all = append(all, line)
		return nil
	}); err != nil {
		s.t.Fatal(err)
	}
	return strings.Join(all, "\n")
}

func TestAClosedCopyClosesTheOthers(t *testing.T) {
	story := told(41, 200)
	near := retold(story, 3, 60)
	for _, backwards := range []bool{false, true} {
		x, _, _ := house(t, Options{Write: true})
		s := &settlement{Index: x, t: t}
		do := []func(){
			func() { s.put("/a-sans", content.FileShare, story, "") },
			func() { s.put("/b-marque", content.FileShare, story, "STRICTEMENT CONFIDENTIEL - CODIR") },
			func() { s.put("/c-presque", content.Intranet, near, "") },
			func() { s.put("/d-autre", content.Intranet, told(42, 200), "") },
		}
		if backwards {
			slices.Reverse(do)
		}
		for _, put := range do {
			put()
		}
		open := strings.Fields(s.says())[1]
		if open == "never" {
			t.Fatalf("closed before anything is known of its copy: %s", open)
		}
		if n := s.settle(); n != 2 {
			t.Errorf("%d verdicts changed, want 2", n)
		}
		want := strings.Join([]string{"/a-sans never block copy/closed (marking/secret) – /b-marque", "/b-marque never",
			"/c-presque needs_approval review copy/closed (marking/secret) – /b-marque", "/d-autre " + open}, "\n")
		if got := s.says(); got != want {
			t.Errorf("settled:\n%s\nwant\n%s", got, want)
		}
		if n := s.settle(); n != 0 {
			t.Errorf("%d verdicts changed by nothing", n)
		}
		// The next night keeps what it knows; a copy that comes back without its mark, or goes, opens the others.
		s.put("/a-sans", content.FileShare, story, "")
		if got := s.says(); got != want {
			t.Errorf("kept again:\n%s", got)
		}
		s.put("/b-marque", content.FileShare, story, "")
		if n := s.settle(); n != 2 || strings.Contains(s.says(), "copy/") {
			t.Errorf("%d verdicts changed without the mark:\n%s", n, s.says())
		}
		s.put("/b-marque", content.FileShare, story, "Confidentiel")
		if s.settle(); !strings.Contains(s.says(), "/a-sans never") {
			t.Errorf("marked again:\n%s", s.says())
		}
		if err := x.Gone(t.Context(), "https://www.exemple.fr/b-marque", noon); err != nil {
			t.Fatal(err)
		}
		if n := s.settle(); n != 2 || strings.Contains(s.says(), "copy/") {
			t.Errorf("%d verdicts changed when the marked copy had gone:\n%s", n, s.says())
		}
	}
}

// The closed copy is named in the reason of the other just as it is named itself.
func TestAClosedCopyIsShownAsItself(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	s := &settlement{Index: x, t: t}
	story := told(44, 200)
	s.put("/a", content.FileShare, story, "")
	s.put("/rh/alice-durand-note", content.FileShare, story, "STRICTEMENT CONFIDENTIEL - CODIR")
	s.settle()
	rec, _, err := x.Get(t.Context(), "https://www.exemple.fr/rh/alice-durand-note")
	if err != nil {
		t.Fatal(err)
	}
	itself := rec.HideAddress(rec.Item.Address)
	if strings.Contains(itself, "durand") || !strings.Contains(itself, "#") {
		t.Fatalf("it shows itself as %s", itself)
	}
	if got := s.says(); !strings.Contains(got, " – "+strings.TrimPrefix(itself, "https://www.exemple.fr")+"\n") {
		t.Errorf("%s\nwant %s", got, itself)
	}
	if n := s.settle(); n != 0 {
		t.Errorf("%d verdicts changed by nothing", n)
	}
}

// Whether a story counts is looked up by its group, not by reading all records.
func TestCountedUsesTheGroup(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	var id, parent, unused int
	var plan string
	for _, and := range []string{"r.canonical = 1", "r.canonical"} {
		err := x.db.R.QueryRowContext(t.Context(), `EXPLAIN QUERY PLAN SELECT r.verdict FROM records r WHERE r.duplicate_group = ? AND r.duplicate_group <> '' AND `+and+` AND r.gone_at = ''`, "g").Scan(&id, &parent, &unused, &plan)
		if err != nil || !strings.Contains(plan, "records_group") {
			t.Errorf("%s, %v", plan, err)
		}
	}
}

func TestWhatIsPublicIsExposed(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	s := &settlement{Index: x, t: t}
	story := told(43, 200)
	s.put("/intra", content.Intranet, story, "")
	s.put("/marque", content.Intranet, story, "CONFIDENTIEL")
	s.put("/site", content.Public, story, "")
	s.settle()
	if got, want := s.says(), "/intra needs_approval review copy/exposed (marking/confidential) – /marque\n/marque never\n/site needs_approval review copy/exposed (marking/confidential) – /marque"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// Of the secret garden no word is kept, and still its copies are known.
func TestTheGardenHasCopies(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	s := &settlement{Index: x, t: t, policy: classify.Policy{Garden: classify.Garden{Paths: []string{"/codir/*"}, Words: []string{"mélusine"}}}}
	story := told(44, 200)
	s.put("/codir/note", content.Intranet, story, "")
	s.put("/com/note", content.Intranet, story, "")
	s.put("/com/presque", content.Intranet, retold(story, 1, 50), "")
	s.put("/com/titre", content.Intranet, told(45, 100), "")
	s.put("/com/titre-2", content.Intranet, told(45, 100), "Mélusine")
	s.settle()
	want := "/codir/note never\n/com/note needs_approval review copy/closed (garden/path) – /codir/note\n/com/presque needs_approval review copy/closed (garden/path) – /codir/note\n" +
		"/com/titre never block copy/closed (garden/word) – /com/titre-2\n/com/titre-2 never"
	if got := s.says(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	rec, _, err := x.Get(t.Context(), "https://www.exemple.fr/codir/note")
	if err != nil || rec.Item.Text != "" || rec.Item.Title != "" {
		t.Errorf("of the garden is kept %q %q, %v", rec.Item.Title, rec.Item.Text, err)
	}
}

// A garden that is planted later finds the copies too, in the trial and in earnest.
func TestWhatIfTheGardenGrows(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	s := &settlement{Index: x, t: t}
	story := told(46, 200)
	s.put("/a", content.Intranet, story, "")
	s.put("/b", content.Intranet, story, "Projet Mélusine")
	s.settle()
	before := s.says()
	s.policy.Garden.Words = []string{"mélusine"}
	known, err := x.Known(t.Context(), settleDay)
	if err != nil {
		t.Fatal(err)
	}
	judge := func(item content.Item) classify.Verdict { return known.Judge(item, s.policy, settleDay) }
	if err := x.WarnUnder(t.Context(), known, judge); err != nil {
		t.Fatal(err)
	}
	var would []string
	if err := x.WhatIf(t.Context(), judge, func(d Difference) error {
		would = append(would, strings.TrimPrefix(d.Item.Address, "https://www.exemple.fr")+" "+string(d.After.Outcome))
		return nil
	}, nil); err != nil || fmt.Sprint(would) != "[/a never /b never]" {
		t.Errorf("would change: %v, %v", would, err)
	}
	if s.says() != before {
		t.Error("the trial has changed something")
	}
	if _, err := x.Rejudge(t.Context(), judge, nil); err != nil {
		t.Fatal(err)
	}
	s.settle()
	if got := s.says(); got != "/a never block copy/closed (garden/word) – /b\n/b never" {
		t.Errorf("in earnest:\n%s", got)
	}
}

func TestSilosAndTheVersionToUse(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	story := told(47, 200)
	at := func(path, department string, where content.Visibility, mime, day string) Record {
		r := kept(path, "intranet", day, story)
		r.Item.Access.Visibility, r.Item.Department, r.Item.MIME = where, department, mime
		return r
	}
	keep(t, x,
		at("/rh/a", "RH", content.Intranet, "text/html", "2025-01-01"), at("/com/a", "Communication", content.Intranet, "text/html", "2025-03-01"),
		at("/com/a.pdf", "communication", content.Intranet, "application/pdf", "2026-01-01"), at("/rh/seul", "RH", content.Intranet, "text/html", "2025-01-01"))
	alone := at("/rh/seul", "RH", content.Intranet, "text/html", "2025-01-01")
	alone.Item.Text = strings.Join(told(48, 200), " ")
	keep(t, x, alone)
	// Published once is no silo.
	for _, r := range []Record{at("/intra/b", "RH", content.Intranet, "text/html", "2025-01-01"), at("/site/b", "Conseils", content.Public, "text/html", "2025-02-01")} {
		r.Item.Text = strings.Join(told(49, 200), " ")
		keep(t, x, r)
	}
	group(t, x, 0)
	got := map[string]string{}
	if err := x.Each(t.Context(), Query{}, func(r Record) error {
		got[strings.TrimPrefix(r.Item.Address, "https://www.exemple.fr")] = fmt.Sprint(r.Canonical, r.Silos)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"/com/a": "true [Communication RH]", "/rh/a": "false [Communication RH]", "/com/a.pdf": "false [Communication RH]", "/rh/seul": "true []", "/site/b": "true []", "/intra/b": "false []"} {
		if got[path] != want {
			t.Errorf("%s: %s, want %s", path, got[path], want)
		}
	}
	c, err := x.Counts(t.Context(), Filter{})
	if err != nil || c.Silos != 1 || c.Total != 3 || c.Duplicates != 3 {
		t.Errorf("%d silos, %d items, %d copies, %v", c.Silos, c.Total, c.Duplicates, err)
	}
}

func TestGroupedAt(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	at := func(threshold float64, want bool) {
		t.Helper()
		if got, err := x.GroupedAt(t.Context(), threshold); err != nil || got != want {
			t.Errorf("grouped at %v: %t, %v", threshold, got, err)
		}
	}
	at(0, false)
	keep(t, x, kept("/a", "public", "", told(1, 60)))
	group(t, x, 0)
	at(0, true)
	at(SameText, true)
	at(.9, false)
	group(t, x, .9)
	at(.9, true)
}

// Whether the title leads the text says nothing of what is told.
func TestTheTitleIsNoDifference(t *testing.T) {
	a, b := kept("/a", "public", "", told(51, 60)), kept("/b", "public", "", told(51, 60))
	a.Item.H1, b.Item.Title = "Douze fours", "Douze fours"
	a.Item.Text = "Douze fours\n\n" + a.Item.Text
	x, y := saidOf(a.Item), saidOf(b.Item)
	if h, s := readText(a.Item); x != y || h == "" || s.shingles != len(shinglesOf(b.Item)) {
		t.Errorf("%.40q and %.40q", x, y)
	}
	if other := kept("/c", "public", "", told(51, 60)); saidOf(other.Item) != other.Item.Text {
		t.Error("a text without its title is not what is told")
	}
}
