package extract

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strconv"
)

// ImageSize reads the size of a picture in pixels from its first bytes; false when they do not tell. It knows JPEG,
// PNG, GIF, WebP, AVIF, HEIC and SVG. It only looks at the bytes it is given, once.
func ImageSize(head []byte) (width, height int, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")) && len(head) >= 24:
		width, height = int(binary.BigEndian.Uint32(head[16:])), int(binary.BigEndian.Uint32(head[20:]))
	case bytes.HasPrefix(head, []byte("GIF8")) && len(head) >= 10:
		width, height = int(binary.LittleEndian.Uint16(head[6:])), int(binary.LittleEndian.Uint16(head[8:]))
	case bytes.HasPrefix(head, []byte("\xff\xd8")):
		width, height = jpegSize(head[2:])
	case bytes.HasPrefix(head, []byte("RIFF")) && len(head) >= 30 && string(head[8:12]) == "WEBP":
		width, height = webpSize(head[12:])
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		width, height = heifSize(head)
	default:
		width, height = svgSize(head)
	}
	const most = 1 << 17
	return width, height, width > 0 && height > 0 && width < most && height < most
}

// jpegSize goes from segment to segment to the frame header (ITU T.81, B.2.2).
func jpegSize(b []byte) (width, height int) {
	for len(b) >= 9 && b[0] == 0xff {
		switch m := b[1]; {
		case m == 0xff: // fill
			b = b[1:]
			continue
		case m >= 0xc0 && m <= 0xcf && m != 0xc4 && m != 0xc8 && m != 0xcc:
			return int(binary.BigEndian.Uint16(b[7:])), int(binary.BigEndian.Uint16(b[5:]))
		case m == 0xd9 || m == 0xda:
			return 0, 0
		}
		n := 2 + int(binary.BigEndian.Uint16(b[2:]))
		if n < 4 || n > len(b) {
			return 0, 0
		}
		b = b[n:]
	}
	return 0, 0
}

// webpSize reads the first chunk: extended, lossless or lossy (RFC 9649).
func webpSize(b []byte) (width, height int) {
	switch string(b[:4]) {
	case "VP8X":
		return 1 + (int(b[12]) | int(b[13])<<8 | int(b[14])<<16), 1 + (int(b[15]) | int(b[16])<<8 | int(b[17])<<16)
	case "VP8L":
		if v := binary.LittleEndian.Uint32(b[9:]); b[8] == 0x2f {
			return 1 + int(v&0x3fff), 1 + int(v>>14&0x3fff)
		}
	case "VP8 ":
		if bytes.Equal(b[11:14], []byte{0x9d, 0x01, 0x2a}) {
			return int(binary.LittleEndian.Uint16(b[14:]) & 0x3fff), int(binary.LittleEndian.Uint16(b[16:]) & 0x3fff)
		}
	}
	return 0, 0
}

// heifSize takes the largest extent that is declared (ISO/IEC 23008-12, ispe): tiles and thumbnails are smaller.
func heifSize(b []byte) (width, height int) {
	for {
		k := bytes.Index(b, []byte("ispe"))
		if k < 0 || k+16 > len(b) {
			return width, height
		}
		w, h := binary.BigEndian.Uint32(b[k+8:]), binary.BigEndian.Uint32(b[k+12:])
		if w < 1<<17 && h < 1<<17 && int(w)*int(h) > width*height {
			width, height = int(w), int(h)
		}
		b = b[k+16:]
	}
}

var (
	svgTag  = regexp.MustCompile(`<svg\b[^>]*>`)
	svgSide = regexp.MustCompile(`\s(width|height)\s*=\s*["']\s*(\d+(?:\.\d+)?)(?:px)?\s*["']`)
	svgBox  = regexp.MustCompile(`\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)\s*["']`)
)

// svgSize reads the width and height of the drawing, else those of its viewBox.
func svgSize(b []byte) (width, height int) {
	tag := svgTag.Find(b)
	if tag == nil {
		return 0, 0
	}
	for _, m := range svgSide.FindAllSubmatch(tag, 4) {
		if n, err := strconv.ParseFloat(string(m[2]), 64); err == nil && string(m[1]) == "width" {
			width = int(min(n, 1e6) + .5)
		} else if err == nil {
			height = int(min(n, 1e6) + .5)
		}
	}
	if m := svgBox.FindSubmatch(tag); m != nil && (width == 0 || height == 0) {
		w, err := strconv.ParseFloat(string(m[1]), 64)
		h, err2 := strconv.ParseFloat(string(m[2]), 64)
		if err == nil && err2 == nil {
			width, height = int(min(w, 1e6)+.5), int(min(h, 1e6)+.5)
		}
	}
	return width, height
}
