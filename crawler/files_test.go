package crawler

import (
	"os"
	"path/filepath"
	"testing"

	"filon/crawler/address"
	"filon/crawler/content"
	"filon/crawler/frontier"
)

// TestMissingPicture holds that a picture which comes or goes is noticed while its page stays as it is, and that a page
// without pictures is not read again.
func TestMissingPicture(t *testing.T) {
	home, dir := t.TempDir(), t.TempDir()
	root, err := address.File(home)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(home, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		addr, err := address.File(path)
		if err != nil {
			t.Fatal(err)
		}
		return addr
	}
	shows := write("mare.html", page("La mare", `<p><img src="mare.png" width="400" height="300" alt="La mare"></p>`+words("la mare")))
	plain := write("banc.html", page("Le banc", words("le banc")))
	picture := filepath.Join(home, "mare.png")
	keep := &shelf{items: map[string]content.Item{}}
	crawl := func() {
		t.Helper()
		crawlVillage(t, dir, "", keep, func(s *Source) { s.Seeds = []string{root + "/"} })
	}
	for night, there := range []bool{false, true, true, false} {
		if there {
			write("mare.png", "x")
		} else {
			os.Remove(picture)
		}
		kept := keep.items[shows]
		crawl()
		item := keep.items[shows]
		if len(item.Images) != 1 || item.Images[0].Missing == there {
			t.Fatalf("night %d: %+v", night, item.Images)
		}
		if r := stateOf(t, dir, shows); night == 2 && (r.State != frontier.Unchanged || !kept.FetchedAt.Equal(item.FetchedAt)) {
			t.Errorf("night %d: %s, %s", night, r.State, r.Reason)
		}
		if r := stateOf(t, dir, plain); night > 0 && r.Reason != "same size and date as before" {
			t.Errorf("night %d: %s, %s", night, r.State, r.Reason)
		}
	}
}
