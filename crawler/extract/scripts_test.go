package extract

import (
	"slices"
	"testing"

	"filon/crawler/content"
)

// What may be a credential in a script is kept beside the text; keys that every visitor gets, numbers of statistics and words
// of forms are not.
func TestScriptKeys(t *testing.T) {
	for script, want := range map[string][]string{
		`var k="AKIA5RK8ZSXUY3MNC6JD";`:                                           {"k = AKIA5RK8ZSXUY3MNC6JD"},
		`connect({ user: 'pi', password: 'Tuile-Bleue-7' })`:                      {"password = Tuile-Bleue-7"},
		`{"db":{"client_secret":"q8Zt4LxW2vNs7Rb1Yk9Ud3Hf6Jc5Mp0G"}}`:             {"client_secret = q8Zt4LxW2vNs7Rb1Yk9Ud3Hf6Jc5Mp0G"},
		`self.push("{\"dbPassword\":\"Tuile_Bleue_7\"}")`:                         {"dbPassword = Tuile_Bleue_7"},
		`fetch(u, {headers: {"Authorization": "Bearer q8Zt4LxW2vNs7Rb1Yk9Ud3"}})`: {"Authorization = Bearer q8Zt4LxW2vNs7Rb1Yk9Ud3"},

		`gtag('config', 'G-7QX4LW2VNS'); var nonce = "4b1d99c2a7";`:                                                     nil,
		`map({apiKey: "AIzaSyQ7xLw2Vn8Rb3Yk9Ud4Hf6Jc5Mp0GaTeZ2"})`:                                                      nil,
		`var t = {password: "Votre mot de passe", "pwd_help": "8 signes"};`:                                             nil,
		`fetch(u, {credentials: "same-origin"})`:                                                                        nil,
		`{"password":"i18n_password_hide","server_password":"rtime32_start_time","passwords":"secureCodeAuthorizedV1"}`: nil,
		`{"data-secret":"y61sMVfAGw","kit":"Basic angled keypad, 2nd edition"}`:                                         nil,
		`h.Authorization = "Bearer ${accessToken1}"`:                                                                    nil,
		`sitekey: "6LdQ7xLwAAAAAN2Vn8Rb3Yk9Ud4Hf6Jc5Mp0GaTe"`:                                                           nil,
	} {
		item := HTML(Input{Address: "https://x.example/p", Body: []byte(`<html lang="fr"><body><main><p>La ligne tourne depuis lundi.</p></main><script>` + script + `</script></body></html>`), Access: content.Access{Visibility: content.Intranet}})
		var got []string
		for _, z := range item.Zones {
			if z.Kind == content.ZoneLabel {
				got = append(got, z.Text)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", script, got, want)
		}
	}
}
