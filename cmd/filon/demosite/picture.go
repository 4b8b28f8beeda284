package demosite

import (
	"bytes"
	"hash/fnv"
	"image"
	"image/color"
	xdraw "image/draw"
	"image/jpeg"
	"image/png"
	"regexp"
	"strconv"
	"strings"
)

// Pictures are drawn when they are asked for: NAME-1200x630.jpg is that large, and its name decides
// its colours and the oven it shows. A name without a size is 1200 by 630.
var sizeMark = regexp.MustCompile(`-(\d{2,4})x(\d{2,4})\.(?:jpg|png)$`)

// largest side of a picture, so that an address cannot ask for a gigabyte.
const largestSide = 2000

func sizeOf(name string) (wide, high int) {
	m := sizeMark.FindStringSubmatch(name)
	if m == nil {
		return 1200, 630
	}
	wide, _ = strconv.Atoi(m[1])
	high, _ = strconv.Atoi(m[2])
	return min(wide, largestSide), min(high, largestSide)
}

// draw gives the bytes and media type of a picture: a wall, a floor, an oven with lit windows.
func draw(name string) ([]byte, string, error) {
	wide, high := sizeOf(name)
	h := fnv.New32a()
	h.Write([]byte(sizeMark.ReplaceAllString(name, "")))
	seed := h.Sum32()
	wall := color.RGBA{uint8(150 + seed%80), uint8(150 + seed>>8%70), uint8(140 + seed>>16%80), 255}
	floor := color.RGBA{90, 70, 60, 255}
	steel := color.RGBA{190, 195, 200, 255}
	glow := color.RGBA{240, uint8(150 + seed%60), 50, 255}
	doors := 2 + int(seed%4)
	left, right, top, bottom := wide/6, wide*5/6, high/6, high*5/6

	img := image.NewRGBA(image.Rect(0, 0, wide, high))
	fill := func(x0, y0, x1, y1 int, colour color.Color) {
		xdraw.Draw(img, image.Rect(x0, y0, x1, y1), image.NewUniform(colour), image.Point{}, xdraw.Src)
	}
	fill(0, 0, wide, high, wall)
	fill(0, bottom-high/20, wide, high, floor)
	fill(left, top, right, bottom, steel)
	step := (bottom - top) / doors
	for n := range doors {
		fill(left+wide/20, top+n*step+step/4, right-wide/20, top+n*step+step*3/4, glow)
	}
	var out bytes.Buffer
	if strings.HasSuffix(name, ".png") {
		err := png.Encode(&out, img)
		return out.Bytes(), "image/png", err
	}
	err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 60})
	return out.Bytes(), "image/jpeg", err
}
