package crawler

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"filon/crawler/content"
)

// wordOf gives a name of letters only, another for every n.
func wordOf(n int) string {
	var b strings.Builder
	for i := n + 26; i > 0; i /= 26 {
		b.WriteByte(byte('a' + i%26))
	}
	return b.String()
}

func textPage(addr, text string) content.Item {
	return content.Item{Address: addr, MIME: "text/html", Title: "Titre", H1: "Titre", Text: text}
}

// own is a text that no other n has.
func own(n int) string {
	w := wordOf(n * 7919)
	return fmt.Sprintf("Le dossier %s raconte %s et %s.\n\nEnsuite vient %s avec %s pour finir.", w, w+"ment", w+"age", w+"eur", w+"ure")
}

// The families that must be stopped, and those a step from the line that must not. addr and text give the
// pages in the order of their visits; the guard is asked before each.
func TestTraps(t *testing.T) {
	const site = "https://site.fr"
	for _, c := range []struct {
		name       string
		addr, text func(n int) string
		pages      int
		most       int // visits; 0 when all are to be made, -n when the last n and at most 150 of the others
	}{
		{"a calendar without end",
			func(n int) string { return fmt.Sprintf("%s/agenda/%d/%d", site, 2020+n/12, n%12+1) },
			func(n int) string { return fmt.Sprintf("Agenda de %d\n\nAucun rendez-vous ce mois-ci.", n) }, 5000, 60},
		{"a calendar with one event a year",
			func(n int) string { return fmt.Sprintf("%s/agenda/%d/%d", site, 2020+n/12, n%12+1) },
			func(n int) string {
				if n%12 == 0 {
					return own(n)
				}
				return "Aucun rendez-vous ce mois-ci."
			}, 5000, 200},
		{"a blog", func(n int) string { return fmt.Sprintf("%s/blog/%d", site, n) }, own, 5000, 0},
		{"a blog of which one post in six is a copy", func(n int) string { return site + "/blog/" + wordOf(n) }, func(n int) string {
			if n%6 == 0 {
				return "La même page, encore."
			}
			return own(n)
		}, 5000, 0},
		{"sort orders of one list",
			func(n int) string {
				return fmt.Sprintf("%s/produits?tri=%s&page=%d", site, []string{"prix", "nom", "date"}[n%3], n/3)
			},
			func(n int) string { return own(n / 3 % 20) }, 3000, 140},
		{"facets in every combination",
			func(n int) string {
				var q []string
				for i, f := range []string{"couleur", "taille", "marque", "prix", "matiere", "style", "saison", "note"} {
					if (n+1)>>i&1 == 1 {
						q = append(q, fmt.Sprintf("%s=%s", f, []string{"rouge", "bleu", "vert"}[n%3]))
					}
				}
				return fmt.Sprintf("%s/produits?%s", site, strings.Join(append(q, fmt.Sprint("page=", n)), "&"))
			},
			func(n int) string { return own(n % 10) }, 5000, 250},
		{"pages of a list that each bring news", func(n int) string { return fmt.Sprintf("%s/actualites?page=%d", site, n) }, own, 3000, 0},
		{"a shop whose facets bring nothing, and its products after them",
			func(n int) string {
				if n >= 3000 {
					return fmt.Sprintf("%s/boutique/%s", site, wordOf(n))
				}
				var q []string
				for i, f := range []string{"couleur", "taille", "marque", "prix", "matiere", "style", "saison", "note"} {
					if (n+1)>>i&1 == 1 {
						q = append(q, fmt.Sprintf("%s=%s", f, []string{"rouge", "bleu", "vert"}[n%3]))
					}
				}
				return fmt.Sprintf("%s/boutique/?%s", site, strings.Join(append(q, fmt.Sprint("page=", n)), "&"))
			},
			func(n int) string {
				if n >= 3000 {
					return own(n)
				}
				return own(n % 10)
			}, 3500, -500},
		{"the licence page of every page of a wiki",
			func(n int) string { return fmt.Sprintf("%s/w/%s/licence", site, wordOf(n)) },
			func(n int) string {
				return "Licence " + wordOf(n) + "\n\nCette page est sous licence libre, comme toutes les autres de ce wiki, qui disent la même chose."
			}, 5000, 160},
		{"the pages of a wiki, with their licences between them",
			func(n int) string {
				return fmt.Sprintf("%s/w/%s%s", site, wordOf(n/2), []string{"", "/licence"}[n%2])
			},
			func(n int) string {
				if n%2 == 1 {
					return "Cette page est sous licence libre, comme toutes les autres."
				}
				return own(n)
			}, 4000, 2000 + 120},
		{"a path that grows for ever",
			func(n int) string {
				path := ""
				for i := range n%12 + 1 {
					path += "/" + wordOf(n*31+i)
				}
				return site + "/x" + path
			},
			func(n int) string { return "Suite, suite, et encore la suite de la suite de ce qui précède." }, 5000, 500},
		{"a session in every link",
			func(n int) string { return fmt.Sprintf("%s/page?zsid=%s", site, wordOf(n*7919)) },
			func(n int) string { return own(1) }, 3000, 60},
		{"photographs", func(n int) string { return fmt.Sprintf("%s/photos/%d", site, n) }, nil, 1000, 0},
		{"pages without a word", func(n int) string { return fmt.Sprintf("%s/vide/%d", site, n) }, func(int) string { return "" }, 1000, 40},
	} {
		t.Run(c.name, func(t *testing.T) {
			guard := newTraps()
			visits, lastly := 0, 0
			for n := range c.pages {
				addr := c.addr(n)
				do, family, reason := guard.advise(addr, false)
				if do == visitNever {
					if !strings.Contains(family, "site.fr:443/") || !strings.Contains(reason, family) {
						t.Fatalf("%s: family %q, reason %q", addr, family, reason)
					}
					continue
				}
				if do == visitLast {
					lastly++
				}
				item := textPage(addr, "")
				if c.text != nil {
					item.Text = c.text(n)
				} else {
					item.Images = []content.Image{{Address: addr + ".jpg", Role: "content"}}
				}
				guard.visited(addr, sketchOf(item))
				visits++
			}
			if c.most == 0 && visits != c.pages {
				t.Errorf("%d of %d pages visited", visits, c.pages)
			}
			if c.most < 0 && (visits < -c.most || visits > -c.most+150) {
				t.Errorf("%d pages visited, want the last %d and few of the others", visits, -c.most)
			}
			if c.most > 0 && visits > c.most {
				t.Errorf("%d pages visited, want at most %d", visits, c.most)
			}
			if c.most > 0 && lastly == 0 {
				t.Error("never put off before it was stopped")
			}
			if c.most > 0 && visits < 20 {
				t.Errorf("stopped after %d pages", visits)
			}
		})
	}
}

// A page that a script fills says nothing, so nothing is concluded from it.
func TestTrapsCountNoShells(t *testing.T) {
	guard := newTraps()
	for n := range 500 {
		item := textPage(fmt.Sprintf("https://site.fr/app/%d", n), "")
		item.Problem = &content.Problem{Code: content.NeedsRender}
		if do, _, _ := guard.advise(item.Address, false); do != visitNow {
			t.Fatalf("page %d: %v", n, do)
		}
		guard.visited(item.Address, sketchOf(item))
	}
}

// What is remembered of the visits decides as the guard that saw them.
func TestTrapsResume(t *testing.T) {
	type visit struct {
		addr string
		s    sketch
	}
	var past []visit
	whole := newTraps()
	address := func(n int) string {
		return []string{fmt.Sprintf("https://site.fr/agenda/%d", n), fmt.Sprintf("https://site.fr/w/%s/licence", wordOf(n)), fmt.Sprintf("https://site.fr/blog/%s?vue=%d", wordOf(n), n)}[n%3]
	}
	for n := range 600 {
		a := address(n)
		if n == 200 || n == 333 {
			again := newTraps()
			for _, v := range past {
				again.visited(v.addr, v.s)
			}
			whole = again
		}
		text := "Rien de neuf ici."
		if n%3 == 2 {
			text = own(n)
		}
		if do, _, _ := whole.advise(a, false); do != visitNever {
			s := sketchOf(textPage(a, text))
			whole.visited(a, s)
			past = append(past, visit{a, s})
		}
	}
	undisturbed := newTraps()
	var want []string
	for n := range 600 {
		a := address(n)
		text := "Rien de neuf ici."
		if n%3 == 2 {
			text = own(n)
		}
		if do, _, _ := undisturbed.advise(a, false); do != visitNever {
			undisturbed.visited(a, sketchOf(textPage(a, text)))
			want = append(want, a)
		}
	}
	var got []string
	for _, v := range past {
		got = append(got, v.addr)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d visits when cut off twice, %d when not", len(got), len(want))
	}
	if len(want) == 600 {
		t.Error("nothing was stopped")
	}
}

// However many forms a site has, the guard stays small.
func TestTrapsAreBounded(t *testing.T) {
	guard := newTraps()
	for n := range 60_000 {
		addr := fmt.Sprintf("https://h%s.fr/%s/%s/%s?%s=%s", wordOf(n%300), wordOf(n), wordOf(n*3), wordOf(n*5), wordOf(n*11), wordOf(n*13))
		guard.visited(addr, sketchOf(textPage(addr, own(n))))
	}
	if guard.nodes > templateNodes+templateNames {
		t.Errorf("%d nodes", guard.nodes)
	}
	if guard.lines > templateMemory+templateNodes*templateLeast {
		t.Errorf("%d lines", guard.lines)
	}
}

func TestFamilyPattern(t *testing.T) {
	for addr, want := range map[string]string{
		"https://site.fr/agenda/2026/11":       "/agenda/*",
		"https://site.fr/liste?page=3":         "/liste?*",
		"https://site.fr/":                     "/",
		"https://site.fr/a/b/a/b/c":            "/**",
		"https://site.fr/a/b/c/d/e/f/g/h/i/j/": "/a/b/c/d/e/f/g/h/**",
	} {
		guard := newTraps()
		family, _ := guard.visited(addr, sketchOf(textPage(addr, own(1))))
		got := FamilyPattern(family)
		if got != want {
			t.Errorf("%s: family %q, pattern %q, want %q", addr, family, got, want)
		}
		scope, err := NewScope(Source{Name: "s", Seeds: []string{"https://site.fr/"}, Traps: Traps{Allow: []string{got}}})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(want, "/**") && !scope.Allows(addr) {
			t.Errorf("%s does not allow %s", got, addr)
		}
	}
	if got := FamilyPattern("site.fr:443/liste?tri=prix"); got != "/liste?*tri=prix*" {
		t.Error(got)
	}
}

func FuzzTraps(f *testing.F) {
	f.Add("https://site.fr/a/b?c=d&e=f", "un texte\nde deux lignes")
	f.Add("https://site.fr/a//a/…/?=&?", "")
	f.Fuzz(func(t *testing.T, addr, text string) {
		guard := newTraps()
		for range 60 {
			guard.visited(addr, sketchOf(textPage(addr, text)))
		}
		do, family, reason := guard.advise(addr, false)
		if do != visitNow && (family == "" || reason == "") {
			t.Errorf("%v without a family or a reason", do)
		}
	})
}

// Night after night the same months of a calendar are looked at, whether their pages are asked for or rest.
func TestTrapsOfManyNights(t *testing.T) {
	server := httptest.NewServer(&village{methods: map[string]bool{}})
	defer server.Close()
	dir, keep := t.TempDir(), &shelf{items: map[string]content.Item{}}
	var first []string
	for night := range 6 {
		crawlWith(t, dir, server.URL, keep, func(o *Options) { o.Day = o.Day.AddDate(0, 0, night) })
		if got := keep.paths(server.URL); night == 0 {
			first = got
		} else if !slices.Equal(got, first) {
			t.Fatalf("night %d has %d pages, the first had %d", night, len(got), len(first))
		}
	}
}

// What a site lists in its sitemap is read, though the pages are much alike; not without end.
func TestListedPagesMayBeAlike(t *testing.T) {
	guard := newTraps()
	visits := map[bool]int{}
	for _, listed := range []bool{false, true} {
		for n := range 3000 {
			addr := fmt.Sprintf("http://site.fr/chantier/%d", n)
			if do, _, _ := guard.advise(addr, listed); do == visitNever {
				break
			}
			guard.visited(addr, sketchOf(textPage(addr, "Rien de neuf sur ce chantier.")))
			visits[listed]++
		}
	}
	if visits[false] > 100 || visits[true] < 500 || visits[true] > 2500 {
		t.Errorf("visited %d that only links name, %d that the site lists", visits[false], visits[true])
	}
}
