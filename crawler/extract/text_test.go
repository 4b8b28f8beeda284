package extract

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"filon/crawler/content"
)

// readWhole reads through a Reader that cannot start a child.
func readWhole(address, contentType string, body string) content.Item {
	r := NewReader(Options{})
	defer r.Close()
	in := Input{Address: address, Body: []byte(body)}
	if contentType != "" {
		in.Header = http.Header{"Content-Type": {contentType}}
	}
	return r.Read(context.Background(), in)
}

func TestText(t *testing.T) {
	for _, c := range []struct{ address, contentType, body, mime, charset, title, text string }{
		{"https://x.example/lisez-moi.txt", "text/plain", "Procédure de consignation\r\n\r\nCouper le courant.\r\nVérifier.", mimeText, "utf-8", "Procédure de consignation", "Procédure de consignation\n\nCouper le courant.\nVérifier."},
		{"https://x.example/note_interne.txt", "text/plain", "Proc\xe9dure \x80", mimeText, "windows-1252", "Procédure €", "Procédure €"},
		{"https://x.example/a.txt", "text/plain; charset=utf-8", "\xff\xfeh\x00\xe9\x00", mimeText, "utf-16le", "A", "hé"},
		{"https://x.example/guide.md", "", "---\ntitle: Guide d'accueil\nauthor: Paul Girard\n---\n# Bienvenue\n\nLire le [règlement](https://x.example/r) *avant*.\n\n- un\n- `deux`\n\n## Suite\n```\ncode\n```\n", mimeMD, "utf-8", "Guide d'accueil", "Bienvenue\n\nLire le règlement avant.\n\nun\ndeux\n\nSuite\n\ncode"},
		{"https://x.example/prix.csv", "", "Article;Prix\r\n\"Vis; M6\";\"1 \"\"net\"\"\"\r\n", mimeCSV, "utf-8", "Prix", "Article\tPrix\nVis; M6\t1 \"net\""},
		{"https://x.example/prix.tsv", "", "a\tb\nc\t\"d\ne\"\n", mimeTSV, "utf-8", "Prix", "a\tb\nc\td e"},
	} {
		item := readWhole(c.address, c.contentType, c.body)
		if item.MIME != c.mime || item.Charset != c.charset || item.Title != c.title || item.Text != c.text {
			t.Errorf("%s is %q %q %q %q, want %q %q %q %q", c.address, item.MIME, item.Charset, item.Title, item.Text, c.mime, c.charset, c.title, c.text)
		}
	}
}

func TestTextLimit(t *testing.T) {
	r := NewReader(Options{Text: 1000})
	defer r.Close()
	item := r.Read(context.Background(), Input{Address: "https://x.example/long.txt", Body: []byte(strings.Repeat("été ", 10_000))})
	if len(item.Text) > 1000 || len(item.Text) < 900 || item.Problem == nil || item.Problem.Code != content.TooLarge {
		t.Errorf("%d bytes kept and problem %+v, want at most 1000 and too_large", len(item.Text), item.Problem)
	}
}

func TestTitleOfAFile(t *testing.T) {
	for title, want := range map[string]bool{
		"Rapport annuel 2024": true, "Microsoft Word - rapport.doc": false, "rapport_final_v3.docx": false, "Présentation PowerPoint": false, "Sans titre": false,
		"C:\\Temp\\x": false, "2024-03": false, "Untitled-1.indd": false, "RSE": true, "ab": false, "\u0001\u0002\u0003x": false, "https://x.example/": false, "Version 2.0 du guide": true,
	} {
		if got := plausibleTitle(title, "https://x.example/doc.pdf"); got != want {
			t.Errorf("plausibleTitle(%q) is %v, want %v", title, got, want)
		}
	}
	for file, want := range map[string]string{"rapport-annuel_2024.pdf": "Rapport annuel 2024", "été.docx": "Été", "v1.2": "V1.2", "": ""} {
		check(t, "title of "+file, humanName(file), want)
	}
}

func TestPersonName(t *testing.T) {
	for name, want := range map[string]string{
		"Jeanne Martin": "Jeanne Martin", "  Équipe  HSE ": "Équipe HSE", "Utilisateur": "", "admin": "", "Windows User": "", "hp": "", "Microsoft Office User": "", "DESKTOP-1A2B3C": "",
		"openpyxl": "", "python-docx": "", "Utilisateur Windows": "", "jmartin": "jmartin", "CORP\\jmartin": "", "12345": "", "Auteur inconnu": "", "Li": "Li",
	} {
		check(t, "person in "+name, personName(name), want)
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct{ head, declared, address, want string }{
		{"%PDF-1.7", "text/html", "https://x.example/a", mimePDF},
		{"junk before\n%PDF-1.4", "", "https://x.example/a.pdf", mimePDF},
		{"<!DOCTYPE html><p>see %PDF-1.4", "application/pdf", "https://x.example/a.pdf", mimeHTML},
		{"PK\x03\x04....", mimeDOCX, "https://x.example/a.docx", mimeZIP},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", "https://x.example/a.doc", mimeOLE},
		{"{\\rtf1", "application/msword", "https://x.example/a.doc", mimeRTF},
		{"<p>bonjour", "text/html; charset=utf-8", "https://x.example/", mimeHTML},
		{"bonjour", "text/html", "https://x.example/", mimeHTML},
		{"<html><body>", "text/plain", "https://x.example/source", mimeText},
		{"\n <html><body>", "", "https://x.example/", mimeHTML},
		{"bonjour", "", "https://x.example/a.html", mimeHTML},
		{"bonjour", "application/octet-stream", "https://x.example/a.txt", mimeText},
		{"a;b\n1;2\n", "application/octet-stream", "https://x.example/a.csv", mimeCSV},
		{"\xff\xd8\xff\xe0\x00\x10JFIF", "text/plain", "https://x.example/a", "image/jpeg"},
		{"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "https://x.example/a.svg", "image/svg+xml"},
		{"body{}", "text/css", "https://x.example/a.css", "text/css"},
		{"\x00\x01\x02\x03\x80", "", "https://x.example/a", mimeNone},
		{"", "video/mp4", "https://x.example/film", "video/mp4"},
		{"<!doctype html><p>Collé de Word\x0b suite", "text/html", "https://x.example/a", mimeHTML},
		{"<!doctype html><p>Collé de Word\x00 suite, et encore", "text/html", "https://x.example/a", mimeHTML},
		{"<p>Collé de Word\x0b suite, et encore", "", "file:///a.htm", mimeHTML},
		{"Collé de Word\x0b suite, et encore", "", "file:///a.txt", mimeText},
		{"Collé de Word\x00 suite, et encore", "", "file:///a.txt", mimeNone},
		{"<p>\x01\x02\x03\x04 octets", "text/html", "https://x.example/a", mimeNone},
	} {
		if got := sniff([]byte(c.head), c.declared, c.address); got != c.want {
			t.Errorf("sniff(%q, %q, %s) is %s, want %s", c.head, c.declared, c.address, got, c.want)
		}
	}
}

func TestReadable(t *testing.T) {
	for _, c := range []struct {
		contentType, address string
		want                 Kind
	}{
		{"text/html; charset=utf-8", "https://x.example/page", KindPage},
		{"text/html", "https://x.example/a.pdf", KindUnknown},
		{"application/pdf", "https://x.example/x", KindDocument},
		{mimeDOCX, "https://x.example/x", KindDocument},
		{"application/octet-stream", "https://x.example/a.pptx?download=1", KindDocument},
		{"application/octet-stream", "https://x.example/setup.exe", KindNeither},
		{"application/octet-stream", "https://x.example/x", KindUnknown},
		{"", "https://x.example/rapport.PDF", KindDocument},
		{"", "https://x.example/", KindUnknown},
		{"image/png", "https://x.example/x", KindImage},
		{"image/x-icon", "https://x.example/favicon.ico", KindNeither},
		{"video/mp4", "https://x.example/x", KindMedia},
		{"audio/mpeg", "https://x.example/x", KindMedia},
		{"text/css", "https://x.example/x", KindNeither},
		{"font/woff2", "https://x.example/x", KindNeither},
		{"application/javascript", "https://x.example/x", KindNeither},
		{"application/zip", "https://x.example/a.zip", KindNeither},
		{"application/zip", "https://x.example/a.docx", KindDocument},
		{"application/rss+xml", "https://x.example/feed", KindFeed},
		{"text/xml", "https://x.example/feed/", KindFeed},
		{"application/xml", "https://x.example/sitemap_index.xml", KindSitemap},
		{"text/plain", "https://x.example/a.txt", KindDocument},
		{"application/vnd.oasis.opendocument.text-template", "https://x.example/a", KindDocument},
	} {
		if got := Readable(c.contentType, c.address); got != c.want {
			t.Errorf("Readable(%q, %s) is %s, want %s", c.contentType, c.address, got, c.want)
		}
	}
}

func TestBodyWithoutText(t *testing.T) {
	for _, c := range []struct {
		contentType, address, body string
		want                       content.ProblemCode
	}{
		{"video/mp4", "https://x.example/film-usine.mp4", "", content.NoText},
		{"text/css", "https://x.example/a.css", "body{}", content.Unsupported},
		{"", "https://x.example/vide.txt", "", content.NoText},
		{"application/json", "https://x.example/a.json", `{"a":1}`, content.Unsupported},
		{"application/pdf", "https://x.example/a.pdf", "%PDF-1.4", content.Unsupported}, // no command to start a child
	} {
		item := readWhole(c.address, c.contentType, c.body)
		if item.Problem == nil || item.Problem.Code != c.want || item.Title == "" || item.MIME == "" {
			t.Errorf("%s: %+v, want %s", c.address, item, c.want)
		}
	}
	check(t, "page", fmt.Sprint(readWhole("https://x.example/", "text/html", "<title>x</title><p>bonjour").Problem), "<nil>")
}
