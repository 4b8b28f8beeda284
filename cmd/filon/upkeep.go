package main

import (
	"time"

	"github.com/urfave/cli/v2"

	"filon/classify"
	"filon/crawler/content"
)

func rejudgeCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name:   "rejudge",
			Usage:  say.in(T{FR: "rejuger tout l'inventaire sans rien relire des sites", EN: "judge the whole inventory anew without asking any site"}),
			Flags:  []cli.Flag{dataFlag(say), configFlag(say), todayFlag(say)},
			Action: func(c *cli.Context) error { return rejudge(say, c) },
		},
		Examples: []example{
			{"filon rejudge", T{FR: "après un changement de règles ou de filon.yaml", EN: "after a change of the rules or of filon.yaml"}},
			{"filon rejudge --today 2027-01-15", T{FR: "ce que dirait filon à cette date", EN: "what filon would say on that day"}},
		},
	}
}

func rejudge(say *speaker, c *cli.Context) error {
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	day, err := today(c)
	if err != nil {
		return err
	}
	s, err := openKept(c, cfg)
	if err != nil {
		return err
	}
	defer s.Close()
	policy := policyOf(cfg)
	progress, show := workProgress(say)
	defer progress.Close()
	changed, err := s.index.Rejudge(c.Context, func(item content.Item) classify.Verdict { return classify.Judge(item, policy, day) }, show)
	if err == nil {
		err = s.index.Flush(c.Context)
	}
	if err != nil {
		return couldNot(err, T{FR: "rejuger a échoué : %s", EN: "judging anew failed: %s"})
	}
	say.note(plural(changed, T{FR: "un verdict a changé", EN: "one verdict has changed"}, T{FR: "%d verdicts ont changé", EN: "%d verdicts have changed"}))
	return say.verdicts(c.Context, s)
}

func reindexCommand(say *speaker) command {
	return command{
		Command: cli.Command{
			Name:   "reindex",
			Usage:  say.in(T{FR: "refaire l'index de recherche à partir de filon.db", EN: "make the search index anew from filon.db"}),
			Flags:  []cli.Flag{dataFlag(say), configFlag(say)},
			Action: func(c *cli.Context) error { return reindex(say, c) },
		},
		Examples: []example{{"filon reindex", T{FR: "rien ne se perd : la vérité est dans filon.db", EN: "nothing is lost: the truth lies in filon.db"}}},
	}
}

func reindex(say *speaker, c *cli.Context) error {
	cfg, err := readConfig(c.String("config"))
	if err != nil {
		return err
	}
	s, err := openKept(c, cfg)
	if err != nil {
		return err
	}
	defer s.Close()
	progress, show := workProgress(say)
	defer progress.Close()
	total := 0
	err = s.index.Reindex(c.Context, func(done, all int) { total = all; show(done, all) })
	if err != nil {
		return couldNot(err, T{FR: "refaire l'index a échoué : %s", EN: "making the index anew failed: %s"})
	}
	say.note(T{FR: "%d contenus dans l'index de recherche", EN: "%d items in the search index"}.with(total))
	return nil
}

// openKept opens an inventory that must be there already, for writing.
func openKept(c *cli.Context, cfg config) (*stock, error) {
	dir := dataDir(c, cfg)
	probe, err := openStock(c.Context, dir, reading)
	if err != nil {
		return nil, err
	}
	if err := probe.Close(); err != nil {
		return nil, couldNot(err, T{FR: "impossible d'ouvrir les données : %s", EN: "cannot open the data: %s"})
	}
	return openStock(c.Context, dir, writing)
}

// workProgress shows how far a work over the whole inventory has come.
func workProgress(say *speaker) (*Progress, func(done, total int)) {
	p := newProgress(say, 0)
	start := time.Now()
	return p, func(done, total int) { p.Show(Snapshot{Kept: done, Queued: total - done, Elapsed: time.Since(start)}) }
}

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
