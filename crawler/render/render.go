// Package render runs pages whose text comes from a script in the browser that this machine has.
//
//	Find ──▶ the path of a browser; filon brings none along
//	New ──▶ Pages ──Page(address, fetch)──▶ the page as a person would see it
//	            ▲ every request of the page ──▶ fetch, which is filon's own way to ask servers
//	OpenWindow ──▶ Window: a person signs in by hand ──▶ Cookies
//
// The browser of Pages has no network: what a page asks for is answered by the caller's fetch, so sign-in,
// scope, politeness and limits are the crawl's, and whatever escapes reaches nobody.
//
// In: an address and a way to fetch. Out: HTML. Never: a method but GET and HEAD, pictures, fonts, films, a
// connection made by the browser, a secret in its environment, a browser that filon downloads.
package render

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// Answer is what a server said to one request of a page.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Fetch answers a request of a page. An error refuses it; the page is told that it was blocked. It is
// called from several goroutines.
type Fetch func(ctx context.Context, address string) (Answer, error)

// Result is a page that has come to rest.
type Result struct {
	HTML    string // of the whole document, at most maxHTML bytes
	Asked   int    // requests that were handed to fetch
	Blocked int    // requests that were not, or that fetch refused
	Cut     bool   // the time was over before the page came to rest
}

// Options says how pages are run. The zero value of a field means its default.
type Options struct {
	Browser   string        // path of the browser; "" asks Find
	UserAgent string        // as the pages' scripts see it
	Time      time.Duration // for one page; default 20 s
	Folder    string        // where the browser's empty profile is made; "" is the system's temporary folder
}

// Errors of this room.
var (
	// ErrNone says that no browser is installed.
	ErrNone = errors.New("no browser is installed here")
	// ErrRoot says that the process runs as root, for whom browsers give up their sandbox.
	ErrRoot = errors.New("a browser is not started as root, where it would run without its sandbox")
)

// UnsandboxedVariable is the environment variable that lets root start a browser without its sandbox when
// it is "1": for containers that are one themselves.
const UnsandboxedVariable = "FILON_BROWSER_UNSANDBOXED"

const (
	maxHTML      = 10 << 20
	maxAsked     = 300 // requests of one page
	recycleAfter = 40  // pages of one browser
)

// Pages runs one page at a time in one browser, which is started with the first page, replaced now and
// then, and ended by Close. Its methods may be called from several goroutines.
type Pages struct {
	options Options
	path    string

	mu      sync.Mutex
	browser *browser
	closed  bool
}

// New tells whether pages can be run here: ErrNone and ErrRoot say that they cannot. It starts nothing.
func New(o Options) (*Pages, error) {
	if o.Time <= 0 {
		o.Time = 20 * time.Second
	}
	path := o.Browser
	if path == "" {
		var ok bool
		if path, ok = Find(); !ok {
			return nil, ErrNone
		}
	}
	if _, err := sandbox(); err != nil {
		return nil, err
	}
	return &Pages{options: o, path: path}, nil
}

// Page runs the page at an address until it comes to rest. An error says that the browser could not, or
// that ctx ended; a page that merely goes on for ever is a Result that was cut.
func (p *Pages) Page(ctx context.Context, address string, fetch Fetch) (Result, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return Result{}, errors.New("the browser was ended")
	}
	if p.browser != nil && p.browser.pages >= recycleAfter {
		p.end()
	}
	if p.browser == nil {
		b, err := p.start()
		if err != nil {
			return Result{}, err
		}
		p.browser = b
	}
	p.browser.pages++
	r, err := p.browser.page(ctx, address, fetch, p.options.Time)
	if err != nil {
		p.end() // the next page gets a browser that has done nothing wrong
	}
	return r, err
}

// Close ends the browser and removes its profile. It waits for a page that is being run.
func (p *Pages) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.end()
	return nil
}
