package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/index"
	"filon/index/export"
)

func sampleCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name: "sample", ArgsUsage: say.in(T{FR: "N | read FICHIER", EN: "N | read FILE"}),
			Usage: say.in(T{FR: "vérifier filon sur un tirage au sort, et savoir de combien on peut s'y fier", EN: "check filon on a drawn sample, and know how far to trust it"}),
			Description: say.in(T{
				FR: "filon sample 60 -o tirage.csv tire des contenus au sort, la moitié publiables, dans un classeur. Écrivez votre verdict dans la colonne human_verdict (publiable, à retoucher, à valider, jamais, non proposé, oui si filon a raison, ou non s'il ne doit pas sortir). filon sample read tirage.csv les relit : chacun devient une décision, et le nombre de publiables est donné avec 95 % de confiance. Sans argument : ce que disent les vérifications.",
				EN: "filon sample 60 -o sample.csv draws items, half of them publishable, into a sheet. Write your verdict into the column human_verdict (publishable, needs_edit, needs_approval, never, not_proposed, or yes where filon is right, or no where it must not go out). filon sample read sample.csv reads them back: each becomes a decision, and the number of publishable items is given with 95 % confidence. Without an argument: what the checks say."}),
			Flags: []cli.Flag{dataFlag(say), configFlag(say),
				&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: say.in(T{FR: "`FICHIER` à écrire", EN: "`FILE` to write"})},
				forceFlag(say),
				&cli.StringFlag{Name: "locale", Usage: say.in(T{FR: "fr : point-virgule et virgule décimale, pour Excel en français", EN: "fr: semicolons and decimal commas, for French Excel"})},
				&cli.StringFlag{Name: "seed", Usage: say.in(T{FR: "un `MOT` pour un autre tirage", EN: "a `WORD` for another draw"})},
				&cli.StringFlag{Name: "by", Usage: say.in(T{FR: "`QUI` vérifie ; sinon l'utilisateur de cette machine", EN: "`WHO` checks; else the user of this machine"})}},
			Action: func(c *cli.Context) error { return sample(say, c) },
		},
		Examples: []example{
			{"filon sample 60 --locale fr -o tirage.csv", T{FR: "tirer 60 contenus", EN: "draw 60 items"}},
			{"filon sample read tirage.csv", T{FR: "relire les verdicts", EN: "read the verdicts back"}},
		},
		MaxArgs: 2,
	}
}

func sample(say *speaker, c *cli.Context) error {
	switch first := c.Args().First(); {
	case first == "read" && c.NArg() == 2:
		return readSample(say, c, c.Args().Get(1))
	case c.NArg() == 0:
		s, err := openData(c)
		if err != nil {
			return err
		}
		defer s.Close()
		return say.precision(c, s)
	default:
		n, err := strconv.Atoi(first)
		if err != nil || n < 1 || n > 10_000 || c.NArg() > 1 {
			return askedWrongly(T{FR: "filon sample attend un nombre de 1 à 10 000, ou read et un fichier", EN: "filon sample wants a number from 1 to 10,000, or read and a file"}, T{FR: "par exemple filon sample 60 -o tirage.csv", EN: "for example filon sample 60 -o sample.csv"})
		}
		return drawSample(say, c, n)
	}
}

func drawSample(say *speaker, c *cli.Context, n int) error {
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	drawn, err := s.index.Sample(c.Context, n, c.String("seed"))
	if err != nil {
		return couldNot(err, T{FR: "le tirage a échoué : %s", EN: "the draw failed: %s"})
	}
	columns, err := export.Select("item_id,url,title,site,content_type,language,reasons_for,reasons_against,verdict,human_verdict,notes")
	if err != nil {
		return err
	}
	format, err := formatOf("", c.String("output"))
	if err != nil {
		return err
	}
	if format == "jsonl" {
		return askedWrongly(T{FR: "un tirage ne s'écrit pas en .jsonl", EN: "a sample cannot be written as .jsonl"}, T{FR: "écrivez dans un .csv ou un .xlsx", EN: "write to a .csv or .xlsx"})
	}
	locale := orText(c.String("locale"), say.lang)
	opts := exportOptions(say)
	opts.Lang, opts.Labels, opts.Judged = locale, format == "xlsx", true
	records := func(do func(index.Record) error) error {
		for _, rec := range drawn {
			if err := do(rec); err != nil {
				return err
			}
		}
		return nil
	}
	there, err := mayReplace(c.String("output"), c.Bool("force"), isInventory)
	if err != nil {
		return err
	}
	if err := keepFilledIn(c.String("output"), filledIn(there, s.holds(c.Context))); err != nil {
		return err
	}
	if len(drawn) == 0 && there != nil {
		return nothingFor(c.String("output"))
	}
	err = into(say, c.String("output"), func(w io.Writer) error {
		if format == "xlsx" {
			_, err := export.XLSX(w, columns, records, opts)
			return err
		}
		_, err := export.CSV(w, columns, records, export.DialectOf(locale), opts)
		return err
	})
	if err != nil {
		return couldNot(err, T{FR: "le tirage n'a pas pu être écrit : %s", EN: "the sample could not be written: %s"})
	}
	if err := s.index.NoteDrawn(c.Context, drawn, time.Now()); err != nil {
		return couldNot(err, T{FR: "le tirage n'a pas pu être noté : %s", EN: "the draw could not be noted: %s"})
	}
	say.note(T{FR: "%d {contenu tiré|contenus tirés} ; remplissez human_verdict, puis : filon sample read FICHIER", EN: "%d item{s} drawn; fill in human_verdict, then: filon sample read FILE"}.with(len(drawn)))
	return nil
}

const mostSampleFile = 64 << 20

func readSample(say *speaker, c *cli.Context, name string) error {
	data, err := readFile(name, mostSampleFile)
	if err != nil {
		return couldNot(err, T{FR: name + " n'a pas pu être lu : %s", EN: name + " could not be read: %s"})
	}
	sheet, empty, err := readSheet(data)
	var bad *labelFault
	if errors.As(err, &bad) {
		return askedWrongly(T{FR: "%s, ligne %d : %s", EN: "%s, line %d: %s"}.with(filepath.Base(name), bad.line, bad.what), bad.hint())
	}
	if err != nil {
		return err
	}
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	s, err := openKept(c, cfg)
	if err != nil {
		return err
	}
	defer s.Close()
	labels, err := s.labelled(c.Context, sheet)
	if err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	noted, err := s.index.KeepLabels(c.Context, labels, decider(c), time.Now().UTC().Truncate(time.Second))
	if err != nil {
		return couldNot(err, T{FR: "les verdicts n'ont pas pu être gardés : %s", EN: "the verdicts could not be kept: %s"})
	}
	say.line(T{FR: "%d {verdict noté|verdicts notés}, %d ligne{s} sans verdict, %d contenu{s} qui {n'est|ne sont} plus dans l'inventaire.", EN: "%d verdict{s} noted, %d line{s} without a verdict, %d item{s} that {is|are} no longer in the inventory."}.with(noted.Kept, empty, len(labels)-noted.Kept-len(noted.Stale)))
	if noted.Unsampled > 0 {
		say.note(plural(noted.Unsampled, T{FR: "un contenu n'a pas été tiré au sort : sa décision vaut, mais ne dit rien de la confiance (filon sample 60 -o tirage.csv)", EN: "one item was not drawn by lot: its decision holds, and says nothing of how far to trust the counts (filon sample 60 -o sample.csv)"},
			T{FR: "%d contenus n'ont pas été tirés au sort : ces décisions valent, mais ne disent rien de la confiance (filon sample 60 -o tirage.csv)", EN: "%d items were not drawn by lot: these decisions hold, and say nothing of how far to trust the counts (filon sample 60 -o sample.csv)"}))
	}
	if stale := noted.Stale; len(stale) > 0 {
		say.note(T{FR: "%d oui laissé{s} de côté : les règles en jugent autrement depuis le tirage. Relisez : %s", EN: "%d yes left out: the rules judge otherwise since the sheet was drawn. Look again at: %s"}.with(len(stale), strings.Join(stale[:min(len(stale), mostStale)], " ")))
	}
	if err := s.learnRulings(c.Context); err != nil {
		return err
	}
	return say.precision(c, s)
}

// mostStale is how many addresses of lines that were left out are named.
const mostStale = 5

// labelFault is what is wrong with a line of a sheet that comes back.
type labelFault struct {
	line int
	what T
	mend T // what to do; the zero T mends the line
}

func (f *labelFault) hint() T {
	if f.mend != (T{}) {
		return f.mend
	}
	return T{FR: "rien n'a été noté ; corrigez la ligne et relisez le fichier", EN: "nothing was noted; mend the line and read the file again"}
}

func (f *labelFault) Error() string { return fmt.Sprintf("line %d: %s", f.line, f.what.EN) }

// sheetLabel is a label with the address that the sheet gives, by which the item is known when a spreadsheet has taken its
// id for a number.
type sheetLabel struct {
	index.Label
	address string
}

// mostAbove is how many lines may stand above the heads of a sheet.
const mostAbove = 10

// labelled gives the labels the ids of their items, by id or else by address.
func (s *stock) labelled(ctx context.Context, sheet []sheetLabel) ([]index.Label, error) {
	labels := make([]index.Label, 0, len(sheet))
	for _, l := range sheet {
		ways := []string{l.ItemID}
		if l.address != "" {
			ways = append(append(ways, waysToWrite(l.address)...), l.address)
		}
		for _, way := range ways {
			rec, ok, err := s.index.Get(ctx, way)
			if err != nil {
				return nil, err
			}
			if ok {
				l.ItemID = rec.Item.ID
				break
			}
		}
		labels = append(labels, l.Label)
	}
	return labels, nil
}

// readSheet reads a sheet that comes back, whatever program saved it (see readGrid), with its columns in any order and
// more of them. empty counts the lines that nobody filled in. Every line is read before anything is kept.
func readSheet(data []byte) (labels []sheetLabel, empty int, err error) {
	rows, err := readGrid(data)
	if err != nil || len(rows) == 0 {
		return nil, 0, &labelFault{line: 1, what: gridFault(err)}
	}
	var id, url, seen, human, note int
	head := slices.IndexFunc(rows[:min(len(rows), mostAbove+1)], func(row gridRow) bool {
		id, url, note = columnNamed(row.cells, "item_id"), columnNamed(row.cells, "url"), columnNamed(row.cells, "notes")
		seen, human = columnNamed(row.cells, "verdict"), columnNamed(row.cells, "human_verdict")
		return (id >= 0 || url >= 0) && seen >= 0 && human >= 0
	})
	if head < 0 {
		return nil, 0, &labelFault{line: rows[0].line, what: T{FR: "il manque une colonne : item_id ou url, verdict et human_verdict sont nécessaires", EN: "a column is missing: item_id or url, verdict and human_verdict are needed"},
			mend: T{FR: "rien n'a été noté ; filon export --columns full et filon sample écrivent ces colonnes, l'export sans --columns non", EN: "nothing was noted; filon export --columns full and filon sample write these columns, an export without --columns does not"}}
	}
	said := map[string]int{} // the place of an item's label
	for _, row := range rows[head+1:] {
		at := func(i int) string { return cellOf(row.cells, i) }
		if at(human) == "" {
			empty++
			continue
		}
		l := sheetLabel{Label: index.Label{ItemID: strings.TrimPrefix(at(id), "'"), Note: at(note)}, address: strings.TrimPrefix(at(url), "'")}
		l.Seen, _ = verdictOf(at(seen), "")
		var ok bool
		if l.Verdict, ok = verdictOf(at(human), l.Seen); !ok && slices.Contains(noes, plainHead(at(human))) {
			return nil, 0, &labelFault{line: row.line, what: T{FR: "%q ne dit pas quel verdict lui donner : filon ne le propose pas (verdict : %s)", EN: "%q does not say which verdict it has instead: filon does not propose it (verdict: %s)"}.with(at(human), orText(at(seen), "–"))}
		} else if !ok {
			return nil, 0, &labelFault{line: row.line, what: T{FR: "verdict inconnu : %q (publiable, à retoucher, à valider, jamais, non proposé, illisible, oui ou non)", EN: "unknown verdict: %q (publishable, needs edit, needs approval, never, not proposed, unreadable, yes or no)"}.with(at(human))}
		}
		name := orText(l.address, l.ItemID) // a spreadsheet rounds ids of digits, two of them to one
		if k, twice := said[name]; twice && labels[k].Verdict != l.Verdict {
			return nil, 0, &labelFault{line: row.line, what: T{FR: "un autre verdict pour le même contenu est plus haut (%s)", EN: "another verdict for the same item stands above (%s)"}.with(name)}
		} else if twice {
			continue
		}
		said[name] = len(labels)
		labels = append(labels, l)
	}
	return labels, empty, nil
}

// What people write for yes and no.
var (
	yeses = []string{"oui", "yes", "ok", "o", "y", "vrai", "true", "x"}
	noes  = []string{"non", "no", "n", "faux", "false"}
)

// verdictOf reads what a person writes for a verdict, in French or English; yes means the one that was seen, and no that
// what filon would let out must not go out. A no to what filon holds back names no verdict.
func verdictOf(said string, seen classify.Outcome) (classify.Outcome, bool) {
	said = plainHead(said)
	switch {
	case slices.Contains(yeses, said):
		return seen, slices.Contains(outcomes, seen)
	case slices.Contains(noes, said):
		return classify.Never, seen == classify.Publishable || seen == classify.NeedsEdit || seen == classify.NeedsApproval
	}
	for _, o := range outcomes {
		w := verdictWords[o].words
		if said == plainHead(string(o)) || said == plainHead(w.FR) || said == plainHead(w.EN) || said == plainHead(verdictWords[o].mark+" "+w.FR) {
			return o, true
		}
	}
	return "", false
}

// precision says how often people agreed with each verdict.
func (s *speaker) precision(c *cli.Context, st *stock) error {
	all, err := st.index.Precision(c.Context)
	if err != nil {
		return couldNot(err, T{FR: "la comparaison a échoué : %s", EN: "the comparison failed: %s"})
	}
	var rows [][]cell
	for _, o := range outcomes {
		k := all[o]
		if k.Labels == 0 {
			continue
		}
		low, high := k.Interval()
		rows = append(rows, []cell{s.verdictCell(o), {Text: strconv.Itoa(k.Items)}, {Text: strconv.Itoa(k.Labels)}, {Text: strconv.Itoa(k.Right)},
			{Text: fmt.Sprintf("%.0f–%.0f %%", 100*low, 100*high)}, {Text: strconv.Itoa(k.AtLeast())}})
	}
	if len(rows) == 0 {
		s.line(T{FR: "Rien n'a encore été vérifié : filon sample 60 -o tirage.csv", EN: "Nothing was checked yet: filon sample 60 -o sample.csv"})
		return nil
	}
	s.table([]column{{Head: T{FR: "Verdict", EN: "Verdict"}}, {Head: T{FR: "Contenus", EN: "Items"}, Right: true}, {Head: T{FR: "Vérifiés", EN: "Checked"}, Right: true}, {Head: T{FR: "Justes", EN: "Right"}, Right: true},
		{Head: T{FR: "Part juste, à 95 %", EN: "Share right, at 95 %"}, Right: true}, {Head: T{FR: "Au moins", EN: "At least"}, Right: true}}, rows)
	return nil
}
