package extract

import (
	"strings"
	"testing"
)

// TestLayoutTables holds pages that a table lays out, and tables of data that a menu could be taken for.
func TestLayoutTables(t *testing.T) {
	const (
		own   = `<p>Les pompes du banc numéro deux tournent de nouveau depuis lundi, après trois semaines de travaux.</p><p>L'équipe a remplacé les roulements, les joints et deux capteurs.</p>`
		title = `<p><font size="4"><b>Le banc tourne</b></font></p>`
		menu  = `<a href="/">Sommaire</a><br><a href="/plan.htm">Plan</a><br><a href="/tel.htm">Annuaire</a><br><a href="/or.htm">Livre des visiteurs</a><br><br><b>Voir</b><br><a href="/p1.htm">Le four de Lorette</a><br>`
	)
	for _, c := range []struct {
		name, body string
		gone, kept []string
	}{
		{"a menu at the left, bands above and below", `<table><tr><td colspan="3"><b>FERRAND INTRANET</b></td></tr><tr><td width="150">` + menu + `</td><td>&nbsp;</td><td>` + title + own + `</td></tr><tr><td colspan="3">Vous êtes le visiteur n° 2042</td></tr></table>`,
			[]string{"Sommaire", "Livre des visiteurs", "four de Lorette", "FERRAND INTRANET", "2042"}, []string{"Le banc tourne", "roulements"}},
		{"a menu at the right", `<table><tr><td>` + title + own + `</td><td>` + menu + `</td></tr></table>`, []string{"Annuaire"}, []string{"Le banc tourne", "roulements"}},

		{"a table of data", `<h1>Le banc tourne</h1>` + own + `<table><tr><td>Notices</td><td><a href="/1">Banc</a> <a href="/2">Four</a> <a href="/3">Presse</a> <a href="/4">Quai</a></td></tr><tr><td>Responsable</td><td>Atelier nord</td></tr></table><p>Chacun peut demander un exemplaire à l'équipe, qui le garde à jour.</p>`, nil, []string{"Presse", "Atelier nord"}},
		{"two links beside the text", `<table><tr><td><p>Notice et plan : <a href="/1">notice</a>, <a href="/2">plan</a></p></td><td>` + title + own + `</td></tr></table>`, nil, []string{"roulements"}},
	} {
		item := readPage("https://www.ferrand.example/p2.htm", `<html><head><title>Le banc tourne</title></head><body>`+c.body+`</body></html>`)
		for _, s := range c.gone {
			if strings.Contains(item.Text, s) {
				t.Errorf("%s: %q stands in the text:\n%s", c.name, s, item.Text)
			}
		}
		for _, s := range c.kept {
			if !strings.Contains(item.Text, s) {
				t.Errorf("%s: the text lacks %q:\n%s", c.name, s, item.Text)
			}
		}
	}
}
