package corpus

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func openDocument(t *testing.T, name string, iso bool, parts ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if z.Close() != nil || f.Close() != nil {
		t.Fatal("not written")
	}
	text, err := OpenDocument(path, iso)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(strings.TrimSpace(text), "\n", "|")
}

// What is compared is what stands on slides and sheets; what is left out, and why, OpenDocument says.
func TestOpenDocument(t *testing.T) {
	const spaces = ` xmlns:office="o" xmlns:text="t" xmlns:draw="d" xmlns:table="b" xmlns:presentation="p" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="x" xmlns:chart="c"`
	content := func(body string) string {
		return `<office:document-content` + spaces + `><office:body>` + body + `</office:body></office:document-content>`
	}
	deck := openDocument(t, "a.odp", false, "content.xml", content(`<draw:page><draw:frame><svg:title>Photo</svg:title><text:p>Un<text:s/>titre, page <text:page-number>3</text:page-number></text:p></draw:frame>
<draw:frame presentation:class="footer"><text:p>Pied</text:p></draw:frame><draw:object xlink:href="./Object 1"/><draw:object xlink:href="./Object 2"/>
<text:p>le <text:date>2026-11-29</text:date> et le <text:date text:fixed="true">2024-05-02</text:date></text:p><presentation:notes><text:p>Note</text:p></presentation:notes></draw:page>`),
		"Object 1/content.xml", content(`<chart:chart><text:p>Ventes</text:p><table:table table:name="local"><table:table-cell office:value-type="string"><text:p>Nord</text:p></table:table-cell><table:table-cell office:value-type="float"><text:p>12</text:p></table:table-cell></table:table></chart:chart>`),
		"Object 2/content.xml", content(`<office:text><text:p>Une lettre</text:p></office:text>`))
	if want := "Un titre, page|Ventes|Nord|le  et le 2024-05-02"; deck != want {
		t.Errorf("deck: %q, want %q", deck, want)
	}
	cells := `<table:table table:name="Paie"><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="float"><text:p>1,5</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="date" office:date-value="2024-05-02T10:30:00"><text:p>2 mai</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-05-02T10:30:00"><text:p>02/05/24 10:30</text:p></table:table-cell>
<table:table-cell office:value-type="time" office:time-value="PT06H15M00S"><text:p>6:15</text:p><office:annotation><text:p>à voir</text:p></office:annotation></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>`
	if got, want := openDocument(t, "a.ods", true, "content.xml", content(cells)), "Paie|1,5|1,5|1,5|1,5|2024-05-02|2024-05-02 10:30|06:15"; got != want {
		t.Errorf("workbook: %q, want %q", got, want)
	}
	if got, want := openDocument(t, "a.ods", false, "content.xml", content(cells)), "Paie|1,5|1,5|1,5|1,5|2 mai|02/05/24 10:30|6:15"; got != want {
		t.Errorf("as it is shown: %q, want %q", got, want)
	}
}
