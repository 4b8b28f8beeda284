package classify

import "strings"

// gardenPhrase is a word or phrase of the secret garden, however it is spelled: in the plural, with quotes, hyphens or
// line ends between its words, with "de" or "the" there, in one word, with a number behind.
type gardenPhrase struct {
	words []string // folded
	whole string   // in one word; "" for one word
}

func gardenPhraseOf(s string) (g gardenPhrase) {
	g.words = splitWords(strings.ReplaceAll(foldString(strings.TrimSpace(s)), "'", " "))
	if len(g.words) > 1 {
		g.whole = strings.Join(g.words, "")
	}
	return g
}

// in tells whether the phrase stands among the words of a text.
func (g *gardenPhrase) in(text []string) bool {
	for i := range text {
		if g.whole != "" && numbered(text[i], g.whole) || len(g.words) > 0 && g.at(text[i:]) {
			return true
		}
	}
	return false
}

func (g *gardenPhrase) at(text []string) bool {
	if !inflected(text[0], g.words[0]) {
		return false
	}
	i := 1
	for _, w := range g.words[1:] {
		for skipped := 0; i < len(text) && skipped < 2 && smallWords[text[i]] && text[i] != w; skipped++ {
			i++
		}
		if i == len(text) || !inflected(text[i], w) {
			return false
		}
		i++
	}
	return true
}

// inflected tells whether a word is another, in the plural or with a number behind.
func inflected(s, w string) bool {
	rest, ok := strings.CutPrefix(s, w)
	if !ok || len(w) < 4 && rest != "" { // a short one would become another word
		return ok && rest == ""
	}
	return rest == "" || rest == "s" || rest == "x" || rest == "es" || strings.Trim(rest, "0123456789") == ""
}

func numbered(s, w string) bool {
	rest, ok := strings.CutPrefix(s, w)
	return ok && strings.Trim(rest, "0123456789") == ""
}

// smallWords may stand between the words of a phrase.
var smallWords = setOf("de du des d la le les l un une of the a an dit dite nomme nommee called code named name")

// gardenLines joins what a hyphen at the end of a line parts (extraction writes the line end as a space too).
var gardenLines = strings.NewReplacer("-\n", "", "- ", "")

// gardenLine is a text with those words put together that the end of a line parts.
func gardenLine(low string) string {
	if !strings.Contains(low, "- ") && !strings.Contains(low, "-\n") {
		return low
	}
	return gardenLines.Replace(low)
}
