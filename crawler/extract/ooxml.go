package extract

import (
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"

	"filon/crawler/content"
)

// The office formats of ECMA-376 (docx, pptx, xlsx) are ZIP files whose parts name each other in
// .rels files. Readers follow those names, as programs may choose any, and read each part as a stream.

// part is one end of a relationship.
type part struct {
	kind     string // last segment of the relationship's type, e.g. header, image, hyperlink
	target   string // name of an entry, or an address when external
	external bool
}

// relations gives what a part refers to, by relationship id. A part without relations has none.
func (a *archive) relations(name string) map[string]part {
	dir, base := path.Split(name)
	m, err := a.xml(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil
	}
	defer m.Close()
	parts := map[string]part{}
	for len(parts) < maxEntries {
		t, err := m.next()
		if err != nil {
			break
		}
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "Relationship" {
			continue
		}
		p := part{kind: path.Base(xmlAttr(e, "*", "Type")), target: xmlAttr(e, "*", "Target"), external: xmlAttr(e, "*", "TargetMode") == "External"}
		if !p.external {
			if strings.HasPrefix(p.target, "/") {
				p.target = strings.TrimPrefix(p.target, "/")
			} else {
				p.target = path.Join(dir, p.target)
			}
		}
		parts[xmlAttr(e, "*", "Id")] = p
	}
	return parts
}

// partsOf gives the targets of one kind of relationship, in a steady order.
func partsOf(relations map[string]part, kind string) []string {
	var found []string
	for _, id := range sortedIDs(relations) {
		if p := relations[id]; p.kind == kind && !p.external {
			found = append(found, p.target)
		}
	}
	return found
}

func sortedIDs(relations map[string]part) []string {
	ids := make([]string, 0, len(relations))
	for id := range relations {
		ids = append(ids, id)
	}
	sortNatural(ids)
	return ids
}

// each reads a part and calls f for every start and end and text in it, until f or the part ends.
func (a *archive) each(name string, f func(m *markup, t xml.Token) error) error {
	m, err := a.xml(name)
	if err != nil {
		return err
	}
	defer m.Close()
	for {
		t, err := m.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := f(m, t); err != nil {
			return err
		}
	}
}

// officeProperties reads docProps/core.xml, app.xml, custom.xml and docMetadata/LabelInfo.xml. A part
// that is missing or damaged costs only its own properties.
func officeProperties(a *archive, d *draft) {
	root := a.relations("")
	locate := func(kind, usual string) string {
		if found := partsOf(root, kind); len(found) > 0 && a.has(found[0]) {
			return found[0]
		}
		return usual
	}
	_ = a.each(locate("core-properties", "docProps/core.xml"), func(m *markup, t xml.Token) error { return coreProperty(m, t, d) })
	_ = a.each(locate("extended-properties", "docProps/app.xml"), func(m *markup, t xml.Token) error { return appProperty(m, t, d) })
	customProperties(a, locate("custom-properties", "docProps/custom.xml"), d)
	labelInfo(a, locate("classificationlabels", "docMetadata/LabelInfo.xml"), d)
	for name := range a.entries {
		if path.Base(name) == "vbaproject.bin" {
			d.property("macros", "present")
		}
	}
	embedded(a, "embeddings/", d)
	pictures(a, "media/", d)
}

var coreNames = map[string]string{
	"title": "title", "subject": "subject", "creator": "creator", "keywords": "keywords", "lastModifiedBy": "last_modified_by",
	"category": "category", "contentStatus": "status", "contentType": "content_type", "description": "comments", "language": "language",
}

func coreProperty(m *markup, t xml.Token, d *draft) error {
	e, ok := t.(xml.StartElement)
	if !ok {
		return nil
	}
	switch local := e.Name.Local; {
	case coreNames[local] != "":
		s, err := m.text()
		d.property(coreNames[local], s)
		if local == "description" {
			d.Description = flat(s, maxProperty)
		}
		return err
	case local == "created", local == "modified":
		s, err := m.text()
		if local == "created" {
			d.created(isoDate(s))
		} else {
			d.modified(isoDate(s))
		}
		return err
	}
	return nil
}

func appProperty(m *markup, t xml.Token, d *draft) error {
	e, ok := t.(xml.StartElement)
	if !ok {
		return nil
	}
	switch e.Name.Local {
	case "Company", "Manager", "Application":
		s, err := m.text()
		d.property(strings.ToLower(e.Name.Local), s)
		return err
	case "Pages", "Slides":
		s, err := m.text()
		if n, _ := strconv.Atoi(strings.TrimSpace(s)); n > 0 && n < 100_000 && d.Pages == 0 {
			d.Pages = n
		}
		return err
	}
	return nil
}

// customProperties keeps MSIP_Label_… under their own names, as labels are looked for there, and all
// others as custom:NAME.
func customProperties(a *archive, name string, d *draft) {
	property := ""
	_ = a.each(name, func(m *markup, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		if e.Name.Local == "property" {
			property = xmlAttr(e, "*", "name")
			return nil
		}
		if property == "" || e.Name.Space != "vt" {
			return nil
		}
		s, err := m.text()
		if strings.HasPrefix(property, "MSIP_Label_") || strings.EqualFold(property, "Sensitivity") {
			d.property(property, s)
		} else {
			d.property("custom:"+property, s)
		}
		property = ""
		return err
	})
}

// labelInfo gives the labels of [MS-OFFCRYPTO] 2.6.3 the names that the same labels have in custom.xml.
func labelInfo(a *archive, name string, d *draft) {
	_ = a.each(name, func(_ *markup, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "label" || isOn(xmlAttr(e, "*", "removed")) {
			return nil
		}
		id := strings.Trim(xmlAttr(e, "*", "id"), "{}")
		if len(id) != 36 {
			return nil
		}
		key := "MSIP_Label_" + strings.ToLower(id) + "_"
		enabled := "true"
		if v := xmlAttr(e, "*", "enabled"); v != "" && !isOn(v) {
			enabled = "false"
		}
		d.property(key+"Enabled", enabled)
		d.property(key+"Name", xmlAttr(e, "*", "name"))
		d.property(key+"Method", xmlAttr(e, "*", "method"))
		d.property(key+"SiteId", strings.Trim(xmlAttr(e, "*", "siteId"), "{}"))
		d.property(key+"ContentBits", xmlAttr(e, "*", "contentBits"))
		d.property(key+"SetDate", xmlAttr(e, "*", "setDate"))
		return nil
	})
}

// isOn reads the switches of office formats.
func isOn(v string) bool { return v == "1" || v == "true" || v == "on" }

// isOff reads them where their absence means on: <w:b/>.
func isOff(v string) bool { return v == "0" || v == "false" || v == "off" || v == "none" }

// readZIP reads whatever lies in a ZIP container.
func readZIP(a *archive, d *draft) {
	if a.has("mimetype") {
		kind, err := a.readAll("mimetype", 200)
		if err != nil {
			d.stop(err)
			return
		}
		if s := strings.TrimSpace(string(kind)); strings.HasPrefix(s, "application/vnd.oasis.opendocument.") || strings.HasPrefix(s, "application/vnd.sun.xml.") {
			d.MIME = s
			readODF(a, d)
			return
		} else if s == mimeEPUB {
			readEPUB(a, d)
			return
		} else if s != "" && !a.has("[Content_Types].xml") {
			d.MIME = cutBytes(s, 100)
			d.fail(content.Unsupported, "a format that filon does not read")
			return
		}
	}
	main := partsOf(a.relations(""), "officeDocument")
	for _, usual := range []string{"word/document.xml", "ppt/presentation.xml", "xl/workbook.xml"} {
		if a.has(usual) {
			main = append(main, usual)
		}
	}
	if len(main) == 0 {
		if a.has("META-INF/container.xml") { // an EPUB whose maker forgot to say so first
			readEPUB(a, d)
			return
		}
		if a.has("[Content_Types].xml") {
			d.fail(content.Unsupported, "an office format that filon does not read")
			return
		}
		d.fail(content.Unsupported, "an archive")
		return
	}
	officeProperties(a, d)
	name := main[0]
	switch {
	case a.rootIs(name, "document"):
		d.MIME = mimeDOCX
		readDOCX(a, name, d)
	case a.rootIs(name, "presentation"):
		d.MIME = mimePPTX
		readPPTX(a, name, d)
	case a.rootIs(name, "workbook"):
		d.MIME = mimeXLSX
		readXLSX(a, name, d)
	case strings.HasSuffix(strings.ToLower(name), ".bin"):
		d.MIME = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
		readXLSB(a, name, d)
	default:
		d.stop(a.probe(name))
		d.fail(content.Unsupported, "an office format that filon does not read")
	}
}

// rootIs tells whether a part's outermost element has this local name.
func (a *archive) rootIs(name, local string) bool {
	m, err := a.xml(name)
	if err != nil {
		return false
	}
	defer m.Close()
	for {
		t, err := m.next()
		if err != nil {
			return false
		}
		if e, ok := t.(xml.StartElement); ok {
			return e.Name.Local == local
		}
	}
}

// probe tells why a part cannot be read, nil when it can.
func (a *archive) probe(name string) error {
	m, err := a.xml(name)
	if err != nil {
		return err
	}
	defer m.Close()
	for {
		t, err := m.next()
		if err != nil {
			return errBroken
		}
		if _, ok := t.(xml.StartElement); ok {
			return nil
		}
	}
}
