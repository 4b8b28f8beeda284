package extract

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Caps on one document. Whoever reaches one keeps what was read until there.
const (
	maxEntries   = 20_000     // files inside an archive
	maxUnpacked  = 256 << 20  // bytes unpacked from one archive, all entries together
	maxRatio     = 400        // unpacked to packed; office XML stays below 100
	ratioFrom    = 16 << 20   // an entry smaller than this is never called a bomb
	maxDepth     = 256        // open XML elements, open RTF groups
	maxTokens    = 20_000_000 // XML tokens of one document
	maxRows      = 100_000    // rows of a workbook, all sheets together
	maxCells     = 1_000      // cells of a row that is kept, and rows that are told again
	maxPages     = 2_000      // pages of a PDF that are read
	maxZones     = 400
	maxZoneText  = 4_000 // bytes of one zone
	maxHeadings  = 500
	maxLinks     = 2_000
	maxProperty  = 1_000 // bytes of one property
	maxKnown     = 100   // properties of one document; twice as many with its labels
	maxLine      = 300   // bytes of a title or heading
	maxParagraph = 64 << 10
)

// What a limit or a fault says; mapped to a Problem by problemOf.
var (
	errTooLarge  = errors.New("larger than filon reads")
	errDeadline  = errors.New("took too long to read")
	errBroken    = errors.New("damaged")
	errEncrypted = errors.New("asks for a password")
)

// archive gives the entries of a ZIP file by name, under limits that hold for all of them together.
type archive struct {
	entries  map[string]*zip.File
	left     int64 // bytes that may still be unpacked
	tokens   int   // XML tokens that may still be read
	deadline time.Time
}

// openArchive reads the directory of a ZIP file. Names are compared without case and leading slash,
// as office programs do.
func openArchive(r io.ReaderAt, size int64, deadline time.Time) (*archive, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: no readable ZIP directory", errBroken)
	}
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("%w: more than %d files inside", errTooLarge, maxEntries)
	}
	a := &archive{entries: make(map[string]*zip.File, len(z.File)), left: maxUnpacked, tokens: maxTokens, deadline: deadline}
	for _, f := range z.File {
		name := entryName(f.Name)
		if _, twice := a.entries[name]; !twice {
			a.entries[name] = f
		}
	}
	return a, nil
}

func entryName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

func (a *archive) has(name string) bool { return a.entries[entryName(name)] != nil }

// open unpacks one entry. Reading beyond a limit gives errTooLarge, damage gives errBroken.
func (a *archive) open(name string) (io.ReadCloser, error) {
	f := a.entries[entryName(name)]
	if f == nil {
		return nil, fmt.Errorf("%w: a part is missing", errBroken)
	}
	if f.Flags&1 != 0 {
		return nil, errEncrypted
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: a part cannot be unpacked", errBroken)
	}
	return &unpacking{ReadCloser: r, archive: a, packed: int64(f.CompressedSize64)}, nil
}

// readAll unpacks a small entry.
func (a *archive) readAll(name string, limit int64) ([]byte, error) {
	r, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, limit))
}

// unpacking counts what is unpacked.
type unpacking struct {
	io.ReadCloser
	archive  *archive
	packed   int64
	unpacked int64
}

func (e *unpacking) Read(p []byte) (int, error) {
	n, err := e.ReadCloser.Read(p)
	e.unpacked += int64(n)
	e.archive.left -= int64(n)
	switch {
	case e.archive.left < 0:
		return 0, fmt.Errorf("%w: unpacks to more than %d MB", errTooLarge, maxUnpacked>>20)
	case e.unpacked > ratioFrom && e.unpacked/max(e.packed, 1) > maxRatio:
		return 0, fmt.Errorf("%w: packed more than %d times", errTooLarge, maxRatio)
	case err != nil && err != io.EOF:
		return n, fmt.Errorf("%w: a part cannot be unpacked", errBroken)
	}
	return n, err
}

// markup reads XML tokens without building a tree. Entities of a DTD are never expanded and nothing
// outside of the file is opened.
type markup struct {
	decoder *xml.Decoder
	closer  io.Closer
	archive *archive
	depth   int
}

// xml opens one entry as XML. UTF-16 with a byte order mark is read too.
func (a *archive) xml(name string) (*markup, error) {
	r, err := a.open(name)
	if err != nil {
		return nil, err
	}
	return a.markup(r), nil
}

func (a *archive) markup(r io.ReadCloser) *markup {
	plain := transform.NewReader(r, unicode.BOMOverride(transform.Nop))
	d := xml.NewDecoder(plain)
	d.Strict = false
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return in, nil // the byte order mark has decided already
		}
		return charset.NewReaderLabel(label, in)
	}
	return &markup{decoder: d, closer: r, archive: a}
}

func (m *markup) Close() error { return m.closer.Close() }

// next gives the next start, end or text; io.EOF at the end. The token is valid until the next call.
func (m *markup) next() (xml.Token, error) {
	for {
		t, err := m.decoder.RawToken()
		if err != nil {
			if err == io.EOF {
				if m.depth > 0 {
					return nil, fmt.Errorf("%w: ends too early", errBroken)
				}
				return nil, io.EOF
			}
			if errors.Is(err, errTooLarge) || errors.Is(err, errBroken) || errors.Is(err, errEncrypted) {
				return nil, err
			}
			return nil, fmt.Errorf("%w: not well-formed XML", errBroken)
		}
		m.archive.tokens--
		if m.archive.tokens < 0 {
			return nil, fmt.Errorf("%w: too much markup", errTooLarge)
		}
		if m.archive.tokens%4096 == 0 && !m.archive.deadline.IsZero() && time.Now().After(m.archive.deadline) {
			return nil, errDeadline
		}
		switch t := t.(type) {
		case xml.StartElement:
			m.depth++
			if m.depth > maxDepth {
				return nil, fmt.Errorf("%w: nested more than %d deep", errTooLarge, maxDepth)
			}
			return t, nil
		case xml.EndElement:
			m.depth--
			return t, nil
		case xml.CharData:
			return t, nil
		}
	}
}

// skip reads past the element whose start was just given.
func (m *markup) skip() error {
	for open := m.depth; m.depth >= open; {
		if _, err := m.next(); err != nil {
			return err
		}
	}
	return nil
}

// text reads to the end of the element whose start was just given and joins its text.
func (m *markup) text() (string, error) {
	var b strings.Builder
	for open := m.depth; m.depth >= open; {
		t, err := m.next()
		if err != nil {
			return b.String(), err
		}
		if c, ok := t.(xml.CharData); ok && b.Len() < maxParagraph {
			b.Write(c)
		}
	}
	return b.String(), nil
}

// xmlAttr gives an attribute by its local name, "" when it is missing. RawToken keeps prefixes apart,
// so that r:id and id are told from each other by prefix.
func xmlAttr(e xml.StartElement, prefix, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local && (prefix == "*" || a.Name.Space == prefix) {
			return a.Value
		}
	}
	return ""
}
