package extract

import (
	"strings"
	"testing"
)

// TestTeasers holds boxes that show other pages of the site, and what stands a step from them: lists of links that
// a page was written for, cards without links, links to other sites.
func TestTeasers(t *testing.T) {
	const (
		own  = `<p>Les pompes du banc numéro deux tournent de nouveau depuis lundi, après trois semaines de travaux.</p><p>L'équipe a remplacé les roulements, les joints et deux capteurs, puis vérifié le débit sur toute la plage.</p>`
		card = `<div class="t"><a href="/a/four"><h3>Un four neuf à Lorette</h3></a><p>Le four consomme un tiers de gaz en moins que l'ancien.</p></div>`
		next = `<div class="t"><a href="/a/velo"><h3>Des vélos à prêter</h3></a><p>Douze vélos attendent les salariés près du portail nord.</p></div>`
	)
	for _, c := range []struct {
		name, body string
		gone, kept []string
	}{
		{"a heading and cards below the article", own + `<div class="x"><h2>À lire aussi</h2>` + card + next + `</div>`, []string{"lire aussi", "four neuf", "tiers de gaz", "vélos"}, []string{"roulements"}},
		{"in a side column, the label no heading", own + `<div class="col"><p><strong>Vous aimerez aussi :</strong></p><ul><li>` + card + `</li><li>` + next + `</li></ul></div>`, []string{"aimerez", "tiers de gaz", "portail nord"}, nil},
		{"flat, with text of the page behind them", own + `<h2>Related articles</h2>` + card + next + `<p>Le banc servira aussi aux essais de la gamme suivante, au printemps.</p>`, []string{"Related", "tiers de gaz"}, []string{"au printemps"}},
		{"a label of its own for screen readers", own + `<section aria-label="Sur le même sujet">` + card + next + `</section>`, []string{"tiers de gaz"}, []string{"roulements"}},
		{"whole cards are links", own + `<div><h2>See also</h2><div><a href="/a/four"><h3>Un four neuf</h3><p>Le four consomme un tiers de gaz en moins.</p></a><a href="/a/velo"><h3>Des vélos</h3><p>Douze vélos attendent.</p></a></div></div>`, []string{"tiers de gaz", "Douze vélos"}, nil},
		{"news in an aside", own + `<aside><h2>Dernières actualités</h2>` + card + next + `</aside>`, []string{"tiers de gaz"}, nil},
		{"a heading with a link to all", own + `<div><div><h2>Articles liés</h2><a href="/a/">Tout voir</a></div><div>` + card + next + `</div></div>`, []string{"tiers de gaz"}, nil},

		{"cards that lead nowhere", own + `<h2>À lire aussi</h2><div class="t"><h3>La règle d'or</h3><p>On coupe le courant avant d'ouvrir le carter du banc.</p></div>`, nil, []string{"carter"}},
		{"another label", own + `<h2>Nos trois chantiers</h2>` + card + next, nil, []string{"tiers de gaz"}},
		{"a sentence with a link", own + `<h2>Voir aussi</h2><p>Le réglage du débit est décrit avec des exemples et des mesures dans <a href="/a/four">la notice</a>.</p>`, nil, []string{"réglage du débit"}},
		{"other sites", own + `<h2>Voir aussi</h2><ul><li><a href="https://www.autre.example/x">La norme des bancs d'essai</a>, qui fixe le débit et la pression pour chaque taille de pompe.</li></ul>`, nil, []string{"fixe le débit"}},
		{"news in the article", own + `<h2>Actualités</h2>` + card + next, nil, []string{"tiers de gaz"}},
		{"nothing else on the page", `<p>Bonjour.</p><h2>À lire aussi</h2>` + card + next, nil, []string{"tiers de gaz"}},
	} {
		item := readPage("https://www.ferrand.example/a/banc", `<html lang="fr"><head><title>Le banc tourne</title></head><body><div class="main"><h1>Le banc d'essai tourne de nouveau</h1>`+c.body+`</div></body></html>`)
		for _, s := range c.gone {
			if strings.Contains(item.Text, s) || !strings.Contains(item.Rest, s) {
				t.Errorf("%s: %q stands in the text, or is lost:\n%s", c.name, s, item.Text)
			}
		}
		for _, s := range c.kept {
			if !strings.Contains(item.Text, s) {
				t.Errorf("%s: the text lacks %q:\n%s", c.name, s, item.Text)
			}
		}
	}
}
