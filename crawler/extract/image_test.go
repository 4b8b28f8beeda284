package extract

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	mathbits "math/bits"
	"strconv"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// photo makes a JPEG of 40 × 30 pixels with EXIF and XMP, a place of taking included.
func photo(t testing.TB) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30)), nil); err != nil {
		t.Fatal(err)
	}
	segment := func(payload string) string {
		var n [2]byte
		binary.BigEndian.PutUint16(n[:], uint16(len(payload)+2))
		return "\xff\xe1" + string(n[:]) + payload
	}
	xmp := "http://ns.adobe.com/xap/1.0/\x00" + `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmpRights:WebStatement="https://photo.example/licence" photoshop:Credit="Agence Lumière" exif:GPSLatitude="48,51.5N" Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"><dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Jeanne Photo</rdf:li></rdf:Alt></dc:rights><xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Web uniquement</rdf:li></rdf:Alt></xmpRights:UsageTerms></rdf:Description></rdf:RDF></x:xmpmeta>`
	whole := b.Bytes()
	return append([]byte("\xff\xd8"+segment(exif())+segment(xmp)), whole[2:]...)
}

// exif makes an EXIF segment: Artist and a GPS directory with a latitude reference.
func exif() string {
	var b bytes.Buffer
	le := binary.LittleEndian
	put := func(v ...any) {
		for _, x := range v {
			_ = binary.Write(&b, le, x)
		}
	}
	artist := "Jeanne Martin\x00"
	put([]byte("II"), uint16(42), uint32(8), uint16(2))
	put(uint16(0x013b), uint16(2), uint32(len(artist)), uint32(38))
	put(uint16(0x8825), uint16(4), uint32(1), uint32(52))
	put(uint32(0), []byte(artist))
	put(uint16(1), uint16(1), uint16(2), uint32(2), []byte("N\x00\x00\x00"), uint32(0))
	return "Exif\x00\x00" + b.String()
}

func TestImage(t *testing.T) {
	item := readHere("IMG_atelier.jpg", photo(t))
	check(t, "MIME", item.MIME, "image/jpeg")
	check(t, "problem", item.Problem.Code, content.NoText)
	if len(item.Images) != 1 {
		t.Fatalf("%d images, want 1", len(item.Images))
	}
	p := item.Images[0]
	check(t, "width", p.Width, 40)
	check(t, "height", p.Height, 30)
	check(t, "creator", p.Creator, "Jeanne Martin")
	check(t, "copyright", p.Copyright, "© Jeanne Photo")
	check(t, "credit", p.Credit, "Agence Lumière")
	check(t, "licence", p.License, "https://photo.example/licence")
	check(t, "usage terms", item.Properties["xmp:usage_terms"], "Web uniquement")
	check(t, "author", item.Author, "Jeanne Martin")
	if !strings.HasSuffix(item.Properties["xmp:digital_source_type"], "trainedAlgorithmicMedia") {
		t.Errorf("digital source type is %q", item.Properties["xmp:digital_source_type"])
	}
	check(t, "gps", item.Properties["gps"], "present")
	for k, v := range item.Properties {
		if strings.Contains(v, "48,51") {
			t.Errorf("the place of taking was kept as %s", k)
		}
	}
}

func TestImageOthers(t *testing.T) {
	var b bytes.Buffer
	if err := gif.Encode(&b, image.NewGray(image.Rect(0, 0, 7, 5)), nil); err != nil {
		t.Fatal(err)
	}
	item := readHere("a.gif", b.Bytes())
	check(t, "width of a GIF", item.Images[0].Width, 7)
	item = readHere("a.jpg", photo(t)[:20])
	check(t, "problem of a cut picture", item.Problem.Code, content.Broken)
	item = readHere("a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"></svg>`))
	check(t, "problem of a drawing", item.Problem.Code, content.NoText)
}

func FuzzImage(f *testing.F) {
	f.Add(photo(f))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"))
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for kind := range imageFormats {
			in := Input{Address: "https://x.example/f", Body: b}
			d := newDraft(in, 0, time.Time{})
			readImage(in, kind, d)
			if item := d.finish(); item.Problem == nil || len(item.Images) != 1 || len(item.Properties) > maxKnown {
				t.Errorf("%s gives %+v", kind, item)
			}
		}
	})
}

func TestXMP(t *testing.T) {
	const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" plus:LicenseEndDate="2026-03-31">
	<dc:creator><rdf:Seq><rdf:li>Anne Roy</rdf:li><rdf:li>Luc Roy</rdf:li></rdf:Seq></dc:creator>
	<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Roy</rdf:li><rdf:li xml:lang="en">(c) Roy</rdf:li></rdf:Alt></dc:rights>
	<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>Agence Roy</plus:LicensorName><plus:LicensorURL>https://roy.example/</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>
	<plus:CopyrightOwner><rdf:Seq><rdf:li><rdf:Description plus:CopyrightOwnerName="Roy SARL"/></rdf:li></rdf:Seq></plus:CopyrightOwner>
	<xmpMM:Pantry><rdf:Bag><rdf:li><rdf:Description><dc:title>Autre image</dc:title></rdf:Description></rdf:li></rdf:Bag></xmpMM:Pantry>
	</rdf:Description></rdf:RDF></x:xmpmeta>`
	for name, s := range map[string]string{"whole": packet, "cut": packet[:len(packet)-60]} {
		d := newDraft(Input{Address: "https://x.example/a.jpg"}, 0, time.Time{})
		err := readXMP(strings.NewReader(s), d)
		check(t, name+": broken", err != nil, name == "cut")
		for k, want := range map[string]string{"xmp:creator": "Anne Roy, Luc Roy", "xmp:rights": "© Roy", "xmp:licensor": "Agence Roy", "xmp:licensor_url": "https://roy.example/",
			"xmp:copyright_owner": "Roy SARL", "xmp:license_end_date": "2026-03-31", "xmp:title": ""} {
			check(t, name+": "+k, d.Properties[k], want)
		}
	}
}

func TestPNGProfiles(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 20, 10))); err != nil {
		t.Fatal(err)
	}
	chunk := func(kind, data string) string {
		var n [4]byte
		binary.BigEndian.PutUint32(n[:], uint32(len(data)))
		return string(n[:]) + kind + data + "\x00\x00\x00\x00" // nobody asks for the checksum
	}
	iim := "8BIM\x04\x04\x00\x00\x00\x00\x00\x20\x1c\x02\x50\x00\x05Ren\xe9e\x1c\x02\x6e\x00\x02AP"
	text := chunk("tEXt", "Raw profile type iptc\x00\niptc\n  99\n"+hex.EncodeToString([]byte(iim))) +
		chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:rights>CC-BY 3.0</dc:rights></rdf:Description></rdf:RDF>`)
	whole := b.String()
	item := readHere("a.png", []byte(whole[:33]+text+whole[33:]))
	check(t, "creator", item.Images[0].Creator, "Renée")
	check(t, "credit", item.Images[0].Credit, "AP")
	check(t, "copyright", item.Images[0].Copyright, "CC-BY 3.0")
	check(t, "width", item.Images[0].Width, 20)
}

// TestJPEGCaption reads an IPTC block behind another resource and with a name, cut into two segments, before the
// JFIF header and behind it, in UTF-8 and in Latin-1.
func TestJPEGCaption(t *testing.T) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 20, 10)), nil); err != nil {
		t.Fatal(err)
	}
	dataset := func(record, id byte, value string) string {
		return string([]byte{0x1c, record, id, 0, byte(len(value))}) + value
	}
	resource := func(id, name, data string) string {
		n := string([]byte{byte(len(name))}) + name
		if len(n)%2 == 1 {
			n += "\x00"
		}
		size := string([]byte{0, 0, 0, byte(len(data))})
		if len(data)%2 == 1 {
			data += "\x00"
		}
		return "8BIM" + id + n + size + data
	}
	segment := func(data string) string {
		data = "Photoshop 3.0\x00" + data
		return string([]byte{0xff, 0xed, byte((len(data) + 2) >> 8), byte(len(data) + 2)}) + data
	}
	saying := func(at, e string) string {
		return dataset(2, 120, "Une classe de Tarare "+at+" la fonderie") + dataset(2, 110, "Agence Ormeau") + dataset(2, 25, "fonte") + dataset(2, 25, e+"cole")
	}
	latin := saying("\xe0", "\xe9")
	other := resource("\x04\x0c", "", "a thumbnail\x1c\x02\x78")
	utf8 := other + resource("\x04\x04", "", dataset(1, 90, "\x1b%G")+saying("à", "é"))
	whole := b.String()
	for name, segments := range map[string]string{
		"one segment":  segment(utf8),
		"latin":        segment(resource("\x04\x04", "", latin)),
		"named":        segment(resource("\x04\x04", "IPTC", latin) + other),
		"two segments": segment(utf8[:70]) + segment(utf8[70:]),
	} {
		item := readHere("a.jpg", []byte(whole[:2]+segments+whole[2:]))
		check(t, name+": caption", item.Images[0].Caption, "Une classe de Tarare à la fonderie")
		check(t, name+": credit", item.Images[0].Credit, "Agence Ormeau")
		check(t, name+": keywords", item.Properties["iptc:keywords"], "fonte, école")
	}
	for cut := range len(utf8) { // damage costs only itself
		check(t, "cut: width", readHere("a.jpg", []byte(whole[:2]+segment(utf8[:cut])+whole[2:])).Images[0].Width, 20)
	}
}

// TestImageHash reads the same drawing in two sizes and formats, and another one.
func TestImageHash(t *testing.T) {
	draw := func(w, h, turn int) image.Image {
		m := image.NewGray(image.Rect(0, 0, w, h))
		for y := range h {
			for x := range w {
				u, v := float64(x)/float64(w), float64(y)/float64(h)
				m.SetGray(x, y, color.Gray{Y: uint8(128 + 100*math.Sin(float64(3+turn)*u*4+v*float64(5-turn)))})
			}
		}
		return m
	}
	var large, small, other bytes.Buffer
	if err := errors.Join(jpeg.Encode(&large, draw(640, 480, 0), &jpeg.Options{Quality: 60}), png.Encode(&small, draw(160, 120, 0)), png.Encode(&other, draw(160, 120, 4))); err != nil {
		t.Fatal(err)
	}
	bits := func(b []byte) uint64 {
		h := readHere("a.jpg", b).Images[0].Hash
		n, err := strconv.ParseUint(h, 16, 64)
		if err != nil || len(h) != 16 {
			t.Fatalf("hash %q", h)
		}
		return n
	}
	a, same, another := bits(large.Bytes()), bits(small.Bytes()), bits(other.Bytes())
	if n := mathbits.OnesCount64(a ^ same); n > 4 {
		t.Errorf("a copy differs in %d bits", n)
	}
	if n := mathbits.OnesCount64(a ^ another); n < 12 {
		t.Errorf("another picture differs in %d bits only", n)
	}
}
