package crawler

import (
	"strings"
	"testing"

	"filon/crawler/frontier"
)

func TestScopeHosts(t *testing.T) {
	s, err := NewScope(Source{Name: "site", Seeds: []string{"https://Site.fr/accueil", "http://[::1]:8080/"}, Hosts: []string{"blog.site.fr", "docs.site.fr:8443", "Élan.fr"}})
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]bool{
		"https://site.fr/": true, "https://www.site.fr/a": true, "http://site.fr/": true, "http://www.site.fr/": true, "http://[::1]:8080/x": true,
		"https://blog.site.fr/": true, "https://docs.site.fr:8443/": true, "https://xn--lan-9la.fr/": true,
		"https://site.fr:8443/": false, "https://docs.site.fr/": false, "https://autre.fr/": false, "https://site.fr.autre.fr/": false, "http://[::1]/": false, "https://m.site.fr/": false,
	}
	for addr, want := range tests {
		ok, reason := s.Check(addr)
		if ok != want || ok != (reason == "") {
			t.Errorf("%s: %v %q", addr, ok, reason)
		}
	}
	www, err := NewScope(Source{Seeds: []string{"https://www.site.fr/"}})
	if err != nil {
		t.Fatal(err)
	}
	if ok, _ := www.Check("http://site.fr/"); !ok {
		t.Error("the twin without www. belongs too")
	}
}

func TestScopePatterns(t *testing.T) {
	tests := []struct {
		include, exclude, prefixes []string
		target                     string
		reason                     string // "" when it belongs
	}{
		{nil, nil, []string{"/news/"}, "/news/a", ""},
		{nil, nil, []string{"/news/"}, "/news", ""},
		{nil, nil, []string{"/actualités/"}, "/actualit%C3%A9s/a", ""},
		{nil, nil, []string{"/news/", "/blog/"}, "/newsletter", "its path begins with none of /news/, /blog/"},
		{[]string{"/news/*"}, nil, nil, "/news/2025/01/a?b=c", ""},
		{[]string{"/news/*"}, nil, nil, "/jobs/a", "no include pattern matches"},
		{[]string{"/news/*", "*.pdf"}, nil, nil, "/jobs/a.pdf", ""},
		{[]string{"/news/*/index"}, nil, nil, "/news/a/b/index", "no include pattern matches"},
		{[]string{"/news/**/index"}, nil, nil, "/news/a/b/index", ""},
		{[]string{"/news/*"}, []string{"*/print/*"}, nil, "/news/print/1", "excluded by */print/*"},
		{nil, []string{"/cart/"}, nil, "/cart/a/b", "excluded by /cart/"},
		{nil, []string{"/page"}, nil, "/page?x=1", "excluded by /page"},
		{nil, []string{"/page"}, nil, "/page/x", ""},
		{nil, []string{"*sort=*"}, nil, "/list?a=1&sort=up", "excluded by *sort=*"},
		{nil, []string{"/a?b=1"}, nil, "/a?b=1", "excluded by /a?b=1"},
		{nil, []string{"/été/*"}, nil, "/%C3%A9t%C3%A9/x", "excluded by /été/*"},
		{nil, []string{"https://site.fr/a/*"}, nil, "/a/x", "excluded by https://site.fr/a/*"},
		{nil, []string{"http://site.fr/a/*"}, nil, "/a/x", ""},
		{nil, []string{`/\.(docx?|xls)$/`}, nil, "/x/y.doc", `excluded by /\.(docx?|xls)$/`},
		{nil, []string{`/\.(docx?|xls)$/`}, nil, "/x/y.doc?z", ""},
		{nil, []string{`/^https://site.fr/été/`}, nil, "/%C3%A9t%C3%A9", `excluded by /^https://site.fr/été/`},
		{nil, []string{"/a+b/*"}, nil, "/a+b/c", "excluded by /a+b/*"},
		{nil, []string{"/archives/2025/"}, nil, "/archives/2025/x", "excluded by /archives/2025/"},
	}
	for _, tt := range tests {
		s, err := NewScope(Source{Seeds: []string{"https://site.fr/"}, Include: tt.include, Exclude: tt.exclude, Prefixes: tt.prefixes})
		if err != nil {
			t.Fatal(err)
		}
		if _, reason := s.Check("https://site.fr" + tt.target); reason != tt.reason {
			t.Errorf("%v %v %v: %s: %q; want %q", tt.include, tt.exclude, tt.prefixes, tt.target, reason, tt.reason)
		}
	}
}

func TestScopeErrors(t *testing.T) {
	tests := []struct {
		source Source
		want   string
	}{
		{Source{Name: "n", Seeds: []string{"mailto:x"}}, "seed of source n: not a web address"},
		{Source{Name: "n", Hosts: []string{"https://x.fr"}}, `host "https://x.fr" of source n is no host name`},
		{Source{Name: "n", Prefixes: []string{"news"}}, `prefix "news" of source n must begin with /`},
		{Source{Name: "n", Include: []string{"news/*"}}, `include of source n: "news/*" must begin with / or *: write /news/* or */news/*`},
		{Source{Name: "n", Exclude: []string{"/a(b/"}}, "exclude of source n: /a(b/ is no regular expression"},
		{Source{Name: "n", Exclude: []string{""}}, `"" must begin with`},
	}
	for _, tt := range tests {
		if _, err := NewScope(tt.source); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v; want %s", err, tt.want)
		}
	}
}

func TestActs(t *testing.T) {
	acting := []string{
		"/logout", "/user/logout?_csrf=1", "/wp-login.php?action=logout&x=1", "/ucp.php?mode=logout", "/_layouts/15/SignOut.aspx", "/fr/d%C3%A9connexion", "/se_deconnecter", "/index.php?option=x&task=user.logout", "/?logout=1",
		"/a?add-to-cart=12", "/t/delete?id=1", "/articles/12/delete", "/post.php?post=3&action=trash", "/pages/removepage.action?pageId=4", "/w/index.php?title=X&action=rollback", "/panier/vider",
		"/approve?id=1", "/unsubscribe?u=1", "/publish?id=1", "/like?id=1", "/vote/1/up", "/corbeille/vider", "/mark-read?all=1", "/add-to-cart?id=3", "/export?all=1", "/rsvp?event=3&r=oui", "/purge-cache", "/admin/users/4/disable", "/admin.php?action=delete-post",
	}
	for _, target := range acting {
		if acts(target) == "" {
			t.Errorf("%s may act", target)
		}
	}
	showing := []string{
		"/", "/kb/en/delete/", "/actualites/supprimer-le-plastique", "/supprimer", "/fr/export", "/publish/", "/archive", "/2025/archive/notre-usine", "/blog?action=view", "/offres?mode=liste", "/confirmer-sa-presence?x=1",
		"/deconnexion-numerique", "/vote-du-budget/2", "/logouts", "/action/logo", "/recherche?q=delete", "/recherche?q=logout", "/delete-confirm", "/produits/12/fiche?do=voir", "/archive/12/une-nouvelle/suite",
		"/archive?page=2", "/archive/2025/", "/watch?v=abc", "/vote", "/votes/12",
	}
	for _, target := range showing {
		if what := acts(target); what != "" {
			t.Errorf("%s shows; taken for %s", target, what)
		}
	}
}

func TestLoops(t *testing.T) {
	traps := []string{
		"/a/a/a", "/fr/produits/fr/produits/x", "/a/b/a/c/a/d/a/e/a", "/a/b/c/a/b/c", "/x%2525252f", "/a?b&amp;amp;c", "/" + strings.Repeat("x/1/", 20), "/a/b/c/d/b/a/d/c",
	}
	for _, target := range traps {
		if loops(target) == "" {
			t.Errorf("%s is a loop", target)
		}
	}
	good := []string{
		"/", "/a/a", "/2001/01/01/01/nouvelle", "/1/1/1", "/doc/api/v1/doc/api2", "/fr/actualites/2025/01/01/fr", "/a%252Fb", "/a?b&amp;c", "//", "/a//b//c//d", "/kb/en/kb/x",
	}
	for _, target := range good {
		if what := loops(target); what != "" {
			t.Errorf("%s: %s", target, what)
		}
	}
	s, err := NewScope(Source{Seeds: []string{"https://site.fr/"}})
	if err != nil {
		t.Fatal(err)
	}
	if state, _ := s.State("https://site.fr/a/a/a"); state != frontier.Trap {
		t.Errorf("state %q", state)
	}
	if state, _ := s.State("https://site.fr/logout"); state != frontier.NeverFollow {
		t.Errorf("state %q", state)
	}
	if state, _ := s.State("https://site.fr/a"); state != "" {
		t.Errorf("state %q", state)
	}
}

func BenchmarkScope(b *testing.B) {
	s, err := NewScope(Source{Seeds: []string{"https://site.fr/"}, Exclude: []string{"/panier/*", "*/print/*"}})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		s.Check("https://site.fr/actualites/2025/une-nouvelle?page=2")
	}
}
