package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"filon/crawler/session/vault"
)

// glass is a window that a person closes after some looks.
type glass struct {
	looks int
	gone  chan struct{}
}

func (g *glass) Cookies(context.Context) ([]*http.Cookie, error) {
	g.looks++
	switch {
	case g.looks == 4:
		close(g.gone)
		return nil, errors.New("the window is closed")
	case g.looks < 3:
		return nil, nil
	}
	return []*http.Cookie{{Name: "seat", Value: "Saule-3310", Domain: "intranet.example.fr"}}, nil
}

func (g *glass) Gone() <-chan struct{} { return g.gone }

func TestAClosedWindowLeavesItsLastCookies(t *testing.T) {
	got := gather(t.Context(), &glass{gone: make(chan struct{})}, time.Millisecond)
	if len(got) != 1 || got[0].Name != "seat" {
		t.Errorf("%v", got)
	}
	brief, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if got := gather(brief, &glass{gone: make(chan struct{}), looks: 10}, time.Millisecond); len(got) != 1 {
		t.Errorf("a window that stays open: %v", got)
	}
}

func TestOnlyDeclaredHostsKeepCookies(t *testing.T) {
	declared := []string{"https://intranet.example.fr/accueil", "https://sso.example.fr:8443"}
	for _, c := range []struct {
		domain string
		kept   bool
	}{
		{"intranet.example.fr", true}, {"sso.example.fr", true}, {".example.fr", true}, {".intranet.example.fr", true}, {"INTRANET.example.fr", true},
		{"example.fr", false}, {"login.microsoftonline.com", false}, {"evil-intranet.example.fr", false}, {".fr.evil.com", false}, {"", false},
	} {
		if got := len(declaredOnly([]*http.Cookie{{Name: "a", Domain: c.domain}}, declared)) == 1; got != c.kept {
			t.Errorf("%q kept: %v", c.domain, got)
		}
	}
}

// A sign-in made by hand opens the crawl, is renewed by what the server sets, never lies on the disk in clear,
// and when it ends one line says what to do.
func TestASignInByHand(t *testing.T) {
	var mu sync.Mutex
	seat := "Saule-3310"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		if c, err := r.Cookie("seat"); err != nil || c.Value != seat && c.Value != "Saule-renewed" || seat == "" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "seat", Value: "Saule-renewed", Path: "/", MaxAge: 3 * 86400})
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, `<html lang="fr"><title>Le journal</title><main><h1>Le journal</h1><p>`+strings.Repeat("L'équipe de nuit a fêté ses dix ans sans accident. ", 12)+`</p></main>`)
	}))
	defer server.Close()
	dir, own := t.TempDir(), t.TempDir()
	for _, name := range []string{"XDG_CONFIG_HOME", "HOME", "AppData"} { // where the three systems keep what is one's own
		t.Setenv(name, own)
	}
	config := filepath.Join(dir, "filon.yaml")
	text := "data: kept\nsources:\n  - name: journal\n    seeds: [" + server.URL + "/]\n    visibility: intranet\n    auth: {kind: browser}\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	refused := func(args ...string) string {
		t.Helper()
		var errs bytes.Buffer
		cmd := exec.CommandContext(t.Context(), "filon", append([]string{"--lang", "fr"}, args...)...)
		cmd.Stderr = &errs
		if err := cmd.Run(); err == nil {
			t.Errorf("filon %v: no error", args)
		}
		return errs.String()
	}
	if says := refused("crawl", "--config", config); !strings.Contains(says, "filon login") {
		t.Errorf("before anybody has signed in: %s", says)
	}
	if says := filonDoes(t, "login", "--config", config); !strings.Contains(says, "personne ne s'est encore connecté") {
		t.Errorf("the list: %s", says)
	}

	userConfig, err := os.UserConfigDir()
	if err != nil {
		t.Fatal(err)
	}
	safe := vault.Vault{Folder: filepath.Join(dir, "kept", "sign-ins"), KeyFile: filepath.Join(userConfig, "filon", "key")}
	cookie := &http.Cookie{Name: "seat", Value: seat, Domain: "127.0.0.1", Path: "/", Expires: time.Now().Add(20 * time.Hour)}
	if err := safe.Keep(vault.Kept{Source: "journal", At: time.Now(), Cookies: []*http.Cookie{cookie}}); err != nil {
		t.Fatal(err)
	}
	if says := filonDoes(t, "crawl", "--config", config); !strings.Contains(says, "complet") || !strings.Contains(says, "1 contenu") {
		t.Errorf("signed in: %s", says)
	}
	kept, err := safe.Open("journal")
	if err != nil || len(kept.Cookies) != 1 || kept.Cookies[0].Value != "Saule-renewed" || time.Until(kept.Cookies[0].Expires) < 48*time.Hour {
		t.Errorf("the renewed cookie is not kept: %v %v", len(kept.Cookies), err)
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte("Saule-")) {
			t.Errorf("%s holds the cookie in clear", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}

	mu.Lock()
	seat = ""
	mu.Unlock()
	if says := refused("crawl", "--config", config); !strings.Contains(says, "filon login") || strings.Contains(says, "Saule") {
		t.Errorf("when it has ended: %s", says)
	}
	if says := filonDoes(t, "search", "--data", filepath.Join(dir, "kept")); !strings.Contains(says, "Le journal") {
		t.Errorf("the item is lost: %s", says)
	}
	if says := filonDoes(t, "login", "journal", "--forget", "--config", config); !strings.Contains(says, "oubliée") {
		t.Errorf("forgotten: %s", says)
	}
	if says := refused("login", "nulle-part", "--config", config); !strings.Contains(says, "source inconnue") {
		t.Errorf("an unknown source: %s", says)
	}
}
