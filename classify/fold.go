package classify

import (
	"encoding/binary"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text beside its comparable form: accents folded, lower case, typographic apostrophes,
// dashes and spaces made plain, invisible characters gone. Rules match on low and quote from raw.
type folded struct {
	raw string
	low string
	at  []shift

	parted *[]row // the rows of its tables, once they were asked for
	parts  *bool  // whether anything in it parts cells, likewise
}

// shift says that from offset low on, offsets run in step with raw.
type shift struct{ low, raw int32 }

// fold makes s comparable. Its cost is one pass.
func fold(s string) folded {
	plain := 0
	for plain < len(s) && s[plain] < utf8.RuneSelf && lowerASCII[s[plain]] == s[plain] {
		plain++
	}
	if plain == len(s) {
		return folded{raw: s, low: s}
	}
	w := foldings.Get().(*folding)
	defer foldings.Put(w)
	out, at, apart := append(w.out[:0], s[:plain]...), w.at[:0], 0
	for i := plain; i < len(s); {
		if s[i] < utf8.RuneSelf {
			from := len(out)
			out = appendLower(out, s[i:])
			i += len(out) - from
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		out = appendFolded(out, r)
		i += n
		if len(out)-i != apart { // else offsets run on in step as before
			apart = len(out) - i
			at = append(at, shift{low: int32(len(out)), raw: int32(i)})
		}
	}
	w.out, w.at = out, at
	return folded{raw: s, low: string(out), at: slices.Clone(at)}
}

// appendLower appends the ASCII that s begins with, in lower case.
func appendLower(out []byte, s string) []byte {
	const each = 0x0101010101010101
	for i := 0; i < len(s); {
		if i+8 <= len(s) { // eight bytes at once, but for those with a control character
			x := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 | uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
			if x&(0x80*each) == 0 && (x+(0x80-' ')*each)&(0x80*each) == 0x80*each {
				capital := (x + (0x80-'A')*each) &^ (x + (0x7f-'Z')*each) & (0x80 * each)
				out = binary.LittleEndian.AppendUint64(out, x|capital>>2)
				i += 8
				continue
			}
		}
		for end := min(len(s), i+8); i < end; i++ {
			if s[i] >= utf8.RuneSelf {
				return out
			}
			out = append(out, lowerASCII[s[i]])
		}
	}
	return out
}

// folding is what one fold is written into, used again and again.
type folding struct {
	out []byte
	at  []shift
}

var foldings = sync.Pool{New: func() any { return new(folding) }}

// foldString is the comparable form alone.
func foldString(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || lowerASCII[c] != c {
			return fold(s).low
		}
	}
	return s
}

// rawAt turns an offset of low into the offset of raw that it came from.
func (f *folded) rawAt(i int) int {
	n := sort.Search(len(f.at), func(k int) bool { return int(f.at[k].low) > i })
	if n == 0 {
		return min(i, len(f.raw))
	}
	s := f.at[n-1]
	return min(int(s.raw)+i-int(s.low), len(f.raw))
}

// span gives the offsets in raw of low[start:end], on character boundaries.
func (f *folded) span(start, end int) (int, int) {
	from, to := f.rawAt(start), f.rawAt(end)
	for from > 0 && from < len(f.raw) && !utf8.RuneStart(f.raw[from]) {
		from--
	}
	for to < len(f.raw) && !utf8.RuneStart(f.raw[to]) {
		to++
	}
	return from, max(from, to)
}

var lowerASCII = func() (t [128]byte) {
	for c := range t {
		t[c] = byte(unicode.ToLower(rune(c)))
		if c < ' ' && c != '\n' {
			t[c] = ' '
		}
	}
	return t
}()

// latin holds the folded forms of U+0080 to U+024F.
var latin = func() (t [0x250 - 0x80]string) {
	for i := range t {
		r := rune(0x80 + i)
		switch r {
		case 'œ', 'Œ':
			t[i] = "oe"
		case 'æ', 'Æ':
			t[i] = "ae"
		case 'ß':
			t[i] = "ss"
		case 'ø', 'Ø':
			t[i] = "o"
		case 'ł', 'Ł':
			t[i] = "l"
		case 'đ', 'Đ', 'ð', 'Ð':
			t[i] = "d"
		case 0xAD:
			t[i] = ""
		case '«', '»':
			t[i] = `"`
		case '·', '•', '©', '®', '°':
			t[i] = string(r)
		default:
			t[i] = plain(string(r))
		}
	}
	return t
}()

// vietnamese and fullWidth hold those of U+1E00 to U+1EFF and of U+FF00 to U+FFEF, of which texts in Vietnamese,
// Chinese and Japanese are full.
var vietnamese, fullWidth = plainTable(0x1E00, 0x1EFF), plainTable(0xFF00, 0xFFEF)

func plainTable(from, to rune) []string {
	t := make([]string, 0, to-from+1)
	for r := from; r <= to; r++ {
		t = append(t, plain(string(r)))
	}
	return t
}

// plain is the compatibility form of s without its accents, in lower case.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case r == utf8.RuneError:
			b.WriteByte('?')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func appendFolded(out []byte, r rune) []byte {
	switch {
	case r == utf8.RuneError:
		return append(out, '?')
	case r < 0x250:
		return append(out, latin[r-0x80]...)
	case r >= 0x300 && r < 0x370: // combining marks
		return out
	case r >= 0x2000 && r <= 0x200A, r == 0x202F, r == 0x205F, r == 0x3000:
		return append(out, ' ')
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F, r == 0xFEFF, r >= 0xFE00 && r <= 0xFE0F:
		return out
	case r >= 0x2010 && r <= 0x2015, r == 0x2212:
		return append(out, '-')
	case r == 0x2018, r == 0x2019, r == 0x201B, r == 0x2BC, r == 0x2032:
		return append(out, '\'')
	case r >= 0x201C && r <= 0x201F:
		return append(out, '"')
	case r == 0x2026:
		return append(out, "..."...)
	case r == 0x2028, r == 0x2029:
		return append(out, '\n')
	case r >= 0x1E00 && r <= 0x1EFF:
		return append(out, vietnamese[r-0x1E00]...)
	case r >= 0xFF00 && r <= 0xFFEF:
		return append(out, fullWidth[r-0xFF00]...)
	case r >= 0xFB00 && r <= 0xFB06, r >= 0x1D400 && r <= 0x1D7FF, r >= 0x2070 && r <= 0x209C, r >= 0x2100 && r <= 0x2188, r >= 0x2460 && r <= 0x24FF:
		return append(out, plain(string(r))...)
	}
	return utf8.AppendRune(out, unicode.ToLower(r))
}

// isWord tells whether a byte of folded text belongs to a word: a letter, a digit or any character
// beyond ASCII but the few signs that folding keeps.
func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }
