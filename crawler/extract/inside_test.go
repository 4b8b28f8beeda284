package extract

import (
	"fmt"
	"strings"
	"testing"

	"filon/crawler/content"
)

// zone gives the text of the zones of one kind.
func zoneText(item content.Item, kind content.ZoneKind) string {
	var all []string
	for _, z := range item.Zones {
		if z.Kind == kind {
			all = append(all, z.Text)
		}
	}
	return strings.Join(all, " | ")
}

// What a file holds beside its text: deleted and hidden words are judged but are no text, alternative texts, diagrams
// and charts, pictures and whom they name.
func TestInsideDOCX(t *testing.T) {
	body := `<w:p><w:r><w:t>Le projet</w:t></w:r><w:del><w:r><w:delText>Atlas</w:delText></w:r><w:r><w:delText> secret</w:delText></w:r></w:del><w:r><w:t> avance.</w:t></w:r></w:p>
<w:p><w:moveFrom><w:r><w:t>déplacé</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>déplacé</w:t></w:r></w:moveTo><w:r><w:rPr><w:vanish/></w:rPr><w:t>prix plancher</w:t></w:r></w:p>
<w:p><w:r><w:drawing><wp:docPr id="1" name="Image 1" descr="Trois soudeurs devant un four"/></w:drawing></w:r></w:p>`
	item := readHere("a.docx", docx(t, body,
		"word/_rels/document.xml.rels", rels("i", "image", "media/image1.jpg", "d", "diagramData", "diagrams/data1.xml", "c", "chart", "charts/chart1.xml", "h", "header", "h.xml", "f", "header", "f.xml"),
		"word/h.xml", `<w:hdr xmlns:w="w"><w:p><w:r><w:t>Suite</w:t></w:r></w:p></w:hdr>`, "word/f.xml", `<w:hdr xmlns:w="w"><w:p><w:r><w:t>Première page : C3</w:t></w:r></w:p></w:hdr>`,
		"word/media/image1.jpg", string(photo(t)), "word/media/image2.png", "no picture", "word/embeddings/Feuille1.xlsx", "\x00\x01",
		"word/diagrams/data1.xml", `<dgm:dataModel xmlns:dgm="d" xmlns:a="a"><dgm:pt><dgm:t><a:p><a:r><a:t>Préparer</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>`,
		"word/charts/chart1.xml", `<c:chart xmlns:c="c" xmlns:a="a"><c:title><a:p><a:r><a:t>Ventes 2025</a:t></a:r></a:p></c:title></c:chart>`))
	check(t, "text", item.Text, "Le projet avance.\n\ndéplacé\n\nPréparer\n\nVentes 2025")
	check(t, "deleted", zoneText(item, content.ZoneDeleted), "Atlas secret")
	check(t, "hidden", zoneText(item, content.ZoneHidden), "prix plancher")
	check(t, "alt", zoneText(item, content.ZoneAlt), "Trois soudeurs devant un four")
	check(t, "headers", zoneText(item, content.ZoneHeader), "Première page : C3 | Suite")
	check(t, "pictures", item.Properties["pictures"], "2")
	check(t, "attachments", item.Properties["attachments"], "1")
	check(t, "credits", item.Properties["iptc:picture_credits"], "Agence Lumière; Jeanne Martin; © Jeanne Photo")
	check(t, "gps", item.Properties["gps"], "present")
}

// The numbers of lists and headings, which are counted and not written, are text; bullets are not.
func TestWordNumbers(t *testing.T) {
	p := func(style, list, level, text string) string {
		pr := ""
		if style != "" {
			pr += `<w:pStyle w:val="` + style + `"/>`
		}
		if list != "" {
			pr += `<w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + list + `"/></w:numPr>`
		}
		return `<w:p><w:pPr>` + pr + `</w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	body := p("T1", "", "", "Objet") + p("T1", "", "", "Durée") + p("", "1", "0", "un") + p("", "1", "1", "un a") + p("", "1", "1", "un b") + p("", "1", "0", "") + p("", "1", "0", "trois") + p("", "1", "1", "trois a") +
		p("", "2", "0", "puce") + p("", "3", "0", "repris à sept") + p("T1", "0", "0", "Annexe")
	item := readHere("a.docx", docx(t, body,
		"word/_rels/document.xml.rels", rels("s", "styles", "styles.xml", "n", "numbering", "numbering.xml"),
		"word/styles.xml", `<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="T0"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="T1"><w:basedOn w:val="T0"/></w:style></w:styles>`,
		"word/numbering.xml", `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Article %1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num><w:num w:numId="9"><w:abstractNumId w:val="4"/></w:num></w:numbering>`))
	check(t, "text", item.Text, "Article III Objet\n\nArticle IV Durée\n\n1. un\n1.a) un a\n1.b) un b\n3. trois\n3.a) trois a\n\npuce\n\n7. repris à sept\n\nAnnexe")
	check(t, "headings", outline(item.Headings), "1 Objet, 1 Durée, 1 Annexe")
	check(t, "title", item.Title, "Objet")
	check(t, "lists", fmt.Sprint(item.Shape.Lists, item.Shape.OrderedLists, item.Shape.ListEntries), "3 2 7")
	for n, want := range map[int]string{1: "a i I", 4: "d iv IV", 28: "bb xxviii XXVIII", 0: "0 0 0", 1999: "", 4000: "4000 4000 4000"} {
		if got := counted(n, "lowerLetter") + " " + counted(n, "lowerRoman") + " " + counted(n, "upperRoman"); want != "" && got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestInsideODF(t *testing.T) {
	item := readHere("a.odt", pack(t, "mimetype", mimeODT, "Pictures/1.jpg", string(photo(t)),
		"content.xml", `<c xmlns:text="t" xmlns:svg="s" xmlns:office="o" xmlns:dc="d"><office:body><text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Paul</dc:creator></office:change-info><text:p>prix plancher</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p>Le texte<draw:frame xmlns:draw="w"><svg:desc>Un four ouvert</svg:desc></draw:frame> reste.</text:p></office:body></c>`))
	check(t, "text", item.Text, "Le texte reste.")
	check(t, "deleted", zoneText(item, content.ZoneDeleted), "prix plancher")
	check(t, "alt", zoneText(item, content.ZoneAlt), "Un four ouvert")
	check(t, "pictures", item.Properties["pictures"], "1")
	check(t, "credits", item.Properties["iptc:picture_credits"], "Agence Lumière; Jeanne Martin; © Jeanne Photo")

	deck := readHere("a.odp", pack(t, "mimetype", mimeODP,
		"content.xml", `<c xmlns:draw="d" xmlns:text="t" xmlns:style="s" xmlns:presentation="p" xmlns:office="o"><office:automatic-styles><style:style style:name="dp2"><style:drawing-page-properties presentation:visibility="hidden"/></style:style></office:automatic-styles><office:body>
<presentation:footer-decl presentation:name="f">Usage interne</presentation:footer-decl><draw:page draw:style-name="dp1"><text:p>Titre</text:p></draw:page><draw:page draw:style-name="dp2"><text:p>En réserve</text:p></draw:page></office:body></c>`,
		"styles.xml", `<s xmlns:style="s" xmlns:text="t" xmlns:draw="d" xmlns:presentation="p"><style:master-page><draw:frame presentation:placeholder="true"><text:p>Cliquez ici</text:p></draw:frame><draw:frame><text:p>Copyright Martin</text:p></draw:frame><presentation:notes><text:p>x</text:p></presentation:notes></style:master-page></s>`))
	check(t, "slides", deck.Text, "Titre\n\nEn réserve")
	check(t, "footers", zoneText(deck, content.ZoneFooter), "Usage interne | Copyright Martin")
	check(t, "hidden slides", deck.Properties["slides_hidden"], "1")
	check(t, "unseen", zoneText(deck, content.ZoneUnseen), "En réserve")

	sheet := readHere("a.ods", pack(t, "mimetype", mimeODS,
		"content.xml", `<c xmlns:table="b" xmlns:text="t" xmlns:style="s" xmlns:office="o"><office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><table:table table:name="A" table:style-name="ta1"/><table:table table:name="B" table:style-name="ta2"><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:body></c>`))
	check(t, "hidden sheets", sheet.Properties["sheets_hidden"], "1")
	check(t, "unseen", zoneText(sheet, content.ZoneUnseen), "B\n\n1")
}

func TestInsidePPTX(t *testing.T) {
	item := readHere("a.pptx", pack(t,
		"_rels/.rels", rels("r1", "officeDocument", "ppt/presentation.xml"),
		"ppt/presentation.xml", `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldId id="1" r:id="a"/><p:sldId id="2" r:id="b"/></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", rels("a", "slide", "slides/1.xml", "b", "slide", "slides/2.xml"),
		"ppt/slides/1.xml", `<p:sld xmlns:p="p" xmlns:a="a"><p:pic><p:nvPicPr><p:cNvPr id="4" name="Image" descr="Le nouvel atelier"/></p:nvPicPr></p:pic><p:sp><p:txBody><a:p><a:r><a:t>Un</a:t></a:r><a:fld type="slidenum"><a:t>1</a:t></a:fld><a:fld type="datetime1"><a:t>12/05/2019</a:t></a:fld></a:p></p:txBody></p:sp></p:sld>`,
		"ppt/slides/2.xml", `<p:sld xmlns:p="p" xmlns:a="a" show="0"><p:sp><p:txBody><a:p><a:r><a:t>En réserve</a:t></a:r></a:p></p:txBody></p:sp></p:sld>`,
		"ppt/slides/_rels/1.xml.rels", rels("c", "comments", "../comments/1.xml"),
		"ppt/comments/1.xml", `<p:cmLst xmlns:p="p"><p:cm><p:text>à valider par le juridique</p:text></p:cm></p:cmLst>`,
		"ppt/media/image1.jpg", string(photo(t))))
	check(t, "text", item.Text, "Un\n\nEn réserve")
	check(t, "alt", zoneText(item, content.ZoneAlt), "Le nouvel atelier")
	check(t, "comment", zoneText(item, content.ZoneComment), "à valider par le juridique")
	check(t, "hidden", item.Properties["slides_hidden"], "1")
	check(t, "unseen", zoneText(item, content.ZoneUnseen), "En réserve")
	check(t, "credits", item.Properties["iptc:picture_credits"], "Agence Lumière; Jeanne Martin; © Jeanne Photo")
}

func TestInsideRTF(t *testing.T) {
	item := readHere("a.rtf", []byte(`{\rtf1\ansi{\*\userprops{\propname MSIP_Label_`+labelGUID+`_Name}\proptype30{\staticval Interne}{\propname Projet}\proptype30{\staticval Atlas}}
\pard Le texte {\deleted prix plancher}{\revised reste}.\par{\shp{\*\shppict{\pict\pngblip 89}}}{\nonshppict{\pict 00}}}`))
	check(t, "text", item.Text, "Le texte reste.")
	check(t, "deleted", zoneText(item, content.ZoneDeleted), "prix plancher")
	check(t, "label", item.Properties["MSIP_Label_"+labelGUID+"_Name"], "Interne")
	check(t, "custom", item.Properties["custom:Projet"], "Atlas")
	check(t, "tracked", item.Properties["tracked_changes"], "present")
	check(t, "pictures", item.Properties["pictures"], "1")
}

func TestPDFPictures(t *testing.T) {
	check(t, "pictures", pdfPictures([]byte("<< /Subtype /Image /SMask 9 0 R >> << /Subtype/Image >> << /Subtype /Image >> << /Subtype /ImageX >>")), 2)
	check(t, "none", pdfPictures([]byte("/SMask 4 0 R")), 0)
}

// What a file inside says is kept to its end, or the file counts as unread.
func TestLongInside(t *testing.T) {
	word := func(paragraph string) []byte {
		return pack(t, "[Content_Types].xml", "<Types/>", "word/document.xml", `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>`+paragraph+`</w:t></w:r></w:p></w:body></w:document>`)
	}
	outer := func(name string, body []byte) content.Item {
		return readHere("a.docx", pack(t, "[Content_Types].xml", "<Types/>", "word/document.xml", `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Une page</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>prix plancher</w:t></w:r></w:p></w:body></w:document>`, "word/embeddings/"+name, string(body)))
	}
	hidden := func(item content.Item) string { return zoneText(item, content.ZoneHidden) }
	for name, item := range map[string]content.Item{
		"many lines":     outer("a.txt", []byte(strings.Repeat("Une ligne sans rien de particulier.\n", 2000)+"Salaire de Jeanne\n")),
		"one paragraph":  outer("a.docx", word(strings.Repeat("mot ", 1100)+"Salaire de Jeanne")),
		"two short ones": outer("a.txt", []byte("Un\nSalaire de Jeanne\n")),
	} {
		if !strings.Contains(hidden(item), "Salaire de Jeanne") || !strings.Contains(hidden(item), "prix plancher") || item.Properties["attachments_unread"] != "" {
			t.Errorf("%s: %d bytes are kept, unread %q", name, len(hidden(item)), item.Properties["attachments_unread"])
		}
	}
	for name, item := range map[string]content.Item{
		"too long":        outer("a.txt", []byte(strings.Repeat("Une ligne sans rien de particulier.\n", 20000))),
		"two levels down": outer("a.docx", pack(t, "[Content_Types].xml", "<Types/>", "word/document.xml", `<w:document xmlns:w="w"/>`, "word/embeddings/b.docx", string(word("Salaire")))),
	} {
		if item.Properties["attachments_unread"] != "1" {
			t.Errorf("%s: unread %q", name, item.Properties["attachments_unread"])
		}
	}
}

// A chart of an OpenDocument file holds its table.
func TestObjectsOfODF(t *testing.T) {
	item := readHere("a.odt", pack(t, "mimetype", mimeODT, "content.xml", `<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text><text:p>Une page</text:p></office:text></office:body></office:document-content>`,
		"Object 1/content.xml", `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><table:table><table:table-cell><text:p>Salaire de Jeanne</text:p></table:table-cell></table:table></office:document-content>`))
	check(t, "hidden", zoneText(item, content.ZoneHidden), "Salaire de Jeanne")
	check(t, "attachments", item.Properties["attachments"]+item.Properties["attachments_unread"], "1")

	item = readHere("a.odt", pack(t, "mimetype", mimeODT, "content.xml", `<c xmlns:text="t"><text:p>Une page</text:p></c>`,
		"Object 1", string(compound("Package", smallDOCX(t, "Salaire de Jeanne"))), "Obj2", "\x00\x01", "ObjectReplacements/Object 1", "\x00"))
	check(t, "of Windows", zoneText(item, content.ZoneHidden), "Salaire de Jeanne")
	check(t, "counts of Windows", item.Properties["attachments"]+" "+item.Properties["attachments_unread"], "2 1")
}

// However many properties a file gives itself, its label and what it holds are known.
func TestManyProperties(t *testing.T) {
	var custom strings.Builder
	for i := range 300 {
		fmt.Fprintf(&custom, `<property name="p%d"><vt:lpwstr>x</vt:lpwstr></property>`, i)
	}
	item := readHere("a.docx", docx(t, `<w:p><w:r><w:t>Texte</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>`, "word/embeddings/a.bin", "\x00\x01",
		"docProps/custom.xml", `<Properties xmlns:vt="v">`+custom.String()+`<property name="MSIP_Label_`+labelGUID+`_Name"><vt:lpwstr>Interne</vt:lpwstr></property></Properties>`))
	check(t, "unread", item.Properties["attachments_unread"], "1")
	check(t, "label", item.Properties["MSIP_Label_"+labelGUID+"_Name"], "Interne")
	check(t, "changes", item.Properties["tracked_changes"], "present")
}
