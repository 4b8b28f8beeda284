package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestBecause(t *testing.T) {
	for english, french := range map[string]string{
		"the page limit left 68 known addresses unvisited":                                                                                    "la limite de pages a laissé 68 adresses connues sans visite",
		"intranet: signing in failed":                                                                                                         "intranet : la connexion a échoué",
		"www.exemple.fr was left alone: it answered 503 and asks to be left alone for 1h0m0s":                                                 "www.exemple.fr a été laissé de côté : il a répondu 503 et demande qu'on le laisse 1h0m0s",
		"the server answered 403: this identity may not see it":                                                                               "le serveur a répondu 403 : cette identité ne peut pas la voir",
		"robots.txt line 3: Disallow: /prive":                                                                                                 "robots.txt, ligne 3 : Disallow: /prive",
		"partage: 20 of 45 items would have left in one run, which is more than a site loses; they are kept":                                  "partage : 20 contenus sur 45 seraient partis d'un coup, plus qu'un site n'en perd ; ils sont gardés",
		"x.fr is left alone: robots.txt: lookup x.fr on 10.0.0.1:53: no such host; the other hosts go on":                                     "x.fr est laissé de côté : robots.txt : le nom x.fr est inconnu (DNS) ; le reste continue",
		"x.fr is left alone: it answered 503 and asks to be left alone for 1h0m0s; the other hosts go on":                                     "x.fr est laissé de côté : il a répondu 503 et demande qu'on le laisse 1h0m0s ; le reste continue",
		"intranet is not visited: https://x.fr does not accept reader: check user and password":                                               "intranet n'est pas visité : https://x.fr n'accepte pas reader : vérifiez l'utilisateur et le mot de passe",
		"nothing has been done for 2m0s: an answer from https://x.fr/ (for 3s)":                                                               "rien n'a avancé depuis 2m0s : une réponse de https://x.fr/ (depuis 3s)",
		"nothing has been done for 2m0s: the run waits for x.fr until 10:00:00 (it rests after failures)":                                     "rien n'a avancé depuis 2m0s : le parcours attend x.fr jusqu'à 10:00:00 (il se repose après des échecs)",
		"a: 20 of 45 items would have left in one run, which is more than a site loses; they are kept; filon crawl --full lets them go":       "a : 20 contenus sur 45 seraient partis d'un coup, plus qu'un site n'en perd ; ils sont gardés ; filon crawl --full les laisse partir",
		`a: signed in, https://x.fr/ shows "Quitter", and not to anybody else: that text tells whether the session lasts`:                     `a : connecté, https://x.fr/ montre "Quitter", et à personne d'autre : ce texte dit si la session dure`,
		"a is left alone: the session ended after 3s, and signing in again failed: connection refused; what was visited since is not counted": "a est laissé de côté : la session s'est terminée après 3s et la reconnexion a échoué : connexion refusée : rien n'écoute à cette adresse et ce port ; ce qui a été visité depuis ne compte pas",
		"encrypted: damaged": "chiffré : abîmé",
		"something new":      "something new",
		"":                   "",
	} {
		got := because(english)
		if got.FR != french {
			t.Errorf("%q: %q", english, got.FR)
		}
		if got.EN != english && !strings.Contains(english, "no such host") && !strings.Contains(english, "connection refused") {
			t.Errorf("%q in English: %q", english, got.EN)
		}
	}
}

// Every line that the crawler says while it goes on is known here, and what these lines are made of.
func TestEveryLogLineIsKnown(t *testing.T) {
	makers := []string{"waitsFor", "words", "plainSignIn", "plainFile", "standing", "Error"}
	var said []string
	files, err := filepath.Glob("../../crawler/*.go")
	files = append(files, "../../crawler/session/refused.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			ast.Inspect(f.Body, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					if to, ok := n.Fun.(*ast.SelectorExpr); ok && to.Sel.Name == "Log" && len(n.Args) == 1 {
						said = append(said, sampleOf(n.Args[0]))
					}
				case *ast.ReturnStmt:
					for _, result := range n.Results {
						if slices.Contains(makers, f.Name.Name) {
							said = append(said, sampleOf(result))
						}
					}
				case *ast.AssignStmt:
					if f.Name.Name == "Error" && n.Tok == token.ASSIGN {
						said = append(said, sampleOf(n.Rhs[0]))
					}
				}
				return true
			})
		}
	}
	known := 0
	for _, line := range said {
		if len(strings.Fields(line)) < 3 { // made of other lines only
			continue
		}
		known++
		// What stands before a line may be of another one, or nothing.
		ways := []string{line, strings.TrimPrefix(line, "a"), "the session ended after " + line}
		if !slices.ContainsFunc(ways, func(way string) bool { return because(way).FR != way }) {
			t.Errorf("%q has no French", line)
		}
	}
	if known < 30 {
		t.Errorf("only %d lines were found: %q", known, said)
	}
}

// sampleOf is what an expression may give: its texts as they are, "a" for the rest.
func sampleOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return regexp.MustCompile("%[a-z]").ReplaceAllString(text, "a")
		}
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return sampleOf(e.X) + sampleOf(e.Y)
		}
	case *ast.CallExpr:
		if to, ok := e.Fun.(*ast.SelectorExpr); ok && to.Sel.Name == "Sprintf" {
			return sampleOf(e.Args[0])
		}
	}
	return "a"
}

// Every line that the crawler writes beside a state is known here.
func TestEveryReasonIsKnown(t *testing.T) {
	said := regexp.MustCompile(`(?:ended\(frontier\.\w+|content\.(?:Broken|TooLarge|TimedOut|Unsupported|NoText|NeedsOCR)), (?:fmt\.Sprintf\()?"([^"]+)"|return frontier\.\w+, "([^"]+)"|(?:\.Reason = frontier\.\w+|Code: content\.\w+), (?:Detail: )?(?:fmt\.Sprintf\()?"([^"]+)"`)
	pages, err := filepath.Glob("../../crawler/*.go")
	documents, _ := filepath.Glob("../../crawler/extract/*.go")
	files := slices.DeleteFunc(append(pages, documents...), func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(source), -1) {
			line := strings.NewReplacer("%d", "12", "%s", "a", "%v", "a").Replace(m[1] + m[2] + m[3])
			if strings.HasSuffix(line, ": ") || strings.HasSuffix(line, "to ") || strings.HasSuffix(line, "page ") || strings.HasSuffix(line, "says ") || strings.HasSuffix(line, "by ") || strings.HasSuffix(line, "none of ") {
				line += "a"
			}
			if strings.HasPrefix(line, "its name says ") {
				line += ", but it holds plain text"
			}
			if got := because(line); got.FR == line && line != "a of 12 bytes" {
				t.Errorf("%s: %q has no French", name, line)
			}
		}
	}
}
