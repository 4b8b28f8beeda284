package main

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler"
	"filon/crawler/extract/score/corpus"
)

// BenchmarkNightly crawls the same site twice and gives how many times less CPU time the second, unchanged
// night takes than the first: with validators (Last-Modified), and from a server that sends none.
//
//	go test ./cmd/filon -run '^$' -bench Nightly -benchtime 1x
func BenchmarkNightly(b *testing.B) {
	root := filepath.Join(corpus.Folder(), "debian", "usr", "share", "doc", "debian-handbook")
	pages, err := pagesOf(root)
	if err != nil || len(pages) == 0 {
		b.Skipf("the pages are not unpacked: %v", err)
	}
	for _, c := range []struct{ name, server string }{{"validators", pageServer}, {"none", plainPageServer}} {
		b.Run(c.name, func(b *testing.B) {
			base := startPages(b, c.server, root)
			for b.Loop() {
				dir := b.TempDir()
				first := cpuOf(func() { nightOf(b, base, dir, 1) })
				second := cpuOf(func() { nightOf(b, base, dir, 2) })
				b.ReportMetric(first.Seconds()*1000/float64(len(pages)), "first-ms/page")
				b.ReportMetric(second.Seconds()*1000/float64(len(pages)), "second-ms/page")
				b.ReportMetric(float64(first)/float64(second), "times-less")
			}
		})
	}
}

// nightOf is one whole crawl with all that follows it, on a day of November.
func nightOf(b *testing.B, base, dir string, on int) {
	ctx := context.Background()
	s, err := openStock(ctx, dir, writing)
	if err != nil {
		b.Fatal(err)
	}
	day := time.Date(2026, 11, on, 0, 0, 0, 0, time.UTC)
	reader := newReader(dir)
	defer reader.Close()
	report, err := crawler.Run(ctx, crawler.Options{
		Sources:  []crawler.Source{{Name: "bench", Seeds: []string{base + "/"}, NoSitemaps: true, Delay: crawler.Delay{Max: time.Nanosecond}}},
		Frontier: s.frontier, Keeper: &keeper{index: s.index, day: day, policy: classify.Policy{}}, Reader: reader, Day: day, Workers: 2, Spool: dir,
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := settle(ctx, s, plan{day: day}, report.Touched); err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}
