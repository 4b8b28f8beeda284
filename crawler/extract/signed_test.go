package extract

import (
	"strings"
	"testing"
	"time"
)

// TestSigned holds lines that name who wrote a page and when, as systems write them, and lines that look alike.
func TestSigned(t *testing.T) {
	for _, c := range []struct{ lang, line, author, published string }{
		// Drupal, from 6 to 10
		{"fr", `<div class="submitted">mer, 02/09/2026 - 10:12 — Fatou Sarr</div>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<span class="submitted">Soumis par Fatou Sarr le mer, 02/09/2026 - 10:12.</span>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<div class="meta submitted"><span property="dc:date dc:created" content="2026-09-02T10:12:00+02:00" datatype="xsd:dateTime" rel="sioc:has_creator">Soumis par <a href="/users/fsarr" title="Voir le profil utilisateur." class="username" xml:lang="" about="/users/fsarr" typeof="sioc:UserAccount" property="foaf:name" datatype="">Fatou Sarr</a> le mer, 02/09/2026 - 10:12</span></div>`, "Fatou Sarr", "2026-09-02"},
		{"en", `<div class="submitted">Submitted by <a class="username" href="/user/7">Tom Hill</a> on Wed, 09/02/2026 - 10:12</div>`, "Tom Hill", "2026-09-02"},
		{"en-GB", `<div class="node__submitted">Submitted by <span class="username">Tom Hill</span> on Wed, 02/09/2026 - 10:12</div>`, "Tom Hill", "2026-09-02"},
		{"en", `<p>Submitted by Tom Hill on Wed, 02/09/2026 - 10:12</p>`, "Tom Hill", "2026-09-02"}, // the day of the week decides
		{"fr", `<footer class="node__meta"><div class="node__submitted">Soumis par <span class="field field--name-uid"><a class="username" href="/user/7" typeof="schema:Person" property="schema:name">Fatou Sarr</a></span> le <span class="field field--name-created"><time datetime="2026-09-02T10:12:00+02:00" class="datetime">mer 02/09/2026 - 10:12</time></span><span property="schema:dateCreated" content="2026-09-02T08:12:00+00:00" class="hidden rdf-meta"></span></div></footer>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<div class="node__submitted">Soumis par <div class="field field--name-uid"><span class="username">Service presse</span></div> le <div class="field field--name-created">2 septembre 2026 - 10:12</div></div>`, "Service presse", "2026-09-02"},
		{"fr", `<div class="node__submitted">Soumis par Anonyme (non vérifié) le 02/09/2026 - 10:12</div>`, "", "2026-09-02"},
		{"en", `<div class="node__submitted">Submitted by admin on 2 September 2026 - 10:12</div>`, "", "2026-09-02"},
		{"en", `<div class="node__meta"><span>By <a class="username">Tom Hill</a>, 2 September, 2026</span></div>`, "Tom Hill", "2026-09-02"},
		// other systems
		{"fr", `<p>Par Fatou Sarr, 2 septembre 2026</p>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<p>Publié le 02/09/2026 par Fatou Sarr</p>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<p>Publié le 2 septembre 2026 à 10 h 12 par Fatou Sarr dans Vie de l'atelier</p>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<p>Écrit par Fatou Sarr le 2 septembre 2026</p>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<p>Le mercredi 2 septembre 2026, par Fatou Sarr</p>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<p>Vie de l'atelier | Par Fatou Sarr, directrice de la production | 2 septembre 2026</p>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<p>2 septembre 2026 | par Fatou Sarr | 3 min de lecture</p>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<p>Auteur : Fatou Sarr — 02.09.2026</p>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<p>Un article de Fatou Sarr, le 2 septembre 2026</p>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<p>Propos recueillis par Fatou Sarr le 2 septembre 2026</p>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<p>Vie du site · Fatou Sarr · 2 septembre 2026</p>`, "Fatou Sarr", "2026-09-02"},
		{"fr", `<p>Mis en ligne par Jean-Marc Le Gall le mer. 2 sept. 2026 à 10:12</p>`, "Jean-Marc Le Gall", "2026-09-02"},
		{"en", `<p>Nadia Roux — 2 Sept 2026</p>`, "Nadia Roux", "2026-09-02"},
		{"en", `<p>Posted by Tom Hill on September 2, 2026 at 10:12 am</p>`, "Tom Hill", "2026-09-02"},
		{"en", `<p>September 2, 2026 by Tom Hill</p>`, "Tom Hill", "2026-09-02"},
		{"en", `<p>Written by Tom Hill | Wed 2 Sep 2026 | 4 min read</p>`, "Tom Hill", "2026-09-02"},
		{"en", `<p>Interview by Tom Hill, 2 September 2026</p>`, "Tom Hill", "2026-09-02"},

		// somebody else's, or what happens
		{"fr", `<p>La Rochelle — 2 septembre 2026</p>`, "", "2026-09-02"},
		{"fr", `<p>Saint Nazaire, 2 septembre 2026</p>`, "", "2026-09-02"},
		{"fr", `<p>Atelier animé par Fatou Sarr le 2 septembre 2026 à 18 h</p>`, "", ""},
		{"fr", `<p>Créé par décret le 2 septembre 1996</p>`, "", ""},
		{"fr", `<p>Texte de loi du 2 septembre 2026</p>`, "", ""},
		{"fr", `<p>Par Fatou Sarr, l'atelier a ouvert le 4 mai 2020</p>`, "Fatou Sarr", ""},
		{"fr", `<p>Soumis par Fatou Sarr au vote du conseil le 2 septembre 2026</p>`, "", ""},
		{"fr", `<div class="comment"><p>Soumis par Fatou Sarr le mer 02/09/2026 - 10:12</p></div>`, "", ""},
		{"fr", `<p>Bravo à tous.</p><h3>Merci !</h3><p>Soumis par Fatou Sarr le mer 02/09/2026 - 10:12</p>`, "", ""},
		{"en", `<h2>2 comments</h2><p>Posted by Tom Hill on 2 September 2026</p><p>Well done.</p><p>Posted by Ann Lee on 3 September 2026</p>`, "", ""},
		{"en", `<aside><p>Posted by Tom Hill on 2 September 2026</p></aside>`, "", ""},
		{"fr", `<ul><li>« Quatre boulangeries où le pain chante », La Gazette du Centre, par Lise Aubert, 28 octobre 2026</li></ul>`, "", ""},
		{"fr", `<p>Le pain chante encore, La Gazette du Centre, par Lise Aubert, 28 octobre 2026</p>`, "", ""},
		{"en", `<p><a href="/b">Oiling the second bench of the workshop</a>, 2 September 2026<br>Tom Hill</p>`, "", ""},
		{"en", `<p>Company News — 2 Sept 2026</p>`, "", "2026-09-02"},
		{"en", `<p>Approved by Tom Hill on 2 September 2026</p>`, "", ""},
	} {
		const own = `<p>Les pompes du banc numéro deux tournent de nouveau depuis lundi, après trois semaines de travaux, et l'équipe a remplacé les roulements.</p>`
		item := HTML(Input{Address: "https://www.ferrand.example/a", Day: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC), Body: []byte(`<html lang="` + c.lang + `"><head><title>Le banc</title></head><body><main><article><h1>Le banc tourne de nouveau</h1>` + c.line + own + `</article></main></body></html>`)})
		day := ""
		if !item.Published.IsZero() {
			day = item.Published.Time.Format(time.DateOnly)
		}
		if item.Author != c.author || day != c.published {
			t.Errorf("%s:\nby %q on %q, want %q on %q", c.line, item.Author, day, c.author, c.published)
		}
		if strings.Contains(item.Text, "10:12") && c.author != "" {
			t.Errorf("%s: stands in the text", c.line)
		}
	}
}

// TestSignedFoot holds the signed line below a text, and those of its comments.
func TestSignedFoot(t *testing.T) {
	const own = `<h1>Le banc tourne de nouveau</h1><p>Les pompes du banc numéro deux tournent de nouveau depuis lundi, après trois semaines de travaux.</p><h2>Relevés</h2><p>Le débit a été vérifié sur toute la plage, puis noté dans le cahier.</p>`
	for foot, author := range map[string]string{
		`<p>Rédigé par Fatou Sarr le 2 septembre 2026 à 10:12</p>`:                                                                                 "Fatou Sarr",
		`<p>Posted by Tom Hill on 2 September 2026</p>`:                                                                                            "Tom Hill",
		`<h3>Commentaires</h3><p>Posté par Tom Hill le 2 septembre 2026</p>`:                                                                       "",
		`<p>Posté par Tom Hill le 2 septembre 2026</p><p>Bravo.</p><p>Posté par Ann Lee le 3 septembre 2026</p><p>Merci.</p>`:                      "",
		`<div class="reaction"><p>Posté par Paul Martin le 3 mai 2024</p><p>Superbe mare, bravo à tous !</p></div>`:                                "",
		`<div class="mot"><div class="qui"><p>Posté par Paul Martin le 3 mai 2024</p></div><p>Superbe mare, bravo à tous !</p></div>`:              "",
		`<ol><li><p>Posted by Tom Hill on 3 May 2024</p>Well done, all of you!</li></ol>`:                                                          "",
		`<div class="fin"><p>Rédigé par Fatou Sarr le 2 septembre 2026</p></div>`:                                                                  "Fatou Sarr",
		`<p>Rédigé par Fatou Sarr le 2 septembre 2026</p><p><a href="/t/1">Bancs d'essai</a> <a href="/t/2">Pompes de relevage</a></p>`:            "Fatou Sarr",
		`<p>Rédigé par Fatou Sarr le 2 septembre 2026</p><h3>2 commentaires</h3><p>Posté par Tom Hill le 3 septembre 2026</p><p>Bravo à tous.</p>`: "Fatou Sarr",
	} {
		item := HTML(Input{Address: "https://www.ferrand.example/a", Day: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC), Body: []byte(`<html lang="fr"><head><title>Le banc</title></head><body><main><article>` + own + foot + `</article></main></body></html>`)})
		if item.Author != author {
			t.Errorf("%s: by %q, want %q", foot, item.Author, author)
		}
	}
}

// TestSignedAside holds that nothing goes with a signed line that it says beside its day, its name and its verb.
func TestSignedAside(t *testing.T) {
	for line, stays := range map[string]bool{
		`<p>Strictement confidentiel | Soumis par Jean Dupont le 2 septembre 2025</p>`:                                           true,
		`<p>Soumis par Jean Dupont le 2 septembre 2025 – usage interne</p>`:                                                      true,
		`<p>Publié le 2 septembre 2025 par Jean Dupont (ne pas diffuser)</p>`:                                                    true,
		`<p>Publié le 2 septembre 2025 par Jean Dupont pour usage interne uniquement</p>`:                                        true,
		`<p>Publié le 2 septembre 2025 à 10:12 par diffusion restreinte</p>`:                                                     true,
		`<p>Confidentiel · Jean Dupont · 2 septembre 2025</p>`:                                                                   true,
		`<p>Not for release | Posted by Tom Hill on 2 September 2025</p>`:                                                        true,
		`<p>Posted by Tom Hill on 2 September 2025 in Staff only</p>`:                                                            true,
		`<p>Soumis par Jean Dupont le mardi 2 septembre 2025 à 10 h 12</p>`:                                                      false,
		`<p>Publié le 2 septembre 2025 | par Jean Dupont | 3 min de lecture</p>`:                                                 false,
		`<p>Le mardi 2 septembre 2025, par Jean Dupont</p>`:                                                                      false,
		`<p>Jean Dupont · 2 septembre 2025</p>`:                                                                                  false,
		`<p>Posted by Tom Hill on 2 September 2025 at 10:12 am</p>`:                                                              false,
		`<div class="node__submitted">Soumis par <span class="username">Service presse</span> le 2 septembre 2025 - 10:12</div>`: false,
		`<p>Soumis par Anonyme (non vérifié) le 2 septembre 2025</p>`:                                                            false,
	} {
		const own = `<p>Les pompes du banc numéro deux tournent de nouveau depuis lundi, après trois semaines de travaux, et l'équipe a remplacé les roulements.</p>`
		item := readPage("https://www.ferrand.example/a", `<html lang="fr"><head><title>Le banc</title></head><body><main><article><h1>Le banc tourne de nouveau</h1>`+line+own+own[:60]+`</article></main></body></html>`)
		if got := strings.Contains(item.Text, "2025"); got != stays {
			t.Errorf("%s: stands in the text: %v\n%s", line, got, item.Text)
		}
	}
}

// TestSignedEvent holds that the day on which somebody speaks is no day of publication.
func TestSignedEvent(t *testing.T) {
	const own = `<p>Les abeilles des toits donnent autant de miel que celles des champs, et la ville leur offre des fleurs de mars à novembre sans produits.</p>`
	for body, published := range map[string]string{
		`<h1>Conférence : les abeilles en ville</h1><p>Jeudi 12 juin 2025, 18 h 30 – Paul Martin – amphithéâtre B</p>`:                                 "",
		`<h1>Les abeilles en ville</h1><p>Jeudi 12 juin 2025, 18 h 30 – Paul Martin</p>`:                                                               "",
		`<h1>Les abeilles en ville</h1><p>Date : 12 juin 2025, 18 h 30 – Paul Martin</p>`:                                                              "",
		`<h1>Les abeilles en ville</h1><p>12 juin 2025 | Paul Martin | salle du conseil</p>`:                                                           "",
		`<h1>Les abeilles en ville</h1><p class="infos">Jeudi 12 juin 2025 à 18h30, par Paul Martin, médiathèque</p>`:                                  "",
		`<h1>Bees in town</h1><p>Thursday 12 June 2025, 6:30 pm – Tom Hill – Room 4</p>`:                                                               "",
		`<h1>Les abeilles en ville</h1><p>Paul Martin – 12 juin 2025</p>`:                                                                              "2025-06-12",
		`<h1>Les abeilles en ville</h1><div class="submitted">jeu, 12/06/2025 - 10:12 — Paul Martin</div>`:                                             "2025-06-12",
		`<h1>Conférence : les abeilles</h1><p>Publié par Paul Martin le 12 juin 2025 à 10:12</p>`:                                                      "2025-06-12",
		`<h1>Les abeilles</h1><div itemscope itemtype="https://schema.org/Event"><span property="dc:date" content="2025-05-12">au jardin</span></div>`: "",
		`<h1>Les abeilles</h1><div typeof="schema:Event"><span property="dc:date" content="2025-05-12">au jardin</span></div>`:                         "",
		`<h1>Les abeilles</h1><div itemscope itemtype="https://schema.org/Product"><span property="dc:date" content="2025-05-12">le miel</span></div>`: "",
		`<h1>Les abeilles</h1><div typeof="sioc:Post sioct:Comment"><span property="dc:date" content="2025-05-12">Bravo</span></div>`:                  "",
		`<h1>Les abeilles</h1><div typeof="sioc:Item foaf:Document"><span property="dc:date dc:created" content="2025-05-12">au jardin</span></div>`:   "2025-05-12",
		`<div itemscope><h1>Les abeilles</h1><span itemprop="dateCreated" content="2025-05-12">au jardin</span></div>`:                                 "2025-05-12",
	} {
		item := readPage("https://www.ferrand.example/a", `<html lang="fr"><head><title>Les abeilles</title></head><body><main>`+body+own+`</main></body></html>`)
		day := ""
		if !item.Published.IsZero() {
			day = item.Published.Time.Format(time.DateOnly)
		}
		if (item.Author == "Paul Martin") != (published != "" && strings.Contains(body, "Martin")) && !strings.Contains(body, "par Paul") {
			t.Errorf("%s: by %q", body, item.Author)
		}
		if day != published {
			t.Errorf("%s: published on %q (%s), want %q", body, day, item.Published.Source, published)
		}
	}
}

// TestSignedAnswer holds that the line of a comment below a short text is not the page's, and that a line between a lead and
// its text is.
func TestSignedAnswer(t *testing.T) {
	const lead = `<p>La mare du parc est de nouveau pleine après les pluies de la semaine.</p>`
	const body = `<p>Les élèves y ont compté des tritons et des libellules avec leur maître, puis ils ont dessiné chaque animal dans un carnet que la mairie expose.</p>`
	for page, published := range map[string]string{
		lead + body + `<div class="mot"><p>Posté par Paul Martin le 3 mai 2024</p><p>Superbe mare, bravo à tous !</p></div>`: "",
		lead + `<div class="reaction"><p>Posté par Paul Martin le 3 mai 2024</p><p>Superbe mare, bravo !</p></div>`:          "",
		lead + `<p>Posté par Paul Martin le 3 mai 2024</p>` + body:                                                           "2024-05-03",
		lead + `<div class="texte"><p>Posté par Paul Martin le 3 mai 2024</p>` + body + `</div>`:                             "2024-05-03",
		`<p>Posté par Paul Martin le 3 mai 2024</p>` + lead:                                                                  "2024-05-03",
	} {
		item := readPage("https://www.ferrand.example/a", `<html lang="fr"><head><title>La mare</title></head><body><main><h1>La mare du parc</h1>`+page+`</main></body></html>`)
		day := ""
		if !item.Published.IsZero() {
			day = item.Published.Time.Format(time.DateOnly)
		}
		if day != published || (item.Author != "") != (published != "") {
			t.Errorf("%s: by %q on %q, want %q", page, item.Author, day, published)
		}
	}
}
