package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"filon/classify"
	"filon/crawler"
)

// learnedFile is where the score lies that a company's own decisions have taught, beside filon.db.
const learnedFile = "learned.json"

// learned is that file: which decisions taught it, how well, and the score itself.
type learned struct {
	Format    int                `json:"format"` // 1
	Day       string             `json:"day"`
	Decisions int                `json:"decisions"`
	Before    heldOut            `json:"held_out_before"`
	After     heldOut            `json:"held_out_after"`
	Weights   map[string]float64 `json:"weights"` // points of 100
	Publish   int                `json:"publishable_from"`
	Propose   int                `json:"proposed_from"`
}

type heldOut struct {
	Right   int     `json:"right"`
	TooOpen int     `json:"too_open"`
	Cost    float64 `json:"cost"` // of one decision
}

// score is what the judge takes of it.
func (l *learned) score() *classify.Score {
	return &classify.Score{Name: fmt.Sprintf("%s (%d)", l.Day, l.Decisions), Weights: l.Weights, Publishable: l.Publish, Proposed: l.Propose}
}

// readLearned reads what was learned in a data folder; nil when nothing was.
func readLearned(dir string) (*learned, error) {
	path := filepath.Join(dir, learnedFile)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var l learned
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		err = d.Decode(&l)
	}
	if err == nil && l.Format != 1 {
		err = fmt.Errorf("format %d", l.Format)
	}
	if err == nil {
		_, err = time.Parse(time.DateOnly, l.Day)
	}
	if err == nil {
		err = l.score().Check()
	}
	if err != nil {
		return nil, &Trouble{What: T{FR: "%s ne se lit pas : %v", EN: "%s cannot be read: %v"}.with(path, err),
			Hint: T{FR: "filon learn decisions --forget revient aux poids d'origine", EN: "filon learn decisions --forget goes back to the built-in weights"}, Code: codeFailed}
	}
	return &l, nil
}

func (l *learned) write(dir string) error {
	data, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return err
	}
	path := filepath.Join(dir, learnedFile)
	if err := os.WriteFile(path+".new", append(data, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// policyIn is policyOf with what was learned in a data folder.
func policyIn(dir string, cfg config, sources []crawler.Source) (classify.Policy, error) {
	policy := policyOf(cfg, sources)
	l, err := readLearned(dir)
	if err == nil && l != nil {
		policy.Score = l.score()
	}
	return policy, err
}
