package classify

import (
	"testing"
	"time"

	"filon/crawler/content"
)

// The words of a picture name a person who is in it, or who took it, or a thing that is called so.
func TestPeopleInPictures(t *testing.T) {
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	asked := func(lang, kind string, im content.Image, text string) bool {
		im.Address = "https://intranet.example/a.jpg"
		if im.Role == "" {
			im.Role = "content"
		}
		item := content.Item{Address: "https://intranet.example/page", Title: "The crossing", Text: text, Language: lang, Access: content.Access{Visibility: content.Intranet}, Images: []content.Image{im}, Schema: []string{kind}}
		for _, r := range Judge(item, Policy{}, day).Reasons {
			if r.Rule == "image/person" {
				return true
			}
		}
		return false
	}
	text := "The crossing has been painted again, with a new lamp post and a bench beside it."
	for alt, want := range map[string]bool{
		"Karim Benali at the crossing": true, "Photo of Karim Benali": true, "Photo : Karim Benali": true, "Review by Karim Benali, in the hall": true, "Karim Benali / Solution Architect": true, "Karim Benali/RH": true,
		"The crossing. Photo by Karim Benali": false, "The crossing (Photo by Karim Benali/Getty Images)": false, "The crossing. Courtesy of Karim Benali": false, "The crossing. Credit: Karim Benali": false, "© Karim Benali": false,
		"Karim Benali/AP": false, "Karim Benali | Getty Images": false, "The crossing (AP Photo/Karim Benali)": false,
		"Paul Martin at the crossing. Photo by Karim Benali": true, "Photo by Karim Benali: Paul Martin at the crossing": true, "Photo: Karim Benali shaking hands": true,
		"MARTIN Bookcase, blue": true, "MARTIN DUBOIS": true, "Martin DUBOIS": true, "MARTIN helps astronomers": true, "MARTIN": true, "SALMA and HUGO paint": true, "PAUL Garnier, painter": true,
		"Boutique Paul Garnier": true, "The groupe Paul Garnier, at lunch": true, "Paul Garnier group photo": true, "Paul Garnier sa scie": true, "Paul Garnier Group": false, "Paul Garnier SA": false, "Société Paul Garnier": false, "Martin helps us with the boiler": true,
		"The Martin Dubois Co. said so": false, "Fondation Martin Dubois": false, "Martin Dubois and co-workers": true,
		"A needle at Martin's Center": false, "Martin's desk": true, "Martin of Golden, a novel": false, "Martin logo": false, "Martin": true, "Our chef Martin": true, "Noël à l'atelier": false,
	} {
		if got := asked("en", "", content.Image{Alt: alt}, text); got != want {
			t.Errorf("%s: %v, want %v", alt, got, want)
		}
	}
	if asked("en", "", content.Image{Alt: "Karim Benali", Role: "decoration", Apart: true}, text) || !asked("en", "", content.Image{Alt: "Karim Benali", Role: "decoration"}, text) {
		t.Error("a picture of another page is told from one of this page")
	}
	if !asked("en", "", content.Image{Alt: "MARTIN Dubois"}, text+" Martin Dubois has chosen the colour.") {
		t.Error("a name in capitals that the text has as well is not asked about")
	}
	sold := "Weight 2 kg. Price €120.00, in stock. Add to cart. Free shipping and returns. Product features: padded straps, two pockets, a rain cover."
	for alt, want := range map[string]bool{"Gregory Paragon 68 Pack": false, "Gregory Paragon 2": true, "Martin": false, "Gregory Paragon Davis": true, "MARTIN Bookcase, blue": false, "MARTIN bookcase, blue": false, "Maison Paul Garnier": false, "Paul Garnier at the bench": true, "Gregory Paragon smiling with the Pack 68": true} {
		if got := asked("en", "Product", content.Image{Alt: alt}, sold); got != want {
			t.Errorf("%s: %v, want %v", alt, got, want)
		}
	}
}

// The portraits of a team are the page's, though each leads to a page of its own; one that leads to its author's is not.
func TestPortraitsOfATeam(t *testing.T) {
	for n, want := range map[int]bool{1: false, 4: false, 5: true} {
		item := content.Item{Address: "https://intranet.example/page", Title: "The crossing", Text: "The crossing has been painted again.", Language: "en", Access: content.Access{Visibility: content.Intranet}}
		for i, name := range []string{"Karim Benali", "Sophie Martin", "Paul Dubois", "Claire Vasseur", "Thomas Leroy"} {
			if i < n {
				item.Images = append(item.Images, content.Image{Address: "https://intranet.example/" + name + ".jpg", Role: "decoration", Apart: true, Alt: name})
			}
		}
		got := false
		for _, r := range Judge(item, Policy{}, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)).Reasons {
			got = got || r.Rule == "image/person"
		}
		if got != want {
			t.Errorf("%d portraits: %v, want %v", n, got, want)
		}
	}
}
