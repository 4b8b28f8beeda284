package extract

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// placedPDF writes a PDF of one page with texts at places, in the order given, and the fields of a form.
func placedPDF(fields string, texts ...placedText) []byte {
	var c strings.Builder
	latin := strings.NewReplacer("é", "\xe9", "è", "\xe8", "(", `\(`, ")", `\)`)
	for _, t := range texts {
		fmt.Fprintf(&c, "BT /F1 10 Tf %d %d Td (%s) Tj ET\n", t.x, t.y, latin.Replace(t.s))
	}
	var b strings.Builder
	var offsets []int
	b.WriteString("%PDF-1.4\n")
	for i, s := range []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R /Annots [ " + latin.Replace(strings.NewReplacer("(", "\x01", ")", "\x02").Replace(fields)) + "] >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", c.Len(), c.String()),
	} {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, strings.NewReplacer("\x01", "(", "\x02", ")").Replace(s))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return []byte(b.String())
}

type placedText struct {
	x, y int
	s    string
}

// A column of labels and the column of their values are read line by line; two columns of text are not.
func TestPDFColumns(t *testing.T) {
	r := reader(t, Options{CacheDir: cacheDir(t)})
	for _, c := range []struct {
		name        string
		texts       []placedText
		want, never string
	}{
		{"labels, then values", []placedText{{50, 700, "Code du coffre"}, {50, 680, "Né le"}, {300, 700, "4471"}, {300, 680, "3 mai 1990"}}, "Code du coffre\t4471\nNé le\t3 mai 1990", ""},
		{"values, then labels", []placedText{{300, 700, "4471"}, {300, 680, "3 mai 1990"}, {50, 700, "Code du coffre"}, {50, 680, "Né le"}}, "Code du coffre\t4471\nNé le\t3 mai 1990", ""},
		{"a value of two lines", []placedText{{50, 700, "Adresse"}, {50, 670, "Ville"}, {300, 700, "8 rue des Tilleuls"}, {300, 685, "porte B"}, {300, 670, "Angers"}}, "Adresse\t8 rue des Tilleuls porte B\n\nVille\tAngers", ""},
		{"three columns", []placedText{{50, 700, "Nom"}, {50, 680, "Aubin"}, {200, 700, "Prime"}, {200, 680, "300"}, {350, 700, "Mois"}, {350, 680, "Mai"}}, "Nom\tPrime\tMois\nAubin\t300\tMai", ""},
		{"one row after another", []placedText{{50, 700, "Nom"}, {300, 700, "Prime"}, {50, 680, "Aubin"}, {300, 680, "300"}}, "Nom\tPrime\nAubin\t300", ""},
		{"two columns of text", []placedText{
			{50, 700, "Le bois se coupe en hiver, quand"}, {50, 685, "la sève dort, et se laisse sécher"}, {50, 670, "sous un toit ouvert aux vents"},
			{300, 700, "Les tuiles se posent du bas vers"}, {300, 685, "le haut, par rangs décalés, et le"}, {300, 670, "faîte se ferme en dernier"}}, "sécher", "\t"},
		{"labels set beside text", []placedText{{50, 700, "Bois"}, {50, 685, "coupé en hiver et mis à sécher,"}, {50, 670, "puis scié au printemps suivant"},
			{300, 700, "Les tuiles se posent du bas vers"}, {300, 685, "le haut, par rangs décalés, et le"}, {300, 670, "faîte se ferme en dernier"}}, "Bois", "\t"},
		{"numbers of headings", []placedText{{50, 700, "1."}, {100, 700, "Pose des tuiles"}, {50, 680, "2."}, {100, 680, "Pose du faîte"}}, "1. Pose des tuiles", "\t"},
	} {
		got := r.Read(context.Background(), Input{Address: "https://x.example/a.pdf", Body: placedPDF("", c.texts...)}).Text
		if !strings.Contains(got, c.want) || c.never != "" && strings.Contains(got, c.never) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// What is written in a field stands with its label: at its left, in its tip, above it, or its own name.
func TestPDFFields(t *testing.T) {
	r := reader(t, Options{CacheDir: cacheDir(t)})
	field := func(name, more, value string, x, y int) string {
		return fmt.Sprintf("<< /Type /Annot /Subtype /Widget /FT /Tx /T (%s) %s /V (%s) /Rect [%d %d %d %d] >> ", name, more, value, x, y-4, x+120, y+14)
	}
	for _, c := range []struct {
		name, fields string
		texts        []placedText
		want         string
	}{
		{"labels at the left", field("a1", "", "Merle-61", 200, 700) + field("a2", "", "3 mai 1990", 200, 670), []placedText{{50, 700, "Code secret"}, {50, 670, "Né le :"}}, "Code secret : Merle-61\nNé le : 3 mai 1990"},
		{"two fields of a line", field("a1", "", "Aubin", 90, 700) + field("a2", "", "Paul", 380, 700), []placedText{{50, 700, "Nom"}, {300, 700, "Pseudonyme"}}, "Nom : Aubin\tPseudonyme : Paul"},
		{"dots to write on", field("a1", "", "Aubin", 90, 700), []placedText{{50, 700, "Nom : ................"}}, "Nom : Aubin"},
		{"a label above", field("a1", "", "Merle-61", 50, 680), []placedText{{50, 700, "Code secret"}}, "Code secret : Merle-61"},
		{"a tip", field("a1", "/TU (Code secret)", "Merle-61", 300, 300), []placedText{{50, 700, "Fiche"}}, "Code secret : Merle-61"},
		{"a name that is a word", field("code_secret", "", "Merle-61", 300, 300), []placedText{{50, 700, "Fiche"}}, "code secret : Merle-61"},
		{"nothing", field("Text12", "", "Merle-61", 300, 300), []placedText{{50, 700, "Fiche"}}, "Fiche\n\nMerle-61"},
	} {
		got := r.Read(context.Background(), Input{Address: "https://x.example/a.pdf", Body: placedPDF(c.fields, c.texts...)}).Text
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
