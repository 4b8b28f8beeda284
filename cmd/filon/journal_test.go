package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestJournalHoldsNoSecret(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		var b strings.Builder
		log := newJournal(&b, format)
		log.Info("crawl", "why", "le mot de passe : Zq8!motdepasse de jean.dupont@fonderie-valmont.fr\nline=2", "error", errors.New("mot de passe : Zq8!motdepasse"), "pages", 12)
		got := b.String()
		if strings.Contains(got, "Zq8!") || strings.Contains(got, "jean.dupont") || strings.Count(got, "\n") != 1 || !strings.Contains(got, "12") {
			t.Errorf("%s: %s", format, got)
		}
		if format == "json" && json.Unmarshal([]byte(got), &map[string]any{}) != nil {
			t.Errorf("no JSON: %s", got)
		}
	}
}

func TestJournalTurns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "logs", "filon.log")
	line := strings.Repeat("x", 99) + "\n"
	for night := range 3 {
		r := &rotating{path: path, most: 1000, keep: 2}
		if err := r.open(); err != nil {
			t.Fatal(err)
		}
		for range 15 {
			if _, err := r.Write([]byte(line)); err != nil {
				t.Fatalf("night %d: %v", night, err)
			}
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]int64{path: 500, path + ".1": 1000, path + ".2": 1000} {
		info, err := os.Stat(name)
		if err != nil || info.Size() != want {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if _, err := os.Stat(path + ".3"); err == nil {
		t.Error("more files are kept than asked for")
	}
}
