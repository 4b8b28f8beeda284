package main

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestProgressOnPlainLines(t *testing.T) {
	var errs bytes.Buffer
	p := newProgress(&speaker{err: &errs, lang: "en"}, 0)
	for s := range 35 { // one snapshot a second, ten pages a second, no new page found
		p.Show(Snapshot{Kept: 9 * s, Failed: s, Queued: 1000 - 10*s, Elapsed: time.Duration(s) * time.Second, Host: "a.example"})
	}
	p.Close()
	p.Show(Snapshot{Elapsed: time.Hour})
	want := `0:10 · 90 kept, 10 failed, 900 waiting · 10.0 pages/s · left: unknown yet · a.example
0:20 · 180 kept, 20 failed, 800 waiting · 10.0 pages/s · left: about 1 min · a.example
0:30 · 270 kept, 30 failed, 700 waiting · 10.0 pages/s · left: about 1 min · a.example
`
	if errs.String() != want {
		t.Errorf("got\n%swant\n%s", errs.String(), want)
	}
}

func TestProgressForecastIsARange(t *testing.T) {
	for _, c := range []struct {
		name          string
		rate, found   int // pages a second
		waiting, secs int
		want          string
	}{
		{"nothing new", 10, 0, 6000, 30, "environ 10 min"},
		{"finds half of what it does", 10, 5, 6000, 30, "de 10 min à 20 min"},
		{"finds as much as it does", 10, 10, 6000, 30, "au moins 10 min, la file s'allonge encore"},
		{"finds more", 10, 30, 6000, 30, "au moins 10 min, la file s'allonge encore"},
		{"stands still", 0, 0, 6000, 30, "inconnu pour l'instant"},
		{"just begun", 10, 0, 6000, 5, "inconnu pour l'instant"},
		{"the end", 10, 0, 0, 30, "presque rien"},
	} {
		p := newProgress(&speaker{err: &bytes.Buffer{}, lang: "fr"}, time.Hour)
		var last Snapshot
		for s := range c.secs + 1 {
			queued := c.waiting + (c.rate-c.found)*(c.secs-s)
			last = Snapshot{Kept: c.rate * s, Queued: queued, Elapsed: time.Duration(s) * time.Second}
			p.Show(last)
		}
		if got := p.forecast(last).FR; got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestProgressOnATerminal(t *testing.T) {
	var errs bytes.Buffer
	p := newProgress(&speaker{err: &errs, lang: "en", errTerminal: true, errWidth: 40}, 0)
	p.Show(Snapshot{Kept: 1})
	p.Show(Snapshot{Kept: 2, Elapsed: 50 * time.Millisecond}) // too soon
	p.Show(Snapshot{Kept: 3, Elapsed: 300 * time.Millisecond})
	p.Note(T{EN: "robots.txt is ignored"})
	p.Close()
	p.Close()
	got := errs.String()
	if n := strings.Count(got, "\r\x1b[K"); n != 3 {
		t.Errorf("%d wipes, want 3: %q", n, got)
	}
	if strings.Contains(got, "2 kept") || !strings.HasSuffix(got, "\r\x1b[Kfilon: robots.txt is ignored\n") {
		t.Errorf("got %q", got)
	}
	for line := range strings.SplitSeq(got, "\r\x1b[K") {
		if textWidth(strings.TrimRight(line, "\n")) > 39 {
			t.Errorf("a line that would wrap: %q", line)
		}
	}
}

func TestProgressFromManyWorkers(t *testing.T) {
	p := newProgress(&speaker{err: &bytes.Buffer{}, lang: "en"}, time.Second)
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for s := range 100 {
				p.Show(Snapshot{Kept: s, Elapsed: time.Duration(w+s) * time.Second})
			}
			p.Note(T{EN: "done"})
		})
	}
	wg.Wait()
	p.Close()
	var none *Progress
	none.Show(Snapshot{})
	none.Note(T{})
	none.Close()
}
