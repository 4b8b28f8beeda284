package extract

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// TestLabelled holds what pages say of themselves in plain words, and words that look alike.
func TestLabelled(t *testing.T) {
	const own = `<p>Les pompes du banc numéro deux tournent de nouveau depuis lundi, après trois semaines de travaux.</p><p>L'équipe a remplacé les roulements, les joints et deux capteurs.</p>`
	const title = `<h1>Le banc tourne de nouveau</h1>`
	for _, c := range []struct{ html, department, crumbs, tags string }{
		{title + `<div class="meta"><span>Publié le 3 mars 2026</span> <span class="c">Service : Achats</span></div>` + own, "Achats", "", ""},
		{title + `<p>3 mars 2026 | Département : Bureau d'études</p>` + own, "Bureau d'études", "", ""},
		{title + `<p><span class="x-dept">Qualité</span><span class="date">3 mars 2026</span></p>` + own, "Qualité", "", ""},
		{title + own + `<p>Mots-clés : pompes, banc d'essai ; travaux</p>`, "", "", "pompes,banc d'essai,travaux"},
		{title + own + `<div class="tags">pompes, banc</div>`, "", "", "pompes,banc"},
		{title + own + `<div id="catlinks"><a href="/wiki/Special:Categories">Catégories</a> : <ul><li><a href="/wiki/C:A">Atelier nord</a></li><li><a href="/wiki/C:P">Pompes</a></li></ul></div>`, "", "", "Atelier nord,Pompes"},
		{`<nav aria-label="Fil d'Ariane">Accueil › Atelier nord › Le banc tourne de nouveau</nav>` + title + own, "Atelier nord", "Accueil>Atelier nord", ""},
		{`<div class="ariane">Accueil > Atelier nord > Bancs</div>` + title + own, "Atelier nord", "Accueil>Atelier nord>Bancs", ""},
		{`<p>Vous êtes ici : Atelier nord » Bancs</p>` + title + own, "Atelier nord", "Atelier nord>Bancs", ""},
		{`<p><font size="1">Accueil > Atelier nord</font></p>` + title + own, "Atelier nord", "Accueil>Atelier nord", ""},

		{title + `<p>Notre service : livrer le banc en trois semaines, pompes comprises, sans arrêter l'atelier.</p>` + own, "", "", ""},
		{title + `<p>Service : 24 h sur 24</p>` + own, "", "", ""},
		{title + own + own + own + own + `<p>Service : Achats</p>`, "", "", ""},
		{title + own + `<p>Tags RFID, puces et codes.</p>`, "", "", ""},
		{`<p>Pression > débit</p>` + title + own, "", "", ""},
		{title + own + `<p>Accueil > Réception > Quai : suivre les flèches.</p>`, "", "", ""},
	} {
		item := HTML(Input{Address: "https://www.ferrand.example/articles/banc", Day: today, Access: content.Access{Visibility: "intranet"}, Body: []byte(`<html lang="fr"><head><title>Le banc tourne de nouveau</title></head><body><div class="m">` + c.html + `</div></body></html>`)})
		if crumbs, tags := strings.Join(item.Breadcrumb, ">"), strings.Join(item.Tags, ","); item.Department != c.department || crumbs != c.crumbs || tags != c.tags {
			t.Errorf("%s:\ndepartment %q, breadcrumb %q, tags %q; want %q, %q, %q", c.html[:min(len(c.html), 160)], item.Department, crumbs, tags, c.department, c.crumbs, c.tags)
		}
		if c.crumbs != "" && strings.Contains(item.Text, "Atelier nord") {
			t.Errorf("the breadcrumb stands in the text: %s", item.Text)
		}
	}
}
