package extract

import (
	"slices"
	"testing"

	"filon/crawler/content"
)

// TestQuotes holds the ways in which pages name who is quoted.
func TestQuotes(t *testing.T) {
	const said = "On a gagné deux heures de sommeil par nuit et la baguette est restée la même."
	const before = "<main><article><h1>La boulangerie</h1><p>La boulangerie a changé son four au printemps, et tout le quartier parle de son pain, de ses brioches et de ses horaires.</p>"
	const after = "<p>Le four a été posé en trois jours, puis les équipes ont appris à le régler, à le nettoyer et à le surveiller chaque matin.</p></article></main>"
	for _, c := range []struct{ name, html, text, speaker string }{
		{"footer", "<blockquote>« " + said + " »<footer>Yann Kerouac, patron de la boulangerie</footer></blockquote>", "« " + said + " »", "Yann Kerouac, patron de la boulangerie"},
		{"cite inside", "<blockquote><p>" + said + "</p><cite>Yann Kerouac, patron</cite></blockquote>", said, "Yann Kerouac, patron"},
		{"cite in a footer", "<blockquote><p>" + said + "</p><footer>— <cite>Yann Kerouac</cite>, patron</footer></blockquote>", said, "Yann Kerouac, patron"},
		{"caption", "<figure><blockquote><p>" + said + "</p></blockquote><figcaption>Yann Kerouac, patron</figcaption></figure>", said, "Yann Kerouac, patron"},
		{"a dash inside", "<blockquote><p>" + said + "</p><p>— Yann Kerouac, patron</p></blockquote>", said, "Yann Kerouac, patron"},
		{"a dash after a line break", "<blockquote>" + said + "<br>– Yann Kerouac</blockquote>", said, "Yann Kerouac"},
		{"a dash below", "<blockquote>" + said + "</blockquote><p>— Yann Kerouac, patron</p>", said, "Yann Kerouac, patron"},
		{"a cite below", "<blockquote>" + said + "</blockquote><p><cite>Yann Kerouac, patron</cite></p>", said, "Yann Kerouac, patron"},
		{"a class", `<blockquote><p>` + said + `</p><span class="author">Yann Kerouac</span></blockquote>`, said, "Yann Kerouac"},
		{"in English", "<blockquote><p>We never looked back after the first winter with this oven.</p><footer>Anna Smith, head of baking</footer></blockquote>", "We never looked back after the first winter with this oven.", "Anna Smith, head of baking"},
		{"nobody", "<blockquote>" + said + "</blockquote>", said, ""},
		{"a title that is cited stays", "<blockquote>" + said + " <cite>un titre</cite></blockquote>", said + " un titre", ""},
	} {
		got := readPage("https://a.example/x", "<html lang=fr><title>La boulangerie</title>"+before+c.html+after).Quotes
		if want := (content.Quote{Text: c.text, Speaker: c.speaker}); !slices.Equal(got, []content.Quote{want}) {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}

// TestSoftware holds what class names, generators and addresses tell of the software behind a page.
func TestSoftware(t *testing.T) {
	for _, c := range []struct{ address, html, name, kind string }{
		{"https://a.example/x", `<meta name="generator" content="WordPress 6.4"><body class="post-template-default single single-post postid-3">`, "WordPress", "post"},
		{"https://a.example/tag/x/", `<meta name="generator" content="WordPress 6.4"><body class="archive tag tag-x hfeed"><article class="post-7 post type-post hentry"><h2>x</h2></article>`, "WordPress", "archive"},
		{"https://a.example/x", `<body class="page-template-default page page-id-12">`, "WordPress", "page"},
		{"https://a.example/x", `<meta name="Generator" content="Drupal 10"><body class="path-node page-node-type-article">`, "Drupal", "article"},
		{"https://a.example/x", `<meta name="generator" content="TYPO3 CMS">`, "TYPO3", ""},
		{"https://a.example/index.php/Quai", `<meta name="generator" content="MediaWiki 1.39"><body class="mediawiki ns-0">`, "MediaWiki", "page"},
		{"https://a.example/sites/rh/SitePages/x.aspx", `<body>`, "SharePoint", ""},
		{"https://a.example/display/RH/x", `<meta name="ajs-space-key" content="RH"><body>`, "Confluence", "page"},
		{"https://a.example/x", `<body class="content">`, "", ""},
	} {
		item := readPage(c.address, "<title>x</title>"+c.html+"<main><p>"+somePage)
		if item.CMS != c.name || item.CMSType != c.kind {
			t.Errorf("%s: %q, %q; want %q, %q", c.html, item.CMS, item.CMSType, c.name, c.kind)
		}
	}
}

// TestLanguagesOfPassages holds that a page in two languages says so, with their shares.
func TestLanguagesOfPassages(t *testing.T) {
	const fr = "<p>Les équipes de l'atelier ont appris à travailler l'acier avec soin, et elles le font pour tous les clients de la maison depuis des années.</p>"
	const en = "<p>The teams of the workshop have learned to treat the steel with care, and they do this for all of the customers of the house.</p>"
	item := readPage("https://a.example/x", "<html lang=fr><title>x</title><main><h1>Un titre</h1>"+fr+fr+fr+en)
	if len(item.Languages) != 2 || item.Languages[0].Language != "fr" || item.Languages[1].Language != "en" || item.Languages[1].Share < .15 || item.Languages[1].Share > .35 {
		t.Errorf("languages: %v", item.Languages)
	}
	if item = readPage("https://a.example/x", "<html lang=fr><title>x</title><main><h1>Un titre</h1>"+fr+fr); item.Languages != nil {
		t.Errorf("languages of a page in one: %v", item.Languages)
	}
	if item = readPage("https://a.example/x", `<title>x</title><main><h1>Un titre</h1>`+fr+`<div class="gallery"><img src="/a.jpg" width=800 height=600><img src="/b.jpg" width=800 height=600><img src="/c.jpg" width=800 height=600></div>`); len(item.Galleries) != 1 || len(item.Galleries[0]) != 3 {
		t.Errorf("galleries: %v", item.Galleries)
	}
}
