package crawler

import (
	"context"
	"fmt"

	"filon/crawler/frontier"
)

// An inventory must not empty itself because a server had a bad night. Of a source with at least
// guardedItems items, no more than a guardedShare leaves in one run; else nothing does, and the run says so.
const (
	guardedItems = 20
	guardedShare = 0.25
)

// strikesOf is how many visits in a row must end in a state before the item leaves: what a server says of a
// page once may be a mistake.
func strikesOf(state frontier.State) int {
	switch state {
	case frontier.Gone, frontier.Robots, frontier.NeedsLogin:
		return 2
	}
	return 1
}

// sweep takes out of the inventory what the run found to be no longer there, or no longer content.
func (c *crawl) sweep(ctx context.Context) error {
	all, err := c.Frontier.Departed(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	held, err := c.Frontier.Held(ctx)
	if err != nil {
		return err
	}
	doubted := map[string]int{} // by source: out-of-scope is the user's word and no doubt
	for _, d := range all {
		if d.State != frontier.OutOfScope {
			doubted[d.Source]++
		}
	}
	for source, n := range doubted {
		if held[source] >= guardedItems && float64(n) > guardedShare*float64(held[source]) {
			c.report.Kept[source] = fmt.Sprintf("%d of %d items would have left in one run, which is more than a site loses; they are kept", n, held[source])
			c.Log(source + ": " + c.report.Kept[source] + "; filon crawl --full lets them go")
		}
	}
	var gone []string
	for _, d := range all {
		if d.Strikes < strikesOf(d.State) || c.report.Kept[d.Source] != "" && d.State != frontier.OutOfScope && !c.Full {
			continue
		}
		if d.State == frontier.Gone {
			err = c.Keeper.Gone(ctx, d.Address, c.Day)
		} else {
			err = c.Keeper.Drop(ctx, d.Address, d.MovedTo)
		}
		if err != nil {
			return fmt.Errorf("take out %s: %w", d.Address, err)
		}
		c.stats.touched.Store(true)
		gone = append(gone, d.Address)
	}
	if c.Full {
		clear(c.report.Kept)
	}
	return c.Frontier.Forget(ctx, gone)
}
