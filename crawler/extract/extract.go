// Package extract turns the bytes found at one address into a content.Item: what the page or
// document says, who wrote it and when, what it points to, and what is wrong with it.
//
//	Input ──▶ HTML ───────────▶ content.Item     one parse, a few walks, nothing kept between pages
//	Input ──▶ Reader ──▶ HTML, documents, images
//
// In: bytes and headers that somebody else fetched. Out: an Item; what went wrong is its Problem.
// Never: the network, the clock, an error or a panic because of what a body contains.
package extract

import (
	"io"
	"net/http"
	"time"

	"filon/crawler/content"
)

// Input is one fetched body and what is known about it before it is read.
type Input struct {
	Address string // canonical address, after redirects
	Root    string // of a file: the address of the folder where its source begins, with a slash at its end; "" on the web
	Source  string // name of the source, copied to the item
	Access  content.Access
	Status  int
	Header  http.Header // as the server sent it; nil is allowed

	// Body is the bytes as sent, after decompression. A document too large for memory lies in the
	// file Path instead; Path is "" when Body is given.
	Body []byte
	Path string

	// Media is the bytes of a film or a recording, of which a few are read where they lie; nil when none may be. MediaBytes is
	// how many there are.
	Media      io.ReaderAt `json:"-"`
	MediaBytes int64       `json:"-"`

	Depth     int
	FetchedAt time.Time

	NoOCR    bool // pictures of text are not read, even where the Reader could
	OCRPages int  // of them that are read, at most; 0 leaves it to the Reader

	// Day is the day of reading, against which dates are checked. The zero Day switches that check
	// off: then only dates before 1990 are refused.
	Day time.Time

	leftOut func([]LeftOut) // told what a page's main text was chosen from; may be nil
}
