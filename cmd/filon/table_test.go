package main

import (
	"bytes"
	"strings"
	"testing"

	"filon/classify"
)

func TestTextWidth(t *testing.T) {
	for text, want := range map[string]int{"": 0, "été": 3, "e\u0301te\u0301": 3, "日本": 4, "a\u200bb": 2, "Œuvre": 5, "👷": 2, "ﬁn": 2} {
		if got := textWidth(text); got != want {
			t.Errorf("%q: got %d, want %d", text, got, want)
		}
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		text string
		room int
		want string
	}{{"été", 3, "été"}, {"étés", 3, "ét…"}, {"un mot", 4, "un…"}, {"日本語", 5, "日本…"}, {"日本語", 4, "日…"}, {"a", 0, ""}, {"ab", 1, "…"}} {
		if got := fit(c.text, c.room); got != c.want {
			t.Errorf("%q in %d: got %q, want %q", c.text, c.room, got, c.want)
		}
	}
}

func printed(t *testing.T, say *speaker) string {
	t.Helper()
	var out bytes.Buffer
	say.out = &steadyWriter{w: &out}
	say.table([]column{
		{Head: T{FR: "verdict", EN: "verdict"}},
		{Head: T{FR: "titre", EN: "title"}, Gives: true},
		{Head: T{FR: "note", EN: "score"}, Right: true},
		{Head: T{FR: "adresse", EN: "address"}},
	}, [][]cell{
		{say.verdictCell(classify.Publishable), {Text: "Notre usine de Saint-Étienne fête ses cinquante ans"}, {Text: "91"}, {Text: "https://a.example/u"}},
		{say.verdictCell(classify.Never), {Text: "Grille\nsalariale\x1b[31m"}, {Text: "7"}, {Text: "https://a.example/g"}},
	})
	return out.String()
}

func TestTable(t *testing.T) {
	whole := `verdict      titre                                                note  adresse
✓ publiable  Notre usine de Saint-Étienne fête ses cinquante ans    91  https://a.example/u
✗ jamais     Grille salariale[31m                                    7  https://a.example/g
`
	if got := printed(t, &speaker{lang: "fr"}); got != whole {
		t.Errorf("to a pipe\n%s\nwant\n%s", got, whole)
	}
	narrow := `verdict      titre                 note  adresse
✓ publiable  Notre usine de Sain…    91  https://a.example/u
✗ jamais     Grille salariale[31m     7  https://a.example/g
`
	if got := printed(t, &speaker{lang: "fr", width: 60}); got != narrow {
		t.Errorf("on 60 columns\n%s\nwant\n%s", got, narrow)
	}
	tiny := printed(t, &speaker{lang: "fr", width: 10})
	if !strings.Contains(tiny, "https://a.example/u") {
		t.Errorf("an address was cut:\n%s", tiny)
	}
	painted := printed(t, &speaker{lang: "en", width: 80, colour: true})
	if plain := strings.NewReplacer("\x1b[1m", "", "\x1b[32m", "", "\x1b[31m", "", "\x1b[0m", "").Replace(painted); plain != printed(t, &speaker{lang: "en", width: 80}) {
		t.Errorf("colours move columns:\n%s", painted)
	}
	if !strings.Contains(painted, "\x1b[32m✓ publishable\x1b[0m") {
		t.Errorf("a verdict without its colour: %q", painted)
	}
}

func TestEveryVerdictHasItsMark(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range []classify.Outcome{classify.Publishable, classify.NeedsEdit, classify.NeedsApproval, classify.Never, classify.NotProposed, classify.Unreadable} {
		c := (&speaker{lang: "fr"}).verdictCell(o)
		mark, words, _ := strings.Cut(c.Text, " ")
		if seen[mark] || words == "" || c.Style == "" {
			t.Errorf("%s: %+v does not stand apart", o, c)
		}
		seen[mark] = true
	}
}
