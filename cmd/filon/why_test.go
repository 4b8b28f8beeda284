package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestBecause(t *testing.T) {
	for english, french := range map[string]string{
		"the page limit left 68 known addresses unvisited":                                                   "la limite de pages a laissé 68 adresses connues sans visite",
		"intranet: signing in failed":                                                                        "intranet : la connexion a échoué",
		"www.exemple.fr was left alone: it answered 503 and asks to be left alone for 1h0m0s":                "www.exemple.fr a été laissé de côté : il a répondu 503 et demande qu'on le laisse 1h0m0s",
		"the server answered 403: this identity may not see it":                                              "le serveur a répondu 403 : cette identité ne peut pas la voir",
		"robots.txt line 3: Disallow: /prive":                                                                "robots.txt, ligne 3 : Disallow: /prive",
		"partage: 20 of 45 items would have left in one run, which is more than a site loses; they are kept": "partage : 20 contenus sur 45 seraient partis d'un coup, plus qu'un site n'en perd ; ils sont gardés",
		"something new": "something new",
		"":              "",
	} {
		if got := because(english); got.FR != french || got.EN != english {
			t.Errorf("%q: %q, %q", english, got.FR, got.EN)
		}
	}
}

// Every line that the crawler writes beside a state is known here.
func TestEveryReasonIsKnown(t *testing.T) {
	said := regexp.MustCompile(`(?:ended\(frontier\.\w+|content\.(?:Broken|TooLarge|TimedOut|Unsupported|NoText|NeedsOCR)), (?:fmt\.Sprintf\()?"([^"]+)"`)
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
			line := strings.NewReplacer("%d", "12", "%s", "a", "%v", "a").Replace(m[1])
			if strings.HasSuffix(line, ": ") || strings.HasSuffix(line, "to ") || strings.HasSuffix(line, "page ") || strings.HasSuffix(line, "says ") {
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
