package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/index"
	"filon/index/export"
)

// mostReplaced is how large a file may be that is looked into before it is replaced.
const mostReplaced = 256 << 20

func forceFlag(say *speaker) cli.Flag {
	return &cli.BoolFlag{Name: "force", Usage: say.in(T{FR: "remplacer aussi un fichier d'une autre sorte", EN: "replace a file of another kind too"})}
}

// mayReplace tells whether an output may take the place of the file of that name: one of the same kind that filon has
// written before, by what alike says of its bytes; any, when force says so.
func mayReplace(name string, force bool, alike func(data []byte) bool) (there []byte, err error) {
	if name == "" || name == "-" {
		return nil, nil
	}
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && (!info.Mode().IsRegular() || info.Size() == 0) {
		return nil, nil
	}
	if err == nil && info.Size() <= mostReplaced {
		there, err = readFile(name, mostReplaced)
	}
	switch {
	case err != nil:
		return nil, couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	case !force && (there == nil || !alike(there)):
		return nil, askedWrongly(T{FR: "%s existe et n'est pas de la même sorte : rien n'a été écrit", EN: "%s exists and is not of the same kind: nothing was written"}.with(name),
			T{FR: "donnez un autre nom, ou --force pour le remplacer", EN: "give another name, or --force to replace it"})
	}
	return there, nil
}

// isInventory tells whether data is an export or a sample sheet: its heads are those of columns, for the most part.
func isInventory(data []byte) bool {
	if first, _, _ := bytes.Cut(data, []byte("\n")); len(first) > 0 && first[0] == '{' {
		var line struct {
			ID *string `json:"item_id"`
		}
		return json.Unmarshal(first, &line) == nil && line.ID != nil
	}
	_, _, ok := inventoryRows(data)
	return ok
}

// inventoryRows gives the heads and the rows of an export or a sample sheet.
func inventoryRows(data []byte) (heads []string, rows []gridRow, ok bool) {
	all, err := readGrid(data)
	if err != nil {
		return nil, nil, false
	}
	for i, row := range all[:min(len(all), mostAbove+1)] {
		known, given := 0, 0
		for _, cell := range row.cells {
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
		if known > 0 && 2*known >= given {
			return row.cells, all[i+1:], true
		}
	}
	return nil, nil, false
}

// humanColumns are those that people fill in.
var humanColumns = []string{"human_verdict", "notes", "disposition", "assigned_to"}

// filledIn counts the rows of a sheet in which people have written something; of those that noted says are kept in the
// inventory too, none.
func filledIn(data []byte, noted func(id, address string, said map[string]string) bool) int {
	heads, rows, ok := inventoryRows(data)
	if !ok {
		return 0
	}
	id, url := columnNamed(heads, "item_id"), columnNamed(heads, "url")
	n := 0
	for _, row := range rows {
		said := map[string]string{}
		for _, name := range humanColumns {
			if text := cellOf(row.cells, columnNamed(heads, name)); text != "" {
				said[name] = text
			}
		}
		if len(said) > 0 && !noted(strings.TrimPrefix(cellOf(row.cells, id), "'"), strings.TrimPrefix(cellOf(row.cells, url), "'"), said) {
			n++
		}
	}
	return n
}

// keepFilledIn complains of a sheet in which people have written what would be lost.
func keepFilledIn(name string, n int) error {
	if n == 0 {
		return nil
	}
	return askedWrongly(T{FR: "%s a été rempli (%d ligne{s}) : rien n'a été écrit", EN: "%s was filled in (%d line{s}): nothing was written"}.with(name, n),
		T{FR: "relisez-le d'abord (filon sample read %s), puis donnez un autre nom", EN: "read it back first (filon sample read %s), then give another name"}.with(name))
}

// holds tells whether the inventory has what a row of an export says that people have decided.
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
			return held(rec.Decision, said)
		}
		return false
	}
}

func held(d index.Decision, said map[string]string) bool {
	for name, text := range said {
		same := false
		switch name {
		case "human_verdict":
			v, ok := verdictOf(text, "")
			same = ok && v == d.Verdict || text == string(d.Verdict)
		case "notes":
			same = plainHead(text) == plainHead(classify.Mask(d.Notes))
		case "disposition":
			same = plainHead(text) == plainHead(d.Disposition)
		case "assigned_to":
			same = plainHead(text) == plainHead(classify.Mask(d.AssignedTo))
		}
		if !same {
			return false
		}
	}
	return true
}

// errNothing is that no row was written.
var errNothing = errors.New("no row")

// nothingFor says that nothing matched and that the file of an earlier output stays.
func nothingFor(name string) error {
	return incomplete(T{FR: "aucun contenu ne correspond : %s est resté tel quel", EN: "no item matches: %s stays as it was"}.with(name),
		T{FR: "élargissez les filtres, ou donnez un autre nom", EN: "widen the filters, or give another name"})
}
