// Package tokens reads the words of a text as the models of plain text want them: names of people, figures, sums and codes are
// told apart from words.
//
//	text ──▶ words in lower case without accents, each with its hash, that of its first letters, and its kind
//
// Never: a file, a network, a clock; a result that depends on the machine.
package tokens

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what a word is beside its letters.
type Kind uint8

// The kinds of words.
const (
	Plain   Kind = iota
	Name         // of a person
	Pronoun      // il, she
	Figure       // a number
	Money        // a sum
	Other        // a name of something, a code
)

// Word is one word of a text.
type Word struct {
	Hash, Stem uint32 // of the whole, and of its first letters
	Kind       Kind
}

const stemLetters = 5

// FNV-1a, 32 bits.
const (
	hashBasis = 2166136261
	hashPrime = 16777619
)

// Hash is the hash of a word in lower case without accents.
func Hash(b []byte) uint32 {
	h := uint32(hashBasis)
	for _, c := range b {
		h = (h ^ uint32(c)) * hashPrime
	}
	return h
}

var (
	special = sets(
		"il elle ils elles lui he she him her his they",
		"m mr mrs ms mme mlle mmes monsieur madame mademoiselle maitre me dr miss",
		"€ $ £ k€ m€ euro euros eur quid grand dollars pounds million millions net brut brute milliers",
		"% percent pourcent")

	nameWord   = Hash([]byte("@person"))
	otherWord  = Hash([]byte("@other"))
	codeWord   = Hash([]byte("@code"))
	figureWord = Hash([]byte("@figure"))
	sumWord    = Hash([]byte("@sum"))
	shareWord  = Hash([]byte("@share"))
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

// Reader reads words. It is reused, and not for concurrent use.
type Reader struct {
	Words []Word
	given func(string) bool
	buf   []byte
}

// NewReader makes a reader; given tells whether a word in lower case without accents is a given name.
func NewReader(given func(string) bool) Reader { return Reader{given: given} }

// Split reads the words of a sentence or a line into Words.
func (r *Reader) Split(s string) {
	r.Words = r.Words[:0]
	loud := shouted(s)
	first, civil := true, false
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf && !begins[s[i]] {
			i++
			continue
		}
		if w, end := smallWord(s, i); end > 0 {
			r.Words = append(r.Words, w)
			civil, first, i = false, false, end
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
			r.add(figureWord, Figure)
			if k := len(r.Words) - 2; k >= 0 && r.Words[k].Kind == Money && r.Words[k].Hash != sumWord { // £ 20
				r.Words[k+1] = Word{sumWord, sumWord, Money}
			}
		case digits > 0 && letters == 1 && (text[len(text)-1] == 'k' || text[len(text)-1] == 'm'):
			r.add(sumWord, Money)
		case digits > 0 || joined:
			r.add(codeWord, Other)
		case is&(currency|percent) != 0:
			k := len(r.Words) - 1
			switch {
			case k >= 0 && r.Words[k].Kind == Figure && is&percent != 0:
				r.Words[k] = Word{shareWord, shareWord, Figure}
			case k >= 0 && (r.Words[k].Kind == Figure || r.Words[k].Kind == Money):
				r.Words[k] = Word{sumWord, sumWord, Money}
			case letters == 0:
				h := Hash(text)
				r.Words = append(r.Words, Word{h, h, Money})
			default:
				r.plain(text)
			}
		case civil && upper, upper && r.given(string(text)):
			if k := len(r.Words) - 1; k < 0 || r.Words[k].Kind != Name {
				r.add(nameWord, Name)
			}
		case upper && !loud && len(r.Words) > 0 && r.Words[len(r.Words)-1].Kind == Name && i > 0 && letters > 1:
			// a family name belongs to the name before it
		case upper && !first && !loud && letters > 1 && is&civility == 0:
			r.add(otherWord, Other)
		case is&pronoun != 0:
			h := Hash(text)
			r.Words = append(r.Words, Word{h, h, Pronoun})
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

// smallWord reads a word of small letters without accents that s[i] begins, as most are; end is 0 for any other.
func smallWord(s string, i int) (w Word, end int) {
	w.Hash = hashBasis
	end = i
	for ; end < len(s) && s[end] >= 'a' && s[end] <= 'z'; end++ {
		if end-i == stemLetters {
			w.Stem = w.Hash
		}
		w.Hash = (w.Hash ^ uint32(s[end])) * hashPrime
	}
	n := end - i
	if n == 0 || end < len(s) && !endsSmall[s[end]] || n <= mostSpecial && specialOf[s[i]]&(1<<n) != 0 && special[s[i:end]] != 0 {
		return w, 0
	}
	if n <= stemLetters {
		w.Stem = w.Hash
	}
	return w, end
}

// endsSmall are the bytes that end a word of letters, whatever follows them.
var endsSmall = func() (t [256]bool) {
	for c := range utf8.RuneSelf {
		t[c] = !alnum(byte(c)) && !strings.ContainsRune("_!*+$%", rune(c))
	}
	return t
}()

func (r *Reader) add(h uint32, k Kind) { r.Words = append(r.Words, Word{h, h, k}) }

func (r *Reader) plain(text []byte) {
	w := Word{Hash: Hash(text)}
	w.Stem = w.Hash
	if len(text) > stemLetters {
		w.Stem = Hash(text[:stemLetters])
	}
	r.Words = append(r.Words, w)
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
	if c < 'à' || c > 'ÿ' { // which are small
		c = unicode.ToLower(c)
	}
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
