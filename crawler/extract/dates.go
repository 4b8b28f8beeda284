package extract

import (
	"net/http"
	"strings"
	"time"

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
// most trusted evidence that it has, and the other evidence for the first two. A footer's or a sidebar's date is
// never taken.
func (f *facts) dates(lang string) (published, modified, expires content.Date, others []content.Evidence) {
	further := func(of *content.Date, d content.Date) {
		if d.IsZero() || of.Source == d.Source {
			return
		}
		e := content.Evidence{Of: "modified", Date: d}
		if of == &published {
			e.Of = "published"
		}
		for _, o := range others {
			if o.Of == e.Of && o.Date.Source == d.Source {
				return
			}
		}
		others = append(others, e)
	}
	take := func(d *content.Date, value, source string, sure content.Confidence) {
		if value != "" && d.Source != source {
			if t, ok := parseStamp(value); ok && f.past(t) {
				found := content.Date{Time: t, Source: source, Confidence: sure}
				if d.IsZero() {
					*d = found
				} else {
					further(d, found)
				}
			}
		}
	}
	for _, t := range f.ownThings() {
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
	var shown, changed content.Date
	f.timeElements(&shown, &changed, lang)
	add := func(d *content.Date, found content.Date) {
		if d.IsZero() {
			*d = found
		} else {
			further(d, found)
		}
	}
	add(&published, shown)
	add(&modified, changed)
	if t, ok := dateInURL(f.in.Address); ok && f.past(t) {
		add(&published, content.Date{Time: t, Source: fromURL, Confidence: content.Medium})
	}
	if d := f.stated(lang); !d.IsZero() && !d.Time.Before(published.Time) {
		add(&modified, d)
	}
	if t := f.signedDay(lang); !t.IsZero() {
		d := content.Date{Time: t, Source: fromVisible, Confidence: content.Medium}
		if f.signed.changed {
			add(&modified, d)
		} else {
			add(&published, d)
		}
	}
	if published.IsZero() {
		f.visibleDates(&published, &modified, lang)
	} else {
		shown, changed = content.Date{}, content.Date{}
		f.visibleDates(&shown, &changed, lang)
		further(&published, shown)
		if !modified.IsZero() { // beside a better day of publication, a text alone is not taken for one of change
			further(&modified, changed)
		}
	}
	// A page that a server makes on request was "modified" when it was asked for.
	t, err := http.ParseTime(f.in.Header.Get("Last-Modified"))
	if err == nil && f.past(t) && (f.in.FetchedAt.IsZero() || f.in.FetchedAt.Sub(t) > 24*time.Hour) && (f.in.Day.IsZero() || f.in.Day.Sub(t) > 24*time.Hour) {
		add(&modified, content.Date{Time: t.UTC(), Source: fromHTTP, Confidence: content.Low})
	}
	if !published.IsZero() && !modified.IsZero() && modified.Source == fromHTTP && modified.Time.Before(published.Time) {
		modified = content.Date{}
	}
	return published, modified, expires, others
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
		if e.from < start-6 || e.from > start+10 {
			continue
		}
		if t, ok := f.markedDay(int32(i), start); ok && published.IsZero() && f.past(t) && !e.foreign() {
			*published = content.Date{Time: t, Source: fromTime, Confidence: content.Medium}
		}
		if e.node.DataAtom != atom.Time || e.foreign() {
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
		if int(e.from) < len(f.blocks) && e.to <= e.from+1 && !datesItself(f.textOf(&f.blocks[e.from]), lang, true) {
			continue // <time> in "until 30 April"
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
		if i < 0 || i >= len(f.blocks) || f.isChanged && i == int(f.changed.block) {
			continue
		}
		b := &f.blocks[i]
		e := &f.elements[b.element]
		s := f.textOf(b)
		if b.words > 25 || e.above&elsewhere != 0 || e.hidden || strings.ContainsRune(s, '©') || f.othersLine(s) {
			continue
		}
		placed := e.above&(cueByline|cueMeta) != 0 || dateNamed(e.node)
		alone := b.words <= 8
		t, ok := findDate(s, lang)
		if ok = ok && datesItself(s, lang, placed); !ok && isMetaLine(e.node) {
			s, t, placed, ok = datePart(e.node, lang)
			alone = false
		}
		if !ok || !f.past(t) {
			continue
		}
		sure := content.Low
		if placed || alone {
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
