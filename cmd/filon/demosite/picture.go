package demosite

import (
	"bytes"
	"hash/fnv"
	"image"
	"image/color"
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
	for y := range high {
		for x := range wide {
			c := wall
			switch {
			case x > left && x < right && y > top && y < bottom:
				c = steel
				step := (bottom - top) / doors
				if dx, dy := x-left, (y-top)%step; dx > wide/20 && x < right-wide/20 && dy > step/4 && dy < step*3/4 {
					c = glow
				}
			case y > bottom-high/20:
				c = floor
			}
			img.SetRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	if strings.HasSuffix(name, ".png") {
		err := png.Encode(&out, img)
		return out.Bytes(), "image/png", err
	}
	err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 60})
	return out.Bytes(), "image/jpeg", err
}
