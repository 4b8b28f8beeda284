package extract

import (
	"net/http"
	"strings"
	"testing"

	"filon/crawler/content"
)

// A picture that the site puts around a page is told from those of the page: what is said of it is said of no picture here.
func TestPicturesOfThePage(t *testing.T) {
	text := strings.Repeat("<p>Le miel se récolte en juin, quand les ruches sont pleines ; on ôte les cadres un à un, et l'on en laisse aux abeilles.</p>", 4)
	menu := `<nav><ul><li><a href="/miel">Miel</a></li><li><a href="/ruches">Ruches</a></li></ul></nav>`
	links := `<div class="liens"><a href="/a">Ruches</a> <a href="/b">Cadres</a></div>`
	far := links + `<div><div><div><div><div>` // no words of the main text near
	end := `</div></div></div></div></div>`
	for _, c := range []struct {
		name, before, after string
		want                string // role, and "apart" where it is
	}{
		{"opens the page", far + `<img src="/une.jpg" width="960" height="400" alt="Les élèves au rucher">` + end + links, "", "content"},
		{"below a menu", far + `<img src="/une.jpg" width="960" height="400" alt="Les élèves au rucher">` + end + links + menu + menu, "", "decoration"},
		{"opens the page, and leads away", far + `<a href="/autre-page"><img src="/une.jpg" width="960" height="400" alt="Les élèves au rucher"></a>` + end + links, "", "decoration apart"},
		{"a line of the head", far + `<img src="/une.jpg" width="120" height="80" alt="Les élèves au rucher">` + end + links, "", "decoration apart"},
		{"of no known size", "", far + `<img src="/une.jpg" alt="Les élèves au rucher">` + end, "decoration"},
		{"a large one", "", far + `<img src="/une.jpg" width="800" height="600" alt="Les élèves au rucher">` + end, "decoration"},
		{"small", "", far + `<img src="/une.jpg" width="150" height="150" alt="Les élèves au rucher">` + end, "decoration apart"},
		{"small, and opens a large one", "", far + `<a href="/grande.JPG?x=1"><img src="/une.jpg" width="150" height="150" alt="Les élèves au rucher"></a>` + end, "decoration"},
		{"small, with a caption", "", far + `<figure><img src="/une.jpg" width="150" height="150"><figcaption>La classe de CM1</figcaption></figure>` + end, "decoration"},
		{"with a caption, and leads to a page of its own", "", far + `<figure><a href="/photo/12"><img src="/une.jpg" width="300" height="200"></a><figcaption>La classe de CM1</figcaption></figure>` + end, "decoration"},
		{"of another page", "", far + `<a href="/autre-page"><img src="/une.jpg" alt="Les enfants du village"></a>` + end, "decoration apart"},
		{"of a card", "", far + `<div class="carte"><img src="/une.jpg" alt="Les enfants du village"><h3><a href="/autre-page">Les enfants du village au marché</a></h3></div>` + end, "decoration apart"},
		{"leads to the page itself", "", far + `<a href="#haut"><img src="/une.jpg" alt="Les enfants du village"></a>` + end, "decoration"},
		{"in the footer", "", `<footer><img src="/une.jpg" width="900" height="600" alt="Les enfants du village"></footer>`, "decoration apart"},
		{"in the margin", "", `<aside><img src="/une.jpg" width="900" height="600" alt="Les enfants du village"></aside>`, "decoration apart"},
	} {
		item := HTML(Input{Address: "https://miel.example/recolte", Header: http.Header{}, Access: content.Access{Visibility: content.Intranet},
			Body: []byte("<html><body>" + menu + c.before + "<main><article><h1>La récolte du miel</h1>" + text + "</article></main>" + c.after + "</body></html>")})
		got := ""
		for _, im := range item.Images {
			if got = im.Role; im.Apart {
				got += " apart"
			}
		}
		check(t, c.name, got, c.want)
	}
}
