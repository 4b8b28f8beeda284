package extract

import (
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"filon/crawler/content"
)

// Sources of a date, as Date.Source says them; the order of trust.
const (
	fromJSON    = "json-ld"
	fromMeta    = "meta"
	fromTime    = "time"
	fromURL     = "url"
	fromVisible = "visible"
	fromHTTP    = "http"
)

// earliest is the first day on which a web page can have been published.
var earliest = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// dates gives when the page was published and changed, and when it ceases to be valid, each from the
// most trusted evidence that it has. A footer's or a sidebar's date is never taken.
func (f *facts) dates(lang string) (published, modified, expires content.Date) {
	take := func(d *content.Date, value, source string, sure content.Confidence) {
		if d.IsZero() && value != "" {
			if t, ok := parseStamp(value); ok && f.past(t) {
				*d = content.Date{Time: t, Source: source, Confidence: sure}
			}
		}
	}
	for _, t := range f.things {
		if lightest(t) > 2 {
			break
		}
		sure := content.High
		if lightest(t) == 2 { // of a mere WebPage: the same software wrote it, but it may list others
			sure = content.Medium
		}
		take(&published, text(first(t, "datePublished", "datePosted", "uploadDate", "dateCreated")), fromJSON, sure)
		take(&modified, text(t["dateModified"]), fromJSON, sure)
		if expires.IsZero() {
			if when, ok := parseStamp(text(first(t, "validThrough", "expires"))); ok && when.After(earliest) {
				expires = content.Date{Time: when, Source: fromJSON, Confidence: content.High}
			}
		}
	}
	for _, name := range [...]string{"article:published_time", "og:published_time", "datepublished", "article:published",
		"dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "pubdate", "publishdate",
		"publish-date", "publication_date", "sailthru.date", "parsely-pub-date", "citation_publication_date", "date"} {
		take(&published, f.first(name), fromMeta, content.High)
	}
	for _, name := range [...]string{"article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified", "revised", "lastmod"} {
		take(&modified, f.first(name), fromMeta, content.High)
	}
	for _, name := range [...]string{"article:expiration_time", "dcterms.valid", "expires"} {
		if when, ok := parseStamp(f.first(name)); ok && expires.IsZero() && when.After(earliest) && name != "expires" {
			expires = content.Date{Time: when, Source: fromMeta, Confidence: content.High}
		}
	}
	if expires.IsZero() {
		expires = f.unavailableAfter()
	}
	f.timeElements(&published, &modified, lang)
	if published.IsZero() {
		if t, ok := dateInURL(f.in.Address); ok && f.past(t) {
			published = content.Date{Time: t, Source: fromURL, Confidence: content.Medium}
		}
	}
	f.visibleDates(&published, &modified, lang)
	if modified.IsZero() {
		// A page that a server makes on request was "modified" when it was asked for.
		t, err := http.ParseTime(f.in.Header.Get("Last-Modified"))
		if err == nil && f.past(t) && (f.in.FetchedAt.IsZero() || f.in.FetchedAt.Sub(t) > 24*time.Hour) && (f.in.Day.IsZero() || f.in.Day.Sub(t) > 24*time.Hour) {
			modified = content.Date{Time: t.UTC(), Source: fromHTTP, Confidence: content.Low}
		}
	}
	if !published.IsZero() && !modified.IsZero() && modified.Source == fromHTTP && modified.Time.Before(published.Time) {
		modified = content.Date{}
	}
	return published, modified, expires
}

// past tells whether a day can be one of publication: not before the web, not after the day of
// reading (and one for time zones).
func (f *facts) past(t time.Time) bool {
	return !t.Before(earliest) && (f.in.Day.IsZero() || t.Before(f.in.Day.AddDate(0, 0, 2)))
}

func (f *facts) unavailableAfter() content.Date {
	values := append([]string{}, f.meta["robots"]...)
	values = append(values, f.in.Header.Values("X-Robots-Tag")...)
	for _, v := range values {
		if _, after, ok := cutFold(v, "unavailable_after:"); ok {
			after = strings.TrimSpace(after)
			for _, layout := range [...]string{time.RFC850, time.RFC1123, time.RFC1123Z, "2 Jan 2006 15:04:05 MST", "02 Jan 2006"} {
				if t, err := time.Parse(layout, after); err == nil {
					return content.Date{Time: t.UTC(), Source: fromMeta, Confidence: content.High}
				}
			}
			if t, ok := parseStamp(after); ok {
				return content.Date{Time: t, Source: fromMeta, Confidence: content.High}
			}
		}
	}
	return content.Date{}
}

// elsewhere are the places whose dates are not the page's own.
const elsewhere = cueComment | cueRelated | cueSide | tagAside | tagFooter | tagNav | cueFooter | cueForum

// timeElements reads <time> near the heading: those of a list of other pages do not count.
func (f *facts) timeElements(published, modified *content.Date, lang string) {
	if !published.IsZero() && !modified.IsZero() {
		return
	}
	start := int32(f.start())
	for i := range f.elements {
		e := &f.elements[i]
		if e.node.DataAtom != atom.Time || e.above&elsewhere != 0 || e.from < start-6 || e.from > start+10 {
			continue
		}
		stamp := attr(e.node, "datetime")
		t, ok := parseStamp(stamp)
		if !ok {
			t, ok = findDate(textIn(e.node, 100), lang)
		}
		if !ok || !f.past(t) {
			continue
		}
		class := strings.ToLower(attr(e.node, "class") + " " + attr(e.node, "itemprop"))
		changed := strings.Contains(class, "updated") && !strings.Contains(class, "published") || strings.Contains(class, "modified")
		d := content.Date{Time: t, Source: fromTime, Confidence: content.Medium}
		switch {
		case changed && modified.IsZero():
			*modified = d
		case !changed && published.IsZero():
			*published = d
		}
	}
}

// changedWords announce a day of change.
var changedWords = [...]string{"mis à jour", "mise à jour", "màj", "maj ", "modifié", "updated", "modified", "actualisé"}

// visibleDates reads dates that stand in short texts near the heading.
func (f *facts) visibleDates(published, modified *content.Date, lang string) {
	if !published.IsZero() || len(f.blocks) == 0 {
		return
	}
	start := f.start()
	for k := range 12 { // after the heading first, then the three blocks above it
		i := start + k
		if k >= 9 {
			i = start - (k - 8)
		}
		if i < 0 || i >= len(f.blocks) {
			continue
		}
		b := &f.blocks[i]
		e := &f.elements[b.element]
		s := f.textOf(b)
		if b.words > 25 || e.above&elsewhere != 0 || e.hidden || strings.ContainsRune(s, '©') {
			continue
		}
		t, ok := findDate(s, lang)
		if !ok || !f.past(t) {
			continue
		}
		sure := content.Low
		if e.above&(cueByline|cueMeta) != 0 || b.words <= 8 {
			sure = content.Medium
		}
		d := content.Date{Time: t, Source: fromVisible, Confidence: sure}
		lower := strings.ToLower(s)
		for _, w := range changedWords {
			at := strings.Index(lower, w)
			if at < 0 || d.IsZero() || strings.Contains(lower, "publié") || strings.Contains(lower, "published") {
				continue
			}
			if _, before := findDate(lower[:at], lang); before {
				continue // "3 mai 2024, mis à jour le 5": the first one is the day of publication
			}
			if modified.IsZero() {
				*modified = d
			}
			d = content.Date{}
		}
		if !d.IsZero() {
			*published = d
			return
		}
	}
}

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

// findDate finds the first whole date that a text says in French, English or figures. Figures are
// day first, but month first in English where the day cannot tell. 3/4/24 is no date: it could be
// anything.
func findDate(s, lang string) (time.Time, bool) {
	s = clip(s, 600)
	var pieces []piece
	for i := 0; i < len(s) && len(pieces) < 120; {
		r, n := utf8.DecodeRuneInString(s[i:])
		digit := r >= '0' && r <= '9'
		if !digit && !unicode.IsLetter(r) {
			i += n
			continue
		}
		j := i + n
		for j < len(s) {
			r, n := utf8.DecodeRuneInString(s[j:])
			if digit != (r >= '0' && r <= '9') || !digit && !unicode.IsLetter(r) {
				break
			}
			j += n
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
				d, m := atoi(p.text), atoi(b.text)
				if m > 12 || lang == "en" && d <= 12 && p.after == '/' {
					d, m = m, d
				}
				if t, ok := day(atoi(c.text), m, d); ok {
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

// event gives the happening that the page announces, when it announces one.
func (f *facts) event(title string) content.Event {
	var found []content.Event
	for _, t := range f.things {
		for _, k := range types(t) {
			if !strings.HasSuffix(k, "Event") && k != "Festival" && k != "Hackathon" {
				continue
			}
			start, ok := parseStamp(text(t["startDate"]))
			if !ok {
				continue
			}
			e := content.Event{Start: start, Place: f.place(t["location"])}
			e.End, _ = parseStamp(text(t["endDate"]))
			if name := fold(text(t["name"])); name != "" && name == fold(title) {
				return e
			}
			found = append(found, e)
			break
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return content.Event{}
}

// place writes a location as people do: its name, then its town.
func (f *facts) place(v any) string {
	for _, x := range many(v) {
		t, ok := x.(thing)
		if !ok {
			return oneLine(text(x), 300)
		}
		name := text(t["name"])
		switch a := t["address"].(type) {
		case thing:
			if town := text(a["addressLocality"]); town != "" && !strings.Contains(name, town) {
				name = strings.TrimPrefix(name+", "+town, ", ")
			}
		case string:
			if name == "" {
				name = a
			}
		}
		if name == "" {
			name = text(t["url"])
		}
		return oneLine(name, 300)
	}
	return ""
}
