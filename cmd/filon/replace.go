package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/index"
	"filon/index/export"
)

// Bounds of what is looked into before it is replaced. A CSV is read row by row, however large.
const (
	mostHead     = 64 << 10  // of a file, to tell its kind
	mostReplaced = 256 << 20 // of a file whose kind its head does not tell, or of a workbook
	mostUnpacked = 2 << 30   // of a workbook, unpacked
)

func forceFlag(say *speaker) cli.Flag {
	return &cli.BoolFlag{Name: "force", Usage: say.in(T{FR: "remplacer aussi un fichier d'une autre sorte", EN: "replace a file of another kind too"})}
}

// replaced is a file whose place an output is to take.
type replaced struct {
	name  string
	size  int64
	force bool
}

// mayReplace tells whether an output may take the place of the file of that name: one of the same kind that filon has
// written before, by what alike says of its first bytes or of all; any, when force says so. Nil when there is none.
func mayReplace(name string, force bool, alike func(data []byte) bool) (*replaced, error) {
	if name == "" || name == "-" {
		return nil, nil
	}
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && (!info.Mode().IsRegular() || info.Size() == 0) {
		return nil, nil
	}
	if err != nil {
		return nil, couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	there := &replaced{name, info.Size(), force}
	if force {
		return there, nil
	}
	data, err := headOf(name)
	same := err == nil && alike(data)
	workbook := export.IsWorkbook(data)
	if err == nil && !same && int64(len(data)) < info.Size() && info.Size() <= mostReplaced {
		data, err = readFile(name, mostReplaced)
		same = err == nil && alike(data)
	}
	switch {
	case err != nil:
		return nil, couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	case !same && workbook && (info.Size() > mostReplaced || unpacked(data) > mostUnpacked):
		return nil, askedWrongly(T{FR: "%s est trop grand pour vérifier si quelqu'un l'a rempli : rien n'a été écrit", EN: "%s is too large to find out whether people have filled it in: nothing was written"}.with(name),
			T{FR: "donnez un autre nom, ou --force pour le remplacer", EN: "give another name, or --force to replace it"})
	case !same:
		return nil, askedWrongly(T{FR: "%s existe et n'est pas de la même sorte : rien n'a été écrit", EN: "%s exists and is not of the same kind: nothing was written"}.with(name),
			T{FR: "donnez un autre nom, ou --force pour le remplacer", EN: "give another name, or --force to replace it"})
	}
	return there, nil
}

func headOf(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, mostHead))
}

// unpacked is how large a ZIP archive says that it is when it is unpacked.
func unpacked(data []byte) (n uint64) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return 0
	}
	for _, f := range z.File {
		n += f.UncompressedSize64
	}
	return n
}

// isInventory tells whether data is, or begins as, an export or a sample sheet: its heads are those of columns, for the
// most part.
func isInventory(data []byte) bool {
	if len(data) > 0 && data[0] == '{' {
		if bytes.HasPrefix(data, []byte(`{"item_id":"`)) { // the line may be longer than what is given
			return true
		}
		first, _, _ := bytes.Cut(data, []byte("\n"))
		var line struct {
			ID *string `json:"item_id"`
		}
		return json.Unmarshal(first, &line) == nil && line.ID != nil
	}
	found := false
	err := eachInventoryRow(bytes.NewReader(data), func([]string) bool { found = true; return false }, nil)
	return err == nil && found
}

// eachInventoryRow gives the heads of every table of an export or a sample sheet, and the rows below them when heads wants
// them.
func eachInventoryRow(r io.Reader, heads func(cells []string) bool, row func(cells []string)) error {
	table, above, below := -1, 0, false
	return eachRow(r, func(of int, cells []string) (more bool) {
		if of != table {
			table, above, below = of, 0, false
		}
		switch {
		case below:
			row(cells)
		case areHeads(cells):
			below = heads(slices.Clone(cells))
			return below
		case above == mostAbove:
			return false
		default:
			above++
		}
		return true
	})
}

// areHeads tells the heads of an export from other rows.
func areHeads(cells []string) bool {
	known, given := 0, 0
	for _, cell := range cells {
		if strings.TrimSpace(cell) == "" {
			continue
		}
		given++
		if slices.ContainsFunc(slices.Concat(export.Columns, export.More), func(c export.Column) bool {
			return slices.ContainsFunc([]string{c.Name, c.FR, c.EN}, func(head string) bool { return plainHead(head) == plainHead(cell) })
		}) {
			known++
		}
	}
	return known > 0 && 2*known >= given
}

// humanColumns are those that people fill in.
var humanColumns = []string{"human_verdict", "notes", "disposition", "assigned_to"}

// filledIn counts the rows of a sheet in which people have written something; of those that noted says are kept in the
// inventory too, none. It is -1 when that cannot be found out and nobody forces it. Nobody fills in JSON lines.
func filledIn(there *replaced, noted func(id, address string, said map[string]string) bool) int {
	if there == nil {
		return 0
	}
	unknown := -1
	if there.force {
		unknown = 0
	}
	f, err := os.Open(there.name)
	if err != nil {
		return unknown
	}
	defer f.Close()
	in := bufio.NewReader(f)
	begin, _ := in.Peek(4)
	switch {
	case bytes.HasPrefix(begin, []byte("{")):
		return 0
	case export.IsWorkbook(begin) && there.size > mostReplaced:
		return unknown
	}
	n := 0
	err = filledRows(in, func(id, address string, said map[string]string) {
		if !noted(id, address, said) {
			n++
		}
	})
	if n == 0 && err != nil {
		return unknown
	}
	return n
}

// filledRows gives do the rows in which a column for people is not empty, by the names of these columns, and with the
// verdict that stands there.
func filledRows(r io.Reader, do func(id, address string, said map[string]string)) error {
	var id, url, verdict int
	human := map[string]int{}
	return eachInventoryRow(r, func(heads []string) bool {
		id, url, verdict = columnNamed(heads, "item_id"), columnNamed(heads, "url"), columnNamed(heads, "verdict")
		clear(human)
		for _, name := range humanColumns {
			if i := columnNamed(heads, name); i >= 0 {
				human[name] = i
			}
		}
		return len(human) > 0
	}, func(cells []string) {
		var said map[string]string
		for name, i := range human {
			if text := cellOf(cells, i); text != "" {
				if said == nil {
					said = map[string]string{"verdict": cellOf(cells, verdict)}
				}
				said[name] = text
			}
		}
		if said != nil {
			do(strings.TrimPrefix(cellOf(cells, id), "'"), strings.TrimPrefix(cellOf(cells, url), "'"), said)
		}
	})
}

// keepFilledIn complains of a sheet in which people have written what would be lost.
func keepFilledIn(name string, n int) error {
	switch {
	case n < 0:
		return askedWrongly(T{FR: "%s ne se lit pas en entier, et quelqu'un l'a peut-être rempli : rien n'a été écrit", EN: "%s cannot be read to its end, and people may have filled it in: nothing was written"}.with(name),
			T{FR: "donnez un autre nom, ou --force pour le remplacer", EN: "give another name, or --force to replace it"})
	case n == 0:
		return nil
	}
	return askedWrongly(T{FR: "%s a été rempli (%d ligne{s}) : rien n'a été écrit", EN: "%s was filled in (%d line{s}): nothing was written"}.with(name, n),
		T{FR: "relisez-le d'abord (filon sample read %s), puis donnez un autre nom", EN: "read it back first (filon sample read %s), then give another name"}.with(name))
}

// holds tells whether the inventory has, or has had, what a row of an export says that people have decided.
func (s *stock) holds(ctx context.Context) func(id, address string, said map[string]string) bool {
	return func(id, address string, said map[string]string) bool {
		for _, way := range append([]string{id, address}, waysToWrite(address)...) {
			if way == "" {
				continue
			}
			rec, ok, err := s.index.Get(ctx, way)
			if err != nil || !ok {
				continue
			}
			if held(rec, []index.Decision{rec.Decision}, said) {
				return true
			}
			earlier, err := s.index.Earlier(ctx, rec.Item.Address, math.MaxInt32)
			return err == nil && len(earlier) > 0 && held(rec, append(earlier, rec.Decision), said)
		}
		return false
	}
}

// held tells whether every cell is what an export writes of one of the decisions on a record.
func held(rec index.Record, decisions []index.Decision, said map[string]string) bool {
	var words [][]string // of decisions, the texts of the columns that people fill in with words of their own
	for _, name := range humanColumns {
		text, is := said[name]
		if !is {
			continue
		}
		same := func(i int) bool {
			switch d := decisions[i]; name {
			case "human_verdict":
				v, ok := verdictOf(text, outcomeNamed(said["verdict"]))
				return ok && v == d.Verdict || text == string(d.Verdict)
			case "disposition":
				return slices.ContainsFunc([]string{d.Disposition, export.Label(name, d.Disposition, "fr"), export.Label(name, d.Disposition, "en")}, func(w string) bool { return plainHead(text) == plainHead(w) })
			}
			if words == nil {
				words = wordsWritten(rec, decisions)
			}
			return i < len(words) && sameCell(text, cellOf(words[i], slices.Index(wordColumns, name)))
		}
		some := false
		for i := range decisions {
			some = some || same(i)
		}
		if !some {
			return false
		}
	}
	return true
}

// outcomeNamed is the verdict that a cell of an export names; "" for none.
func outcomeNamed(cell string) classify.Outcome {
	o, _ := verdictOf(cell, "")
	return o
}

// wordColumns hold words of people.
var wordColumns = []string{"notes", "assigned_to"}

// wordsWritten gives the wordColumns of a record as a CSV export writes them, for each of the decisions.
func wordsWritten(rec index.Record, decisions []index.Decision) [][]string {
	columns, err := export.Select(strings.Join(wordColumns, ","))
	if err != nil {
		return nil
	}
	var b bytes.Buffer
	_, err = export.CSV(&b, columns, func(do func(index.Record) error) error {
		for _, d := range decisions {
			rec.Decision = d
			if err := do(rec); err != nil {
				return err
			}
		}
		return nil
	}, export.Dialect{}, export.Options{Mask: classify.Mask})
	if err != nil {
		return nil
	}
	var all [][]string
	if err := eachRow(&b, func(_ int, cells []string) bool { all = append(all, slices.Clone(cells)); return true }); err != nil {
		return nil
	}
	return all[min(1, len(all)):]
}

// sameCell tells whether a cell is what an export has written: in a CSV so, in a workbook without the ' before what looks
// like a formula, and no longer than a cell may be.
func sameCell(cell, written string) bool {
	cell, written = strings.ReplaceAll(cell, "\r\n", "\n"), strings.ReplaceAll(written, "\r\n", "\n")
	bare := strings.TrimSpace(strings.TrimPrefix(written, "'"))
	if cell == written || cell == bare {
		return true
	}
	begin, cut := strings.CutSuffix(cell, " […]")
	return cut && len(begin) > 10_000 && (strings.HasPrefix(written, begin) || strings.HasPrefix(bare, begin))
}

// errNothing is that no row was written.
var errNothing = errors.New("no row")

// nothingFor says that nothing matched and that the file of an earlier output stays.
func nothingFor(name string) error {
	return incomplete(T{FR: "aucun contenu ne correspond : %s est resté tel quel", EN: "no item matches: %s stays as it was"}.with(name),
		T{FR: "élargissez les filtres, ou donnez un autre nom", EN: "widen the filters, or give another name"})
}
