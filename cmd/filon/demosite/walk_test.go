package demosite

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

func serve(t *testing.T) *Sites {
	t.Helper()
	s, err := Serve(context.Background(), testDay)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// get follows no redirect and signs in on the intranet.
func get(t *testing.T, s *Sites, address string) (status int, header http.Header, body []byte) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(address, s.Intranet) {
		r.SetBasicAuth(s.User, s.Password)
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err = io.ReadAll(resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, body
}

// walk visits every address of both sites that a link leads to, but for the endless agenda, and gives
// the status and body of each.
func walk(t *testing.T, s *Sites) (status map[string]int, bodies map[string][]byte) {
	status, bodies = map[string]int{}, map[string][]byte{}
	queue := []string{s.Public, s.Intranet}
	drawn := 0
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if _, seen := status[at]; seen {
			continue
		}
		code, header, body := get(t, s, at)
		status[at], bodies[at] = code, body
		base, err := url.Parse(at)
		if err != nil {
			t.Fatal(err)
		}
		var refs []string
		if loc := header.Get("Location"); loc != "" {
			refs = append(refs, loc)
		}
		if strings.HasPrefix(header.Get("Content-Type"), "text/html") && !strings.Contains(at, "/agenda/") {
			refs = append(refs, references(t, body, header.Get("Content-Type"))...)
		}
		for _, ref := range refs {
			u, err := base.Parse(ref)
			if err != nil {
				t.Errorf("%s: link %q: %v", at, ref, err)
				continue
			}
			u.Fragment = ""
			next := u.String()
			if strings.HasPrefix(u.Path, "/images/") {
				if drawn++; drawn > 20 { // the others are drawn by the same lines
					continue
				}
			}
			if strings.HasPrefix(next, s.Public) || strings.HasPrefix(next, s.Intranet) {
				queue = append(queue, next)
			}
		}
	}
	return status, bodies
}

// references are the addresses that a page asks for, links to or sends a form to.
func references(t *testing.T, body []byte, contentType string) []string {
	t.Helper()
	r, err := charset.NewReader(bytes.NewReader(body), contentType)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	z := html.NewTokenizer(r)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return list
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range z.Token().Attr {
				if a.Key == "href" || a.Key == "src" || a.Key == "action" {
					list = append(list, a.Val)
				}
			}
		}
	}
}

// words are the text of a page, or of every part of an Office file; other files give their bytes.
func words(t *testing.T, body []byte) string {
	t.Helper()
	if !bytes.HasPrefix(body, []byte("PK")) {
		if r, err := charset.NewReader(bytes.NewReader(body), "text/html"); err == nil && bytes.HasPrefix(body, []byte("<!DOCTYPE")) {
			body, _ = io.ReadAll(r)
			return html.UnescapeString(string(body))
		}
		return string(body)
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(part)
	}
	return all.String()
}

func (s *Sites) at(on, path string) string {
	base := s.Public
	if on == "intranet" {
		base = s.Intranet
	}
	return strings.TrimSuffix(base, "/") + path
}
