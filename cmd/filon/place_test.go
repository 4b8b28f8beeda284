package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"image"
	"image/jpeg"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"filon/index"
)

// placed makes a photo that knows where it was taken, in EXIF as numbers and words and in XMP.
func placed(t *testing.T) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 900, 600)), nil); err != nil {
		t.Fatal(err)
	}
	var tiff bytes.Buffer
	put := func(v ...any) {
		for _, x := range v {
			if err := binary.Write(&tiff, binary.LittleEndian, x); err != nil {
				t.Fatal(err)
			}
		}
	}
	artist, area := "Jeanne Martin\x00", "ASCII\x00\x00\x00Quai-Mirabelle-7713"
	place := uint32(38 + len(artist))
	numbers := place + 2 + 5*12 + 4
	put([]byte("II"), uint16(42), uint32(8), uint16(2),
		uint16(0x013b), uint16(2), uint32(len(artist)), uint32(38),
		uint16(0x8825), uint16(4), uint32(1), place, uint32(0), []byte(artist))
	put(uint16(5),
		uint16(1), uint16(2), uint32(2), []byte("N\x00\x00\x00"),
		uint16(2), uint16(5), uint32(3), numbers,
		uint16(3), uint16(2), uint32(2), []byte("E\x00\x00\x00"),
		uint16(4), uint16(5), uint32(3), numbers+24,
		uint16(28), uint16(7), uint32(len(area)), numbers+48, uint32(0))
	for _, n := range []uint32{48, 1, 51, 1, 296170431, 1e7, 2, 1, 17, 1, 402835177, 1e7} {
		put(n)
	}
	put([]byte(area))
	segment := func(payload string) string {
		var n [2]byte
		binary.BigEndian.PutUint16(n[:], uint16(len(payload)+2))
		return "\xff\xe1" + string(n[:]) + payload
	}
	xmp := `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Ateliers Martin" exif:GPSLatitude="48,51.49362N" exif:GPSLongitude="2,17.67138E" exif:GPSAltitude="357149268/10000000"/></rdf:RDF></x:xmpmeta>`
	whole := b.Bytes()
	return append([]byte("\xff\xd8"+segment("Exif\x00\x00"+tiff.String())+segment("http://ns.adobe.com/xap/1.0/\x00"+xmp)), whole[2:]...)
}

// TestNoPlaceLeaves reads a photo that knows where it was taken, alone and inside of a document, and looks for the
// place in whatever filon prints, exports and keeps. That there is one is said, so that it can be stripped.
func TestNoPlaceLeaves(t *testing.T) {
	dir := t.TempDir()
	papers, data := filepath.Join(dir, "papers"), filepath.Join(dir, "kept")
	var docx bytes.Buffer
	z := zip.NewWriter(&docx)
	for _, part := range [][2]string{
		{"_rels/.rels", `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Le four neuf est arrivé lundi à l'atelier, et toute l'équipe l'a vu.</w:t></w:r></w:p></w:body></w:document>`},
		{"word/media/image1.jpeg", string(placed(t))},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), os.Mkdir(papers, 0o700), os.WriteFile(filepath.Join(papers, "four.jpg"), placed(t), 0o600),
		os.WriteFile(filepath.Join(papers, "four.docx"), docx.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	places := map[string]string{}
	does := func(args ...string) string {
		t.Helper()
		out, err := exec.CommandContext(t.Context(), "filon", args...).CombinedOutput()
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			t.Fatalf("filon %v: %v", args, err)
		}
		places["filon "+strings.Join(args, " ")] = string(out)
		return string(out)
	}
	does("crawl", papers, "--data", data)
	for _, name := range []string{"four.jpg", "four.docx"} {
		file := filepath.Join(papers, name)
		if said := does("inspect", file, "--visibility", "intranet"); !strings.Contains(said, "image/gps") {
			t.Errorf("the place in %s is not said to be there: %s", name, said)
		}
		does("show", file, "--data", data)
		does("explain", file, "--data", data)
	}
	does("search", "four", "--data", data, "--format", "json", "--facets")
	does("export", "--data", data, "--format", "jsonl")
	does("export", "--data", data, "--columns", "full", "--authors")

	s, err := openStock(t.Context(), data, reading)
	if err != nil {
		t.Fatal(err)
	}
	items := 0
	err = s.index.Each(t.Context(), index.Query{}, func(rec index.Record) error {
		items++
		whole, err := json.Marshal(rec)
		places["the record of "+rec.Item.Address] = string(whole)
		return err
	})
	s.Close()
	if err != nil || items != 2 {
		t.Fatalf("%d items are kept, want 2: %v", items, err)
	}
	err = filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		places[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{"48,51.", "2,17.", "51.49362", "17.67138", "48.8582", "2.29452", "296170431", "402835177", "29.617", "40.283", "357149268", "35.7149", "Quai-Mirabelle"} {
		for name, text := range places {
			if strings.Contains(text, place) {
				t.Errorf("%s holds the place: %s", name, place)
			}
		}
	}
	t.Logf("%d places were searched", len(places))
}
