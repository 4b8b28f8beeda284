package extract

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestDecode(t *testing.T) {
	latin := "<p>\xe9t\xe9 \x80 \x93bon\x94</p>" // windows-1252
	for _, c := range []struct{ name, body, header, text, charset string }{
		{"byte order mark wins", "\xef\xbb\xbf<p>été</p>", "text/html; charset=iso-8859-1", "<p>été</p>", "utf-8"},
		{"header", latin, "text/html; charset=windows-1252", "<p>été € “bon”</p>", "windows-1252"},
		{"latin1 is windows-1252", latin, "text/html; charset=ISO-8859-1", "<p>été € “bon”</p>", "windows-1252"},
		{"meta", `<meta charset="windows-1252">` + latin, "text/html", `<meta charset="windows-1252"><p>été € “bon”</p>`, "windows-1252"},
		{"nothing said, UTF-8", "<p>été</p>", "", "<p>été</p>", "utf-8"},
		{"nothing said, legacy", latin, "", "<p>été € “bon”</p>", "windows-1252"},
		{"said UTF-8, is legacy", latin, "text/html; charset=utf-8", "<p>été € “bon”</p>", "windows-1252"},
		{"said legacy, is UTF-8", "<p>été à côté</p>", "text/html; charset=iso-8859-1", "<p>été à côté</p>", "utf-8"},
		{"said legacy, could be by chance", "<p>\xc3\xa9</p>", "text/html; charset=windows-1252", "<p>Ã©</p>", "windows-1252"},
		{"one cut sequence", "<p>été à côté \xc3</p>", "text/html; charset=utf-8", "<p>été à côté \ufffd</p>", "utf-8"},
		{"UTF-8 with stray legacy bytes", "<p>été à côté, œuvre</p><p>caf\xe9 \x93mix\x94 45 \x80</p>", "text/html; charset=utf-8", "<p>été à côté, œuvre</p><p>café “mix” 45 €</p>", "utf-8"},
		{"in English", "<p>naïve “quotes” – and</p><p>it\x92s a caf\xe9</p>", "", "<p>naïve “quotes” – and</p><p>it’s a café</p>", "utf-8"},
		{"declared legacy, UTF-8 with a stray byte", strings.Repeat("été à côté ", 5) + "caf\xe9", "text/html; charset=windows-1252", strings.Repeat("été à côté ", 5) + "café", "utf-8"},
		{"said latin9, is windows-1252", "<p>l\x92\xe9t\xe9 \x96 45 \x80, \x9cuvre, 5 \xa4</p>", "text/html; charset=iso-8859-15", "<p>l’été – 45 €, œuvre, 5 €</p>", "iso-8859-15"},
		{"a curly quote encoded twice", "<p>l\u0092été</p>", "text/html; charset=utf-8", "<p>l’été</p>", "utf-8"},
		{"decomposed", "e\u0301te\u0301", "text/html; charset=utf-8", "été", "utf-8"},
		{"NUL", "a\x00b", "text/html; charset=utf-8", "ab", "utf-8"},
		{"UTF-16", "\xff\xfea\x00\xe9\x00", "", "aé", "utf-16le"},
		{"long ASCII head, legacy tail", strings.Repeat(" ", 2000) + latin, "", strings.Repeat(" ", 2000) + "<p>été € “bon”</p>", "windows-1252"},
	} {
		text, name := decode([]byte(c.body), c.header)
		if string(text) != c.text || name != c.charset {
			t.Errorf("%s: %q (%s), want %q (%s)", c.name, text, name, c.text, c.charset)
		}
	}
}

func FuzzCharset(f *testing.F) {
	f.Add([]byte("\xff\xfea\x00"), "")
	f.Add([]byte("<meta charset=shift_jis>\x83\x41"), "text/html")
	f.Add([]byte("\xe9t\xe9"), "text/html; charset=utf-8")
	f.Add([]byte("+ADw-"), "text/html; charset=utf-7")
	f.Fuzz(func(t *testing.T, body []byte, header string) {
		text, name := decode(body, header)
		if !utf8.Valid(text) || strings.IndexByte(string(text), 0) >= 0 || name == "" {
			t.Fatalf("%q with %q: %q (%s)", body, header, text, name)
		}
	})
}

// TestUTF16IsAPage holds that markup in UTF-16 is a page, whatever its address ends with.
func TestUTF16IsAPage(t *testing.T) {
	const html = "<html lang='fr'><head><title>Une page</title></head><body><main><h1>Une page</h1><p>L’été, l’équipe a dépensé 45 €.</p></main></body></html>"
	for _, c := range []struct {
		name string
		mark string
		big  bool
	}{{"little endian", "\xff\xfe", false}, {"big endian", "\xfe\xff", true}} {
		body := []byte(c.mark)
		for _, u := range utf16.Encode([]rune(html)) {
			if c.big {
				body = append(body, byte(u>>8), byte(u))
			} else {
				body = append(body, byte(u), byte(u>>8))
			}
		}
		for _, address := range []string{"https://www.acme.test/page", "https://www.acme.test/page.html", "https://www.acme.test/"} {
			item := NewReader(Options{}).Read(t.Context(), Input{Address: address, Body: body})
			if item.MIME != mimeHTML || item.Title != "Une page" || !strings.Contains(item.Text, "L’été, l’équipe a dépensé 45 €.") || strings.ContainsAny(item.Text, "<\ufffd") {
				t.Errorf("%s, %s: %s, %q, %q", c.name, address, item.MIME, item.Title, item.Text)
			}
		}
	}
}
