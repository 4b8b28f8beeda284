package classify

import (
	"regexp"
	"strings"
)

// Telephone numbers and mail addresses that people spell out so that no machine reads them.

// spelledNumbers are the numbers in words, folded.
var spelledNumbers = map[string]int{
	"zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
	"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
	"oh": 0, "o": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// A number of telephone has so many digits: ten in France, eleven in Britain.
const (
	fewestSpelled = 10
	mostSpelled   = 11
)

// spelledPhone reads the telephone number in words that begins at low[i]: its digits and its end, 0 when there is none.
func spelledPhone(low string, i int) (number string, end int) {
	var digits []byte
	last, times := -1, 1 // the number read last, while it may go on; of the next digit
	put := func(n int) {
		if n >= 10 {
			digits = append(digits, byte('0'+n/10))
		}
		digits = append(digits, byte('0'+n%10))
	}
	for at := i; at < len(low) && len(digits) < mostSpelled+2; {
		word := at
		for word < len(low) && isWord(low[word]) {
			word++
		}
		w := low[at:word]
		n, known := spelledNumbers[w]
		switch {
		case w == "double" || w == "triple":
			if last, times = -1, 2; w == "triple" {
				times = 3
			}
		case w == "et" && last >= 20:
		case w == "hundred" && last > 0 && last < 10:
			digits, last = append(digits, '0', '0'), -1
		case known && countsOn(last, n):
			digits = digits[:len(digits)-1]
			if last >= 10 {
				digits = digits[:len(digits)-1]
			}
			if n += last; last == 4 {
				n = 80
			}
			put(n)
			last = n
		case known:
			for range times {
				put(n)
			}
			last, times = n, 1
		case w != "" && len(w) <= 4 && allDigits(w):
			digits, last = append(digits, w...), -1
		default:
			at = len(low)
			continue
		}
		if n := len(digits); n >= fewestSpelled && n <= mostSpelled && digits[0] == '0' && digits[1] != '0' && times == 1 {
			number, end = string(digits), word
		}
		at = word
		for at < len(low) && at-word < 3 && strings.IndexByte(" ,.-/", low[at]) >= 0 {
			if low[at] != ' ' && low[at] != '-' {
				last = -1 // a comma ends a number
			}
			at++
		}
		if at == word {
			break
		}
	}
	return number, end
}

// countsOn tells whether a number in words goes on with the next: vingt-deux, soixante-dix, quatre-vingt.
func countsOn(last, n int) bool {
	switch {
	case last == 4:
		return n == 20
	case last == 10:
		return n >= 7 && n <= 9
	case last >= 20 && last%10 == 0:
		return n > 0 && (n < 10 || (last == 60 || last == 80) && n < 20)
	}
	return false
}

var (
	spelledMail = regexp.MustCompile(`\b([a-z0-9][a-z0-9._%+-]{1,63})(?:\s?[\[({<]\s?(?:at|arobase|arobas)\s?[\])}>]\s?([a-z0-9-]{1,60}(?:(?:\.|\s?[\[({<]\s?(?:dot|point|pt|\.)\s?[\])}>]\s?| (?:dot|point) )[a-z0-9-]{2,60}){1,3})` +
		`| (?:at|arobase|arobas) ([a-z0-9-]{1,60}(?:\.[a-z0-9-]{2,60}){0,2}(?: (?:dot|point) [a-z0-9-]{2,60}){1,2})| (?:arobase|arobas) ([a-z0-9-]{1,60}(?:\.[a-z0-9-]{2,60}){1,3}))\b`)
	spelledDot = regexp.MustCompile(`\s?[\[({<]\s?(?:dot|point|pt|\.)\s?[\])}>]\s?| (?:dot|point) `)
)

// plainMail is a mail address, in folded text, with its signs.
func plainMail(low string) string {
	if strings.IndexByte(low, '@') >= 0 {
		return low
	}
	m := spelledMail.FindStringSubmatch(low)
	if m == nil {
		return low
	}
	return m[1] + "@" + spelledDot.ReplaceAllString(m[2]+m[3]+m[4], ".")
}

// eachSpelledMail finds the spelled addresses around a place.
func eachSpelledMail(low string, from int, found func(start, end int)) {
	from = max(0, from-64)
	for _, m := range spelledMail.FindAllStringIndex(low[from:min(len(low), from+260)], 4) {
		written := low[from+m[0] : from+m[1]]
		address := plainMail(written)
		if name, _, spoken := strings.Cut(written, " at "); spoken && letters(name) && mailbox(address) != privateMail {
			continue // "look at exemple dot fr"
		}
		if ending := address[strings.LastIndexByte(address, '.')+1:]; letters(ending) && len(ending) <= 24 && !fileEnding[ending] {
			found(from+m[0], from+m[1])
		}
	}
}
