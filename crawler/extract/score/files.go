package score

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/extract/score/corpus"
)

// Files is what a folder of documents and pictures scored against other readers of this machine.
type Files struct {
	Kind     []FileKind // by file name ending, in alphabetical order
	Pictures []Tag      // creator, credit, copyright, size; empty without exiftool
	Missing  []string   // second readers that are not installed: what they would read is not compared
	Worst    []Page     // files that were compared, the worst F1 first
}

// FileKind counts the files of one ending.
type FileKind struct {
	Name                               string
	Files, Read, Unread, Crashed, Hung int
	Slowest                            time.Duration
	Compared                           int     // files of which the second reader gives text
	F1                                 float64 // macro average over Compared
	Understood                         int     // decks and workbooks that LibreOffice also writes as OpenDocument
	Same                               float64 // macro average over Understood of the F1 with that text
}

// Tag is how often a picture's field has the value that exiftool gives.
type Tag struct {
	Name         string
	Right, Known int
	Wrong        []string // "file: have, want"
}

// fewWords is how many words a second reader must give before its text is compared.
const fewWords = 5

// Documents reads every file of a folder and compares the text with pdftotext and LibreOffice, the
// fields of pictures with exiftool, as far as these are installed. Running headers and footers, which
// an item keeps once, are counted once for each page. A file that the second reader can read and read
// cannot counts as 0. Of decks and workbooks LibreOffice gives a print only, which shows more and less than
// the text: pictures of the files inside, numbers along an axis, the day of today, words that are cut in two; so they
// are also compared with what it has read itself (corpus.OpenDocument).
func Documents(ctx context.Context, dir string, read func(context.Context, extract.Input) content.Item) (Files, error) {
	var names []string
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			names = append(names, p)
		}
		return err
	})
	if err != nil {
		return Files{}, err
	}
	second, err := newSecond(ctx, names)
	if err != nil {
		return Files{}, err
	}
	defer second.close()
	r := Files{Missing: second.missing, Pictures: []Tag{{Name: "creator"}, {Name: "credit"}, {Name: "copyright"}, {Name: "size"}}}
	kinds := map[string]*FileKind{}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			return Files{}, err
		}
		began := time.Now()
		item := read(ctx, extract.Input{Address: "file://" + filepath.ToSlash(name), Status: 200, Body: body})
		spent := time.Since(began)
		if err := ctx.Err(); err != nil {
			return Files{}, err
		}
		end := strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
		k := kinds[end]
		if k == nil {
			k = &FileKind{Name: end}
			kinds[end] = k
		}
		k.count(item, spent)
		if gold := second.text(ctx, name, item); len(corpus.Words(gold)) >= fewWords {
			p := Page{Name: name, Kind: end}
			text := item.Text
			if second.running(name) {
				text = whole(item)
			}
			p.Precision, p.Recall, p.F1 = corpus.Overlap(text, gold)
			k.Compared++
			k.F1 += p.F1
			r.Worst = append(r.Worst, p)
		}
		if gold := second.understood(name); len(corpus.Words(gold)) >= fewWords {
			_, _, f1 := corpus.Overlap(item.Text, gold)
			k.Understood++
			k.Same += f1
		}
		if tags, known := second.pictures[name]; known {
			var picture content.Image
			if len(item.Images) > 0 {
				picture = item.Images[0]
			}
			for i, have := range []string{picture.Creator, picture.Credit, picture.Copyright, fmt.Sprintf("%dx%d", picture.Width, picture.Height)} {
				r.Pictures[i].compare(name, have, tags[i])
			}
		}
	}
	for _, k := range kinds {
		k.F1 /= float64(max(k.Compared, 1))
		k.Same /= float64(max(k.Understood, 1))
		r.Kind = append(r.Kind, *k)
	}
	slices.SortFunc(r.Kind, func(a, b FileKind) int { return strings.Compare(a.Name, b.Name) })
	slices.SortStableFunc(r.Worst, func(a, b Page) int {
		switch {
		case a.F1 < b.F1:
			return -1
		case a.F1 > b.F1:
			return 1
		}
		return 0
	})
	return r, nil
}

func (k *FileKind) count(item content.Item, spent time.Duration) {
	k.Files++
	k.Slowest = max(k.Slowest, spent)
	switch p := item.Problem; {
	case p == nil:
		k.Read++
	case p.Code == content.TimedOut:
		k.Hung++
	case p.Detail == extract.Stopped:
		k.Crashed++
	default:
		k.Unread++
	}
}

// whole is all the text that an item keeps of the body, its running lines repeated as on the pages.
func whole(item content.Item) string {
	var b strings.Builder
	b.WriteString(item.Text)
	for _, z := range item.Zones {
		if z.Kind == content.ZoneHeader || z.Kind == content.ZoneFooter {
			times := 1
			if z.Page == 0 {
				times = max(item.Pages, 1)
			}
			b.WriteString(strings.Repeat("\n"+z.Text, times))
		}
	}
	return b.String()
}

// compare counts a field as right when it has any of the values that the file gives it in its several
// kinds of metadata.
func (t *Tag) compare(name, have string, want []string) {
	if len(want) == 0 {
		return
	}
	t.Known++
	for _, w := range want {
		if same(w) == same(have) {
			t.Right++
			return
		}
	}
	t.Wrong = append(t.Wrong, fmt.Sprintf("%s: %q, not %q", filepath.Base(name), have, want))
}

// String is the result as tables for people; names of files only where they are wrong.
func (r Files) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "documents\tfiles\tread\tunread\tcrashed\thung\tslowest\tcompared\tF1\tas LibreOffice reads\tF1")
	all := FileKind{Name: "all"}
	for _, k := range r.Kind {
		all.Files, all.Read, all.Unread, all.Crashed, all.Hung = all.Files+k.Files, all.Read+k.Read, all.Unread+k.Unread, all.Crashed+k.Crashed, all.Hung+k.Hung
		all.Understood, all.Same = all.Understood+k.Understood, all.Same+k.Same*float64(k.Understood)
		all.Slowest, all.Compared, all.F1 = max(all.Slowest, k.Slowest), all.Compared+k.Compared, all.F1+k.F1*float64(k.Compared)
	}
	all.F1 /= float64(max(all.Compared, 1))
	all.Same /= float64(max(all.Understood, 1))
	for _, k := range append([]FileKind{all}, r.Kind...) {
		f1, same := "-", "-"
		if k.Compared > 0 {
			f1 = fmt.Sprintf("%.3f", k.F1)
		}
		if k.Understood > 0 {
			same = fmt.Sprintf("%.3f", k.Same)
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%.2f s\t%d\t%s\t%d\t%s\n", k.Name, k.Files, k.Read, k.Unread, k.Crashed, k.Hung, k.Slowest.Seconds(), k.Compared, f1, k.Understood, same)
	}
	w.Flush()
	for _, t := range r.Pictures {
		if t.Known > 0 {
			fmt.Fprintf(&b, "%s of pictures: %s\n", t.Name, share(t.Right, t.Known))
		}
		for _, wrong := range t.Wrong {
			fmt.Fprintf(&b, "  %s\n", wrong)
		}
	}
	for _, p := range r.Worst[:min(len(r.Worst), 20)] {
		fmt.Fprintf(&b, "F1 %.3f  precision %.3f  recall %.3f  %s\n", p.F1, p.Precision, p.Recall, p.Name)
	}
	if len(r.Missing) > 0 {
		fmt.Fprintf(&b, "not installed, so not compared with: %s\n", strings.Join(r.Missing, ", "))
	}
	return b.String()
}
