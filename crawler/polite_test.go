package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"filon/crawler/content"
	"filon/crawler/render"
)

// slowHost is what polite knows of one host, with a clock of its own.
func slowHost() (*polite, *time.Time) {
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	p := newPolite()
	p.now = func() time.Time { return now }
	p.meet("h:80", &Source{PerHost: 1, Delay: Delay{Max: 5 * time.Second}})
	return p, &now
}

// ask waits for the gate as a crawl does and gives the answer; it tells how long it waited.
func ask(p *polite, now *time.Time, a *answer) (waited time.Duration) {
	for {
		ok, wait := p.gate("h:80")
		if ok {
			break
		}
		*now = now.Add(wait)
		waited += wait
	}
	if a != nil {
		*now = now.Add(a.Latency)
	}
	p.heard("h:80", a)
	p.leave("h:80")
	return waited
}

func TestTheOldPaceComesBack(t *testing.T) {
	p, now := slowHost()
	good := &answer{Status: 200, Latency: 20 * time.Millisecond, Header: http.Header{}}
	busy := &answer{Status: 429, Latency: 20 * time.Millisecond, Header: http.Header{"Retry-After": {"3"}}}
	for range 20 {
		ask(p, now, good)
	}
	for range 5 {
		ask(p, now, busy)
	}
	if waited := ask(p, now, good); waited < 3*time.Second {
		t.Errorf("came back after %s, it asked for 3s", waited)
	}
	if pause := p.hosts["h:80"].pause(); pause < 500*time.Millisecond {
		t.Errorf("a pause of %s only after five refusals", pause)
	}
	n, began := 0, *now
	for ; p.hosts["h:80"].pause() > 40*time.Millisecond && n < 1000; n++ {
		ask(p, now, good)
	}
	if n > 100 || now.Sub(began) > 2*time.Minute {
		t.Errorf("the old pace came back after %d good answers, %s", n, now.Sub(began))
	}
}

// A section that refuses, page after page, does not slow the rest for long.
func TestScatteredRefusalsAreForgotten(t *testing.T) {
	p, now := slowHost()
	good := &answer{Status: 200, Latency: 20 * time.Millisecond, Header: http.Header{}}
	for range 20 {
		for range 5 {
			ask(p, now, good)
		}
		ask(p, now, &answer{Status: 503, Latency: 20 * time.Millisecond, Header: http.Header{}})
	}
	began := *now
	for range 200 {
		ask(p, now, good)
	}
	if took := now.Sub(began); took > 5*time.Minute {
		t.Errorf("200 pages took %s after it", took)
	}
}

// A host that bears four requests a second is found out, and not annoyed for ever.
func TestAPaceThatAHostBears(t *testing.T) {
	p, now := slowHost()
	refusals, last := 0, now.Add(-time.Minute)
	const asked = 2000
	began := *now
	for range asked {
		a := &answer{Status: 200, Latency: 10 * time.Millisecond, Header: http.Header{}}
		for {
			ok, wait := p.gate("h:80")
			if ok {
				break
			}
			*now = now.Add(wait)
		}
		if now.Sub(last) < 250*time.Millisecond {
			a.Status = 429
			refusals++
		}
		last = *now
		*now = now.Add(a.Latency)
		p.heard("h:80", a)
		p.leave("h:80")
	}
	if refusals > asked/20 {
		t.Errorf("%d of %d requests were refused", refusals, asked)
	}
	if rate := asked / now.Sub(began).Seconds(); rate < 1 {
		t.Errorf("%.2f pages a second of the four that it bears", rate)
	}
}

func TestRetryAfterIsHeeded(t *testing.T) {
	p, now := slowHost()
	ask(p, now, &answer{Status: 503, Header: http.Header{"Retry-After": {"1800"}}})
	if waited := ask(p, now, &answer{Status: 200, Header: http.Header{}}); waited < 30*time.Minute {
		t.Errorf("came back after %s", waited)
	}
	if _, became := p.heard("h:80", &answer{Status: 503, Header: http.Header{"Retry-After": {"86400"}}}); became != brokenDown {
		t.Error("a host that wants a day for itself is asked again")
	}
}

func TestAFailingHostRestsAndIsTriedAgain(t *testing.T) {
	p, now := slowHost()
	ask(p, now, &answer{Status: 200, Header: http.Header{}})
	failures := func(n int) (last standing) {
		for range n {
			for {
				ok, wait := p.gate("h:80")
				if ok {
					break
				}
				*now = now.Add(wait)
			}
			_, last = p.heard("h:80", nil)
			p.leave("h:80")
		}
		return last
	}
	if s := failures(brokenAfter); s != atRest {
		t.Fatalf("after %d failures %d, want a rest", brokenAfter, s)
	}
	if ok, wait := p.gate("h:80"); ok || wait != 30*time.Second {
		t.Fatalf("open after %s", wait)
	}
	if s := failures(1); s != atRest { // tried once
		t.Fatalf("a trial that failed: %d", s)
	}
	if ok, wait := p.gate("h:80"); ok || wait != 2*time.Minute {
		t.Fatalf("open after %s", wait)
	}
	*now = now.Add(2 * time.Minute)
	if ok, _ := p.gate("h:80"); !ok {
		t.Fatal("not tried after its rest")
	}
	if _, s := p.heard("h:80", &answer{Status: 200, Header: http.Header{}}); s != back {
		t.Fatalf("a trial that went well: %d", s)
	}
	p.leave("h:80")
	if s := failures(brokenAfter); s != atRest {
		t.Fatalf("the third time: %d", s)
	}
	if s := failures(1); s != brokenDown {
		t.Fatalf("after three rests: %d, want given up", s)
	}
}

func TestAHostThatNeverAnsweredIsGivenUp(t *testing.T) {
	p, now := slowHost()
	var last standing
	for range brokenAfter {
		*now = now.Add(time.Minute)
		_, last = p.heard("h:80", nil)
	}
	if last != brokenDown {
		t.Errorf("%d", last)
	}
}

// A host that is down for a while costs no page.
func TestAHostThatFallsAndRises(t *testing.T) {
	var mu sync.Mutex
	n := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		n++
		down := n > 20 && n < 35
		mu.Unlock()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case down:
			w.WriteHeader(http.StatusBadGateway)
		case r.URL.Path == "/":
			var links []string
			for i := range 40 {
				links = append(links, fmt.Sprintf("/p/%c%c", 'a'+i/26, 'a'+i%26))
			}
			fmt.Fprint(w, page("Accueil", words("la maison"), links...))
		case strings.HasPrefix(r.URL.Path, "/p/"):
			fmt.Fprint(w, page(r.URL.Path, words("la page "+r.URL.Path)))
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	keep := &shelf{items: map[string]content.Item{}}
	var mine sync.Mutex
	var log []string
	report := crawlWith(t, t.TempDir(), server.URL, keep, func(o *Options) {
		o.Cooldown = func(int) time.Duration { return 50 * time.Millisecond }
		o.Log = func(line string) {
			mine.Lock()
			defer mine.Unlock()
			log = append(log, line)
		}
	})
	if report.Run.Status != "complete" || len(keep.items) != 41 {
		t.Errorf("%s (%s), %d items", report.Run.Status, report.Run.Reason, len(keep.items))
	}
	if all := strings.Join(log, "\n"); !strings.Contains(all, "rests for") || !strings.Contains(all, "answers again") {
		t.Errorf("said: %s", all)
	}
}

// A part of a host that fails costs only that part, and a folder that asks for a day only itself; a host whose
// first page asks for a day is left alone.
func TestAPartThatFails(t *testing.T) {
	for _, c := range []struct {
		name   string
		status func(path string, n int) (code int, retryAfter string)
		kept   int
		given  bool
	}{
		{"a section fails", func(path string, n int) (int, string) {
			if strings.HasPrefix(path, "/p/a") {
				return 500, ""
			}
			return 200, ""
		}, 1 + 14, false},
		{"a folder asks for a day", func(path string, n int) (int, string) {
			if strings.HasPrefix(path, "/jour/") {
				return 429, "86400"
			}
			return 200, ""
		}, 1 + 40, false},
		{"the host asks for a day", func(path string, n int) (int, string) {
			if n > 5 {
				return 429, "86400"
			}
			return 200, ""
		}, 5, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var mu sync.Mutex
			asked := map[string]int{}
			pages := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				asked[r.URL.Path]++
				if r.URL.Path == "/" || strings.HasPrefix(r.URL.Path, "/p/") {
					pages++
				}
				code, after := c.status(r.URL.Path, pages)
				mu.Unlock()
				if after != "" {
					w.Header().Set("Retry-After", after)
				}
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				switch {
				case code != 200:
					w.WriteHeader(code)
				case r.URL.Path == "/":
					links := []string{"/jour/un", "/jour/deux"}
					for i := range 40 {
						links = append(links, fmt.Sprintf("/p/%c%c", 'a'+i/26, 'a'+i%26))
					}
					fmt.Fprint(w, page("Accueil", words("la maison"), links...))
				case strings.HasPrefix(r.URL.Path, "/p/"):
					fmt.Fprint(w, page(r.URL.Path, words("la page "+r.URL.Path)))
				default:
					http.NotFound(w, r)
				}
			}))
			defer server.Close()
			keep := &shelf{items: map[string]content.Item{}}
			report := crawlWith(t, t.TempDir(), server.URL, keep, func(o *Options) {
				o.Cooldown = func(int) time.Duration { return time.Hour } // a rest would be noticed
				o.Workers = 1
			})
			if len(keep.items) != c.kept || (len(report.Broken) > 0) != c.given || report.Run.Status != "partial" {
				t.Errorf("%s: %d items kept, want %d; given up: %v", report.Run.Status, len(keep.items), c.kept, report.Broken)
			}
			if n := asked["/jour/un"] + asked["/jour/deux"]; c.name == "a folder asks for a day" && n != 1 {
				t.Errorf("asked %d times for what is a day away", n)
			}
		})
	}
}

// A host whose robots.txt does not come keeps no other waiting.
func TestAHostThatHangsKeepsNobodyWaiting(t *testing.T) {
	over := make(chan struct{})
	hangs := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-over:
		case <-time.After(20 * time.Second):
			t.Error("the other host waited")
		}
	}))
	defer hangs.Close()
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/":
			fmt.Fprint(w, page("Accueil", words("la maison"), "/fin"))
		case "/fin":
			fmt.Fprint(w, page("Fin", words("la fin")))
			close(over)
		default:
			http.NotFound(w, r)
		}
	}))
	defer other.Close()
	keep := &shelf{items: map[string]content.Item{}}
	crawlWith(t, t.TempDir(), hangs.URL, keep, func(o *Options) {
		o.Sources[0].NoSitemaps = false
		o.Sources = append(o.Sources, Source{Name: "other", Seeds: []string{other.URL + "/"}})
	})
	if len(keep.items) < 2 {
		t.Errorf("%d items", len(keep.items))
	}
}

// Beyond its time a run pauses, and the next one goes on.
func TestTheTimeOfARun(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/" {
			fmt.Fprint(w, page("Accueil", words("la maison"), "/lent", "/b"))
			return
		}
		if r.URL.Path == "/lent" {
			select {
			case <-r.Context().Done():
			case <-time.After(20 * time.Second):
			}
		}
		http.NotFound(w, r)
	}))
	defer server.Close()
	keep := &shelf{items: map[string]content.Item{}}
	began := time.Now()
	report := crawlWith(t, t.TempDir(), server.URL, keep, func(o *Options) { o.MaxTime = 400 * time.Millisecond })
	if report.Run.Status != "paused" || !strings.Contains(report.Run.Reason, "time limit of 400ms") || time.Since(began) > 5*time.Second {
		t.Errorf("%s (%s) after %s", report.Run.Status, report.Run.Reason, time.Since(began))
	}
	report = crawlWith(t, t.TempDir(), server.URL, keep, func(o *Options) { o.Sources[0].MaxTime = time.Nanosecond })
	if report.Run.Status != "partial" {
		t.Errorf("a source without time: %s (%s)", report.Run.Status, report.Run.Reason)
	}
}

// A visit that stands still beyond all its limits is stopped, said, and the others go on.
func TestAVisitThatStandsStill(t *testing.T) {
	server, _ := application(t)
	keep := &shelf{items: map[string]content.Item{}}
	var mu sync.Mutex
	var log []string
	report := crawlWith(t, t.TempDir(), server.URL, keep, func(o *Options) {
		o.Renderer, o.Stall, o.Attempts = hanging{}, 100*time.Millisecond, 1
		o.Sources[0].Limits.Time = 100 * time.Millisecond
		o.Cooldown = func(int) time.Duration { return 20 * time.Millisecond }
		o.Log = func(line string) {
			mu.Lock()
			defer mu.Unlock()
			log = append(log, line)
		}
	})
	if all := strings.Join(log, "\n"); !strings.Contains(all, "nothing has been done for") || !strings.Contains(all, "/app/") {
		t.Errorf("said: %s", all)
	}
	if report.Run.Status != "partial" {
		t.Errorf("%s (%s)", report.Run.Status, report.Run.Reason)
	}
}

// hanging is a Renderer that shows nothing for as long as it is let.
type hanging struct{}

func (hanging) Page(ctx context.Context, _ string, _ render.Fetch) (render.Result, error) {
	<-ctx.Done()
	return render.Result{}, ctx.Err()
}
