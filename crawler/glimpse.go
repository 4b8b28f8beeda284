package crawler

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"filon/crawler/extract"
)

// Bounds of what is asked for of one film.
const (
	glimpseBytes = 32 << 10
	mostGlimpses = 8
)

// glimpse reads a film on its server where its boxes and tags lie: a few parts of some kilobytes, never the whole. It is for one
// reader.
type glimpse struct {
	get   func(part validators) (*answer, error)
	parts map[int64][]byte // by where they begin
	asked int
}

// ReadAt implements io.ReaderAt.
func (g *glimpse) ReadAt(p []byte, at int64) (n int, err error) {
	for n < len(p) {
		begin := (at + int64(n)) / glimpseBytes * glimpseBytes
		part, err := g.part(begin)
		if err != nil {
			return n, err
		}
		skip := int(at + int64(n) - begin)
		if skip >= len(part) {
			return n, io.EOF
		}
		n += copy(p[n:], part[skip:])
	}
	return n, nil
}

// part asks for one part, once.
func (g *glimpse) part(begin int64) ([]byte, error) {
	if part, known := g.parts[begin]; known {
		return part, nil
	}
	if g.asked >= mostGlimpses {
		return nil, io.ErrUnexpectedEOF
	}
	g.asked++
	a, err := g.get(validators{first: glimpseBytes, from: begin})
	if err != nil {
		return nil, err
	}
	defer a.discard()
	part := a.Body
	switch {
	case a.Status == http.StatusPartialContent && strings.HasPrefix(a.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", begin)):
	case a.Status == http.StatusOK && begin == 0: // the whole was sent, of which no more than the part was read
	default:
		return nil, fmt.Errorf("the server answered %d to a question for a part", a.Status)
	}
	if g.parts == nil {
		g.parts = map[int64][]byte{}
	}
	g.parts[begin] = part
	return part, nil
}

// film gives what a reader needs to look into a film: nil for what is none, whose size is not known, or beyond the budget of its
// source, which it shares with the sizes of pictures.
func (c *crawl) film(ctx context.Context, s *Source, host, addr string, a *answer) (io.ReaderAt, int64) {
	if a.Kind != extract.KindMedia || a.Bytes <= 0 || s.ImageSizes <= 0 {
		return nil, 0
	}
	c.mu.Lock()
	more := c.films[s.Name] < s.ImageSizes
	if more {
		c.films[s.Name]++
	}
	c.mu.Unlock()
	if !more {
		return nil, 0
	}
	return &glimpse{get: func(part validators) (*answer, error) {
		c.pause(ctx, host)
		got, err := c.fetcher.get(ctx, s, addr, part)
		if err != nil {
			if ctx.Err() == nil {
				c.hear(ctx, host, nil, plain(err))
			}
			return nil, err
		}
		c.hear(ctx, host, got, "")
		c.stats.bytes.Add(got.Bytes)
		return got, nil
	}}, a.Bytes
}
