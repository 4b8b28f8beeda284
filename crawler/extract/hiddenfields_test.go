package extract

import (
	"slices"
	"testing"

	"filon/crawler/content"
)

// What a person wrote into a hidden field is kept beside the text; what programs keep there is not.
func TestHiddenFields(t *testing.T) {
	for in, want := range map[string][]string{
		`type="Hidden" name="rib" value="BE71096123456769"`:                                  {"rib : BE71096123456769"},
		`type="Hidden" name="compte" value="BE71 0961 2345 6769"`:                            {"compte : BE71 0961 2345 6769"},
		`type="Hidden" id="db_password" value="Tuile-Bleue-7"`:                               {"db_password : Tuile-Bleue-7"},
		`type="Hidden" name="k" value="AKIA5RK8ZSXUY3MNC6JD"`:                                {"k : AKIA5RK8ZSXUY3MNC6JD"},
		`type="Hidden" name="note" value="Ne pas montrer cette offre à Garnier"`:             {"note : Ne pas montrer cette offre à Garnier"},
		`type="Hidden" name="carte" value="4970 1012 3456 7893"`:                             {"carte : 4970 1012 3456 7893"},
		`type="Hidden" name="_wpnonce" value="4b1d99c2a7"`:                                   nil,
		`type="Hidden" name="csrf_token" value="ImY3Njk2NTVmZTg.Zw1x2A.q8Zt4LxW2vNs7Rb1Yk9"`: nil,
		`type="Hidden" name="__VIEWSTATE" value="/wEPDwUKLTU5NjIzNDEyMA9kFgICAw9kFgI="`:      nil,
		`type="Hidden" name="_wp_http_referer" value="/blog/une-page-de-tous-les-jours/"`:    nil,
		`type="Hidden" name="redirect" value="https://x.example/merci pour tout"`:            nil,
		`type="Hidden" name="passwordConfirm" value="required"`:                              nil,
		`type="Hidden" name="u" value="1b6fb2aaa7"`:                                          nil,
		`type="Hidden" name="id" value="FR7"`:                                                nil,
		`type="Hidden" name="cfg" value="{&quot;a&quot;: &quot;deux mots et plus&quot;}"`:    nil,
		`type="Hidden" name="titre" value="La ligne tourne"`:                                 nil, // which the page says
		`name="db_password" value="Tuile-Bleue-7"`:                                           {"db_password : Tuile-Bleue-7"},
		`type="password" name="mdp" value="8 signes"`:                                        nil,
		`type="Hidden" name="note" value=""`:                                                 nil,
	} {
		item := HTML(Input{Address: "https://x.example/p", Body: []byte(`<html lang="fr"><body><main><p>La ligne tourne depuis lundi.</p></main><form><input ` + in + `></form></body></html>`), Access: content.Access{Visibility: content.Intranet}})
		var got []string
		for _, z := range item.Zones {
			if z.Kind == content.ZoneLabel {
				got = append(got, z.Text)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// A page of a folder has no links that are followed; what their parameters say is read all the same.
func TestLinksOfAFolder(t *testing.T) {
	const link = "https://outil.example/x?db_password=Tuile-Bleue-7"
	item := HTML(Input{Address: "file:///srv/a.html", Body: []byte(`<title>Outils</title><p>Voir <a href="` + link + `">le bel outil</a> et <a href="https://outil.example/">l'autre</a>.`)})
	if !slices.ContainsFunc(item.Zones, func(z content.Zone) bool { return z.Kind == content.ZoneLabel && z.Text == link }) {
		t.Errorf("zones %v", item.Zones)
	}
	if len(item.Zones) != 1 {
		t.Errorf("%d zones", len(item.Zones))
	}
}
