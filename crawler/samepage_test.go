package crawler

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"filon/crawler/content"
	"filon/crawler/frontier"
)

// One page under many addresses is kept once; a copy in another folder, in another form or with a mark of its own is
// an item, whatever the order in which they are read.
func TestCopiesElsewhereStay(t *testing.T) {
	n, url := newNights(t, 0)
	story := page("Le four", words("le four"))
	declared := strings.Replace(story, "</head>", `<link rel="canonical" href="/com/four"></head>`, 1)
	marked := strings.Replace(story, "<main>", `<div class="banner confidential">Confidentiel</div><main>`, 1)
	var links []string
	for path, body := range map[string]string{
		"/com/four": story, "/com/four/": story, "/com/four/index.html": story, "/com/four/print": story, "/actus/2026/four": declared,
		"/rh/four": story, "/rh/four-bis": story, "/codir/four": marked, "/com/Four": marked,
	} {
		n.set(path, body)
		links = append(links, path)
	}
	slices.Sort(links)
	var want []string
	for turn := range 3 {
		n.set("/", page("Accueil", words("tout"), links...))
		keep := &shelf{items: map[string]content.Item{}}
		r := crawlWith(t, t.TempDir(), url, keep, func(o *Options) { o.Workers = 1 + 3*turn })
		if got := endedAs(t, r, frontier.Duplicate); got != 4 {
			t.Errorf("%d addresses are another's page, want 4", got)
		}
		got := keep.paths(url)
		if want = []string{"/", "/codir/four", "/com/Four", "/com/four", "/rh/four", "/rh/four-bis"}; !slices.Equal(got, want) {
			t.Errorf("kept %v\nwant %v", got, want)
		}
		slices.Reverse(links)
	}
}

// Parameters that choose make pages, others do not.
func TestParametersOfOnePage(t *testing.T) {
	n, url := newNights(t, 0)
	n.set("/", page("Accueil", words("tout"), "/liste?tri=nom", "/liste?tri=prix&zsid=kdjfh", "/liste?id=1", "/liste?id=2", "/liste?id=2&tri=nom"))
	n.set("/liste", page("Liste", words("la liste")))
	keep := &shelf{items: map[string]content.Item{}}
	crawlWith(t, t.TempDir(), url, keep, func(*Options) {})
	if got, want := fmt.Sprint(keep.paths(url)), "[/ /liste?id=1 /liste?id=2 /liste?tri=nom]"; got != want {
		t.Errorf("kept %s, want %s", got, want)
	}
}
