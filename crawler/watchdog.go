package crawler

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"filon/crawler/address"
	"filon/crawler/frontier"
)

var (
	errTimeUp = errors.New("the time limit of the run was reached")
	errStill  = errors.New("nothing moved")
)

// task is a visit under way.
type task struct {
	request frontier.Request
	begun   time.Time
	limit   time.Duration // after which it stands still
	stop    context.CancelCauseFunc
	stopped bool
}

// guarded visits, and gives up when the watchdog says that the visit stands still.
func (c *crawl) guarded(ctx context.Context, r frontier.Request) visited {
	one, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	t := &task{request: r, begun: time.Now(), limit: c.Stall, stop: stop}
	if s := c.sources[r.Source]; s != nil {
		t.limit += 2 * s.Limits.Time
	}
	c.mu.Lock()
	c.atWork[r.ID] = t
	c.mu.Unlock()
	v := c.visit(one, r)
	c.mu.Lock()
	delete(c.atWork, r.ID)
	c.mu.Unlock()
	c.moved.Store(time.Now().UnixNano())
	if ctx.Err() == nil && errors.Is(context.Cause(one), errStill) {
		if r.Attempts+1 >= c.Attempts {
			return ended(frontier.Failed, fmt.Sprintf("nothing moved for %s, after %d attempts", t.limit, r.Attempts+1))
		}
		return visited{result: frontier.Result{State: frontier.Pending, Reason: "nothing moved", NextAt: time.Now().Add(c.Backoff(r.Attempts))}}
	}
	return v
}

// watchdog looks on until off is closed. When nothing has ended for Options.Stall it says what the run waits
// for; a visit that stands still beyond its own limits is stopped, and its host rests.
func (c *crawl) watchdog(off <-chan struct{}) {
	tick := time.NewTicker(max(c.Stall/4, 10*time.Millisecond))
	defer tick.Stop()
	said := int64(0)
	for {
		select {
		case <-off:
			return
		case <-tick.C:
		}
		moved := c.moved.Load()
		idle := time.Since(time.Unix(0, moved))
		if idle < c.Stall {
			continue
		}
		if said != moved { // once for each standstill
			said = moved
			c.Log(fmt.Sprintf("nothing has been done for %s: %s", idle.Round(time.Second), c.waitsFor()))
		}
		for _, t := range c.still() {
			host := t.request.Host
			if until, _ := c.polite.waitsFor(host); !until.IsZero() && time.Until(until) > c.Stall {
				continue // it waits because its host asked it to
			}
			t.stopped = true // only the watchdog reads it
			t.stop(errStill)
			c.became(context.Background(), host, c.polite.rest(host), "nothing has come for "+time.Since(t.begun).Round(time.Second).String()+" at "+address.Shown(t.request.Address))
		}
	}
}

// still lists the visits that stand still beyond their limits.
func (c *crawl) still() (all []*task) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.atWork {
		if !t.stopped && time.Since(t.begun) > t.limit {
			all = append(all, t)
		}
	}
	return all
}

// waitsFor says what the run waits for.
func (c *crawl) waitsFor() string {
	c.mu.Lock()
	var busy []string
	for _, t := range c.atWork {
		busy = append(busy, fmt.Sprintf("%s (for %s)", address.Shown(t.request.Address), time.Since(t.begun).Round(time.Second)))
	}
	c.mu.Unlock()
	if len(busy) > 0 {
		slices.Sort(busy)
		return "an answer from " + strings.Join(busy[:min(3, len(busy))], ", ")
	}
	var hosts []string
	for _, name := range c.polite.names() {
		if until, why := c.polite.waitsFor(name); !until.IsZero() {
			hosts = append(hosts, fmt.Sprintf("%s until %s (%s)", name, until.Local().Format("15:04:05"), why))
		}
	}
	if len(hosts) == 0 {
		return "addresses that failed wait for their next attempt"
	}
	return "the run waits for " + strings.Join(hosts[:min(3, len(hosts))], ", ")
}
