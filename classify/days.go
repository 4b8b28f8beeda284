package classify

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dateFound is a day written in a text: low[start:end].
type dateFound struct {
	time.Time
	start, end int
	hour       bool // an hour was given too
	year       bool // the year was written, not guessed
}

var months = map[string]time.Month{
	"janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "aout": 8, "septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12,
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12, "janv": 1, "fevr": 2, "avr": 4, "juil": 7,
	"enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "septiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
	"januar": 1, "februar": 2, "marz": 3, "mai.": 5, "juni": 6, "juli": 7, "oktober": 10, "dezember": 12,
	"gennaio": 1, "febbraio": 2, "aprile": 4, "maggio": 5, "giugno": 6, "luglio": 7, "settembre": 9, "ottobre": 10, "novembre.": 11, "dicembre": 12,
}

const monthWords = `janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|janv|fevr|avr|juil|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|januar|februar|marz|juni|juli|oktober|dezember|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre`

// monthNames is the quick look for a month.
var monthNames = newSeeker(strings.Split(monthWords, "|"))

var (
	dayMonth = mustAtWord(`\b(\d{1,2})(?:er|st|nd|rd|th)?\.? ?(?:of |de )?(` + monthWords + `)\b\.?,?(?: (?:de )?((?:19|20)\d{2})\b)?`)
	monthDay = mustAtWord(`\b(` + monthWords + `)\.? (\d{1,2})(?:st|nd|rd|th)?\b(?:,? ((?:19|20)\d{2})\b)?`)
	numeric  = mustAtWord(`\b(\d{1,2})(?:[/.](\d{1,2})[/.]((?:19|20)?\d{2})|-(\d{1,2})-((?:19|20)\d{2}))\b`)
	isoDate  = mustAtWord(`\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b`)
	clock    = regexp.MustCompile(`^,?\s{0,2}(?:a |at |, )?(\d{1,2}) ?(?:h|:|heures?|am|pm)\s?(\d{2})?`)
)

// datesIn finds the days of folded text. A day without a year takes the year of near, or none when
// near is zero. 01/02/2024 is the first of February, as in France.
func datesIn(low string, near time.Time) []dateFound {
	var all []dateFound
	if !hasDigit(low) {
		return nil
	}
	add := func(y, m, d string, start, end int) {
		day, month := number(d), months[m]
		if month == 0 {
			month = time.Month(number(m))
		}
		year := number(y)
		written := y != ""
		if len(y) == 2 {
			year += 2000
		}
		if !written {
			if near.IsZero() {
				return
			}
			year = near.Year()
		}
		t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
		if month < 1 || month > 12 || day < 1 || t.Day() != day {
			return
		}
		if !written && t.Before(near.AddDate(0, -6, 0)) {
			t = t.AddDate(1, 0, 0) // "le 3 février", written in December
		}
		f := dateFound{Time: t, start: start, end: end, year: written}
		if c := clock.FindStringSubmatch(cut(low[end:], 24)); c != nil {
			if h := number(c[1]); h < 24 {
				f.Time = t.Add(time.Duration(h)*time.Hour + time.Duration(number(c[2]))*time.Minute)
				f.hour = true
			}
		}
		all = append(all, f)
	}
	group := func(m []int, n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return low[m[2*n]:m[2*n+1]]
	}
	if monthNames.in(low) {
		for _, m := range dayMonth.FindAllStringSubmatchIndex(low, 40) {
			add(group(m, 3), group(m, 2), group(m, 1), m[0], m[1])
		}
		for _, m := range monthDay.FindAllStringSubmatchIndex(low, 40) {
			if d := number(group(m, 2)); d <= 31 && group(m, 3) != "" {
				add(group(m, 3), group(m, 1), group(m, 2), m[0], m[1])
			}
		}
	}
	for _, m := range numeric.FindAllStringSubmatchIndex(low, 40) {
		add(group(m, 3)+group(m, 5), group(m, 2)+group(m, 4), group(m, 1), m[0], m[1])
	}
	for _, m := range isoDate.FindAllStringSubmatchIndex(low, 40) {
		add(group(m, 1), group(m, 2), group(m, 3), m[0], m[1])
	}
	return all
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func hasDigit(s string) bool {
	for i := range len(s) {
		if isDigit(s[i]) {
			return true
		}
	}
	return false
}

// paris is the time that a French company means when it gives an hour: an hour or two ahead of UTC.
// The earlier hour of UTC is the later release, so the wider gap of summer is not used.
const paris = -time.Hour
