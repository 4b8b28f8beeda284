package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"filon/crawler/frontier"
)

// Add implements frontier.Frontier.
func (f *Frontier) Add(ctx context.Context, found []frontier.Found) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.write(ctx, func(tx *sql.Tx) error {
		_, err := f.record(ctx, tx, 0, found)
		return err
	})
	if err != nil {
		f.known.clear() // it may hold what was rolled back
		return fmt.Errorf("add addresses: %w", err)
	}
	f.tell()
	return nil
}

// Done implements frontier.Frontier.
func (f *Frontier) Done(ctx context.Context, r frontier.Request, res frontier.Result, links []frontier.Found) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if res.State == frontier.Unchanged && len(links) == 0 {
		return f.later(ctx, r, res)
	}
	err := f.write(ctx, func(tx *sql.Tx) error {
		if err := f.closeCalm(ctx, tx); err != nil {
			return err
		}
		if err := f.close(ctx, tx, r, res); err != nil {
			return err
		}
		if len(links) == 0 {
			return nil
		}
		ids, err := f.record(ctx, tx, r.ID, links)
		if err != nil {
			return err
		}
		return relink(ctx, tx, r.ID, ids)
	})
	if err != nil {
		f.known.clear()
		return fmt.Errorf("close %s: %w", r.Address, err)
	}
	clear(f.calm)
	f.readAgain(r.Depth)
	f.leave(r, res)
	return nil
}

// readAgain forgets what was read ahead of requests deeper than one that is closed now: it may have named
// something shallower, or said something of them. The caller holds mu.
func (f *Frontier) readAgain(depth int) {
	for _, q := range f.queues {
		if len(q.ahead) > 0 && q.ahead[0].Depth > depth {
			q.ahead, q.wake = nil, time.Time{}
		}
	}
}

// leave takes a closed request from those that are being visited. The caller holds mu.
func (f *Frontier) leave(r frontier.Request, res frontier.Result) {
	delete(f.leased, r.ID)
	delete(f.since, r.ID)
	if res.State == frontier.Pending {
		f.waits(r.Host)
	} else {
		f.waiting--
	}
	if q := f.queues[r.Host]; q != nil {
		q.wake = time.Time{}
	}
	f.tell()
}

// calmVisit is a visit that found nothing new and waits to be written.
type calmVisit struct {
	r   frontier.Request
	res frontier.Result
}

// mostCalm is how many of them are written at once: a transaction costs more than what it writes.
const mostCalm = 16

// later keeps a visit that found nothing new until there are some. The caller holds mu.
func (f *Frontier) later(ctx context.Context, r frontier.Request, res frontier.Result) error {
	f.calm[r.ID] = calmVisit{r, res}
	f.leave(r, res)
	if len(f.calm) < mostCalm {
		return nil
	}
	return f.settle(ctx)
}

// settle writes the visits that found nothing new. The caller holds mu.
func (f *Frontier) settle(ctx context.Context) error {
	if len(f.calm) == 0 {
		return nil
	}
	if err := f.write(ctx, func(tx *sql.Tx) error { return f.closeCalm(ctx, tx) }); err != nil {
		return fmt.Errorf("close visits that found nothing new: %w", err)
	}
	clear(f.calm)
	return nil
}

func (f *Frontier) closeCalm(ctx context.Context, tx *sql.Tx) error {
	for _, v := range f.calm {
		if err := f.close(ctx, tx, v.r, v.res); err != nil {
			return err
		}
	}
	return nil
}

// close writes how a visit ended. What the inventory has of the address stays known, with its validators
// and hashes, until a later visit brings something else or Forget is called.
func (f *Frontier) close(ctx context.Context, tx *sql.Tx, r frontier.Request, res frontier.Result) error {
	next := int64(0)
	if !res.NextAt.IsZero() {
		next = res.NextAt.UnixMilli()
	}
	if res.Late > 0 && res.State == frontier.Pending {
		_, err := tx.ExecContext(ctx, `UPDATE requests SET late = ?, reason = ?, pattern = ? WHERE id = ?`, res.Late, res.Reason, res.Pattern, r.ID)
		return err
	}
	set := []string{"state = ?", "reason = ?", "http_status = ?", "attempts = ?", "next_at = ?", "run = ?", "closed_at = ?", "moved_to = ?"}
	args := []any{string(res.State), res.Reason, res.Status, r.Attempts + 1, next, f.run.ID, f.now().UTC().Format(time.RFC3339), res.MovedTo}
	and := func(column string, value any) {
		set = append(set, column+" = ?")
		args = append(args, value)
	}
	switch {
	case len(res.Sketch) > 0:
		and("pattern", res.Pattern)
		and("novel", res.Novel)
		and("sketch", res.Sketch)
	case res.State == frontier.Trap:
		and("pattern", res.Pattern)
	}
	if res.LinksHash != "" {
		and("links_hash", res.LinksHash)
	}
	switch {
	case res.State == frontier.Unchanged || res.ItemHash != "":
		strikes, calm, on := history(r, res)
		and("strikes", strikes)
		and("calm", calm)
		and("visited_on", on)
	case r.InInventory && res.State != frontier.Pending && res.State != frontier.Failed:
		and("strikes", r.Strikes+1)
	}
	if res.ETag != "" || res.LastModified != "" || res.ItemHash != "" {
		and("etag", res.ETag)
		and("last_modified", res.LastModified)
	}
	if res.ItemHash != "" {
		and("page_hash", res.PageHash)
		and("item_hash", res.ItemHash)
		and("reach", res.Reach)
		and("canonical", res.Canonical)
		and("in_inventory", res.State.InInventory())
		if res.State != frontier.Duplicate {
			and("twin_of", "")
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE requests SET `+strings.Join(set, ", ")+` WHERE id = ?`, append(args, r.ID)...)
	return err
}

// history is what a visit that found the page adds to what is known of it. A second visit on one day says
// nothing about how often the page changes.
func history(r frontier.Request, res frontier.Result) (strikes, calm int, on string) {
	if !r.Visited.IsZero() {
		on = r.Visited.Format(time.DateOnly)
	}
	if res.Day.IsZero() { // it was not asked
		return r.Strikes, r.Calm, on
	}
	calm = r.Calm
	switch {
	case res.State != frontier.Unchanged:
		calm = 0
	case res.Day.After(r.Visited) && !r.Visited.IsZero():
		calm++
	}
	return 0, calm, res.Day.Format(time.DateOnly)
}

// record inserts the addresses that are new and improves those that are known; it gives their ids.
func (f *Frontier) record(ctx context.Context, tx *sql.Tx, referrer int64, found []frontier.Found) ([]int64, error) {
	ids := make([]int64, 0, len(found))
	for _, l := range found {
		id, err := f.recordOne(ctx, tx, referrer, l)
		if err == nil && l.Hint != "" {
			_, err = tx.ExecContext(ctx, `UPDATE requests SET hint = ? WHERE id = ? AND hint <> ?`, l.Hint, id, l.Hint)
		}
		if err == nil && !l.Modified.IsZero() {
			on := l.Modified.UTC().Format(time.RFC3339)
			_, err = tx.ExecContext(ctx, `UPDATE requests SET modified_on = ? WHERE id = ? AND modified_on <> ?`, on, id, on)
		}
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (f *Frontier) recordOne(ctx context.Context, tx *sql.Tx, referrer int64, l frontier.Found) (int64, error) {
	if l.State == "" {
		l.State = frontier.Pending
	}
	old, ok := f.known.get(l.Address)
	if !ok {
		err := tx.StmtContext(ctx, f.look).
			QueryRowContext(ctx, l.Address).Scan(&old.id, &old.depth, &old.state, &old.ways[0], &old.ways[1], &old.ways[2], &old.ways[3], &old.ways[4], &old.ways[5])
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return f.insert(ctx, tx, referrer, l)
		case err != nil:
			return 0, err
		}
	}
	better := old
	better.depth = min(old.depth, l.Depth)
	better.ways[way(l.Via)] = true
	if linkState(old.state) && l.State == frontier.Pending {
		better.state = frontier.Pending
	}
	if l.State == frontier.NeverFollow {
		if err := f.shun(ctx, tx, old.id, l); err != nil {
			return 0, err
		}
		if linkState(old.state) || old.state == frontier.Pending {
			better.state = frontier.NeverFollow
		}
	}
	f.known.put(l.Address, better)
	if better == old {
		return old.id, nil
	}
	_, err := tx.ExecContext(ctx, `UPDATE requests SET depth = ?, found_by_seed = ?, found_by_link = ?, found_by_sitemap = ?, found_by_feed = ?, found_by_folder = ?, found_by_cms = ? WHERE id = ?`,
		better.depth, better.ways[0], better.ways[1], better.ways[2], better.ways[3], better.ways[4], better.ways[5], old.id)
	if err != nil || better.state == old.state || better.state == frontier.NeverFollow {
		return old.id, err
	}
	// What is remembered of a state is only sure for those that links give; so only they are rewritten.
	_, err = tx.ExecContext(ctx, `UPDATE requests SET state = 'pending', reason = '' WHERE id = ?`, old.id)
	f.waiting++
	f.waits(f.hosts(l.Address))
	return old.id, err
}

// shun closes a known address that a link now names as one that acts, unless it is being visited or was. A link
// that names it otherwise does not open it again: what acts once acts always.
func (f *Frontier) shun(ctx context.Context, tx *sql.Tx, id int64, l frontier.Found) error {
	if _, busy := f.leased[id]; busy {
		return nil
	}
	if _, closed := f.calm[id]; closed {
		return nil
	}
	waited, err := tx.ExecContext(ctx, `UPDATE requests SET state = 'never-follow', reason = ? WHERE id = ? AND state = 'pending' AND found_by_seed = 0`, l.Reason, id)
	if err != nil {
		return err
	}
	n, err := waited.RowsAffected()
	if err != nil {
		return err
	}
	f.waiting -= int(n)
	if n == 0 {
		_, err = tx.ExecContext(ctx, `UPDATE requests SET state = 'never-follow', reason = ? WHERE id = ? AND state IN ('nofollow','too-deep','limit','out-of-scope')`, l.Reason, id)
		return err
	}
	if q := f.queues[f.hosts(l.Address)]; q != nil {
		q.ahead = slices.DeleteFunc(q.ahead, func(r frontier.Request) bool { return r.ID == id })
		q.wake = time.Time{}
	}
	return nil
}

func (f *Frontier) insert(ctx context.Context, tx *sql.Tx, referrer int64, l frontier.Found) (int64, error) {
	host := f.hosts(l.Address)
	n := seen{depth: l.Depth, state: l.State}
	n.ways[way(l.Via)] = true
	res, err := tx.StmtContext(ctx, f.enter).ExecContext(ctx,
		l.Address, host, l.Source, string(l.Via), referrer, n.ways[0], n.ways[1], n.ways[2], n.ways[3], n.ways[4], n.ways[5], l.Depth, string(l.State), l.Reason, f.run.ID)
	if err != nil {
		return 0, err
	}
	if n.id, err = res.LastInsertId(); err != nil {
		return 0, err
	}
	f.known.put(l.Address, n)
	if l.State == frontier.Pending {
		f.waiting++
		f.waits(host)
	}
	return n.id, nil
}

// linkState tells whether a state came from the links that name an address, so that a better link
// may still open it.
func linkState(s frontier.State) bool {
	switch s {
	case frontier.NoFollow, frontier.TooDeep, frontier.Limit, frontier.OutOfScope:
		return true
	}
	return false
}

func way(v frontier.Via) int {
	switch v {
	case frontier.BySeed:
		return 0
	case frontier.BySitemap:
		return 2
	case frontier.ByFeed:
		return 3
	case frontier.ByFolder:
		return 4
	case frontier.ByCMS:
		return 5
	}
	return 1
}

// relink replaces the links of a page, in statements of few lengths, which are compiled once each.
func relink(ctx context.Context, tx *sql.Tx, from int64, to []int64) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM links WHERE from_id = ?`, from); err != nil {
		return err
	}
	for _, n := range [...]int{64, 16, 4, 1} {
		for ; len(to) >= n; to = to[n:] {
			args := make([]any, 0, 2*n)
			for _, id := range to[:n] {
				args = append(args, from, id)
			}
			values := strings.TrimSuffix(strings.Repeat("(?,?),", n), ",")
			if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO links (from_id, to_id) VALUES `+values, args...); err != nil {
				return err
			}
		}
	}
	return nil
}

// CloseRest implements frontier.Frontier.
func (f *Frontier) CloseRest(ctx context.Context, state frontier.State, reason, host string) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.settle(ctx); err != nil {
		return 0, err
	}
	in, args := list(f.sources)
	args = append([]any{string(state), reason, f.run.ID}, args...)
	query := `UPDATE requests SET state = ?, reason = ?, run = ? WHERE state = 'pending' AND source IN (` + in + `)`
	if host != "" {
		query += ` AND host = ?`
		args = append(args, host)
	}
	busy := make([]string, 0, len(f.leased))
	for id := range f.leased {
		busy = append(busy, fmt.Sprint(id))
	}
	res, err := f.db.W.ExecContext(ctx, query+` AND id NOT IN (`+strings.Join(busy, ",")+`)`, args...)
	if err != nil {
		return 0, fmt.Errorf("close the waiting requests as %s: %w", state, err)
	}
	for h := range f.queues {
		if host == "" || h == host {
			f.queues[h].ahead = nil
			f.queues[h].wake = time.Time{}
		}
	}
	f.known.clear()
	f.tell()
	n, err := res.RowsAffected()
	f.waiting -= int(n)
	return int(n), err
}

// Duplicates implements frontier.Frontier.
func (f *Frontier) Duplicates(ctx context.Context) ([]frontier.Twin, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.settle(ctx); err != nil {
		return nil, err
	}
	in, args := list(f.sources)
	rows, err := f.db.R.QueryContext(ctx, `SELECT id, address, source, page_hash, canonical FROM requests
		WHERE page_hash <> '' AND in_inventory = 1 AND state IN ('kept','unchanged','unreadable','needs-render') AND source IN (`+in+`) ORDER BY source, page_hash`, args...)
	if err != nil {
		return nil, fmt.Errorf("look for duplicates: %w", err)
	}
	defer rows.Close()
	var groups [][]same
	var group []same
	for rows.Next() {
		var s same
		if err := rows.Scan(&s.id, &s.address, &s.source, &s.hash, &s.canonical); err != nil {
			return nil, fmt.Errorf("look for duplicates: %w", err)
		}
		if len(group) > 0 && (group[0].source != s.source || group[0].hash != s.hash) {
			group = nil
		}
		if group = append(group, s); len(group) == 2 {
			groups = append(groups, group)
		} else if len(group) > 2 {
			groups[len(groups)-1] = group
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("look for duplicates: %w", err)
	}
	var twins []frontier.Twin
	for _, g := range groups {
		slices.SortFunc(g, func(a, b same) int {
			return cmp.Or(len(a.address)-len(b.address), strings.Compare(a.address, b.address))
		})
		keep := representative(g)
		for _, s := range g {
			if s.address != keep {
				twins = append(twins, frontier.Twin{Address: s.address, Keep: keep})
			}
		}
	}
	return twins, nil
}

// CloseTwins implements frontier.Frontier.
func (f *Frontier) CloseTwins(ctx context.Context, twins []frontier.Twin) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.write(ctx, func(tx *sql.Tx) error {
		for _, t := range twins {
			_, err := tx.ExecContext(ctx, `UPDATE requests SET state = 'duplicate', reason = ?, in_inventory = 0, twin_of = ? WHERE address = ?`,
				frontier.SamePage+t.Keep, t.Keep, t.Address)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("close duplicates: %w", err)
	}
	return nil
}

// same is one of several requests with the same text.
type same struct {
	id                               int64
	address, source, hash, canonical string
}

// representative chooses among requests sorted by length and alphabet.
func representative(g []same) string {
	for _, s := range g {
		for _, o := range g {
			if o.address != s.address && o.canonical == s.address {
				return s.address
			}
		}
	}
	return g[0].address
}
