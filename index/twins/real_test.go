package twins

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// BenchmarkRealPages groups real pages, their navigation included, at .8 and compares the groups with those of
// comparing all pairs. The pages are those of FILON_CORPORA: manuals in several versions and languages, and a wiki.
//
//	go test ./index/twins -run xxx -bench RealPages -benchtime 1x
func BenchmarkRealPages(b *testing.B) {
	root := os.Getenv("FILON_CORPORA")
	if root == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			b.Skip(err)
		}
		root = filepath.Join(cache, "filon-corpora")
	}
	for _, set := range []string{"debian/usr/share/doc", "mariadb-kb/fr", "mariadb-kb/de"} {
		b.Run(strings.ReplaceAll(set, "/", "-"), func(b *testing.B) {
			m := realPages(b, filepath.Join(root, set), 4000)
			if len(m.texts) < 50 {
				b.Skipf("%d pages there", len(m.texts))
			}
			want := components(len(m.texts), pairsOver(m, .8))
			for b.Loop() {
				got, err := Cluster(context.Background(), m.texts, Options{Threshold: .8, Shingles: m.shingles})
				if err != nil {
					b.Fatal(err)
				}
				f1, wanted, found, both := score(want, got.Group)
				b.ReportMetric(f1, "F1")
				b.ReportMetric(float64(len(m.texts)), "pages")
				b.ReportMetric(float64(wanted), "pairs")
				b.ReportMetric(float64(found-both), "wrong")
			}
		})
	}
}

var (
	unread = regexp.MustCompile(`(?is)<(script|style|head)\b.*?</(script|style|head)>`)
	tags   = regexp.MustCompile(`<[^>]*>`)
)

// realPages reads at most so many HTML files, evenly over the tree, without any care for what is their content.
func realPages(b *testing.B, root string, most int) *made {
	var names []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.Contains(d.Name(), "html") {
			names = append(names, path)
		}
		return nil
	})
	if err != nil {
		b.Skip(err)
	}
	m := &made{}
	step := max(1, len(names)/most)
	for i := 0; i < len(names); i += step {
		data, err := os.ReadFile(names[i])
		if err != nil {
			b.Fatal(err)
		}
		text := tags.ReplaceAllString(unread.ReplaceAllString(string(data), " "), " ")
		words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if len(words) >= EnoughWords {
			m.add(words)
		}
	}
	return m
}
