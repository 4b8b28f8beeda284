package extract

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"

	"filon/crawler/content"
)

const (
	mimeMail     = "message/rfc822"
	maxMailDepth = 8
	maxMailParts = 500
)

// readMail reads a message (RFC 5322, MIME RFC 2045 to 2049): subject, sender, date and the text that a
// mail program shows. Of the recipients only the number is kept; what office documents and texts that are attached
// say is kept as hidden words, a message that was attached is read as part of the text.
func readMail(body []byte, d *draft) {
	d.MIME = mimeMail
	message, err := mail.ReadMessage(bytes.NewReader(mailHead(body)))
	if err != nil {
		d.fail(content.Broken, "no readable message")
		return
	}
	header := message.Header
	mailHeaders(header, d)
	m := mailReader{draft: d}
	m.part(map[string][]string(header), message.Body, 0)
	d.inside(m.attachments, m.unread)
	if m.pictures > 0 {
		d.property("pictures", strconv.Itoa(m.pictures))
	}
	d.endCover()
}

// mailHead leaves out what stands before the first header: a mailbox line, a mark, blank lines.
func mailHead(body []byte) []byte {
	body = bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\ufeff")), "\r\n \t")
	if bytes.HasPrefix(body, []byte("From ")) || bytes.HasPrefix(body, []byte(">From ")) {
		if _, rest, found := bytes.Cut(body, []byte("\n")); found {
			return rest
		}
	}
	return body
}

// mailHeaders keeps the headers that say what a message is, who wrote it and how far it may go.
func mailHeaders(h mail.Header, d *draft) {
	d.property("title", mailWords(h.Get("Subject")))
	if from := h.Get("From"); from != "" {
		name := mailWords(from)
		if list, err := (&mail.AddressParser{WordDecoder: mailDecoder}).ParseList(from); err == nil && len(list) > 0 {
			name = firstOf(list[0].Name, list[0].Address)
		}
		d.property("creator", name)
	}
	d.property("company", mailWords(h.Get("Organization")))
	d.property("sensitivity", h.Get("Sensitivity")) // RFC 2156: Personal, Private, Company-Confidential
	d.property("keywords", mailWords(h.Get("Keywords")))
	d.property("comments", mailWords(h.Get("Comments")))
	if when, err := mail.ParseDate(h.Get("Date")); err == nil {
		d.created(when)
	}
	n := 0
	for _, name := range []string{"To", "Cc", "Bcc"} {
		for _, line := range h[name] {
			n += strings.Count(line, "@")
		}
	}
	if n > 0 {
		d.property("recipients", strconv.Itoa(n))
	}
	for _, line := range h["Msip_labels"] {
		mailLabels(line, d)
	}
	for _, l := range h["Content-Language"] {
		d.declared = firstOf(d.declared, subtag(l))
	}
}

// mailLabels reads the header in which Microsoft keeps sensitivity labels: NAME=VALUE; NAME=VALUE.
func mailLabels(line string, d *draft) {
	for pair := range strings.SplitSeq(line, ";") {
		name, value, found := strings.Cut(strings.TrimSpace(pair), "=")
		if found && strings.HasPrefix(name, "MSIP_Label_") {
			d.property(name, mailWords(value))
		}
	}
}

var mailDecoder = &mime.WordDecoder{CharsetReader: func(label string, in io.Reader) (io.Reader, error) {
	return charset.NewReaderLabel(label, in)
}}

// mailWords decodes encoded words (RFC 2047) and bytes that are in no header by the rules.
func mailWords(s string) string {
	if decoded, err := mailDecoder.DecodeHeader(s); err == nil {
		s = decoded
	}
	return latin([]byte(s))
}

type mailReader struct {
	draft       *draft
	parts       int
	attachments int
	unread      int // of the attachments
	pictures    int
}

// part reads one part of a message with the headers h, down to its own parts.
func (m *mailReader) part(h map[string][]string, body io.Reader, depth int) {
	d := m.draft
	if m.parts++; m.parts > maxMailParts || depth > maxMailDepth {
		d.fail(content.TooLarge, "more parts than filon reads")
		return
	}
	if d.late() {
		d.stop(errDeadline)
		return
	}
	get := func(name string) string { return mail.Header(h).Get(name) }
	kind, parameters, err := mime.ParseMediaType(get("Content-Type"))
	if err != nil {
		if kind = mediaType(get("Content-Type")); kind == "" {
			kind = mimeText
		}
	}
	switch strings.ToLower(strings.TrimSpace(get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, &base64Letters{body})
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	disposition, named, _ := mime.ParseMediaType(get("Content-Disposition"))
	name := firstOf(mailWords(named["filename"]), mailWords(parameters["name"]))
	if disposition == "attachment" && kind != mimeMail && !signature(kind) {
		m.attached(name, body)
		return
	}
	switch main, _, _ := strings.Cut(kind, "/"); {
	case main == "multipart":
		m.multipart(kind, parameters["boundary"], body, depth)
	case kind == mimeMail:
		inner, err := mail.ReadMessage(body)
		if err != nil {
			m.attachments++
			m.unread++
			return
		}
		d.property("sensitivity", inner.Header.Get("Sensitivity")) // unless the outer message says its own
		for _, line := range inner.Header["Msip_labels"] {
			mailLabels(line, d)
		}
		d.heading(2, mailWords(inner.Header.Get("Subject")))
		m.part(map[string][]string(inner.Header), inner.Body, depth+1)
	case kind == mimeText, kind == mimeHTML:
		m.text(kind, get("Content-Type"), body)
	case strings.HasPrefix(kind, "multipart"), kind == "message/delivery-status", signature(kind):
	case kind == "application/pgp-encrypted", kind == "application/pkcs7-mime" && parameters["smime-type"] != "signed-data", kind == "application/x-pkcs7-mime" && parameters["smime-type"] != "signed-data":
		d.stop(errEncrypted)
	case main == "image":
		m.pictures++
	default:
		m.attached(name, body)
	}
}

// signature tells whether a part only signs the others (RFC 1847).
func signature(kind string) bool {
	return kind == "application/pgp-signature" || kind == "application/pkcs7-signature" || kind == "application/x-pkcs7-signature"
}

// attached reads an attachment.
func (m *mailReader) attached(name string, body io.Reader) {
	if m.attachments++; m.attachments <= maxInside {
		if b, err := io.ReadAll(io.LimitReader(body, maxInsideBytes+1)); err == nil && len(b) <= maxInsideBytes && m.draft.readInside(name, b) {
			return
		}
	}
	m.unread++
}

// multipart reads the parts inside of a part. Of alternatives the richest that can be read is shown.
func (m *mailReader) multipart(kind, boundary string, body io.Reader, depth int) {
	d := m.draft
	if boundary == "" {
		d.fail(content.Broken, "a message without the mark between its parts")
		return
	}
	type alternative struct {
		header map[string][]string
		body   []byte
	}
	var choice *alternative
	parts := multipart.NewReader(body, boundary)
	for {
		p, err := parts.NextRawPart()
		if err != nil {
			if err != io.EOF && m.parts < 2 {
				d.fail(content.Broken, "a message that ends too early")
			}
			break
		}
		if kind != "multipart/alternative" {
			m.part(p.Header, p, depth+1)
			if m.parts > maxMailParts || d.late() {
				break
			}
			continue
		}
		inside := mediaType(p.Header.Get("Content-Type"))
		b, _ := io.ReadAll(io.LimitReader(p, maxUnpacked)) // a cut part is shown as far as it goes
		// Calendars and the like come last in the list, but have nothing to show.
		if choice == nil || inside == mimeHTML && len(bytes.TrimSpace(b)) > 0 || strings.HasPrefix(inside, "multipart/") {
			choice = &alternative{p.Header, b}
		}
		if m.parts++; m.parts > maxMailParts {
			break
		}
	}
	if choice != nil {
		m.part(choice.header, bytes.NewReader(choice.body), depth+1)
	}
}

// text writes a part that is shown.
func (m *mailReader) text(kind, contentType string, body io.Reader) {
	b, err := io.ReadAll(io.LimitReader(body, maxUnpacked))
	if err != nil && len(b) == 0 {
		m.draft.fail(content.Broken, "a part of the message cannot be read")
		return
	}
	text, name := decodeText(b, contentType)
	m.draft.Charset = firstOf(m.draft.Charset, name)
	if kind == mimeText {
		title := m.draft.Title
		readParagraphs(strings.ReplaceAll(string(text), "\r\n", "\n"), m.draft)
		m.draft.Title = title
		return
	}
	pictures, err := markupText(bytes.NewReader(text), m.draft)
	m.pictures += pictures
	m.draft.stop(err)
}

// base64Letters leaves out what is no letter of base64 and what comes after the padding, which mail
// programs forgive.
type base64Letters struct{ in io.Reader }

func (l *base64Letters) Read(p []byte) (int, error) {
	for {
		n, err := l.in.Read(p)
		kept := 0
		for _, c := range p[:n] {
			if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
				p[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil {
			return kept, err
		}
	}
}
