package sqlite

import (
	"context"
	"net/url"
	"path/filepath"
	"testing"

	"filon/crawler/frontier"
	"filon/crawler/frontier/frontiertest"
	"filon/crawler/truth"
)

func TestPromises(t *testing.T) {
	frontiertest.Run(t, func(t *testing.T, dir string) frontier.Frontier {
		db, err := truth.Open(context.Background(), filepath.Join(dir, "filon.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		f, err := Open(context.Background(), db, func(address string) string {
			u, err := url.Parse(address)
			if err != nil {
				return ""
			}
			return u.Host
		})
		if err != nil {
			t.Fatal(err)
		}
		return f
	})
}
