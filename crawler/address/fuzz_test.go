package address

import (
	"strings"
	"testing"
)

var seeds = []string{"", "#", "?", "a", "/a/b?c=d#e", "../..", "./a/./b/../c/.", "a//b", "//h.fr/x", "http://h.fr", "https://site.fr/a?utm_source=x", "http:a", "\\\\h\\x", "%2e%2E/%41%zz",
	"é?é#é", "a;jsessionid=1/..;jsessionid=2", "(S(lit3py55t21z5v55vlm25s55))/a", "?a&amp;fbclid=1", "http://u:p@h.fr:80/", "http://1.2.3", "http://xn--a/", "https://a-.b--c.fr", "?a'b", "/.//x", "http://h.fr.", "http://h..fr",
	"mailto:x", "java\tscript:x", "http://a.0x1", "http://a.b.1c/", "\xff", "%%34%31", "a|b^c`{}", "https://site.fr:443/", "https://SITE.fr/"}

func FuzzCanonical(f *testing.F) {
	for _, s := range seeds {
		f.Add("https://site.fr/" + s)
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := Canonical(raw)
		if err != nil {
			if got != "" {
				t.Fatalf("Canonical(%q) = %q with %v", raw, got, err)
			}
			return
		}
		if again, err := Canonical(got); again != got {
			t.Fatalf("Canonical(%q) = %q, and of that %q, %v", raw, got, again, err)
		}
		if Origin(got)+Target(got) != got || !strings.HasPrefix(Target(got), "/") || Host(got) == "" || Pattern(got) == "" {
			t.Fatalf("parts of %q", got)
		}
		if len(got) > MaxBytes || strings.ContainsAny(got, "# \n\t") || strings.Contains(Path(got), `\`) {
			t.Fatalf("Canonical(%q) = %q", raw, got)
		}
	})
}

// FuzzJoin holds the fast way to the standard's parser.
func FuzzJoin(f *testing.F) {
	for _, s := range seeds {
		f.Add("https://site.fr/a/b?c", "", s)
		f.Add("http://site.fr:8080", "/x/", s)
	}
	f.Fuzz(func(t *testing.T, page, href, ref string) {
		b, err := NewBase(page, href)
		if err != nil {
			return
		}
		got, err := b.Join(ref)
		var want string
		trimmed, slowErr := door(ref)
		if slowErr == nil {
			want, slowErr = finishParsed(trimmed, b.parsed)
		}
		if got != want || (err == nil) != (slowErr == nil) {
			t.Fatalf("page %q base %q ref %q: Join %q, %v; parser %q, %v", page, href, ref, got, err, want, slowErr)
		}
		if raw, err := b.JoinRaw(ref); err == nil {
			if c, err := Canonical(raw); err == nil && c != got {
				t.Fatalf("page %q base %q ref %q: JoinRaw %q gives %q, not %q", page, href, ref, raw, c, got)
			}
		}
		// The same for an address that stands alone.
		if c, err := Canonical(ref); err == nil {
			if want, err := finishParsed(trimmed, nil); c != want {
				t.Fatalf("Canonical(%q) = %q; parser %q, %v", ref, c, want, err)
			}
		}
	})
}
