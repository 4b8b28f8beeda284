package extract

import (
	"net/http"
	"testing"

	"filon/crawler/content"
)

// A value stands with the label of its field.
func TestFieldLabels(t *testing.T) {
	for in, want := range map[string]string{
		`<label>Code secret</label><input value="Merle-61">`:                            "Code secret : Merle-61",
		`<label for="a">Code secret :</label><br><input id="a" value="Merle-61">`:       "Code secret : Merle-61",
		`<label>Code secret <input value="Merle-61"></label>`:                           "Code secret : Merle-61",
		`<input placeholder="Code secret" value="Merle-61">`:                            "Code secret : Merle-61",
		`<label for="b">Autre</label><input placeholder="Code" value="Merle-61">`:       "Code : Merle-61",
		`<label for="a">Code secret</label><textarea id="a">Merle-61 à ôter</textarea>`: "Code secret : Merle-61 à ôter",
	} {
		item := HTML(Input{Address: "https://x.example/a", Header: http.Header{}, Body: []byte("<html><body><article><h1>Le miel</h1><p>Le miel se récolte en juin, quand les ruches sont pleines.</p><form>" + in + "</form></article></body></html>")})
		found := false
		for _, z := range item.Zones {
			found = found || z.Kind == content.ZoneLabel && z.Text == want
		}
		if !found {
			t.Errorf("%s: %+v", in, item.Zones)
		}
	}
}
