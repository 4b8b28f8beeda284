package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/index"
	"filon/index/export"
)

func exportCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "export", ArgsUsage: say.in(T{FR: "[MOTS…]", EN: "[WORDS…]"}),
			Usage: say.in(T{FR: "écrire l'inventaire pour Excel ou un autre programme", EN: "write the inventory for Excel or another program"}),
			Description: say.in(T{
				FR: "Exporte tout ce que la recherche et les filtres laissent passer, copies comprises (duplicate_group et canonical les disent), jamais tronqué. Ce qui ne doit jamais sortir est masqué ; les données personnelles, les codes et les chiffres que les raisons cachent le sont dans tous les textes. Ce qui attend un accord garde le reste de ses mots, pour qui décide.",
				EN: "Exports all that the search and the filters let through, copies too (duplicate_group and canonical tell them), never cut short. What must never leave is masked; personal data, codes and figures that the reasons hide are masked in all texts. What waits for a yes keeps the rest of its words, for those who decide."}),
			Flags: append(filterFlags(say), dataFlag(say), configFlag(say),
				choice("format", "", []string{"csv", "xlsx", "jsonl"}, say.in(T{FR: "csv, xlsx ou jsonl ; sinon selon le nom du fichier, ou csv", EN: "csv, xlsx or jsonl; else by the name of the file, or csv"})),
				&cli.StringFlag{Name: "columns", Value: "default", Usage: say.in(T{FR: "default (20 colonnes), full (toutes) ou `NOM,NOM…`", EN: "default (20 columns), full (all) or `NAME,NAME…`"})},
				choice("locale", "", []string{"fr", "en"}, say.in(T{FR: "fr : points-virgules et virgule décimale, pour Excel français ; en : virgules", EN: "fr: semicolons and decimal commas, for French Excel; en: commas"})),
				forceFlag(say),
				&cli.BoolFlag{Name: "authors", Usage: say.in(T{FR: "nommer les auteurs (vide sans cela : l'inventaire est celui des contenus, pas des personnes)", EN: "name authors (empty otherwise: the inventory is one of content, not of people)"})},
				&cli.BoolFlag{Name: "labels", Usage: say.in(T{FR: "dans un CSV : titres de colonnes, verdicts et types en toutes lettres, comme dans le classeur", EN: "in a CSV: headings, verdicts and types in words, as in the workbook"})},
				&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: say.in(T{FR: "`FICHIER` à écrire ; sinon la sortie standard", EN: "`FILE` to write; else standard output"})}),
			Action: func(c *cli.Context) error { return exportAll(say, c) },
		},
		Examples: []example{
			{"filon export -o inventaire.xlsx", T{FR: "un classeur", EN: "a workbook"}},
			{"filon export --locale fr -o inventaire.csv", T{FR: "un CSV qui s'ouvre d'un double clic dans Excel français", EN: "a CSV that French Excel opens with a double click"}},
			{"filon export --verdict publishable,needs_edit --columns full -o idees.csv", T{FR: "ce qui peut servir, toutes les colonnes", EN: "what can be used, all columns"}},
		},
		MaxArgs: anyNumber,
	}
}

func exportAll(say *speaker, c *cli.Context) error {
	filter, err := filterOf(c)
	if err != nil {
		return err
	}
	columns, err := export.Select(c.String("columns"))
	if err != nil {
		var unknown *export.NoColumn
		if errors.As(err, &unknown) {
			return oneOf("columns", unknown.Name, append([]string{"default", "full"}, unknown.Known...))
		}
		return err
	}
	format, err := formatOf(c.String("format"), c.String("output"))
	if err != nil {
		return err
	}
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	locale := c.String("locale")
	if locale == "" {
		locale = say.lang
	}
	opts := exportOptions(say)
	opts.Lang, opts.Labels, opts.Authors = locale, format == "xlsx" || c.Bool("labels"), c.Bool("authors")
	if opts.Address, err = export.Shower(c.Context, s.index); err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	q := index.Query{Text: strings.Join(c.Args().Slice(), " "), Filter: filter}
	stories := storyCount{}
	records := stories.of(c.Context, s, filter, func(do func(index.Record) error) error { return s.index.Each(c.Context, q, do) })
	there, err := mayReplace(c.String("output"), c.Bool("force"), isInventory)
	if err != nil {
		return err
	}
	if err := keepFilledIn(c.String("output"), filledIn(there, s.holds(c.Context))); err != nil {
		return err
	}
	rows := 0
	err = into(say, c.String("output"), func(w io.Writer) (err error) {
		switch format {
		case "xlsx":
			rows, err = export.XLSX(w, columns, records, opts)
		case "jsonl":
			rows, err = export.JSONL(w, s.withUses(c, records), opts)
		default:
			rows, err = export.CSV(w, columns, records, export.DialectOf(locale), opts)
		}
		if err == nil && rows == 0 && there != nil {
			return errNothing
		}
		return err
	})
	if err != nil && !errors.Is(err, errNothing) {
		return badQuery(err)
	}
	if rows == 0 {
		if err := s.sourcesKnown(c, filter); err != nil {
			return err
		}
	}
	if err != nil {
		return nothingFor(c.String("output"))
	}
	where := c.String("output")
	if where == "" {
		where = say.in(T{FR: "la sortie standard", EN: "standard output"})
	}
	judgedBy, err := s.judgedBy(c.Context)
	if err != nil {
		return err
	}
	say.note(T{FR: "%d {contenu écrit|contenus écrits}%s dans %s", EN: "%d item{s}%s written to %s"}.with(rows-stories.copies, copies(stories.copies), where))
	say.note(judgedBy)
	return nil
}

// storyCount counts the copies among records, as a search does: what tells a story again, or tells one of another verdict.
type storyCount struct {
	copies int
	groups map[string]bool
}

// of gives the records that a filter lets through, counted anew on each walk.
func (n *storyCount) of(ctx context.Context, s *stock, f index.Filter, records export.Records) export.Records {
	return func(do func(index.Record) error) error {
		n.copies, n.groups = 0, map[string]bool{}
		return records(func(rec index.Record) error {
			if rec.Group == "" {
				return do(rec)
			}
			counted := false
			if !n.groups[rec.Group] {
				n.groups[rec.Group] = true
				var err error
				if counted, err = s.index.Counted(ctx, rec.Group, f); err != nil {
					return err
				}
			}
			if !counted {
				n.copies++
			}
			return do(rec)
		})
	}
}

// withUses gives every record with the uses of its pictures.
func (s *stock) withUses(c *cli.Context, records export.Records) export.Records {
	return func(do func(index.Record) error) error {
		return records(func(rec index.Record) error {
			if err := s.index.CountUses(c.Context, &rec); err != nil {
				return err
			}
			return do(rec)
		})
	}
}

func formatOf(asked, output string) (string, error) {
	ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(output)), ".")
	switch {
	case asked != "" && asked != ext && (ext == "csv" || ext == "xlsx" || ext == "jsonl"):
		return "", askedWrongly(T{FR: "%s écrit dans un .%s", EN: "%s written to a .%s"}.with(asked, ext), T{FR: "ôtez --format, ou nommez le fichier .%s", EN: "leave --format out, or name the file .%s"}.with(asked))
	case asked != "":
		return asked, nil
	case ext == "" || ext == "csv" || ext == "txt":
		return "csv", nil
	case ext == "xlsx" || ext == "jsonl":
		return ext, nil
	}
	return "", askedWrongly(T{FR: "format inconnu : .%s", EN: "unknown format: .%s"}.with(ext), T{FR: "écrivez dans un .csv, .xlsx ou .jsonl, ou dites --format", EN: "write to a .csv, .xlsx or .jsonl, or say --format"})
}

// into writes a whole file or none: the file takes its name when it is complete, so that a full disk
// leaves an earlier export as it was. Without a name it writes to standard output.
func into(say *speaker, name string, write func(io.Writer) error) error {
	if name == "" || name == "-" {
		return write(say.out)
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() || os.IsPathSeparator(name[len(name)-1]) {
		return askedWrongly(T{FR: "%s est un dossier, pas un fichier à écrire", EN: "%s is a folder, not a file to write"}.with(name), T{FR: "donnez le nom d'un fichier : -o inventaire.xlsx", EN: "give the name of a file: -o inventory.xlsx"})
	}
	folder := filepath.Dir(name)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return askedWrongly(T{FR: "le dossier %s n'existe pas", EN: "the folder %s does not exist"}.with(folder), T{FR: "faites-le d'abord, ou choisissez-en un autre", EN: "make it first, or choose another"})
	}
	f, err := os.CreateTemp(folder, "."+filepath.Base(name)+"-*")
	if err != nil {
		return couldNot(err, T{FR: "impossible d'écrire dans " + strings.ReplaceAll(folder, "%", "%%") + " : %s", EN: "cannot write to " + strings.ReplaceAll(folder, "%", "%%") + ": %s"})
	}
	defer os.Remove(f.Name())
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return os.Rename(f.Name(), name)
}
