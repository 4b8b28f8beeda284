package extract

import (
	"context"
	"strings"
	"testing"
)

// Captions are the text of what is said in a film.
func TestSubtitles(t *testing.T) {
	r := NewReader(Options{})
	for _, c := range []struct{ name, in, want, hidden string }{
		{"a.vtt", "WEBVTT\n\nNOTE à couper\n\nSTYLE\n::cue { color: red }\n\nintro\n00:00:00.000 --> 00:00:02.000 line:0\n<v Marie Aubin>Le code du <i>portail</i>\n\n00:00:02.000 --> 00:00:04.000\nest 4471.\n", "Marie Aubin : Le code du portail est 4471.", "à couper"},
		{"a.srt", "1\r\n00:00:00,000 --> 00:00:02,000\r\n{\\an8}Bonjour à tous.\r\n\r\n2\r\n00:00:02,000 --> 00:00:04,000\r\nIl y en a 12\r\nen tout.\r\n", "Bonjour à tous.\nIl y en a 12 en tout.", ""},
		{"b.srt", "1\n00:00:00,000 --> 00:00:02,000\nt\xe9l\xe9phone\n\n2\n00:00:03,000 --> 00:00:04,000\n2027\n", "téléphone 2027", ""},
		{"b.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\n3 < 4 et {ouvert", "3 < 4 et {ouvert", ""},
	} {
		item := r.Read(context.Background(), Input{Address: "file:///partage/" + c.name, Body: []byte(c.in)})
		check(t, c.name, item.Text, c.want)
		if zones := strings.Join(zonesOf(item), " | "); c.hidden != "" && !strings.Contains(zones, "hidden 0 "+c.hidden) {
			t.Errorf("%s: %s", c.name, zones)
		}
		if item.Problem != nil {
			t.Errorf("%s: %+v", c.name, *item.Problem)
		}
	}
}
