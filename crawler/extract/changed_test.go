package extract

import (
	"strings"
	"testing"
	"time"
)

// TestChanged holds lines of the last change at the foot of a page, and days that are of something else.
func TestChanged(t *testing.T) {
	for _, c := range []struct{ foot, modified, author string }{
		{`<div id="footer"><ul><li id="footer-info-lastmod">La dernière modification de cette page a été faite le 4 mai 2026 à 10:22 par Lise Moreau.</li><li>Avertissements</li></ul></div>`, "2026-05-04", "Lise Moreau"},
		{`<footer><ul><li id="footer-info-lastmod"> This page was last edited on 4 May 2026, at 10:22.</li></ul></footer>`, "2026-05-04", ""},
		{`<div class="docInfo"><bdi>atelier:banc.txt</bdi> · Dernière modification : <bdi>2026/11/19 07:12</bdi> de <bdi>jdupont</bdi></div>`, "2026-11-19", ""},
		{`<table><tr><td>Débit</td><td>12 m³/h</td></tr></table><p align="right"><i>Mis à jour le 20/02/2023 - Lise Moreau</i></p>`, "2023-02-20", "Lise Moreau"},
		{`<ul><li>un</li><li>deux</li></ul><p>Dernière mise à jour : 7 mars 2024 - Service achats</p>`, "2024-03-07", ""},
		{`<h3>Annexe</h3><p>Le banc est en service.</p><p>Updated on 7 March 2024 by Tom Hill</p>`, "2024-03-07", "Tom Hill"},
		{`<p>Mis à jour le 20/02/2023 – Agence Rhône</p>`, "2023-02-20", ""},
		{`<p>Mis à jour le 20/02/2023 - Atelier de Lorette</p>`, "2023-02-20", ""},

		{`<p>Le banc a été mis à jour le 20/02/2023 par Lise Moreau.</p>`, "", ""},
		{`<ul><li>Notice A, mise à jour le 20/02/2023</li></ul><p>Mise à jour des bancs : 12</p>`, "", ""},
		{`<p>Mis à jour le 20/02/2023</p><p>Mis à jour le 21/03/2023</p>`, "", ""},
		{`<div class="comments"><p>Mis à jour le 20/02/2023</p></div>`, "", ""},
		{`<footer><p>© Ferrand, mis à jour le 20/02/2023</p></footer>`, "", ""},
		{`<p>Mis à jour le 20/02/2031</p>`, "", ""},
	} {
		const own = `<h1>Le banc d'essai</h1><p>Les pompes du banc numéro deux tournent de nouveau depuis lundi, après trois semaines de travaux.</p><p>L'équipe a remplacé les roulements, les joints et deux capteurs.</p><p>Le débit a été vérifié sur toute la plage, puis noté.</p><p>Un second banc suivra.</p><p>Il sera monté dans la halle nord.</p><p>On y mesurera le bruit.</p><p>Les relevés sont affichés.</p><p>Chacun peut les lire.</p><p>Merci à tous.</p>`
		item := readPage("https://www.ferrand.example/a/banc", `<html lang="fr"><head><title>Le banc</title></head><body><div id="c">`+own+c.foot+`</div></body></html>`)
		got := ""
		if !item.Modified.IsZero() {
			got = item.Modified.Time.Format(time.DateOnly)
		}
		if got != c.modified || item.Author != c.author {
			t.Errorf("%s: modified %q by %q, want %q by %q", c.foot, got, item.Author, c.modified, c.author)
		}
		if c.modified != "" && strings.Contains(item.Text, "Mis à jour le") {
			t.Errorf("%s: stands in the text", c.foot)
		}
	}
}

// TestEditSection holds the links to edit a section.
func TestEditSection(t *testing.T) {
	item := readPage("https://wiki.ferrand.example/wiki/Banc", `<html lang="fr"><body><div id="content"><h1>Banc</h1><h2><span class="mw-headline">Réglage</span><span class="mw-editsection">[<a href="#">modifier</a>]</span></h2><p>Le réglage du banc se fait à froid, pompe à l'arrêt, et se note dans le cahier. Le mot [modifier] du cahier reste.</p></div></body></html>`)
	if strings.Count(item.Text, "[modifier]") != 1 || len(item.Headings) != 2 || item.Headings[1].Text != "Réglage" {
		t.Errorf("headings %v, text %q", item.Headings, item.Text)
	}
}

// TestChangedSaysMore keeps the lines of a last change that say what changed.
func TestChangedSaysMore(t *testing.T) {
	for line, kept := range map[string]bool{"Mise à jour le 3 mars 2026 : le banc numéro deux est arrêté.": true, "Mis à jour le 3 mars 2026 à 10:22 par Jeanne Martin": false} {
		page := `<html lang="fr"><body><main><h1>Le banc d'essai</h1><p>Les pompes du banc numéro deux tournent de nouveau depuis lundi, après trois semaines de travaux.</p><p>` + line + `</p></main></body></html>`
		if got := strings.Contains(readPage("https://www.ferrand.example/a", page).Text, "3 mars 2026"); got != kept {
			t.Errorf("%q: kept %v, want %v", line, got, kept)
		}
	}
}
