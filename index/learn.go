package index

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"reflect"
	"runtime"
	"sync"
	"time"

	"filon/classify"
	"filon/crawler/content"
	"filon/index/template"
)

// untold stands for what was done to a record by a template that is not known any more.
const untold = "?"

// prints is what is noted of a record for Learn; see template.Print.
type prints struct {
	template.Print
	applied string // the template's key of what was done to the record; untold when something was, "" when nothing
}

func printsOf(item content.Item) prints {
	p := prints{Print: template.PrintOf(item)}
	if item.PageTitle != "" || len(item.Template) > 0 {
		p.applied = untold
	}
	for _, e := range item.Evidence {
		if e.Doubted {
			p.applied = untold
		}
	}
	return p
}

func (p prints) keep(ctx context.Context, tx *sql.Tx, id int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO record_prints (record_id, family, whole, title, lines, affixes, days, done_hash) VALUES (?,?,?,?,?,?,?,?)
		ON CONFLICT (record_id) DO UPDATE SET family=excluded.family, whole=excluded.whole, title=excluded.title, lines=excluded.lines, affixes=excluded.affixes,
		days=excluded.days, done_hash=excluded.done_hash`,
		id, int64(p.Family), int64(p.Whole), int64(p.Title), template.Pack(p.Lines), template.Pack(p.Affixes), template.Pack(p.Days), p.applied)
	if err != nil {
		return err
	}
	return setStateIn(ctx, tx, stateSettled, "")
}

// Trim takes out of what a crawl brings whatever its source's template is known to put there. It is for an item that
// is about to be kept, and tells whether there was anything; Learn comes back to it when the template is known better.
func (x *Index) Trim(item content.Item) (trimmed content.Item, changed bool) {
	trimmed = x.templateOf(item.Source).Apply(item)
	return trimmed, trimmed.Title != item.Title || len(trimmed.Template) > 0 || trimmed.Published != item.Published || trimmed.Modified != item.Modified
}

// readTemplates reads what earlier crawls have learned.
func readTemplates(ctx context.Context, db *sql.DB) (map[string]template.Template, error) {
	fail := func(err error) (map[string]template.Template, error) {
		return nil, fmt.Errorf("read the templates of sources: %w", err)
	}
	rows, err := db.QueryContext(ctx, `SELECT source, template FROM templates`)
	if err != nil {
		return fail(err)
	}
	defer rows.Close()
	all := map[string]template.Template{}
	for rows.Next() {
		var source string
		var doc []byte
		if err := rows.Scan(&source, &doc); err != nil {
			return fail(err)
		}
		var t template.Template
		if err := json.Unmarshal(doc, &t); err != nil {
			return fail(err)
		}
		all[source] = t
	}
	if err := rows.Err(); err != nil {
		return fail(err)
	}
	return all, nil
}

// Learn finds for each source what its items have in common (see package template), takes it out of all of them,
// also of those that were kept before it was known, and judges anew those that it changes; it says how many those
// are. What comes out depends on what was found alone, not on when: after any number of crawls it is as if all had been
// found at once. That a page changed only in what its source has in common is no change of the page. When all is
// settled, Learn returns at once. A cut is made good by the next Learn.
func (x *Index) Learn(ctx context.Context, judge func(content.Item) classify.Verdict) (changed int, err error) {
	if !x.write {
		return 0, ErrReadOnly
	}
	if due, err := x.Unsettled(ctx); err != nil || !due {
		return 0, err
	}
	fail := func(err error) (int, error) { return changed, fmt.Errorf("learn what sources have in common: %w", err) }
	if err := x.printMissing(ctx); err != nil {
		return fail(err)
	}
	sources, err := x.sourcesKept(ctx)
	if err != nil {
		return fail(err)
	}
	for _, source := range sources {
		t, err := x.learnFrom(ctx, source)
		if err != nil {
			return fail(err)
		}
		n, err := x.apply(ctx, source, t, judge)
		if changed += n; err != nil {
			return fail(err)
		}
	}
	if _, err := x.db.W.ExecContext(ctx, `DELETE FROM templates WHERE source NOT IN (SELECT source FROM records)`); err != nil {
		return fail(err)
	}
	return changed, nil
}

// stateSettled is "" from when a record is kept or leaves until all that hangs on the whole inventory is done.
const stateSettled = "settled"

// Unsettled tells whether anything was kept or has left since Settled was called last.
func (x *Index) Unsettled(ctx context.Context) (bool, error) {
	done, err := stateIn(ctx, x.db.R, stateSettled)
	return done == "", err
}

// Settled notes that what hangs on the whole inventory is up to date: Learn, Group and what else follows a crawl.
func (x *Index) Settled(ctx context.Context) error {
	return setStateIn(ctx, x.db.W, stateSettled, "yes")
}

func (x *Index) sourcesKept(ctx context.Context) ([]string, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT DISTINCT source FROM records WHERE gone_at = '' ORDER BY source`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// eachPrint walks what was noted of a source's items.
func (x *Index) eachPrint(ctx context.Context, source string, do func(id int64, p template.Page, applied string) error) error {
	rows, err := x.db.R.QueryContext(ctx, `SELECT r.id, r.item_id, r.address, r.language, p.family, p.whole, p.title, p.lines, p.affixes, p.days, p.done_hash
		FROM records r JOIN record_prints p ON p.record_id = r.id WHERE r.source = ? AND r.gone_at = '' ORDER BY r.id`, source)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, family, whole, title int64
		var p template.Page
		var lines, affixes, days sql.RawBytes
		var applied string
		if err := rows.Scan(&id, &p.ID, &p.Address, &p.Language, &family, &whole, &title, &lines, &affixes, &days, &applied); err != nil {
			return err
		}
		p.Family, p.Whole, p.Title = uint64(family), uint64(whole), uint64(title)
		p.Lines, p.Affixes, p.Days = template.Unpack(lines), template.Unpack(affixes), template.Unpack(days)
		if err := do(id, p, applied); err != nil {
			return err
		}
	}
	return rows.Err()
}

// printMissing notes what an earlier filon has not noted.
func (x *Index) printMissing(ctx context.Context) error {
	for {
		batch, err := x.judgeable(ctx, `r.id NOT IN (SELECT record_id FROM record_prints)`, 0)
		if err != nil || len(batch) == 0 {
			return err
		}
		err = x.transact(ctx, func(tx *sql.Tx) error {
			for _, j := range batch {
				item, err := unpackItem(j.blob)
				if err != nil {
					return err
				}
				if err := printsOf(item).keep(ctx, tx, j.id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// trimmed is a record whose template is to be taken out, or put back.
type trimmed struct {
	judged
	key      string // of what is done to it now
	textHash string // before
	same     bool   // it is already as it should be
}

// apply brings all records of a source under its template, and keeps the template for the next crawl.
func (x *Index) apply(ctx context.Context, source string, t template.Template, judge func(content.Item) classify.Verdict) (changed int, err error) {
	doc, err := json.Marshal(t)
	if err != nil {
		return 0, err
	}
	if _, err := x.db.W.ExecContext(ctx, `INSERT INTO templates (source, template) VALUES (?,?) ON CONFLICT (source) DO UPDATE SET template = excluded.template`, source, doc); err != nil {
		return 0, err
	}
	x.settleTemplate(source, t)
	keys := map[int64]string{}
	var due []int64
	err = x.eachPrint(ctx, source, func(id int64, p template.Page, applied string) error {
		if key := t.Key(p); key != applied {
			due = append(due, id)
			keys[id] = key
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for len(due) > 0 {
		n := min(rejudgeBatch, len(due))
		batch, err := x.trimmable(ctx, due[:n], keys)
		if err != nil {
			return changed, err
		}
		due = due[n:]
		trimAll(batch, func(j *trimmed) { j.trim(t, judge) })
		err = x.transact(ctx, func(tx *sql.Tx) error {
			n, err := x.saveTrimmed(ctx, tx, batch)
			changed += n
			return err
		})
		if err != nil {
			return changed, err
		}
	}
	return changed, nil
}

func (x *Index) trimmable(ctx context.Context, ids []int64, keys map[int64]string) ([]trimmed, error) {
	var batch []trimmed
	for _, id := range ids {
		j := trimmed{key: keys[id]}
		err := x.db.R.QueryRowContext(ctx, `SELECT c.record_id, c.item, c.verdict, r.reasons, r.text_hash FROM record_contents c JOIN records r ON r.id = c.record_id WHERE r.id = ?`, id).
			Scan(&j.id, &j.blob, &j.before, &j.reasons, &j.textHash)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, err
		}
		batch = append(batch, j)
	}
	return batch, nil
}

// trimAll does the work of a batch on all processors.
func trimAll(batch []trimmed, do func(*trimmed)) {
	var workers sync.WaitGroup
	n := min(runtime.GOMAXPROCS(0), len(batch))
	for w := range n {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for i := w; i < len(batch); i += n {
				do(&batch[i])
			}
		}()
	}
	workers.Wait()
}

func (j *trimmed) trim(t template.Template, judge func(content.Item) classify.Verdict) {
	was, err := unpackItem(j.blob)
	if err != nil {
		j.problem = err
		return
	}
	item := t.Apply(template.Undo(was))
	if j.same = reflect.DeepEqual(was, item); j.same {
		return
	}
	v := judge(item)
	if kept, yes := classify.Withhold(item, v); yes {
		j.row, j.problem = newRow(kept, judge(kept))
		j.row.textHash, j.row.signed = readText(template.Undo(item)) // as Keep would
		return
	}
	j.row, j.problem = newRow(item, v)
	if item.Withheld != "" {
		j.row.textHash = j.textHash // of the words that are not kept
	}
}

// saveTrimmed writes a batch. A verdict that is another now is noted; that the page changed is not, and is taken
// back where the newest run noted it for what the template alone has changed.
func (x *Index) saveTrimmed(ctx context.Context, tx *sql.Tx, batch []trimmed) (changed int, err error) {
	run, err := currentRun(ctx, tx)
	if err != nil {
		return 0, err
	}
	now := time.Now().UTC().Truncate(time.Second)
	for _, j := range batch {
		if j.problem != nil {
			return changed, j.problem
		}
		if !j.same {
			changed++
			if err := x.saveTrim(ctx, tx, j, run, now); err != nil {
				return changed, err
			}
		}
		if _, err := tx.ExecContext(ctx, `UPDATE record_prints SET done_hash = ? WHERE record_id = ?`, j.key, j.id); err != nil {
			return changed, err
		}
	}
	return changed, nil
}

func (x *Index) saveTrim(ctx context.Context, tx *sql.Tx, j trimmed, run int64, now time.Time) error {
	r := j.row
	var before classify.Verdict
	if err := json.Unmarshal(j.before, &before); err != nil {
		return fmt.Errorf("read the verdict of %s: %w", r.item.Address, err)
	}
	if before.Outcome != r.verdict.Outcome {
		err := note(ctx, tx, Change{At: now, Kind: Verdict, Address: r.item.Address, Source: r.item.Source, Title: r.item.Title,
			Before: before.Outcome, After: r.verdict.Outcome, Rule: decisive(j.reasons, r.reasons)})
		if err != nil {
			return err
		}
	}
	_, turned, err := weigh(ctx, tx, &r)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE records SET title=?, department=?, content_type=?, verdict=?, media_format=?, date_published=?, date_modified=?, word_count=?, readiness=?,
		text_hash=?, reasons=?, rules=?, day_bound=?, revision = revision + (search_hash <> ? OR ?), search_hash=? WHERE id = ?`,
		r.item.Title, r.item.Department, r.verdict.Type, string(r.verdict.Outcome), r.verdict.Format, day(r.item.Published.Time), day(r.item.Modified.Time), r.words, r.verdict.Readiness,
		r.textHash, r.reasons, r.verdict.Rules, r.dayBound, r.searchHash, turned, r.searchHash, j.id)
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE record_contents SET item=?, verdict=? WHERE record_id=?`, r.blob, string(r.verdictDoc), j.id)
	}
	if err == nil && r.signed.textHash == r.textHash {
		err = r.sign(ctx, tx, j.id)
	}
	if err == nil {
		err = r.trace(ctx, tx, j.id)
	}
	if err != nil {
		return err
	}
	if r.verdict.Outcome != classify.Never {
		if _, err := tx.ExecContext(ctx, `UPDATE changes SET title = ? WHERE run = ? AND address = ? AND title <> ?`, r.item.Title, run, r.item.Address, MaskedTitle); err != nil {
			return err
		}
	}
	return x.unchange(ctx, tx, j, run)
}

// unchange takes back that a page changed in this run, when it says what it said before under the new template.
func (x *Index) unchange(ctx context.Context, tx *sql.Tx, j trimmed, run int64) error {
	var changedAt string
	err := tx.QueryRowContext(ctx, `DELETE FROM changes WHERE run = ? AND address = ? AND kind = 'changed' AND hash_before = ? RETURNING changed_before`,
		run, j.row.item.Address, saysHash(j.row.textHash, j.row.item.Title)).Scan(&changedAt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE records SET changed_at = ? WHERE id = ?`, changedAt, j.id)
	return err
}

// saysHash is equal for what says the same under the same title.
func saysHash(textHash, title string) string {
	h := fnv.New128a()
	io.WriteString(h, textHash+"\x00"+title)
	return hex.EncodeToString(h.Sum(nil))
}
