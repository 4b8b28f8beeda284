package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"filon/index"
)

// The secrets of TestNoSecretIsKept, each with a sign that an address or JSON writes differently.
const (
	formPassword   = "Tilleul+4471/ä"
	formToken      = "jeton-Frene-8820=="
	formSeat       = "place-Orme-5513=="
	basicPassword  = "Charme&2296é"
	bearerToken    = "Hetre.9034.signature"
	headerKey      = "Noisetier-6158"
	cookieSeat     = "place-Aulne-7742"
	wrongPassword  = "Sureau+3387?"
	refusedByProxy = "Bouleau-1925"
)

var everySecret = []string{formPassword, formToken, formSeat, basicPassword, bearerToken, headerKey, cookieSeat, wrongPassword, refusedByProxy}

// guarded serves four pages to whom enters lets in; the refusal repeats what it was shown, as careless servers do.
func guarded(t *testing.T, enters func(http.ResponseWriter, *http.Request) bool) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		if !enters(w, r) {
			return
		}
		switch r.URL.Path {
		case "/", "/un", "/deux":
			fmt.Fprintf(w, `<html lang="fr"><title>Le verger %s</title><main><h1>Le verger %s</h1><p>%s</p><a href="/un">Un</a> <a href="/deux">Deux</a> <a href="/panne">Panne</a> <a href="/interdit">Interdit</a> <a href="/sortir">Se déconnecter</a></main>`,
				r.URL.Path, r.URL.Path, strings.Repeat("Les pommiers de la rue "+r.URL.Path+" ont fleuri. ", 15))
		case "/interdit":
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprintf(w, "<html><title>Interdit à %s %s</title><body>%s %s</body></html>", r.Header.Get("Cookie"), r.Header.Get("Authorization"), r.Header.Get("Cookie"), r.Header.Get("Authorization"))
		case "/panne":
			w.WriteHeader(http.StatusBadRequest) // a 5xx would be asked again, which takes time
			fmt.Fprintf(w, "<html><body>%s %s %s</body></html>", r.Header.Get("Cookie"), r.Header.Get("Authorization"), r.Header.Get("X-Key"))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func refuse(w http.ResponseWriter, r *http.Request, offers string) bool {
	if offers != "" {
		w.Header().Set("WWW-Authenticate", offers)
	}
	w.WriteHeader(http.StatusUnauthorized)
	fmt.Fprintf(w, "<html><title>%s</title><body>%s</body></html>", r.Header.Get("Authorization"), r.Header.Get("Cookie"))
	return false
}

// asksByForm lets in who has sent the form with its token and the password.
func asksByForm(password string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPost && r.FormValue("pass") == password && r.FormValue("csrf") == formToken {
			http.SetCookie(w, &http.Cookie{Name: "seat", Value: formSeat, Path: "/"})
			http.Redirect(w, r, "/", http.StatusFound)
			return false
		}
		if c, err := r.Cookie("seat"); err == nil && c.Value == formSeat {
			return true
		}
		fmt.Fprintf(w, `<html lang="fr"><title>Connexion</title><body><h1>Connexion</h1><p>Compte ou mot de passe inconnu : %s</p><form method="post" action="/entrer"><input type="hidden" name="csrf" value="%s"><input name="user"><input type="password" name="pass"></form></body></html>`,
			r.FormValue("pass"), formToken)
		return false
	}
}

// spellings are the ways in which a secret may have been written down.
func spellings(secret string) []string {
	quoted, _ := json.Marshal(secret)
	all := []string{secret, url.QueryEscape(secret), url.PathEscape(secret), strings.Trim(string(quoted), `"`), hex.EncodeToString([]byte(secret)),
		strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(secret)), "=")}
	for _, user := range []string{"reader", "lecteur"} {
		all = append(all, strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(user+":"+secret)), "="))
	}
	return all
}

// TestNoSecretIsKept signs in to sites in every way that has a secret of its own, also with a wrong one, and looks
// for each secret in whatever filon prints, exports, logs and keeps, the inflated items included.
func TestNoSecretIsKept(t *testing.T) {
	dir := t.TempDir()
	cookies := filepath.Join(dir, "cookies.txt")
	keyFile := filepath.Join(dir, "key.secret")
	header := func(name, value string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			return r.Header.Get(name) == value || refuse(w, r, "Bearer")
		}
	}
	sites := map[string]string{
		"form": guarded(t, asksByForm(formPassword)),
		"basic": guarded(t, func(w http.ResponseWriter, r *http.Request) bool {
			_, password, _ := r.BasicAuth()
			return password == basicPassword || refuse(w, r, `Basic realm="verger"`)
		}),
		"bearer": guarded(t, header("Authorization", "Bearer "+bearerToken)),
		"key":    guarded(t, header("X-Key", headerKey)),
		"seat": guarded(t, func(w http.ResponseWriter, r *http.Request) bool {
			c, err := r.Cookie("place")
			return err == nil && c.Value == cookieSeat || refuse(w, r, "")
		}),
		"wrongform": guarded(t, asksByForm("another")),
		"wrong":     guarded(t, func(w http.ResponseWriter, r *http.Request) bool { return refuse(w, r, `Basic realm="verger"`) }),
		"proxied":   guarded(t, func(http.ResponseWriter, *http.Request) bool { return true }),
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(cookies, "# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tplace\t"+cookieSeat+"\n")
	write(keyFile, headerKey+"\n")
	t.Setenv("FILON_FORM", formPassword)
	t.Setenv("FILON_BASIC", basicPassword)
	t.Setenv("FILON_BEARER", bearerToken)
	t.Setenv("FILON_WRONG", wrongPassword)
	t.Setenv("FILON_PROXY", refusedByProxy)
	text := "sources:\n"
	for _, s := range [][2]string{
		{"form", "auth: {kind: form, user: reader, password: {env: FILON_FORM}}"},
		{"basic", "auth: {user: lecteur, password: {env: FILON_BASIC}}"},
		{"bearer", "auth: {bearer: {env: FILON_BEARER}}"},
		{"key", "auth: {headers: {X-Key: {file: key.secret}}}"},
		{"seat", "auth: {cookies: {file: cookies.txt}}"},
		{"wrongform", "auth: {kind: form, user: reader, password: {env: FILON_WRONG}}"},
		{"wrong", "auth: {user: lecteur, password: {env: FILON_WRONG}}"},
	} {
		text += "  - name: " + s[0] + "\n    seeds: [" + sites[s[0]] + "/]\n    visibility: intranet\n    delay: 1ms\n    " + s[1] + "\n"
	}
	config, data := filepath.Join(dir, "filon.yaml"), filepath.Join(dir, "kept")
	write(config, "data: kept\n"+text)
	proxied := filepath.Join(dir, "proxied.yaml")
	write(proxied, "sources:\n  - name: proxied\n    seeds: ["+sites["proxied"]+"/]\n    proxy: {url: \"http://127.0.0.1:9\", user: lecteur, password: {env: FILON_PROXY}}\n")

	places := map[string]string{}
	does := func(args ...string) string {
		t.Helper()
		out, err := exec.CommandContext(t.Context(), "filon", args...).CombinedOutput()
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			t.Fatalf("filon %v: %v", args, err)
		}
		places["filon "+strings.Join(args, " ")] = string(out)
		return string(out)
	}
	if crawled := does("crawl", "--config", config); !strings.Contains(crawled, "PARTIAL") && !strings.Contains(crawled, "PARTIEL") {
		t.Errorf("the wrong passwords are not said: %s", crawled)
	}
	does("nightly", "--config", config)
	does("doctor", "--config", config)
	does("inspect", sites["proxied"]+"/", "--config", proxied)
	for _, where := range []string{"/un", "/interdit", "/panne"} {
		does("explain", sites["form"]+where, "--data", data)
	}
	does("show", sites["basic"]+"/un", "--data", data)
	does("inspect", sites["form"]+"/interdit", "--config", config)
	does("inspect", sites["wrong"]+"/", "--config", config)
	does("search", "--data", data, "--format", "json", "--limit", "500", "--facets")
	does("export", "--data", data, "--format", "jsonl")
	does("export", "--data", data, "--columns", "full", "--authors")
	does("runs", "--data", data)
	does("passport", "1", "--data", data)

	s, err := openStock(t.Context(), data, reading)
	if err != nil {
		t.Fatal(err)
	}
	items := map[string]int{}
	err = s.index.Each(t.Context(), index.Query{}, func(rec index.Record) error {
		items[rec.Item.Source]++
		whole, err := json.Marshal(rec)
		places["the record of "+rec.Item.Address] = string(whole)
		return err
	})
	s.Close()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"form", "basic", "bearer", "key", "seat"} {
		if items[name] != 3 {
			t.Errorf("%d pages of %s are kept, want 3: a secret that was not used cannot leak", items[name], name)
		}
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == cookies || path == keyFile {
			return err
		}
		b, err := os.ReadFile(path)
		places[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains([]byte(places[filepath.Join(data, "filon.db")]), []byte("/interdit")) {
		t.Error("the addresses are not found in the database: this search would find no secret either")
	}
	for _, secret := range everySecret {
		for _, spelled := range spellings(secret) {
			for name, text := range places {
				if strings.Contains(text, spelled) {
					t.Errorf("%s holds a secret: %s", name, spelled)
				}
			}
		}
	}
	t.Logf("%d secrets, %d places", len(everySecret), len(places))
}
