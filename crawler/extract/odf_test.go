package extract

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

const odfMeta = `<office:document-meta xmlns:dc="d" xmlns:meta="m"><office:meta><dc:title>Charte informatique</dc:title><meta:initial-creator>Paul Girard</meta:initial-creator><dc:creator>admin</dc:creator>
<meta:creation-date>2023-05-01T10:00:00.123</meta:creation-date><dc:date>2023-06-02T11:00:00</dc:date><meta:keyword>sécurité</meta:keyword><meta:keyword>poste</meta:keyword>
<meta:document-statistic meta:page-count="4"/><meta:user-defined meta:name="MSIP_Label_` + labelGUID + `_Name">Interne</meta:user-defined></office:meta></office:document-meta>`

func TestODT(t *testing.T) {
	item := readHere("charte.odt", pack(t, "mimetype", mimeODT, "meta.xml", odfMeta,
		"content.xml", `<office:document-content xmlns:text="t" xmlns:table="b" xmlns:office="o" xmlns:xlink="x"><office:body><office:text>
<text:h text:outline-level="1">Charte</text:h><text:p>Un<text:s/>mot<text:tab/>et<text:line-break/>un <text:a xlink:href="https://example.fr/a">lien</text:a><office:annotation><dc:creator>X</dc:creator><text:p>à revoir</text:p></office:annotation>.</text:p>
<text:list><text:list-item><text:p>un</text:p></text:list-item><text:list-item><text:p>deux</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell table:number-columns-repeated="1000000000"/><table:table-cell><text:p>C</text:p></table:table-cell></table:table-row></table:table>
<text:p><text:soft-page-break/>Fin de page.</text:p></office:text></office:body></office:document-content>`,
		"styles.xml", `<s xmlns:style="s" xmlns:text="t"><style:master-page><style:header><text:p>Diffusion limitée</text:p></style:header><style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer></style:master-page></s>`))
	check(t, "text", item.Text, "Charte\n\nUn mot\tet\nun lien.\n\nun\ndeux\n\nA\t\tC\n\nFin de page.")
	check(t, "title", item.Title, "Charte informatique")
	check(t, "author", item.Author, "Paul Girard")
	check(t, "pages", item.Pages, 4)
	check(t, "published", item.Published.Time.Format("2006-01-02"), "2023-05-01")
	check(t, "modified", item.Modified.Time.Format("2006-01-02"), "2023-06-02")
	check(t, "keywords", item.Properties["keywords"], "sécurité, poste")
	check(t, "label", item.Properties["MSIP_Label_"+labelGUID+"_Name"], "Interne")
	check(t, "zones", strings.Join(zonesOf(item), " | "), "comment 0 à revoir | cover 1 Charte\n\nUn mot\tet\nun lien.\n\nun\ndeux\n\nA\t\tC | footer 0 Page | header 0 Diffusion limitée")
	check(t, "link", item.Links[0].Address, "https://example.fr/a")
}

func TestODPAndODS(t *testing.T) {
	deck := readHere("deck.odp", pack(t, "mimetype", mimeODP,
		"content.xml", `<c xmlns:draw="d" xmlns:text="t" xmlns:presentation="p"><draw:page><text:p>Titre du deck</text:p><text:p>Sous-titre</text:p></draw:page><draw:page><text:p>Suite</text:p><presentation:notes><text:p>secret</text:p></presentation:notes></draw:page></c>`))
	check(t, "text", deck.Text, "Titre du deck\n\nSous-titre\n\nSuite")
	check(t, "zones", strings.Join(zonesOf(deck), " | "), "cover 1 Titre du deck\n\nSous-titre | notes 2 secret")
	check(t, "pages", deck.Pages, 2)

	sheet := readHere("t.ods", pack(t, "mimetype", mimeODS,
		"content.xml", `<c xmlns:table="b" xmlns:text="t"><table:table table:name="Feuille1"><table:table-row table:number-rows-repeated="99999999"><table:table-cell><text:p>1,5</text:p></table:table-cell></table:table-row></table:table></c>`))
	check(t, "text", sheet.Text, "Feuille1\n\n1,5")
	check(t, "pages", sheet.Pages, 1)

	sheet = readHere("t.ods", pack(t, "mimetype", mimeODS,
		"content.xml", `<c xmlns:table="b" xmlns:text="t" xmlns:office="o"><table:table table:name="Paie"><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"><text:p>10</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="3200"/><table:table-cell office:value-type="string" office:string-value="Jeanne"/><table:table-cell office:value-type="float" office:value="5"><text:p>5 €</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row></table:table></c>`))
	check(t, "told again, without paragraphs", sheet.Text, "Paie\n\n10\t10\t10\n10\t10\t10\n3200\tJeanne\t5 €")
}

// A date that was fixed is text, also on a slide; one of today is none, nor is a number of a slide.
func TestODFDates(t *testing.T) {
	body := `<text:p>Paris, le <text:date text:fixed="true">3 mars 2024</text:date>, page <text:page-number>1</text:page-number><text:date>29/11/26</text:date><text:time>10:00</text:time></text:p>`
	letter := readHere("a.odt", pack(t, "mimetype", mimeODT, "content.xml", `<c xmlns:text="t">`+body+`</c>`))
	check(t, "letter", letter.Text, "Paris, le 3 mars 2024, page 1")
	deck := readHere("a.odp", pack(t, "mimetype", mimeODP, "content.xml", `<c xmlns:text="t" xmlns:draw="d"><draw:page>`+body+`</draw:page></c>`))
	check(t, "slide", deck.Text, "Paris, le 3 mars 2024, page")
}

// What a program fills in when it prints is no text: a number, the name of a sheet, the day unless it is fixed.
func TestODFFields(t *testing.T) {
	item := readHere("a.ods", pack(t, "mimetype", mimeODS, "content.xml", `<c xmlns:text="t"><text:p>x</text:p></c>`,
		"styles.xml", `<s xmlns:style="s" xmlns:text="t" xmlns:presentation="p"><style:master-page><style:header><text:p>Interne<text:s/>depuis <text:date text:fixed="true">2024-05-02</text:date>, imprimé le <text:date>00/00/0000</text:date> <text:time>00:00</text:time></text:p></style:header>
<style:footer><text:p>Feuille <text:sheet-name>???</text:sheet-name> page <text:page-number>1</text:page-number> / <text:page-count>99</text:page-count></text:p><text:p><presentation:footer>&lt;footer&gt;</presentation:footer></text:p></style:footer></style:master-page></s>`))
	check(t, "header", zoneText(item, content.ZoneHeader), "Interne depuis 2024-05-02, imprimé le")
	check(t, "footer", zoneText(item, content.ZoneFooter), "Feuille page /")
}

func TestODFEncrypted(t *testing.T) {
	item := readHere("x.odt", pack(t, "mimetype", mimeODT, "content.xml", "\x8f\x12\x00garbage",
		"META-INF/manifest.xml", `<m:manifest xmlns:m="m"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>`))
	if item.Problem == nil || item.Problem.Code != content.Encrypted {
		t.Errorf("problem %+v, want encrypted", item.Problem)
	}
}

func FuzzODF(f *testing.F) {
	f.Add(mimeODT, `<c xmlns:text="t"><text:list><text:p>a<text:note><text:p>b</text:p></text:note></text:p></text:list></c>`, odfMeta)
	f.Add(mimeODS, `<c xmlns:table="b"><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table></c>`, "")
	f.Fuzz(func(t *testing.T, kind, body, meta string) {
		item := readHere("f.odt", pack(t, "mimetype", kind, "content.xml", body, "styles.xml", body, "meta.xml", meta))
		if item.Text == "" && item.Problem == nil {
			t.Error("neither text nor problem")
		}
	})
}
