package address

import (
	"errors"
	"strings"
	"testing"
)

func TestCanonical(t *testing.T) {
	tests := []struct{ raw, want string }{
		// what the standard says
		{"https://site.fr", "https://site.fr/"},
		{"HTTPS://Site.FR/Page", "https://site.fr/Page"},
		{" \n https://site.fr/a\tb ", "https://site.fr/ab"},
		{"https://site.fr:443/a", "https://site.fr/a"},
		{"http://site.fr:80/a", "http://site.fr/a"},
		{"http://site.fr:8080/a", "http://site.fr:8080/a"},
		{"https://site.fr/a/../b/./c", "https://site.fr/b/c"},
		{"https://site.fr/a/%2e%2E/b", "https://site.fr/b"},
		{"https://site.fr/../../a", "https://site.fr/a"},
		{`https:\\site.fr\a\b`, "https://site.fr/a/b"},
		{"https://site.fr/été", "https://site.fr/%C3%A9t%C3%A9"},
		{"https://site.fr/?q=été", "https://site.fr/?q=%C3%A9t%C3%A9"},
		{"https://Élysée.fr/", "https://xn--lyse-9oad.fr/"},
		{"https://user:secret@site.fr/a", "https://site.fr/a"},
		{"https://site.fr/a#b?c", "https://site.fr/a"},
		{"http://0x7f.1/", "http://127.0.0.1/"},
		{"http://[::1]:8080/a", "http://[::1]:8080/a"},
		{"https://site.fr./a", "https://site.fr/a"},
		{"https://site.fr//a//b/", "https://site.fr//a//b/"},
		// percent-encoding
		{"https://site.fr/%7ejean/%c3%a9", "https://site.fr/~jean/%C3%A9"},
		{"https://site.fr/a%2fb", "https://site.fr/a%2Fb"},
		{"https://site.fr/a%252fb", "https://site.fr/a%252fb"},
		{"https://site.fr/100%/%41", "https://site.fr/100%/%41"},
		{"https://site.fr/%%341", "https://site.fr/%%341"},
		// query
		{"https://site.fr/a?", "https://site.fr/a"},
		{"https://site.fr/?b=2&a=1", "https://site.fr/?b=2&a=1"},
		{"https://site.fr/?a=1&utm_source=x&b=2", "https://site.fr/?a=1&b=2"},
		{"https://site.fr/?utm_source=x&UTM_Medium=y&gclid=z", "https://site.fr/"},
		{"https://site.fr/?utm%5Fsource=x", "https://site.fr/"},
		{"https://site.fr/?a=1&amp;utm_source=x", "https://site.fr/?a=1"},
		{"https://site.fr/?a=1&&b=2", "https://site.fr/?a=1&&b=2"},
		{"https://site.fr/?cid=12&pkg=3&attribut=4&ref=5", "https://site.fr/?cid=12&pkg=3&attribut=4&ref=5"},
		{"https://site.fr/?at_medium=email&pk_campaign=x&mtm_kwd=y&xtor=EPR-1", "https://site.fr/"},
		{"https://site.fr/?amp;amp;amp;fbclid=x", "https://site.fr/"},
		{"https://site.fr/?%s", "https://site.fr/?%s"},
		// sessions
		{"https://site.fr/a.do;jsessionid=0A1B.node1?b=1", "https://site.fr/a.do?b=1"},
		{"https://site.fr/a?access_token=x&b=1&Password=soleil", "https://site.fr/a?b=1"},
		{"https://site.fr/a?token=ghp_Qu1Ceu7xYz8Kp2Lm7", "https://site.fr/a"},
		{"https://site.fr/a?token=9f86d081884c7d659a2feaa0c55ad015", "https://site.fr/a"},
		{"https://site.fr/doc?key=rapport-annuel-2023", "https://site.fr/doc?key=rapport-annuel-2023"},
		{"https://site.fr/doc?auth=jean-dupont-12345&secret=recettes", "https://site.fr/doc?auth=jean-dupont-12345&secret=recettes"},
		{"https://site.fr/doc?key=%E6%97%A5%E6%9C%AC%E8%AA%9E%E6%97%A5", "https://site.fr/doc?key=%E6%97%A5%E6%9C%AC%E8%AA%9E%E6%97%A5"},
		{"https://site.fr/a?token=accueil&key=a-propos-de-nous", "https://site.fr/a?token=accueil&key=a-propos-de-nous"},
		{"https://site.fr/a?key=2026/rapport-annuel-2026", "https://site.fr/a?key=2026/rapport-annuel-2026"},
		{"https://site.fr/a;v=1;JSESSIONID=x;w=2/b", "https://site.fr/a;v=1;w=2/b"},
		{"https://site.fr/a/;jsessionid=x", "https://site.fr/a/"},
		{"https://site.fr/a/..;jsessionid=x", "https://site.fr/a/..;jsessionid=x"},
		{"https://site.fr/(S(lit3py55t21z5v55vlm25s55))/orderform.aspx", "https://site.fr/orderform.aspx"},
		{"https://site.fr/(S(lit3py55t21z5v55vlm25s55));jsessionid=1", "https://site.fr/"},
		{"https://site.fr/(Sommaire)/a", "https://site.fr/(Sommaire)/a"},
		{"https://site.fr/?PHPSESSID=1&id=3", "https://site.fr/?id=3"},
		{"https://site.fr/?sid=3", "https://site.fr/?sid=3"},
		{"https://site.fr/?sid=0123456789abcdef0123456789abcdef", "https://site.fr/"},
		{"https://site.fr/?session=presentationdunouveauproduit", "https://site.fr/?session=presentationdunouveauproduit"},
		{"https://site.fr/?_=1700000000000&_=2", "https://site.fr/?_=2"},
	}
	for _, tt := range tests {
		got, err := Canonical(tt.raw)
		if err != nil || got != tt.want {
			t.Errorf("Canonical(%q) = %q, %v; want %q", tt.raw, got, err, tt.want)
		}
		if again, err := Canonical(got); again != got || err != nil {
			t.Errorf("Canonical(%q) = %q, %v: not idempotent", got, again, err)
		}
	}
}

func TestRefused(t *testing.T) {
	tests := []struct {
		raw  string
		want error
	}{
		{"javascript:void(0)", ErrNotWeb}, {" JavaScript:void(0)", ErrNotWeb}, {"java\nscript:x", ErrNotWeb},
		{"mailto:a@b.fr", ErrNotWeb}, {"tel:+33400000000", ErrNotWeb}, {"data:text/html," + strings.Repeat("a", 9000), ErrNotWeb},
		{"file:///etc/passwd", ErrNotWeb}, {"ftp://a/", ErrNotWeb}, {"ms-word:ofe|u|http://a/x.docx", ErrNotWeb}, {"about:blank", ErrNotWeb},
		{"http://", ErrInvalid}, {"http://a:99999/", ErrInvalid}, {"http://[::1", ErrInvalid}, {"http://a b/", ErrInvalid}, {"http://site.fr../", ErrInvalid},
		{"", ErrInvalid}, {"a/b", ErrInvalid}, {"//a/b", ErrInvalid},
		{"https://site.fr/" + strings.Repeat("a", 2000), ErrLong}, {"https://site.fr/" + strings.Repeat("é", 600), ErrLong}, {"https://site.fr/" + strings.Repeat("a", 90000), ErrLong},
	}
	for _, tt := range tests {
		if got, err := Canonical(tt.raw); !errors.Is(err, tt.want) || got != "" {
			t.Errorf("Canonical(%.60q) = %q, %v; want %v", tt.raw, got, err, tt.want)
		}
	}
}

func TestJoin(t *testing.T) {
	const page = "https://site.fr/dossier/page?x=1"
	tests := []struct{ base, ref, want string }{
		{"", "", page}, {"", "#haut", page}, {"", "?y=2", "https://site.fr/dossier/page?y=2"}, {"", "?", "https://site.fr/dossier/page"},
		{"", "autre", "https://site.fr/dossier/autre"}, {"", "./autre", "https://site.fr/dossier/autre"}, {"", "../autre", "https://site.fr/autre"},
		{"", "..", "https://site.fr/"}, {"", ".", "https://site.fr/dossier/"}, {"", "a/..", "https://site.fr/dossier/"}, {"", "a/../../../b", "https://site.fr/b"},
		{"", "/a", "https://site.fr/a"}, {"", "//autre.fr/a", "https://autre.fr/a"}, {"", "//autre.fr", "https://autre.fr/"},
		{"", "https://site.fr/b?utm_source=x", "https://site.fr/b"}, {"", "https://site.fr", "https://site.fr/"}, {"", "https://site.fr?a", "https://site.fr/?a"},
		{"", "https://site.fraude.com/", "https://site.fraude.com/"}, {"", "http:autre", "http://autre/"}, {"", "https:autre", "https://site.fr/dossier/autre"},
		{"", `\\serveur\partage`, "https://serveur/partage"}, {"", "espace dans le nom", "https://site.fr/dossier/espace%20dans%20le%20nom"},
		{"", "a;b:c@d", "https://site.fr/dossier/a;b:c@d"}, {"", "x?'", "https://site.fr/dossier/x?%27"},
		{"/fr/", "a", "https://site.fr/fr/a"}, {"https://autre.fr/x/y", "a", "https://autre.fr/x/a"}, {"//autre.fr", "a", "https://autre.fr/a"},
		{"javascript:/", "a", "https://site.fr/dossier/a"}, {"http://[::1", "/a", "https://site.fr/a"}, {"data:,", "", page},
	}
	for _, tt := range tests {
		b, err := NewBase(page, tt.base)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := b.Join(tt.ref); err != nil || got != tt.want {
			t.Errorf("base %q: Join(%q) = %q, %v; want %q", tt.base, tt.ref, got, err, tt.want)
		}
	}
	b, _ := NewBase(page, "")
	for _, ref := range []string{"mailto:a@b.fr", "deux::points", "tel:1"} {
		if got, err := b.Join(ref); !errors.Is(err, ErrNotWeb) {
			t.Errorf("Join(%q) = %q, %v; want ErrNotWeb", ref, got, err)
		}
	}
	if _, err := NewBase("mailto:x", ""); !errors.Is(err, ErrNotWeb) {
		t.Errorf("NewBase(mailto:x) = %v", err)
	}
}

func TestJoinRaw(t *testing.T) {
	b, err := NewBase("https://site.fr/a/b", "")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]string{
		"photo.jpg?w=300&utm_source=x#y":     "https://site.fr/a/photo.jpg?w=300&utm_source=x",
		"/i/%c3%a9.png;jsessionid=1":         "https://site.fr/i/%c3%a9.png;jsessionid=1",
		"https://u:p@cdn.fr/é.png?sig=%41b#": "https://cdn.fr/%C3%A9.png?sig=%41b",
	}
	for ref, want := range tests {
		if got, err := b.JoinRaw(ref); err != nil || got != want {
			t.Errorf("JoinRaw(%q) = %q, %v; want %q", ref, got, err, want)
		}
	}
}

func TestParts(t *testing.T) {
	tests := []struct{ addr, host, name, origin, path, target string }{
		{"https://site.fr/a/b?c=d", "site.fr:443", "site.fr", "https://site.fr", "/a/b", "/a/b?c=d"},
		{"http://site.fr:8080/", "site.fr:8080", "site.fr", "http://site.fr:8080", "/", "/"},
		{"http://[::1]/a?b?c/d", "[::1]:80", "[::1]", "http://[::1]", "/a", "/a?b?c/d"},
		{"http://[::1]:81/", "[::1]:81", "[::1]", "http://[::1]:81", "/", "/"},
		{"", "", "", "", "/", ""},
	}
	for _, tt := range tests {
		if h, n, o, p, g := Host(tt.addr), Name(tt.addr), Origin(tt.addr), Path(tt.addr), Target(tt.addr); h != tt.host || n != tt.name || o != tt.origin || p != tt.path || g != tt.target {
			t.Errorf("%q: %q %q %q %q %q", tt.addr, h, n, o, p, g)
		}
	}
}

func TestPattern(t *testing.T) {
	families := map[string][]string{
		"site.fr:443/agenda/#":            {"https://site.fr/agenda/2025-01-02", "https://site.fr/agenda/1", "https://site.fr/agenda/2031/12/31", "https://site.fr/agenda/2025.01.02"},
		"site.fr:443/agenda/#?view":       {"https://site.fr/agenda/2025-01-02?view=week", "https://site.fr/agenda/3?view=2&view=3"},
		"site.fr:443/c/?couleur&tri":      {"https://site.fr/c/?tri=a&couleur=b", "https://site.fr/c/?couleur=1&tri=2&couleur=3"},
		"site.fr:443/…/archives/d":        {"https://site.fr/d/archives/archives", "https://site.fr/archives/d/d/archives"},
		"site.fr:443/d/archives":          {"https://site.fr/d/archives"},
		"site.fr:443/doc/#":               {"https://site.fr/doc/550e8400-e29b-41d4-a716-446655440000", "https://site.fr/doc/9f86d081884c7d65", "https://site.fr/doc/x7Gh29KqLz81PwQa"},
		"site.fr:443/notre-histoire":      {"https://site.fr/notre-histoire"},
		"site.fr:443/p#/iso#":             {"https://site.fr/p2/iso9001", "https://site.fr/p17/iso14001"},
		"site.fr:443/facade/cafe/bebe/de": {"https://site.fr/facade/cafe/bebe/de"},
	}
	for want, addrs := range families {
		for _, a := range addrs {
			if got := Pattern(a); got != want {
				t.Errorf("Pattern(%q) = %q; want %q", a, got, want)
			}
		}
	}
}

func TestErrorsQuoteNothing(t *testing.T) {
	tests := map[string]string{
		"https://u:secret@":        "it has a password but no host",
		"https://u:secret@a:port/": "its port is no number up to 65535",
		"https://u:secret@a b/":    "its host is no valid name",
		"www.site.fr":              "it does not begin with http:// or https://",
	}
	for raw, want := range tests {
		_, err := Canonical(raw)
		if err == nil || !strings.HasSuffix(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("Canonical(%q): %v; want %q", raw, err, want)
		}
	}
}

// A Base serves many goroutines; run with -race this fails when the parser's way writes to it.
func TestBaseIsShared(t *testing.T) {
	b, err := NewBase("https://site.fr/a/b?c=d", "")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan string)
	for range 4 {
		go func() {
			got := ""
			for range 50 {
				got, _ = b.Join("été")
			}
			done <- got
		}()
	}
	for range 4 {
		if got := <-done; got != "https://site.fr/a/%C3%A9t%C3%A9" {
			t.Error(got)
		}
	}
}
