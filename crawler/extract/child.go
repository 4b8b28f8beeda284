package extract

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"filon/crawler/content"
)

// Reader and Serve speak in frames over two pipes, one document at a time:
//
//	Reader ──▶ 'r' request (JSON), 'b' body ──▶ Serve
//	Reader ◀── 's' started … 'i' or 'o' item (JSON) ◀── Serve
//
// A frame is one byte of kind, four bytes of length (big endian) and that many bytes.
const (
	frameRequest = 'r'
	frameBody    = 'b'
	frameStarted = 's' // the engine is ready: the document's own time begins
	frameItem    = 'i'
	frameScan    = 'o' // an item that shows text as pictures which were not read

	maxBody  = 512 << 20
	maxReply = 64 << 20

	idleMemory = 48 << 20 // bytes that a child may hold between two documents
)

// request is what the child needs to know to read one document.
type request struct {
	Input  Input         `json:"input"` // without Body, which follows as a frame of its own unless Path is given
	MIME   string        `json:"mime"`  // as sniffed by the parent
	Time   time.Duration `json:"time"`
	Memory int64         `json:"memory"`
	Text   int64         `json:"text"`
	Cache  string        `json:"cache"`
	OCR    *OCR          `json:"ocr,omitempty"` // reads pictures of text; nil leaves them unread
	Pages  int           `json:"pages"`         // of them, at most
}

func writeFrame(w io.Writer, kind byte, b []byte) error {
	var head [5]byte
	head[0] = kind
	binary.BigEndian.PutUint32(head[1:], uint32(len(b)))
	if _, err := w.Write(head[:]); err != nil {
		return err
	}
	_, err := w.Write(b)
	return err
}

func readFrame(r io.Reader, limit int) (kind byte, b []byte, err error) {
	var head [5]byte
	if _, err = io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.BigEndian.Uint32(head[1:])
	if int64(n) > int64(limit) {
		return 0, nil, errors.New("frame too long")
	}
	b = make([]byte, n)
	_, err = io.ReadFull(r, b)
	return head[0], b, err
}

// Serve is the child's side of a Reader: it reads documents from in and answers on out until in ends.
// It returns nil when in ends between two documents, and an error when it had to give up a document
// that took too much time or memory; the process must then exit at once, because that document is
// still being read behind it.
func Serve(in io.Reader, out io.Writer) error {
	requests := make(chan request)
	stop := make(chan struct{})
	defer close(stop)
	go receive(in, requests, stop)
	s := &server{out: out}
	s.read = s.readOne
	for q := range requests {
		if err := s.answer(q, requests); err != nil {
			return err
		}
		if memoryInUse() > idleMemory {
			debug.FreeOSMemory() // the next document may be long in coming
		}
	}
	return nil
}

// receive reads one request ahead, so that the end of the parent is noticed while a document is read.
func receive(in io.Reader, requests chan<- request, stop <-chan struct{}) {
	defer close(requests)
	for {
		kind, b, err := readFrame(in, maxReply)
		if err != nil || kind != frameRequest {
			return
		}
		var q request
		if json.Unmarshal(b, &q) != nil {
			return
		}
		if q.Input.Path == "" {
			if kind, q.Input.Body, err = readFrame(in, maxBody); err != nil || kind != frameBody {
				return
			}
		}
		select {
		case requests <- q:
		case <-stop:
			return
		}
	}
}

type server struct {
	out     io.Writer
	read    func(request) (item content.Item, scan bool)
	engine  pdfEngine
	limited bool
}

var errParentGone = errors.New("read documents: nobody waits for the answer")

// answer reads one document in a goroutine of its own, so that limits can be kept from here.
func (s *server) answer(q request, requests <-chan request) error {
	if !s.limited && q.Memory > 0 {
		s.limited = true
		debug.SetMemoryLimit(q.Memory * 3 / 4)
		limitMemory(q.Memory)
	}
	if q.MIME == mimePDF && s.engine.pool == nil {
		if err := s.engine.start(q.Cache, q.Memory*3/4); err != nil {
			return fmt.Errorf("start the PDF engine: %w", err)
		}
		debug.FreeOSMemory() // what compiling took is not the document's
	}
	if err := writeFrame(s.out, frameStarted, nil); err != nil {
		return err
	}
	type result struct {
		content.Item
		scan bool
	}
	done := make(chan result, 1)
	go func() {
		item, scan := s.read(q)
		done <- result{item, scan}
	}()
	clock := time.NewTimer(q.Time)
	defer clock.Stop()
	watch := time.NewTicker(10 * time.Millisecond)
	defer watch.Stop()
	for {
		select {
		case r := <-done:
			return s.reply(r.Item, r.scan)
		case _, open := <-requests:
			if !open {
				return errParentGone
			}
			return errors.New("read documents: a second request before the first was answered")
		case <-clock.C:
			return errors.Join(s.giveUp(q, content.TimedOut, "took too long to read"), errDeadline)
		case <-watch.C:
			if q.Memory > 0 && memoryInUse() > q.Memory {
				return errors.Join(s.giveUp(q, content.TooLarge, "needed too much memory to read"), errTooLarge)
			}
		}
	}
}

// memoryInUse gives the bytes that the Go runtime holds, the PDF engine's memory included.
func memoryInUse() int64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64() - samples[1].Value.Uint64())
}

func (s *server) giveUp(q request, code content.ProblemCode, detail string) error {
	return s.reply(unread(q.Input, q.MIME, code, detail), false)
}

func (s *server) reply(item content.Item, scan bool) error {
	b, err := json.Marshal(item)
	if err != nil || len(b) > maxReply {
		b, err = json.Marshal(unread(Input{Address: item.Address}, item.MIME, content.TooLarge, "more text than filon keeps"))
	}
	if err != nil {
		return err
	}
	if scan {
		return writeFrame(s.out, frameScan, b)
	}
	return writeFrame(s.out, frameItem, b)
}

// readOne reads one document. Time for the answer is kept back, so that what was read is not lost.
func (s *server) readOne(q request) (item content.Item, scan bool) {
	in := q.Input
	defer func() {
		if recover() != nil {
			item, scan = unread(in, q.MIME, content.Broken, Stopped), false
		}
	}()
	if in.Path != "" {
		body, err := readBody(in.Path)
		if err != nil {
			return unread(in, q.MIME, content.TooLarge, "the fetched file could not be read back"), false
		}
		in.Body = body
	}
	d := newDraft(in, q.Text, time.Now().Add(q.Time*8/10))
	if q.OCR != nil {
		d.ocr = &ocrRun{OCR: *q.OCR, pages: q.Pages, memory: q.Memory}
	}
	readDocument(in, q.MIME, d, &s.engine)
	return d.finish(), d.scan
}

func readBody(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxBody+1))
	if len(b) > maxBody {
		return nil, errTooLarge
	}
	return b, err
}

// Stopped is the detail of a Broken item whose reader crashed on it.
const Stopped = "damaged in a way that stopped the reader"

// unread is the item of a document that could not be read.
func unread(in Input, kind string, code content.ProblemCode, detail string) content.Item {
	item := blank(in)
	item.MIME = kind
	item.Title = humanName(fileName(in.Address))
	item.Problem = &content.Problem{Code: code, Detail: detail}
	return item
}
