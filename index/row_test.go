package index

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"strings"
	"testing"

	"filon/crawler/content"
)

func TestUnpackItem(t *testing.T) {
	item := content.Item{Address: "https://exemple.fr/a", Title: "Été à l'atelier \xff", Properties: map[string]string{"a\xff": "1", "a\xfe": "2"}, Text: strings.Repeat("La presse plieuse tourne. ", 400)}
	packed, err := packItem(item)
	if err != nil {
		t.Fatal(err)
	}
	var before bytes.Buffer
	w, _ := flate.NewWriter(&before, flate.BestSpeed)
	json.NewEncoder(w).Encode(item)
	w.Close()
	for _, c := range []struct {
		name string
		blob []byte
		fits bool
	}{
		{"packed", packed, true},
		{"packed by an earlier filon", before.Bytes(), true},
		{"cut", packed[:len(packed)-3], false},
		{"a bit turned", append(append([]byte{}, packed[:40]...), append([]byte{packed[40] ^ 4}, packed[41:]...)...), false},
		{"no frame", []byte("<html>"), false},
		{"nothing", nil, false},
	} {
		got, err := unpackItem(c.blob)
		if (err == nil) != c.fits || c.fits && (got.Title != "Été à l'atelier \uFFFD" || len(got.Properties) != 1 || got.Text != item.Text) {
			t.Errorf("%s: %q, %v", c.name, got.Title, err)
		}
	}
}
