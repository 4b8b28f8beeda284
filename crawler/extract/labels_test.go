package extract

import (
	"strings"
	"testing"

	"filon/crawler/content"
)

// What an article shows outside of its main text is kept as zones; what lies around it is not.
func TestBoxesAndLabelsOfAnArticle(t *testing.T) {
	const prose = `<p>La ligne de pliage tourne depuis lundi dans l'atelier nord. Les équipes ont suivi quatre semaines de formation et mesurent chaque jour la consommation d'énergie.</p>
<p>Les premiers résultats sont bons : huit pour cent de moins que l'ancienne machine, pour la même cadence, et chacun peut parler sans crier autour de l'îlot.</p>`
	const said = "Note réservée au bureau"
	for _, c := range []struct {
		html string
		kind content.ZoneKind // "" for no zone
	}{
		{`<details><summary>Voir</summary>` + said + `</details>`, content.ZoneBox},
		{`<pre>` + said + `</pre>`, content.ZoneBox},
		{`<footer>` + said + `</footer>`, content.ZoneBox},
		{`<dialog open>` + said + `</dialog>`, content.ZoneBox},
		{`<svg width="600" height="80"><text x="1" y="9">` + said + `</text></svg>`, content.ZoneLabel},
		{`<form><textarea>` + said + `</textarea></form>`, content.ZoneLabel},
		{`<form><input type="text" value="` + said + `"></form>`, content.ZoneLabel},
		{`<form><input placeholder="` + said + `"></form>`, content.ZoneLabel},
		{`<form><select><option>A</option><option>` + said + `</option></select></form>`, content.ZoneLabel},
		{`<p><abbr title="` + said + `">NRB</abbr></p>`, content.ZoneLabel},
		{`<p><a href="/f.pdf" download="` + said + `.pdf">la fiche</a></p>`, content.ZoneLabel},
		{`<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="` + said + `"></p>`, content.ZoneLabel}, // a picture without an address
		{`<p><img src="/a.jpg" alt="` + said + `"></p>`, ""},                                                    // it stands with its picture
		{`<form><input type="hidden" value="` + said + `"></form>`, content.ZoneLabel},                          // in the source for whoever looks
		{`<p style="display:none" title="` + said + `"></p>`, ""},
		{`<nav><a href="/n" title="` + said + `">n</a></nav>`, ""},
		{`<aside><details>` + said + `</details></aside>`, ""},
		{`<div class="comments"><pre>` + said + `</pre></div>`, ""},
	} {
		page := `<!DOCTYPE html><html lang="fr"><title>Ligne</title><body><main><article><h1>Ligne</h1>` + prose + c.html + `</article></main>`
		item := HTML(Input{Address: "https://x.example/p", Body: []byte(page), Access: content.Access{Visibility: content.Intranet}})
		got := content.ZoneKind("")
		for _, z := range item.Zones {
			if (z.Kind == content.ZoneBox || z.Kind == content.ZoneLabel) && strings.Contains(z.Text, said) {
				got = z.Kind
			}
		}
		if got == "" && strings.Contains(item.Text, said) {
			got = content.ZoneBox // in the main text, which is better
		}
		if got != c.kind {
			t.Errorf("%s: zone %q, want %q; text %q", c.html, got, c.kind, item.Text)
		}
	}
}

// What is said of the pictures of a page that is a file is kept: with those that lie in its folder, and without those
// that have no address.
func TestAltOfAFile(t *testing.T) {
	for src, kept := range map[string]bool{"a.jpg": true, "/a.jpg": false, "data:image/png;base64,AAAA": false} {
		item := HTML(Input{Address: "file:///partage/p.html", Body: []byte(`<main><article><h1>Ligne</h1><p>La ligne tourne depuis lundi.</p><img src="` + src + `" alt="Code du portail 4471B"></article></main>`)})
		with, without := false, false
		for _, m := range item.Images {
			with = with || m.Alt == "Code du portail 4471B"
		}
		for _, z := range item.Zones {
			without = without || z.Kind == content.ZoneLabel && z.Text == "Code du portail 4471B"
		}
		if with != kept || without == kept {
			t.Errorf("%s: pictures %v, zones %v", src, item.Images, item.Zones)
		}
	}
}

// Words that are not displayed stand apart from those that are.
func TestHiddenWordsStandApart(t *testing.T) {
	item := readPage("https://x.example/p", `<main><p>Le toit est refait<span style="display:none">projet Orme</span>. Tout va bien à l'atelier depuis lundi, et chacun y trouve son compte.</p></main>`)
	if !strings.Contains(item.Text, "refait projet Orme .") {
		t.Errorf("%q", item.Text)
	}
}

// A page of many fields keeps a bounded number of their words.
func TestLabelsAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("<main><article><p>" + strings.Repeat("mot ", 60) + "</p><form>")
	for i := range 5000 {
		b.WriteString(`<input value="valeur numéro ` + strings.Repeat("x", i%50) + string(rune('a'+i%26)) + `"><svg><text>` + strings.Repeat("t", 7+i) + `</text></svg>`)
	}
	item := HTML(Input{Address: "https://x.example/p", Body: []byte(b.String()), Access: content.Access{Visibility: content.Intranet}})
	n := 0
	for _, z := range item.Zones {
		if z.Kind == content.ZoneLabel {
			n++
			if len(z.Text) > maxLabelText {
				t.Errorf("a label of %d bytes", len(z.Text))
			}
		}
	}
	if n == 0 || n > maxLabels {
		t.Errorf("%d labels", n)
	}
}

// A user name and a password in the target of a link are kept where the judge sees them, and nowhere else.
func TestSignedLinks(t *testing.T) {
	const prose = `<p>La ligne de pliage tourne depuis lundi dans l'atelier nord. Les équipes ont suivi quatre semaines de formation.</p>`
	for _, c := range []struct {
		href string
		want bool
	}{
		{"ftp://films:Ruisseau_31@depot.example/mois", true},
		{"https://lecteur:Ruisseau_31@depot.example/?a=1", true},
		{"//lecteur:Ruisseau_31@depot.example/", true},
		{"https://depot.example/@films:mois", false},
		{"https://depot.example/?a=x:y@z", false},
		{"mailto:films@depot.example", false},
		{"ssh://films@depot.example:22/", false},
	} {
		item := HTML(Input{Address: "https://x.example/p", Body: []byte(`<!DOCTYPE html><html lang="fr"><title>Ligne</title><body><main><h1>Ligne</h1>` + prose + `<p><a href="` + c.href + `">ici</a></p></main>`)})
		kept := false
		for _, z := range item.Zones {
			kept = kept || z.Kind == content.ZoneLabel && z.Text == c.href
		}
		if kept != c.want {
			t.Errorf("%s: %v, zones %+v", c.href, kept, item.Zones)
		}
	}
}
