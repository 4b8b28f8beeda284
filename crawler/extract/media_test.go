package extract

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"filon/crawler/content"
)

func atom4(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(body))), kind...), body...)
}

func readFilm(t *testing.T, kind string, film []byte) content.Item {
	t.Helper()
	r := NewReader(Options{})
	defer r.Close()
	return r.Read(t.Context(), Input{Address: "https://partage.example/videos/VID_0042.mp4", Status: 200, Header: map[string][]string{"Content-Type": {kind}}, Day: today, Media: bytes.NewReader(film), MediaBytes: int64(len(film))})
}

// film is an MP4 whose metadata lie behind its pictures, as cameras write them.
func film(meta ...[]byte) []byte {
	mvhd := make([]byte, 100)
	binary.BigEndian.PutUint32(mvhd[4:], uint32(epochOfBoxes+today.AddDate(0, -1, 0).Unix()))
	binary.BigEndian.PutUint32(mvhd[12:], 600)
	binary.BigEndian.PutUint32(mvhd[16:], 600*75)
	tkhd := make([]byte, 84)
	binary.BigEndian.PutUint32(tkhd[76:], 1080<<16)
	binary.BigEndian.PutUint32(tkhd[80:], 1920<<16)
	return bytes.Join([][]byte{atom4("ftyp", []byte("isom\x00\x00\x02\x00")), atom4("mdat", make([]byte, 4<<10)),
		atom4("moov", append([][]byte{atom4("mvhd", mvhd), atom4("trak", atom4("tkhd", tkhd), atom4("mdia", make([]byte, 400)))}, meta...)...)}, nil)
}

func entryOf(kind, value string) []byte {
	return atom4(kind, atom4("data", []byte{0, 0, 0, 1, 0, 0, 0, 0}, []byte(value)))
}

func TestFilms(t *testing.T) {
	list := atom4("udta", atom4("meta", make([]byte, 4), atom4("hdlr", make([]byte, 25)), atom4("ilst", entryOf("\xa9nam", "Coulée au four 2"), entryOf("\xa9ART", "Jeanne Martin"),
		entryOf("cprt", "© Exemple Industrie"), entryOf("desc", "Vingt secondes de fonte"))))
	keys := atom4("meta", atom4("hdlr", make([]byte, 25)),
		atom4("keys", []byte{0, 0, 0, 0, 0, 0, 0, 2}, atom4("mdta", []byte("com.apple.quicktime.title")), atom4("mdta", []byte("com.apple.quicktime.location.ISO6709"))),
		atom4("ilst", entryOf("\x00\x00\x00\x01", "La coulée"), entryOf("\x00\x00\x00\x02", "+45.4396+004.3872/")))
	old := atom4("udta", atom4("\xa9nam", []byte{0, 10, 0, 0}, []byte("La coul\xe9e!")), atom4("\xa9xyz", []byte{0, 18, 0, 0}, []byte("+45.4396+004.3872/")))
	frame := func(name, value string) []byte {
		return append(append(append([]byte(name), 0, 0, 0, byte(len(value)+1), 0, 0), 3), value...)
	}
	frames := bytes.Join([][]byte{frame("TIT2", "Paroles d'atelier"), frame("TCOP", "2026 Exemple Industrie"), frame("TLEN", "754000")}, nil)
	mp3 := append([]byte{'I', 'D', '3', 4, 0, 0, 0, 0, byte(len(frames) >> 7), byte(len(frames) & 0x7f)}, frames...)
	for _, c := range []struct {
		name, kind                    string
		film                          []byte
		title, author, copyright, gps string
		seconds                       int
	}{
		{"a list", "video/mp4", film(list), "Coulée au four 2", "Jeanne Martin", "© Exemple Industrie", "", 75},
		{"QuickTime keys", "video/quicktime", film(keys), "La coulée", "", "", "present", 75},
		{"QuickTime texts", "video/quicktime", film(old), "La coulée!", "", "", "present", 75},
		{"nothing said", "video/mp4", film(), "VID 0042", "", "", "", 75},
		{"sound", "audio/mpeg", mp3, "Paroles d'atelier", "", "2026 Exemple Industrie", "", 754},
		{"no film", "video/mp4", []byte("a page that asks to sign in"), "VID 0042", "", "", "", 0},
		{"cut", "video/mp4", film(list)[:len(film(list))-230], "VID 0042", "", "", "", 75},
	} {
		item := readFilm(t, c.kind, c.film)
		if item.Title != c.title || item.Author != c.author || item.Properties["copyright"] != c.copyright || item.Properties["gps"] != c.gps || item.Seconds != c.seconds {
			t.Errorf("%s: %q by %q, %q, gps %q, %d s; want %q by %q, %q, gps %q, %d s", c.name, item.Title, item.Author, item.Properties["copyright"], item.Properties["gps"], item.Seconds, c.title, c.author, c.copyright, c.gps, c.seconds)
		}
		if item.Problem == nil || item.Problem.Code != content.NoText {
			t.Errorf("%s: problem %v, want %s", c.name, item.Problem, content.NoText)
		}
		for name, value := range item.Properties {
			if strings.Contains(value, "45.4") {
				t.Errorf("%s: %s says where: %q", c.name, name, value)
			}
		}
	}
	if item := readFilm(t, "video/mp4", film(list)); item.Properties["video:width"] != "1080" || item.Properties["video:height"] != "1920" || !item.Published.Time.Equal(today.AddDate(0, -1, 0)) || item.Description != "Vingt secondes de fonte" {
		t.Errorf("size %s × %s, made %v, says %q", item.Properties["video:width"], item.Properties["video:height"], item.Published.Time, item.Description)
	}
}

func FuzzFilm(f *testing.F) {
	f.Add(film(atom4("udta", entryOf("\xa9nam", "x"))))
	f.Add([]byte("ID3\x04\x00\x00\x00\x00\x00\x20TIT2\x00\x00\x00\x02\x00\x00\x00x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m := &media{from: bytes.NewReader(data), size: int64(len(data)), d: newDraft(Input{Address: "https://a.example/a.mp4", Day: today}, 0, today)}
		m.read()
		if m.d.Seconds < 0 {
			t.Errorf("%d seconds", m.d.Seconds)
		}
	})
}
