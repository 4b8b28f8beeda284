package extract

import (
	"bytes"
	"encoding/xml"
	"image"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bep/imagemeta"
	"github.com/klippa-app/go-pdfium/requests"

	"filon/crawler/content"
)

// Bounds on the files inside of one document that are read.
const (
	maxInside      = 24
	maxInsideBytes = 8 << 20
	maxInsideText  = 256 << 10 // of all of them
)

// insideFormats maps endings of pictures inside of documents to what is read of them.
var insideFormats = map[string]imagemeta.ImageFormat{".jpg": imagemeta.JPEG, ".jpeg": imagemeta.JPEG, ".png": imagemeta.PNG, ".tif": imagemeta.TIFF, ".tiff": imagemeta.TIFF, ".webp": imagemeta.WebP}

// entriesIn gives the names of the files below a folder of an archive, wherever it lies, in order.
func (a *archive) entriesIn(folder string) (names []string) {
	for name := range a.entries {
		if (strings.HasPrefix(name, folder) || strings.Contains(name, "/"+folder)) && !strings.HasSuffix(name, "/") {
			names = append(names, name)
		}
	}
	sortNatural(names)
	return names
}

// objects reads what the charts and documents inside of an OpenDocument file say (ODF 1.3 part 2, 3.1): each has a
// folder of its own, but for those of Windows, which are files.
func objects(a *archive, d *draft) {
	var names []string
	for name := range a.entries {
		if strings.HasSuffix(name, "/content.xml") || strings.HasPrefix(name, "obj") && !strings.Contains(name, "/") {
			names = append(names, name)
		}
	}
	sortNatural(names)
	unread := len(names)
	for _, name := range names[:min(len(names), maxInside)] {
		if d.late() {
			break
		}
		if !strings.Contains(name, "/") {
			if body, err := a.readAll(name, maxInsideBytes+1); err == nil && len(body) <= maxInsideBytes && d.readInside(name, body) {
				unread--
			}
			continue
		}
		var said strings.Builder
		err := a.each(name, func(_ *markup, t xml.Token) error {
			if c, ok := t.(xml.CharData); ok && said.Len() <= maxInsideText {
				said.Write(c)
				said.WriteByte('\n')
			}
			return nil
		})
		if d.noteInside(said.String()) && err == nil {
			unread--
		}
	}
	d.inside(len(names), unread)
}

// mostInsideTime is what the reading of one file inside a document may take.
const mostInsideTime = 2 * time.Second

// embedded reads the files inside of a document that are documents themselves: nobody sees what they say, and all of it
// leaves with the document. Their words are kept as hidden ones; what cannot be read is counted.
func embedded(a *archive, folder string, d *draft) {
	names := a.entriesIn(folder)
	if len(names) == 0 {
		return
	}
	unread := len(names)
	for _, name := range names[:min(len(names), maxInside)] {
		if d.late() {
			break
		}
		if a.entries[name].UncompressedSize64 > maxInsideBytes {
			continue
		}
		if body, err := a.readAll(name, maxInsideBytes); err == nil && d.readInside(name, body) {
			unread--
		}
	}
	d.inside(len(names), unread)
}

// embeddedFile begins a file that a PDF holds (ISO 32000-1, 7.11.4). It is a stream, which no object stream can hide.
var embeddedFile = regexp.MustCompile(`/Type\s{0,4}/EmbeddedFile\b`)

// attachments reads the files that a PDF lists; those that are pinned to a page only are counted.
func (r *pdfReader) attachments() {
	count, err := r.engine.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: r.document})
	if err != nil {
		return
	}
	all := max(count.AttachmentCount, len(embeddedFile.FindAllIndex(r.body, maxInside)))
	unread := all
	defer func() {
		_ = recover()
		r.draft.inside(all, unread)
	}()
	for i := range min(count.AttachmentCount, maxInside) {
		if r.draft.late() {
			break
		}
		a, err := r.engine.FPDFDoc_GetAttachment(&requests.FPDFDoc_GetAttachment{Document: r.document, Index: i})
		if err != nil {
			continue
		}
		name, err := r.engine.FPDFAttachment_GetName(&requests.FPDFAttachment_GetName{Attachment: a.Attachment})
		if err != nil {
			continue
		}
		file, err := r.engine.FPDFAttachment_GetFile(&requests.FPDFAttachment_GetFile{Attachment: a.Attachment})
		if err == nil && len(file.Contents) <= maxInsideBytes && r.draft.readInside(name.Name, file.Contents) {
			unread--
		}
	}
}

// inside adds to how many files the document holds, and to how many of them were not read; no number of other properties
// keeps these two out.
func (d *draft) inside(all, unread int) {
	if all == 0 {
		return
	}
	if d.Properties == nil {
		d.Properties = map[string]string{}
	}
	d.files, d.filesUnread = d.files+all, d.filesUnread+unread
	d.Properties["attachments"] = strconv.Itoa(d.files)
	if d.filesUnread > 0 {
		d.Properties["attachments_unread"] = strconv.Itoa(d.filesUnread)
	}
}

// readInside reads one file inside of the document; false when it is of no kind that is read, or broken. A crash in it
// costs only its own words.
func (d *draft) readInside(name string, body []byte) bool { return d.readFile(name, body, false) }

// readFile is readInside; unwrapped says that the file was taken out of an object already.
func (d *draft) readFile(name string, body []byte, unwrapped bool) (read bool) {
	defer func() {
		if recover() != nil {
			read = false
		}
	}()
	kind := sniff(body[:min(len(body), 4096)], "", name)
	switch kind {
	case mimeZIP, mimeOLE, mimeXLS, mimeRTF, mimeMail:
		if d.within {
			return false // two levels down nobody looks
		}
	case mimeText, mimeMD, mimeCSV, mimeTSV:
		text, _ := decode(body, "")
		return d.noteInside(string(text))
	default:
		return false
	}
	if kind == mimeOLE && !unwrapped {
		root, err := openFolders(body)
		return err == nil && d.readObject(root)
	}
	return d.readOne(name, func(one *draft) { readDocument(Input{Address: name, Body: body}, kind, one, nil) })
}

// readOne reads a document inside of this one and keeps its words; false when not all of it was read, or it holds more.
func (d *draft) readOne(name string, read func(one *draft)) (all bool) {
	defer func() {
		if recover() != nil {
			all = false
		}
	}()
	one := newDraft(Input{Address: name}, maxInsideText, earlier(d.deadline, mostInsideTime))
	one.within = true
	read(one)
	item := one.finish()
	kept := d.noteInside(item.Text)
	for _, z := range item.Zones {
		if z.Kind != content.ZoneCover && z.Kind != content.ZoneUnseen {
			kept = d.noteInside(z.Text) && kept
		}
	}
	for name, value := range item.Properties {
		if strings.HasPrefix(name, "MSIP_Label_") {
			d.property(name, value)
		}
	}
	return kept && item.Problem == nil && item.Properties["attachments_unread"] == ""
}

// noteInside keeps what a file inside says; false when there is no room for all of it.
func (d *draft) noteInside(text string) bool {
	for l := range strings.Lines(text) {
		for l = flat(l, len(l)); l != ""; {
			piece := cutBytes(l, maxZoneText-1)
			if d.innerSize += len(piece) + 1; d.innerSize > maxInsideText {
				return false
			}
			d.inner.WriteString(piece)
			d.inner.WriteByte('\n')
			l = l[len(piece):]
		}
	}
	return true
}

// pictures counts the pictures inside of a document and keeps whom they name as creator, credit or owner of the
// rights, as far as that is easily read. A place is only said to be present.
func pictures(a *archive, folder string, d *draft) {
	names := a.entriesIn(folder)
	if len(names) == 0 {
		return
	}
	d.property("pictures", strconv.Itoa(len(names)))
	var credits []string
	read, written, recognised := 0, 0, 0
	for _, name := range names {
		format, known := insideFormats[path.Ext(name)]
		if !known || a.entries[name].UncompressedSize64 > maxInsideBytes {
			continue
		}
		if read++; read > maxInside || d.late() {
			break
		}
		body, err := a.readAll(name, maxInsideBytes)
		if err != nil {
			continue
		}
		one := &draft{deadline: earlier(d.deadline, 200*time.Millisecond)}
		_, _ = imageMetadata(body, format, one) // a damaged picture costs only its own credit
		d.property("gps", one.Properties["gps"])
		for _, s := range []string{creditOf(one.Properties), creatorOf(one.Properties), copyrightOf(one.Properties)} {
			if s != "" && !slices.Contains(credits, s) {
				credits = append(credits, s)
			}
		}
		switch shows, said := d.writingInside(body); {
		case said:
			recognised++
		case shows:
			written++
		}
	}
	if recognised > 0 {
		d.property("pictures_read", strconv.Itoa(recognised))
	}
	if written > 0 {
		d.property("pictures_unread", strconv.Itoa(written))
	}
	d.property("iptc:picture_credits", strings.Join(credits, "; "))
}

const (
	leastWrittenWidth  = 600 // pixels of a picture inside of a document that may be a page or a screenshot
	leastWrittenHeight = 300
)

// writingInside reads a picture inside of a document that looks like a page of text, when that is allowed; it tells
// whether there is such writing, and whether it was read. What it says is no text of the document, but it is judged.
func (d *draft) writingInside(body []byte) (shows, said bool) {
	size, _, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil || size.Width < leastWrittenWidth || size.Height < leastWrittenHeight || d.late() {
		return false, false
	}
	m := grey(decodePicture(body))
	if m == nil || !looksWritten(m) {
		return false, false
	}
	if d.ocr == nil {
		d.scan = true
		return true, false
	}
	if d.ocr.pages <= 0 {
		return true, false
	}
	d.ocr.pages--
	text, err := d.readPicture(m)
	if err != nil || text.letters < lettersOfAPage || text.sure < sureEnough {
		return true, false
	}
	for _, l := range text.lines {
		d.aside(content.ZoneHidden, l)
	}
	return true, true
}

// earlier gives the sooner of a deadline and so much from now; none stays none.
func earlier(deadline time.Time, within time.Duration) time.Time {
	if soon := time.Now().Add(within); !deadline.IsZero() && soon.Before(deadline) {
		return soon
	}
	return deadline
}
