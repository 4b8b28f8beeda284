package extract

import (
	"encoding/xml"
	"io"
	"net/url"
	"path"
	"strconv"
	"strings"
)

const mimeEPUB = "application/epub+zip"

// readEPUB reads an EPUB publication (ISO/IEC 23736): the chapters in the order of its spine.
func readEPUB(a *archive, d *draft) {
	d.MIME = mimeEPUB
	root := ""
	if err := a.each("META-INF/container.xml", func(_ *markup, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "rootfile" && root == "" {
			root = xmlAttr(e, "*", "full-path")
		}
		return nil
	}); err != nil {
		d.stop(err)
		return
	}
	chapters, err := epubPackage(a, root, d)
	if err != nil {
		d.stop(err)
		return
	}
	locked := epubEncrypted(a)
	pictures := 0
	for i, name := range chapters {
		switch {
		case d.late():
			d.stop(errDeadline)
			return
		case locked[entryName(name)]:
			d.stop(errEncrypted)
			return
		}
		r, err := a.open(name)
		if err == nil {
			var n int
			n, err = markupText(&spent{r, a}, d)
			pictures += n
			_ = r.Close()
		}
		d.stop(err)
		if i == 0 {
			d.endCover()
		}
	}
	if pictures > 0 {
		d.property("pictures", strconv.Itoa(pictures))
	}
}

// spent keeps reading from an archive whose limit on tokens is used up or whose time is over from going on.
type spent struct {
	io.Reader
	archive *archive
}

func (s *spent) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if s.archive.tokens -= n / 16; s.archive.tokens < 0 { // a token of markup is rarely shorter
		return n, errTooLarge
	}
	return n, err
}

// epubPackage reads the package document: properties, and the entries of the chapters in order.
func epubPackage(a *archive, name string, d *draft) (chapters []string, err error) {
	items := map[string]string{}
	var creators, subjects []string
	err = a.each(name, func(m *markup, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "item":
			if kind := xmlAttr(e, "*", "media-type"); kind == "application/xhtml+xml" || kind == mimeHTML || kind == "application/x-dtbook+xml" {
				ref, _, _ := strings.Cut(xmlAttr(e, "*", "href"), "#")
				if plain, err := url.PathUnescape(ref); err == nil {
					ref = plain
				}
				items[xmlAttr(e, "*", "id")] = path.Join(path.Dir(name), ref)
			}
		case "itemref":
			if target := items[xmlAttr(e, "*", "idref")]; target != "" && len(chapters) < maxPages {
				chapters = append(chapters, target)
			}
		case "title", "creator", "language", "date", "publisher", "subject", "description", "rights":
			if e.Name.Space != "dc" && !strings.HasSuffix(e.Name.Space, "dc") {
				return nil
			}
			event := strings.ToLower(xmlAttr(e, "*", "event"))
			s, err := m.text()
			s = flat(s, maxProperty)
			switch e.Name.Local {
			case "creator":
				creators = append(creators, s)
			case "subject":
				subjects = append(subjects, s)
			case "language":
				d.declared = firstOf(d.declared, subtag(s))
			case "date":
				if when := isoDate(s); event == "modification" {
					d.modified(when)
				} else if d.Published.IsZero() {
					d.created(when)
				}
			case "description":
				d.Description = firstOf(d.Description, flat(s, maxLine))
			default:
				d.property(e.Name.Local, s)
			}
			return err
		case "meta":
			if xmlAttr(e, "*", "property") == "dcterms:modified" {
				s, err := m.text()
				d.modified(isoDate(s))
				return err
			}
		}
		return nil
	})
	d.property("creator", strings.Join(creators[:min(len(creators), 20)], ", "))
	d.property("keywords", strings.Join(subjects[:min(len(subjects), 30)], ", "))
	return chapters, err
}

// epubEncrypted gives the entries that the container says are encrypted. Fonts often are, to keep them
// from being copied, and cost no text.
func epubEncrypted(a *archive) map[string]bool {
	names := map[string]bool{}
	if !a.has("META-INF/encryption.xml") {
		return names
	}
	_ = a.each("META-INF/encryption.xml", func(_ *markup, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "CipherReference" && len(names) < maxEntries {
			ref := xmlAttr(e, "*", "URI")
			if plain, err := url.PathUnescape(ref); err == nil {
				ref = plain
			}
			names[entryName(ref)] = true
		}
		return nil
	})
	return names
}
