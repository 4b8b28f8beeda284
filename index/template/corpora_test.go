package template

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"filon/crawler/content"
	"filon/crawler/extract"
	"filon/crawler/extract/score/corpus"
)

// TestGain compares the main text and the titles of a real site with what its software says, before and after its
// template is taken out: nothing may be lost.
func TestGain(t *testing.T) {
	pages, err := corpus.WordPress(filepath.Join(corpus.Folder(), "wordpress-fr-dev"))
	if err != nil {
		t.Skipf("the collection is not unpacked: %v", err)
	}
	var items []content.Item
	for _, p := range pages {
		items = append(items, extract.HTML(extract.Input{Address: p.Address, Source: "site", Status: 200, Body: p.Body}))
	}
	tmpl := learn(t, items)
	var before, after float64
	titles, kept, cut := 0, 0, 0
	same := func(a, b string) bool {
		return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
	}
	for i, p := range pages {
		got := tmpl.Apply(items[i])
		_, _, f := corpus.Overlap(items[i].Text, p.Text)
		_, _, g := corpus.Overlap(got.Text, p.Text)
		before, after = before+f, after+g
		if g < f-.005 {
			t.Logf("%s: %.3f → %.3f, without %v", p.Name, f, g, got.Template)
		}
		if same(items[i].Title, p.Title) {
			titles++
		}
		if same(got.Title, p.Title) {
			kept++
		}
		cut += len(got.Template)
	}
	n := float64(len(pages))
	t.Logf("%d pages: F1 %.4f → %.4f, titles %d → %d, %d passages taken out", len(pages), before/n, after/n, titles, kept, cut)
	if after < before-.001*n || kept < titles {
		t.Errorf("F1 %.4f, was %.4f; %d titles, were %d", after/n, before/n, kept, titles)
	}
}

var (
	declares = regexp.MustCompile(`(?is)<script[^>]*ld\+json.*?</script>|<meta[^>]*(og:|twitter:|application-name)[^>]*>|<link[^>]*>`)
	firstTag = regexp.MustCompile(`(?i)<(/?)h1`)
)

// TestTitleGain takes from the pages of a real site all that names the site or the page but <title>, as poorer software
// writes them: then only the other pages tell where a title ends.
func TestTitleGain(t *testing.T) {
	pages, err := corpus.WordPress(filepath.Join(corpus.Folder(), "wordpress-fr-dev"))
	if err != nil {
		t.Skipf("the collection is not unpacked: %v", err)
	}
	var items []content.Item
	for i, p := range pages {
		body := firstTag.ReplaceAll(declares.ReplaceAll(p.Body, nil), []byte("<${1}div"))
		items = append(items, extract.HTML(extract.Input{Address: fmt.Sprintf("https://intranet.example/pages/%d", i), Source: "site", Status: 200, Body: body}))
	}
	tmpl := learn(t, items)
	before, after := 0, 0
	same := func(a, b string) bool {
		return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
	}
	for i, p := range pages {
		if same(items[i].Title, p.Title) {
			before++
		}
		if same(tmpl.Apply(items[i]).Title, p.Title) {
			after++
		}
	}
	t.Logf("%d pages: %d titles exact, %d with what the site teaches", len(pages), before, after)
	if after < before+len(pages)/4 {
		t.Errorf("%d titles exact, were %d of %d", after, before, len(pages))
	}
}
