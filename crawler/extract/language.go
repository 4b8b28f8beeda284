package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

// guessable are the languages that a text is compared with. More of them would only make the guess
// for short French and English texts worse.
var guessable = whatlanggo.Options{Whitelist: map[whatlanggo.Lang]bool{whatlanggo.Fra: true, whatlanggo.Eng: true,
	whatlanggo.Spa: true, whatlanggo.Deu: true, whatlanggo.Ita: true, whatlanggo.Nld: true, whatlanggo.Por: true,
	whatlanggo.Pol: true, whatlanggo.Rus: true, whatlanggo.Arb: true, whatlanggo.Cmn: true, whatlanggo.Jpn: true}}

// guessLanguage tells the language of a text (ISO 639-1) and whether the guess is sure. Below 150
// characters it does not try.
func guessLanguage(s string) (lang string, sure bool) {
	s = clip(s, 900)
	if utf8.RuneCountInString(s) < 150 {
		return "", false
	}
	info := whatlanggo.DetectWithOptions(s, guessable)
	return info.Lang.Iso6391(), info.Confidence > .5
}

// language is what the page's text is written in: what it declares, unless its text surely says
// otherwise. Many sites declare one language for pages in two.
func (f *facts) language(main, rest string) string {
	declared := subtag(f.lang)
	for _, other := range [...]string{f.first("content-language"), f.in.Header.Get("Content-Language"), f.first("og:locale"), text(f.main["inLanguage"])} {
		if declared == "" && !strings.Contains(other, ",") {
			declared = subtag(other)
		}
	}
	sample := main
	if len(sample) < 150 {
		sample = main + "\n" + rest
	}
	if (declared == "fr" || declared == "en") && frequentWords(sample) == declared {
		return declared
	}
	guess, sure := guessLanguage(sample)
	switch {
	case declared == "":
		if utf8.RuneCountInString(sample) < 50 {
			return ""
		}
		return guess
	case guess != "" && sure && guess != declared:
		return guess
	}
	return declared
}

// subtag gives the primary language subtag of a BCP 47 tag, lower case, or "".
func subtag(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if i := strings.IndexAny(tag, "-_ ;"); i >= 0 {
		tag = tag[:i]
	}
	if len(tag) < 2 || len(tag) > 3 || tag == "und" || tag == "mul" {
		return ""
	}
	for _, c := range tag {
		if c < 'a' || c > 'z' {
			return ""
		}
	}
	return tag
}

var (
	frenchWords  = wordSet("le la les des du un une et est en que qui dans pour sur par au aux ce cette nous vous il elle sont avec pas plus leur notre votre")
	englishWords = wordSet("the of and to in is it that for was are with be at this have from or by not but they you we has had were will can our your their")
)

// frequentWords says fr or en when one's most frequent words leave no doubt, else "". It is a
// hundred times cheaper than a guess by trigrams and answers most pages.
func frequentWords(s string) string {
	s = clip(s, 1500)
	fr, en, n := 0, 0, 0
	for w := range strings.FieldsSeq(s) {
		n++
		if len(w) > 6 {
			continue
		}
		w = strings.ToLower(w)
		if frenchWords[w] {
			fr++
		}
		if englishWords[w] {
			en++
		}
	}
	switch {
	case n < 25:
		return ""
	case fr*8 > n && fr > 5*en:
		return "fr"
	case en*8 > n && en > 5*fr:
		return "en"
	}
	return ""
}

// clip cuts a text to at most limit bytes, at a rune boundary.
func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}
