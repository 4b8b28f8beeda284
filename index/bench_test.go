package index

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler/content"
)

// syllables make a vocabulary in which, as in real text, few words are frequent and most are rare.
var syllables = strings.Fields("pro duc tion sé cu ri té for ma en ga ge ment dé ve lop pe col la bo ra teur cli ent u si ne mé tier ac tif vé lo ré seau é co lo gie par te nai re in no va sa lon tra vail")

func vocabulary(n int) []string {
	r := rand.New(rand.NewPCG(7, 7))
	var all []string
	for range n {
		var b strings.Builder
		for range 2 + r.IntN(4) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		all = append(all, b.String())
	}
	return all
}

// manyPages makes pages of about the given number of bytes of text, the same ones every time.
func manyPages(n, size int) []Record {
	r := rand.New(rand.NewPCG(1, 2))
	vocab := vocabulary(40_000)
	zipf := rand.NewZipf(r, 1.1, 8, uint64(len(vocab)-1))
	little := strings.Fields("le la les de des du un une et en pour dans sur l’entreprise qui que nous est avec plus")
	types := strings.Fields("case_study job_offer faq how_to safety press_release white_paper training people_portrait other")
	outcomes := []classify.Outcome{classify.Publishable, classify.NeedsEdit, classify.NeedsApproval, classify.NotProposed}
	text := func(bytes int) string {
		var b strings.Builder
		for words := 1; b.Len() < bytes; words++ {
			if r.IntN(5) < 2 {
				b.WriteString(little[r.IntN(len(little))])
			} else {
				b.WriteString(vocab[zipf.Uint64()])
			}
			switch {
			case words%60 == 0:
				b.WriteString(".\n\n")
			case words%14 == 0:
				b.WriteString(". ")
			default:
				b.WriteByte(' ')
			}
		}
		return b.String()
	}
	recs := make([]Record, n)
	for i := range recs {
		rec := page(fmt.Sprintf("/page/%d", i), []string{"fr", "fr", "fr", "en"}[i%4], text(50), text(size))
		rec.Item.Department = []string{"", "RH", "Production", "RSE", "Communication"}[r.IntN(5)]
		rec.Item.Published.Time = time.Date(2015+r.IntN(11), time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC)
		rec.Item.Description = text(150)
		for range 5 {
			rec.Item.Headings = append(rec.Item.Headings, content.Heading{Level: 2, Text: text(40)})
		}
		for l := range 40 {
			rec.Item.Links = append(rec.Item.Links, content.Link{Address: fmt.Sprintf("https://www.exemple.fr/page/%d", (i+l)%n), Text: vocab[zipf.Uint64()]})
		}
		rec.Verdict.Type = types[r.IntN(len(types))]
		rec.Verdict.Outcome = outcomes[r.IntN(len(outcomes))]
		rec.Verdict.Readiness = r.IntN(101)
		recs[i] = rec
	}
	return recs
}

// benchPages is n, or what FILON_BENCH_PAGES says.
func benchPages(n int) int {
	if other, err := strconv.Atoi(os.Getenv("FILON_BENCH_PAGES")); err == nil {
		return other
	}
	return n
}

func sizeOf(dir string) (bytes int64) {
	filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				bytes += info.Size()
			}
		}
		return nil
	})
	return bytes
}

// BenchmarkIndex keeps 2,000 pages of 6.6 KB of text and brings them into the search index.
func BenchmarkIndex(b *testing.B) {
	recs := manyPages(benchPages(2000), 6600)
	text := int64(0)
	for _, r := range recs {
		text += int64(len(r.Item.Text))
	}
	for b.Loop() {
		x, db, dir := house(b, Options{Write: true})
		keep(b, x, recs...)
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
		db.Close()
		b.ReportMetric(float64(sizeOf(filepath.Join(dir, "search")))/float64(text), "index/text")
		b.ReportMetric(float64(sizeOf(dir)-sizeOf(filepath.Join(dir, "search")))/float64(text), "store/text")
	}
	b.ReportMetric(float64(len(recs)*b.N)/b.Elapsed().Seconds(), "docs/s")
}

// BenchmarkKeep keeps pages of 20 KB: the part that the crawl waits for.
func BenchmarkKeep(b *testing.B) {
	recs := manyPages(200, 20_000)
	x, _, _ := house(b, Options{Write: true})
	ctx := context.Background()
	b.ResetTimer()
	for i := range b.N {
		r := recs[i%len(recs)]
		row, err := newRow(r.Item, r.Verdict)
		if err != nil {
			b.Fatal(err)
		}
		if err := x.transact(ctx, func(tx *sql.Tx) error { _, err := x.put(ctx, tx, row); return err }); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDocument makes what bleve is given for one page of 6.6 KB.
func BenchmarkDocument(b *testing.B) {
	recs := manyPages(200, 6600)
	b.ReportAllocs()
	c := newCutters()
	b.ResetTimer()
	for i := range b.N {
		r := recs[i%len(recs)]
		entry{item: r.Item, verdict: r.Verdict}.searchable(c, strings.Clone)
	}
}

// BenchmarkSearch asks 15,000 pages of 6.6 KB, facets on, and reports the slowest twentieth.
func BenchmarkSearch(b *testing.B) {
	crawl, db, dir := house(b, Options{Write: true})
	keep(b, crawl, manyPages(benchPages(15_000), 6600)...)
	if err := crawl.Close(); err != nil {
		b.Fatal(err)
	}
	x, err := Open(context.Background(), dir, db, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	r := rand.New(rand.NewPCG(3, 4))
	vocab := vocabulary(40_000)
	zipf := rand.NewZipf(r, 1.1, 8, uint64(len(vocab)-1))
	ask := func() Query {
		w := func() string { return vocab[zipf.Uint64()] }
		switch r.IntN(8) {
		case 0:
			return Query{Text: w() + " " + w()}
		case 1:
			return Query{Text: `"` + w() + " " + w() + `"`}
		case 2:
			return Query{Text: string([]rune(w())[:4]) + "*"}
		case 3:
			return Query{Text: w() + " -" + w(), Filter: Filter{Verdicts: []string{"publishable"}}}
		case 4:
			return Query{}
		case 5:
			return Query{Filter: Filter{Types: []string{"faq", "how_to"}, Since: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}, Order: Readiest}
		case 6:
			return Query{Text: w() + " OR " + w()}
		}
		return Query{Text: w()}
	}
	for range 50 {
		if _, err := x.Search(context.Background(), ask()); err != nil {
			b.Fatal(err)
		}
	}
	var took []time.Duration
	slow := map[time.Duration]string{}
	for b.Loop() {
		q := ask()
		res, err := x.Search(context.Background(), q)
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, res.Took)
		slow[res.Took] = fmt.Sprintf("%+v: %d", q.Text, res.Total)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	if testing.Verbose() {
		for _, d := range took[len(took)*98/100:] {
			b.Log(d, slow[d])
		}
	}
}
