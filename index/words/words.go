// Package words cuts text into the words that search compares: without accents, elision or
// inflection, in the same way for what is kept and for what people type.
//
//	L’Évènement, des vélos ──▶ evene(ment) · velo
//
// In: text of any origin. Out: words with their places in it. Never: an index, a query.
package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Language picks how words are reduced to their stems.
type Language int

// The languages with a stemmer of their own; every other one is only folded.
const (
	French Language = iota
	English
	Other
)

// All lists the languages in a fixed order.
var All = [...]Language{French, English, Other}

// String is the short name of the language, as used in the names of the index's fields.
func (l Language) String() string { return [...]string{"fr", "en", "x"}[l] }

// LanguageOf maps an ISO 639-1 code, with or without a region, to the language that stems it. What has none, such as a table
// of a few words, is taken for French.
func LanguageOf(code string) Language {
	code, _, _ = strings.Cut(strings.ToLower(code), "-")
	switch code {
	case "fr", "":
		return French
	case "en":
		return English
	}
	return Other
}

// Form is what a word is compared by. Forms are shared between texts: nobody changes them, Slot aside.
type Form struct {
	Lower  string // lower case with its accents, without apostrophes: "évènements"
	Folded string // without accents: "evenements"
	Stem   string // reduced to what inflections share: "evenement"
	Stop   bool   // so common in its language that it is not worth keeping
	Slot   any    // the owner of the Splitter may keep something here, as long as the form is remembered
}

// Word is one occurrence.
type Word struct {
	*Form
	Start, End int  // bytes of the text that it covers
	Pos        int  // from 1; stop words count, elided articles do not
	Joined     bool // a hyphenated pair as one word, at the place of its first half: "week-end" as "weekend"
}

// Longest is the longest word that is kept, in bytes; longer runs are data, not language.
const Longest = 64

// Splitter cuts texts of one language. It remembers the forms it has seen, within bounds, and so is
// quick on the thousandth page; it must not be used by two goroutines at once.
type Splitter struct {
	lang  Language
	forms map[string]*Form
}

// NewSplitter returns a Splitter for one language.
func NewSplitter(lang Language) *Splitter {
	return &Splitter{lang: lang, forms: make(map[string]*Form)}
}

// remembered bounds the memory of a Splitter: about 3 MB.
const remembered = 20_000

// form gives the compared form of a run of text, computing it at most once per memory.
func (s *Splitter) form(raw string) *Form {
	if f, ok := s.forms[raw]; ok {
		return f
	}
	if len(s.forms) >= remembered {
		clear(s.forms)
	}
	f := makeForm(raw, s.lang)
	s.forms[strings.Clone(raw)] = f
	return f
}

// Split calls emit for each word of the text, in order.
func (s *Splitter) Split(text string, emit func(Word)) {
	pos := 0
	var before struct { // the word on the left of a hyphen
		start, end, pos int
		chained         bool
	}
	before.end = -1
	for i := 0; i < len(text); {
		c, size := classAt(text, i)
		if c == gap || c == inside {
			i += size
			continue
		}
		if c == ideograph {
			i = s.splitIdeographs(text, i, &pos, emit)
			before.end = -1
			continue
		}
		start := i
		end := s.endOfWord(text, i)
		i = end
		// L'été, d'une: the article goes, without leaving a hole in phrases.
		if n := apostropheAt(text, end); n > 0 {
			next, _ := classAt(text, end+n)
			if next == letter && elided(text[start:end]) {
				i = end + n
				continue
			}
			if next == letter {
				tail := s.endOfWord(text, end+n)
				if text[end+n:tail] == "s" || text[end+n:tail] == "S" {
					i = tail // company's
				} else {
					end, i = tail, tail // aujourd'hui, prud'homme, O'Brien
				}
			}
		}
		if end-start > Longest {
			pos++
			before.end = -1
			continue
		}
		pos++
		emit(Word{Form: s.form(text[start:end]), Start: start, End: end, Pos: pos})

		linked := before.end >= 0 && before.end+hyphenAt(text, before.end) == start
		next := hyphenAt(text, end)
		continues := next > 0 && isLetterAt(text, end+next)
		if linked && !before.chained && !continues && end-before.start <= Longest {
			joined := text[before.start:before.end] + text[start:end]
			emit(Word{Form: s.form(joined), Start: before.start, End: end, Pos: before.pos, Joined: true})
		}
		before.end = -1
		if continues {
			before.start, before.end, before.pos, before.chained = start, end, pos, linked
		}
	}
}

// endOfWord returns where the word that starts at i ends, without looking past an apostrophe.
func (s *Splitter) endOfWord(text string, i int) int {
	start, letters, digits := i, 0, 0
	for i < len(text) {
		c, size := classAt(text, i)
		if c == letter {
			letters++
		} else if c == digit {
			digits++
		} else if c != inside || i == start {
			break
		}
		i += size
	}
	if digits > 0 || letters > 2 || i >= len(text) {
		return i
	}
	switch text[i] {
	case '+': // C++, A+
		j := i + 1
		if j < len(text) && text[j] == '+' {
			j++
		}
		if !isWordAt(text, j) {
			return j
		}
	case '#': // C#
		if !isWordAt(text, i+1) {
			return i + 1
		}
	case '&': // R&D
		if letters == 1 && isLetterAt(text, i+1) {
			_, size := utf8.DecodeRuneInString(text[i+1:])
			if !isWordAt(text, i+1+size) {
				return i + 1 + size
			}
		}
	case '.': // S.A.R.L.
		if letters != 1 {
			break
		}
		j := i
		for j < len(text) && text[j] == '.' && isLetterAt(text, j+1) {
			_, size := utf8.DecodeRuneInString(text[j+1:])
			if isWordAt(text, j+1+size) {
				break
			}
			j += 1 + size
		}
		return j
	case 0xC2: // n°, nº
		if letters == 1 && (text[start] == 'n' || text[start] == 'N') && i+1 < len(text) && (text[i+1] == 0xB0 || text[i+1] == 0xBA) {
			return i + 2
		}
	}
	return i
}

// splitIdeographs cuts scripts without spaces into overlapping pairs.
func (s *Splitter) splitIdeographs(text string, i int, pos *int, emit func(Word)) int {
	prev := -1
	first := i
	for i < len(text) {
		c, size := classAt(text, i)
		if c != ideograph {
			break
		}
		if prev >= 0 {
			*pos++
			emit(Word{Form: s.form(text[prev : i+size]), Start: prev, End: i + size, Pos: *pos})
		}
		prev = i
		i += size
	}
	if prev == first {
		*pos++
		emit(Word{Form: s.form(text[first:i]), Start: first, End: i, Pos: *pos})
	}
	return i
}

// class is what a character does to the word around it.
type class uint8

const (
	gap class = iota
	letter
	digit
	inside    // neither begins nor ends a word but may stand in it: combining marks, soft hyphen
	ideograph // a script that writes no spaces
)

var asciiClass = func() (t [128]class) {
	for c := '0'; c <= '9'; c++ {
		t[c] = digit
	}
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-32] = letter, letter
	}
	t['_'] = letter
	return t
}()

func classAt(text string, i int) (class, int) {
	if i >= len(text) {
		return gap, 1
	}
	if b := text[i]; b < utf8.RuneSelf {
		return asciiClass[b], 1
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	return classOf(r), size
}

func classOf(r rune) class {
	switch {
	case r >= 0xC0 && r <= 0x24F:
		if r == 0xD7 || r == 0xF7 {
			return gap
		}
		return letter
	case r == 0xAD || r >= 0x200B && r <= 0x200D || r == 0xFEFF || r >= 0x300 && r <= 0x36F:
		return inside
	case r >= 0xE00 && r <= 0xEFF, r >= 0x1000 && r <= 0x109F, r >= 0x1780 && r <= 0x17FF,
		r >= 0x2E80 && r <= 0x2FDF, r >= 0x3040 && r <= 0x30FF, r >= 0x3400 && r <= 0x9FFF, r >= 0xF900 && r <= 0xFAFF, r >= 0x20000 && r <= 0x3FFFF:
		return ideograph
	case r == 0xAA || r == 0xBA:
		return gap
	case unicode.IsLetter(r):
		return letter
	case unicode.IsNumber(r):
		return digit
	case unicode.IsMark(r):
		return inside
	}
	return gap
}

func isLetterAt(text string, i int) bool { c, _ := classAt(text, i); return c == letter }

func isWordAt(text string, i int) bool { c, _ := classAt(text, i); return c == letter || c == digit }

// apostropheAt gives the length of an apostrophe at i, 0 when there is none.
func apostropheAt(text string, i int) int {
	if i >= len(text) {
		return 0
	}
	switch text[i] {
	case '\'':
		return 1
	case 0xE2, 0xCA, 0xC2, 0xEF: // ’ ‘ ʼ ´ ＇
		r, size := utf8.DecodeRuneInString(text[i:])
		switch r {
		case '’', '‘', 'ʼ', '´', '＇':
			return size
		}
	}
	return 0
}

// hyphenAt gives the length of a hyphen at i, 0 when there is none.
func hyphenAt(text string, i int) int {
	if i < 0 || i >= len(text) {
		return 0
	}
	if text[i] == '-' {
		return 1
	}
	if strings.HasPrefix(text[i:], "\u2010") || strings.HasPrefix(text[i:], "\u2011") {
		return 3
	}
	return 0
}
