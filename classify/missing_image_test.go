package classify

import (
	"slices"
	"testing"
	"time"

	"filon/crawler/content"
)

// A picture that is not there is none to post, whatever the page says of its size.
func TestMissingImage(t *testing.T) {
	item := content.Item{Address: "https://www.ferrand.example/a", Title: "Le banc tourne de nouveau", Language: "fr", Access: content.Access{Visibility: content.Public},
		Text:   "Les pompes du banc numéro deux tournent de nouveau depuis lundi, après trois semaines de travaux, et l'équipe a remplacé les roulements.",
		Images: []content.Image{{Address: "https://www.ferrand.example/a.jpg", Role: "content", Width: 1280, Height: 853, Alt: "Le banc"}, {Address: "https://www.ferrand.example/b.jpg", Role: "content", Width: 700, Height: 600}}}
	if v := Judge(item, Policy{}, time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)); v.BestImage != 0 {
		t.Errorf("the best picture is %d", v.BestImage)
	}
	item.Images[0].Missing = true
	if v := Judge(item, Policy{}, time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)); v.BestImage != 1 {
		t.Errorf("the best picture is %d where the first is missing", v.BestImage)
	}
	item.Images[1].Missing = true
	v := Judge(item, Policy{}, time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC))
	if v.BestImage != -1 || slices.ContainsFunc(v.For, func(s Text) bool { return s.EN == "image ready" }) {
		t.Errorf("the best picture is %d where none is there; for it: %v; against it: %v", v.BestImage, v.For, v.Against)
	}
}
