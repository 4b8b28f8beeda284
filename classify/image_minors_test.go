package classify

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// minorsIn judges a page with two pictures, the first of them as given, and tells whether minors are said to be in them.
func minorsIn(vis content.Visibility, lang, title, text string, first content.Image, more ...content.Heading) bool {
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	if first.Address == "" {
		first.Address = "https://exemple.example/a.jpg"
	}
	if first.Role == "" {
		first.Role = "content"
	}
	item := content.Item{Address: "https://exemple.example/page", Title: title, Text: text, Language: lang, Access: content.Access{Visibility: vis}, Headings: more,
		Images: []content.Image{first, {Address: "https://exemple.example/b.jpg", Role: "content", Width: 900, Height: 600}}}
	for _, r := range Judge(item, Policy{}, day).Reasons {
		if r.Rule == "image/minors" && (r.Severity == Review || r.Severity == Block) {
			return true
		}
	}
	return false
}

const workshop = "L'atelier de Lyon a reçu des visiteurs et montré ses machines, ses outils et ses méthodes de travail. Tout le monde a apprécié cette journée et le repas qui a suivi. "

// A picture of children is asked about wherever its words say so, and what only looks like such words is not.
func TestMinorsInPictures(t *testing.T) {
	for _, c := range []struct {
		name string
		im   content.Image
		want bool
	}{
		{"alt", content.Image{Alt: "Les enfants du personnel autour du sapin"}, true},
		{"alt of one word", content.Image{Alt: "Enfants"}, true},
		{"caption of a decoration", content.Image{Role: "decoration", Caption: "La classe de CM1 devant les presses"}, true},
		{"alt of a decoration", content.Image{Role: "decoration", Alt: "Les élèves à l'atelier"}, true},
		{"a teaser", content.Image{Role: "decoration", Apart: true, Alt: "Ce que conduit 007 quand il a des enfants"}, false},
		{"a logo in the footer", content.Image{Role: "decoration", Apart: true, Address: "https://exemple.example/logo-enfance-et-familles.jpg"}, false},
		{"a file", content.Image{Address: "https://exemple.example/IMG_2041-enfants-sapin.jpg"}, true},
		{"a file in parameters", content.Image{Address: "https://exemple.example/_next/image?url=%2Fphotos%2Fenfants-sapin.jpg&w=828"}, true},
		{"parameters", content.Image{Address: "https://exemple.example/a.jpg?tag_for_child_directed_treatment=1"}, false},
		{"a folder in parameters", content.Image{Address: "https://exemple.example/_next/image?url=%2Fenfants%2Fpresse.jpg&w=828"}, false},
		{"a ratio", content.Image{Address: "https://exemple.example/1-5-enfants.png"}, false},
		{"a day", content.Image{Address: "https://exemple.example/2025-12-5-enfants.jpg"}, true},
		{"a chart", content.Image{Address: "https://exemple.example/t2-taux-de-pauvrete-famille.png"}, false},
		{"a chart of children", content.Image{Address: "https://exemple.example/graphique-enfants.png"}, false},
		{"a drawing", content.Image{Address: "https://exemple.example/enfants.svg"}, false},
		{"a diagram", content.Image{Alt: "Diagram showing one parent and two children labeled MyButton"}, false},
		{"a diagram with a caption", content.Image{Alt: "Diagram showing one parent and two children", Caption: "The state is passed to both children"}, false},
		{"children at a diagram", content.Image{Alt: "Two children draw a diagram"}, true},
		{"a child in front of a logo", content.Image{Alt: "Un enfant devant le logo de l'usine"}, true},
		{"a logo", content.Image{Alt: "Logo de l'association Les Enfants du Lac"}, false},
		{"a workshop of graphic art", content.Image{Alt: "Atelier graphique avec les enfants"}, true},
		{"families in a file", content.Image{Address: "https://exemple.example/ministere-familles.jpg"}, false},
		{"a family by its name", content.Image{Address: "https://exemple.example/2026_famille_haddad_1.jpg"}, true},
		{"a family by a letter and its name", content.Image{Address: "https://exemple.example/famille-j-haddad.jpg"}, true},
		{"a family by a given name", content.Image{Address: "https://exemple.example/famille-de-salma.jpg"}, true},
		{"a family of pumps", content.Image{Address: "https://exemple.example/famille-de-pompes.jpg"}, false},
		{"a family of goods", content.Image{Address: "https://exemple.example/famille-produits.jpg"}, false},
		{"a kind of families", content.Image{Address: "https://exemple.example/famille-monoparentale-2024.jpg"}, false},
		{"an office of families", content.Image{Address: "https://exemple.example/famille-caf.png"}, false},
		{"a family in a picture's number", content.Image{Address: "https://exemple.example/famille-2.jpg"}, false},
		{"a chart of a family", content.Image{Address: "https://exemple.example/graphique-famille-haddad.png"}, false},
		{"a family that is shown", content.Image{Alt: "Une famille devant les presses"}, true},
		{"families in a caption", content.Image{Caption: "Visite des familles"}, true},
		{"families of a ministry", content.Image{Alt: "Ministère des familles"}, false},
	} {
		for _, vis := range []content.Visibility{content.Public, content.Intranet} {
			if got := minorsIn(vis, "fr", "La journée de l'atelier", workshop, c.im); got != c.want {
				t.Errorf("%s, %s: %v, want %v", c.name, vis, got, c.want)
			}
		}
	}
	for alt, want := range map[string]bool{
		"Rucksack Tarn 40 - Kids' 0": false, "Kids' clothing": false, "Children's hospital of the county": false, "react children prop": false,
		"Kids at the factory gate": true, "The kids' party in the canteen": true, "The team and older kids eating": true, "A child and a dog on the lawn": true, "Children's choir on the stage": true, "Photo of the kids": true,
	} {
		if got := minorsIn(content.Intranet, "en", "A day at the workshop", "The workshop of Lyon has received visitors and shown its machines and its tools. All of them liked the day and the meal.", content.Image{Alt: alt}); got != want {
			t.Errorf("%s: %v, want %v", alt, got, want)
		}
	}
}

// On the page of a feast of families, a file that is called after one shows it.
func TestFamiliesAtAFeast(t *testing.T) {
	for title, want := range map[string]bool{"Le goûter des familles": true, "Fête des familles au dépôt": true, "Le code des familles": false} {
		if got := minorsIn(content.Intranet, "fr", title, workshop, content.Image{Address: "https://exemple.example/familles-2026.jpg"}); got != want {
			t.Errorf("%s: %v, want %v", title, got, want)
		}
	}
}

// A text tells of children in its pictures where it is there to show them, or comes back to children again and again; a credit of
// photos makes no gallery.
func TestMinorsOfGalleries(t *testing.T) {
	about := strings.Repeat(workshop+"Les enfants ont posé des questions. ", 5)
	for _, c := range []struct {
		name, title, text string
		headings          []content.Heading
		want              bool
	}{
		{"a credit", "La journée de l'atelier", workshop + "\n\nLa réduction d'impôt dépend du nombre d'enfants à charge.\n\nCrédits photos : l'atelier", nil, false},
		{"photos in passing", "La journée de l'atelier", workshop + "Envoyez les photos de votre salon. 81 % des salariés parlent à leurs enfants.", nil, false},
		{"a title", "Les photos de la journée", workshop + "Les enfants ont posé des questions.", nil, true},
		{"a heading", "La journée de l'atelier", workshop + "Les enfants ont posé des questions.", []content.Heading{{Level: 2, Text: "Album de la journée"}}, true},
		{"a text about children", "La journée de l'atelier", about + "Crédits photos : l'atelier", nil, true},
		{"no word of photos", "La journée de l'atelier", about, nil, false},
		{"high costs", "Des coûts élevés : comment les réduire", workshop, nil, false},
		{"pupils", "Des élèves à l'atelier", workshop, nil, true},
		{"pupils without accents", "DES ELEVES A L'ATELIER", workshop, nil, true},
		{"a pupil in capitals", "UN ÉLÈVE À L'ATELIER", workshop, nil, true},
	} {
		if got := minorsIn(content.Public, "fr", c.title, c.text, content.Image{Width: 900, Height: 600}, c.headings...); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if !minorsIn(content.Intranet, "fr", "Afterwork de décembre", "Retrouvez les photos de la soirée, bonne humeur et karaoké entre collègues. Les enfants ont ouvert leurs cadeaux.", content.Image{Width: 900, Height: 600}) {
		t.Error("photos of an evening at work are no gallery")
	}
}

// A teaser that names a child with its age is asked about before the page is public; a public one has said it. Pictures of the margin of an
// intranet are its own, and so is the heading over them.
func TestMinorsApart(t *testing.T) {
	for alt, want := range map[string]bool{"Inès, 9 ans, au marché": true, "Tiago Ferreira, 11 ans": true, "Rémi, 34 ans, au marché": false, "Les enfants du marché": false} {
		im := content.Image{Role: "decoration", Apart: true, Alt: alt}
		if got := minorsIn(content.Intranet, "fr", "La journée de l'atelier", workshop, im); got != want {
			t.Errorf("%s: %v, want %v", alt, got, want)
		}
		if minorsIn(content.Public, "fr", "La journée de l'atelier", workshop, im) {
			t.Errorf("%s: asked about on a public page", alt)
		}
	}
	for _, apart := range []bool{true, false} {
		item := content.Item{Address: "https://exemple.example/page", Title: "La kermesse du site", Text: workshop, Language: "fr", Access: content.Access{Visibility: content.Intranet}, Headings: []content.Heading{{Level: 2, Text: "Album de la fête", Apart: true}}}
		for _, name := range []string{"a", "b"} {
			item.Images = append(item.Images, content.Image{Address: "https://exemple.example/" + name + ".jpg", Role: "decoration", Apart: apart, Alt: "Des bébés au stand de pêche"})
		}
		if got := Judge(item, Policy{}, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)).Outcome == Never; got == apart {
			t.Errorf("a kermesse with two pictures, apart %v: blocked %v", apart, got)
		}
	}
}

// An age of eighteen or more is no child's.
func TestAgeBeforeName(t *testing.T) {
	for text, want := range map[string]bool{
		"We welcomed 43-year-old Martin Taylor to the workshop. He fits pumps.": false, "We welcomed 8-year-old Thomas to the workshop.": true, "We welcomed twelve-year-old Thomas to the workshop.": true,
	} {
		if got := minorsIn(content.Public, "en", "A day at the workshop", text, content.Image{Width: 900, Height: 600}); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
