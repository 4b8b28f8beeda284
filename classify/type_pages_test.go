package classify

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"testing"

	"filon/crawler/content"
)

// TestTypePages measures the types on invented pages of all 44. The first two files were written before the rules were
// read, but by the writer of many words of the lexicon, who had seen them all: they keep what is reached, and say little of
// other pages. The third was written afterwards, without the usual words of each type, and was then read; the model of words (classify/kind) has learned from none of the three. filon eval FILE
// shows each class.
func TestTypePages(t *testing.T) {
	for _, c := range []struct {
		file          string
		plain, hidden float64 // floors of the macro F1
	}{
		{"testdata/types-seen.jsonl", .95, .95},
		{"testdata/types-unseen.jsonl", .95, .95},
		{"testdata/types-later.jsonl", .93, .93},
	} {
		data, err := os.ReadFile(c.file)
		if err != nil {
			t.Fatal(err)
		}
		var want, plain, hidden []string
		for line := range bytes.Lines(data) {
			var page struct{ Type, Language, URL, Visibility, Title, Text string }
			if err := json.Unmarshal(line, &page); err != nil {
				t.Fatal(err)
			}
			item := content.Item{Address: page.URL, Language: page.Language, Title: page.Title, H1: page.Title, Text: page.Text, Access: content.Access{Visibility: content.Visibility(page.Visibility)}}
			want = append(want, page.Type)
			plain = append(plain, Judge(item, Policy{}, judged).Type)
			u, err := url.Parse(page.URL)
			if err != nil {
				t.Fatal(err)
			}
			item.Address = "https://" + u.Host + "/page"
			hidden = append(hidden, Judge(item, Policy{}, judged).Type)
		}
		if f := macroF1(want, plain); f < c.plain {
			t.Errorf("%s: macro F1 %.3f, at least %.2f", c.file, f, c.plain)
		} else {
			t.Logf("%s: macro F1 %.3f", c.file, f)
		}
		if f := macroF1(want, hidden); f < c.hidden {
			t.Errorf("%s, address hidden: macro F1 %.3f, at least %.2f", c.file, f, c.hidden)
		} else {
			t.Logf("%s, address hidden: macro F1 %.3f", c.file, f)
		}
	}
}

// macroF1 is the mean of the F1 of the wanted classes.
func macroF1(want, got []string) float64 {
	labelled, said, right := map[string]int{}, map[string]int{}, map[string]int{}
	for i, w := range want {
		labelled[w]++
		said[got[i]]++
		if got[i] == w {
			right[w]++
		}
	}
	sum := 0.0
	for w, n := range labelled {
		sum += 2 * float64(right[w]) / float64(n+said[w])
	}
	return sum / float64(len(labelled))
}
