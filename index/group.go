package index

import (
	"context"
	"database/sql"
	"fmt"
)

// enoughWords is the length from which equal texts are one text, and not the same few words twice.
const enoughWords = 40

// Group finds the records that say the same, in all sources: the main text is equal but for case,
// accents and typography, and has at least 40 words. In each group one is the version to use: the one
// that reaches furthest, then the newest, the longest, the first address in the alphabet. The same
// inventory always gives the same groups. Call it after a crawl.
func (x *Index) Group(ctx context.Context) error {
	err := x.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			WITH ranked AS (
				SELECT id, text_hash, count(*) OVER (PARTITION BY text_hash) AS copies,
					row_number() OVER (PARTITION BY text_hash ORDER BY
						CASE visibility WHEN 'public' THEN 0 WHEN 'intranet' THEN 1 WHEN 'restricted' THEN 2 ELSE 3 END,
						max(date_published, date_modified) DESC, word_count DESC, address) AS place
				FROM records WHERE text_hash <> '' AND gone_at = '' AND word_count >= ?
			), wanted AS (
				SELECT r.id, CASE WHEN k.copies > 1 THEN 'dup-' || substr(k.text_hash, 1, 12) ELSE '' END AS name,
					CASE WHEN k.copies > 1 AND k.place > 1 THEN 0 ELSE 1 END AS first
				FROM records r LEFT JOIN ranked k ON k.id = r.id
			)
			UPDATE records SET duplicate_group = wanted.name, canonical = wanted.first
			FROM wanted WHERE wanted.id = records.id AND (duplicate_group <> wanted.name OR canonical <> wanted.first)`, enoughWords)
		return err
	})
	if err != nil {
		return fmt.Errorf("group duplicates: %w", err)
	}
	return nil
}

// SetInlinks counts, for every record, the other known pages that link to it, as the frontier found
// them in the same file. Without the frontier's tables nothing changes.
func (x *Index) SetInlinks(ctx context.Context) error {
	n := 0
	if err := x.db.R.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('links', 'requests')`).Scan(&n); err != nil {
		return fmt.Errorf("count inlinks: %w", err)
	}
	if n < 2 {
		return nil
	}
	if _, err := x.db.W.ExecContext(ctx, `
		UPDATE records SET inlinks = found.n FROM (
			SELECT r.id, count(l.from_id) AS n FROM records r
			LEFT JOIN requests q ON q.address = r.address
			LEFT JOIN links l ON l.to_id = q.id AND l.from_id <> q.id
			GROUP BY r.id
		) AS found WHERE found.id = records.id AND records.inlinks <> found.n`); err != nil {
		return fmt.Errorf("count inlinks: %w", err)
	}
	return nil
}
