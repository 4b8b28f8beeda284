package extract

import (
	"net/http"
	"strings"
	"testing"

	"filon/crawler/content"
)

// Comments of people are kept apart from the text, those of programs are not kept.
func TestRemarks(t *testing.T) {
	page := func(comment string) content.Item {
		return HTML(Input{Address: "file:///partage/a.html", Header: http.Header{}, Access: content.Access{Visibility: content.FileShare},
			Body: []byte("<html><body><article><h1>Le miel</h1><p>Le miel se récolte en juin, quand les ruches sont pleines.</p><!--" + comment + "--></article></body></html>")})
	}
	for in, want := range map[string]string{
		" Ne pas mettre en ligne avant l'accord du client ": "Ne pas mettre en ligne avant l'accord du client",
		" INTERNE ":                     "INTERNE",
		" TODO: ôter le code Merle-61 ": "TODO: ôter le code Merle-61",
		`<p class="x">Ancien texte &amp; code Merle-61</p>`: "Ancien texte & code Merle-61",
		`[if lt IE 9]><p>Trop vieux</p><![endif]`:           "",
		` wp:paragraph {"align":"left"} `:                   "",
		` /wp:paragraph `:                                   "",
		`sidebar`:                                           "",
		` `:                                                 "",
	} {
		item := page(in)
		got := ""
		for _, z := range item.Zones {
			if z.Kind == content.ZoneComment {
				got = z.Text
			}
		}
		check(t, in, got, want)
		if want != "" && strings.Contains(item.Text, want) {
			t.Errorf("%q is shown", want)
		}
	}
}

// TestRemarksOfPeople tells what people leave in the source from what programs do.
func TestRemarksOfPeople(t *testing.T) {
	for s, want := range map[string]bool{
		"mdp:Belette77aa": true, "04/11/2026 ne rien dire avant la signature": true, "#TODO ne pas publier": true, "https://svc:Belette7x@intra.example/c ancien lien": true, "A/B : ne pas diffuser": true,
		"wp:paragraph": false, "/wp:paragraph": false, "ko if: open": false, "/ko": false, "[if lt IE 9]": false, "#include virtual=\"/pied.html\"": false, `{"id": 12, "kind": "bloc"}`: false, "header": false,
	} {
		if got := remark(s) != ""; got != want {
			t.Errorf("%q: read %v, want %v", s, got, want)
		}
	}
}
