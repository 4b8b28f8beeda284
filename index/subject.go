package index

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"filon/classify"
	"filon/crawler/content"
)

// A person may ask that what is held about her be erased (RGPD art. 17). Her name then leaves every text of
// the inventory, and stays away when the same pages are crawled again: what is remembered for that is not the
// name but a keyed hash of its words.

// Erased is what stands where a purged name stood.
const Erased = "[…]"

// mostSubjectWords bounds a subject: a name, a full name with its parts, a mail address.
const mostSubjectWords = 8

// subjects are the names that must not be kept.
type subjects struct {
	key     []byte
	hashes  map[string]bool // true: only where the item names the person otherwise too
	lengths []int           // in words, of all of them
}

// eraseItem replaces every subject in every text of an item and in the addresses of its pictures and links, but not in those
// that name where it stands. Where the item names a person in full, her family name under a title goes too.
func (s *subjects) eraseItem(item content.Item) (content.Item, int, error) {
	blob, err := json.Marshal(item)
	if err != nil {
		return item, 0, err
	}
	if found, err := s.inJSON(blob); err != nil || !found {
		return item, 0, err
	}
	var tree any
	if err := json.Unmarshal(blob, &tree); err != nil {
		return item, 0, err
	}
	n := 0
	tree = s.walk(tree, "", true, &n)
	if n == 0 {
		return item, 0, nil
	}
	if blob, err = json.Marshal(tree); err != nil {
		return item, 0, err
	}
	var clean content.Item
	if err := json.Unmarshal(blob, &clean); err != nil {
		return item, 0, err
	}
	return clean, n, nil
}

// inJSON is the quick look: whether any string of a document names a subject.
func (s *subjects) inJSON(doc []byte) (bool, error) {
	d := jsontext.NewDecoder(bytes.NewReader(doc), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for {
		token, err := d.ReadToken()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if token.Kind() != '"' {
			continue
		}
		text := token.String()
		if _, n := s.eraseForms(text, spaced(text), false); n > 0 {
			return true, nil
		}
	}
}

// spaced is a text as long, in which the blanks of an address are blanks.
func spaced(text string) string { return strings.ReplaceAll(text, "%20", "   ") }

// ownKeys are the members of an item's JSON that say where it stands.
var ownKeys = map[string]bool{"id": true, "address": true, "canonical": true, "next": true, "prev": true, "refresh": true, "feeds": true, "source": true}

func (s *subjects) walk(v any, key string, own bool, n *int) any {
	switch x := v.(type) {
	case string:
		if own && ownKeys[key] {
			return x
		}
		clean, k := s.eraseForms(x, spaced(x), true)
		*n += k
		return clean
	case []any:
		for i := range x {
			x[i] = s.walk(x[i], key, own && ownKeys[key], n)
		}
	case map[string]any:
		for k := range x {
			x[k] = s.walk(x[k], k, own && key == "", n)
		}
	}
	return v
}

// readSubjects reads what must not be kept, once for each opening.
func readSubjects(ctx context.Context, db *sql.DB) (*subjects, error) {
	s := &subjects{hashes: map[string]bool{}}
	key, err := stateIn(ctx, db, "subjects-key")
	if err != nil {
		return nil, err
	}
	if s.key, err = hex.DecodeString(key); err != nil {
		return nil, fmt.Errorf("read who was purged: %w", err)
	}
	found, err := db.QueryContext(ctx, `SELECT hash, words, weak FROM purged_subjects`)
	if err != nil {
		return nil, fmt.Errorf("read who was purged: %w", err)
	}
	defer found.Close()
	for found.Next() {
		var hash string
		var length int
		var weak bool
		if err := found.Scan(&hash, &length, &weak); err != nil {
			return nil, fmt.Errorf("read who was purged: %w", err)
		}
		s.add(hash, length, weak)
	}
	return s, found.Err()
}

// Without gives an item without the names that were purged: what a crawl brings goes through it before it
// is judged and kept.
func (x *Index) Without(item content.Item) (content.Item, error) {
	if len(x.subjects.hashes) == 0 {
		return item, nil
	}
	clean, _, err := x.subjects.eraseItem(item)
	if err != nil {
		return item, fmt.Errorf("take purged names out of %s: %w", item.Address, err)
	}
	return clean, nil
}

// Held is where a person is named.
type Held struct {
	Address   string
	Times     int  // in the texts of the item
	InAddress bool // also in the address, which only its site can change
}

// SubjectError says why a name cannot be looked for.
type SubjectError struct{ Subject string }

// Error says what a subject must be.
func (e *SubjectError) Error() string {
	return fmt.Sprintf("%q is not a first name and a family name, or a mail address", e.Subject)
}

// Subject lists where the inventory names a person, given by full names or mail addresses. It changes nothing.
func (x *Index) Subject(ctx context.Context, names []string, found func(Held) error) error {
	s := &subjects{key: []byte("look"), hashes: map[string]bool{}}
	if err := s.take(names); err != nil {
		return err
	}
	return x.eachItem(ctx, func(_ int64, item content.Item) error {
		_, n, err := s.eraseItem(item)
		if err != nil {
			return err
		}
		_, in := s.erase(spaced(item.Address))
		if n == 0 && in == 0 {
			return nil
		}
		return found(Held{Address: item.Address, Times: n, InAddress: in > 0})
	})
}

func (s *subjects) take(names []string) error {
	for _, name := range names {
		ways := forms(name)
		if ways == nil {
			return &SubjectError{name}
		}
		for _, w := range ways {
			s.add(s.hash(w.words), len(w.words), w.weak)
		}
	}
	return nil
}

// eachItem walks all kept items, also those that are gone.
func (x *Index) eachItem(ctx context.Context, do func(id int64, item content.Item) error) error {
	for last := int64(0); ; {
		batch, err := x.judgeable(ctx, "1", last)
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, j := range batch {
			item, err := unpackItem(j.blob)
			if err != nil {
				return err
			}
			if err := do(j.id, item); err != nil {
				return err
			}
			last = j.id
		}
	}
}

// Purge takes a person's names out of every item, decision and note of the inventory, and keeps them out of
// what later crawls bring. Items that named her are judged anew. The search index is built again, and the file
// is left without a trace of what was deleted. It says how many items were changed.
func (x *Index) Purge(ctx context.Context, names []string, judge func(content.Item) classify.Verdict) (int, error) {
	if !x.write {
		return 0, ErrReadOnly
	}
	if err := x.remember(ctx, names); err != nil {
		return 0, err
	}
	var changed []row
	err := x.eachItem(ctx, func(_ int64, item content.Item) error {
		clean, n, err := x.subjects.eraseItem(item)
		if err != nil || n == 0 {
			return err
		}
		r, err := newRow(clean, judge(clean))
		changed = append(changed, r)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("purge: %w", err)
	}
	err = x.transact(ctx, func(tx *sql.Tx) error {
		for _, r := range changed {
			if err := x.replace(ctx, tx, r); err != nil {
				return err
			}
		}
		if err := forgetGiven(ctx, tx, names); err != nil {
			return err
		}
		return x.purgeTexts(ctx, tx)
	})
	if err != nil {
		return 0, fmt.Errorf("purge: %w", err)
	}
	if err := x.Reindex(ctx, nil); err != nil {
		return len(changed), err
	}
	if _, err := x.db.W.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		return len(changed), fmt.Errorf("purge: %w", err)
	}
	return len(changed), nil
}

// remember notes the hashes of a person's names.
func (x *Index) remember(ctx context.Context, names []string) error {
	if len(x.subjects.key) == 0 {
		key := make([]byte, 32)
		rand.Read(key)
		if err := setStateIn(ctx, x.db.W, "subjects-key", hex.EncodeToString(key)); err != nil {
			return err
		}
		x.subjects.key = key
	}
	fresh := &subjects{key: x.subjects.key, hashes: map[string]bool{}}
	for _, name := range names {
		ways := forms(name)
		if ways == nil {
			return &SubjectError{name}
		}
		for _, w := range ways {
			hash := fresh.hash(w.words)
			if _, err := x.db.W.ExecContext(ctx, `INSERT INTO purged_subjects (hash, words, weak) VALUES (?, ?, ?)
				ON CONFLICT (hash) DO UPDATE SET weak = min(weak, excluded.weak)`, hash, len(w.words), w.weak); err != nil {
				return fmt.Errorf("note who is purged: %w", err)
			}
			x.subjects.add(hash, len(w.words), w.weak)
		}
	}
	return nil
}

// replace writes an item in place of itself, as it is now: not a change of the page.
func (x *Index) replace(ctx context.Context, tx *sql.Tx, r row) error {
	if len(r.item.Images) == 0 { // of what is withheld, not even that it showed a picture
		if _, err := tx.ExecContext(ctx, `DELETE FROM image_uses WHERE record_id = (SELECT id FROM records WHERE address = ?)`, r.item.Address); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE records SET title=?, department=?, content_type=?, verdict=?, word_count=?, readiness=?, text_hash=?, reasons=?, rules=?,
		search_hash=?, day_bound=?, revision=revision+1 WHERE address = ?`, r.item.Title, r.item.Department, r.verdict.Type, string(r.verdict.Outcome), r.words, r.verdict.Readiness,
		r.textHash, r.reasons, r.verdict.Rules, r.searchHash, r.dayBound, r.item.Address)
	if err != nil {
		return err
	}
	var id int64
	if err := tx.QueryRowContext(ctx, `SELECT id FROM records WHERE address = ?`, r.item.Address).Scan(&id); err != nil {
		return err
	}
	if err := r.trace(ctx, tx, id); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE record_contents SET item=?, verdict=? WHERE record_id = ?`, r.blob, string(r.verdictDoc), id); err != nil {
		return err
	}
	h, err := heldOn(ctx, tx, r.item.Address)
	if err == nil && opens(h.verdict) && h.lapsed == "" { // the decision was given for what the page says, names and all
		err = groundText(ctx, tx, &r)
	}
	if err != nil {
		return err
	}
	if _, _, err := weigh(ctx, tx, &r); err != nil {
		return err
	}
	return r.prints.keep(ctx, tx, id)
}

// purgeTexts replaces the names in every text of every table of the file, but in addresses: whoever keeps
// notes there, of decisions, changes or deliveries, must not be forgotten.
func (x *Index) purgeTexts(ctx context.Context, tx *sql.Tx) error {
	columns, err := pairsOf(ctx, tx, `SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT IN ('purged_subjects', 'index_state', 'record_contents')
		AND c.name NOT LIKE '%address%' AND c.name NOT LIKE '%hash%' AND c.name NOT IN ('moved_to', 'twin_of', 'canonical', 'seeds', 'item_id')`)
	if err != nil {
		return err
	}
	for _, c := range columns {
		table, column := `"`+c[0]+`"`, `"`+c[1]+`"`
		values, err := pairsOf(ctx, tx, `SELECT DISTINCT `+column+`, '' FROM `+table+` WHERE length(`+column+`) > 4`)
		if err != nil {
			return err
		}
		for _, v := range values {
			clean, n := x.subjects.erase(v[0])
			if n == 0 {
				continue
			}
			if _, err := tx.ExecContext(ctx, `UPDATE `+table+` SET `+column+` = ? WHERE `+column+` = ?`, clean, v[0]); err != nil {
				return err
			}
		}
	}
	return x.purgePictures(ctx, tx)
}

// purgePictures forgets the pictures without a size whose address names a subject.
func (x *Index) purgePictures(ctx context.Context, tx *sql.Tx) error {
	for _, table := range []string{"pictures", "record_pictures"} {
		all, err := pairsOf(ctx, tx, `SELECT DISTINCT address, '' FROM `+table)
		if err != nil {
			return err
		}
		for _, p := range all {
			if _, n := x.subjects.eraseForms(p[0], spaced(p[0]), false); n == 0 {
				continue
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE address = ?`, p[0]); err != nil {
				return err
			}
		}
	}
	return nil
}

// pairsOf reads rows of two texts.
func pairsOf(ctx context.Context, tx *sql.Tx, query string) ([][2]string, error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all [][2]string
	for rows.Next() {
		var pair [2]string
		if err := rows.Scan(&pair[0], &pair[1]); err != nil {
			return nil, err
		}
		all = append(all, pair)
	}
	return all, rows.Err()
}
