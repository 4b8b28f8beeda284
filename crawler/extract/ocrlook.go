package extract

import (
	"image"
	"image/color"
)

// looksWritten tells whether a picture looks like a page of text and not like a photo or a drawing: most of it has
// one tone, a little of it stands out, and rows with many changes between the two lie between rows with none. It is
// only asked to save time: what it calls written is then read.
func looksWritten(m *image.Gray) bool {
	m = smaller(m, 700)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if w < 100 || h < 40 {
		return false
	}
	var tones [256]int
	for y := range h {
		for _, p := range m.Pix[y*m.Stride : y*m.Stride+w] {
			tones[p]++
		}
	}
	paper := 0 // the tone around which most pixels lie
	for t, best := 0, 0; t < 256; t++ {
		n := 0
		for k := max(t-12, 0); k <= min(t+12, 255); k++ {
			n += tones[k]
		}
		if n > best {
			best, paper = n, t
		}
	}
	near, ink := 0, 0
	for t, n := range tones {
		switch d := max(t-paper, paper-t); {
		case d <= 32:
			near += n
		case d >= 60:
			ink += n
		}
	}
	all := w * h
	if near*100 < all*50 || ink*1000 < all*3 || ink*100 > all*35 {
		return false
	}
	written, quiet := 0, 0
	for y := range h {
		changes, on := 0, false
		for _, p := range m.Pix[y*m.Stride : y*m.Stride+w] {
			d := max(int(p)-paper, paper-int(p))
			if now := d >= 60 || on && d >= 40; now != on {
				changes, on = changes+1, now
			}
		}
		switch {
		case changes >= 16:
			written++
		case changes <= 4:
			quiet++
		}
	}
	return written*100 >= h && quiet*100 >= h*20
}

// smaller gives a picture no wider than width, by means over squares.
func smaller(m *image.Gray, width int) *image.Gray {
	step := m.Rect.Dx() / width
	if step < 2 {
		return m
	}
	w, h := m.Rect.Dx()/step, m.Rect.Dy()/step
	s := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			sum := 0
			for dy := range step {
				row := m.Pix[(y*step+dy)*m.Stride+x*step:]
				for _, p := range row[:step] {
					sum += int(p)
				}
			}
			s.Pix[y*s.Stride+x] = uint8(sum / (step * step))
		}
	}
	return s
}

// onItsSide gives a picture small and turned, to be looked at.
func onItsSide(m *image.Gray) *image.Gray {
	m = smaller(m, 700)
	s := image.NewGray(image.Rect(0, 0, m.Rect.Dy(), m.Rect.Dx()))
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			s.Pix[x*s.Stride+y] = m.Pix[y*m.Stride+x]
		}
	}
	return s
}

// leastText is the width in pixels from which a picture can hold text that is worth reading.
const leastText = 300

// grey gives a decoded picture in the size that it is read in; nil for one that is too small to hold text.
func grey(picture image.Image) (m *image.Gray) {
	defer func() {
		if recover() != nil {
			m = nil
		}
	}()
	if picture == nil || picture.Bounds().Dx() < leastText || picture.Bounds().Dy() < leastText/3 {
		return nil
	}
	b := picture.Bounds()
	step := 1
	for (b.Dx()/step)*(b.Dy()/step) > ocrPixels {
		step++
	}
	m = image.NewGray(image.Rect(0, 0, b.Dx()/step, b.Dy()/step))
	planes, yellow := picture.(*image.YCbCr)
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			px, py := b.Min.X+x*step, b.Min.Y+y*step
			if yellow {
				m.Pix[y*m.Stride+x] = planes.Y[planes.YOffset(px, py)]
				continue
			}
			c := picture.At(px, py)
			tone := color.GrayModel.Convert(c).(color.Gray).Y
			if _, _, _, a := c.RGBA(); a < 0xffff { // what shines through is paper
				tone = uint8(min(int(tone)+255-int(a>>8), 255))
			}
			m.Pix[y*m.Stride+x] = tone
		}
	}
	return m
}
