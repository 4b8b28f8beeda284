package extract

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// pack makes a ZIP file of names and contents, given in turn.
func pack(t testing.TB, parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readHere reads a document as the child would, in this process.
func readHere(name string, body []byte) content.Item {
	in := Input{Address: "https://intranet.example/docs/" + name, Body: body, Day: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}
	d := newDraft(in, 0, time.Now().Add(10*time.Second))
	readDocument(in, sniff(body[:min(len(body), 4096)], "", in.Address), d, nil)
	return d.finish()
}

func rels(entries ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i+2 < len(entries); i += 3 {
		mode := ""
		if strings.HasPrefix(entries[i+2], "http") {
			mode = ` TargetMode="External"`
		}
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"%s/>`, entries[i], entries[i+1], entries[i+2], mode)
	}
	return b.String() + `</Relationships>`
}

const coreXML = `<cp:coreProperties xmlns:cp="x" xmlns:dc="y" xmlns:dcterms="z"><dc:title>Microsoft Word - note.doc</dc:title><dc:creator>Utilisateur Windows</dc:creator>
<cp:lastModifiedBy>Claire Dubois</cp:lastModifiedBy><cp:keywords>sécurité; chantier</cp:keywords><cp:category>Note</cp:category><cp:contentStatus>Brouillon</cp:contentStatus>
<dcterms:created>2024-03-05T08:30:00Z</dcterms:created><dcterms:modified>2031-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>`

const labelGUID = "0359f705-2ba0-454b-9cfc-6ce5bcaac040"

func docx(t testing.TB, body string, more ...string) []byte {
	return pack(t, append([]string{
		"[Content_Types].xml", `<Types/>`,
		"_rels/.rels", rels("r1", "officeDocument", "word/document.xml", "r2", "core-properties", "docProps/core.xml", "r3", "extended-properties", "docProps/app.xml", "r4", "custom-properties", "docProps/custom.xml"),
		"word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="w" xmlns:r="r"><w:body>` + body + `</w:body></w:document>`,
		"docProps/core.xml", coreXML,
		"docProps/app.xml", `<Properties><Company>Ateliers Martin</Company><Pages>3</Pages><Application>Microsoft Office Word</Application></Properties>`,
	}, more...)...)
}

func TestDOCX(t *testing.T) {
	body := `<w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr><w:r><w:t>Cinq réflexes</w:t></w:r><w:r><w:t xml:space="preserve"> sécurité</w:t></w:r></w:p>
<w:p><w:r><w:t>Porter son casque</w:t></w:r><w:ins><w:r><w:t> toujours</w:t></w:r></w:ins><w:del><w:r><w:delText>jamais</w:delText></w:r></w:del><w:r><w:noBreakHyphen/><w:t>même.</w:t></w:r></w:p>
<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>invisible</w:t></w:r><w:hyperlink r:id="h1"><w:r><w:t>notre site</w:t></w:r></w:hyperlink></w:p>
<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>casque</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>gants</w:t></w:r></w:p>
<w:p><w:r><w:br w:type="page"/></w:r></w:p>
<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent><w:p><w:r><w:t>encadré</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>encadré</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:t>après</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Poste</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Prix</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12 €</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`
	item := readHere("note_de-service.docx", docx(t, body,
		"word/_rels/document.xml.rels", rels("s", "styles", "styles.xml", "n", "numbering", "numbering.xml", "h1", "hyperlink", "https://www.example.fr/", "hd", "header", "header1.xml", "ft", "footer", "footer1.xml", "c", "comments", "comments.xml", "f", "footnotes", "footnotes.xml"),
		"word/styles.xml", `<w:styles xmlns:w="w"><w:docDefaults><w:lang w:val="fr-FR"/></w:docDefaults><w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style></w:styles>`,
		"word/numbering.xml", `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>`,
		"word/header1.xml", `<w:hdr xmlns:w="w" xmlns:v="v"><w:p><w:r><w:t>Diffusion restreinte</w:t></w:r></w:p><w:p><w:r><w:pict><v:shape id="PowerPlusWaterMarkObject1"><v:textpath string="CONFIDENTIEL"/></v:shape></w:pict></w:r></w:p></w:hdr>`,
		"word/footer1.xml", `<w:ftr xmlns:w="w"><w:p><w:r><w:t>C2 - interne</w:t></w:r></w:p></w:ftr>`,
		"word/comments.xml", `<w:comments xmlns:w="w"><w:comment w:id="1"><w:p><w:r><w:t>à vérifier</w:t></w:r></w:p></w:comment></w:comments>`,
		"word/footnotes.xml", `<w:footnotes xmlns:w="w"><w:footnote><w:p><w:r><w:t>Source : rapport annuel.</w:t></w:r></w:p></w:footnote></w:footnotes>`,
		"docProps/custom.xml", `<Properties xmlns:vt="v"><property name="MSIP_Label_`+labelGUID+`_Name"><vt:lpwstr>Confidentiel</vt:lpwstr></property><property name="Projet"><vt:lpwstr>Atlas</vt:lpwstr></property></Properties>`,
		"docMetadata/LabelInfo.xml", `<clbl:labelList xmlns:clbl="c"><clbl:label id="{`+strings.ToUpper(labelGUID)+`}" enabled="1" method="Privileged" siteId="{11111111-2222-3333-4444-555555555555}" contentBits="8" removed="0"/></clbl:labelList>`,
	))
	want := "Cinq réflexes sécurité\n\nPorter son casque toujours-même.\n\nnotre site\n\ncasque\ngants\n\nencadré\n\naprès\n\nPoste\tPrix\nA B\t12 €\n\nSource : rapport annuel."
	if item.Text != want {
		t.Errorf("text is\n%q, want\n%q", item.Text, want)
	}
	check(t, "MIME", item.MIME, mimeDOCX)
	check(t, "title", item.Title, "Cinq réflexes sécurité") // the property names a program
	check(t, "author", item.Author, "")                     // an account is nobody
	check(t, "h1", item.H1, "Cinq réflexes sécurité")
	check(t, "language of a short text", item.Language, "fr")
	check(t, "pages", item.Pages, 3)
	check(t, "published", item.Published.Time.Format(time.RFC3339)+" "+item.Published.Source+" "+string(item.Published.Confidence), "2024-03-05T08:30:00Z properties medium")
	check(t, "modified after the day of reading", item.Modified.IsZero(), true)
	check(t, "tags", strings.Join(item.Tags, "|"), "sécurité|chantier")
	check(t, "lists", fmt.Sprint(item.Shape.Lists, item.Shape.OrderedLists, item.Shape.ListEntries, item.Shape.Tables), "1 1 2 1")
	check(t, "links", fmt.Sprint(item.Links), "[{https://www.example.fr/ notre site  false true}]")
	for key, value := range map[string]string{"company": "Ateliers Martin", "status": "Brouillon", "last_modified_by": "Claire Dubois", "hidden_text": "present", "tracked_changes": "present",
		"custom:Projet": "Atlas", "MSIP_Label_" + labelGUID + "_Name": "Confidentiel", "MSIP_Label_" + labelGUID + "_ContentBits": "8", "MSIP_Label_" + labelGUID + "_Enabled": "true"} {
		check(t, key, item.Properties[key], value)
	}
	zones := zonesOf(item)
	check(t, "zones", strings.Join(zones, " | "), "comment 0 à vérifier | cover 1 Cinq réflexes sécurité\n\nPorter son casque toujours-même.\n\nnotre site\n\ncasque\ngants | deleted 0 jamais | footer 0 C2 - interne | header 0 Diffusion restreinte | hidden 0 invisible | watermark 0 CONFIDENTIEL")
	if item.Problem != nil {
		t.Errorf("problem %+v", *item.Problem)
	}
}

func zonesOf(item content.Item) (zones []string) {
	for _, z := range item.Zones {
		zones = append(zones, fmt.Sprintf("%s %d %s", z.Kind, z.Page, z.Text))
	}
	slices.Sort(zones)
	return zones
}

func check[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestPPTX(t *testing.T) {
	slide := func(shapes string) string {
		return `<p:sld xmlns:p="p" xmlns:a="a" xmlns:r="r"><p:cSld><p:spTree>` + shapes + `</p:spTree></p:cSld></p:sld>`
	}
	sp := func(ph, text string) string {
		if ph != "" {
			ph = `<p:nvPr><p:ph type="` + ph + `"/></p:nvPr>`
		}
		return `<p:sp><p:nvSpPr>` + ph + `</p:nvSpPr><p:txBody><a:p><a:r><a:t>` + strings.ReplaceAll(text, "\n", `</a:t></a:r></a:p><a:p><a:r><a:t>`) + `</a:t></a:r></a:p></p:txBody></p:sp>`
	}
	item := readHere("deck.pptx", pack(t,
		"_rels/.rels", rels("r1", "officeDocument", "ppt/presentation.xml"),
		"ppt/presentation.xml", `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="rId10"/><p:sldId id="257" r:id="rId2"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", rels("rId10", "slide", "slides/slide2.xml", "rId2", "slide", "/ppt/slides/slide1.xml", "m", "slideMaster", "slideMasters/m.xml"),
		"ppt/slides/slide2.xml", slide(sp("subTitle", "Comité de direction")+sp("ctrTitle", "Feuille de route")+sp("ftr", "Usage interne")+sp("sldNum", "1")),
		"ppt/slides/slide1.xml", slide(sp("body", "premier point\ndeuxième point")+sp("title", "Budget"))+``,
		"ppt/slides/_rels/slide1.xml.rels", rels("n", "notesSlide", "../notesSlides/n1.xml"),
		"ppt/notesSlides/n1.xml", `<p:notes xmlns:p="p" xmlns:a="a">`+sp("sldImg", "x")+sp("body", "ne pas citer le client")+sp("", "ni le prix")+`</p:notes>`,
		"ppt/slideMasters/m.xml", `<p:sldMaster xmlns:p="p" xmlns:a="a">`+sp("title", "Modifiez le titre")+sp("ftr", "Confidentiel groupe")+sp("", "Ne pas diffuser")+`</p:sldMaster>`,
	))
	check(t, "text", item.Text, "Feuille de route\n\nComité de direction\n\nBudget\n\npremier point\ndeuxième point")
	check(t, "title", item.Title, "Feuille de route")
	check(t, "pages", item.Pages, 2)
	check(t, "zones", strings.Join(zonesOf(item), " | "), "cover 1 Feuille de route\n\nComité de direction | footer 0 Confidentiel groupe\nNe pas diffuser | footer 1 Usage interne | notes 2 ne pas citer le client\nni le prix")
	check(t, "headings", outline(item.Headings), "1 Feuille de route, 2 Budget")
}

func TestXLSX(t *testing.T) {
	item := readHere("grille.xlsx", pack(t,
		"_rels/.rels", rels("r1", "officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="Salaires" sheetId="1" r:id="a"/><sheet name="Caché" sheetId="2" state="veryHidden" r:id="b"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("a", "worksheet", "worksheets/sheet1.xml", "b", "worksheet", "worksheets/sheet2.xml", "s", "sharedStrings", "sharedStrings.xml", "t", "styles", "styles.xml"),
		"xl/sharedStrings.xml", `<sst><si><t>Nom</t></si><si><r><t>Prime </t></r><r><t>annuelle</t></r><rPh><t>フリガナ</t></rPh></si></sst>`,
		"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-40C]dd\ mmmm\ yyyy"/><numFmt numFmtId="165" formatCode="&quot;jour&quot; 0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>99</v></c></row><row><c t="inlineStr"><is><t>Dupont</t></is></c><c><v>0.10000000000000001</v></c><c s="1"><v>45000.5</v></c><c s="2"><v>3</v></c><c t="b"><v>1</v></c><c t="str"><f>A1</f><v>ok</v></c></row></sheetData><headerFooter><oddFooter>&amp;L&amp;"Arial,Gras"&amp;8Confidentiel&amp;RPage &amp;P</oddFooter></headerFooter></worksheet>`,
		"xl/worksheets/sheet2.xml", `<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>`,
	))
	check(t, "text", item.Text, "Salaires\n\nNom\tPrime annuelle\nDupont\t0.1\t2023-03-15\tjour 3,00\tTRUE\tok\n\nCaché\n\n7")
	check(t, "pages", item.Pages, 2)
	check(t, "hidden", item.Properties["sheets_hidden"], "1")
	check(t, "unseen", zoneText(item, content.ZoneUnseen), "Caché\n\n7")
	check(t, "footer", zonesOf(item)[1], "footer 0 Confidentiel\nPage")
}

func TestZIPThatIsNoDocument(t *testing.T) {
	deep := strings.Repeat("<w:p>", maxDepth+10)
	bomb := docx(t, `<w:p><w:r><w:t>`+strings.Repeat(" ", ratioFrom+4096)+`</w:t></w:r></w:p>`)
	whole := docx(t, `<w:p><w:r><w:t>bonjour tout le monde</w:t></w:r></w:p>`)
	for _, c := range []struct {
		name string
		body []byte
		want content.ProblemCode
	}{
		{"archive.zip", pack(t, "a.txt", "hello"), content.Unsupported},
		{"book.epub", pack(t, "mimetype", "application/epub+zip"), content.Broken},
		{"bomb.docx", bomb, content.TooLarge},
		{"deep.docx", docx(t, deep), content.TooLarge},
		{"cut.docx", whole[:len(whole)/2], content.Broken},
		{"unclosed.docx", pack(t, "word/document.xml", `<w:document><w:body><w:p><w:r><w:t>le début</w:t></w:r></w:p>`), content.Broken},
		{"garbled.docx", pack(t, "word/document.xml", "\x00\x01<<<<"), content.Broken},
		{"empty.docx", docx(t, ""), content.NoText},
		{"entities.docx", pack(t, "word/document.xml", `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><document><body><p><r><t>&b;&x;</t></r></p></body></document>`), ""},
	} {
		item := readHere(c.name, c.body)
		got := content.ProblemCode("")
		if item.Problem != nil {
			got = item.Problem.Code
		}
		if got != c.want || strings.Contains(item.Text, "root:") || strings.Contains(item.Text, "aaaa") {
			t.Errorf("%s: problem %q and text %.60q, want %q", c.name, got, item.Text, c.want)
		}
		if c.name == "unclosed.docx" {
			check(t, "what was read until the damage", item.Text, "le début")
		}
	}
}

func TestTooManyEntries(t *testing.T) {
	parts := make([]string, 0, 2*maxEntries+4)
	for i := range maxEntries + 1 {
		parts = append(parts, fmt.Sprint("f", i), "")
	}
	item := readHere("many.docx", pack(t, parts...))
	if item.Problem == nil || item.Problem.Code != content.TooLarge {
		t.Errorf("problem %+v, want too_large", item.Problem)
	}
}

func FuzzOOXML(f *testing.F) {
	f.Add("word/document.xml", `<w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>`, "word/styles.xml", `<w:styles/>`)
	f.Add("ppt/presentation.xml", `<p:presentation><p:sldId r:id="r1"/></p:presentation>`, "ppt/_rels/presentation.xml.rels", rels("r1", "slide", "presentation.xml"))
	f.Add("xl/workbook.xml", `<workbook><sheet name="a" r:id="r1"/></workbook>`, "xl/_rels/workbook.xml.rels", rels("r1", "worksheet", "workbook.xml"))
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		if len(a) > 1000 || len(c) > 1000 || strings.HasSuffix(a, "/") || strings.HasSuffix(c, "/") { // a folder holds no text
			t.Skip()
		}
		item := readHere("f.docx", pack(t, a, b, c, d, "_rels/.rels", rels("r1", "officeDocument", a)))
		if item.Text == "" && item.Problem == nil {
			t.Error("neither text nor problem")
		}
	})
}
