package extract

import (
	"strings"
	"unicode"
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
	words := frequentWords(sample)
	switch {
	case words == declared && declared != "", words != "" && declared == "":
		return words
	case declared != "" && declared != "fr" && declared != "en":
		// A site that declares one of its rarer languages means it, but for the pages that it did not translate.
		if words == "fr" || words == "en" {
			return words
		}
		if words != "" && knownWords(declared) {
			return words
		}
		return declared
	case words != "":
		return words // clear in its most frequent words, whatever the template declares
	}
	guess, sure := guessLanguage(sample)
	switch {
	case declared == "":
		if !sure {
			return shortLanguage(sample) // better unknown than one of a dozen that it may not even be
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

// commonWords are among the most frequent words of their language and in few of the others' texts.
var commonWords = func() map[string]uint8 {
	m := map[string]uint8{}
	for i, list := range [...]string{
		"le la les des du un une et est en que qui dans pour sur par au aux ce cette nous vous il elle sont avec pas plus leur notre votre",
		"the of and to in is it that for was are with be at this have from or by not but they you we has had were will can our your their",
		"el la los las de del un una y que en es por para con no se su al lo como más pero sus le ya este entre cuando muy sin sobre también me hasta hay donde quien desde",
		"der die das und ist in zu den mit von für auf des dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum kann oder",
		"il lo la gli le di del della dei che e è un una in per con non si da come più ma sono nel alla anche dal questo delle ha al se nella o degli dalla essere quando",
		"de het een en van in is dat op te zijn voor met die niet aan er om ook als dan maar bij uit nog naar door over wordt kan deze hebben of wordt geen moet",
		"o a os as de do da dos das um uma e que em é para com não por se na no ao mais como mas foi ele seu sua ou ser quando muito nos já está também só pelo pela até isso",
	} {
		for w := range strings.FieldsSeq(list) {
			m[w] |= 1 << i
		}
	}
	return m
}()

var commonLanguages = [...]string{"fr", "en", "es", "de", "it", "nl", "pt"}

// frequentWords names the language whose most frequent words leave no doubt, else "". It is a
// hundred times cheaper than a guess by trigrams and answers most pages.
func frequentWords(s string) string { return frequentIn(clip(s, 1500), 25) }

// frequentIn is frequentWords for a text of at least so many words.
func frequentIn(s string, least int) string {
	var count [len(commonLanguages)]int
	n := 0
	for w := range strings.FieldsSeq(s) {
		n++
		if len(w) > 8 {
			continue
		}
		set := commonWords[w]
		if set == 0 && w[0] < 'a' {
			set = commonWords[strings.ToLower(w)]
		}
		for i := 0; set != 0; i, set = i+1, set>>1 {
			if set&1 != 0 {
				count[i]++
			}
		}
	}
	if n < least {
		return ""
	}
	best, second := 0, -1
	for i := 1; i < len(count); i++ {
		switch {
		case count[i] > count[best]:
			best, second = i, best
		case second < 0 || count[i] > count[second]:
			second = i
		}
	}
	if count[best]*6 > n && count[best]*2 > count[second]*3 {
		return commonLanguages[best]
	}
	return ""
}

// knownWords tells whether frequentWords knows a language, and so could have named it.
func knownWords(lang string) bool {
	for _, l := range commonLanguages {
		if l == lang {
			return true
		}
	}
	return false
}

// shortLanguage names the language of a sentence or two, where its little words are of one alone; else "".
func shortLanguage(s string) string {
	var count [len(commonLanguages)]int
	n := 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(clip(s, 600)), func(r rune) bool { return !unicode.IsLetter(r) }) {
		n++
		for i, set := 0, commonWords[w]; set != 0; i, set = i+1, set>>1 {
			if set&1 != 0 {
				count[i]++
			}
		}
	}
	best, second := -1, 0
	for i, c := range count {
		if best < 0 || c > count[best] {
			if best >= 0 {
				second = max(second, count[best])
			}
			best = i
		} else {
			second = max(second, c)
		}
	}
	if count[best] >= 3 && count[best]*6 >= n && count[best] >= 2*second {
		return commonLanguages[best]
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
