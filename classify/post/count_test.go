package post

import "testing"

func TestLength(t *testing.T) {
	for _, c := range []struct {
		network, text string
		want          int
	}{
		{"x", "Bonjour à tous", 14},
		{"x", "e\u0301te\u0301", 3}, // composed first
		{"x", "« été » — d’accord…", 20},
		{"x", "日本", 4},
		{"x", "👩‍👩‍👧‍👦", 2},
		{"x", "1️⃣ 🇫🇷", 5},
		{"x", "Voir https://www.exemple.fr/une/page/tres/longue?avec=parametres.", 29},
		{"x", "http et https ne sont pas des adresses", 38},
		{"bluesky", "👩‍👩‍👧‍👦 été", 5},
		{"bluesky", "https://a.fr", 12},
		{"mastodon", "Lire : https://www.exemple.fr/x", 30},
		{"threads", "été 👍", 8},
		{"threads", "☀ été", 5},
		{"linkedin", "été 👍", 6},
		{"facebook", "", 0},
	} {
		if got := Length(c.network, c.text); got != c.want {
			t.Errorf("%s %q is %d, want %d", c.network, c.text, got, c.want)
		}
	}
}
