package extract

import (
	"bytes"
	"encoding/binary"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"

	"filon/crawler/content"
)

const mimeMSG = "application/vnd.ms-outlook"

// readMSG reads an Outlook message ([MS-OXMSG]): each property of the message is a stream that is named
// after its number and type. Of the recipients only the number is kept; attachments are counted, not read.
func readMSG(file *mscfb.Reader, d *draft) {
	d.MIME = mimeMSG
	streams := map[string][]byte{}
	recipients, attachments, left := 0, 0, int64(maxUnpacked)
	for i, entry := range file.File {
		if i >= maxEntries || d.late() {
			break
		}
		switch {
		case len(entry.Path) > 0:
		case strings.HasPrefix(entry.Name, "__recip_version1.0"):
			recipients++
		case strings.HasPrefix(entry.Name, "__attach_version1.0"):
			attachments++
		case strings.HasPrefix(entry.Name, "__substg1.0_") && len(entry.Name) == 20, entry.Name == "__properties_version1.0":
			b, err := io.ReadAll(io.LimitReader(entry, left))
			if left -= int64(len(b)); err != nil {
				d.fail(content.Broken, "a part of the message cannot be read")
			}
			streams[strings.TrimPrefix(entry.Name, "__substg1.0_")] = b
		}
	}
	m := msgReader{streams: streams, draft: d}
	m.properties(recipients, attachments)
	m.body()
	d.endCover()
}

type msgReader struct {
	streams map[string][]byte
	draft   *draft
}

// text gives a property of text: type 001F is UTF-16, type 001E is in a code page of the sender.
func (m *msgReader) text(property string) string {
	if b := m.streams[property+"001F"]; len(b) > 1 {
		units := make([]uint16, len(b)/2)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(b[2*i:])
		}
		return strings.TrimRight(string(utf16.Decode(units)), "\x00")
	}
	return strings.TrimRight(latin(m.streams[property+"001E"]), "\x00")
}

func (m *msgReader) properties(recipients, attachments int) {
	d := m.draft
	d.property("title", m.text("0037"))
	d.property("creator", firstOf(m.text("0042"), m.text("0C1A")))
	if recipients > 0 {
		d.property("recipients", strconv.Itoa(recipients))
	}
	d.inside(attachments, attachments)
	// The fixed-length properties: 32 bytes of header, then 16 for each, type and number first.
	for b := m.streams["__properties_version1.0"]; len(b) >= 48; b = b[16:] {
		at := b[32:48]
		value := binary.LittleEndian.Uint64(at[8:])
		switch binary.LittleEndian.Uint32(at) {
		case 0x00390040, 0x0E060040: // sent, delivered
			if d.Published.IsZero() {
				d.created(windowsTime(value))
			}
		case 0x30080040:
			d.modified(windowsTime(value))
		case 0x00360003:
			if s := []string{"", "Personal", "Private", "Company-Confidential"}[value&3]; s != "" {
				d.property("sensitivity", s)
			}
		}
	}
	// The headers of the message as it came hold the sensitivity labels.
	for line := range strings.SplitSeq(strings.ReplaceAll(m.text("007D"), "\r\n\t", " "), "\r\n") {
		if name, value, found := strings.Cut(line, ":"); found && strings.EqualFold(name, "msip_labels") {
			mailLabels(value, d)
		}
	}
}

// windowsTime reads units of 100 nanoseconds since 1601.
func windowsTime(units uint64) time.Time {
	const toUnix = 11644473600
	return time.Unix(int64(units/1e7)-toUnix, 0).UTC()
}

// body writes the text: as plain text when the message has it, else as HTML, else as RTF.
func (m *msgReader) body() {
	d := m.draft
	if s := m.text("1000"); strings.TrimSpace(s) != "" {
		title := d.Title
		readParagraphs(strings.ReplaceAll(s, "\r\n", "\n"), d)
		d.Title = title
		return
	}
	page := m.streams["10130102"]
	if len(page) == 0 {
		page = []byte(m.text("1013"))
	}
	if len(page) > 0 {
		text, name := decodeText(page, "")
		d.Charset = name
		_, err := markupText(bytes.NewReader(text), d)
		d.stop(err)
		return
	}
	if packed := m.streams["10090102"]; len(packed) > 0 {
		text, err := unpackRTF(packed)
		readRTF(text, d)
		d.stop(err)
	}
}

// rtfDictionary is what the window of compressed RTF begins with ([MS-OXRTFCP] 2.1.2.1).
const rtfDictionary = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"

// unpackRTF unpacks compressed RTF ([MS-OXRTFCP]): runs of eight tokens, each a byte or a reference of
// 2 to 17 bytes into a window of 4,096. Damage keeps what was unpacked until there.
func unpackRTF(b []byte) ([]byte, error) {
	if len(b) < 16 {
		return nil, errBroken
	}
	size := int(min(binary.LittleEndian.Uint32(b[4:]), 64<<20))
	kind, b := string(b[8:12]), b[16:]
	if kind == "MELA" {
		return b[:min(size, len(b))], nil
	}
	if kind != "LZFu" {
		return nil, errBroken
	}
	var window [4096]byte
	at := copy(window[:], rtfDictionary)
	out := make([]byte, 0, min(size, 20*len(b)))
	put := func(c byte) {
		out = append(out, c)
		window[at%4096] = c
		at++
	}
	for len(b) > 0 && len(out) < size {
		flags := b[0]
		b = b[1:]
		for bit := 0; bit < 8 && len(out) < size; bit++ {
			if flags>>bit&1 == 0 {
				if len(b) < 1 {
					return out, errBroken
				}
				put(b[0])
				b = b[1:]
				continue
			}
			if len(b) < 2 {
				return out, errBroken
			}
			token := int(b[0])<<8 | int(b[1])
			b = b[2:]
			from := token >> 4
			if from == at%4096 {
				return out, nil // the end
			}
			for k := range token&15 + 2 {
				put(window[(from+k)%4096])
			}
		}
	}
	return out, nil
}
