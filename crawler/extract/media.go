package extract

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"filon/crawler/content"
)

// What a film or a recording says of itself: how long it is, its title, its author, its rights. Of a film of a gigabyte this is in
// a few thousand bytes, which are read wherever they lie: MP4 and QuickTime (ISO/IEC 14496-12, boxes), MP3 (ID3v2, id3.org).

// Bounds of reading a film.
const (
	mostBoxes     = 4000     // looked at
	mostBoxDepth  = 8        //
	mostOfBox     = 64 << 10 // of what a text may hold
	mostID3       = 1 << 20  // of the tag at the start of an MP3, without pictures
	longestFilm   = 7 * 24 * time.Hour
	unknownLength = 1<<32 - 1  // of a film
	epochOfBoxes  = 2082844800 // seconds from 1904 to 1970
	headOfBox     = 8
	headOfLongBox = 16
)

// readMedia reads what a film or a recording says of itself. Where nothing of it can be read, or it was not fetched, it is an item
// by its name.
func readMedia(in Input, kind string) content.Item {
	d := newDraft(in, 0, time.Time{})
	d.MIME = kind
	d.fail(content.NoText, "sound or film; its body is not read")
	r, size := in.Media, in.MediaBytes
	if r == nil && len(in.Body) > 0 {
		r, size = bytes.NewReader(in.Body), int64(len(in.Body))
	}
	if r == nil && in.Path != "" {
		f, err := os.Open(in.Path)
		if err == nil {
			defer f.Close()
			if info, err := f.Stat(); err == nil {
				r, size = f, info.Size()
			}
		}
	}
	if r != nil && size > 0 {
		m := &media{from: r, size: size, d: d}
		m.read()
	}
	item := d.finish()
	item.Description = item.Properties["description"]
	if in.Path != "" {
		item.Bytes = size
	}
	return item
}

// media reads boxes and tags. What is damaged ends the reading; what was read before stays.
type media struct {
	from  io.ReaderAt
	size  int64
	d     *draft
	boxes int
	keys  []string // of QuickTime metadata, counted from 1
}

func (m *media) read() {
	head := m.bytes(0, 12)
	switch {
	case len(head) >= 10 && string(head[:3]) == "ID3":
		m.id3(head)
	case len(head) >= 12 && boxBegins(head):
		m.walk(0, m.size, 0, "")
	}
}

// boxBegins tells whether a film begins with a box that such films begin with.
func boxBegins(head []byte) bool {
	switch string(head[4:8]) {
	case "ftyp", "moov", "free", "skip", "wide", "mdat":
		return true
	}
	return false
}

// bytes reads n bytes at an offset, fewer at the end.
func (m *media) bytes(at, n int64) []byte {
	if at < 0 || n <= 0 || at >= m.size {
		return nil
	}
	b := make([]byte, min(n, m.size-at, mostOfBox))
	got, _ := m.from.ReadAt(b, at)
	return b[:got]
}

// walk looks at the boxes from one offset to another. in is the path of those around them.
func (m *media) walk(from, to int64, depth int, in string) {
	for at := from; at+headOfBox <= to && m.boxes < mostBoxes && depth <= mostBoxDepth; {
		m.boxes++
		head := m.bytes(at, headOfLongBox)
		if len(head) < headOfBox {
			return
		}
		length, kind, skip := int64(binary.BigEndian.Uint32(head)), string(head[4:8]), int64(headOfBox)
		switch {
		case length == 1 && len(head) == headOfLongBox:
			long := binary.BigEndian.Uint64(head[8:])
			if long > uint64(m.size) {
				return
			}
			length, skip = int64(long), headOfLongBox
		case length == 0:
			length = to - at
		}
		if length < skip {
			return
		}
		m.box(kind, at+skip, min(at+length, to), depth, in) // of a film that is cut, what is there
		at += length
	}
}

// box reads one box, whose content lies from one offset to another.
func (m *media) box(kind string, from, to int64, depth int, in string) {
	switch {
	case kind == "moov", kind == "trak" && in == "moov", kind == "udta":
		m.walk(from, to, depth+1, kind)
	case kind == "meta":
		if b := m.bytes(from, 8); len(b) == 8 && string(b[4:]) != "hdlr" { // a version stands before the boxes, but in QuickTime
			from += 4
		}
		m.walk(from, to, depth+1, kind)
	case kind == "mvhd":
		m.movie(m.bytes(from, 32))
	case kind == "tkhd":
		m.track(m.bytes(from, min(to-from, 96)))
	case kind == "keys":
		m.names(m.bytes(from, to-from))
	case kind == "ilst":
		m.walk(from, to, depth+1, kind)
	case in == "ilst":
		m.entry(kind, from, to)
	case in == "udta":
		m.said(kind, m.bytes(from, to-from))
	}
}

// movie reads the duration and the day of a film (section 8.2.2).
func (m *media) movie(b []byte) {
	var made, scale, length uint64
	switch {
	case len(b) >= 20 && b[0] == 0:
		made, scale, length = uint64(binary.BigEndian.Uint32(b[4:])), uint64(binary.BigEndian.Uint32(b[12:])), uint64(binary.BigEndian.Uint32(b[16:]))
	case len(b) >= 32 && b[0] == 1:
		made, scale, length = binary.BigEndian.Uint64(b[4:]), uint64(binary.BigEndian.Uint32(b[20:])), binary.BigEndian.Uint64(b[24:])
	}
	if scale > 0 && length != unknownLength && length/scale < uint64(longestFilm.Seconds()) {
		m.d.Seconds = int((length + scale/2) / scale)
	}
	if made > epochOfBoxes && made < epochOfBoxes+1<<33 {
		m.d.created(time.Unix(int64(made-epochOfBoxes), 0))
	}
}

// track notes the size of the picture of a track (section 8.3.2), the largest of all.
func (m *media) track(b []byte) {
	at := 76
	if len(b) > 0 && b[0] == 1 {
		at = 88
	}
	if len(b) < at+8 {
		return
	}
	width, height := binary.BigEndian.Uint32(b[at:])>>16, binary.BigEndian.Uint32(b[at+4:])>>16
	if before, _ := strconv.Atoi(m.d.Properties["video:width"]); width == 0 || height == 0 || int(width) <= before {
		return
	}
	delete(m.d.Properties, "video:width")
	delete(m.d.Properties, "video:height")
	m.d.property("video:width", strconv.Itoa(int(width)))
	m.d.property("video:height", strconv.Itoa(int(height)))
}

// mediaNames are the properties for the names of boxes, of QuickTime keys and of ID3 frames.
var mediaNames = map[string]string{
	"\xa9nam": "title", "titl": "title", "com.apple.quicktime.title": "title", "TIT2": "title", "TT2": "title", "com.apple.quicktime.displayname": "title",
	"\xa9ART": "creator", "\xa9aut": "creator", "auth": "creator", "perf": "creator", "com.apple.quicktime.author": "creator", "com.apple.quicktime.artist": "creator", "TPE1": "creator", "TP1": "creator", "\xa9dir": "creator",
	"cprt": "copyright", "\xa9cpy": "copyright", "com.apple.quicktime.copyright": "copyright", "TCOP": "copyright", "TCR": "copyright",
	"\xa9des": "description", "desc": "description", "dscp": "description", "ldes": "description", "com.apple.quicktime.description": "description",
	"\xa9cmt": "comments", "com.apple.quicktime.comment": "comments", "COMM": "comments", "COM": "comments",
	"keyw": "keywords", "com.apple.quicktime.keywords": "keywords",
}

// places are the names under which a camera writes where it was.
var places = map[string]bool{"\xa9xyz": true, "loci": true, "com.apple.quicktime.location.ISO6709": true}

// keep notes what stands under a name. A place is only said to be present.
func (m *media) keep(name, value string) {
	switch {
	case places[name]:
		m.d.property("gps", "present")
	case mediaNames[name] != "":
		m.d.property(mediaNames[name], strings.Trim(value, " \x00\r\n\t"))
	}
}

// names reads the keys of QuickTime metadata.
func (m *media) names(b []byte) {
	for b = b[min(8, len(b)):]; len(b) >= 8 && len(m.keys) < 256; {
		n := int(binary.BigEndian.Uint32(b))
		if n < 8 || n > len(b) {
			return
		}
		m.keys = append(m.keys, string(b[8:n]))
		b = b[n:]
	}
}

// entry reads one entry of a list of metadata: a box data, with a type and a place before the value.
func (m *media) entry(kind string, from, to int64) {
	if n := binary.BigEndian.Uint32([]byte(kind)); n > 0 && int64(n) <= int64(len(m.keys)) {
		kind = m.keys[n-1]
	}
	b := m.bytes(from, to-from)
	if len(b) < 16 || string(b[4:8]) != "data" {
		return
	}
	n := min(int(binary.BigEndian.Uint32(b)), len(b))
	if n < 16 {
		return
	}
	value := b[16:n]
	switch binary.BigEndian.Uint32(b[8:12]) & 0xffffff {
	case 1:
		m.keep(kind, strings.ToValidUTF8(string(value), ""))
	case 2:
		m.keep(kind, wide(value, binary.BigEndian))
	default:
		if places[kind] {
			m.keep(kind, "")
		}
	}
}

// said reads a text that stands among the user data: of QuickTime, a length and a language before it; of 3GPP (TS 26.244), a
// version and a language.
func (m *media) said(kind string, b []byte) {
	switch {
	case len(b) < 4:
	case kind[0] == 0xa9:
		if n := int(binary.BigEndian.Uint16(b)); n <= len(b)-4 {
			m.keep(kind, legacy(b[4:4+n]))
		}
	case len(b) > 6:
		if b = b[6:]; len(b) > 2 && (b[0] == 0xfe && b[1] == 0xff || b[0] == 0xff && b[1] == 0xfe) {
			m.keep(kind, marked(b))
		} else {
			m.keep(kind, strings.ToValidUTF8(string(b), ""))
		}
	}
}

// id3 reads the tag at the start of an MP3: versions 2.2 to 2.4.
func (m *media) id3(head []byte) {
	version, end := head[3], int64(10+safe(head[6:10]))
	if version < 2 || version > 4 || head[5]&0x80 != 0 { // unsynchronised tags are of old players
		return
	}
	at := int64(10)
	if head[5]&0x40 != 0 && version > 2 {
		if b := m.bytes(at, 4); len(b) == 4 && version == 4 {
			at += int64(safe(b))
		} else if len(b) == 4 {
			at += 4 + int64(binary.BigEndian.Uint32(b))
		}
	}
	for at+10 <= min(end, mostID3) && m.boxes < mostBoxes {
		m.boxes++
		b := m.bytes(at, 10)
		if len(b) < 10 || b[0] < 'A' || b[0] > 'Z' {
			return
		}
		name, length, skip := string(b[:4]), int64(binary.BigEndian.Uint32(b[4:])), int64(10)
		switch version {
		case 4:
			length = int64(safe(b[4:8]))
		case 2:
			name, length, skip = string(b[:3]), int64(b[3])<<16|int64(b[4])<<8|int64(b[5]), 6
		}
		if length <= 0 || at+skip+length > end {
			return
		}
		if name == "TLEN" || name == "TLE" {
			if ms, err := strconv.Atoi(frameText(m.bytes(at+skip, length))); err == nil && ms > 0 && int64(ms) < longestFilm.Milliseconds() {
				m.d.Seconds = (ms + 500) / 1000
			}
		} else if mediaNames[name] != "" {
			b := m.bytes(at+skip, length)
			if name == "COMM" || name == "COM" { // a language and a short description stand before
				b = comment(b)
			}
			m.keep(name, frameText(b))
		}
		at += skip + length
	}
}

// safe is a number of 7 bits a byte.
func safe(b []byte) uint32 {
	return uint32(b[0]&0x7f)<<21 | uint32(b[1]&0x7f)<<14 | uint32(b[2]&0x7f)<<7 | uint32(b[3]&0x7f)
}

// comment is the text of a comment, with the byte of its charset.
func comment(b []byte) []byte {
	if len(b) < 5 {
		return nil
	}
	charset, rest := b[0], b[4:]
	if charset == 1 || charset == 2 {
		for i := 0; i+1 < len(rest); i += 2 {
			if rest[i] == 0 && rest[i+1] == 0 {
				return append([]byte{charset}, rest[i+2:]...)
			}
		}
		return nil
	}
	for i := range rest {
		if rest[i] == 0 {
			return append([]byte{charset}, rest[i+1:]...)
		}
	}
	return nil
}

// frameText is the text of a frame; its first byte tells the charset.
func frameText(b []byte) string {
	if len(b) < 2 {
		return ""
	}
	switch b[0] {
	case 1:
		return strings.Trim(marked(b[1:]), "\x00")
	case 2:
		return strings.Trim(wide(b[1:], binary.BigEndian), "\x00")
	case 3:
		return strings.Trim(strings.ToValidUTF8(string(b[1:]), ""), "\x00")
	}
	return strings.Trim(legacy(b[1:]), "\x00")
}

// legacy reads text of which nothing says the charset: UTF-8 where it is, else Latin-1.
func legacy(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return latin1(b)
}

// marked reads UTF-16 with a byte order mark; without one it is big endian.
func marked(b []byte) string {
	if len(b) >= 2 && b[0] == 0xff && b[1] == 0xfe {
		return wide(b[2:], binary.LittleEndian)
	}
	if len(b) >= 2 && b[0] == 0xfe && b[1] == 0xff {
		b = b[2:]
	}
	return wide(b, binary.BigEndian)
}

// wide reads UTF-16 without a mark.
func wide(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}
