package index

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"filon/classify"
	"filon/crawler/content"
	"filon/index/words"
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
	hashes  map[string]bool
	lengths []int // in words, of all of them
}

// spelled is one word of a text, as names are compared.
type spelled struct {
	word       string
	start, end int
}

// spell cuts a text into words without case and accents: "Jeanne MARTIN", "jeanne.martin@" alike.
func spell(text string) []spelled {
	var all []spelled
	start := -1
	cut := func(end int) {
		if start >= 0 {
			all = append(all, spelled{words.Fold(text[start:end]), start, end})
			start = -1
		}
	}
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		cut(i)
	}
	cut(len(text))
	return all
}

// forms are the ways in which a subject may be written: its words in order and, of a name, beginning with
// any of them: "Le Goff Jeanne".
func forms(subject string) [][]string {
	var plain []string
	for _, w := range spell(subject) {
		plain = append(plain, w.word)
	}
	if len(plain) < 2 || len(plain) > mostSubjectWords {
		return nil
	}
	all := [][]string{plain}
	for i := 1; i < len(plain) && !strings.Contains(subject, "@"); i++ {
		all = append(all, append(slices.Clone(plain[i:]), plain[:i]...))
	}
	return all
}

func (s *subjects) hash(w []string) string {
	mac := hmac.New(sha256.New, s.key)
	for _, one := range w {
		mac.Write([]byte(one))
		mac.Write([]byte{' '})
	}
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

func (s *subjects) add(hash string, length int) {
	s.hashes[hash] = true
	if !slices.Contains(s.lengths, length) {
		s.lengths = append(s.lengths, length)
	}
}

// erase replaces every subject in a text and says how many there were.
func (s *subjects) erase(text string) (string, int) {
	if len(s.hashes) == 0 || text == "" {
		return text, 0
	}
	all := spell(text)
	var b strings.Builder
	done, n := 0, 0
	buf := make([]string, 0, mostSubjectWords)
next:
	for i := 0; i < len(all); i++ {
		for _, length := range s.lengths {
			if i+length > len(all) || all[i+length-1].end-all[i].start > 200 {
				continue
			}
			buf = buf[:0]
			for _, w := range all[i : i+length] {
				buf = append(buf, w.word)
			}
			if s.hashes[s.hash(buf)] {
				b.WriteString(text[done:all[i].start] + Erased)
				done = all[i+length-1].end
				n++
				i += length - 1
				continue next
			}
		}
	}
	if n == 0 {
		return text, 0
	}
	b.WriteString(text[done:])
	return b.String(), n
}

// eraseItem replaces every subject in every text of an item but its addresses, which name where it stands.
func (s *subjects) eraseItem(item content.Item) (content.Item, int, error) {
	blob, err := json.Marshal(item)
	if err != nil {
		return item, 0, err
	}
	if _, n := s.erase(string(blob)); n == 0 { // the quick look: a text of the item is a part of its JSON
		return item, 0, nil
	}
	var tree any
	if err := json.Unmarshal(blob, &tree); err != nil {
		return item, 0, err
	}
	n := 0
	tree = s.walk(tree, "", &n)
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

// addressKeys are the members of an item's JSON that hold addresses or names of things.
var addressKeys = map[string]bool{"id": true, "address": true, "canonical": true, "image": true, "next": true, "prev": true, "refresh": true, "feeds": true, "source": true}

func (s *subjects) walk(v any, key string, n *int) any {
	switch x := v.(type) {
	case string:
		if addressKeys[key] {
			return x
		}
		clean, k := s.erase(x)
		*n += k
		return clean
	case []any:
		for i := range x {
			x[i] = s.walk(x[i], key, n)
		}
	case map[string]any:
		for k := range x {
			x[k] = s.walk(x[k], k, n)
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
	found, err := db.QueryContext(ctx, `SELECT hash, words FROM purged_subjects`)
	if err != nil {
		return nil, fmt.Errorf("read who was purged: %w", err)
	}
	defer found.Close()
	for found.Next() {
		var hash string
		var length int
		if err := found.Scan(&hash, &length); err != nil {
			return nil, fmt.Errorf("read who was purged: %w", err)
		}
		s.add(hash, length)
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
		_, in := s.erase(strings.NewReplacer("-", " ", "_", " ", "%20", " ").Replace(item.Address))
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
			s.add(s.hash(w), len(w))
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
			hash := fresh.hash(w)
			if _, err := x.db.W.ExecContext(ctx, `INSERT OR IGNORE INTO purged_subjects (hash, words) VALUES (?, ?)`, hash, len(w)); err != nil {
				return fmt.Errorf("note who is purged: %w", err)
			}
			x.subjects.add(hash, len(w))
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
	if h, err := heldOn(ctx, tx, r.item.Address); err != nil {
		return err
	} else if opens(h.verdict) && h.lapsed == "" { // the decision was given for what the page says, names and all
		if err := groundText(ctx, tx, &r); err != nil {
			return err
		}
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
