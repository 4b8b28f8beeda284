package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"filon/crawler/content"
)

func selfCommand(t testing.TB, mode string) []string {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return []string{exe, mode}
}

var someDOCX = func(t testing.TB) Input {
	return Input{Address: "https://x.example/note.docx", Body: docx(t, `<w:p><w:r><w:t>bonjour tout le monde</w:t></w:r></w:p>`), Access: content.Access{Visibility: content.Intranet}, Source: "intranet", Status: 200, Depth: 3}
}

func TestChildReadsMany(t *testing.T) {
	r := reader(t, Options{Children: 2})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5 {
				item := r.Read(context.Background(), someDOCX(t))
				if item.Text != "bonjour tout le monde" || item.Problem != nil || item.Source != "intranet" || item.Depth != 3 || item.Status != 200 || item.ID != content.ID(item.Address) {
					t.Errorf("item is %+v", item)
				}
			}
		})
	}
	all.Wait()
	running := 0
	for range 2 {
		if c := <-r.slots; c != nil {
			running++
			defer func() { r.slots <- c }()
		} else {
			defer func() { r.slots <- nil }()
		}
	}
	if running == 0 {
		t.Error("no child is kept for the next document")
	}
}

func TestPagesStartNoChild(t *testing.T) {
	r := NewReader(Options{Command: []string{"/nonexistent/filon", "read-documents"}})
	defer r.Close()
	page := r.Read(context.Background(), Input{Address: "https://x.example/", Body: []byte("<!doctype html><title>Accueil</title><p>Bonjour à tous.</p>")})
	text := r.Read(context.Background(), Input{Address: "https://x.example/a.txt", Body: []byte("Bonjour à tous.")})
	if page.Problem != nil || text.Text != "Bonjour à tous." {
		t.Errorf("page %+v, text %+v", page.Problem, text)
	}
	item := r.Read(context.Background(), someDOCX(t))
	if item.Problem == nil || item.Problem.Code != content.Broken || item.Title != "Note" {
		t.Errorf("a document without a child is %+v", item)
	}
}

func TestBadChildren(t *testing.T) {
	for mode, want := range map[string]content.ProblemCode{
		"child-that-hangs": content.TimedOut, "child-that-crashes": content.Broken, "child-without-memory": content.TooLarge, "child-that-babbles": content.Broken,
	} {
		r := reader(t, Options{Command: selfCommand(t, mode), Time: 200 * time.Millisecond})
		begin := time.Now()
		for range 2 { // the second document gets a child of its own
			item := r.Read(context.Background(), someDOCX(t))
			if item.Problem == nil || item.Problem.Code != want || item.Title != "Note" || item.Bytes == 0 {
				t.Errorf("%s: item is %+v, want %s", mode, item, want)
			}
		}
		if took := time.Since(begin); took > 8*time.Second {
			t.Errorf("%s took %v", mode, took)
		}
		if c := <-r.slots; c != nil {
			t.Errorf("%s: the child was kept", mode)
			c.kill()
		}
		r.slots <- nil
	}
}

func TestCanceledReading(t *testing.T) {
	r := reader(t, Options{Command: selfCommand(t, "child-that-hangs"), Time: time.Minute})
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	begin := time.Now()
	item := r.Read(ctx, someDOCX(t))
	if item.Problem == nil || item.Problem.Code != content.TimedOut || time.Since(begin) > 5*time.Second {
		t.Errorf("item is %+v after %v", item.Problem, time.Since(begin))
	}
}

func TestMemoryLimit(t *testing.T) {
	big := docx(t, strings.Repeat(`<w:p><w:r><w:t>`+strings.Repeat("été ", 200)+`</w:t></w:r></w:p>`, 20_000))
	r := reader(t, Options{Memory: 8 << 20, Text: 64 << 20})
	item := r.Read(context.Background(), Input{Address: "https://x.example/big.docx", Body: big})
	if item.Problem == nil || item.Problem.Code != content.TooLarge {
		t.Errorf("problem is %+v, want too_large", item.Problem)
	}
}

func TestBodyInAFile(t *testing.T) {
	path := t.TempDir() + "/body"
	in := someDOCX(t)
	if err := os.WriteFile(path, in.Body, 0o600); err != nil {
		t.Fatal(err)
	}
	size := int64(len(in.Body))
	in.Body, in.Path = nil, path
	item := reader(t, Options{}).Read(context.Background(), in)
	if item.Text != "bonjour tout le monde" || item.Bytes != size {
		t.Errorf("item is %+v", item)
	}
}

// serve runs Serve on what is written to the pipe that it gives.
func serve(t *testing.T) (in io.WriteCloser, out *bytes.Buffer, ended chan error) {
	r, w := io.Pipe()
	out, ended = &bytes.Buffer{}, make(chan error, 1)
	go func() { ended <- Serve(r, out) }()
	t.Cleanup(func() { w.Close() })
	return w, out, ended
}

func ask(t *testing.T, w io.Writer, q request, body []byte) {
	head, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	if err := writeFrame(w, frameRequest, head); err != nil {
		t.Fatal(err)
	}
	if err := writeFrame(w, frameBody, body); err != nil {
		t.Fatal(err)
	}
}

func TestServeEndsWithItsInput(t *testing.T) {
	w, _, ended := serve(t)
	w.Close()
	if err := <-ended; err != nil {
		t.Errorf("Serve gave %v at the end of its input, want nil", err)
	}
}

// stuck gives a server whose documents are never read to their end.
func stuck(t *testing.T) (*server, *bytes.Buffer) {
	forever := make(chan struct{})
	t.Cleanup(func() { close(forever) })
	out := &bytes.Buffer{}
	return &server{out: out, read: func(request) (content.Item, bool) { <-forever; return content.Item{}, false }}, out
}

func TestServeGivesUpInTime(t *testing.T) {
	s, out := stuck(t)
	q := request{Input: Input{Address: "https://x.example/slow.docx"}, MIME: mimeZIP, Time: time.Millisecond}
	if err := s.answer(q, make(chan request)); err == nil {
		t.Error("the server goes on after a document that took too long")
	}
	_, _, _ = readFrame(out, maxReply) // started
	kind, b, err := readFrame(out, maxReply)
	var item content.Item
	if err != nil || kind != frameItem || json.Unmarshal(b, &item) != nil || item.Problem == nil || item.Problem.Code != content.TimedOut {
		t.Errorf("the answer is %c %v %+v, want an item with timed_out", kind, err, item.Problem)
	}
}

func TestServeNoticesThatNobodyWaits(t *testing.T) {
	s, _ := stuck(t)
	requests := make(chan request)
	close(requests)
	begin := time.Now()
	if err := s.answer(request{Time: time.Minute}, requests); err == nil || time.Since(begin) > time.Second {
		t.Errorf("the server ended after %v with %v, want at once and an error", time.Since(begin), err)
	}
}

func TestServeAnswers(t *testing.T) {
	w, out, ended := serve(t)
	in := someDOCX(t)
	ask(t, w, request{Input: Input{Address: in.Address}, MIME: mimeZIP, Time: time.Minute}, in.Body)
	head, err := json.Marshal(request{})
	if err == nil {
		err = writeFrame(w, 'x', head) // taken only once the first document is under way; ends the talk
	}
	w.Close()
	if got := <-ended; err != nil || got != nil && !errors.Is(got, errParentGone) {
		t.Errorf("Serve ended with %v after %v", got, err)
	}
	if kind, _, err := readFrame(out, maxReply); err != nil || kind != frameStarted {
		t.Errorf("the first frame is %c, %v", kind, err)
	}
}

func TestPartialTextWhenTimeIsShort(t *testing.T) {
	d := newDraft(Input{Address: "https://x.example/a.docx"}, 0, time.Now().Add(20*time.Millisecond))
	body := docx(t, strings.Repeat(`<w:p><w:r><w:t>mot</w:t></w:r></w:p>`, 400_000))
	readDocument(Input{Body: body}, mimeZIP, d, nil)
	item := d.finish()
	if item.Text == "" || item.Problem == nil || item.Problem.Code != content.TimedOut {
		t.Errorf("%d bytes of text and problem %+v, want the beginning and timed_out", len(item.Text), item.Problem)
	}
}
