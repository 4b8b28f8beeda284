package classify

import (
	"fmt"
	"strings"
	"time"

	"filon/crawler/content"
)

// VersionOn is the version of rules and policy, and of what the policy itself changes with the days: a
// quiet period that begins or ends, a consent that runs out.
func (p Policy) VersionOn(day time.Time) string {
	ended := 0
	for _, c := range p.People {
		if !c.Until.IsZero() && day.After(c.Until) {
			ended++
		}
	}
	if ended == 0 && !p.quiet(day) {
		return p.version()
	}
	return fmt.Sprintf("%s-%d-%t", p.version(), ended, p.quiet(day))
}

// DayBound tells whether a verdict may be another on a later day, beyond the slow loss of freshness that
// all content shares: something will expire or happen, an embargo runs, a text gives a last day. What is
// not day-bound need not be judged again every night.
func DayBound(item content.Item, v Verdict) bool { return Glance{}.DayBound(item, v) }

// declaresDay tells whether something that is declared, or was found, binds a verdict to its day.
func declaresDay(item content.Item, v Verdict, day time.Time) bool {
	for _, t := range []time.Time{item.Expires.Time, item.Event.Start, item.Event.End} {
		if !t.IsZero() && !t.Before(day.AddDate(0, 0, -2)) {
			return true
		}
	}
	past := false
	for _, r := range v.Reasons {
		if strings.HasPrefix(r.Rule, "lifecycle/") || r.Rule == "image/usage-terms" {
			return true
		}
		past = past || strings.HasPrefix(r.Rule, "freshness/")
	}
	return typeOf(v.Type).Life == Dated && !past
}

// lastDays are the words after which a text gives a last or a first day.
var lastDays = newSeeker([]string{"jusqu'au", "avant le", "au plus tard", "date limite", "partir du", "embargo", "valable", "cloture", "until", "deadline", "valid through", "no later than", "closing date"})

// givesLastDay tells whether one of those words is followed by a figure.
func givesLastDay(s string) bool {
	low := foldString(cut(s, maxLastDay))
	room := spareRooms.Get().(*spanRoom)
	defer room.giveBack()
	spans, _ := room.read(low, false)
	return lowGivesLastDay(low, spans)
}

// maxLastDay bounds the text that is looked through, in bytes.
const maxLastDay = 1 << 16

// lowGivesLastDay is givesLastDay for a folded text and its words.
func lowGivesLastDay(low string, spans []wordSpan) (gives bool) {
	lastDays.eachOfWords(low, spans, func(i int, w sought) bool {
		at := i + len(w.word)
		gives = strings.ContainsAny(low[at:min(len(low), at+24)], "0123456789")
		return !gives
	})
	return gives
}
