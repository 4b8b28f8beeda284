package index

import (
	"context"
	"fmt"
	"strings"

	"filon/classify"
	"filon/crawler/content"
)

// shortID is how many digits of an item's id stand behind an address that does not show all its words, and are enough to
// name the item.
const shortID = 8

// idMark parts an address that does not show all its words from the beginning of its item's id.
const idMark = "#"

// HideAddress gives an address of the record, as it is written for people, without the values that are masked everywhere
// and, of what must never leave or waits for those who answer for people, without the words that give it away. Behind
// such a one stands the beginning of the item's id, so that Get finds the record by what is shown.
func (r Record) HideAddress(written string) string {
	shown, told := r.Verdict.HideAddress(written, r.Item, r.Ruling() == classify.Never)
	if !told {
		return shown
	}
	id := r.Item.ID
	if id == "" {
		id = content.ID(r.Item.Address)
	}
	return shown + idMark + id[:min(len(id), shortID)]
}

// Closed are the addresses of which HideAddress may hide words.
func (x *Index) Closed(ctx context.Context) (map[string]bool, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT r.address FROM records r LEFT JOIN decisions d ON d.address = r.address
		WHERE r.verdict IN (?1, ?2) OR d.verdict = ?1`, string(classify.Never), string(classify.NeedsApproval))
	if err != nil {
		return nil, fmt.Errorf("list what is closed: %w", err)
	}
	defer rows.Close()
	closed := map[string]bool{}
	for rows.Next() {
		var addr string
		if err := rows.Scan(&addr); err != nil {
			return nil, fmt.Errorf("list what is closed: %w", err)
		}
		closed[addr] = true
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list what is closed: %w", err)
	}
	return closed, nil
}

// idNamed is the beginning of an id that a person gives: alone, or behind an address that does not show all its words;
// "" for anything else.
func idNamed(name string) string {
	if at := strings.LastIndex(name, idMark); at >= 0 && strings.Contains(name[:at], MaskedTitle) {
		name = name[at+len(idMark):]
	}
	if len(name) < shortID || strings.Trim(name, "0123456789abcdef") != "" {
		return ""
	}
	return name
}
