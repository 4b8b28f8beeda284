package tokens

import (
	"slices"
	"testing"
	"unicode/utf8"
)

func TestSplit(t *testing.T) {
	h := func(s string) Word {
		w := Word{Hash: Hash([]byte(s))}
		w.Stem = w.Hash
		if len(s) > stemLetters {
			w.Stem = Hash([]byte(s[:stemLetters]))
		}
		return w
	}
	of := func(hash uint32, k Kind) Word { return Word{hash, hash, k} }
	elle := h("elle")
	elle.Kind = Pronoun
	for text, want := range map[string][]Word{
		"":                        nil,
		"L'été à Noël":            {h("l"), h("ete"), h("a"), of(otherWord, Other)},
		"Karim Benali arrive":     {of(nameWord, Name), h("arrive")},
		"M. Durand et Mme Petit":  {of(nameWord, Name), h("et"), of(nameWord, Name)},
		"elle touche 3 200 €":     {elle, h("touche"), of(sumWord, Money)},
		"£ 20, soit 12 %":         {of(Hash([]byte("£")), Money), of(sumWord, Money), h("soit"), of(shareWord, Figure)},
		"code 4471B":              {h("code"), of(codeWord, Other)},
		"porte P4ss_w0rd 2026":    {h("porte"), of(codeWord, Other), of(figureWord, Figure)},
		"LA PORTE EST OUVERTE":    {h("la"), h("porte"), h("est"), h("ouverte")},
		"  …\u00a0—  \xff \u202f": nil,
	} {
		r := NewReader(func(w string) bool { return w == "karim" })
		r.Split(text)
		if !slices.Equal(r.Words, want) {
			t.Errorf("%q: %v, want %v", text, r.Words, want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("M. Durand touche 3 200 € net, ça reste entre nous")
	f.Add("£ 20k _!*+ € 12% \xff\xc3")
	f.Fuzz(func(t *testing.T, s string) {
		r := NewReader(func(string) bool { return false })
		r.Split(s)
		if len(r.Words) > utf8.RuneCountInString(s) {
			t.Errorf("%d words of %d letters", len(r.Words), utf8.RuneCountInString(s))
		}
	})
}
