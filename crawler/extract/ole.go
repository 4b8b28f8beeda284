package extract

import (
	"bytes"
	"io"
	"strings"
	"time"

	"github.com/richardlehane/msoleps"
	oletypes "github.com/richardlehane/msoleps/types"

	"filon/crawler/content"
)

// maxProperties is how many bytes a set of properties may have.
const maxProperties = 4 << 20

// readOLE looks into a compound file ([MS-CFB]): the container of an encrypted office file, of the
// office formats before 2007 and of Outlook messages.
func readOLE(body []byte, d *draft) {
	d.MIME = mimeOLE
	root, err := openFolders(body)
	if err != nil {
		d.fail(content.Broken, "damaged")
		return
	}
	readFolder(root, d)
}

// readFolder reads the document that lies in a folder of a compound file.
func readFolder(f *folder, d *draft) {
	if f.cut {
		d.fail(content.TooLarge, "more streams inside than filon reads")
	}
	encrypted := f.has("encryptedsummary")
	streams := map[string]octets{}
	for _, name := range [...]string{"worddocument", "0table", "1table", "workbook", "book", "powerpoint document", "current user"} {
		if !f.has(name) {
			continue
		}
		b, err := f.read(name, maxUnpacked/2)
		if err != nil && len(b) == 0 {
			d.fail(content.Broken, "a part of the document cannot be read")
		}
		if b == nil {
			b = octets{}
		}
		streams[name] = b
	}
	for _, entry := range f.order {
		if msoleps.IsMSOLEPS(entry.Initial) && entry.Size < maxProperties {
			oleProperties(entry, d)
		}
	}
	word, book, old, deck := streams["worddocument"], streams["workbook"], streams["book"], streams["powerpoint document"]
	switch {
	case f.has("encryptedpackage"):
		d.MIME = officeByName(d.address, mimeOLE)
		readPackage(f, d)
		return
	case word != nil:
		d.MIME = "application/msword"
		encrypted = encrypted || oldWordEncrypted(bytes.NewReader(word))
	case book != nil, old != nil:
		d.MIME = mimeXLS
		if book == nil {
			book = old
		}
		lock, err := unlockBook(book)
		if encrypted = encrypted || err != nil; lock != nil {
			d.property("encryption", builtInPassword)
		}
		if l, is := lock.(*rc4Lock); is && f.has("encryption") {
			all, _ := f.read("encryption", maxProperties)
			hiddenProperties(all, l, d)
		}
	case deck != nil:
		d.MIME = "application/vnd.ms-powerpoint"
		encrypted = encrypted || streams["current user"].u32(12) == 0xF3D1C4DF
	case f.has("__properties_version1.0"):
		d.MIME = mimeMSG
	}
	switch {
	case encrypted:
		d.stop(errEncrypted)
	case word != nil:
		readOldDOC(word, [2]octets{streams["0table"], streams["1table"]}, d)
		readObjects(f, d)
	case book != nil:
		readOldXLS(book, d)
		readObjects(f, d)
	case deck != nil:
		readOldPPT(deck, streams["current user"], d)
	case d.MIME == mimeMSG:
		readMSG(f, d)
	default:
		d.fail(content.Unsupported, "an office format that filon does not read")
	}
}

// readPackage reads the office file inside of an encrypted one that every program opens without asking.
func readPackage(f *folder, d *draft) {
	body, err := unlockPackage(f, d)
	if err != nil {
		d.stop(err)
		return
	}
	a, err := openArchive(bytes.NewReader(body), int64(len(body)), d.deadline)
	if err != nil {
		d.stop(err)
		return
	}
	d.property("encryption", builtInPassword)
	readZIP(a, d)
}

// officeByName names the office format that a container with unreadable content says it holds.
func officeByName(address, otherwise string) string {
	switch ending(address) {
	case "docx", "docm", "dotx":
		return mimeDOCX
	case "pptx", "pptm", "ppsx", "potx":
		return mimePPTX
	case "xlsx", "xlsm", "xltx":
		return mimeXLSX
	case "odt", "ott":
		return mimeODT
	case "ods", "ots":
		return mimeODS
	case "odp", "otp":
		return mimeODP
	}
	return otherwise
}

// oldWordEncrypted reads the flags of the file information block ([MS-DOC] 2.5.2).
func oldWordEncrypted(r io.Reader) bool {
	var head [12]byte
	_, err := io.ReadFull(r, head[:])
	return err == nil && head[11]&1 != 0
}

// oleProperties reads one property set; the library panics on some damaged ones.
func oleProperties(r io.Reader, d *draft) {
	defer func() { _ = recover() }()
	set, err := msoleps.NewFrom(r)
	if err != nil {
		return
	}
	for i, p := range set.Property {
		if i > 500 || p.T == nil {
			break
		}
		value := p.T.String()
		switch p.Name {
		case "Title":
			d.property("title", value)
		case "Subject":
			d.property("subject", value)
		case "Author":
			d.property("creator", value)
		case "Keywords":
			d.property("keywords", value)
		case "Comments":
			d.property("comments", value)
		case "LastAuthor":
			d.property("last_modified_by", value)
		case "AppName":
			d.property("application", value)
		case "Category":
			d.property("category", value)
		case "Company":
			d.property("company", value)
		case "Manager":
			d.property("manager", value)
		case "CreateTime":
			d.created(fileTime(p.T))
		case "LastSaveTime":
			d.modified(fileTime(p.T))
		case "PageCount", "SlideCount":
			if n, ok := p.T.(oletypes.I4); ok && n > 0 && n < 100_000 {
				d.Pages = int(n)
			}
		default:
			if strings.HasPrefix(p.Name, "MSIP_Label_") {
				d.property(p.Name, value)
			}
		}
	}
}

func fileTime(t oletypes.Type) time.Time {
	if f, ok := t.(oletypes.FileTime); ok {
		return f.Time()
	}
	return time.Time{}
}
