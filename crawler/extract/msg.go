package extract

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
	"time"

	"filon/crawler/content"
)

const mimeMSG = "application/vnd.ms-outlook"

// readMSG reads an Outlook message ([MS-OXMSG]): each property of the message is a stream that is named
// after its number and type. Of the recipients only the number is kept; what office documents and texts that are
// attached say is kept as hidden words, a message that was attached is read as part of the text.
func readMSG(root *folder, d *draft) {
	d.MIME = mimeMSG
	m := msgReader{draft: d}
	m.message(root, 0)
	d.inside(m.attachments, m.unread)
	if m.pictures > 0 {
		d.property("pictures", strconv.Itoa(m.pictures))
	}
	d.endCover()
}

type msgReader struct {
	streams map[string][]byte // of the message or attachment that is being read, by number and type
	draft   *draft

	attachments int
	unread      int // of the attachments
	pictures    int // that stand in the text
	parts       int // messages inside
}

// msgFixed is the stream of the properties of fixed length, msgData and msgObject are what an attachment holds.
const (
	msgFixed  = "__properties_version1.0"
	msgData   = "37010102"
	msgObject = "3701000d"
)

// properties reads the properties that a folder holds.
func (m *msgReader) properties(f *folder) {
	m.streams = map[string][]byte{}
	for _, s := range f.order {
		name := strings.ToLower(s.Name)
		tag, is := strings.CutPrefix(name, "__substg1.0_")
		if is = is && len(tag) == 8 && tag != msgData; !is && name != msgFixed {
			continue
		}
		b, err := f.read(name, maxUnpacked)
		if err != nil {
			m.draft.fail(content.Broken, "a part of the message cannot be read")
		}
		if !is {
			tag = "FIXED"
		}
		m.streams[strings.ToUpper(tag)] = b
	}
}

// message reads a message and what is attached to it; one at depth 0 is the file itself.
func (m *msgReader) message(f *folder, depth int) {
	d := m.draft
	m.properties(f)
	if depth == 0 {
		m.known()
		recipients := 0
		for _, name := range f.names {
			if strings.HasPrefix(name, "__recip_version1.0") {
				recipients++
			}
		}
		if recipients > 0 {
			d.property("recipients", strconv.Itoa(recipients))
		}
	} else {
		d.heading(2, m.text("0037"))
	}
	head := 32
	if depth > 0 {
		head = 24
	}
	m.labels(head)
	m.body()
	page := m.page()
	for _, name := range f.names {
		if strings.HasPrefix(name, "__attach_version1.0") {
			m.attachment(f.inner[name], page, depth)
		}
	}
}

// attachment reads one attachment: a file, a message, or an object of another program. Pictures that the message, whose
// HTML is page, shows in its text are no attachments.
func (m *msgReader) attachment(f *folder, page []byte, depth int) {
	d := m.draft
	if d.late() {
		m.attachments, m.unread = m.attachments+1, m.unread+1
		d.stop(errDeadline)
		return
	}
	m.properties(f)
	id := m.text("3712")
	inText := m.fixed(8, 0x7FFE000B)&0xff != 0 || id != "" && bytes.Contains(page, []byte("cid:"+id))
	name := firstOf(m.text("3707"), m.text("3704"))
	object := f.inner["__substg1.0_"+msgObject]
	if object != nil && object.has(msgFixed) {
		if m.parts++; depth < maxMailDepth && m.parts < maxMailParts {
			m.message(object, depth+1)
			return
		}
		d.fail(content.TooLarge, "more messages inside than filon reads")
	}
	data, err := f.read("__substg1.0_"+msgData, maxInsideBytes+1)
	if inText && err == nil && strings.HasPrefix(sniff(data.part(0, 4096), "", ""), "image/") {
		m.pictures++
		return
	}
	switch m.attachments++; {
	case m.attachments > maxInside:
	case object != nil && d.readObject(object):
		return
	case data != nil && err == nil && len(data) <= maxInsideBytes && d.readInside(name, data):
		return
	}
	m.unread++
}

// text gives a property of text: type 001F is UTF-16, type 001E is in a code page of the sender.
func (m *msgReader) text(property string) string {
	if b := m.streams[property+"001F"]; len(b) > 1 {
		return strings.TrimRight(octets(b).wide(), "\x00")
	}
	return strings.TrimRight(latin(m.streams[property+"001E"]), "\x00")
}

// fixed gives a property of fixed length, 0 when there is none: after a head stand 16 bytes for each, type and number
// first.
func (m *msgReader) fixed(head int, tag uint32) uint64 {
	for b := octets(m.streams["FIXED"]).part(head, maxUnpacked); len(b) >= 16; b = b[16:] {
		if binary.LittleEndian.Uint32(b) == tag {
			return binary.LittleEndian.Uint64(b[8:])
		}
	}
	return 0
}

// known keeps what the properties say of the whole message.
func (m *msgReader) known() {
	d := m.draft
	d.property("title", m.text("0037"))
	d.property("creator", firstOf(m.text("0042"), m.text("0C1A")))
	for _, tag := range [...]uint32{0x00390040, 0x0E060040} { // sent, delivered
		if when := m.fixed(32, tag); when != 0 && d.Published.IsZero() {
			d.created(windowsTime(when))
		}
	}
	if when := m.fixed(32, 0x30080040); when != 0 {
		d.modified(windowsTime(when))
	}
}

// labels keeps how far the sender lets the message go; of several messages the first that says something counts.
func (m *msgReader) labels(head int) {
	if s := []string{"", "Personal", "Private", "Company-Confidential"}[m.fixed(head, 0x00360003)&3]; s != "" {
		m.draft.property("sensitivity", s)
	}
	// The headers of the message as it came hold the sensitivity labels.
	for line := range strings.SplitSeq(strings.ReplaceAll(m.text("007D"), "\r\n\t", " "), "\r\n") {
		if name, value, found := strings.Cut(line, ":"); found && strings.EqualFold(name, "msip_labels") {
			mailLabels(value, m.draft)
		}
	}
}

// windowsTime reads units of 100 nanoseconds since 1601.
func windowsTime(units uint64) time.Time {
	const toUnix = 11644473600
	return time.Unix(int64(units/1e7)-toUnix, 0).UTC()
}

// page gives the HTML of a message, nil when it has none.
func (m *msgReader) page() []byte {
	if page := m.streams["10130102"]; len(page) > 0 {
		return page
	}
	return []byte(m.text("1013"))
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
	if page := m.page(); len(page) > 0 {
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
