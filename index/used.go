package index

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"filon/crawler/content"
	"filon/index/template"
	"filon/index/words"
)

// Post is something that went out on a network, as an export of that network tells.
type Post struct {
	On      time.Time // the day; zero is unknown
	Network string    // linkedin, facebook, x …; "" is unknown
	Text    string
	Links   []string // addresses that it led to
}

// Used tells whether an item went out already.
type Used struct {
	Known bool      // posts were imported, so that No means no
	Yes   bool      // one of them is of this item
	On    time.Time // the day of the last; zero when it is not known
}

// Parts of texts that are compared: runs of five words. What a post says is not kept, only their hashes.
const (
	usedRun     = 5
	mostRuns    = 2000 // of one post
	usedShare   = .5   // of a post's runs that stand in an item: then it was made of it
	fewestRuns  = 12   // of a post that is compared so: a list of pages quotes the title of each
	fewestWhole = 4    // of a post that stands in an item as a whole: a hook of eight words
	fewestTitle = 4    // of a title
	mostLinks   = 32
	mostPostLen = 64 << 10
)

// KeepPosts notes posts, each once whatever file it comes from, and finds their items. It gives how many were new
// and how many items of the inventory are used now.
func (x *Index) KeepPosts(ctx context.Context, posts []Post) (fresh, used int, err error) {
	err = x.transact(ctx, func(tx *sql.Tx) error {
		for _, p := range posts {
			p.Text = p.Text[:min(len(p.Text), mostPostLen)]
			links, err := json.Marshal(p.Links[:min(len(p.Links), mostLinks)])
			if err != nil {
				return err
			}
			runs := runsOf(withoutTags(p.Text))
			res, err := tx.ExecContext(ctx, `INSERT INTO posts (fingerprint, posted_on, network, links, runs) VALUES (?,?,?,?,?) ON CONFLICT (fingerprint) DO NOTHING`,
				fingerprint(p), day(p.On), p.Network, string(links), template.Pack(runs[:min(len(runs), mostRuns)]))
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			fresh += int(n)
		}
		if fresh > 0 {
			_, err := tx.ExecContext(ctx, `UPDATE records SET used_looked = ''`)
			return err
		}
		return nil
	})
	if err == nil {
		err = x.FindUsed(ctx)
	}
	if err == nil {
		err = x.db.R.QueryRowContext(ctx, `SELECT count(*) FROM records WHERE used = 1 AND gone_at = ''`).Scan(&used)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("keep posts: %w", err)
	}
	return fresh, used, nil
}

// fingerprint is equal for the same post in two exports.
func fingerprint(p Post) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s", day(p.On), p.Network, words.AppendPlain(nil, p.Text), strings.Join(p.Links, "\x00"))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// FindUsed holds the records that are new or have changed against the posts. Without posts it does nothing.
// Call it after a crawl.
func (x *Index) FindUsed(ctx context.Context) error {
	all, err := x.posts(ctx)
	if err != nil || len(all.on) == 0 {
		return err
	}
	for {
		todo, err := x.unlooked(ctx, 200)
		if err != nil {
			return fmt.Errorf("look for what was used: %w", err)
		}
		if len(todo) == 0 {
			return nil
		}
		err = x.transact(ctx, func(tx *sql.Tx) error {
			for _, r := range todo {
				used, on := all.of(r.item, r.typ != "listing_page")
				if _, err := tx.ExecContext(ctx, `UPDATE records SET used = ?, used_on = ?, used_looked = ? WHERE id = ?`, used, on, r.looked, r.id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("look for what was used: %w", err)
		}
	}
}

type lookedAt struct {
	id     int64
	looked string
	typ    string
	item   content.Item
}

// unlooked reads records that were not compared as they are now.
func (x *Index) unlooked(ctx context.Context, n int) ([]lookedAt, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT r.id, r.text_hash || '/' || r.title, r.content_type, c.item FROM records r JOIN record_contents c ON c.record_id = r.id
		WHERE r.used_looked <> r.text_hash || '/' || r.title LIMIT ?`, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []lookedAt
	for rows.Next() {
		var r lookedAt
		var blob []byte
		if err := rows.Scan(&r.id, &r.looked, &r.typ, &blob); err != nil {
			return nil, err
		}
		if r.item, err = unpackItem(blob); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// shared are all posts, by what they link to and by what they say.
type shared struct {
	on    []string // days
	runs  []int    // how many each has
	links map[string][]int
	said  map[uint64][]int
}

func (x *Index) posts(ctx context.Context) (shared, error) {
	s := shared{links: map[string][]int{}, said: map[uint64][]int{}}
	rows, err := x.db.R.QueryContext(ctx, `SELECT posted_on, links, runs FROM posts ORDER BY id`)
	if err != nil {
		return s, fmt.Errorf("read the posts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var on, links string
		var packed []byte
		if err := rows.Scan(&on, &links, &packed); err != nil {
			return s, fmt.Errorf("read the posts: %w", err)
		}
		var to []string
		if err := json.Unmarshal([]byte(links), &to); err != nil {
			return s, fmt.Errorf("read the posts: %w", err)
		}
		at := len(s.on)
		runs := template.Unpack(packed)
		s.on, s.runs = append(s.on, on), append(s.runs, len(runs))
		for _, l := range to {
			s.links[barePlace(l)] = append(s.links[barePlace(l)], at)
		}
		for _, r := range runs {
			s.said[r] = append(s.said[r], at)
		}
	}
	return s, rows.Err()
}

// of tells whether one of the posts is of an item, and the day of the last. A list of pages quotes a sentence of each: whole
// says that an item is none, so that a post of one sentence may be of it.
func (s *shared) of(item content.Item, whole bool) (used bool, on string) {
	take := func(post int) { used, on = true, max(on, s.on[post]) }
	for _, addr := range []string{item.Address, item.Canonical} {
		if addr != "" {
			for _, post := range s.links[barePlace(addr)] {
				take(post)
			}
		}
	}
	title := runsOf(item.Title)
	common, titled := map[int]int{}, map[int]int{}
	for _, r := range title {
		for _, post := range s.said[r] {
			titled[post]++
		}
	}
	seen := map[uint64]bool{}
	for _, r := range append(title, runsOf(item.Description+"\n"+item.Text)...) {
		if seen[r] {
			continue
		}
		seen[r] = true
		for _, post := range s.said[r] {
			common[post]++
		}
	}
	for post, n := range common {
		if whole && s.runs[post] >= fewestWhole && n == s.runs[post] || s.runs[post] >= fewestRuns && float64(n) >= usedShare*float64(s.runs[post]) || len(title) >= fewestTitle && titled[post] == len(title) {
			take(post)
		}
	}
	return used, on
}

// barePlace is an address without scheme, "www.", parameters and last slash: what a network adds does not count.
func barePlace(addr string) string {
	_, rest, found := strings.Cut(addr, "://")
	if !found {
		rest = addr
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, _, _ = strings.Cut(rest, "?")
	return strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/"))
}

// withoutTags is what a post says without its hashtags and addresses, which a page does not have.
func withoutTags(text string) string {
	said := strings.Fields(text)
	return strings.Join(slices.DeleteFunc(said, func(w string) bool { return strings.HasPrefix(w, "#") || strings.Contains(w, "://") }), " ")
}

// runsOf hashes the runs of words of a text, each once.
func runsOf(text string) []uint64 {
	plain := strings.Fields(string(words.AppendPlain(nil, text)))
	var all []uint64
	seen := map[uint64]bool{}
	for i := 0; i+usedRun <= len(plain); i++ {
		h := fnv.New64a()
		for _, w := range plain[i : i+usedRun] {
			h.Write([]byte(w))
			h.Write([]byte{' '})
		}
		if k := h.Sum64(); !seen[k] {
			seen[k] = true
			all = append(all, k)
		}
	}
	return all
}
