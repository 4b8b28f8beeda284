package extract

import (
	"strings"
	"testing"
)

// TestControls holds what is pressed or counted around an article, and words of an article that are alike.
func TestControls(t *testing.T) {
	const own = `<h1>Le banc d'essai tourne de nouveau</h1>%<p>Les pompes du banc numéro deux tournent de nouveau depuis lundi, après trois semaines de travaux.</p><p>L'équipe a remplacé les roulements, les joints et deux capteurs.</p>`
	for _, c := range []struct {
		html, word string
		kept       bool
	}{
		{`<div class="x"><button>💬 Commenter</button><button>👏 12</button></div>`, "Commenter", false},
		{`<div class="x"><button>👏 12</button></div>`, "12", false},
		{`<p>3 min de lecture</p>`, "lecture", false},
		{`<p>Temps de lecture : 4 minutes</p>`, "lecture", false},
		{`<div><span>3 J'aime</span> · <span>41 vues</span> <button>Enregistrer</button></div>`, "vues", false},
		{`<p><a href="#">Partager cet article</a></p>`, "Partager", false},
		{`<div class="meta"><span>Atelier</span><span>21 juillet 2026</span><span>2 min de lecture</span></div>`, "Atelier", false},

		{`<ul><li>Oser</li><li>Partager</li><li>Commenter</li></ul>`, "Commenter", true},
		{`<p>Comptez trois minutes de lecture pour la fiche du banc numéro deux.</p>`, "minutes de lecture", true},
		{`<p>La vidéo du banc a déjà fait 41 vues et reçu 3 messages.</p>`, "41 vues", true},
		{`<h2>Partager cet article</h2><p>Le banc peut être prêté aux autres ateliers, avec un préavis de trois jours.</p>`, "préavis", true},
	} {
		item := readPage("https://www.ferrand.example/a/banc", `<html lang="fr"><head><title>Le banc tourne</title></head><body><article>`+strings.Replace(own, "%", c.html, 1)+`</article></body></html>`)
		if strings.Contains(item.Text, c.word) != c.kept {
			t.Errorf("%s: kept %v, want %v:\n%s", c.html, !c.kept, c.kept, item.Text)
		}
	}
}
