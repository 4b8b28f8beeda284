package main

import (
	"encoding/csv"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// The stories run filon itself: the test binary calls main when it is started under that name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"filon": main, pageServer: servePages, plainPageServer: servePages})
}

func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Values[wrongWords{}] = &atomic.Int32{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  exits,
			"serve":  serve,
			"closed": closed,
			"source": source, "sources": sources, "fill": fillSheet,
			"again":  again,
			"await":  await,
			"diary":  diary,
			"closet": closet, "attempts": attempts,
			"links": links,

			"retouch": retouch,
			"lonely":  lonely,
			"edit":    edit,
			"hook":    hook,
			"append":  appendTo,
			"part":    part,
			"write":   writeLines,
		},
	})
}

// exits CODE COMMAND ARGS… runs a command and checks its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// serve http|https DIR serves a folder on loopback until the story ends, as $URL and $ADDR; the
// certificate of https is in $CERT. /forbidden answers 403, /private asks for Basic, /busy is 503,
// /loop leads to itself, /never does not answer and leaves a file named asked.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: serve http|https DIR")
	}
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(ts.MkAbs(args[1]))))
	mux.HandleFunc("/forbidden", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusForbidden) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/never", func(w http.ResponseWriter, r *http.Request) {
		ts.Check(os.WriteFile(ts.MkAbs("asked"), nil, 0o600))
		<-r.Context().Done()
	})
	mux.HandleFunc("/busy", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	mux.HandleFunc("/private", func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "reader" || password != "right" {
			w.Header().Set("WWW-Authenticate", `Basic realm="intranet"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte(`<title>In</title><p>Signed in. <a href="/private/news">News</a></p>`))
	})
	server := httptest.NewUnstartedServer(mux)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes that fail are what the stories are about
	if args[0] == "https" {
		server.StartTLS()
		cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
		ts.Check(os.WriteFile(ts.MkAbs("cert.pem"), cert, 0o600))
		ts.Setenv("CERT", ts.MkAbs("cert.pem"))
	} else {
		server.Start()
	}
	ts.Defer(server.Close)
	ts.Setenv("URL", server.URL)
	ts.Setenv("ADDR", server.Listener.Addr().String())
}

// closed finds a port of loopback on which nothing listens: $ADDR.
func closed(ts *testscript.TestScript, neg bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv("ADDR", l.Addr().String())
	ts.Check(l.Close())
}

// source FILE SEED writes a configuration with one source named private, which signs in.
func source(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: source FILE SEED")
	}
	text := "sources:\n  - name: private\n    seeds: [" + args[1] + "]\n    auth: {kind: basic, user: reader, password: {env: FILON_PASSWORD}}\n"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// sources FILE NAME SEED… writes a configuration with these sources, and nothing else said of them.
func sources(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || len(args)%2 == 0 {
		ts.Fatalf("usage: sources FILE NAME SEED…")
	}
	text := "sources:\n"
	for i := 1; i < len(args); i += 2 {
		text += "  - name: " + args[i] + "\n    seeds: [" + args[i+1] + "]\n"
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// again COMMAND runs filon COMMAND on the second line of what was printed last, the address that filon show gives, and on
// the id behind it.
func again(ts *testscript.TestScript, neg bool, args []string) {
	lines := strings.SplitN(ts.ReadFile("stdout"), "\n", 3)
	if neg || len(args) != 1 || len(lines) < 2 {
		ts.Fatalf("usage: again COMMAND, after filon show")
	}
	shown := lines[1]
	if args[0] != "show" {
		shown = lines[0]
	}
	_, id, found := strings.Cut(shown, "#")
	if !found {
		ts.Fatalf("%q holds no id", shown)
	}
	for _, name := range []string{shown, id} {
		ts.Check(ts.Exec("filon", args[0], name, "--lang", "en"))
		if !strings.Contains(ts.ReadFile("stdout"), shown) {
			ts.Fatalf("filon %s %s does not show %s", args[0], name, shown)
		}
	}
}

// fill FILE writes needs_approval into the column human_verdict of the first line of a sheet.
func fillSheet(ts *testscript.TestScript, neg bool, args []string) {
	lines := strings.Split(ts.ReadFile(args[0]), "\n")
	at := columnNamed(strings.Split(strings.TrimSpace(lines[0]), ","), "human_verdict")
	rows, err := readGrid([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	if at < 0 || len(rows) < 2 {
		ts.Fatalf("%s is no sheet", args[0])
	}
	rows[1].cells[at] = "needs_approval"
	var b strings.Builder
	w := csv.NewWriter(&b)
	for _, row := range rows {
		ts.Check(w.Write(row.cells))
	}
	w.Flush()
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o600))
}

// await FILE waits until a file is there.
func await(ts *testscript.TestScript, neg bool, args []string) {
	for range 500 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s did not come", args[0])
}

// diary serves a site with a calendar of twenty years in which nothing happens, as $URL, and writes
// filon.yaml that lets it in.
func diary(ts *testscript.TestScript, neg bool, args []string) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		var year, month int
		if n, _ := fmt.Sscanf(r.URL.Path, "/agenda/%d/%d", &year, &month); n == 2 && year < 2040 {
			fmt.Fprintf(w, `<html lang="fr"><title>Agenda</title><main><h1>Agenda</h1><p>Aucun rendez-vous au mois %d de cette année-là : l'atelier est fermé.</p>
				<p><a href="/agenda/%d/%d">mois suivant</a> <a href="/agenda/%d/%d">an prochain</a></p></main>`, month, year+month/12, month%12+1, year+1, month)
			return
		}
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, `<html lang="fr"><title>Accueil</title><main><h1>Accueil</h1><p>La maison répare des bicyclettes depuis 1952.</p>`)
		for month := range 100 {
			fmt.Fprintf(w, `<p><a href="/agenda/%d/%d">agenda</a></p>`, 2026+month/12, month%12+1)
		}
	}))
	ts.Defer(server.Close)
	ts.Setenv("URL", server.URL)
	text := "sources:\n  - name: atelier\n    seeds: [" + server.URL + "/]\n    traps: {allow: ['/agenda/*']}\n"
	ts.Check(os.WriteFile(ts.MkAbs("filon.yaml"), []byte(text), 0o600))
}

// links puts into the folder partage a loop of links and a link that leads out of it.
func links(ts *testscript.TestScript, neg bool, args []string) {
	for link, to := range map[string]string{"partage/Ateliers/boucle": "..", "partage/dehors.txt": "../dehors.txt"} {
		ts.Check(os.Symlink(to, ts.MkAbs(link)))
	}
}

// retouch FILE gives a file another date and leaves what it says.
func retouch(ts *testscript.TestScript, neg bool, args []string) {
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	ts.Check(os.Chtimes(ts.MkAbs(args[0]), at, at))
}

// lonely leaves on the PATH nothing but filon.
func lonely(ts *testscript.TestScript, neg bool, args []string) {
	first, _, _ := strings.Cut(ts.Getenv("PATH"), string(os.PathListSeparator))
	ts.Setenv("PATH", first)
}

// edit FILE FROM puts what FROM says into FILE, a minute later than it was last written.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	at := time.Now()
	if info, err := os.Stat(ts.MkAbs(args[0])); err == nil {
		at = info.ModTime().Add(time.Minute)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(ts.ReadFile(args[1])), 0o600))
	ts.Check(os.Chtimes(ts.MkAbs(args[0]), at, at))
}

// hook takes webhooks at $HOOK and adds their bodies to the file got, one a line; while there is a file
// named asleep it answers 503.
func hook(ts *testscript.TestScript, neg bool, args []string) {
	got, asleep := ts.MkAbs("got"), ts.MkAbs("asleep")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := os.Stat(asleep); err == nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		body, _ := io.ReadAll(r.Body)
		f, err := os.OpenFile(got, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		defer f.Close()
		f.Write(append(body, '\n'))
	}))
	ts.Defer(server.Close)
	ts.Setenv("HOOK", server.URL+"/services/T0/Zq8secret")
}

// append FILE FROM adds what FROM says to FILE.
func appendTo(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(ts.ReadFile(args[0])+ts.ReadFile(args[1])), 0o600))
}

// write FILE LINE… writes a file of these lines.
func writeLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: write FILE LINE…")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(args[1:], "\n")+"\n"), 0o600))
}

// part DIR SEED makes a folder with a configuration that visits one page only and tells $HOOK.
func part(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(os.MkdirAll(ts.MkAbs(args[0]), 0o700))
	text := "sources:\n  - name: part\n    seeds: [" + args[1] + "]\n    max-pages: 1\ndigest: {webhooks: [{kind: json, url: {env: HOOK}}]}\n"
	ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), "filon.yaml"), []byte(text), 0o600))
}
