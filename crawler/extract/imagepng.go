package extract

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"io"
)

// pngText keeps what the text chunks of a PNG say about rights: the XMP of an iTXt chunk, and the IPTC
// and XMP that ImageMagick writes in hexadecimal digits into zTXt and tEXt chunks. It stops at damage.
func pngText(body []byte, d *draft) {
	for at := 8; at+12 <= len(body) && !d.late(); {
		length := int64(binary.BigEndian.Uint32(body[at:]))
		kind := string(body[at+4 : at+8])
		if length > int64(len(body)-at-12) {
			return
		}
		chunk := body[at+8 : at+8+int(length)]
		at += 12 + int(length)
		name, rest, found := bytes.Cut(chunk[:min(len(chunk), maxXMP)], []byte{0})
		if !found || len(rest) < 2 {
			continue
		}
		switch kind {
		case "iTXt":
			packed := rest[0] == 1
			for range 2 { // language, translated keyword
				if _, after, found := bytes.Cut(rest[2:], []byte{0}); found {
					rest = append([]byte{0, 0}, after...)
				}
			}
			pngProfile(string(name), inflated(rest[2:], packed), d)
		case "zTXt":
			pngProfile(string(name), inflated(rest[1:], true), d)
		case "tEXt":
			pngProfile(string(name), rest, d)
		}
	}
}

// inflated unpacks a chunk, up to the limit on XMP.
func inflated(b []byte, packed bool) []byte {
	if !packed {
		return b
	}
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	defer z.Close()
	b, _ = io.ReadAll(io.LimitReader(z, maxXMP)) // what was unpacked before damage is of use
	return b
}

func pngProfile(name string, value []byte, d *draft) {
	switch name {
	case "XML:com.adobe.xmp":
		_ = readXMP(bytes.NewReader(value), d)
	case "Raw profile type xmp":
		_ = readXMP(bytes.NewReader(rawProfile(value)), d)
	case "Raw profile type iptc", "Raw profile type 8bim":
		readIIM(rawProfile(value), d)
	case "Author":
		d.property("exif:artist", latin(value))
	case "Copyright":
		d.property("exif:copyright", latin(value))
	}
}

// rawProfile reads a line with the name, a line with the length, and lines of hexadecimal digits.
func rawProfile(b []byte) []byte {
	fields := bytes.Fields(b)
	if len(fields) < 3 {
		return nil
	}
	digits := bytes.Join(fields[2:], nil)
	out := make([]byte, hex.DecodedLen(len(digits)))
	n, _ := hex.Decode(out, digits) // what stands before a wrong digit is of use
	return out[:n]
}
