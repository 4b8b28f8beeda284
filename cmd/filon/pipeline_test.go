package main

import (
	"bufio"
	"bytes"
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"
	"golang.org/x/net/html"

	"filon/classify"
	"filon/crawler"
	"filon/crawler/extract/score/corpus"
)

// BenchmarkPipeline compares, on the same pages and in one run, the CPU time per page of the floor
// (colly fetches, x/net/html parses once, links are read off) with that of the whole pipeline
// (crawl, extract, judge, keep, search index). The pages are those of the corpora, a handbook of 1,900 words a
// page in 31 languages and a French organisation's WordPress, served by a process of their own, so that serving
// them is in neither figure.
//
//	go test ./cmd/filon -run '^$' -bench Pipeline -benchtime 1x
func BenchmarkPipeline(b *testing.B) {
	for _, site := range [][]string{{"debian", "usr", "share", "doc", "debian-handbook"}, {"wordpress-fr-dev"}} {
		root := filepath.Join(append([]string{corpus.Folder()}, site...)...)
		b.Run(site[len(site)-1], func(b *testing.B) {
			pages, err := pagesOf(root)
			if err != nil || len(pages) == 0 {
				b.Skipf("the pages are not unpacked: %v", err)
			}
			base := startPages(b, pageServer, root)
			n := float64(len(pages))
			for b.Loop() {
				floor := cpuOf(func() { floorOf(b, base, pages) })
				whole := cpuOf(func() { wholeOf(b, base) })
				b.ReportMetric(floor.Seconds()*1000/n, "floor-ms/page")
				b.ReportMetric(whole.Seconds()*1000/n, "whole-ms/page")
				b.ReportMetric(float64(whole)/float64(floor), "ratio")
			}
		})
	}
}

// startPages runs a server of pages in a process of its own and gives its address.
func startPages(b *testing.B, server, root string) string {
	program, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := &exec.Cmd{Path: program, Args: []string{server, root}}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// Names under which the test binary is servePages: as usual, and without anything to ask by whether a page changed.
const (
	pageServer      = "filon-page-server"
	plainPageServer = "filon-plain-page-server"
)

// servePages serves a folder on loopback, with a list of all its pages on /, until it is killed.
func servePages() {
	pages, err := pagesOf(os.Args[1])
	if err != nil {
		os.Exit(1)
	}
	var list bytes.Buffer
	list.WriteString("<html lang=fr><title>Liste</title><ul>")
	for _, p := range pages {
		list.WriteString(`<li><a href="` + p + `">` + p + `</a>`)
	}
	files := http.FileServer(http.Dir(os.Args[1]))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			w.Header().Set("Content-Type", "text/html")
			w.Write(list.Bytes())
			return
		}
		if filepath.Base(os.Args[0]) == plainPageServer {
			body, err := os.ReadFile(filepath.Join(os.Args[1], filepath.FromSlash(r.URL.Path)))
			if err != nil {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write(body)
			return
		}
		files.ServeHTTP(w, r)
	}))
	os.Stdout.WriteString(server.URL + "\n")
	select {}
}

// pagesOf lists the pages below a folder, as paths of a server.
func pagesOf(root string) ([]string, error) {
	var pages []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".html") {
			return err
		}
		name, err := filepath.Rel(root, path)
		if page := "/" + strings.TrimSuffix(filepath.ToSlash(name), "index.html"); page != "/" { // which is the list
			pages = append(pages, page)
		}
		return err
	})
	return pages, err
}

func cpuOf(do func()) time.Duration {
	before := cpuTime()
	do()
	return cpuTime() - before
}

func floorOf(b *testing.B, base string, pages []string) {
	defer debug.SetGCPercent(debug.SetGCPercent(100)) // as Go begins, not as the crawl before this floor has left it
	c := colly.NewCollector()
	links := 0
	c.OnResponse(func(r *colly.Response) {
		root, err := html.Parse(bytes.NewReader(r.Body))
		if err != nil {
			b.Error(err)
			return
		}
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && n.Data == "a" {
				for _, a := range n.Attr {
					if a.Key == "href" && r.Request.AbsoluteURL(a.Val) != "" {
						links++
					}
				}
			}
		}
	})
	for _, p := range pages {
		if err := c.Visit(base + p); err != nil {
			b.Fatal(err)
		}
	}
	if links == 0 {
		b.Fatal("no links")
	}
}

func wholeOf(b *testing.B, base string) {
	dir := b.TempDir()
	ctx := context.Background()
	s, err := openStock(ctx, dir, writing)
	if err != nil {
		b.Fatal(err)
	}
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	reader := newReader(dir)
	defer reader.Close()
	_, err = crawler.Run(ctx, crawler.Options{
		Sources:  []crawler.Source{{Name: "bench", Seeds: []string{base + "/"}, NoSitemaps: true, Delay: crawler.Delay{Max: time.Nanosecond}}},
		Frontier: s.frontier, Keeper: &keeper{index: s.index, day: day, policy: classify.Policy{}}, Reader: reader, Day: day, Workers: 2, Spool: dir,
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}
