package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	snowball "github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

func makeForm(raw string, lang Language) *Form {
	lower := lowered(raw)
	f := &Form{Lower: lower, Folded: fold(lower)}
	f.Stop = stops[lang][lower] && !capitals(raw)
	switch lang {
	case French:
		f.Stem = frenchStem(f.Folded)
	case English:
		f.Stem = englishStem(f.Folded)
	default:
		f.Stem = f.Folded
	}
	// Equal strings share their bytes: most words are their own stem.
	if f.Folded == f.Lower {
		f.Folded = f.Lower
	}
	if f.Stem == f.Folded {
		f.Stem = f.Folded
	}
	return f
}

// lowered gives the word in lower case, composed (NFC), without apostrophes, soft hyphens or
// characters of no width.
func lowered(raw string) string {
	plain, marks := true, false
	for i := 0; i < len(raw); i++ {
		if raw[i] >= 0x80 || raw[i] == '\'' || raw[i] == '.' {
			plain = false
			break
		}
	}
	if plain {
		return strings.ToLower(raw)
	}
	var b strings.Builder
	for _, r := range raw {
		switch {
		case r == '\'' || r == '.' || r == '’' || r == '‘' || r == 'ʼ' || r == '´' || r == '＇' || r == 0xAD || r >= 0x200B && r <= 0x200D || r == 0xFEFF:
			continue
		case r == 'º':
			r = '°'
		case r >= 0x300 && r <= 0x36F:
			marks = true
		}
		b.WriteRune(unicode.ToLower(r))
	}
	if marks {
		return norm.NFC.String(b.String())
	}
	return b.String()
}

// Fold removes accents and unfolds ligatures of Latin letters: "cœur d'Été" gives "coeur d'ete". Other
// scripts stay as they are. Callers lower the case.
func Fold(s string) string { return fold(strings.ToLower(s)) }

func fold(s string) string {
	i := 0
	for i < len(s) && s[i] < 0x80 {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:i])
	for _, r := range s[i:] {
		switch {
		case r < 0x80 || r == '°':
			b.WriteRune(r)
		case r == 'œ':
			b.WriteString("oe")
		case r == 'æ':
			b.WriteString("ae")
		case r == 'ß':
			b.WriteString("ss")
		case r == 'ø':
			b.WriteByte('o')
		case r == 'đ' || r == 'ð':
			b.WriteByte('d')
		case r == 'ł':
			b.WriteByte('l')
		case r == 'þ':
			b.WriteString("th")
		case r == 'ı':
			b.WriteByte('i')
		case r < 0x250 || r >= 0x1E00 && r <= 0x1FFF || r >= 0x370 && r <= 0x3FF || r >= 0x2070 && r <= 0x209F || r >= 0xFB00 && r <= 0xFB06 || r >= 0xFF00 && r <= 0xFF5E:
			for _, d := range norm.NFKD.String(string(r)) {
				if d < 0x300 || d > 0x36F {
					b.WriteRune(d)
				}
			}
		case r >= 0x300 && r <= 0x36F:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// capitals tells a word that is an acronym by its writing: CE, IT, LE (low energy).
func capitals(raw string) bool {
	letters := 0
	for _, r := range raw {
		if !unicode.IsUpper(r) {
			return false
		}
		letters++
	}
	return letters > 1
}

// elided tells the articles and pronouns that lose their vowel before another: l', qu', jusqu'.
func elided(raw string) bool {
	if len(raw) > 7 {
		return false
	}
	switch strings.ToLower(raw) {
	case "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "quoiqu", "lorsqu", "puisqu":
		return true
	}
	return false
}

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// stops are words that carry no meaning of their own. The lists are short on purpose: été, son, car,
// or, est, pas, plus, avoir, fait, IT and will are words that people look for.
var stops = [...]map[string]bool{
	French: set(`le la les un une des du de au aux et ou où à en dans par pour sur avec que qui dont ce cet cette ces
		il elle ils elles on nous vous je tu se sa ses leur leurs ne y lui eux si mais donc ni`),
	English: set(`the a an of to in and or is are was be been for on at as by with this that these those from
		we you they he she our your their its which who but if not no so then than there`),
	Other: set(""),
}

func englishStem(w string) string {
	if len(w) < 3 {
		return w
	}
	for i := 0; i < len(w); i++ {
		if c := w[i]; c < 'a' || c > 'z' {
			return w
		}
	}
	env := snowball.NewEnv(w)
	english.Stem(env)
	return env.Current()
}

// IsStop tells whether a word, as typed, says nothing in French or in English.
func IsStop(raw string) bool {
	if capitals(raw) {
		return false
	}
	lower := lowered(raw)
	return stops[French][lower] || stops[English][lower]
}

// AppendPlain appends to dst what a text says without its looks: the folded lower-case letters and
// digits of its words, with a blank between words.
func AppendPlain(dst []byte, text string) []byte {
	gapped := true
	for i := 0; i < len(text); {
		b := text[i]
		if b < 0x80 {
			i++
			if asciiClass[b] == gap {
				if !gapped {
					dst, gapped = append(dst, ' '), true
				}
				continue
			}
			if 'A' <= b && b <= 'Z' {
				b += 'a' - 'A'
			}
			dst, gapped = append(dst, b), false
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch c := classOf(r); {
		case c == inside:
		case c == gap:
			if !gapped {
				dst, gapped = append(dst, ' '), true
			}
		case r < 0x250 && plainLetters[r] != "":
			dst, gapped = append(dst, plainLetters[r]...), false
		default:
			dst, gapped = append(dst, Fold(string(r))...), false
		}
	}
	if n := len(dst); n > 0 && dst[n-1] == ' ' {
		dst = dst[:n-1]
	}
	return dst
}

// plainLetters are the folded forms of the accented Latin letters.
var plainLetters = func() (t [0x250]string) {
	for r := rune(0xC0); r < 0x250; r++ {
		t[r] = Fold(string(r))
	}
	return t
}()
