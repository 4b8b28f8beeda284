package told

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a word is beside its letters.
type kind uint8

const (
	isPlain   kind = iota
	isName         // of a person
	isPronoun      // il, she
	isFigure       // a number
	isMoney        // a sum
	isOther        // a name of something, a code
)

type word struct {
	hash, stem uint32
	kind       kind
}

const stemLetters = 5

func hash(b []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

var (
	special = sets(
		"il elle ils elles lui he she him her his they",
		"m mr mrs ms mme mlle mmes monsieur madame mademoiselle maitre me dr miss",
		"€ $ £ k€ m€ euro euros eur quid grand dollars pounds million millions net brut brute milliers",
		"% percent pourcent")

	nameWord   = hash([]byte("@person"))
	otherWord  = hash([]byte("@other"))
	codeWord   = hash([]byte("@code"))
	figureWord = hash([]byte("@figure"))
	sumWord    = hash([]byte("@sum"))
	shareWord  = hash([]byte("@share"))
)

// mostSpecial is how many bytes the longest word of special has.
const mostSpecial = 15

// specialOf are the lengths of the words of special, by their first byte.
var specialOf = func() (lengths [256]uint16) {
	for w := range special {
		lengths[w[0]] |= 1 << len(w)
	}
	return lengths
}()

// begins are the ASCII bytes that a word or a sum begins with.
var begins = func() (t [utf8.RuneSelf]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '$' || c == '%'
	}
	return t
}()

// What a word of special is.
const (
	pronoun = 1 << iota
	civility
	currency
	percent
)

func sets(lists ...string) map[string]uint8 {
	all := map[string]uint8{}
	for i, list := range lists {
		for _, w := range strings.Fields(list) {
			all[w] |= 1 << i
		}
	}
	return all
}

// split reads the words of a sentence: names of people, figures and sums are told apart from words.
func (r *Reader) split(s string) {
	r.words = r.words[:0]
	loud := shouted(s)
	first, civil := true, false
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf && !begins[s[i]] {
			i++
			continue
		}
		c, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '€' && c != '£' && c != '$' && c != '%' {
			i += n
			continue
		}
		from := i
		letters, digits, joined := 0, 0, false
		upper := unicode.IsUpper(c)
		r.buf = r.buf[:0]
		for i < len(s) {
			if low := s[i] | 0x20; low >= 'a' && low <= 'z' {
				letters++
				r.buf = append(r.buf, low)
				i++
				continue
			}
			c, n = utf8.DecodeRuneInString(s[i:])
			switch {
			case unicode.IsLetter(c):
				letters++
				r.buf = foldRune(r.buf, c)
			case unicode.IsDigit(c):
				digits++
				r.buf = append(r.buf, '0')
			case c == '€' || c == '£' || c == '$' || c == '%':
				if i > from && letters == 0 && digits > 0 { // 38€ is a figure and a currency
					goto done
				}
				r.buf = utf8.AppendRune(r.buf, c)
				if i += n; i-n == from {
					goto done
				}
				continue
			case (c == '_' || c == '!' || c == '*' || c == '+') && i+n < len(s) && i > from && alnum(s[i+n]):
				joined = true // as passwords have it
			case (c == '.' || c == ',' || c == ' ' || c == '\u00a0' || c == '\u202f') && letters == 0 && digits > 0 && i+n < len(s) && s[i+n] >= '0' && s[i+n] <= '9':
			default:
				goto done
			}
			i += n
		}
	done:
		if i == from { // a sign that begins nothing
			i += n
			continue
		}
		text := r.buf
		is := uint8(0)
		if len(text) <= mostSpecial && specialOf[text[0]]&(1<<len(text)) != 0 {
			is = special[string(text)]
		}
		switch {
		case digits > 0 && letters == 0 && !joined:
			r.add(figureWord, isFigure)
			if k := len(r.words) - 2; k >= 0 && r.words[k].kind == isMoney && r.words[k].hash != sumWord { // £ 20
				r.words[k+1] = word{sumWord, sumWord, isMoney}
			}
		case digits > 0 && letters == 1 && (text[len(text)-1] == 'k' || text[len(text)-1] == 'm'):
			r.add(sumWord, isMoney)
		case digits > 0 || joined:
			r.add(codeWord, isOther)
		case is&(currency|percent) != 0:
			k := len(r.words) - 1
			switch {
			case k >= 0 && r.words[k].kind == isFigure && is&percent != 0:
				r.words[k] = word{shareWord, shareWord, isFigure}
			case k >= 0 && (r.words[k].kind == isFigure || r.words[k].kind == isMoney):
				r.words[k] = word{sumWord, sumWord, isMoney}
			case letters == 0:
				h := hash(text)
				r.words = append(r.words, word{h, h, isMoney})
			default:
				r.plain(text)
			}
		case civil && upper, upper && r.given(string(text)):
			if k := len(r.words) - 1; k < 0 || r.words[k].kind != isName {
				r.add(nameWord, isName)
			}
		case upper && !loud && len(r.words) > 0 && r.words[len(r.words)-1].kind == isName && i > 0 && letters > 1:
			// a family name belongs to the name before it
		case upper && !first && !loud && letters > 1 && is&civility == 0:
			r.add(otherWord, isOther)
		case is&pronoun != 0:
			h := hash(text)
			r.words = append(r.words, word{h, h, isPronoun})
		case is&civility != 0 && (upper || letters > 2):
			civil = true
			first = false
			continue
		default:
			r.plain(text)
		}
		civil, first = false, false
	}
}

func (r *Reader) add(h uint32, k kind) { r.words = append(r.words, word{h, h, k}) }

func (r *Reader) plain(text []byte) {
	w := word{hash: hash(text)}
	w.stem = w.hash
	if len(text) > stemLetters {
		w.stem = hash(text[:stemLetters])
	}
	r.words = append(r.words, w)
}

func alnum(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf
}

// shouted tells whether a sentence is in capitals, which then tell no names.
func shouted(s string) bool {
	up, down := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			up++
		case c >= 'a' && c <= 'z':
			down++
		}
	}
	return up > 2*down
}

// foldRune appends a letter in lower case without its accent.
func foldRune(b []byte, c rune) []byte {
	if c < utf8.RuneSelf {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		return append(b, byte(c))
	}
	c = unicode.ToLower(c)
	switch {
	case c >= 'à' && c <= 'å':
		return append(b, 'a')
	case c == 'ç':
		return append(b, 'c')
	case c >= 'è' && c <= 'ë':
		return append(b, 'e')
	case c >= 'ì' && c <= 'ï':
		return append(b, 'i')
	case c == 'ñ':
		return append(b, 'n')
	case c >= 'ò' && c <= 'ö':
		return append(b, 'o')
	case c >= 'ù' && c <= 'ü':
		return append(b, 'u')
	case c == 'œ':
		return append(b, "oe"...)
	case c == 'æ':
		return append(b, "ae"...)
	}
	return utf8.AppendRune(b, c)
}

// Sentences calls found with the start and end of each sentence of a text, until it says no.
func Sentences(s string, found func(from, to int) bool) {
	from := 0
	for i := 0; i < len(s); i++ {
		stop := false
		switch s[i] {
		case '\n', '\t', ';':
			stop = true
		case '.', '!', '?':
			stop = i+1 >= len(s) || s[i+1] == ' ' || s[i+1] == '\n' || s[i+1] == 0xC2
		}
		if !stop {
			continue
		}
		if i-from > 8 && !found(from, i) {
			return
		}
		from = i + 1
	}
	if len(s)-from > 8 {
		found(from, len(s))
	}
}
