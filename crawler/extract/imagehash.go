package extract

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // decoders of what decodePicture reads
	_ "image/png"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"
)

// maxPixels is how many pixels a picture may have to be looked at: a progressive JPEG of so many takes
// about 200 MB while it is decoded.
const maxPixels = 24 << 20

// decodePicture gives the pixels of a picture, nil of one that is too large, damaged or of another format than JPEG,
// PNG, GIF, WebP, TIFF and BMP.
func decodePicture(body []byte) (picture image.Image) {
	defer func() {
		if recover() != nil {
			picture = nil
		}
	}()
	size, _, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil || size.Width < 9 || size.Height < 8 || size.Width > maxPixels/size.Height {
		return nil
	}
	if picture, _, err = image.Decode(bytes.NewReader(body)); err != nil {
		return nil
	}
	return picture
}

// imageHash gives the 64-bit difference hash of a picture in 16 hexadecimal digits: each bit says
// whether one of 9 × 8 fields of brightness is darker than its right neighbour. Copies in other sizes
// and qualities differ in few bits (up to about 6). It is "" for a picture that was not decoded and for one of one
// colour.
func imageHash(picture image.Image) (hash string) {
	defer func() {
		if recover() != nil {
			hash = ""
		}
	}()
	if picture == nil || picture.Bounds().Dx() < 9 || picture.Bounds().Dy() < 8 {
		return ""
	}
	var field [8][9]int
	for y := range field {
		for x := range field[y] {
			field[y][x] = brightness(picture, x, y)
		}
	}
	var bits uint64
	for y := range field {
		for x := range 8 {
			bits <<= 1
			if field[y][x] < field[y][x+1]-1 { // a step of less than one level of 256 is noise
				bits |= 1
			}
		}
	}
	if bits == 0 {
		return ""
	}
	return fmt.Sprintf("%016x", bits)
}

// brightness is the mean brightness of field x, y of 9 × 8, from at most 16 × 16 pixels of it, 0 to 255.
func brightness(picture image.Image, x, y int) int {
	b := picture.Bounds()
	left, right := b.Min.X+x*b.Dx()/9, b.Min.X+(x+1)*b.Dx()/9
	top, bottom := b.Min.Y+y*b.Dy()/8, b.Min.Y+(y+1)*b.Dy()/8
	dx, dy := max((right-left)/16, 1), max((bottom-top)/16, 1)
	sum, n := 0, 0
	for py := top; py < bottom; py += dy {
		for px := left; px < right; px += dx {
			if planes, is := picture.(*image.YCbCr); is {
				sum += int(planes.Y[planes.YOffset(px, py)])
			} else {
				sum += int(color.GrayModel.Convert(picture.At(px, py)).(color.Gray).Y)
			}
			n++
		}
	}
	return sum / max(n, 1)
}
