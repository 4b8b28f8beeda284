package extract

import (
	"strings"
	"testing"
)

// TestShortPages reads pages of a few words, where what software puts around them is most of what there is.
func TestShortPages(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"a wiki's list", `<body class="wiki"><div class="site"><header><div id="dokuwiki__usertools"><h3 class="a11y">Outils pour utilisateurs</h3><ul><li class="user">Connecté en tant que : Jeanne Ostrowski</li></ul></div>
			<div id="dokuwiki__sitetools"><h3 class="a11y">Outils du site</h3><div class="breadcrumbs">rse:start</div></div></header>
			<div class="page group"><h1>RSE</h1><ul><li><a href="?id=rse:bilan">Bilan carbone</a></li><li><a href="?id=rse:velo">Plan vélo</a></li></ul></div>
			<div class="docInfo">rse/start.txt · Dernière modification : 2026/11/29 07:12 de admin</div></div></body>`,
			"RSE\nBilan carbone\nPlan vélo"},
		{"a wiki's article", `<body><div id="content"><h1>Fonte GS</h1><div id="siteSub">De Wiki technique</div><p>La fonte à graphite sphéroïdal contient du magnésium.</p>
			<div class="printfooter">Récupérée de « https://wiki.example/Fonte_GS »</div></div></body>`,
			"La fonte à graphite sphéroïdal contient du magnésium."},
		{"a note and the form for an answer", `<body><article><h1>Premiers essais</h1><p>Le procédé divise par trois le délai.</p></article><div id="respond" class="comment-respond"><h3 class="comment-reply-title">Laisser un commentaire</h3><p>Annuler la réponse.</p></div></body>`,
			"Le procédé divise par trois le délai."},
		{"a title for screen readers alone", `<body><h1 class="sr-only">Nos machines</h1><p>Trois presses et deux tours tournent jour et nuit.</p></body>`,
			"Nos machines\n\nTrois presses et deux tours tournent jour et nuit."},
	} {
		if got := readPage("https://wiki.example/page", c.page).Text; got != c.want {
			t.Errorf("%s: read %q, want %q", c.name, got, c.want)
		}
	}
}

// TestTrail reads no breadcrumb in the pages that a visitor of a wiki saw last.
func TestTrail(t *testing.T) {
	for of, want := range map[string]string{"trace": "", "youarehere": "Accueil>Sécurité"} {
		page := `<body><div class="breadcrumbs"><div class="` + of + `"><span class="bchead">Piste :</span> <a href="/a">Accueil</a> <a href="/b">Sécurité</a></div></div><main><p>Portez vos gants.</p></main></body>`
		if got := strings.Join(readPage("https://wiki.example/doku.php?id=securite:gants", page).Breadcrumb, ">"); got != want {
			t.Errorf("%s: breadcrumb %q, want %q", of, got, want)
		}
	}
}
