package extract

import (
	"context"
	"crypto/sha256"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"filon/crawler/content"
	"filon/crawler/extract/score/corpus"
)

// TestSecondReader compares the text of documents with what a second reader gives: pdftotext for PDF and, with
// FILON_ALL, LibreOffice for office files, as far as they are installed: of letters its PDF, of decks and workbooks what it
// writes as OpenDocument (see corpus.OpenDocument for what that leaves out, and why). It logs by format
// the F1 over bags of words, as a mean over files, each once, and over all words together, and the files that differ
// most; headers and footers, which filon keeps apart, count as text of a PDF, and ﬁ is fi.
//
//	FILON_ALL=1 go test ./crawler/extract -run SecondReader -v
func TestSecondReader(t *testing.T) {
	root := corpora(t, "documents")
	toText, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	all := os.Getenv("FILON_ALL") != ""
	byFormat := map[string][]string{}
	i := 0
	_ = filepath.WalkDir(root, func(p string, e os.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil
		}
		format := strings.ToLower(strings.TrimPrefix(filepath.Ext(p), "."))
		office := slices.Contains([]string{"docx", "pptx", "odt", "odp", "rtf", "xlsx", "xls", "ppt", "ods"}, format)
		if i++; format == "pdf" && (all || i%6 == 0) || office && all {
			byFormat[format] = append(byFormat[format], p)
		}
		return nil
	})
	r := reader(t, Options{CacheDir: cacheDir(t), Time: 10 * time.Second})
	for format, files := range byFormat {
		sort.Strings(files)
		asPDF := func(p string) string { return p }
		if format != "pdf" {
			if asPDF = converted(t, files); asPDF == nil {
				continue
			}
		}
		type score struct {
			file string
			f1   float64
		}
		var scores []score
		sum, common, words := 0.0, 0, 0
		once := map[[32]byte]bool{}
		for _, p := range files {
			body, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			if sum := sha256.Sum256(body); once[sum] {
				continue
			} else {
				once[sum] = true
			}
			second := asPDF(p)
			if second == "" {
				continue
			}
			item := r.Read(context.Background(), Input{Address: "https://example.test/" + filepath.Base(p), Body: body})
			printed := !strings.HasSuffix(second, ".odp") && !strings.HasSuffix(second, ".ods")
			if printed {
				ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
				out, e := exec.CommandContext(ctx, toText, "-q", second, "-").Output()
				cancel()
				second, err = string(out), e
			} else {
				second, err = corpus.OpenDocument(second, strings.HasPrefix(format, "xl"))
			}
			if err != nil || item.Problem != nil && item.Problem.Code != content.TooLarge {
				continue // one of the two cannot read it
			}
			text := item.Text
			for _, z := range item.Zones {
				if printed && (z.Kind == content.ZoneHeader || z.Kind == content.ZoneFooter) {
					text += "\n" + z.Text
				}
			}
			if both, n := sameWords(text, withoutRunning(second, item)); n > 0 {
				f1 := 2 * float64(both) / float64(n)
				scores, sum, common, words = append(scores, score{filepath.Base(p), f1}), sum+f1, common+both, words+n
			}
		}
		sort.Slice(scores, func(a, b int) bool { return scores[a].f1 < scores[b].f1 })
		over := 2 * float64(common) / float64(max(words, 1))
		t.Logf("%s: F1 %.3f as a mean over %d files, %.3f over their %d words", format, sum/float64(max(len(scores), 1)), len(scores), over, words/2)
		for _, s := range scores[:min(12, len(scores))] {
			t.Logf("   %.3f %s", s.f1, s.file)
		}
		if words > 10_000 && over < .95 {
			t.Errorf("%s: F1 %.3f over all words", format, over)
		}
		if mean := sum / float64(max(len(scores), 1)); all && format == "pdf" && mean < .95 {
			t.Errorf("%s: F1 %.3f as a mean over files", format, mean)
		}
	}
}

// converted makes PDFs of letters, OpenDocument of decks and workbooks; the function gives "" for one that LibreOffice
// cannot read.
func converted(t *testing.T, files []string) func(string) string {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Log("soffice is not installed: office files are not compared")
		return nil
	}
	// File names come back in several folders: each file gets a folder of its own.
	dir := t.TempDir()
	return func(p string) string {
		at, err := os.MkdirTemp(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 40*time.Second)
		defer cancel()
		to := "pdf"
		switch strings.ToLower(filepath.Ext(p)) {
		case ".pptx", ".ppt", ".odp":
			to = "odp"
		case ".xlsx", ".xls", ".ods":
			to = "ods"
		}
		cmd := exec.CommandContext(ctx, office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", to, "--outdir", at, p)
		if cmd.Run() != nil {
			return ""
		}
		out := filepath.Join(at, strings.TrimSuffix(filepath.Base(p), filepath.Ext(p))+"."+to)
		if _, err := os.Stat(out); err != nil {
			return ""
		}
		return out
	}
}

// withoutRunning leaves the lines that filon keeps once as header or footer in the other's text once too.
func withoutRunning(text string, item content.Item) string {
	running := map[string]bool{}
	for _, z := range item.Zones {
		if z.Kind == content.ZoneHeader || z.Kind == content.ZoneFooter {
			running[lineKey(z.Text)] = true
		}
	}
	seen := map[string]bool{}
	var kept []string
	for l := range strings.Lines(text) {
		key := lineKey(strings.TrimSpace(l))
		if key != "" && running[key] && seen[key] {
			continue
		}
		seen[key] = true
		kept = append(kept, l)
	}
	return strings.Join(kept, "\n")
}

// sameWords counts the words that two texts share, as bags, and those of both together.
func sameWords(a, b string) (common, both int) {
	cut := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(norm.NFKC.String(s)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	x, y := cut(a), cut(b)
	count := map[string]int{}
	for _, w := range x {
		count[w]++
	}
	for _, w := range y {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	return common, len(x) + len(y)
}
