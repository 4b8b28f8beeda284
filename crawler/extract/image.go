package extract

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // size of a GIF, which imagemeta does not read
	"io"
	"strings"
	"time"

	"github.com/bep/imagemeta"

	"filon/crawler/content"
)

// imageFormats maps media types to what imagemeta reads.
var imageFormats = map[string]imagemeta.ImageFormat{
	"image/jpeg": imagemeta.JPEG, "image/png": imagemeta.PNG, "image/webp": imagemeta.WebP, "image/tiff": imagemeta.TIFF,
	"image/heic": imagemeta.HEIF, "image/heif": imagemeta.HEIF, "image/heic-sequence": imagemeta.HEIF, "image/avif": imagemeta.AVIF,
	"image/vnd.mozilla.apng": imagemeta.PNG, "image/apng": imagemeta.PNG,
}

// imageTags maps the tags that are kept to their property, by source and tag name. Everything else,
// above all the place where a photo was taken, is dropped here and never reaches an item.
var imageTags = map[imagemeta.Source]map[string]string{
	imagemeta.EXIF: {
		"Artist": "exif:artist", "Copyright": "exif:copyright", "ImageDescription": "exif:image_description", "DateTimeOriginal": "exif:date_time_original",
		"DateTime": "exif:date_time", "ModifyDate": "exif:date_time", "Make": "exif:make", "Model": "exif:model", "Software": "exif:software",
	},
	imagemeta.IPTC: {
		"By-line": "iptc:by_line", "Byline": "iptc:by_line", "Credit": "iptc:credit", "CopyrightNotice": "iptc:copyright_notice", "Caption-Abstract": "iptc:caption", "CaptionAbstract": "iptc:caption",
		"Headline": "iptc:headline", "ObjectName": "iptc:object_name", "Source": "iptc:source", "SpecialInstructions": "iptc:special_instructions", "Keywords": "iptc:keywords", "DateCreated": "iptc:date_created", "ExpirationDate": "iptc:expiration_date",
	},
}

// readImage reads the size of a picture and what its EXIF, IPTC and XMP say about its rights.
// A place is only said to be present.
func readImage(in Input, kind string, d *draft) {
	d.MIME = kind
	picture := content.Image{Address: in.Address, Bytes: int64(len(in.Body)), MIME: kind}
	format, known := imageFormats[kind]
	switch {
	case known:
		size, err := imageMetadata(in.Body, format, d)
		picture.Width, picture.Height = size.Width, size.Height
		if err != nil {
			d.fail(content.Broken, "the picture is damaged")
		}
	case kind == "image/gif":
		if c, _, err := image.DecodeConfig(bytes.NewReader(in.Body)); err == nil {
			picture.Width, picture.Height = c.Width, c.Height
		} else {
			d.fail(content.Broken, "the picture is damaged")
		}
	case kind == "image/svg+xml":
		readDrawing(in, d)
		picture.Width, picture.Height = svgSize(in.Body[:min(len(in.Body), 4096)])
	}
	p := d.Properties
	picture.Creator, picture.Copyright, picture.Credit = creatorOf(p), copyrightOf(p), creditOf(p)
	picture.License = firstOf(p["xmp:web_statement"], p["xmp:license"])
	picture.Licensor = firstOf(p["xmp:licensor"], p["xmp:licensor_url"])
	picture.SourceType = sourceType(p["xmp:digital_source_type"])
	shown := decodePicture(in.Body)
	picture.Hash = imageHash(shown)
	picture.Caption = firstOf(p["iptc:caption"], p["xmp:description"], p["exif:image_description"])
	d.Description = picture.Caption
	if t := firstOf(p["xmp:title"], p["iptc:headline"], p["iptc:object_name"], p["xmp:headline"]); plausibleTitle(t, in.Address) {
		d.Title = t
	}
	d.Author = personName(picture.Creator)
	d.created(imageDate(firstOf(p["exif:date_time_original"], p["xmp:date_created"], p["xmp:create_date"], p["iptc:date_created"])))
	if until := imageDate(firstOf(p["xmp:license_end_date"], p["xmp:expiration_date"], p["iptc:expiration_date"])); !until.IsZero() && until.Year() < 9000 {
		d.Expires = content.Date{Time: until.UTC(), Source: "properties", Confidence: content.High}
	}
	d.Images = []content.Image{picture}
	if d.Problem != nil || d.body.Len() == 0 && !d.readWriting(shown) {
		d.fail(content.NoText, "a picture")
	}
}

// readWriting reads a picture that looks like a page of text, when that is allowed. It tells whether text was read
// that can be relied on; what was read less surely is kept all the same, and judged.
func (d *draft) readWriting(shown image.Image) bool {
	m := grey(shown)
	if m == nil || !looksWritten(m) {
		return false
	}
	if d.ocr == nil {
		d.scan = true
		return false
	}
	text, err := d.readPicture(m)
	if err != nil || text.letters == 0 {
		return false
	}
	var t tally
	t.add(1, text)
	d.OCR = content.OCR{By: d.ocr.name(), Pages: t.pages, Confidence: t.confidence()}
	reflow(pdfLines(strings.Join(text.lines, "\n")), d)
	return text.letters >= lettersOfAPage && t.confidence() >= sureEnough
}

// creatorOf, copyrightOf and creditOf read the properties of a picture, IPTC before XMP before EXIF.
func creatorOf(p map[string]string) string {
	return legible(p["iptc:by_line"], p["xmp:creator"], p["exif:artist"], p["xmp:artist"], p["xmp:image_creator"])
}

func copyrightOf(p map[string]string) string {
	return legible(p["iptc:copyright_notice"], p["xmp:rights"], p["exif:copyright"], p["xmp:copyright"])
}

func creditOf(p map[string]string) string { return legible(p["iptc:credit"], p["xmp:credit"]) }

// legible gives the first text that no program has mangled, else the first of all: some write a
// question mark for each letter that their charset does not know.
func legible(candidates ...string) string {
	for _, s := range candidates {
		if s != "" && !strings.Contains(s, "??") && !strings.ContainsRune(s, '\ufffd') {
			return s
		}
	}
	return firstOf(candidates...)
}

// sourceType gives the last part of a digital source type, which IPTC writes as an address.
func sourceType(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }

func firstOf(candidates ...string) string {
	for _, s := range candidates {
		if s != "" {
			return s
		}
	}
	return ""
}

// imageMetadata keeps the tags of imageTags. Damaged metadata costs only itself: the error is about
// a picture of which not even the size can be read.
func imageMetadata(body []byte, format imagemeta.ImageFormat, d *draft) (size imagemeta.ImageConfig, err error) {
	wanted := func(t imagemeta.TagInfo) bool {
		if strings.Contains(t.Tag, "GPS") || strings.Contains(t.Namespace, "GPS") {
			if t.Tag == "GPSLatitude" || t.Tag == "GPSLongitude" { // many cameras write the rest without a place
				d.property("gps", "present")
			}
			return false
		}
		return imageTags[t.Source][t.Tag] != ""
	}
	keep := func(t imagemeta.TagInfo) error {
		if wanted(t) {
			d.property(imageTags[t.Source][t.Tag], tagValue(t.Value))
		}
		return nil
	}
	sources := []imagemeta.Source{imagemeta.CONFIG, imagemeta.EXIF, imagemeta.IPTC, imagemeta.XMP}
	switch format {
	case imagemeta.PNG: // of which the library reads neither XMP nor most IPTC
		pngText(body, d)
		sources = sources[:2]
	case imagemeta.JPEG:
		jpegIIM(body, d)
		sources = []imagemeta.Source{imagemeta.CONFIG, imagemeta.EXIF, imagemeta.XMP}
	}
	for _, source := range sources {
		result, e := decodeImage(imagemeta.Options{
			R: bytes.NewReader(body), ImageFormat: format, Sources: source, ShouldHandleTag: wanted, HandleTag: keep,
			HandleXMP: func(r io.Reader) error { _ = readXMP(r, d); return nil },
			Warnf:     func(string, ...any) {}, LimitNumTags: 5000, LimitTagSize: maxParagraph - 1, // counted in 16 bits
		})
		if source == imagemeta.CONFIG {
			size, err = result.ImageConfig, e
		}
		if d.late() {
			return size, errDeadline
		}
	}
	if size.Width > 0 {
		return size, nil
	}
	return size, errors.Join(err, errBroken)
}

// decodeImage keeps a panic of one source from the others.
func decodeImage(o imagemeta.Options) (r imagemeta.DecodeResult, err error) {
	defer func() {
		if recover() != nil {
			err = errBroken
		}
	}()
	return imagemeta.Decode(o)
}

func tagValue(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []string:
		return strings.Join(v, ", ")
	case []any:
		parts := make([]string, 0, len(v))
		for _, p := range v {
			parts = append(parts, tagValue(p))
		}
		return strings.Join(parts, ", ")
	case []byte:
		return string(v)
	case nil:
		return ""
	}
	return fmt.Sprint(v)
}

// imageDate reads EXIF's 2006:01:02 15:04:05 as well as ISO dates; EXIF gives no zone.
func imageDate(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{"2006:01:02 15:04:05", "2006:01:02", "20060102"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return isoDate(s)
}
