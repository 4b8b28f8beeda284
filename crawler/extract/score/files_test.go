package score

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filon/crawler/content"
	"filon/crawler/extract"
)

// TestDocuments counts what a reader makes of files, whichever second readers this machine has.
func TestDocuments(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"good.bin", "hangs.bin", "crashes.bin", "locked.bin"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Documents(context.Background(), dir, func(_ context.Context, in extract.Input) (item content.Item) {
		switch string(in.Body) {
		case "hangs.bin":
			item.Problem = &content.Problem{Code: content.TimedOut}
		case "crashes.bin":
			item.Problem = &content.Problem{Code: content.Broken, Detail: extract.Stopped}
		case "locked.bin":
			item.Problem = &content.Problem{Code: content.Encrypted}
		}
		return item
	})
	if err != nil {
		t.Fatal(err)
	}
	if k := r.Kind[0]; k.Name != "bin" || k.Files != 4 || k.Read != 1 || k.Unread != 1 || k.Crashed != 1 || k.Hung != 1 || k.Compared != 0 {
		t.Errorf("counted %+v", k)
	}
}

func TestCompare(t *testing.T) {
	tag := Tag{Name: "creator"}
	tag.compare("/a/b.jpg", "Anne  Roy", []string{"A. R.", "Anne Roy"})
	tag.compare("/a/c.jpg", "", []string{"Luc"})
	tag.compare("/a/d.jpg", "somebody", nil) // exiftool gives nothing: says nothing
	if tag.Right != 1 || tag.Known != 2 || strings.Join(tag.Wrong, "|") != `c.jpg: "", not ["Luc"]` {
		t.Errorf("compared as %+v", tag)
	}
}

func TestWhole(t *testing.T) {
	item := content.Item{Text: "Corps", Pages: 3, Zones: []content.Zone{{Kind: content.ZoneFooter, Text: "Pied"}, {Kind: content.ZoneHeader, Page: 2, Text: "Tête"}, {Kind: content.ZoneNotes, Text: "Note"}}}
	if got, want := strings.Join(strings.Fields(whole(item)), " "), "Corps Pied Pied Pied Tête"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
