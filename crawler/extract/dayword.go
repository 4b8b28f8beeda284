package extract

import (
	"strings"
	"time"
)

// word is a word or a number of a sentence, lower case and without accents, and where it stands.
type word struct {
	s        string
	from, to int
	number   bool
}

// wordsOf cuts a sentence into words and numbers; an apostrophe parts as a space does: jusqu'au is two.
func wordsOf(s string) []word {
	var all []word
	for i := 0; i < len(s) && len(all) < 400; {
		j, digit, ok := runAt(s, i)
		if !ok {
			i = j
			continue
		}
		w := word{s: s[i:j], from: i, to: j, number: digit}
		if !digit {
			w.s = fold(w.s)
		}
		all = append(all, w)
		i = j
	}
	return all
}

var plainMonths = func() map[string]int {
	m := map[string]int{}
	for name, n := range months {
		m[fold(name)] = n
	}
	return m
}()

var weekdays = func() map[string]time.Weekday {
	m := map[string]time.Weekday{}
	for _, list := range [...]string{"dimanche lundi mardi mercredi jeudi vendredi samedi", "sunday monday tuesday wednesday thursday friday saturday"} {
		for i, name := range strings.Fields(list) {
			m[name] = time.Weekday(i)
		}
	}
	return m
}()

// shortDays are days of the week as software abbreviates them: "mer 02/09/2026", "Wed, September 2".
var shortDays = func() map[string]time.Weekday {
	m := map[string]time.Weekday{}
	for _, list := range [...]string{"dim lun mar mer jeu ven sam", "sun mon tue wed thu fri sat"} {
		for i, name := range strings.Fields(list) {
			m[name] = time.Weekday(i)
		}
	}
	m["tues"], m["weds"], m["thur"], m["thurs"] = time.Tuesday, time.Wednesday, time.Thursday, time.Thursday
	return m
}()

// weekdayOf gives the day of the week that a word names, in full or in short.
func weekdayOf(w string) (time.Weekday, bool) {
	if day, ok := weekdays[w]; ok {
		return day, true
	}
	day, ok := shortDays[w]
	return day, ok
}

// figured makes a date of figures, day first unless told otherwise. Where both orders can be, a day of the week that stands
// before them decides.
func figured(first, second, year int, monthFirst bool, before string) (t time.Time, ok bool) {
	dayOf, month := first, second
	if month > 12 || monthFirst && dayOf <= 12 {
		dayOf, month = month, dayOf
	}
	t, ok = day(year, month, dayOf)
	if weekday, said := weekdayOf(before); said && (!ok || t.Weekday() != weekday) {
		if other, is := day(year, dayOf, month); is && other.Weekday() == weekday {
			return other, true
		}
	}
	return t, ok
}

// dayReader reads the days that the words of one sentence name.
type dayReader struct {
	text  string
	words []word
	near  time.Time // the day on which it was written; zero when it is not known
	lang  string
}

func (d *dayReader) at(i int) string {
	if i >= 0 && i < len(d.words) {
		return d.words[i].s
	}
	return ""
}

// is tells whether the words at i are those of a phrase.
func (d *dayReader) is(i int, phrase string) bool {
	for w := range strings.FieldsSeq(phrase) {
		if d.at(i) != w {
			return false
		}
		i++
	}
	return true
}

// phrases are runs of words, found by their first.
type phrases map[string][][]string

func phrasesOf(list ...string) phrases {
	p := phrases{}
	for _, s := range list {
		words := strings.Fields(s)
		p[words[0]] = append(p[words[0]], words)
	}
	return p
}

// any gives how many words the longest of the phrases at i has, 0 for none.
func (d *dayReader) any(i int, of phrases) int {
	longest := 0
	for _, p := range of[d.at(i)] {
		n := 1
		for n < len(p) && d.at(i+n) == p[n] {
			n++
		}
		if n == len(p) {
			longest = max(longest, n)
		}
	}
	return longest
}

func (d *dayReader) number(i, most int) int {
	if i >= 0 && i < len(d.words) && d.words[i].number && len(d.words[i].s) <= most {
		return atoi(d.words[i].s)
	}
	return -1
}

// between is what stands between two words.
func (d *dayReader) between(i int) string {
	if i < 0 || i+1 >= len(d.words) {
		return ""
	}
	return d.text[d.words[i].to:d.words[i+1].from]
}

// ordinal gives the word after the day number at i and its "er" or "th".
func (d *dayReader) ordinal(i int) int {
	switch d.at(i + 1) {
	case "er", "st", "nd", "rd", "th":
		return i + 2
	}
	return i + 1
}

// year reads the year at i, else takes the first such day since shortly before the sentence was written.
func (d *dayReader) year(i, month, dayOf int) (t time.Time, next int, ok bool) {
	if d.at(i) == "de" || d.at(i) == "of" {
		if len(d.at(i+1)) == 4 && d.number(i+1, 4) >= 0 {
			i++
		}
	}
	if len(d.at(i)) == 4 && d.number(i, 4) > 1900 {
		t, ok = day(d.number(i, 4), month, dayOf)
		return t, i + 1, ok
	}
	if d.near.IsZero() {
		return t, i, false
	}
	for y := d.near.Year() - 1; y <= d.near.Year()+1; y++ {
		if t, ok = day(y, month, dayOf); ok && !t.Before(d.near.AddDate(0, 0, -31)) {
			return t, i, true
		}
	}
	return t, i, false
}

// shortDay tells whether the word at i is a day of the week in short: a date in full stands behind it, for "mar" is March
// too.
func (d *dayReader) shortDay(i int) bool {
	if _, is := shortDays[d.at(i)]; !is {
		return false
	}
	if d.number(i+1, 2) > 0 {
		sep := d.between(i + 1)
		return plainMonths[d.at(d.ordinal(i+1))] > 0 || sep == "/" || sep == "." || sep == "-"
	}
	return plainMonths[d.at(i+1)] > 0 && d.number(i+2, 2) > 0 || d.number(i+1, 4) > 1900 && d.between(i+1) == "-"
}

// date reads a calendar date at word i, and gives the word after it.
func (d *dayReader) date(i int) (t time.Time, next int, ok bool) {
	for skipped := 0; skipped < 3; skipped++ {
		_, is := weekdays[d.at(i)]
		if w := d.at(i); !is && w != "le" && w != "the" && w != "on" && w != "au" && !d.shortDay(i) {
			break
		}
		i++
	}
	if n := d.number(i, 2); n > 0 {
		j := d.ordinal(i)
		if d.at(j) == "of" || d.at(j) == "de" {
			j++
		}
		if m := plainMonths[d.at(j)]; m > 0 {
			return d.year(j+1, m, n)
		}
		if sep := d.between(i); (sep == "/" || sep == "." || sep == "-") && d.between(i+1) == sep && len(d.at(i+2)) == 4 {
			if m, y := d.number(i+1, 2), d.number(i+2, 4); m > 0 && y > 0 {
				t, ok = figured(n, m, y, d.lang == "en" && sep == "/", d.at(i-1))
				return t, i + 3, ok
			}
		}
		return t, i, false
	}
	if m := plainMonths[d.at(i)]; m > 0 {
		if n := d.number(i+1, 2); n > 0 {
			return d.year(d.ordinal(i+1), m, n)
		}
		return t, i, false
	}
	if y := d.number(i, 4); y > 1900 && d.between(i) == "-" && d.between(i+1) == "-" {
		t, ok = day(y, d.number(i+1, 2), d.number(i+2, 2))
		return t, i + 3, ok
	}
	for _, lead := range [...]string{"fin", "end of", "the end of", "la fin du mois de"} {
		if !d.is(i, lead) {
			continue
		}
		j := i + strings.Count(lead, " ") + 1
		if m := plainMonths[d.at(j)]; m > 0 {
			if t, next, ok = d.year(j+1, m, 1); ok {
				return t.AddDate(0, 1, -1), next, true
			}
		}
	}
	return t, i, false
}

// span reads two dates of one happening: du 3 au 5 février, les 3 et 4 mars, from 3 to 5 February, March 3-5.
func (d *dayReader) span(i int) (start, end time.Time, next int, ok bool) {
	j := i
	switch d.at(i) {
	case "du", "from", "les", "between", "entre":
		j++
	}
	if d.at(j) == "le" || d.at(j) == "the" {
		j++
	}
	if _, is := weekdays[d.at(j)]; is {
		j++
	}
	join := func(k int) int { // the word after "au", "to" or a dash between two days
		switch w := d.at(k); {
		case w == "au" || w == "to" || w == "et" || w == "and" || w == "until" || w == "through" || w == "a":
			k++
		case k > 0 && strings.ContainsAny(d.between(k-1), "-–—"):
		default:
			return -1
		}
		if _, is := weekdays[d.at(k)]; is {
			k++
		}
		return k
	}
	if n := d.number(j, 2); n > 0 { // the month stands after the second day
		if k := join(d.ordinal(j)); k > 0 {
			if end, next, ok = d.date(k); ok {
				if start, ok = day(end.Year(), int(end.Month()), n); ok && start.Before(end) {
					return start, end, next, true
				}
			}
		}
	}
	if m := plainMonths[d.at(j)]; m > 0 { // March 3-5, 2027
		if n := d.number(j+1, 2); n > 0 {
			if k := join(d.ordinal(j + 1)); k > 0 && d.number(k, 2) > n {
				if end, next, ok = d.year(d.ordinal(k), m, d.number(k, 2)); ok {
					if start, ok = day(end.Year(), m, n); ok {
						return start, end, next, true
					}
				}
			}
		}
	}
	// du 30 janvier au 2 février 2027: the year may stand once
	first := dayReader{d.text, d.words, d.near, d.lang}
	if start, next, ok = first.date(j); !ok && d.near.IsZero() {
		first.near = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
		start, next, ok = first.date(j)
	}
	if ok {
		if k := join(next); k > 0 {
			if end, next, ok = d.date(k); ok {
				if start.Year() != end.Year() {
					if start = time.Date(end.Year(), start.Month(), start.Day(), 0, 0, 0, 0, time.UTC); start.After(end) {
						start = start.AddDate(-1, 0, 0)
					}
				}
				return start, end, next, start.Before(end)
			}
		}
	}
	return start, end, i, false
}

// relative reads a day that is told from the one of writing: demain, ce samedi, next week. It gives the
// last day that is meant.
func (d *dayReader) relative(i int) (t time.Time, next int, ok bool) {
	if d.near.IsZero() {
		return t, i, false
	}
	today := time.Date(d.near.Year(), d.near.Month(), d.near.Day(), 0, 0, 0, 0, time.UTC)
	on := func(w time.Weekday, weeks int) time.Time {
		n := (int(w) - int(today.Weekday()) + 7) % 7
		return today.AddDate(0, 0, n+7*weeks)
	}
	for _, r := range [...]struct {
		phrase string
		day    time.Time
	}{
		{"apres demain", today.AddDate(0, 0, 2)}, {"demain", today.AddDate(0, 0, 1)}, {"tomorrow", today.AddDate(0, 0, 1)},
		{"aujourd hui", today}, {"ce soir", today}, {"tonight", today},
		{"la semaine prochaine", on(time.Sunday, 0).AddDate(0, 0, 7)}, {"next week", on(time.Sunday, 0).AddDate(0, 0, 7)},
		{"ce week end", on(time.Sunday, 0)}, {"this weekend", on(time.Sunday, 0)}, {"this week end", on(time.Sunday, 0)}, {"cette semaine", on(time.Sunday, 0)}, {"this week", on(time.Sunday, 0)},
		{"la fin du mois", time.Date(today.Year(), today.Month()+1, 0, 0, 0, 0, 0, time.UTC)}, {"the end of the month", time.Date(today.Year(), today.Month()+1, 0, 0, 0, 0, 0, time.UTC)},
	} {
		if d.is(i, r.phrase) {
			return r.day, i + strings.Count(r.phrase, " ") + 1, true
		}
	}
	switch d.at(i) {
	case "ce", "this", "next", "prochain":
		if w, is := weekdays[d.at(i+1)]; is && d.number(i+2, 2) < 0 {
			t = on(w, 0)
			if d.at(i) == "next" && t.Before(on(time.Sunday, 0)) && t.Weekday() != time.Sunday {
				t = t.AddDate(0, 0, 7) // next Friday is the one of next week
			}
			return t, i + 2, true
		}
	}
	if w, is := weekdays[d.at(i)]; is && d.at(i+1) == "prochain" {
		return on(w, 0), i + 2, true
	}
	return t, i, false
}
