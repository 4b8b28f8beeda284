package address

import (
	"strings"
	"testing"
)

func TestFile(t *testing.T) {
	for _, c := range []struct{ name, addr, unix, windows string }{
		{"/srv/partage", "file:///srv/partage", "/srv/partage", "/srv/partage"},
		{"/srv/partage/", "file:///srv/partage/", "/srv/partage/", "/srv/partage/"},
		{"file:///srv/partage/été 2026.docx", "file:///srv/partage/%C3%A9t%C3%A9%202026.docx", "/srv/partage/été 2026.docx", "/srv/partage/été 2026.docx"},
		{"file:/srv/a", "file:///srv/a", "/srv/a", "/srv/a"},
		{"file://localhost/srv/a", "file:///srv/a", "/srv/a", "/srv/a"},
		{`C:\Partage\RH`, "file:///C:/Partage/RH", `C:\Partage\RH`, `C:\Partage\RH`},
		{`\\Serveur\Partage\RH\`, "file://serveur/Partage/RH/", "//serveur/Partage/RH/", `\\serveur\Partage\RH\`},
		{"file://serveur/partage", "file://serveur/partage", "//serveur/partage", `\\serveur\partage`},
		{"file:////serveur/partage", "file://serveur/partage", "//serveur/partage", `\\serveur\partage`},
		{"/srv//a/./b/../c", "file:///srv/a/c", "/srv/a/c", "/srv/a/c"},
		{"/../..", "file:///", "/", "/"},
		{"/srv/100%/a?b#c", "file:///srv/100%25/a%3Fb%23c", "/srv/100%/a?b#c", "/srv/100%/a?b#c"},
		{"/srv/\xff", "file:///srv/%FF", "/srv/\xff", "/srv/\xff"},
		{"partage", "", "", ""},
		{"", "", "", ""},
		{"file://user@serveur/x", "", "", ""},
		{"/a\x00b", "", "", ""},
		{"/" + strings.Repeat("é", 5000), "", "", ""},
	} {
		got, err := File(c.name)
		if got != c.addr || (err != nil) != (c.addr == "") {
			t.Errorf("File(%q) = %q, %v; want %q", c.name, got, err, c.addr)
			continue
		}
		if err != nil {
			continue
		}
		if again, err := File(got); again != got || err != nil {
			t.Errorf("File(%q) = %q, %v: not idempotent", got, again, err)
		}
		if p := filePath(got, false); p != c.unix {
			t.Errorf("path of %s = %q; want %q", got, p, c.unix)
		}
		if p := filePath(got, true); p != c.windows {
			t.Errorf("path of %s on Windows = %q; want %q", got, p, c.windows)
		}
	}
	if h := Host("file:///srv/a"); h != "file:" {
		t.Errorf("host %q", h)
	}
	if h := Host("file://serveur/a"); h != "file:serveur" {
		t.Errorf("host %q", h)
	}
	if Shown("https://site.fr/a%20b") != "https://site.fr/a%20b" || FilePath("https://site.fr/") != "" {
		t.Error("a web address is no path")
	}
}

func FuzzFile(f *testing.F) {
	for _, s := range []string{"/srv/a", `\\s\p`, `C:\x`, "file:///a%20b", "file://h/%2e%2e/x", "//a", "file:////a/b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		addr, err := File(name)
		if err != nil {
			return
		}
		if again, err := File(addr); err != nil || again != addr {
			t.Errorf("File(%q) = %q, and of that %q, %v", name, addr, again, err)
		}
		if strings.Contains(addr, "/../") || strings.Contains(addr, "?") {
			t.Errorf("%q leaves %q", name, addr)
		}
		if _, err := Canonical(addr); err == nil {
			t.Errorf("%q passes for a web address", addr)
		}
	})
}
