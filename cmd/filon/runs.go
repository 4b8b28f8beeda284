package main

import (
	"context"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"github.com/urfave/cli/v2"

	"filon/cmd/filon/outbox"
	"filon/crawler/frontier"
	"filon/index"
	"filon/index/export"
)

func runsCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name:  "runs",
			Usage: say.in(T{FR: "les dernières nuits : ce qu'elles ont gardé, changé, manqué", EN: "the last nights: what they kept, changed and missed"}),
			Flags: []cli.Flag{dataFlag(say), configFlag(say), &cli.IntFlag{Name: "limit", Value: 30, Usage: say.in(T{FR: "les `N` derniers", EN: "the last `N`"})},
				choice("format", "table", []string{"table", "csv", "json"}, say.in(T{FR: "table, csv ou json", EN: "table, csv or json"})),
				choice("locale", "", []string{"fr", "en"}, say.in(T{FR: "du CSV : fr pour Excel français, en pour les autres", EN: "of the CSV: fr for French Excel, en for others"}))},
			Action: func(c *cli.Context) error { return runs(say, c) },
		},
		Examples: []example{
			{"filon runs", T{FR: "les trente dernières", EN: "the last thirty"}},
			{"filon runs --format csv --locale fr", T{FR: "pour Excel", EN: "for Excel"}},
		},
	}
}

// night is one run as it is listed.
type night struct {
	Run     int64     `json:"run"`
	Start   time.Time `json:"start"`
	End     time.Time `json:"end,omitzero"`
	Seconds int64     `json:"seconds"`
	Status  string    `json:"status"`
	Why     string    `json:"why,omitempty"`
	Visits  int       `json:"visits"`
	Kept    int       `json:"kept"` // in the inventory after it, changed or not
	New     int       `json:"new"`
	Changed int       `json:"changed"`
	Gone    int       `json:"gone"` // gone or moved
	Verdict int       `json:"verdicts"`
	Copies  int       `json:"copies"` // changes of copies; in none of the four
	Failed  int       `json:"failed"`
	Digest  string    `json:"digest,omitempty"` // sent, waiting, given up; "" when there was none
}

// nights lists the newest runs, newest first.
func (s *stock) nights(ctx context.Context, most int) ([]night, error) {
	all, err := s.frontier.Runs(ctx, most)
	if err != nil {
		return nil, err
	}
	box, err := outbox.Open(ctx, s.db, false)
	if err != nil {
		return nil, err
	}
	nights := make([]night, 0, len(all))
	for _, r := range all {
		n := night{Run: r.ID, Start: r.Started, End: r.Ended, Status: r.Status, Why: r.Reason, Visits: r.Visits}
		if n.Status == "running" && !index.AtWork(s.dir) {
			n.Status = "interrupted" // killed, or the machine went down; the next crawl goes on from there
		}
		if !r.Ended.IsZero() {
			n.Seconds = int64(r.Ended.Sub(r.Started).Seconds())
		}
		var tallies []frontier.Tally
		if r.Tally != "" && json.Unmarshal([]byte(r.Tally), &tallies) == nil {
			for _, t := range tallies {
				if t.State.InInventory() {
					n.Kept += t.Count
				}
				if t.State == frontier.Failed {
					n.Failed += t.Count
				}
			}
		}
		err := s.index.Changes(ctx, r.ID-1, r.ID, func(c index.Change) error {
			if c.Copy {
				n.Copies++
				return nil
			}
			switch c.Kind {
			case index.New, index.Returned:
				n.New++
			case index.Changed:
				n.Changed++
			case index.Gone, index.Moved:
				n.Gone++
			case index.Verdict:
				n.Verdict++
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		letters, err := box.Of(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		n.Digest = fate(letters)
		nights = append(nights, n)
	}
	return nights, nil
}

// fate is what became of a run's digest, over all its channels: the worst of them.
func fate(letters []outbox.Letter) string {
	worst := ""
	for _, l := range letters {
		switch {
		case l.GivenUp:
			return "given_up"
		case l.Sent.IsZero():
			worst = "waiting"
		case worst == "":
			worst = "sent"
		}
	}
	return worst
}

var fateWords = map[string]T{
	"": {FR: "–", EN: "–"}, "sent": {FR: "envoyé", EN: "sent"}, "waiting": {FR: "en attente", EN: "waiting"}, "given_up": {FR: "abandonné", EN: "given up"},
}

var statusWords = map[string]T{
	"complete": {FR: "complet", EN: "complete"}, "partial": {FR: "partiel", EN: "partial"}, "paused": {FR: "en pause", EN: "paused"}, "running": {FR: "en cours", EN: "running"},
	"interrupted": {FR: "interrompu", EN: "interrupted"},
}

func runs(say *speaker, c *cli.Context) error {
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	all, err := s.nights(c.Context, max(1, c.Int("limit")))
	if err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	switch c.String("format") {
	case "json":
		enc := json.NewEncoder(say.out)
		enc.SetIndent("", "  ")
		return enc.Encode(all)
	case "csv":
		locale := c.String("locale")
		if locale == "" {
			locale = say.lang
		}
		return nightsCSV(say.out, all, locale)
	}
	say.nights(all)
	return nil
}

func nightsCSV(w io.Writer, all []night, locale string) error {
	heads := []string{"run", "start", "end", "seconds", "status", "why", "visits", "kept", "new", "changed", "gone", "verdicts", "failed", "digest", "copies"}
	_, err := export.Table(w, heads, export.DialectOf(locale), func(do func(...any) error) error {
		for _, n := range all {
			if err := do(n.Run, n.Start.UTC(), n.End.UTC(), n.Seconds, n.Status, n.Why, int64(n.Visits), int64(n.Kept), int64(n.New), int64(n.Changed), int64(n.Gone),
				int64(n.Verdict), int64(n.Failed), n.Digest, int64(n.Copies)); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func (s *speaker) nights(all []night) {
	rows := make([][]cell, 0, len(all))
	for _, n := range all {
		took := ""
		if !n.End.IsZero() {
			took = (time.Duration(n.Seconds) * time.Second).String()
		}
		style := green
		if n.Status != "complete" {
			style = yellow
		}
		status, ok := statusWords[n.Status]
		if !ok {
			status = T{n.Status, n.Status}
		}
		rows = append(rows, []cell{{Text: strconv.FormatInt(n.Run, 10)}, {Text: n.Start.Local().Format("2006-01-02 15:04")}, {Text: took}, {Text: s.in(status), Style: style},
			{Text: nonZero(n.Kept)}, {Text: nonZero(n.New)}, {Text: nonZero(n.Changed)}, {Text: nonZero(n.Gone)}, {Text: nonZero(n.Verdict)}, {Text: nonZero(n.Failed)},
			{Text: s.in(fateWords[n.Digest])}, {Text: s.in(because(n.Why))}})
	}
	s.table([]column{{Head: T{FR: "N°", EN: "No."}, Right: true}, {Head: T{FR: "Début", EN: "Start"}}, {Head: T{FR: "Durée", EN: "Time"}}, {Head: T{FR: "Fin", EN: "End"}},
		{Head: T{FR: "Vus cette fois", EN: "Seen this time"}, Right: true}, {Head: T{FR: "Nouveaux", EN: "New"}, Right: true}, {Head: T{FR: "Modifiés", EN: "Changed"}, Right: true},
		{Head: T{FR: "Disparus", EN: "Gone"}, Right: true}, {Head: T{FR: "Verdicts", EN: "Verdicts"}, Right: true}, {Head: T{FR: "Échecs", EN: "Failed"}, Right: true},
		{Head: T{FR: "Digest", EN: "Digest"}}, {Head: T{FR: "Pourquoi", EN: "Why"}, Gives: true}}, rows)
}
