package extract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// decode turns the bytes of a page or a text into NFC without NULs and names the encoding by its
// WHATWG name. The order is WHATWG's: byte order mark, HTTP header, <meta> in the first 1,024 bytes,
// then what the bytes look like. A declaration that the bytes refute is not believed.
func decode(body []byte, contentType string) (text []byte, name string) {
	head := body[:min(len(body), 1024)]
	enc, name, certain := charset.DetermineEncoding(head, contentType)
	switch {
	// x/net/html/charset is not certain of a <meta> either; but only it can name the others.
	case name == "utf-8" || !certain && name == "windows-1252":
		if looksUTF8(body) {
			name, text = "utf-8", body
			if !utf8.Valid(text) {
				text = bytes.ToValidUTF8(text, []byte("\ufffd"))
			}
			break
		}
		// Guessed, or declared as UTF-8 while no byte above 127 agrees: the web's legacy encoding.
		name = "windows-1252"
		text, _ = charmap.Windows1252.NewDecoder().Bytes(body)
	case singleByte(name) && utf8.Valid(body) && sequences(body) > chance:
		name, text = "utf-8", body
	default:
		decoded, err := enc.NewDecoder().Bytes(body)
		if err != nil {
			decoded = bytes.ToValidUTF8(body, []byte("\ufffd"))
		}
		text = decoded
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if bytes.IndexByte(text, 0) >= 0 {
		text = bytes.ReplaceAll(text, []byte{0}, nil)
	}
	if !norm.NFC.IsNormal(text) {
		text = norm.NFC.Bytes(text)
	}
	return text, name
}

// looksUTF8 tells whether bytes above 127 mostly form UTF-8. One cut sequence in a long page must
// not turn every accent of it into two letters, and one chance pair must not save a Latin page.
func looksUTF8(body []byte) bool {
	if utf8.Valid(body) {
		return true
	}
	good, bad := 0, 0
	for len(body) > 0 {
		if body[0] < utf8.RuneSelf {
			body = body[1:]
			continue
		}
		r, n := utf8.DecodeRune(body)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		body = body[n:]
	}
	return good > bad
}

// chance is the number of UTF-8 sequences that a page in a single-byte encoding may hold by chance.
// The W3C's tests of the order of declarations hold three.
const chance = 3

// sequences counts the UTF-8 sequences of valid UTF-8 that are longer than a byte, a few at most.
func sequences(body []byte) int {
	n := 0
	for _, c := range body {
		if c >= 0xC0 {
			if n++; n > chance {
				break
			}
		}
	}
	return n
}

// singleByte tells whether any bytes at all are valid in the encoding, so that being valid UTF-8
// with accents is proof against it.
func singleByte(name string) bool {
	return strings.HasPrefix(name, "windows-125") || strings.HasPrefix(name, "iso-8859-") || name == "macintosh"
}
