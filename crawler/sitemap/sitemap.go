// Package sitemap reads sitemaps as they come: urlset and sitemapindex, plain lists of addresses,
// feeds in their place, any of them gzipped.
//
//	io.Reader ──Read──▶ Entry, Entry, Entry …    one at a time, in constant memory
//
// It follows the protocol of sitemaps.org and is lenient as search engines are: names count,
// namespaces do not, and what stands before the first error is kept. In: a body as it arrives. Out:
// canonical addresses and a Report. Never: fetching, scope, the clock, an entity of a DTD.
package sitemap

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"filon/crawler/address"
	"filon/crawler/feed"
)

// WellKnown lists the paths where sitemaps are found that robots.txt does not name, the usual first.
var WellKnown = []string{
	"/sitemap.xml",       // sitemaps.org
	"/sitemap_index.xml", // Yoast SEO, Rank Math
	"/wp-sitemap.xml",    // WordPress since 5.5
	"/sitemap-index.xml", // static site generators
	"/sitemap.xml.gz",
	"/sitemap_index.xml.gz",
	"/sitemap.txt",
}

// MaxDepth is how far indexes may lead to indexes; the first sitemap has depth 0. The protocol
// allows one level, sites use two.
const MaxDepth = 3

// Limits bound what one sitemap may cost. A zero limit is the protocol's own: 50,000 entries,
// 52,428,800 bytes after decompression.
type Limits struct {
	Bytes   int64
	Entries int
}

// Entry is one address that a sitemap names.
type Entry struct {
	Address    string      // canonical
	Index      bool        // a further sitemap, named by an index
	Modified   time.Time   // lastmod, UTC; zero when there is none or it cannot be read
	Alternates []Alternate // the same in other languages
}

// Alternate is the address of an entry in another language.
type Alternate struct{ Language, Address string }

// Kind is what a sitemap turned out to be.
type Kind string

// The kinds of sitemap. None is something else, usually an error page.
const (
	None  Kind = ""
	Pages Kind = "urlset"
	Index Kind = "index"
	Text  Kind = "text"
	Feed  Kind = "feed"
)

// Report says how the reading went.
type Report struct {
	Kind    Kind
	Entries int    // handed out
	Refused int    // without a web address that can be read
	Bytes   int64  // read, after decompression
	Broken  string // why the rest could not be read; "" when there is no rest
	Cut     string // the limit at which reading stopped; "" when none was met
}

// Complete tells whether the whole sitemap was read.
func (r Report) Complete() bool { return r.Kind != None && r.Broken == "" && r.Cut == "" }

// Read hands the entries of a sitemap to each, in their order. base is the address of the sitemap,
// which relative addresses are resolved against. What is wrong with the sitemap stands in the
// Report; the error is only ever the one that each returned, which ends the reading, or that of base.
func Read(r io.Reader, base string, limits Limits, each func(Entry) error) (Report, error) {
	if limits.Bytes <= 0 {
		limits.Bytes = 52_428_800
	}
	if limits.Entries <= 0 {
		limits.Entries = 50_000
	}
	join, err := address.NewBase(base, "")
	if err != nil {
		return Report{}, fmt.Errorf("sitemap at %q: %w", base, err)
	}
	rd := &reader{join: join, base: base, limits: limits, each: each}
	if err := rd.open(r); err != nil {
		return rd.finish(err)
	}
	return rd.finish(rd.read())
}

// Reasons to stop that are not errors.
var (
	errEntries = errors.New("entries")
	errBytes   = errors.New("bytes")
	errToken   = errors.New("one element is larger than 1 MB")
)

// eachError is an error of the caller, told apart from those of the sitemap.
type eachError struct{ error }

type reader struct {
	in     *input
	join   *address.Base
	base   string
	limits Limits
	each   func(Entry) error
	report Report
}

// open takes off gzip, also where a server has compressed a .gz once more.
func (r *reader) open(body io.Reader) error {
	buffered := bufio.NewReaderSize(body, 32<<10)
	for range 2 {
		if magic, _ := buffered.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
			break
		}
		unzipped, err := gzip.NewReader(buffered)
		if err != nil {
			return fmt.Errorf("gzip: %w", err)
		}
		buffered = bufio.NewReaderSize(unzipped, 32<<10)
	}
	r.in = &input{r: buffered, left: r.limits.Bytes, token: maxToken}
	return nil
}

func (r *reader) read() error {
	head, _ := r.in.r.Peek(4096)
	head = bytes.TrimLeft(head, "\ufeff \t\r\n")
	switch {
	case len(head) == 0:
		return errors.New("it is empty")
	case head[0] == '<':
		return r.readXML()
	}
	return r.readText()
}

func (r *reader) finish(err error) (Report, error) {
	if r.in != nil {
		r.report.Bytes = r.limits.Bytes - max(0, r.in.left)
		if r.in.stopped != nil {
			err = r.in.stopped // whatever the parser made of it
		}
	}
	var theirs eachError
	switch {
	case err == nil || err == io.EOF:
	case errors.As(err, &theirs):
		return r.report, theirs.error
	case err == errEntries:
		r.report.Cut = fmt.Sprintf("%d entries", r.limits.Entries)
	case err == errBytes:
		r.report.Cut = fmt.Sprintf("%d bytes", r.limits.Bytes)
	default:
		r.report.Broken = strings.ToValidUTF8(fmt.Sprintf("%.200s", err), "\uFFFD")
	}
	return r.report, nil
}

// hand gives one entry to the caller. The address is still as written.
func (r *reader) hand(e Entry) error {
	if r.report.Entries >= r.limits.Entries {
		return errEntries
	}
	addr, err := r.join.Join(e.Address)
	if err != nil || strings.TrimSpace(e.Address) == "" {
		r.report.Refused++
		return nil
	}
	e.Address = addr
	kept := e.Alternates[:0]
	for _, a := range e.Alternates {
		if a.Address, err = r.join.Join(a.Address); err == nil {
			kept = append(kept, a)
		}
	}
	e.Alternates = kept
	r.report.Entries++
	if err := r.each(e); err != nil {
		return eachError{err}
	}
	return nil
}

// readText reads one address a line. A text whose first lines hold no address is something else.
func (r *reader) readText() error {
	lines := bufio.NewScanner(r.in)
	lines.Buffer(make([]byte, 0, 8<<10), 64<<10)
	for lines.Scan() {
		r.in.token = maxToken
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" {
			continue
		}
		if !strings.HasPrefix(line, "http://") && !strings.HasPrefix(line, "https://") {
			if r.report.Refused++; r.report.Refused >= 20 && r.report.Entries == 0 {
				return errors.New("it is no sitemap")
			}
			continue
		}
		r.report.Kind = Text
		if err := r.hand(Entry{Address: line}); err != nil {
			return err
		}
	}
	if r.report.Kind == None && lines.Err() == nil {
		return errors.New("it is no sitemap")
	}
	return lines.Err()
}

// readFeed reads a feed that stands in a sitemap's place. head is what was read of it.
func (r *reader) readFeed(head []byte) error {
	r.report.Kind = Feed
	r.in.token = feed.MaxBytes
	rest, err := io.ReadAll(io.LimitReader(r.in, feed.MaxBytes+1))
	if err != nil {
		return err
	}
	entries, err := feed.Read(append(head, rest...), r.base)
	if err != nil {
		return err
	}
	for _, e := range entries {
		modified := e.Modified
		if modified.IsZero() {
			modified = e.Published
		}
		if err := r.hand(Entry{Address: e.Address, Modified: modified}); err != nil {
			return err
		}
	}
	return nil
}

const maxToken = 1 << 20

// input counts what is read and stops at the limits: of the whole, and of one element, which the
// XML parser would hold in memory.
type input struct {
	r       *bufio.Reader
	left    int64
	token   int
	stopped error
	head    []byte // the first bytes, kept while keep
	keep    bool
}

func (in *input) ReadByte() (byte, error) {
	if in.stopped != nil {
		return 0, in.stopped
	}
	if in.left <= 0 {
		if _, err := in.r.Peek(1); err != nil {
			return 0, err
		}
		in.stopped = errBytes
		return 0, errBytes
	}
	if in.token <= 0 {
		in.stopped = errToken
		return 0, errToken
	}
	c, err := in.r.ReadByte()
	if err != nil {
		return 0, err
	}
	in.left--
	in.token--
	if in.keep {
		in.head = append(in.head, c)
	}
	return c, nil
}

// Read serves the readers that do not ask for single bytes.
func (in *input) Read(p []byte) (int, error) {
	for i := range p {
		if i > 0 && in.r.Buffered() == 0 {
			return i, nil
		}
		c, err := in.ReadByte()
		if err != nil {
			return i, err
		}
		p[i] = c
	}
	return len(p), nil
}
