package classify

import (
	"strings"
	"testing"
	"time"

	"filon/crawler/content"
)

// TestFoldersAboveTheSource holds that the folders above a shared one are the disk's: they neither close
// an item nor tell its type.
func TestFoldersAboveTheSource(t *testing.T) {
	for _, c := range []struct {
		address, root string
		closed        bool
	}{
		{"file:///srv/direction/confidentiel/partage/cas.html", "file:///srv/direction/confidentiel/partage/", false},
		{"file:///srv/confidential/share/case.html", "file:///srv/confidential/share/", false},
		{"file:///srv/partage/confidentiel/cas.html", "file:///srv/partage/", true},
		{"file:///srv/share/confidential/case.html", "file:///srv/share/", true},
		{"https://i.acme.fr/confidentiel/cas", "", true},
	} {
		item := content.Item{Address: c.address, Root: c.root, MIME: "text/html", Title: "Le four à sole", Text: strings.Repeat("Le four chauffe en vingt minutes. ", 20), Language: "fr",
			Access: content.Access{Visibility: content.FileShare}}
		v := Judge(item, Policy{}, time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC))
		closed := false
		for _, r := range v.Reasons {
			closed = closed || r.Rule == "location/path"
		}
		if closed != c.closed {
			t.Errorf("%s below %s: location/path is %v, want %v", c.address, c.root, closed, c.closed)
		}
	}
}
