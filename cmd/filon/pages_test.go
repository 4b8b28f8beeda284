package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"filon/classify"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/extract/score/corpus"
)

// BenchmarkPages tells what reading and judging one page costs in CPU time, the garbage collector's part included:
// the parse of x/net/html alone, the extraction of all fields, which begins with that parse, and the verdict. Every
// page is read several times in a row, and the page that stands in the middle is reported, of each collection and
// of both together, so that a few huge pages do not decide; the mean stands beside it.
//
//	go test ./cmd/filon -run '^$' -bench Pages -benchtime 1x
func BenchmarkPages(b *testing.B) {
	for b.Loop() {
		var all pageCosts
		for _, name := range []string{"debian", "wordpress-fr-dev"} {
			root := filepath.Join(corpus.Folder(), name)
			pages, err := pagesOf(root)
			if err != nil || len(pages) == 0 {
				b.Skipf("the pages are not unpacked: %v", err)
			}
			var costs pageCosts
			for _, p := range pages {
				file := filepath.Join(root, filepath.FromSlash(p))
				if strings.HasSuffix(p, "/") {
					file = filepath.Join(file, "index.html")
				}
				body, err := os.ReadFile(file)
				if err != nil {
					b.Fatal(err)
				}
				costs.measure(b, "https://www.exemple.fr"+p, body)
			}
			costs.report(b, name+"-")
			all.add(costs)
		}
		all.report(b, "")
	}
}

// pageCosts are the CPU times of pages, one entry each.
type pageCosts struct{ parse, extract, judge []time.Duration }

// timesRead is how often each page is read: the system's clock of CPU time is coarse beside one page.
const timesRead = 2

func (c *pageCosts) measure(b *testing.B, address string, body []byte) {
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	in := extract.Input{Address: address, Status: http.StatusOK, Body: body, Day: day, Access: content.Access{Visibility: content.Public},
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}}
	var item content.Item
	c.parse = append(c.parse, cpuOf(func() {
		for range timesRead {
			if _, err := html.Parse(bytes.NewReader(body)); err != nil {
				b.Fatal(err)
			}
		}
	})/timesRead)
	c.extract = append(c.extract, cpuOf(func() {
		for range timesRead {
			item = extract.HTML(in)
		}
	})/timesRead)
	c.judge = append(c.judge, cpuOf(func() {
		for range timesRead {
			classify.Admit(item, classify.Policy{}, day)
		}
	})/timesRead)
}

func (c *pageCosts) add(o pageCosts) {
	c.parse, c.extract, c.judge = append(c.parse, o.parse...), append(c.extract, o.extract...), append(c.judge, o.judge...)
}

func (c *pageCosts) report(b *testing.B, of string) {
	b.ReportMetric(middle(c.parse), of+"parse-ms")
	b.ReportMetric(middle(c.extract), of+"extract-ms")
	b.ReportMetric(middle(c.judge), of+"judge-ms")
	b.ReportMetric(middle(c.extract)/middle(c.parse), of+"extract/parse")
	b.ReportMetric(middle(c.judge)/middle(c.parse), of+"judge/parse")
	b.ReportMetric(mean(c.extract), of+"extract-mean-ms")
	b.ReportMetric(mean(c.judge), of+"judge-mean-ms")
}

func middle(times []time.Duration) float64 {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2].Seconds() * 1000
}

func mean(times []time.Duration) float64 {
	sum := time.Duration(0)
	for _, t := range times {
		sum += t
	}
	return sum.Seconds() * 1000 / float64(len(times))
}
