package render

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"
)

// A window signs in on the network, and its cookies can be had until it is closed.
func TestWindow(t *testing.T) {
	pages(t, time.Second) // or skip
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			http.SetCookie(w, &http.Cookie{Name: "session", Value: "abc", Path: "/", HttpOnly: true})
			http.SetCookie(w, &http.Cookie{Name: "durable", Value: "d", Path: "/", MaxAge: 3600})
			http.Redirect(w, r, "/accueil", http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<p>Bonjour</p>")
	}))
	defer server.Close()
	folder := t.TempDir()
	w, err := OpenWindow(t.Context(), server.URL+"/", WindowOptions{Folder: folder, unseen: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	at := ""
	for range 50 {
		if at, err = w.Address(t.Context()); err == nil && at == server.URL+"/accueil" {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if at != server.URL+"/accueil" {
		t.Errorf("it stands at %q, %v", at, err)
	}
	cookies, err := w.Cookies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]*http.Cookie{}
	for _, c := range cookies {
		got[c.Name] = c
	}
	if c := got["session"]; c == nil || c.Value != "abc" || !c.HttpOnly || !c.Expires.IsZero() {
		t.Errorf("session cookie %+v", c)
	}
	if c := got["durable"]; c == nil || c.Expires.IsZero() {
		t.Errorf("durable cookie %+v", c)
	}
	select {
	case <-w.Gone():
		t.Error("it is gone before it was closed")
	default:
	}
	w.Close()
	select {
	case <-w.Gone():
	case <-time.After(10 * time.Second):
		t.Error("it is not gone after it was closed")
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("its profile is left: %v, %v", left, err)
	}
}

func TestWindowNeedsAScreen(t *testing.T) {
	pages(t, time.Second) // or skip
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if w, err := OpenWindow(t.Context(), "https://site.example/", WindowOptions{Folder: t.TempDir()}); !errors.Is(err, ErrNoDisplay) {
		if err == nil {
			w.Close()
			t.Skip("this system shows windows without a display")
		}
		t.Errorf("without a screen: %v", err)
	}
}
