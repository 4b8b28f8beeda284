package extract

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// today is the day of reading in these tests.
var today = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func readPage(address, body string) content.Item {
	return HTML(Input{Address: address, Status: 200, Body: []byte(body), Day: today, Access: content.Access{Visibility: content.Public}})
}

// intranet is a page as a French intranet shows it: banner, menus, breadcrumb, byline, comments.
const intranet = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Cinq réflexes pour un atelier plus sûr | Intranet Ferrand</title>
<meta property="og:site_name" content="Intranet Ferrand"><meta name="description" content="Les cinq réflexes de l'équipe sécurité.">
<meta name="generator" content="WordPress 6.4"><meta name="author" content="admin">
<link rel="canonical" href="https://intranet.ferrand.example/securite/cinq-reflexes/"><link rel="alternate" type="application/rss+xml" href="/feed/">
<link rel="alternate" hreflang="en" href="/en/five-reflexes/"></head>
<body class="single single-post postid-42">
<div class="bandeau confidential">Document interne – ne pas diffuser</div>
<header><a href="/"><img src="/logo.png" width="120" height="40" alt="Ferrand"></a>
<nav class="menu"><ul><li><a href="/">Accueil</a></li><li><a href="/rh/">Ressources humaines</a></li><li><a href="/securite/">Sécurité</a></li><li><a href="/annuaire/">Annuaire</a></li></ul></nav></header>
<div id="cookie-banner" class="cookie-consent"><p>Nous utilisons des cookies pour améliorer votre expérience.</p><button>Tout accepter</button></div>
<nav class="breadcrumb"><a href="/">Accueil</a> › <a href="/securite/">Sécurité au travail</a> › Cinq réflexes pour un atelier plus sûr</nav>
<main><article class="post hentry">
<h1>Cinq réflexes pour un atelier plus sûr</h1>
<p class="byline">Par Jeanne Martin, le 3 avril 2024</p>
<p>Depuis deux ans, l’atelier de montage de Saint-Étienne n’a connu aucun accident avec arrêt, et ce résultat doit beaucoup à cinq gestes simples que toute l’équipe applique.</p>
<figure><img data-src="/medias/atelier.jpg?v=2" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" srcset="/medias/atelier-400.jpg 400w, /medias/atelier-1600.jpg 1600w" width="1600" height="1067" alt="Une opératrice règle une presse"><figcaption>La presse n° 4 © Luc Perrin</figcaption></figure>
<h2>Les gestes</h2>
<ol><li>Vérifier le carter de la machine avant chaque prise de poste.</li><li>Porter les lunettes, même pour un réglage d’une minute.</li><li>Signaler tout presqu’accident le jour même au chef d’équipe.</li></ol>
<blockquote><p>On ne gagne jamais de temps en sautant une étape, dit le chef d’atelier à chaque nouvel arrivant.</p></blockquote>
<table><tr><th>Année</th><th>Accidents</th></tr><tr><td>2022</td><td>3</td></tr><tr><td>2023</td><td>0</td></tr></table>
<p>Ces réflexes seront présentés à tous les sites lors de la semaine de la sécurité, et chaque équipe pourra proposer le sien dans la boîte à idées de l’usine.</p>
<iframe src="https://www.youtube.com/embed/abc123"></iframe>
<p>Catégorie : <a rel="category tag" href="/tag/prevention/">Prévention</a></p>
</article>
<section id="comments" class="comments"><h2>Commentaires</h2><ol><li class="comment"><p>Bravo à tous !</p></li></ol></section>
</main>
<aside class="sidebar"><h2>À lire aussi</h2><ul><li><a href="/a/">La cantine change de menu</a></li><li><a href="/b/">Le parking nord ferme lundi</a></li></ul></aside>
<footer><p>© 2019 Ferrand – <a href="/mentions-legales/">Mentions légales</a> – <a href="/confidentialite/">Politique de confidentialité</a></p></footer>
</body></html>`

func TestIntranetPage(t *testing.T) {
	in := Input{Address: "https://intranet.ferrand.example/securite/cinq-reflexes/", Source: "intranet", Status: 200, Body: []byte(intranet), Day: today, Depth: 2,
		Header: http.Header{"Etag": {`"x"`}, "Last-Modified": {"Tue, 07 May 2024 10:00:00 GMT"}}}
	item := HTML(in)
	for _, c := range []struct{ field, got, want string }{
		{"title", item.Title, "Cinq réflexes pour un atelier plus sûr"},
		{"h1", item.H1, "Cinq réflexes pour un atelier plus sûr"},
		{"author", item.Author, "Jeanne Martin"},
		{"language", item.Language, "fr"},
		{"department", item.Department, "Sécurité au travail"},
		{"site", item.SiteName, "Intranet Ferrand"},
		{"description", item.Description, "Les cinq réflexes de l'équipe sécurité."},
		{"breadcrumb", strings.Join(item.Breadcrumb, ">"), "Accueil>Sécurité au travail"},
		{"tags", strings.Join(item.Tags, ","), "Prévention"},
		{"published", item.Published.Time.Format(time.DateOnly) + " " + item.Published.Source, "2024-04-03 visible"},
		{"modified", item.Modified.Time.Format(time.DateOnly) + " " + item.Modified.Source, "2024-05-07 http"},
		{"canonical", item.Canonical, "https://intranet.ferrand.example/securite/cinq-reflexes/"},
		{"feed", strings.Join(item.Feeds, " "), "https://intranet.ferrand.example/feed/"},
		{"generator", item.Generator, "WordPress 6.4"},
		{"classes", strings.Join(item.Classes, " "), "single single-post postid-42 post hentry"},
		{"etag", item.ETag, `"x"`},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.field, c.got, c.want)
		}
	}
	for _, want := range []string{"aucun accident avec arrêt", "Vérifier le carter de la machine avant chaque prise de poste.\nPorter les lunettes", "On ne gagne jamais de temps", "2022\t3\n2023\t0", "boîte à idées"} {
		if !strings.Contains(item.Text, want) {
			t.Errorf("the main text lacks %q:\n%s", want, item.Text)
		}
	}
	for _, not := range []string{"cookies", "Annuaire", "cantine", "Mentions légales", "Tout accepter"} {
		if strings.Contains(item.Text, not) {
			t.Errorf("the main text has %q:\n%s", not, item.Text)
		}
		if consent := not == "cookies" || not == "Tout accepter"; strings.Contains(item.Rest, not) == consent {
			t.Errorf("%q stands in the rest: %v", not, !consent)
		}
	}
	if len(item.Zones) != 2 || item.Zones[0].Kind != content.ZoneBanner || !strings.Contains(item.Zones[0].Text, "ne pas diffuser") || item.Zones[1].Kind != content.ZoneSite || !strings.Contains(item.Zones[1].Text, "confidentialité") {
		t.Errorf("zones %+v", item.Zones)
	}
	if len(item.Images) != 2 {
		t.Fatalf("images %+v", item.Images)
	}
	want := content.Image{Address: "https://intranet.ferrand.example/medias/atelier-1600.jpg", Alt: "Une opératrice règle une presse", Caption: "La presse n° 4 © Luc Perrin", Credit: "© Luc Perrin", Width: 1600, Height: 1067, Role: "content"}
	if item.Images[0] != want {
		t.Errorf("image %+v, want %+v", item.Images[0], want)
	}
	if item.Images[1].Role != "decoration" {
		t.Errorf("the logo is %+v", item.Images[1])
	}
	if len(item.Embeds) != 1 || item.Embeds[0].Provider != "youtube" || item.Embeds[0].Kind != "video" {
		t.Errorf("embeds %+v", item.Embeds)
	}
	if len(item.Alternates) != 1 || item.Alternates[0] != (content.Alternate{Language: "en", Address: "https://intranet.ferrand.example/en/five-reflexes/"}) {
		t.Errorf("alternates %+v", item.Alternates)
	}
	if item.Shape.OrderedLists != 1 || item.Shape.Tables != 1 || item.Shape.Quotes != 1 || item.Problem != nil {
		t.Errorf("shape %+v, problem %v", item.Shape, item.Problem)
	}
}

func TestJobAndEvent(t *testing.T) {
	job := readPage("https://www.ferrand.example/carrieres/soudeur", `<html lang="fr"><head><title>Soudeur TIG (F/H) - Ferrand</title>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"JobPosting","title":"Soudeur TIG","datePosted":"2026-10-01","validThrough":"2026-12-31T23:59:00+01:00","hiringOrganization":{"@type":"Organization","name":"Ferrand"},}</script></head>
<body><h1>Soudeur TIG (F/H)</h1><h2>Missions</h2><p>Vous assemblez des cuves en inox selon les plans du bureau d’études, et vous contrôlez vos soudures.</p></body></html>`)
	if job.Title != "Soudeur TIG (F/H)" || job.Expires.Time.Format(time.DateOnly) != "2026-12-31" || job.Published.Source != "json-ld" || len(job.Schema) == 0 || job.Schema[0] != "JobPosting" {
		t.Errorf("job: title %q, expires %v, published %v, schema %v", job.Title, job.Expires, job.Published, job.Schema)
	}
	event := readPage("https://www.ferrand.example/agenda/jpo", `<html lang="fr"><head><title>Journée portes ouvertes</title></head><body><div itemscope itemtype="https://schema.org/BusinessEvent">
<h1 itemprop="name">Journée portes ouvertes</h1><time itemprop="startDate" datetime="2027-03-14T09:00+01:00">14 mars 2027</time><meta itemprop="endDate" content="2027-03-14T17:00+01:00">
<div itemprop="location" itemscope itemtype="https://schema.org/Place"><span itemprop="name">Usine de Saint-Étienne</span></div><p>Venez découvrir les ateliers et rencontrer les équipes de l’usine.</p></div></body></html>`)
	if got := event.Event; got.Start.Format(time.RFC3339) != "2027-03-14T09:00:00+01:00" || got.End.Hour() != 17 || got.Place != "Usine de Saint-Étienne" {
		t.Errorf("event %+v", got)
	}
	if !event.Published.IsZero() {
		t.Errorf("a day to come was taken for the day of publication: %v", event.Published)
	}
}

func TestProductFAQListing(t *testing.T) {
	nav := `<nav class="main-menu"><ul><li><a href="/">Accueil</a></li><li><a href="/produits">Produits</a></li><li><a href="/contact">Contact</a></li></ul></nav>`
	foot := `<footer class="site-footer"><ul><li><a href="/cgv">Conditions générales de vente</a></li><li><a href="/plan">Plan du site</a></li></ul></footer>`
	for _, c := range []struct{ name, body string }{
		{"product", `<div class="product"><h1>Pompe doseuse PD-40</h1><p class="price">1 290,00 € HT</p><div class="product-description"><p>La pompe doseuse PD-40 injecte de 2 à 40 litres par heure avec une précision de 1 %, y compris pour les fluides chargés.</p><p>Sa membrane en PTFE résiste aux acides, et son corps en inox 316L se démonte sans outil pour le nettoyage quotidien.</p></div></div>`},
		{"faq", `<div class="faq"><h1>Questions fréquentes</h1><h3>Quels sont les délais de livraison ?</h3><p>Les pièces en stock partent le jour même, les autres sous deux semaines selon la saison.</p><h3>Puis-je retourner une pièce ?</h3><p>Oui, sous trente jours, si l’emballage n’est pas ouvert et que la pièce n’a pas été montée.</p></div>`},
		{"listing", `<div class="news-list"><h1>Actualités</h1>` + strings.Repeat(`<div class="card"><h2><a href="/actu">Une nouvelle ligne de peinture à Roanne</a></h2><p class="excerpt">La ligne divise par trois la consommation de solvants et doublera la cadence du site dès le printemps.</p></div>`, 4) + `</div>`},
	} {
		item := readPage("https://www.ferrand.example/p/"+c.name, `<html lang="fr"><head><title>x</title></head><body>`+nav+c.body+foot+`</body></html>`)
		want := map[string]string{"product": "résiste aux acides", "faq": "sous trente jours", "listing": "consommation de solvants"}[c.name]
		if !strings.Contains(item.Text, want) {
			t.Errorf("%s lacks %q: %q", c.name, want, item.Text)
		}
		for _, not := range []string{"Plan du site", "Contact"} {
			if strings.Contains(item.Text, not) {
				t.Errorf("%s has %q: %q", c.name, not, item.Text)
			}
		}
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       content.ProblemCode
	}{
		{"empty shell", `<html><head><title>App</title><script src="/a.js"></script></head><body><div id="root"></div></body></html>`, content.NeedsRender},
		{"asks for a script", `<html><body><noscript>You need to enable JavaScript to run this app.</noscript><script src="/a.js"></script></body></html>`, content.NeedsRender},
		{"sign-in", `<html lang="fr"><body><h1>Connexion</h1><form><label>Identifiant <input name="u"></label><label>Mot de passe <input type="password"></label><button>Se connecter</button></form></body></html>`, content.NeedsLogin},
		{"a hidden sign-in form in an empty shell", `<html><body><form style="display: none"><input type="password"></form><script></script><script></script><script></script></body></html>`, content.NeedsRender},
		{"refused, and no form", `<html lang="fr"><body><header>Wiki</header><h1>Autorisation refusée</h1><p>Désolé, vous n’avez pas suffisamment d’autorisations.</p></body></html>`, content.NeedsLogin},
		{"refused, in another language", `<html lang="it"><head><title>Accesso negato</title></head><body><p>Non hai i permessi.</p></body></html>`, content.NeedsLogin},
		{"the first of two steps", `<html lang="de"><body><h1>Anmelden</h1><form method="post"><input type="email" name="loginfmt"><button>Weiter</button></form></body></html>`, content.NeedsLogin},
		{"an article about a refusal", `<html lang="fr"><body><article><h1>Accès refusé</h1>` + strings.Repeat("<p>Une phrase assez longue pour être lue par quelqu’un, avec des mots et une fin.</p>", 20) + `</article></body></html>`, ""},
		{"a page about connections", `<html lang="fr"><body><h1>Connexion</h1><p>` + strings.Repeat("La fibre relie nos ateliers. ", 15) + `</p></body></html>`, ""},
		{"nothing", `<html><body><img src="/a.png"></body></html>`, content.NoText},
		{"no bytes", ``, content.NoText},
		{"an article with a sign-in box", `<html lang="fr"><body><form><input type="password"></form><article><h1>Titre</h1>` + strings.Repeat("<p>Une phrase assez longue pour être lue par quelqu’un, avec des mots et une fin.</p>", 20) + `</article></body></html>`, ""},
	} {
		item := readPage("https://www.ferrand.example/", c.body)
		got := content.ProblemCode("")
		if item.Problem != nil {
			got = item.Problem.Code
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Deep pages are read, and a page ten times as deep does not take a hundred times as long.
func TestHostileDepth(t *testing.T) {
	for _, tag := range []string{"div", "span", "b", "table", "ul", "font"} {
		took := func(depth int) time.Duration {
			body := strings.Repeat("<"+tag+">", depth) + "<p>Le texte au fond du puits reste lisible pour qui sait descendre.</p>" + strings.Repeat("</"+tag+">", depth)
			began := time.Now()
			item := readPage("https://www.ferrand.example/", body)
			if !strings.Contains(item.Text+item.Rest, "au fond du puits") {
				t.Errorf("%s: the text is lost: %v", tag, item.Problem)
			}
			return time.Since(began)
		}
		small, large := min(took(2000), took(2000), took(2000)), min(took(20000), took(20000), took(20000))
		if large > 60*small {
			t.Errorf("%s: %v for 2,000 levels, %v for 20,000", tag, small, large)
		}
	}
}

func TestRobotsRules(t *testing.T) {
	for _, c := range []struct {
		name, head        string
		header            []string
		noindex, nofollow bool
	}{
		{"none said", "", nil, false, false},
		{"meta", `<meta name="ROBOTS" content="NOINDEX, follow">`, nil, true, false},
		{"none", `<meta name="robots" content="none">`, nil, true, true},
		{"for another robot", `<meta name="googlebot" content="noindex">`, nil, false, false},
		{"for us", `<meta name="filon" content="noindex">`, nil, true, false},
		{"header", "", []string{"noindex"}, true, false},
		{"header for another robot", "", []string{"googlebot: noindex"}, false, false},
		{"header for us", "", []string{"filon: nofollow"}, false, true},
		{"header with a date", "", []string{"unavailable_after: 25 Jun 2030 15:00:00 UTC"}, false, false},
	} {
		item := HTML(Input{Address: "https://a.example/", Body: []byte("<head>" + c.head + "</head><p>Bonjour</p>"), Header: http.Header{"X-Robots-Tag": c.header}})
		if item.NoIndex != c.noindex || item.NoFollow != c.nofollow {
			t.Errorf("%s: noindex %v nofollow %v", c.name, item.NoIndex, item.NoFollow)
		}
	}
}

func TestLinks(t *testing.T) {
	item := readPage("https://a.example/x/y?p=1", `<head><base href="/base/"><meta http-equiv="refresh" content="5; URL='next.html'"></head><body><p>Voir <a href="page#bas" rel="nofollow">la page</a>, <a href="mailto:a@b.fr">écrire</a>, <a href="javascript:x()">x</a>, <a href="//b.example/z">ailleurs</a>, <a href="#top">haut</a></p></body>`)
	if len(item.Links) != 2 || item.Links[0].Address != "https://a.example/base/page" || !item.Links[0].NoFollow || item.Links[0].Text != "la page" || item.Links[1].Address != "https://b.example/z" {
		t.Errorf("links %+v", item.Links)
	}
	if item.Refresh != "https://a.example/base/next.html" {
		t.Errorf("refresh %q", item.Refresh)
	}
}

func TestLanguage(t *testing.T) {
	english := strings.Repeat("The workshop has been open since the spring, and all of the teams are welcome to visit it with their families. ", 3)
	french := strings.Repeat("L’atelier est ouvert depuis le printemps, et toutes les équipes sont invitées à le visiter avec leurs familles. ", 3)
	for _, c := range []struct{ lang, text, want string }{
		{"fr-FR", english, "en"}, {"fr-FR", french, "fr"}, {"", french, "fr"}, {"", "Bonjour", ""}, {"fr", "Bonjour", "fr"}, {"en", french, "fr"},
	} {
		if got := readPage("https://a.example/", `<html lang="`+c.lang+`"><body><p>`+c.text+`</p></body></html>`).Language; got != c.want {
			t.Errorf("lang=%q and %.20q: %q, want %q", c.lang, c.text, got, c.want)
		}
	}
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(intranet))
	f.Add([]byte("<table><a href=?><svg><p><math><mi><script>{\"@type\":1}</script>\x00\xff<base href='::'>"))
	f.Add([]byte(`<script type="application/ld+json">[{"@type":["Article",3],"author":[[[]]],"@graph":{"@graph":{}}}</script><div itemscope itemprop=a><i itemprop="a b">`))
	f.Add([]byte(strings.Repeat("<div><a href=x>", 300)))
	f.Fuzz(func(t *testing.T, body []byte) {
		item := HTML(Input{Address: "https://a.example/b", Body: body, Day: today})
		if item.Problem != nil && item.Problem.Code == content.Broken {
			t.Fatal("the page could not be read to its end")
		}
		if strings.ContainsRune(item.Text+item.Title, 0) {
			t.Fatal("a NUL came through")
		}
	})
}

// A table or a list between two paragraphs is text, whatever its cells are like; a list of links is not.
func TestWhatStandsBetweenParagraphs(t *testing.T) {
	const before, after = `<p>La ligne de pliage tourne depuis lundi dans l'atelier nord. Les équipes ont suivi quatre semaines de formation et mesurent chaque jour la consommation d'énergie.</p>`,
		`<p>Les premiers résultats sont bons : huit pour cent de moins que l'ancienne machine, pour la même cadence, et chacun peut parler sans crier autour de l'îlot.</p>`
	for _, c := range []struct {
		html string
		kept bool
	}{
		{`<main><h1>Ligne</h1>` + before + `<table><tr><td>1</td><td>Tilleul</td></tr><tr><td>2</td><td>–</td></tr></table>` + after + `</main>`, true},
		{`<main><h1>Ligne</h1>` + before + after + `<table><tr><td>1</td><td>Tilleul</td></tr></table></main>`, true},
		{`<h1>Ligne</h1>` + before + `<ul><li>Tilleul</li><li>Orme</li></ul>` + after, true},
		{`<main><h1>Ligne</h1>` + before + after + `</main><ul><li><a href="/t">Tilleul</a></li><li><a href="/o">Orme</a></li></ul>`, false},
		{`<nav><table><tr><td><a href="/t">Tilleul</a></td></tr></table></nav><main><h1>Ligne</h1>` + before + after + `</main>`, false},
	} {
		item := HTML(Input{Address: "https://x.example/p", Body: []byte(`<!DOCTYPE html><html lang="fr"><title>Ligne</title><body>` + c.html)})
		if got := strings.Contains(item.Text, "Tilleul"); got != c.kept {
			t.Errorf("%s: kept %v, text %q", c.html[:40], got, item.Text)
		}
	}
}
