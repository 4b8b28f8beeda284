package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/frontier"
	"filon/crawler/frontier/sqlite"
	"filon/crawler/truth"
)

func TestLedgerSaysWhatTheServerSaw(t *testing.T) {
	var seen, bytes atomic.Int64
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		seen.Add(1)
		if r.URL.Path == "/robots.txt" {
			w.WriteHeader(404)
			return
		}
		if r.URL.Path != "/" && !strings.HasPrefix(r.URL.Path, "/p") {
			w.WriteHeader(404)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		page := fmt.Sprintf(`<html lang="fr"><title>%[1]s</title><main><h1>%[1]s</h1><p>%[2]s</p>`, r.URL.Path, words(r.URL.Path))
		if r.URL.Path == "/" {
			for i := range 20 {
				page += fmt.Sprintf(`<a href="/p%d">page</a> `, i)
			}
			page += `<a href="http://elsewhere.example/">elsewhere</a>`
		}
		n, _ := w.Write([]byte(page))
		bytes.Add(int64(n))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	dir := t.TempDir()
	ctx := context.Background()
	db, err := truth.Open(ctx, filepath.Join(dir, "filon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	fr, err := sqlite.Open(ctx, db, address.Host)
	if err != nil {
		t.Fatal(err)
	}
	report, err := Run(ctx, Options{Frontier: fr, Keeper: &shelf{items: map[string]content.Item{}}, Reader: extract.NewReader(extract.Options{}), Spool: dir, Day: time.Now(),
		Terms:   map[string]string{"retention": "90"},
		Sources: []Source{{Name: "site", Seeds: []string{server.URL + "/"}, PerHost: 3, IgnoreRobots: true, Delay: Delay{Max: time.Millisecond}}}})
	if err != nil {
		t.Fatal(err)
	}
	hosts, err := fr.Hosts(ctx, report.Run.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(hosts) != 1 || hosts[0].Name != strings.TrimPrefix(server.URL, "http://") {
		t.Fatalf("hosts contacted: %v", hosts)
	}
	h := hosts[0]
	if h.Requests["GET"] != int(seen.Load()) || h.Total() != int(seen.Load()) {
		t.Errorf("%v requests in the ledger, the server saw %d", h.Requests, seen.Load())
	}
	if h.Bytes < bytes.Load() {
		t.Errorf("%d bytes in the ledger, the server sent at least %d", h.Bytes, bytes.Load())
	}
	if h.AtOnce < 1 || h.AtOnce > 3 || h.Rate < 1 || h.Rate > h.Total() || h.First.IsZero() || h.Last.IsZero() {
		t.Errorf("%+v", h)
	}
	sources, terms, err := fr.Declared(ctx, report.Run.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) != 1 || !sources[0].IgnoreRobots || sources[0].PerHost != 3 || sources[0].UserAgent != DefaultUserAgent || terms["retention"] != "90" {
		t.Errorf("declared %+v %v", sources, terms)
	}
}

func TestLedgerCountsRates(t *testing.T) {
	at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	var saved []frontier.Host
	l := newLedger([]frontier.Host{{Name: "a.example:80", Requests: map[string]int{"GET": 7}, Bytes: 10, Rate: 2, AtOnce: 1}}, func(_ context.Context, hosts []frontier.Host) error {
		saved = append(saved, hosts...)
		return nil
	})
	l.now, l.saved = func() time.Time { return at }, at
	req := httptest.NewRequest(http.MethodGet, "http://a.example/x", nil)
	begin := func() *account {
		a, err := l.begin(req)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	one := begin()
	at = at.Add(400 * time.Millisecond)
	two := begin()
	at = at.Add(400 * time.Millisecond)
	three := begin()
	l.end(one, 5, false)
	l.end(two, 5, true)
	l.end(three, 0, false)
	at = at.Add(5 * time.Second)
	begin()
	if err := l.keep(context.Background(), false); err != nil {
		t.Fatal(err)
	}
	if len(saved) != 1 {
		t.Fatalf("saved %v", saved)
	}
	if h := saved[0]; h.Rate != 3 || h.AtOnce != 3 || h.Requests["GET"] != 11 || h.Bytes != 20 || h.Failed != 1 {
		t.Errorf("%+v", h)
	}
}

// What cannot be accounted for is not sent.
func TestLedgerComesFirst(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer server.Close()
	full := errors.New("disk full")
	l := newLedger(nil, func(context.Context, []frontier.Host) error { return full })
	client := http.Client{Transport: l.over(http.DefaultTransport)}
	if _, err := client.Get(server.URL); !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
	if asked != 0 {
		t.Error("a request went out that no ledger knows")
	}
}

func TestLedgerAtOnce(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "0123456789") }))
	defer server.Close()
	l := newLedger(nil, func(context.Context, []frontier.Host) error { return nil })
	client := http.Client{Transport: l.over(http.DefaultTransport)}
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			res, err := client.Get(server.URL)
			if err != nil {
				t.Error(err)
				return
			}
			buf := make([]byte, 100)
			for err == nil {
				_, err = res.Body.Read(buf)
			}
			res.Body.Close()
			res.Body.Close()
		})
	}
	wg.Wait()
	for _, a := range l.hosts {
		if a.busy != 0 || a.Bytes != 500 || a.Requests["GET"] != 50 || a.AtOnce < 1 {
			t.Errorf("%+v", *a)
		}
	}
}
