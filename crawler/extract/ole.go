package extract

import (
	"bytes"
	"io"
	"strings"
	"time"

	"github.com/richardlehane/mscfb"
	"github.com/richardlehane/msoleps"
	oletypes "github.com/richardlehane/msoleps/types"

	"filon/crawler/content"
)

// readOLE looks into a compound file ([MS-CFB]): the container of an encrypted office file, of the
// office formats before 2007 and of Outlook messages.
func readOLE(body []byte, d *draft) {
	d.MIME = mimeOLE
	file, err := mscfb.New(bytes.NewReader(body))
	if err != nil {
		d.fail(content.Broken, "damaged")
		return
	}
	encrypted := false
	streams, left := map[string]octets{}, int64(maxUnpacked/2)
	for i, entry := range file.File {
		if i >= maxEntries {
			break
		}
		entry.Name = oleName(entry.Name)
		if entry.Name == "EncryptedPackage" {
			encrypted = true
			d.MIME = officeByName(d.address, mimeOLE)
		}
		switch entry.Name {
		case "WordDocument", "0Table", "1Table", "Workbook", "Book", "PowerPoint Document", "Current User":
			if len(entry.Path) == 0 && left > 0 {
				b, err := io.ReadAll(io.LimitReader(entry, left))
				if left -= int64(len(b)); err != nil && len(b) == 0 {
					d.fail(content.Broken, "a part of the document cannot be read")
				}
				streams[entry.Name] = b
			}
		}
		switch entry.Name {
		case "WordDocument":
			if len(entry.Path) == 0 {
				d.MIME = "application/msword"
				encrypted = encrypted || oldWordEncrypted(bytes.NewReader(streams[entry.Name]))
			}
		case "Workbook", "Book":
			if len(entry.Path) == 0 {
				d.MIME = "application/vnd.ms-excel"
				encrypted = encrypted || oldWorkbookEncrypted(bytes.NewReader(streams[entry.Name]))
			}
		case "PowerPoint Document":
			d.MIME = "application/vnd.ms-powerpoint"
		case "EncryptedSummary":
			encrypted = true
		case "__properties_version1.0":
			if d.MIME == mimeOLE {
				d.MIME = mimeMSG
			}
		}
		if msoleps.IsMSOLEPS(entry.Initial) && len(entry.Path) == 0 && entry.Size < 4<<20 {
			oleProperties(entry, d)
		}
	}
	if encrypted {
		d.stop(errEncrypted)
		return
	}
	if d.MIME == mimeMSG {
		readMSG(file, d)
		return
	}
	switch word, book, old, deck := streams["WordDocument"], streams["Workbook"], streams["Book"], streams["PowerPoint Document"]; {
	case word != nil:
		readOldDOC(word, [2]octets{streams["0Table"], streams["1Table"]}, d)
	case book != nil:
		readOldXLS(book, d)
	case old != nil:
		readOldXLS(old, d)
	case deck != nil:
		if streams["Current User"].u32(12) == 0xF3D1C4DF {
			d.stop(errEncrypted)
			return
		}
		readOldPPT(deck, streams["Current User"], d)
	default:
		d.fail(content.Unsupported, "an office format that filon does not read")
	}
}

// oleName gives a stream the name by which its format knows it: a compound file tells no capitals apart.
func oleName(name string) string {
	for _, known := range [...]string{"EncryptedPackage", "EncryptedSummary", "WordDocument", "0Table", "1Table", "Workbook", "Book", "PowerPoint Document", "Current User"} {
		if strings.EqualFold(name, known) {
			return known
		}
	}
	return name
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

// oldWorkbookEncrypted looks for a FilePass record near the beginning ([MS-XLS] 2.4.117).
func oldWorkbookEncrypted(r io.Reader) bool {
	head, err := io.ReadAll(io.LimitReader(r, 4096))
	if err != nil {
		return false
	}
	for i := 0; i+4 <= len(head); {
		kind, length := int(head[i])|int(head[i+1])<<8, int(head[i+2])|int(head[i+3])<<8
		if kind == 0x2f {
			return true
		}
		if kind == 0 && length == 0 {
			return false
		}
		i += 4 + length
	}
	return false
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
