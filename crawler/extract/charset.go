package extract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
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
				text = mixedUTF8(text)
			}
			break
		}
		// Guessed, or declared as UTF-8 while no byte above 127 agrees: the web's legacy encoding.
		name = "windows-1252"
		text, _ = charmap.Windows1252.NewDecoder().Bytes(body)
	case singleByte(name) && utf8.Valid(body) && sequences(body) > chance:
		name, text = "utf-8", body
	case singleByte(name) && mostlyUTF8(body):
		name, text = "utf-8", mixedUTF8(body)
	case strings.HasPrefix(name, "iso-8859-") && bytes.ContainsFunc(body, func(r rune) bool { return r == utf8.RuneError }):
		text = latinPart(body, enc)
	default:
		decoded, err := enc.NewDecoder().Bytes(body)
		if err != nil {
			decoded = bytes.ToValidUTF8(body, []byte("\ufffd"))
		}
		text = decoded
	}
	text = westernControls(text)
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
	good, bad := countUTF8(body)
	return good > bad
}

// mostlyUTF8 tells whether a text declared otherwise is UTF-8 but for a few bytes.
func mostlyUTF8(body []byte) bool {
	good, bad := countUTF8(body)
	return good > 4*chance && good > 10*bad
}

// countUTF8 counts the sequences of UTF-8 that are longer than a byte, and the bytes that are in none.
func countUTF8(body []byte) (good, bad int) {
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
	return good, bad
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

// mixedUTF8 gives UTF-8 of a text that is UTF-8 but for some bytes, as when parts of a page were written
// with another encoding: those are read as windows-1252, the web's legacy encoding. Only a sequence that
// was cut, which no encoding makes a letter of, becomes U+FFFD.
func mixedUTF8(body []byte) []byte {
	out := make([]byte, 0, len(body)+len(body)/16)
	for len(body) > 0 {
		n := 0
		for n < len(body) && body[n] < utf8.RuneSelf {
			n++
		}
		out = append(out, body[:n]...)
		if body = body[n:]; len(body) == 0 {
			break
		}
		r, size := utf8.DecodeRune(body)
		switch {
		case r != utf8.RuneError || size > 1:
			out = append(out, body[:size]...)
		case cutSequence(body) > 0:
			size = cutSequence(body)
			out = append(out, "\ufffd"...)
		default:
			out = utf8.AppendRune(out, charmap.Windows1252.DecodeByte(body[0]))
		}
		body = body[size:]
	}
	return out
}

// cutSequence gives the length of the beginning of a UTF-8 sequence whose end is missing, 0 for what may
// be a letter of its own. In western texts sequences begin with one of three bytes, which are Â, Ã and â in
// windows-1252; only the last is a letter that French uses, and then no sequence follows it.
func cutSequence(body []byte) int {
	follows := len(body) > 1 && body[1]&0xC0 == 0x80
	switch body[0] {
	case 0xC2, 0xC3:
		return 1
	case 0xE2:
		if follows && body[1] >= 0x80 && body[1] <= 0x86 {
			return 2
		}
	case 0xF0:
		if follows {
			n := 2
			for n < len(body) && n < 3 && body[n]&0xC0 == 0x80 {
				n++
			}
			return n
		}
	}
	return 0
}

// latinPart decodes a text of one of the parts of ISO 8859. What they leave to controls, pages mean as
// windows-1252.
func latinPart(body []byte, enc encoding.Encoding) []byte {
	decoded, err := enc.NewDecoder().Bytes(body)
	if err != nil || utf8.RuneCount(decoded) != len(body) { // a rune for each byte
		decoded, _ = charmap.Windows1252.NewDecoder().Bytes(body)
	}
	out, i := make([]byte, 0, len(decoded)), 0
	for _, r := range string(decoded) {
		if c := body[i]; r == utf8.RuneError || c >= 0x80 && c <= 0x9F {
			r = charmap.Windows1252.DecodeByte(c)
		}
		out = utf8.AppendRune(out, r)
		i++
	}
	return out
}

// westernControls replaces the controls U+0080 to U+009F, which no page means, by what their bytes are in
// windows-1252: curly quotes and dashes under a declaration of ISO-8859, or encoded twice.
func westernControls(text []byte) []byte {
	first := -1
	for i := 0; i+1 < len(text); i++ {
		if text[i] == 0xC2 && text[i+1] >= 0x80 && text[i+1] <= 0x9F {
			first = i
			break
		}
	}
	if first < 0 {
		return text
	}
	out := append(make([]byte, 0, len(text)+64), text[:first]...)
	for i := first; i < len(text); i++ {
		if text[i] == 0xC2 && i+1 < len(text) && text[i+1] >= 0x80 && text[i+1] <= 0x9F {
			out = utf8.AppendRune(out, charmap.Windows1252.DecodeByte(text[i+1]))
			i++
			continue
		}
		out = append(out, text[i])
	}
	return out
}
