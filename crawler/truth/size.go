package truth

import (
	"context"
	"fmt"
)

// Size is the number of bytes of the file.
func (f *File) Size(ctx context.Context) (int64, error) {
	var pages, size int64
	err := f.R.QueryRowContext(ctx, `SELECT p.page_count, s.page_size FROM pragma_page_count() p, pragma_page_size() s`).Scan(&pages, &size)
	if err != nil {
		return 0, fmt.Errorf("measure %s: %w", f.Path, err)
	}
	return pages * size, nil
}

// shrinkBy is how many pages are given back in one step, so that no other writer waits long.
const shrinkBy = 2000

// Shrink gives pages that nothing stands on any more back to the disk. A file that was made before filon
// did so keeps its size and uses them again.
func (f *File) Shrink(ctx context.Context) error {
	last := int64(-1)
	for {
		var free int64
		if err := f.W.QueryRowContext(ctx, `PRAGMA freelist_count`).Scan(&free); err != nil {
			return fmt.Errorf("shrink %s: %w", f.Path, err)
		}
		if free == 0 || free == last {
			return nil
		}
		last = free
		rows, err := f.W.QueryContext(ctx, fmt.Sprintf(`PRAGMA incremental_vacuum(%d)`, shrinkBy))
		if err != nil {
			return fmt.Errorf("shrink %s: %w", f.Path, err)
		}
		for rows.Next() { // SQLite frees a page with each step
		}
		err = rows.Err()
		rows.Close()
		if err != nil {
			return fmt.Errorf("shrink %s: %w", f.Path, err)
		}
	}
}
