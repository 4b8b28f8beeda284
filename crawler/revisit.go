package crawler

import (
	"context"
	"fmt"
	"time"

	"filon/crawler/frontier"
)

// longestRest is the number of days after which every known page is asked again, unless its source says otherwise.
const longestRest = 7

// restAfter is for how many days a page rests after so many days in a row on which it had not changed.
// A page that changed is asked in the next run, and so is one of which fewer than three calm days are known.
var restAfter = [...]int{0, 0, 0, 2, 3, 5, 7}

// rests tells why a known page need not be asked in this run, "" when it should be. Where a run begins is
// always asked, and so are the pages that it links to: new content shows there first.
func (c *crawl) rests(s *Source, r frontier.Request) string {
	if len(r.Sketch) == 0 { // an empty shell: its text may come any night, and it is counted as empty until then
		return ""
	}
	if c.Full || !r.InInventory || (r.Reach != "") != s.passes() || r.Depth <= 1 && r.Modified.IsZero() || r.Via == frontier.BySeed || r.Visited.IsZero() || r.Strikes > 0 {
		return ""
	}
	days := int(c.Day.Sub(r.Visited).Hours() / 24)
	if days < 0 || days >= s.Revisit {
		return ""
	}
	if !r.Modified.IsZero() {
		// A sitemap that can be trusted knows better than the page's history. The day of the visit itself says nothing:
		// the page may have changed after it.
		if days > 0 && r.Modified.Before(r.Visited) {
			return fmt.Sprintf("not asked: the sitemap says that it last changed on %s, before the visit of %s", r.Modified.Format(time.DateOnly), r.Visited.Format(time.DateOnly))
		}
		return ""
	}
	if rest := min(restAfter[min(r.Calm, len(restAfter)-1)], s.Revisit); days < rest {
		return fmt.Sprintf("not asked: it has not changed for %d visits; next on %s", r.Calm, r.Visited.AddDate(0, 0, rest).Format(time.DateOnly))
	}
	return ""
}

// plausible tells whether the dates of a sitemap can be trusted: there are several, they differ, and
// none lies ahead. A sitemap that dates all its pages by the day of its making says nothing.
func plausible(modified []time.Time, day time.Time) bool {
	count := map[time.Time]int{}
	known, most := 0, 0
	for _, m := range modified {
		if m.IsZero() {
			continue
		}
		if m.After(day.AddDate(0, 0, 2)) {
			return false
		}
		known++
		count[m.Truncate(24*time.Hour)]++
		most = max(most, count[m.Truncate(24*time.Hour)])
	}
	return known >= 5 && most*2 <= known
}

// isTwin tells whether an address said the same as another when it was last visited, and that one
// still stands in the inventory: then asking whether it changed is enough.
func (c *crawl) isTwin(ctx context.Context, r frontier.Request) bool {
	if r.TwinOf == "" {
		return false
	}
	keep, _, ok, err := c.Frontier.Find(ctx, r.TwinOf, 0)
	return err == nil && ok && keep.InInventory && keep.ItemHash != ""
}
