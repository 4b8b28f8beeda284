package classify

import (
	"testing"

	"filon/crawler/content"
)

// What lasts some minutes are no minutes of a meeting.
func TestMinutesThatPass(t *testing.T) {
	for _, c := range []struct {
		title, lang string
		minutes     bool
	}{
		{"Graisser une chaîne en quinze minutes", "fr", false},
		{"Un étirement de 8 minutes", "fr", false},
		{"Cinq minutes par semaine pour ranger son poste", "fr", false},
		{"Les minutes qui comptent", "fr", false},
		{"Une minute de silence", "fr", false},
		{"Sharpen a blade in fifteen minutes", "en", false},
		{"A 12-minute stretch, or a few minutes of rest", "en", false},
		{"The quay is five minutes away", "en", false},
		{"Minutes of the board meeting", "en", true},
		{"Board minutes, 12 March", "en", true},
		{"Minutes, steering committee", "en", true},
		{"Compte rendu de la réunion de dix minutes", "fr", true},
	} {
		item := content.Item{Address: "https://intranet.exemple-industrie.fr/page", Title: c.title, H1: c.title, Language: c.lang, Access: content.Access{Visibility: content.Intranet},
			Text: "On garde le geste simple et la main légère. La lame brille, la chaîne file."}
		if got := Judge(item, Policy{}, judged); (got.Type == "minutes") != c.minutes {
			t.Errorf("%s: %s", c.title, got.Type)
		}
	}
}
