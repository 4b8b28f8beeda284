package index

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler/content"
)

func TestWhatIf(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	ctx := context.Background()
	keep(t, x, manyPages(450, 100)...)
	before := paths(t, x, Query{Text: "verdict:never", Limit: 500})
	var changed []string
	err := x.WhatIf(ctx, func(item content.Item) classify.Verdict {
		if strings.HasSuffix(item.Address, "7") {
			return classify.Verdict{Outcome: classify.Never, Kind: classify.Secret, Type: "faq"}
		}
		rec, _, err := x.Get(ctx, item.Address)
		if err != nil {
			t.Error(err)
		}
		return rec.Verdict
	}, func(d Difference) error {
		changed = append(changed, d.Item.Address)
		if d.After.Outcome != classify.Never || d.Before.Outcome == classify.Never {
			t.Errorf("%s: %s to %s", d.Item.Address, d.Before.Outcome, d.After.Outcome)
		}
		return nil
	}, nil)
	if err != nil || len(changed) != 45 {
		t.Errorf("%d would change, %v", len(changed), err)
	}
	if after := paths(t, x, Query{Text: "verdict:never", Limit: 500}); len(after) != len(before) {
		t.Errorf("a trial has changed verdicts: %d never, were %d", len(after), len(before))
	}
}

// TestGardenIsNotStored: once the policy closes an item, none of its words is left in the folder.
func TestGardenIsNotStored(t *testing.T) {
	x, db, dir := house(t, Options{Write: true})
	ctx := context.Background()
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	rec := page("/direction/plan", "fr", "Le plan Mélusine", "Les ateliers de Chaumes ferment en deux mille trente, dit le plan Brocéliande.")
	keep(t, x, rec, page("/autre", "fr", "Une page", "Un texte sur les vélos de l'entreprise."))
	policy := classify.Policy{Garden: classify.Garden{Paths: []string{"/direction/*"}}}
	judge := func(item content.Item) classify.Verdict { return classify.Judge(item, policy, day) }
	if _, err := x.Rejudge(ctx, judge, nil); err != nil {
		t.Fatal(err)
	}
	got, ok, err := x.Get(ctx, rec.Item.Address)
	if err != nil || !ok || got.Item.Text != "" || got.Item.Title != "" || got.Item.Withheld != "garden/path" || got.Verdict.Outcome != classify.Never {
		t.Errorf("%+v %v", got.Item, err)
	}
	if found := paths(t, x, Query{Text: "brocéliande"}); len(found) != 0 {
		t.Errorf("search finds %v", found)
	}
	if n, err := x.Rejudge(ctx, judge, nil); err != nil || n != 0 {
		t.Errorf("judging again changes %d, %v", n, err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	db.Close()
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), "lusine") || strings.Contains(string(data), "broceliand") {
			t.Errorf("%s still has its words", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
