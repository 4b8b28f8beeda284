package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"filon/crawler/extract/score/corpus"
)

// BenchmarkRejudge gives how many items a second are judged anew under another policy: on trial (filon rejudge --dry-run
// --policy), for good, and for good once more, when nothing changes. The items are pages of the corpora read from folders,
// so that all rules for what is not public look at them, multiplied to 4,000 or what FILON_BENCH_PAGES says.
//
//	FILON_BENCH_PAGES=100000 go test ./cmd/filon -run '^$' -bench Rejudge -benchtime 1x
func BenchmarkRejudge(b *testing.B) {
	n := 4000
	if other, err := strconv.Atoi(os.Getenv("FILON_BENCH_PAGES")); err == nil {
		n = other
	}
	dir := b.TempDir()
	fillMany(b, dir, n)
	policy := filepath.Join(dir, "policy.yaml")
	if err := os.WriteFile(policy, []byte("sources: [{name: site, seeds: [http://127.0.0.1/]}]\npolicy: {company: Exemple, publishable: 75, garden: {words: [projet Mélusine]}}\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		args []string
	}{
		{"trial", []string{"--dry-run", "--policy", policy}},
		{"change", []string{"--config", policy}},
		{"same", []string{"--config", policy}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				args := append([]string{"filon", "rejudge", "--data", dir, "--today", "2026-11-23", "--lang", "en"}, c.args...)
				start := time.Now()
				cpu := cpuOf(func() {
					if code := run(context.Background(), args, io.Discard, io.Discard); code != 0 {
						b.Fatalf("exit code %d", code)
					}
				})
				b.ReportMetric(float64(n)/time.Since(start).Seconds(), "items/s")
				b.ReportMetric(cpu.Seconds()*1000/float64(n), "cpu-ms/item")
			}
		})
	}
}

// fillMany crawls two corpora and multiplies what was kept to n records.
func fillMany(b *testing.B, dir string, n int) {
	ctx := context.Background()
	args := []string{"filon", "crawl", "--data", dir, "--today", "2026-11-20", "--lang", "en"}
	for _, name := range []string{"wordpress-fr-dev", "web-content-extraction-dev"} {
		root := filepath.Join(corpus.Folder(), name)
		if _, err := os.Stat(root); err != nil {
			b.Skipf("the pages are not unpacked: %v", err)
		}
		args = append(args, root)
	}
	if code := run(ctx, args, io.Discard, io.Discard); code != 0 && code != 3 {
		b.Fatalf("exit code %d", code)
	}
	s, err := openStock(ctx, dir, writing)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	have := 0
	if err := s.db.R.QueryRowContext(ctx, `SELECT count(*) FROM records`).Scan(&have); err != nil || have == 0 {
		b.Fatal(have, err)
	}
	for copies := 1; have*copies < n; copies++ {
		suffix := fmt.Sprintf("#%d", copies)
		for _, do := range []string{
			`CREATE TEMP TABLE some AS SELECT * FROM records WHERE address NOT LIKE '%#%' ORDER BY id LIMIT ` + strconv.Itoa(n-have*copies),
			`UPDATE some SET id = id + ` + strconv.Itoa(copies) + ` * 1000000, item_id = item_id || '` + suffix + `', address = address || '` + suffix + `', indexed_revision = revision`,
			`INSERT INTO records SELECT * FROM some`,
			`INSERT INTO record_contents SELECT s.id, c.item, c.verdict FROM record_contents c JOIN some s ON s.id = c.record_id + ` + strconv.Itoa(copies) + ` * 1000000`,
			`DROP TABLE some`,
		} {
			if _, err := s.db.W.ExecContext(ctx, do); err != nil {
				b.Fatal(err)
			}
		}
	}
}
