package extract

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"filon/crawler/content"
)

// readRTF reads Rich Text Format (Microsoft's specification 1.9.1): groups in braces, control words
// behind a backslash, text in a code page or as \u numbers.
func readRTF(body []byte, d *draft) {
	r := &rtfReader{in: body, draft: d, page: charmap.Windows1252, fonts: map[int]encoding.Encoding{}}
	r.group = rtfGroup{skipAfterU: 1}
	d.stop(r.read())
	r.inRow = false
	r.paragraphEnds()
	r.apartEnds()
	r.noteEnds()
	d.row(strings.TrimRight(strings.Join(r.row, "\t"), "\t"))
	for i, z := range []content.ZoneKind{content.ZoneHeader, content.ZoneFooter, content.ZoneComment, content.ZoneWatermark} {
		d.zone(z, 0, r.sides[i+1].String())
	}
	d.property("creator", r.info["author"])
	d.property("last_modified_by", r.info["operator"])
	d.property("category", r.info["category"])
	d.property("comments", r.info["doccomm"])
	for _, same := range []string{"title", "subject", "keywords", "manager", "company"} {
		d.property(same, r.info[same])
	}
	if r.pictures > 0 {
		d.property("pictures", strconv.Itoa(r.pictures))
	}
	d.inside(r.objects, r.unread)
	d.endCover()
}

// Where the text of a group goes.
const (
	rtfBody = iota
	rtfHeader
	rtfFooter
	rtfComment
	rtfWatermark
	rtfNote // at the foot of a page or at the end
	rtfInfo
	rtfFontTable
	rtfField
	rtfNowhere
)

// rtfGroup is what a brace saves and restores.
type rtfGroup struct {
	to         int
	property   string // of the info group, or the name of a shape's property
	font       int
	skipAfterU int // \ucN: characters that stand in for a \u number
	hidden     bool
	level      int // outline level; 0 is body text
	list       bool
	deleted    bool // by a tracked change
	box        bool // a text box begins in this very group
}

type rtfReader struct {
	in    []byte
	at    int
	draft *draft
	group rtfGroup
	stack []rtfGroup
	page  encoding.Encoding // code page of the file
	fonts map[int]encoding.Encoding

	raw      []byte // bytes not decoded yet
	units    []uint16
	skip     int // characters to leave out after \u
	text     strings.Builder
	row      []string
	inRow    bool
	sides    [6]strings.Builder
	apart    strings.Builder // hidden or deleted text that stands together
	apartOf  content.ZoneKind
	noted    bool // a note was left, and no text came since
	info     map[string]string
	time     map[string]int
	field    string // instruction of the field that is being read
	shape    string // name of the shape property that was read last
	pictures int
	objects  int  // files inside
	unread   int  // of them
	isForm   bool // the object is a control
	chance   int  // control words since the last check of the clock
}

func (r *rtfReader) read() error {
	r.info = map[string]string{}
	for r.at < len(r.in) {
		if r.draft.full {
			return nil
		}
		c := r.in[r.at]
		r.at++
		switch c {
		case '{':
			r.flush()
			if len(r.stack) >= maxDepth {
				return errTooLarge
			}
			r.stack = append(r.stack, r.group)
			r.group.box = false
			r.skip = 0
		case '}':
			r.flush()
			if r.group.to == rtfField {
				r.fieldEnds()
			}
			if r.group.property != "" && r.group.to == rtfInfo {
				r.infoEnds()
			}
			if n := len(r.stack) - 1; n >= 0 {
				left := r.group
				r.group, r.stack = r.stack[n], r.stack[:n]
				r.leave(left)
			}
			r.skip = 0
			if len(r.stack) == 0 {
				return nil // text after the end is not part of the document
			}
		case '\\':
			if r.chance++; r.chance%4096 == 0 && r.draft.late() {
				return errDeadline
			}
			r.control()
		case '\r', '\n', 0:
		default:
			r.char(c)
		}
	}
	if len(r.stack) > 0 {
		r.flush()
		return errBroken
	}
	return nil
}

// control reads what follows a backslash.
func (r *rtfReader) control() {
	if r.at >= len(r.in) {
		return
	}
	c := r.in[r.at]
	if c < 'a' || c > 'z' {
		if c < 'A' || c > 'Z' {
			r.at++
			r.symbol(c)
			return
		}
	}
	start := r.at
	for r.at < len(r.in) && (r.in[r.at]|0x20 >= 'a' && r.in[r.at]|0x20 <= 'z') && r.at-start < 32 {
		r.at++
	}
	word := string(r.in[start:r.at])
	start = r.at
	if r.at < len(r.in) && r.in[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.in) && r.in[r.at] >= '0' && r.in[r.at] <= '9' && r.at-start < 11 {
		r.at++
	}
	n, err := strconv.Atoi(string(r.in[start:r.at]))
	given := err == nil
	if r.at < len(r.in) && r.in[r.at] == ' ' {
		r.at++
	}
	r.word(word, n, given)
}

func (r *rtfReader) symbol(c byte) {
	switch c {
	case '\'':
		if r.at+2 <= len(r.in) {
			if n, err := strconv.ParseUint(string(r.in[r.at:r.at+2]), 16, 8); err == nil {
				r.at += 2
				r.char(byte(n))
			}
		}
	case '*':
		r.group.to = rtfNowhere // unknown to us unless the next word says otherwise
	case '~':
		r.flush()
		r.put("\u00a0")
	case '_':
		r.flush()
		r.put("-")
	case '-':
	case '\n', '\r':
		r.paragraphEnds()
	case '\\', '{', '}':
		r.char(c)
	}
}

// char takes one byte of text.
func (r *rtfReader) char(c byte) {
	if r.skip > 0 {
		r.skip--
		return
	}
	r.flushUnits()
	if r.group.to != rtfNowhere && len(r.raw) < maxParagraph {
		r.raw = append(r.raw, c)
	}
}

// flush decodes what was collected and puts it where the group says.
func (r *rtfReader) flush() {
	r.flushUnits()
	if len(r.raw) == 0 {
		return
	}
	enc := r.page
	if f := r.fonts[r.group.font]; f != nil {
		enc = f
	}
	s, err := enc.NewDecoder().Bytes(r.raw)
	if err != nil {
		s = r.raw
	}
	r.raw = r.raw[:0]
	r.put(string(s))
}

func (r *rtfReader) flushUnits() {
	if len(r.units) == 0 {
		return
	}
	s := string(utf16.Decode(r.units))
	r.units = r.units[:0]
	r.put(s)
}

func (r *rtfReader) put(s string) {
	switch to := r.group.to; to {
	case rtfBody:
		if r.group.deleted {
			r.draft.property("tracked_changes", "present")
			r.putApart(content.ZoneDeleted, s)
		} else if r.group.hidden {
			r.draft.property("hidden_text", "present")
			r.putApart(content.ZoneHidden, s)
		} else if r.text.Len() < maxParagraph {
			r.apartEnds()
			if first, _ := utf8.DecodeRuneInString(s); r.noted && r.text.Len() > 0 && (unicode.IsLetter(first) || unicode.IsDigit(first)) {
				r.text.WriteByte(' ')
			}
			r.noted = false
			r.text.WriteString(s)
		}
	case rtfHeader, rtfFooter, rtfComment, rtfNote:
		if n := r.sides[to].Len(); n < maxZoneText || to == rtfNote && n < maxParagraph {
			r.sides[to].WriteString(s)
		}
	case rtfWatermark: // {\sn gtextUNICODE}{\sv CONFIDENTIEL}
		if r.group.property == "sn" {
			r.shape = strings.TrimSpace(s)
		} else if r.group.property == "sv" && r.shape == "gtextUNICODE" && r.sides[to].Len() < maxZoneText {
			r.sides[to].WriteString(s)
		}
	case rtfField:
		if len(r.field) < maxProperty {
			r.field += s
		}
	case rtfInfo:
		if p := r.group.property; p != "" && len(r.info[p]) < maxProperty {
			r.info[p] += s
		}
	}
}

func (r *rtfReader) paragraphEnds() {
	r.flush()
	if r.group.to != rtfBody {
		if t := r.group.to; isSide(t) {
			r.sides[t].WriteByte('\n')
		}
		return
	}
	r.apartEnds()
	s := r.text.String()
	if r.inRow {
		r.text.WriteByte(' ')
		return
	}
	r.text.Reset()
	switch {
	case strings.TrimSpace(s) == "":
	case r.group.level > 0:
		r.draft.heading(r.group.level, s)
	case r.group.list:
		r.draft.Shape.ListEntries++
		r.draft.row(s)
	default:
		r.draft.block(s)
	}
	r.noteEnds()
}

func isSide(to int) bool {
	return to == rtfHeader || to == rtfFooter || to == rtfComment || to == rtfNote
}

// leave sets what a group held apart from what follows.
func (r *rtfReader) leave(left rtfGroup) {
	if isSide(left.to) && r.group.to != left.to {
		r.sides[left.to].WriteByte('\n')
		r.noted = r.noted || left.to == rtfNote
	}
	if left.box && left.to == rtfBody {
		r.text.WriteByte('\n')
	}
}

// noteEnds writes the notes behind the paragraph that they stand in.
func (r *rtfReader) noteEnds() {
	if note := &r.sides[rtfNote]; note.Len() > 0 && !r.inRow {
		r.draft.block(note.String())
		note.Reset()
	}
}

// putApart collects hidden or deleted text, which may come letter by letter.
func (r *rtfReader) putApart(kind content.ZoneKind, s string) {
	if r.apartOf != kind {
		r.apartEnds()
	}
	r.apartOf = kind
	if r.apart.Len() < maxZoneText {
		r.apart.WriteString(s)
	}
}

func (r *rtfReader) apartEnds() {
	if r.apart.Len() > 0 {
		r.draft.aside(r.apartOf, r.apart.String())
		r.apart.Reset()
	}
}

// outside gives where the text around the shape that is being read goes.
func (r *rtfReader) outside() int {
	for i := len(r.stack) - 1; i >= 0; i-- {
		if to := r.stack[i].to; to != rtfNowhere {
			return to
		}
	}
	return rtfBody
}

func (r *rtfReader) word(word string, n int, given bool) {
	switch word {
	case "pict":
		r.pictures++
	case "nonshppict": // holds a second copy
		r.pictures--
	case "object":
		r.isForm = false
	}
	if to, is := rtfDestinations[word]; is {
		r.flush()
		switch {
		case word == "shptxt", word == "result": // a text box, or what is seen of an object: goes where it stands
			r.group.to, r.group.box = r.outside(), word == "shptxt"
			if r.group.to == rtfBody && r.group.box {
				r.text.WriteByte('\n')
			}
		case r.group.to != rtfNowhere || len(r.stack) > 0 && r.stack[len(r.stack)-1].to != rtfNowhere:
			if to != rtfBody || r.group.to == rtfNowhere {
				r.group.to, r.group.property, r.group.hidden = to, "", false
			}
		}
		return
	}
	if r.group.to == rtfInfo {
		r.infoWord(word, n)
	}
	switch word {
	case "propname", "staticval": // of the properties that a company has added
		r.flush()
		r.group.to, r.group.property = rtfInfo, word
	case "revised":
		r.draft.property("tracked_changes", "present")
	case "deleted":
		r.flush()
		r.group.deleted = !given || n != 0
	case "sn", "sv":
		r.flush()
		r.group.to, r.group.property = rtfWatermark, word
	case "ansicpg", "cpg":
		if e := codePage(n); e != nil && word == "ansicpg" {
			r.page = e
		}
	case "mac":
		r.page = charmap.Macintosh
	case "pc":
		r.page = charmap.CodePage437
	case "f":
		r.flush()
		r.group.font = n
	case "fcharset":
		if r.group.to == rtfFontTable && len(r.fonts) < 10_000 {
			if e := fontCharset(n); e != nil {
				r.fonts[r.group.font] = e
			}
		}
	case "plain":
		r.flush()
		r.group.hidden, r.group.deleted = false, false
	case "u":
		if len(r.raw) > 0 {
			r.flush()
		}
		if r.group.to != rtfNowhere && len(r.units) < maxParagraph {
			r.units = append(r.units, uint16(n))
		}
		r.skip = r.group.skipAfterU
	case "uc":
		r.group.skipAfterU = min(max(n, 0), 10)
	case "objocx":
		r.isForm = true
	case "objdata":
		r.object()
	case "bin":
		r.at = min(r.at+max(n, 0), len(r.in))
	case "v":
		r.flush()
		r.group.hidden = !given || n != 0
	case "par", "sect":
		r.paragraphEnds()
	case "page":
		r.paragraphEnds()
		if r.group.to == rtfBody {
			r.draft.endCover()
		}
	case "pard":
		r.flush()
		r.group.level, r.group.list, r.inRow = 0, false, false
	case "intbl":
		r.inRow = true
	case "cell":
		r.flush()
		if len(r.row) < 1000 {
			r.row = append(r.row, flat(r.text.String(), maxParagraph))
		}
		r.text.Reset()
	case "row":
		r.flush()
		r.draft.row(strings.TrimRight(strings.Join(r.row, "\t"), "\t"))
		r.row, r.inRow = r.row[:0], false
		r.text.Reset()
	case "trowd":
		r.inRow = true
	case "outlinelevel":
		if n >= 0 && n < 6 {
			r.group.level = n + 1
		}
	case "ls":
		r.group.list = true
	case "tab":
		r.flush()
		r.put("\t")
	case "line", "lbr":
		r.flush()
		r.put("\n")
	case "emdash", "endash", "lquote", "rquote", "ldblquote", "rdblquote", "bullet", "emspace", "enspace":
		r.flush()
		r.put(rtfCharacters[word])
	}
}
