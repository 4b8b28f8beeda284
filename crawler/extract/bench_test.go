package extract

import (
	"bytes"
	"path/filepath"
	"testing"

	"golang.org/x/net/html"

	"filon/crawler/extract/score/corpus"
)

// benchPages are the pages that the benchmarks read: our own, and every seventh of the collections
// where those are unpacked.
func benchPages() []corpus.Page {
	pages := []corpus.Page{{Address: "https://intranet.ferrand.example/securite/", Body: []byte(intranet)}}
	add := func(list []corpus.Page, err error) {
		for i := 0; err == nil && i < len(list); i += 7 {
			pages = append(pages, list[i])
		}
	}
	add(corpus.WordPress(filepath.Join(corpus.Folder(), "wordpress-fr-dev")))
	add(corpus.Articles(filepath.Join(corpus.Folder(), "scrapinghub-aeb")))
	return pages
}

// BenchmarkHTML reads one page per operation: every field of it.
func BenchmarkHTML(b *testing.B) {
	pages := benchPages()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := &pages[i%len(pages)]
		HTML(Input{Address: p.Address, Status: 200, Body: p.Body, Day: today})
	}
}

// BenchmarkParse is the floor: the one parse without which nothing can be read.
func BenchmarkParse(b *testing.B) {
	pages := benchPages()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := html.Parse(bytes.NewReader(pages[i%len(pages)].Body)); err != nil {
			b.Fatal(err)
		}
	}
}
