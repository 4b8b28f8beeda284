package classify

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// TestManyPlaces: a text that has thousands of the words of one list, and thousands of those that are looked for around them,
// is judged in time that grows with its length.
func TestManyPlaces(t *testing.T) {
	for _, c := range []struct{ lang, one, other string }{
		{"fr", "voici en entier. ", "livre lu. "},
		{"fr", "voici en entier. ", "le Guardian. "},
		{"fr", "recopié de. ", "l'article. "},
		{"en", "here it is in full. ", "the book. "},
		{"fr", "sur la photo. ", "des gamins là. "},
		{"en", "pictured here. ", "the toddlers. "},
		{"fr", "calme grippe. ", "tisane rouge. "},
		{"en", "soothes eczema. ", "herbal tea here. "},
		{"fr", "le renvoi de là. ", "Julie Roux dit. "},
		{"fr", "un roman là. ", "Julie, autiste, là. "},
		{"en", "her name here. ", "wishes here. "},
		{"en", "Julie gets ten times. ", "2,000 pounds. "},
	} {
		took := func(n int) time.Duration {
			item := content.Item{Title: "Note", Language: c.lang, Text: strings.Repeat(c.one, n) + strings.Repeat(c.other, n), Access: content.Access{Visibility: content.Intranet}}
			began := time.Now()
			Judge(item, Policy{}, judged)
			return time.Since(began)
		}
		small, large := min(took(4000), took(4000), took(4000)), min(took(32000), took(32000), took(32000))
		if large > 30*small {
			t.Errorf("%q and %q: 4,000 take %v, 32,000 take %v", c.one, c.other, small, large)
		}
	}
}

// TestOneLongLine: what looks for the line, the cell or the notice around a word does not go over a text of one line each time.
func TestOneLongLine(t *testing.T) {
	for _, c := range []struct{ lang, one, other string }{
		{"fr", "hautement confidentiels Paul Martin ", ""},
		{"en", "confidential Paul Martin ", ""},
		{"fr", "client confidentiel ", "ce message et ses pièces jointes "},
		{"fr", "mot de passe\tPaul Martin ", ""},
		{"fr", "code\tle badge ", ""},
		{"fr", "diffusion limitée ", "par Paul Martin "},
	} {
		took := func(n int) time.Duration {
			item := content.Item{Title: "Note", Language: c.lang, Text: strings.Repeat(c.one, n) + strings.Repeat(c.other, n), Access: content.Access{Visibility: content.Intranet}}
			began := time.Now()
			Judge(item, Policy{}, judged)
			return time.Since(began)
		}
		small, large := min(took(4000), took(4000)), min(took(32_000), took(32_000))
		if large > 25*small {
			t.Errorf("%q and %q: 4,000 take %v, 32,000 take %v", c.one, c.other, small, large)
		}
	}
}

// TestManyPictures: what looks for the licence, the credit or the signature of each picture does not go over all of a long text.
func TestManyPictures(t *testing.T) {
	for text, alt := range map[string]string{"commons cc ": "Une presse", "Getty Images AFP Unsplash ": "Karim Benali / x"} {
		took := func(n int) time.Duration {
			item := content.Item{Title: "Note", Language: "fr", Text: strings.Repeat(text, 50*n), Access: content.Access{Visibility: content.Intranet}}
			for i := range n {
				item.Images = append(item.Images, content.Image{Address: "https://intranet.example/" + strings.Repeat("a", i) + ".jpg", Role: "content", Alt: alt})
			}
			began := time.Now()
			Judge(item, Policy{}, judged)
			return time.Since(began)
		}
		small, large := min(took(40), took(40), took(40)), min(took(320), took(320), took(320))
		if large > 30*small {
			t.Errorf("%q: 40 pictures take %v, 320 take %v", text, small, large)
		}
	}
}
