package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

func TestExportsOfNetworks(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte("Date\tTexte\tLien\r\n2026-03-04\tBonjour à tous\thttps://exemple.fr/a\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, file, text, link, day string
		posts                       int
	}{
		{"LinkedIn", "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n2026-03-04 09:12:01,https://www.linkedin.com/feed/update/1,\"Un four, deux fours\nvoir https://exemple.fr/four\",https://exemple.fr/four?utm=1,,MEMBER_NETWORK\n", "Un four, deux fours", "https://exemple.fr/four?utm=1", "2026-03-04", 1},
		{"Meta, semicolons", "\ufeffIdentifiant;Titre;Heure de publication;Permalien\r\n1;Portes ouvertes;04/03/2026 10:00;https://fb.com/1\r\n2;Deux;05/03/2026 10:00;https://fb.com/2\r\n", "Portes ouvertes", "https://fb.com/1", "2026-03-04", 2},
		{"X", "Tweet id,Tweet permalink,Tweet text,time\n1,https://x.com/a/1,Bon pain,2026-03-04 10:00 +0000\n", "Bon pain", "https://x.com/a/1", "2026-03-04", 1},
		{"lines before the headings", "Rapport du mois\n\nDate,Message,Link\n2026-03-04,Salut,https://exemple.fr/b\n", "Salut", "https://exemple.fr/b", "2026-03-04", 1},
		{"UTF-16 with tabs", string(utf16), "Bonjour à tous", "https://exemple.fr/a", "2026-03-04", 1},
	} {
		posts, err := readPosts([]byte(c.file))
		if err != nil || len(posts) != c.posts {
			t.Errorf("%s: %d posts, %v", c.name, len(posts), err)
			continue
		}
		p := posts[0]
		if !strings.HasPrefix(p.Text, c.text) || !strings.Contains(strings.Join(p.Links, " "), c.link) || p.On.Format("2006-01-02") != c.day {
			t.Errorf("%s: %+v", c.name, p)
		}
	}
	for _, bad := range [][]byte{nil, []byte("PK\x03\x04\x00\x00"), []byte("a,b\n1,2\n"), bytes.Repeat([]byte{'"'}, 1000), []byte("Date,Message\n\"open")} {
		posts, err := readPosts(bad)
		if len(posts) > 1 || err == nil && len(posts) == 0 && len(bad) > 0 && !bytes.Contains(bad, []byte("Message")) {
			t.Errorf("%.20q: %d posts, %v", bad, len(posts), err)
		}
		if err != nil && !errors.Is(err, errNoColumns) && !errors.Is(err, errNoTable) {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
}
