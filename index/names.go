package index

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"filon/index/words"
)

// spelled is one word of a text, as names are compared.
type spelled struct {
	word       string
	start, end int
}

// spell cuts a text into words without case and accents: "Jeanne MARTIN", "jeanne.martin@" alike.
func spell(text string) []spelled {
	var all []spelled
	start := -1
	cut := func(end int) {
		if start >= 0 {
			all = append(all, spelled{words.Fold(text[start:end]), start, end})
			start = -1
		}
	}
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		cut(i)
	}
	cut(len(text))
	return all
}

// form is one way in which a subject may be written.
type form struct {
	words []string
	weak  bool // it may well be somebody else
}

// forms are the ways in which a subject may be written: its words in order and, of a name, beginning with any of them ("Le
// Goff Jeanne"), with an initial ("J. Le Goff") and, weakly, the family name under a title ("Mme Le Goff"). The first word
// is taken for the given name, unless it alone is in capitals.
func forms(subject string) []form {
	var plain []string
	for _, w := range spell(subject) {
		plain = append(plain, w.word)
	}
	if len(plain) < 2 || len(plain) > mostSubjectWords {
		return nil
	}
	all := []form{{words: plain}}
	if strings.Contains(subject, "@") {
		return all
	}
	for i := 1; i < len(plain); i++ {
		all = append(all, form{words: append(slices.Clone(plain[i:]), plain[:i]...)})
	}
	given, family := plain[:1], plain[1:]
	if inCapitals(strings.Fields(subject)[0]) && !inCapitals(subject) {
		given, family = plain[len(plain)-1:], plain[:len(plain)-1]
	}
	if initial := string([]rune(given[0])[:1]); initial != given[0] {
		all = append(all, form{words: append([]string{initial}, family...)}, form{words: append(slices.Clone(family), initial)})
	}
	for _, title := range titlesOfPeople {
		all = append(all, form{words: append([]string{title}, family...), weak: true})
	}
	return all
}

// titlesOfPeople stand before a family name, folded.
var titlesOfPeople = []string{"m", "mme", "mlle", "mr", "mrs", "ms", "miss", "monsieur", "madame", "mademoiselle", "dr", "docteur", "doctor", "me", "maitre", "pr", "professeur", "professor"}

func inCapitals(text string) bool {
	return utf8.RuneCountInString(text) > 1 && strings.ToUpper(text) == text && strings.ToLower(text) != text
}

func (s *subjects) hash(w []string) string {
	mac := hmac.New(sha256.New, s.key)
	for _, one := range w {
		mac.Write([]byte(one))
		mac.Write([]byte{' '})
	}
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

func (s *subjects) add(hash string, length int, weak bool) {
	if known, ok := s.hashes[hash]; !ok || known {
		s.hashes[hash] = weak
	}
	if !slices.Contains(s.lengths, length) {
		s.lengths = append(s.lengths, length)
	}
}

// erase replaces every subject in a text and says how many there were.
func (s *subjects) erase(text string) (string, int) { return s.eraseForms(text, text, false) }

// eraseForms finds subjects in look, which is text or as long, and replaces them in text.
func (s *subjects) eraseForms(text, look string, weak bool) (string, int) {
	if len(s.hashes) == 0 || text == "" {
		return text, 0
	}
	all := spell(look)
	var b strings.Builder
	done, n := 0, 0
	erase := func(first, last spelled) {
		b.WriteString(text[done:first.start] + Erased)
		done = last.end
		n++
	}
next:
	for i := 0; i < len(all); i++ {
		for _, length := range s.lengths {
			if s.named(look, all, i, i+1, length, weak) {
				erase(all[i], all[i+length-1])
				i += length - 1
				continue next
			}
			if i+3 < len(all) && joins[all[i+1].word] && s.named(look, all, i, i+3, length, weak) { // "Jeanne et Luc Le Goff"
				erase(all[i], all[i])
				continue next
			}
		}
	}
	if n == 0 {
		return text, 0
	}
	b.WriteString(text[done:])
	return b.String(), n
}

// joins are the words between two given names.
var joins = map[string]bool{"et": true, "and": true}

// named tells whether the word i and those that follow from rest on are a subject of so many words.
func (s *subjects) named(text string, all []spelled, i, rest, length int, weak bool) bool {
	last := rest + length - 2
	if last >= len(all) || all[last].end-all[i].start > 200 {
		return false
	}
	buf := make([]string, 1, mostSubjectWords)
	buf[0] = all[i].word
	for _, w := range all[rest : last+1] {
		buf = append(buf, w.word)
	}
	isWeak, known := s.hashes[s.hash(buf)]
	if !known || isWeak && !weak {
		return false
	}
	return notElided(text, all[i]) && notElided(text, all[last])
}

// notElided tells an initial from a word of one letter: "d'Aubert" and "Aubert a dit" are not D. Aubert and Aubert A.
func notElided(text string, w spelled) bool {
	r, size := utf8.DecodeRuneInString(text[w.start:])
	if w.start+size < w.end {
		return true
	}
	after := text[w.end:]
	return unicode.IsUpper(r) && !strings.HasPrefix(after, "'") && !strings.HasPrefix(after, "’")
}
