package classify

import "strings"

// phoneAt reads a telephone number: French ones in their two forms, others in the international
// form of E.164.
func phoneAt(low string, i int, s string, ends []int, sep []bool) (valueKind, int, int) {
	plus := i > 0 && low[i-1] == '+'
	from := i
	if plus {
		from--
	}
	switch {
	case plus && strings.HasPrefix(s, "33"), !plus && strings.HasPrefix(s, "0033"):
		d := s[2:]
		if !plus {
			d = s[4:]
		}
		used := len(s) - len(d)
		if strings.HasPrefix(d, "0") { // +33 0 6 …
			used++
		}
		if len(s) >= used+9 && s[used] != '0' && ends[used+9] > 0 && allDigits(s[:used+9]) {
			return isPhone, from, ends[used+9]
		}
		// +33 (0)6 12 34 56 78: the parentheses end the group
		if len(d) == 0 || ends[used] > 0 {
			at := i + (len("33"))
			if !plus {
				at = i + len("0033")
			}
			rest := strings.TrimLeft(low[min(at, len(low)):], " .")
			if strings.HasPrefix(rest, "(0)") {
				start := len(low) - len(rest) + 3
				if stop := nineDigits(low, start); stop > 0 {
					return isPhone, from, stop
				}
			}
		}
	case plus:
		// the longest run of groups of 8 to 15 digits
		for n := min(len(s), 15); n >= 9; n-- {
			if ends[n] > 0 && allDigits(s[:n]) && s[0] != '0' {
				return isPhone, from, ends[n]
			}
		}
	case len(s) >= 10 && s[0] == '0' && s[1] != '0' && ends[10] > 0 && allDigits(s[:10]):
		anyhow := ends[1] == 0 && (s[1] == '6' || s[1] == '7') && (len(s) == 10 || !isDigit(s[10])) // a mobile, in groups of two or more
		for n := 1; n < 10; n++ {                                                                   // groups of two, as 06 12 34 56 78, or one run, or 0612 345 678
			if ends[n] > 0 && n%2 == 1 && n != 1 && n != 7 && !(anyhow && n < 9 && ends[n-1] == 0) {
				return 0, 0, 0
			}
		}
		return isPhone, i, ends[10]
	case len(s) >= 11 && s[0] == '0' && (s[1] == '7' || s[1] == '2' || s[1] == '1') && ends[11] > 0 && allDigits(s[:11]):
		if ends[5] > 0 || ends[3] > 0 && ends[7] > 0 || ends[4] > 0 && ends[7] > 0 { // 07700 900 123, 020 7946 0958, 0113 496 0123
			return isPhone, i, ends[11]
		}
	}
	return 0, 0, 0
}

// nineDigits gives the end of the nine digits after (0), or 0.
func nineDigits(low string, i int) int {
	n := 0
	for i < len(low) && n < 9 {
		switch c := low[i]; {
		case isDigit(c):
			n++
		case c != ' ' && c != '.' && c != '-':
			return 0
		}
		i++
	}
	if n < 9 || i < len(low) && isWord(low[i]) {
		return 0
	}
	return i
}

// slippedMobile gives the end of a French mobile number that begins with the letter O at low[i], or 0.
func slippedMobile(low string, i int) int {
	if i+2 >= len(low) || low[i+1] != '6' && low[i+1] != '7' {
		return 0
	}
	k, n := i+2, 0
	for k < len(low) && n < 8 {
		switch c := low[k]; {
		case isDigit(c):
			n++
		case c != ' ' && c != '.' && c != '-' || !isWord(low[k-1]):
			return 0
		}
		k++
	}
	if n < 8 || k < len(low) && isWord(low[k]) {
		return 0
	}
	return k
}
