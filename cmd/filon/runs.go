package main

import (
	"time"

	"github.com/urfave/cli/v2"
)

func runsCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name:   "runs",
			Usage:  say.in(T{FR: "les derniers parcours et comment ils ont fini", EN: "the last crawls and how they ended"}),
			Flags:  []cli.Flag{dataFlag(say), configFlag(say), &cli.IntFlag{Name: "limit", Value: 30, Usage: say.in(T{FR: "les `N` derniers", EN: "the last `N`"})}},
			Action: func(c *cli.Context) error { return runs(say, c) },
		},
		Examples: []example{{"filon runs", T{FR: "les trente derniers", EN: "the last thirty"}}},
	}
}

func runs(say *speaker, c *cli.Context) error {
	s, err := openData(c)
	if err != nil {
		return err
	}
	defer s.Close()
	all, err := s.frontier.Runs(c.Context, max(1, c.Int("limit")))
	if err != nil {
		return couldNot(err, T{FR: "lecture impossible : %s", EN: "cannot read: %s"})
	}
	rows := make([][]cell, 0, len(all))
	for _, r := range all {
		took := ""
		if !r.Ended.IsZero() {
			took = r.Ended.Sub(r.Started).Round(time.Second).String()
		}
		rows = append(rows, []cell{{Text: nonZero(int(r.ID))}, {Text: r.Started.Local().Format("2006-01-02 15:04")}, {Text: took}, {Text: r.Status}, {Text: nonZero(r.Visits)}, {Text: r.Reason}})
	}
	say.table([]column{{Head: T{FR: "N°", EN: "No."}, Right: true}, {Head: T{FR: "Début", EN: "Start"}}, {Head: T{FR: "Durée", EN: "Time"}}, {Head: T{FR: "Fin", EN: "End"}},
		{Head: T{FR: "Visites", EN: "Visits"}, Right: true}, {Head: T{FR: "Pourquoi", EN: "Why"}, Gives: true}}, rows)
	return nil
}
