package extract

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// makePDF writes a PDF by hand: one page for each list of lines, the first line in large letters when
// it begins with #, one that begins with [ as an array of TJ, one with @ in a field of a form. info goes into the information dictionary as it is.
func makePDF(info string, pages ...[]string) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(s string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), s)
	}
	b.WriteString("%PDF-1.4\n")
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 5+2*i))
	}
	object("<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages)))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	object("<< " + info + " >>")
	for i, lines := range pages {
		fields := ""
		for _, l := range lines {
			if value, ok := strings.CutPrefix(l, "@"); ok {
				fields += "<< /Type /Annot /Subtype /Widget /FT /Tx /T (f) /Rect [50 50 200 70] /V (" + value + ") >> "
			}
		}
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R /Annots [ %s] >>", 6+2*i, fields))
		var c strings.Builder
		y := 800
		for _, l := range lines {
			size := 11
			if rest, big := strings.CutPrefix(l, "#"); big {
				l, size = rest, 24
			}
			if strings.HasPrefix(l, "[") {
				fmt.Fprintf(&c, "BT /F1 %d Tf 50 %d Td %s TJ ET\n", size, y, l)
				y -= 20
				continue
			}
			if strings.HasPrefix(l, "@") {
				continue
			}
			latin := strings.NewReplacer("é", "\xe9", "à", "\xe0", "è", "\xe8", "(", `\(`, ")", `\)`).Replace(l)
			fmt.Fprintf(&c, "BT /F1 %d Tf 50 %d Td (%s) Tj ET\n", size, y, latin)
			y -= 20
		}
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", c.Len(), c.String()))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

func TestPDF(t *testing.T) {
	page := func(n int, lines ...string) []string {
		all := append([]string{"Ateliers Martin - Diffusion restreinte"}, lines...)
		return append(all, "Confidentiel groupe", fmt.Sprintf("Page %d sur 3", n))
	}
	whole := makePDF(`/Title (Microsoft Word - note.doc) /Author (Jeanne Martin) /Producer (hand) /Keywords (casque; gants) /CreationDate (D:20240305093000+01'00') /ModDate (D:20240306) /MSIP_Label_`+labelGUID+`_Name (Confidentiel) /MSIP_Label_`+labelGUID+`_ContentBits (3)`,
		page(1, "#Consignes de sécurité", "Chaque salarié porte son casque dans les ateliers et sur tous les chan-", "tiers de la société, y compris lors des visites de clients.", "Les points :", "- le casque ;", "- les gants."),
		page(2, "Suite des consignes."), page(3, "Fin des consignes."))
	r := reader(t, Options{CacheDir: cacheDir(t)})
	read := func(name string, body []byte) content.Item {
		return r.Read(context.Background(), Input{Address: "https://x.example/" + name, Body: body, Day: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)})
	}
	item := read("note-securite.pdf", whole)
	check(t, "MIME", item.MIME, mimePDF)
	check(t, "title", item.Title, "Consignes de sécurité")
	check(t, "author", item.Author, "Jeanne Martin")
	check(t, "pages", item.Pages, 3)
	check(t, "language", item.Language, "fr")
	check(t, "published", item.Published.Time.Format(time.RFC3339), "2024-03-05T08:30:00Z")
	check(t, "modified", item.Modified.Time.Format(time.RFC3339), "2024-03-06T00:00:00Z")
	check(t, "label", item.Properties["MSIP_Label_"+labelGUID+"_Name"], "Confidentiel")
	check(t, "content bits", item.Properties["MSIP_Label_"+labelGUID+"_ContentBits"], "3")
	check(t, "tags", strings.Join(item.Tags, "|"), "casque|gants")
	for _, s := range []string{"casque dans les ateliers", "Suite des consignes.", "Fin des consignes."} {
		if !strings.Contains(item.Text, s) {
			t.Errorf("text lacks %q: %q", s, item.Text)
		}
	}
	for _, s := range []string{"Diffusion", "Confidentiel", "Page 2"} {
		if strings.Contains(item.Text, s) {
			t.Errorf("text keeps the running line %q: %q", s, item.Text)
		}
	}
	zones := strings.Join(zonesOf(item), " | ")
	for _, s := range []string{"header 0 Ateliers Martin - Diffusion restreinte", "footer 0 Confidentiel groupe", "cover 1 Consignes de sécurité"} {
		if !strings.Contains(zones, s) {
			t.Errorf("zones lack %q: %s", s, zones)
		}
	}
	if item.Problem != nil {
		t.Errorf("problem %+v", *item.Problem)
	}

	for _, c := range []struct {
		name string
		body []byte
		want content.ProblemCode
	}{
		{"cut.pdf", whole[:300], content.Broken},
		{"garbled.pdf", append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte{0xff, 0x00, '<', '<'}, 1000)...), content.Broken},
		{"blank.pdf", makePDF("", nil), content.NoText},
		{"no-startxref.pdf", whole[:bytes.Index(whole, []byte("startxref"))], ""}, // the table is found or rebuilt
	} {
		item := read(c.name, c.body)
		got := content.ProblemCode("")
		if item.Problem != nil {
			got = item.Problem.Code
		}
		if got != c.want {
			t.Errorf("%s: problem %q, want %q", c.name, got, c.want)
		}
	}
}

func TestRunningLines(t *testing.T) {
	page := func(lines ...string) []string { return lines }
	for _, c := range []struct {
		name  string
		pages [][]string
		want  map[string]content.ZoneKind
	}{
		{"one page", [][]string{page("Interne", "a", "b")}, nil},
		{"two pages that agree", [][]string{page("Interne", "aa", "bb", "cc"), page("Interne", "dd", "ee", "ff")}, map[string]content.ZoneKind{"interne": content.ZoneHeader}},
		{"two pages, one line", [][]string{page("Interne", "aa"), page("dd", "ee")}, map[string]content.ZoneKind{}},
		{"numbers differ", [][]string{page("a1", "texte un", "C2 page 1"), page("b", "texte deux", "C2 page 2"), page("c", "texte trois", "C2 page 3")}, map[string]content.ZoneKind{"c#page#": content.ZoneFooter}},
		{"two of four pages", [][]string{page("Bref", "aa"), page("Bref", "bb"), page("cc", "dd"), page("ee", "ff")}, map[string]content.ZoneKind{}},
		{"odd pages only", [][]string{page("Titre", "aa"), page("bb", "cc"), page("Titre", "dd"), page("ee", "ff"), page("Titre", "gg"), page("hh", "ii"), page("jj", "kk")}, map[string]content.ZoneKind{"titre": content.ZoneHeader}},
	} {
		if got := runningLines(c.pages); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAfterLigature(t *testing.T) {
	for s, want := range map[string]bool{"diff erent": true, "Th e": true, "chef est": false, "ff": false, "off ": false, "stuff A": false} {
		at := strings.IndexByte(s, ' ')
		check(t, s, at > 0 && afterLigature([]rune(s), at), want)
	}
	check(t, "letters", lettered([]rune("N O T E I")), true)
	check(t, "words", lettered([]rune("il y a à l e bord de mer du nord")), false)
}

func TestPDFDate(t *testing.T) {
	for in, want := range map[string]string{
		"D:20240305093000+01'00'": "2024-03-05T08:30:00Z", "D:20240305093000Z": "2024-03-05T09:30:00Z", "D:20240305093000-05'30": "2024-03-05T15:00:00Z",
		"20240305": "2024-03-05T00:00:00Z", "D:2024": "2024-01-01T00:00:00Z", "2024-03-05T09:30:00Z": "2024-03-05T09:30:00Z", "D:20241399": "0001-01-01T00:00:00Z", "hier": "0001-01-01T00:00:00Z",
	} {
		check(t, in, pdfDate(in).UTC().Format(time.RFC3339), want)
	}
}

func TestPDFLabels(t *testing.T) {
	key := "MSIP_Label_" + labelGUID + "_Name"
	for name, body := range map[string]string{
		"dictionary": "<< /" + key + " (x) >>",
		"XMP":        "<pdfx:" + key + ">Interne</pdfx:" + key + ">",
		"attribute":  `<rdf:Description pdfx:` + key + `="Interne"/>`,
	} {
		got, found := pdfLabels([]byte(body))[key]
		if !found || name != "dictionary" && got != "Interne" {
			t.Errorf("%s gives %q, %v", name, got, found)
		}
	}
}

// Blanks that are no gaps do not cut words, gaps without a blank do; what is written into a form is text.
func TestPDFWords(t *testing.T) {
	r := reader(t, Options{CacheDir: cacheDir(t)})
	read := func(lines ...string) string {
		return r.Read(context.Background(), Input{Address: "https://x.example/a.pdf", Body: makePDF("", lines)}).Text
	}
	lying := "[(lan ) 278 (gua ) 278 (ge) -278 (com ) 278 (pi ) 278 (l\xe9) -278 (et) -278 (fa ) 278 (ci ) 278 (le) -278 (\xe0 lire)]"
	if got := read(lying, lying, lying); !strings.Contains(got, "language compil\u00e9 et facile \u00e0 lire") || strings.Contains(got, "lan gua") {
		t.Errorf("%q", got)
	}
	if got := read("[(Un texte) -278 (de) -278 (bonne foi, avec un blanc entre tous ses mots.)]"); got != "Un texte de bonne foi, avec un blanc entre tous ses mots." {
		t.Errorf("%q", got)
	}
	apart := "[(C) -300 (O) -300 (N) -300 (F) -300 (I) -300 (D) -300 (E) -300 (N) -300 (T) -300 (I) -300 (E) -300 (L) -1100 (C) -300 (2)]"
	if got := read("Titre de la note", apart); !strings.Contains(got, "CONFIDENTIEL C2") {
		t.Errorf("letters set apart: %q", got)
	}
	if got := read("[(A) -2500 (B) -2500 (C) -2500 (D) -2500 (E) -2500 (F)]"); got != "A B C D E F" {
		t.Errorf("columns of letters: %q", got)
	}
	if got := read("Fiche de demande", "@Abraham Lindecourt"); !strings.Contains(got, "Fiche de demande") || !strings.Contains(got, "Abraham Lindecourt") {
		t.Errorf("the form: %q", got)
	}
	if got := read("1"); got != "1" {
		t.Errorf("a page of nothing but its number: %q", got)
	}
}
