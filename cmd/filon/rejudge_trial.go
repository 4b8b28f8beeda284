package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler/content"
	"filon/index"
	"filon/index/export"
)

// trial is one item whose verdict would change.
type trial struct {
	Address string   `json:"url"`
	Title   string   `json:"title"`
	Before  string   `json:"verdict_before"`
	After   string   `json:"verdict_after"`
	Added   []string `json:"rules_added"`   // that speak now, blocks and reviews first
	Removed []string `json:"rules_removed"` // that spoke before
	Why     string   `json:"why"`           // the sentence of the first rule that makes the difference
}

// tryPolicy shows what another day or another policy would change, and changes nothing.
func tryPolicy(say *speaker, c *cli.Context, cfg config) error {
	day, err := today(c)
	if err != nil {
		return err
	}
	if path := c.String("policy"); path != "" {
		if cfg.Policy, err = readPolicy(path); err != nil {
			return err
		}
	}
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	policy, err := policyIn(s.dir, cfg, ownSources(cfg))
	if err != nil {
		return err
	}
	progress, show := workProgress(say)
	defer progress.Close()
	var all []trial
	known, err := s.index.Known(c.Context, day)
	if err != nil {
		return couldNot(err, T{FR: "l'essai a échoué : %s", EN: "the trial failed: %s"})
	}
	judge := func(item content.Item) classify.Verdict { return known.Judge(item, policy, day) }
	if err := s.index.WarnUnder(c.Context, known, judge); err != nil {
		return couldNot(err, T{FR: "l'essai a échoué : %s", EN: "the trial failed: %s"})
	}
	err = s.index.WhatIf(c.Context, judge,
		func(d index.Difference) error {
			all = append(all, trialOf(say, d))
			return nil
		}, show)
	if err != nil {
		return couldNot(err, T{FR: "l'essai a échoué : %s", EN: "the trial failed: %s"})
	}
	progress.Close()
	switch c.String("format") {
	case "json":
		data, err := json.MarshalIndent(all, "", "  ")
		if err != nil {
			return err
		}
		say.raw(string(data) + "\n")
	case "csv":
		if err := trialsCSV(say, all); err != nil {
			return err
		}
	default:
		say.trials(all)
	}
	say.note(plural(len(all), T{FR: "un verdict changerait ; rien n'a été écrit", EN: "one verdict would change; nothing was written"},
		T{FR: "%d verdicts changeraient ; rien n'a été écrit", EN: "%d verdicts would change; nothing was written"}))
	return nil
}

func trialOf(say *speaker, d index.Difference) trial {
	closed := index.Record{Item: d.Item, Verdict: d.After}
	if d.Before.Outcome == classify.Never && d.After.Outcome != classify.Never {
		closed.Verdict = d.Before
	}
	t := trial{Address: export.Shown(closed), Title: d.After.Hide(classify.Mask)(d.Item.Title), Before: string(d.Before.Outcome), After: string(d.After.Outcome),
		Added: newRules(d.Before, d.After), Removed: newRules(d.After, d.Before)}
	if d.Before.Outcome == classify.Never || d.After.Outcome == classify.Never {
		t.Title = index.MaskedTitle
	}
	said, rules := d.After, t.Added
	if len(rules) == 0 {
		said, rules = d.Before, t.Removed
	}
	for _, r := range said.Reasons {
		if len(rules) > 0 && r.Rule == rules[0] {
			t.Why = say.in(T(r.Says))
			break
		}
	}
	switch {
	case t.Why != "":
	case d.After.Readiness == d.Before.Readiness:
		t.Why = say.in(T{FR: "même score (%d), d'autres seuils", EN: "the same score (%d), other thresholds"}.with(d.After.Readiness))
	default:
		t.Why = say.in(T{FR: "score %d au lieu de %d", EN: "score %d instead of %d"}.with(d.After.Readiness, d.Before.Readiness))
	}
	return t
}

// newRules are the rules that speak in b and not in a, each once, in b's order: the heaviest first.
func newRules(a, b classify.Verdict) []string {
	before := map[string]bool{}
	for _, r := range a.Reasons {
		before[r.Rule+string(r.Severity)] = true
	}
	rules := []string{}
	for _, r := range b.Reasons {
		if !before[r.Rule+string(r.Severity)] && !slices.Contains(rules, r.Rule) {
			rules = append(rules, r.Rule)
		}
	}
	return rules
}

func (s *speaker) trials(all []trial) {
	if len(all) == 0 {
		return
	}
	moves := map[string]int{}
	var order []string
	rows := make([][]cell, 0, len(all))
	for _, t := range all {
		before, after := s.verdictCell(classify.Outcome(t.Before)), s.verdictCell(classify.Outcome(t.After))
		move := before.Text + " → " + after.Text
		if moves[move] == 0 {
			order = append(order, move)
		}
		moves[move]++
		rows = append(rows, []cell{before, after, {Text: t.Why}, {Text: t.Address}})
	}
	s.table([]column{{Head: T{FR: "Avant", EN: "Before"}}, {Head: T{FR: "Après", EN: "After"}}, {Head: T{FR: "Pourquoi", EN: "Why"}, Gives: true, Least: 30}, {Head: T{FR: "Adresse", EN: "URL"}}}, rows)
	s.raw("\n")
	slices.Sort(order)
	for _, move := range order {
		s.raw(fmt.Sprintf("%6d  %s\n", moves[move], move))
	}
}

func trialsCSV(say *speaker, all []trial) error {
	rows := [][]string{{"url", "title", "verdict_before", "verdict_after", "rules_added", "rules_removed", "why"}}
	for _, t := range all {
		rows = append(rows, []string{t.Address, t.Title, t.Before, t.After, strings.Join(t.Added, "|"), strings.Join(t.Removed, "|"), t.Why})
	}
	return export.Rows(say.out, rows, export.DialectOf(say.lang))
}
