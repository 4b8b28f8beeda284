package extract

import (
	"net/http"
	"testing"

	"filon/crawler/content"
)

// The pictures of a page on a share are kept when they lie in its folder.
func TestPicturesBeside(t *testing.T) {
	for src, want := range map[string]string{
		"vue.jpg": "file:///partage/pages/vue.jpg", "a_files/vue%20b.jpg": "file:///partage/pages/a_files/vue%20b.jpg",
		"../vue.jpg": "", "/etc/vue.jpg": "", `\\serveur\vue.jpg`: "", "//serveur/vue.jpg": "", "data:image/png;base64,AAAA": "", "https://x.example/vue.jpg": "",
	} {
		item := HTML(Input{Address: "file:///partage/pages/a.html", Header: http.Header{}, Access: content.Access{Visibility: content.FileShare},
			Body: []byte(`<html><body><article><h1>Le miel</h1><p>Le miel se récolte en juin, quand les ruches sont pleines.</p><figure><img src="` + src + `" alt="Une ruche" width="900" height="600"><figcaption>© Agence</figcaption></figure></article></body></html>`)})
		got, caption := "", ""
		if len(item.Images) > 0 {
			got, caption = item.Images[0].Address, item.Images[0].Caption
		}
		check(t, src, got, want)
		if want != "" {
			check(t, src+": caption", caption, "© Agence")
		}
	}
}
