// Package score measures what crawler/extract reads against pages whose text, title and date
// somebody wrote down.
//
//	folder ──corpus──▶ pages ──extract.HTML──▶ Result
//
// In: the folder of an unpacked collection. Out: figures. Never: the network, a clock but to
// measure how long reading takes.
package score

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/text/unicode/norm"

	"filon/crawler/extract"
	"filon/crawler/extract/score/corpus"
)

// Result is what a collection's pages scored. All shares are from 0 to 1.
type Result struct {
	Name string
	All  Group
	Kind []Group // by the collection's page types, in alphabetical order
	Time Timing
	Page []Page // every page, in the collection's order
}

// Group is the macro average over some pages.
type Group struct {
	Name                  string
	Pages                 int
	F1, Precision, Recall float64 // bag of words of the main text
	Titled, Titles        int     // pages with a gold title, and those whose title is exactly it
	Dated, Dates          int     // pages with a gold date, and those published on exactly that day
}

// Page is one page's score.
type Page struct {
	Name, Kind            string
	F1, Precision, Recall float64
	Title, GoldTitle      string
	Date, GoldDate        time.Time
}

// Timing is the time that extract.HTML takes, one page after the other on one goroutine.
type Timing struct {
	Median, P95 time.Duration // per page
	PerSecond   float64       // pages
}

// WordPress scores a folder of WordPress pages (see corpus.WordPress).
func WordPress(dir string) (Result, error) { return score("wordpress", dir, corpus.WordPress) }

// Articles scores the article-extraction-benchmark.
func Articles(dir string) (Result, error) { return score("articles", dir, corpus.Articles) }

// WebContent scores the web content extraction benchmark.
func WebContent(dir string) (Result, error) { return score("web content", dir, corpus.WebContent) }

func score(name, dir string, read func(string) ([]corpus.Page, error)) (Result, error) {
	pages, err := read(dir)
	if err != nil {
		return Result{}, err
	}
	r := Result{Name: name, All: Group{Name: "all"}}
	kinds := map[string]*Group{}
	var times []time.Duration
	var total time.Duration
	for _, p := range pages {
		began := time.Now()
		item := extract.HTML(extract.Input{Address: p.Address, Status: 200, Body: p.Body})
		spent := time.Since(began)
		times = append(times, spent)
		total += spent
		s := Page{Name: p.Name, Kind: p.Kind, Title: item.Title, GoldTitle: p.Title, Date: item.Published.Time, GoldDate: p.Date}
		s.Precision, s.Recall, s.F1 = corpus.Overlap(item.Text, p.Text)
		r.Page = append(r.Page, s)
		if kinds[p.Kind] == nil {
			kinds[p.Kind] = &Group{Name: p.Kind}
		}
		kinds[p.Kind].add(s)
		r.All.add(s)
	}
	r.All.average()
	for _, g := range kinds {
		g.average()
		r.Kind = append(r.Kind, *g)
	}
	slices.SortFunc(r.Kind, func(a, b Group) int { return strings.Compare(a.Name, b.Name) })
	if n := len(times); n > 0 {
		slices.Sort(times)
		r.Time = Timing{Median: times[n/2], P95: times[n*95/100], PerSecond: float64(n) / total.Seconds()}
	}
	return r, nil
}

func (g *Group) add(p Page) {
	g.Pages++
	g.F1 += p.F1
	g.Precision += p.Precision
	g.Recall += p.Recall
	if p.GoldTitle != "" {
		g.Titled++
		if p.TitleExact() {
			g.Titles++
		}
	}
	if !p.GoldDate.IsZero() {
		g.Dated++
		if p.DateExact() {
			g.Dates++
		}
	}
}

func (g *Group) average() {
	n := float64(max(g.Pages, 1))
	g.F1, g.Precision, g.Recall = g.F1/n, g.Precision/n, g.Recall/n
}

// TitleExact tells whether the title is the gold one, after NFC and with white space folded.
func (p Page) TitleExact() bool { return same(p.Title) == same(p.GoldTitle) }

// DateExact tells whether the page was dated to the gold day.
func (p Page) DateExact() bool {
	return p.Date.Format(time.DateOnly) == p.GoldDate.Format(time.DateOnly)
}

func same(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// String is the result as a table for people.
func (r Result) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\tpages\tF1\tprecision\trecall\ttitles\tdates\n", r.Name)
	for _, g := range append([]Group{r.All}, r.Kind...) {
		fmt.Fprintf(w, "%s\t%d\t%.3f\t%.3f\t%.3f\t%s\t%s\n", g.Name, g.Pages, g.F1, g.Precision, g.Recall, share(g.Titles, g.Titled), share(g.Dates, g.Dated))
	}
	w.Flush()
	fmt.Fprintf(&b, "time per page: median %.2f ms, p95 %.2f ms; %.0f pages/s\n", r.Time.Median.Seconds()*1000, r.Time.P95.Seconds()*1000, r.Time.PerSecond)
	return b.String()
}

func share(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f (%d/%d)", float64(n)/float64(of), n, of)
}
