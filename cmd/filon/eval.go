package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/crawler/extract"
	"filon/crawler/extract/score"
)

func evalCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "eval", ArgsUsage: say.in(T{FR: "ÉTIQUETTES|DOSSIER", EN: "LABELS|DIR"}),
			Usage: say.in(T{FR: "mesurer le jugement sur des contenus étiquetés, ou la lecture sur un corpus", EN: "measure the judging on labelled items, or the reading on a corpus"}),
			Description: say.in(T{
				FR: `ÉTIQUETTES est un CSV, un JSONL, ou un JSON qui tient une liste "items". Chaque ligne désigne un contenu par address (cherché dans l'inventaire), par file (un fichier, relatif à ÉTIQUETTES) ou par text (avec title, language, visibility, published, tags), et dit type, verdict, ou les deux ; plusieurs réponses justes s'écrivent a|b. Les fuites viennent d'abord : ce qui ne doit pas sortir et que filon dit publiable. Un TSV de registres (étiquettes, tabulation, texte ; .gz admis) mesure le modèle de registres. Un DOSSIER de corpus mesure la lecture : une copie de WordPress avec gold.jsonl, article-extraction-benchmark (ground-truth.json), web-content-extraction (page_types.json), ou des documents et des images, comparés à pdftotext, LibreOffice et exiftool là où ils sont installés.`,
				EN: `LABELS is a CSV, a JSONL, or a JSON file that holds a list "items". Each line names an item by address (looked up in the inventory), by file (relative to LABELS) or by text (with title, language, visibility, published, tags), and says type, verdict, or both; several right answers are written a|b. Leaks come first: what must not leave and filon calls publishable. A TSV of registers (labels, tab, text; .gz allowed) measures the register model. A DIR of a corpus measures the reading: a WordPress copy with gold.jsonl, article-extraction-benchmark (ground-truth.json), web-content-extraction (page_types.json), or documents and pictures, compared with pdftotext, LibreOffice and exiftool where these are installed.`}),
			Flags: []cli.Flag{dataFlag(say), configFlag(say), todayFlag(say), mapFlag(say),
				&cli.BoolFlag{Name: "blind", Usage: say.in(T{FR: "cacher l'adresse et ce que dit le CMS (fil d'Ariane, catégories, classes, JSON-LD)", EN: "hide the address and what the CMS says (breadcrumb, categories, classes, JSON-LD)"})},
				&cli.BoolFlag{Name: "errors", Usage: say.in(T{FR: "lister chaque désaccord", EN: "list each disagreement"})}},
			Action: func(c *cli.Context) error { return eval(say, c) },
		},
		Examples: []example{
			{"filon eval etiquettes.csv", T{FR: "précision, rappel et F1 par type et par verdict", EN: "precision, recall and F1 per type and per verdict"}},
			{"filon eval etiquettes.csv --blind --errors", T{FR: "sans les indices de l'adresse et du CMS, chaque désaccord listé", EN: "without the hints of address and CMS, each disagreement listed"}},
			{"filon eval corpora/wordpress-fr-dev", T{FR: "F1 du texte principal, titres, dates", EN: "F1 of the main text, titles, dates"}},
			{"filon eval corpora/documents", T{FR: "texte des documents, droits des images, pannes, durées", EN: "text of documents, rights of pictures, crashes, times"}}},
		MinArgs: 1, MaxArgs: 1,
	}
}

func mapFlag(say *speaker) cli.Flag {
	return &cli.StringFlag{Name: "map", Usage: say.in(T{FR: "ce que valent d'autres mots que ceux de filon, une ligne par mot : news = site_news|award_cert (`FICHIER`)", EN: "what words other than filon's own stand for, one line each: news = site_news|award_cert (`FILE`)"})}
}

// eval tells what is measured by what it is given: a folder is a corpus, a table of registers has tabs,
// any other file holds labels.
func eval(say *speaker, c *cli.Context) error {
	name := c.Args().First()
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return askedWrongly(T{FR: "%s n'existe pas", EN: "%s does not exist"}.with(name), T{FR: "donnez un fichier d'étiquettes ou un dossier de corpus", EN: "give a file of labels or the folder of a corpus"})
	case info.IsDir():
		return evalReading(c, say, name)
	case strings.HasSuffix(name, ".tsv"), strings.HasSuffix(name, ".tsv.gz"):
		return evalRegisters(say, name)
	}
	return evalLabels(say, c, name)
}

func evalReading(c *cli.Context, say *speaker, dir string) error {
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
	if !hasDocuments(dir) {
		return askedWrongly(T{FR: "%s n'est pas un corpus connu", EN: "%s is no known corpus"}.with(dir),
			T{FR: "il doit contenir des documents, ou %s", EN: "it must hold documents, or %s"}.with(strings.Join(names, ", ")))
	}
	reader := newReader("")
	defer reader.Close()
	result, err := score.Documents(c.Context, dir, reader.Read)
	if err != nil {
		return couldNot(err, T{FR: "le corpus ne se lit pas : %s", EN: "the corpus cannot be read: %s"})
	}
	say.raw(fmt.Sprintln(result))
	return nil
}

// hasDocuments tells whether a folder holds a file that filon reads as a document or a picture.
func hasDocuments(dir string) bool {
	found := errors.New("found")
	return errors.Is(filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if k := extract.Readable("", filepath.ToSlash(p)); k == extract.KindDocument || k == extract.KindImage {
				return found
			}
		}
		return nil
	}), found)
}
