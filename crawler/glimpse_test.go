package crawler

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"filon/crawler/content"
)

// box is a box of an MP4.
func box(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(body))), kind...), body...)
}

// TestFilmsAreGlimpsedAt looks into a film of some megabytes on servers that send parts, on one that sends the whole, and on one
// that sends other parts than were asked for: a few kilobytes are read, and what is said is believed only where it was asked for.
func TestFilmsAreGlimpsedAt(t *testing.T) {
	head := make([]byte, 100)
	binary.BigEndian.PutUint32(head[12:], 1000)
	binary.BigEndian.PutUint32(head[16:], 42000)
	title := box("udta", box("\xa9nam", []byte{0, 10, 0, 0}, []byte("La coulée")))
	film := bytes.Join([][]byte{box("ftyp", []byte("isom\x00\x00\x02\x00")), box("mdat", make([]byte, 3<<20)), box("moov", box("mvhd", head), title)}, nil)
	for _, c := range []struct {
		name    string
		serve   http.HandlerFunc
		seconds int
		most    int
	}{
		{"parts", func(w http.ResponseWriter, r *http.Request) {
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(film))
		}, 42, 4},
		{"the whole", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(film)))
			io.Copy(w, bytes.NewReader(film))
		}, 0, 4},
		{"other parts", func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Range") != "" {
				w.Header().Set("Content-Range", fmt.Sprintf("bytes 5-%d/%d", len(film)-1, len(film)))
				w.WriteHeader(http.StatusPartialContent)
			} else {
				w.Header().Set("Content-Length", fmt.Sprint(len(film)))
			}
			w.Write(film[:100])
		}, 0, 4},
	} {
		var mu sync.Mutex
		asked := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/":
				fmt.Fprint(w, page("Films", words("films"), "/coulee.mp4"))
			case "/coulee.mp4":
				mu.Lock()
				asked++
				mu.Unlock()
				w.Header().Set("Content-Type", "video/mp4")
				c.serve(w, r)
			default:
				http.NotFound(w, r)
			}
		}))
		defer server.Close()
		kept := &shelf{items: map[string]content.Item{}}
		crawlVillage(t, t.TempDir(), server.URL, kept, nil)
		item := kept.items[server.URL+"/coulee.mp4"]
		if item.MIME != "video/mp4" || item.Seconds != c.seconds || asked > c.most {
			t.Errorf("%s: %s of %d s after %d questions; want %d s after %d at most", c.name, item.MIME, item.Seconds, asked, c.seconds, c.most)
		}
	}
}

// TestGlimpseIsBounded reads no more parts than it may.
func TestGlimpseIsBounded(t *testing.T) {
	asked := 0
	g := &glimpse{get: func(part validators) (*answer, error) {
		asked++
		return &answer{Status: http.StatusPartialContent, Header: http.Header{"Content-Range": {fmt.Sprintf("bytes %d-%d/*", part.from, part.from+part.first-1)}}, Body: make([]byte, part.first)}, nil
	}}
	n, err := g.ReadAt(make([]byte, 20*glimpseBytes), 5)
	if n != mostGlimpses*glimpseBytes-5 || err == nil || asked != mostGlimpses {
		t.Errorf("read %d bytes in %d questions, %v", n, asked, err)
	}
	if _, err := g.ReadAt(make([]byte, 10), 7); err != nil || asked != mostGlimpses {
		t.Errorf("what is known was asked for again: %v, %d questions", err, asked)
	}
}
