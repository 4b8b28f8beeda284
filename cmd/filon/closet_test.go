package main

import (
	"crypto/md5"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"sync/atomic"

	"github.com/rogpeppe/go-internal/testscript"
)

// wrongWords counts, by story, the requests with a wrong password.
type wrongWords struct{}

// closet PASSWORD serves, as $URL, three pages to the user reader, by Digest (RFC 7616, MD5) or Basic, and
// writes filon.yaml with the password from FILON_PASSWORD.
func closet(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: closet PASSWORD")
	}
	wrong := ts.Value(wrongWords{}).(*atomic.Int32)
	sum := func(s string) string { return fmt.Sprintf("%x", md5.Sum([]byte(s))) }
	param := func(h, name string) string {
		m := regexp.MustCompile(`[ ,]` + name + `="?([^",]*)`).FindStringSubmatch(h)
		if m == nil {
			return ""
		}
		return m[1]
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := r.Header.Get("Authorization")
		want := sum(sum("reader:closet:"+args[0]) + ":n1:" + param(h, "nc") + ":" + param(h, "cnonce") + ":auth:" + sum(r.Method+":"+r.RequestURI))
		if h == "" || param(h, "response") != want {
			if h != "" {
				wrong.Add(1)
			}
			w.Header().Add("WWW-Authenticate", `Digest realm="closet", nonce="n1", qop="auth"`)
			w.Header().Add("WWW-Authenticate", `Basic realm="closet"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		switch r.URL.Path {
		case "/", "/archives/", "/atelier/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<html lang="fr"><title>Le placard %s</title><main><h1>Le placard %s</h1><p>La maison répare des bicyclettes depuis 1952, et garde ici le souvenir de chaque
				atelier, de chaque outil et de chacune de ses machines : %s.</p><p><a href="/archives/">archives</a> <a href="/atelier/">atelier</a></p></main>`, r.URL.Path, r.URL.Path, r.URL.Path)
		default:
			http.NotFound(w, r)
		}
	}))
	ts.Defer(server.Close)
	ts.Setenv("URL", server.URL)
	text := "sources:\n  - name: closet\n    seeds: [" + server.URL + "/]\n    visibility: intranet\n    auth: {user: reader, password: {env: FILON_PASSWORD}}\n"
	ts.Check(os.WriteFile(ts.MkAbs("filon.yaml"), []byte(text), 0o600))
}

// attempts N checks how many requests of the story had a wrong password.
func attempts(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := ts.Value(wrongWords{}).(*atomic.Int32).Load(); int(got) != want {
		ts.Fatalf("%d attempts with a wrong password, want %d", got, want)
	}
}
