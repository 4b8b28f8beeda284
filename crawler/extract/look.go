package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// look is what one block looks like by itself.
type look struct {
	chars, digits, capitals, stops, commas, sentences float32
	price, copyright, ended, question, colon          bool
	known                                             float32 // words that the declared title or description has too
	says                                              cues    // what the words of a short block hint at
}

// stops are the most frequent words of French and English: running text is full of them.
var stops = wordSet(`le la les de des du un une et est en que qui dans pour sur par au aux ce cette ces il elle
	nous vous ils elles se sa son ses ne pas plus ou où avec sont à être a été mais comme leur leurs notre nos votre
	vos tout tous on y si the of and to in is it that for was on are as with be at this have from or by not but they
	you we his her which their its an has had were will can all more when your our than been would there what if`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// saidCues are the cues that words of a short text can carry.
const saidCues = cueRelated | cueComment | cueShare | cueNewsletter | cueCookie | cueAd | cueLogin | cueAuthor |
	cueTags | cuePager | cueLegal | cueReview | cueProduct | cuePrice | cueFilter | cueSearch | cueToc | cueByline

// lookAt reads one block's text once.
func lookAt(s string, words int32, declared map[string]bool) look {
	var l look
	start, word, upper, counted := 0, false, false, 0
	var lower [24]byte
	finish := func(end int) {
		if !word {
			return
		}
		word = false
		if upper {
			l.capitals++
		}
		if counted++; counted > 40 || end-start > len(lower) {
			return
		}
		n := 0
		for i := start; i < end; i++ {
			c := s[i]
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			lower[n] = c
			n++
		}
		if n > 3 && declared[string(lower[:n])] {
			l.known++
		}
		if stops[string(lower[:n])] {
			l.stops++
		} else if words <= 10 {
			l.says |= cueWords[string(lower[:n])] & saidCues
		}
	}
	last := rune(0)
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		l.chars++
		switch {
		case '0' <= r && r <= '9':
			l.digits++
			if !word {
				start, word, upper = i, true, false
			}
		case 'a' <= r && r <= 'z' || r == '_':
			if !word {
				start, word, upper = i, true, false
			}
		case 'A' <= r && r <= 'Z':
			if !word {
				start, word, upper = i, true, true
			}
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			if !word {
				start, word, upper = i, true, unicode.IsUpper(r)
			}
		default:
			finish(i)
			switch r {
			case ',', ';':
				l.commas++
			case '.', '!', '?', '…':
				l.sentences++
			case '$', '€', '£':
				l.price = true
			case '©':
				l.copyright = true
			}
		}
		if r != ' ' && r != '"' && r != ')' && r != '»' && r != '”' && r != '\u00a0' {
			last = r
		}
		i += n
	}
	finish(len(s))
	switch last {
	case '.', '!', '…':
		l.ended = true
	case '?':
		l.ended, l.question = true, true
	case ':':
		l.colon = true
	}
	return l
}
