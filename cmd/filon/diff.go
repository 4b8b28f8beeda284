package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler/address"
	"filon/crawler/content"
	"filon/index"
	"filon/index/export"
)

func diffCommand(say *speaker) command {
	kinds := make([]string, len(index.Kinds))
	for i, k := range index.Kinds {
		kinds[i] = string(k)
	}
	return command{
		Command: cli.Command{
			Name: "diff", ArgsUsage: say.in(T{FR: "[PASSAGE [PASSAGE]]", EN: "[RUN [RUN]]"}),
			Usage: say.in(T{FR: "ce qui a changé entre deux passages", EN: "what changed between two runs"}),
			Description: say.in(T{
				FR: "Sans numéro : ce que le dernier passage a changé. Avec un numéro : tout ce qui a changé depuis ce passage. Avec deux : entre les deux. filon runs donne les numéros ; 0 est l'inventaire vide.",
				EN: "Without a number: what the last run changed. With one: all that changed since that run. With two: between the two. filon runs gives the numbers; 0 is the empty inventory."}),
			Flags: append(filterFlags(say), dataFlag(say), configFlag(say),
				&cli.BoolFlag{Name: "copies", Usage: say.in(T{FR: "montrer aussi les copies d'un même contenu", EN: "show the copies of a story too"})},
				&cli.StringSliceFlag{Name: "only", Usage: say.in(T{FR: "seulement ces `SORTES`, séparées par des virgules : " + strings.Join(kinds, ", "), EN: "only these `KINDS`, comma-separated: " + strings.Join(kinds, ", ")})},
				choice("format", "table", []string{"table", "csv", "json"}, say.in(T{FR: "table, csv ou json", EN: "table, csv or json"})),
				choice("locale", "", []string{"fr", "en"}, say.in(T{FR: "du CSV : fr pour Excel français, en pour les autres", EN: "of the CSV: fr for French Excel, en for others"})),
				forceFlag(say),
				&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: say.in(T{FR: "`FICHIER` à écrire ; sinon la sortie standard", EN: "`FILE` to write; else standard output"})}),
			Action: func(c *cli.Context) error { return diff(say, c, kinds) },
		},
		Examples: []example{
			{"filon diff", T{FR: "ce que la nuit a apporté", EN: "what the night has brought"}},
			{"filon diff --only new,verdict --verdict publishable", T{FR: "ce qui est devenu publiable", EN: "what has become publishable"}},
			{"filon diff 12 19 --format csv --locale fr -o semaine.csv", T{FR: "une semaine, pour Excel", EN: "a week, for Excel"}},
		},
		MaxArgs: 2,
	}
}

// event is a change with the record that it is about. Of an address that has left the inventory for
// good the record is zero.
type event struct {
	index.Change
	Record index.Record
	at, to string // how Address and MovedTo are shown, when that is not as shownAddress does
}

// hide notes how the addresses of what has changed are shown, where they give away what the record closes.
func (e *event) hide(rec index.Record) {
	for _, one := range []struct {
		addr string
		to   *string
	}{{e.Address, &e.at}, {e.MovedTo, &e.to}} {
		if one.addr == "" {
			continue
		}
		shown, told := rec.Verdict.HideAddress(address.Shown(one.addr), rec.Item, rec.Ruling() == classify.Never)
		if told && one.addr == rec.Item.Address {
			shown = export.Shown(rec)
		}
		if told {
			*one.to = shown
		}
	}
}

// movedTo is where it has moved, for people.
func (e event) movedTo() string {
	if e.to != "" {
		return e.to
	}
	return shownAddress(e.MovedTo)
}

// shown is the address of what has changed, for people.
func (e event) shown() string {
	if e.at != "" {
		return e.at
	}
	return shownAddress(e.Address)
}

// events lists what happened after one run up to and with another. Records are only looked up where look
// says so, everywhere when it is nil.
func (s *stock) events(ctx context.Context, after, upTo int64, f index.Filter, only []string, look func(index.Change) bool) ([]event, error) {
	var all []event
	verdicts := f.Verdicts // they are looked for in the changes: what the record has become since is another matter
	f.Verdicts = nil
	err := s.index.Changes(ctx, after, upTo, func(c index.Change) error {
		o := c.After
		if o == "" {
			o = c.Before
		}
		if (len(only) == 0 || slices.Contains(only, string(c.Kind))) && (len(verdicts) == 0 || slices.Contains(verdicts, string(o))) {
			all = append(all, event{Change: c})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	kept := all[:0]
	for _, e := range all {
		if look != nil && !look(e.Change) {
			e.Title = classify.Mask(e.Title)
			kept = append(kept, e)
			continue
		}
		rec, ok, err := s.index.Get(ctx, e.Address)
		if err != nil {
			return nil, err
		}
		if !ok { // it is known by what the change says, and by what it has become
			if e.MovedTo != "" {
				if rec, _, err = s.index.Get(ctx, e.MovedTo); err != nil {
					return nil, err
				}
			}
			rec.Item.Source, rec.Verdict.Outcome = e.Source, e.Before
		}
		if e.Title = rec.Verdict.Hide(classify.Mask)(e.Title); rec.Ruling() == classify.Never {
			e.Title = index.MaskedTitle
		}
		if f.Lets(rec) {
			e.hide(rec)
			rec.Item = content.Item{Source: rec.Item.Source, Access: rec.Item.Access} // a diff of 60,000 changes stays small
			e.Record = rec
			kept = append(kept, e)
		}
	}
	return kept, nil
}

// apart takes the copies out of what happened: a story is told once.
func apart(all []event) (stories, copied []event) {
	for _, e := range all {
		if e.Copy {
			copied = append(copied, e)
		} else {
			stories = append(stories, e)
		}
	}
	return stories, copied
}

// span reads which runs to compare.
func (s *stock) span(c *cli.Context) (after, upTo int64, err error) {
	runs, err := s.frontier.Runs(c.Context, 2)
	if err != nil {
		return 0, 0, couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	if len(runs) == 0 {
		return 0, 0, askedWrongly(T{FR: "aucun passage à comparer", EN: "no run to compare"}, T{FR: "filon crawl en fait un", EN: "filon crawl makes one"})
	}
	last := runs[0].ID
	number := func(i int) (int64, error) {
		n, err := strconv.ParseInt(c.Args().Get(i), 10, 64)
		if err != nil || n < 0 || n > last {
			return 0, askedWrongly(T{FR: "pas de passage %s", EN: "no run %s"}.with(c.Args().Get(i)), T{FR: "filon runs donne les numéros, de 1 à %d", EN: "filon runs gives the numbers, from 1 to %d"}.with(last))
		}
		return n, nil
	}
	after, upTo = last-1, last
	if len(runs) > 1 {
		after = runs[1].ID
	}
	if c.NArg() > 0 {
		if after, err = number(0); err != nil {
			return 0, 0, err
		}
	}
	if c.NArg() > 1 {
		if upTo, err = number(1); err != nil {
			return 0, 0, err
		}
	}
	if after > upTo {
		after, upTo = upTo, after
	}
	return after, upTo, nil
}

func diff(say *speaker, c *cli.Context, kinds []string) error {
	filter, err := filterOf(c)
	if err != nil {
		return err
	}
	only := split(c, "only")
	for _, o := range only {
		if err := oneOf("only", o, kinds); err != nil {
			return err
		}
	}
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	after, upTo, err := s.span(c)
	if err != nil {
		return err
	}
	all, err := s.events(c.Context, after, upTo, filter, only, nil)
	if err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	stories, copied := apart(all)
	if !c.Bool("copies") {
		all = stories
	}
	told := counted(stories, len(copied), after, upTo)
	format := c.String("format")
	if !c.IsSet("format") && strings.HasSuffix(c.String("output"), ".csv") {
		format = "csv"
	}
	if format == "table" && c.String("output") != "" {
		return askedWrongly(T{FR: "--output veut un format pour les fichiers", EN: "--output needs a format for files"}, T{FR: "ajoutez --format csv ou json", EN: "add --format csv or json"})
	}
	if format == "table" {
		say.events(all, told)
		return nil
	}
	locale := c.String("locale")
	if locale == "" {
		locale = say.lang
	}
	if _, err := mayReplace(c.String("output"), c.Bool("force"), isDiff); err != nil {
		return err
	}
	err = into(say, c.String("output"), func(w io.Writer) error {
		if format == "json" {
			return eventsJSON(w, say, all, len(copied), after, upTo)
		}
		return eventsCSV(w, all, locale)
	})
	if err != nil {
		return couldNot(err, T{FR: "écriture impossible : %s", EN: "cannot write: %s"})
	}
	say.note(told)
	return nil
}

var changeWords = map[index.Kind]struct{ one, many T }{
	index.New:      {T{FR: "nouveau", EN: "new"}, T{FR: "nouveaux", EN: "new"}},
	index.Returned: {T{FR: "revenu", EN: "returned"}, T{FR: "revenus", EN: "returned"}},
	index.Changed:  {T{FR: "modifié", EN: "changed"}, T{FR: "modifiés", EN: "changed"}},
	index.Moved:    {T{FR: "déplacé", EN: "moved"}, T{FR: "déplacés", EN: "moved"}},
	index.Gone:     {T{FR: "disparu", EN: "gone"}, T{FR: "disparus", EN: "gone"}},
	index.Lapsed:   {T{FR: "décision caduque", EN: "decision lapsed"}, T{FR: "décisions caduques", EN: "decisions lapsed"}},
	index.Restored: {T{FR: "décision de nouveau valable", EN: "decision holds again"}, T{FR: "décisions de nouveau valables", EN: "decisions that hold again"}},
	index.Verdict:  {T{FR: "verdict", EN: "verdict"}, T{FR: "verdicts changés", EN: "verdicts changed"}},
}

// counted sums up a diff in one sentence; copied is how many changes of copies there are beside it.
func counted(all []event, copied int, after, upTo int64) T {
	by := map[index.Kind]int{}
	for _, e := range all {
		by[e.Kind]++
	}
	var fr, en []string
	for _, k := range index.Kinds {
		if n := by[k]; n > 0 {
			w := changeWords[k].many
			if n == 1 {
				w = changeWords[k].one
			}
			fr, en = append(fr, strconv.Itoa(n)+" "+w.FR), append(en, strconv.Itoa(n)+" "+w.EN)
		}
	}
	what := T{FR: "rien n'a changé", EN: "nothing has changed"}
	if len(fr) > 0 {
		what = T{FR: strings.Join(fr, ", "), EN: strings.Join(en, ", ")}
	}
	if copied > 0 {
		c := copies(copied)
		what = T{FR: what.FR + c.FR, EN: what.EN + c.EN}
	}
	if after == 0 {
		return T{FR: "depuis l'inventaire vide, jusqu'au passage %d : %s", EN: "from the empty inventory to run %d: %s"}.with(upTo, what)
	}
	return T{FR: "du passage %d au passage %d : %s", EN: "from run %d to run %d: %s"}.with(after, upTo, what)
}

var decidedSo = T{FR: "une personne l'a décidé ainsi", EN: "a person has decided so"}

// why is the sentence of the rule that made the difference, in a language.
func (e event) why(lang string) string {
	switch e.Kind {
	case index.Lapsed:
		why := e.Rule
		if why == "" {
			why = index.LapsedText
		}
		return lapsedWhy(why).in(lang)
	case index.Restored:
		return T{FR: "ce pour quoi elle avait été donnée est revenu", EN: "what it was given for is back"}.in(lang)
	case index.Verdict:
	default:
		if e.Decided {
			return decidedSo.in(lang)
		}
		return ""
	}
	if e.Decided {
		return decidedSo.in(lang)
	}
	if e.Rule == "" {
		return T{FR: "son score a franchi le seuil", EN: "its score has crossed the line"}.in(lang)
	}
	return ruleSays(e.Rule).in(lang)
}

// verdictsOf shows how a verdict went.
func (s *speaker) verdictsOf(e event) cell {
	now := s.verdictCell(e.After)
	switch {
	case e.After == "":
		return s.verdictCell(e.Before)
	case e.Kind != index.Verdict && e.Kind != index.Lapsed && e.Kind != index.Restored:
		return now
	}
	return cell{s.verdictCell(e.Before).Text + " → " + now.Text, now.Style}
}

// events prints a diff, and what it comes to at the end.
func (s *speaker) events(all []event, told T) {
	rows := make([][]cell, 0, len(all))
	for _, e := range all {
		at := e.shown()
		if e.MovedTo != "" {
			at += " → " + e.movedTo()
		}
		rows = append(rows, []cell{{Text: s.in(changeWords[e.Kind].one), Style: bold}, s.verdictsOf(e), {Text: e.Title}, {Text: e.why(s.lang)}, {Text: at, Style: dim}})
	}
	if len(rows) > 0 {
		s.table([]column{{Head: T{FR: "Quoi", EN: "What"}}, {Head: T{FR: "Verdict", EN: "Verdict"}}, {Head: T{FR: "Titre", EN: "Title"}, Gives: true, Least: 24},
			{Head: T{FR: "Pourquoi", EN: "Why"}, Gives: true, Least: 16}, {Head: T{FR: "Adresse", EN: "Address"}}}, rows)
		s.raw("\n")
	}
	s.line(T{FR: strings.ToUpper(told.FR[:1]) + told.FR[1:], EN: strings.ToUpper(told.EN[:1]) + told.EN[1:]})
}

// eventHeads are the heads of a diff for a spreadsheet.
var eventHeads = []string{"run", "at", "kind", "url", "moved_to", "title", "content_type", "site", "visibility", "verdict_before", "verdict", "rule", "why", "copy"}

// isDiff tells whether data is a diff, in either format.
func isDiff(data []byte) bool {
	if json.Valid(data) {
		return bytes.Contains(data[:min(len(data), 100)], []byte(`"after_run"`))
	}
	rows, err := readGrid(data)
	return err == nil && len(rows) > 0 && len(rows[0].cells) == len(eventHeads) && plainHead(rows[0].cells[0]) == eventHeads[0] && plainHead(rows[0].cells[4]) == plainHead(eventHeads[4])
}

func eventsCSV(w io.Writer, all []event, locale string) error {
	_, err := export.Table(w, eventHeads, export.DialectOf(locale), func(do func(...any) error) error {
		for _, e := range all {
			if err := do(e.Run, e.At.UTC(), string(e.Kind), e.shown(), e.movedTo(), export.Visible(e.Title), e.Record.Verdict.Type, e.Source,
				string(e.Record.Item.Access.Visibility), string(e.Before), string(e.After), e.Rule, e.why(locale), e.Copy); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func eventsJSON(w io.Writer, say *speaker, all []event, copied int, after, upTo int64) error {
	type line struct {
		Run        int64            `json:"run"`
		At         string           `json:"at"`
		Kind       index.Kind       `json:"kind"`
		URL        string           `json:"url"`
		MovedTo    string           `json:"moved_to,omitempty"`
		Title      string           `json:"title"`
		Type       string           `json:"content_type,omitempty"`
		Site       string           `json:"site"`
		Visibility string           `json:"visibility,omitempty"`
		Before     classify.Outcome `json:"verdict_before,omitempty"`
		After      classify.Outcome `json:"verdict,omitempty"`
		Rule       string           `json:"rule,omitempty"`
		Why        string           `json:"why,omitempty"`
		Copy       bool             `json:"copy,omitempty"`
	}
	out := struct {
		After   int64              `json:"after_run"`
		UpTo    int64              `json:"up_to_run"`
		Counts  map[index.Kind]int `json:"counts"`
		Copies  int                `json:"copies"` // changes of copies beside them
		Changes []line             `json:"changes"`
	}{after, upTo, map[index.Kind]int{}, copied, []line{}}
	for _, e := range all {
		if !e.Copy {
			out.Counts[e.Kind]++
		}
		out.Changes = append(out.Changes, line{e.Run, e.At.UTC().Format("2006-01-02T15:04:05Z"), e.Kind, e.shown(), e.movedTo(), export.Visible(e.Title),
			e.Record.Verdict.Type, e.Source, string(e.Record.Item.Access.Visibility), e.Before, e.After, e.Rule, e.why(say.lang), e.Copy})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
