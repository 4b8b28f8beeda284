package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/classify/register"
)

func learnCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "learn", ArgsUsage: say.in(T{FR: "decisions | registers TEXTES [ANNOTATIONS] | types ÉTIQUETTES… | pages PAGES… | sentences LEÇONS TEXTES…", EN: "decisions | registers TEXTS [ANNOTATIONS] | types LABELS… | pages PAGES… | sentences LESSONS TEXTS…"}),
			Usage: say.in(T{FR: "apprendre : le score, de vos décisions ; les modèles des registres, des types et des phrases à retenir, de contenus étiquetés", EN: "learn: the score, from your decisions; the models of registers, of types and of sentences to hold back, from labelled items"}),
			Description: say.in(T{
				FR: "Avec decisions, les poids et les seuils du score sont ajustés à ce que des personnes ont décidé dans cet inventaire (filon decide, filon sample read), sans oublier ceux d'origine ; mesurés sur des décisions non vues, ils ne sont gardés que s'ils font mieux, dans le dossier des données. Aucune règle n'en est affaiblie. --dry-run montre, --forget revient en arrière. TEXTES est un TSV (étiquettes séparées par des espaces, tabulation, texte ; .gz admis), ou un texte par ligne avec ANNOTATIONS, une table dont chaque colonne note une fonction de 0 à 2. Les mêmes textes donnent le même modèle, à l'octet près, sur toute machine. --folds mesure par validation croisée ; -o écrit le modèle. Ceux de filon sont classify/register/fr.model et en.model. Avec types, des fichiers d'ÉTIQUETTES (voyez filon eval ; FICHIER@DOSSIER nomme l'inventaire où chercher les adresses) donnent les poids des indices, classify/type_weights.txt ; chaque fichier est mesuré par ce que les autres apprennent. Avec pages, des PAGES (JSONL : type, language, title, text) apprennent les types aux mots seuls ; -o écrit classify/kind/kind.model. Avec sentences, les LEÇONS (dossier de phrases à retenir et d'autres, comme classify/told/lessons) et des TEXTES ordinaires, un par ligne (ce qui précède une tabulation est laissé de côté ; ou des pages, JSONL : title, text), apprennent les phrases à retenir ; -o écrit classify/told/told.model.",
				EN: "With decisions, the weights and thresholds of the score are fitted to what people have decided in this inventory (filon decide, filon sample read), without forgetting the built-in ones; they are measured on decisions that were not seen and kept, in the data folder, only where they do better. No rule is weakened by them. --dry-run shows, --forget goes back. TEXTS is a TSV (labels separated by spaces, tab, text; .gz allowed), or one text on each line with ANNOTATIONS, a table whose columns grade a function from 0 to 2. The same texts give the same model, byte for byte, on any machine. --folds measures by cross-validation; -o writes the model. filon's own are classify/register/fr.model and en.model. With types, files of LABELS (see filon eval; FILE@DIR names the inventory in which addresses are looked up) give the weights of the evidence, classify/type_weights.txt; each file is measured by what the others teach. With pages, PAGES (JSONL: type, language, title, text) teach the types by words alone; -o writes classify/kind/kind.model. With sentences, the LESSONS (a folder of sentences to hold back and of others, as classify/told/lessons) and ordinary TEXTS, one on each line (what stands before a tab is left out; or pages, JSONL: title, text), teach the sentences to hold back; -o writes classify/told/told.model."}),
			Flags: []cli.Flag{dataFlag(say), configFlag(say), todayFlag(say), mapFlag(say),
				&cli.IntFlag{Name: "folds", Usage: say.in(T{FR: "mesurer par validation croisée en `N` parts", EN: "measure by cross-validation in `N` parts"})},
				&cli.BoolFlag{Name: "dry-run", Usage: say.in(T{FR: "de decisions : montrer, sans rien écrire", EN: "of decisions: show, and write nothing"})},
				&cli.BoolFlag{Name: "forget", Usage: say.in(T{FR: "de decisions : revenir aux poids d'origine", EN: "of decisions: go back to the built-in weights"})},
				&cli.BoolFlag{Name: "anew", Usage: say.in(T{FR: "de types : oublier ce que filon a appris avant", EN: "of types: forget what filon learned before"})},
				&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: say.in(T{FR: "écrire le modèle dans ce `FICHIER`", EN: "write the model into this `FILE`"})}},
			Action: func(c *cli.Context) error {
				if err := oneOf("learn", c.Args().First(), []string{"decisions", "registers", "types", "pages", "sentences"}); err != nil {
					return err
				}
				switch what := c.Args().First(); {
				case what == "decisions":
					return learnDecisions(say, c)
				case c.Bool("dry-run") || c.Bool("forget"):
					return askedWrongly(T{FR: "--dry-run et --forget ne valent que pour filon learn decisions", EN: "--dry-run and --forget are for filon learn decisions only"}, T{FR: "-o écrit ce que les autres apprennent", EN: "-o writes what the others learn"})
				case c.NArg() < 2:
					return askedWrongly(T{FR: "filon learn %s attend au moins un fichier", EN: "filon learn %s wants at least one file"}.with(what), T{FR: "voyez filon learn --help", EN: "see filon learn --help"})
				case what == "types":
					return learnTypes(say, c)
				case what == "pages":
					return learnPages(say, c)
				case what == "sentences":
					return learnSentences(say, c)
				}
				return learnRegisters(say, c)
			},
		},
		Examples: []example{
			{"filon learn decisions --dry-run", T{FR: "ce que vos décisions apprendraient au score", EN: "what your decisions would teach the score"}},
			{"filon learn registers frecore.tsv.gz --folds 10", T{FR: "le F1 de chaque registre, par validation croisée", EN: "the F1 of each register, by cross-validation"}},
			{"filon learn registers ftd-en.ol ftd-en.csv -o en.model", T{FR: "apprendre et écrire un modèle", EN: "learn and write a model"}},
			{"filon learn types a.csv b.jsonl@.filon --map mots.txt -o type_weights.txt", T{FR: "apprendre et écrire les poids des types", EN: "learn and write the weights of the types"}}},
		MinArgs: 1, MaxArgs: 20,
	}
}

func learnRegisters(say *speaker, c *cli.Context) error {
	if c.NArg() > 3 {
		return askedWrongly(T{FR: "trop de fichiers", EN: "too many files"}, T{FR: "voyez filon learn --help", EN: "see filon learn --help"})
	}
	folds := c.Int("folds")
	if folds == 0 && c.String("output") == "" || folds == 1 || folds < 0 {
		return askedWrongly(T{FR: "rien à faire", EN: "nothing to do"}, T{FR: "dites --folds 10 pour mesurer, -o FICHIER pour écrire", EN: "say --folds 10 to measure, -o FILE to write"})
	}
	read := func() ([]register.Example, register.Task, error) {
		if c.NArg() == 3 {
			return readGraded(c.Args().Get(1), c.Args().Get(2))
		}
		examples, err := readRegisters(c.Args().Get(1))
		return examples, coreTask, err
	}
	examples, task, err := read()
	if err != nil {
		return askedWrongly(T{FR: "les textes ne se lisent pas : %v", EN: "the texts cannot be read: %v"}.with(err), T{FR: "voyez filon learn --help", EN: "see filon learn --help"})
	}
	if folds > 1 {
		tallies, err := register.CrossValidate(task, examples, min(folds, len(examples)))
		if err != nil {
			return couldNot(err, T{FR: "rien n'a pu être appris : %s", EN: "nothing could be learned: %s"})
		}
		say.registers(T{FR: "validation croisée en %d parts, %d texte{s}", EN: "cross-validation in %d parts, %d text{s}"}.with(folds, len(examples)), tallies)
	}
	if out := c.String("output"); out != "" {
		m, err := register.Learn(task, examples)
		if err != nil {
			return couldNot(err, T{FR: "rien n'a pu être appris : %s", EN: "nothing could be learned: %s"})
		}
		var b bytes.Buffer
		m.WriteTo(&b)
		if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
			return couldNot(err, T{FR: "le modèle n'a pas pu être écrit : %s", EN: "the model could not be written: %s"})
		}
		say.line(T{FR: "%s : %d octets, appris de %d texte{s}", EN: "%s: %d bytes, learned from %d text{s}"}.with(out, b.Len(), len(examples)))
	}
	return nil
}

// evalRegisters measures the built-in model of French on labelled texts.
func evalRegisters(say *speaker, name string) error {
	examples, err := readRegisters(name)
	if err != nil {
		return askedWrongly(T{FR: "%s ne se lit pas : %v", EN: "%s cannot be read: %v"}.with(name, err), T{FR: "une ligne par texte : étiquettes, tabulation, texte", EN: "one line for each text: labels, tab, text"})
	}
	say.registers(T{FR: "modèle embarqué (fr), %d texte{s} ; il a appris de registers-dev", EN: "built-in model (fr), %d text{s}; it has learned from registers-dev"}.with(len(examples)), register.Of("fr").Measure(examples))
	return nil
}

func (s *speaker) registers(title T, tallies []register.Tally) {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\tF1\n", s.in(T{FR: "registre", EN: "register"}), s.in(T{FR: "textes", EN: "texts"}), s.in(T{FR: "précision", EN: "precision"}), s.in(T{FR: "rappel", EN: "recall"}))
	macro := 0.0
	for _, t := range tallies[1:] {
		io.WriteString(w, T{FR: "%s\t%d\t%.3f\t%.3f\t%.3f\n", EN: "%s\t%d\t%.3f\t%.3f\t%.3f\n"}.with(t.Label, t.There, ratio(t.Right, t.Said), ratio(t.Right, t.There), t.F1()).in(s.lang))
		macro += t.F1() / float64(len(tallies)-1)
	}
	w.Flush()
	s.line(title)
	s.raw(b.String())
	all := tallies[0]
	s.line(T{FR: "F1 micro %.3f (précision %.3f, rappel %.3f), macro %.3f", EN: "micro F1 %.3f (precision %.3f, recall %.3f), macro %.3f"}.with(all.F1(), ratio(all.Right, all.Said), ratio(all.Right, all.There), macro))
}

func ratio(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// coreTask tells the registers of CORE apart: nine main ones, and those kinds of them that are frequent
// enough to learn.
var coreTask = register.Task{
	Labels: strings.Fields("HI ID IN IP LY MT NA OP SP DS NE PB DT EN RV DF DP CB OB"),
	Parent: map[string]string{"DS": "IP", "NE": "NA", "PB": "NA", "CB": "NA", "DT": "IN", "EN": "IN", "DP": "IN", "RV": "OP", "OB": "OP", "DF": "ID"},
}

const (
	maxTextsBytes = 256 << 20
	pieceBytes    = 2500
	pieces        = 3
)

// exampleOf makes a text ready: folded, with its first pages as pieces of their own.
func exampleOf(text string, labels []string) register.Example {
	e := register.Example{Text: classify.Fold(text), Caps: register.CapitalsOf(text), Labels: labels}
	for k := range pieces {
		from := k * pieceBytes
		if k > 0 && from+pieceBytes/2 >= len(text) {
			break
		}
		part := strings.ToValidUTF8(text[from:min(len(text), from+pieceBytes)], "")
		e.Pieces = append(e.Pieces, register.Piece{Text: classify.Fold(part), Caps: register.CapitalsOf(part)})
	}
	return e
}

// readTexts gives the lines of a file, unpacked when it ends in .gz.
func readTexts(name string, line func(string) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	lines := bufio.NewScanner(io.LimitReader(r, maxTextsBytes))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		if err := line(lines.Text()); err != nil {
			return err
		}
	}
	return lines.Err()
}

func readRegisters(name string) (all []register.Example, err error) {
	err = readTexts(name, func(line string) error {
		labels, text, ok := strings.Cut(line, "\t")
		if !ok {
			return fmt.Errorf("line %d has no tab", len(all)+1)
		}
		all = append(all, exampleOf(text, strings.Fields(labels)))
		return nil
	})
	if err == nil && len(all) == 0 {
		err = errors.New("no text")
	}
	return all, err
}

// spaced are the spaces that a tokeniser puts around marks.
var spaced = regexp.MustCompile(` ([.,;:!?%)\]])|([(\[]) | ('(?:s|re|ve|ll|d|m|t)\b)`)

// readGraded reads one text on each line and a table with a row for each: an ID, then a grade from 0 to
// 2 in each column. A grade of 1 or more is a label.
func readGraded(texts, table string) (all []register.Example, task register.Task, err error) {
	data, err := readFile(table, maxLabelBytes)
	if err != nil {
		return nil, task, err
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma = '\t'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, task, err
	}
	if len(rows) < 3 || len(rows[0]) < 2 {
		return nil, task, errors.New("the table is empty")
	}
	task.Labels = rows[0][1:]
	err = readTexts(texts, func(line string) error {
		n := len(all) + 1
		if n >= len(rows) {
			return fmt.Errorf("%d texts but %d rows", n, len(rows)-1)
		}
		var labels []string
		for k, grade := range rows[n][1:] {
			if g, err := strconv.ParseFloat(grade, 64); err == nil && g >= 1 {
				labels = append(labels, task.Labels[k])
			}
		}
		all = append(all, exampleOf(spaced.ReplaceAllString(line, "$1$2$3"), labels))
		return nil
	})
	if err == nil && len(all) != len(rows)-1 {
		err = fmt.Errorf("%d texts but %d rows", len(all), len(rows)-1)
	}
	return all, task, err
}
