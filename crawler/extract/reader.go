package extract

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"filon/crawler/content"
)

// What Options mean when they are zero.
const (
	defaultTime   = 10 * time.Second
	defaultMemory = 512 << 20
	defaultText   = 4 << 20
	defaultOCR    = 20 // pages
)

// Options says how a Reader reads. The zero value of a field means its default.
type Options struct {
	// Command starts the child process, program first. It must call Serve with its standard input
	// and output, and exit when Serve returns. Without a command documents are Unsupported.
	Command  []string
	Time     time.Duration // for one document; default 10 s
	Memory   int64         // bytes that the child may use; default 512 MB
	Text     int64         // bytes of text kept of one document; default 4 MB
	CacheDir string        // where the compiled PDF engine is kept (about 20 MB); "" compiles it at every start
	Children int           // child processes at once; default 1

	// OCR lets pictures of text be read through a tesseract on this machine, in a child process and with a time of
	// their own, so that they hold up no other document. Where there is none, what shows them is NeedsOCR.
	OCR      bool
	OCRPages int // pages of one document that are read so; default 20

	// LeftOut is told what was left out of each page's main text; nil when nobody asks. It is called by
	// the goroutine that reads.
	LeftOut func([]LeftOut)
}

// Reader reads any fetched body. Pages and plain text are read in this process; PDF, office files,
// messages and pictures in a child process of the same program, which is started with the first of them, serves
// many, and is killed when one takes too much time or memory. Its methods may be called from several
// goroutines.
type Reader struct {
	options Options
	slots   chan *child // one entry for each child that may run; nil while it does not

	ocr    func() (OCR, error) // looked for once, when it is first of use
	scribe chan *child         // the one child that reads pictures of text; nil while it does not run
}

// NewReader prepares a Reader; it starts nothing.
func NewReader(options Options) *Reader {
	if options.Time <= 0 {
		options.Time = defaultTime
	}
	if options.Memory <= 0 {
		options.Memory = defaultMemory
	}
	if options.Text <= 0 {
		options.Text = defaultText
	}
	if options.Children <= 0 {
		options.Children = 1
	}
	if options.OCRPages <= 0 {
		options.OCRPages = defaultOCR
	}
	r := &Reader{options: options, slots: make(chan *child, options.Children), scribe: make(chan *child, 1)}
	r.scribe <- nil
	r.ocr = sync.OnceValues(func() (OCR, error) { return FindOCR(context.Background()) })
	for range options.Children {
		r.slots <- nil
	}
	return r
}

// Close stops the child processes. It waits for documents that are being read; none may be read
// after it.
func (r *Reader) Close() error {
	for range r.options.Children {
		if c := <-r.slots; c != nil {
			c.end()
		}
	}
	if c := <-r.scribe; c != nil {
		c.end()
	}
	return nil
}

// Read gives the item of a fetched body. It never fails: what is wrong is Item.Problem. When ctx ends
// before the item is there, the problem is TimedOut and says nothing about the document.
func (r *Reader) Read(ctx context.Context, in Input) (item content.Item) {
	kind := mimeNone
	defer func() {
		if recover() != nil {
			item = unread(in, kind, content.Broken, Stopped)
		}
	}()
	head, err := firstBytes(in)
	if err != nil {
		return unread(in, kind, content.Broken, "the fetched file could not be read back")
	}
	kind = sniff(head, header(in.Header, "Content-Type"), in.Address)
	if name := ending(in.Address); containers[name] && (kind == mimeText || kind == mimeCSV) && len(head) > 0 {
		return unread(in, officeByName(in.Address, mimeOfName(name)), content.Broken, "its name says "+strings.ToUpper(name)+", but it holds plain text")
	}
	switch readBy(kind, head) {
	case byPage:
		if in.Path != "" {
			if in.Body, err = readBody(in.Path); err != nil {
				return unread(in, kind, content.TooLarge, "larger than filon reads")
			}
			in.Path = ""
		}
		in.leftOut = r.options.LeftOut
		return HTML(in)
	case byText:
		if in.Path != "" {
			if in.Body, err = readBody(in.Path); err != nil {
				return unread(in, kind, content.TooLarge, "larger than filon reads")
			}
		}
		d := newDraft(in, r.options.Text, time.Time{})
		readText(in, kind, d)
		return d.finish()
	case byChild:
		return r.readInChild(ctx, in, kind)
	case byName:
		return readMedia(in, kind)
	}
	if len(head) == 0 {
		return unread(in, kind, content.NoText, "an empty file")
	}
	return unread(in, kind, content.Unsupported, "a format that filon does not read")
}

// containers are the name endings of formats that no plain text is in. Spreadsheets and letters of before
// 2007 are left out: many programs export text and tables under those names.
var containers = wordSet("docx docm dotx pptx pptm ppsx potx xlsx xlsm xltx odt ods odp ott otp ots epub pdf")

func mimeOfName(name string) string {
	if name == "pdf" {
		return mimePDF
	}
	return mimeZIP
}

// The ways to read a body.
const (
	byNobody = iota
	byPage
	byText
	byChild
	byName
)

func readBy(kind string, head []byte) int {
	switch main, _, _ := strings.Cut(kind, "/"); {
	case main == "audio", main == "video", kind == "application/ogg":
		return byName
	case len(head) == 0:
		return byNobody
	case kind == mimeHTML, kind == "application/xhtml+xml":
		return byPage
	case kind == mimeText, kind == mimeMD, kind == mimeCSV, kind == mimeTSV, kind == mimeVTT, kind == mimeSRT:
		return byText
	case kind == mimePDF, kind == mimeZIP, kind == mimeOLE, kind == mimeXLS, kind == mimeRTF, kind == mimeMail, main == "image":
		return byChild
	}
	return byNobody
}

// readDocument reads a document inside the child.
func readDocument(in Input, kind string, d *draft, engine *pdfEngine) {
	switch main, _, _ := strings.Cut(kind, "/"); {
	case kind == mimePDF:
		engine.read(in.Body, d)
	case kind == mimeZIP:
		d.MIME = mimeZIP
		a, err := openArchive(strings.NewReader(string(in.Body)), int64(len(in.Body)), d.deadline)
		if err != nil {
			d.MIME = officeByName(in.Address, mimeZIP)
			d.stop(err)
			return
		}
		readZIP(a, d)
	case kind == mimeOLE:
		readOLE(in.Body, d)
	case kind == mimeXLS:
		readBareXLS(in.Body, d)
	case kind == mimeRTF:
		d.MIME = mimeRTF
		readRTF(in.Body, d)
	case kind == mimeMail:
		readMail(in.Body, d)
	case main == "image":
		readImage(in, kind, d)
	default:
		d.MIME = kind
		d.fail(content.Unsupported, "a format that filon does not read")
	}
}

func firstBytes(in Input) ([]byte, error) {
	if in.Path == "" {
		return in.Body[:min(len(in.Body), 4096)], nil
	}
	f, err := os.Open(in.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, 4096))
}

// readInChild hands a document to a child and waits for the item; what shows pictures of text goes to another one.
func (r *Reader) readInChild(ctx context.Context, in Input, kind string) content.Item {
	if len(r.options.Command) == 0 {
		return unread(in, kind, content.Unsupported, "documents are not read here")
	}
	slim := in
	slim.Header = http.Header{}
	for _, name := range []string{"Content-Type", "Etag", "Last-Modified"} {
		if v := header(in.Header, name); v != "" {
			slim.Header.Set(name, v)
		}
	}
	q := request{Input: slim, MIME: kind, Time: r.options.Time, Memory: r.options.Memory, Text: r.options.Text, Cache: r.options.CacheDir}
	item, scan := r.ask(ctx, r.slots, q)
	if scan {
		item = r.readScan(ctx, q, item)
	}
	// What only the parent may say is not taken from the child.
	known := blank(in)
	item.ID, item.Address, item.Root, item.Source, item.Access = known.ID, known.Address, known.Root, known.Source, known.Access
	item.Status, item.FetchedAt, item.Depth, item.ETag, item.LastModified = known.Status, known.FetchedAt, known.Depth, known.ETag, known.LastModified
	if in.Path == "" {
		item.Bytes = known.Bytes
	} else if info, err := os.Stat(in.Path); err == nil {
		item.Bytes = info.Size()
	}
	return item
}

// ask takes a child of slots, starts it if need be, and lets it read one document.
func (r *Reader) ask(ctx context.Context, slots chan *child, q request) (item content.Item, scan bool) {
	var c *child
	select {
	case c = <-slots:
	case <-ctx.Done():
		return unread(q.Input, q.MIME, content.TimedOut, "reading was stopped"), false
	}
	defer func() { slots <- c }()
	if c == nil {
		started, err := startChild(r.options)
		if err != nil {
			return unread(q.Input, q.MIME, content.Broken, "the process that reads documents did not start"), false
		}
		c = started
	}
	item, scan, problem := c.read(ctx, q)
	if problem != nil {
		c.kill()
		c = nil
		return unread(q.Input, q.MIME, problem.Code, problem.Detail), false
	}
	if c.gaveUp(item) || c.served >= recycleAfter {
		c.end()
		c = nil
	}
	return item, scan
}

// readScan reads the pictures of text of a document that was read before, when that is allowed and possible. It
// gives the first reading, and why, when it comes to nothing.
func (r *Reader) readScan(ctx context.Context, q request, first content.Item) content.Item {
	because := func(why string) content.Item {
		if p := first.Problem; p != nil && p.Code == content.NeedsOCR {
			first.Problem = &content.Problem{Code: p.Code, Detail: p.Detail + why}
		}
		return first
	}
	if !r.options.OCR || q.Input.NoOCR {
		return because(" (ocr: never)")
	}
	found, err := r.ocr()
	if errors.Is(err, ErrNoOCRLanguages) {
		return because("; filon reads them once tesseract has its French or English data (tesseract-ocr-fra, tesseract-ocr-eng)")
	}
	if err != nil {
		return because("; filon reads them once tesseract is installed (tesseract-ocr, tesseract-ocr-fra)")
	}
	q.OCR, q.Pages = &found, r.options.OCRPages
	if q.Input.OCRPages > 0 {
		q.Pages = q.Input.OCRPages
	}
	q.Time += 30*time.Second + time.Duration(q.Pages)*4*time.Second
	item, _ := r.ask(ctx, r.scribe, q)
	if len(item.OCR.Pages) == 0 && item.Properties["pictures_read"] == "" {
		return because("; OCR read nothing")
	}
	return item
}
