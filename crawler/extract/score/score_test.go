package score

import (
	"path/filepath"
	"testing"

	"filon/crawler/extract/score/corpus"
)

// TestBars holds extraction to the floor that the project has promised.
func TestBars(t *testing.T) {
	for _, c := range []struct {
		folder        string
		run           func(string) (Result, error)
		f1            float64
		titles, dates float64
	}{
		{"wordpress-fr-dev", WordPress, .90, .85, .97},
		{"scrapinghub-aeb", Articles, .95, 0, 0},
		{"web-content-extraction-dev", WebContent, .78, 0, 0},
	} {
		t.Run(c.folder, func(t *testing.T) {
			r, err := c.run(filepath.Join(corpus.Folder(), c.folder))
			if err != nil {
				t.Skipf("the collection is not unpacked: %v", err)
			}
			t.Logf("\n%s", r)
			if r.All.F1 < c.f1 {
				t.Errorf("F1 %.3f, want at least %.2f", r.All.F1, c.f1)
			}
			if got := float64(r.All.Titles) / float64(max(r.All.Titled, 1)); got < c.titles {
				t.Errorf("titles exact %.3f, want at least %.2f", got, c.titles)
			}
			if got := float64(r.All.Dates) / float64(max(r.All.Dated, 1)); got < c.dates {
				t.Errorf("dates exact %.3f, want at least %.2f", got, c.dates)
			}
			if testing.Verbose() {
				for _, p := range r.Page {
					if p.GoldTitle != "" && !p.TitleExact() && c.titles > 0 {
						t.Logf("title %s: %q, want %q", p.Name, p.Title, p.GoldTitle)
					}
					if !p.GoldDate.IsZero() && !p.DateExact() && c.dates > 0 {
						t.Logf("date %s: %v, want %v", p.Name, p.Date, p.GoldDate)
					}
				}
			}
		})
	}
}
