package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"filon/classify"
	"filon/crawler/content"
	"filon/index"
)

func record(n int) index.Record {
	readability := 62.25
	address := fmt.Sprintf("https://www.exemple.fr/page-%d", n)
	return index.Record{
		Item: content.Item{
			ID: content.ID(address), Address: address, Source: "site", Access: content.Access{Visibility: content.Public},
			Status: 200, MIME: "text/html", Bytes: 20_480, FetchedAt: time.Date(2026, 11, 2, 8, 30, 15, 0, time.FixedZone("", 3600)), Depth: 2,
			Title: "L’été à l’usine ; « portes ouvertes »", H1: "Portes ouvertes", Description: "Venez.", Language: "fr", Author: "Camille Durand", Department: "Production",
			Text: "Venez voir l’atelier.", Published: content.Date{Time: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Source: "meta"},
			Images: []content.Image{{Address: "https://www.exemple.fr/i.jpg", Width: 1600, Height: 900}},
		},
		Verdict: classify.Verdict{
			Outcome: classify.NeedsEdit, Type: "event_recap", Confidence: 0.876, Format: "html_article", Freshness: 0.5, Day: "2026-11-02", Readability: &readability,
			Readiness: 61, Effort: "light", EffortMinutes: 25, NetworksFit: []string{"linkedin", "instagram"}, Hook: "Venez voir l’atelier.",
			For:     []classify.Text{{FR: "Une date récente", EN: "A recent date"}},
			Reasons: []classify.Reason{{Rule: "tone/internal", Severity: classify.Note, Says: classify.Text{FR: "Ton interne | à revoir", EN: "Internal tone"}, Quote: "chers collègues", Where: "text:12"}},
		},
		Canonical: true,
	}
}

func these(recs ...index.Record) Records {
	return func(do func(index.Record) error) error {
		for _, r := range recs {
			if err := do(r); err != nil {
				return err
			}
		}
		return nil
	}
}

// parsed reads a CSV back as a spreadsheet would.
func parsed(t testing.TB, text string, comma rune) []map[string]string {
	t.Helper()
	body, ok := strings.CutPrefix(text, "\ufeff")
	if !ok {
		t.Fatal("no byte order mark")
	}
	if strings.Count(body, "\n") != strings.Count(body, "\r\n") && !strings.Contains(body, "\"") {
		t.Fatal("a line ends without CRLF")
	}
	r := csv.NewReader(strings.NewReader(body))
	r.Comma = comma
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range all[1:] {
		m := map[string]string{}
		for i, name := range all[0] {
			m[name] = line[i]
		}
		rows = append(rows, m)
	}
	return rows
}

func TestColumnsAreTheSixty(t *testing.T) {
	names := strings.Fields(`item_id url title h1 meta_description site visibility department owner author media_format mime content_type
		content_type_secondary content_type_confidence language topic audience date_published date_modified date_source expires_on word_count
		page_count duration_s file_size http_status depth inlinks page_views image_best_url image_w image_h image_rights readability freshness
		evergreen rot duplicate_group canonical readiness verdict effort effort_minutes reasons_for reasons_against risk_codes approver_role
		networks_ready networks_fit post_format hook already_used disposition assigned_to human_verdict notes crawled_at
		silo_twins departments`)
	if len(names) != 60 || len(Columns) != 60 {
		t.Fatalf("%d names, %d columns", len(names), len(Columns))
	}
	for i, c := range Columns {
		if c.Name != names[i] || c.FR == "" || c.EN == "" {
			t.Errorf("column %d is %q (%q, %q), want %q", i+1, c.Name, c.FR, c.EN, names[i])
		}
	}
	short, err := Select("default")
	if err != nil || len(short) != 20 || short[19].Name != "post_format" {
		t.Errorf("default is %d columns, %v", len(short), err)
	}
	if _, err := Select("url, titre"); err == nil || !strings.Contains(err.Error(), `"titre"`) {
		t.Errorf("an unknown column gives %v", err)
	}
}

func TestCSV(t *testing.T) {
	var out bytes.Buffer
	n, err := CSV(&out, Columns, these(record(1)), DialectOf("fr-FR"), Options{Lang: "fr"})
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	got := parsed(t, out.String(), ';')[0]
	for name, want := range map[string]string{
		"title": "L’été à l’usine ; « portes ouvertes »", "content_type_confidence": "0,88", "freshness": "0,5", "readability": "62,3", "date_published": "2026-06-01",
		"date_modified": "", "crawled_at": "2026-11-02T07:30:15Z", "canonical": "true", "networks_fit": "linkedin|instagram", "reasons_against": "Ton interne ¦ à revoir",
		"reasons_for": "Une date récente", "risk_codes": "tone/internal", "author": "", "page_views": "", "page_count": "", "image_w": "1600", "word_count": "3", "already_used": "unknown", "rot": "",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	out.Reset()
	if _, err := CSV(&out, Columns, these(record(1)), DialectOf("en"), Options{Authors: true}); err != nil {
		t.Fatal(err)
	}
	if got := parsed(t, out.String(), ',')[0]; got["freshness"] != "0.5" || got["author"] != "Camille Durand" || got["reasons_for"] != "A recent date" {
		t.Errorf("in English: %v", got)
	}
}

func TestFormulasAreNeutralised(t *testing.T) {
	for _, title := range []string{`=HYPERLINK("http://x","y")`, "+33 1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1"} {
		rec := record(1)
		rec.Item.Title = title
		rec.Verdict.For = []classify.Text{{EN: title}}
		var out bytes.Buffer
		if _, err := CSV(&out, Columns, these(rec), Dialect{}, Options{}); err != nil {
			t.Fatal(err)
		}
		got := parsed(t, out.String(), ',')[0]
		if !strings.HasPrefix(got["title"], "'") || !strings.HasPrefix(got["reasons_for"], "'") {
			t.Errorf("%q comes out as %q and %q", title, got["title"], got["reasons_for"])
		}
	}
	var line []byte
	if got := string(Dialect{Comma: ',', Decimal: '.'}.cell(line, Column{Kind: Number}, -1.5)); got != "-1.5" {
		t.Errorf("a negative number comes out as %q", got)
	}
}

// FuzzCSV: what goes in comes back, in every dialect.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"=1+1", "a\"b", "a;b,c", "deux\nlignes", "\xff", "'", " x ", "\x00\x07", "'=1", "\r\n"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, title string, french bool) {
		d, comma := DialectOf("en"), ','
		if french {
			d, comma = DialectOf("fr"), ';'
		}
		rec := record(1)
		rec.Item.Title = title
		var out bytes.Buffer
		if _, err := CSV(&out, Columns[:5], these(rec), d, Options{}); err != nil {
			t.Fatal(err)
		}
		got := parsed(t, out.String(), comma)[0]["title"]
		want := neutral(clean(title))
		// encoding/csv reads CRLF inside quotes as LF.
		if want = strings.ReplaceAll(want, "\r\n", "\n"); got != want {
			t.Errorf("%q comes back as %q, want %q", title, got, want)
		}
	})
}

func never() index.Record {
	rec := record(2)
	rec.Verdict.Outcome, rec.Verdict.Kind = classify.Never, classify.Secret
	rec.Item.Title, rec.Item.H1, rec.Item.Description = "Grille SECRETE", "SECRETE", "SECRETE"
	rec.Item.Text, rec.Verdict.Hook = "SECRETE", "SECRETE"
	rec.Verdict.For = []classify.Text{{FR: "SECRETE", EN: "SECRETE"}}
	rec.Item.Links = []content.Link{{Address: "https://www.exemple.fr/l", Text: "SECRETE"}}
	rec.Item.Images = []content.Image{{Address: "https://www.exemple.fr/i.jpg", Alt: "SECRETE"}}
	rec.Item.Headings = []content.Heading{{Level: 1, Text: "SECRETE"}}
	return rec
}

func TestNeverIsMaskedEverywhere(t *testing.T) {
	for name, write := range map[string]func(io.Writer) (int, error){
		"csv":   func(w io.Writer) (int, error) { return CSV(w, Columns, these(never()), Dialect{}, Options{}) },
		"jsonl": func(w io.Writer) (int, error) { return JSONL(w, these(never()), Options{}) },
		"xlsx":  func(w io.Writer) (int, error) { return XLSX(w, Columns, these(never()), Options{Labels: true}) },
	} {
		var out bytes.Buffer
		if _, err := write(&out); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		if name == "xlsx" {
			text = fmt.Sprint(sheetOf(t, out.Bytes(), "Inventory"))
		}
		if strings.Contains(text, "SECRETE") {
			t.Errorf("%s shows what must be masked: %s", name, text)
		}
		if !strings.Contains(text, "•••") || !strings.Contains(text, "page-2") {
			t.Errorf("%s shows no mask or no address: %s", name, text)
		}
	}
}

func TestWordsOfTheItemAreMasked(t *testing.T) {
	rec := record(1)
	rec.Item.Title, rec.Item.Text = "Appelez le 06 12 34 56 78", "Tél. 06 12 34 56 78"
	mask := func(s string) string { return strings.ReplaceAll(s, "06 12 34 56 78", "06 •• •• •• 78") }
	var out bytes.Buffer
	if _, err := CSV(&out, Columns, these(rec), Dialect{}, Options{Mask: mask}); err != nil {
		t.Fatal(err)
	}
	line, err := JSON(rec, Options{Mask: mask})
	if err != nil {
		t.Fatal(err)
	}
	if both := out.String() + string(line); strings.Contains(both, "12 34 56") || !strings.Contains(both, "06 •• •• •• 78") {
		t.Errorf("a telephone number is in clear: %s", both)
	}
}

// TestTextsHideWhatReasonsHide: JSON, CSV and their quotations show nothing of what any finding hides, nor of what asks.
func TestTextsHideWhatReasonsHide(t *testing.T) {
	rec := record(1)
	rec.Item.Access.Visibility = content.Intranet
	rec.Item.Title, rec.Item.H1, rec.Item.Description = "Le carnet du gardien", "", "Gérald Lambert ne porte plus rien depuis son opération du dos en mars dernier."
	rec.Item.Text = "Nom\tDate de naissance\nPaul Mercier\t12/03/1981\nAnne Simon\t4 mai 1979\n\nLes plantes ont été déposées chez Ghislaine Arnoult, 17 rue des Tanneurs à Villefranche.\n\n« Gérald Lambert ne porte plus rien depuis son opération du dos en mars dernier »"
	rec.Item.Images[0].Alt = "La maison de Ghislaine Arnoult, 17 rue des Tanneurs"
	rec.Item, rec.Verdict = classify.Admit(rec.Item, classify.Policy{}, time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC))
	line, err := JSON(rec, Options{Mask: classify.Mask})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{"12/03/1981", "mai 1979", "17 rue", "Tanneurs"} {
		if strings.Contains(string(line), w) {
			t.Errorf("%s stands in %s", w, line)
		}
	}
	var said struct {
		Description, Hook *string
		Quotes            []any
		Text              string
	}
	if err := json.Unmarshal(line, &said); err != nil || len(said.Quotes) != 0 || said.Hook != nil || !strings.Contains(said.Text, "Villefranche") || strings.Contains(string(line), `"meta_description":"`) {
		t.Errorf("%v: %s", err, line)
	}
}

func TestJSON(t *testing.T) {
	signedIn := record(1)
	signedIn.Item.Access.SeenAs = "lecteur"
	line, err := JSON(signedIn, Options{Lang: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(line, &got); err != nil {
		t.Fatal(err)
	}
	for _, c := range Columns {
		if _, ok := got[c.Name]; !ok {
			t.Errorf("%s is missing", c.Name)
		}
	}
	for name, want := range map[string]string{
		"seen_as": "lecteur", "page_views": "<nil>", "readiness": "61", "date_published": "2026-06-01", "networks_fit": "[linkedin instagram]", "links": "[]", "canonical": "true", "text": "Venez voir l’atelier.",
		"reasons": "[map[quote:chers collègues rule:tone/internal says:Ton interne | à revoir severity:note where:text:12]]",
	} {
		if fmt.Sprint(got[name]) != want {
			t.Errorf("%s is %v, want %s", name, got[name], want)
		}
	}
	if !bytes.HasPrefix(line, []byte(`{"item_id":`)) {
		t.Errorf("columns are not in their order: %.60s", line)
	}
}

func sheetOf(t testing.TB, book []byte, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestXLSX(t *testing.T) {
	rec := record(1)
	rec.Item.Title = "=1+1"
	rec.Item.Description = strings.Repeat("é😀", 20_000)
	var out bytes.Buffer
	n, err := XLSX(&out, Columns, these(rec, record(2)), Options{Lang: "fr", Labels: true})
	if err != nil || n != 2 {
		t.Fatal(n, err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cell := func(name string) string {
		v, err := f.GetCellValue("Inventaire", name)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if cell("B1") != "Adresse" || cell("C2") != "=1+1" || cell("M2") != classify.TypeLabel("event_recap", "fr") || cell("AP2") != "À retoucher" {
		t.Errorf("cells are %q %q %q %q", cell("B1"), cell("C2"), cell("M2"), cell("AP2"))
	}
	if formula, _ := f.GetCellFormula("Inventaire", "C2"); formula != "" {
		t.Errorf("a title became the formula %q", formula)
	}
	if d := cell("E2"); !strings.HasSuffix(d, " […]") || !utf8.ValidString(d) || len([]rune(d)) < 21_000 {
		t.Errorf("a long cell ends with %q and has %d characters", d[len(d)-20:], len([]rune(d)))
	}
	if cell("S2") != "01/06/2026" {
		t.Errorf("a day shows as %q", cell("S2"))
	}
	raw, err := f.GetCellValue("Inventaire", "S2", excelize.Options{RawCellValue: true})
	if err != nil || raw != "46174" {
		t.Errorf("a day is stored as %q, %v", raw, err)
	}
	if ok, link, _ := f.GetCellHyperLink("Inventaire", "B2"); !ok || link != "https://www.exemple.fr/page-1" {
		t.Errorf("the address links to %q", link)
	}
	if panes, err := f.GetPanes("Inventaire"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the heading is not frozen: %+v %v", panes, err)
	}
	if typ, _ := f.GetCellType("Inventaire", "AO2"); typ != excelize.CellTypeUnset && typ != excelize.CellTypeNumber {
		t.Errorf("the readiness is of type %v", typ)
	}
}

func TestXLSXGoesOnInTheNextSheet(t *testing.T) {
	var recs []index.Record
	for i := range 7 {
		recs = append(recs, record(i))
	}
	var out bytes.Buffer
	n, err := workbook(&out, Columns[:3], these(recs...), Options{}, 4)
	if err != nil || n != 7 {
		t.Fatal(n, err)
	}
	total := 0
	for sheet, want := range map[string]int{"Inventory": 3, "Inventory 2": 3, "Inventory 3": 1} {
		rows := sheetOf(t, out.Bytes(), sheet)
		if len(rows) != want+1 || rows[0][0] != "item_id" {
			t.Errorf("%s has %d rows", sheet, len(rows))
		}
		total += len(rows) - 1
	}
	if total != 7 {
		t.Errorf("%d rows in all", total)
	}
}

// TestConstantMemory: the heap does not grow with the number of rows.
func TestConstantMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 200,000 rows")
	}
	rec := record(1)
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	walk := func(n int, most *uint64) Records {
		return func(do func(index.Record) error) error {
			for i := range n {
				if err := do(rec); err != nil {
					return err
				}
				if i == n-1 {
					*most = heap()
				}
			}
			return nil
		}
	}
	full := Columns
	for name, write := range map[string]func(int, *uint64) (int, error){
		"csv":   func(n int, m *uint64) (int, error) { return CSV(io.Discard, full, walk(n, m), Dialect{}, Options{}) },
		"jsonl": func(n int, m *uint64) (int, error) { return JSONL(io.Discard, walk(n, m), Options{}) },
	} {
		before := heap()
		var after uint64
		rows := 200_000
		if name == "jsonl" {
			rows = 50_000
		}
		n, err := write(rows, &after)
		if err != nil || n != rows {
			t.Fatal(name, n, err)
		}
		if after > before+4<<20 {
			t.Errorf("%s: the heap grew by %d KB over %d rows", name, (after-before)>>10, rows)
		}
	}
}

func TestAFullDiskIsAnError(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no /dev/full to write to")
	}
	defer full.Close()
	many := func(do func(index.Record) error) error {
		for i := range 1000 {
			if err := do(record(i)); err != nil {
				return err
			}
		}
		return nil
	}
	for name, write := range map[string]func() (int, error){
		"csv":   func() (int, error) { return CSV(full, Columns, many, Dialect{}, Options{}) },
		"jsonl": func() (int, error) { return JSONL(full, many, Options{}) },
		"xlsx":  func() (int, error) { return XLSX(full, Columns, many, Options{}) },
	} {
		if _, err := write(); err == nil {
			t.Errorf("%s on a full disk reports success", name)
		}
	}
}

func BenchmarkCSV(b *testing.B) {
	rec := record(1)
	b.ReportAllocs()
	n, err := CSV(io.Discard, Columns, func(do func(index.Record) error) error {
		for b.Loop() {
			if err := do(rec); err != nil {
				return err
			}
		}
		return nil
	}, Dialect{}, Options{})
	if err != nil || n == 0 {
		b.Fatal(n, err)
	}
}

func BenchmarkXLSX(b *testing.B) {
	rec := record(1)
	n, err := XLSX(io.Discard, Columns, func(do func(index.Record) error) error {
		for b.Loop() {
			if err := do(rec); err != nil {
				return err
			}
		}
		return nil
	}, Options{Labels: true})
	if err != nil || n == 0 {
		b.Fatal(n, err)
	}
}
