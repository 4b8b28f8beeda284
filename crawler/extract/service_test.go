package extract

import (
	"testing"

	"filon/crawler/content"
)

// TestIsService holds names of departments, and subjects that have one of their words.
func TestIsService(t *testing.T) {
	for _, s := range []string{"RH", "DSI", "Ressources humaines", "Direction", "Direction générale", "Direction des soins", "Service économique", "Service communication", "Département R&D", "Secrétariat général", "Services généraux", "Communication interne",
		"Contrôle de gestion", "Bureau d'études", "Bureau des achats", "Équipe commerciale", "Pôle juridique", "Cellule communication", "Cabinet du maire", "Systèmes d'information",
		"HR", "Human Resources", "People team", "Safety team", "Finance department", "Press office", "Chair’s office", "Service desk", "Internal comms", "Procurement"} {
		if !isService(s) {
			t.Errorf("%q is a department", s)
		}
	}
	for _, s := range []string{"Sécurité", "Formation", "Actualités", "Projets", "Innovation", "Santé", "Presse", "Service public", "Service civique", "Service", "Bureau", "Bureau ergonomique", "Bureau de vote", "Cabinet de curiosités", "Cellule solaire", "Pôle nord", "Équipe de France", "Équipe gagnante", "Notre direction : le nord",
		"Travaux", "Vie des sites", "News", "Safety", "Training", "Projects", "Standing desk", "Home office", "Microsoft Office", "New office", "Dream team", "Power unit", "Team", "How we work as a team every day", "3e direction"} {
		if isService(s) {
			t.Errorf("%q is no department", s)
		}
	}
}

// TestFiledBySoftware holds where SharePoint, Drupal, WordPress and MediaWiki say who a page belongs to.
func TestFiledBySoftware(t *testing.T) {
	const title, own = `<h1>Le banc tourne de nouveau</h1>`, `<p>Les pompes du banc numéro deux tournent de nouveau depuis lundi, après trois semaines de travaux, et l'équipe a remplacé les roulements.</p>`
	const catlinks = `<div id="catlinks" class="catlinks"><div class="mw-normal-catlinks"><a href="/wiki/Special:Categories">Catégories</a> : <ul>`
	for _, c := range []struct{ html, department string }{
		// SharePoint
		{`<div id="spSiteHeader"><a href="/sites/achats" data-automation-id="SiteHeaderTitle">Achats et approvisionnements</a><nav><a href="/x">Menu</a></nav></div>` + title + own, "Achats et approvisionnements"},
		{`<div class="ms-siteHeader"><div class="ms-siteHeader-siteName"><a href="https://x.sharepoint.com/teams/quai">Équipe du quai</a></div></div>` + title + own, "Équipe du quai"},
		{`<span data-automationid="SiteHeaderTitle"><a href="/">Direction juridique</a></span>` + title + own, "Direction juridique"},
		{`<meta name="generator" content="Microsoft SharePoint"><meta property="og:site_name" content="Direction juridique">` + title + own, "Direction juridique"},
		{`<div id="spSiteHeader"><a href="/sites/rh" data-automation-id="SiteHeaderTitle">Intranet RH</a></div>` + title + own, "RH"},
		{`<div id="spSiteHeader"><a href="/" data-automation-id="SiteHeaderTitle">Ferrand</a></div>` + title + own, ""}, // the company's own
		{`<div id="spSiteHeader"><a href="/sites/lelien" data-automation-id="SiteHeaderTitle">Intranet Ferrand</a></div>` + title + own, ""},
		{`<div id="spSiteHeader"><a href="/sites/x" data-automation-id="SiteHeaderTitle">Site d'équipe</a></div>` + title + own, ""},
		{`<meta property="og:site_name" content="Direction juridique">` + title + own, ""}, // of no SharePoint

		// Drupal
		{title + `<article>` + own + `<div class="field field--name-field-service field--label-inline"><div class="field__label">Service</div><div class="field__item">Achats</div></div></article>`, "Achats"},
		{title + `<article>` + own + `<div class="field field-name-field-direction field-type-text field-label-inline clearfix"><div class="field-label">Direction:&nbsp;</div><div class="field-items"><div class="field-item even">Direction des soins</div></div></div></article>`, "Direction des soins"},
		{title + `<article>` + own + `<div class="field field--name-field-x"><div class="field__label">Department</div><div class="field__item"><a href="/t/4">Workshop</a></div></div></article>`, "Workshop"},
		{title + `<article>` + own + `<div class="field field--name-field-service field--label-hidden field__item">Achats</div></article>`, "Achats"},
		{title + own + `<div class="views-row"><div class="views-field views-field-field-service"><div class="field-content">Achats</div></div></div>`, "Achats"},
		{title + own + `<div class="views-row"><div class="views-field views-field-field-service"><div class="field-content">Comptabilité</div></div></div><div class="views-row"><div class="views-field views-field-field-service"><div class="field-content">Achats</div></div></div>`, ""},
		{title + own + `<div class="views-row"><div class="views-field views-field-field-service"><div class="field-content">Achats</div></div></div><div class="views-row"><div class="views-field views-field-field-service"><div class="field-content">Achats</div></div></div>`, ""},
		{title + own + `<article><div class="field field--name-field-service field__item">Achats</div></article><article><div class="field field--name-field-service field__item">Comptabilité</div></article>`, ""},
		{title + own + `<article><div class="field field--name-field-service field__item">Achats</div></article><article><div class="field field--name-field-service field__item">achats</div></article>`, "Achats"},
		{title + `<dl class="infos"><dt>Service</dt><dd>Achats</dd></dl>` + own, "Achats"},
		{title + `<article>` + own + `<div class="field field--name-field-service"><div class="field__label">Service</div><div class="field__items"><div class="field__item">Achats</div><div class="field__item">Quai</div></div></div></article>`, ""},
		{title + `<article>` + own + `<div class="field"><div class="field__label">Département</div><div class="field__item">Loire-Atlantique</div></div></article>`, ""},
		{title + `<article>` + own + `<div class="field"><div class="field__label">Thème</div><div class="field__item">Achats</div></div></article>`, ""},
		{title + `<aside><div class="field field--name-field-service"><div class="field__label">Service</div><div class="field__item">Achats</div></div></aside>` + own, ""},
		{title + own + own + own + own + own + own + own + own + own + own + `<dl><dt>Service</dt><dd>Le banc est livré monté</dd></dl>`, ""},

		// WordPress and MediaWiki
		{title + `<a href="/c/rh" rel="category tag">Ressources humaines</a> <a href="/c/a" rel="category tag">Actualités</a>` + own, "Ressources humaines"},
		{title + `<a href="/c/rh" rel="category tag">Actualités</a>` + own, ""},
		{title + `<a href="/c/rh" rel="category tag">Marketing</a> <a href="/c/a" rel="category tag">Juridique</a>` + own, ""},
		{title + own + catlinks + `<li><a href="/wiki/C:A">Service achats</a></li><li><a href="/wiki/C:P">Pompes</a></li></ul></div></div>`, "Service achats"},
		{title + own + catlinks + `<li><a href="/wiki/C:P">Pompes</a></li></ul></div></div>`, ""},
	} {
		item := HTML(Input{Address: "https://i.ferrand.example/articles/1", Access: content.Access{Visibility: content.Intranet}, Body: []byte(`<html lang="fr"><head><title>Le banc</title></head><body>` + c.html + `</body></html>`)})
		if item.Department != c.department {
			t.Errorf("%s: %q, want %q", c.html, item.Department, c.department)
		}
	}
	// On a public blog these are subjects, and places.
	for _, page := range []string{title + `<a href="/c/m" rel="category tag">Marketing</a>` + own, title + own + `<div class="field field--name-field-service"><div class="field__label">Service</div><div class="field__item">Livraison</div></div>`} {
		item := HTML(Input{Address: "https://www.ferrand.example/articles/1", Access: content.Access{Visibility: content.Public}, Body: []byte(`<html lang="fr"><body>` + page + `</body></html>`)})
		if item.Department != "" {
			t.Errorf("%s: %q", page, item.Department)
		}
	}
}
