package extract

import (
	"bytes"
	"mime"
	"net/url"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"golang.org/x/text/encoding/unicode"
)

// Kind is how an address is read.
type Kind string

// The ways to read what lies at an address.
const (
	KindPage     Kind = "page"     // HTML, read in this process
	KindDocument Kind = "document" // PDF, office, plain text …
	KindImage    Kind = "image"
	KindMedia    Kind = "media" // sound or film: an item without a body
	KindFeed     Kind = "feed"  // RSS, Atom, JSON Feed
	KindSitemap  Kind = "sitemap"
	KindUnknown  Kind = "unknown" // nothing says; the body has to be looked at
	KindNeither  Kind = "neither" // style, script, font, archive …: nothing to read
)

// Readable guesses from the headers and the address, before a body is fetched, how it would be read.
// A crawler may abandon KindNeither at once and need not fetch the body of KindMedia. The declared
// type decides unless it is missing or one of those that servers give to everything.
func Readable(contentType, address string) Kind {
	declared := mediaType(contentType)
	if k, known := kindByType[declared]; known && k != KindUnknown {
		if k == KindPage || declared == "text/plain" {
			// A server that knows no better says text; a name that says more is then a reason to look.
			if named := kindOfName(address); named == KindDocument && declared != "text/plain" {
				return KindUnknown
			}
		}
		if k == KindFeed || declared == "application/xml" || declared == "text/xml" {
			return kindOfXML(address, k)
		}
		return k
	}
	switch main, _, _ := strings.Cut(declared, "/"); {
	case declared == "" || kindByType[declared] == KindUnknown:
		return kindOfName(address)
	case main == "image":
		return KindImage
	case main == "audio", main == "video":
		return KindMedia
	case main == "font":
		return KindNeither
	case strings.Contains(declared, "opendocument"), strings.Contains(declared, "officedocument"),
		strings.HasPrefix(declared, "application/vnd.ms-"):
		return KindDocument
	}
	if named := kindOfName(address); named == KindDocument || named == KindImage {
		return named
	}
	return KindNeither
}

// kindByType holds the media types that are decided by name; KindUnknown marks what servers give to
// everything.
var kindByType = map[string]Kind{
	"text/html": KindPage, "application/xhtml+xml": KindPage,
	"application/pdf": KindDocument, "application/x-pdf": KindDocument, "application/rtf": KindDocument, "text/rtf": KindDocument,
	"application/msword": KindDocument, "application/vnd.ms-excel": KindDocument, "application/vnd.ms-powerpoint": KindDocument,
	"application/x-ole-storage": KindDocument, "application/x-tika-ooxml-protected": KindDocument,
	"text/plain": KindDocument, "text/markdown": KindDocument, "text/csv": KindDocument, "text/x-markdown": KindDocument,
	"message/rfc822": KindDocument, "application/vnd.ms-outlook": KindDocument, "application/epub+zip": KindDocument,
	"text/tab-separated-values": KindDocument, "application/csv": KindDocument, "text/vtt": KindDocument, "application/x-subrip": KindDocument,
	"application/rss+xml": KindFeed, "application/atom+xml": KindFeed, "application/feed+json": KindFeed, "application/rdf+xml": KindFeed,
	"text/xml": KindFeed, "application/xml": KindFeed,
	"text/css": KindNeither, "text/javascript": KindNeither, "application/javascript": KindNeither, "application/x-javascript": KindNeither,
	"application/ecmascript": KindNeither, "application/json": KindNeither, "application/ld+json": KindNeither, "application/wasm": KindNeither,
	"application/manifest+json": KindNeither, "text/calendar": KindNeither, "text/vcard": KindNeither,
	"application/x-gzip": KindNeither, "application/gzip": KindNeither, "application/x-tar": KindNeither, "application/x-7z-compressed": KindNeither,
	"application/x-rar-compressed": KindNeither, "application/vnd.rar": KindNeither, "application/x-bzip2": KindNeither, "application/x-xz": KindNeither,
	"application/java-archive": KindNeither, "application/vnd.android.package-archive": KindNeither, "application/x-msdownload": KindNeither,
	"application/x-iso9660-image": KindNeither, "application/x-debian-package": KindNeither, "application/vnd.ms-fontobject": KindNeither,
	"application/ogg": KindMedia, "application/vnd.apple.mpegurl": KindMedia, "application/x-mpegurl": KindMedia, "application/dash+xml": KindMedia,
	"image/x-icon": KindNeither, "image/vnd.microsoft.icon": KindNeither,
	"application/octet-stream": KindUnknown, "application/x-download": KindUnknown, "application/force-download": KindUnknown,
	"application/download": KindUnknown, "binary/octet-stream": KindUnknown, "application/zip": KindUnknown, "application/x-zip-compressed": KindUnknown,
	"unknown/unknown": KindUnknown, "application/unknown": KindUnknown,
}

// kindByName holds the file name endings that say how to read a file.
var kindByName = map[string]Kind{
	"html": KindPage, "htm": KindPage, "xhtml": KindPage, "php": KindPage, "asp": KindPage, "aspx": KindPage, "jsp": KindPage, "do": KindPage,
	"pdf": KindDocument, "docx": KindDocument, "docm": KindDocument, "dotx": KindDocument, "pptx": KindDocument, "pptm": KindDocument,
	"ppsx": KindDocument, "potx": KindDocument, "xlsx": KindDocument, "xlsm": KindDocument, "xlsb": KindDocument, "xltx": KindDocument, "odt": KindDocument,
	"ods": KindDocument, "odp": KindDocument, "ott": KindDocument, "otp": KindDocument, "ots": KindDocument, "rtf": KindDocument,
	"doc": KindDocument, "dot": KindDocument, "xls": KindDocument, "ppt": KindDocument, "pps": KindDocument, "txt": KindDocument,
	"eml": KindDocument, "msg": KindDocument, "epub": KindDocument, "md": KindDocument, "markdown": KindDocument, "csv": KindDocument, "tsv": KindDocument, "text": KindDocument,
	"vtt": KindDocument, "srt": KindDocument,
	"jpg": KindImage, "jpeg": KindImage, "png": KindImage, "gif": KindImage, "webp": KindImage, "tif": KindImage, "tiff": KindImage,
	"heic": KindImage, "heif": KindImage, "avif": KindImage, "svg": KindImage, "bmp": KindImage,
	"mp3": KindMedia, "mp4": KindMedia, "m4a": KindMedia, "m4v": KindMedia, "mov": KindMedia, "avi": KindMedia, "mkv": KindMedia, "webm": KindMedia,
	"ogg": KindMedia, "oga": KindMedia, "ogv": KindMedia, "wav": KindMedia, "flac": KindMedia, "wmv": KindMedia, "wma": KindMedia, "flv": KindMedia,
	"mpg": KindMedia, "mpeg": KindMedia, "aac": KindMedia, "opus": KindMedia, "m3u8": KindMedia, "mpd": KindMedia,
	"rss": KindFeed, "atom": KindFeed, "rdf": KindFeed,
	"css": KindNeither, "js": KindNeither, "mjs": KindNeither, "map": KindNeither, "json": KindNeither, "woff": KindNeither, "woff2": KindNeither,
	"ttf": KindNeither, "otf": KindNeither, "eot": KindNeither, "ico": KindNeither, "zip": KindNeither, "gz": KindNeither, "tgz": KindNeither,
	"bz2": KindNeither, "xz": KindNeither, "7z": KindNeither, "rar": KindNeither, "tar": KindNeither, "exe": KindNeither, "msi": KindNeither,
	"dmg": KindNeither, "iso": KindNeither, "apk": KindNeither, "jar": KindNeither, "deb": KindNeither, "rpm": KindNeither, "bin": KindNeither,
	"ics": KindNeither, "vcf": KindNeither, "swf": KindNeither, "wasm": KindNeither, "xml": KindUnknown,
}

func kindOfName(address string) Kind {
	if k, known := kindByName[ending(address)]; known {
		if k == KindUnknown {
			return kindOfXML(address, KindUnknown)
		}
		return k
	}
	return KindUnknown
}

// kindOfXML tells a sitemap by its name, as sitemaps are served as any XML.
func kindOfXML(address string, otherwise Kind) Kind {
	if name := strings.ToLower(fileName(address)); strings.Contains(name, "sitemap") && strings.Contains(name, ".xml") {
		return KindSitemap
	}
	return otherwise
}

// mediaType gives a media type in lower case without parameters, "" when there is none.
func mediaType(contentType string) string {
	if t, _, err := mime.ParseMediaType(contentType); err == nil {
		return t
	}
	t, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(t))
}

// fileName gives the decoded last segment of an address's path, "" for a folder.
func fileName(address string) string {
	p := address
	if u, err := url.Parse(address); err == nil && u.Path != "" {
		p = u.Path
	} else {
		p, _, _ = strings.Cut(p, "?")
		p, _, _ = strings.Cut(p, "#")
	}
	if strings.HasSuffix(p, "/") || p == "" {
		return ""
	}
	return path.Base(p)
}

// ending gives the lower-case file name ending of an address, without the dot.
func ending(address string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(fileName(address)), "."))
}

// Formats that this package reads or knows.
const (
	mimePDF  = "application/pdf"
	mimeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	mimePPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	mimeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	mimeXLS  = "application/vnd.ms-excel"
	mimeODT  = "application/vnd.oasis.opendocument.text"
	mimeODS  = "application/vnd.oasis.opendocument.spreadsheet"
	mimeODP  = "application/vnd.oasis.opendocument.presentation"
	mimeRTF  = "text/rtf"
	mimeHTML = "text/html"
	mimeOLE  = "application/x-ole-storage"
	mimeZIP  = "application/zip"
	mimeText = "text/plain"
	mimeMD   = "text/markdown"
	mimeCSV  = "text/csv"
	mimeTSV  = "text/tab-separated-values"
	mimeVTT  = "text/vtt"
	mimeSRT  = "application/x-subrip"
	mimeNone = "application/octet-stream"
)

// sniff names the media type of a body from its first bytes, then from what was declared and from
// the name. Every ZIP container is mimeZIP and every OLE container mimeOLE: what lies inside is for
// the child process to find out.
func sniff(head []byte, contentType, address string) string {
	declared := mediaType(contentType)
	head = byMark(head)
	if len(bytes.TrimSpace(head)) == 0 {
		if declared != "" && kindByType[declared] != KindUnknown {
			return declared
		}
		return mimeNone
	}
	switch {
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) && !startsMarkup(head):
		return mimePDF
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")), bytes.HasPrefix(head, []byte("PK00PK\x03\x04")):
		return mimeZIP
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return mimeOLE
	case bareBook(head):
		return mimeXLS
	case bytes.HasPrefix(bytes.TrimLeft(head, "\ufeff \r\n\t"), []byte(`{\rt`)):
		return mimeRTF
	case (ending(address) == "eml" || declared == mimeMail) && !bytes.Contains(head, []byte{0}):
		return mimeMail
	}
	found := mimetype.Detect(head)
	name := mediaType(found.String())
	if name == mimePDF { // markup that speaks of PDF, or the case above would have been met
		return mimeHTML
	}
	main, _, _ := strings.Cut(name, "/")
	switch {
	case name == "image/svg+xml":
		if declared == "text/html" {
			return mimeHTML // a page that begins with an inline picture
		}
		return name
	case main == "image", main == "audio", main == "video", main == "font":
		return name
	case name == "application/ogg":
		return name
	case declared == "text/html", declared == "application/xhtml+xml":
		if found.Is("text/plain") || isText(found) {
			return mimeHTML
		}
	}
	if !isText(found) {
		if name != mimeNone {
			return name
		}
		switch { // a text with a few characters that none should have, such as Word's vertical tabs
		case !mostlyText(head):
			return mimeNone
		case declared == "text/html", declared == "application/xhtml+xml", declared == "" && startsMarkup(head):
			return mimeHTML
		case declared == mimeText, textName[ending(address)]:
			if !bytes.Contains(head, []byte{0}) {
				return sniffText(mimeText, head, declared, address)
			}
		}
		return mimeNone
	}
	return sniffText(name, head, declared, address)
}

// byMark gives the first bytes of a text in UTF-16 that says so by its mark as UTF-8; all others as they are.
func byMark(head []byte) []byte {
	if len(head) < 4 || !(head[0] == 0xFF && head[1] == 0xFE && (head[2] != 0 || head[3] != 0)) && !(head[0] == 0xFE && head[1] == 0xFF) {
		return head
	}
	if text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(head[:len(head)&^1]); err == nil {
		return text
	}
	return head
}

// sniffText tells kinds of text apart. A server's text/plain is believed over bytes that look like
// markup, as browsers do; markup without any declaration is a page.
func sniffText(found string, head []byte, declared, address string) string {
	switch declared {
	case "text/markdown", "text/x-markdown":
		return mimeMD
	case "text/csv", "application/csv":
		return mimeCSV
	case mimeTSV, "text/css", "text/javascript", "application/javascript", "text/calendar", "text/vcard":
		return declared
	}
	switch end := ending(address); {
	case end == "md" || end == "markdown":
		return mimeMD
	case end == "csv":
		return mimeCSV
	case end == "tsv":
		return mimeTSV
	case end == "vtt":
		return mimeVTT
	case end == "srt":
		return mimeSRT
	case declared == mimeText || end == "txt" || end == "text":
		return mimeText
	}
	switch found {
	case mimeHTML, "application/xhtml+xml":
		return mimeHTML
	case "text/xml", "application/xml":
		if bytes.Contains(bytes.ToLower(head), []byte("<html")) {
			return mimeHTML
		}
		return "text/xml"
	case mimeText, mimeCSV, mimeTSV:
		if kindOfName(address) == KindPage || startsMarkup(head) {
			return mimeHTML
		}
		return mimeText
	}
	return found
}

var textName = wordSet("txt text md markdown csv tsv html htm xhtml vtt srt")

// mostlyText tells whether at most one byte in twenty is a control character other than white space.
func mostlyText(head []byte) bool {
	controls := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			controls++
		}
	}
	return controls*20 <= len(head)
}

func startsMarkup(head []byte) bool {
	t := bytes.ToLower(bytes.TrimLeft(head[:min(len(head), 256)], "\ufeff \r\n\t"))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<!--", "<title", "<meta", "<div", "<p>", "<h1"} {
		if bytes.HasPrefix(t, []byte(tag)) {
			return true
		}
	}
	return false
}

func isText(m *mimetype.MIME) bool {
	for ; m != nil; m = m.Parent() {
		if m.Is(mimeText) {
			return true
		}
	}
	return false
}
