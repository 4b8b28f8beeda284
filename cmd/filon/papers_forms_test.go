package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"unicode/utf16"
)

// packed makes a ZIP file of names and contents, given in turn.
func packed(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			panic(err) // a buffer takes everything
		}
		w.Write([]byte(parts[i+1]))
	}
	z.Close()
	return b.Bytes()
}

// holding gives an archive one more file.
func holding(archive []byte, name string, body []byte) []byte {
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		panic(err) // it was made here
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range r.File {
		if err := z.Copy(f); err != nil {
			panic(err)
		}
	}
	w, err := z.Create(name)
	if err != nil {
		panic(err)
	}
	w.Write(body)
	z.Close()
	return b.Bytes()
}

const (
	officeRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	officeType     = "application/vnd.openxmlformats-officedocument."
)

// relations writes a part of relationships from ids, kinds and targets.
func relations(entries ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i+2 < len(entries); i += 3 {
		kind := officeRelation + "/" + entries[i+1]
		if entries[i+1] == "core-properties" {
			kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
		}
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s" Target="%s"/>`, entries[i], kind, entries[i+2])
	}
	return b.String() + `</Relationships>`
}

// office makes an OOXML file around a main part: its content types are told by the names of the parts.
func office(main, kind, properties string, parts ...string) []byte {
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/` + main + `" ContentType="` + officeType + kind + `.main+xml"/></Types>`
	head := []string{"[Content_Types].xml", types,
		"_rels/.rels", relations("r1", "officeDocument", main, "r2", "core-properties", "docProps/core.xml", "r4", "custom-properties", "docProps/custom.xml")}
	if properties != "" {
		head = append(head, "docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">`+properties+`</cp:coreProperties>`)
	}
	return packed(append(head, parts...)...)
}

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + officeRelation + `"`

func wordLine(s string) string {
	return `<w:p><w:r><w:t xml:space="preserve">` + html.EscapeString(s) + `</w:t></w:r></w:p>`
}

// word makes a Word file: its body in markup, its properties in markup, and further parts as kind and content.
func word(body, properties string, more ...string) []byte {
	relation := []string{}
	parts := []string{}
	end := ""
	for i := 0; i+1 < len(more); i += 2 {
		kind, name := more[i], more[i]+"1.xml"
		if kind == "custom" {
			parts = append(parts, "docProps/custom.xml", more[i+1])
			continue
		}
		relation = append(relation, "x"+kind, kind, name)
		parts = append(parts, "word/"+name, more[i+1])
		if kind == "header" || kind == "footer" {
			end += `<w:` + kind + `Reference w:type="default" r:id="x` + kind + `"/>`
		}
	}
	if end != "" {
		end = `<w:sectPr>` + end + `</w:sectPr>`
	}
	parts = append(parts, "word/document.xml", `<w:document `+wordSpace+`><w:body>`+body+end+`</w:body></w:document>`, "word/_rels/document.xml.rels", relations(relation...))
	return office("word/document.xml", "wordprocessingml.document", properties, parts...)
}

const drawSpace = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="` + officeRelation + `"`

func slideShape(kind, text string) string {
	return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:cNvSpPr/><p:nvPr><p:ph type="` + kind + `"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>` + html.EscapeString(text) + `</a:t></a:r></a:p></p:txBody></p:sp>`
}

// slides makes a presentation of two slides and one more, with its notes, its footer and whether it is shown.
func slides(title string, story []string, last, notes, footer string, hidden bool) []byte {
	show := ""
	if hidden {
		show = ` show="0"`
	}
	slide := func(attr string, shapes ...string) string {
		return `<p:sld ` + drawSpace + attr + `><p:cSld><p:spTree>` + strings.Join(shapes, "") + `</p:spTree></p:cSld></p:sld>`
	}
	foot := ""
	if footer != "" {
		foot = slideShape("ftr", footer)
	}
	parts := []string{
		"ppt/presentation.xml", `<p:presentation ` + drawSpace + `><p:sldIdLst><p:sldId id="256" r:id="s1"/><p:sldId id="257" r:id="s2"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", relations("s1", "slide", "slides/slide1.xml", "s2", "slide", "slides/slide2.xml"),
		"ppt/slides/slide1.xml", slide("", slideShape("title", title), slideShape("body", strings.Join(story, " ")), foot),
		"ppt/slides/slide2.xml", slide(show, slideShape("title", title+" (2)"), slideShape("body", last), foot),
	}
	if notes != "" {
		parts = append(parts, "ppt/slides/_rels/slide2.xml.rels", relations("n1", "notesSlide", "../notesSlides/notesSlide1.xml"),
			"ppt/notesSlides/notesSlide1.xml", `<p:notes `+drawSpace+`><p:cSld><p:spTree>`+slideShape("body", notes)+`</p:spTree></p:cSld></p:notes>`)
	}
	return office("ppt/presentation.xml", "presentationml.presentation", `<dc:title>`+html.EscapeString(title)+`</dc:title>`, parts...)
}

// workbookFile makes a workbook of two sheets: names, rows of inline cells, a header and a comment of the second,
// and whether the second is shown.
func workbookFile(title string, first []string, name, cell, header, comment string, hidden bool) []byte {
	const space = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + officeRelation + `"`
	state := ""
	if hidden {
		state = ` state="hidden"`
	}
	sheet := func(rows []string, head string) string {
		b := ""
		for i, s := range rows {
			b += fmt.Sprintf(`<row r="%d"><c r="A%d" t="inlineStr"><is><t>%d</t></is></c><c r="B%d" t="inlineStr"><is><t>%s</t></is></c></row>`, i+1, i+1, i+1, i+1, html.EscapeString(s))
		}
		if head != "" {
			head = `<headerFooter><oddHeader>&amp;C` + html.EscapeString(head) + `</oddHeader></headerFooter>`
		}
		return `<worksheet ` + space + `><sheetData>` + b + `</sheetData>` + head + `</worksheet>`
	}
	second := []string{"Cadence", "Énergie"}
	if cell != "" {
		second = append(second, cell)
	}
	parts := []string{
		"xl/workbook.xml", `<workbook ` + space + `><sheets><sheet name="Suivi" sheetId="1" r:id="s1"/><sheet name="` + html.EscapeString(name) + `" sheetId="2"` + state + ` r:id="s2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", relations("s1", "worksheet", "worksheets/sheet1.xml", "s2", "worksheet", "worksheets/sheet2.xml"),
		"xl/worksheets/sheet1.xml", sheet(first, ""), "xl/worksheets/sheet2.xml", sheet(second, header),
	}
	if comment != "" {
		parts = append(parts, "xl/worksheets/_rels/sheet2.xml.rels", relations("c1", "comments", "../comments1.xml"),
			"xl/comments1.xml", `<comments `+space+`><authors><author>x</author></authors><commentList><comment ref="B1" authorId="0"><text><r><t>`+html.EscapeString(comment)+`</t></r></text></comment></commentList></comments>`)
	}
	return office("xl/workbook.xml", "spreadsheetml.sheet", `<dc:title>`+html.EscapeString(title)+`</dc:title>`, parts...)
}

// openText makes an OpenDocument text with paragraphs, a footer, a comment and a subject.
func openText(title string, story []string, footer, comment, subject string) []byte {
	const space = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"`
	body := `<text:h text:outline-level="1">` + html.EscapeString(title) + `</text:h>`
	for i, s := range story {
		note := ""
		if i == 0 && comment != "" {
			note = `<office:annotation><dc:creator>x</dc:creator><text:p>` + html.EscapeString(comment) + `</text:p></office:annotation>`
		}
		body += `<text:p>` + note + html.EscapeString(s) + `</text:p>`
	}
	foot := ""
	if footer != "" {
		foot = `<style:footer><text:p>` + html.EscapeString(footer) + `</text:p></style:footer>`
	}
	return packed("mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", `<office:document-content `+space+`><office:body><office:text>`+body+`</office:text></office:body></office:document-content>`,
		"styles.xml", `<office:document-styles `+space+`><office:master-styles><style:master-page style:name="Standard">`+foot+`</style:master-page></office:master-styles></office:document-styles>`,
		"meta.xml", `<office:document-meta `+space+`><office:meta><dc:title>`+html.EscapeString(title)+`</dc:title><dc:subject>`+html.EscapeString(subject)+`</dc:subject></office:meta></office:document-meta>`,
		"META-INF/manifest.xml", `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/></manifest:manifest>`)
}

// pdfString is a text in the encoding of Windows, as a string of PDF.
func pdfString(s string) string {
	var b strings.Builder
	b.WriteByte('(')
	for _, r := range s {
		switch {
		case r == '(' || r == ')' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '€':
			b.WriteByte(0x80)
		case r == '’':
			b.WriteByte('\'')
		case r == '–':
			b.WriteByte(0x96)
		case r == '\u202f' || r == '\u00a0':
			b.WriteByte(' ')
		case r == 'œ':
			b.WriteByte(0x9c)
		case r < 256:
			b.WriteByte(byte(r))
		default:
			b.WriteByte('?')
		}
	}
	b.WriteByte(')')
	return b.String()
}

// pdfFile makes a PDF with three pages of text, what stands at their head and their foot, and a property.
func pdfFile(title string, story []string, head, foot, property, value string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(body string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), body)
	}
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [5 0 R 7 0 R 9 0 R] /Count 3 >>")
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	extra := ""
	if property != "" {
		extra = "/" + property + " <feff"
		for _, u := range utf16.Encode([]rune(value)) {
			extra += fmt.Sprintf("%04x", u)
		}
		extra += ">"
	}
	object("<< /Title " + pdfString(title) + extra + " >>")
	for page := range 3 {
		var c strings.Builder
		line := func(x, y, size int, s string) {
			fmt.Fprintf(&c, "BT /F1 %d Tf %d %d Td %s Tj ET\n", size, x, y, pdfString(s))
		}
		if head != "" {
			line(60, 815, 8, head)
		}
		if page == 0 {
			line(60, 760, 20, title)
		}
		y := 720
		for i, s := range story {
			if i%3 != page {
				continue
			}
			for _, l := range lines(s, 85) {
				line(60, y, 11, l)
				y -= 15
			}
			y -= 12
		}
		if foot != "" {
			line(60, 25, 8, foot)
		}
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents " + fmt.Sprint(6+2*page) + " 0 R >>")
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", c.Len(), c.String()))
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return b.Bytes()
}

// lines breaks a text between words.
func lines(s string, width int) (all []string) {
	line := ""
	for _, w := range strings.Fields(s) {
		if line != "" && len(line)+len(w) >= width {
			all = append(all, line)
			line = ""
		}
		line = strings.TrimSpace(line + " " + w)
	}
	return append(all, line)
}

// photo makes a picture of its own colours, with an XMP packet and an IPTC record.
func photo(n int, xmp string, iptc map[byte]string) []byte {
	im := image.NewGray(image.Rect(0, 0, 320, 240))
	for y := range 240 {
		for x := range 320 {
			im.SetGray(x, y, color.Gray{Y: uint8((x/(9+n%37))*(31+n) ^ (y/(7+n%29))*(17+3*n))})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, im, nil); err != nil {
		panic(err)
	}
	segment := func(marker byte, body []byte) []byte {
		return append(append([]byte{0xFF, marker}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...), body...)
	}
	out := append([]byte{}, b.Bytes()[:2]...)
	if xmp != "" {
		packet := `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:exif="http://ns.adobe.com/exif/1.0/">` + xmp + `</rdf:Description></rdf:RDF></x:xmpmeta>`
		out = append(out, segment(0xE1, append([]byte("http://ns.adobe.com/xap/1.0/\x00"), packet...))...)
	}
	if len(iptc) > 0 {
		record := []byte{0x1C, 1, 90, 0, 3, 0x1B, '%', 'G'} // the text is UTF-8
		for id := range byte(255) {
			if s, ok := iptc[id]; ok {
				record = append(append(append(record, 0x1C, 2, id), binary.BigEndian.AppendUint16(nil, uint16(len(s)))...), s...)
			}
		}
		block := append([]byte("Photoshop 3.0\x008BIM\x04\x04\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(record)))...)
		block = append(block, record...)
		if len(record)%2 == 1 {
			block = append(block, 0)
		}
		out = append(out, segment(0xED, block)...)
	}
	return append(out, b.Bytes()[2:]...)
}
