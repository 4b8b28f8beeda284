package extract

import "testing"

func TestTitle(t *testing.T) {
	for _, c := range []struct{ name, address, head, h1, want string }{
		{"site declared", "https://www.ferrand.example/a", `<title>Nos métiers | Groupe Ferrand</title><meta property="og:site_name" content="Groupe Ferrand">`, "", "Nos métiers"},
		{"site in front", "https://www.ferrand.example/a", `<title>Ferrand – Nos métiers</title>`, "", "Nos métiers"},
		{"site told by its host", "https://www.aciers-du-forez.example/a", `<title>Livraison - Aciers du Forez</title>`, "", "Livraison"},
		{"site in accents", "https://www.helene-cie.example/a", `<title>Livraison » Hélène &amp; Cie</title><meta property="og:site_name" content="Hélène &amp; Cie">`, "", "Livraison"},
		{"told by the heading", "https://x.example/a", `<title>Livraison - Une enseigne inconnue</title>`, "Livraison", "Livraison"},
		{"a dash of the title stays", "https://www.ferrand.example/a", `<title>Acier - fonte : le guide - Ferrand</title>`, "", "Acier - fonte : le guide"},
		{"a name inside stays", "https://www.ferrand.example/a", `<title>Ferrand recrute à Roanne</title>`, "", "Ferrand recrute à Roanne"},
		{"home page", "https://www.ferrand.example/", `<title>Ferrand</title>`, "", "Ferrand"},
		{"the heading is the site's logo", "https://www.ferrand.example/a", `<title>Nos métiers - Ferrand</title>`, "Ferrand", "Nos métiers"},
		{"nothing but a heading", "https://www.ferrand.example/a", ``, "Nos métiers", "Nos métiers"},
		{"nothing", "https://www.ferrand.example/a", ``, "", ""},
		{"a date inside the heading", "https://www.ferrand.example/un-nouvel-atelier", `<title>Un nouvel atelier à Roanne - Ferrand</title>`, "12 mai Un nouvel atelier à Roanne", "Un nouvel atelier à Roanne"},
		{"the CMS says its own title", "https://www.ferrand.example/un-nouvel-atelier", `<title>Usine et emploi : notre atelier - Ferrand</title><script type="application/ld+json">{"@type":"Article","headline":"Un nouvel atelier &agrave; Roanne"}</script>`, "12 mai Un nouvel atelier à Roanne", "Un nouvel atelier à Roanne"},
		{"typography of the heading", "https://www.ferrand.example/a", `<title>L'atelier d'en haut - Ferrand</title>`, "L’atelier d’en haut", "L’atelier d’en haut"},
	} {
		h1 := ""
		if c.h1 != "" {
			h1 = "<h1>" + c.h1 + "</h1>"
		}
		got := readPage(c.address, "<html lang=fr><head>"+c.head+"</head><body>"+h1+"<p>Une phrase assez longue pour former le texte principal de la page.</p></body></html>").Title
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAuthor(t *testing.T) {
	const body = "<p>Une phrase assez longue pour former le texte principal de la page, avec une virgule.</p>"
	for _, c := range []struct{ name, page, want string }{
		{"byline", `<h1>Un titre de page</h1><p>Par Jeanne Martin, le 3 mai 2024</p>` + body, "Jeanne Martin"},
		{"English byline", `<h1>A page title</h1><p>By John Smith on May 3, 2024</p>` + body, "John Smith"},
		{"JSON-LD by reference", `<script type="application/ld+json">{"@graph":[{"@type":"Article","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Luc Perrin"}]}</script>` + body, "Luc Perrin"},
		{"two of them", `<script type="application/ld+json">{"@type":"Article","author":[{"@type":"Person","name":"Luc Perrin"},{"name":"Jeanne Martin"}]}</script>` + body, "Luc Perrin, Jeanne Martin"},
		{"meta", `<meta name="author" content="Équipe sécurité">` + body, "Équipe sécurité"},
		{"an account", `<meta name="author" content="admin">` + body, ""},
		{"a login", `<meta name="author" content="jmartin">` + body, ""},
		{"the site", `<meta property="og:site_name" content="Ferrand"><meta name="author" content="Ferrand">` + body, ""},
		{"an address", `<meta name="article:author" content="https://www.facebook.com/ferrand">` + body, ""},
		{"a sentence that begins so", `<h1>Un titre</h1><p>Par ailleurs, le site ferme à midi.</p>` + body, ""},
	} {
		if got := readPage("https://www.exemple.example/a", "<html lang=fr>"+c.page).Author; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestBrokenJSON(t *testing.T) {
	for _, s := range []string{
		`{"@type":"Article","headline":"Un titre",}`,
		"<!--\n{\"@type\":\"Article\",\"headline\":\"Un\n titre\"}\n-->",
		`/*<![CDATA[*/{"@type":"Article","headline":"Un titre"}/*]]>*/`,
		`{"@type":"Article","headline":"Un titre"};`,
		`{"@type":"Article","headline":"Un titre"}{"@type":"WebSite"}`,
		`[{"@type":"Article","headline":"Un titre","x":"l\'eau"}]`,
	} {
		list := collect(nil, parseJSON(s), 0)
		if len(list) == 0 || oneLine(text(list[0]["headline"]), 100) != "Un titre" {
			t.Errorf("%s: %v", s, list)
		}
	}
}
