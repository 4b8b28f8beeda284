package crawler

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/gocolly/colly/v2"

	"filon/crawler/address"
	"filon/crawler/extract"
	"filon/crawler/session"
)

// errTooLarge says that a body is beyond the size limit.
var errTooLarge = errors.New("larger than the limit")

// answer is what a server said to one request.
type answer struct {
	Status  int
	Header  http.Header // as sent
	Kind    extract.Kind
	Body    []byte // of pages, feeds and small things
	Path    string // of documents and sitemaps, which lie in a file; removed by discard
	Bytes   int64
	Latency time.Duration // until the headers came
}

// discard removes the file of a spooled body.
func (a *answer) discard() {
	if a.Path != "" {
		os.Remove(a.Path)
	}
}

// fetcher asks servers for one address at a time; it is the only user of colly. colly sends the
// request and hands back the response; redirects, limits, robots.txt, cookies of other hosts and the
// question what to visit are ours. It is safe for concurrent use.
type fetcher struct {
	transport *http.Transport
	spool     string  // folder for bodies that are not held in memory
	ledger    *ledger // counts what goes out; nil for none. Set before the first request

	mu     sync.Mutex
	wires  map[*session.Network]*session.Wire
	signed map[signer]http.RoundTripper
}

// newFetcher makes a fetcher that connects to resolve[host:port] instead of host:port where given.
func newFetcher(resolve map[string]string, spool string) *fetcher {
	dial := &net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}
	return &fetcher{spool: spool, wires: map[*session.Network]*session.Wire{}, signed: map[signer]http.RoundTripper{}, transport: &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			if to, ok := resolve[strings.ToLower(addr)]; ok {
				addr = to
			}
			return dial.DialContext(ctx, network, addr)
		},
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    15 * time.Second,
		ResponseHeaderTimeout:  60 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
		MaxIdleConnsPerHost:    8,
		IdleConnTimeout:        60 * time.Second,
		ForceAttemptHTTP2:      true,
	}}
}

// base gives the transport of a source without its identity.
func (f *fetcher) base(s *Source) http.RoundTripper {
	if s.Network == nil {
		return f.ledger.over(f.transport)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.wires[s.Network] == nil {
		f.wires[s.Network] = s.Network.Wire(f.transport)
	}
	return f.ledger.over(f.wires[s.Network])
}

// over gives the transport of a source: with its identity, when it has one.
func (f *fetcher) over(s *Source) http.RoundTripper {
	base := f.base(s)
	if s.Session == nil {
		return base
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	by := signer{s.Session, s.Network}
	if f.signed[by] == nil {
		f.signed[by] = s.Session.Over(base)
	}
	return f.signed[by]
}

// signer is who asks, and over which network.
type signer struct {
	session *session.Session
	network *session.Network
}

func (f *fetcher) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.transport.CloseIdleConnections()
	for _, w := range f.wires {
		w.CloseIdleConnections()
	}
	for by, signed := range f.signed {
		session.CloseIdle(signed)
		by.session.Close()
	}
}

// get asks for one address. It follows no redirect. An error means that there was no usable answer;
// errTooLarge that the body is beyond limits.Bytes.
func (f *fetcher) get(ctx context.Context, s *Source, addr string, ifChanged validators) (*answer, error) {
	ctx, cancel := context.WithTimeout(ctx, s.Limits.Time)
	defer cancel()
	a := &answer{}
	guard := &guarded{fetcher: f, source: s, answer: a, start: time.Now(), first: ifChanged.first}
	c := colly.NewCollector(colly.StdlibContext(ctx), colly.AllowURLRevisit(), colly.IgnoreRobotsTxt(), colly.ParseHTTPErrorResponse(), colly.MaxBodySize(0), colly.UserAgent(s.UserAgent))
	c.DisableCookies()
	c.WithTransport(guard)
	c.SetRequestTimeout(0) // the context has the deadline
	c.SetRedirectHandler(func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse })
	c.OnResponseHeaders(func(r *colly.Response) {
		if a.Kind == extract.KindNeither || a.Kind == extract.KindMedia {
			r.Request.Abort()
		}
	})
	c.OnResponse(func(r *colly.Response) { a.Body = r.Body })
	header := http.Header{"Accept": {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}, "User-Agent": {s.UserAgent}}
	if ifChanged.ETag != "" {
		header.Set("If-None-Match", ifChanged.ETag)
	}
	if ifChanged.LastModified != "" {
		header.Set("If-Modified-Since", ifChanged.LastModified)
	}
	if ifChanged.first > 0 {
		header.Set("Accept", "image/*,*/*;q=0.5")
		header.Set("Range", fmt.Sprintf("bytes=%d-%d", ifChanged.from, ifChanged.from+ifChanged.first-1))
		header.Set("Accept-Encoding", "identity") // a part of a compressed body cannot be read
	}
	err := c.Request(http.MethodGet, addr, nil, nil, header)
	if errors.Is(err, colly.ErrAbortedAfterHeaders) {
		err = nil
	}
	if err == nil && a.Status == 0 {
		err = fmt.Errorf("no answer from %s", address.Host(addr))
	}
	if err != nil {
		a.discard()
		a.Path, a.Body = "", nil
	}
	if a.Path == "" && a.Bytes == 0 {
		a.Bytes = int64(len(a.Body))
	}
	return a, err
}

// validators ask a server for a body only if it changed since (RFC 9110 section 13).
type validators struct {
	ETag, LastModified string
	first              int64 // ask for so many bytes only, and read no more than that; 0 for the whole body
	from               int64 // where these bytes begin
}

// guarded carries one request: it signs in where the source says so, notes the answer before colly
// can change it, and bounds and spools its body.
type guarded struct {
	fetcher *fetcher
	source  *Source
	answer  *answer
	start   time.Time
	first   int64 // bytes that are read; 0 for all
}

// RoundTrip implements http.RoundTripper.
func (g *guarded) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := g.fetcher.over(g.source).RoundTrip(req)
	if err != nil {
		return nil, err
	}
	a := g.answer
	a.Status, a.Header, a.Latency = res.StatusCode, res.Header.Clone(), time.Since(g.start)
	a.Kind = extract.Readable(res.Header.Get("Content-Type"), req.URL.String())
	if res.ContentLength > 0 {
		a.Bytes = res.ContentLength
	}
	if a.Status/100 != 2 {
		a.Kind = extract.KindUnknown
	}
	if g.first > 0 { // whatever it is called, its first bytes tell
		a.Kind, a.Bytes = extract.KindUnknown, 0
		res.Header = http.Header{"Content-Type": {"application/octet-stream"}}
		res.Uncompressed = true
		res.Body = &bounded{from: res.Body, left: g.first, cut: true}
		return res, nil
	}
	if a.Status/100 == 2 && a.Kind != extract.KindMedia && a.Kind != extract.KindNeither && res.ContentLength > g.source.Limits.Bytes {
		res.Body.Close()
		return nil, fmt.Errorf("%d bytes: %w", res.ContentLength, errTooLarge)
	}
	// colly would decode the body once more by these headers, and spoil documents.
	res.Header = http.Header{"Content-Type": {"application/octet-stream"}}
	res.Uncompressed = true
	body := &bounded{from: res.Body, left: g.source.Limits.Bytes}
	if a.Status/100 != 2 {
		body.left = min(body.left, 1<<20)
		body.cut = true
	}
	res.Body = body
	if a.Kind == extract.KindDocument || a.Kind == extract.KindImage || a.Kind == extract.KindSitemap {
		res.Body = &spooled{bounded: body, fetcher: g.fetcher, answer: a}
	}
	return res, nil
}

// bounded reads at most left bytes; more is errTooLarge, or the end when cut.
type bounded struct {
	from io.ReadCloser
	left int64
	cut  bool
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		if b.cut {
			return 0, io.EOF
		}
		var one [1]byte
		if n, err := b.from.Read(one[:]); n == 0 {
			return 0, err
		}
		return 0, errTooLarge
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.from.Read(p)
	b.left -= int64(n)
	return n, err
}

func (b *bounded) Close() error { return b.from.Close() }

// spooled moves a body into a file when it is first read, and is itself empty.
type spooled struct {
	*bounded
	fetcher *fetcher
	answer  *answer
}

func (s *spooled) Read([]byte) (int, error) {
	file, err := os.CreateTemp(s.fetcher.spool, "body-*")
	if err != nil {
		return 0, fmt.Errorf("keep a body aside: %w", err)
	}
	s.answer.Path = file.Name()
	s.answer.Bytes, err = io.Copy(file, s.bounded)
	if cerr := file.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = io.EOF
	}
	return 0, err
}

// start reads at most n bytes of the body, wherever it lies.
func (a *answer) start(n int64) ([]byte, error) {
	body, err := a.open()
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(io.LimitReader(body, n))
}

// open gives the whole body to read once.
func (a *answer) open() (io.ReadCloser, error) {
	if a.Path == "" {
		return io.NopCloser(bytes.NewReader(a.Body)), nil
	}
	return os.Open(a.Path)
}
