package extract

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// stamps are the forms of machine-readable dates, the most frequent first.
var stamps = [...]string{time.RFC3339Nano, "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02 15:04",
	"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05-07:00", time.DateOnly, "20060102", time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "2006-01-02T15:04:05.000-0700", time.UnixDate, "2006/01/02"}

// parseStamp reads a machine-readable date. Its day is the one that it is written with: the offset
// is kept, and a day without an hour is midnight UTC.
func parseStamp(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > 64 {
		return time.Time{}, false
	}
	for _, layout := range stamps {
		if t, err := time.Parse(layout, s); err == nil {
			return plausible(t)
		}
	}
	if len(s) > 10 && s[4] == '-' && s[7] == '-' {
		if t, err := time.Parse(time.DateOnly, s[:10]); err == nil {
			return plausible(t)
		}
	}
	return findDate(s, "en")
}

func plausible(t time.Time) (time.Time, bool) {
	return t, t.Year() >= 1900 && t.Year() < 2200
}

// dateInURL reads /2024/04/03/ or 2024-04-03 in an address.
func dateInURL(address string) (time.Time, bool) {
	_, path, _ := strings.Cut(address, "://")
	if i := strings.IndexByte(path, '/'); i >= 0 {
		path = path[i:]
	} else {
		return time.Time{}, false
	}
	path, _, _ = strings.Cut(path, "?")
	for i := 0; i+10 < len(path)+1; i++ {
		if i > 0 && path[i-1] != '/' && path[i-1] != '-' && path[i-1] != '_' {
			continue
		}
		s := path[i:]
		if len(s) >= 10 && isDigits(s[:4]) && (s[4] == '/' || s[4] == '-') && isDigits(s[5:7]) && s[7] == s[4] && isDigits(s[8:10]) && (len(s) == 10 || s[10] < '0' || s[10] > '9') {
			return day(atoi(s[:4]), atoi(s[5:7]), atoi(s[8:10]))
		}
	}
	return time.Time{}, false
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// atoi reads a few digits; the caller has looked that they are digits.
func atoi(s string) int {
	n := 0
	for i := 0; i < len(s) && i < 9; i++ {
		n = 10*n + int(s[i]-'0')
	}
	return n
}

// day makes a date of its parts, refusing 31 February.
func day(y, m, d int) (time.Time, bool) {
	if y < 1900 || y >= 2200 || m < 1 || m > 12 || d < 1 {
		return time.Time{}, false
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == d
}

var months = monthTable(
	"janvier january janv jan", "février fevrier february févr fevr fév fev feb", "mars march mar", "avril april avr apr", "mai may",
	"juin june jun", "juillet july juil jul", "août aout august aug", "septembre september sept sep", "octobre october oct",
	"novembre november nov", "décembre decembre december déc dec")

func monthTable(names ...string) map[string]int {
	table := map[string]int{}
	for i, list := range names {
		for _, n := range strings.Fields(list) {
			table[n] = i + 1
		}
	}
	return table
}

// piece is a run of digits or of letters, and the byte that follows it.
type piece struct {
	text   string
	number bool
	after  byte
}

// runAt is where the digits or the letters that begin at i end; without any it is where to look next.
func runAt(s string, i int) (end int, digit, ok bool) {
	r, n := utf8.DecodeRuneInString(s[i:])
	digit = r >= '0' && r <= '9'
	if !digit && !unicode.IsLetter(r) {
		return i + n, false, false
	}
	for end = i + n; end < len(s); end += n {
		r, n = utf8.DecodeRuneInString(s[end:])
		if digit != (r >= '0' && r <= '9') || !digit && !unicode.IsLetter(r) {
			break
		}
	}
	return end, digit, true
}

// findDate finds the first whole date that a text says in French, English or figures. Figures are
// day first, but month first in English where the day cannot tell. 3/4/24 is no date: it could be
// anything.
func findDate(s, lang string) (time.Time, bool) {
	s = clip(s, 600)
	var pieces []piece
	for i := 0; i < len(s) && len(pieces) < 120; {
		j, digit, ok := runAt(s, i)
		if !ok {
			i = j
			continue
		}
		p := piece{text: s[i:j], number: digit}
		if j < len(s) {
			p.after = s[j]
		}
		if !digit {
			p.text = strings.ToLower(p.text)
		}
		pieces = append(pieces, p)
		i = j
	}
	at := func(i int) piece {
		if i < len(pieces) {
			return pieces[i]
		}
		return piece{}
	}
	skip := func(i int, words ...string) int {
		for _, w := range words {
			if at(i).text == w {
				return i + 1
			}
		}
		return i
	}
	for i := range pieces {
		p := pieces[i]
		if p.number && len(p.text) <= 2 {
			j := skip(i+1, "er", "st", "nd", "rd", "th")
			j = skip(j, "of", "de")
			if m := months[at(j).text]; m > 0 {
				if y := at(skip(j+1, "de")); y.number && len(y.text) == 4 {
					if t, ok := day(atoi(y.text), m, atoi(p.text)); ok {
						return t, true
					}
				}
			}
			b, c := at(i+1), at(i+2)
			if b.number && c.number && len(b.text) <= 2 && len(c.text) == 4 && p.after == b.after && (p.after == '/' || p.after == '.' || p.after == '-') {
				before := ""
				if i > 0 {
					before = pieces[i-1].text
				}
				if t, ok := figured(atoi(p.text), atoi(b.text), atoi(c.text), lang == "en" && p.after == '/', before); ok {
					return t, true
				}
			}
		}
		if p.number && len(p.text) == 4 {
			b, c := at(i+1), at(i+2)
			if b.number && c.number && len(b.text) == 2 && len(c.text) == 2 && p.after == b.after && (p.after == '-' || p.after == '/' || p.after == '.') {
				if t, ok := day(atoi(p.text), atoi(b.text), atoi(c.text)); ok {
					return t, true
				}
			}
		}
		if m := months[p.text]; m > 0 && !p.number {
			if d := at(i + 1); d.number && len(d.text) <= 2 {
				j := skip(i+2, "st", "nd", "rd", "th")
				if y := at(j); y.number && len(y.text) == 4 {
					if t, ok := day(atoi(y.text), m, atoi(d.text)); ok {
						return t, true
					}
				}
			}
		}
	}
	return time.Time{}, false
}
