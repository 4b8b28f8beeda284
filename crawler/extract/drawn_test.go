package extract

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

func TestDrawnText(t *testing.T) {
	for name, c := range map[string]struct{ xml, want string }{
		"box":           {`<xdr:sp><xdr:txBody><a:p><a:r><a:t>Ob</a:t></a:r><a:r><a:t>jectif</a:t></a:r></a:p><a:p><a:r><a:t>2026</a:t></a:r></a:p></xdr:txBody></xdr:sp>`, "Objectif|2026"},
		"diagram":       {`<dgm:pt><dgm:t><a:p><a:r><a:t>Étape 1</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>Étape 2</a:t></a:r></a:p></dgm:t></dgm:pt>`, "Étape 1|Étape 2"},
		"chart":         {`<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Ventes</a:t></a:r></a:p></c:rich></c:tx></c:title><c:strCache><c:pt><c:v>Nord</c:v></c:pt><c:pt><c:v>Sud</c:v></c:pt></c:strCache><c:strCache><c:pt><c:v>Nord</c:v></c:pt></c:strCache><c:numCache><c:pt><c:v>12</c:v></c:pt></c:numCache></c:chart>`, "Ventes|Nord|Sud"},
		"chart of 2016": {`<cx:chartData><cx:data><cx:strDim type="cat"><cx:lvl><cx:pt idx="0">Nord</cx:pt><cx:pt idx="1">Sud</cx:pt></cx:lvl></cx:strDim><cx:numDim><cx:lvl><cx:pt idx="0">12</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData><cx:tx><cx:rich><a:p><a:r><a:t>Ventes</a:t></a:r></a:p></cx:rich></cx:tx>`, "Nord|Sud|Ventes"},
		"cut":           {`<a:p><a:r><a:t>Le début`, "Le début"},
	} {
		b := pack(t, "d.xml", "<x>"+c.xml)
		a, err := openArchive(strings.NewReader(string(b)), int64(len(b)), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		check(t, name, strings.Join(drawnText(a, "d.xml", newDraft(Input{}, 0, time.Time{})), "|"), c.want)
	}
}

// A workbook says what its drawings say: boxes, diagrams, charts, what stands on these, and charts that are sheets.
func TestDrawnOnSheets(t *testing.T) {
	said := func(s string) string { return `<x xmlns:a="a"><a:p><a:r><a:t>` + s + `</a:t></a:r></a:p></x>` }
	item := readHere("a.xlsx", pack(t, "[Content_Types].xml", "<Types/>", "xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="Un" r:id="r1"/><sheet name="Deux" r:id="r2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("r1", "worksheet", "worksheets/sheet1.xml", "r2", "chartsheet", "chartsheets/sheet2.xml"),
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData/></worksheet>`, "xl/worksheets/_rels/sheet1.xml.rels", rels("r1", "drawing", "../drawings/1.xml"),
		"xl/drawings/1.xml", said("Encadré"), "xl/drawings/_rels/1.xml.rels", rels("r1", "diagramData", "../diagrams/1.xml", "r2", "chart", "../charts/1.xml", "r3", "chartEx", "../charts/2.xml"),
		"xl/diagrams/1.xml", said("Étape"), "xl/charts/1.xml", said("Ventes"), "xl/charts/2.xml", said("Cascade"),
		"xl/charts/_rels/1.xml.rels", rels("r1", "chartUserShapes", "../drawings/9.xml"), "xl/drawings/9.xml", said("Objectif secret"),
		"xl/chartsheets/sheet2.xml", `<chartsheet><headerFooter><oddFooter>&amp;CInterne</oddFooter></headerFooter></chartsheet>`, "xl/chartsheets/_rels/sheet2.xml.rels", rels("r1", "drawing", "../drawings/2.xml"),
		"xl/drawings/2.xml", said("Sur la feuille")))
	check(t, "text", item.Text, "Un\n\nEncadré\n\nÉtape\n\nVentes\n\nObjectif secret\n\nCascade\n\nDeux\n\nSur la feuille")
	check(t, "footer", zoneText(item, content.ZoneFooter), "Interne")
}
