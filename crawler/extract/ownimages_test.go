package extract

import (
	"net/http"
	"strings"
	"testing"

	"filon/crawler/content"
)

// roleOf gives the role of the picture of a page, and "apart" where it is.
func roleOf(before, after string, vis content.Visibility) (role string) {
	text := strings.Repeat("<p>Le miel se récolte en juin, quand les ruches sont pleines ; on ôte les cadres un à un, et l'on en laisse aux abeilles.</p>", 4)
	item := HTML(Input{Address: "https://miel.example/recolte", Header: http.Header{}, Access: content.Access{Visibility: vis},
		Body: []byte("<html><body>" + before + "<main><article><h1>La récolte du miel</h1>" + text + "</article></main>" + after + "</body></html>")})
	for _, im := range item.Images {
		if role = im.Role; im.Apart {
			role += " apart"
		}
	}
	return role
}

// A picture that the site puts around a page is told from those of the page: what is said of it is said of no picture here.
func TestPicturesOfThePage(t *testing.T) {
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
		{"in the margin", "", `<aside><img src="/une.jpg" width="900" height="600" alt="Les enfants du village"></aside>`, "decoration"},
		{"in the margin, of no known size", "", `<aside><img src="/une.jpg" alt="Salma au tour"></aside>`, "decoration"},
		{"in a margin by its class", "", far + `<div class="sidebar"><img src="/une.jpg" width="280" height="200" alt="Salma au tour"></div>` + end, "decoration"},
		{"in the margin, with a caption", "", `<aside><figure><img src="/une.jpg" width="180" height="120"><figcaption>Salma Haddad au tour</figcaption></figure></aside>`, "decoration"},
		{"in the margin, small, and opens a large one", "", `<aside><a href="/grande.jpg"><img src="/une.jpg" width="120" height="90" alt="Salma au tour"></a></aside>`, "decoration"},
		{"in the margin, leads away", "", `<aside><a href="/autre-page"><img src="/une.jpg" width="900" height="600" alt="Les enfants du village"></a></aside>`, "decoration apart"},
		{"in the margin, with a caption, leads away", "", `<aside><figure><a href="/autre-page"><img src="/une.jpg" width="900" height="600"></a><figcaption>Les enfants du village</figcaption></figure></aside>`, "decoration apart"},
		{"an avatar in the margin", "", `<aside><img src="/avatar-12.png" alt="Salma Haddad"></aside>`, "decoration apart"},
		{"a small portrait in the margin", "", `<aside><img src="/salma.png" width="96" height="96" alt="Salma Haddad"></aside>`, "decoration apart"},
		{"a logo in the margin", "", `<aside><img src="/logo-enfance.png" alt="Enfance et partage"></aside>`, "decoration apart"},
		{"a pixel in the margin", "", `<aside><img src="/t.gif" width="1" height="1" alt=""></aside>`, "decoration apart"},
	} {
		check(t, c.name, roleOf(menu+c.before, c.after, content.Intranet), c.want)
	}
	check(t, "in the margin of a public page", roleOf("", `<aside><img src="/une.jpg" width="900" height="600" alt="Les enfants du village"></aside>`, content.Public), "decoration apart")
}
