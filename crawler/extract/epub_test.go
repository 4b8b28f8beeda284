package extract

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

const (
	epubContainer = `<container xmlns="c"><rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`
	epubBook      = `<package xmlns:dc="d"><metadata><dc:title>Guide de l'atelier</dc:title><dc:creator>Anne Roy</dc:creator><dc:creator>Luc Roy</dc:creator><dc:language>fr-FR</dc:language><dc:date>2022-03-04</dc:date><dc:publisher>Éditions Roy</dc:publisher><dc:rights>© Roy</dc:rights><dc:subject>fonderie</dc:subject></metadata>
<manifest><item id="b" href="deux.xhtml" media-type="application/xhtml+xml"/><item id="a" href="chapitre%20un.xhtml" media-type="application/xhtml+xml"/><item id="c" href="s.css" media-type="text/css"/></manifest><spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/></spine></package>`
	epubOne = `<html><head><title/><script src="x.js"/><style>p{}</style></head><body><h1>La coulée</h1><p>Le métal est <em>chaud</em>.<br/>Très.</p><ul><li><p>gants</p></li><li>lunettes</li></ul><table><tr><td>A</td><td>B</td></tr></table><img src="four.jpg"/><p><a href="https://example.fr/a">source</a></p></body></html>`
)

func TestEPUB(t *testing.T) {
	item := readHere("guide.epub", pack(t, "mimetype", mimeEPUB, "META-INF/container.xml", epubContainer, "OPS/book.opf", epubBook,
		"OPS/chapitre un.xhtml", epubOne, "OPS/deux.xhtml", "<html><body><p>Fin.</p></body></html>"))
	check(t, "MIME", item.MIME, mimeEPUB)
	check(t, "text", item.Text, "La coulée\n\nLe métal est chaud.\nTrès.\n\ngants\nlunettes\n\nA\tB\n\nsource\n\nFin.")
	check(t, "title", item.Title, "Guide de l'atelier")
	check(t, "author", item.Author, "Anne Roy, Luc Roy")
	check(t, "published", item.Published.Time.Format(time.DateOnly), "2022-03-04")
	check(t, "rights", item.Properties["rights"], "© Roy")
	check(t, "pictures", item.Properties["pictures"], "1")
	check(t, "link", item.Links[0].Text, "source")
	check(t, "h1", item.H1, "La coulée")
	if item.Problem != nil {
		t.Errorf("problem %+v", item.Problem)
	}
}

func TestEPUBHostile(t *testing.T) {
	locked := `<encryption><EncryptedData><CipherData><CipherReference URI="OPS/deux.xhtml"/></CipherData></EncryptedData></encryption>`
	for name, c := range map[string]struct {
		parts []string
		want  content.ProblemCode
	}{
		"locked": {[]string{"META-INF/encryption.xml", locked, "OPS/chapitre un.xhtml", epubOne}, content.Encrypted},
		"cut":    {[]string{"OPS/chapitre un.xhtml", epubOne}, content.Broken},
		"bomb":   {[]string{"OPS/chapitre un.xhtml", "<p>" + strings.Repeat("a ", 20<<20), "OPS/deux.xhtml", ""}, content.TooLarge},
	} {
		parts := append([]string{"mimetype", mimeEPUB, "META-INF/container.xml", epubContainer, "OPS/book.opf", epubBook}, c.parts...)
		item := readHere("a.epub", pack(t, parts...))
		if item.Problem == nil || item.Problem.Code != c.want {
			t.Errorf("%s gives %+v, want %s", name, item.Problem, c.want)
		}
	}
}

func FuzzMarkupText(f *testing.F) {
	f.Add([]byte(epubOne))
	f.Add([]byte("<li><a href=x>é<li></a><h7><script/>a</script><table><tr><td>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := newDraft(Input{Address: "https://x.example/a"}, 1<<16, time.Time{})
		_, _ = markupText(strings.NewReader(string(b)), d)
		if item := d.finish(); len(item.Text) > 1<<16 {
			t.Errorf("%d bytes", len(item.Text))
		}
	})
}
