package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filon/classify"
	"filon/index"
)

// TestLearnDecisions: a house that asks for more than filon does teaches that; it is measured, written, named in
// what is judged, does not touch what a rule has decided, and can be forgotten.
func TestLearnDecisions(t *testing.T) {
	if testing.Short() {
		t.Skip("runs whole crawls, which the race detector makes ten times slower; the plain run has them")
	}
	dir := t.TempDir()
	ctx := context.Background()
	do := func(want int, args ...string) string {
		t.Helper()
		var out bytes.Buffer
		args = append([]string{"filon"}, append(args, "--data", dir, "--lang", "en")...)
		if code := run(ctx, args, &out, &out); code != want {
			t.Fatalf("%v: exit code %d\n%s", args, code, &out)
		}
		return out.String()
	}
	filonDoes(t, "demo", "--keep", dir)
	if out := do(1, "learn", "decisions"); !strings.Contains(out, "too few to learn from") {
		t.Errorf("without decisions: %s", out)
	}
	decided := 0
	ruled := map[string]classify.Outcome{}
	s, err := openStock(ctx, dir, writing)
	if err != nil {
		t.Fatal(err)
	}
	var all []index.Record
	if err := s.index.Each(ctx, index.Query{}, func(r index.Record) error { all = append(all, r); return nil }); err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		d := index.Decision{Verdict: classify.NeedsEdit, By: "test", At: time.Now().UTC()}
		switch r.Verdict.Outcome {
		case classify.Never, classify.NeedsApproval:
			d.Verdict = classify.Publishable // as if people thought nothing of the rules
			ruled[r.Item.Address] = r.Verdict.Outcome
		case classify.Publishable, classify.NeedsEdit:
			if r.Verdict.Readiness >= 85 {
				d.Verdict = classify.Publishable
			}
			decided++
		default:
			continue
		}
		if err := s.index.Decide(ctx, r.Item.Address, d); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	out := do(0, "learn", "decisions", "--dry-run")
	if _, err := os.Stat(filepath.Join(dir, learnedFile)); err == nil || !strings.Contains(out, "nothing was written") || !strings.Contains(out, "On decisions that were not seen (5 parts)") {
		t.Errorf("a dry run writes, or says something else:\n%s", out)
	}
	out = do(0, "learn", "decisions")
	if !strings.Contains(out, learnedFile+" is written") {
		t.Fatalf("nothing learned from %d decisions:\n%s", decided, out)
	}
	before := do(0, "show", all[0].Item.Address)
	out = do(0, "rejudge")
	if !strings.Contains(out, "Score learned from ") {
		t.Errorf("the summary does not say that the score was learned:\n%s", out)
	}
	if after := do(0, "show", all[0].Item.Address); before == after {
		t.Error("the version that show names is the same")
	}
	s, err = openStock(ctx, dir, reading)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.index.Each(ctx, index.Query{}, func(r index.Record) error {
		if was, ok := ruled[r.Item.Address]; ok && r.Verdict.Outcome != was {
			t.Errorf("%s was %s by a rule and is %s", r.Item.Address, was, r.Verdict.Outcome)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if out := do(0, "learn", "decisions", "--forget"); !strings.Contains(out, "the built-in weights hold again") {
		t.Errorf("forgetting: %s", out)
	}
	if err := os.WriteFile(filepath.Join(dir, learnedFile), []byte(`{"format":1,"day":"2026-11-23","weights":{"type":100}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := do(1, "rejudge"); !strings.Contains(out, "cannot be read") || !strings.Contains(out, "--forget") {
		t.Errorf("a broken file: %s", out)
	}
}

// TestLearnPagesAsked: one file without -o would say nothing, and a page of no known type is named by its line.
func TestLearnPagesAsked(t *testing.T) {
	page := filepath.Join(t.TempDir(), "p.jsonl")
	if err := os.WriteFile(page, []byte(`{"type":"nosuch","language":"fr","title":"x","text":"y"}`+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"rien à faire":                      {"filon", "--lang", "fr", "learn", "pages", page},
		`ligne 1 : type inconnu : "nosuch"`: {"filon", "--lang", "fr", "learn", "pages", page, page},
	} {
		var said bytes.Buffer
		if code := run(t.Context(), args, &said, &said); code != codeWrong || !strings.Contains(said.String(), want) {
			t.Errorf("%v: %d, %s", args, code, &said)
		}
	}
}
