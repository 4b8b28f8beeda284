package index

import (
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"strings"

	"filon/crawler/content"
)

// mostImages bounds the pictures of one page that are counted.
const mostImages = 200

// imageKey is the number under which the uses of a picture are kept.
func imageKey(address string) int64 {
	h := fnv.New64a()
	h.Write([]byte(address))
	return int64(h.Sum64())
}

// keepImages notes which pictures a page shows. A picture's own item uses none.
func keepImages(ctx context.Context, tx *sql.Tx, id int64, item content.Item) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM image_uses WHERE record_id = ?`, id); err != nil {
		return fmt.Errorf("keep the pictures of %s: %w", item.Address, err)
	}
	if strings.HasPrefix(item.MIME, "image/") {
		return nil
	}
	var values strings.Builder
	var args []any
	for i, im := range item.Images {
		if i == mostImages {
			break
		}
		if len(args) > 0 {
			values.WriteByte(',')
		}
		values.WriteString("(?,?)")
		args = append(args, imageKey(im.Address), id)
	}
	if len(args) == 0 {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO image_uses (image, record_id) VALUES `+values.String(), args...); err != nil {
		return fmt.Errorf("keep the pictures of %s: %w", item.Address, err)
	}
	return nil
}

// CountUses fills ImageUses: how many pages of the inventory that are still there show each picture of the
// record. Of an inventory that an earlier filon wrote, pages count once they were kept anew, or after Reindex.
func (x *Index) CountUses(ctx context.Context, rec *Record) error {
	rec.ImageUses = nil
	images := rec.Item.Images[:min(len(rec.Item.Images), mostImages)]
	if len(images) == 0 {
		return nil
	}
	args := make([]any, len(images))
	for i, im := range images {
		args[i] = imageKey(im.Address)
	}
	rows, err := x.db.R.QueryContext(ctx, `SELECT u.image, count(*) FROM image_uses u JOIN records r ON r.id = u.record_id
		WHERE u.image IN (?`+strings.Repeat(",?", len(args)-1)+`) AND r.gone_at = '' GROUP BY u.image`, args...)
	if err != nil {
		return fmt.Errorf("count the uses of pictures: %w", err)
	}
	defer rows.Close()
	found := map[int64]int{}
	for rows.Next() {
		var image int64
		var n int
		if err := rows.Scan(&image, &n); err != nil {
			return fmt.Errorf("count the uses of pictures: %w", err)
		}
		found[image] = n
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("count the uses of pictures: %w", err)
	}
	rec.ImageUses = make([]int, len(images))
	for i := range images {
		rec.ImageUses[i] = found[args[i].(int64)]
	}
	return nil
}

// PagesWith gives addresses of pages that show a picture, at most so many.
func (x *Index) PagesWith(ctx context.Context, image string, limit int) ([]string, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT r.address FROM image_uses u JOIN records r ON r.id = u.record_id
		WHERE u.image = ? AND r.gone_at = '' ORDER BY r.address LIMIT ?`, imageKey(image), limit)
	if err != nil {
		return nil, fmt.Errorf("find the pages with %s: %w", image, err)
	}
	defer rows.Close()
	var pages []string
	for rows.Next() {
		var page string
		if err := rows.Scan(&page); err != nil {
			return nil, fmt.Errorf("find the pages with %s: %w", image, err)
		}
		pages = append(pages, page)
	}
	return pages, rows.Err()
}

// countImagesAnew notes the pictures of every record again.
func (x *Index) countImagesAnew(ctx context.Context) error {
	rows, err := x.db.R.QueryContext(ctx, `SELECT record_id, item FROM record_contents`)
	if err != nil {
		return fmt.Errorf("note the pictures of pages: %w", err)
	}
	defer rows.Close()
	return x.transact(ctx, func(tx *sql.Tx) error {
		for rows.Next() {
			var id int64
			var blob []byte
			if err := rows.Scan(&id, &blob); err != nil {
				return fmt.Errorf("note the pictures of pages: %w", err)
			}
			item, err := unpackItem(blob)
			if err != nil {
				return err
			}
			if err := keepImages(ctx, tx, id, item); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}
