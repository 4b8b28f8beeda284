package index

import (
	"context"
	"fmt"
	"strings"

	"filon/classify"
	"filon/crawler/address"
	"filon/crawler/content"
)

// shortID is how many digits of an item's id stand behind an address that does not show all its words, and are enough to
// name the item.
const shortID = 8

// idMark parts an address that does not show all its words from the beginning of its item's id.
const idMark = "#"

// ShownAddress is the record's address for people: that of a file as its path, without the values that are masked
// everywhere and, of what must never leave or waits for those who answer for people, without the words that give it
// away. Behind such a one stands the beginning of the item's id, so that Get finds the record by what is shown.
func (r Record) ShownAddress() string {
	shown, told := r.Verdict.HideAddress(address.Shown(r.Item.Address), r.Item, r.Ruling() == classify.Never)
	if !told {
		return shown
	}
	id := r.Item.ID
	if id == "" {
		id = content.ID(r.Item.Address)
	}
	return shown + idMark + id[:min(len(id), shortID)]
}

// ShownAddress is any address as Record.ShownAddress shows it, where the inventory has its item.
func (x *Index) ShownAddress(ctx context.Context, addr string) string {
	if addr != "" {
		if rec, ok, err := x.Get(ctx, addr); err == nil && ok && rec.Item.Address == addr {
			return rec.ShownAddress()
		}
	}
	return classify.MaskAddress(address.Shown(addr))
}

// Shower gives a function that shows many addresses as ShownAddress does. It knows which can need it, and looks at no
// other record.
func (x *Index) Shower(ctx context.Context) (func(addr string) string, error) {
	rows, err := x.db.R.QueryContext(ctx, `SELECT r.address FROM records r LEFT JOIN decisions d ON d.address = r.address
		WHERE r.verdict IN (?1, ?2) OR d.verdict = ?1`, string(classify.Never), string(classify.NeedsApproval))
	if err != nil {
		return nil, fmt.Errorf("list what is closed: %w", err)
	}
	defer rows.Close()
	shown := map[string]string{} // "" was not asked yet
	for rows.Next() {
		var addr string
		if err := rows.Scan(&addr); err != nil {
			return nil, fmt.Errorf("list what is closed: %w", err)
		}
		shown[addr] = ""
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list what is closed: %w", err)
	}
	return func(addr string) string {
		s, closed := shown[addr]
		if !closed {
			return classify.MaskAddress(address.Shown(addr))
		}
		if s == "" {
			s = x.ShownAddress(ctx, addr)
			shown[addr] = s
		}
		return s
	}, nil
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
