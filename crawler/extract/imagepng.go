package extract

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// iimDatasets maps the datasets of IPTC's Information Interchange Model, record 2, to their property.
var iimDatasets = map[byte]string{
	5: "iptc:object_name", 25: "iptc:keywords", 37: "iptc:expiration_date", 40: "iptc:special_instructions", 55: "iptc:date_created", 80: "iptc:by_line",
	105: "iptc:headline", 110: "iptc:credit", 115: "iptc:source", 116: "iptc:copyright_notice", 120: "iptc:caption",
}

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

// readIIM keeps the datasets of an IPTC block, inside Photoshop's resources or alone.
func readIIM(b []byte, d *draft) {
	values := map[string][]string{}
	var order []string
	unicode := false
	for at := bytes.IndexByte(b, 0x1c); at >= 0 && at+5 <= len(b); {
		if b[at] != 0x1c {
			break
		}
		record, dataset, length := b[at+1], b[at+2], int(binary.BigEndian.Uint16(b[at+3:]))
		at += 5
		if length > len(b)-at { // beyond the end, or one of the extended lengths that no text needs
			break
		}
		value := b[at : at+length]
		at += length
		if record == 1 && dataset == 90 {
			unicode = string(value) == "\x1b%G"
		}
		name := iimDatasets[dataset]
		if record != 2 || name == "" || len(values[name]) > 50 {
			continue
		}
		if values[name] == nil {
			order = append(order, name)
		}
		text := string(value)
		if !unicode || !utf8.ValidString(text) {
			text = latin(value)
		}
		values[name] = append(values[name], text)
	}
	for _, name := range order {
		d.property(name, strings.Join(values[name], ", "))
	}
}

// latin reads bytes of no named charset: UTF-8 when they are, else windows-1252.
func latin(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	s, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return ""
	}
	return string(s)
}
