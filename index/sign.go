package index

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"

	"filon/crawler/content"
	"filon/index/twins"
	"filon/index/words"
)

// signed is what is kept of a text so that it can be compared with others.
type signed struct {
	textHash  string
	shingles  int
	form      string
	partial   bool
	signature []byte // nil when the text is too short
}

// Forms of a text: the same words on a page and in a document are one text with different edges.
const (
	formPage     = "page"
	formDocument = "document"
)

var plainTexts = sync.Pool{New: func() any { return new([]byte) }}

// readText reads a text once, for its hash and its signature. The hash is equal for texts that read
// the same: case, accents, white space, punctuation and typographic marks do not count; "" is that of
// a text without a letter.
func readText(item content.Item) (hash string, s signed) {
	buf := plainTexts.Get().(*[]byte)
	defer plainTexts.Put(buf)
	*buf = words.AppendPlain((*buf)[:0], saidOf(item))
	if len(*buf) == 0 {
		return "", s
	}
	sum := sha256.Sum256(*buf)
	hash = hex.EncodeToString(sum[:16])
	s = signed{textHash: hash, form: formOf(item), partial: item.Problem != nil}
	signature, n := twins.Sign(*buf)
	if s.shingles = n; n > 0 {
		s.signature = signature.Bytes()
	}
	return hash, s
}

// shinglesOf are the shingles of an item's text, from which readText made the signature.
func shinglesOf(item content.Item) []uint64 {
	buf := plainTexts.Get().(*[]byte)
	defer plainTexts.Put(buf)
	*buf = words.AppendPlain((*buf)[:0], saidOf(item))
	return twins.Shingles(*buf)
}

// signing is the version of signatures: of how they are made, and of what.
const signing = 10*twins.Version + 1

// saidOf is the main text without the title that may lead it: whether it does hangs on the page's form, and of two
// copies one may have it.
func saidOf(item content.Item) string {
	text := item.Text
	for {
		first, rest, more := strings.Cut(text, "\n")
		if first = strings.TrimSpace(first); !more || first != "" && first != item.H1 && first != item.Title {
			return text
		}
		text = rest
	}
}

func formOf(item content.Item) string {
	switch mime, _, _ := strings.Cut(item.MIME, ";"); strings.TrimSpace(mime) {
	case "", "text/html", "application/xhtml+xml":
		return formPage
	}
	return formDocument
}

// sign keeps the signature of the row's text beside the record.
func (r *row) sign(ctx context.Context, tx *sql.Tx, id int64) error {
	return r.signed.keep(ctx, tx, id)
}

func (s *signed) keep(ctx context.Context, tx *sql.Tx, id int64) error {
	if s.textHash == "" {
		_, err := tx.ExecContext(ctx, `DELETE FROM record_signatures WHERE record_id = ?`, id)
		return err
	}
	if s.signature == nil {
		s.signature = []byte{}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO record_signatures (record_id, text_hash, version, shingles, form, partial, signature) VALUES (?,?,?,?,?,?,?)
		ON CONFLICT (record_id) DO UPDATE SET text_hash=excluded.text_hash, version=excluded.version, shingles=excluded.shingles,
		form=excluded.form, partial=excluded.partial, signature=excluded.signature`,
		id, s.textHash, signing, s.shingles, s.form, s.partial, s.signature)
	return err
}

// signMissing signs the texts that were kept by an older filon, from the inventory itself.
func (x *Index) signMissing(ctx context.Context) error {
	fail := func(err error) error { return fmt.Errorf("sign texts of the inventory: %w", err) }
	for {
		rows, err := x.db.R.QueryContext(ctx, `SELECT r.id, c.item FROM records r JOIN record_contents c ON c.record_id = r.id
			LEFT JOIN record_signatures s ON s.record_id = r.id
			WHERE r.text_hash <> '' AND (s.record_id IS NULL OR s.text_hash <> r.text_hash OR s.version <> ?) LIMIT 200`, signing)
		if err != nil {
			return fail(err)
		}
		found := map[int64]signed{}
		for rows.Next() {
			var id int64
			var blob []byte
			if err := rows.Scan(&id, &blob); err != nil {
				rows.Close()
				return fail(err)
			}
			item, err := unpackItem(blob)
			if err != nil {
				rows.Close()
				return fail(err)
			}
			_, found[id] = readText(item)
		}
		if err := rows.Close(); err != nil {
			return fail(err)
		}
		if len(found) == 0 {
			return nil
		}
		err = x.transact(ctx, func(tx *sql.Tx) error {
			for id, s := range found {
				if err := s.keep(ctx, tx, id); err != nil {
					return err
				}
				// A hash of another reading of the text must not send it here again.
				if _, err := tx.ExecContext(ctx, `UPDATE records SET text_hash = ? WHERE id = ? AND text_hash <> ?`, s.textHash, id, s.textHash); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fail(err)
		}
	}
}
