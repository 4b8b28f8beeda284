package extract

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// iimDatasets maps the datasets of IPTC's Information Interchange Model, record 2, to their property.
var iimDatasets = map[byte]string{
	5: "iptc:object_name", 25: "iptc:keywords", 37: "iptc:expiration_date", 40: "iptc:special_instructions", 55: "iptc:date_created", 80: "iptc:by_line",
	105: "iptc:headline", 110: "iptc:credit", 115: "iptc:source", 116: "iptc:copyright_notice", 120: "iptc:caption",
}

// jpegIIM keeps the IPTC block of a JPEG. Photoshop's resources may be cut into several APP13 segments, and cameras
// and programs put segments in any order. The library reads one segment, and its letters as Latin-1.
func jpegIIM(body []byte, d *draft) {
	const app13, startOfScan = 0xed, 0xda
	var resources []byte
	for at := 2; at+4 <= len(body); {
		if body[at] != 0xff {
			break
		}
		marker := body[at+1]
		if marker == 0xff { // a byte that fills
			at++
			continue
		}
		length := int(binary.BigEndian.Uint16(body[at+2:]))
		if marker == startOfScan || length < 2 || length > len(body)-at-2 {
			break
		}
		if part, yes := bytes.CutPrefix(body[at+4:at+2+length], photoshop); marker == app13 && yes {
			resources = append(resources, part...)
		}
		at += 2 + length
	}
	readIIM(resources, d)
}

// photoshop heads a segment with Photoshop's resources.
var photoshop = []byte("Photoshop 3.0\x00")

// iimBlock gives the IPTC block of Photoshop's resources; what is none of these is taken for the block.
func iimBlock(b []byte) []byte {
	const iptc = 0x0404
	for bytes.HasPrefix(b, []byte("8BIM")) && len(b) >= 12 {
		id := binary.BigEndian.Uint16(b[4:])
		at := 6 + 1 + int(b[6]) // the name, counted in its first byte
		at += at % 2
		if at+4 > len(b) {
			return nil
		}
		length := int(binary.BigEndian.Uint32(b[at:]))
		at += 4
		if id == iptc {
			return b[at:min(len(b), at+length)]
		}
		if length += length % 2; length > len(b)-at {
			return nil
		}
		b = b[at+length:]
	}
	return b
}

// readIIM keeps the datasets of an IPTC block, inside Photoshop's resources or alone.
func readIIM(b []byte, d *draft) {
	values := map[string][]string{}
	var order []string
	unicode := false
	b = iimBlock(b)
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
