package extract

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"filon/crawler/content"
)

// outline writes headings on one line, with those in brackets that are apart.
func outline(list []content.Heading) string {
	var all []string
	for _, h := range list {
		s := fmt.Sprint(h.Level, " ", h.Text)
		if h.Apart {
			s = "(" + s + ")"
		}
		all = append(all, s)
	}
	return strings.Join(all, ", ")
}

// Headings of teasers, of pop-ups and of the footer are told from those of the page.
func TestHeadingsApart(t *testing.T) {
	text := strings.Repeat("<p>Le miel se récolte en juin, quand les ruches sont pleines ; on ôte les cadres un à un, et l'on en laisse aux abeilles.</p>", 3)
	body := `<html><body><nav><h2>Rubriques</h2><ul><li><a href="/miel">Miel</a></li><li><a href="/cire">Cire</a></li></ul></nav>
<main><article><h1>La récolte du miel</h1>` + text + `<h2>Les cadres</h2><h3>Les ôter</h3>` + text + `</article></main>
<div class="related"><h2>À lire aussi</h2><div><h3><a href="/enfants">Les enfants du village au marché</a></h3></div><div><h3><a href="/loup">Le loup est revenu</a></h3></div></div>
<footer><h2>Ensemble, faisons grandir les ruches</h2><a href="/contact">Contact</a></footer></body></html>`
	item := HTML(Input{Address: "https://miel.example/recolte", Header: http.Header{}, Body: []byte(body), Access: content.Access{Visibility: content.Intranet}})
	check(t, "headings", outline(item.Headings), "(2 Rubriques), 1 La récolte du miel, 2 Les cadres, 3 Les ôter, (2 À lire aussi), (3 Les enfants du village au marché), (3 Le loup est revenu), (2 Ensemble, faisons grandir les ruches)")
}
