package classify

import (
	"strings"

	"filon/crawler/content"
)

// DayBound tells whether a verdict may be another on another day, beyond the slow loss of freshness that
// all content shares: something expires, begins, is under embargo or belongs to a year. What is not day-bound
// need not be judged again every night.
func DayBound(item content.Item, v Verdict) bool {
	if !item.Expires.IsZero() || !item.Event.Start.IsZero() || !item.Event.End.IsZero() || v.Evergreen == "dated" || typeOf(v.Type).Life == Dated {
		return true
	}
	for _, r := range v.Reasons {
		if strings.HasPrefix(r.Rule, "lifecycle/") || strings.HasPrefix(r.Rule, "freshness/") || strings.HasPrefix(r.Rule, "finance/") || r.Rule == "garden/consent-ended" {
			return true
		}
	}
	// A day that the text names as a limit, an embargo or a meeting speaks only once it is near or past.
	return limitWords(item.Title) || limitWords(item.Text)
}

// limits are the words after which a text gives a last or a first day.
var limits = []string{"jusqu'au", "avant le", "au plus tard", "date limite", "à partir du", "a partir du", "embargo", "valable", "clôture", "cloture", "until", "deadline", "valid through", "no later than", "closing date"}

func limitWords(s string) bool {
	low := strings.ToLower(strings.ReplaceAll(cut(s, 1<<16), "’", "'"))
	for _, w := range limits {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}
