package crawler

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"filon/crawler/address"
	"filon/crawler/content"
)

// fewestWords is the length from which equal texts say something of their pages.
const fewestWords = 30

// pageHash is equal for the addresses of one page, of which the inventory keeps one: the page is the same by its
// address, or by what it declares as canonical, and it reads, is marked and reaches the same. A copy anywhere else,
// or one that only one of two stamps, is an item of its own. "" for a page too short to compare.
func (c *crawl) pageHash(s *Source, addr string, item content.Item) string {
	var words []string
	for line := range strings.Lines(item.Text) {
		if line = strings.TrimSpace(line); line != item.H1 && line != item.Title { // whether it leads the text hangs on the page's form
			words = append(words, strings.Fields(line)...)
		}
	}
	if len(words) < fewestWords {
		return ""
	}
	own := addr
	if item.Canonical != "" && c.scopeOf(s.Name).serves(item.Canonical) && address.Path(item.Canonical) != "/" {
		own = item.Canonical // that of a whole site is its first page only by mistake
	}
	var marks []content.Zone
	for _, z := range item.Zones {
		if z.Kind != content.ZoneSite {
			z.Text = steady(z.Text)
			marks = append(marks, z)
		}
	}
	said, err := json.Marshal([]any{address.Page(own), item.Title, strings.Join(words, " "), item.MIME, item.Access.Visibility, marks, item.Properties})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:16])
}
