package wordpress

import (
	"strings"
	"testing"
	"time"
)

func TestBase(t *testing.T) {
	for _, c := range []struct {
		name, generator, link, want string
	}{
		{"declared", "", `<https://site.fr/wp-json/>; rel="https://api.w.org/"`, "https://site.fr/wp-json/"},
		{"among others", "", `<https://site.fr/?p=2>; rel=shortlink, <https://site.fr/blog/wp-json/>; rel="https://api.w.org/"`, "https://site.fr/blog/wp-json/"},
		{"by its parameter", "", `<https://site.fr/index.php?rest_route=/>; rel="https://api.w.org/"`, "https://site.fr/index.php?rest_route=/"},
		{"on another host", "", `<https://ailleurs.fr/wp-json/>; rel="https://api.w.org/"`, ""},
		{"a name that begins alike", "", `<https://site.fr.mal.example/wp-json/>; rel="https://api.w.org/"`, ""},
		{"by its maker", "WordPress 6.1.9", "", "https://site.fr/wp-json/"},
		{"another maker", "Drupal 10", `<https://site.fr/x>; rel="next"`, ""},
	} {
		if got := Base("https://site.fr", c.generator, []string{c.link}); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLists(t *testing.T) {
	const types = `{"post":{"slug":"post","rest_base":"posts","rest_namespace":"wp\/v2"},"page":{"slug":"page","rest_base":"pages"},
		"attachment":{"slug":"attachment","rest_base":"media"},"wp_block":{"slug":"wp_block","rest_base":"blocks"},"nav_menu_item":{"slug":"nav_menu_item","rest_base":"menu-items"},
		"realisation":{"slug":"realisation","rest_base":"realisations"},"x":{"slug":"x","rest_base":"users"},"y":{"slug":"y","rest_base":"a?b"},"z":{"slug":"z","rest_base":"../../users"}}`
	got := Lists("https://site.fr/wp-json/", []byte(types))
	if len(got) != 4 {
		t.Fatalf("%d lists: %v", len(got), got)
	}
	for i, want := range []string{"/wp-json/wp/v2/media?", "/wp-json/wp/v2/pages?", "/wp-json/wp/v2/posts?", "/wp-json/wp/v2/realisations?"} {
		if !strings.HasPrefix(got[i], "https://site.fr"+want) || !IsList(got[i]) || IsTypes(got[i]) {
			t.Errorf("%s, want %s", got[i], want)
		}
	}
	if !strings.Contains(got[0], "media_type=application") {
		t.Errorf("media: %s", got[0])
	}
	byParameter := Lists("https://site.fr/index.php?rest_route=/", []byte(types))
	if !strings.HasPrefix(byParameter[2], "https://site.fr/index.php?rest_route=/wp/v2/posts&") {
		t.Errorf("by parameter: %s", byParameter[2])
	}
	if more := More(got[2], "3"); len(more) != 2 || !strings.Contains(more[1], "page=3&") || !strings.Contains(more[1], "per_page=100") {
		t.Errorf("more: %v", more)
	}
	if more := More(got[2], "100000"); len(more) != maxPages-1 {
		t.Errorf("%d pages of an endless list", len(more))
	}
	if more := More(More(got[2], "3")[0], "3"); more != nil {
		t.Errorf("more of the second page: %v", more)
	}
	if Lists("https://site.fr/wp-json/", []byte(`<html>`)) != nil {
		t.Error("a page of HTML lists nothing")
	}
}

func TestRead(t *testing.T) {
	got := Read([]byte(`[{"link":"https:\/\/site.fr\/journal\/coulee\/","type":"post","date_gmt":"2026-03-04T08:00:00","modified_gmt":"0000-00-00T00:00:00",
		"_embedded":{"wp:term":[[{"name":"Non class\u00e9","slug":"non-classe"},{"name":"Journal &amp; vie","slug":"journal"}],[{"name":"four","slug":"four"}]]}},
		{"source_url":"https://site.fr/uploads/plan.pdf","type":"attachment"},{"type":"post"}]`))
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	if e := got[0]; e.Address != "https://site.fr/journal/coulee/" || !e.Published.Equal(time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)) || !e.Modified.IsZero() ||
		strings.Join(e.Terms, "|") != "Journal & vie|four" {
		t.Errorf("%+v", e)
	}
	if got[1].Address != "https://site.fr/uploads/plan.pdf" {
		t.Errorf("%+v", got[1])
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`[{"link":"https://a/"}]`))
	f.Add([]byte(`{"post":{"rest_base":"posts"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, e := range Read(data) {
			if e.Address == "" {
				t.Error("an entry without an address")
			}
		}
		for _, l := range Lists("https://site.fr/wp-json/", data) {
			if !strings.HasPrefix(l, "https://site.fr/wp-json/wp/v2/") || strings.Contains(l, "users") && strings.Contains(l, "/users?") {
				t.Errorf("list %q", l)
			}
		}
	})
}
