package index

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"filon/classify"
	"filon/crawler/content"
)

type golden struct {
	query                  string
	must, not, first, only []string
	hasOnly, hasFirst      bool
}

func readGolden(t *testing.T) (pages []Record, queries []golden) {
	t.Helper()
	file, err := os.ReadFile("testdata/golden.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		line = strings.TrimSpace(line)
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "", "#":
		case "page":
			f := strings.Fields(rest)
			r := page(f[0], f[1], "", "")
			r.Item.Published = content.Date{}
			for _, set := range f[2:] {
				name, value, _ := strings.Cut(set, "=")
				switch name {
				case "type":
					r.Verdict.Type = value
				case "verdict":
					r.Verdict.Outcome = classify.Outcome(value)
				case "source":
					r.Item.Source = value
				case "mime":
					r.Item.MIME = value
				case "dept":
					r.Item.Department = value
				case "date":
					day, err := time.Parse(time.DateOnly, value)
					if err != nil {
						t.Fatal(err)
					}
					r.Item.Published.Time = day
				default:
					t.Fatalf("%s: %s", line, name)
				}
			}
			pages = append(pages, r)
		case "find":
			g := golden{}
			parts := strings.Split(rest, "|")
			g.query = strings.TrimSpace(parts[0])
			for _, p := range parts[1:] {
				kind, list, _ := strings.Cut(p, ":")
				paths := strings.Fields(list)
				switch strings.TrimSpace(kind) {
				case "must":
					g.must = paths
				case "not":
					g.not = paths
				case "first":
					g.first, g.hasFirst = paths, true
				case "only":
					g.only, g.hasOnly = paths, true
				default:
					t.Fatalf("%s: %s", line, kind)
				}
			}
			queries = append(queries, g)
		default:
			last := &pages[len(pages)-1].Item
			switch word {
			case "=":
				last.Title = rest
			case ">":
				last.Headings = append(last.Headings, content.Heading{Level: 2, Text: rest})
			case "~":
				last.Description = rest
			default:
				last.Text += line + "\n\n"
			}
		}
	}
	return pages, queries
}

func TestGolden(t *testing.T) {
	pages, queries := readGolden(t)
	if len(pages) < 60 || len(queries) < 120 {
		t.Fatalf("%d pages and %d queries", len(pages), len(queries))
	}
	x, _, _ := house(t, Options{Write: true})
	keep(t, x, pages...)
	for _, g := range queries {
		got := paths(t, x, Query{Text: g.query, Limit: 100})
		for _, p := range append(slices.Clone(g.must), g.first...) {
			if !slices.Contains(got, p) {
				t.Errorf("%s: does not find %s, only %v", g.query, p, got)
			}
		}
		for _, p := range g.not {
			if slices.Contains(got, p) {
				t.Errorf("%s: finds %s", g.query, p)
			}
		}
		if g.hasFirst && (len(got) == 0 || got[0] != g.first[0]) {
			t.Errorf("%s: best hit is not %s: %v", g.query, g.first[0], got)
		}
		if g.hasOnly {
			a, b := slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(g.only))
			if !slices.Equal(a, b) {
				t.Errorf("%s: finds %v, want only %v", g.query, a, b)
			}
		}
	}
}

func TestBadQueriesGetOneClearLine(t *testing.T) {
	x, _, _ := house(t, Options{Write: true})
	keep(t, x, page("/a", "fr", "Titre", "Texte"))
	for query, part := range map[string]string{
		`"chef de`: "never closed", "« chef": "never closed", "(a OU b": "never closed", "a b)": "never opened", "a OU": "both sides", "OU a": "both sides", "AND a": "both sides",
		"NOT": "after it", "auteur:dupont": "no field", "verdict:oui": "no verdict", "type:étude": "no type", "visibilité:interne": "no visibilité", "format:pdf": "no format", "a*": "at least 2 letters", "on": "common words",
		"type:": "value", strings.Repeat("a ", 100): "64 words", strings.Repeat("é", 2000): "longer", strings.Repeat("(", 20): "nested", "\xff": "UTF-8",
	} {
		_, err := x.Search(context.Background(), Query{Text: query})
		var bad *QueryError
		if !errors.As(err, &bad) || bad.Says.FR == bad.Says.EN || strings.Contains(bad.Says.FR, "%!") || !strings.Contains(err.Error(), part) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q gives %v", query, err)
		}
	}
	for _, query := range []string{"http://exemple.fr/a", "12:30", "9001:2015", "-", "--", "?!", "a - b", "«»", `""`, "c:d*e", "*", "a~2^3", "+texte", "texte/", "[a TO b]"} {
		_, err := x.Search(context.Background(), Query{Text: query})
		var bad *QueryError
		if err != nil && !errors.As(err, &bad) {
			t.Errorf("%q gives %v", query, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`vélo -"a b" OR (c* d)`, "type:x (", "« a »", "- -", "a:b:c", "((((((((((", "NOT NOT a", "OU", "a*b*"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := parse(text)
		if err == nil {
			_, err = compile(n)
		}
		var bad *QueryError
		if err != nil && !errors.As(err, &bad) {
			t.Fatal(err)
		}
	})
}
