package extract

import (
	"bytes"
	"image"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filon/crawler/extract/score/corpus"
)

func TestImageSize(t *testing.T) {
	picture := image.NewPaletted(image.Rect(0, 0, 1203, 631), palette.Plan9)
	encode := func(write func(*bytes.Buffer) error) []byte {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	jpg := encode(func(b *bytes.Buffer) error { return jpeg.Encode(b, picture, nil) })
	exif := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0x40, 0x02}, make([]byte, 0x4000)...)
	for _, c := range []struct {
		name          string
		head          []byte
		width, height int
	}{
		{"png", encode(func(b *bytes.Buffer) error { return png.Encode(b, picture) })[:64], 1203, 631},
		{"gif", encode(func(b *bytes.Buffer) error { return gif.Encode(b, picture, nil) })[:64], 1203, 631},
		{"jpeg", jpg[:1024], 1203, 631},
		{"jpeg behind a long EXIF", append(exif, jpg[2:1024]...), 1203, 631},
		{"jpeg cut before its frame", jpg[:100], 0, 0},
		{"webp lossy", []byte("RIFF\x00\x01\x00\x00WEBPVP8 \x00\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\xb0\x04\x76\x02\x00\x00"), 1200, 630},
		{"webp lossless", []byte("RIFF\x00\x01\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f\xaf\x44\x9d\x00\x00\x00\x00\x00\x00"), 1200, 630},
		{"webp extended", []byte("RIFF\x00\x01\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xaf\x04\x00\x75\x02\x00"), 1200, 630},
		{"avif", []byte("\x00\x00\x00\x20ftypavif\x00\x00\x00\x00....ispe\x00\x00\x00\x00\x00\x00\x00\x40\x00\x00\x00\x40....ispe\x00\x00\x00\x00\x00\x00\x04\xb0\x00\x00\x02\x76"), 1200, 630},
		{"svg", []byte(`<?xml version="1.0"?><!-- drawn --><svg xmlns="http://www.w3.org/2000/svg" width="300px" height="200" viewBox="0 0 30 20"><path/></svg>`), 300, 200},
		{"svg with a viewBox", []byte(`<svg viewBox="0 0 1200.4 630" width="100%"><rect width="3" height="4"/></svg>`), 1200, 630},
		{"a page", []byte("<!DOCTYPE html><title>Not found</title>"), 0, 0},
		{"nothing", nil, 0, 0},
		{"a bomb", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff"), 0, 0},
	} {
		w, h, ok := ImageSize(c.head)
		if ok != (c.width > 0) || ok && (w != c.width || h != c.height) {
			t.Errorf("%s: %d × %d, %v; want %d × %d", c.name, w, h, ok, c.width, c.height)
		}
	}
}

// TestImageSizeOfPictures compares the size that the first bytes tell with that of the whole picture.
func TestImageSizeOfPictures(t *testing.T) {
	same, other, unknown := 0, 0, 0
	filepath.WalkDir(filepath.Join(corpus.Folder(), "documents"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		body, err := os.ReadFile(name)
		if err != nil || len(body) > 20<<20 {
			return nil
		}
		kind := sniff(body[:min(len(body), 4096)], "", "file:///"+filepath.Base(name))
		if !strings.HasPrefix(kind, "image/") {
			return nil
		}
		in := Input{Address: "file:///" + filepath.Base(name), Body: body}
		draft := newDraft(in, 1<<20, time.Time{})
		readImage(in, kind, draft)
		whole := draft.Images[0]
		if whole.Width == 0 || kind == "image/tiff" {
			return nil
		}
		switch w, h, ok := ImageSize(body[:min(len(body), 64<<10)]); {
		case !ok:
			unknown++
		case w == whole.Width && h == whole.Height || w == whole.Height && h == whole.Width:
			same++
		default:
			other++
			t.Logf("%s: %d × %d, the whole says %d × %d", filepath.Base(name), w, h, whole.Width, whole.Height)
		}
		return nil
	})
	if same+other+unknown == 0 {
		t.Skip("the collection is not unpacked: no pictures in the corpora folder")
	}
	t.Logf("%d the same, %d other, %d not told by the first 64 KB", same, other, unknown)
	if 50*other > same || 4*unknown > same {
		t.Errorf("%d the same, %d other, %d not told", same, other, unknown)
	}
}

func FuzzImageSize(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe0\x00\x10JFIF"))
	f.Add([]byte("RIFF\x00\x01\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f\xaf\x44\x9d\x00\x00\x00\x00\x00\x00"))
	f.Add([]byte("\x00\x00\x00\x20ftypavif\x00\x00\x00\x00....ispe\x00\x00\x00\x00\x00\x00\x00\x40\x00\x00\x00\x40"))
	f.Fuzz(func(t *testing.T, head []byte) {
		if w, h, ok := ImageSize(head); ok && (w <= 0 || h <= 0) {
			t.Errorf("%d × %d", w, h)
		}
	})
}
