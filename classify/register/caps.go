package register

import "unicode"

// Capitals is what the capitals of a text tell: names inside sentences, words that are shouted.
type Capitals struct {
	Words  int // words
	Inside int // words with a capital that do not begin a sentence
	Upper  int // capitals after the first letter of a word
}

// CapitalsOf counts the capitals of the part of raw that a model reads.
func CapitalsOf(raw string) (c Capitals) {
	if len(raw) > maxBytes {
		raw = raw[:maxBytes]
	}
	start, inWord := true, false
	for _, r := range raw {
		is := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 128 && unicode.IsLetter(r)
		if !is {
			inWord = inWord && (r == '\'' || r == '’')
			if r == '.' || r == '!' || r == '?' || r == '\n' || r == ':' {
				start = true
			}
			continue
		}
		upper := r >= 'A' && r <= 'Z' || r >= 128 && unicode.IsUpper(r)
		switch {
		case !inWord:
			c.Words++
			if upper && !start {
				c.Inside++
			}
		case upper:
			c.Upper++
		}
		inWord, start = true, false
	}
	return c
}
