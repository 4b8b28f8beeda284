package classify

import "strings"

// The check digits of the numbers that name a person, an account or a company. Each function takes
// digits (and letters in lower case) without separators and tells whether they agree.

// luhn is ISO/IEC 7812-1 annex B.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if d > 9 {
			return false
		}
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return len(digits) > 1 && sum%10 == 0
}

// nirShape tells whether 13 characters can begin a French social security number: sex, year, month,
// department with 2A and 2B for Corsica.
func nirShape(s string) bool {
	if len(s) != 13 || !strings.ContainsRune("123478", rune(s[0])) {
		return false
	}
	month := int(s[3]-'0')*10 + int(s[4]-'0')
	if s[3] > '9' || s[4] > '9' || month == 0 || month > 12 && month < 20 || month > 42 && month < 50 {
		return false
	}
	for i, c := range s {
		if c > '9' && !(i == 6 && s[5] == '2' && (c == 'a' || c == 'b')) {
			return false
		}
	}
	return s[5:7] != "00" && s[7:10] != "000"
}

// nir checks the key of the 15 characters of a social security number: 97 minus the rest by 97.
func nir(s string) bool {
	if len(s) != 15 || !nirShape(s[:13]) || s[13] > '9' || s[14] > '9' {
		return false
	}
	n := 0
	for _, c := range s[:13] {
		switch c { // 2A and 2B of Corsica count as 19 and 18
		case 'a':
			n = (n-1)*10 + 9
		case 'b':
			n = (n-1)*10 + 8
		default:
			n = n*10 + int(c-'0')
		}
	}
	return 97-n%97 == int(s[13]-'0')*10+int(s[14]-'0')
}

// ibanLength is the whole length by country (ISO 13616, SWIFT registry).
var ibanLength = map[string]int{
	"ad": 24, "ae": 23, "al": 28, "at": 20, "az": 28, "ba": 20, "be": 16, "bg": 22, "bh": 22, "br": 29, "by": 28,
	"ch": 21, "cr": 22, "cy": 28, "cz": 24, "de": 22, "dk": 18, "do": 28, "ee": 20, "eg": 29, "es": 24, "fi": 18,
	"fo": 18, "fr": 27, "gb": 22, "ge": 22, "gi": 23, "gl": 18, "gr": 27, "gt": 28, "hr": 21, "hu": 28, "ie": 22,
	"il": 23, "iq": 23, "is": 26, "it": 27, "jo": 30, "kw": 30, "kz": 20, "lb": 28, "lc": 32, "li": 21, "lt": 20,
	"lu": 20, "lv": 21, "ly": 25, "mc": 27, "md": 24, "me": 22, "mk": 19, "mr": 27, "mt": 31, "mu": 30, "nl": 18,
	"no": 15, "pk": 24, "pl": 28, "ps": 29, "pt": 25, "qa": 29, "ro": 24, "rs": 22, "sa": 24, "sc": 31, "se": 24,
	"si": 19, "sk": 24, "sm": 27, "st": 25, "sv": 28, "tl": 23, "tn": 24, "tr": 26, "ua": 29, "va": 22, "vg": 24, "xk": 20,
}

// iban checks a number of the right length for its country by ISO 7064 mod 97-10.
func iban(s string) bool {
	if len(s) < 5 || ibanLength[s[:2]] != len(s) {
		return false
	}
	rest := 0
	for i := range len(s) {
		c := s[(i+4)%len(s)]
		switch {
		case isDigit(c):
			rest = (rest*10 + int(c-'0')) % 97
		case isLetter(c):
			rest = (rest*100 + int(c-'a') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}

// rib checks the key of a French account: bank 5, branch 5, account 11, key 2.
func rib(s string) bool {
	if len(s) != 23 {
		return false
	}
	number := func(from, to int) int {
		n := 0
		for _, c := range s[from:to] {
			d := int(c - '0')
			if c > '9' { // letters stand for digits: a and j are 1; b, k and s are 2 …
				d = int("12345678912345678923456789"[c-'a'] - '0')
			}
			n = n*10 + d
		}
		return n
	}
	for _, c := range []byte(s) {
		if !isDigit(c) && !isLetter(c) {
			return false
		}
	}
	if !allDigits(s[:10]) || !allDigits(s[21:]) || s[:5] == "00000" {
		return false
	}
	key := 97 - (89*(number(0, 5)%97)+15*(number(5, 10)%97)+3*(number(10, 21)%97))%97
	return key == number(21, 23)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// siren checks the nine digits of a French company, or the fourteen of one of its establishments.
// La Poste's establishments follow a rule of their own: their digits add up to a multiple of five.
func siren(s string) bool {
	if len(s) != 9 && len(s) != 14 || !allDigits(s) {
		return false
	}
	if luhn(s) {
		return true
	}
	if strings.HasPrefix(s, "356000000") && len(s) == 14 {
		sum := 0
		for i := range len(s) {
			sum += int(s[i] - '0')
		}
		return sum%5 == 0
	}
	return false
}

// vatFR checks a French VAT number: FR, two digits that follow from the SIREN, the SIREN.
func vatFR(s string) bool {
	if len(s) != 13 || s[:2] != "fr" || !allDigits(s[2:]) {
		return false
	}
	n := 0
	for _, c := range s[4:] {
		n = n*10 + int(c-'0')
	}
	return (12+3*(n%97))%97 == int(s[2]-'0')*10+int(s[3]-'0')
}

// card tells whether digits can be those of a bank card: an issuer's range (ISO/IEC 7812) of that
// length, and Luhn.
func card(s string) bool {
	n := len(s)
	if n < 13 || n > 19 || !luhn(s) {
		return false
	}
	lead := func(k int) int {
		v := 0
		for _, c := range s[:k] {
			v = v*10 + int(c-'0')
		}
		return v
	}
	two, three, four := lead(2), lead(3), lead(4)
	switch {
	case s[0] == '4':
		return n == 13 || n == 16 || n == 19
	case two >= 51 && two <= 55, four >= 2221 && four <= 2720:
		return n == 16
	case two == 34 || two == 37:
		return n == 15
	case two == 36 || two == 38 || three >= 300 && three <= 305:
		return n == 14
	case four == 6011 || two == 65:
		return n == 16 || n == 19
	case four >= 3528 && four <= 3589:
		return n == 16 || n == 19
	}
	return false
}

// printedCard tells whether a number is one that payment services print in their manuals for tests. No issuer gives a number
// with so many noughts in a row.
func printedCard(s string) bool { return testCards[s] || strings.Contains(s, "00000000") }

var testCards = map[string]bool{
	"4111111111111111": true, "5555555555554444": true, "378282246310005": true, "4242424242424242": true,
	"4012888888881881": true, "5105105105105100": true, "371449635398431": true, "6011111111111117": true,
	"30569309025904": true, "38520000023237": true, "3530111333300000": true, "4000056655665556": true, "4222222222222": true,
	"4000002500003155": true, "4000002760003184": true, "5200828282828210": true, "2223003122003222": true, "5555341244441115": true,
	"3056930009020004": true, "36227206271667": true, "3566002020360505": true, "4917610000000000": true, "2222400070000005": true,
}
