package classify

import (
	"fmt"
	"math"
	"regexp"
	"time"
)

// Age (domain 4.2): what is past, what is stale, what lasts.

var freshnessRules = []Rule{
	{ID: "freshness/offer-closed", Severity: Block, Kind: Expired, Source: "domain 7.2, example 16",
		Says: Text{"Offre d'emploi close", "The job offer is closed"}, find: findClosedOffer},
	{ID: "freshness/event-past", Severity: Block, Kind: Expired, Source: "domain 1.2: event_upcoming dies on its date",
		Says: Text{"L'événement annoncé est passé", "The announced event is over"}, find: findPastEvent},
	{ID: "freshness/expired", Severity: Block, Kind: Expired, Source: "domain 4.2: perishability",
		Says: Text{"La date de validité est passée", "Its date of validity is past"}, find: findExpired},
	{ID: "freshness/old-year", Severity: Note, Source: "domain 1.2: a year in the title dies twelve months after it",
		Says: Text{"Le titre porte une année passée : à mettre à jour", "The title carries a past year: update it"}, find: findOldYear},
	{ID: "freshness/stale", Severity: Note, Source: "domain 4.2: freshness below .25",
		Says: Text{"Contenu ancien : à relire et à dater", "Old content: read it again and date it"}, find: findStale},
	{ID: "freshness/provisional", Severity: Review, Approver: "finance", Source: "domain 3.2 and 3.7: figures not audited",
		Says: Text{"Chiffres provisoires ou en cours d'audit", "Provisional figures or figures under audit"}, find: listed("figures wip", func(p *page, f *field, h *hit) bool { return f.spot == inText && hasDigit(cut(f.low, 1<<16)) })},
}

// aging is how an item stands in time.
type aging struct {
	freshness float64 // 0 to 1, -1 unknown
	evergreen string
	score     int // 0 to 100
	past      bool
	relative  int // words such as "tomorrow"
}

var (
	yearInTitle = mustAtWord(`\b(20[0-4]\d)\b`)
	listRelDate = words.list("relative date")
)

// age computes freshness with the half-life of the type, and whether the item lasts.
func (p *page) age() aging {
	t := typeOf(p.sorted.id)
	a := aging{freshness: -1}
	when := p.item.Modified.Time
	if when.IsZero() || p.item.Published.Time.After(when) {
		when = p.item.Published.Time
	}
	if p.item.Modified.Confidence == "low" && !p.item.Published.IsZero() {
		when = p.item.Published.Time
	}
	days := p.day.Sub(when).Hours() / 24
	if !when.IsZero() {
		half := float64(t.HalfLife)
		if half == 0 {
			half = 365
		}
		a.freshness = math.Round(100*math.Pow(.5, math.Max(0, days)/half)) / 100
	}
	a.relative = p.count(listRelDate, func(f *field) bool { return f.spot == inText || f.spot == inTitle })
	a.past = p.closedOffer() || p.pastEvent() || p.pastExpiry()
	if a.past && t.Life == Dated {
		a.freshness = 0
	} else if t.ID == "event_upcoming" && !p.eventDate().IsZero() {
		a.freshness = 1
	}
	if t.Life == Evergreen {
		a.score += 40
	} else if t.Life == Slow {
		a.score += 25
	}
	if a.relative == 0 {
		a.score += 20
	}
	year := p.titleYear()
	if year == 0 {
		a.score += 15
	}
	if t.ID == "how_to" || t.ID == "explainer" || t.ID == "faq" {
		a.score += 10
	}
	if !when.IsZero() && days < 730 {
		a.score += 15
	}
	if a.past {
		a.score -= 30
	}
	switch {
	case a.past || t.Life == Dated && t.ID != "observance" || year > 0 && year < p.day.Year():
		a.evergreen = "dated"
	case a.score >= 60 && t.Life != Perishable:
		a.evergreen = "evergreen"
	default:
		a.evergreen = "current"
		if t.Life == Perishable && a.freshness >= 0 && a.freshness < .25 {
			a.evergreen = "dated"
		}
	}
	return a
}

// titleYear is the last year that the title names, 0 without one.
func (p *page) titleYear() int {
	last := 0
	for i := range p.fields {
		if s := p.fields[i].spot; s == inTitle || s == inH1 {
			for _, y := range yearInTitle.FindAllString(p.fields[i].low, 4) {
				last = max(last, number(y))
			}
		}
	}
	return last
}

func (p *page) pastExpiry() bool {
	return !p.item.Expires.IsZero() && p.item.Expires.Time.Before(startOfDay(p.day))
}

// closedOffer tells whether a job offer is over: its validThrough, a closing date in the text, or
// an age that no offer reaches.
func (p *page) closedOffer() bool {
	if p.sorted.id != "job_offer" {
		return false
	}
	if !p.item.Expires.IsZero() {
		return p.pastExpiry()
	}
	if _, _, when := p.closingDate(); !when.IsZero() {
		return when.Before(startOfDay(p.day))
	}
	return !p.item.Published.IsZero() && p.day.Sub(p.item.Published.Time) > 365*24*time.Hour
}

var closing = regexp.MustCompile(`(?:closing date|candidatures? (?:avant|jusqu'au)|date limite|postulez avant|apply (?:by|before)|avant le|jusqu'au|deadline|until)\b`)

// closingDate is the day after which a text says that it is too late.
func (p *page) closingDate() (start, end int, when time.Time) {
	if p.body < 0 {
		return 0, 0, when
	}
	low := cut(p.fields[p.body].low, 1<<15)
	for _, m := range closing.FindAllStringIndex(low, 6) {
		tail := low[m[1]:min(len(low), m[1]+40)]
		if i := indexBreak(tail); i >= 0 {
			tail = tail[:i]
		}
		if d := datesIn(tail, p.item.Published.Time); len(d) > 0 && d[0].After(when) {
			start, end, when = m[0], m[1]+d[0].end, d[0].Time
		}
	}
	return start, end, when
}

func indexBreak(s string) int {
	for i := range len(s) {
		if s[i] == '\n' {
			return i
		}
	}
	return -1
}

func (p *page) pastEvent() bool {
	if p.sorted.id != "event_upcoming" {
		return false
	}
	when := p.eventDate()
	return !when.IsZero() && when.Before(startOfDay(p.day))
}

func findClosedOffer(p *page) []finding {
	if !p.closedOffer() {
		return nil
	}
	if start, end, when := p.closingDate(); !when.IsZero() && p.item.Expires.IsZero() {
		return []finding{p.lows(p.body, start, end)}
	}
	return []finding{{field: -1}}
}

func findPastEvent(p *page) []finding {
	if !p.pastEvent() {
		return nil
	}
	when := p.eventDate()
	return []finding{{field: -1, says: &Text{
		fmt.Sprintf("L'événement annoncé est passé (%s)", when.Format("02/01/2006")), fmt.Sprintf("The announced event is over (%s)", when.Format(time.DateOnly))}}}
}

func findExpired(p *page) []finding {
	if !p.pastExpiry() || p.sorted.id == "job_offer" || p.pastEvent() {
		return nil
	}
	last := p.item.Expires.Time
	says := &Text{fmt.Sprintf("La date de validité est passée (%s)", last.Format("02/01/2006")), fmt.Sprintf("Its date of validity is past (%s)", last.Format(time.DateOnly))}
	if p.item.Expires.Source == "text" { // say where
		for i := range p.fields {
			f := &p.fields[i]
			if f.spot != inTitle && f.spot != inH1 && f.spot != inDescription && f.spot != inText {
				continue
			}
			for _, d := range datesIn(cut(f.low, 4096), p.item.Published.Time) {
				if startOfDay(d.Time).Equal(startOfDay(last)) {
					g := p.lows(i, d.start, d.end)
					g.says = says
					return []finding{g}
				}
			}
		}
		var told []finding // tomorrow, told from the day of publication
		p.each(listRelDate, func(f *field, h *hit) bool {
			if f.spot == inText || f.spot == inTitle {
				g := p.at(h)
				g.says = says
				told = append(told, g)
			}
			return len(told) == 0
		})
		if len(told) > 0 {
			return told
		}
	}
	return []finding{{field: -1, says: says}}
}

// findOldYear leaves types to which a year belongs: history, reports of a year, what is dated.
func findOldYear(p *page) (found []finding) {
	switch p.sorted.id {
	case "history", "event_upcoming", "event_recap", "job_offer", "press_release", "financial_news", "award_cert", "minutes":
		return nil
	}
	if y := p.titleYear(); y == 0 || y >= p.day.Year()-1 {
		return nil
	}
	for i := range p.fields {
		if s := p.fields[i].spot; s == inTitle || s == inH1 {
			if m := yearInTitle.FindStringIndex(p.fields[i].low); m != nil {
				return []finding{p.lows(i, m[0], m[1])}
			}
		}
	}
	return nil
}

func findStale(p *page) []finding {
	if f := p.state.freshness; f >= 0 && f < .25 && !p.state.past && !p.appliesUntil() {
		switch p.sorted.id {
		case "history", "press_release", "financial_news":
			return nil
		}
		when := p.item.Modified.Time
		if when.IsZero() || p.item.Published.Time.After(when) {
			when = p.item.Published.Time
		}
		return []finding{{field: -1, quote: when.Format(time.DateOnly)}}
	}
	return nil
}
