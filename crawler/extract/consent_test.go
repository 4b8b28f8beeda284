package extract

import (
	"strings"
	"testing"
)

// TestConsent holds what is thrown away as a consent box, and what only has a name that is like one.
func TestConsent(t *testing.T) {
	const own = `<h1>Le banc tourne de nouveau</h1><p>Les pompes du banc numéro deux tournent de nouveau depuis lundi, après trois semaines de travaux, et l'équipe a remplacé les roulements.</p><p>Le débit a été vérifié sur toute la plage, puis noté dans le cahier de l'atelier par ceux qui étaient là.</p>`
	const secret = `<p>Mot de passe du coffre : Tulipe-4471-b</p>`
	for _, c := range []struct {
		html string
		kept bool // the words of the box stand somewhere
	}{
		{`<main class="page-privacy"><article>` + own + `</article><div class="box">` + secret + `</div></main>`, true},
		{`<div class="consent-form"><article>` + own + `</article><aside>` + secret + `</aside></div>`, true},
		{`<div class="layout gdpr"><div class="content">` + own + `</div><div class="side">` + secret + `</div></div>`, true},
		{`<body class="cookie-notice-visible"><article>` + own + `</article><aside>` + secret + `</aside>`, true},
		{`<div id="cookiebot-wrap"><article>` + own + `</article><div>` + secret + `<p>Les cookies.</p></div></div>`, true},
		{`<article>` + own + `<div class="cmplz-blocked">` + secret + `<p>Cookies</p></div></article>`, true},
		{`<article>` + own + `</article><div class="cmplz-cookiebanner">` + secret + `</div>`, true}, // it asks for nothing
		{`<article>` + own + `</article><div class="privacy-box">` + secret + `<p>Sans cookies.</p></div>`, true},
		{`<article>` + own + `</article><div class="privacy"><div class="bandeau">Tulipe-4471-b : ne pas diffuser</div></div>`, true},
		{`<article>` + own + `</article><div class="cmplz-cookiebanner"><p>Tulipe-4471-b</p><p>Gérer le consentement aux cookies</p></div>`, false},
		{`<article>` + own + `</article><div id="onetrust-banner-sdk" role="dialog"><p>Tulipe-4471-b</p><p>We use cookies.</p></div>`, false},
		{`<article>` + own + `</article><div id="cookie-banner"><p>Tulipe-4471-b</p><p>Nous utilisons des cookies.</p></div>`, false},
		{`<article>` + own + `</article><div role="dialog" class="rgpd"><p>Tulipe-4471-b</p><p>Acceptez les traceurs.</p></div>`, false},
		{`<article>` + own + `</article><div class="cookie-consent"><p>Tulipe-4471-b</p><p>We use cookies.</p></div>`, false},
	} {
		item := readPage("https://www.ferrand.example/a", `<html lang="fr"><head><title>Le banc</title></head>`+c.html+`</html>`)
		if kept := strings.Contains(item.Text+"\n"+item.Rest, "Tulipe-4471-b"); kept != c.kept {
			t.Errorf("%s: kept %v\nrest %q", c.html[:min(60, len(c.html))], kept, item.Rest)
		}
	}
}
