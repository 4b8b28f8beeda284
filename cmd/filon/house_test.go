package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rooms says which room may import which. A room that is not listed does not belong to the house;
// one that is listed may not be built yet. Tests may import more.
var rooms = map[string][]string{
	"cmd/filon":          {"…"}, // the only place that knows all of them
	"cmd/filon/demosite": {},
	"cmd/filon/deliver":  {},
	"cmd/filon/outbox":   {"crawler/truth"},
	"cmd/filon/schedule": {},

	"crawler": {"crawler/address", "crawler/content", "crawler/extract", "crawler/feed", "crawler/folder", "crawler/frontier",
		"crawler/render", "crawler/robots", "crawler/session", "crawler/sitemap", "crawler/wordpress"},
	"crawler/address":               {},
	"crawler/content":               {},
	"crawler/extract":               {"crawler/address", "crawler/content"},
	"crawler/extract/score":         {"crawler/content", "crawler/extract", "crawler/extract/score/corpus"},
	"crawler/extract/score/corpus":  {},
	"crawler/feed":                  {"crawler/address"},
	"crawler/folder":                {},
	"crawler/frontier":              {},
	"crawler/frontier/frontiertest": {"crawler/frontier"},
	"crawler/frontier/sqlite":       {"crawler/frontier", "crawler/truth"},
	"crawler/render":                {},
	"crawler/robots":                {"crawler/address"},
	"crawler/session":               {"crawler/extract"},
	"crawler/session/vault":         {},
	"crawler/sitemap":               {"crawler/address", "crawler/feed"},
	"crawler/truth":                 {},
	"crawler/wordpress":             {},

	"classify":          {"classify/kind", "classify/lexicon", "classify/register", "classify/told", "crawler/content"},
	"classify/lexicon":  {},
	"classify/register": {"classify/linear"},
	"classify/told":     {"classify/linear", "classify/tokens"},
	"classify/kind":     {"classify/linear", "classify/tokens"},
	"classify/linear":   {},
	"classify/tokens":   {},
	"classify/post":     {"classify", "crawler/content"},

	"index":          {"classify", "crawler/content", "crawler/truth", "index/template", "index/twins", "index/words"},
	"index/template": {"crawler/content"},
	"index/twins":    {},
	"index/words":    {},
	"index/export":   {"classify", "classify/post", "crawler/address", "crawler/content", "index"},
	"index/curation": {"classify", "crawler/content", "index"},
	"index/report":   {"classify", "crawler/content", "index"},
	"index/web":      {"classify", "crawler/content", "index", "index/curation", "index/export", "index/report"},
}

// libraries says which room owns which library. Its types never cross that room's door. The longest
// name that begins an import path counts.
var libraries = map[string]string{
	"github.com/urfave/cli":       "cmd/filon",
	"github.com/goccy/go-yaml":    "cmd/filon",
	"golang.org/x/term":           "cmd/filon",
	"github.com/gocolly/colly":    "crawler",
	"golang.org/x/time":           "crawler",
	"github.com/nlnwa/whatwg-url": "crawler/address",
	"github.com/mmcdole/gofeed":   "crawler/feed",
	"modernc.org/sqlite":          "crawler/truth",
	"github.com/chromedp":         "crawler/render",

	"golang.org/x/net/html":              "crawler/extract",
	"github.com/klippa-app/go-pdfium":    "crawler/extract",
	"github.com/tetratelabs/wazero":      "crawler/extract",
	"github.com/bep/imagemeta":           "crawler/extract",
	"golang.org/x/image":                 "crawler/extract",
	"github.com/gabriel-vasile/mimetype": "crawler/extract",
	"github.com/abadojack/whatlanggo":    "crawler/extract",
	"github.com/richardlehane/mscfb":     "crawler/extract",
	"github.com/richardlehane/msoleps":   "crawler/extract",

	"github.com/Azure/go-ntlmssp":        "crawler/session",
	"filippo.io/age":                     "crawler/session/vault",
	"github.com/jcmturner/gokrb5":        "crawler/session",
	"software.sslmate.com/src/go-pkcs12": "crawler/session",
	"golang.org/x/net/publicsuffix":      "crawler/session",

	"github.com/nyaruka/phonenumbers": "classify",
	"github.com/rivo/uniseg":          "classify/post",

	"github.com/go-json-experiment/json":     "index",
	"github.com/klauspost/compress":          "index",
	"github.com/blevesearch/bleve":           "index",
	"github.com/blevesearch/bleve_index_api": "index",
	"github.com/gofrs/flock":                 "index",
	"github.com/blevesearch/snowballstem":    "index/words",
	"github.com/xuri/excelize":               "index/export",
}

// annex holds what the Go project itself keeps beside its standard library and what many rooms need:
// Unicode tables and system calls. Any room but content may use it.
var annex = []string{"golang.org/x/text", "golang.org/x/sys"}

// The top level is the user's: nothing else may stand there but dot files and what a build leaves.
var topLevel = regexp.MustCompile(`^(cmd|crawler|index|classify|go\.mod|go\.sum|README\.md|LICENSE|\..*|filon(\.exe)?|.*\.(test|prof))$`)

var bannedNames = []string{"util", "utils", "common", "helper", "helpers", "base", "types", "models", "model", "core", "pkg", "internal", "misc", "shared", "lib"}

// listed is what go list says of one package.
type listed struct {
	ImportPath, Name, Dir, Doc string
	GoFiles, Imports           []string
}

func (p listed) room() string { return strings.TrimPrefix(p.ImportPath, "filon/") }

func house(t *testing.T) (root string, packages []listed) {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Name,Dir,Doc,GoFiles,Imports", "./...")
	cmd.Dir = root
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, errs.String())
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) > 0 {
			packages = append(packages, p)
		}
	}
	if len(packages) == 0 {
		t.Fatal("go list found no package")
	}
	return root, packages
}

func TestHouseImports(t *testing.T) {
	_, packages := house(t)
	for _, p := range packages {
		for _, complaint := range complaints(p) {
			t.Error(complaint)
		}
	}
}

// complaints are the imports of a package that the two maps do not allow.
func complaints(p listed) []string {
	var found []string
	allowed, known := rooms[p.room()]
	if !known {
		found = append(found, fmt.Sprintf("%s is not a room of the house: give it its line in the map rooms, or its code to a room that exists", p.room()))
	}
	for _, imported := range p.Imports {
		if other, ours := strings.CutPrefix(imported, "filon/"); ours {
			if known && !slices.Contains(allowed, "…") && !slices.Contains(allowed, other) {
				found = append(found, fmt.Sprintf("%s imports %s: imports point upstream (index, classify, crawler/content), see rooms", p.room(), other))
			}
			continue
		}
		if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
			continue // the standard library
		}
		owner, name := ownerOf(imported)
		switch {
		case p.room() == "crawler/content":
			found = append(found, fmt.Sprintf("crawler/content imports %s: it lives on the standard library alone", imported))
		case slices.ContainsFunc(annex, func(a string) bool { return imported == a || strings.HasPrefix(imported, a+"/") }):
		case owner == "":
			found = append(found, fmt.Sprintf("%s imports %s, which nobody owns: name its one room in libraries", p.room(), imported))
		case owner != p.room():
			found = append(found, fmt.Sprintf("%s imports %s, but %s belongs to %s", p.room(), imported, name, owner))
		}
	}
	return found
}

func ownerOf(imported string) (owner, library string) {
	for name, room := range libraries {
		if (imported == name || strings.HasPrefix(imported, name+"/")) && len(name) > len(library) {
			owner, library = room, name
		}
	}
	return owner, library
}

// The checker itself must see what it is there for.
func TestHouseImportsAreSeen(t *testing.T) {
	for _, c := range []struct {
		room, imported, says string
	}{
		{"classify", "filon/index", "imports point upstream"},
		{"crawler/content", "golang.org/x/text/unicode/norm", "standard library alone"},
		{"classify", "github.com/urfave/cli/v2", "belongs to cmd/filon"},
		{"index", "github.com/nobody/knows", "nobody owns"},
		{"crawler/pkg", "fmt", "not a room"},
		{"index", "filon/classify", ""},
		{"cmd/filon", "filon/crawler/truth", ""},
		{"index", "github.com/blevesearch/bleve/v2/search", ""},
		{"index", "github.com/blevesearch/snowballstem/french", "belongs to index/words"},
	} {
		got := strings.Join(complaints(listed{ImportPath: "filon/" + c.room, Imports: []string{c.imported}}), "\n")
		if (c.says == "") != (got == "") || !strings.Contains(got, c.says) {
			t.Errorf("%s imports %s: got %q, want %q", c.room, c.imported, got, c.says)
		}
	}
}

func TestHouseTopLevelAndNames(t *testing.T) {
	root, packages := house(t)
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !topLevel.MatchString(e.Name()) {
			t.Errorf("%s stands at the top level: all code lives in cmd, crawler, index and classify", e.Name())
		}
	}
	for _, p := range packages {
		if slices.Contains(bannedNames, p.Name) || slices.Contains(bannedNames, path.Base(p.ImportPath)) {
			t.Errorf("package %s: the name says nothing; name it for what it does", p.ImportPath)
		}
		if p.Doc == "" {
			t.Errorf("package %s has no package comment: what the room does, In, Out, Never", p.ImportPath)
		}
	}
	say := &speaker{}
	for _, build := range commands {
		file := build(say).Name + ".go"
		if _, err := os.Stat(file); err != nil {
			t.Errorf("a command lives in the file of its name: %v", err)
		}
	}
}

// Only cmd prints, logs or exits; in cmd, only main.go exits. Nobody leaves a TODO.
func TestHouseIsQuiet(t *testing.T) {
	_, packages := house(t)
	for _, p := range packages {
		for _, name := range p.GoFiles {
			file := filepath.Join(p.Dir, name)
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, noise := range noises(file, src, strings.HasPrefix(p.room(), "cmd/"), name == "main.go") {
				t.Error(noise)
			}
		}
	}
}

func noises(file string, src []byte, isCmd, isMain bool) []string {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, file, src, parser.ParseComments)
	if err != nil {
		return []string{err.Error()}
	}
	var found []string
	complain := func(n ast.Node, what string) {
		found = append(found, fmt.Sprintf("%s: %s", fset.Position(n.Pos()), what))
	}
	packageOf := map[string]string{} // local name to import path
	for _, i := range tree.Imports {
		p := strings.Trim(i.Path.Value, `"`)
		local := path.Base(p)
		if i.Name != nil {
			local = i.Name.Name
		}
		packageOf[local] = p
		if p == "log" && !isCmd {
			complain(i, "imports log: only cmd logs")
		}
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if id, ok := call.Fun.(*ast.Ident); ok && (id.Name == "println" || id.Name == "print") && id.Obj == nil {
				complain(n, id.Name+": only cmd prints")
			}
		}
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		id, ok := sel.X.(*ast.Ident)
		if !ok || id.Obj != nil {
			return true
		}
		switch name := sel.Sel.Name; packageOf[id.Name] {
		case "os":
			if name == "Exit" && !isMain {
				complain(n, "os.Exit: the only one is in main.go")
			}
			if (name == "Stdout" || name == "Stderr") && !isCmd {
				complain(n, "os."+name+": only cmd prints")
			}
		case "fmt":
			if strings.HasPrefix(name, "Print") {
				complain(n, "fmt."+name+": only cmd prints, and on the writers it was given")
			}
		case "log/slog":
			if slices.Contains([]string{"Debug", "Info", "Warn", "Error", "Log", "Default", "SetDefault", "DebugContext", "InfoContext", "WarnContext", "ErrorContext"}, name) {
				complain(n, "slog."+name+": log on a logger that cmd gives")
			}
		}
		return true
	})
	for _, group := range tree.Comments {
		for _, c := range group.List {
			if regexp.MustCompile(`^(//|/\*)\s*(TODO|FIXME|XXX|HACK)\b`).MatchString(c.Text) {
				complain(c, "an unfinished thing is an issue, not a comment")
			}
		}
	}
	return found
}

func TestHouseNoiseIsHeard(t *testing.T) {
	for src, want := range map[string]string{
		`import "fmt"; func f() { fmt.Println() }`:                  "only cmd prints",
		`import "os"; func f() { os.Exit(1) }`:                      "the only one is in main.go",
		`import o "os"; var w = o.Stderr`:                           "only cmd prints",
		`import "log"; var l = log.New(nil, "", 0)`:                 "only cmd logs",
		`import "log/slog"; func f() { slog.Info("") }`:             "on a logger that cmd gives",
		`func f() { println() }`:                                    "only cmd prints",
		"// TODO later\nvar a int":                                  "an issue",
		`import "fmt"; var s = fmt.Sprintf("")`:                     "",
		`import "log/slog"; func f(l *slog.Logger) { l.Info("") }`:  "",
		"// A draft is marked TODO, brouillon or lorem.\nvar a int": "",
	} {
		got := strings.Join(noises("x.go", []byte("package x\n"+src), false, false), "\n")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", src, got, want)
		}
	}
}
