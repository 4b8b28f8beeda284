package export

import (
	"context"

	"filon/classify"
	"filon/crawler/address"
	"filon/index"
)

// Shown is the address of a record for people: that of a file as its path, without what Record.HideAddress hides.
func Shown(rec index.Record) string { return rec.HideAddress(address.Shown(rec.Item.Address)) }

// ShownAt is any address as Shown shows it, where the inventory has its item.
func ShownAt(ctx context.Context, x *index.Index, addr string) string {
	if addr != "" {
		if rec, ok, err := x.Get(ctx, addr); err == nil && ok && rec.Item.Address == addr {
			return Shown(rec)
		}
	}
	return classify.MaskAddress(address.Shown(addr))
}

// Shower gives a function that shows many addresses as ShownAt does. It knows which can need it, and looks at no other
// record.
func Shower(ctx context.Context, x *index.Index) (func(addr string) string, error) {
	closed, err := x.Closed(ctx)
	if err != nil {
		return nil, err
	}
	shown := map[string]string{}
	return func(addr string) string {
		if !closed[addr] {
			return classify.MaskAddress(address.Shown(addr))
		}
		s, asked := shown[addr]
		if !asked {
			s = ShownAt(ctx, x, addr)
			shown[addr] = s
		}
		return s
	}, nil
}
