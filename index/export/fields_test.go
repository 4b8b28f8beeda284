package export

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler/content"
)

// rich is a record with something in every field that holds more than one value.
func rich() content.Item {
	day := func(s string) time.Time { t, _ := time.Parse(time.DateOnly, s); return t }
	return content.Item{Address: "https://www.acme.test/cas", Title: "La boulangerie", Language: "fr", Section: "Références", CMS: "WordPress", CMSType: "post",
		Text:      "« On a gagné deux heures de sommeil par nuit et la baguette est restée la même. »\n\nLa boulangerie a réduit sa consommation de 32 % en douze mois.",
		Quotes:    []content.Quote{{Text: "« On a gagné deux heures de sommeil par nuit et la baguette est restée la même. »", Speaker: "Yann Kerouac"}},
		Published: content.Date{Time: day("2026-06-01"), Source: "json-ld", Confidence: content.High}, Modified: content.Date{Time: day("2026-06-03"), Source: "http", Confidence: content.Low},
		Expires: content.Date{Time: day("2026-12-31"), Source: "text", Confidence: content.Medium}, Event: content.Event{Start: day("2026-12-03"), End: day("2026-12-05"), Place: "Nantes"},
		Evidence:  []content.Evidence{{Of: "published", Date: content.Date{Time: day("2026-05-30"), Source: "time", Confidence: content.Medium}, Doubted: true}},
		Languages: []content.Share{{Language: "fr", Share: .8}, {Language: "en", Share: .2}}, Tags: []string{"pain"}, Categories: []string{"Cas"}, Breadcrumb: []string{"Accueil", "Cas"},
		Links: []content.Link{{Address: "https://www.acme.test/devis", Text: "Demandez un devis", Main: true}, {Address: "https://www.acme.test/plaquette.pdf", Text: "La plaquette"},
			{Address: "https://www.linkedin.com/company/acme"}, {Address: "https://www.facebook.com/sharer/sharer.php?u=x"}, {Address: "https://www.acme.test/autre", Text: "Une autre page", Main: true}},
		Embeds: []content.Embed{{Address: "https://www.youtube.com/embed/x", Kind: "video", Provider: "youtube"}}, Galleries: [][]string{{"https://www.acme.test/1.jpg"}},
		Images: []content.Image{{Address: "https://www.acme.test/four.jpg", Width: 1600, Height: 900, Credit: "Studio Lumen"}}}
}

func TestFieldsWithSeveralValues(t *testing.T) {
	rec := record(1)
	rec.Item = rich()
	rec.FirstSeen = time.Date(2026, 6, 2, 9, 0, 0, 0, time.UTC)
	rec.ImageUses = []int{3}
	rec.Verdict.Type, rec.Verdict.BestImage, rec.Verdict.ImageRights, rec.Verdict.Day, rec.Verdict.Outcome = "job_offer", 0, "third_party", "2026-06-02", classify.Publishable
	line, err := JSON(rec, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]json.RawMessage
	if err := json.Unmarshal(line, &got); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"published": `{"date":"2026-06-01","source":"json-ld","confidence":"high"}`, "modified": `{"date":"2026-06-03","source":"http","confidence":"low"}`, "first_seen": `{"date":"2026-06-02","source":"inventory","confidence":"high"}`,
		"expires": `{"date":"2026-12-31","source":"text","confidence":"medium"}`, "other_dates": `[{"of":"published","date":"2026-05-30","source":"time","confidence":"medium","doubted":true}]`,
		"valid_through": `"2026-12-31"`, "event": `{"start":"2026-12-03","end":"2026-12-05","place":"Nantes"}`,
		"languages": `[{"language":"fr","share":0.8},{"language":"en","share":0.2}]`, "cms": `"WordPress"`, "cms_type": `"post"`, "section": `"Références"`, "tags": `["pain"]`, "categories": `["Cas"]`, "breadcrumb": `["Accueil","Cas"]`,
		"quotes":      `[{"text":"« On a gagné deux heures de sommeil par nuit et la baguette est restée la même. »","speaker":"Yann Kerouac","where":"text"}]`,
		"key_figures": `["La boulangerie a réduit sa consommation de 32 % en douze mois."]`, "cta": `[{"address":"https://www.acme.test/devis","text":"Demandez un devis"}]`,
		"downloads": `[{"address":"https://www.acme.test/plaquette.pdf","text":"La plaquette"}]`, "social_links": `[{"address":"https://www.linkedin.com/company/acme","network":"linkedin"}]`,
		"embeds": `[{"address":"https://www.youtube.com/embed/x","kind":"video","provider":"youtube"}]`, "galleries": `[["https://www.acme.test/1.jpg"]]`,
		"image_best": `{"address":"https://www.acme.test/four.jpg","width":1600,"height":900,"ratio":1.78,"rights":"third_party","credit":"Studio Lumen"}`,
		"images":     `[{"address":"https://www.acme.test/four.jpg","width":1600,"height":900,"credit":"Studio Lumen","used_on":3}]`,
	} {
		if string(got[name]) != want {
			t.Errorf("%s is %s, want %s", name, got[name], want)
		}
	}
}

// TestFieldsOfASecret holds that nothing that a secret item says is in its JSON, and that personal data of
// others is masked.
func TestFieldsOfASecret(t *testing.T) {
	rec := record(1)
	rec.Item = rich()
	rec.Verdict.Outcome, rec.Verdict.Day, rec.Verdict.BestImage = classify.Never, "2026-06-02", 0
	line, err := JSON(rec, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Kerouac", "baguette", "32 %", "devis", "plaquette", "linkedin.com", "youtube", "1.jpg", "four.jpg", "Nantes", `"pain"`, "Références"} {
		if strings.Contains(string(line), word) {
			t.Errorf("the JSON of a secret says %q", word)
		}
	}
	rec.Verdict.Outcome = classify.Publishable
	if line, err = JSON(rec, Options{Mask: func(s string) string { return strings.ReplaceAll(s, "Kerouac", "•••") }}); err != nil || strings.Contains(string(line), "Kerouac") {
		t.Errorf("a name is in clear: %s (%v)", line, err)
	}
	if !strings.Contains(string(line), fmt.Sprintf("%q:%q", "speaker", "Yann •••")) {
		t.Errorf("no masked speaker: %s", line)
	}
}
