package index

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"filon/crawler/content"
	"filon/index/twins"
)

// SameText is the threshold that Group takes when none is given: the Jaccard index of three-word runs
// from which two texts are one, about one word in sixteen changed.
const SameText = .8

// Group finds the records that say the same, in all sources, and for those that are not public the
// public record that says it too. Texts of at least 40 words are one when they share that part of
// their three-word runs (threshold, above 0 to 1; 0 for SameText), when they are equal but for case,
// accents and typography, or when one is a document that holds the other, a page. In each group one is
// the version to use: the one that reaches furthest, then the one that was read to its end, a page before
// a document, the newest, the longest, the first address in the alphabet.
//
// The result depends on the inventory and the threshold alone: after any number of crawls it is the same
// as if everything were grouped for the first time. When nothing has changed, Group returns at once.
// Call it after a crawl.
func (x *Index) Group(ctx context.Context, threshold float64) error {
	if threshold == 0 {
		threshold = SameText
	}
	if threshold < 0 || threshold > 1 || math.IsNaN(threshold) {
		return fmt.Errorf("group duplicates: no threshold: %v", threshold)
	}
	if !x.write {
		return ErrReadOnly
	}
	if err := x.signMissing(ctx); err != nil {
		return err
	}
	members, err := x.members(ctx)
	if err != nil {
		return fmt.Errorf("group duplicates: %w", err)
	}
	g := grouping{members: members, threshold: threshold}
	if done, err := stateIn(ctx, x.db.R, "grouped"); err != nil || done == g.print(func(m *member) placed { return m.was }) {
		return err
	}
	if err := x.cluster(ctx, &g); err != nil {
		return fmt.Errorf("group duplicates: %w", err)
	}
	if err := x.saveGroups(ctx, &g); err != nil {
		return fmt.Errorf("group duplicates: %w", err)
	}
	return nil
}

// GroupedAt tells whether the groups that stand were formed at that threshold.
func (x *Index) GroupedAt(ctx context.Context, threshold float64) (bool, error) {
	at, err := stateIn(ctx, x.db.R, "grouped at")
	return at == thresholdText(threshold), err
}

func thresholdText(threshold float64) string {
	if threshold == 0 {
		threshold = SameText
	}
	return strconv.FormatFloat(threshold, 'g', -1, 64)
}

// member is a record as grouping sees it.
type member struct {
	id         int64
	textHash   string
	address    string
	language   string
	day        string // published, else modified; "" unknown
	newest     string // the later of both
	words      int
	reach      int8 // 0 public, 1 intranet, 2 restricted, 3 file share or unknown
	partial    bool
	gone       bool
	form       string
	silo       string // its department inside, else its source
	text       int    // its text among the different ones; -1 when it is too short
	was, wants placed // as it is written down, and as it should be
}

// placed is what grouping writes down for a record.
type placed struct {
	group     string
	canonical bool
	copies    int
	silos     string // where else its story stands, with its own: names with a bar between; "" for one place
	public    Elsewhere
	lag       Lag
}

// members reads all records in the order of their texts, those that are gone last, then addresses.
func (x *Index) members(ctx context.Context) ([]member, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT r.id, r.text_hash, r.address, r.language, r.visibility, r.date_published, r.date_modified, r.word_count,
		coalesce(s.partial, 0), coalesce(s.form, ''), r.gone_at <> '', r.duplicate_group, r.canonical, r.copies, r.public_address, r.public_share, r.publication_lag,
		CASE WHEN r.department <> '' AND r.visibility <> 'public' THEN r.department ELSE r.source END, r.silos
		FROM records r LEFT JOIN record_signatures s ON s.record_id = r.id ORDER BY r.text_hash, r.gone_at <> '', r.address`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names := map[string]string{} // few and repeated: held once
	var all []member
	for rows.Next() {
		m := member{text: -1}
		var visibility, published, modified string
		var lag sql.NullInt64
		err := rows.Scan(&m.id, &m.textHash, &m.address, &m.language, &visibility, &published, &modified, &m.words, &m.partial, &m.form, &m.gone,
			&m.was.group, &m.was.canonical, &m.was.copies, &m.was.public.Address, &m.was.public.Share, &lag, &m.silo, &m.was.silos)
		if err != nil {
			return nil, err
		}
		m.was.lag = Lag{int(lag.Int64), lag.Valid}
		m.day, m.newest = cmp.Or(published, modified), max(published, modified)
		switch content.Visibility(visibility) {
		case content.Public:
		case content.Intranet:
			m.reach = 1
		case content.Restricted:
			m.reach = 2
		default:
			m.reach = 3
		}
		for _, name := range [...]*string{&m.form, &m.language, &m.day, &m.newest, &m.silo, &m.was.silos} {
			if held, ok := names[*name]; ok {
				*name = held
			} else {
				names[*name] = *name
			}
		}
		all = append(all, m)
	}
	return all, rows.Err()
}

// print is a hash of all that the result depends on, and of the result.
func (g *grouping) print(result func(*member) placed) string {
	h := fnv.New128a()
	fmt.Fprintln(h, g.threshold, signing, ranking)
	var line []byte
	for i := range g.members {
		m := &g.members[i]
		w := result(m)
		line = line[:0]
		for _, s := range [...]string{m.textHash, m.address, m.language, m.day, m.newest, m.form, m.silo, w.group, w.silos, w.public.Address} {
			line = append(append(line, s...), 0)
		}
		for _, n := range [...]int{m.words, int(m.reach), int(btoi(m.partial)), int(btoi(m.gone)), int(btoi(w.canonical)), w.copies, int(w.public.Share * 100), w.lag.Days, int(btoi(w.lag.Known))} {
			line = binary.AppendVarint(line, int64(n))
		}
		h.Write(line)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func btoi(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// grouping is the work of one Group.
type grouping struct {
	members   []member
	threshold float64
	texts     []twins.Text
	first     []int // for each text its first member
	shingles  func(text int) ([]uint64, error)
	clusters  twins.Clusters
}

// cluster gives each different text a place and finds which are one.
func (x *Index) cluster(ctx context.Context, g *grouping) error {
	for i := range g.members {
		m := &g.members[i]
		switch {
		case m.textHash == "" || m.gone:
			continue
		case i > 0 && g.members[i-1].textHash == m.textHash:
			m.text = g.members[i-1].text
		default:
			m.text = len(g.texts)
			g.texts, g.first = append(g.texts, twins.Text{}), append(g.first, i)
		}
		t := &g.texts[m.text]
		t.Language = cmp.Or(t.Language, m.language)
		t.Page, t.Document = t.Page || m.form != formDocument, t.Document || m.form == formDocument
		t.Public, t.Inside = t.Public || m.reach == 0, t.Inside || m.reach > 0
	}
	if err := x.signatures(ctx, g); err != nil {
		return err
	}
	read, err := x.db.R.PrepareContext(ctx, `SELECT item FROM record_contents WHERE record_id = ?`)
	if err != nil {
		return err
	}
	defer read.Close()
	g.shingles = func(text int) ([]uint64, error) {
		for i := g.first[text]; i < len(g.members) && g.members[i].text == text; i++ {
			var blob []byte
			if err := read.QueryRowContext(ctx, g.members[i].id).Scan(&blob); err != nil {
				return nil, err
			}
			item, err := unpackItem(blob)
			if err != nil || item.Text != "" { // of the secret garden there is only the signature
				return shinglesOf(item), err
			}
		}
		return nil, nil
	}
	g.clusters, err = twins.Cluster(ctx, g.texts, twins.Options{Threshold: g.threshold, Shingles: g.shingles})
	if err != nil {
		return err
	}
	if err := g.name(ctx); err != nil {
		return err
	}
	g.elsewhere()
	return nil
}

// signatures reads the signature of each different text.
func (x *Index) signatures(ctx context.Context, g *grouping) error {
	at := make(map[int64]int, len(g.texts))
	for text, i := range g.first {
		at[g.members[i].id] = text
	}
	rows, err := x.db.R.QueryContext(ctx, `SELECT record_id, shingles, signature FROM record_signatures WHERE shingles > 0`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var raw sql.RawBytes
	for rows.Next() {
		var id int64
		var n int
		if err := rows.Scan(&id, &n, &raw); err != nil {
			return err
		}
		if text, ok := at[id]; ok && g.texts[text].Signature.Read(raw) {
			g.texts[text].Shingles = n
		}
	}
	return rows.Err()
}

// name forms the groups, ranks their records and names each after the first of its texts.
func (g *grouping) name(ctx context.Context) error {
	groups := map[int][]int{}
	for i := range g.members {
		m := &g.members[i]
		m.wants.canonical = true
		if m.text < 0 || g.texts[m.text].Shingles == 0 && m.words < twins.EnoughWords {
			continue
		}
		root := g.clusters.Group[m.text]
		groups[root] = append(groups[root], i)
	}
	for root, all := range groups {
		if len(all) < 2 {
			continue
		}
		slices.SortFunc(all, func(a, b int) int { return rank(&g.members[a], &g.members[b]) })
		if err := ctx.Err(); err != nil {
			return err
		}
		lag, silos, best := g.lag(all), g.silos(all), all[0]
		var said []uint64 // by the public version
		for k, i := range all {
			w := &g.members[i].wants
			w.group, w.canonical, w.copies, w.lag, w.silos = "dup-"+g.members[g.first[root]].textHash[:12], k == 0, len(all)-1, lag, silos
			if g.members[i].reach == 0 || g.members[best].reach > 0 {
				continue
			}
			share, err := g.share(i, best, &said)
			if err != nil {
				return err
			}
			w.public = Elsewhere{g.members[best].address, share}
		}
	}
	return nil
}

// ranking is the version of rank: another one orders groups anew that were formed before it.
const ranking = 2

// rank orders the records of a group, the one to use first. A page goes before the document made of it: a link to it can
// be posted and read.
func rank(a, b *member) int {
	return cmp.Or(cmp.Compare(a.reach, b.reach), cmp.Compare(btoi(a.partial), btoi(b.partial)),
		cmp.Compare(btoi(a.form == formDocument), btoi(b.form == formDocument)), cmp.Compare(b.newest, a.newest),
		cmp.Compare(b.words, a.words), cmp.Compare(a.address, b.address))
}

// silos names the departments, or sources where none is known, that each keep the story of a group to themselves, "" when
// fewer than two do. What stands inside once and in public once is published, not told twice; so two inside count, and two
// public sources.
func (g *grouping) silos(all []int) string {
	var inside, public, names []string
	for _, i := range all {
		at := &inside
		if g.members[i].reach == 0 {
			at = &public
		}
		name := g.members[i].silo
		if !slices.ContainsFunc(*at, func(n string) bool { return strings.EqualFold(n, name) }) {
			*at = append(*at, name)
		}
	}
	for _, side := range [...][]string{inside, public} {
		if len(side) > 1 {
			names = append(names, side...)
		}
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), siloBar)
}

const siloBar = " | "

// share is the part of one record's text that stands in another's of its group, whose shingles are said,
// once they have been read.
func (g *grouping) share(a, b int, said *[]uint64) (float64, error) {
	x, y := g.members[a].text, g.members[b].text
	if x == y {
		return 1, nil
	}
	mine, err := g.shingles(x)
	if err == nil && *said == nil {
		*said, err = g.shingles(y)
	}
	return hundredths(float64(twins.Common(mine, *said)) / float64(max(len(mine), 1))), err
}

func hundredths(share float64) float64 { return math.Round(share*100) / 100 }

// elsewhere notes for what is in no group with a public record the public text that holds it.
func (g *grouping) elsewhere() {
	for i := range g.members {
		m := &g.members[i]
		if m.text < 0 || m.reach == 0 || m.wants.public.Address != "" || g.clusters.Public[m.text].Text < 0 {
			continue
		}
		p := g.clusters.Public[m.text]
		best := -1
		for k := g.first[p.Text]; k < len(g.members) && g.members[k].text == p.Text; k++ {
			if g.members[k].reach == 0 && (best < 0 || rank(&g.members[k], &g.members[best]) < 0) {
				best = k
			}
		}
		m.wants.public = Elsewhere{g.members[best].address, hundredths(p.Share)}
		if !m.wants.lag.Known {
			m.wants.lag = g.lag([]int{i, best})
		}
	}
}

// lag is the time from the first day of a text inside to its first in public.
func (g *grouping) lag(all []int) Lag {
	var inside, public string
	for _, i := range all {
		m := &g.members[i]
		first := &inside
		if m.reach == 0 {
			first = &public
		}
		if m.day != "" && (*first == "" || m.day < *first) {
			*first = m.day
		}
	}
	from, err := time.Parse(time.DateOnly, inside)
	to, failed := time.Parse(time.DateOnly, public)
	if err != nil || failed != nil {
		return Lag{}
	}
	return Lag{int(to.Sub(from).Hours() / 24), true}
}

// saveGroups writes down what differs. Search shows groups, so it must learn of those that changed.
func (x *Index) saveGroups(ctx context.Context, g *grouping) error {
	return x.transact(ctx, func(tx *sql.Tx) error {
		save, err := tx.PrepareContext(ctx, `UPDATE records SET revision = revision + (duplicate_group <> ?), duplicate_group = ?, canonical = ?, copies = ?, silos = ?,
			public_address = ?, public_share = ?, publication_lag = ? WHERE id = ?`)
		if err != nil {
			return err
		}
		defer save.Close()
		for i := range g.members {
			m := &g.members[i]
			if m.was == m.wants {
				continue
			}
			w := m.wants
			if _, err := save.ExecContext(ctx, w.group, w.group, w.canonical, w.copies, w.silos, w.public.Address, w.public.Share, sql.NullInt64{Int64: int64(w.lag.Days), Valid: w.lag.Known}, m.id); err != nil {
				return err
			}
		}
		if err := setStateIn(ctx, tx, "grouped at", thresholdText(g.threshold)); err != nil {
			return err
		}
		return setStateIn(ctx, tx, "grouped", g.print(func(m *member) placed { return m.wants }))
	})
}
