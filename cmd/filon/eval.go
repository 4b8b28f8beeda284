package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/crawler/extract/score"
)

func evalCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "eval", ArgsUsage: say.in(T{FR: "DOSSIER", EN: "DIR"}),
			Usage: say.in(T{FR: "mesurer la lecture des pages sur un corpus annoté", EN: "measure the reading of pages on a labelled corpus"}),
			Description: say.in(T{
				FR: "Reconnaît trois corpus par leurs fichiers : une copie de WordPress avec gold.jsonl, article-extraction-benchmark (ground-truth.json) et web-content-extraction (page_types.json). Affiche le F1 par sac de mots, les titres et dates exacts, le temps par page.",
				EN: "Knows three corpora by their files: a WordPress copy with gold.jsonl, article-extraction-benchmark (ground-truth.json) and web-content-extraction (page_types.json). Prints the bag-of-words F1, exact titles and dates, and the time per page."}),
			Action: func(c *cli.Context) error { return eval(say, c.Args().First()) },
		},
		Examples: []example{{"filon eval corpora/wordpress-fr-dev", T{FR: "F1 du texte principal, titres, dates", EN: "F1 of the main text, titles, dates"}}},
		MinArgs:  1, MaxArgs: 1,
	}
}

func eval(say *speaker, dir string) error {
	known := []struct {
		file string
		run  func(string) (score.Result, error)
	}{{"gold.jsonl", score.WordPress}, {"ground-truth.json", score.Articles}, {"page_types.json", score.WebContent}}
	var names []string
	for _, k := range known {
		names = append(names, k.file)
		if _, err := os.Stat(filepath.Join(dir, k.file)); err != nil {
			continue
		}
		result, err := k.run(dir)
		if err != nil {
			return couldNot(err, T{FR: "le corpus ne se lit pas : %s", EN: "the corpus cannot be read: %s"})
		}
		say.raw(fmt.Sprintln(result))
		return nil
	}
	return askedWrongly(T{FR: "%s n'est pas un corpus connu", EN: "%s is no known corpus"}.with(dir),
		T{FR: "il doit contenir %s", EN: "it must hold %s"}.with(strings.Join(names, ", ")))
}
